"""Emphasis marks over or under text (https://drafts.csswg.org/css-text-decor-4/#emphasis-marks).

A mark is the font's own glyph at half its size; marks of the predefined shapes are drawn where the font has none.
"""

from __future__ import annotations

import math
import unicodedata
from typing import Final

from ...css.values import Color
from ...geometry import Matrix
from ...layout.fragment import Fragment
from ...layout.inline.emphasis import marks_are_over
from ...text.font import Font
from ...text.shaping import GlyphRun
from ..display_list import FillPath
from ..paint_context import PaintContext
from ..path import Path

MARK_SIZE: Final = 0.5
"""Of the text's font size."""
FILLED: Final = {"\u2022": 0.15, "\u25cf": 0.3, "\ufe45": 0.25}
"""Dot, circle and sesame: radii in sizes of the mark."""
OPEN: Final = {"\u25e6": 0.16, "\u25cb": 0.25, "\ufe46": 0.25}
RINGED: Final = {"\u25c9": 0.42, "\u25ce": 0.42}
NEARER: Final = 1.0
"""CSS px that marks stand nearer to the text than their ascent and descent say; measured."""
LINE: Final = 0.08
MIDDLE: Final = 0.36
"""How high above its baseline a mark's middle is, in sizes of the mark."""


def paint_emphasis(
    context: PaintContext, fragment: Fragment, run: GlyphRun, x: float, baseline: float, shadow: Color | None
) -> None:
    """A mark for each character that takes one."""
    inherited = fragment.style.inherited
    text = inherited.text_emphasis_style
    color = shadow if shadow is not None else inherited.text_emphasis_color
    if not text or color.alpha <= 0:
        return
    size = run.font.size * MARK_SIZE
    mark = mark_path(context, run.font, text, size)
    if mark is None:
        return
    is_over = marks_are_over(inherited)
    ascent, descent = math.floor(run.font.ascent / 2 + 0.5), math.floor(run.font.descent / 2 + 0.5)
    if is_over:
        y = baseline - run.font.ascent - descent + NEARER
    else:
        y = baseline + run.font.descent + ascent - NEARER
    bounds = mark.bounds()
    middle = bounds.x + bounds.width / 2
    # Marks are centred on characters, not on characters with the space after them.
    spacing = inherited.letter_spacing
    count = len(run.glyph_ids)
    pen = x
    at = 0
    while at < count:
        # All glyphs of a cluster carry one mark.
        until, width = at + 1, run.advances[at]
        while until < count and run.clusters[until] == run.clusters[at]:
            width += run.advances[until]
            until += 1
        offset = run.clusters[at]
        if 0 <= offset < len(run.text) and takes_mark(run.text[offset]):
            placed = Matrix(1.0, 0.0, 0.0, 1.0, pen + (width - spacing) / 2 - middle, context.snap(y))
            context.add(FillPath(mark.transformed(placed), color))
        pen += width
        at = until


def takes_mark(character: str) -> bool:
    """Separators and controls take none."""
    return unicodedata.category(character)[0] not in "ZC"


def mark_path(context: PaintContext, font: Font, text: str, size: float) -> Path | None:
    """The mark with its baseline at 0; None where it cannot be drawn."""
    glyph = font.face.glyph_of(ord(text[0]))
    if glyph:
        outline = context.outlines.path(font, glyph)
        return (
            outline.transformed(Matrix(MARK_SIZE, 0.0, 0.0, MARK_SIZE, 0.0, 0.0))
            if outline is not None
            else None
        )
    path = Path(True)
    y = -MIDDLE * size
    if text in FILLED:
        path.add_ellipse(0.0, y, FILLED[text] * size, FILLED[text] * size)
    elif text in OPEN:
        path.add_ellipse(0.0, y, OPEN[text] * size, OPEN[text] * size)
        inner = (OPEN[text] - LINE) * size
        path.add_ellipse(0.0, y, inner, inner)
    elif text in RINGED:
        radius = RINGED[text]
        for part in (radius, radius - LINE, radius - 2.2 * LINE):
            path.add_ellipse(0.0, y, part * size, part * size)
        if text == "\u25ce":
            path.add_ellipse(0.0, y, (radius - 3.2 * LINE) * size, (radius - 3.2 * LINE) * size)
    elif text in ("\u25b2", "\u25b3"):
        half, height = 0.36 * size, 0.62 * size
        path.add_polygon([(0.0, -height), (half, 0.0), (-half, 0.0)])
        if text == "\u25b3":
            path.add_polygon([(0.0, -height * 0.75), (half * 0.7, -LINE * size), (-half * 0.7, -LINE * size)])
    else:
        return None
    return path
