"""Captions of a table: over and under its grid box (https://drafts.csswg.org/css-tables-3/#table-wrapper-box)."""

from __future__ import annotations

from typing import Final, final

from ...css.computed_style import ComputedStyle
from ...css.keywords import CaptionSide
from ..block_margins import auto_margin
from ..box import Box
from ..constraint_space import INDEFINITE, ConstraintSpace, LayoutResult
from ..driver import LayoutContext
from ..fragment_builder import FragmentBuilder
from ..logical import WritingDirection, writing_direction
from ..sizing import min_max_contribution, resolve_margins


@final
class Caption:
    """A laid out caption.

    Attributes:
        inline_margin: at its start, auto margins resolved.
        block_start, block_end: the other margins. block_size: of its border box.
    """

    __slots__ = ("block_end", "block_size", "block_start", "inline_margin", "is_after", "result")

    def __init__(self, context: LayoutContext, box: Box, table: ComputedStyle, inline_size: float) -> None:
        """`inline_size`: the table's."""
        direction = writing_direction(table)
        margins = resolve_margins(box.style, inline_size, direction)
        space = ConstraintSpace(inline_size, percentage_inline=inline_size)
        self.result: Final[LayoutResult] = context.layout(box, space)
        fragment = self.result.fragment
        width = fragment.width if direction.is_horizontal else fragment.height
        self.inline_margin: Final = auto_margin(box, table, inline_size, margins, width)
        self.block_start: Final = margins.block_start
        self.block_end: Final = margins.block_end
        self.block_size: Final = fragment.height if direction.is_horizontal else fragment.width
        self.is_after: Final = box.style.inherited.caption_side == CaptionSide.BOTTOM


def caption_minimum(context: LayoutContext, captions: list[Box], direction: WritingDirection) -> float:
    """CAPMIN: the least inline size that holds all captions."""
    low = 0.0
    for caption in captions:
        margins = resolve_margins(caption.style, 0.0, direction)
        sizes = min_max_contribution(context, caption, ConstraintSpace(INDEFINITE))
        low = max(low, sizes.min + margins.inline_sum)
    return low


def captions_block(captions: list[Caption], is_after: bool) -> float:
    """The block size of the captions before or after the grid box, margins included."""
    total = 0.0
    for caption in captions:
        if caption.is_after == is_after:
            total += caption.block_start + caption.block_size + caption.block_end
    return total


def add_captions(builder: FragmentBuilder, captions: list[Caption], is_after: bool, offset: float) -> None:
    """Place the captions of one side from a block offset on."""
    for caption in captions:
        if caption.is_after == is_after:
            offset += caption.block_start
            builder.add_result(caption.result, caption.inline_margin, offset)
            offset += caption.block_size + caption.block_end
