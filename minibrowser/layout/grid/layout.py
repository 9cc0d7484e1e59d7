"""Grid layout (https://drafts.csswg.org/css-grid-2/#layout-algorithm).

Works in the container's inline and block axes: columns are sized first, then rows with the items at their
column widths, then items are laid out in their areas.
"""

from __future__ import annotations

from typing import final

from ...css.values import AlignKeyword, LengthKind
from ..block_dependence import depends_on_block_size
from ..box import Box
from ..constraint_space import (
    INDEFINITE,
    NO_BASELINE,
    ConstraintSpace,
    LayoutResult,
    MinMaxSizes,
    OutOfFlow,
)
from ..driver import LayoutContext
from ..fragment_builder import FragmentBuilder
from ..positioned import ContainingArea, layout_out_of_flow, padding_area, place
from ..sizing import (
    block_length,
    clamp_baseline,
    has_containment,
    is_containing_block_for_absolute,
    is_scroll_container,
    max_block_length,
    min_block_length,
)
from .alignment import offset_in_area
from .container import GridSizing
from .lines import AUTO_LINE, ExplicitAxis, GridSpan, resolve_span
from .placement import GridItem
from .tracks import Track


def layout_grid(box: Box, space: ConstraintSpace, context: LayoutContext) -> LayoutResult:
    """Lay out a grid container."""
    return GridLayout(box, space, context).run()


def grid_min_max(box: Box, space: ConstraintSpace, context: LayoutContext) -> MinMaxSizes:
    """The intrinsic inline sizes of a grid container's border box."""
    return GridLayout(box, space, context).min_max_sizes()


