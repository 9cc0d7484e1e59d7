"""Rows of columns between the boxes that span them all (https://drafts.csswg.org/css-multicol-1/#column-row).

As Blink's ColumnLayoutAlgorithm: balanced columns are as tall as the content divided evenly, then taller by the least
amount that lets one more thing fit, until all fits and no break is a bad one. In a column of another container rows
end with that column, and go on in the next.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final, final

from ...css.keywords import BorderStyle, ColumnFill
from ...geometry import Rect
from ..block_margins import auto_margin
from ..box import Box
from ..constraint_space import (
    INDEFINITE,
    NO_BASELINE,
    NO_MARGIN,
    ConstraintSpace,
    LayoutResult,
    MarginStrut,
    OutOfFlow,
)
from ..driver import LayoutContext
from ..fragment import Fragment, FragmentKind
from ..fragment_builder import FragmentBuilder
from ..sizing import resolve_margins
from .balance import first_guess
from .breaks import TOLERANCE, TOO_TALL, BreakAppeal, BreakToken, Cut, forces_break
from .content import ColumnContent, ColumnPart
from .fragmenter import Fragmenter, NestedColumns

MAX_COLUMNS: Final = 1_000
"""Columns of one container: overflowing columns of a height of a fraction of a pixel would have no end."""

MAX_BALANCE_STEPS: Final = 64
"""Heights that balancing tries; each one adds the smallest amount that lets one more thing fit."""

MAX_NESTED_BALANCE_STEPS: Final = 8
"""The same for a container that an outer one breaks: there each height of the outer one tries its own."""

MAX_NESTED_COLUMNS: Final = 100
"""Overflowing columns of a container that an outer one breaks, for the same reason."""

MAX_TRIED_COLUMNS: Final = 2_000
"""Columns that one row makes for all the heights that it tries: with more of them it takes what it has."""

ENOUGH_TOO_MANY: Final = 8
"""Columns beyond the wanted number after which a height is known to be too small."""


@final
class _Attempt:
    """Columns of one height."""

    __slots__ = ("anchors", "appeal", "cuts", "forced", "is_complete", "is_violating", "shortage", "spanner")

    def __init__(self) -> None:
        self.cuts: list[Cut] = []
        self.anchors: list[tuple[float, int, float]] = []
        self.forced: int = 0
        self.spanner: Fragment | None = None
        self.is_violating: bool = False
        self.is_complete: bool = True
        self.appeal: BreakAppeal = BreakAppeal.PERFECT
        self.shortage: float = TOO_TALL

    def token(self) -> BreakToken | None:
        """Where the flow goes on after these columns."""
        return self.cuts[-1].token if self.cuts else None


@final
class ColumnRows:
    """The rows of one container, or of its part in one column of an outer container.

    Attributes:
        at: where that part starts in the outer column. fragment: the container as a whole, where it is broken.
        offset: from the part's border-box top, where the next row goes.
        rules: the column rules. last_row: where the last row is, if no spanner comes after it.
        tallest: the tallest thing in the columns that is not to be broken.
        appeal: of the break that ends the last row. is_forced: it was asked for.
        overflow: spanners that have ended, whose content goes on in the next outer column.
    """

    def __init__(
        self,
        content: ColumnContent,
        context: LayoutContext,
        builder: FragmentBuilder,
        nested: NestedColumns,
        outer: Fragmenter | None,
    ) -> None:
        self.content: Final = content
        self.context: Final = context
        self.builder: Final = builder
        self.nested: Final = nested
        self.outer: Final = outer
        self.at: float = 0.0
        self.fragment: Fragment | None = None
        self.offset: float = 0.0
        self.consumed: float = 0.0  # of the content box, by earlier parts
        self.start: float = 0.0
        self.strut: MarginStrut = NO_MARGIN
        self.rules: Final[list[Rect]] = []
        self.last_row: float = TOO_TALL
        self.tallest: float = 0.0
        self.steps: int = 0
        self.appeal: BreakAppeal = BreakAppeal.PERFECT
        self.is_forced: bool = False
        self.is_after_forced: bool = False
        self.overflow: Final[list[tuple[Box, BreakToken]]] = []
        self.first_baseline: float = NO_BASELINE
        self.last_baseline: float = NO_BASELINE

    def lay_out(self, token: BreakToken | None) -> BreakToken | None:
        """Lay out from `token` on what there is room for; where it goes on."""
        edges = self.content.edges
        part = 0
        flow: BreakToken | None = None
        spanner: BreakToken | None = None
        if token is None:
            self.start = self.offset = edges.block_start + self.content.legend_room
        else:
            part, flow, spanner = token.part, token.flow, token.spanner
            self.start = self.offset = edges.block_start if self.content.is_cloned() else 0.0
            self.consumed = max(0.0, token.consumed - edges.block_start - self.content.legend_room)
            self._go_on_overflowing(token.overflow)
        parts = self.content.parts
        while part < len(parts):
            current = parts[part]
            if current.spanner is not None:
                result = self.context.layout(current.spanner, self._spanner_space())
                rest = self._spanner(current.spanner, result, spanner)
                if rest is not None:
                    rest.part = part
                    return rest
                spanner = None
                part += 1
                continue
            stop = self._flow(current, part, flow, spanner)
            if stop is not None:
                return stop
            flow = spanner = None
            part += 1
        self._end_spanners()
        return None

    def _flow(
        self, part: ColumnPart, number: int, flow: BreakToken | None, spanner: BreakToken | None
    ) -> BreakToken | None:
        """The rows of one flow, and the boxes in it that span all columns. Where an outer column ends it."""
        pending_spanner = spanner
        waits_for_spanner = spanner is not None
        while True:
            if waits_for_spanner and pending_spanner is not None and pending_spanner.spanner_box is not None:
                found = pending_spanner.spanner_box
                state = pending_spanner if pending_spanner.is_begun else None
            else:
                stop, shown = self._row(part, flow)
                if stop is not None and shown is None:
                    stop.part = number
                    return stop
                if shown is None or shown.spanner is None or shown.spanner.box is None:
                    return None
                flow = shown.token
                found = shown.spanner.box
                state = None
            result = self.context.layout(found, self._spanner_space())
            rest = self._spanner(found, result, state)
            if rest is not None:
                rest.part = number
                rest.flow = flow
                if rest.spanner is None:
                    rest.spanner = BreakToken()
                    rest.spanner.is_begun = False
                rest.spanner.spanner_box = found
                return rest
            waits_for_spanner = False
            if flow is None:
                return None

    # --- One row ----------------------------------------------------------------------------------

    def _room(self) -> float:
        """What is left of the outer column."""
        outer = self.outer
        if outer is None:
            return TOO_TALL
        edge = self.content.edges.block_end if self.content.is_cloned() else 0.0
        return outer.limit - self.at - self.offset - self.strut.sum() - edge

    def _height_left(self) -> float:
        """What is left of the container's own block size: TOO_TALL where nothing limits it."""
        limit = self.content.max_block
        if limit >= TOO_TALL:
            return TOO_TALL
        return max(0.0, limit - self.consumed - (self.offset - self.start) - self.strut.sum())

    def _row(self, part: ColumnPart, token: BreakToken | None) -> tuple[BreakToken | None, Cut | None]:
        """One row: where an outer column ends it, or the last column where a spanner does."""
        result = part.result
        if result is None:
            return None, None
        content = self.content
        fragmenter = Fragmenter(self.nested)
        room, left = self._room(), self._height_left()
        is_filled = content.box.style.box.column_fill == ColumnFill.AUTO and (
            left < TOO_TALL or room < TOO_TALL / 2.0
        )
        may_go_on = room < TOO_TALL / 2.0 and left > room + TOLERANCE
        if may_go_on and room <= 0.0 and (self.at > 0.0 or self.offset > self.start):
            stop = BreakToken()
            stop.flow = token
            self.appeal = BreakAppeal.PERFECT if self.offset > self.start else BreakAppeal.LAST_RESORT
            return stop, None
        limit = max(0.0, min(room, left))
        is_shrunk = is_filled and left >= TOO_TALL
        runs, is_spanned = self._runs(result.fragment, token, fragmenter)
        self.tallest = max(self.tallest, fragmenter.tallest)
        total = sum(runs)
        if is_spanned:
            is_filled = False
        if total > 0.0 or token is None:
            self._end_spanners()
        height = limit if is_filled else min(limit, max(first_guess(runs, content.count), fragmenter.tallest))
        attempt = self._attempt(result.fragment, token, fragmenter, height, may_go_on, is_final=is_filled)
        steps = 0
        most = MAX_BALANCE_STEPS if self.outer is None else MAX_NESTED_BALANCE_STEPS
        while not is_filled and steps < most and fragmenter.made < MAX_TRIED_COLUMNS:
            steps += 1
            is_over = len(attempt.cuts) > content.count or (may_go_on and self._is_unfinished(attempt))
            if not is_over and not attempt.is_violating:
                break
            if content.count <= attempt.forced + 1:
                taller = limit if self.outer is not None and may_go_on else height
            else:
                taller = height + (attempt.shortage if attempt.shortage < TOO_TALL else 0.0)
            taller = min(taller, limit)
            if taller <= height:
                break
            height = taller
            attempt = self._attempt(result.fragment, token, fragmenter, height, may_go_on, is_final=False)
        if not attempt.is_complete:
            attempt = self._attempt(result.fragment, token, fragmenter, height, may_go_on, is_final=True)
        self.steps += fragmenter.steps
        goes_on = may_go_on and self._is_unfinished(attempt)
        if self.outer is not None and goes_on:
            self.note_shortage(attempt.shortage)
        if goes_on and not is_shrunk:
            height = max(height, 0.0)
        self._place(result.first_baseline, attempt, height, is_first=token is None)
        if result.out_of_flow:
            self._add_pending(result.out_of_flow, attempt, token)
        if is_shrunk and not goes_on:
            used = 0.0
            for cut in attempt.cuts:
                used = max(used, cut.piece.height if cut.token is not None else _content_end(cut.piece))
            height = min(height, used)
        self.offset += min(max(1.0, height), limit) if total > 0.0 else height
        self.is_after_forced = False
        if goes_on:
            stop = BreakToken()
            stop.flow = attempt.token()
            self.appeal = attempt.appeal
            return stop, None
        return None, attempt.cuts[-1]

    def _is_unfinished(self, attempt: _Attempt) -> bool:
        return attempt.token() is not None and attempt.spanner is None

    def _runs(
        self, flow: Fragment, token: BreakToken | None, fragmenter: Fragmenter
    ) -> tuple[list[float], bool]:
        """The heights of the content between forced breaks, and whether it ends with a spanner."""
        fragmenter.limit = TOO_TALL
        runs: list[float] = []
        while True:
            cut = fragmenter.column_of(flow, token)
            runs.append(max(cut.piece.height, fragmenter.reach))
            token = cut.token
            if token is None or cut.spanner is not None or len(runs) >= MAX_COLUMNS:
                return runs, cut.spanner is not None

    def _attempt(
        self,
        flow: Fragment,
        token: BreakToken | None,
        fragmenter: Fragmenter,
        height: float,
        may_go_on: bool,
        *,
        is_final: bool,
    ) -> _Attempt:
        """Fill columns of one height."""
        attempt = _Attempt()
        fragmenter.limit = max(1.0, height)  # or there would be columns without end
        fragmenter.shortage = TOO_TALL
        fragmenter.column = 0
        fragmenter.anchors = attempt.anchors
        fragmenter.keeps_anchors = True
        wanted = self.content.count
        most = MAX_COLUMNS if self.outer is None else max(wanted, MAX_NESTED_COLUMNS)
        while len(attempt.cuts) < most:
            cut = fragmenter.column_of(flow, token)
            attempt.cuts.append(cut)
            token = cut.token
            if cut.spanner is not None:
                attempt.spanner = cut.spanner
                break
            if token is None:
                break
            if cut.is_forced:
                attempt.forced += 1
            elif cut.breaks_flow():
                attempt.appeal = cut.appeal
                attempt.is_violating = attempt.is_violating or cut.appeal < BreakAppeal.PERFECT
            if may_go_on and len(attempt.cuts) >= wanted:
                break
            if not is_final and len(attempt.cuts) > wanted + ENOUGH_TOO_MANY:
                attempt.is_complete = False
                break
        attempt.shortage = fragmenter.shortage
        return attempt

    def note_shortage(self, shortage: float) -> None:
        """The outer column is too short by this."""
        if self.outer is not None and shortage > 0.0:
            self.outer.shortage = min(self.outer.shortage, shortage)

    # --- Placing ----------------------------------------------------------------------------------

    def _place(self, first_baseline: float, attempt: _Attempt, height: float, *, is_first: bool) -> None:
        content = self.content
        self.last_row = self.offset
        for index, cut in enumerate(attempt.cuts):
            inline = content.edges.inline_start + content.column_offset(index)
            self.builder.add(cut.piece, inline, self.offset)
            if index > 0 and self._has_rule():
                self._rule(index, height)
        if first_baseline == NO_BASELINE:
            return
        if self.first_baseline == NO_BASELINE and is_first:
            self.first_baseline = self.offset + first_baseline
        last = _last_baseline(attempt.cuts[-1].piece)
        if last != NO_BASELINE:
            self.last_baseline = self.offset + last

    def _has_rule(self) -> bool:
        paint = self.content.box.style.paint
        return paint.column_rule_width > 0.0 and paint.column_rule_style > BorderStyle.HIDDEN

    def _rule(self, index: int, height: float) -> None:
        """The rule in the gap before a column."""
        content = self.content
        width = content.box.style.paint.column_rule_width
        inline = content.edges.inline_start + content.column_offset(index) - content.gap / 2.0 - width / 2.0
        x = inline
        if self.builder.direction.is_inline_reversed():
            x = content.inline_size - inline - width
        self.rules.append(Rect(x, self.offset, width, height))

    def long_rules(self, end: float) -> list[Rect]:
        """The column rules: those of a last row go on to the end of the content box."""
        rules: list[Rect] = []
        for rule in self.rules:
            if rule.y >= self.last_row and end > rule.bottom:
                rules.append(Rect(rule.x, rule.y, rule.width, end - rule.y))
            else:
                rules.append(rule)
        return rules

    def _add_pending(
        self, pending: tuple[OutOfFlow, ...], attempt: _Attempt, token: BreakToken | None
    ) -> None:
        """Positioned boxes whose containing block is further out: their static positions are in columns."""
        content = self.content
        anchors = attempt.anchors
        first = anchors[0][0] if anchors else 0.0
        end = self._row_end(attempt) if attempt.spanner is not None and anchors else TOO_TALL
        anchors.sort(key=_flow_offset)
        tops = [anchor[0] for anchor in anchors]
        for item in pending:
            if (token is not None and item.block_offset < first) or item.block_offset > end:
                continue  # it is in another row
            column, block = 0, item.block_offset
            at = bisect_right(tops, item.block_offset + TOLERANCE) - 1
            if at >= 0:
                flow_top, column, place = anchors[at]
                block = place + item.block_offset - flow_top
            inline = content.edges.inline_start + content.column_offset(column)
            self.builder.add_out_of_flow((item,), inline, self.offset + block - item.block_offset)

    def _row_end(self, attempt: _Attempt) -> float:
        """Where a spanner ends the row, in the flow."""
        flow_top, _, place = attempt.anchors[-1]
        return flow_top + max(0.0, attempt.cuts[-1].piece.height - place)

    # --- Spanners ---------------------------------------------------------------------------------

    def _spanner_space(self) -> ConstraintSpace:
        inline = self.content.content_inline
        return ConstraintSpace(
            inline,
            INDEFINITE,
            percentage_inline=inline,
            percentage_block=self.content.content_block,
        )

    def _spanner(self, box: Box, result: LayoutResult, token: BreakToken | None) -> BreakToken | None:
        """A box across all columns: a formatting context of its own, its margins do not collapse with columns.

        Where it goes on in the next outer column, if it does.
        """
        content, outer, fragment = self.content, self.outer, result.fragment
        margins = resolve_margins(fragment.style, content.content_inline, self.builder.direction)
        if token is None:
            # margins of spanners collapse with each other, not with what is in columns
            top = self.offset + self.strut.plus(margins.block_start).sum()
            if self.consumed > 0.0 and self.offset == self.start and outer is not None:
                top = self.offset  # a break takes margins away
        else:
            top = self.offset
        inline = content.edges.inline_start + auto_margin(
            box, content.box.style, content.content_inline, margins, fragment.width
        )
        piece = fragment
        if outer is not None and self.fragment is not None:
            place = self.at + top
            has_content = self.offset > self.start
            if token is None and has_content and place > TOLERANCE and self._is_forced(fragment):
                self.is_forced = True
                return BreakToken()
            cut = outer.parallel(fragment, self.fragment, token, place)
            piece = cut.piece
            overflow = place + piece.height - outer.limit if cut.token is None else 0.0
            is_bad = cut.breaks_flow() and cut.appeal < BreakAppeal.PERFECT
            if token is None and place > TOLERANCE and (overflow > TOLERANCE or is_bad):
                self.note_shortage(overflow)
                self.appeal = BreakAppeal.PERFECT if self.offset > self.start else BreakAppeal.LAST_RESORT
                return BreakToken()
            if cut.token is not None and cut.token.is_at_end:
                self.overflow.append((box, cut.token))
            elif cut.token is not None:
                self.builder.add(piece, inline, top)
                stop = BreakToken()
                stop.spanner = cut.token
                cut.token.is_begun = True
                self.appeal = cut.appeal
                return stop
        self.builder.add(piece, inline, top)
        self.last_row = TOO_TALL
        if self.first_baseline == NO_BASELINE and result.first_baseline != NO_BASELINE:
            self.first_baseline = top + result.first_baseline
        if result.out_of_flow and outer is None:
            self.builder.add_out_of_flow(result.out_of_flow, inline, top)
        self.is_after_forced = forces_break(fragment.style.box.break_after)
        self.offset = top + piece.height
        self.strut = NO_MARGIN.plus(margins.block_end)
        return None

    def _is_forced(self, spanner: Fragment) -> bool:
        """Whether a spanner is to begin in the next outer column."""
        return self.is_after_forced or forces_break(spanner.style.box.break_before)

    def _go_on_overflowing(self, overflow: list[tuple[Box, BreakToken]]) -> None:
        """What overflows spanners that have ended in an earlier outer column."""
        outer, whole = self.outer, self.fragment
        if outer is None or whole is None:
            return
        for box, token in overflow:
            fragment = self.context.layout(box, self._spanner_space()).fragment
            cut = outer.parallel(fragment, whole, token, self.at)
            self.builder.add(cut.piece, self.content.edges.inline_start, 0.0)
            if cut.token is not None:
                self.overflow.append((box, cut.token))

    def _end_spanners(self) -> None:
        self.offset += self.strut.sum()
        self.strut = NO_MARGIN


def _flow_offset(anchor: tuple[float, int, float]) -> float:
    return anchor[0]


def _content_end(piece: Fragment) -> float:
    return piece.height


def _last_baseline(fragment: Fragment) -> float:
    """The baseline of the last line in a piece, from its top; NO_BASELINE where there is none."""
    if fragment.kind == FragmentKind.LINE:
        return fragment.baseline
    for link in reversed(fragment.children):
        child = link.fragment
        if child.box is not None and (child.box.is_out_of_flow() or child.box.is_floating()):
            continue
        baseline = _last_baseline(child)
        if baseline != NO_BASELINE:
            return link.y + baseline
    return NO_BASELINE
