"""Intrinsic inline sizes of multi-column containers (https://drafts.csswg.org/css-multicol-1/#intrinsic-sizes)."""

from __future__ import annotations

from ...css.computed_style import anonymous_style
from ...css.keywords import Display
from ...css.values import LengthKind
from ..block_sizes import block_min_max
from ..box import Box, BoxKind
from ..constraint_space import INDEFINITE, ConstraintSpace, MinMaxSizes
from ..driver import LayoutContext
from ..logical import writing_direction
from ..sizing import min_max_contribution, resolve, resolve_edges, resolve_margins


def multicol_min_max(box: Box, space: ConstraintSpace, context: LayoutContext) -> MinMaxSizes:
    """The intrinsic inline sizes of a multi-column container's border box, as Blink reckons them."""
    edges = resolve_edges(context, box, space)
    spanner_low = spanner_high = 0.0
    flow_children: list[Box] = []
    for child in box.children:
        if not box.has_inline_children and child.is_column_spanner:
            margins = resolve_margins(child.style, INDEFINITE, writing_direction(box.style))
            wish = min_max_contribution(context, child, ConstraintSpace(INDEFINITE))
            spanner_low = max(spanner_low, wish.min + margins.inline_sum)
            spanner_high = max(spanner_high, wish.max + margins.inline_sum)
        else:
            flow_children.append(child)
    if len(flow_children) == len(box.children):
        sizes = block_min_max(box, space, context)
    else:
        flow = Box(BoxKind.BLOCK, anonymous_style(box.style, Display.BLOCK))
        flow.children = flow_children
        flow.id = -(box.id * 1024)
        content = block_min_max(flow, ConstraintSpace(INDEFINITE), context)
        sizes = MinMaxSizes(content.min + edges.inline_sum, content.max + edges.inline_sum)
    style = box.style.box
    low, high = max(0.0, sizes.min - edges.inline_sum), max(0.0, sizes.max - edges.inline_sum)
    count = max(1, style.column_count)
    if style.column_width.kind != LengthKind.AUTO:
        width = max(0.0, resolve(style.column_width, 0.0))
        low = min(low, width)
        high = max(high, width)
    else:
        low *= count
    high *= count
    gaps = column_gap(box, INDEFINITE) * (count - 1)
    low = max(low + gaps, spanner_low)
    high = max(low, high + gaps, spanner_high)
    return MinMaxSizes(low + edges.inline_sum, high + edges.inline_sum)


def column_gap(box: Box, basis: float) -> float:
    """column-gap in px: normal is 1em here, in whole pixels as in Blink."""
    gap = box.style.box.column_gap
    if gap.kind == LengthKind.NORMAL:
        return float(int(box.style.inherited.font_size + 0.5))
    return max(0.0, resolve(gap, basis))
