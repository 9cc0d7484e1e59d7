"""Text against Chromium's own numbers, recorded in chromium.json by record.py."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minibrowser.text.enums import WordBreak
from minibrowser.text.font import FontSelection, FontSettings
from minibrowser.text.line_break import break_opportunities
from minibrowser.text.shaping import TextShaper, TextSpacing, layout_unit_ceil
from tests.text import record
from tests.text.fonts import description, machine_fonts

RECORDED: dict[str, Any] = json.loads(record.RECORD.read_text(encoding="utf-8"))
DEBIAN = ("Liberation Sans", "Liberation Serif", "DejaVu Sans", "DejaVu Sans Mono", "DejaVu Serif")

RIGHT_TO_LEFT = ("שלום עולם", "مرحبا بالعالم")


def test_text_is_as_wide_as_in_chromium_to_the_64th_of_a_pixel() -> None:
    shaper = TextShaper(machine_fonts(*DEBIAN, "Liberation Sans Narrow"))
    widths = iter(RECORDED["widths"])
    wrong: list[tuple[str, str, str, float, float]] = []
    total = 0
    for text in record.TEXTS:
        for family in record.FAMILIES:
            for style in record.STYLES:
                css = dict(part.split(":") for part in style.split(";") if part)
                weight = css.get("font-weight", "400").replace("bold", "700")
                wish = description(
                    family,
                    float(css.get("font-size", "16px")[:-2]),
                    FontSelection(float(weight), 100.0, "font-style" in css),
                    FontSettings((("kern", 0),) if "font-kerning" in css else ()),
                )
                spacing = TextSpacing(
                    float(css.get("letter-spacing", "0px")[:-2]), float(css.get("word-spacing", "0px")[:-2])
                )
                result = shaper.shape(text, wish, text in RIGHT_TO_LEFT, spacing)
                expected = next(widths)
                total += 1
                if abs(layout_unit_ceil(result.width) - expected) > 1 / 64:
                    wrong.append((text, family, style, expected, result.width))
    assert total == len(RECORDED["widths"])
    # One is known: spaces of fixed width at a fractional size, which HarfBuzz makes from the uncut size.
    assert len(wrong) <= 4, wrong


def test_the_widths_of_the_architecture_document_hold() -> None:
    shaper = TextShaper(machine_fonts(*DEBIAN))
    text = "The quick brown fox jumps over the lazy dog"
    facts = [(13.0, 257.25), (15.0, 296.828125), (16.0, 316.609375), (24.5, 484.796875)]
    for size, width in facts:
        assert layout_unit_ceil(shaper.shape(text, description("Arial", size)).width) == width
    assert layout_unit_ceil(shaper.shape(text, description("DejaVu Sans")).width) == 359.875


def test_metrics_are_chromiums_at_every_size() -> None:
    fonts = machine_fonts(*DEBIAN, "Liberation Mono")
    rows = iter(RECORDED["metrics"])
    for family in record.METRIC_FAMILIES:
        for size in record.METRIC_SIZES:
            height, line, x_height, zero, cap = next(rows)
            font = fonts.fonts_for(description(family, float(size))).primary
            place = f"{family} {size}px"
            assert font.ascent + font.descent == height, place
            assert font.line_spacing == line, place
            # Ten of each were measured, and cut to 1/64 px. DejaVu Serif's autohinted blue zones are only
            # approximated above 48px.
            near = 0.3 if family == "DejaVu Serif" and size > 48 else 0.005
            assert font.x_height == pytest.approx(x_height, abs=near), place
            assert font.cap_height == pytest.approx(cap, abs=near), place
            assert font.zero_advance == pytest.approx(zero, abs=0.005), place


def test_families_resolve_as_in_chromium() -> None:
    fonts = machine_fonts(*DEBIAN, "Liberation Sans Narrow")
    source = fonts.context.source
    for written, expected in RECORDED["families"].items():
        wish = description(written.strip("'"))
        family = wish.families[0]
        is_generic = family.is_generic and not written.startswith("'")
        found = source.match(family.name, is_generic, 400.0, 100.0, False)
        found = found or source.match("serif", True, 400.0, 100.0, False)
        assert found is not None
        assert found.family == expected, written


@pytest.mark.parametrize(
    ("name", "word_break"), [("normal", WordBreak.NORMAL), ("break_all", WordBreak.BREAK_ALL)]
)
def test_every_pair_of_latin_1_characters_breaks_where_chromium_breaks_it(
    name: str, word_break: WordBreak
) -> None:
    wrong: list[str] = []
    for first, row in zip(record.PAIR_CHARACTERS, RECORDED["pairs"][name], strict=True):
        for second in record.PAIR_CHARACTERS:
            if bool(break_opportunities(first + second, word_break)[1]) != (second in row):
                wrong.append(first + second)
    assert wrong == []
