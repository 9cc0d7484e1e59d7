"""Used sizes of boxes from their styles and constraint spaces, shared by all layout algorithms.

All results are CSS px in the inline and block axes of the box itself, and border-box sizes unless a name says
otherwise. Every length is cut to a whole number of 1/64 px where it is resolved (`layout_unit`), as Blink's
LayoutUnit is: sums and differences of such numbers are exact in a double, so that three floats of 33.33% fit
side by side and no algorithm needs a tolerance.

https://drafts.csswg.org/css-sizing-3/ ; https://drafts.csswg.org/css-sizing-4/#aspect-ratio
"""

from __future__ import annotations

from typing import Final, final

from ..css.computed_style import BoxStyle, ComputedStyle
from ..css.keywords import (
    BoxSizing,
    ContainerType,
    ContentVisibility,
    Display,
    Overflow,
    PositionKind,
    TransformStyle,
)
from ..css.values import Length, LengthKind
from ..limits import MAX_LENGTH
from .box import Box, BoxKind, ControlKind
from .constraint_space import INDEFINITE, NO_BASELINE, ConstraintSpace, MinMaxSizes
from .driver import LayoutContext
from .logical import NO_LOGICAL_EDGES, LogicalEdges, WritingDirection, writing_direction
from .units import layout_unit as layout_unit

FIXED_CONTAINERS: Final = frozenset(
    (
        "transform",
        "translate",
        "rotate",
        "scale",
        "perspective",
        "transform-style",
        "filter",
        "backdrop-filter",
        "contain",
    )
)
"""`will-change` names that make a containing block of fixed boxes (css-will-change-1 section 3)."""

FILTERS: Final = frozenset(("filter", "backdrop-filter"))
"""Those of them that do so for inline boxes."""


INCOMPRESSIBLE: Final = frozenset(
    (
        ControlKind.NONE,
        ControlKind.BUTTON,
        ControlKind.CHECKBOX,
        ControlKind.RADIO,
        ControlKind.IMAGE,
        ControlKind.COLOR,
        ControlKind.DATE,
    )
)
"""Controls that do not give way where their width is a percentage."""

SINGLE_PRECISION: Final = 1.0 + 2.0**-24


def resolve(length: Length, basis: float) -> float:
    """A <length-percentage> in px; percentages of an indefinite basis count as 0, and so do keywords.

    NOTE: Blink reckons in 32-bit floats, where 33.33333333% of 1200px is 400px; hence the half unit in the
    last place before the cut to 1/64 px.
    """
    if length.kind == LengthKind.FIXED:
        return layout_unit(length.px)
    return layout_unit(length.resolve(basis if basis > 0.0 else 0.0) * SINGLE_PRECISION)


# --- Logical access to physical properties --------------------------------------------------------


def inline_length(style: ComputedStyle) -> Length:
    """width or height: the size along the box's own inline axis."""
    return style.box.width if style.inherited.writing_mode == 0 else style.box.height


def block_length(style: ComputedStyle) -> Length:
    """height or width: the size along the box's own block axis."""
    return style.box.height if style.inherited.writing_mode == 0 else style.box.width


def min_inline_length(style: ComputedStyle) -> Length:
    """min-inline-size."""
    return style.box.min_width if style.inherited.writing_mode == 0 else style.box.min_height


def max_inline_length(style: ComputedStyle) -> Length:
    """max-inline-size."""
    return style.box.max_width if style.inherited.writing_mode == 0 else style.box.max_height


def min_block_length(style: ComputedStyle) -> Length:
    """min-block-size."""
    return style.box.min_height if style.inherited.writing_mode == 0 else style.box.min_width


def max_block_length(style: ComputedStyle) -> Length:
    """max-block-size."""
    return style.box.max_height if style.inherited.writing_mode == 0 else style.box.max_width


def margin_lengths(
    style: ComputedStyle, direction: WritingDirection
) -> tuple[Length, Length, Length, Length]:
    """margin inline-start, inline-end, block-start, block-end, by the sides of `direction` (the parent's)."""
    box = style.box
    return _logical_four(box.margin_top, box.margin_right, box.margin_bottom, box.margin_left, direction)


