"""Collects a box's children at logical offsets and turns them into a physical fragment.

Relative positioning happens here too: `finish` moves children of `position: relative`, so that algorithms
place boxes as if it were not there.
"""

from __future__ import annotations

from typing import Final, final

from ..css.computed_style import ComputedStyle
from ..css.keywords import Overflow, PositionKind
from ..css.values import Length, LengthKind
from ..geometry import Rect
from .box import Box, BoxKind
from .constraint_space import INDEFINITE, NO_OUT_OF_FLOW, LayoutResult, OutOfFlow
from .fragment import Fragment, FragmentKind, Link
from .logical import LogicalEdges, WritingDirection, to_physical, writing_direction
from .sizing import has_transform, inset_lengths, resolve
from .transform import transform_matrix


def relative_offset(
    style: ComputedStyle, direction: WritingDirection, inline_size: float, block_size: float
) -> tuple[float, float]:
    """How far `position: relative` moves a box, along the axes of its container (`direction`).

    Sizes are of the containing block, INDEFINITE where percentages have nothing to resolve against.
    https://drafts.csswg.org/css-position-3/#relpos-insets
    """
    start, end, block_start, block_end = inset_lengths(style, direction)
    return _relative(start, end, inline_size), _relative(block_start, block_end, block_size)


def _relative(start: Length, end: Length, basis: float) -> float:
    if start.kind != LengthKind.AUTO and (basis != INDEFINITE or not start.has_percent()):
        return resolve(start, basis)
    if end.kind != LengthKind.AUTO and (basis != INDEFINITE or not end.has_percent()):
        return -resolve(end, basis)
    return 0.0


def convert_out_of_flow(
    item: OutOfFlow, own: WritingDirection, outer: WritingDirection, width: float, height: float
) -> OutOfFlow:
    """A pending item of a fragment of this size, from the fragment's axes into its parent's."""
    inline, block = item.inline_offset, item.block_offset
    if own.is_horizontal:
        x, y = inline, block
        x_back, y_back = own.is_inline_reversed(), own.is_flipped_blocks()
        x_align, y_align = item.inline_align, item.block_align
        x_room, y_room = item.inline_room, item.block_room
    else:
        x, y = block, inline
        x_back, y_back = own.is_flipped_blocks(), own.is_inline_reversed()
        x_align, y_align = item.block_align, item.inline_align
        x_room, y_room = item.block_room, item.inline_room
    outer_x_back = outer.is_inline_reversed() if outer.is_horizontal else outer.is_flipped_blocks()
    outer_y_back = outer.is_flipped_blocks() if outer.is_horizontal else outer.is_inline_reversed()
    if x_back != outer_x_back:
        x, x_align = width - x, 2 - x_align
    if y_back != outer_y_back:
        y, y_align = height - y, 2 - y_align
    if outer.is_horizontal:
        return OutOfFlow(item.box, x, y, x_align, y_align, item.inline_container, x_room, y_room)
    return OutOfFlow(item.box, y, x, y_align, x_align, item.inline_container, y_room, x_room)


def overflow_in_parent(child: Fragment) -> Rect:
    """What a child adds to its parent's scrollable overflow area, in the child's own coordinates.

    Its own overflow where that is not clipped, mapped through its transform.
    https://drafts.csswg.org/css-overflow-3/#scrollable
    """
    overflow = child.overflow
    box = child.box
    if child.kind != FragmentKind.BOX or box is None:
        return overflow
    style = child.style
    if box.kind != BoxKind.INLINE:
        clips_x = style.box.overflow_x != Overflow.VISIBLE
        clips_y = style.box.overflow_y != Overflow.VISIBLE
        if clips_x or clips_y:
            overflow = Rect(
                0.0 if clips_x else overflow.x,
                0.0 if clips_y else overflow.y,
                child.width if clips_x else overflow.width,
                child.height if clips_y else overflow.height,
            )
        if has_transform(style):
            matrix = transform_matrix(style, child.width, child.height, child.border.plus(child.padding))
            overflow = matrix.map_rect(overflow)
    return overflow


