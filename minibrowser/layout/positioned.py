"""Absolute and fixed placement (https://drafts.csswg.org/css-position-3/).

A layout algorithm that has sized and filled its box calls `layout_out_of_flow` just before
`FragmentBuilder.finish`: descendants whose containing block the box is are placed; the others go on upwards
through `LayoutResult.out_of_flow` (pass `builder.pending()`). Relative offsets are applied by
`FragmentBuilder.finish`.
"""

from __future__ import annotations

from typing import Final, final

from ..css.computed_style import ComputedStyle
from ..css.keywords import PositionKind
from ..css.values import AlignKeyword, Length, LengthKind
from .box import Box, BoxKind
from .constraint_space import INDEFINITE, ConstraintSpace, OutOfFlow
from .driver import LayoutContext
from .fragment_builder import FragmentBuilder
from .logical import WritingDirection, writing_direction
from .sizing import (
    BoxEdges,
    block_length,
    clamp,
    inline_length,
    inline_limits,
    inset_lengths,
    is_containing_block_for_absolute,
    is_containing_block_for_fixed,
    logical_ratio,
    margin_lengths,
    resolve,
    resolve_edges,
    resolve_margins,
    stretch_inline,
)

START: Final = 0
CENTER: Final = 1
END: Final = 2


@final
class ContainingArea:
    """Where positioned boxes are placed: a rectangle in the container's axes, from its border-box start corner."""

    __slots__ = ("block_size", "block_start", "inline_size", "inline_start")

    def __init__(
        self, inline_start: float, block_start: float, inline_size: float, block_size: float
    ) -> None:
        self.inline_start: Final = inline_start
        self.block_start: Final = block_start
        self.inline_size: Final = inline_size
        self.block_size: Final = block_size


def padding_area(edges: BoxEdges, inline_size: float, block_size: float) -> ContainingArea:
    """The padding box of a border box of this size."""
    border, scrollbar = edges.border, edges.scrollbar
    inline_start = border.inline_start + scrollbar.inline_start
    block_start = border.block_start + scrollbar.block_start
    return ContainingArea(
        inline_start,
        block_start,
        max(0.0, inline_size - inline_start - border.inline_end - scrollbar.inline_end),
        max(0.0, block_size - block_start - border.block_end - scrollbar.block_end),
    )


def layout_out_of_flow(
    context: LayoutContext,
    box: Box,
    builder: FragmentBuilder,
    edges: BoxEdges,
    inline_size: float,
    block_size: float,
) -> None:
    """Place those of `builder.out_of_flow` that `box` is the containing block of; the others stay there.

    Sizes are the box's final border-box sizes, in its own axes.
    """
    if not builder.out_of_flow or not is_containing_block_for_absolute(box):
        return
    area = padding_area(edges, inline_size, block_size)
    place_all(context, builder, area, inline_size, block_size, takes_fixed=is_containing_block_for_fixed(box))


def place_all(
    context: LayoutContext,
    builder: FragmentBuilder,
    area: ContainingArea,
    inline_size: float,
    block_size: float,
    *,
    takes_fixed: bool,
) -> None:
    """Place all absolute (and fixed) boxes that are pending in the builder; what these leave pending too."""
    queue = list(builder.out_of_flow)
    builder.out_of_flow.clear()
    index = 0
    while index < len(queue):
        item = queue[index]
        index += 1
        is_fixed = item.box.style.box.position == PositionKind.FIXED
        if (is_fixed and not takes_fixed) or (not is_fixed and item.inline_container is not None):
            builder.out_of_flow.append(item)
            continue
        before = len(builder.out_of_flow)
        place(context, builder, item, area, inline_size, block_size)
        # Its own descendants may be waiting for the same containing block.
        queue.extend(builder.out_of_flow[before:])
        del builder.out_of_flow[before:]