def inset_lengths(style: ComputedStyle, direction: WritingDirection) -> tuple[Length, Length, Length, Length]:
    """inset inline-start, inline-end, block-start, block-end, by the sides of `direction`."""
    box = style.box
    return _logical_four(box.top, box.right, box.bottom, box.left, direction)


def _logical_four(
    top: Length, right: Length, bottom: Length, left: Length, direction: WritingDirection
) -> tuple[Length, Length, Length, Length]:
    if direction.is_horizontal:
        return (left, right, top, bottom) if direction.is_ltr else (right, left, top, bottom)
    start, end = (bottom, top) if direction.is_inline_reversed() else (top, bottom)
    return (start, end, right, left) if direction.is_flipped_blocks() else (start, end, left, right)


def overflow_inline(style: ComputedStyle) -> Overflow:
    """overflow along the box's own inline axis."""
    return style.box.overflow_x if style.inherited.writing_mode == 0 else style.box.overflow_y


def overflow_block(style: ComputedStyle) -> Overflow:
    """overflow along the box's own block axis."""
    return style.box.overflow_y if style.inherited.writing_mode == 0 else style.box.overflow_x


def is_scroll_container(style: ComputedStyle) -> bool:
    """Whether overflow makes it a scroll container (https://drafts.csswg.org/css-overflow-3/#scroll-container)."""
    x, y = style.box.overflow_x, style.box.overflow_y
    return (x != Overflow.VISIBLE and x != Overflow.CLIP) or (y != Overflow.VISIBLE and y != Overflow.CLIP)


# --- Edges ----------------------------------------------------------------------------------------


@final
class BoxEdges:
    """The used widths inside a border box.

    Attributes:
        border, padding, scrollbar: each by logical side of the box itself.
        inline_sum, block_sum: of all three: what the border box has more than the content box.
        inline_frame, block_frame: of border and padding: the least that the border box is, and what it has more
            than a content-box `width` or `height` says, which scrollbars are inside of.
        inline_start, inline_end, block_start, block_end: likewise on each side.
    """

    __slots__ = (
        "block_end",
        "block_frame",
        "block_start",
        "block_sum",
        "border",
        "inline_end",
        "inline_frame",
        "inline_start",
        "inline_sum",
        "padding",
        "scrollbar",
    )

    def __init__(self, border: LogicalEdges, padding: LogicalEdges, scrollbar: LogicalEdges) -> None:
        self.border: Final = border
        self.padding: Final = padding
        self.scrollbar: Final = scrollbar
        self.inline_start: Final = border.inline_start + padding.inline_start + scrollbar.inline_start
        self.inline_end: Final = border.inline_end + padding.inline_end + scrollbar.inline_end
        self.block_start: Final = border.block_start + padding.block_start + scrollbar.block_start
        self.block_end: Final = border.block_end + padding.block_end + scrollbar.block_end
        self.inline_sum: Final = self.inline_start + self.inline_end
        self.block_sum: Final = self.block_start + self.block_end
        self.inline_frame: Final = border.inline_sum + padding.inline_sum
        self.block_frame: Final = border.block_sum + padding.block_sum


NO_BOX_EDGES: Final = BoxEdges(NO_LOGICAL_EDGES, NO_LOGICAL_EDGES, NO_LOGICAL_EDGES)


def edges_from_physical(
    top: float, right: float, bottom: float, left: float, direction: WritingDirection
) -> LogicalEdges:
    """Four physical widths by logical side."""
    if direction.is_horizontal:
        if direction.is_ltr:
            return LogicalEdges(left, right, top, bottom)
        return LogicalEdges(right, left, top, bottom)
    start, end = (bottom, top) if direction.is_inline_reversed() else (top, bottom)
    if direction.is_flipped_blocks():
        return LogicalEdges(start, end, right, left)
    return LogicalEdges(start, end, left, right)


