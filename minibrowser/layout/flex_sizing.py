"""The sizing half of flex layout: items, flex base sizes, automatic minimums, intrinsic sizes.

https://drafts.csswg.org/css-flexbox-1/#layout-algorithm sections 9.1, 9.2 and 9.9. `flex.py` goes on from here.
"""

from typing import Final

from ..css.computed_style import ComputedStyle
from ..css.keywords import BoxOrient, Direction, Display, FlexDirection, FlexWrap
from ..css.values import AlignKeyword, Alignment, Length, LengthKind
from .box import Box, BoxKind
from .constraint_space import (
    INDEFINITE,
    ConstraintSpace,
    LayoutResult,
    MinMaxSizes,
)
from .driver import LayoutContext
from .flex_balance import balanced_breaks
from .flex_item import UNLIMITED, FlexItem, FlexLine, balance_lines, break_lines
from .logical import WritingDirection, writing_direction
from .sizing import (
    BoxEdges,
    block_from_ratio,
    child_percentage_block,
    compute_inline_size,
    inline_from_ratio,
    is_auto_block,
    is_compressible,
    is_scroll_container,
    layout_unit,
    logical_ratio,
    margin_lengths,
    max_block_length,
    min_block_length,
    min_max_contribution,
    resolve,
    resolve_block_length,
    resolve_edges,
    resolve_inline_length,
)


def is_row_container(style: ComputedStyle) -> bool:
    """Whether the main axis is the inline axis."""
    if is_legacy_box(style):
        return style.box.box_orient == BoxOrient.HORIZONTAL
    return style.box.flex_direction <= FlexDirection.ROW_REVERSE


def is_legacy_box(style: ComputedStyle) -> bool:
    """Whether this is display: -webkit-box or -webkit-inline-box."""
    display = style.box.display
    return display == Display.WEBKIT_BOX or display == Display.WEBKIT_INLINE_BOX


def gap_size(length: Length, basis: float) -> float:
    """row-gap or column-gap in px; normal is 0, and so are percentages of an indefinite size."""
    if length.kind == LengthKind.NORMAL:
        return 0.0
    return max(0.0, resolve(length, basis))


