"""The sizing half of grid layout: placement, tracks, what items contribute, intrinsic sizes.

https://drafts.csswg.org/css-grid-2/#layout-algorithm ; `layout.py` goes on from here.
"""

from __future__ import annotations

from typing import Final, final

from ...css.values import AUTO_TRACK, AlignKeyword, LengthKind, TrackSize
from ...limits import MAX_LENGTH
from ..box import Box, BoxKind
from ..constraint_space import (
    INDEFINITE,
    ConstraintSpace,
    LayoutResult,
    MinMaxSizes,
    SubgridAxis,
)
from ..driver import LayoutContext
from ..flex_sizing import gap_size
from ..logical import LogicalEdges, WritingDirection, writing_direction
from ..sizing import (
    BoxEdges,
    block_length,
    block_limits,
    child_percentage_block,
    clamp,
    compute_block_size,
    compute_inline_size,
    inline_from_ratio,
    inline_length,
    inline_limits,
    is_scroll_container,
    logical_ratio,
    margin_lengths,
    max_block_length,
    max_inline_length,
    min_block_length,
    min_inline_length,
    min_max_contribution,
    resolve,
    resolve_block_length,
    resolve_edges,
    resolve_inline_length,
)
from .alignment import place_tracks, resolve_self_alignment
from .baselines import compute_shims, is_baseline, takes_part
from .lines import AutoRepeatBasis, ExplicitAxis, explicit_axis
from .placement import GridItem, Placement, place_items
from .tracks import Contributions, MaxKind, MinKind, SizingMode, SpannedItem, Track, TrackSizing

UNBOUNDED: Final = 1.0e38
"""A sum in which a track without a fixed maximum takes part."""


