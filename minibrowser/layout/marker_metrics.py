"""Widths and margins of list markers (Blink's ListMarker), apart from their layout: block.py needs them."""

from __future__ import annotations

from typing import Final

from .box import Box
from .inline.box_state import Metrics, uses_central_baseline
from .logical import WritingDirection
from .text_style import TextStyle
from .units import layout_unit

DISCLOSURE_SIZE: Final = 0.66
DISCLOSURE_GAP: Final = 0.4
"""Of disclosure triangles: their width, and the room after them, in ems."""
MARKER_PADDING: Final = 7.0
"""CSS px between a picture and the text; between an outside symbol and the text, besides a third of the ascent."""


def symbol_width(box: Box, style: TextStyle) -> float:
    """Of a disc, circle or square, with a pixel on each side; of a disclosure triangle."""
    if box.style.inherited.list_style_type.startswith("disclosure"):
        return layout_unit(style.style.font_size * DISCLOSURE_SIZE)
    ascent = int(style.ascent)
    return float((ascent * 2 // 3 + 1) // 2 + 2)


def outside_start_margin(box: Box, style: TextStyle, width: float) -> float:
    """How far before the content edge an outside marker starts: negative."""
    if box.children:
        return -width
    if box.picture is not None:
        return -width - MARKER_PADDING
    if box.style.inherited.list_style_type.startswith("disclosure"):
        return -width - layout_unit(style.style.font_size * DISCLOSURE_GAP)
    offset = int(style.ascent) * 2 // 3
    return -float(offset) - MARKER_PADDING - 1.0


def marker_ascent(box: Box, style: TextStyle, direction: WritingDirection, baseline: float) -> float:
    """How far an outside marker reaches above the baseline of the line that it stands beside.

    A symbol is on the line as a letter would be; a picture stands on its baseline.
    """
    if box.children:
        return max(baseline, 0.0)
    line = Metrics(style, uses_central_baseline(direction, style)).line_ascent
    if direction.is_over_at_end():
        line = style.line_height - line
    return line if box.picture is None else max(baseline, line)
