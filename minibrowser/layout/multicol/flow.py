"""What is in a box, in the order in which columns take it: rows of boxes side by side, floats, positioned boxes."""

from __future__ import annotations

from typing import Final, final

from ...css.keywords import PositionKind
from ..box import Box, BoxKind
from ..constraint_space import INDEFINITE
from ..css_predicates import establishes_formatting_context
from ..fragment import Fragment, FragmentKind, Link
from ..fragment_builder import relative_offset
from ..logical import HORIZONTAL_LTR
from ..sizing import block_length, min_block_length, resolve
from .breaks import avoids_break, forces_break, is_monolithic


@final
class Entry:
    """One or more children that begin at about the same place, or a float.

    Attributes:
        top, bottom: px from the box's border-box top, as the unbroken flow has them.
        items: the children's indexes.
        is_line: it is a line. is_loose: it is a float or a marker, beside which the flow goes on.
        is_forced, is_avoided: a break before it is asked for, or should not be.
    """

    __slots__ = ("bottom", "is_avoided", "is_forced", "is_line", "is_loose", "is_marker", "items", "top")

    def __init__(self, top: float, bottom: float, item: int) -> None:
        self.top: float = top
        self.bottom: float = bottom
        self.items: Final[list[int]] = [item]
        self.is_line: bool = False
        self.is_loose: bool = False
        self.is_marker: bool = False
        self.is_forced: bool = False
        self.is_avoided: bool = False


@final
class FlowPlan:
    """The children of one fragment.

    Attributes:
        entries: from first to last. lines: how many lines are among them.
        tops: where each child is without relative positioning.
        positioned: the indexes of absolutely positioned children.
        rest: what the box is taller than its content and its bottom edge.
        is_fixed: its block size does not depend on the content. has_floor: it is at least as tall as it is now.
        holds_floats: it is the root of a formatting context. is_root: it is the flow itself.
    """

    __slots__ = (
        "entries",
        "has_floor",
        "holds_floats",
        "is_fixed",
        "is_root",
        "lines",
        "positioned",
        "rest",
        "spans",
        "tops",
    )

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.lines: int = 0
        self.tops: list[float] = []
        self.positioned: list[int] = []
        self.rest: float = 0.0
        self.is_fixed: bool = False
        self.is_root: bool = False
        self.has_floor: bool = False
        self.holds_floats: bool = False
        self.spans: bool = False


def make_plan(fragment: Fragment, parent: Fragment | None, spans: bool, values: BreakValues) -> FlowPlan:
    """Sort out the children of a box. `spans`: boxes in it may span all columns."""
    plan = FlowPlan()
    box = fragment.box
    plan.holds_floats = box is None or parent is None or establishes_formatting_context(box, parent.style)
    plan.spans = spans and (parent is None or not plan.holds_floats)
    _collect(plan, fragment, values)
    _measure(plan, fragment, box, parent)
    return plan


def _collect(plan: FlowPlan, fragment: Fragment, values: BreakValues) -> None:
    box = fragment.box
    is_flow = box is None or box.kind in _BLOCK_FLOWS
    entries = plan.entries
    is_sorted = True
    is_first, after = True, 0
    for index, link in enumerate(fragment.children):
        child = link.fragment
        top = link.y
        inner = child.box
        if child.kind != FragmentKind.BOX or inner is None:
            plan.tops.append(top)
            entry = Entry(top, top + child.height, index)
            entry.is_line = True
            plan.lines += 1
            entries.append(entry)
            continue
        style = child.style
        if style.box.position == PositionKind.RELATIVE:
            top -= _relative_shift(child, fragment)
        plan.tops.append(top)
        if inner.is_out_of_flow():
            plan.positioned.append(index)
            continue
        entry = Entry(top, top + child.height, index)
        if inner.kind == BoxKind.OUTSIDE_MARKER:
            entry.is_loose = entry.is_marker = True
        elif inner.is_floating() and is_flow:
            entry.is_loose = True
            is_sorted = is_sorted and (not entries or entries[-1].top <= top)
        else:
            flags = after | (0 if is_first and is_flow else values.before(child))
            entry.is_forced = (flags & FORCED) != 0 and not is_first
            entry.is_avoided = (flags & AVOIDED) != 0 and not is_first
            is_first, after = False, values.after(child)
        entries.append(entry)
    if not is_flow:
        plan.entries = _rows(entries)
        if box is not None and box.kind == BoxKind.TABLE_ROW:
            for row in plan.entries:
                row.bottom = min(row.bottom, fragment.height)  # cells may go on in later rows
    elif not is_sorted or (entries and entries[-1].is_loose):
        _sort_loose(plan)


_BLOCK_FLOWS: Final = frozenset((BoxKind.BLOCK, BoxKind.TABLE_CAPTION, BoxKind.TABLE_CELL))


def _relative_shift(child: Fragment, parent: Fragment) -> float:
    """How far `position: relative` has moved a child down."""
    content = parent.width - parent.border.horizontal - parent.padding.horizontal
    block = INDEFINITE
    if not block_length(parent.style).is_auto():
        block = parent.height - parent.border.vertical - parent.padding.vertical
    return relative_offset(child.style, HORIZONTAL_LTR, content, block)[1]