@final
class _Axis:
    """One axis of the placement in the positioned box's own direction. px; insets from the area's edges.

    Attributes:
        area: the containing block's size.
        start, end: used insets, auto ones filled in.
        is_start_auto, is_end_auto: whether they were auto.
        bias_end: whether an over-constrained box sticks to the end side.
        align: of a box whose both insets were auto: which edge the static position fixes.
    """

    __slots__ = ("align", "area", "bias_end", "end", "is_end_auto", "is_start_auto", "start")

    def __init__(self, area: float, start: Length, end: Length) -> None:
        self.area: float = area
        self.is_start_auto: bool = start.kind == LengthKind.AUTO
        self.is_end_auto: bool = end.kind == LengthKind.AUTO
        self.start: float = 0.0 if self.is_start_auto else resolve(start, area)
        self.end: float = 0.0 if self.is_end_auto else resolve(end, area)
        self.bias_end: bool = False
        self.align: int = START

    def set_static(self, position: float, align: int) -> None:
        """Both insets auto: the inset-modified containing block reaches from the static position to the edge.

        https://drafts.csswg.org/css-position-3/#resolving-insets
        """
        self.align = align
        if align == START:
            self.start = position
        elif align == END:
            self.end = self.area - position
        else:
            half = max(0.0, min(position, self.area - position))
            self.start = position - half
            self.end = self.area - position - half

    def is_static(self) -> bool:
        """Whether both insets are auto."""
        return self.is_start_auto and self.is_end_auto

    def is_stretched(self) -> bool:
        """Whether neither inset is auto."""
        return not self.is_start_auto and not self.is_end_auto

    def available(self) -> float:
        """The inset-modified containing block's size."""
        return max(0.0, self.area - self.start - self.end)

    def offset(self, size: float, margins: tuple[Length, Length], basis: float, is_inline: bool) -> float:
        """Where the border box of this size starts, from the area's start edge."""
        is_start_auto = margins[0].kind == LengthKind.AUTO
        is_end_auto = margins[1].kind == LengthKind.AUTO
        margin_start = 0.0 if is_start_auto else resolve(margins[0], basis)
        margin_end = 0.0 if is_end_auto else resolve(margins[1], basis)
        free = self.area - self.start - self.end - size - margin_start - margin_end
        if self.is_stretched() and (is_start_auto or is_end_auto):
            if is_start_auto and is_end_auto:
                # CSS 2.2 sections 10.3.7 and 10.6.4: in the inline axis, a negative rest goes to the end side.
                margin_start = 0.0 if is_inline and free < 0.0 and not self.bias_end else free / 2.0
                if is_inline and free < 0.0 and self.bias_end:
                    margin_start = free
            elif is_start_auto:
                margin_start = free
            return self.start + margin_start
        if self.is_static():
            if self.align == CENTER:
                return self.start + margin_start + free / 2.0
            if self.align == END:
                return self.area - self.end - margin_end - size
            return self.start + margin_start
        if self.is_start_auto or (self.bias_end and not self.is_end_auto):
            return self.area - self.end - margin_end - size
        return self.start + margin_start

    def aligned(
        self, offset: float, size: float, margins: tuple[float, float], keyword: AlignKeyword
    ) -> float:
        """align-self or justify-self of a box between two insets; `offset` where it says nothing."""
        start = self.start + margins[0]
        free = self.area - self.start - self.end - margins[0] - margins[1] - size
        if keyword == AlignKeyword.CENTER:
            return start + free / 2.0
        if keyword in (AlignKeyword.END, AlignKeyword.FLEX_END, AlignKeyword.SELF_END, AlignKeyword.RIGHT):
            return start + free
        if keyword in (
            AlignKeyword.START,
            AlignKeyword.FLEX_START,
            AlignKeyword.SELF_START,
            AlignKeyword.LEFT,
        ):
            return start
        return offset


