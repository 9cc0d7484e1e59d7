"""Intrinsic sizes of block containers (https://drafts.csswg.org/css-sizing-3/#intrinsic), and their inline items."""

from __future__ import annotations

from .box import Box, BoxKind
from .constraint_space import INDEFINITE, ConstraintSpace, MinMaxSizes
from .css_predicates import establishes_formatting_context
from .driver import LayoutContext
from .floats import clears, is_left_float
from .inline.collector import Collector
from .inline.first_line import first_line_items
from .inline.intrinsic import InlineSizer
from .inline.items import InlineItems, ItemKind
from .logical import WritingDirection, writing_direction
from .sizing import (
    BoxEdges,
    child_percentage_block,
    is_auto_block,
    min_max_contribution,
    resolve_edges,
    resolve_margins,
)


def inline_items(context: LayoutContext, box: Box) -> InlineItems:
    """The inline items of a block container."""
    found = context.inline_items.get(box.id)
    if found is None:
        found = Collector(context, box).run()
        context.inline_items[box.id] = found
    return found


def first_items(context: LayoutContext, box: Box, data: InlineItems) -> InlineItems:
    """The inline items of a block container for its first line: `data` itself, but for ::first-line."""
    style = box.first_line
    if style is None:
        return data
    found = context.inline_items.get(~box.id)
    if found is None:
        found = first_line_items(context, box, data, style)
        context.inline_items[~box.id] = found
    return found


def inline_min_max(
    context: LayoutContext, box: Box, direction: WritingDirection, percentage_block: float = INDEFINITE
) -> MinMaxSizes:
    """The intrinsic sizes of an inline formatting context; `percentage_block`: its definite content height."""
    data = inline_items(context, box)
    first = first_items(context, box, data)
    sizer = InlineSizer(context, box, data, direction)
    sizer.percentage_block = percentage_block
    sizes = sizer.run()
    if first is data:
        return sizes
    # NOTE: all in the first line's style; only what follows a forced break is narrower or wider than that.
    styled = InlineSizer(context, box, first, direction).run()
    if any(item.kind == ItemKind.BREAK for item in data.items):
        return MinMaxSizes(max(sizes.min, styled.min), max(sizes.max, styled.max))
    return MinMaxSizes(max(sizes.min, styled.min), styled.max)


def block_min_max(box: Box, space: ConstraintSpace, context: LayoutContext) -> MinMaxSizes:
    """The intrinsic inline sizes of a block container's border box, from its content."""
    edges = resolve_edges(context, box, space)
    direction = writing_direction(box.style)
    if box.has_inline_children:
        sizes = inline_min_max(context, box, direction, _percentage_block(box, space, context, edges))
    else:
        percentage_block = _percentage_block(box, space, context, edges)
        sizes = _block_children_min_max(box, context, direction, percentage_block)
    return MinMaxSizes(sizes.min + edges.inline_sum, sizes.max + edges.inline_sum)


def _percentage_block(box: Box, space: ConstraintSpace, context: LayoutContext, edges: BoxEdges) -> float:
    """A content height that is definite before layout: pictures with a percentage height have a width by it."""
    if box.element is None and box.kind == BoxKind.BLOCK and not space.is_fixed_block:
        return space.percentage_block
    if is_auto_block(box.style) and not space.is_fixed_block:
        return INDEFINITE
    return child_percentage_block(context, box, space, edges, INDEFINITE)


def _block_children_min_max(
    box: Box, context: LayoutContext, direction: WritingDirection, percentage_block: float
) -> MinMaxSizes:
    """The widest child; floats stand side by side in the max-content size."""
    low, high = 0.0, 0.0
    floats_left, floats_right = 0.0, 0.0
    space = ConstraintSpace(INDEFINITE, percentage_block=percentage_block, is_shrink_to_fit=True)
    for child in box.children:
        if child.is_out_of_flow() or child.kind == BoxKind.OUTSIDE_MARKER or child.is_column_spanner:
            continue
        margins = resolve_margins(child.style, 0.0, direction)
        if writing_direction(child.style).is_orthogonal_to(direction):
            viewport = context.viewport
            room = viewport.height if direction.is_horizontal else viewport.width
            fragment = context.layout(
                child, ConstraintSpace(room, is_shrink_to_fit=True, is_measure=True)
            ).fragment
            size = fragment.width if direction.is_horizontal else fragment.height
            sizes = MinMaxSizes(size, size)
        else:
            sizes = min_max_contribution(context, child, space)
        child_low = sizes.min + margins.inline_sum
        child_high = sizes.max + margins.inline_sum
        low = max(low, child_low)
        clear_left, clear_right = clears(child.style.box.clear, direction)
        if child.is_floating():
            if clear_left or clear_right:
                high = max(high, floats_left + floats_right)
                floats_left = 0.0 if clear_left else floats_left
                floats_right = 0.0 if clear_right else floats_right
            if is_left_float(child, direction):
                floats_left += max(0.0, child_high)
            else:
                floats_right += max(0.0, child_high)
            continue
        if establishes_formatting_context(child, box.style):
            if clear_left or clear_right:
                high = max(high, floats_left + floats_right)
                floats_left = 0.0 if clear_left else floats_left
                floats_right = 0.0 if clear_right else floats_right
            # Beside the floats: margins may lie over them.
            start, end = (
                (margins.inline_start, margins.inline_end)
                if direction.is_ltr
                else (margins.inline_end, margins.inline_start)
            )
            beside_left = max(floats_left, start) if floats_left > 0.0 else start
            beside_right = max(floats_right, end) if floats_right > 0.0 else end
            beside = sizes.max + beside_left + beside_right
            high = max(high, beside, floats_left + floats_right)
            floats_left = floats_right = 0.0
            continue
        high = max(high, child_high, floats_left + floats_right)
        floats_left = floats_right = 0.0
    high = max(high, floats_left + floats_right)
    return MinMaxSizes(max(0.0, low), max(0.0, low, high))
