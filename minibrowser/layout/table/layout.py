"""Table layout (https://drafts.csswg.org/css-tables-3/#table-layout-algorithm), with Chromium's answers.

A TABLE box is wrapper and grid in one: its fragment holds the captions too, and `Fragment.content_rect` is the
grid box, which background and border belong to. Children of the fragment: column groups and columns, row groups
(rows in them, cells in those), captions.
"""

from __future__ import annotations

from typing import Final, final

from ...css.keywords import BorderCollapse, CaptionSide, TableLayout, Visibility
from ...css.values import LengthKind, VerticalAlignKind
from ...geometry import Rect
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
from ..fragment import Fragment, FragmentKind, Link
from ..fragment_builder import FragmentBuilder
from ..logical import NO_LOGICAL_EDGES, LogicalEdges, WritingDirection, writing_direction
from ..positioned import layout_out_of_flow
from ..sizing import (
    NO_BOX_EDGES,
    BoxEdges,
    block_length,
    compute_block_size,
    definite_block_size,
    inline_length,
    inline_limits,
    inset_lengths,
    layout_unit,
    min_max_contribution,
    resolve_block_length,
    resolve_edges,
    resolve_inline_length,
    resolve_margins,
    stretch_inline,
)
from .borders import CollapsedBorders
from .columns import (
    Column,
    InlineConstraint,
    cell_constraint,
    column_box_constraint,
    distribute_auto,
    distribute_fixed,
    distribute_spanning_cell,
    distribute_spanning_fixed,
    fixed_cell_constraint,
    grid_min_max,
)
from .grid import Cell, Row, Section, TableGrid
from .rows import distribute_rows


def layout_table(box: Box, space: ConstraintSpace, context: LayoutContext) -> LayoutResult:
    """Lay out a table with its captions."""
    return _TableLayout(box, space, context).run()


def table_min_max(box: Box, space: ConstraintSpace, context: LayoutContext) -> MinMaxSizes:
    """The intrinsic inline sizes of a table's border box."""
    return _TableLayout(box, space, context).min_max_sizes()


