"""Auto margins of blocks, and the alignment of blocks by `align` attributes."""

from __future__ import annotations

from ..css.computed_style import ComputedStyle
from ..css.keywords import TextAlign
from .box import Box
from .logical import LogicalEdges, writing_direction
from .sizing import margin_lengths


def aligns_children(style: ComputedStyle) -> bool:
    """Whether a block container moves its child blocks as well as its lines."""
    return style.inherited.text_align >= TextAlign.WEBKIT_LEFT


def auto_margin(
    child: Box, container: ComputedStyle, room: float, margins: LogicalEdges, size: float
) -> float:
    """The inline-start margin of a block that is this wide in `room` px: https://drafts.csswg.org/css2/#blockwidth"""
    direction = writing_direction(container)
    lengths = margin_lengths(child.style, direction)
    free = room - size - margins.inline_sum
    if lengths[0].is_auto():
        if free <= 0.0:
            return margins.inline_start
        return free / 2.0 if lengths[1].is_auto() else margins.inline_start + free
    if lengths[1].is_auto() or free <= 0.0 or not aligns_children(container):
        return margins.inline_start
    # `text-align: -webkit-center` (from <center> and align attributes) moves blocks too.
    align = container.inherited.text_align
    if align == TextAlign.WEBKIT_CENTER:
        return margins.inline_start + free / 2.0
    if (align == TextAlign.WEBKIT_RIGHT) == direction.is_ltr:
        return margins.inline_start + free
    return margins.inline_start
