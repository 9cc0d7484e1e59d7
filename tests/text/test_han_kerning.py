"""Full-width punctuation that gives up its empty halves. Where Chromium does was measured for all pairs of it."""

from __future__ import annotations

import pytest

from minibrowser.text.han_kerning import HanFontData, HanType, trimmed_offsets
from minibrowser.text.shaping import TextShaper
from tests.text.fonts import description, pip_shaper

SANS = description("sans-serif")


@pytest.fixture(scope="module")
def shaper() -> TextShaper:
    return pip_shaper()


@pytest.fixture(scope="module")
def data(shaper: TextShaper) -> HanFontData:
    """Of a font that has no such punctuation: what depends on glyphs is of no class."""
    return shaper.font_list(SANS).primary.han_data("ja")


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("「「", [1]),
        ("」」", [0]),
        ("」「", [1]),
        ("」・", [0]),
        ("・「", [1]),
        ("\u3000「", [1]),
        ("」\u3000", [0]),
        ("「\u3000」", []),
        ("（「あ」）", [1, 3]),
        ("あ「い」う", []),
        ("(「", [1]),
        ("」)", [0]),
        (")「", []),
        ("」(", []),
        ("・・", []),
        ("！「", []),
    ],
)
def test_the_characters_that_give_way(data: HanFontData, text: str, offsets: list[int]) -> None:
    assert trimmed_offsets(text, 0, len(text), data) == offsets


def test_neighbours_outside_of_a_run_count(data: HanFontData) -> None:
    assert trimmed_offsets("」「」」", 1, 3, data) == [1, 2]


def test_quotes_are_narrow_where_the_font_has_them_so(data: HanFontData) -> None:
    assert data.type_of("\u201c") == HanType.OPEN_NARROW
    assert data.type_of("\u201d") == HanType.CLOSE_NARROW


def test_full_stops_of_a_font_without_them_are_of_no_class(data: HanFontData) -> None:
    assert data.type_of("。") == HanType.OTHER


def test_a_font_without_the_feature_trims_nothing(shaper: TextShaper) -> None:
    result = shaper.shape("」「", SANS)
    assert result.trims == {}
    assert result.closing_half(0, "ja") == 0.0