@final
class _TableLayout:
    """One run over one table."""

    def __init__(self, box: Box, space: ConstraintSpace, context: LayoutContext) -> None:
        style = box.style
        self.box: Final = box
        self.space: Final = space
        self.context: Final = context
        self.direction: Final[WritingDirection] = writing_direction(style)
        self.grid: Final = TableGrid(box)
        is_collapsed = style.inherited.border_collapse == BorderCollapse.COLLAPSE
        self.borders: Final = CollapsedBorders(self.grid, style, self.direction) if is_collapsed else None
        if self.borders is not None:
            # padding has no effect, and the table's border is half of the outermost ones
            self.edges: BoxEdges = BoxEdges(self.borders.table_border, NO_LOGICAL_EDGES, NO_LOGICAL_EDGES)
            self.inline_spacing: float = 0.0
            self.block_spacing: float = 0.0
            for cell in self.grid.cells:
                cell.border = self.borders.cell_border(cell)
        else:
            self.edges = resolve_edges(context, box, space)
            horizontal = layout_unit(style.inherited.border_horizontal_spacing)
            vertical = layout_unit(style.inherited.border_vertical_spacing)
            is_horizontal = self.direction.is_horizontal
            self.inline_spacing = horizontal if is_horizontal else vertical
            self.block_spacing = vertical if is_horizontal else horizontal
        length = inline_length(style)
        self.is_fixed_layout: Final = (
            style.box.table_layout == TableLayout.FIXED
            and length.kind != LengthKind.AUTO
            and length.kind != LengthKind.MAX_CONTENT
        )
        self.columns: Final[list[Column]] = [Column() for _ in range(self.grid.column_count)]
        self.inline_size: float = 0.0
        self.content_inline: float = 0.0
        self.grid_block: float = 0.0  # the grid box's block size
        self.is_block_specified: bool = False

    def run(self) -> LayoutResult:
        """The steps of css-tables-3 section 3.2."""
        self._measure_columns()
        self._determine_inline_size()
        self._distribute_columns()
        self._place_columns()
        top, bottom = self._layout_captions()
        self._measure_cells()
        self._compute_rows()
        captions_block = _captions_block(top) + _captions_block(bottom)
        self._determine_block_size(captions_block)
        self._place_rows()
        return self._finish(top, bottom)

    def min_max_sizes(self) -> MinMaxSizes:
        """GRIDMIN and GRIDMAX, and CAPMIN."""
        self._measure_columns()
        sizes = self._grid_min_max(is_layout=False)
        low = max(sizes.min, self._caption_minimum())
        return MinMaxSizes(low, max(low, sizes.max))

    # --- Columns --------------------------------------------------------------------------------------

    def _measure_columns(self) -> None:
        """Column measures (https://drafts.csswg.org/css-tables-3/#computing-column-measures)."""
        columns, grid = self.columns, self.grid
        self._apply_column_boxes()
        spanning: list[InlineConstraint] = []
        for cell in grid.cells:
            if self.is_fixed_layout and cell.row > 0:
                break
            constraint = self._cell_constraint(cell)
            if cell.column_span > 1:
                spanning.append(constraint)
                columns[cell.column].is_mergeable = False
            elif not self.is_fixed_layout or not columns[cell.column].is_set_by_box:
                columns[cell.column].encompass(constraint)
        if self.is_fixed_layout:
            for constraint in spanning:
                distribute_spanning_fixed(columns, constraint, self.inline_spacing)
            for column in columns:
                column.is_mergeable = False
            return
        spanning.sort(key=_span)
        for constraint in spanning:
            distribute_spanning_cell(columns, constraint, self.inline_spacing)
        # percentages beyond 100 in all count for nothing
        left = 100.0
        for column in columns:
            if column.percent != INDEFINITE:
                column.percent = min(column.percent, left)
                left -= column.percent

    def _apply_column_boxes(self) -> None:
        for item in self.grid.column_boxes:
            constraint = column_box_constraint(item.box.style, item.start, item.count)
            if not constraint.is_constrained and constraint.percent == INDEFINITE and item.group is not None:
                # a column without a width takes its group's
                constraint = column_box_constraint(item.group.style, item.start, item.count)
            self._apply_column_box(constraint)
        for group in self.grid.column_groups:
            if not group.box.children:
                self._apply_column_box(column_box_constraint(group.box.style, group.start, group.count))

    def _apply_column_box(self, constraint: InlineConstraint) -> None:
        for index in range(constraint.start, min(constraint.start + constraint.span, len(self.columns))):
            column = self.columns[index]
            column.min = max(column.min, constraint.min)
            column.max = max(column.max, constraint.max)
            if constraint.percent > 0.0:
                column.percent = max(column.percent, constraint.percent)
            if constraint.is_constrained:
                column.is_constrained = True
                if self.is_fixed_layout:
                    column.min = column.max
            if (constraint.is_constrained and constraint.max > 0.0) or constraint.percent > 0.0:
                column.is_mergeable = False
            if constraint.is_constrained or constraint.percent > 0.0:
                column.is_set_by_box = True

    def _cell_constraint(self, cell: Cell) -> InlineConstraint:
        context = self.context
        style = cell.box.style
        space = ConstraintSpace(INDEFINITE, cell_border=cell.border, is_table_cell=True)
        edges = resolve_edges(context, cell.box, space)
        is_parallel = writing_direction(style).is_horizontal == self.direction.is_horizontal
        border_padding = edges.inline_sum if is_parallel else edges.block_sum
        if self.is_fixed_layout:
            return fixed_cell_constraint(style, cell.column, cell.column_span, border_padding)
        if is_parallel:
            content = context.min_max_sizes(cell.box, space)
        else:
            fragment = context.layout(cell.box, space).fragment
            size = fragment.width if self.direction.is_horizontal else fragment.height
            content = MinMaxSizes(size, size)
        return cell_constraint(style, cell.column, cell.column_span, content, border_padding)

    def _undistributable(self) -> float:
        """Border, padding and the spacing around and between columns."""
        count = 0
        for column in self.columns:
            if not column.is_mergeable:
                count += 1
        spacing = self.inline_spacing * (count + 1) if self.columns else 0.0
        return self.edges.inline_sum + spacing

    def _grid_min_max(self, is_layout: bool) -> MinMaxSizes:
        # NOTE: percentage columns make an intrinsic size wider in Blink too, except inside cells and flex or
        # grid items, which are the common case; without a way to know where it is, a table leaves it.
        return grid_min_max(self.columns, self._undistributable(), is_layout)

    def _caption_minimum(self) -> float:
        low = 0.0
        for caption in self.grid.captions:
            space = ConstraintSpace(INDEFINITE)
            margins = resolve_margins(caption.style, 0.0, self.direction)
            low = max(low, min_max_contribution(self.context, caption, space).min + margins.inline_sum)
        return low

    def _determine_inline_size(self) -> None:
        """The used width (https://drafts.csswg.org/css-tables-3/#computing-the-table-width)."""
        context, box, space, edges = self.context, self.box, self.space, self.edges
        sizes = self._grid_min_max(is_layout=True)
        low = max(sizes.min, self._caption_minimum())
        if space.is_fixed_inline:
            self.inline_size = max(space.available_inline, low)
        else:
            length = inline_length(box.style)
            value = INDEFINITE
            if length.kind == LengthKind.MIN_CONTENT:
                value = sizes.min
            elif length.kind == LengthKind.MAX_CONTENT:
                value = sizes.max
            elif length.kind <= LengthKind.CALC or length.kind == LengthKind.STRETCH:
                value = resolve_inline_length(context, box, space, edges, length)
            if value == INDEFINITE:
                available = stretch_inline(box.style, space, edges)
                value = sizes.max if available == INDEFINITE else sizes.fit(available)
            limits = inline_limits(context, box, space, edges)
            self.inline_size = max(limits.min, min(value, limits.max), low)
        self.content_inline = max(0.0, self.inline_size - edges.inline_sum)

    def _distribute_columns(self) -> None:
        columns = self.columns
        if not columns:
            return
        assignable = max(0.0, self.inline_size - self._undistributable())
        if self.is_fixed_layout:
            sizes = distribute_fixed(columns, assignable)
        else:
            sizes = distribute_auto(columns, 0, len(columns), assignable, False)
        for index in range(len(columns)):
            columns[index].size = sizes[index]

    def _place_columns(self) -> None:
        offset = self.edges.inline_start + self.inline_spacing
        for column in self.columns:
            column.offset = offset
            if column.is_mergeable:
                offset += column.size
            else:
                offset += column.size + self.inline_spacing

    def _columns_inline(self, start: int, count: int) -> float:
        """The width of some columns with the spacing between them."""
        first = self.columns[start]
        end = first.offset + first.size
        for index in range(start + 1, min(start + count, len(self.columns))):
            column = self.columns[index]
            if not column.is_mergeable or column.size > 0.0:
                end = column.offset + column.size
        return end - first.offset

    # --- Captions -------------------------------------------------------------------------------------

    def _layout_captions(self) -> tuple[list[_Caption], list[_Caption]]:
        top: list[_Caption] = []
        bottom: list[_Caption] = []
        for box in self.grid.captions:
            space = ConstraintSpace(self.inline_size, percentage_inline=self.inline_size)
            margins = resolve_margins(box.style, self.inline_size, self.direction)
            caption = _Caption(self.context.layout(box, space), margins, self.direction)
            if box.style.inherited.caption_side == CaptionSide.BOTTOM:
                bottom.append(caption)
            else:
                top.append(caption)
        return top, bottom

    # --- Rows -----------------------------------------------------------------------------------------

    def _cell_space(self, cell: Cell, block_size: float, is_indefinite: bool) -> ConstraintSpace:
        """The space of a cell: its columns wide, and `block_size` high unless that is INDEFINITE."""
        inline = self._columns_inline(cell.column, cell.column_span)
        is_fixed = block_size != INDEFINITE
        if writing_direction(cell.box.style).is_horizontal == self.direction.is_horizontal:
            return ConstraintSpace(
                inline,
                block_size,
                percentage_inline=self.content_inline,
                is_fixed_inline=True,
                is_fixed_block=is_fixed,
                is_fixed_block_indefinite=is_fixed and is_indefinite,
                is_table_cell=True,
                cell_border=cell.border,
            )
        return ConstraintSpace(
            block_size,
            inline,
            percentage_block=self.content_inline,
            is_fixed_inline=is_fixed,
            is_fixed_block=True,
            is_shrink_to_fit=True,
            is_table_cell=True,
            cell_border=cell.border,
        )

    def _block_of(self, fragment: Fragment) -> float:
        return fragment.height if self.direction.is_horizontal else fragment.width

    def _measure_cells(self) -> None:
        """Lay every cell out at its width with an automatic height."""
        for cell in self.grid.cells:
            result = self.context.layout(cell.box, self._cell_space(cell, INDEFINITE, False))
            cell.result = result
            is_parallel = writing_direction(cell.box.style).is_horizontal == self.direction.is_horizontal
            size = self._block_of(result.fragment)
            cell.block_size = max(size, result.intrinsic_block) if is_parallel else size
            kind = cell.box.style.box.vertical_align.kind
            cell.is_baseline = is_parallel and not (
                kind == VerticalAlignKind.TOP
                or kind == VerticalAlignKind.MIDDLE
                or kind == VerticalAlignKind.BOTTOM
            )
            if cell.is_baseline:
                cell.baseline = result.first_baseline
                if cell.baseline == NO_BASELINE:
                    # Blink: the end of its content stands in; an empty cell stays out.
                    cell.baseline = result.intrinsic_block - self._end_edges(cell)
                    cell.is_baseline = _has_content(cell.box)

    def _end_edges(self, cell: Cell) -> float:
        fragment = cell.result.fragment if cell.result is not None else None
        if fragment is None:
            return 0.0
        if self.direction.is_horizontal:
            return fragment.border.bottom + fragment.padding.bottom
        if self.direction.is_flipped_blocks():
            return fragment.border.left + fragment.padding.left
        return fragment.border.right + fragment.padding.right

    def _compute_rows(self) -> None:
        """Row heights from their cells, then from cells that span rows, then from row group heights."""
        for row in self.grid.rows:
            self._compute_row(row)
        spanning: list[Cell] = []
        for cell in self.grid.cells:
            if cell.row_span > 1:
                spanning.append(cell)
        spanning.sort(key=_row_span)
        for cell in spanning:
            distribute_rows(
                self.grid.rows,
                cell.row,
                cell.row + cell.row_span,
                cell.block_size,
                self.block_spacing,
                INDEFINITE,
                is_row_span=True,
            )
        for section in self.grid.sections:
            length = block_length(section.box.style)
            value = resolve_block_length(section.box, self.space, NO_BOX_EDGES, length, INDEFINITE)
            if value != INDEFINITE and not length.has_percent():
                self._grow_section(section, value, INDEFINITE)
            self._sum_section(section)

    def _compute_row(self, row: Row) -> None:
        style = row.box.style
        if style.inherited.visibility == Visibility.COLLAPSE:
            row.is_collapsed = True
            return
        length = block_length(style)
        if length.kind == LengthKind.PERCENT:
            row.percent = length.percent
        elif length.kind <= LengthKind.CALC and not length.has_percent():
            row.block_size = max(0.0, layout_unit(length.resolve(0.0)))
            row.is_constrained = row.block_size > 0.0
        ascent = descent = NO_BASELINE
        for cell in row.cells:
            length = block_length(cell.box.style)
            if length.kind == LengthKind.PERCENT and cell.row_span == 1:
                row.percent = max(row.percent, length.percent)
            elif length.kind == LengthKind.FIXED and cell.row_span == 1:
                row.is_constrained = True
            if cell.is_baseline:
                ascent = max(ascent, cell.baseline)
                if cell.row_span == 1:
                    content = cell.result.intrinsic_block if cell.result is not None else cell.block_size
                    descent = max(descent, content - cell.baseline)
            if cell.row_span == 1:
                row.block_size = max(row.block_size, cell.block_size)
        if ascent != NO_BASELINE:
            row.baseline = ascent
            if descent != NO_BASELINE:
                row.block_size = max(row.block_size, ascent + descent)

    def _sum_section(self, section: Section) -> None:
        offset = 0.0
        for index in range(section.first_row, section.first_row + section.row_count):
            row = self.grid.rows[index]
            row.offset = offset
            if not row.is_collapsed:
                offset += row.block_size + self.block_spacing
        section.block_size = max(0.0, offset - self.block_spacing) if offset > 0.0 else 0.0

    def _grow_section(self, section: Section, block_size: float, percentage_basis: float) -> None:
        distribute_rows(
            self.grid.rows,
            section.first_row,
            section.first_row + section.row_count,
            block_size,
            self.block_spacing,
            percentage_basis,
            is_row_span=False,
        )

    def _sections_block(self) -> float:
        """The sections with the spacing around and between them."""
        total = 0.0
        count = 0
        for section in self.grid.sections:
            if section.row_count:
                total += section.block_size
                count += 1
        if count:
            total += self.block_spacing * (count + 1)
        elif self.columns:
            total += self.block_spacing
        return total

    def _determine_block_size(self, captions_block: float) -> None:
        """The grid box's height; what it has more than its rows goes to the body sections."""
        context, box, space, edges = self.context, self.box, self.space, self.edges
        intrinsic = self._sections_block() + edges.block_sum
        specified = definite_block_size(context, box, space, edges)
        if space.is_fixed_block:
            specified = max(0.0, specified - captions_block)
            self.grid_block = max(intrinsic, specified)
        else:
            used = compute_block_size(context, box, space, edges, self.inline_size, intrinsic)
            self.grid_block = max(intrinsic, used)
        self.is_block_specified = specified != INDEFINITE and not (
            space.is_fixed_block and space.is_fixed_block_indefinite
        )
        free = self.grid_block - intrinsic
        if free <= 0.0 and not self.is_block_specified:
            return
        self._distribute_to_sections(free)

    def _distribute_to_sections(self, free: float) -> None:
        targets: list[Section] = []
        bodies: list[Section] = []
        for section in self.grid.sections:
            if section.row_count and section.is_body:
                bodies.append(section)
                if block_length(section.box.style).kind != LengthKind.FIXED:
                    targets.append(section)
        if not targets:
            targets = bodies
        if not targets:
            for section in self.grid.sections:
                if section.row_count:
                    targets.append(section)
        if not targets:
            return
        total = 0.0
        for section in targets:
            total += section.block_size
        left = free
        last = targets[len(targets) - 1]
        for section in targets:
            if section is last:
                growth = left
            else:
                share = section.block_size / total if total > 0.0 else 1.0 / len(targets)
                growth = layout_unit(free * share)
            left -= growth
            size = section.block_size + growth
            # percentages of rows are of their section
            self._grow_section(section, size, size if self.is_block_specified else INDEFINITE)
            self._sum_section(section)

    def _place_rows(self) -> None:
        offset = self.edges.block_start + (self.block_spacing if self.grid.sections else 0.0)
        for section in self.grid.sections:
            section.offset = offset
            if section.row_count:
                offset += section.block_size + self.block_spacing

    # --- Cells ----------------------------------------------------------------------------------------

    def _cell_block(self, cell: Cell) -> float:
        """The height of a cell's rows."""
        rows = self.grid.rows
        last = rows[cell.row + cell.row_span - 1]
        return last.offset + last.block_size - rows[cell.row].offset

    def _layout_cell(self, cell: Cell, row: Row) -> LayoutResult:
        """The final layout of a cell: as high as its rows, its content aligned in that."""
        measured = cell.result
        assert measured is not None
        block_size = self._cell_block(cell)
        box = cell.box
        is_indefinite = not (self.is_block_specified or block_length(box.style).kind == LengthKind.FIXED)
        result = measured
        is_parallel = writing_direction(box.style).is_horizontal == self.direction.is_horizontal
        if not is_parallel or self._needs_layout(cell, is_indefinite):
            result = self.context.layout(box, self._cell_space(cell, block_size, is_indefinite))
        if not is_parallel:
            return result
        shift = self._content_shift(cell, row, result, block_size)
        if shift == 0.0 and self._block_of(result.fragment) == block_size:
            return result
        if self.direction.is_horizontal:
            return _aligned(result, result.fragment.width, block_size, 0.0, shift)
        if self.direction.is_flipped_blocks():
            shift = -shift
        return _aligned(result, block_size, result.fragment.height, shift, 0.0)

    def _needs_layout(self, cell: Cell, is_indefinite: bool) -> bool:
        """Whether something in a cell asks for its final height."""
        box = cell.box
        if not self.direction.is_horizontal:
            return True
        for child in box.children:
            if child.is_out_of_flow():
                return True
        return not is_indefinite and depends_on_block_size(box)

    def _content_shift(self, cell: Cell, row: Row, result: LayoutResult, block_size: float) -> float:
        """How far vertical-align moves the content down."""
        if cell.is_baseline:
            return max(0.0, row.baseline - cell.baseline) if row.baseline != NO_BASELINE else 0.0
        free = block_size - result.intrinsic_block
        kind = cell.box.style.box.vertical_align.kind
        if free <= 0.0:
            return 0.0
        if kind == VerticalAlignKind.MIDDLE:
            return layout_unit(free / 2.0)
        return free if kind == VerticalAlignKind.BOTTOM else 0.0

    # --- The fragment ---------------------------------------------------------------------------------

    def _finish(self, top: list[_Caption], bottom: list[_Caption]) -> LayoutResult:
        edges = self.edges
        builder = FragmentBuilder(self.box)
        grid_start = _captions_block(top)
        block_size = max(0.0, grid_start + self.grid_block + _captions_block(bottom))
        self._add_columns(builder, grid_start)
        first_baseline = NO_BASELINE
        for section in self.grid.sections:
            self._add_section(builder, section, grid_start)
            if section.row_count:
                start = grid_start + section.offset
                rows = self.grid.rows
                if first_baseline == NO_BASELINE:
                    first_baseline = start + self._row_baseline(rows[section.first_row])
        _add_captions(builder, top, 0.0)
        _add_captions(builder, bottom, grid_start + self.grid_block)
        for child in self.grid.out_of_flow:
            builder.out_of_flow.append(
                OutOfFlow(child, edges.inline_start, grid_start + self.grid_block - edges.block_end)
            )
        builder.percentage_block = max(0.0, self.grid_block - edges.block_sum)
        layout_out_of_flow(self.context, self.box, builder, edges, self.inline_size, block_size)
        fragment = builder.finish(self.inline_size, block_size, edges.border, edges.padding)
        if self.direction.is_horizontal:
            fragment.content_rect = Rect(0.0, grid_start, self.inline_size, self.grid_block)
        elif self.direction.is_flipped_blocks():
            x = block_size - grid_start - self.grid_block
            fragment.content_rect = Rect(x, 0.0, self.grid_block, self.inline_size)
        else:
            fragment.content_rect = Rect(grid_start, 0.0, self.grid_block, self.inline_size)
        self._add_borders(fragment, grid_start, block_size)
        return LayoutResult(
            fragment,
            first_baseline=first_baseline,
            # NOTE: Blink gives a table no last baseline: lines of an inline-block before it count.
            intrinsic_block=block_size,
            out_of_flow=builder.pending(),
        )

    def _row_baseline(self, row: Row) -> float:
        """A row's baseline from its top: of its baseline cells, else the lowest content edge."""
        if row.baseline != NO_BASELINE:
            return row.baseline
        descent = INDEFINITE
        for cell in row.cells:
            end = self._end_edges(cell)
            descent = end if descent == INDEFINITE else min(descent, end)
        return row.block_size - max(0.0, descent)

    def _add_columns(self, builder: FragmentBuilder, grid_start: float) -> None:
        """Columns and column groups reach over all rows."""
        grid = self.grid
        if not self.columns or not (grid.column_boxes or grid.column_groups):
            return
        start = self.edges.block_start + self.block_spacing
        end = start
        for section in grid.sections:
            if section.row_count:
                end = section.offset + section.block_size
        height = max(0.0, end - start)
        for group in grid.column_groups:
            if group.count <= 0 or group.start >= len(self.columns):
                continue
            inner = FragmentBuilder(group.box, self.direction)
            origin = self.columns[group.start].offset
            for column in grid.column_boxes:
                if column.group is group.box and column.start < len(self.columns):
                    fragment = self._column_fragment(column.box, column.start, column.count, height)
                    inner.add(fragment, self.columns[column.start].offset - origin, 0.0)
            width = self._columns_inline(group.start, group.count)
            fragment = inner.finish(width, height, NO_LOGICAL_EDGES, NO_LOGICAL_EDGES)
            builder.add(fragment, origin, grid_start + start)
        for column in grid.column_boxes:
            if column.group is None and column.start < len(self.columns):
                fragment = self._column_fragment(column.box, column.start, column.count, height)
                builder.add(fragment, self.columns[column.start].offset, grid_start + start)

    def _column_fragment(self, box: Box, start: int, count: int, height: float) -> Fragment:
        width = self._columns_inline(start, count)
        return FragmentBuilder(box, self.direction).finish(width, height, NO_LOGICAL_EDGES, NO_LOGICAL_EDGES)

    def _add_section(self, builder: FragmentBuilder, section: Section, grid_start: float) -> None:
        context = self.context
        inner = FragmentBuilder(section.box, self.direction)
        inline_start = self.edges.inline_start + self.inline_spacing
        width = self._columns_inline(0, len(self.columns)) if self.columns else 0.0
        for index in range(section.first_row, section.first_row + section.row_count):
            row = self.grid.rows[index]
            row_builder = FragmentBuilder(row.box, self.direction)
            for cell in row.cells:
                result = self._layout_cell(cell, row)
                row_builder.add_result(result, self.columns[cell.column].offset - inline_start, 0.0)
            layout_out_of_flow(context, row.box, row_builder, NO_BOX_EDGES, width, row.block_size)
            fragment = row_builder.finish(width, row.block_size, NO_LOGICAL_EDGES, NO_LOGICAL_EDGES)
            inner.add(fragment, 0.0, row.offset)
            inner.add_out_of_flow(row_builder.pending(), 0.0, row.offset)
        layout_out_of_flow(context, section.box, inner, NO_BOX_EDGES, width, section.block_size)
        fragment = inner.finish(width, section.block_size, NO_LOGICAL_EDGES, NO_LOGICAL_EDGES)
        builder.add(fragment, inline_start, grid_start + section.offset)
        builder.add_out_of_flow(inner.pending(), inline_start, grid_start + section.offset)

    def _add_borders(self, fragment: Fragment, grid_start: float, block_size: float) -> None:
        if self.borders is None or not self.grid.rows or not self.columns:
            return
        if self.box.style.inherited.visibility != Visibility.VISIBLE:
            return  # the table paints them
        column_lines: list[float] = []
        for column in self.columns:
            column_lines.append(column.offset)
        last = self.columns[len(self.columns) - 1]
        column_lines.append(last.offset + last.size)
        row_lines: list[float] = []
        end = 0.0
        for section in self.grid.sections:
            for index in range(section.first_row, section.first_row + section.row_count):
                row = self.grid.rows[index]
                row_lines.append(grid_start + section.offset + row.offset)
                end = grid_start + section.offset + row.offset + row.block_size
        row_lines.append(end)
        fragment.collapsed_borders = self.borders.segments(
            column_lines, row_lines, self.inline_size, block_size
        )


