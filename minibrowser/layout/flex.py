"""Flex layout: flex containers and -webkit-box (https://drafts.csswg.org/css-flexbox-1/#layout-algorithm).

Works in flow-relative flex terms (main-start, cross-start) and turns them into the container's inline and
block axes when items are placed. Where the specification leaves room, Blink's answers are taken.
"""

from __future__ import annotations

from typing import Final, final

from ..css.computed_style import ComputedStyle
from ..css.keywords import BoxOrient, Direction, Display, FlexDirection, FlexWrap
from ..css.values import AlignKeyword, Alignment, Length, LengthKind
from .block_dependence import depends_on_block_size
from .box import Box, BoxKind
from .constraint_space import (
    INDEFINITE,
    NO_BASELINE,
    ConstraintSpace,
    LayoutResult,
    MinMaxSizes,
    OutOfFlow,
)
from .driver import LayoutContext
from .flex_item import UNLIMITED, FlexItem, FlexLine, break_lines, distribute, resolve_flexible_lengths
from .fragment_builder import FragmentBuilder
from .logical import WritingDirection, writing_direction
from .positioned import layout_out_of_flow
from .sizing import (
    BoxEdges,
    block_from_ratio,
    child_percentage_block,
    compute_block_size,
    compute_inline_size,
    has_containment,
    inline_from_ratio,
    is_auto_block,
    is_scroll_container,
    logical_ratio,
    margin_lengths,
    min_max_contribution,
    resolve,
    resolve_block_length,
    resolve_edges,
    resolve_inline_length,
)


def layout_flex(box: Box, space: ConstraintSpace, context: LayoutContext) -> LayoutResult:
    """Lay out a flex container."""
    return _FlexLayout(box, space, context).run()


def flex_min_max(box: Box, space: ConstraintSpace, context: LayoutContext) -> MinMaxSizes:
    """The intrinsic inline sizes of a flex container's border box."""
    return _FlexLayout(box, space, context).min_max_sizes()


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


def clamp_baseline(baseline: float, block_size: float) -> float:
    """A scroll container's baseline stays within its border box (https://drafts.csswg.org/css-align-3/#baseline-export)."""
    return baseline if baseline == NO_BASELINE else max(0.0, min(baseline, block_size))


