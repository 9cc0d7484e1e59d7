"""Widths of columns: what cells and column boxes ask for, and how a table's width is shared out.

https://drafts.csswg.org/css-tables-3/#computing-the-table-width and #distributing-width-to-columns ; where the
specification and Chromium part, Chromium's numbers are taken. All sizes are CSS px in the table's inline axis.
"""

from __future__ import annotations

from typing import Final, final

from ...css.computed_style import ComputedStyle
from ...css.keywords import BoxSizing
from ...css.values import Length, LengthKind
from ..constraint_space import INDEFINITE, MinMaxSizes
from ..sizing import (
    inline_length,
    layout_unit,
    max_inline_length,
    min_inline_length,
)

MAX_TABLE_INLINE: Final = 1_000_000.0
"""CSS px: what a table of 100% columns beside others asks for, as in Blink."""


@final
class InlineConstraint:
    """What one cell or column box asks of its columns.

    Attributes:
        min, max: border-box sizes.
        percent: 0..100, INDEFINITE for none.
        is_constrained: a fixed width was given.
        percent_edges: border and padding beside a percentage, in fixed layout.
        start, span: the columns.
    """

    __slots__ = ("is_constrained", "max", "min", "percent", "percent_edges", "span", "start")

    def __init__(
        self, start: int, span: int, sizes: MinMaxSizes, percent: float, is_constrained: bool
    ) -> None:
        self.start: Final = start
        self.span: Final = span
        self.min: Final = sizes.min
        self.max: Final = sizes.max
        self.percent: Final = percent
        self.is_constrained: Final = is_constrained
        self.percent_edges: float = 0.0


@final
class Column:
    """One column.

    Attributes:
        min, max: min-content and max-content size. has_size: whether anything said so.
        percent: 0..100, INDEFINITE for none.
        is_constrained: its max is a given width.
        is_mergeable: no cell or column box of its own: it takes no border-spacing.
        percent_edges: of fixed layout: border and padding that a cell's percentage does not count.
        is_collapsed: of visibility: collapse.
        is_set_by_box: of fixed layout: a column box gave the width, cells are not asked.
        size, offset: used, once known.
    """

    __slots__ = (
        "is_collapsed",
        "is_constrained",
        "is_mergeable",
        "is_set_by_box",
        "max",
        "min",
        "offset",
        "percent",
        "percent_edges",
        "size",
    )

    def __init__(self) -> None:
        self.min: float = 0.0
        self.max: float = 0.0
        self.percent: float = INDEFINITE
        self.percent_edges: float = 0.0
        self.is_constrained: bool = False
        self.is_mergeable: bool = True
        self.is_set_by_box: bool = False
        self.is_collapsed: bool = False
        self.size: float = 0.0
        self.offset: float = 0.0

    def resolved_percent(self, target: float) -> float:
        """Its percentage of a width, at least its minimum."""
        return max(self.min, layout_unit(target * self.percent / 100.0))

    def encompass(self, constraint: InlineConstraint) -> None:
        """Grow to hold a cell that spans this column alone."""
        self.is_mergeable = False
        self.min = max(self.min, constraint.min)
        if self.is_constrained == constraint.is_constrained:
            self.max = max(self.max, constraint.max)
        elif constraint.is_constrained:
            self.max = constraint.max
            self.is_constrained = True
        self.max = max(self.max, self.min)
        if constraint.percent != INDEFINITE:
            self.percent = max(self.percent, constraint.percent)
            self.percent_edges = max(self.percent_edges, constraint.percent_edges)


def fixed_or_percent(style: ComputedStyle, length: Length, border_padding: float) -> tuple[float, float]:
    """A width as (border-box px, percent), INDEFINITE where it is not that. calc() with % counts as auto."""
    if length.kind == LengthKind.FIXED or (length.kind == LengthKind.CALC and not length.has_percent()):
        value = max(0.0, layout_unit(length.resolve(0.0)))
        if style.box.box_sizing == BoxSizing.BORDER_BOX:
            return max(value, border_padding), INDEFINITE
        return value + border_padding, INDEFINITE
    if length.kind == LengthKind.PERCENT:
        return INDEFINITE, max(0.0, length.percent)
    return INDEFINITE, INDEFINITE