@final
class _Caption:
    """A laid out caption."""

    __slots__ = ("block_size", "margins", "result")

    def __init__(self, result: LayoutResult, margins: LogicalEdges, direction: WritingDirection) -> None:
        self.result: Final = result
        self.margins: Final = margins
        fragment = result.fragment
        self.block_size: Final = fragment.height if direction.is_horizontal else fragment.width


def _captions_block(captions: list[_Caption]) -> float:
    total = 0.0
    for caption in captions:
        total += caption.margins.block_sum + caption.block_size
    return total


def _add_captions(builder: FragmentBuilder, captions: list[_Caption], offset: float) -> None:
    for caption in captions:
        offset += caption.margins.block_start
        builder.add_result(caption.result, caption.margins.inline_start, offset)
        offset += caption.block_size + caption.margins.block_end


def _span(constraint: InlineConstraint) -> int:
    return constraint.span


def _row_span(cell: Cell) -> int:
    return cell.row_span


def _has_content(box: Box) -> bool:
    """Whether there is anything in flow in a cell."""
    found = box.has_inline_children
    for child in box.children:
        found = found or not (child.is_out_of_flow() or child.is_floating())
    return found


def _aligned(result: LayoutResult, width: float, height: float, dx: float, dy: float) -> LayoutResult:
    """A copy of a cell's layout of another size, its content moved along the block axis.

    NOTE: what the cell's padding box positions absolutely stays, unless it stands at its static position.
    """
    old = result.fragment
    fragment = Fragment(FragmentKind.BOX, old.box, old.style, width, height)
    fragment.border = old.border
    fragment.padding = old.padding
    overflow = old.overflow
    left, top = min(0.0, overflow.x + dx), min(0.0, overflow.y + dy)
    right, bottom = max(width, overflow.right + dx), height
    for link in old.children:
        x, y = link.x, link.y
        if not _is_placed(link.fragment):
            x, y = x + dx, y + dy
        fragment.children.append(Link(link.fragment, x, y))
        bottom = max(bottom, y + link.fragment.overflow.bottom)
    fragment.overflow = Rect(left, top, right - left, bottom - top)
    shift = dy if dx == 0.0 else abs(dx)
    pending: list[OutOfFlow] = []
    for item in result.out_of_flow:
        pending.append(item.moved(0.0, shift))
    first, last = result.first_baseline, result.last_baseline
    return LayoutResult(
        fragment,
        first_baseline=first + shift if first != NO_BASELINE else first,
        last_baseline=last + shift if last != NO_BASELINE else last,
        intrinsic_block=result.intrinsic_block,
        out_of_flow=tuple(pending),
    )


def _is_placed(fragment: Fragment) -> bool:
    """Whether it is absolutely positioned by its block-axis insets."""
    box = fragment.box
    if box is None or fragment.kind != FragmentKind.BOX or not box.is_out_of_flow():
        return False
    _, _, start, end = inset_lengths(box.style, writing_direction(box.style))
    return not (start.is_auto() and end.is_auto())
