"""The floats of a block formatting context, as the areas that lines and boxes must keep out of.

https://drafts.csswg.org/css2/#floats ; persistent: adding a float gives a new space, so that a trial layout
leaves nothing behind. Coordinates are the formatting context's: its line-left edge (left in horizontal-tb,
whatever the direction) and its block start are 0.
"""

from __future__ import annotations

from typing import Final, final

FAR: Final = 1.0e9
"""CSS px, beyond every box: the edge where no float stands."""

THINNEST: Final = 1.0 / 64.0
"""CSS px: the height of a band of no height, where it meets a shape."""

MOST_COMPARED: Final = 32
"""Floats up to which spaces are compared one by one: each of thousands of blocks may have to."""


@final
class Exclusion:
    """The margin box of a float, CSS px. `is_start_side`: on the line-left side."""

    __slots__ = ("block_end", "block_start", "inline_end", "inline_start", "is_start_side", "shape")

    def __init__(
        self,
        inline_start: float,
        inline_end: float,
        block_start: float,
        block_end: float,
        is_start_side: bool,
        shape: ExclusionShape | None = None,
    ) -> None:
        self.inline_start: Final = inline_start
        self.inline_end: Final = inline_end
        self.block_start: Final = block_start
        self.block_end: Final = block_end
        self.is_start_side: Final = is_start_side
        self.shape: Final = shape


class ExclusionShape:
    """`shape-outside`: how far a float reaches in a band of lines."""

    def extent(self, block_start: float, block_end: float) -> tuple[float, float]:
        """Inline start and end of the shape in this band, in coordinates of the formatting context;
        start > end where it does not reach into the band."""
        raise NotImplementedError


@final
class LayoutOpportunity:
    """A band between floats: from `block_start` on, between two inline edges, for at least `block_size` px."""

    __slots__ = ("block_start", "has_floats", "inline_end", "inline_start")

    def __init__(self, inline_start: float, inline_end: float, block_start: float, has_floats: bool) -> None:
        self.inline_start: Final = inline_start
        self.inline_end: Final = inline_end
        self.block_start: Final = block_start
        self.has_floats: Final = has_floats

    @property
    def inline_size(self) -> float:
        """Room between the floats; never negative."""
        return max(0.0, self.inline_end - self.inline_start)


