"""Collapsed borders: conflict resolution, the cells' halves, and the segments to paint.

https://drafts.csswg.org/css-tables-3/#border-conflict-resolution-algorithm
Edges lie on the lines between slots. `_Edges` keeps them by line and slot, in the table's logical axes: the
vertical edge (row r, line c) is the inline-start side of slot (r, c), the horizontal edge (line r, column c) its
block-start side.
"""

from __future__ import annotations

from typing import Final, final

from ...css.computed_style import ComputedStyle
from ...css.keywords import BorderStyle
from ...geometry import Rect
from ..fragment import CollapsedBorder
from ..logical import LogicalEdges, WritingDirection
from .grid import Cell, TableGrid

INLINE_START: Final = 0
INLINE_END: Final = 1
BLOCK_START: Final = 2
BLOCK_END: Final = 3

_RANKS: Final = (
    BorderStyle.INSET,
    BorderStyle.GROOVE,
    BorderStyle.OUTSET,
    BorderStyle.RIDGE,
    BorderStyle.DOTTED,
    BorderStyle.DASHED,
    BorderStyle.SOLID,
    BorderStyle.DOUBLE,
)
"""Border styles by rising specificity."""


def _rank(style: BorderStyle) -> int:
    return _RANKS.index(style) if style in _RANKS else -1


@final
class Edge:
    """A border that competes for an edge: `style` of side `side` of `source`, `width` px wide.

    `is_blocked` marks what lies inside a spanning cell: no border may be there.
    """

    __slots__ = ("is_blocked", "side", "source", "style", "width")

    def __init__(
        self, width: float, style: BorderStyle, source: ComputedStyle, side: int, is_blocked: bool = False
    ) -> None:
        self.width: Final = width
        self.style: Final = style
        self.source: Final = source
        self.side: Final = side
        self.is_blocked: Final = is_blocked

    def loses_to(self, other: Edge) -> bool:
        """Whether the other is more specific; the first one stays where both are alike."""
        if self.is_blocked or self.style == BorderStyle.HIDDEN:
            return False
        if other.style == BorderStyle.HIDDEN:
            return True
        if other.width != self.width:
            return other.width > self.width
        return _rank(other.style) > _rank(self.style)

    def is_same_line(self, other: Edge) -> bool:
        """Whether the two look alike when drawn on in one go."""
        return (
            self.source is other.source
            and self.side == other.side
            and self.width == other.width
            and self.style == other.style
        )


def _physical_side(logical_side: int, direction: WritingDirection) -> int:
    """0 top, 1 right, 2 bottom, 3 left."""
    is_reversed = direction.is_inline_reversed()
    is_flipped = direction.is_flipped_blocks()
    if logical_side <= INLINE_END:
        is_first = (logical_side == INLINE_START) != is_reversed
        if direction.is_horizontal:
            return 3 if is_first else 1
        return 0 if is_first else 2
    is_first = (logical_side == BLOCK_START) != is_flipped
    if direction.is_horizontal:
        return 0 if is_first else 2
    return 3 if is_first else 1


