"""UAX 9, by its own examples and by what must hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from minibrowser.text.bidi import levels, line_levels, needs_bidi, paragraph_direction, visual_order
from minibrowser.text.enums import Direction

# Upper case stands for Hebrew letters, as in the standard's examples.
HEBREW = {chr(ord("A") + i): chr(0x5D0 + i) for i in range(26)}
CONTROLS = {"<": "\u202b", "{": "\u202a", "=": "\u202c", "[": "\u2067", "(": "\u2066", ")": "\u2069"}


def written(text: str) -> str:
    """The example with real letters."""
    return "".join(HEBREW.get(character, character) for character in text)


def displayed(text: str, base: Direction) -> str:
    """What is shown from left to right, in the example's letters."""
    found = levels(written(text), base)
    if found is None:
        return text
    mirrored = str.maketrans("()", ")(")
    return "".join(text[i].translate(mirrored) if found[i] & 1 else text[i] for i in visual_order(found))


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        # https://www.unicode.org/reports/tr9/#Reordering_Resolved_Levels
        ("car means CAR.", Direction.LTR, "car means RAC."),
        ("car MEANS CAR.", Direction.RTL, ".RAC SNAEM car"),
        ("abc", Direction.RTL, "abc"),
        ("ABC 123 DEF", Direction.RTL, "FED 123 CBA"),
        ("x A-1 y", Direction.LTR, "x 1-A y"),
        ("A(b)C", Direction.RTL, "C(b)A"),
        ("a (B) c", Direction.LTR, "a (B) c"),
        ("1,234 A", Direction.RTL, "A 1,234"),
    ],
)
def test_the_standards_examples_are_shown_as_it_shows_them(text: str, base: Direction, expected: str) -> None:
    assert displayed(text, base) == expected


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("ab\u05d0\u05d1 cd", Direction.LTR, [0, 0, 1, 1, 0, 0, 0]),
        # W2, I1: digits after Arabic letters are Arabic numbers, at an even level above.
        ("\u0627 12", Direction.RTL, [1, 1, 2, 2]),
        # W4, W5: a separator between digits and a currency sign join the number.
        ("\u05d0 1.2$", Direction.RTL, [1, 1, 2, 2, 2, 2]),
        # X2..X5: embeddings and overrides raise the level; the controls take that of what is before them.
        ("a\u202bb\u202cc", Direction.LTR, [0, 0, 2, 2, 0]),
        ("a\u202eb\u202cc", Direction.LTR, [0, 0, 1, 1, 0]),
        # X5a, X6a: an isolate does not show outside what is inside it.
        ("a\u2067\u05d0\u2069b", Direction.LTR, [0, 0, 1, 0, 0]),
        ("\u05d0\u2066a\u2069\u05d1", Direction.RTL, [1, 1, 2, 1, 1]),
        # FSI takes its direction from what is inside.
        ("a\u2068\u05d0b\u2069", Direction.LTR, [0, 0, 1, 2, 0]),
        # N0: brackets take the direction of the paragraph if it is inside them.
        ("\u05d0 (a \u05d1)", Direction.RTL, [1, 1, 1, 2, 1, 1, 1]),
        # L1: white space at the end goes back to the paragraph's level.
        ("\u05d0  ", Direction.LTR, [1, 0, 0]),
        ("ab ", Direction.RTL, [2, 2, 1]),
    ],
)
def test_levels_follow_the_rules(text: str, base: Direction, expected: list[int]) -> None:
    assert levels(text, base) == expected


def test_left_to_right_text_has_no_levels_at_all() -> None:
    assert levels("plain text, 123 — é") is None
    assert not needs_bidi("日本語")
    assert needs_bidi("x\u05d0")


def test_the_first_strong_character_gives_the_direction() -> None:
    assert paragraph_direction("123 \u05d0 a") == Direction.RTL
    assert paragraph_direction("123 a \u05d0") == Direction.LTR
    assert paragraph_direction("\u2067\u05d0\u2069 a") == Direction.LTR
    assert paragraph_direction("123", Direction.RTL) == Direction.RTL
    assert levels("123 \u05d0", Direction.AUTO) == [2, 2, 2, 1, 1]


def test_a_line_cut_at_a_space_gets_the_paragraphs_level_there() -> None:
    text = "\u05d0\u05d1 \u05d2"
    found = levels(text, Direction.LTR)
    assert found == [1, 1, 1, 1]
    assert line_levels(text, found, 0, 3, 0) == [1, 1, 0]


def test_visual_order_turns_each_level_over() -> None:
    assert visual_order([0, 1, 1, 2, 1, 0]) == [0, 4, 3, 2, 1, 5]
    assert visual_order([1, 2, 2]) == [1, 2, 0]
    assert visual_order([]) == []


BIDI_TEXT = st.text(
    st.sampled_from(
        "ab12.,$+ ()[]\u05d0\u05d1\u0627\u0661\u0300\t\n\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
)


@given(BIDI_TEXT, st.sampled_from(list(Direction)))
def test_any_text_has_levels_within_bounds_and_an_order_that_is_a_permutation(
    text: str, base: Direction
) -> None:
    found = levels(text, base)
    if found is None:
        return
    assert len(found) == len(text)
    assert all(0 <= level <= 126 for level in found)
    assert sorted(visual_order(found)) == list(range(len(text)))


def test_embeddings_deeper_than_the_limit_are_let_pass() -> None:
    text = "\u202b\u202a" * 200 + "a\u05d0" + "\u202c" * 400
    found = levels(text)
    assert found is not None
    assert max(found) <= 126
