"""Multi-column containers (https://drafts.csswg.org/css-multicol-1/).

The content is laid out once as a block flow of one column's width; the tall fragment is then cut at places where
css-break-4 allows it (between lines and between boxes, orphans and widows observed) and the pieces are put side by
side. Works in the horizontal writing mode; vertical ones stay one column.
TODO: nested fragmentation of flex, grid and table items: they are kept whole.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Final, final

from ..css.computed_style import anonymous_style
from ..css.keywords import (
    BorderStyle,
    BreakBetween,
    BreakInside,
    ColumnFill,
    ColumnSpan,
    Display,
    PositionKind,
)
from ..css.values import LengthKind
from ..geometry import Edges, Rect
from .block import layout_block
from .block_sizes import block_min_max
from .box import Box, BoxKind
from .constraint_space import (
    INDEFINITE,
    NO_BASELINE,
    NO_MARGIN,
    ConstraintSpace,
    LayoutResult,
    MarginStrut,
    MinMaxSizes,
    OutOfFlow,
)
from .css_predicates import clips_overflow, is_multicol
from .driver import LayoutContext
from .fragment import Fragment, FragmentKind, Link
from .fragment_builder import FragmentBuilder, overflow_in_parent, relative_offset
from .logical import writing_direction
from .positioned import layout_out_of_flow
from .sizing import (
    BoxEdges,
    block_limits,
    child_percentage_block,
    compute_block_size,
    compute_inline_size,
    is_scroll_container,
    layout_unit,
    min_max_contribution,
    resolve,
    resolve_edges,
    resolve_margins,
)

MAX_COLUMNS: Final = 2_000
"""Columns of one container: overflowing columns of a height of a fraction of a pixel would have no end."""

MAX_BALANCE_STEPS: Final = 64
"""Heights that balancing tries; each one adds the smallest amount that lets one more piece fit."""

MANY_CHILDREN: Final = 16
"""Children of a box from which on a column looks its own up instead of going through all."""

TOO_TALL: Final = 1.0e9


def layout_multicol(box: Box, space: ConstraintSpace, context: LayoutContext) -> LayoutResult:
    """Lay out a multi-column container."""
    if box.style.inherited.writing_mode != 0:
        return layout_block(box, space, context)
    return _MulticolLayout(box, space, context).run()


def multicol_min_max(box: Box, space: ConstraintSpace, context: LayoutContext) -> MinMaxSizes:
    """The intrinsic inline sizes of a multi-column container's border box, as Blink reckons them."""
    edges = resolve_edges(context, box, space)
    spanner_low = spanner_high = 0.0
    flow_children: list[Box] = []
    for child in box.children:
        if not box.has_inline_children and _spans(child):
            margins = resolve_margins(child.style, INDEFINITE, writing_direction(box.style))
            wish = min_max_contribution(context, child, ConstraintSpace(INDEFINITE))
            spanner_low = max(spanner_low, wish.min + margins.inline_sum)
            spanner_high = max(spanner_high, wish.max + margins.inline_sum)
        else:
            flow_children.append(child)
    if len(flow_children) == len(box.children):
        sizes = block_min_max(box, space, context)
    else:
        flow = Box(BoxKind.BLOCK, anonymous_style(box.style, Display.BLOCK))
        flow.children = flow_children
        flow.id = -(box.id * 1024)
        content = block_min_max(flow, ConstraintSpace(INDEFINITE), context)
        sizes = MinMaxSizes(content.min + edges.inline_sum, content.max + edges.inline_sum)
    style = box.style.box
    low, high = max(0.0, sizes.min - edges.inline_sum), max(0.0, sizes.max - edges.inline_sum)
    count = max(1, style.column_count)
    if style.column_width.kind != LengthKind.AUTO:
        width = max(0.0, resolve(style.column_width, 0.0))
        low = min(low, width)
        high = max(high, width)
    else:
        low *= count
    high *= count
    gaps = column_gap(box, INDEFINITE) * (count - 1)
    low = max(low + gaps, spanner_low)
    high = max(low, high + gaps, spanner_high)
    return MinMaxSizes(low + edges.inline_sum, high + edges.inline_sum)


