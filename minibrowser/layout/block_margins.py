"""Auto margins of blocks, and their alignment: by `justify-self` and by `align` attributes."""

from __future__ import annotations

from ..css.computed_style import ComputedStyle
from ..css.keywords import TextAlign
from ..css.values import AlignKeyword, Alignment
from .box import Box
from .logical import LogicalEdges, WritingDirection, writing_direction
from .sizing import margin_lengths


def aligns_children(style: ComputedStyle) -> bool:
    """Whether a block container moves its child blocks as well as its lines."""
    return style.inherited.text_align >= TextAlign.WEBKIT_LEFT


def justification(child: Box, container: ComputedStyle) -> Alignment | None:
    """`justify-self` of a block, from `justify-items` where it is auto; None where the block stretches.

    https://drafts.csswg.org/css-align-3/#justify-block ; anonymous blocks are not aligned.
    """
    alignment = child.style.box.justify_self
    if alignment.keyword == AlignKeyword.AUTO:
        alignment = container.box.justify_items
    if alignment.keyword <= AlignKeyword.STRETCH or child.element is None:
        return None
    return alignment


def end_share(alignment: Alignment, own: WritingDirection, outer: WritingDirection) -> float:
    """How much of the free space is before a box of direction `own`: 0 for start, 1 for end.

    https://drafts.csswg.org/css-align-3/#positional-values
    """
    keyword = alignment.keyword
    if keyword == AlignKeyword.CENTER or keyword == AlignKeyword.ANCHOR_CENTER:
        return 0.5
    is_alike = own.is_ltr == outer.is_ltr
    if (
        keyword == AlignKeyword.END
        or keyword == AlignKeyword.FLEX_END
        or keyword == (AlignKeyword.SELF_END if is_alike else AlignKeyword.SELF_START)
        or keyword == (AlignKeyword.RIGHT if outer.is_ltr else AlignKeyword.LEFT)
    ):
        return 1.0
    return 0.0


def static_alignment(alignment: Alignment | None, own: WritingDirection, outer: WritingDirection) -> int:
    """Which edge of its static position rectangle an absolute box is aligned to: 0 start, 1 center, 2 end."""
    if alignment is None or alignment.keyword <= AlignKeyword.STRETCH:
        return 0
    if alignment.keyword == AlignKeyword.LAST_BASELINE:
        return 2
    return int(2.0 * end_share(alignment, own, outer))


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
    if lengths[1].is_auto():
        return margins.inline_start
    alignment = justification(child, container)
    if alignment is not None:
        if free < 0.0 and alignment.is_safe:
            return margins.inline_start
        return margins.inline_start + free * end_share(alignment, writing_direction(child.style), direction)
    if free <= 0.0 or not aligns_children(container):
        return margins.inline_start
    # `text-align: -webkit-center` (from <center> and align attributes) moves blocks too.
    align = container.inherited.text_align
    if align == TextAlign.WEBKIT_CENTER:
        return margins.inline_start + free / 2.0
    if (align == TextAlign.WEBKIT_RIGHT) == direction.is_ltr:
        return margins.inline_start + free
    return margins.inline_start