def place(
    context: LayoutContext,
    builder: FragmentBuilder,
    item: OutOfFlow,
    area: ContainingArea,
    inline_size: float,
    block_size: float,
) -> None:
    """Size and place one positioned box in `area` of a container whose border box has this size.

    https://drafts.csswg.org/css-position-3/#abspos-layout , reckoned in the axes of the positioned box.
    """
    box = item.box
    style = box.style
    outer = builder.direction
    own = writing_direction(style)
    is_orthogonal = own.is_orthogonal_to(outer)
    basis = area.inline_size
    lengths = inset_lengths(style, own)
    own_area_inline, own_area_block = area.inline_size, area.block_size
    if is_orthogonal:
        own_area_inline, own_area_block = own_area_block, own_area_inline
    inline = _Axis(own_area_inline, lengths[0], lengths[1])
    block = _Axis(own_area_block, lengths[2], lengths[3])
    same_inline_way = _same_way(own, outer, is_inline=True)
    same_block_way = _same_way(own, outer, is_inline=False)
    _apply_static(inline, block, item, area, is_orthogonal, same_inline_way, same_block_way)
    # An over-constrained box goes by the containing block's start side, not its own.
    inline.bias_end = not same_inline_way
    block.bias_end = not same_block_way

    margins = margin_lengths(style, own)
    inline_margins, block_margins = (margins[0], margins[1]), (margins[2], margins[3])
    aligned_inline, aligned_block = _self_alignment(style, is_orthogonal)
    stretches_inline = inline.is_stretched() and aligned_inline <= AlignKeyword.STRETCH
    stretches_block = block.is_stretched() and aligned_block <= AlignKeyword.STRETCH
    if logical_ratio(style) > 0.0 and (stretches_inline or not inline_length(style).is_auto()):
        stretches_block = False  # the ratio decides
    is_natural = box.kind == BoxKind.REPLACED or box.kind == BoxKind.TABLE
    available_inline = inline.available()
    if box.kind == BoxKind.TABLE:
        available_inline = min(available_inline, own_area_inline)  # Blink: insets give it no more
    fixes_inline = box.control is not None and stretches_inline and inline_length(style).is_auto()
    if fixes_inline:
        # Controls shrink to fit in flow; between two insets they stretch.
        room = ConstraintSpace(
            available_inline, INDEFINITE, percentage_inline=own_area_inline, percentage_block=own_area_block
        )
        edges = resolve_edges(context, box, room)
        limits = inline_limits(context, box, room, edges)
        available_inline = clamp(stretch_inline(style, room, edges), limits)
    space = ConstraintSpace(
        available_inline,
        block.available(),
        is_fixed_inline=fixes_inline,
        is_orthogonal=is_orthogonal,
        percentage_inline=own_area_inline,
        percentage_block=own_area_block,
        is_shrink_to_fit=not stretches_inline or is_natural,
        stretch_block=stretches_block and not is_natural and block_length(style).is_auto(),
    )
    result = context.layout(box, space)
    fragment = result.fragment
    own_inline = fragment.width if own.is_horizontal else fragment.height
    own_block = fragment.height if own.is_horizontal else fragment.width
    inline_offset = inline.offset(own_inline, inline_margins, basis, is_inline=True)
    block_offset = block.offset(own_block, block_margins, basis, is_inline=False)
    if inline.is_stretched() and aligned_inline > AlignKeyword.STRETCH:
        used = (resolve(margins[0], basis), resolve(margins[1], basis))
        if not margins[0].is_auto() and not margins[1].is_auto():
            inline_offset = inline.aligned(inline_offset, own_inline, used, aligned_inline)
    if block.is_stretched() and aligned_block > AlignKeyword.STRETCH:
        used = (resolve(margins[2], basis), resolve(margins[3], basis))
        if not margins[2].is_auto() and not margins[3].is_auto():
            block_offset = block.aligned(block_offset, own_block, used, aligned_block)
    # Back to the container's axes.
    if is_orthogonal:
        outer_inline = block_offset if same_block_way else own_area_block - block_offset - own_block
        outer_block = inline_offset if same_inline_way else own_area_inline - inline_offset - own_inline
    else:
        outer_inline = inline_offset if same_inline_way else own_area_inline - inline_offset - own_inline
        outer_block = block_offset if same_block_way else own_area_block - block_offset - own_block
    at_inline, at_block = area.inline_start + outer_inline, area.block_start + outer_block
    inline_is_static, block_is_static = inline.is_static(), block.is_static()
    outer_own_inline, outer_own_block = own_inline, own_block
    if is_orthogonal:
        inline_is_static, block_is_static = block_is_static, inline_is_static
        outer_own_inline, outer_own_block = own_block, own_inline
    if item.inline_room != INDEFINITE or item.block_room != INDEFINITE:
        margin = resolve_margins(style, basis, outer)
        if inline_is_static and 0.0 <= item.inline_room < outer_own_inline + margin.inline_sum:
            at_inline = item.inline_offset - item.inline_room * item.inline_align / 2.0 + margin.inline_start
        if block_is_static and 0.0 <= item.block_room < outer_own_block + margin.block_sum:
            at_block = item.block_offset - item.block_room * item.block_align / 2.0 + margin.block_start
    builder.add_result(result, at_inline, at_block)


def _same_way(own: WritingDirection, outer: WritingDirection, *, is_inline: bool) -> bool:
    """Whether the box's axis runs the same way as the container's axis that it lies along."""
    own_reversed = own.is_inline_reversed() if is_inline else own.is_flipped_blocks()
    if own.is_orthogonal_to(outer):
        outer_reversed = outer.is_flipped_blocks() if is_inline else outer.is_inline_reversed()
    else:
        outer_reversed = outer.is_inline_reversed() if is_inline else outer.is_flipped_blocks()
    return own_reversed == outer_reversed


def _apply_static(
    inline: _Axis,
    block: _Axis,
    item: OutOfFlow,
    area: ContainingArea,
    is_orthogonal: bool,
    same_inline_way: bool,
    same_block_way: bool,
) -> None:
    """Fill in the static position where both insets of an axis are auto."""
    position_inline = item.inline_offset - area.inline_start
    position_block = item.block_offset - area.block_start
    align_inline, align_block = item.inline_align, item.block_align
    if is_orthogonal:
        position_inline, position_block = position_block, position_inline
        align_inline, align_block = align_block, align_inline
    if inline.is_static():
        if not same_inline_way:
            position_inline, align_inline = inline.area - position_inline, END - align_inline
        inline.set_static(position_inline, align_inline)
    if block.is_static():
        if not same_block_way:
            position_block, align_block = block.area - position_block, END - align_block
        block.set_static(position_block, align_block)


def _self_alignment(style: ComputedStyle, is_orthogonal: bool) -> tuple[AlignKeyword, AlignKeyword]:
    """justify-self and align-self by the box's own axes."""
    justify, align = style.box.justify_self.keyword, style.box.align_self.keyword
    return (align, justify) if is_orthogonal else (justify, align)
