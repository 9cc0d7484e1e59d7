"""Intrinsic inline sizes of multi-column containers (https://drafts.csswg.org/css-multicol-1/#intrinsic-sizes)."""

from __future__ import annotations

from ...css.values import LengthKind
from ..block_sizes import block_min_max
from ..box import Box, BoxKind
from ..constraint_space import INDEFINITE, ConstraintSpace, MinMaxSizes
from ..css_predicates import establishes_formatting_context
from ..driver import LayoutContext
from ..logical import writing_direction
from ..sizing import child_percentage_block, min_max_contribution, resolve, resolve_edges, resolve_margins


def multicol_min_max(box: Box, space: ConstraintSpace, context: LayoutContext) -> MinMaxSizes:
    """The intrinsic inline sizes of a multi-column container's border box, as Blink reckons them."""
    edges = resolve_edges(context, box, space)
    spanner_low = spanner_high = 0.0
    if not box.has_inline_children:
        percentage_block = child_percentage_block(context, box, space, edges, INDEFINITE)
        spanner_space = ConstraintSpace(INDEFINITE, percentage_block=percentage_block)
        for child in _spanners(box, []):
            margins = resolve_margins(child.style, INDEFINITE, writing_direction(box.style))
            wish = min_max_contribution(context, child, spanner_space)
            spanner_low = max(spanner_low, wish.min + margins.inline_sum)
            spanner_high = max(spanner_high, wish.max + margins.inline_sum)
    sizes = block_min_max(box, space, context)
    content = MinMaxSizes(max(0.0, sizes.min - edges.inline_sum), max(0.0, sizes.max - edges.inline_sum))
    columns = _of_columns(box, content)
    low = max(columns.min, spanner_low)
    high = max(low, columns.max, spanner_high)
    return MinMaxSizes(low + edges.inline_sum, high + edges.inline_sum)


def empty_multicol_min_max(box: Box, edges: float) -> MinMaxSizes:
    """The same for a container whose content does not count (size containment); `edges`: border and padding, px."""
    columns = _of_columns(box, MinMaxSizes(0.0, 0.0))
    return MinMaxSizes(columns.min + edges, max(columns.min, columns.max) + edges)


def _of_columns(box: Box, content: MinMaxSizes) -> MinMaxSizes:
    """The content-box sizes of all columns side by side, by the sizes of what is in them."""
    style = box.style.box
    low, high = content.min, content.max
    count = max(1, style.column_count)
    if style.column_width.kind != LengthKind.AUTO:
        width = max(0.0, resolve(style.column_width, 0.0))
        low = min(low, width)
        high = max(high, width)
    else:
        low *= count
    gaps = column_gap(box, INDEFINITE) * (count - 1)
    return MinMaxSizes(low + gaps, high * count + gaps)


def _spanners(box: Box, found: list[Box]) -> list[Box]:
    """The boxes that span all columns, in this one and in those of its formatting context."""
    for child in box.children:
        if child.is_column_spanner:
            found.append(child)
        elif child.kind == BoxKind.BLOCK and not child.has_inline_children:
            if not establishes_formatting_context(child, box.style):
                _spanners(child, found)
    return found


def column_gap(box: Box, basis: float) -> float:
    """column-gap in px: normal is 1em here, in whole pixels as in Blink."""
    gap = box.style.box.column_gap
    if gap.kind == LengthKind.NORMAL:
        return float(int(box.style.inherited.font_size + 0.5))
    return max(0.0, resolve(gap, basis))