@final
class _FlexLayout:
    """One run over one container."""

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
        self.is_multi_line: Final = style.box.flex_wrap != FlexWrap.NOWRAP and not self.is_legacy
        self.is_wrap_reverse: Final = style.box.flex_wrap == FlexWrap.WRAP_REVERSE and not self.is_legacy
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

    def run(self) -> LayoutResult:
        """The steps of section 9."""
        self._determine_container_size()
        self._generate_items(is_intrinsic=False)
        self._determine_main_size_and_lines()
        self._resolve_flexible_lengths()
        self._layout_items()
        self._determine_line_cross_sizes()
        self._determine_container_cross_size()
        self._stretch_items()
        self._align_main()
        self._align_cross()
        return self._finish()

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
            item.main_border_padding, item.cross_border_padding = edges.inline_sum, edges.block_sum
        else:
            item.main_border_padding, item.cross_border_padding = edges.block_sum, edges.inline_sum
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
        item.cross_is_auto = cross_size.kind == LengthKind.AUTO or (
            item.main_is_inline and cross_size.has_percent() and self._is_indefinite_percentage(item, space)
        )
        definite_cross = self._definite_cross_size(item, cross_size, space, edges)
        ratio = _main_ratio(item)
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
        # B. an aspect ratio and a definite cross size
        transferred = INDEFINITE
        if ratio > 0.0 and definite_cross != INDEFINITE:
            transferred = self._transfer(item, ratio, item.clamp_cross(definite_cross), edges)
            item.transferred = transferred
            if base == INDEFINITE and not (
                item.main_is_inline and basis.kind == LengthKind.CONTENT and not _is_replaced(item.box)
            ):
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
        elif is_scroll_container(style):
            item.min_main = item.main_border_padding
        else:
            item.min_main = self._automatic_minimum(item, specified, transferred, ratio, edges)
        item.hypothetical = max(item.clamp_main(item.base), item.main_border_padding)

    def _is_indefinite_percentage(self, item: FlexItem, space: ConstraintSpace) -> bool:
        return space.percentage_block == INDEFINITE

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
            return self.context.min_max_sizes(item.box, self._measure_space(item)).max
        return self._intrinsic_block(item)

    def _intrinsic_block(self, item: FlexItem) -> float:
        """The content's block size, of an item whose main axis is its block axis."""
        result = item.measured
        if result is None:
            result = self.context.layout(item.box, self._block_measure_space(item))
            item.measured = result
        if item.has_ratio:  # the ratio's, which is its automatic block size
            return self._fragment_main(result)
        return result.intrinsic_block

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
            is_fixed_inline=is_fixed,
            is_block_size_auto=not is_auto_block(item.box.style),
            is_shrink_to_fit=True,
        )

    def _inline_cross(self, item: FlexItem) -> tuple[float, bool]:
        """Of an item whose cross axis is its inline axis: the inline size to give it before lines are known,
        and whether it is fixed (stretched in a single line)."""
        container = self._container_cross()
        if item.stretches() and not self.is_multi_line and container != INDEFINITE:
            return item.clamp_cross(container - item.cross_margins()), True
        return container, False

    def _automatic_minimum(
        self, item: FlexItem, specified: float, transferred: float, ratio: float, edges: BoxEdges
    ) -> float:
        """The content-based minimum size.

        https://drafts.csswg.org/css-flexbox-1/#content-based-minimum-size
        """
        if item.main_is_inline:
            content = self.context.min_max_sizes(item.box, self._measure_space(item)).min
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
        elif _is_replaced(item.box) and transferred != INDEFINITE:
            minimum = min(transferred, content)
        return max(min(minimum, item.max_main), item.main_border_padding)

    # --- 9.2.4, 9.3: main size of the container, lines ---------------------------------------------

    def _determine_main_size_and_lines(self) -> None:
        edges = self.edges
        if self.is_row:
            self.content_main = self.content_inline
            self.lines = break_lines(self.items, self.is_multi_line, self.content_main, self.main_gap)
            return
        # Columns break at the definite block size, or at max-height.
        available = INDEFINITE
        if self.is_multi_line:
            available = self._block_size_for(3.0e7) - edges.block_sum
        self.lines = break_lines(self.items, self.is_multi_line, available, self.main_gap)
        longest = 0.0
        for line in self.lines:
            total = self.main_gap * (len(line.items) - 1)
            for item in line.items:
                total += item.hypothetical + item.main_margins()
            longest = max(longest, total)
        self.intrinsic_block = max(0.0, longest) + edges.block_sum
        self.block_size = self._block_size_for(self.intrinsic_block)
        self.content_main = max(0.0, self.block_size - edges.block_sum)

    def _block_size_for(self, intrinsic: float) -> float:
        return compute_block_size(self.context, self.box, self.space, self.edges, self.inline_size, intrinsic)

    def _resolve_flexible_lengths(self) -> None:
        # 6. Resolve the flexible lengths of all the flex items to find their used main size.
        for line in self.lines:
            gaps = self.main_gap * (len(line.items) - 1)
            total = gaps
            for item in line.items:
                total += item.hypothetical + item.main_margins()
            if total > self.content_main:
                self._measure_late_minimums(line)
            resolve_flexible_lengths(line.items, self.content_main, gaps)

    def _measure_late_minimums(self, line: FlexLine) -> None:
        for item in line.items:
            if item.min_main_is_known or item.shrink == 0.0:
                continue
            item.min_main_is_known = True
            space = self._measure_space(item)
            edges = resolve_edges(self.context, item.box, space)
            style = item.box.style.box
            main_size = style.width if self.is_row == self.direction.is_horizontal else style.height
            specified = self._main_length(item, main_size, space, edges)
            item.min_main = self._content_based_minimum(
                item, self._intrinsic_block(item), specified, INDEFINITE, _main_ratio(item), edges
            )

    # --- 9.4: cross sizes ---------------------------------------------------------------------------

    def _layout_items(self) -> None:
        # 7. Determine the hypothetical cross size of each item.
        for line in self.lines:
            for item in line.items:
                self._layout_item(item, INDEFINITE)

    def _layout_item(self, item: FlexItem, line_cross: float) -> None:
        """Lay an item out at its used main size; with `line_cross` given, stretched to that line."""
        context = self.context
        container_cross = self._container_cross()
        percent_inline, percent_block = self.content_inline, self.content_block
        if item.direction.is_horizontal != self.direction.is_horizontal:
            percent_inline, percent_block = percent_block, percent_inline
        if item.main_is_inline:
            is_fixed_block = False
            block = container_cross
            if line_cross != INDEFINITE:
                is_fixed_block = True
                block = item.clamp_cross(line_cross - item.cross_margins())
            elif item.stretches() and not self.is_multi_line and container_cross != INDEFINITE:
                is_fixed_block = True
                block = item.clamp_cross(container_cross - item.cross_margins())
            space = ConstraintSpace(
                item.main,
                block,
                percentage_inline=percent_inline,
                percentage_block=percent_block,
                is_fixed_inline=True,
                is_fixed_block=is_fixed_block,
            )
        else:
            if line_cross != INDEFINITE:
                inline, is_fixed_inline = item.clamp_cross(line_cross - item.cross_margins()), True
            else:
                inline, is_fixed_inline = self._inline_cross(item)
            # https://drafts.csswg.org/css-flexbox-1/#definite-sizes 3: the flexed main size is definite where the
            # container's is; Blink takes it for definite too where the flex basis is.
            is_indefinite = not self.is_row and self.content_block == INDEFINITE and not item.base_is_definite
            measured = item.measured
            if is_indefinite and measured is not None and line_cross == INDEFINITE:
                if self._fragment_main(measured) == item.main:
                    # OPTIMIZATION: the same inline size, the same block size, percentages indefinite in both.
                    item.result = measured
                    item.cross = self._fragment_cross(measured)
                    return
            space = ConstraintSpace(
                inline,
                item.main,
                percentage_inline=percent_inline,
                percentage_block=percent_block,
                is_fixed_inline=is_fixed_inline,
                is_fixed_block=True,
                is_fixed_block_indefinite=is_indefinite,
                is_shrink_to_fit=True,
            )
        result = context.layout(item.box, space)
        item.result = result
        item.cross = self._fragment_cross(result)

    def _fragment_cross(self, result: LayoutResult) -> float:
        is_cross_horizontal = self.is_row != self.direction.is_horizontal
        return result.fragment.width if is_cross_horizontal else result.fragment.height

    def _fragment_main(self, result: LayoutResult) -> float:
        is_main_horizontal = self.is_row == self.direction.is_horizontal
        return result.fragment.width if is_main_horizontal else result.fragment.height

    def _determine_line_cross_sizes(self) -> None:
        # 8. Calculate the cross size of each flex line.
        for line in self.lines:
            ascent = descent = NO_BASELINE  # of the first-baseline group, then of the last-baseline one
            last_ascent = last_descent = NO_BASELINE
            largest = 0.0
            for item in line.items:
                outer = item.cross + item.cross_margins()
                if item.is_baseline_aligned():
                    above = self._item_baseline(item)
                    item.baseline = above
                    below = outer - above
                    if item.align == AlignKeyword.BASELINE:
                        ascent, descent = max(ascent, above), max(descent, below)
                    else:
                        last_ascent, last_descent = max(last_ascent, above), max(last_descent, below)
                else:
                    largest = max(largest, outer)
            if ascent != NO_BASELINE:
                largest = max(largest, ascent + descent)
            if last_ascent != NO_BASELINE:
                largest = max(largest, last_ascent + last_descent)
            line.cross = max(0.0, largest)
            line.max_ascent = ascent
            line.max_last_descent = last_descent

    def _item_baseline(self, item: FlexItem) -> float:
        """The baseline that align-self: baseline uses, from the cross-start margin edge."""
        if not self.is_row:
            # Along the inline axis Blink takes the line-left edge for the baseline.
            is_left_start = self.direction.is_inline_reversed() == self.is_wrap_reverse
            return item.margin_cross_start + (0.0 if is_left_start else item.cross)
        result = item.result
        assert result is not None
        is_last = item.align == AlignKeyword.LAST_BASELINE
        baseline = result.last_baseline if is_last else result.first_baseline
        if baseline == NO_BASELINE:
            baseline = item.cross  # synthesised from the border box
        if self.is_wrap_reverse:
            return item.cross - baseline + item.margin_cross_start
        return item.margin_cross_start + baseline

    def _determine_container_cross_size(self) -> None:
        # 9.4.8, 15. The container's cross size; a single line takes it over.
        lines = self.lines
        total = self.cross_gap * (len(lines) - 1) if lines else 0.0
        for line in lines:
            total += line.cross
        if self.is_row:
            self.intrinsic_block = total + self.edges.block_sum
            self.block_size = self._block_size_for(self.intrinsic_block)
            self.content_cross = max(0.0, self.block_size - self.edges.block_sum)
        else:
            self.content_cross = self.content_inline
        if not self.is_multi_line and lines:
            lines[0].cross = self.content_cross
        # 9. Handle 'align-content: stretch'; 16. Align all flex lines per align-content.
        if self.is_multi_line:
            self._align_lines(total)

    def _align_lines(self, total: float) -> None:
        alignment = self.style.box.align_content
        keyword = alignment.keyword
        free = self.content_cross - total
        count = len(self.lines)
        if keyword == AlignKeyword.NORMAL or keyword == AlignKeyword.STRETCH:
            if free > 0.0 and count:
                share = free / count
                for line in self.lines:
                    line.cross += share
            free = 0.0 if free > 0.0 else free
            keyword = AlignKeyword.FLEX_START
        elif keyword == AlignKeyword.START or keyword == AlignKeyword.BASELINE:
            keyword = AlignKeyword.FLEX_END if self.is_wrap_reverse else AlignKeyword.FLEX_START
        elif keyword == AlignKeyword.END or keyword == AlignKeyword.LAST_BASELINE:
            keyword = AlignKeyword.FLEX_START if self.is_wrap_reverse else AlignKeyword.FLEX_END
        places = distribute(keyword, alignment.is_safe, free, count)
        offset = places.before
        for line in self.lines:
            line.cross_offset = offset
            offset += line.cross + self.cross_gap + places.between

    def _stretch_items(self) -> None:
        # 11. Determine the used cross size of each flex item.
        container_cross = self._container_cross()
        is_done = not self.is_multi_line and container_cross != INDEFINITE
        if is_done:
            return  # they were stretched to the definite line when they were first laid out
        for line in self.lines:
            for item in line.items:
                if not item.stretches():
                    continue
                stretched = item.clamp_cross(line.cross - item.cross_margins())
                if stretched == item.cross and item.main_is_inline and not depends_on_block_size(item.box):
                    continue  # OPTIMIZATION: it has that size, and nothing in it asks whether it is definite
                self._layout_item(item, line.cross)

    # --- 9.5: main-axis alignment -------------------------------------------------------------------

    def _align_main(self) -> None:
        # 12. Distribute any remaining free space.
        alignment = self.style.box.justify_content
        keyword = self._justify_keyword(alignment)
        for line in self.lines:
            items = line.items
            free = self.content_main - self.main_gap * (len(items) - 1)
            autos = 0
            for item in items:
                free -= item.main + item.main_margins()
                autos += item.auto_main_start + item.auto_main_end
            if autos and free > 0.0:
                share = free / autos
                for item in items:
                    if item.auto_main_start:
                        item.margin_main_start = share
                    if item.auto_main_end:
                        item.margin_main_end = share
                free = 0.0
            places = distribute(keyword, alignment.is_safe, free, len(items))
            offset = places.before
            for item in items:
                item.main_offset = offset + item.margin_main_start
                offset += item.main + item.main_margins() + self.main_gap + places.between

    def _justify_keyword(self, alignment: Alignment) -> AlignKeyword:
        """justify-content in flex terms."""
        keyword = alignment.keyword
        if keyword == AlignKeyword.LEFT or keyword == AlignKeyword.RIGHT:
            # they are physical along a horizontal (or the inline) main axis, else they act as start
            if not self.is_row:
                keyword = AlignKeyword.START
            else:
                is_left_start = not self.direction.is_inline_reversed()
                is_start = (keyword == AlignKeyword.LEFT) == is_left_start
                keyword = AlignKeyword.START if is_start else AlignKeyword.END
        if keyword == AlignKeyword.START or keyword == AlignKeyword.SELF_START:
            return AlignKeyword.FLEX_END if self.is_reverse else AlignKeyword.FLEX_START
        if keyword == AlignKeyword.END or keyword == AlignKeyword.SELF_END:
            return AlignKeyword.FLEX_START if self.is_reverse else AlignKeyword.FLEX_END
        if keyword == AlignKeyword.NORMAL or keyword == AlignKeyword.STRETCH:
            return AlignKeyword.FLEX_START
        return keyword

    # --- 9.6: cross-axis alignment ------------------------------------------------------------------

    def _align_cross(self) -> None:
        for line in self.lines:
            for item in line.items:
                item.cross_offset = line.cross_offset + self._offset_in_line(item, line)

    def _offset_in_line(self, item: FlexItem, line: FlexLine) -> float:
        """Where the border box starts in its line."""
        free = line.cross - item.cross - item.cross_margins()
        # 13. Resolve cross-axis auto margins.
        if item.has_auto_cross_margin():
            if free > 0.0:
                if item.auto_cross_start and item.auto_cross_end:
                    item.margin_cross_start = item.margin_cross_end = free / 2.0
                elif item.auto_cross_start:
                    item.margin_cross_start = free
                else:
                    item.margin_cross_end = free
            elif self.is_wrap_reverse:
                # the overflow goes to the end side of the writing mode, not of the flex container
                return free + item.margin_cross_start
            return item.margin_cross_start
        # 14. Align all flex items along the cross-axis per align-self.
        align = item.align
        if free < 0.0 and item.align_is_safe:
            align = AlignKeyword.FLEX_END if self.is_wrap_reverse else AlignKeyword.FLEX_START
        if align == AlignKeyword.FLEX_END:
            return free + item.margin_cross_start
        if align == AlignKeyword.CENTER:
            return free / 2.0 + item.margin_cross_start
        if align == AlignKeyword.BASELINE and item.baseline != NO_BASELINE:
            return line.max_ascent - item.baseline + item.margin_cross_start
        if align == AlignKeyword.LAST_BASELINE:
            if item.baseline != NO_BASELINE:
                descent = item.cross + item.cross_margins() - item.baseline
                return line.cross - line.max_last_descent + descent - item.cross - item.margin_cross_end
            return free + item.margin_cross_start  # falls back to end
        return item.margin_cross_start

    # --- The fragment -------------------------------------------------------------------------------

    def _finish(self) -> LayoutResult:
        edges = self.edges
        builder = FragmentBuilder(self.box)
        first_baseline, last_baseline = NO_BASELINE, NO_BASELINE
        # NOTE: children are added in order-modified document order, which is also their painting order.
        line_count = len(self.lines)
        for number in range(line_count):
            line = self.lines[number]
            for item in line.items:
                result = item.result
                assert result is not None
                inline, block = self._place(item)
                builder.add_result(result, inline, block)
            # the first baseline is that of the line and the item that come first in the block axis
            if number == (line_count - 1 if self.is_wrap_reverse else 0):
                first_baseline = self._line_baseline(line, is_last=False)
            if number == (0 if self.is_wrap_reverse else line_count - 1):
                last_baseline = self._line_baseline(line, is_last=True)
        for child in self.out_of_flow:
            self._add_static_position(builder, child)
        builder.percentage_block = self.content_block
        layout_out_of_flow(self.context, self.box, builder, edges, self.inline_size, self.block_size)
        fragment = builder.finish(self.inline_size, self.block_size, edges.border, edges.padding)
        if has_containment(self.style, "layout"):
            first_baseline = last_baseline = NO_BASELINE
        elif is_scroll_container(self.style):
            first_baseline = clamp_baseline(first_baseline, self.block_size)
            last_baseline = clamp_baseline(last_baseline, self.block_size)
        return LayoutResult(
            fragment,
            first_baseline=first_baseline,
            last_baseline=last_baseline,
            intrinsic_block=self.intrinsic_block,
            out_of_flow=builder.pending(),
        )

    def _place(self, item: FlexItem) -> tuple[float, float]:
        """The item's border-box offset in the container's own inline and block axes."""
        main, cross = item.main_offset, item.cross_offset
        if self.is_reverse:
            main = self.content_main - main - item.main
        if self.is_wrap_reverse:
            cross = self.content_cross - cross - item.cross
        edges = self.edges
        if self.is_row:
            return edges.inline_start + main, edges.block_start + cross
        return edges.inline_start + cross, edges.block_start + main

    def _line_baseline(self, line: FlexLine, is_last: bool) -> float:
        """The container's baseline from its first or last line (section 8.5)."""
        is_end = is_last != (self.is_reverse and not self.is_row)
        chosen = line.items[len(line.items) - 1] if is_end else line.items[0]
        if self.is_row:
            for item in line.items:
                if item.is_baseline_aligned():
                    chosen = item
                    break
        result = chosen.result
        assert result is not None
        baseline = result.last_baseline if is_last else result.first_baseline
        if chosen.direction.is_horizontal != self.direction.is_horizontal:
            baseline = NO_BASELINE
        if baseline == NO_BASELINE:
            is_horizontal = self.direction.is_horizontal
            baseline = result.fragment.height if is_horizontal else result.fragment.width
        return self._place(chosen)[1] + baseline

    def _add_static_position(self, builder: FragmentBuilder, child: Box) -> None:
        """Out-of-flow children stand where they would as the sole item (section 4.1)."""
        justify = self.style.box.justify_content
        main = self._justify_keyword(justify)
        main_align = 0
        if main == AlignKeyword.FLEX_END:
            main_align = 2
        elif main == AlignKeyword.CENTER or main >= AlignKeyword.SPACE_AROUND:
            main_align = 1
        alignment = child.style.box.align_self
        if alignment.keyword == AlignKeyword.AUTO:
            alignment = self.style.box.align_items
        cross = self._self_alignment(alignment, writing_direction(child.style))
        cross_align = 0
        if cross == AlignKeyword.BASELINE or cross == AlignKeyword.LAST_BASELINE:
            # the fallback alignment is start or end, whatever the direction of the lines
            is_end = (cross == AlignKeyword.LAST_BASELINE) != self.is_wrap_reverse
            cross = AlignKeyword.FLEX_END if is_end else AlignKeyword.FLEX_START
        if cross == AlignKeyword.FLEX_END:
            cross_align = 2
        elif cross == AlignKeyword.CENTER:
            cross_align = 1
        if self.is_reverse:
            main_align = 2 - main_align
        if self.is_wrap_reverse:
            cross_align = 2 - cross_align
        inline_align, block_align = (main_align, cross_align) if self.is_row else (cross_align, main_align)
        edges = self.edges
        content_block = max(0.0, self.block_size - edges.block_sum)
        builder.out_of_flow.append(
            OutOfFlow(
                child,
                edges.inline_start + self.content_inline * inline_align / 2.0,
                edges.block_start + content_block * block_align / 2.0,
                inline_align,
                block_align,
            )
        )

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
                low = max(low, sizes.min + margins)
            else:
                low += sizes.min + margins
            high += sizes.max + margins
        if self.items:
            gaps = self.main_gap * (len(self.items) - 1)
            high += gaps
            if not self.is_multi_line:
                low += gaps
        return low, high

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
            sizes = context.min_max_sizes(item.box, space)
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
        lines = break_lines(self.items, True, block, self.main_gap)
        total = self.cross_gap * (len(lines) - 1)
        for line in lines:
            widest = 0.0
            for item in line.items:
                widest = max(widest, self._cross_contribution(item).max + item.cross_margins())
            total += widest
        return total


def _order(box: Box) -> int:
    return box.style.box.order


def _is_replaced(box: Box) -> bool:
    return box.kind == BoxKind.REPLACED


def _main_ratio(item: FlexItem) -> float:
    """The item's preferred aspect ratio as inline / block of its own axes; 0.0 for none."""
    box = item.box
    ratio = box.style.box.aspect_ratio
    picture = box.picture
    if box.kind == BoxKind.REPLACED and picture is not None and (ratio.is_auto or ratio.ratio <= 0.0):
        if picture.natural_ratio > 0.0:
            value = picture.natural_ratio
            return value if item.direction.is_horizontal else 1.0 / value
    return logical_ratio(box.style)