def column_gap(box: Box, basis: float) -> float:
    """column-gap in px: normal is 1em here, in whole pixels as in Blink."""
    gap = box.style.box.column_gap
    if gap.kind == LengthKind.NORMAL:
        return float(int(box.style.inherited.font_size + 0.5))
    return max(0.0, resolve(gap, basis))


@final
class Piece:
    """A part of the flow, as a rule one that cannot be broken: from `start` to `end`, px from the flow's start.

    Attributes:
        is_forced: a forced break stands before it. avoids_before: no break should.
        margin: the margin above it, which a forced break keeps.
        lines: of lines that orphans and widows hold together: where each starts and ends; they are parted only
            when they are taller than the column.
        is_fluid: nothing is in it: it may be broken anywhere.
        spanner: the box across all columns that it is, None otherwise.
    """

    __slots__ = ("avoids_before", "end", "is_fluid", "is_forced", "lines", "margin", "spanner", "start")

    def __init__(self, start: float, end: float) -> None:
        self.start: float = start
        self.end: float = end
        self.is_forced: bool = False
        self.avoids_before: bool = False
        self.is_fluid: bool = False
        self.margin: float = 0.0
        self.lines: list[tuple[float, float]] = []
        self.spanner: Box | None = None


@final
class _MulticolLayout:
    """One run over one container."""

    def __init__(self, box: Box, space: ConstraintSpace, context: LayoutContext) -> None:
        self.box: Final = box
        self.space: Final = space
        self.context: Final = context
        self.edges: Final[BoxEdges] = resolve_edges(context, box, space)
        self.inline_size: Final = compute_inline_size(context, box, space, self.edges)
        self.content_inline: Final = max(0.0, self.inline_size - self.edges.inline_sum)
        self.content_block: Final = child_percentage_block(context, box, space, self.edges, self.inline_size)
        self.gap: Final = column_gap(box, self.content_inline)
        self.count: int = 1
        self.width: float = self.content_inline
        self.builder: Final = FragmentBuilder(box)
        self.rules: Final[list[Rect]] = []
        self.offset: float = self.edges.block_start
        self.strut: MarginStrut = NO_MARGIN
        self.first_baseline: float = NO_BASELINE
        self.last_baseline: float = NO_BASELINE
        self._resolve_columns()

    def _resolve_columns(self) -> None:
        """Pseudo-algorithm of https://drafts.csswg.org/css-multicol-1/#pseudo-algorithm"""
        style = self.box.style.box
        available, gap = self.content_inline, self.gap
        count = style.column_count
        if style.column_width.kind != LengthKind.AUTO:
            width = max(1.0 / 64.0, resolve(style.column_width, available))
            fitting = max(1, int((available + gap) / (width + gap)))
            count = min(count, fitting) if count > 0 else fitting
        self.count = max(1, min(count, MAX_COLUMNS))
        self.width = max(0.0, layout_unit((available - gap * (self.count - 1)) / self.count))

    def run(self) -> LayoutResult:
        """Rows of columns between the boxes that span them all."""
        children = self.box.children
        number = 0
        if self.box.has_inline_children:
            self._columns(children, 0, is_last=True)
        else:
            group: list[Box] = []
            for child in children:
                if _spans(child):
                    if group:
                        self._columns(group, number, is_last=False)
                        number += 1
                        group = []
                    self._spanner(child)
                else:
                    group.append(child)
            if group:
                self._columns(group, number, is_last=True)
        return self._finish()

    def _columns(self, children: list[Box], number: int, is_last: bool) -> None:
        """Lay some children out as a flow of one column's width, and cut it."""
        flow = Box(BoxKind.BLOCK, anonymous_style(self.box.style, Display.BLOCK))
        flow.children = children
        flow.has_inline_children = self.box.has_inline_children
        flow.language = self.box.language
        flow.id = -(self.box.id * 1024 + number % 1024 + 1)  # a number that no box of the tree has
        space = ConstraintSpace(
            self.width,
            INDEFINITE,
            percentage_inline=self.width,
            percentage_block=self.content_block,
            is_fixed_inline=True,
        )
        result = self.context.layout(flow, space)
        # boxes inside the flow that span all columns cut it into rows
        start = 0.0
        row: list[Piece] = []
        for piece in collect_pieces(result.fragment):
            if piece.spanner is None:
                if not row and start > 0.0:
                    start = piece.start - piece.margin  # the margin after a spanner is not collapsed with it
                row.append(piece)
                continue
            if row or start == 0.0:
                self._row(result, row, start, piece.start, is_last=False)
            self._spanner(piece.spanner)
            row = []
            start = piece.end
        self._row(result, row, start, TOO_TALL, is_last)

    def _row(
        self, result: LayoutResult, pieces: list[Piece], first: float, last: float, is_last: bool
    ) -> None:
        """One row of columns (https://drafts.csswg.org/css-multicol-1/#column-row): the flow from `first` to `last`."""
        if pieces:
            self._end_spanners()
        flow = result.fragment
        height = max(0.0, flow.height if last >= TOO_TALL else _pieces_end(pieces, first))
        limit = self._height_limit()
        style = self.box.style.box
        is_filled = style.column_fill == ColumnFill.AUTO and limit < TOO_TALL
        if is_filled:
            column_height = limit
        else:
            column_height = min(balanced_height(pieces, first, height, self.count), limit)
        if height > first:
            column_height = max(1.0, column_height)  # or there would be columns without end
        starts = [first]
        starts.extend(fill_columns(pieces, first, column_height))
        used = 0.0
        slicer = Slicer()
        for index in range(len(starts)):
            start = starts[index]
            end = starts[index + 1] if index + 1 < len(starts) else last
            inline = self.edges.inline_start + self._column_offset(index)
            used = max(used, min(end, height) - start)
            for link in slicer.links(flow, start, end, start + column_height):
                self._add(link, inline, start)
            self._add_pending(result.out_of_flow, inline, start, end)
            if index > 0 and self._has_rule():
                self._rule(index, column_height)
        self._baselines(result, starts)
        if is_filled and not (is_last and self.content_block != INDEFINITE):
            column_height = min(max(used, 0.0), column_height)
        self.offset += column_height

    def _column_offset(self, index: int) -> float:
        """Where a column starts: columns divide the content box evenly, to the nearest 1/64 px."""
        stride = (self.content_inline + self.gap) / self.count
        return int(index * stride * 64.0 + 0.5) / 64.0

    def _height_limit(self) -> float:
        """The height that is left for this row of columns: TOO_TALL where nothing limits it."""
        edges = self.edges
        if self.content_block != INDEFINITE:
            return max(0.0, self.content_block - (self.offset - edges.block_start))
        limits = block_limits(self.context, self.box, self.space, edges, INDEFINITE)
        limit = limits.max - edges.block_sum - (self.offset - edges.block_start)
        return max(0.0, limit) if limit < 1.0e7 else TOO_TALL

    def _add(self, link: Link, inline: float, start: float) -> None:
        fragment = link.fragment
        x = inline + link.x
        if self.builder.direction.is_inline_reversed():
            # columns go from right to left: mirror the column, not what is in it
            column = inline - self.edges.inline_start
            x = self.inline_size - self.edges.inline_start - column - self.width + link.x
            x = self.inline_size - x - fragment.width
        block = self.offset + link.y - start
        if fragment.kind == FragmentKind.BOX and fragment.style.box.position == PositionKind.RELATIVE:
            # the flow has applied the relative offset; the builder is going to apply it again
            direction = self.builder.direction
            content = self.inline_size - self.edges.border.inline_sum - self.edges.padding.inline_sum
            inline_shift, block_shift = relative_offset(
                fragment.style, direction, content, self.content_block
            )
            x -= inline_shift
            block -= block_shift
        self.builder.add(fragment, x, block)

    def _add_pending(self, pending: tuple[OutOfFlow, ...], inline: float, start: float, end: float) -> None:
        here: list[OutOfFlow] = []
        for item in pending:
            if start <= item.block_offset < end or (start == 0.0 and item.block_offset < 0.0):
                here.append(item)
        self.builder.add_out_of_flow(tuple(here), inline, self.offset - start)

    def _has_rule(self) -> bool:
        paint = self.box.style.paint
        return paint.column_rule_width > 0.0 and paint.column_rule_style > BorderStyle.HIDDEN

    def _rule(self, index: int, height: float) -> None:
        """The rule in the gap before a column."""
        width = self.box.style.paint.column_rule_width
        inline = self.edges.inline_start + self._column_offset(index) - self.gap / 2.0 - width / 2.0
        x = inline
        if self.builder.direction.is_inline_reversed():
            x = self.inline_size - inline - width
        self.rules.append(Rect(x, self.offset, width, height))

    def _baselines(self, result: LayoutResult, starts: list[float]) -> None:
        if self.first_baseline == NO_BASELINE and result.first_baseline != NO_BASELINE:
            self.first_baseline = self.offset + result.first_baseline
        if result.last_baseline != NO_BASELINE:
            self.last_baseline = self.offset + result.last_baseline - starts[len(starts) - 1]

    def _spanner(self, child: Box) -> None:
        """A box across all columns: a formatting context of its own, its margins do not collapse."""
        margins = resolve_margins(child.style, self.content_inline, self.builder.direction)
        space = ConstraintSpace(
            self.content_inline,
            INDEFINITE,
            percentage_inline=self.content_inline,
            percentage_block=self.content_block,
        )
        result = self.context.layout(child, space)
        # margins of spanners collapse with each other, not with what is in columns
        self.offset += self.strut.plus(margins.block_start).sum()
        inline = self.edges.inline_start + margins.inline_start
        self.builder.add_result(result, inline, self.offset)
        if self.first_baseline == NO_BASELINE and result.first_baseline != NO_BASELINE:
            self.first_baseline = self.offset + result.first_baseline
        self.offset += result.fragment.height
        self.strut = NO_MARGIN.plus(margins.block_end)

    def _end_spanners(self) -> None:
        self.offset += self.strut.sum()
        self.strut = NO_MARGIN

    def _finish(self) -> LayoutResult:
        edges = self.edges
        self._end_spanners()
        intrinsic = self.offset + edges.block_end
        block_size = compute_block_size(
            self.context, self.box, self.space, edges, self.inline_size, intrinsic
        )
        self.builder.percentage_block = self.content_block
        layout_out_of_flow(self.context, self.box, self.builder, edges, self.inline_size, block_size)
        fragment = self.builder.finish(self.inline_size, block_size, edges.border, edges.padding)
        fragment.column_rules = self.rules
        return LayoutResult(
            fragment,
            first_baseline=self.first_baseline,
            last_baseline=self.last_baseline,
            atomic_baseline=self.last_baseline,
            intrinsic_block=intrinsic,
            out_of_flow=self.builder.pending(),
        )