class FlexSizing:
    """A container and its items, as far as they are known before lines are laid out."""

    def __init__(self, box: Box, space: ConstraintSpace, context: LayoutContext) -> None:
        style = box.style
        self.box: Final = box
        self.space: Final = space
        self.context: Final = context
        self.style: Final = style
        self.direction: Final[WritingDirection] = writing_direction(style)
        self.is_legacy: Final = is_legacy_box(style)
        self.is_row: Final = is_row_container(style)
        flex_direction = style.box.flex_direction
        if self.is_legacy:
            is_reverse = style.inherited.box_direction == Direction.RTL
        else:
            is_reverse = (
                flex_direction == FlexDirection.ROW_REVERSE or flex_direction == FlexDirection.COLUMN_REVERSE
            )
        self.is_reverse: Final = is_reverse
        wrap = FlexWrap.NOWRAP if self.is_legacy else style.box.flex_wrap
        self.is_multi_line: Final = wrap != FlexWrap.NOWRAP
        self.is_wrap_reverse: Final = wrap == FlexWrap.WRAP_REVERSE or wrap == FlexWrap.WRAP_REVERSE_BALANCE
        self.is_balanced: Final = wrap >= FlexWrap.BALANCE
        self.edges: Final[BoxEdges] = resolve_edges(context, box, space)
        # Sizes of the container; the inline ones are INDEFINITE while intrinsic sizes are asked.
        self.inline_size: float = INDEFINITE
        self.content_inline: float = INDEFINITE
        self.content_block: float = INDEFINITE  # only where definite
        self.main_gap: float = 0.0
        self.cross_gap: float = 0.0
        self.items: list[FlexItem] = []
        self.lines: list[FlexLine] = []
        self.out_of_flow: list[Box] = []
        self.content_main: float = INDEFINITE  # used content-box sizes, once they are known
        self.content_cross: float = INDEFINITE
        self.block_size: float = 0.0
        self.intrinsic_block: float = 0.0

    def _break_lines(self, available: float) -> list[FlexLine]:
        if self.is_balanced:
            return balance_lines(self.items, available, self.main_gap, self.style.box.flex_line_count)
        return break_lines(self.items, self.is_multi_line, available, self.main_gap)

    # --- 9.1, 9.2: initial setup, line length determination ---------------------------------------

    def _determine_container_size(self) -> None:
        # 2. Determine the available main and cross space for the flex items.
        context, box, space, edges = self.context, self.box, self.space, self.edges
        self.inline_size = compute_inline_size(context, box, space, edges)
        self.content_inline = max(0.0, self.inline_size - edges.inline_sum)
        self.content_block = child_percentage_block(context, box, space, edges, self.inline_size)
        self._resolve_gaps()

    def _resolve_gaps(self) -> None:
        column_gap = gap_size(self.style.box.column_gap, self.content_inline)
        row_gap = gap_size(self.style.box.row_gap, self.content_block)
        self.main_gap = column_gap if self.is_row else row_gap
        self.cross_gap = row_gap if self.is_row else column_gap

    def _generate_items(self, is_intrinsic: bool) -> None:
        # 1. Generate anonymous flex items (box_tree.py did); here they are put in order-modified order.
        is_ordered = False
        boxes: list[Box] = []
        for child in self.box.children:
            if child.is_out_of_flow():
                self.out_of_flow.append(child)
                continue
            if child.style.box.order != 0:
                is_ordered = True
            boxes.append(child)
        if is_ordered:
            boxes.sort(key=_order)
        for child in boxes:
            item = self._make_item(child)
            # 3. Determine the flex base size and hypothetical main size of each item.
            if not is_intrinsic:
                self._determine_base_size(item)
            self.items.append(item)

    def _make_item(self, child: Box) -> FlexItem:
        style = child.style
        child_direction = writing_direction(style)
        is_parallel = child_direction.is_horizontal == self.direction.is_horizontal
        item = FlexItem(child, child_direction, self.is_row == is_parallel)
        inline_start, inline_end, block_start, block_end = margin_lengths(style, self.direction)
        if self.is_row:
            main_start, main_end, cross_start, cross_end = inline_start, inline_end, block_start, block_end
        else:
            main_start, main_end, cross_start, cross_end = block_start, block_end, inline_start, inline_end
        if self.is_reverse:
            main_start, main_end = main_end, main_start
        if self.is_wrap_reverse:
            cross_start, cross_end = cross_end, cross_start
        basis = self.content_inline
        item.auto_main_start = main_start.is_auto()
        item.auto_main_end = main_end.is_auto()
        item.auto_cross_start = cross_start.is_auto()
        item.auto_cross_end = cross_end.is_auto()
        item.margin_main_start = resolve(main_start, basis)
        item.margin_main_end = resolve(main_end, basis)
        item.margin_cross_start = resolve(cross_start, basis)
        item.margin_cross_end = resolve(cross_end, basis)
        if self.is_legacy:
            # NOTE: box-flex is not in our property table: its initial value 0 makes items inflexible.
            item.grow, item.shrink = 0.0, 0.0
        else:
            item.grow, item.shrink = style.box.flex_grow, style.box.flex_shrink
        self._resolve_align(item)
        edges = resolve_edges(self.context, child, self._measure_space(item))
        if item.main_is_inline:
            item.main_border_padding, item.cross_border_padding = edges.inline_frame, edges.block_frame
        else:
            item.main_border_padding, item.cross_border_padding = edges.block_frame, edges.inline_frame
        return item

    def _resolve_align(self, item: FlexItem) -> None:
        """align-self in flex terms: FLEX_START, FLEX_END, CENTER, STRETCH or one of the baselines."""
        alignment = item.box.style.box.align_self
        if alignment.keyword == AlignKeyword.AUTO:
            alignment = self.style.box.align_items
        item.align, item.align_is_safe = self._self_alignment(alignment, item.direction), alignment.is_safe

    def _self_alignment(self, alignment: Alignment, child: WritingDirection) -> AlignKeyword:
        keyword = alignment.keyword
        if keyword == AlignKeyword.NORMAL or keyword == AlignKeyword.AUTO:
            return AlignKeyword.STRETCH
        if keyword == AlignKeyword.SELF_START or keyword == AlignKeyword.SELF_END:
            is_same = self._is_same_cross_direction(child)
            keyword = (
                AlignKeyword.START if (keyword == AlignKeyword.SELF_START) == is_same else AlignKeyword.END
            )
        if keyword == AlignKeyword.START or keyword == AlignKeyword.LEFT or keyword == AlignKeyword.RIGHT:
            return AlignKeyword.FLEX_END if self.is_wrap_reverse else AlignKeyword.FLEX_START
        if keyword == AlignKeyword.END:
            return AlignKeyword.FLEX_START if self.is_wrap_reverse else AlignKeyword.FLEX_END
        if keyword == AlignKeyword.ANCHOR_CENTER:
            return AlignKeyword.CENTER
        if child.is_horizontal != self.direction.is_horizontal:
            # orthogonal items have no baseline in common with others
            if keyword == AlignKeyword.BASELINE:
                return AlignKeyword.FLEX_START
            if keyword == AlignKeyword.LAST_BASELINE:
                return AlignKeyword.FLEX_END
        return keyword

    def _is_same_cross_direction(self, child: WritingDirection) -> bool:
        """Whether the child's own start side in the container's cross axis is the container's."""
        own = self.direction
        if own.is_horizontal == child.is_horizontal:
            if self.is_row:
                return own.is_flipped_blocks() == child.is_flipped_blocks()
            return own.is_inline_reversed() == child.is_inline_reversed()
        if self.is_row:  # the cross axis is the container's block axis and the child's inline axis
            return own.is_flipped_blocks() == child.is_inline_reversed()
        return own.is_inline_reversed() == child.is_flipped_blocks()

    # --- 9.2.3: flex base size --------------------------------------------------------------------

    def _container_main(self) -> float:
        """The definite content-box main size, INDEFINITE for none."""
        return self.content_inline if self.is_row else self.content_block

    def _container_cross(self) -> float:
        """The definite content-box cross size, INDEFINITE for none."""
        return self.content_block if self.is_row else self.content_inline

    def _measure_space(self, item: FlexItem) -> ConstraintSpace:
        """The space for the item's own sizes: the container's content box, nothing stretched."""
        if item.direction.is_horizontal == self.direction.is_horizontal:
            inline, block = self.content_inline, self.content_block
        else:
            inline, block = self.content_block, self.content_inline
        return ConstraintSpace(
            inline,
            block,
            percentage_inline=inline,
            percentage_block=block,
            is_orthogonal=item.direction.is_horizontal != self.direction.is_horizontal,
            is_shrink_to_fit=True,
        )

    def _intrinsic_space(self, item: FlexItem) -> ConstraintSpace:
        """The space for the intrinsic sizes of an item in a row: a block size that is definite because it is
        stretched in a single line decides on percentages inside it."""
        container = self._container_cross()
        if container == INDEFINITE or self.is_multi_line or not item.stretches():
            return self._measure_space(item)
        if item.direction.is_horizontal == self.direction.is_horizontal:
            inline, block = self.content_inline, self.content_block
        else:
            inline, block = self.content_block, self.content_inline
        return ConstraintSpace(
            inline,
            item.clamp_cross(container - item.cross_margins()),
            percentage_inline=inline,
            percentage_block=block,
            is_fixed_block=True,
            is_orthogonal=item.direction.is_horizontal != self.direction.is_horizontal,
            is_shrink_to_fit=True,
        )

    def _main_length(self, item: FlexItem, length: Length, space: ConstraintSpace, edges: BoxEdges) -> float:
        """A size of the main axis as a border-box size; INDEFINITE for auto and what acts as auto."""
        if item.main_is_inline:
            return resolve_inline_length(self.context, item.box, space, edges, length)
        if LengthKind.MIN_CONTENT <= length.kind <= LengthKind.FIT_CONTENT_FUNCTION:
            return self._intrinsic_block(item)
        return resolve_block_length(item.box, space, edges, length, INDEFINITE)

    def _cross_length(self, item: FlexItem, length: Length, space: ConstraintSpace, edges: BoxEdges) -> float:
        """A size of the cross axis as a border-box size; INDEFINITE for auto and what acts as auto."""
        if item.main_is_inline:
            return resolve_block_length(item.box, space, edges, length, INDEFINITE)
        return resolve_inline_length(self.context, item.box, space, edges, length)

    def _determine_base_size(self, item: FlexItem) -> None:
        """Step 3: the flex base size, the clamps, and the hypothetical main size."""
        style = item.box.style
        box_style = style.box
        space = self._measure_space(item)
        edges = resolve_edges(self.context, item.box, space)
        is_main_horizontal = self.is_row == self.direction.is_horizontal
        if is_main_horizontal:
            main_size, cross_size = box_style.width, box_style.height
            min_main, max_main = box_style.min_width, box_style.max_width
            min_cross, max_cross = box_style.min_height, box_style.max_height
        else:
            main_size, cross_size = box_style.height, box_style.width
            min_main, max_main = box_style.min_height, box_style.max_height
            min_cross, max_cross = box_style.min_width, box_style.max_width
        # the clamps
        value = (
            self._main_length(item, max_main, space, edges)
            if max_main.kind != LengthKind.NONE
            else INDEFINITE
        )
        item.max_main = value if value != INDEFINITE else UNLIMITED
        value = (
            self._cross_length(item, max_cross, space, edges)
            if max_cross.kind != LengthKind.NONE
            else INDEFINITE
        )
        item.max_cross = value if value != INDEFINITE else UNLIMITED
        value = (
            self._cross_length(item, min_cross, space, edges)
            if min_cross.kind != LengthKind.AUTO
            else INDEFINITE
        )
        item.min_cross = value if value != INDEFINITE else item.cross_border_padding
        item.cross_is_auto = cross_size.kind == LengthKind.AUTO  # a percentage of nothing is not
        definite_cross = self._definite_cross_size(item, cross_size, space, edges)
        ratio = main_ratio(item)
        item.has_ratio = ratio > 0.0
        # A. a definite used flex basis
        specified = self._main_length(item, main_size, space, edges)
        basis = box_style.flex_basis
        if basis.kind == LengthKind.AUTO or self.is_legacy:
            base = specified
        elif basis.kind == LengthKind.CONTENT:
            base = INDEFINITE
        else:
            base = self._main_length(item, basis, space, edges)
        item.base_is_definite = base != INDEFINITE
        if item.base_is_definite and item.box.kind == BoxKind.TABLE and not item.main_is_inline:
            base += self._captions_block(item)  # a table's height is its grid box's
        # B. an aspect ratio and a definite cross size
        transferred = INDEFINITE
        if ratio > 0.0 and definite_cross != INDEFINITE:
            transferred = self._transfer(item, ratio, item.clamp_cross(definite_cross), edges)
            item.transferred = transferred
            if base == INDEFINITE:
                base = transferred
                item.base_is_definite = True
        # C, D, E. size from the content
        if base == INDEFINITE:
            item.base_is_content = True
            base = self._content_main_size(item, ratio, edges)
        item.base = max(base, item.main_border_padding)
        # min-width: auto, https://drafts.csswg.org/css-flexbox-1/#min-size-auto
        if min_main.kind != LengthKind.AUTO:
            value = self._main_length(item, min_main, space, edges)
            item.min_main = max(value, item.main_border_padding)
            if item.box.kind == BoxKind.TABLE:  # never smaller than its content
                item.min_main = max(item.min_main, self._content_minimum(item))
        elif item.box.kind == BoxKind.TABLE:
            item.min_main = self._content_minimum(item)
        elif is_scroll_container(style):
            item.min_main = item.main_border_padding
        else:
            item.min_main = self._automatic_minimum(item, specified, transferred, ratio, edges)
        item.hypothetical = max(item.clamp_main(item.base), item.main_border_padding)

    def _definite_cross_size(
        self, item: FlexItem, cross_size: Length, space: ConstraintSpace, edges: BoxEdges
    ) -> float:
        """The cross size where it is definite before layout: given, or stretched in a definite single line."""
        if cross_size.kind <= LengthKind.CALC or cross_size.kind == LengthKind.STRETCH:
            value = self._cross_length(item, cross_size, space, edges)
            if value != INDEFINITE:
                return value
        # https://drafts.csswg.org/css-flexbox-1/#definite-sizes 1
        container = self._container_cross()
        if item.stretches() and not self.is_multi_line and container != INDEFINITE:
            return max(container - item.cross_margins(), item.cross_border_padding)
        return INDEFINITE

    def _transfer(self, item: FlexItem, ratio: float, cross: float, edges: BoxEdges) -> float:
        """The main size that goes with a cross size. `ratio` is inline / block of the item."""
        if item.main_is_inline:
            return inline_from_ratio(item.box.style, ratio, cross, edges)
        return block_from_ratio(item.box.style, ratio, cross, edges)

    def _content_main_size(self, item: FlexItem, ratio: float, edges: BoxEdges) -> float:
        """The main size of the content: its max-content size where that is inline, else what layout gives."""
        if item.main_is_inline:
            return self.context.min_max_sizes(item.box, self._intrinsic_space(item)).max
        return self._intrinsic_block(item)

    def _intrinsic_block(self, item: FlexItem) -> float:
        """The content's block size, of an item whose main axis is its block axis."""
        result = item.measured
        if result is None:
            result = self.context.layout(item.box, self._block_measure_space(item))
            item.measured = result
        if item.box.style.box.contain:  # perhaps as if it were empty
            return self._fragment_main(result)
        if item.has_ratio:  # the ratio's, which is its automatic block size
            return self._fragment_main(result)
        return result.intrinsic_block

    def _captions_block(self, item: FlexItem) -> float:
        """What a table's captions add to its block size."""
        if item.measured is None:
            item.measured = self.context.layout(item.box, self._block_measure_space(item))
        fragment = item.measured.fragment
        grid = fragment.content_rect
        return fragment.height - grid.height if item.direction.is_horizontal else fragment.width - grid.width

    def _block_measure_space(self, item: FlexItem) -> ConstraintSpace:
        """For the block size of the content: the inline size is that of the final layout."""
        inline, is_fixed = self._inline_cross(item)
        percent_inline, percent_block = self.content_inline, self.content_block
        if item.direction.is_horizontal != self.direction.is_horizontal:
            percent_inline, percent_block = percent_block, percent_inline
        return ConstraintSpace(
            inline,
            INDEFINITE,
            percentage_inline=percent_inline,
            percentage_block=percent_block,
            is_orthogonal=item.direction.is_horizontal != self.direction.is_horizontal,
            is_fixed_inline=is_fixed,
            is_block_size_auto=_has_block_wishes(item.box.style),
            is_shrink_to_fit=True,
        )

    def _inline_cross(self, item: FlexItem) -> tuple[float, bool]:
        """Of an item whose cross axis is its inline axis: the inline size to give it before lines are known,
        and whether it is fixed (stretched in a single line)."""
        container = self._container_cross()
        if item.stretches() and not self.is_multi_line and container != INDEFINITE:
            return item.clamp_cross(container - item.cross_margins()), True
        if self.is_balanced and container != INDEFINITE:
            # The lines that are sure to come share the room.
            count = self.style.box.flex_line_count
            return max(0.0, layout_unit((container - self.cross_gap * (count - 1)) / count)), False
        return container, False

    def _content_minimum(self, item: FlexItem) -> float:
        if item.main_is_inline:
            return self.context.min_max_sizes(item.box, self._measure_space(item)).min
        return self._intrinsic_block(item)

    def _automatic_minimum(
        self, item: FlexItem, specified: float, transferred: float, ratio: float, edges: BoxEdges
    ) -> float:
        """The content-based minimum size.

        https://drafts.csswg.org/css-flexbox-1/#content-based-minimum-size
        """
        if item.main_is_inline:
            content = self.context.min_max_sizes(item.box, self._intrinsic_space(item)).min
            if is_compressible(item.box):
                content = item.main_border_padding
            if transferred != INDEFINITE and not is_replaced(item.box):
                content = max(content, transferred)
        elif item.base_is_content:
            content = item.base
        else:
            if specified != INDEFINITE and specified <= item.main_border_padding:
                return item.main_border_padding
            if item.base_is_definite and item.shrink == 0.0 and specified == item.base:
                # OPTIMIZATION: the minimum is at most the specified size, which an inflexible item keeps.
                return item.main_border_padding
            if item.base_is_definite and specified != INDEFINITE and item.base >= specified:
                # OPTIMIZATION: only shrinking can bring the minimum into play; it is measured then.
                item.min_main_is_known = False
                return item.main_border_padding
            content = self._intrinsic_block(item)
        return self._content_based_minimum(item, content, specified, transferred, ratio, edges)

    def _content_based_minimum(
        self,
        item: FlexItem,
        content: float,
        specified: float,
        transferred: float,
        ratio: float,
        edges: BoxEdges,
    ) -> float:
        if ratio > 0.0:
            # the content size suggestion of a box with an aspect ratio is within its transferred limits
            if item.max_cross != UNLIMITED:
                content = min(content, self._transfer(item, ratio, item.max_cross, edges))
            if item.min_cross > item.cross_border_padding:
                content = max(content, self._transfer(item, ratio, item.min_cross, edges))
        minimum = content
        if specified != INDEFINITE:
            minimum = min(specified, content)
        elif is_replaced(item.box) and transferred != INDEFINITE:
            minimum = min(transferred, content)
        return max(min(minimum, item.max_main), item.main_border_padding)

    def _fragment_cross(self, result: LayoutResult) -> float:
        is_cross_horizontal = self.is_row != self.direction.is_horizontal
        return result.fragment.width if is_cross_horizontal else result.fragment.height

    def _fragment_main(self, result: LayoutResult) -> float:
        is_main_horizontal = self.is_row == self.direction.is_horizontal
        return result.fragment.width if is_main_horizontal else result.fragment.height

    # --- Intrinsic sizes ----------------------------------------------------------------------------

    def min_max_sizes(self) -> MinMaxSizes:
        """Intrinsic main or cross sizes (https://drafts.csswg.org/css-flexbox-1/#intrinsic-sizes)."""
        self.content_block = child_percentage_block(
            self.context, self.box, self.space, self.edges, INDEFINITE
        )
        self._resolve_gaps()
        self._generate_items(is_intrinsic=True)
        low, high = self._row_min_max() if self.is_row else self._column_min_max()
        edge = self.edges.inline_sum
        return MinMaxSizes(edge + max(0.0, low), edge + max(low, high, 0.0))

    def _row_min_max(self) -> tuple[float, float]:
        """Sums over the items; of the minimum the largest item where lines may break."""
        low = high = 0.0
        for item in self.items:
            sizes = self._main_contribution(item)
            margins = item.main_margins()
            if self.is_multi_line:
                # each item may have a line of its own: what it takes there at least, flex base size or not
                low = max(low, self._line_minimum(item, sizes.min) + margins)
            else:
                low += sizes.min + margins
            high += sizes.max + margins
        if self.is_balanced and self.style.box.flex_line_count > 1 and self.items:
            high = self._balanced_max()
        elif self.items:
            gaps = self.main_gap * (len(self.items) - 1)
            high += gaps
            if not self.is_multi_line:
                low += gaps
        return low, high

    def _balanced_max(self) -> float:
        """The longest line of a row that is sure to have more than one."""
        longest = 0.0
        sizes = [self._main_contribution(item).max + item.main_margins() for item in self.items]
        start = 0
        for end in balanced_breaks(sizes, self.main_gap, INDEFINITE, self.style.box.flex_line_count):
            longest = max(longest, sum(sizes[start:end]) + self.main_gap * (end - start - 1))
            start = end
        return longest

    def _line_minimum(self, item: FlexItem, contribution: float) -> float:
        if not item.main_is_inline:
            return contribution
        return min_max_contribution(self.context, item.box, self._measure_space(item)).min

    def _main_contribution(self, item: FlexItem) -> MinMaxSizes:
        """Min- and max-content contributions to a row (https://drafts.csswg.org/css-flexbox-1/#intrinsic-item-contributions).

        The preferred size or else the content's, within the flex base size as far as the item cannot grow or
        shrink, within min and max.
        """
        context = self.context
        space = self._measure_space(item)
        edges = resolve_edges(context, item.box, space)
        self._determine_base_size(item)
        box_style = item.box.style.box
        is_main_horizontal = self.is_row == self.direction.is_horizontal
        main_size = box_style.width if is_main_horizontal else box_style.height
        low = high = self._main_length(item, main_size, space, edges)
        if low == INDEFINITE:
            low = high = item.transferred
        if low == INDEFINITE and item.main_is_inline:
            sizes = context.min_max_sizes(item.box, self._intrinsic_space(item))
            low, high = sizes.min, sizes.max
        elif low == INDEFINITE:
            low = high = self._intrinsic_block(item)
        base_low = low if item.base_is_content else item.base
        base_high = high if item.base_is_content else item.base
        if item.grow == 0.0:
            low, high = min(low, base_low), min(high, base_high)
        if item.shrink == 0.0:
            low, high = max(low, base_low), max(high, base_high)
        return MinMaxSizes(item.clamp_main(low), item.clamp_main(high))

    def _column_min_max(self) -> tuple[float, float]:
        """The largest item; where lines may break, max-content has the lines side by side."""
        low = high = 0.0
        for item in self.items:
            sizes = self._cross_contribution(item)
            margins = item.cross_margins()
            low = max(low, sizes.min + margins)
            high = max(high, sizes.max + margins)
        if self.is_multi_line and self.items:
            high = max(high, self._multi_line_column_max())
        return low, high

    def _cross_contribution(self, item: FlexItem) -> MinMaxSizes:
        context = self.context
        space = self._measure_space(item)
        if item.main_is_inline:  # an orthogonal item: its block size is what counts
            block = context.layout(item.box, space).fragment
            size = block.height if self.is_row == self.direction.is_horizontal else block.width
            return MinMaxSizes(size, size)
        return min_max_contribution(context, item.box, space)

    def _multi_line_column_max(self) -> float:
        """The lines of a definite column side by side, each as wide as its widest item.

        TODO: Blink breaks lines at indefinite heights too when max-height is set.
        """
        block = self.content_block
        if block == INDEFINITE:
            return 0.0
        for item in self.items:
            self._determine_base_size(item)
        lines = self._break_lines(block)
        total = self.cross_gap * (len(lines) - 1)
        for line in lines:
            widest = 0.0
            for item in line.items:
                widest = max(widest, self._cross_contribution(item).max + item.cross_margins())
            total += widest
        return total


def _has_block_wishes(style: ComputedStyle) -> bool:
    """Whether anything but the content decides on the block size."""
    return not (
        is_auto_block(style)
        and min_block_length(style).kind == LengthKind.AUTO
        and max_block_length(style).kind == LengthKind.NONE
    )


def _order(box: Box) -> int:
    return box.style.box.order


def is_replaced(box: Box) -> bool:
    return box.kind == BoxKind.REPLACED


def main_ratio(item: FlexItem) -> float:
    """The item's preferred aspect ratio as inline / block of its own axes; 0.0 for none."""
    box = item.box
    ratio = box.style.box.aspect_ratio
    picture = box.picture
    if box.kind == BoxKind.REPLACED and picture is not None and (ratio.is_auto or ratio.ratio <= 0.0):
        if picture.natural_ratio > 0.0:
            value = picture.natural_ratio
            return value if item.direction.is_horizontal else 1.0 / value
    return logical_ratio(box.style)