class GridSizing:
    """A container with its items and tracks."""

    def __init__(self, box: Box, space: ConstraintSpace, context: LayoutContext) -> None:
        self.box: Final = box
        self.space: Final = space
        self.context: Final = context
        self.direction: Final[WritingDirection] = writing_direction(box.style)
        self.edges: Final[BoxEdges] = resolve_edges(context, box, space)
        self.inline_size: float = INDEFINITE
        self.content_inline: float = INDEFINITE  # INDEFINITE while intrinsic sizes are asked
        self.content_block: float = INDEFINITE  # only where definite
        self.block_size: float = 0.0
        self.intrinsic_block: float = 0.0
        self.column_gap: float = 0.0
        self.row_gap: float = 0.0
        self.column_axis: ExplicitAxis = ExplicitAxis()
        self.row_axis: ExplicitAxis = ExplicitAxis()
        self.placement: Placement = Placement(0, 0, 0, 0)
        self.items: list[GridItem] = []
        self.out_of_flow: list[Box] = []
        self.columns: list[Track] = []
        self.rows: list[Track] = []
        self.has_row_baselines: bool = False
        self.has_column_baselines: bool = False

    def min_max_sizes(self) -> MinMaxSizes:
        """The columns under a min-content and a max-content constraint."""
        self._resolve_gaps()
        # a definite block size gives percentages in items something to resolve against
        self.content_block = child_percentage_block(
            self.context, self.box, self.space, self.edges, INDEFINITE
        )
        self._place_items()
        if self.has_column_baselines:
            self._compute_shims(is_rows=False)
        low = self._intrinsic_columns(SizingMode.MIN_CONTENT)
        high = self._intrinsic_columns(SizingMode.MAX_CONTENT)
        edge = self.edges.inline_sum
        return MinMaxSizes(edge + low, edge + max(low, high))

    def _intrinsic_columns(self, mode: SizingMode) -> float:
        columns = self._make_tracks(is_column=True)
        sizing = TrackSizing(columns, self._spanned(columns, is_column=True), self.column_gap, mode)
        sizing.run(INDEFINITE, stretches=False)
        return sizing.total()

    # --- The container --------------------------------------------------------------------------------

    def _determine_container_size(self) -> None:
        context, box, space, edges = self.context, self.box, self.space, self.edges
        self.inline_size = compute_inline_size(context, box, space, edges)
        self.content_inline = max(0.0, self.inline_size - edges.inline_sum)
        self.content_block = child_percentage_block(context, box, space, edges, self.inline_size)
        self._resolve_gaps()

    def _resolve_gaps(self) -> None:
        self.column_gap = gap_size(self.box.style.box.column_gap, self.content_inline)
        self.row_gap = gap_size(self.box.style.box.row_gap, self.content_block)

    # --- The explicit grid, placement -----------------------------------------------------------------

    def _place_items(self) -> None:
        style = self.box.style.box
        areas = style.grid_template_areas
        self.column_axis = explicit_axis(
            style.grid_template_columns,
            areas,
            True,
            style.grid_auto_columns,
            self._column_basis(),
            self.space.subgrid_columns,
        )
        self.row_axis = explicit_axis(
            style.grid_template_rows,
            areas,
            False,
            style.grid_auto_rows,
            self._row_basis(),
            self.space.subgrid_rows,
        )
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
            self.items.append(self._make_item(child))
        self.placement = place_items(self.items, self.column_axis, self.row_axis, style.grid_auto_flow)

    def _column_basis(self) -> AutoRepeatBasis:
        """For repeat(auto-fill) of columns: the content width, or what max-width and min-width leave."""
        available, minimum = self.content_inline, INDEFINITE
        if available == INDEFINITE:
            edges, box, style = self.edges, self.box, self.box.style
            for length in (inline_length(style), max_inline_length(style)):
                if available == INDEFINITE and length.kind <= LengthKind.CALC:
                    value = resolve_inline_length(self.context, box, self.space, edges, length)
                    if value != INDEFINITE:
                        available = max(0.0, value - edges.inline_sum)
            length = min_inline_length(style)
            if length.kind <= LengthKind.CALC:
                value = resolve_inline_length(self.context, box, self.space, edges, length)
                minimum = max(0.0, value - edges.inline_sum) if value != INDEFINITE else INDEFINITE
        return AutoRepeatBasis(available, minimum, self.content_inline, self.column_gap)

    def _row_basis(self) -> AutoRepeatBasis:
        available, minimum = self.content_block, INDEFINITE
        if available == INDEFINITE:
            edges, box, style = self.edges, self.box, self.box.style
            length = max_block_length(style)
            if length.kind <= LengthKind.CALC:
                value = resolve_block_length(box, self.space, edges, length, INDEFINITE)
                available = max(0.0, value - edges.block_sum) if value != INDEFINITE else INDEFINITE
            length = min_block_length(style)
            if length.kind <= LengthKind.CALC:
                value = resolve_block_length(box, self.space, edges, length, INDEFINITE)
                minimum = max(0.0, value - edges.block_sum) if value != INDEFINITE else INDEFINITE
        return AutoRepeatBasis(available, minimum, self.content_block, self.row_gap)

    def _make_item(self, child: Box) -> GridItem:
        child_direction = writing_direction(child.style)
        item = GridItem(child, child_direction.is_horizontal == self.direction.is_horizontal)
        inline_start, inline_end, block_start, block_end = margin_lengths(child.style, self.direction)
        item.auto_inline_start = inline_start.is_auto()
        item.auto_inline_end = inline_end.is_auto()
        item.auto_block_start = block_start.is_auto()
        item.auto_block_end = block_end.is_auto()
        resolve_self_alignment(item, self.box.style, self.direction)
        self.has_row_baselines = self.has_row_baselines or is_baseline(item.align)
        self.has_column_baselines = self.has_column_baselines or is_baseline(item.justify)
        # https://drafts.csswg.org/css-grid-2/#subgrid-box-alignment : a subgrid is always stretched
        item.is_subgrid_columns = _is_subgrid(item, is_column=True)
        item.is_subgrid_rows = _is_subgrid(item, is_column=False)
        if item.is_subgrid_columns:
            item.justify = AlignKeyword.STRETCH
            item.auto_inline_start = item.auto_inline_end = False
        if item.is_subgrid_rows:
            item.align = AlignKeyword.STRETCH
            item.auto_block_start = item.auto_block_end = False
        return item

    def resolve_margins(self, item: GridItem, basis: float) -> None:
        """Margins of an item whose area is `basis` wide (percentages of all four are of that)."""
        inline_start, inline_end, block_start, block_end = margin_lengths(item.box.style, self.direction)
        item.margins = LogicalEdges(
            resolve(inline_start, basis),
            resolve(inline_end, basis),
            resolve(block_start, basis),
            resolve(block_end, basis),
        )

    # --- Tracks ---------------------------------------------------------------------------------------

    def _make_tracks(self, is_column: bool) -> list[Track]:
        """The tracks of the implicit grid, with their sizing functions."""
        style = self.box.style.box
        placement = self.placement
        if is_column:
            axis, count, before = self.column_axis, placement.columns, placement.column_start
            auto_tracks, basis = style.grid_auto_columns, self.content_inline
        else:
            axis, count, before = self.row_axis, placement.rows, placement.row_start
            auto_tracks, basis = style.grid_auto_rows, self.content_block
        explicit = axis.count()
        used: list[bool] = []
        if axis.auto_fit_end > axis.auto_fit_start:
            used = [False] * count
            for item in self.items:
                span = item.column if is_column else item.row
                for index in range(span.start, span.end):
                    used[index] = True
        tracks: list[Track] = []
        for index in range(count):
            number = index - before
            is_collapsed = False
            if number < 0:
                # https://drafts.csswg.org/css-grid-2/#auto-tracks : backwards from the last one
                size: TrackSize = _cycle(auto_tracks, number)
            elif number < explicit:
                size = axis.tracks[number]
                is_collapsed = axis.auto_fit_start <= number < axis.auto_fit_end and not used[index]
            else:
                size = _cycle(auto_tracks, number - explicit)
            tracks.append(Track(size, basis, is_collapsed))
        return tracks

    def _spanned(self, tracks: list[Track], is_column: bool) -> list[SpannedItem]:
        """The items of an axis; in place of subgrids the items in them."""
        result: list[SpannedItem] = []
        contributions: Contributions = InlineContributions(self) if is_column else BlockContributions(self)
        self._collect_spanned(result, tracks, is_column, 0, contributions)
        return result

    def _collect_spanned(
        self,
        result: list[SpannedItem],
        tracks: list[Track],
        is_column: bool,
        first: int,
        contributions: Contributions,
    ) -> None:
        """`first`: the track that the first one of this grid is, in the outermost grid whose tracks are sized."""
        for item in self.items:
            span = item.column if is_column else item.row
            start, end = span.start + first, span.end + first
            if not (item.is_subgrid_columns if is_column else item.is_subgrid_rows):
                result.append(SpannedItem(item, start, end, tracks, contributions))
                continue
            # https://drafts.csswg.org/css-grid-2/#subgrid-size-contribution
            inner = self._make_subgrid(item, not is_column)
            items: list[SpannedItem] = []
            own: Contributions = InlineContributions(inner) if is_column else BlockContributions(inner)
            inner._collect_spanned(items, tracks, is_column, start, own)
            edge_start, edge_end, gutter = self._subgrid_edges(item, inner, is_column)
            for spanned in items:
                extra = edge_start if spanned.start == start else gutter
                extra += edge_end if spanned.end == end else gutter
                result.append(
                    SpannedItem(
                        spanned.item,
                        spanned.start,
                        spanned.end,
                        tracks,
                        SubgridContributions(spanned.contributions, extra),
                    )
                )

    def _make_subgrid(self, item: GridItem, has_columns: bool) -> GridSizing:
        """The grid inside an item that is a subgrid, with its items placed, and its columns sized where this
        grid's are known."""
        columns = self.subgrid_axis(item, True, has_columns) if item.is_subgrid_columns else None
        rows = self.subgrid_axis(item, False, False) if item.is_subgrid_rows else None
        if not has_columns:
            space = ConstraintSpace(INDEFINITE, subgrid_columns=columns, subgrid_rows=rows)
            inner = GridSizing(item.box, space, self.context)
            inner._resolve_gaps()
            inner._place_items()
            return inner
        area = self.area_inline(item)
        self.resolve_margins(item, area)
        inner = GridSizing(item.box, self.item_space(item, area, INDEFINITE, False), self.context)
        inner._determine_container_size()
        inner._place_items()
        inner._size_columns()
        return inner

    def _subgrid_edges(
        self, item: GridItem, inner: GridSizing, is_column: bool
    ) -> tuple[float, float, float]:
        """What margin, border and padding of a subgrid add at its edges, and half of what its gutters are wider."""
        margins, edges = item.margins, inner.edges
        style = item.box.style.box
        if is_column:
            gap = style.column_gap
            gutter = 0.0 if gap.kind == LengthKind.NORMAL else (inner.column_gap - self.column_gap) / 2.0
            return margins.inline_start + edges.inline_start, margins.inline_end + edges.inline_end, gutter
        gap = style.row_gap
        gutter = 0.0 if gap.kind == LengthKind.NORMAL else (inner.row_gap - self.row_gap) / 2.0
        return margins.block_start + edges.block_start, margins.block_end + edges.block_end, gutter

    def subgrid_axis(self, item: GridItem, is_column: bool, is_sized: bool) -> SubgridAxis:
        """The tracks that a subgrid spans; all at 0 while they are not sized."""
        span = item.column if is_column else item.row
        axis = self.column_axis if is_column else self.row_axis
        tracks = self.columns if is_column else self.rows
        before = self.placement.column_start if is_column else self.placement.row_start
        starts: list[float] = []
        ends: list[float] = []
        names: list[tuple[str, ...]] = []
        for index in range(span.start, span.end + 1):
            line = index - before
            names.append(tuple(axis.names[line]) if 0 <= line < len(axis.names) else ())
            if index < span.end:
                if is_sized:
                    start = tracks[index].offset - tracks[span.start].offset
                    starts.append(start)
                    ends.append(start + tracks[index].base)
                else:
                    starts.append(0.0)
                    ends.append(0.0)
        return SubgridAxis(tuple(starts), tuple(ends), tuple(names))

    def _subgrid_tracks(self, axis: SubgridAxis, is_column: bool) -> list[Track]:
        """A subgrid's tracks: the parent's, less its own edges, with gutters of its own width around the same
        middles (https://drafts.csswg.org/css-grid-2/#subgrid-gaps)."""
        space, edges = self.space, self.edges
        style = self.box.style
        basis = space.percentage_inline
        inline_start, inline_end, block_start, block_end = margin_lengths(style, self.direction)
        if is_column:
            first = resolve(inline_start, basis) + edges.inline_start
            last = resolve(inline_end, basis) + edges.inline_end
            is_normal, gap = style.box.column_gap.kind == LengthKind.NORMAL, self.column_gap
        else:
            first = resolve(block_start, basis) + edges.block_start
            last = resolve(block_end, basis) + edges.block_end
            is_normal, gap = style.box.row_gap.kind == LengthKind.NORMAL, self.row_gap
        count = len(axis.starts)
        tracks: list[Track] = []
        for index in range(count):
            start, end = axis.starts[index], axis.ends[index]
            if index == 0:
                start += first
            elif not is_normal:
                start = (axis.ends[index - 1] + start) / 2.0 + gap / 2.0
            if index == count - 1:
                end -= last
            elif not is_normal:
                end = (end + axis.starts[index + 1]) / 2.0 - gap / 2.0
            track = Track(AUTO_TRACK, INDEFINITE)
            track.min_kind, track.max_kind = MinKind.FIXED, MaxKind.FIXED
            track.base = track.limit = track.min_px = track.max_px = max(0.0, end - start)
            track.offset = start - first
            tracks.append(track)
        return tracks

    def _size_columns(self) -> None:
        """Step 1: the column sizes."""
        subgrid = self.space.subgrid_columns
        if subgrid is not None:
            self.columns = self._subgrid_tracks(subgrid, is_column=True)
            for item in self.items:
                self.resolve_margins(item, self.area_inline(item))
            return
        if self.has_column_baselines:
            self._compute_shims(is_rows=False)
        columns = self._make_tracks(is_column=True)
        alignment = self.box.style.box.justify_content
        sizing = TrackSizing(
            columns,
            self._spanned(columns, is_column=True),
            self.column_gap,
            SizingMode.LAYOUT,
        )
        sizing.run(self.content_inline, _stretches(alignment.keyword))
        place_tracks(columns, alignment, self.direction, True, self.content_inline, self.column_gap)
        self.columns = columns
        for item in self.items:
            self.resolve_margins(item, self.area_inline(item))

    def _size_rows(self) -> None:
        """Step 2: the row sizes, and the container's block size; again where that was indefinite and matters."""
        alignment = self.box.style.box.align_content
        stretches = _stretches(alignment.keyword)
        if self.has_row_baselines:
            self._compute_shims(is_rows=True)
        subgrid = self.space.subgrid_rows
        if subgrid is not None:
            self._take_rows(subgrid)
            return
        total = self._run_rows(self.content_block, stretches)
        edges = self.edges
        self.intrinsic_block = total + edges.block_sum
        self.block_size = compute_block_size(
            self.context, self.box, self.space, edges, self.inline_size, self.intrinsic_block
        )
        content = max(0.0, self.block_size - edges.block_sum)
        if self.content_block == INDEFINITE:
            # https://drafts.csswg.org/css-grid-2/#algo-overview : percentages resolve against the size found,
            # and a minimum size leaves free space for flexible and stretched rows
            has_percent = self._has_percent_rows()
            if content > total or has_percent:
                gap = self.box.style.box.row_gap
                if gap.has_percent():
                    self.row_gap = gap_size(gap, content)
                if has_percent:
                    self.content_block = content
                self._run_rows(content, stretches)
                if has_percent:
                    self.content_block = INDEFINITE
        place_tracks(self.rows, alignment, self.direction, False, content, self.row_gap)

    def _take_rows(self, subgrid: SubgridAxis) -> None:
        """The rows of a subgrid are its parent's, and so is its block size."""
        self.rows = self._subgrid_tracks(subgrid, is_column=False)
        last = self.rows[len(self.rows) - 1]
        self.intrinsic_block = last.offset + last.base + self.edges.block_sum
        self.block_size = compute_block_size(
            self.context, self.box, self.space, self.edges, self.inline_size, self.intrinsic_block
        )

    def _run_rows(self, available: float, stretches: bool) -> float:
        rows = self._make_tracks(is_column=False)
        self.rows = rows
        sizing = TrackSizing(
            rows,
            self._spanned(rows, is_column=False),
            self.row_gap,
            SizingMode.LAYOUT,
        )
        sizing.run(available, stretches)
        return sizing.total()

    def _has_percent_rows(self) -> bool:
        style = self.box.style.box
        if style.row_gap.has_percent():
            return True
        for size in self.row_axis.tracks:
            if size.min.has_percent() or size.max.has_percent():
                return True
        return any(size.min.has_percent() or size.max.has_percent() for size in style.grid_auto_rows)

    # --- Areas ----------------------------------------------------------------------------------------

    def area_inline(self, item: GridItem) -> float:
        """The width of an item's area."""
        last = self.columns[item.column.end - 1]
        return last.offset + last.base - self.columns[item.column.start].offset

    def area_block(self, item: GridItem) -> float:
        """The height of an item's area."""
        last = self.rows[item.row.end - 1]
        return last.offset + last.base - self.rows[item.row.start].offset

    def estimated_rows(self, item: GridItem) -> float:
        """The height of an item's area as far as it is known before rows are sized, for percentages: all its rows
        are fixed, or it spans the whole definite container. INDEFINITE otherwise."""
        if item.row.span == self.placement.rows and self.content_block != INDEFINITE:
            return self.content_block
        if not self.rows:
            self.rows = self._make_tracks(is_column=False)
        return self.fixed_rows(item)

    def fixed_rows(self, item: GridItem) -> float:
        """The height of an item's area where all its rows have a fixed size, else INDEFINITE."""
        if not self.rows:
            return INDEFINITE
        total = 0.0
        for index in range(item.row.start, item.row.end):
            track = self.rows[index]
            if track.min_kind != MinKind.FIXED or track.max_kind != MaxKind.FIXED:
                return INDEFINITE
            total += track.base
        return total + self.row_gap * (item.row.span - 1)

    # --- Layout of items ------------------------------------------------------------------------------

    def item_space(
        self, item: GridItem, area_inline: float, area_block: float, is_final: bool
    ) -> ConstraintSpace:
        """The space of an item in its area; `area_block` is INDEFINITE while rows are being sized.

        https://drafts.csswg.org/css-grid-2/#grid-item-sizing
        """
        context, box, margins = self.context, item.box, item.margins
        inline, block = area_inline, area_block
        stretches_inline = (
            item.justify == AlignKeyword.STRETCH and not item.auto_inline_start and not item.auto_inline_end
        )
        stretches_block = (
            item.align == AlignKeyword.STRETCH and not item.auto_block_start and not item.auto_block_end
        )
        if not item.is_parallel:
            inline, block = block, inline
            stretches_inline, stretches_block = stretches_block, stretches_inline
        inline_margins = margins.inline_sum if item.is_parallel else margins.block_sum
        block_margins = margins.block_sum if item.is_parallel else margins.inline_sum
        probe = ConstraintSpace(
            inline,
            block,
            percentage_inline=inline,
            percentage_block=block,
            is_orthogonal=not item.is_parallel,
            is_shrink_to_fit=True,
        )
        style = box.style
        edges = resolve_edges(context, box, probe)
        is_fixed_inline = is_fixed_block = False
        available_inline, available_block = inline, block
        is_auto_inline = inline_length(style).kind == LengthKind.AUTO or item.is_subgrid_columns
        is_auto_block = block_length(style).kind == LengthKind.AUTO or item.is_subgrid_rows
        if inline != INDEFINITE and stretches_inline and is_auto_inline:
            is_fixed_inline = True
            available_inline = clamp(
                max(0.0, inline - inline_margins), inline_limits(context, box, probe, edges)
            )
            ratio = logical_ratio(style)
            if ratio > 0.0 and block_length(style).kind == LengthKind.AUTO:
                # https://drafts.csswg.org/css-sizing-4/#aspect-ratio-size-transfers
                limits = block_limits(context, box, probe, edges, INDEFINITE)
                if limits.max < MAX_LENGTH:
                    upper = inline_from_ratio(style, ratio, limits.max, edges)
                    available_inline = min(available_inline, upper)
                if limits.min > edges.block_frame:
                    lower = inline_from_ratio(style, ratio, limits.min, edges)
                    available_inline = max(available_inline, lower)
        if block != INDEFINITE and is_final and stretches_block and is_auto_block:
            is_fixed_block = True
            limits = block_limits(context, box, probe, edges, INDEFINITE)
            available_block = clamp(max(0.0, block - block_margins), limits)
        return ConstraintSpace(
            available_inline,
            available_block,
            percentage_inline=inline,
            percentage_block=block,
            is_fixed_inline=is_fixed_inline,
            is_fixed_block=is_fixed_block,
            is_orthogonal=not item.is_parallel,
            is_shrink_to_fit=True,
            subgrid_columns=self.subgrid_axis(item, True, True) if item.is_subgrid_columns else None,
            subgrid_rows=self.subgrid_axis(item, False, is_final) if item.is_subgrid_rows else None,
        )

    def measure(self, item: GridItem) -> LayoutResult:
        """Layout at the item's column widths with an automatic height."""
        area = self.area_inline(item)
        result = item.measured
        if result is not None and item.measured_inline == area:
            return result
        space = self.item_space(item, area, self.fixed_rows(item), is_final=False)
        result = self.context.layout(item.box, space)
        item.measured = result
        item.measured_inline = area
        return result

    def fragment_block(self, result: LayoutResult) -> float:
        """The size of a fragment along the container's block axis."""
        return result.fragment.height if self.direction.is_horizontal else result.fragment.width

    def fragment_inline(self, result: LayoutResult) -> float:
        """The size of a fragment along the container's inline axis."""
        return result.fragment.width if self.direction.is_horizontal else result.fragment.height

    def _compute_shims(self, is_rows: bool) -> None:
        """Items that share a baseline in a row or in a column."""
        items: list[GridItem] = []
        results: list[LayoutResult] = []
        for item in self.items:
            if takes_part(item, is_rows):
                items.append(item)
                if is_rows:
                    results.append(self.measure(item))
                else:
                    self.resolve_margins(item, INDEFINITE)
                    results.append(self.context.layout(item.box, self.contribution_space(item)))
        if items:
            compute_shims(items, results, self.direction, is_rows)

    def contribution_space(self, item: GridItem) -> ConstraintSpace:
        """For what an item asks of columns, whose widths are not known."""
        rows = self.estimated_rows(item)
        if not item.is_parallel:
            return ConstraintSpace(rows, INDEFINITE, percentage_inline=rows, is_shrink_to_fit=True)
        is_stretched = rows != INDEFINITE and stretches_block(item)
        block = max(0.0, rows - item.margins.block_sum) if is_stretched else rows
        return ConstraintSpace(
            INDEFINITE,
            block,
            percentage_block=rows,
            is_fixed_block=is_stretched,
            is_shrink_to_fit=True,
        )