def _spans(box: Box) -> bool:
    return (
        box.style.box.column_span == ColumnSpan.ALL
        and box.element is not None
        and not box.is_floating()
        and not box.is_out_of_flow()
    )


# --- Where a flow may be broken --------------------------------------------------------------------------


def is_monolithic(fragment: Fragment) -> bool:
    """Whether a box is never broken (https://drafts.csswg.org/css-break-4/#monolithic)."""
    box = fragment.box
    if fragment.kind != FragmentKind.BOX or box is None:
        return True
    if box.kind != BoxKind.BLOCK or box.control is not None or box.is_inline_level() or box.is_out_of_flow():
        return True
    style = box.style
    if is_scroll_container(style) or style.box.break_inside != BreakInside.AUTO or is_multicol(style):
        return True
    return style.inherited.writing_mode != 0 or style.box.display == Display.INLINE_BLOCK


def _forces(value: BreakBetween) -> bool:
    return (
        value == BreakBetween.COLUMN
        or value == BreakBetween.ALWAYS
        or value == BreakBetween.ALL
        or BreakBetween.PAGE <= value <= BreakBetween.VERSO
    )


def _avoids(value: BreakBetween) -> bool:
    return value == BreakBetween.AVOID or value == BreakBetween.AVOID_COLUMN


