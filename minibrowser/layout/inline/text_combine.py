"""Text that stands as one character in a vertical line (https://drafts.csswg.org/css-writing-modes-4/#text-combine-upright).

As Blink (LayoutTextCombine): the text is shaped as horizontal text and made to fit into one em and a tenth, by the
font's narrower forms where it has them, else by scaling. In its line it is one em square, like an atomic inline.
"""

from __future__ import annotations

from typing import Final

from ...text.font import FontDescription
from ...text.shaping import GlyphRun, ShapeResult, TextShaper
from ..text_style import TextStyle
from .items import OBJECT_REPLACEMENT

MARGIN: Final = 1.1
"""Ems that the text may be wide."""
WIDTH_FEATURES: Final = ("hwid", "twid", "qwid")
"""Half, third and quarter widths, tried in this order."""


def shape_combined(text: str, style: TextStyle, shaper: TextShaper) -> ShapeResult:
    """The shape of a combined text: one character, as long as the font is large."""
    em = style.description.size
    fitted = _fitted(text, style.description.along(), em * MARGIN, shaper)
    narrowing = 1.0
    if fitted.width > em * MARGIN:
        narrowing = em * MARGIN / fitted.width
    ascent, descent = style.font.ascent, style.font.descent
    baseline = ascent - (ascent + descent - em) / 2.0
    # Where the middle of the line is, seen from the alphabetic baseline that painters go by.
    middle = (ascent + descent) / 2.0 - ascent
    pen = -fitted.width / 2.0
    runs: list[GlyphRun] = []
    for run in fitted.runs:
        upright = GlyphRun(run.font, OBJECT_REPLACEMENT, 0, 1, False)
        upright.is_upright, upright.narrowing = True, narrowing
        upright.glyph_ids = run.glyph_ids
        for index, advance in enumerate(run.advances):
            upright.x_offsets.append(baseline + run.y_offsets[index])
            upright.y_offsets.append(middle - (pen + run.x_offsets[index]) * narrowing)
            pen += advance
        upright.advances = [0.0] * len(run.glyph_ids)
        upright.clusters = [0] * len(run.glyph_ids)
        runs.append(upright)
    if runs and runs[-1].advances:
        # The pen moves once, behind the last glyph.
        runs[-1].advances[-1] = runs[-1].width = em
    return ShapeResult(OBJECT_REPLACEMENT, 0, 1, False, runs, [0.0, em])


def _fitted(text: str, description: FontDescription, room: float, shaper: TextShaper) -> ShapeResult:
    """The text in the widest forms that fit into `room` px; the normal ones where none do."""
    normal = shaper.shape(text, description)
    if normal.width <= room:
        return normal
    for tag in WIDTH_FEATURES:
        narrow = shaper.shape(text, description.with_feature(tag))
        if narrow.width <= room:
            return narrow
    return normal
