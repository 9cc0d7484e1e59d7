"""Where a flow is broken, and how good a place that is (https://drafts.csswg.org/css-break-4/)."""

from __future__ import annotations

from enum import IntEnum
from typing import Final, final

from ...css.keywords import BreakBetween, BreakInside
from ..box import Box, BoxKind
from ..css_predicates import clamps_lines
from ..fragment import BoxSlice, Fragment, FragmentKind
from ..sizing import has_containment, is_scroll_container

TOO_TALL: Final = 1.0e9
"""The block size of a column that ends nowhere."""

TOLERANCE: Final = 1.0 / 64.0
"""What may stick out of a column: less than a layout unit."""


class BreakAppeal(IntEnum):
    """How well a break fits in with what the styles ask for, from worst to best (Blink's BreakAppeal)."""

    LAST_RESORT = 0  # where no break should be at all: before the first child, in a border
    AVOIDED = 1  # against a `break-*: avoid`
    LINES = 2  # against orphans or widows
    PERFECT = 3


@final
class BreakToken:
    """Where a box is taken up again in the next column (Blink's BlockBreakToken).

    Attributes:
        consumed: how much of the box's block size the columns so far have used.
        stitched: the same with what the columns had left below a box that had ended.
        is_at_end: the box has ended; only what overflows it goes on.
        next: the first entry of its flow that has not been begun.
        is_forced: the break before that one was forced (or made by a spanner), so that it keeps its margin.
        row: the state of the entry before `next` where that one is broken itself, None otherwise.
        slices: the parts of the box so far. loose: floats that go on: the entry, and where.
        positioned: positioned boxes that go on or have not been begun.
        part, flow, spanner: of multi-column containers: which part of the content is next, where its flow is taken
            up, and where a spanner is. spanner_box, is_begun: of spanners: which box, and whether a part of it is
            shown already. overflow: spanners that have ended, whose content goes on.
    """

    __slots__ = (
        "consumed",
        "flow",
        "is_at_end",
        "is_begun",
        "is_forced",
        "loose",
        "next",
        "overflow",
        "part",
        "positioned",
        "row",
        "slices",
        "spanner",
        "spanner_box",
        "stitched",
    )

    def __init__(self) -> None:
        self.consumed: float = 0.0
        self.stitched: float = 0.0
        self.is_at_end: bool = False
        self.next: int = 0
        self.is_forced: bool = False
        self.row: RowToken | None = None
        self.slices: list[BoxSlice] = []
        self.loose: list[ChildToken] = []
        self.positioned: list[ChildToken] = []
        self.part: int = 0
        self.flow: BreakToken | None = None
        self.spanner: BreakToken | None = None
        self.spanner_box: Box | None = None
        self.overflow: list[tuple[Box, BreakToken]] = []
        self.is_begun: bool = True


@final
class ChildToken:
    """A child that goes on in the next column, or begins there (`token` is None) after `skip` px."""

    __slots__ = ("index", "skip", "token")

    def __init__(self, index: int, token: BreakToken | None, skip: float = 0.0) -> None:
        self.index: Final = index
        self.token: Final = token
        self.skip: Final = skip


@final
class RowToken:
    """What of a row of boxes side by side goes on. `consumed`: the row's block size in the columns so far."""

    __slots__ = ("children", "consumed", "entry")

    def __init__(self, entry: int, children: list[ChildToken], consumed: float) -> None:
        self.entry: Final = entry
        self.children: Final = children
        self.consumed: Final = consumed


@final
class Cut:
    """The part of a box that is in one column.

    Attributes:
        piece: its fragment; None where the box is better off in the next column altogether.
        token: where it goes on; None where it ends here.
        appeal: of the break inside of it. is_forced: that break was asked for.
        spanner: the box across all columns that ended the column.
    """

    __slots__ = ("appeal", "is_forced", "piece", "spanner", "token")

    def __init__(self, piece: Fragment, token: BreakToken | None = None) -> None:
        self.piece: Final = piece
        self.token: Final = token
        self.appeal: BreakAppeal = BreakAppeal.PERFECT
        self.is_forced: bool = False
        self.spanner: Fragment | None = None

    def breaks_flow(self) -> bool:
        """Whether what comes after this box has to wait for the next column."""
        return self.token is not None and (not self.token.is_at_end or self.spanner is not None)


def is_monolithic(fragment: Fragment) -> bool:
    """Whether a box is never broken (https://drafts.csswg.org/css-break-4/#monolithic)."""
    box = fragment.box
    if fragment.kind != FragmentKind.BOX or box is None:
        return True
    kind = box.kind
    if kind == BoxKind.REPLACED or kind == BoxKind.INLINE or kind == BoxKind.OUTSIDE_MARKER:
        return True
    if box.control is not None or box.is_inline_level():
        return True
    style = box.style
    if is_scroll_container(style) or style.inherited.writing_mode != 0 or clamps_lines(box):
        return True
    return bool(style.box.contain) and has_containment(style, "size")


def forces_break(value: BreakBetween) -> bool:
    """Whether a value of break-before or break-after breaks a column, as in Blink."""
    return value == BreakBetween.COLUMN


def avoids_break(value: BreakBetween) -> bool:
    """Whether a value of break-before or break-after avoids a break between columns."""
    return value == BreakBetween.AVOID or value == BreakBetween.AVOID_COLUMN


def avoids_break_inside(fragment: Fragment) -> bool:
    """Whether a box is to be kept in one column."""
    value = fragment.style.box.break_inside
    return fragment.kind == FragmentKind.BOX and (
        value == BreakInside.AVOID or value == BreakInside.AVOID_COLUMN
    )
