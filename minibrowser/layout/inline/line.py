"""A line while it is made: which items are on it, and how wide they are."""

from __future__ import annotations

from typing import Final, final

from ..constraint_space import LayoutResult
from ..exclusions import ExclusionSpace
from ..logical import NO_LOGICAL_EDGES, LogicalEdges
from .items import InlineItem, ItemKind, RubyColumn

EPSILON: Final = 1.0 / 64.0
"""CSS px: the unit of layout."""


@final
class InlineEdges:
    """Margin, border and padding of an inline box, by logical side, CSS px."""

    __slots__ = ("border", "end", "has_edges", "margin", "padding", "start")

    def __init__(self, margin: LogicalEdges, border: LogicalEdges, padding: LogicalEdges) -> None:
        self.margin: Final = margin
        self.border: Final = border
        self.padding: Final = padding
        self.start: Final = margin.inline_start + border.inline_start + padding.inline_start
        self.end: Final = margin.inline_end + border.inline_end + padding.inline_end
        self.has_edges: Final = (
            margin is not NO_LOGICAL_EDGES
            or border is not NO_LOGICAL_EDGES
            or padding is not NO_LOGICAL_EDGES
        )

    def makes_line(self, *, at_start: bool) -> bool:
        """Whether this end alone keeps a line from being empty (https://drafts.csswg.org/css2/#inline-formatting)."""
        if at_start:
            return (
                self.margin.inline_start != 0.0
                or self.border.inline_start != 0.0
                or self.padding.inline_start != 0.0
            )
        return (
            self.margin.inline_end != 0.0 or self.border.inline_end != 0.0 or self.padding.inline_end != 0.0
        )


NO_INLINE_EDGES: Final = InlineEdges(NO_LOGICAL_EDGES, NO_LOGICAL_EDGES, NO_LOGICAL_EDGES)


@final
class LineItem:
    """An item, or the part of a text item, on a line.

    Attributes:
        item, index: the item and where it stands among the context's items.
        start, end: its characters here.
        width: the inline size: of text, cut to 1/64 px upwards; of tags, their edge; of atomics, the margin box.
        result, margin: of atomics.
        edges: of tags.
        exclusions: of floats: the floats before it, to go back to when the line is broken before it.
        head: of text at a line's start: room that its first character gets back (ShapeResult.trims); in `width`.
        hyphen: the hyphen's width, where the line was broken at a soft hyphen; -1.0 otherwise.
        part: of the edges of ruby columns.
        spread, spread_count: of text in ruby: px that it is spread by in so many places.
        lead, trail: of text in ruby: room on its left and right that belongs to it.
    """

    __slots__ = (
        "edges",
        "end",
        "exclusions",
        "head",
        "hyphen",
        "index",
        "item",
        "lead",
        "margin",
        "part",
        "result",
        "spread",
        "spread_count",
        "start",
        "trail",
        "width",
    )

    def __init__(self, item: InlineItem, index: int, start: int, end: int, width: float) -> None:
        self.item: Final = item
        self.index: Final = index
        self.start: int = start
        self.end: int = end
        self.width: float = width
        self.result: LayoutResult | None = None
        self.margin: LogicalEdges = NO_LOGICAL_EDGES
        self.edges: InlineEdges = NO_INLINE_EDGES
        self.exclusions: ExclusionSpace | None = None
        self.hyphen: float = -1.0
        self.head: float = 0.0
        self.part: ColumnPart | None = None
        self.spread: float = 0.0
        self.spread_count: int = 0
        self.lead: float = 0.0
        self.trail: float = 0.0


@final
class ColumnPart:
    """A ruby column on a line, or the part of it there.

    Attributes:
        annotation: the line of the annotation; None without one, and where it ended on an earlier line.
        start_overhang, end_overhang: how far the annotation reaches over the text before and after the base.
        pending_overhang: how far it may reach over text that follows.
        has_start, has_end: whether those ends of the column are on this line.
    """

    __slots__ = (
        "annotation",
        "column",
        "end_overhang",
        "has_end",
        "has_start",
        "pending_overhang",
        "start_overhang",
    )

    def __init__(self, column: RubyColumn, annotation: Line | None) -> None:
        self.column: Final = column
        self.annotation: Final = annotation
        self.start_overhang: float = 0.0
        self.end_overhang: float = 0.0
        self.pending_overhang: float = 0.0
        self.has_start: bool = True
        self.has_end: bool = True


@final
class ColumnPlace:
    """Where a ruby column goes on, on another line: in its base and in its annotation."""

    __slots__ = ("annotation_index", "annotation_offset", "index", "offset")

    def __init__(self, index: int, offset: int, annotation_index: int, annotation_offset: int) -> None:
        self.index: Final = index
        self.offset: Final = offset
        self.annotation_index: Final = annotation_index
        self.annotation_offset: Final = annotation_offset


@final
class Line:
    """One line.

    Attributes:
        items: in logical order.
        next_index, next_offset: where the next line starts.
        width: of the content with the indent, without trailing spaces.
        available, line_left: the room between the floats, and where it begins in the formatting context.
        hang: width of preserved spaces that hang over the line's end.
        is_forced: ends in a forced break; is_last: ends the context.
        is_empty: makes no line box (CSS 2.2 section 9.4.2).
        overflows: the content is wider than the room.
    """

    __slots__ = (
        "available",
        "hang",
        "indent",
        "is_empty",
        "is_forced",
        "is_last",
        "items",
        "line_left",
        "next_index",
        "next_offset",
        "overflows",
        "width",
    )

    def __init__(self, available: float, indent: float) -> None:
        self.items: list[LineItem] = []
        self.next_index: int = 0
        self.next_offset: int = 0
        self.width: float = 0.0
        self.available: float = available
        self.line_left: float = 0.0
        self.indent: float = indent
        self.hang: float = 0.0
        self.is_forced: bool = False
        self.is_last: bool = False
        self.is_empty: bool = True
        self.overflows: bool = False

    def available_to_fit(self) -> float:
        """By what is told whether something fits: widths of text are rounded up (Blink's AddEpsilon)."""
        return self.available + EPSILON

    def ends_box_before(self, entry: LineItem) -> bool:
        """Whether an inline box that holds nothing, or has edges, ends on the line before this entry."""
        for other in self.items:
            if other is entry:
                break
            if other.item.kind == ItemKind.CLOSE and (not other.item.box.children or other.edges.has_edges):
                return True
        return False
