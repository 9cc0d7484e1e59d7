"""Auto-placement: every grid item gets its lines (https://drafts.csswg.org/css-grid-2/#auto-placement-algo)."""

from __future__ import annotations

from typing import Final, final

from ...css.keywords import GridAutoFlow
from ...css.values import AlignKeyword
from ..box import Box
from ..constraint_space import INDEFINITE, LayoutResult
from ..logical import NO_LOGICAL_EDGES, LogicalEdges
from .lines import AUTO_LINE, ExplicitAxis, GridSpan, resolve_span


@final
class GridItem:
    """An in-flow child of a grid container.

    Attributes:
        column, row: lines in the implicit grid, counted from its first line once placed.
        margins: in the container's axes, auto ones 0; `auto_*` tells which are auto.
        justify, align: resolved self-alignment: STRETCH, START, END, CENTER, BASELINE or LAST_BASELINE.
        is_parallel: whether its inline axis is the container's.
        is_subgrid_columns, is_subgrid_rows: whether the item is a subgrid in that axis.
        result: the last layout.
        block_contribution: memo of its outer block size for a column width, INDEFINITE when not measured.
        align_shim, justify_shim: of baseline-aligned items: what moves them to the others' baseline.
    """

    __slots__ = (
        "align",
        "align_is_safe",
        "align_shim",
        "auto_block_end",
        "auto_block_start",
        "auto_inline_end",
        "auto_inline_start",
        "box",
        "column",
        "is_parallel",
        "is_subgrid_columns",
        "is_subgrid_rows",
        "justify",
        "justify_is_safe",
        "justify_shim",
        "margins",
        "measured",
        "measured_inline",
        "result",
        "row",
    )

    def __init__(self, box: Box, is_parallel: bool) -> None:
        self.box: Final = box
        self.is_parallel: Final = is_parallel
        self.column: GridSpan = GridSpan(AUTO_LINE, 1)
        self.row: GridSpan = GridSpan(AUTO_LINE, 1)
        self.margins: LogicalEdges = NO_LOGICAL_EDGES
        self.auto_inline_start: bool = False
        self.auto_inline_end: bool = False
        self.auto_block_start: bool = False
        self.auto_block_end: bool = False
        self.justify: AlignKeyword = AlignKeyword.STRETCH
        self.align: AlignKeyword = AlignKeyword.STRETCH
        self.justify_is_safe: bool = False
        self.align_is_safe: bool = False
        self.result: LayoutResult | None = None
        self.measured: LayoutResult | None = None
        self.measured_inline: float = INDEFINITE
        self.align_shim: float = 0.0
        self.justify_shim: float = 0.0
        self.is_subgrid_columns: bool = False
        self.is_subgrid_rows: bool = False


@final
class Placement:
    """The implicit grid.

    Attributes:
        columns, rows: how many tracks there are.
        column_start, row_start: how many of them stand before the explicit grid.
    """

    __slots__ = ("column_start", "columns", "row_start", "rows")

    def __init__(self, columns: int, rows: int, column_start: int, row_start: int) -> None:
        self.columns: Final = columns
        self.rows: Final = rows
        self.column_start: Final = column_start
        self.row_start: Final = row_start


@final
class _Placed:
    """An item's lines while it is placed, by flow: the major axis is that of grid-auto-flow."""

    __slots__ = ("item", "major", "major_span", "minor", "minor_span")

    def __init__(self, item: GridItem, major: GridSpan, minor: GridSpan) -> None:
        self.item: Final = item
        self.major: int = major.start
        self.major_span: Final = major.span
        self.minor: int = minor.start
        self.minor_span: Final = minor.span