def collect_pieces(flow: Fragment) -> list[Piece]:
    """The unbreakable parts of a flow, from top to bottom."""
    pieces: list[Piece] = []
    _collect(flow, 0.0, pieces)
    pieces.sort(key=_piece_start)
    return pieces


def _piece_start(piece: Piece) -> float:
    return piece.start


def _collect(fragment: Fragment, top: float, pieces: list[Piece]) -> None:
    lines: list[tuple[float, float]] = []
    is_after_break = False
    is_after_avoid = False
    for link in fragment.children:
        child = link.fragment
        start = top + link.y
        if child.kind == FragmentKind.LINE:
            lines.append((start, start + child.height))
            continue
        box = child.box
        if box is None or box.is_out_of_flow() or box.kind == BoxKind.OUTSIDE_MARKER:
            continue
        first = len(pieces)
        if _spans(box):
            spanner = Piece(start, start + child.height)
            spanner.spanner = box
            pieces.append(spanner)
            continue
        if is_monolithic(child):
            pieces.append(Piece(start, start + child.height))
        else:
            _collect(child, start, pieces)
            is_empty = len(pieces) == first
            _collect_rest(child, start, pieces, first)
            if not is_empty:
                # borders and paddings stay with what is next to them
                head = pieces[first]
                if head.start > start and head.spanner is None:
                    head.start = start
                    head.margin = 0.0
                elif head.spanner is not None and child.border.top + child.padding.top > 0.0:
                    edge = start + child.border.top + child.padding.top
                    pieces.insert(first, Piece(start, edge))
                tail = pieces[len(pieces) - 1]
                has_edge = child.border.bottom > 0.0 or child.padding.bottom > 0.0
                if has_edge and tail.spanner is None:
                    tail.end = max(tail.end, start + child.height)
        style = box.style.box
        if not box.is_floating():
            pieces[first].margin = max(pieces[first].margin, resolve(style.margin_top, child.width))
            pieces[first].is_forced = pieces[first].is_forced or is_after_break or _forces(style.break_before)
            if is_after_avoid or _avoids(style.break_before):
                pieces[first].avoids_before = True
            is_after_break = _forces(style.break_after)
            is_after_avoid = _avoids(style.break_after)
    if lines:
        _collect_lines(fragment, lines, pieces)