@final
class CollapsedBorders:
    """The edges of a table in the collapsed model.

    Attributes:
        table_border: the table's own border widths: half of the widest outermost ones.
    """

    def __init__(self, grid: TableGrid, table: ComputedStyle, direction: WritingDirection) -> None:
        self._direction: Final = direction
        self._rows: Final = len(grid.rows)
        self._columns: Final = grid.column_count
        self._vertical: Final[dict[int, Edge]] = {}
        self._horizontal: Final[dict[int, Edge]] = {}
        self._stride: Final = grid.column_count + 1
        self._sides: Final = [_physical_side(side, direction) for side in range(4)]
        self._collect(grid, table)
        self.table_border: Final = self._table_border()

    def _collect(self, grid: TableGrid, table: ComputedStyle) -> None:
        """In order of precedence: cells, rows, row groups, columns, column groups, the table."""
        for cell in grid.cells:
            if cell.row_span > 1 or cell.column_span > 1:
                self._block_inside(cell)
        for cell in grid.cells:
            self._add_box(cell.box.style, cell.row, cell.column, cell.row_span, cell.column_span)
        columns, rows = self._columns, self._rows
        for index in range(rows):
            self._add_box(grid.rows[index].box.style, index, 0, 1, columns)
        for section in grid.sections:
            if section.row_count:
                self._add_box(section.box.style, section.first_row, 0, section.row_count, columns)
        if rows:
            for column in grid.column_boxes:
                for index in range(column.start, column.start + column.count):
                    self._add_box(column.box.style, 0, index, rows, 1)
            for group in grid.column_groups:
                self._add_box(group.box.style, 0, group.start, rows, group.count)
            self._add_box(table, 0, 0, rows, columns)

    def _block_inside(self, cell: Cell) -> None:
        blocked = Edge(0.0, BorderStyle.NONE, cell.box.style, 0, True)
        end_row, end_column = cell.row + cell.row_span, min(cell.column + cell.column_span, self._columns)
        for row in range(cell.row, end_row):
            for column in range(cell.column + 1, end_column):
                self._vertical[row * self._stride + column] = blocked
        for row in range(cell.row + 1, end_row):
            for column in range(cell.column, end_column):
                self._horizontal[row * self._stride + column] = blocked

    def _add_box(  # a rectangle of slots
        self, style: ComputedStyle, row: int, column: int, row_span: int, column_span: int
    ) -> None:
        end_row, end_column = row + row_span, min(column + column_span, self._columns)
        stride = self._stride
        edge = self._edge(style, INLINE_START)
        if edge is not None:
            for index in range(row, end_row):
                self._merge(self._vertical, index * stride + column, edge)
        edge = self._edge(style, INLINE_END)
        if edge is not None:
            for index in range(row, end_row):
                self._merge(self._vertical, index * stride + end_column, edge)
        edge = self._edge(style, BLOCK_START)
        if edge is not None:
            for index in range(column, end_column):
                self._merge(self._horizontal, row * stride + index, edge)
        edge = self._edge(style, BLOCK_END)
        if edge is not None:
            for index in range(column, end_column):
                self._merge(self._horizontal, end_row * stride + index, edge)

    def _edge(self, style: ComputedStyle, logical_side: int) -> Edge | None:
        side = self._sides[logical_side]
        box, paint = style.box, style.paint
        if side == 0:
            width, line = box.border_top_width, paint.border_top_style
        elif side == 1:
            width, line = box.border_right_width, paint.border_right_style
        elif side == 2:
            width, line = box.border_bottom_width, paint.border_bottom_style
        else:
            width, line = box.border_left_width, paint.border_left_style
        if line == BorderStyle.NONE:
            return None
        if line == BorderStyle.HIDDEN:
            width = 0.0
        return Edge(width, line, style, side)

    def _merge(self, edges: dict[int, Edge], key: int, edge: Edge) -> None:
        old = edges.get(key)
        if old is None or old.loses_to(edge):
            edges[key] = edge

    def _width(self, edges: dict[int, Edge], key: int) -> float:
        edge = edges.get(key)
        return edge.width if edge is not None else 0.0

    def _table_border(self) -> LogicalEdges:
        if not self._rows or not self._columns:
            return LogicalEdges(0.0, 0.0, 0.0, 0.0)
        stride = self._stride
        top = bottom = 0.0
        for column in range(self._columns):
            top = max(top, self._width(self._horizontal, column))
            bottom = max(bottom, self._width(self._horizontal, self._rows * stride + column))
        start = end = 0.0
        for row in range(self._rows):
            start = max(start, self._width(self._vertical, row * stride))
            end = max(end, self._width(self._vertical, row * stride + self._columns))
        return LogicalEdges(start / 2.0, end / 2.0, top / 2.0, bottom / 2.0)

    def cell_border(self, cell: Cell) -> tuple[float, float, float, float]:
        """A cell's half of the borders around it: physical top, right, bottom, left."""
        stride = self._stride
        end_row, end_column = cell.row + cell.row_span, min(cell.column + cell.column_span, self._columns)
        inline_start = inline_end = block_start = block_end = 0.0
        for row in range(cell.row, end_row):
            inline_start = max(inline_start, self._width(self._vertical, row * stride + cell.column))
            inline_end = max(inline_end, self._width(self._vertical, row * stride + end_column))
        for column in range(cell.column, end_column):
            block_start = max(block_start, self._width(self._horizontal, cell.row * stride + column))
            block_end = max(block_end, self._width(self._horizontal, end_row * stride + column))
        widths = [0.0, 0.0, 0.0, 0.0]
        widths[self._sides[INLINE_START]] = inline_start / 2.0
        widths[self._sides[INLINE_END]] = inline_end / 2.0
        widths[self._sides[BLOCK_START]] = block_start / 2.0
        widths[self._sides[BLOCK_END]] = block_end / 2.0
        return (widths[0], widths[1], widths[2], widths[3])

    def segments(
        self, column_lines: list[float], row_lines: list[float], inline_size: float, block_size: float
    ) -> list[CollapsedBorder]:
        """What to paint, from the table's border-box corner, weaker borders first.

        `column_lines` and `row_lines` are the offsets of the lines between columns and rows from the border-box
        start corner. Neighbouring edges that are alike become one segment. Where lines cross, segments reach
        over the crossing, so that the stronger one, painted last, fills it.
        """
        result: list[CollapsedBorder] = []
        self._horizontal_segments(result, column_lines, row_lines, inline_size, block_size)
        self._vertical_segments(result, column_lines, row_lines, inline_size, block_size)
        result.sort(key=_strength)
        return result

    def _horizontal_segments(
        self,
        result: list[CollapsedBorder],
        column_lines: list[float],
        row_lines: list[float],
        inline_size: float,
        block_size: float,
    ) -> None:
        stride = self._stride
        for line in range(self._rows + 1):
            column = 0
            while column < self._columns:
                edge = self._horizontal.get(line * stride + column)
                if edge is None or edge.width <= 0.0:
                    column += 1
                    continue
                end = column + 1
                while end < self._columns:
                    other = self._horizontal.get(line * stride + end)
                    if other is None or not edge.is_same_line(other):
                        break
                    end += 1
                half = edge.width / 2.0
                start_reach = self._crossing_vertical(line, column) / 2.0
                end_reach = self._crossing_vertical(line, end) / 2.0
                result.append(
                    self._segment(
                        edge,
                        column_lines[column] - start_reach,
                        column_lines[end] + end_reach,
                        row_lines[line] - half,
                        row_lines[line] + half,
                        inline_size,
                        block_size,
                    )
                )
                column = end

    def _vertical_segments(
        self,
        result: list[CollapsedBorder],
        column_lines: list[float],
        row_lines: list[float],
        inline_size: float,
        block_size: float,
    ) -> None:
        stride = self._stride
        for line in range(self._columns + 1):
            row = 0
            while row < self._rows:
                edge = self._vertical.get(row * stride + line)
                if edge is None or edge.width <= 0.0:
                    row += 1
                    continue
                end = row + 1
                while end < self._rows:
                    other = self._vertical.get(end * stride + line)
                    if other is None or not edge.is_same_line(other):
                        break
                    end += 1
                half = edge.width / 2.0
                start_reach = self._crossing_horizontal(row, line) / 2.0
                end_reach = self._crossing_horizontal(end, line) / 2.0
                result.append(
                    self._segment(
                        edge,
                        column_lines[line] - half,
                        column_lines[line] + half,
                        row_lines[row] - start_reach,
                        row_lines[end] + end_reach,
                        inline_size,
                        block_size,
                    )
                )
                row = end

    def _crossing_vertical(self, row_line: int, column_line: int) -> float:
        """The widest vertical edge at a crossing."""
        width = 0.0
        if row_line > 0:
            width = self._width(self._vertical, (row_line - 1) * self._stride + column_line)
        if row_line < self._rows:
            width = max(width, self._width(self._vertical, row_line * self._stride + column_line))
        return width

    def _crossing_horizontal(self, row_line: int, column_line: int) -> float:
        """The widest horizontal edge at a crossing."""
        width = 0.0
        if column_line > 0:
            width = self._width(self._horizontal, row_line * self._stride + column_line - 1)
        if column_line < self._columns:
            width = max(width, self._width(self._horizontal, row_line * self._stride + column_line))
        return width

    def _segment(
        self,
        edge: Edge,
        inline_start: float,
        inline_end: float,
        block_start: float,
        block_end: float,
        inline_size: float,
        block_size: float,
    ) -> CollapsedBorder:
        direction = self._direction
        if direction.is_inline_reversed():
            inline_start, inline_end = inline_size - inline_end, inline_size - inline_start
        if direction.is_flipped_blocks():
            block_start, block_end = block_size - block_end, block_size - block_start
        if direction.is_horizontal:
            rect = Rect(inline_start, block_start, inline_end - inline_start, block_end - block_start)
        else:
            rect = Rect(block_start, inline_start, block_end - block_start, inline_end - inline_start)
        return CollapsedBorder(rect, edge.side, edge.width, int(edge.style), edge.source)


def _strength(border: CollapsedBorder) -> tuple[float, int]:
    return border.width, _rank(BorderStyle(border.style))