def resolve_border(style: ComputedStyle) -> LogicalEdges:
    """The border widths."""
    box = style.box
    top, right, bottom, left = (
        box.border_top_width,
        box.border_right_width,
        box.border_bottom_width,
        box.border_left_width,
    )
    if top == 0.0 and right == 0.0 and bottom == 0.0 and left == 0.0:
        return NO_LOGICAL_EDGES
    return edges_from_physical(
        layout_unit(top),
        layout_unit(right),
        layout_unit(bottom),
        layout_unit(left),
        writing_direction(style),
    )


def resolve_padding(style: ComputedStyle, basis: float) -> LogicalEdges:
    """The padding; percentages are of `basis`, the containing block's inline size."""
    box = style.box
    top, right, bottom, left = box.padding_top, box.padding_right, box.padding_bottom, box.padding_left
    if top.is_zero() and right.is_zero() and bottom.is_zero() and left.is_zero():
        return NO_LOGICAL_EDGES
    return edges_from_physical(
        max(0.0, resolve(top, basis)),
        max(0.0, resolve(right, basis)),
        max(0.0, resolve(bottom, basis)),
        max(0.0, resolve(left, basis)),
        writing_direction(style),
    )


def resolve_margins(style: ComputedStyle, basis: float, direction: WritingDirection) -> LogicalEdges:
    """The margins by the sides of `direction` (the parent's); auto counts as 0."""
    box = style.box
    top, right, bottom, left = box.margin_top, box.margin_right, box.margin_bottom, box.margin_left
    if top.is_zero() and right.is_zero() and bottom.is_zero() and left.is_zero():
        return NO_LOGICAL_EDGES
    return edges_from_physical(
        resolve(top, basis), resolve(right, basis), resolve(bottom, basis), resolve(left, basis), direction
    )


def scrollbar_edges(context: LayoutContext, style: ComputedStyle) -> LogicalEdges:
    """Room that classic scrollbars take: only `overflow: scroll` is sure to show them."""
    width = context.scrollbar_width
    if width == 0.0:
        return NO_LOGICAL_EDGES
    right = width if style.box.overflow_y == Overflow.SCROLL else 0.0
    bottom = width if style.box.overflow_x == Overflow.SCROLL else 0.0
    if right == 0.0 and bottom == 0.0:
        return NO_LOGICAL_EDGES
    direction = writing_direction(style)
    if direction.is_horizontal and not direction.is_ltr:
        return edges_from_physical(0.0, 0.0, bottom, right, direction)
    return edges_from_physical(0.0, right, bottom, 0.0, direction)


def resolve_edges(context: LayoutContext, box: Box, space: ConstraintSpace) -> BoxEdges:
    """Border, padding and scrollbars of a box in its constraint space."""
    style = box.style
    if space.cell_border is not None:
        top, right, bottom, left = space.cell_border
        border = edges_from_physical(top, right, bottom, left, writing_direction(style))
    else:
        border = resolve_border(style)
    padding = resolve_padding(
        style, space.percentage_block if space.is_orthogonal else space.percentage_inline
    )
    scrollbar = scrollbar_edges(context, style)
    if border is NO_LOGICAL_EDGES and padding is NO_LOGICAL_EDGES and scrollbar is NO_LOGICAL_EDGES:
        return NO_BOX_EDGES
    return BoxEdges(border, padding, scrollbar)


# --- Aspect ratio ---------------------------------------------------------------------------------


def logical_ratio(style: ComputedStyle) -> float:
    """aspect-ratio as inline / block of the box itself; 0.0 for none. Replaced boxes have their own rules."""
    ratio = style.box.aspect_ratio.ratio
    if ratio > 0.0 and Display.TABLE_ROW_GROUP <= style.box.display <= Display.TABLE_COLUMN:
        return 0.0  # internal table boxes have none
    if ratio <= 0.0 or style.inherited.writing_mode == 0:
        return max(ratio, 0.0)
    return 1.0 / ratio


def _ratio_is_of_border_box(style: ComputedStyle) -> bool:
    # `auto && <ratio>` always works on the content box (css-sizing-4 section 4.1).
    return style.box.box_sizing == BoxSizing.BORDER_BOX and not style.box.aspect_ratio.is_auto