def place_items(
    items: list[GridItem], columns: ExplicitAxis, rows: ExplicitAxis, flow: GridAutoFlow
) -> Placement:
    """Give every item of `items` (in order-modified document order) its lines."""
    is_row_flow = flow == GridAutoFlow.ROW or flow == GridAutoFlow.ROW_DENSE
    is_dense = flow == GridAutoFlow.ROW_DENSE or flow == GridAutoFlow.COLUMN_DENSE
    placed: list[_Placed] = []
    for item in items:
        style = item.box.style.box
        column = resolve_span(columns, style.grid_column_start, style.grid_column_end)
        row = resolve_span(rows, style.grid_row_start, style.grid_row_end)
        if columns.is_subgrid:
            column = _within_subgrid(column, columns.count())
        if rows.is_subgrid:
            row = _within_subgrid(row, rows.count())
        placed.append(_Placed(item, row, column) if is_row_flow else _Placed(item, column, row))
    major_axis, minor_axis = (rows, columns) if is_row_flow else (columns, rows)
    # The implicit grid begins at the first line that anything stands at.
    major_start = minor_start = 0
    for entry in placed:
        if entry.major != AUTO_LINE:
            major_start = min(major_start, entry.major)
        if entry.minor != AUTO_LINE:
            minor_start = min(minor_start, entry.minor)
    major_count, minor_count = major_axis.count() - major_start, minor_axis.count() - minor_start
    for entry in placed:
        if entry.major != AUTO_LINE:
            entry.major -= major_start
            major_count = max(major_count, entry.major + entry.major_span)
        if entry.minor != AUTO_LINE:
            entry.minor -= minor_start
            minor_count = max(minor_count, entry.minor + entry.minor_span)
        else:
            # 2. the implicit grid is wide enough for the largest span
            minor_count = max(minor_count, entry.minor_span)
    occupancy = _Occupancy()
    _place(placed, occupancy, minor_count, is_dense)
    for entry in placed:
        major = GridSpan(entry.major, entry.major_span)
        minor = GridSpan(entry.minor, entry.minor_span)
        major_count = max(major_count, major.end)
        minor_count = max(minor_count, minor.end)
        item = entry.item
        item.row, item.column = (major, minor) if is_row_flow else (minor, major)
        # what found no room in a subgrid stands in its last tracks: there are no implicit ones
        if columns.is_subgrid:
            item.column = _within_subgrid(item.column, columns.count())
        if rows.is_subgrid:
            item.row = _within_subgrid(item.row, rows.count())
    if columns.is_subgrid:
        minor_count, major_count = (
            (columns.count(), major_count) if is_row_flow else (minor_count, columns.count())
        )
    if rows.is_subgrid:
        minor_count, major_count = (minor_count, rows.count()) if is_row_flow else (rows.count(), major_count)
    if is_row_flow:
        return Placement(minor_count, major_count, -minor_start, -major_start)
    return Placement(major_count, minor_count, -major_start, -minor_start)


def _within_subgrid(span: GridSpan, count: int) -> GridSpan:
    """A subgrid has no implicit tracks: lines are clamped to it."""
    length = min(span.span, count)
    if span.start == AUTO_LINE:
        return GridSpan(AUTO_LINE, length)
    start = max(0, min(span.start, count - 1))
    end = max(start + 1, min(span.end, count))
    return GridSpan(start, end - start)


@final
class _Occupancy:
    """Which slots are taken: one bit mask over the minor axis for each major track."""

    __slots__ = ("_masks",)

    def __init__(self) -> None:
        self._masks: Final[dict[int, int]] = {}

    def take(self, entry: _Placed) -> None:
        """Mark an item's area."""
        bits = ((1 << entry.minor_span) - 1) << entry.minor
        for track in range(entry.major, entry.major + entry.major_span):
            self._masks[track] = self._masks.get(track, 0) | bits

    def is_free(self, major: int, minor: int, major_span: int, minor_span: int) -> bool:
        """Whether an area is empty."""
        bits = ((1 << minor_span) - 1) << minor
        return all(not self._masks.get(track, 0) & bits for track in range(major, major + major_span))


def _place(placed: list[_Placed], occupancy: _Occupancy, minor_count: int, is_dense: bool) -> None:
    # 0. Position anything that is not auto-positioned.
    for entry in placed:
        if entry.major != AUTO_LINE and entry.minor != AUTO_LINE:
            occupancy.take(entry)
    # 1. Process the items locked to a given row (or column, in column flow).
    # Slots are only ever taken: a dense search for an area of some size goes on where the last one for that size ended.
    cursors: dict[int, int] = {}
    dense_minors: dict[tuple[int, int, int], int] = {}
    for entry in placed:
        if entry.major == AUTO_LINE or entry.minor != AUTO_LINE:
            continue
        locked = (entry.major, entry.major_span, entry.minor_span)
        minor = dense_minors.get(locked, 0) if is_dense else cursors.get(entry.major, 0)
        while not occupancy.is_free(entry.major, minor, entry.major_span, entry.minor_span):
            minor += 1
        entry.minor = minor
        cursors[entry.major] = minor + entry.minor_span
        dense_minors[locked] = minor
        minor_count = max(minor_count, minor + entry.minor_span)
        occupancy.take(entry)
    # 2. The implicit grid's extent along the minor axis is settled: `minor_count`.
    # 3. Position the remaining grid items.
    major_cursor = minor_cursor = 0
    dense_starts: dict[tuple[int, int, int], tuple[int, int]] = {}
    for entry in placed:
        if entry.major != AUTO_LINE:
            continue
        size = (entry.major_span, entry.minor_span, entry.minor)
        if is_dense:
            major_cursor, minor_cursor = dense_starts.get(size, (0, 0))
        if entry.minor != AUTO_LINE:
            if entry.minor < minor_cursor:
                major_cursor += 1
            minor_cursor = entry.minor
            while not occupancy.is_free(major_cursor, minor_cursor, entry.major_span, entry.minor_span):
                major_cursor += 1
        else:
            while True:
                if minor_cursor + entry.minor_span > minor_count:
                    major_cursor += 1
                    minor_cursor = 0
                    continue
                if occupancy.is_free(major_cursor, minor_cursor, entry.major_span, entry.minor_span):
                    break
                minor_cursor += 1
            entry.minor = minor_cursor
        entry.major = major_cursor
        if is_dense:
            dense_starts[size] = (major_cursor, entry.minor)
        minor_cursor = entry.minor  # the cursor stays at the item's start; its slots are taken now
        occupancy.take(entry)