def _collect_rest(fragment: Fragment, top: float, pieces: list[Piece], first: int) -> None:
    """What a box is taller than its content may be broken anywhere."""
    last = top + fragment.border.top + fragment.padding.top
    if len(pieces) == first:
        last = top
    for index in range(first, len(pieces)):
        last = max(last, pieces[index].end)
    end = top + fragment.height
    if len(pieces) > first:
        end -= fragment.border.bottom + fragment.padding.bottom
    if end > last or len(pieces) == first:
        rest = Piece(last, max(last, end))
        rest.is_fluid = True
        pieces.append(rest)


def _collect_lines(fragment: Fragment, lines: list[tuple[float, float]], pieces: list[Piece]) -> None:
    """Lines, the first and the last ones joined as orphans and widows say (css-break-3 section 3.3)."""
    inherited = fragment.style.inherited
    count = len(lines)
    group = -1
    for index in range(count):
        start, end = lines[index]
        may_break = index == 0 or (index >= inherited.orphans and count - index >= inherited.widows)
        if may_break:
            group = len(pieces)
            pieces.append(Piece(start, end))
        else:
            pieces[group].end = max(pieces[group].end, end)
        pieces[group].lines.append(lines[index])


def _pieces_end(pieces: list[Piece], first: float) -> float:
    end = first
    for piece in pieces:
        end = max(end, piece.end)
    return end