def inline_from_ratio(style: ComputedStyle, ratio: float, block_size: float, edges: BoxEdges) -> float:
    """The border-box inline size that goes with a border-box block size."""
    if _ratio_is_of_border_box(style):
        return max(layout_unit(block_size * ratio), edges.inline_frame)
    return layout_unit(max(0.0, block_size - edges.block_frame) * ratio) + edges.inline_frame


def block_from_ratio(style: ComputedStyle, ratio: float, inline_size: float, edges: BoxEdges) -> float:
    """The border-box block size that goes with a border-box inline size."""
    if _ratio_is_of_border_box(style):
        return max(layout_unit(inline_size / ratio), edges.block_frame)
    return layout_unit(max(0.0, inline_size - edges.inline_frame) / ratio) + edges.block_frame


# --- Inline size ----------------------------------------------------------------------------------


def _own_margins(style: ComputedStyle, space: ConstraintSpace) -> LogicalEdges:
    """The margins by the sides of the box itself."""
    basis = space.percentage_block if space.is_orthogonal else space.percentage_inline
    return resolve_margins(style, basis, writing_direction(style))


def stretch_inline(style: ComputedStyle, space: ConstraintSpace, edges: BoxEdges) -> float:
    """The available inline size less the margins, at least the edges; INDEFINITE where there is none."""
    if space.available_inline == INDEFINITE:
        return INDEFINITE
    margins = _own_margins(style, space)
    return max(edges.inline_frame, space.available_inline - margins.inline_sum)


def resolve_inline_length(
    context: LayoutContext, box: Box, space: ConstraintSpace, edges: BoxEdges, length: Length
) -> float:
    """What a value of width, min-width or max-width comes to; INDEFINITE for auto, none and what acts so."""
    kind = length.kind
    if kind <= LengthKind.CALC:
        if space.percentage_inline == INDEFINITE and length.has_percent():
            return INDEFINITE
        value = max(0.0, resolve(length, space.percentage_inline))
        if box.style.box.box_sizing == BoxSizing.BORDER_BOX:
            return max(value, edges.inline_frame)
        return value + edges.inline_frame
    if (
        kind <= LengthKind.FIT_CONTENT
        and box.style.box.aspect_ratio.ratio > 0.0
        and kind >= LengthKind.MIN_CONTENT
    ):
        value = ratio_inline(context, box, space, edges)
        if value != INDEFINITE:
            return value
    if kind == LengthKind.MIN_CONTENT:
        if box.control is not None and inline_length(box.style).has_percent() and is_compressible(box):
            return edges.inline_frame
        return context.min_max_sizes(box, space).min
    if kind == LengthKind.MAX_CONTENT:
        return context.min_max_sizes(box, space).max
    if kind == LengthKind.FIT_CONTENT:
        sizes = context.min_max_sizes(box, space)
        available = stretch_inline(box.style, space, edges)
        return sizes.max if available == INDEFINITE else sizes.fit(available)
    if kind == LengthKind.FIT_CONTENT_FUNCTION:
        if space.percentage_inline == INDEFINITE and length.has_percent():
            return INDEFINITE
        sizes = context.min_max_sizes(box, space)
        return sizes.fit(resolve(length, space.percentage_inline))
    if kind == LengthKind.STRETCH:
        return stretch_inline(box.style, space, edges)
    return INDEFINITE


def ratio_inline(context: LayoutContext, box: Box, space: ConstraintSpace, edges: BoxEdges) -> float:
    """The inline size that a definite block size gives through the aspect ratio; INDEFINITE where there is none.

    It is both intrinsic sizes then (https://drafts.csswg.org/css-sizing-4/#aspect-ratio-intrinsic).
    """
    ratio = logical_ratio(box.style)
    if ratio <= 0.0 or box.kind == BoxKind.REPLACED:
        return INDEFINITE
    block_size = definite_block_size(context, box, space, edges)
    if block_size == INDEFINITE:
        return INDEFINITE
    block_size = clamp(block_size, block_limits(context, box, space, edges, INDEFINITE))
    return inline_from_ratio(box.style, ratio, block_size, edges)