def cell_constraint(
    style: ComputedStyle, start: int, span: int, content: MinMaxSizes, border_padding: float
) -> InlineConstraint:
    """What a cell asks for; `content` holds the intrinsic sizes of its border box."""
    width, percent = fixed_or_percent(style, inline_length(style), border_padding)
    minimum, _ = fixed_or_percent(style, min_inline_length(style), border_padding)
    maximum, _ = fixed_or_percent(style, max_inline_length(style), border_padding)
    low = max(content.min, minimum)
    high = width if width != INDEFINITE else content.max
    if maximum != INDEFINITE:
        high = min(high, maximum)
        low = max(min(low, maximum), minimum)
    return InlineConstraint(start, span, MinMaxSizes(low, max(low, high)), percent, width != INDEFINITE)


def fixed_cell_constraint(
    style: ComputedStyle, start: int, span: int, border_padding: float
) -> InlineConstraint:
    """What a cell of the first row asks for in fixed layout: its width, whatever it contains."""
    width, percent = fixed_or_percent(style, inline_length(style), border_padding)
    size = width if width != INDEFINITE else 0.0
    constraint = InlineConstraint(start, span, MinMaxSizes(size, size), percent, width != INDEFINITE)
    if percent != INDEFINITE and style.box.box_sizing == BoxSizing.CONTENT_BOX:
        constraint.percent_edges = border_padding
    return constraint


def column_box_constraint(style: ComputedStyle, start: int, span: int) -> InlineConstraint:
    """What a <col> or <colgroup> asks for: columns have neither border nor padding."""
    width, percent = fixed_or_percent(style, inline_length(style), 0.0)
    minimum, _ = fixed_or_percent(style, min_inline_length(style), 0.0)
    low = max(0.0, minimum)
    high = max(low, width)
    return InlineConstraint(start, span, MinMaxSizes(low, high), percent, width != INDEFINITE)


def ensure_distributable(columns: list[Column], start: int, end: int) -> None:
    """A spanning cell over columns that nothing else defines makes its first one a real column."""
    for index in range(start, end):
        if not columns[index].is_mergeable:
            return
    columns[start].is_mergeable = False


def distribute_spanning_cell(columns: list[Column], cell: InlineConstraint, spacing: float) -> None:
    """Grow the columns under a cell that spans several (https://drafts.csswg.org/css-tables-3/#computing-column-measures)."""
    start = cell.start
    end = min(start + cell.span, len(columns))
    ensure_distributable(columns, start, end)
    effective = 0
    for index in range(start, end):
        if not columns[index].is_mergeable:
            effective += 1
    inner_spacing = spacing * max(0, effective - 1)
    low = max(0.0, cell.min - inner_spacing)
    high = max(0.0, cell.max - inner_spacing)
    if cell.percent != INDEFINITE:
        _distribute_percent(columns, start, end, cell.percent)
    low_sizes = distribute_auto(columns, start, end, low, True)
    high_sizes = distribute_auto(columns, start, end, high, cell.is_constrained)
    for index in range(start, end):
        column = columns[index]
        column.min = max(column.min, low_sizes[index - start])
        column.max = max(column.max, column.min, high_sizes[index - start])


def _distribute_percent(columns: list[Column], start: int, end: int, percent: float) -> None:
    """The surplus of a spanning percentage goes to columns without one, in proportion to their max."""
    surplus = percent
    total_max = 0.0
    count = 0
    for index in range(start, end):
        column = columns[index]
        if column.percent != INDEFINITE:
            surplus -= column.percent
        elif not column.is_mergeable:
            count += 1
            total_max += column.max
    if surplus <= 0.0 or count == 0:
        return
    for index in range(start, end):
        column = columns[index]
        if column.percent == INDEFINITE and not column.is_mergeable:
            share = column.max / total_max if total_max > 0.0 else 1.0 / count
            column.percent = surplus * share


