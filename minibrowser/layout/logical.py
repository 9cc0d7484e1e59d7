"""Logical and physical directions (https://drafts.csswg.org/css-writing-modes-4/#abstract-box).

Layout algorithms reckon in the inline and block axes of the box that they lay out; fragments are physical.
The conversion happens where a fragment is finished (`fragment_builder.py`), nowhere else.
"""

from __future__ import annotations

from typing import Final, final

from ..css.computed_style import ComputedStyle
from ..css.keywords import Direction, WritingMode
from ..geometry import Edges


@final
class WritingDirection:
    """The writing mode and the direction of a box."""

    __slots__ = ("direction", "is_horizontal", "is_ltr", "mode")

    def __init__(self, mode: WritingMode, direction: Direction) -> None:
        self.mode: Final = mode
        self.direction: Final = direction
        self.is_horizontal: Final = mode == WritingMode.HORIZONTAL_TB
        self.is_ltr: Final = direction == Direction.LTR

    def is_over_at_end(self) -> bool:
        """Whether the over side of lines is their block-end side: vertical-lr."""
        return self.mode == WritingMode.VERTICAL_LR

    def is_flipped_blocks(self) -> bool:
        """Whether blocks go from right to left: vertical-rl and sideways-rl."""
        return self.mode == WritingMode.VERTICAL_RL or self.mode == WritingMode.SIDEWAYS_RL

    def is_inline_reversed(self) -> bool:
        """Whether the inline axis goes against x (or y): rtl, or ltr in sideways-lr."""
        return self.is_ltr == (self.mode == WritingMode.SIDEWAYS_LR)

    def is_orthogonal_to(self, other: WritingDirection) -> bool:
        """Whether the inline axes are at a right angle."""
        return self.is_horizontal != other.is_horizontal

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, WritingDirection)
            and self.mode == other.mode
            and self.direction == other.direction
        )

    def __hash__(self) -> int:
        return hash((self.mode, self.direction))


_ALL: Final = [WritingDirection(mode, direction) for mode in WritingMode for direction in Direction]
HORIZONTAL_LTR: Final = _ALL[0]


def writing_direction(style: ComputedStyle) -> WritingDirection:
    """The writing direction of a box of this style."""
    return _ALL[style.inherited.writing_mode * 2 + style.inherited.direction]


@final
class LogicalEdges:
    """Four widths by logical side, CSS px."""

    __slots__ = ("block_end", "block_start", "inline_end", "inline_start")

    def __init__(self, inline_start: float, inline_end: float, block_start: float, block_end: float) -> None:
        self.inline_start: Final = inline_start
        self.inline_end: Final = inline_end
        self.block_start: Final = block_start
        self.block_end: Final = block_end

    @property
    def inline_sum(self) -> float:
        """inline start + inline end."""
        return self.inline_start + self.inline_end

    @property
    def block_sum(self) -> float:
        """block start + block end."""
        return self.block_start + self.block_end

    def plus(self, other: LogicalEdges) -> LogicalEdges:
        """The sums, side by side."""
        return LogicalEdges(
            self.inline_start + other.inline_start,
            self.inline_end + other.inline_end,
            self.block_start + other.block_start,
            self.block_end + other.block_end,
        )

    def __repr__(self) -> str:
        return f"({self.inline_start:g} {self.inline_end:g} {self.block_start:g} {self.block_end:g})"


NO_LOGICAL_EDGES: Final = LogicalEdges(0.0, 0.0, 0.0, 0.0)


def to_logical(edges: Edges, direction: WritingDirection) -> LogicalEdges:
    """Physical edges by logical side."""
    if direction.is_horizontal:
        if direction.is_ltr:
            return LogicalEdges(edges.left, edges.right, edges.top, edges.bottom)
        return LogicalEdges(edges.right, edges.left, edges.top, edges.bottom)
    start, end = edges.top, edges.bottom
    if direction.is_inline_reversed():
        start, end = end, start
    if direction.is_flipped_blocks():
        return LogicalEdges(start, end, edges.right, edges.left)
    return LogicalEdges(start, end, edges.left, edges.right)


def to_physical(edges: LogicalEdges, direction: WritingDirection) -> Edges:
    """Logical edges by physical side."""
    start, end = edges.inline_start, edges.inline_end
    if direction.is_inline_reversed():
        start, end = end, start
    if direction.is_horizontal:
        return Edges(edges.block_start, end, edges.block_end, start)
    if direction.is_flipped_blocks():
        return Edges(start, edges.block_start, end, edges.block_end)
    return Edges(start, edges.block_end, end, edges.block_start)