@final
class SubgridContributions(Contributions):
    """What an item of a subgrid asks of the parent's tracks: the subgrid's edges beside it count too."""

    def __init__(self, inner: Contributions, extra: float) -> None:
        self._inner: Final = inner
        self._extra: Final = extra

    def min_content(self, item: GridItem) -> float:
        return self._inner.min_content(item) + self._extra

    def max_content(self, item: GridItem) -> float:
        return self._inner.max_content(item) + self._extra

    def minimum(self, item: GridItem, tracks: list[Track]) -> float:
        return self._inner.minimum(item, tracks) + self._extra


@final
class InlineContributions(Contributions):
    """What items ask of columns."""

    def __init__(self, layout: GridSizing) -> None:
        self._layout: Final = layout
        self._sizes: Final[dict[int, MinMaxSizes]] = {}

    def _outer(self, item: GridItem) -> MinMaxSizes:
        """Min- and max-content contribution with margins."""
        known = self._sizes.get(item.box.id)
        if known is not None:
            return known
        layout = self._layout
        layout.resolve_margins(item, INDEFINITE)
        layout_space = layout.contribution_space(item)
        margins = item.margins.inline_sum + item.justify_shim
        if item.is_parallel:
            sizes = min_max_contribution(layout.context, item.box, layout_space)
            sizes = MinMaxSizes(max(0.0, sizes.min + margins), max(0.0, sizes.max + margins))
        else:
            size = layout.fragment_inline(layout.context.layout(item.box, layout_space))
            sizes = MinMaxSizes(max(0.0, size + margins), max(0.0, size + margins))
        self._sizes[item.box.id] = sizes
        return sizes

    def min_content(self, item: GridItem) -> float:
        return self._outer(item).min

    def max_content(self, item: GridItem) -> float:
        return self._outer(item).max

    def minimum(self, item: GridItem, tracks: list[Track]) -> float:
        """https://drafts.csswg.org/css-grid-2/#min-size-auto"""
        outer = self._outer(item)
        style = item.box.style
        length = inline_length(style) if item.is_parallel else block_length(style)
        if length.kind != LengthKind.AUTO and not length.has_percent():
            return outer.min
        minimum = min_inline_length(style) if item.is_parallel else min_block_length(style)
        layout = self._layout
        space = ConstraintSpace(INDEFINITE, is_shrink_to_fit=True)
        edges = resolve_edges(layout.context, item.box, space)
        if not item.is_parallel:
            if minimum.kind == LengthKind.AUTO:
                return outer.min
            margins = item.margins.inline_sum + item.justify_shim
            value = resolve_block_length(item.box, space, edges, minimum, outer.min - margins)
            return max(0.0, max(value, edges.block_frame) + margins)
        margins = item.margins.inline_sum + item.justify_shim
        if minimum.kind != LengthKind.AUTO:
            value = resolve_inline_length(layout.context, item.box, space, edges, minimum)
            return max(0.0, max(value, edges.inline_frame) + margins)
        return _automatic_minimum(item, tracks, outer.min, edges.inline_frame + margins, layout.column_gap)


