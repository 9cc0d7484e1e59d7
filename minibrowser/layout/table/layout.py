"""Table layout (https://drafts.csswg.org/css-tables-3/#table-layout-algorithm), with Chromium's answers.

A TABLE box is wrapper and grid in one: its fragment holds the captions too, and `Fragment.content_rect` is the
grid box, which background and border belong to. Children of the fragment: column groups and columns, row groups
(rows in them, cells in those), captions.
"""

from __future__ import annotations

from typing import Final, final

from ...css.keywords import BorderCollapse, TableLayout, Visibility
from ...css.values import LengthKind
from ...geometry import Rect
from ...limits import MAX_BORDER_SPACING
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
from ..fragment import Fragment
from ..fragment_builder import FragmentBuilder
from ..logical import NO_LOGICAL_EDGES, WritingDirection, writing_direction
from ..positioned import layout_out_of_flow
from ..sizing import (
    NO_BOX_EDGES,
    BoxEdges,
    block_length,
    compute_block_size,
    definite_block_size,
    inline_length,
    inline_limits,
    layout_unit,
    resolve_block_length,
    resolve_edges,
    resolve_inline_length,
    stretch_inline,
)
from .borders import CollapsedBorders
from .captions import Caption, add_captions, caption_minimum, captions_block
from .cells import block_end_edges, cell_space, has_fixed_block, layout_cell, measure_cell
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