def fill_columns(pieces: list[Piece], first: float, height: float) -> list[float]:
    """Where the flow is broken for columns of a height: the starts of the second and later columns."""
    breaks: list[float] = []
    start = first
    is_empty = True
    last_good = -1  # the piece at which a break is not to be avoided
    index = 0
    while index < len(pieces) and len(breaks) < MAX_COLUMNS:
        piece = pieces[index]
        if piece.is_forced and not is_empty:
            start = piece.start - max(0.0, piece.margin)
            breaks.append(start)
            last_good = -1
        elif piece.end - start > height + 1.0 / 64.0 and not is_empty and not piece.is_fluid:
            if piece.avoids_before and last_good >= 0:
                index = last_good
                piece = pieces[index]
            start = piece.start
            breaks.append(start)
            last_good = -1
        elif not is_empty and not piece.avoids_before:
            last_good = index
        while piece.is_fluid and piece.end - start > height + 1.0 / 64.0 and len(breaks) < MAX_COLUMNS:
            start = max(start + height, piece.start)
            breaks.append(start)
        if piece.end - start > height + 1.0 / 64.0 and len(piece.lines) > 1:
            for line in range(1, len(piece.lines)):
                line_start, line_end = piece.lines[line]
                if line_end - start > height + 1.0 / 64.0 and len(breaks) < MAX_COLUMNS:
                    start = line_start
                    breaks.append(start)
        is_empty = False
        index += 1
    return breaks


def _first_guess(pieces: list[Piece], first: float, end: float, count: int) -> float:
    """The height of the tallest column when the breaks that are left beside the forced ones are spread evenly."""
    runs: list[float] = []
    start = first
    for index in range(len(pieces)):
        piece = pieces[index]
        if piece.is_forced and index > 0:
            runs.append(piece.start - start)
            start = piece.start - max(0.0, piece.margin)
    runs.append(end - start)
    columns = [1] * len(runs)
    for _ in range(count - len(runs)):
        tallest = 0
        for index in range(len(runs)):
            if runs[index] / columns[index] > runs[tallest] / columns[tallest]:
                tallest = index
        columns[tallest] += 1
    height = 0.0
    for index in range(len(runs)):
        height = max(height, runs[index] / columns[index])
    return height


def balanced_height(pieces: list[Piece], first: float, end: float, count: int) -> float:
    """The least height at which the flow fits into `count` columns (https://drafts.csswg.org/css-multicol-1/#cf)."""
    height = _first_guess(pieces, first, end, count)
    for piece in pieces:
        if len(piece.lines) <= 1 and not piece.is_fluid:
            height = max(height, piece.end - piece.start)
    reach: list[float] = []
    lowest = first
    for piece in pieces:
        lowest = max(lowest, piece.end)
        reach.append(lowest)
    for _ in range(MAX_BALANCE_STEPS):
        starts = [first]
        starts.extend(fill_columns(pieces, first, height))
        if len(starts) <= count:
            return height
        # the smallest amount by which a column is too short for what starts the next one
        shortage = TOO_TALL
        for index in range(len(starts) - 1):
            after = bisect_right(
                reach, starts[index + 1]
            )  # the pieces up to there end before this column does
            end = _first_overflow(pieces, after, starts[index + 1], starts[index] + height)
            if end < 0.0:  # cut through: what is left over is spread
                shortage = min(shortage, max(1.0 / 64.0, (lowest - starts[count]) / count))
            elif end < TOO_TALL:
                shortage = min(shortage, end - starts[index] - height)
        if shortage >= TOO_TALL:
            return height
        height += max(shortage, 1.0 / 64.0)
    return height


def _first_overflow(pieces: list[Piece], after: int, start: float, limit: float) -> float:
    """The end of the first line or box from `start` on that `limit` cuts; TOO_TALL after a forced break, negative
    where the column ends in what may be broken anywhere. The pieces before `after` all end before `start`."""
    for index in range(after, len(pieces)):
        piece = pieces[index]
        if piece.end <= start:
            continue
        if piece.is_forced and start <= piece.start:
            return TOO_TALL
        if piece.is_fluid and piece.end > limit:
            return -1.0
        for line_start, line_end in piece.lines:
            if line_start >= start and line_end > limit:
                return line_end
        if piece.end > limit:
            return piece.end
    return TOO_TALL


# --- Cutting ------------------------------------------------------------------------------------------------


