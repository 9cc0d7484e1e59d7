"""Heights of rows: what cells ask for, and how a height beyond that is shared out.

https://drafts.csswg.org/css-tables-3/#row-layout leaves most of it open; the order is Blink's.
"""

from __future__ import annotations

from ..constraint_space import INDEFINITE
from ..sizing import layout_unit
from .grid import Row


def distribute_rows(
    rows: list[Row],
    start: int,
    end: int,
    desired: float,
    spacing: float,
    percentage_basis: float,
    is_row_span: bool,
) -> None:
    """Grow rows[start:end], the spacing between them included, to `desired`.

    `is_row_span`: for a cell that spans them; otherwise for the table's own height.
    """
    total = spacing * max(0, end - start - 1)
    for index in range(start, end):
        total += rows[index].block_size
    free = desired - total
    if free <= 0.0:
        return
    # 1. Rows with a percentage grow up to it.
    if percentage_basis != INDEFINITE:
        free = _grow_percentages(rows, start, end, free, percentage_basis)
        if free <= 0.0:
            return
    spanning: list[Row] = []
    flexible: list[Row] = []
    constrained: list[Row] = []
    empty: list[Row] = []
    for index in range(start, end):
        row = rows[index]
        if row.is_collapsed:
            continue
        if index != start and row.has_row_span and is_row_span:
            spanning.append(row)
        if row.block_size == 0.0:
            empty.append(row)
        elif row.is_constrained or (row.percent != INDEFINITE and percentage_basis != INDEFINITE):
            constrained.append(row)
        else:
            flexible.append(row)
    # 2. A spanning cell grows rows in which other spanning cells start.
    if spanning and len(spanning) < end - start:
        _grow_evenly(spanning, free)
    # 3. Rows with content and an automatic height grow in proportion.
    elif flexible:
        _grow_in_proportion(flexible, free)
    # 4. Empty rows: the last one for a spanning cell, all of them for the table.
    elif empty:
        if is_row_span and constrained:
            _grow_in_proportion(constrained, free)
        elif is_row_span:
            _grow_evenly(empty[len(empty) - 1 :], free)
        else:
            _grow_evenly(empty, free)
    # 5. Rows with a given height, in proportion.
    elif constrained:
        _grow_in_proportion(constrained, free)


def _grow_percentages(rows: list[Row], start: int, end: int, free: float, basis: float) -> float:
    """What is left after percentage rows grew towards their size, in proportion to what each is short of."""
    wanted = 0.0
    for index in range(start, end):
        row = rows[index]
        if row.percent != INDEFINITE:
            wanted += max(0.0, basis * row.percent / 100.0 - row.block_size)
    if wanted <= 0.0:
        return free
    share = min(1.0, free / wanted)
    for index in range(start, end):
        row = rows[index]
        if row.percent != INDEFINITE:
            growth = layout_unit(max(0.0, basis * row.percent / 100.0 - row.block_size) * share)
            row.block_size += growth
            free -= growth
    return free if share >= 1.0 else 0.0


def _grow_in_proportion(rows: list[Row], free: float) -> None:
    total = 0.0
    for row in rows:
        total += row.block_size
    left = free
    last = rows[len(rows) - 1]
    for row in rows:
        growth = left if row is last else layout_unit(free * row.block_size / total)
        row.block_size += growth
        left -= growth


def _grow_evenly(rows: list[Row], free: float) -> None:
    left = free
    last = rows[len(rows) - 1]
    for row in rows:
        growth = left if row is last else layout_unit(free / len(rows))
        row.block_size += growth
        left -= growth
