"""What is in a multi-column container, before it is put in columns."""

from __future__ import annotations

from typing import Final, final

from ...css.keywords import BoxDecorationBreak
from ..box import Box
from ..constraint_space import INDEFINITE, LayoutResult
from ..fragment import ColumnSource, Link
from ..sizing import BoxEdges
from .breaks import TOO_TALL, forces_break


@final
class ColumnPart:
    """A flow of one column's width, or a box that spans all columns."""

    __slots__ = ("result", "spanner")

    def __init__(self, result: LayoutResult | None, spanner: Box | None) -> None:
        self.result: Final = result
        self.spanner: Final = spanner


@final
class ColumnContent(ColumnSource):
    """A container's content and the sizes of its columns, CSS px.

    Attributes:
        inline_size: of the border box. gap, count, width: of the columns.
        content_block: the definite block size of the content box, or INDEFINITE.
        legend, legend_room: of fieldsets: the legend over the border, and how far it moves the content down.
        max_block: what it has at most. positioned: the boxes that the container is the containing block of.
    """

    __slots__ = (
        "box",
        "content_block",
        "count",
        "edges",
        "gap",
        "inline_size",
        "legend",
        "legend_room",
        "max_block",
        "parts",
        "positioned",
        "width",
    )

    def __init__(
        self, box: Box, edges: BoxEdges, inline_size: float, gap: float, count: int, width: float
    ) -> None:
        super().__init__()
        self.box: Final = box
        self.edges: Final = edges
        self.inline_size: Final = inline_size
        self.gap: Final = gap
        self.count: Final = count
        self.width: Final = width
        self.content_block: float = INDEFINITE
        self.max_block: float = TOO_TALL
        self.parts: Final[list[ColumnPart]] = []
        self.legend: LayoutResult | None = None
        self.legend_room: float = 0.0
        self.positioned: list[Link] = []

    @property
    def content_inline(self) -> float:
        """The inline size of the content box."""
        return max(0.0, self.inline_size - self.edges.inline_sum)

    def has_forced_breaks(self) -> bool:
        """Whether a spanner asks for a break of outer columns."""
        for part in self.parts:
            if part.spanner is not None:
                style = part.spanner.style.box
                if forces_break(style.break_before) or forces_break(style.break_after):
                    return True
        return False

    def is_cloned(self) -> bool:
        """Whether each part of the container has its edges, where an outer one breaks it."""
        return self.box.style.box.box_decoration_break == BoxDecorationBreak.CLONE

    def column_offset(self, index: int) -> float:
        """Where a column starts in the content box: they divide it evenly, to the nearest 1/64 px."""
        if self.width <= 0.0:
            return index * self.gap
        stride = (self.content_inline + self.gap) / self.count
        return int(index * stride * 64.0 + 0.5) / 64.0