@final
class _Places:
    """Where the children of one fragment are, so that a column finds its own among many.

    Attributes:
        order: the children's indexes by their tops.
        tops: in that order; they rise.
        reach: the lowest bottom of the children up to each one in that order; they rise too.
    """

    __slots__ = ("order", "reach", "tops")

    def __init__(self, children: list[Link]) -> None:
        placed: list[tuple[float, int]] = []
        for index in range(len(children)):
            placed.append((children[index].y, index))
        placed.sort()
        self.order: Final = [index for _, index in placed]
        self.tops: Final = [top for top, _ in placed]
        self.reach: Final[list[float]] = []
        lowest = -TOO_TALL
        for _, index in placed:
            lowest = max(lowest, children[index].y, _bottom(children[index]))
            self.reach.append(lowest)


def _bottom(link: Link) -> float:
    """Where a child ends, with what overflows it, which is broken too."""
    child = link.fragment
    bottom = link.y + child.height
    if child.box is not None and not clips_overflow(child.style):
        bottom = max(bottom, link.y + child.overflow.bottom)
    return bottom


@final
class Slicer:
    """Cuts one flow into columns: thousands of columns do not each look at thousands of lines."""

    __slots__ = ("places",)

    def __init__(self) -> None:
        self.places: dict[int, _Places] = {}  # by the identity of the flow's fragments, which live as long

    def links(self, fragment: Fragment, start: float, end: float, column_end: float) -> list[Link]:
        """The children between two offsets of a flow (in its own coordinates, not moved), cut where they may be.

        `column_end`: where the column ends, which boxes that go on in the next one reach.
        """
        result: list[Link] = []
        for link in self.near(fragment, start, end):
            child = link.fragment
            if child.box is not None and child.kind == FragmentKind.BOX and _spans(child.box):
                continue
            top, bottom = link.y, _bottom(link)
            if is_monolithic(child) or (top >= start and bottom <= end):
                if start <= top < end or (start == 0.0 and top < 0.0):
                    result.append(link)
                continue
            if bottom <= start or top >= end:
                continue
            piece = self._box(child, start - top, end - top, column_end - top)
            result.append(Link(piece, link.x, max(top, start)))
        return result

    def near(self, fragment: Fragment, start: float, end: float) -> list[Link]:
        """The children, in their order, without most of those that are not between the two offsets."""
        children = fragment.children
        if len(children) < MANY_CHILDREN:
            return children
        places = self.places.get(id(fragment))
        if places is None:
            places = self.places[id(fragment)] = _Places(children)
        first = bisect_left(places.reach, start) if start != 0.0 else 0
        near = places.order[first : max(first, bisect_left(places.tops, end))]
        near.sort()
        return [children[index] for index in near]

    def _box(self, fragment: Fragment, start: float, end: float, column_end: float) -> Fragment:
        """The part of a box between two offsets: the first one has its top edge, the last one its bottom edge."""
        low = max(0.0, start)
        high = fragment.height if end >= fragment.height else max(column_end, low)
        piece = Fragment(FragmentKind.BOX, fragment.box, fragment.style, fragment.width, max(0.0, high - low))
        is_first, is_last = start <= 0.0, end >= fragment.height
        border, padding = fragment.border, fragment.padding
        piece.border = Edges(
            border.top if is_first else 0.0, border.right, border.bottom if is_last else 0.0, border.left
        )
        piece.padding = Edges(
            padding.top if is_first else 0.0, padding.right, padding.bottom if is_last else 0.0, padding.left
        )
        piece.has_start_edge = is_first
        piece.has_end_edge = is_last
        left, top, right, bottom = 0.0, 0.0, piece.width, piece.height
        for link in self.links(fragment, start, end, column_end):
            y = link.y - low
            piece.children.append(Link(link.fragment, link.x, y))
            overflow = overflow_in_parent(link.fragment)
            left, top = min(left, link.x + overflow.x), min(top, y + overflow.y)
            right, bottom = max(right, link.x + overflow.right), max(bottom, y + overflow.bottom)
        piece.overflow = Rect(left, top, right - left, bottom - top)
        return piece
