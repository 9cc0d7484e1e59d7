"""Cuts a flow that was laid out as one tall strip into columns (https://drafts.csswg.org/css-break-4/).

As Blink's block fragmentation, on fragments instead of boxes: a box that is pushed to the next column takes what
comes after it along, what stands side by side is broken side by side, and where a break is against what the styles
ask for, the column is made once more with the best break that was found in it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final, final

from ...css.keywords import BoxDecorationBreak
from ...geometry import Edges, Rect
from ..box import BoxKind
from ..css_predicates import clips_overflow
from ..fragment import BoxSlice, CollapsedBorder, ColumnSource, Fragment, FragmentKind, Link
from ..fragment_builder import overflow_in_parent
from .breaks import (
    TOLERANCE,
    TOO_TALL,
    BreakAppeal,
    BreakToken,
    ChildToken,
    Cut,
    RowToken,
    avoids_break_inside,
    is_monolithic,
)
from .flow import BreakValues, Entry, FlowPlan, edge_margin, make_plan


class NestedColumns(ABC):
    """Lays the rows of a multi-column container out that is in a column itself."""

    @abstractmethod
    def cut(
        self, fragment: Fragment, source: ColumnSource, token: BreakToken | None, at: float, outer: Fragmenter
    ) -> Cut:
        """The part of the container in one column of `outer`, from `at` on."""


@final
class BestBreak:
    """The best place for a break in a box so far, and of those the last one: before an entry of a box in it."""

    __slots__ = ("appeal", "box", "entry")

    def __init__(self) -> None:
        self.appeal: BreakAppeal = BreakAppeal.LAST_RESORT
        self.box: int = 0
        self.entry: int = -1

    def note(self, appeal: BreakAppeal, box: int, entry: int) -> None:
        """The column could be broken here."""
        if appeal > BreakAppeal.LAST_RESORT and appeal >= self.appeal:
            self.appeal = appeal
            self.box = box
            self.entry = entry


@final
class Fragmenter:
    """Cuts one flow, column by column.

    Attributes:
        limit: the block size of the columns.
        shortage: the least amount that columns would have to be taller for one more thing to fit.
        tallest: the tallest thing that is not to be broken. reach: how far the content of this column goes.
        anchors: what stands where: offsets in the flow, the column, offsets in the column (for static positions).
        column: which one is being made. made: all columns, of all heights that were tried.
        steps: boxes that were cut in them.
    """

    def __init__(self, nested: NestedColumns, depth: int = 0) -> None:
        self.nested: Final = nested
        self.depth: Final = depth
        self.limit: float = TOO_TALL
        self.shortage: float = TOO_TALL
        self.tallest: float = 0.0
        self.reach: float = 0.0
        self.steps: int = 0
        self.anchors: list[tuple[float, int, float]] = []
        self.keeps_anchors: bool = False
        self.column: int = 0
        self.made: int = 0
        self._plans: Final[dict[int, FlowPlan]] = {}  # by the identity of fragments, which live as long
        self._values: Final = BreakValues()
        self._target_box: int = 0
        self._target_entry: int = -1

    def column_of(self, flow: Fragment, token: BreakToken | None) -> Cut:
        """The next column of a flow."""
        self.reach = 0.0
        cut = self._box(flow, None, token, 0.0, 0.0, BestBreak(), avoids=False)
        self.column += 1
        self.made += 1
        return cut

    def parallel(self, fragment: Fragment, parent: Fragment, token: BreakToken | None, at: float) -> Cut:
        """A box beside others: where it is broken is its own business."""
        return self.child(fragment, parent, token, at, TOO_TALL, BestBreak(), avoids=False)

    def child(
        self,
        fragment: Fragment,
        parent: Fragment,
        token: BreakToken | None,
        at: float,
        flow_top: float,
        best: BestBreak,
        *,
        avoids: bool,
    ) -> Cut:
        """The part of a child that is in this column, from `at` on."""
        source = fragment.columns
        if source is not None and not is_monolithic(fragment):
            self.steps += 1
            if token is None and at + fragment.height <= self.limit + TOLERANCE and not source.breaks_outer:
                cut = Cut(fragment)
                self.tallest = max(self.tallest, source.tallest)
            else:
                cut = self.nested.cut(fragment, source, token, at, self)
        elif is_monolithic(fragment):
            cut = Cut(fragment)
            self.tallest = max(self.tallest, fragment.height)
        else:
            cut = self._box(fragment, parent, token, at, flow_top, best, avoids=avoids)
        if avoids_break_inside(fragment):
            self.tallest = max(self.tallest, fragment.height)
            if cut.token is not None and not cut.is_forced:
                cut.appeal = min(cut.appeal, BreakAppeal.AVOIDED)
        return cut

    def plan(self, fragment: Fragment, parent: Fragment | None) -> FlowPlan:
        """The children of a box, sorted out once."""
        plan = self._plans.get(id(fragment))
        if plan is None:
            spans = parent is None or self.plan(parent, None).spans
            plan = self._plans[id(fragment)] = make_plan(fragment, parent, spans, self._values)
        return plan

    def _box(
        self,
        fragment: Fragment,
        parent: Fragment | None,
        token: BreakToken | None,
        at: float,
        flow_top: float,
        best: BestBreak,
        *,
        avoids: bool,
    ) -> Cut:
        self.steps += 1
        anchors = len(self.anchors)
        inside = avoids or avoids_break_inside(fragment)
        part = BoxPart(self, fragment, parent, token, at, flow_top, avoids=inside)
        cut = part.cut()
        found = part.best
        if (
            found.entry >= 0
            and self._target_entry < 0
            and cut.breaks_flow()
            and not cut.is_forced
            and cut.spanner is None
            and found.appeal > cut.appeal
        ):
            # There was a better place for a break. NOTE: only one level is made again, or each would double the work.
            del self.anchors[anchors:]
            self._target_box, self._target_entry = found.box, found.entry
            cut = BoxPart(self, fragment, parent, token, at, flow_top, avoids=inside).cut()
            cut.appeal = found.appeal
            self._target_entry = -1
        if found.entry >= 0:
            best.note(found.appeal, found.box, found.entry)
        return cut

    def is_target(self, fragment: Fragment, entry: int) -> bool:
        """Whether a column that is made again is to be broken before this entry of a box."""
        return self._target_entry == entry and self._target_box == id(fragment)


@final
class BoxPart:
    """The part of one box that is in one column. Offsets are from the top of this part, unless named flow."""

    def __init__(
        self,
        fragmenter: Fragmenter,
        fragment: Fragment,
        parent: Fragment | None,
        token: BreakToken | None,
        at: float,
        flow_top: float,
        *,
        avoids: bool,
    ) -> None:
        self.fragmenter: Final = fragmenter
        self.fragment: Final = fragment
        self.token: Final = token
        self.at: Final = at
        self.plan: Final = fragmenter.plan(fragment, parent)
        self.flow_top: Final = flow_top
        self.best: Final = BestBreak()
        self.avoids: Final = avoids
        border, padding = fragment.border, fragment.padding
        is_cloned = fragment.style.box.box_decoration_break == BoxDecorationBreak.CLONE
        self.is_cloned: Final = is_cloned
        self.top_edge: Final = border.top + padding.top if token is None or is_cloned else 0.0
        self.bottom_edge: Final = border.bottom + padding.bottom
        self.room: Final = fragmenter.limit - at
        self.consumed: Final = 0.0 if token is None else token.consumed
        self.is_past_end: Final = token is not None and token.is_at_end
        self.next: BreakToken = BreakToken()
        self.links: Final[list[tuple[int, Link]]] = []
        self.base: float = 0.0  # of the unbroken flow: what stands at the top of this part
        self.end: float = self.top_edge  # how far the flow has come
        self.floats_end: float = 0.0
        self.breaks_float: bool = False
        self.lines: int = 0  # in this part
        self.lines_top: float = 0.0
        self.has_content: bool = False
        self.is_broken: bool = False
        self.result: Final = Cut(fragment)

    def limit(self) -> float:
        """Where the children of this part have to end, in the column."""
        return self.fragmenter.limit - (self.bottom_edge if self.is_cloned else 0.0)

    # --- The flow ---------------------------------------------------------------------------------

    def cut(self) -> Cut:
        """Lay out what fits."""
        token, plan = self.token, self.plan
        first = 0
        if token is not None:
            first = token.next
            for child in token.loose:
                self._loose(child.index, self.top_edge, child)
            if token.row is not None:
                self._row(token.row.entry, token.row)
            elif first < len(plan.entries):
                entry = plan.entries[first]
                self.base = entry.top - self.top_edge
                if token.is_forced and not entry.is_line and not entry.is_loose:
                    first_child = self.fragment.children[entry.items[0]].fragment
                    self.base -= edge_margin(first_child, from_end=False)
        index = first
        while index < len(plan.entries) and not self.is_broken:
            entry = plan.entries[index]
            if entry.is_marker:
                link = self.fragment.children[entry.items[0]]
                self.links.append((entry.items[0], Link(link.fragment, link.x, link.y - self.base)))
            elif entry.is_loose:
                self._loose(entry.items[0], entry.top - self.base, None)
            elif not self._row(index, None):
                break
            index += 1
        self.next.next = index
        return self._finish()

    def _appeal_before(self, index: int) -> BreakAppeal:
        """How good a break before an entry would be."""
        entry = self.plan.entries[index]
        if not self.has_content:
            return BreakAppeal.LAST_RESORT
        appeal = BreakAppeal.PERFECT
        if entry.is_line and self.plan.lines > 1:
            inherited = self.fragment.style.inherited
            missing = max(0, inherited.widows - self._lines_from(index))
            # widows are only held where that leaves the orphans
            if 0 < self.lines < inherited.orphans or 0 < missing <= self.lines - inherited.orphans:
                appeal = BreakAppeal.LINES
        if entry.is_avoided or self.avoids:
            appeal = BreakAppeal.AVOIDED
        return appeal

    def _lines_from(self, index: int) -> int:
        entries = self.plan.entries
        if self.plan.lines == len(entries):
            return len(entries) - index
        count = 0
        for later in range(index, len(entries)):
            if entries[later].is_line:
                count += 1
        return count

    def _row(self, index: int, resumed: RowToken | None) -> bool:
        """Place what fits of one entry, or break before it: whether anything of it is in this column."""
        entry = self.plan.entries[index]
        fragmenter = self.fragmenter
        top = self.top_edge if resumed is not None else entry.top - self.base
        place = self.at + top
        if resumed is None:
            if self.has_content and (entry.is_forced or fragmenter.is_target(self.fragment, index)):
                if entry.is_forced:
                    self.result.is_forced = self.next.is_forced = True
                    if fragmenter.limit >= TOO_TALL:
                        before = self.fragment.children[self.plan.entries[index - 1].items[0]].fragment
                        self.end += edge_margin(before, from_end=True)
                self.is_broken = True
                return False
            child = self.fragment.children[entry.items[0]].fragment
            if self.plan.spans and child.box is not None and child.box.is_column_spanner:
                self._spanner(child, index)
                return True
        if fragmenter.keeps_anchors and self.flow_top < TOO_TALL:
            self._anchor(entry, resumed, place)
        links = len(self.links)
        if len(entry.items) == 1 and self._is_block_flow():
            is_kept = self._single(index, entry, resumed, top)
        else:
            is_kept = self._side_by_side(index, entry, resumed, top)
        if not is_kept:
            del self.links[links:]
            self.next.row = None
            return False
        self.has_content = True
        if entry.is_line:
            self._count_line(entry)
        return True

    def _anchor(self, entry: Entry, resumed: RowToken | None, place: float) -> None:
        """What stands at a place of the column."""
        consumed = 0.0
        if resumed is not None:
            token = resumed.children[0].token if len(resumed.children) == 1 else None
            if token is None or token.row is not None or token.is_forced:
                return  # what is inside says it better
            consumed = token.consumed
        fragmenter = self.fragmenter
        fragmenter.anchors.append((self.flow_top + entry.top + consumed, fragmenter.column, place))

    def _count_line(self, entry: Entry) -> None:
        """The first lines are not to be parted, which columns have to be tall enough for."""
        self.lines += 1
        if self.lines == 1:
            self.lines_top = entry.top
        if self.lines <= self.fragment.style.inherited.orphans:
            self.fragmenter.tallest = max(self.fragmenter.tallest, entry.bottom - self.lines_top)

    def _is_block_flow(self) -> bool:
        box = self.fragment.box
        return box is None or (
            box.kind == BoxKind.BLOCK or box.kind == BoxKind.TABLE_CELL or box.kind == BoxKind.TABLE_CAPTION
        )

    def _spanner(self, child: Fragment, index: int) -> None:
        """A box across all columns ends the column before it; what comes after it goes on in the next row."""
        self.result.spanner = child
        self.is_broken = True
        self.next.is_forced = True
        # `next` is to be the entry after it
        self.next.row = RowToken(index, [], 0.0)

    def _breaks_before(self, index: int, appeal: BreakAppeal) -> None:
        self.is_broken = True
        self.result.appeal = appeal

    def _single(self, index: int, entry: Entry, resumed: RowToken | None, top: float) -> bool:
        """A box of a block flow, or a line. Whether it is kept in this column."""
        fragmenter = self.fragmenter
        item = entry.items[0]
        link = self.fragment.children[item]
        child = link.fragment
        place = self.at + top
        token = resumed.children[0].token if resumed is not None and resumed.children else None
        flow_top = self.flow_top + entry.top if self.flow_top < TOO_TALL else TOO_TALL
        cut = fragmenter.child(child, self.fragment, token, place, flow_top, self.best, avoids=self.avoids)
        height = cut.piece.height
        is_whole = cut.token is None
        if not cut.breaks_flow() or resumed is not None:
            overflow = place + height - self.limit() if is_whole else 0.0
            refuses = place <= TOLERANCE or resumed is not None
            appeal = self._appeal_before(index) if not refuses else BreakAppeal.LAST_RESORT
            if overflow > TOLERANCE:
                if place + height > self.limit():
                    fragmenter.shortage = min(fragmenter.shortage, overflow)
                if not refuses:
                    self._breaks_before(index, appeal)
                    return False
            elif not refuses:
                self.best.note(appeal, id(self.fragment), index)
        elif cut.spanner is not None:
            # The edges before a box across all columns have to fit too.
            overflow = place + height - self.limit()
            if overflow > TOLERANCE:
                fragmenter.shortage = min(fragmenter.shortage, overflow)
                if place > TOLERANCE:
                    self._breaks_before(index, self._appeal_before(index))
                    return False
        elif not cut.is_forced:
            refuses = place <= TOLERANCE
            appeal = self._appeal_before(index)
            if not refuses:
                is_fine = cut.appeal >= appeal and (self.best.entry < 0 or cut.appeal >= self.best.appeal)
                if not is_fine:
                    self._breaks_before(index, appeal)
                    return False
                self.best.note(appeal, id(self.fragment), index)
        if (
            cut.spanner is None or height > 0.0 or cut.piece.children
        ):  # what only holds a spanner is not there yet
            self.links.append((item, Link(cut.piece, link.x, top + link.y - entry.top)))
        shown = top + height
        self._reaches(child, shown)
        if cut.token is not None:
            if cut.breaks_flow():
                self.next.row = RowToken(index, [ChildToken(item, cut.token)], 0.0)
                self._breaks_inside(cut)
                self.end = max(self.end, shown)
                return True
            self.next.loose.append(ChildToken(item, cut.token))
        self._advance(entry, shown)
        return True

    def _breaks_inside(self, cut: Cut) -> None:
        self.is_broken = True
        self.result.appeal = cut.appeal
        self.result.is_forced = cut.is_forced
        self.result.spanner = cut.spanner

    def _advance(self, entry: Entry, shown: float) -> None:
        """An entry ends here."""
        self.base = entry.bottom - shown
        self.end = max(self.end, shown)

    def _reaches(self, child: Fragment, shown: float) -> None:
        fragmenter = self.fragmenter
        if child.kind == FragmentKind.BOX and is_monolithic(child) and not clips_overflow(child.style):
            shown = max(shown, shown - child.height + child.overflow.bottom)
        fragmenter.reach = max(fragmenter.reach, self.at + shown)

    def _side_by_side(self, index: int, entry: Entry, resumed: RowToken | None, top: float) -> bool:
        """Boxes of one row: each is broken on its own, and the row ends with the last of them."""
        fragmenter = self.fragmenter
        place = self.at + top
        consumed = resumed.consumed if resumed is not None else 0.0
        going: list[ChildToken] = []
        waiting: list[ChildToken] = []
        if resumed is not None:
            going.extend(resumed.children)
        else:
            for item in entry.items:
                going.append(ChildToken(item, None, self.plan.tops[item] - entry.top))
        refuses = place <= TOLERANCE or resumed is not None
        before = BreakAppeal.LAST_RESORT if refuses else self._appeal_before(index)
        appeal = BreakAppeal.PERFECT
        end = top
        ended: list[ChildToken] = []
        for state in going:
            link = self.fragment.children[state.index]
            child_top = top + state.skip
            if state.token is None and self.at + child_top >= fragmenter.limit and state.skip > 0.0:
                waiting.append(
                    ChildToken(state.index, None, max(0.0, self.at + child_top - fragmenter.limit))
                )
                continue
            cut = fragmenter.parallel(link.fragment, self.fragment, state.token, self.at + child_top)
            height = cut.piece.height
            if cut.token is None:
                overflow = self.at + child_top + height - self.limit()
                if overflow > TOLERANCE:
                    fragmenter.shortage = min(fragmenter.shortage, overflow)
                    if not refuses:
                        appeal = BreakAppeal.LAST_RESORT
            else:
                if not cut.is_forced:
                    appeal = min(appeal, cut.appeal)
                (waiting if cut.breaks_flow() else ended).append(ChildToken(state.index, cut.token))
            relative = link.y - self.plan.tops[state.index]
            self.links.append((state.index, Link(cut.piece, link.x, child_top + relative)))
            self._reaches(link.fragment, child_top + height)
            # what a cell of several rows has below this one is not this row's
            below = max(0.0, self.plan.tops[state.index] + link.fragment.height - entry.bottom)
            end = max(end, child_top + height - (below if cut.token is None else 0.0))
        rest = entry.bottom - entry.top - consumed
        if rest > end - top:
            end = min(top + rest, max(end, self.room))
        if (waiting or appeal < BreakAppeal.PERFECT) and not refuses:
            if appeal < before or (self.best.entry >= 0 and appeal < self.best.appeal):
                self._breaks_before(index, before)
                return False
        if not refuses:
            self.best.note(before, id(self.fragment), index)
        self.next.loose.extend(ended)
        if waiting:
            self.next.row = RowToken(index, waiting, consumed + max(0.0, self.room - top))
            self.is_broken = True
            self.result.appeal = appeal
            self.end = max(self.end, end)
            return True
        self._advance(entry, end)
        return True

    def _loose(self, item: int, top: float, resumed: ChildToken | None) -> None:
        """A float, or what overflows a box that has ended: the flow goes on beside it."""
        fragmenter = self.fragmenter
        link = self.fragment.children[item]
        child = link.fragment
        is_float = child.box is not None and child.box.is_floating()
        place = self.at + top
        token = resumed.token if resumed is not None else None
        cut = fragmenter.parallel(child, self.fragment, token, place)
        if place > TOLERANCE and token is None:
            overflow = place + cut.piece.height - fragmenter.limit if cut.token is None else 0.0
            is_bad = cut.breaks_flow() and cut.appeal < BreakAppeal.PERFECT and not cut.is_forced
            if overflow > TOLERANCE or is_bad:
                if overflow > TOLERANCE:
                    fragmenter.shortage = min(fragmenter.shortage, overflow)
                self.next.loose.append(ChildToken(item, None))
                self.breaks_float = self.breaks_float or is_float
                return
        if cut.token is not None:
            self.next.loose.append(ChildToken(item, cut.token))
            self.breaks_float = self.breaks_float or is_float
        self.links.append((item, Link(cut.piece, link.x, top + link.y - self.plan.tops[item])))
        shown = top + cut.piece.height
        self._reaches(child, shown)
        if is_float:
            self.floats_end = max(self.floats_end, shown)

    # --- The end ----------------------------------------------------------------------------------

    def _finish(self) -> Cut:
        plan, room = self.plan, self.room
        result, token = self.result, self.next
        is_row_spanner = result.spanner is not None and token.row is not None and not token.row.children
        if is_row_spanner and token.row is not None:
            token.next = token.row.entry + 1
            token.row = None
        elif token.row is not None:
            token.next = token.row.entry + 1
        if plan.holds_floats and self.breaks_float and not plan.is_fixed and not self.is_broken:
            self.is_broken = True
        if self.token is not None and not self.has_content and token.row is None:
            token.is_forced = token.is_forced or (self.token.is_forced and token.next == self.token.next)
        height = self._part_height(result, token)
        is_last = not self.is_broken or token.is_at_end
        if self.plan.positioned:
            self._positioned(height)
        goes_on = self.is_broken or bool(token.loose) or bool(token.positioned)
        if goes_on and not self.is_broken:
            token.is_at_end = True
            token.next = len(plan.entries)
        has_bottom = is_last or self.is_cloned
        piece = self._piece(height, has_bottom and not self.is_past_end)
        edges = 0.0
        if self.is_cloned and not is_last:
            edges += self.bottom_edge
        if self.is_cloned and self.token is not None:
            edges += self.top_edge
        token.consumed = self.consumed + max(0.0, height - edges)
        stitched = self.token.stitched if self.token is not None else 0.0
        token.stitched = stitched + (max(height, room) if 0.0 < room < TOO_TALL / 2.0 else height)
        if not self.is_cloned and (self.token is not None or goes_on) and not self.is_past_end:
            self._note_slice(piece, token, is_last)
        final = Cut(piece, token if goes_on else None)
        final.appeal, final.is_forced, final.spanner = result.appeal, result.is_forced, result.spanner
        return final

    def _note_slice(self, piece: Fragment, token: BreakToken, is_last: bool) -> None:
        """Tell a part where it is in the whole box; when the last one is there, all of them how tall that is."""
        images = self.fragment.style.paint.background_image
        if len(images) > 1 or (images and images[0] is not None):
            piece.slice = BoxSlice(self.consumed, self.fragment.border)
            token.slices = [*(self.token.slices if self.token is not None else ()), piece.slice]
            if is_last:
                for part in token.slices:
                    part.height = self.consumed + piece.height

    def _part_height(self, result: Cut, token: BreakToken) -> float:
        """The block size of this part; sets whether the box ends here."""
        plan, room = self.plan, self.room
        if self.is_past_end:
            token.is_at_end = True
            return 0.0
        left = max(0.0, self.fragment.height - self.consumed)
        if self.is_cloned and self.token is not None:
            left += self.top_edge
        if self.is_broken:
            if result.spanner is not None:
                content = max(self.end, self.floats_end if plan.holds_floats else 0.0)
                if plan.is_fixed and left <= content:
                    token.is_at_end = True
                    return left
                return content + (self.bottom_edge if self.is_cloned else 0.0)
            fills = room if room < TOO_TALL / 2.0 else self.end
            if plan.is_fixed and left <= fills + TOLERANCE:
                token.is_at_end = True
                return left
            return max(0.0, fills)
        content = max(self.end, self.floats_end if plan.holds_floats else 0.0)
        if plan.is_fixed:
            wanted = left
        elif plan.has_floor:
            wanted = max(left, content + self.bottom_edge)
        else:
            wanted = content + self.bottom_edge + self._rest()
            if plan.is_root and content <= room:
                wanted = min(wanted, room)  # the last margin is cut off
        box = self.fragment.box
        if box is not None and box.kind == BoxKind.TABLE and content + self.bottom_edge <= room:
            wanted = min(wanted, room)  # so is the spacing below the last row
        if wanted <= room + TOLERANCE or room >= TOO_TALL / 2.0:
            return wanted
        # The box goes on below its content.
        if (
            wanted - self.bottom_edge <= content + TOLERANCE
            and content > room - TOLERANCE
            and self.bottom_edge == 0.0
        ):
            return max(room, 0.0) if content <= room else wanted  # what sticks out is not broken
        self.is_broken = True
        self.fragmenter.shortage = min(self.fragmenter.shortage, wanted - max(0.0, room))
        is_in_edge = wanted - self.bottom_edge <= room + TOLERANCE or content > room + TOLERANCE
        is_in_edge = is_in_edge or (self.token is None and room < self.top_edge)
        if is_in_edge and self.bottom_edge + self.top_edge > 0.0:
            result.appeal = BreakAppeal.LAST_RESORT
        else:
            result.appeal = BreakAppeal.AVOIDED if self.avoids else BreakAppeal.PERFECT
        return max(0.0, room)

    def _rest(self) -> float:
        """What is left of the room below the content, after what earlier parts had of it."""
        rest = max(0.0, self.plan.rest)
        if self.token is None or rest == 0.0 or self.token.row is not None:
            return rest
        if self.token.next >= len(self.plan.entries):
            # the flow had ended: this is what earlier parts have left
            return max(
                0.0, self.fragment.height - self.consumed - self.bottom_edge - self.end + self.top_edge
            )
        return rest

    def _positioned(self, height: float) -> None:
        """Absolutely positioned children stand where they would if the parts of the box were joined again."""
        stitched = self.token.stitched if self.token is not None else 0.0
        waiting: list[ChildToken] = []
        if self.token is None:
            for item in self.plan.positioned:
                waiting.append(ChildToken(item, None, self.plan.tops[item]))
        else:
            waiting.extend(self.token.positioned)
        room = self.room
        for state in waiting:
            link = self.fragment.children[state.index]
            top = state.skip - stitched if state.token is None else 0.0
            if state.token is None and top >= max(room, height) and room < TOO_TALL / 2.0:
                self.next.positioned.append(state)
                continue
            cut = self.fragmenter.parallel(link.fragment, self.fragment, state.token, self.at + top)
            if cut.token is not None:
                self.next.positioned.append(ChildToken(state.index, cut.token))
            self.links.append((state.index, Link(cut.piece, link.x, top)))

    def _piece(self, height: float, has_bottom: bool) -> Fragment:
        """The fragment of this part: only the first one has the top edge, and the last one the bottom edge."""
        whole = self.fragment
        is_first = self.token is None
        if is_first and has_bottom and not self.next.loose and height == whole.height and self._is_same():
            return whole
        piece = Fragment(FragmentKind.BOX, whole.box, whole.style, whole.width, max(0.0, height))
        border, padding = whole.border, whole.padding
        has_top = is_first or (self.is_cloned and not self.is_past_end)
        piece.border = Edges(
            border.top if has_top else 0.0, border.right, border.bottom if has_bottom else 0.0, border.left
        )
        piece.padding = Edges(
            padding.top if has_top else 0.0,
            padding.right,
            padding.bottom if has_bottom else 0.0,
            padding.left,
        )
        piece.has_start_edge = has_top
        piece.has_end_edge = has_bottom
        if whole.collapsed_borders:
            _slice_borders(whole, piece, self.consumed)
        left, top, right, bottom = 0.0, 0.0, piece.width, piece.height
        self.links.sort(key=_index_of)
        for _, link in self.links:
            piece.children.append(link)
            if link.fragment.has_sticky:
                piece.has_sticky = True
            overflow = overflow_in_parent(link.fragment)
            left, top = min(left, link.x + overflow.x), min(top, link.y + overflow.y)
            right, bottom = max(right, link.x + overflow.right), max(bottom, link.y + overflow.bottom)
        piece.has_sticky = piece.has_sticky or whole.has_sticky
        piece.overflow = Rect(left, top, right - left, bottom - top)
        return piece

    def _is_same(self) -> bool:
        """Whether nothing of the box has moved."""
        children = self.fragment.children
        if len(children) != len(self.links) or self.next.positioned:
            return False
        for index, link in self.links:
            child = children[index]
            if child.fragment is not link.fragment or child.y != link.y or child.x != link.x:
                return False
        return True


def _index_of(entry: tuple[int, Link]) -> int:
    return entry[0]


def _slice_borders(whole: Fragment, piece: Fragment, consumed: float) -> None:
    """The collapsed borders of the part of a table that begins at `consumed`."""
    for line in whole.collapsed_borders:
        rect = line.rect
        if rect.bottom < consumed or rect.y > consumed + piece.height:
            continue
        top = max(rect.y, consumed - rect.height / 2.0 if rect.height < rect.width else consumed)
        bottom = min(
            rect.bottom, consumed + piece.height + (rect.height / 2.0 if rect.height < rect.width else 0.0)
        )
        if bottom > top:
            place = Rect(rect.x, top - consumed, rect.width, bottom - top)
            piece.collapsed_borders.append(
                CollapsedBorder(place, line.side, line.width, line.style, line.color_box)
            )