@final
class FragmentBuilder:
    """One fragment in the making. Offsets are of border boxes, from this box's border-box start corner.

    Attributes:
        out_of_flow: pending descendants, their static positions from this box's border-box start corner.
        content_inline, percentage_block: the content-box sizes that percentages of relative insets resolve
            against; INDEFINITE (the default) where the block size is auto.
    """

    __slots__ = (
        "_block_offsets",
        "_children",
        "_inline_offsets",
        "box",
        "content_inline",
        "direction",
        "out_of_flow",
        "percentage_block",
    )

    def __init__(self, box: Box, direction: WritingDirection | None = None) -> None:
        """`direction`: the axes of the offsets, where they are not the box's own (parts of tables)."""
        self.box: Final = box
        self.direction: Final[WritingDirection] = direction or writing_direction(box.style)
        self.out_of_flow: Final[list[OutOfFlow]] = []
        self.content_inline: float = INDEFINITE
        self.percentage_block: float = INDEFINITE
        self._children: Final[list[Fragment]] = []
        self._inline_offsets: Final[list[float]] = []
        self._block_offsets: Final[list[float]] = []

    def add(self, fragment: Fragment, inline_offset: float, block_offset: float) -> None:
        """Place a child."""
        self._children.append(fragment)
        self._inline_offsets.append(inline_offset)
        self._block_offsets.append(block_offset)

    @property
    def children(self) -> list[Fragment]:
        """The children placed so far."""
        return self._children

    def add_result(self, result: LayoutResult, inline_offset: float, block_offset: float) -> None:
        """Place a child and take over its pending out-of-flow descendants, whatever its writing mode."""
        self.add(result.fragment, inline_offset, block_offset)
        if result.out_of_flow:
            fragment = result.fragment
            if fragment.style.box.position == PositionKind.RELATIVE and fragment.kind == FragmentKind.BOX:
                # `finish` moves the child; the static positions in it are moved here.
                basis = self.content_inline
                di, db = relative_offset(fragment.style, self.direction, basis, self.percentage_block)
                inline_offset += di
                block_offset += db
            own = writing_direction(fragment.style)
            if own is self.direction:
                self.add_out_of_flow(result.out_of_flow, inline_offset, block_offset)
                return
            converted: list[OutOfFlow] = []
            for item in result.out_of_flow:
                converted.append(
                    convert_out_of_flow(item, own, self.direction, fragment.width, fragment.height)
                )
            self.add_out_of_flow(tuple(converted), inline_offset, block_offset)

    def add_out_of_flow(
        self, pending: tuple[OutOfFlow, ...], inline_offset: float, block_offset: float
    ) -> None:
        """Take over pending out-of-flow descendants of a child that stands at this offset.

        NOTE: they are in this box's axes already; `add_result` converts those of a child of another direction.
        """
        for item in pending:
            self.out_of_flow.append(item.moved(inline_offset, block_offset))

    def pending(self) -> tuple[OutOfFlow, ...]:
        """What is still looking for its containing block, for LayoutResult."""
        return tuple(self.out_of_flow) if self.out_of_flow else NO_OUT_OF_FLOW

    def move_block(self, delta: float, start: int = 0) -> None:
        """Shift the children from index `start` on along the block axis."""
        offsets = self._block_offsets
        for index in range(start, len(offsets)):
            offsets[index] += delta

    def move_out_of_flow(self, delta: float, start: int = 0) -> None:
        """Shift the static positions of pending boxes from index `start` on along the block axis."""
        pending = self.out_of_flow
        for index in range(start, len(pending)):
            pending[index] = pending[index].moved(0.0, delta)

    def placed_children(self, inline_size: float, block_size: float) -> list[tuple[Fragment, float, float]]:
        """The children placed so far, with x and y from the top left corner of a border box of this size."""
        placed: list[tuple[Fragment, float, float]] = []
        for index in range(len(self._children)):
            child = self._children[index]
            inline, block = self._moved(index, self.content_inline)
            x, y = self._corner(child, inline, block, inline_size, block_size)
            placed.append((child, x, y))
        return placed

    def _moved(self, index: int, content_inline: float) -> tuple[float, float]:
        """The logical offsets of a child, with those of `position: relative`."""
        child = self._children[index]
        inline, block = self._inline_offsets[index], self._block_offsets[index]
        if child.style.box.position == PositionKind.RELATIVE and child.kind == FragmentKind.BOX:
            di, db = relative_offset(child.style, self.direction, content_inline, self.percentage_block)
            return inline + di, block + db
        return inline, block

    def _corner(
        self, child: Fragment, inline: float, block: float, inline_size: float, block_size: float
    ) -> tuple[float, float]:
        """x and y of a child at logical offsets in a border box of this size."""
        direction = self.direction
        is_reversed = direction.is_inline_reversed()
        if direction.is_horizontal:
            return (inline_size - inline - child.width if is_reversed else inline), block
        x = block_size - block - child.width if direction.is_flipped_blocks() else block
        return x, (inline_size - inline - child.height if is_reversed else inline)

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
        left, top, right, bottom = 0.0, 0.0, width, height
        content = inline_size - border.inline_sum - padding.inline_sum
        for index in range(len(self._children)):
            child = self._children[index]
            inline, block = self._moved(index, content)
            if child.has_sticky or child.style.box.position == PositionKind.STICKY:
                fragment.has_sticky = True
            x, y = self._corner(child, inline, block, inline_size, block_size)
            links.append(Link(child, x, y))
            overflow = overflow_in_parent(child)
            left, top = min(left, x + overflow.x), min(top, y + overflow.y)
            right, bottom = max(right, x + overflow.right), max(bottom, y + overflow.bottom)
        fragment.overflow = Rect(left, top, right - left, bottom - top)
        return fragment