def clamp(value: float, limits: MinMaxSizes) -> float:
    """Within min and max; min wins."""
    return max(limits.min, min(limits.max, value))


def inline_limits(
    context: LayoutContext, box: Box, space: ConstraintSpace, edges: BoxEdges, is_automatic: bool = False
) -> MinMaxSizes:
    """Used min and max inline size; (edges, MAX_LENGTH) where there are none.

    `is_automatic`: the size comes through the aspect ratio, so that `min-width: auto` is the content's.
    """
    style = box.style
    lower, upper = edges.inline_frame, MAX_LENGTH
    minimum, maximum = min_inline_length(style), max_inline_length(style)
    if maximum.kind != LengthKind.NONE:
        value = resolve_inline_length(context, box, space, edges, maximum)
        if value != INDEFINITE:
            upper = value
    if minimum.kind != LengthKind.AUTO:
        value = resolve_inline_length(context, box, space, edges, minimum)
        if value != INDEFINITE:
            lower = max(lower, value)
    elif is_automatic and not is_scroll_container(style):
        # https://drafts.csswg.org/css-sizing-4/#aspect-ratio-minimum
        lower = max(lower, min(upper, context.min_max_sizes(box, space).min))
    return MinMaxSizes(lower, upper)


def compute_inline_size(context: LayoutContext, box: Box, space: ConstraintSpace, edges: BoxEdges) -> float:
    """The used inline size of a box that is not replaced.

    auto stretches to the available size; fits its content where the space or a table asks for it, or where
    the available size is indefinite (then it is the max-content size).
    """
    if space.is_fixed_inline:
        if space.is_table_cell:
            return space.available_inline  # its column may be narrower than its border and padding
        return max(space.available_inline, edges.inline_frame)
    style = box.style
    value = resolve_inline_length(context, box, space, edges, inline_length(style))
    if value != INDEFINITE:
        return clamp(value, inline_limits(context, box, space, edges))
    ratio = logical_ratio(style)
    if ratio > 0.0:
        block_size = definite_block_size(context, box, space, edges)
        if block_size != INDEFINITE:
            block_size = clamp(block_size, block_limits(context, box, space, edges, INDEFINITE))
            value = inline_from_ratio(style, ratio, block_size, edges)
            return clamp(value, inline_limits(context, box, space, edges, is_automatic=True))
    available = stretch_inline(style, space, edges)
    if available == INDEFINITE:
        value = context.min_max_sizes(box, space).max
    elif space.is_shrink_to_fit or box.kind == BoxKind.TABLE or box.control is not None:
        value = context.min_max_sizes(box, space).fit(available)
    else:
        value = available
    if ratio > 0.0:
        value = clamp(value, transferred_limits(context, box, space, edges, ratio))
    return clamp(value, inline_limits(context, box, space, edges))


def transferred_limits(
    context: LayoutContext, box: Box, space: ConstraintSpace, edges: BoxEdges, ratio: float
) -> MinMaxSizes:
    """The min and max block size as inline sizes, through the aspect ratio.

    https://drafts.csswg.org/css-sizing-4/#aspect-ratio-size-transfers
    """
    limits = block_limits(context, box, space, edges, INDEFINITE)
    lower, upper = 0.0, MAX_LENGTH
    if limits.min > edges.block_frame:
        lower = inline_from_ratio(box.style, ratio, limits.min, edges)
    if limits.max < MAX_LENGTH:
        upper = inline_from_ratio(box.style, ratio, max(limits.max, limits.min), edges)
    return MinMaxSizes(lower, upper)


# --- Block size -----------------------------------------------------------------------------------


def stretch_block(style: ComputedStyle, space: ConstraintSpace, edges: BoxEdges) -> float:
    """The available block size less the margins, at least the edges; INDEFINITE where there is none.

    Blocks in flow have no available block size; what percentages resolve against is what they fill.
    """
    available = space.available_block
    if available == INDEFINITE:
        available = space.percentage_block
    if available == INDEFINITE:
        return INDEFINITE
    margins = _own_margins(style, space)
    return max(edges.block_frame, available - margins.block_sum)


