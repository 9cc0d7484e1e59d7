"""Multi-column containers: their content as flows of a column's width, and the whole container.

https://drafts.csswg.org/css-multicol-1/
"""

from __future__ import annotations

from typing import Final, final

from ...css.computed_style import anonymous_style
from ...css.keywords import Display
from ...css.values import AlignKeyword, LengthKind
from ...geometry import Rect
from ..block import layout_block
from ..block_margins import auto_margin
from ..box import Box, BoxKind
from ..constraint_space import INDEFINITE, NO_BASELINE, ConstraintSpace, LayoutResult
from ..css_predicates import rendered_legend
from ..driver import LayoutContext
from ..fragment import ColumnSource, Fragment, Link
from ..fragment_builder import FragmentBuilder
from ..logical import LogicalEdges, writing_direction
from ..positioned import layout_out_of_flow
from ..sizing import (
    BoxEdges,
    block_limits,
    child_percentage_block,
    compute_block_size,
    compute_inline_size,
    has_containment,
    layout_unit,
    resolve,
    resolve_edges,
    resolve_margins,
)
from .breaks import TOLERANCE, TOO_TALL, BreakAppeal, BreakToken, Cut
from .content import ColumnContent, ColumnPart
from .fragmenter import Fragmenter, NestedColumns
from .intrinsic import column_gap
from .rows import MAX_COLUMNS, ColumnRows

MAX_NESTED: Final = 3
"""Multi-column containers in columns that are broken; deeper ones are kept whole."""

MAX_NESTED_STEPS: Final = 10_000
"""Boxes that the containers in one container's columns cut, for each level of nesting multiplies what the heights
that are tried cost: from then on they are kept whole, and those that are broken already end."""


def layout_multicol(box: Box, space: ConstraintSpace, context: LayoutContext) -> LayoutResult:
    """Lay out a multi-column container. NOTE: in vertical writing modes it is one column."""
    if box.style.inherited.writing_mode != 0:
        return layout_block(box, space, context)
    content = _content(box, space, context)
    return _finish(content, space, context)


def _content(box: Box, space: ConstraintSpace, context: LayoutContext) -> ColumnContent:
    """Lay out what is in a container, as flows of one column's width."""
    edges = resolve_edges(context, box, space)
    inline_size = compute_inline_size(context, box, space, edges)
    available = max(0.0, inline_size - edges.inline_sum)
    gap = column_gap(box, available)
    # https://drafts.csswg.org/css-multicol-1/#pseudo-algorithm
    count = box.style.box.column_count
    column_width = box.style.box.column_width
    if column_width.kind != LengthKind.AUTO:
        width = max(1.0 / 64.0, resolve(column_width, available))
        fitting = max(1, int((available + gap) / (width + gap)))
        count = min(count, fitting) if count > 0 else fitting
    count = max(1, min(count, MAX_COLUMNS))
    width = max(0.0, layout_unit((available - gap * (count - 1)) / count))
    content = ColumnContent(box, edges, inline_size, gap, count, width)
    content.content_block = child_percentage_block(context, box, space, edges, inline_size)
    content.max_block = _max_block(content, space, context)
    legend = rendered_legend(box)
    if legend is not None:
        _measure_legend(content, legend, context)
    children = [child for child in box.children if child is not legend]
    if box.has_inline_children:
        _add_flow(content, children, context)
        return content
    group: list[Box] = []
    for child in children:
        if child.is_column_spanner:
            if group:
                _add_flow(content, group, context)
                group = []
            content.parts.append(ColumnPart(None, child))
        else:
            group.append(child)
    if group:
        _add_flow(content, group, context)
    return content


def _measure_legend(content: ColumnContent, legend: Box, context: LayoutContext) -> None:
    """The legend of a fieldset stands over its border, not in the columns.

    https://html.spec.whatwg.org/multipage/rendering.html#the-fieldset-and-legend-elements
    """
    room = content.content_inline
    space = ConstraintSpace(
        room,
        INDEFINITE,
        percentage_inline=room,
        percentage_block=content.content_block,
        is_shrink_to_fit=True,
    )
    content.legend = context.layout(legend, space)
    margins = resolve_margins(legend.style, room, writing_direction(content.box.style))
    whole = content.legend.fragment.height + margins.block_sum
    content.legend_room = max(0.0, whole - content.edges.border.block_start)


