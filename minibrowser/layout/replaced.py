"""Replaced boxes: sizes from natural dimensions and ratios (https://drafts.csswg.org/css2/#inline-replaced-width).

The content box becomes the fragment's `content_rect`; object-fit is painting's.
"""

from __future__ import annotations

from typing import Final, final

from ..css.keywords import BoxSizing
from ..css.values import LengthKind
from .box import BROKEN_PICTURE, EMPTY_PICTURE, Box
from .constraint_space import INDEFINITE, ConstraintSpace, LayoutResult, MinMaxSizes
from .driver import LayoutContext
from .fragment_builder import FragmentBuilder
from .sizing import (
    BoxEdges,
    block_length,
    block_limits,
    has_containment,
    inline_length,
    inline_limits,
    resolve_block_length,
    resolve_edges,
    resolve_inline_length,
    stretch_block,
    stretch_inline,
)
from .units import layout_unit

DEFAULT_WIDTH: Final = 300.0
DEFAULT_HEIGHT: Final = 150.0
"""https://drafts.csswg.org/css-images-3/#default-object-size"""


@final
class NaturalSize:
    """Natural dimensions along the box's own axes; -1.0 where there is none; ratio inline / block, 0.0 for none.

    Attributes:
        inline_edges, block_edges: what the ratio counts beside the content box: border and padding where
            `aspect-ratio` without `auto` goes with `box-sizing: border-box`.
    """

    __slots__ = ("block", "block_edges", "inline", "inline_edges", "ratio")

    def __init__(self, box: Box, edges: BoxEdges) -> None:
        width, height, ratio = -1.0, -1.0, 0.0
        picture = box.picture
        if (box.style.box.contain or box.style.box.container_type) and has_containment(box.style, "size"):
            # https://drafts.csswg.org/css-contain-2/#containment-size : no natural sizes
            given_width = box.style.box.contain_intrinsic_width
            given_height = box.style.box.contain_intrinsic_height
            width = given_width.px if given_width.is_definite() else 0.0
            height = given_height.px if given_height.is_definite() else 0.0
        elif picture is not None:
            width, height, ratio = picture.natural_width, picture.natural_height, picture.natural_ratio
        wish = box.style.box.aspect_ratio
        if wish.ratio > 0.0 and (not wish.is_auto or ratio <= 0.0):
            ratio = wish.ratio
        if box.style.inherited.writing_mode != 0:
            width, height = height, width
            ratio = 1.0 / ratio if ratio > 0.0 else 0.0
        self.inline: float = layout_unit(width) if width >= 0.0 else -1.0
        self.block: float = layout_unit(height) if height >= 0.0 else -1.0
        self.ratio: float = ratio
        is_of_border_box = (
            wish.ratio > 0.0 and not wish.is_auto and box.style.box.box_sizing == BoxSizing.BORDER_BOX
        )
        self.inline_edges: float = edges.inline_sum if is_of_border_box else 0.0
        self.block_edges: float = edges.block_sum if is_of_border_box else 0.0

    def inline_of(self, block: float) -> float:
        """The inline size that goes with a block size, both of the content box."""
        return max(0.0, layout_unit((block + self.block_edges) * self.ratio) - self.inline_edges)

    def block_of(self, inline: float) -> float:
        """The block size that goes with an inline size, both of the content box."""
        return max(0.0, layout_unit((inline + self.inline_edges) / self.ratio) - self.block_edges)


def replaced_size(
    context: LayoutContext, box: Box, space: ConstraintSpace, edges: BoxEdges
) -> tuple[float, float]:
    """The used border-box size, inline and block."""
    style = box.style
    inline_edges, block_edges = edges.inline_sum, edges.block_sum
    inline, block = INDEFINITE, INDEFINITE
    if space.is_fixed_inline:
        inline = max(0.0, space.available_inline - inline_edges)
    else:
        length = inline_length(style)
        if not LengthKind.MIN_CONTENT <= length.kind <= LengthKind.FIT_CONTENT_FUNCTION:
            value = resolve_inline_length(context, box, space, edges, length)
            if value != INDEFINITE:
                inline = value - inline_edges
    if space.is_fixed_block:
        block = max(0.0, space.available_block - block_edges)
    else:
        length = block_length(style)
        value = INDEFINITE
        if not space.is_block_size_auto:
            value = resolve_block_length(box, space, edges, length, INDEFINITE)
        if value != INDEFINITE:
            block = value - block_edges
        elif space.stretch_block and length.is_auto():
            value = stretch_block(style, space, edges)
            if value != INDEFINITE:
                block = value - block_edges
    natural = NaturalSize(box, edges)
    ratio = natural.ratio
    limits = inline_limits(context, box, space, edges)
    low, high = limits.min - inline_edges, limits.max - inline_edges
    block_bounds = block_limits(context, box, space, edges, INDEFINITE)
    block_low, block_high = block_bounds.min - block_edges, block_bounds.max - block_edges
    if inline != INDEFINITE and not space.is_fixed_inline:
        inline = max(low, min(high, inline))
    if block != INDEFINITE and not space.is_fixed_block:
        block = max(block_low, min(block_high, block))
    if inline == INDEFINITE and block == INDEFINITE and _is_block_of_fallback(box, space):
        # What stands for the picture is a block in its own right: as wide as there is room.
        inline = max(low, min(high, stretch_inline(style, space, edges) - inline_edges))
        block = max(block_low, min(block_high, natural.block))
    elif inline == INDEFINITE and block == INDEFINITE:
        inline, block = _automatic_size(natural, space, edges, box)
        if ratio > 0.0 and natural_has_ratio(natural):
            inline, block = constrain(inline, block, (low, high), (block_low, block_high))
        else:
            inline = max(low, min(high, inline))
            if ratio > 0.0:
                block = natural.block_of(inline)
            block = max(block_low, min(block_high, block))
    elif inline == INDEFINITE:
        if ratio > 0.0:
            inline = natural.inline_of(block)
        else:
            inline = natural.inline if natural.inline >= 0.0 else DEFAULT_WIDTH
        inline = max(low, min(high, inline))
    elif block == INDEFINITE:
        if ratio > 0.0:
            block = natural.block_of(inline)
        else:
            block = natural.block if natural.block >= 0.0 else DEFAULT_HEIGHT
        block = max(block_low, min(block_high, block))
    return inline + inline_edges, block + block_edges