def distribute_spanning_fixed(columns: list[Column], cell: InlineConstraint, spacing: float) -> None:
    """Fixed layout: a spanning cell of the first row gives each of its columns an equal part."""
    start = cell.start
    end = min(start + cell.span, len(columns))
    span = end - start
    width = layout_unit(max(0.0, cell.max - spacing * (span - 1)) / span)
    for index in range(start, end):
        column = columns[index]
        column.is_mergeable = False
        if column.is_set_by_box:
            continue
        if cell.percent != INDEFINITE:
            column.percent = max(column.percent, cell.percent / span)
        elif cell.is_constrained:
            column.is_constrained = True
            column.min = max(column.min, width)
            column.max = max(column.max, width)


def grid_min_max(columns: list[Column], undistributable: float, allows_percent: bool) -> MinMaxSizes:
    """GRIDMIN and GRIDMAX: the intrinsic sizes of the table's border box.

    `undistributable`: border, padding and border-spacing. `allows_percent`: whether percentage columns make the
    table wider, which nothing definite around it forbids.
    """
    low = high = percent_sum = estimate = rest = 0.0
    for column in columns:
        low += column.min
        high += column.max
        if column.percent > 0.0:
            if column.max > 0.0:
                estimate = max(estimate, layout_unit(column.max * 100.0 / column.percent))
            percent_sum += column.percent
        else:
            rest += column.max
    if percent_sum > 0.0 and allows_percent:
        percent_sum = min(percent_sum, 100.0)
        beside = 0.0
        if rest > 0.0:
            beside = (
                MAX_TABLE_INLINE
                if percent_sum >= 100.0
                else layout_unit(100.0 * rest / (100.0 - percent_sum))
            )
        high = max(high, min(estimate, MAX_TABLE_INLINE), min(beside, MAX_TABLE_INLINE))
    high = max(low, high)
    return MinMaxSizes(low + undistributable, high + undistributable)