def _place_legend(content: ColumnContent, builder: FragmentBuilder) -> None:
    """Put the legend in the middle of the border, if there is one."""
    result = content.legend
    if result is None or result.fragment.box is None:
        return
    legend, room = result.fragment.box, content.content_inline
    margins = resolve_margins(legend.style, room, builder.direction)
    whole = result.fragment.height + margins.block_sum
    inline = auto_margin(legend, content.box.style, room, margins, result.fragment.width)
    block = max(0.0, (content.edges.border.block_start - whole) / 2.0)
    builder.add_result(result, content.edges.inline_start + inline, block)


def _max_block(content: ColumnContent, space: ConstraintSpace, context: LayoutContext) -> float:
    """The block size that the content box has at most: TOO_TALL where nothing limits it."""
    if content.content_block != INDEFINITE:
        return max(0.0, content.content_block)
    limits = block_limits(context, content.box, space, content.edges, INDEFINITE)
    limit = limits.max - content.edges.block_sum
    return max(0.0, limit) if limit < 1.0e7 else TOO_TALL


def _add_flow(content: ColumnContent, children: list[Box], context: LayoutContext) -> None:
    """Some children between the boxes that span all columns."""
    box = content.box
    flow = Box(BoxKind.BLOCK, anonymous_style(box.style, Display.BLOCK))
    flow.children = children
    flow.has_inline_children = box.has_inline_children
    flow.language = box.language
    number = len(content.parts)
    flow.id = -(box.id * 1024 + number % 1024 + 1)  # a number that no box of the tree has
    space = ConstraintSpace(
        content.width,
        INDEFINITE,
        percentage_inline=content.width,
        percentage_block=content.content_block,
        is_fixed_inline=True,
    )
    content.parts.append(ColumnPart(context.layout(flow, space), None))


def _finish(content: ColumnContent, space: ConstraintSpace, context: LayoutContext) -> LayoutResult:
    """The whole container, where nothing breaks it."""
    box, edges = content.box, content.edges
    builder = FragmentBuilder(box)
    builder.content_inline = content.content_inline
    builder.percentage_block = content.content_block
    _place_legend(content, builder)
    rows = ColumnRows(content, context, builder, Nested(context, 1), None)
    rows.lay_out(None)
    intrinsic = rows.offset + edges.block_end
    block_size = compute_block_size(context, box, space, edges, content.inline_size, intrinsic)
    shift = _content_shift(content, block_size - intrinsic)
    if shift > 0.0:
        builder.move_block(shift)
        builder.move_out_of_flow(shift)
    flowing = builder.child_count()
    layout_out_of_flow(context, box, builder, edges, content.inline_size, block_size)
    fragment = builder.finish(content.inline_size, block_size, edges.border, edges.padding)
    if shift > 0.0:
        fragment.column_rules = [rule.moved(0.0, shift) for rule in rows.rules]
        if rows.first_baseline != NO_BASELINE:
            rows.first_baseline += shift
        if rows.last_baseline != NO_BASELINE:
            rows.last_baseline += shift
    else:
        fragment.column_rules = rows.long_rules(block_size - edges.block_end)
    content.positioned = fragment.children[flowing:]
    content.tallest = rows.tallest
    content.breaks_outer = content.has_forced_breaks()
    fragment.columns = content
    # https://drafts.csswg.org/css-contain-2/#containment-layout : no baseline comes out
    if box.style.box.contain and has_containment(box.style, "layout"):
        rows.first_baseline = rows.last_baseline = NO_BASELINE
    return LayoutResult(
        fragment,
        first_baseline=rows.first_baseline,
        last_baseline=rows.last_baseline,
        atomic_baseline=rows.last_baseline,
        intrinsic_block=intrinsic,
        out_of_flow=builder.pending(),
    )


def _content_shift(content: ColumnContent, free: float) -> float:
    """How far `align-content` moves the rows down (https://drafts.csswg.org/css-align-3/#distribution-block)."""
    keyword = content.box.style.box.align_content.keyword
    if free <= 0.0 or keyword <= AlignKeyword.STRETCH:
        return 0.0
    if keyword in (AlignKeyword.CENTER, AlignKeyword.SPACE_AROUND, AlignKeyword.SPACE_EVENLY):
        return free / 2.0
    return free if keyword in (AlignKeyword.END, AlignKeyword.FLEX_END, AlignKeyword.LAST_BASELINE) else 0.0


