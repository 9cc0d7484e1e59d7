"""Line break opportunities beyond the recorded pairs."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from minibrowser.text.enums import LineBreakStrictness, WordBreak
from minibrowser.text.line_break import break_opportunities, grapheme_flags


def pieces(text: str, flags: bytearray) -> str:
    """The text with a bar at each opportunity."""
    return "".join(("|" if flag else "") + character for character, flag in zip(text, flags, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hello  world foo", "hello  |world |foo"),
        ("foo-bar 12-34 -5 x-1", "foo-|bar |12-|34 |-5 |x-|1"),
        ("a?b a/b (x)(y)", "a?|b |a/b |(x)|(y)"),
        ("a\u00a0b c", "a\u00a0b |c"),
        ("déjà-vu l’été", "déjà-|vu |l’été"),
        ("text — dash", "text |— |dash"),
        ("soft\u00adhyphen", "soft\u00ad|hyphen"),
        ("a\u200bb", "a\u200b|b"),
        ("日本語。です", "日|本|語。|で|す"),
        ("สวัสดีชาวโลก", "สวัสดี|ชาว|โลก"),
        ("x 😀😀 y", "x |😀|😀 |y"),
        ("", ""),
        ("a", "a"),
    ],
)
def test_lines_break_between_words_and_where_the_script_says(text: str, expected: str) -> None:
    assert pieces(text, break_opportunities(text)) == expected


def test_keep_all_holds_ideographs_together_but_not_words() -> None:
    assert pieces("日本 語x", break_opportunities("日本 語x", WordBreak.KEEP_ALL)) == "日本 |語x"


def test_break_all_takes_words_apart_but_leaves_punctuation() -> None:
    assert pieces("ab, cd", break_opportunities("ab, cd", WordBreak.BREAK_ALL)) == "a|b, |c|d"


def test_line_break_anywhere_breaks_before_each_grapheme_only() -> None:
    text = "e\u0301x y"
    flags = break_opportunities(text, strictness=LineBreakStrictness.ANYWHERE)
    assert pieces(text, flags) == "e\u0301|x| |y"


def test_strict_keeps_small_kana_from_the_start_of_a_line() -> None:
    text = "キャット"
    loose = break_opportunities(text, strictness=LineBreakStrictness.LOOSE, language="ja")
    strict = break_opportunities(text, strictness=LineBreakStrictness.STRICT, language="ja")
    assert pieces(text, loose) == "キ|ャ|ッ|ト"
    assert pieces(text, strict) == "キャッ|ト"


def test_break_spaces_breaks_after_each_space() -> None:
    assert pieces("a   b", break_opportunities("a   b")) == "a   |b"
    assert pieces("a   b", break_opportunities("a   b", break_every_space=True)) == "a | | |b"


def test_soft_hyphens_are_no_opportunities_with_hyphens_none() -> None:
    assert pieces("a\u00adb c", break_opportunities("a\u00adb c", soft_hyphens=False)) == "a\u00adb |c"


@given(st.text(), st.sampled_from(list(WordBreak)), st.sampled_from(list(LineBreakStrictness)))
def test_any_text_has_flags_and_never_one_at_its_start(
    text: str, word_break: WordBreak, strictness: LineBreakStrictness
) -> None:
    flags = break_opportunities(text, word_break, strictness, "ja")
    assert len(flags) == len(text)
    assert not text or flags[0] == 0
    assert set(flags) <= {0, 1}


@given(st.text(st.characters(codec=None)))
def test_graphemes_of_any_text_even_lone_surrogates(text: str) -> None:
    flags = grapheme_flags(text)
    assert len(flags) == len(text)
    assert not text or flags[0] == 0


def test_break_all_keeps_pairs_of_dashes_and_what_follows_a_hyphen() -> None:
    assert break_opportunities("\u4e2d\u2014\u2014\u4e2d", WordBreak.BREAK_ALL)[2] == 0
    assert break_opportunities("\u0939-\u0906", WordBreak.BREAK_ALL) == bytearray((0, 1, 0))
