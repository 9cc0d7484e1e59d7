"""Collects a box's children at logical offsets and turns them into a physical fragment."""

from __future__ import annotations

from typing import Final, final

from ..geometry import Rect
from .box import Box
from .constraint_space import OutOfFlow
from .fragment import Fragment, FragmentKind, Link
from .logical import LogicalEdges, WritingDirection, to_physical, writing_direction


@final
class FragmentBuilder:
    """One fragment in the making. Offsets are of border boxes, from this box's border-box start corner."""

    __slots__ = ("_block_offsets", "_children", "_inline_offsets", "box", "direction", "out_of_flow")

    def __init__(self, box: Box) -> None:
        self.box: Final = box
        self.direction: Final[WritingDirection] = writing_direction(box.style)
        self.out_of_flow: Final[list[OutOfFlow]] = []
        self._children: Final[list[Fragment]] = []
        self._inline_offsets: Final[list[float]] = []
        self._block_offsets: Final[list[float]] = []

    def add(self, fragment: Fragment, inline_offset: float, block_offset: float) -> None:
        """Place a child."""
        self._children.append(fragment)
        self._inline_offsets.append(inline_offset)
        self._block_offsets.append(block_offset)

    def add_out_of_flow(
        self, pending: tuple[OutOfFlow, ...], inline_offset: float, block_offset: float
    ) -> None:
        """Take over a child's pending out-of-flow descendants, the child standing at this offset.

        NOTE: children of another writing mode convert theirs before they hand them on.
        """
        for item in pending:
            self.out_of_flow.append(
                OutOfFlow(
                    item.box,
                    item.inline_offset + inline_offset,
                    item.block_offset + block_offset,
                    item.inline_align,
                    item.block_align,
                    item.inline_container,
                )
            )

    def move_block(self, delta: float, start: int = 0) -> None:
        """Shift the children from index `start` on along the block axis."""
        offsets = self._block_offsets
        for index in range(start, len(offsets)):
            offsets[index] += delta

    def child_count(self) -> int:
        """How many children have been placed."""
        return len(self._children)

    def finish(
        self, inline_size: float, block_size: float, border: LogicalEdges, padding: LogicalEdges
    ) -> Fragment:
        """The fragment, with a border box of this size."""
        direction = self.direction
        if direction.is_horizontal:
            width, height = inline_size, block_size
        else:
            width, height = block_size, inline_size
        fragment = Fragment(FragmentKind.BOX, self.box, self.box.style, width, height)
        fragment.border = to_physical(border, direction)
        fragment.padding = to_physical(padding, direction)
        links = fragment.children
        is_reversed = direction.is_inline_reversed()
        is_flipped = direction.is_flipped_blocks()
        left, top, right, bottom = 0.0, 0.0, width, height
        for index in range(len(self._children)):
            child = self._children[index]
            inline, block = self._inline_offsets[index], self._block_offsets[index]
            if direction.is_horizontal:
                x = width - inline - child.width if is_reversed else inline
                y = block
            else:
                x = width - block - child.width if is_flipped else block
                y = height - inline - child.height if is_reversed else inline
            links.append(Link(child, x, y))
            overflow = child.overflow
            left, top = min(left, x + overflow.x), min(top, y + overflow.y)
            right, bottom = max(right, x + overflow.right), max(bottom, y + overflow.bottom)
        fragment.overflow = Rect(left, top, right - left, bottom - top)
        return fragment
