"""Glyphs as Chromium draws them."""

from __future__ import annotations

import pytest

from minibrowser.css.values import BLACK, WHITE
from minibrowser.geometry import Rect
from minibrowser.layout.fragment import Fragment, FragmentKind, Link
from minibrowser.paint.display_list import DisplayList, Glyphs
from minibrowser.paint.pillow_rasterizer import rasterize
from minibrowser.paint.text_gamma import coverage_table, luminance_level
from minibrowser.text.font import Font, FontFace
from minibrowser.text.itemize import RunSegment
from minibrowser.text.shaping import GlyphRun, shape

from .scene import FONTS, Scene, StyleMaker

SANS = FONTS / "LiberationSans-Regular.ttf"
needs_font = pytest.mark.skipif(not SANS.exists(), reason="Liberation Sans is not installed")

# "Th" at 16px in black, the pen at x = 8.0: rows of ink (255 - grey), from Chromium's screenshot.
CHROMIUM_TH = (
    (160, 255, 255, 255, 255, 255, 255, 255, 255, 102, 36, 255, 67, 0, 0, 0, 0, 0),
    (41, 64, 64, 64, 223, 179, 64, 64, 64, 26, 36, 255, 67, 0, 0, 0, 0, 0),
    (0, 0, 0, 0, 214, 156, 0, 0, 0, 0, 36, 255, 67, 0, 0, 0, 0, 0),
    (0, 0, 0, 0, 214, 156, 0, 0, 0, 0, 36, 255, 68, 148, 255, 223, 142, 0),
    (0, 0, 0, 0, 214, 156, 0, 0, 0, 0, 36, 255, 193, 88, 64, 112, 255, 84),
    (0, 0, 0, 0, 214, 156, 0, 0, 0, 0, 36, 255, 131, 0, 0, 0, 219, 143),
    (0, 0, 0, 0, 214, 156, 0, 0, 0, 0, 36, 255, 72, 0, 0, 0, 199, 152),
    (0, 0, 0, 0, 214, 156, 0, 0, 0, 0, 36, 255, 67, 0, 0, 0, 198, 152),
    (0, 0, 0, 0, 214, 156, 0, 0, 0, 0, 36, 255, 67, 0, 0, 0, 198, 152),
    (0, 0, 0, 0, 214, 156, 0, 0, 0, 0, 36, 255, 67, 0, 0, 0, 198, 152),
    (0, 0, 0, 0, 214, 156, 0, 0, 0, 0, 36, 255, 67, 0, 0, 0, 198, 152),
    (0, 0, 0, 0, 214, 156, 0, 0, 0, 0, 36, 255, 67, 0, 0, 0, 198, 152),
)


def sans_run(text: str, size: float) -> GlyphRun:
    """Text shaped in Liberation Sans."""
    font = Font(1, FontFace(1, SANS.read_bytes(), 0), size)
    return shape(font, text, RunSegment(0, len(text), font, "latn"), False, "en")


def ink(run: GlyphRun, x: float, y: float, size: tuple[int, int]) -> list[list[int]]:
    """Rows of 255 - grey."""
    items = DisplayList([Glyphs(run, x, y, BLACK)])
    grey = rasterize(items, Rect(0.0, 0.0, float(size[0]), float(size[1]))).image.convert("L")
    data = grey.tobytes()
    return [[255 - value for value in data[row * size[0] : (row + 1) * size[0]]] for row in range(size[1])]


@needs_font
def test_a_line_of_text_differs_from_chromium_by_less_than_a_twentieth_of_its_ink() -> None:
    rows = ink(sans_run("Th", 16.0), 8.0, 14.0, (30, 20))
    found = [row[8:26] for row in rows[2:14]]
    error = sum(
        abs(a - b)
        for ours, theirs in zip(found, CHROMIUM_TH, strict=True)
        for a, b in zip(ours, theirs, strict=True)
    )
    total = sum(map(sum, CHROMIUM_TH))
    assert error / total < 0.05


@needs_font
def test_the_pen_stands_on_quarter_pixels() -> None:
    run = sans_run("l", 16.0)
    assert ink(run, 2.0, 14.0, (10, 20)) == ink(run, 2.12, 14.0, (10, 20))
    assert ink(run, 2.0, 14.0, (10, 20)) != ink(run, 2.13, 14.0, (10, 20))


@needs_font
def test_the_baseline_stands_on_whole_pixels() -> None:
    run = sans_run("l", 16.0)
    assert ink(run, 2.0, 14.4, (10, 20)) == ink(run, 2.0, 14.0, (10, 20))
    assert ink(run, 2.0, 14.5, (10, 20)) == ink(run, 2.0, 15.0, (10, 20))


@needs_font
def test_text_fragments_hang_on_their_baseline() -> None:
    run = sans_run("H", 20.0)
    scene = Scene(30, 30)
    fragment = Fragment(FragmentKind.TEXT, None, StyleMaker().done(), run.width, 23.0)
    fragment.run = run
    fragment.baseline = 18.0
    scene.root.children.append(Link(fragment, 3.0, 4.0))
    assert scene.display_list().dump() == "Glyphs 'H' 20px at (3, 22) rgb(0, 0, 0)\n"


def test_dark_text_is_thinned_and_light_text_thickened() -> None:
    black, white = coverage_table(luminance_level(BLACK)), coverage_table(luminance_level(WHITE))
    # Measured in Chromium: ink of stems with known coverage.
    for coverage, expected in ((64, 64), (128, 125), (204, 198), (255, 255)):
        assert abs(black[coverage] - expected) <= 1
    for coverage, expected in ((16, 25), (64, 80), (128, 143), (204, 211)):
        assert abs(white[coverage] - expected) <= 1