@final
class BlockContributions(Contributions):
    """What items ask of rows, at their column widths."""

    def __init__(self, layout: GridSizing) -> None:
        self._layout: Final = layout

    def _outer(self, item: GridItem) -> float:
        layout = self._layout
        result = layout.measure(item)
        return max(0.0, layout.fragment_block(result) + item.margins.block_sum + item.align_shim)

    def min_content(self, item: GridItem) -> float:
        return self._outer(item)

    def max_content(self, item: GridItem) -> float:
        return self._outer(item)

    def minimum(self, item: GridItem, tracks: list[Track]) -> float:
        """https://drafts.csswg.org/css-grid-2/#min-size-auto"""
        outer = self._outer(item)
        style = item.box.style
        length = block_length(style) if item.is_parallel else inline_length(style)
        if length.kind != LengthKind.AUTO and not length.has_percent():
            return outer
        minimum = min_block_length(style) if item.is_parallel else min_inline_length(style)
        layout = self._layout
        space = ConstraintSpace(INDEFINITE, percentage_inline=layout.area_inline(item))
        edges = resolve_edges(layout.context, item.box, space)
        if not item.is_parallel:
            if minimum.kind == LengthKind.AUTO:
                return outer
            margins = item.margins.block_sum + item.align_shim
            space = ConstraintSpace(INDEFINITE, is_shrink_to_fit=True)
            value = resolve_inline_length(layout.context, item.box, space, edges, minimum)
            return max(0.0, max(value, edges.inline_frame) + margins)
        margins = item.margins.block_sum + item.align_shim
        if minimum.kind != LengthKind.AUTO:
            value = resolve_block_length(item.box, space, edges, minimum, outer - margins)
            return max(0.0, max(value, edges.block_frame) + margins)
        return _automatic_minimum(item, tracks, outer, edges.block_frame + margins, layout.row_gap)


