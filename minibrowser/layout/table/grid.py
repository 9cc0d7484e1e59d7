"""The row and column grid of a table: which cell covers which slots (https://drafts.csswg.org/css-tables-3/#dimensioning).

Input: a TABLE box. Output: `TableGrid`, in the table's logical axes. Sections are in visual order: the first
header group, the others, the first footer group (https://drafts.csswg.org/css-tables-3/#table-structure).
"""

from __future__ import annotations

from typing import Final, final

from ...css.keywords import Display, Visibility
from ...limits import MAX_COLSPAN, MAX_TABLE_COLUMNS
from ..box import Box, BoxKind
from ..constraint_space import INDEFINITE, NO_BASELINE, LayoutResult


@final
class Cell:
    """A cell and where it stands.

    Attributes:
        row, column: of its first slot, over the whole table; row_span and column_span within the grid.
        border: physical border widths in the collapsed model, None in the separated one.
        result: the layout at its column widths with an automatic height; `baseline` from its top.
        content_block: what its content asks of its rows; block_size: its own height counted too.
        is_baseline: whether it takes part in the row's baseline alignment.
    """

    __slots__ = (
        "baseline",
        "block_size",
        "border",
        "box",
        "column",
        "column_span",
        "content_block",
        "is_baseline",
        "result",
        "row",
        "row_span",
    )

    def __init__(self, box: Box, row: int, column: int, row_span: int, column_span: int) -> None:
        self.box: Final = box
        self.row: Final = row
        self.column: Final = column
        self.row_span: int = row_span
        self.column_span: Final = column_span
        self.border: tuple[float, float, float, float] | None = None
        self.result: LayoutResult | None = None
        self.baseline: float = NO_BASELINE
        self.block_size: float = 0.0
        self.content_block: float = 0.0
        self.is_baseline: bool = False


@final
class Row:
    """A row.

    Attributes:
        cells: that start in it. out_of_flow: its absolutely positioned children.
        block_size, baseline: used size; the baseline of its cells from its top, NO_BASELINE for none.
        percent: its height where that is a percentage, INDEFINITE otherwise.
        is_constrained: a fixed height was given to it or to one of its cells.
        has_row_span: a cell that spans more rows starts here.
        is_collapsed: visibility: collapse.
        offset: from the section's top.
    """

    __slots__ = (
        "baseline",
        "block_size",
        "box",
        "cells",
        "has_row_span",
        "is_collapsed",
        "is_constrained",
        "offset",
        "out_of_flow",
        "percent",
    )

    def __init__(self, box: Box) -> None:
        self.box: Final = box
        self.cells: Final[list[Cell]] = []
        self.out_of_flow: Final[list[Box]] = []
        self.block_size: float = 0.0
        self.baseline: float = NO_BASELINE
        self.percent: float = INDEFINITE
        self.is_constrained: bool = False
        self.has_row_span: bool = False
        self.is_collapsed: bool = False
        self.offset: float = 0.0


@final
class Section:
    """A row group: `row_count` rows from `first_row` on."""

    __slots__ = ("block_size", "box", "first_row", "is_body", "offset", "out_of_flow", "row_count")

    def __init__(self, box: Box, first_row: int, row_count: int, is_body: bool) -> None:
        self.box: Final = box
        self.first_row: Final = first_row
        self.row_count: Final = row_count
        self.is_body: Final = is_body
        self.out_of_flow: Final[list[Box]] = []
        self.block_size: float = 0.0
        self.offset: float = 0.0


@final
class ColumnBox:
    """A column or column group box and the columns it covers. A group without columns covers its span."""

    __slots__ = ("box", "count", "group", "start")

    def __init__(self, box: Box, start: int, count: int, group: Box | None) -> None:
        self.box: Final = box
        self.start: Final = start
        self.count: Final = count
        self.group: Final = group