def resolve_block_length(
    box: Box, space: ConstraintSpace, edges: BoxEdges, length: Length, intrinsic_block: float
) -> float:
    """What a value of height, min-height or max-height comes to; INDEFINITE for auto, none and what acts so.

    `intrinsic_block` is the border-box block size of the content, INDEFINITE while it is not known.
    """
    kind = length.kind
    if kind <= LengthKind.CALC:
        if space.percentage_block == INDEFINITE and length.has_percent():
            return INDEFINITE
        value = max(0.0, resolve(length, space.percentage_block))
        if box.style.box.box_sizing == BoxSizing.BORDER_BOX:
            return max(value, edges.block_frame)
        return value + edges.block_frame
    if kind == LengthKind.STRETCH:
        return stretch_block(box.style, space, edges)
    if LengthKind.MIN_CONTENT <= kind <= LengthKind.FIT_CONTENT_FUNCTION:
        return intrinsic_block
    return INDEFINITE


def block_limits(
    context: LayoutContext, box: Box, space: ConstraintSpace, edges: BoxEdges, intrinsic_block: float
) -> MinMaxSizes:
    """Used min and max block size; (edges, MAX_LENGTH) where there are none."""
    style = box.style
    lower, upper = edges.block_frame, MAX_LENGTH
    if space.is_block_size_auto:
        return MinMaxSizes(lower, upper)
    maximum = max_block_length(style)
    if maximum.kind != LengthKind.NONE:
        value = resolve_block_length(box, space, edges, maximum, intrinsic_block)
        if value != INDEFINITE:
            upper = value
    minimum = min_block_length(style)
    if minimum.kind != LengthKind.AUTO:
        value = resolve_block_length(box, space, edges, minimum, intrinsic_block)
        if value != INDEFINITE:
            lower = max(lower, value)
    return MinMaxSizes(lower, upper)


def definite_block_size(
    context: LayoutContext, box: Box, space: ConstraintSpace, edges: BoxEdges, inline_size: float = INDEFINITE
) -> float:
    """The block size where it is known without looking at the content, before min and max; else INDEFINITE.

    With `inline_size` (border box) given, an aspect ratio makes it definite too.
    """
    if space.is_fixed_block:
        return max(space.available_block, edges.block_frame)
    style = box.style
    length = block_length(style)
    if not space.is_block_size_auto:
        value = resolve_block_length(box, space, edges, length, INDEFINITE)
        if value != INDEFINITE:
            return value
    # content keywords act as auto for the ratio
    is_auto = length.kind >= LengthKind.AUTO or length.has_percent() or space.is_block_size_auto
    if space.stretch_block and is_auto:
        value = stretch_block(style, space, edges)
        if value != INDEFINITE:
            return value
    if inline_size != INDEFINITE and is_auto:
        ratio = logical_ratio(style)
        if ratio > 0.0:
            return block_from_ratio(style, ratio, inline_size, edges)
    return INDEFINITE


def compute_block_size(
    context: LayoutContext,
    box: Box,
    space: ConstraintSpace,
    edges: BoxEdges,
    inline_size: float,
    intrinsic_block: float,
) -> float:
    """The used block size, the content's being `intrinsic_block` (border box)."""
    if space.is_fixed_block:
        return max(space.available_block, edges.block_frame)
    intrinsic_block = contained_intrinsic_block(box, edges, intrinsic_block)
    value = definite_block_size(context, box, space, edges, inline_size)
    limits = block_limits(context, box, space, edges, intrinsic_block)
    if value == INDEFINITE:
        return clamp(max(intrinsic_block, edges.block_frame), limits)
    style = box.style
    if (
        intrinsic_block != INDEFINITE
        and style.box.aspect_ratio.ratio > 0.0
        and min_block_length(style).kind == LengthKind.AUTO
        and not is_scroll_container(style)
        and not space.stretch_block
        and resolve_block_length(box, space, edges, block_length(style), INDEFINITE) == INDEFINITE
    ):
        # The automatic minimum of a size that comes through the ratio is the content's, up to max-height.
        value = max(value, min(intrinsic_block, limits.max))
    return clamp(value, limits)


