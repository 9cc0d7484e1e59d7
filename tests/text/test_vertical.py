"""Text on vertical lines: which characters stand upright, and how their glyphs are placed."""

from __future__ import annotations

import itertools

import pytest

from minibrowser.text.enums import FontOrientation
from minibrowser.text.font import FontDescription
from minibrowser.text.itemize import upright_flags
from minibrowser.text.orientation import UPRIGHT_RANGES, is_upright
from minibrowser.text.shaping import TextShaper, TextSpacing
from tests.text.fonts import description, pip_shaper

SANS = description("sans-serif")


def standing(orientation: FontOrientation) -> FontDescription:
    return FontDescription(
        SANS.families, SANS.size, SANS.selection, SANS.settings, SANS.language, orientation
    )


@pytest.fixture(scope="module")
def shaper() -> TextShaper:
    return pip_shaper()


def test_ranges_are_in_order_and_do_not_touch() -> None:
    for (low, high), (following, _) in itertools.pairwise(UPRIGHT_RANGES):
        assert low <= high
        assert high + 1 < following


@pytest.mark.parametrize("character", ["日", "あ", "「", "ー", "。", "한", "§", "①", "\U0001f600"])
def test_east_asian_characters_and_symbols_stand_upright(character: str) -> None:
    assert is_upright(ord(character))


@pytest.mark.parametrize("character", ["A", "1", "(", "é", "я", "ش", "→", "ｱ"])
def test_letters_and_digits_are_turned(character: str) -> None:
    assert not is_upright(ord(character))


def test_marks_go_with_what_they_stand_on() -> None:
    assert upright_flags("か\u3099a\u0301", FontOrientation.MIXED) == bytearray((1, 1, 0, 0))
    assert upright_flags("a\u0301", FontOrientation.UPRIGHT) == bytearray((1, 1))


def test_mixed_text_is_shaped_in_runs_of_either_kind(shaper: TextShaper) -> None:
    result = shaper.shape("a§b", standing(FontOrientation.MIXED))
    assert [(run.start, run.end, run.is_upright) for run in result.runs] == [
        (0, 1, False),
        (1, 2, True),
        (2, 3, False),
    ]


def test_upright_glyphs_without_vertical_metrics_are_as_high_as_their_line(shaper: TextShaper) -> None:
    result = shaper.shape("il", standing(FontOrientation.UPRIGHT))
    run = result.runs[0]
    font = run.font
    assert run.is_upright
    assert not font.has_vertical_metrics()
    assert run.advances == pytest.approx([font.ascent + font.descent] * 2)
    # The baseline is the ascent below the glyph's top.
    assert run.x_offsets == pytest.approx([font.ascent] * 2)
    # Centred: half an advance to the left of the line's middle, which is to the right of the baseline.
    half = font.harfbuzz.advance_of(font.face.glyph_of(ord("i"))) * font.scale / 2
    middle = font.ascent - (font.ascent + font.descent) / 2
    assert run.y_offsets[0] == pytest.approx(half - middle, abs=0.01)


def test_turned_text_is_shaped_as_horizontal_text(shaper: TextShaper) -> None:
    along = shaper.shape("AVA", SANS)
    mixed = shaper.shape("AVA", standing(FontOrientation.MIXED))
    assert mixed.width == along.width
    assert not mixed.runs[0].is_upright


def test_letter_spacing_is_along_the_line(shaper: TextShaper) -> None:
    plain = shaper.shape("ab", standing(FontOrientation.UPRIGHT))
    spaced = shaper.shape("ab", standing(FontOrientation.UPRIGHT), False, TextSpacing(5.0))
    assert spaced.width == pytest.approx(plain.width + 10.0)


def test_parts_of_upright_text_stay_upright(shaper: TextShaper) -> None:
    whole = shaper.shape("abcd", standing(FontOrientation.UPRIGHT))
    assert all(run.is_upright for run in whole.sub_range(1, 3).runs)
    assert all(run.is_upright for run in whole.cut_out(1, 3).runs)