def _automatic_minimum(
    item: GridItem, tracks: list[Track], content: float, empty: float, gap: float
) -> float:
    """The contribution of an item with min-width (or -height) auto; `empty` is that of no content at all."""
    is_auto = is_flexible = False
    fixed = gap * (len(tracks) - 1)
    for track in tracks:
        if track.min_kind == MinKind.AUTO:
            is_auto = True
        if track.flex > 0.0:
            is_flexible = True
        if track.max_kind == MaxKind.FIXED:
            fixed += track.max_px
        else:
            fixed = UNBOUNDED
    if not is_auto or (is_flexible and len(tracks) > 1) or is_scroll_container(item.box.style):
        return max(0.0, empty)
    if fixed < UNBOUNDED:
        # the content-based minimum is clamped to a fixed area
        return max(empty, min(content, fixed), 0.0)
    return content


def stretches_block(item: GridItem) -> bool:
    """Whether an item is as high as its area."""
    return (
        item.align == AlignKeyword.STRETCH
        and not item.auto_block_start
        and not item.auto_block_end
        and block_length(item.box.style).kind == LengthKind.AUTO
    )


def _is_subgrid(item: GridItem, is_column: bool) -> bool:
    """Whether an item is a subgrid of its parent's columns or rows."""
    box = item.box
    if box.kind != BoxKind.GRID or not item.is_parallel:
        return False
    style = box.style.box
    return style.grid_template_columns.is_subgrid if is_column else style.grid_template_rows.is_subgrid


def _cycle(sizes: tuple[TrackSize, ...], number: int) -> TrackSize:
    return sizes[number % len(sizes)] if sizes else AUTO_TRACK


def _order(box: Box) -> int:
    return box.style.box.order


def _stretches(keyword: AlignKeyword) -> bool:
    return keyword == AlignKeyword.NORMAL or keyword == AlignKeyword.STRETCH