def contained_intrinsic_block(box: Box, edges: BoxEdges, intrinsic_block: float) -> float:
    """The block size that the content asks for (border box): with size containment, as if the box were empty.

    https://drafts.csswg.org/css-contain-2/#containment-size
    """
    style = box.style.box
    if not (style.contain or style.container_type or style.content_visibility):
        return intrinsic_block
    if not has_containment(box.style, "size") or keeps_natural_size(box):
        return intrinsic_block
    wish = contained_block(box.style)
    return edges.block_sum + (wish.px if wish.is_definite() else 0.0)


def contained_inline(style: ComputedStyle) -> Length:
    """contain-intrinsic-inline-size."""
    box = style.box
    return box.contain_intrinsic_width if style.inherited.writing_mode == 0 else box.contain_intrinsic_height


def contained_block(style: ComputedStyle) -> Length:
    """contain-intrinsic-block-size."""
    box = style.box
    return box.contain_intrinsic_height if style.inherited.writing_mode == 0 else box.contain_intrinsic_width


def keeps_natural_size(box: Box) -> bool:
    """Whether a control's size does not come from its content, so that containment leaves it as it is."""
    control = box.control
    return control is not None and control.kind not in (
        ControlKind.NONE,
        ControlKind.BUTTON,
        ControlKind.IMAGE,
    )


def child_percentage_block(
    context: LayoutContext, box: Box, space: ConstraintSpace, edges: BoxEdges, inline_size: float
) -> float:
    """The content-box block size that percentages of children resolve against; INDEFINITE for none."""
    if space.is_fixed_block and space.is_fixed_block_indefinite:
        return INDEFINITE
    value = definite_block_size(context, box, space, edges, inline_size)
    if value == INDEFINITE:
        return INDEFINITE
    if not space.is_fixed_block:
        value = clamp(value, block_limits(context, box, space, edges, INDEFINITE))
    return max(0.0, value - edges.block_sum)


# --- Intrinsic contributions ----------------------------------------------------------------------


def min_max_contribution(context: LayoutContext, box: Box, space: ConstraintSpace) -> MinMaxSizes:
    """The min- and max-content contributions of a box, margins left out.

    https://drafts.csswg.org/css-sizing-3/#intrinsic-contribution : its own inline size where that is definite,
    else its content's, within its min and max. `context.min_max_sizes` alone knows nothing of width, min-width
    and max-width. A percentage of an indefinite basis acts as auto, and for replaced boxes and controls the
    minimum is then 0 (section 5.2.2).
    """
    style = box.style
    edges = resolve_edges(context, box, space)
    length = inline_length(style)
    is_replaced = box.kind == BoxKind.REPLACED
    if length.kind <= LengthKind.CALC or length.kind == LengthKind.STRETCH:
        value = resolve_inline_length(context, box, space, edges, length)
    else:
        value = INDEFINITE
    if value != INDEFINITE and box.kind != BoxKind.TABLE:
        low = high = value
    else:
        sizes = context.min_max_sizes(box, space)
        low, high = sizes.min, sizes.max
        if length.kind == LengthKind.MIN_CONTENT:
            high = low
        elif length.kind == LengthKind.MAX_CONTENT:
            low = high
        ratio = logical_ratio(style)
        if ratio > 0.0 and not is_replaced and value == INDEFINITE:
            block_size = definite_block_size(context, box, space, edges)
            if block_size != INDEFINITE:
                block_size = clamp(block_size, block_limits(context, box, space, edges, INDEFINITE))
                low = high = max(low, inline_from_ratio(style, ratio, block_size, edges))
            elif length.kind > LengthKind.CALC:
                transferred = transferred_limits(context, box, space, edges, ratio)
                low, high = clamp(low, transferred), clamp(high, transferred)
        if value != INDEFINITE:  # a table is never narrower than its content
            low = high = max(low, value)
    if is_compressible(box):
        low = edges.inline_frame
    limits = inline_limits(context, box, space, edges)
    return MinMaxSizes(clamp(low, limits), clamp(high, limits))


