"""Margin, border and padding of inline boxes on lines."""

from __future__ import annotations

from ...css.computed_style import ComputedStyle
from ...css.keywords import BoxDecorationBreak
from ..box import Box
from ..logical import NO_LOGICAL_EDGES, LogicalEdges, writing_direction
from ..sizing import resolve_border, resolve_margins, resolve_padding
from .line import NO_INLINE_EDGES, InlineEdges


def inline_edges(box: Box, basis: float) -> InlineEdges:
    """Margin, border and padding of an inline box; percentages are of the containing block's inline size.

    A part of a split inline box has only the edges of the ends that it holds.
    """
    style: ComputedStyle = box.style
    border = resolve_border(style)
    padding = resolve_padding(style, basis)
    margin = resolve_margins(style, basis, writing_direction(style))
    if border is NO_LOGICAL_EDGES and padding is NO_LOGICAL_EDGES and margin is NO_LOGICAL_EDGES:
        return NO_INLINE_EDGES
    if not box.has_start_edge or not box.has_end_edge:
        margin = _without(margin, box)
        border = _without(border, box)
        padding = _without(padding, box)
    return InlineEdges(margin, border, padding)


def is_cloned(box: Box) -> bool:
    """Whether an inline box has its edges on each line."""
    return box.style.box.box_decoration_break == BoxDecorationBreak.CLONE


def _without(edges: LogicalEdges, box: Box) -> LogicalEdges:
    return LogicalEdges(
        edges.inline_start if box.has_start_edge else 0.0,
        edges.inline_end if box.has_end_edge else 0.0,
        edges.block_start,
        edges.block_end,
    )