def _whole_spacing(spacing: float) -> float:
    """border-spacing as Blink's ComputedStyle keeps it, as a short: 0.3em of 16 px are 4 px
    (RoundForImpreciseConversion: what is almost the next whole number is that one, what is too large is 0)."""
    whole = int(min(spacing, 2 * MAX_BORDER_SPACING) + 0.01)
    return float(whole) if whole <= MAX_BORDER_SPACING else 0.0


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
            # NOTE: in Blink the first value of border-spacing is along the rows in all writing modes.
            self.inline_spacing = _whole_spacing(style.inherited.border_horizontal_spacing)
            self.block_spacing = _whole_spacing(style.inherited.border_vertical_spacing)
        length = inline_length(style)
        self.is_fixed_layout: Final = (
            style.box.table_layout == TableLayout.FIXED
            and length.kind != LengthKind.AUTO
            and length.kind != LengthKind.MAX_CONTENT
        )
        self.columns: Final[list[Column]] = [Column() for _ in range(self.grid.column_count)]
        # What a table without columns asks for all the same; only an automatic width has none of it (as Blink).
        self.spacing_of_none: float = 0.0
        self.inline_size: float = 0.0
        self.content_inline: float = 0.0
        self.grid_block: float = 0.0  # the grid box's block size
        self.is_block_specified: bool = False
        self.captions: Final[list[Caption]] = []

    def run(self) -> LayoutResult:
        """The steps of css-tables-3 section 3.2."""
        self._measure_columns()
        self._determine_inline_size()
        self._distribute_columns()
        self._place_columns()
        self.is_block_specified = self._is_block_specified()
        self._measure_cells()
        if self.grid.has_collapsed_columns:
            self._collapse_columns()
        self._layout_captions()
        self._compute_rows()
        self._determine_block_size()
        self._place_rows()
        return self._finish()

    def min_max_sizes(self) -> MinMaxSizes:
        """GRIDMIN and GRIDMAX, and CAPMIN."""
        self._measure_columns()
        sizes = self._grid_min_max(self.spacing_of_none, is_layout=False)
        low = max(sizes.min, caption_minimum(self.context, self.grid.captions, self.direction))
        return MinMaxSizes(low, max(low, sizes.max))

    # --- Columns --------------------------------------------------------------------------------------

    def _measure_columns(self) -> None:
        """Column measures (https://drafts.csswg.org/css-tables-3/#computing-column-measures)."""
        columns, grid = self.columns, self.grid
        if not columns:
            self.spacing_of_none = 2.0 * self.inline_spacing
            self.inline_spacing = self.block_spacing = 0.0
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

    def _grid_min_max(self, spacing: float, is_layout: bool) -> MinMaxSizes:
        # NOTE: percentage columns make an intrinsic size wider in Blink too, except inside cells and flex or
        # grid items, which are the common case; without a way to know where it is, a table leaves it.
        return grid_min_max(self.columns, self._undistributable() + spacing, is_layout)

    def _determine_inline_size(self) -> None:
        """The used width (https://drafts.csswg.org/css-tables-3/#computing-the-table-width)."""
        context, box, space, edges = self.context, self.box, self.space, self.edges
        is_auto = not space.is_fixed_inline and inline_length(box.style).is_auto()
        sizes = self._grid_min_max(0.0 if is_auto else self.spacing_of_none, is_layout=True)
        low = max(sizes.min, caption_minimum(self.context, self.grid.captions, self.direction))
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
            sizes = distribute_auto(columns, 0, len(columns), assignable, True)
        for index in range(len(columns)):
            columns[index].size = sizes[index]

    def _place_columns(self) -> None:
        start = self.edges.inline_start + self.inline_spacing
        end = self.edges.inline_start
        for column in self.columns:
            if column.is_collapsed:
                column.offset = max(start, end)
                column.size = 0.0
                continue
            column.offset = end if column.is_mergeable and end > start else end + self.inline_spacing
            end = column.offset + column.size

    def _columns_end(self) -> float:
        end = 0.0
        for column in self.columns:
            end = max(end, column.offset + column.size)
        return end

    def _columns_inline(self, start: int, count: int) -> float:
        """The width of some columns with the spacing between them."""
        first = self.columns[start]
        end = first.offset + first.size
        for index in range(start + 1, min(start + count, len(self.columns))):
            column = self.columns[index]
            if not (column.is_mergeable or column.is_collapsed) or column.size > 0.0:
                end = column.offset + column.size
        return end - first.offset

    def _collapse_columns(self) -> None:
        """Rows keep the height that they had with all columns (https://drafts.csswg.org/css-tables-3/#visibility-collapse-rendering)."""
        columns = self.columns
        end = self._columns_end()
        for index in self.grid.collapsed_columns():
            if index < len(columns):
                columns[index].is_collapsed = True
        self._place_columns()
        self.inline_size = max(0.0, self.inline_size - (end - self._columns_end()))
        self.content_inline = max(0.0, self.inline_size - self.edges.inline_sum)

    # --- Captions -------------------------------------------------------------------------------------

    def _layout_captions(self) -> None:
        for box in self.grid.captions:
            self.captions.append(Caption(self.context, box, self.box.style, self.inline_size))

    # --- Rows -----------------------------------------------------------------------------------------

    def _cell_space(self, cell: Cell, block_size: float) -> ConstraintSpace:
        inline = self._columns_inline(cell.column, cell.column_span)
        return cell_space(
            cell, self.direction, inline, self.content_inline, block_size, self.is_block_specified
        )

    def _measure_cells(self) -> None:
        for cell in self.grid.cells:
            measure_cell(self.context, cell, self._cell_space(cell, INDEFINITE), self.direction)

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
        row.is_collapsed = style.inherited.visibility == Visibility.COLLAPSE
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
            elif cell.row_span == 1 and has_fixed_block(cell, self.direction):
                row.is_constrained = True
            if cell.is_baseline:
                ascent = max(ascent, cell.baseline)
                if cell.row_span == 1:
                    descent = max(descent, cell.content_block - cell.baseline)
            if cell.row_span == 1:
                row.block_size = max(row.block_size, cell.block_size)
        if ascent != NO_BASELINE:
            row.baseline = ascent
            if descent != NO_BASELINE:
                row.block_size = max(row.block_size, ascent + descent)

    def _sum_section(self, section: Section, is_final: bool = False) -> None:
        """`is_final`: rows of `visibility: collapse` are taken away; heights are shared out with them."""
        offset = 0.0
        is_first = True
        for index in range(section.first_row, section.first_row + section.row_count):
            row = self.grid.rows[index]
            if row.is_collapsed and is_final:
                row.offset = offset
                row.block_size = 0.0
                continue
            if not is_first:
                offset += self.block_spacing
            is_first = False
            row.offset = offset
            offset += row.block_size
        section.block_size = offset

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

    def _determine_block_size(self) -> None:
        """The grid box's height; what it has more than its rows goes to the body sections."""
        context, box, space, edges = self.context, self.box, self.space, self.edges
        intrinsic = self._sections_block() + edges.block_sum
        specified = definite_block_size(context, box, space, edges)
        if space.is_fixed_block:
            specified = max(
                0.0, specified - captions_block(self.captions, False) - captions_block(self.captions, True)
            )
            self.grid_block = max(intrinsic, specified)
        else:
            used = compute_block_size(context, box, space, edges, self.inline_size, intrinsic)
            self.grid_block = max(intrinsic, used)
        free = self.grid_block - intrinsic
        if free > 0.0 or self.is_block_specified:
            self._distribute_to_sections(free)
        self._collapse_rows()

    def _collapse_rows(self) -> None:
        """Take rows of `visibility: collapse` away: the table is that much lower."""
        for row in self.grid.rows:
            if row.is_collapsed:
                break
        else:
            return
        before = self._sections_block()
        for section in self.grid.sections:
            self._sum_section(section, is_final=True)
        self.grid_block -= before - self._sections_block()

    def _is_block_specified(self) -> bool:
        """Whether the table's height is not automatic."""
        space = self.space
        if space.is_fixed_block and space.is_fixed_block_indefinite:
            return False
        return definite_block_size(self.context, self.box, space, self.edges) != INDEFINITE

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

    # --- The fragment ---------------------------------------------------------------------------------

    def _finish(self) -> LayoutResult:
        edges = self.edges
        builder = FragmentBuilder(self.box)
        grid_start = captions_block(self.captions, False)
        block_size = max(0.0, grid_start + self.grid_block + captions_block(self.captions, True))
        self._add_columns(builder, grid_start)
        first_baseline = NO_BASELINE
        for section in self.grid.sections:
            self._add_section(builder, section, grid_start)
            if section.row_count:
                start = grid_start + section.offset
                rows = self.grid.rows
                if first_baseline == NO_BASELINE:
                    first_baseline = start + self._row_baseline(rows[section.first_row])
        add_captions(builder, self.captions, False, 0.0)
        add_captions(builder, self.captions, True, grid_start + self.grid_block)
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
            end = block_end_edges(cell, self.direction)
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
        if width == 0.0:
            height = 0.0
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
                block_size = self._cell_block(cell)
                space = self._cell_space(cell, block_size)
                result = layout_cell(context, cell, row, self.direction, space, block_size)
                row_builder.add_result(result, self.columns[cell.column].offset - inline_start, 0.0)
            for child in row.out_of_flow:
                row_builder.out_of_flow.append(OutOfFlow(child, 0.0, 0.0))
            layout_out_of_flow(context, row.box, row_builder, NO_BOX_EDGES, width, row.block_size)
            fragment = row_builder.finish(width, row.block_size, NO_LOGICAL_EDGES, NO_LOGICAL_EDGES)
            inner.add(fragment, 0.0, row.offset)
            inner.add_out_of_flow(row_builder.pending(), 0.0, row.offset)
        for child in section.out_of_flow:
            inner.out_of_flow.append(OutOfFlow(child, 0.0, 0.0))
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


def _span(constraint: InlineConstraint) -> int:
    return constraint.span


def _row_span(cell: Cell) -> int:
    return cell.row_span