def _sort_loose(plan: FlowPlan) -> None:
    """Floats are listed after the flow: put each one before what begins below its top, the flow as it was."""
    loose = [entry for entry in plan.entries if entry.is_loose]
    loose.sort(key=_top_of)
    merged: list[Entry] = []
    at = 0
    for entry in plan.entries:
        if entry.is_loose:
            continue
        while at < len(loose) and loose[at].top <= entry.top:
            merged.append(loose[at])
            at += 1
        merged.append(entry)
    merged.extend(loose[at:])
    plan.entries = merged


def _top_of(entry: Entry) -> float:
    return entry.top


def _rows(entries: list[Entry]) -> list[Entry]:
    """Boxes of flex and grid containers and of tables by rows: what overlaps in the block axis is one row."""
    ordered = sorted(entries, key=_top_of)
    rows: list[Entry] = []
    for entry in ordered:
        last = rows[-1] if rows else None
        if last is None or (entry.top >= last.bottom - 0.001 and entry.top > last.top):
            rows.append(entry)
            continue
        last.items.extend(entry.items)
        last.bottom = max(last.bottom, entry.bottom)
        last.is_forced = last.is_forced or entry.is_forced
        last.is_avoided = last.is_avoided or entry.is_avoided
    return rows


def _measure(plan: FlowPlan, fragment: Fragment, box: Box | None, parent: Fragment | None) -> None:
    """The room below the content, and whether it is the content's doing."""
    last = fragment.border.top + fragment.padding.top
    for entry in plan.entries:
        if not entry.is_loose or plan.holds_floats:
            last = max(last, entry.bottom)
    plan.rest = fragment.height - fragment.border.bottom - fragment.padding.bottom - last
    style = fragment.style
    outer = parent.box if parent is not None else None
    if box is None or outer is None:
        plan.is_root = True
        return
    is_in_flow = outer.kind in _BLOCK_FLOWS
    length = block_length(style)
    if box.kind == BoxKind.TABLE or not is_in_flow or box.element is None:
        plan.has_floor = not is_in_flow
        return
    if (length.is_definite() and not length.has_percent()) or (not length.is_auto() and plan.rest != 0.0):
        plan.is_fixed = True
    elif plan.rest > 0.0 and not min_block_length(style).is_auto():
        plan.has_floor = True


def edge_margin(fragment: Fragment, *, from_end: bool) -> float:
    """The margin above (or below) a box, with those of its first (or last) children that collapse with it, px."""
    margin = width = 0.0
    parent = fragment.style
    current: Fragment | None = fragment
    while current is not None and current.kind == FragmentKind.BOX and current.box is not None:
        style = current.style.box
        margin = max(margin, resolve(style.margin_bottom if from_end else style.margin_top, width))
        width = current.width
        border, padding = current.border, current.padding
        edge = border.bottom + padding.bottom if from_end else border.top + padding.top
        if edge > 0.0 or current.box.kind != BoxKind.BLOCK or is_monolithic(current):
            break
        inner = _edge_child(current, from_end=from_end)
        if (
            current is not fragment
            and inner is not None
            and establishes_formatting_context(current.box, parent)
        ):
            break
        parent = current.style
        current = inner
    return margin


FORCED: Final = 1
AVOIDED: Final = 2


@final
class BreakValues:
    """What boxes and their first or last descendants say of a break before or after them, FORCED and AVOIDED."""

    __slots__ = ("_after", "_before")

    def __init__(self) -> None:
        self._before: Final[
            dict[int, int]
        ] = {}  # by the identity of fragments, which live as long as the flow
        self._after: Final[dict[int, int]] = {}

    def before(self, fragment: Fragment) -> int:
        """Of the break before a box."""
        return _joined(fragment, self._before, from_end=False)

    def after(self, fragment: Fragment) -> int:
        """Of the break after a box."""
        return _joined(fragment, self._after, from_end=True)


def _joined(fragment: Fragment, known: dict[int, int], *, from_end: bool) -> int:
    """https://drafts.csswg.org/css-break-4/#break-propagation"""
    chain: list[Fragment] = []
    current: Fragment | None = fragment
    flags = 0
    while current is not None:
        found = known.get(id(current), -1)
        if found >= 0:
            flags = found
            break
        chain.append(current)
        current = _edge_child(current, from_end=from_end)
    for link in reversed(chain):
        style = link.style.box
        value = style.break_after if from_end else style.break_before
        if value:
            flags |= (FORCED if forces_break(value) else 0) | (AVOIDED if avoids_break(value) else 0)
        known[id(link)] = flags
    return flags


def _edge_child(fragment: Fragment, *, from_end: bool) -> Fragment | None:
    """The first or the last child in flow, where breaks before or after it are those of its parent too."""
    children: list[Link] = fragment.children
    if fragment.box is None or is_monolithic(fragment):
        return None
    if fragment.columns is not None:
        # breaks in columns are no business of an outer container, but those before and after spanners are
        edge = children[-1 if from_end else 0].fragment if children else None
        return edge if edge is not None and edge.box is not None and edge.box.is_column_spanner else None
    for step in range(len(children)):
        child = children[len(children) - 1 - step if from_end else step].fragment
        if child.kind != FragmentKind.BOX or child.box is None:
            return None
        if child.box.is_floating() or child.box.is_out_of_flow() or child.box.kind == BoxKind.OUTSIDE_MARKER:
            continue
        if child.box.is_column_spanner:
            return None
        return child
    return None