@final
class Nested(NestedColumns):
    """Breaks the multi-column containers that are in the columns of another one."""

    def __init__(self, context: LayoutContext, depth: int) -> None:
        self.context: Final = context
        self.depth: Final = depth
        self.steps: int = 0  # of all levels below

    def cut(
        self, fragment: Fragment, source: ColumnSource, token: BreakToken | None, at: float, outer: Fragmenter
    ) -> Cut:
        """The part of the container in one column of `outer`, from `at` on."""
        if not isinstance(source, ColumnContent) or self.depth > MAX_NESTED:
            return Cut(fragment)
        if self.steps > MAX_NESTED_STEPS:
            rest = Fragment(fragment.kind, fragment.box, fragment.style, fragment.width, 0.0)
            rest.overflow = Rect(0.0, 0.0, fragment.width, 0.0)
            return Cut(fragment if token is None else rest)
        inner = Nested(self.context, self.depth + 1)
        inner.steps = self.steps
        builder = FragmentBuilder(source.box)
        builder.content_inline = source.content_inline
        builder.percentage_block = source.content_block
        if token is None:
            _place_legend(source, builder)
        rows = ColumnRows(source, self.context, builder, inner, outer)
        rows.at = at
        rows.fragment = fragment
        goes_on = rows.lay_out(token)
        self.steps = inner.steps + rows.steps
        return _part(source, fragment, token, rows, goes_on, outer.limit - at)


def _part(
    content: ColumnContent,
    whole: Fragment,
    token: BreakToken | None,
    rows: ColumnRows,
    goes_on: BreakToken | None,
    room: float,
) -> Cut:
    """The part of a container whose rows are laid out as far as the outer column goes."""
    consumed = token.consumed if token is not None else 0.0
    left = max(0.0, whole.height - consumed)
    is_fixed = content.content_block != INDEFINITE
    edges: BoxEdges = content.edges
    is_cloned = content.is_cloned()
    if is_cloned and token is not None:
        left += edges.block_start
    appeal = BreakAppeal.PERFECT
    if goes_on is not None:
        height = max(0.0, room)
        if is_fixed and left < height:
            height = left
        appeal = rows.appeal
    elif token is not None and token.is_at_end:
        height = 0.0
    else:
        height = left if is_fixed else rows.offset + edges.block_end
        if height > room + TOLERANCE:
            goes_on = BreakToken()
            goes_on.part = len(content.parts)
            rows.note_shortage(height - max(0.0, room))
            if rows.offset > room + TOLERANCE:
                appeal = BreakAppeal.LAST_RESORT
            height = max(0.0, room)
    has_bottom = goes_on is None
    if rows.overflow:
        if goes_on is None:
            goes_on = BreakToken()
            goes_on.part = len(content.parts)
            goes_on.is_at_end = True
        goes_on.overflow = rows.overflow
    border, padding = edges.border, edges.padding
    border = _open_edges(border, token is None or is_cloned, has_bottom or is_cloned)
    padding = _open_edges(padding, token is None or is_cloned, has_bottom or is_cloned)
    piece = rows.builder.finish(content.inline_size, height, border, padding)
    piece.column_rules = rows.long_rules(height - (edges.block_end if has_bottom else 0.0))
    piece.columns = content
    piece.has_start_edge = token is None or is_cloned
    piece.has_end_edge = has_bottom or is_cloned
    for link in content.positioned:
        if link.y >= consumed and (has_bottom or link.y < consumed + height):
            piece.children.append(Link(link.fragment, link.x, link.y - consumed))
    if goes_on is not None:
        repeated = edges.block_end if is_cloned else 0.0
        if is_cloned and token is not None:
            repeated += edges.block_start
        goes_on.consumed = consumed + max(0.0, height - repeated)
        goes_on.stitched = goes_on.consumed
    cut = Cut(piece, goes_on)
    cut.appeal = appeal
    cut.is_forced = rows.is_forced
    return cut


def _open_edges(edges: LogicalEdges, has_start: bool, has_end: bool) -> LogicalEdges:
    """Edges of a part of a box, without those where it is broken."""
    return LogicalEdges(
        edges.inline_start,
        edges.inline_end,
        edges.block_start if has_start else 0.0,
        edges.block_end if has_end else 0.0,
    )