def is_compressible(box: Box) -> bool:
    """Whether the minimum contribution of a replaced box or a field is 0: its width or max-width is a percentage.

    https://drafts.csswg.org/css-sizing-3/#replaced-percentage-min-contribution
    """
    if box.kind != BoxKind.REPLACED and (box.control is None or box.control.kind in INCOMPRESSIBLE):
        return False
    style = box.style
    return inline_length(style).has_percent() or max_inline_length(style).has_percent()


# --- Containing blocks and formatting contexts ----------------------------------------------------


def has_transform(style: ComputedStyle) -> bool:
    """Whether any transform property has effect."""
    paint = style.paint
    return bool(paint.transform) or (
        paint.translate is not None or paint.rotate is not None or paint.scale is not None
    )


def _contains_table_part(box: BoxStyle, kind: str) -> bool:
    """Whether this kind of containment has an effect on a part of a table: on cells, but not on their sizes.

    https://drafts.csswg.org/css-contain-2/#containment-layout
    """
    return kind == "style" or (box.display == Display.TABLE_CELL and kind != "size" and kind != "inline-size")


def has_containment(style: ComputedStyle, kind: str) -> bool:
    """Whether `contain` (or what implies it) holds this kind: size, inline-size, layout, style, paint."""
    box = style.box
    if Display.TABLE_ROW_GROUP <= box.display <= Display.TABLE_COLUMN and not _contains_table_part(box, kind):
        return False
    if kind in box.contain:
        return True
    if box.container_type != ContainerType.NORMAL and (
        kind == "inline-size" or (kind == "size" and box.container_type == ContainerType.SIZE)
    ):
        return True
    if box.content_visibility == ContentVisibility.HIDDEN and kind in ("size", "inline-size"):
        return True
    return box.content_visibility != ContentVisibility.VISIBLE and kind in ("layout", "paint", "style")


def filters_content(style: ComputedStyle) -> bool:
    """Whether an inline box of this style is the containing block of all positioned boxes in it, fixed ones too.

    https://drafts.csswg.org/filter-effects-1/#FilterProperty ; css-will-change-1 section 3
    """
    paint = style.paint
    if paint.filter_ or paint.backdrop_filter:
        return True
    return bool(paint.will_change) and not FILTERS.isdisjoint(paint.will_change)


def is_containing_block_for_fixed(box: Box) -> bool:
    """Whether fixed descendants (and so absolute ones) are placed by this box's padding box.

    https://drafts.csswg.org/css-transforms-1/#transform-rendering and the same words in filter-effects,
    css-contain, css-will-change.
    """
    style = box.style
    paint = style.paint
    if paint.filter_ or paint.backdrop_filter:
        return not box.is_root
    if box.kind == BoxKind.INLINE:
        return False  # not a transformable element, and containment does not apply
    if (
        has_transform(style)
        or paint.perspective >= 0.0
        or paint.transform_style == TransformStyle.PRESERVE_3D
    ):
        return True
    if has_containment(style, "layout") or has_containment(style, "paint"):
        return True
    return not FIXED_CONTAINERS.isdisjoint(paint.will_change)


def is_containing_block_for_absolute(box: Box) -> bool:
    """Whether absolutely positioned descendants are placed by this box's padding box."""
    if box.style.box.position != PositionKind.STATIC:
        return not box.split_by or is_containing_block_for_fixed(box)
    if "position" in box.style.paint.will_change:
        return True
    return is_containing_block_for_fixed(box)


def clamp_baseline(baseline: float, block_size: float) -> float:
    """A scroll container's baseline stays within its border box (https://drafts.csswg.org/css-align-3/#baseline-export)."""
    return baseline if baseline == NO_BASELINE else max(0.0, min(baseline, block_size))


def is_auto_inline(style: ComputedStyle) -> bool:
    """Whether the inline size is auto."""
    return inline_length(style).kind == LengthKind.AUTO


def is_auto_block(style: ComputedStyle) -> bool:
    """Whether the block size is auto."""
    return block_length(style).kind == LengthKind.AUTO