def distribute_auto(
    columns: list[Column], start: int, end: int, target: float, grows_fixed: bool
) -> list[float]:
    """Share a width out among columns: between the two guesses that it lies between.

    https://drafts.csswg.org/css-tables-3/#width-distribution-algorithm
    `grows_fixed`: whether columns of a given width may become wider where there are no automatic ones: not for the
    max-content size of a spanning cell without a width.
    """
    min_guess = percent_guess = specified_guess = max_guess = 0.0
    percent_total = fixed_max = auto_max = 0.0
    percent_count = fixed_count = auto_count = 0
    for index in range(start, end):
        column = columns[index]
        if column.percent != INDEFINITE:
            size = column.resolved_percent(target)
            percent_count += 1
            percent_total += column.percent
            min_guess += column.min
            percent_guess += size
            specified_guess += size
            max_guess += size
        elif column.is_constrained:
            fixed_count += 1
            fixed_max += column.max
            min_guess += column.min
            percent_guess += column.min
            specified_guess += column.max
            max_guess += column.max
        else:
            if not column.is_mergeable:
                auto_count += 1
            auto_max += column.max
            min_guess += column.min
            percent_guess += column.min
            specified_guess += column.min
            max_guess += column.max
    target = max(target, min_guess)
    sizes: list[float] = []
    last = -1  # the column that takes what rounding leaves
    for index in range(start, end):
        column = columns[index]
        is_percent = column.percent != INDEFINITE
        is_fixed = not is_percent and column.is_constrained
        percent_size = column.resolved_percent(target) if is_percent else 0.0
        if min_guess >= target:
            size = column.min
        elif percent_guess >= target:  # percentage columns grow from their minimum
            size = column.min
            if is_percent and percent_guess > min_guess:
                size += layout_unit(
                    (target - min_guess) * (percent_size - column.min) / (percent_guess - min_guess)
                )
                last = index
        elif specified_guess >= target:  # fixed columns grow
            size = percent_size if is_percent else column.min
            if is_fixed and specified_guess > percent_guess:
                share = (target - percent_guess) * (column.max - column.min)
                size += layout_unit(share / (specified_guess - percent_guess))
                last = index
        elif max_guess >= target:  # auto columns grow
            size = percent_size if is_percent else column.max if is_fixed else column.min
            if not is_percent and not is_fixed and max_guess > specified_guess:
                share = (target - specified_guess) * (column.max - column.min)
                size += layout_unit(share / (max_guess - specified_guess))
                last = index
        else:
            excess = target - max_guess
            size = percent_size if is_percent else column.max
            share = 0.0
            if auto_count > 0:
                if not is_percent and not is_fixed and not column.is_mergeable:
                    share = column.max / auto_max if auto_max > 0.0 else 1.0 / auto_count
                    last = index
            elif fixed_count > 0 and grows_fixed:
                if is_fixed:
                    share = column.max / fixed_max if fixed_max > 0.0 else 1.0 / fixed_count
                    last = index
            elif percent_count > 0:
                if is_percent:
                    share = column.percent / percent_total if percent_total > 0.0 else 1.0 / percent_count
                    last = index
            elif fixed_count == 0 and (not column.is_mergeable or end - start == 1):
                count = percent_count + fixed_count + auto_count
                share = column.max / max_guess if max_guess > 0.0 else 1.0 / max(1, count)
                last = index
            size += layout_unit(excess * share)
        sizes.append(size)
    if last >= 0:
        total = 0.0
        for size in sizes:
            total += size
        sizes[last - start] += target - total
    return sizes


def distribute_fixed(columns: list[Column], target: float) -> list[float]:
    """Share a table's width out in fixed layout (https://drafts.csswg.org/css-tables-3/#fixed-table-layout).

    Given widths first, then percentages, the rest in equal parts to the others; where there is no other
    column, the fixed ones take it in proportion, or the percentage ones.
    """
    fixed_total = percent_total = percent_sizes = 0.0
    auto_count = fixed_count = percent_count = 0
    for column in columns:
        if column.percent != INDEFINITE:
            percent_count += 1
            percent_total += column.percent
            percent_sizes += _fixed_percent(column, target)
        elif column.is_constrained:
            fixed_count += 1
            fixed_total += column.max
        else:
            auto_count += 1
    # percentages never take more than what fixed columns leave
    available = max(0.0, target - fixed_total)
    scale = 1.0
    if percent_sizes > available and percent_sizes > 0.0:
        scale = available / percent_sizes
    rest = max(0.0, target - fixed_total - percent_sizes * scale)
    sizes: list[float] = []
    last = -1
    for index in range(len(columns)):
        column = columns[index]
        if column.percent != INDEFINITE:
            size = layout_unit(_fixed_percent(column, target) * scale)
            if auto_count == 0 and fixed_count == 0:
                share = column.percent / percent_total if percent_total > 0.0 else 1.0 / percent_count
                size += layout_unit(rest * share)
                last = index
        elif column.is_constrained:
            size = column.max
            if auto_count == 0:
                share = column.max / fixed_total if fixed_total > 0.0 else 1.0 / fixed_count
                size += layout_unit(rest * share)
                last = index
        else:
            size = layout_unit(rest / auto_count)
            last = index
        sizes.append(size)
    if last >= 0 and rest > 0.0:
        total = 0.0
        for size in sizes:
            total += size
        sizes[last] += target - total
    return sizes


def _fixed_percent(column: Column, target: float) -> float:
    return layout_unit(target * column.percent / 100.0) + column.percent_edges