@final
class ExclusionSpace:
    """The floats so far, in the order they were placed.

    OPTIMIZATION: spaces that grow from one another share their lists (each sees the first `count` entries), and
    `_reach[i]` is the lowest edge of floats 0..i: a query walks back from the last float and stops where all
    earlier ones have ended.
    """

    __slots__ = ("_items", "_reach", "count", "last_start", "left_end", "right_end")

    def __init__(self) -> None:
        self._items: list[Exclusion] = []
        self._reach: list[float] = []
        self.count: int = 0
        self.left_end: float = -FAR
        self.right_end: float = -FAR
        self.last_start: float = -FAR

    @property
    def items(self) -> tuple[Exclusion, ...]:
        """The floats, in order."""
        return tuple(self._items[: self.count])

    def is_same(self, other: ExclusionSpace) -> bool:
        """Whether the floats stand in the same places; no for many of them."""
        if self.count != other.count or self.count > MOST_COMPARED:
            return False
        for index in range(self.count - 1, -1, -1):
            a, b = self._items[index], other._items[index]
            if a is not b and (
                a.inline_start != b.inline_start
                or a.inline_end != b.inline_end
                or a.block_start != b.block_start
                or a.block_end != b.block_end
                or a.is_start_side != b.is_start_side
                or a.shape is not b.shape
            ):
                return False
        return True

    def plus(self, exclusion: Exclusion) -> ExclusionSpace:
        """With one more float."""
        new = ExclusionSpace()
        items, reach = self._items, self._reach
        if len(items) != self.count:
            items, reach = items[: self.count], reach[: self.count]
        elif self.count == 0:
            # The shared empty space must stay empty.
            items, reach = [], []
        items.append(exclusion)
        end = exclusion.block_end
        reach.append(max(end, reach[-1]) if reach else end)
        new._items, new._reach = items, reach
        new.count = self.count + 1
        new.left_end, new.right_end = self.left_end, self.right_end
        if exclusion.is_start_side:
            new.left_end = max(new.left_end, end)
        else:
            new.right_end = max(new.right_end, end)
        new.last_start = max(self.last_start, exclusion.block_start)
        return new

    def clearance_offset(self, left: bool, right: bool) -> float:
        """The block offset below the floats of these sides; -FAR where there are none."""
        offset = -FAR
        if left:
            offset = self.left_end
        if right and self.right_end > offset:
            offset = self.right_end
        return offset

    def has_side_from(self, index: int, left: bool, right: bool) -> bool:
        """Whether one of the floats from this one on is on one of these sides."""
        items = self._items
        for at in range(index, self.count):
            if (left and items[at].is_start_side) or (right and not items[at].is_start_side):
                return True
        return False

    def opportunity_at(
        self,
        inline_start: float,
        inline_end: float,
        block_start: float,
        block_size: float = 0.0,
        *,
        uses_shapes: bool = False,
    ) -> LayoutOpportunity:
        """What floats leave of [inline_start, inline_end] over the band from block_start on.

        Only lines flow around shapes; other floats and boxes keep out of margin boxes.
        """
        start, end = inline_start, inline_end
        has_floats = False
        index = self.count - 1
        items, reach = self._items, self._reach
        block_end = block_start + block_size
        while index >= 0 and reach[index] > block_start:
            item = items[index]
            index -= 1
            if item.block_end <= block_start:
                continue
            if item.block_start >= block_end and item.block_start > block_start:
                continue
            item_start, item_end = item.inline_start, item.inline_end
            if uses_shapes and item.shape is not None:
                item_start, item_end = item.shape.extent(block_start, max(block_end, block_start + THINNEST))
                if item_start > item_end:
                    continue
                # A shape cannot reach out of its float's margin box.
                item_start, item_end = max(item_start, item.inline_start), min(item_end, item.inline_end)
            elif item_start >= item_end:
                continue
            if item.is_start_side:
                has_floats = has_floats or item_end > inline_start
                if item_end > start:
                    start = item_end
            else:
                has_floats = has_floats or item_start < inline_end
                if item_start < end:
                    end = item_start
        return LayoutOpportunity(start, end, block_start, has_floats)

    def next_edge(self, block_start: float, block_size: float = 0.0, *, uses_shapes: bool = False) -> float:
        """The nearest lower edge below block_start of a float that stands in the band; FAR for none."""
        edge = FAR
        index = self.count - 1
        items, reach = self._items, self._reach
        block_end = block_start + block_size
        while index >= 0 and reach[index] > block_start:
            item = items[index]
            index -= 1
            if item.block_end <= block_start or item.block_end >= edge:
                continue
            if item.block_start >= block_end and item.block_start > block_start:
                continue
            edge = item.block_end
            if uses_shapes and item.shape is not None:
                # The edge of a shape moves: try again a little further down.
                edge = min(edge, block_start + 1.0)
        return edge

    def find(
        self,
        inline_start: float,
        inline_end: float,
        block_start: float,
        minimum: float,
        block_size: float = 0.0,
    ) -> LayoutOpportunity:
        """The first band at or below block_start that is `minimum` wide, or has no floats in it."""
        offset = block_start
        while True:
            band = self.opportunity_at(inline_start, inline_end, offset, block_size)
            if not band.has_floats or band.inline_end - band.inline_start >= minimum:
                return band
            edge = self.next_edge(offset, block_size)
            if edge >= FAR or edge <= offset:
                return band
            offset = edge


NO_EXCLUSIONS: Final = ExclusionSpace()