def _is_block_of_fallback(box: Box, space: ConstraintSpace) -> bool:
    """Whether it is an image without a picture that is laid out as a block in flow."""
    if box.picture is not EMPTY_PICTURE and box.picture is not BROKEN_PICTURE:
        return False
    is_in_flow = not (box.is_inline_level() or box.is_floating() or box.is_out_of_flow())
    return is_in_flow and not space.is_shrink_to_fit and space.available_inline != INDEFINITE


def natural_has_ratio(natural: NaturalSize) -> bool:
    """Whether min and max keep the ratio."""
    return natural.ratio > 0.0


def _automatic_size(
    natural: NaturalSize, space: ConstraintSpace, edges: BoxEdges, box: Box
) -> tuple[float, float]:
    """Both sizes auto: CSS 2.2 sections 10.3.2 and 10.6.2. Content box."""
    inline, block, ratio = natural.inline, natural.block, natural.ratio
    wish = box.style.box.aspect_ratio
    if ratio > 0.0:
        if inline >= 0.0 and (block < 0.0 or not wish.is_auto):
            return inline, natural.block_of(inline)
        if inline < 0.0 and block >= 0.0:
            return natural.inline_of(block), block
        if inline < 0.0:
            # Only a ratio: as wide as a block would be.
            available = stretch_inline(box.style, space, edges)
            # NOTE: where no size is available either (intrinsic contributions), Blink makes nothing of it.
            inline = max(0.0, available - edges.inline_sum) if available != INDEFINITE else 0.0
            return inline, natural.block_of(inline)
    if inline < 0.0:
        inline = DEFAULT_WIDTH
    if block < 0.0:
        block = DEFAULT_HEIGHT
    return inline, block


def constrain(
    inline: float, block: float, inline_limits_: tuple[float, float], block_limits_: tuple[float, float]
) -> tuple[float, float]:
    """The table of CSS 2.2 section 10.4: min and max keep the ratio as far as they can."""
    low, high = inline_limits_
    high = max(low, high)
    block_low, block_high = block_limits_
    block_high = max(block_low, block_high)
    w, h = inline, block
    if w <= 0.0 or h <= 0.0:
        return max(low, min(high, w)), max(block_low, min(block_high, h))
    if w > high:
        if h > block_high:
            if high / w <= block_high / h:
                return high, max(block_low, layout_unit(high * h / w))
            return max(low, layout_unit(block_high * w / h)), block_high
        if h < block_low:
            return high, block_low
        return high, max(layout_unit(high * h / w), block_low)
    if w < low:
        if h < block_low:
            if low / w <= block_low / h:
                return min(high, layout_unit(block_low * w / h)), block_low
            return low, min(block_high, layout_unit(low * h / w))
        if h > block_high:
            return low, block_high
        return low, min(layout_unit(low * h / w), block_high)
    if h > block_high:
        return max(layout_unit(block_high * w / h), low), block_high
    if h < block_low:
        return min(layout_unit(block_low * w / h), high), block_low
    return w, h


def layout_replaced(box: Box, space: ConstraintSpace, context: LayoutContext) -> LayoutResult:
    """Lay out a replaced box."""
    edges = resolve_edges(context, box, space)
    inline, block = replaced_size(context, box, space, edges)
    builder = FragmentBuilder(box)
    fragment = builder.finish(inline, block, edges.border, edges.padding)
    fragment.content_rect = fragment.content_box()
    return LayoutResult(fragment, exclusions=space.exclusions, intrinsic_block=block)


def replaced_min_max(box: Box, space: ConstraintSpace, context: LayoutContext) -> MinMaxSizes:
    """The natural inline size, through the ratio where the block size is given (border box)."""
    edges = resolve_edges(context, box, space)
    natural = NaturalSize(box, edges)
    ratio = natural.ratio
    length = block_length(box.style)
    block = resolve_block_length(box, space, edges, length, INDEFINITE)
    limits = block_limits(context, box, space, edges, INDEFINITE)
    if ratio > 0.0:
        if block != INDEFINITE:
            content = max(limits.min, min(limits.max, block)) - edges.block_sum
            inline = natural.inline_of(content)
        else:
            inline, content = _automatic_size(natural, space, edges, box)
            bounds = (limits.min - edges.block_sum, limits.max - edges.block_sum)
            inline, _ = constrain(inline, content, (0.0, 1.0e9), bounds)
    else:
        inline = natural.inline if natural.inline >= 0.0 else DEFAULT_WIDTH
    inline += edges.inline_sum
    return MinMaxSizes(inline, inline)