@final
class TableGrid:
    """Rows, columns and cells of a table."""

    __slots__ = (
        "captions",
        "cells",
        "column_boxes",
        "column_count",
        "column_groups",
        "has_collapsed_columns",
        "out_of_flow",
        "rows",
        "sections",
    )

    def __init__(self, box: Box) -> None:
        self.captions: Final[list[Box]] = []
        self.column_boxes: Final[list[ColumnBox]] = []
        self.column_groups: Final[list[ColumnBox]] = []
        self.sections: Final[list[Section]] = []
        self.rows: Final[list[Row]] = []
        self.cells: Final[list[Cell]] = []
        self.out_of_flow: Final[list[Box]] = []
        self.column_count: int = 0
        self.has_collapsed_columns: bool = False
        header: Box | None = None
        footer: Box | None = None
        bodies: list[Box] = []
        for child in box.children:
            if child.is_out_of_flow():
                self.out_of_flow.append(child)
            elif child.kind == BoxKind.TABLE_CAPTION:
                self.captions.append(child)
            elif child.kind == BoxKind.TABLE_COLUMN_GROUP:
                self._add_column_group(child)
            elif child.kind == BoxKind.TABLE_COLUMN:
                self._add_column(child, None)
            elif child.kind == BoxKind.TABLE_ROW_GROUP:
                display = child.style.box.display
                if display == Display.TABLE_HEADER_GROUP and header is None:
                    header = child
                elif display == Display.TABLE_FOOTER_GROUP and footer is None:
                    footer = child
                else:
                    bodies.append(child)
        column_box_count = self.column_count
        if header is not None:
            self._add_section(header, is_body=False)
        for body in bodies:
            self._add_section(body, is_body=True)
        if footer is not None:
            self._add_section(footer, is_body=False)
        self.column_count = max(self.column_count, column_box_count)

    def _add_column_group(self, group: Box) -> None:
        start = self.column_count
        for child in group.children:
            if child.kind == BoxKind.TABLE_COLUMN:
                self._add_column(child, group)
        if self.column_count == start:
            self.column_count = min(start + max(1, group.column_span), MAX_TABLE_COLUMNS)
        self.column_groups.append(ColumnBox(group, start, self.column_count - start, None))
        if group.style.inherited.visibility == Visibility.COLLAPSE:
            self.has_collapsed_columns = True

    def _add_column(self, column: Box, group: Box | None) -> None:
        start = self.column_count
        self.column_count = min(start + max(1, column.column_span), MAX_TABLE_COLUMNS)
        self.column_boxes.append(ColumnBox(column, start, self.column_count - start, group))
        if column.style.inherited.visibility == Visibility.COLLAPSE:
            self.has_collapsed_columns = True

    def collapsed_columns(self) -> set[int]:
        """The columns of `visibility: collapse`."""
        found: set[int] = set()
        for item in self.column_boxes + self.column_groups:
            if item.box.style.inherited.visibility == Visibility.COLLAPSE:
                found.update(range(item.start, item.start + item.count))
        return found

    def _add_section(self, section: Box, is_body: bool) -> None:
        """The algorithm for processing row groups: rowspans end with the section.

        https://html.spec.whatwg.org/multipage/tables.html#algorithm-for-processing-row-groups
        """
        first = len(self.rows)
        row_boxes: list[Box] = []
        out_of_flow: list[Box] = []
        for child in section.children:
            if child.is_out_of_flow():
                out_of_flow.append(child)
            elif child.kind == BoxKind.TABLE_ROW:
                row_boxes.append(child)
        count = len(row_boxes)
        # for each column: the first row (over the whole table) that is free again
        free_from: list[int] = []
        for index in range(count):
            row = Row(row_boxes[index])
            self.rows.append(row)
            number = first + index
            column = 0
            for child in row_boxes[index].children:
                if child.is_out_of_flow():
                    row.out_of_flow.append(child)
                    continue
                if child.kind != BoxKind.TABLE_CELL:
                    continue
                while column < len(free_from) and free_from[column] > number:
                    column += 1
                column = min(column, MAX_TABLE_COLUMNS - 1)
                column_span = max(1, min(child.column_span, MAX_COLSPAN, MAX_TABLE_COLUMNS - column))
                row_span = child.row_span
                remaining = count - index
                row_span = remaining if row_span <= 0 else min(row_span, remaining)
                cell = Cell(child, number, column, row_span, column_span)
                row.cells.append(cell)
                self.cells.append(cell)
                if row_span > 1:
                    row.has_row_span = True
                end = column + column_span
                while len(free_from) < end:
                    free_from.append(0)
                for slot in range(column, end):
                    # NOTE: overlapping cells (a table model error) keep both: the longer one reserves the slot.
                    free_from[slot] = max(free_from[slot], number + row_span)
                column = end
            self.column_count = max(self.column_count, len(free_from))
        part = Section(section, first, count, is_body)
        part.out_of_flow.extend(out_of_flow)
        self.sections.append(part)
