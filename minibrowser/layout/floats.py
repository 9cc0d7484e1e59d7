"""Sizing and placing floats (https://drafts.csswg.org/css2/#float-position)."""

from __future__ import annotations

from typing import Final, final

from ..css.keywords import Clear, FloatKind, WritingMode
from ..geometry import Rect
from .box import Box
from .constraint_space import ConstraintSpace, LayoutResult
from .driver import LayoutContext
from .exclusions import FAR, Exclusion, ExclusionShape, ExclusionSpace
from .logical import LogicalEdges, WritingDirection, to_physical, writing_direction
from .shapes import Turn, float_shape
from .sizing import resolve_margins


def is_left_float(box: Box, direction: WritingDirection) -> bool:
    """Whether a float goes to the line-left side of its container."""
    kind = box.style.box.float_
    if kind == FloatKind.LEFT:
        return True
    if kind == FloatKind.RIGHT:
        return False
    return (kind == FloatKind.INLINE_START) == direction.is_ltr


def clears(kind: Clear, direction: WritingDirection) -> tuple[bool, bool]:
    """Which sides (line-left, line-right) `clear` names."""
    if kind == Clear.NONE:
        return False, False
    if kind == Clear.BOTH:
        return True, True
    left = kind == Clear.LEFT or (kind == (Clear.INLINE_START if direction.is_ltr else Clear.INLINE_END))
    return left, not left


def clearance_offset(exclusions: ExclusionSpace, kind: Clear, direction: WritingDirection) -> float:
    """The block offset that `clear` asks for; -FAR where nothing is to be cleared."""
    if kind == Clear.NONE or exclusions.count == 0:
        return -FAR
    left, right = clears(kind, direction)
    return exclusions.clearance_offset(left, right)


@final
class MeasuredFloat:
    """A float that is laid out and not yet placed. Sizes are in its container's axes, CSS px."""

    __slots__ = ("block_size", "box", "inline_size", "is_left", "line_margin", "margin", "result")

    def __init__(
        self, box: Box, result: LayoutResult, margin: LogicalEdges, direction: WritingDirection
    ) -> None:
        fragment = result.fragment
        self.box: Final = box
        self.result: Final = result
        self.margin: Final = margin
        self.is_left: Final = is_left_float(box, direction)
        self.inline_size: Final = fragment.width if direction.is_horizontal else fragment.height
        self.block_size: Final = fragment.height if direction.is_horizontal else fragment.width
        self.line_margin: Final = margin.inline_start if direction.is_ltr else margin.inline_end

    @property
    def margin_inline(self) -> float:
        """Of the margin box; may be negative."""
        return self.inline_size + self.margin.inline_start + self.margin.inline_end


@final
class PlacedFloat:
    """A float in coordinates of the formatting context: its border box's line-left and block-start edges."""

    __slots__ = ("block_offset", "line_left", "measured")

    def __init__(self, measured: MeasuredFloat, line_left: float, block_offset: float) -> None:
        self.measured: Final = measured
        self.line_left: Final = line_left
        self.block_offset: Final = block_offset


@final
class FloatPlacer:
    """Places the floats of one block container.

    Attributes:
        exclusions: the floats of the formatting context so far; grows.
        placed: this container's floats, in order.
        line_left, line_right: the container's content edges in the formatting context.
    """

    def __init__(
        self,
        context: LayoutContext,
        direction: WritingDirection,
        percentage_inline: float,
        percentage_block: float,
        exclusions: ExclusionSpace,
    ) -> None:
        self.context: Final = context
        self.direction: Final = direction
        self.percentage_inline: Final = percentage_inline
        self.percentage_block: Final = percentage_block
        self.exclusions: ExclusionSpace = exclusions
        self.placed: list[PlacedFloat] = []
        self._measured: Final[dict[int, MeasuredFloat]] = {}
        self.line_left: float = 0.0
        self.line_right: float = 0.0

    def measure(self, box: Box) -> MeasuredFloat:
        """Lay a float out.

        OPTIMIZATION: a line is broken again for every band between the floats; each float is measured once.
        """
        measured = self._measured.get(box.id)
        if measured is None:
            measured = self._measured[box.id] = self._measure(box)
        return measured

    def _measure(self, box: Box) -> MeasuredFloat:
        own = writing_direction(box.style)
        if own.is_orthogonal_to(self.direction):
            space = ConstraintSpace(
                self.percentage_block if self.percentage_block >= 0 else self.context.viewport.height,
                self.percentage_inline,
                percentage_inline=self.percentage_block,
                percentage_block=self.percentage_inline,
                is_orthogonal=True,
                is_shrink_to_fit=True,
            )
        else:
            space = ConstraintSpace(
                self.percentage_inline,
                percentage_inline=self.percentage_inline,
                percentage_block=self.percentage_block,
                is_shrink_to_fit=True,
            )
        result = self.context.layout(box, space)
        margin = resolve_margins(box.style, self.percentage_inline, self.direction)
        return MeasuredFloat(box, result, margin, self.direction)

    def earliest(self, box: Box, block_offset: float) -> float:
        """How high the float's margin box may stand: below earlier floats' tops and what it clears."""
        offset = max(block_offset, self.exclusions.last_start)
        return max(offset, clearance_offset(self.exclusions, box.style.box.clear, self.direction))

    def place(self, measured: MeasuredFloat, block_offset: float) -> PlacedFloat:
        """Place a float as high as it may stand at or below this offset, and take it into the exclusions."""
        width = measured.margin_inline
        # A float wider than its container reaches over the end side, and only there meets what is outside.
        left, right = self.line_left, self.line_right
        if measured.is_left:
            right = max(right, left + width)
        else:
            left = min(left, right - width)
        band = self.exclusions.find(left, right, self.earliest(measured.box, block_offset), width)
        line_left = band.inline_start if measured.is_left else band.inline_end - width
        if not measured.is_left and not band.has_floats:
            line_left = self.line_right - width
        block_start = band.block_start
        block_end = block_start + measured.block_size + measured.margin.block_sum
        shape: ExclusionShape | None = None
        if measured.box.style.box.shape_outside is not None:
            fragment = measured.result.fragment
            height = block_end - block_start
            if self.direction.is_horizontal:
                area = Rect(line_left, block_start, width, height)
            else:
                area = Rect(0.0, 0.0, height, width)
            shape = float_shape(
                measured.box,
                area,
                to_physical(measured.margin, self.direction),
                fragment,
                self.percentage_inline,
                self.direction.is_horizontal,
            )
            if shape is not None and not self.direction.is_horizontal:
                mode = self.direction.mode
                turn = Turn(
                    line_left,
                    block_start,
                    height if mode in (WritingMode.VERTICAL_RL, WritingMode.SIDEWAYS_RL) else -1.0,
                    width if mode == WritingMode.SIDEWAYS_LR else -1.0,
                )
                shape = turn.shape(shape)
        exclusion = Exclusion(
            line_left,
            max(line_left, line_left + width),
            block_start,
            max(block_start, block_end),
            measured.is_left,
            shape,
        )
        self.exclusions = self.exclusions.plus(exclusion)
        placed = PlacedFloat(
            measured, line_left + measured.line_margin, block_start + measured.margin.block_start
        )
        self.placed.append(placed)
        return placed