@final
class GridLayout(GridSizing):
    """One run over one container."""

    def run(self) -> LayoutResult:
        """The steps of section 12.1."""
        self._determine_container_size()
        self._place_items()
        self._size_columns()
        self._size_rows()
        self._layout_items()
        return self._finish()

    def _layout_items(self) -> None:
        for item in self.items:
            inline, block = self.area_inline(item), self.area_block(item)
            space = self.item_space(item, inline, block, is_final=True)
            measured = item.measured
            if (
                measured is not None
                and item.measured_inline == inline
                and self._is_reusable(item, space, measured)
            ):
                item.result = measured
            else:
                item.result = self.context.layout(item.box, space)

    def _is_reusable(self, item: GridItem, space: ConstraintSpace, measured: LayoutResult) -> bool:
        """OPTIMIZATION: whether the layout that measured the item is the final one."""
        if not item.is_parallel:
            return False
        style = item.box.style
        for length in (block_length(style), min_block_length(style), max_block_length(style)):
            if length.has_percent() or length.kind == LengthKind.STRETCH:
                return False
        if not space.is_fixed_block:
            return True
        if self.fragment_block(measured) != space.available_block:
            return False
        return not depends_on_block_size(item.box)

    # --- The fragment ---------------------------------------------------------------------------------

    def _finish(self) -> LayoutResult:
        edges, context, box = self.edges, self.context, self.box
        builder = FragmentBuilder(box)
        builder.content_inline = self.content_inline
        first_baseline, last_baseline = NO_BASELINE, NO_BASELINE
        first_row, last_row = self._edge_rows()
        is_first_shared = is_last_shared = False
        for item in self.items:
            result = item.result
            assert result is not None
            inline, block = self._item_offset(item, result)
            builder.add_result(result, inline, block)
            size = self.fragment_block(result)
            if item.row.start == first_row:
                is_shared = item.align == AlignKeyword.BASELINE
                if first_baseline == NO_BASELINE or (is_shared and not is_first_shared):
                    own = result.first_baseline if item.is_parallel else NO_BASELINE
                    first_baseline = block + (own if own != NO_BASELINE else size)
                    is_first_shared = is_shared
            if item.row.end - 1 == last_row:
                is_shared = item.align == AlignKeyword.LAST_BASELINE
                if not is_last_shared:
                    own = result.last_baseline if item.is_parallel else NO_BASELINE
                    last_baseline = block + (own if own != NO_BASELINE else size)
                    is_last_shared = is_shared
        self._place_out_of_flow(builder)
        builder.percentage_block = self.content_block
        layout_out_of_flow(context, box, builder, edges, self.inline_size, self.block_size)
        fragment = builder.finish(self.inline_size, self.block_size, edges.border, edges.padding)
        if has_containment(box.style, "layout"):
            first_baseline = last_baseline = NO_BASELINE
        elif is_scroll_container(box.style):
            first_baseline = clamp_baseline(first_baseline, self.block_size)
            last_baseline = clamp_baseline(last_baseline, self.block_size)
        return LayoutResult(
            fragment,
            first_baseline=first_baseline,
            last_baseline=last_baseline,
            intrinsic_block=self.intrinsic_block,
            out_of_flow=builder.pending(),
        )

    def _edge_rows(self) -> tuple[int, int]:
        """The first and the last row with items."""
        first, last = len(self.rows), -1
        for item in self.items:
            first = min(first, item.row.start)
            last = max(last, item.row.end - 1)
        return first, last

    def _item_offset(self, item: GridItem, result: LayoutResult) -> tuple[float, float]:
        """The offset of an item's border box from the container's border-box start corner."""
        margins = item.margins
        inline_free = self.area_inline(item) - self.fragment_inline(result) - margins.inline_sum
        block_free = self.area_block(item) - self.fragment_block(result) - margins.block_sum
        inline = self.edges.inline_start + self.columns[item.column.start].offset + margins.inline_start
        block = self.edges.block_start + self.rows[item.row.start].offset + margins.block_start
        if item.auto_inline_start or item.auto_inline_end:
            inline += _auto_margin(item.auto_inline_start, item.auto_inline_end, inline_free)
        elif item.justify == AlignKeyword.BASELINE:
            inline += item.justify_shim
        elif item.justify == AlignKeyword.LAST_BASELINE:
            inline += inline_free - item.justify_shim
        else:
            inline += offset_in_area(item.justify, item.justify_is_safe, inline_free)
        if item.auto_block_start or item.auto_block_end:
            block += _auto_margin(item.auto_block_start, item.auto_block_end, block_free)
        elif item.align == AlignKeyword.BASELINE:
            block += item.align_shim
        elif item.align == AlignKeyword.LAST_BASELINE:
            block += block_free - item.align_shim
        else:
            block += offset_in_area(item.align, item.align_is_safe, block_free)
        return inline, block

    # --- Absolutely positioned children ---------------------------------------------------------------

    def _place_out_of_flow(self, builder: FragmentBuilder) -> None:
        """https://drafts.csswg.org/css-grid-2/#abspos : the containing block is the grid area, auto lines are the
        padding edges. The static position is that of a sole item in it, or in the content box of a grid container
        that is not the containing block."""
        if not self.out_of_flow:
            return
        edges = self.edges
        is_container = is_containing_block_for_absolute(self.box)
        content_block = max(0.0, self.block_size - edges.block_sum)
        content = ContainingArea(edges.inline_start, edges.block_start, self.content_inline, content_block)
        padding = padding_area(edges, self.inline_size, self.block_size)
        for child in self.out_of_flow:
            style = child.style.box
            has_area = is_container and not (
                style.grid_column_start.is_auto()
                and style.grid_column_end.is_auto()
                and style.grid_row_start.is_auto()
                and style.grid_row_end.is_auto()
            )
            area = self._line_area(child, padding) if has_area else padding
            static = area if is_container else content
            item = self._make_item(child)
            inline_align = _static_align(item.justify)
            block_align = _static_align(item.align)
            pending = OutOfFlow(
                child,
                static.inline_start + static.inline_size * inline_align / 2.0,
                static.block_start + static.block_size * block_align / 2.0,
                inline_align,
                block_align,
                None,
                static.inline_size if style.justify_self.is_safe else INDEFINITE,
                static.block_size if style.align_self.is_safe else INDEFINITE,
            )
            if has_area:
                place(self.context, builder, pending, area, self.inline_size, self.block_size)
            else:
                builder.out_of_flow.append(pending)

    def _line_area(self, child: Box, padding: ContainingArea) -> ContainingArea:
        style = child.style.box
        edges = self.edges
        column = self._line_range(
            self.column_axis,
            resolve_span(self.column_axis, style.grid_column_start, style.grid_column_end),
            style.grid_column_start.is_auto() or style.grid_column_start.is_span,
            style.grid_column_end.is_auto() or style.grid_column_end.is_span,
            self.columns,
            self.placement.column_start,
        )
        row = self._line_range(
            self.row_axis,
            resolve_span(self.row_axis, style.grid_row_start, style.grid_row_end),
            style.grid_row_start.is_auto() or style.grid_row_start.is_span,
            style.grid_row_end.is_auto() or style.grid_row_end.is_span,
            self.rows,
            self.placement.row_start,
        )
        inline_start, inline_end = padding.inline_start, padding.inline_start + padding.inline_size
        block_start, block_end = padding.block_start, padding.block_start + padding.block_size
        if column[0] != INDEFINITE:
            inline_start = edges.inline_start + column[0]
        if column[1] != INDEFINITE:
            inline_end = edges.inline_start + column[1]
        if row[0] != INDEFINITE:
            block_start = edges.block_start + row[0]
        if row[1] != INDEFINITE:
            block_end = edges.block_start + row[1]
        return ContainingArea(
            inline_start,
            block_start,
            max(0.0, inline_end - inline_start),
            max(0.0, block_end - block_start),
        )

    def _line_range(
        self,
        axis: ExplicitAxis,
        span: GridSpan,
        is_start_auto: bool,
        is_end_auto: bool,
        tracks: list[Track],
        before: int,
    ) -> tuple[float, float]:
        """Offsets of the lines from the content edge; INDEFINITE where a line is auto or does not exist."""
        if span.start == AUTO_LINE:
            return INDEFINITE, INDEFINITE
        start, end = span.start + before, span.end + before
        first = last = INDEFINITE
        count = len(tracks)
        if not is_start_auto and 0 <= start <= count and count > 0:
            if start < count:
                first = tracks[start].offset
            else:
                first = tracks[count - 1].offset + tracks[count - 1].base
        if not is_end_auto and 0 <= end <= count and count > 0:
            last = tracks[end - 1].offset + tracks[end - 1].base if end > 0 else tracks[0].offset
        return first, last


def _static_align(keyword: AlignKeyword) -> int:
    if keyword == AlignKeyword.CENTER:
        return 1
    return 2 if keyword == AlignKeyword.END or keyword == AlignKeyword.LAST_BASELINE else 0


def _auto_margin(is_start: bool, is_end: bool, free: float) -> float:
    """How far auto margins push from the start edge; they never pull."""
    if free <= 0.0 or not is_start:
        return 0.0
    return free / 2.0 if is_end else free
