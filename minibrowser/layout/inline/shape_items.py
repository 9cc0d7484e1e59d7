"""Shaping of the text items of an inline formatting context.

As Blink (NGInlineNode::ShapeText): items that follow each other in one font are shaped as one text, so that
kerning and ligatures reach over the borders of plain inline elements, and letters join those around them.
"""

from __future__ import annotations

from typing import Final

from ...css.values import BASELINE
from ...text.shaping import TextShaper
from ..logical import NO_LOGICAL_EDGES, LogicalEdges, writing_direction
from ..sizing import resolve_border, resolve_margins, resolve_padding
from .items import InlineItem, InlineItems, ItemKind
from .text_combine import shape_combined


def shape_items(data: InlineItems, shaper: TextShaper) -> None:
    """Give every text item its shape."""
    items = data.items
    at = 0
    while at < len(items):
        item = items[at]
        at += 1
        if item.kind != ItemKind.TEXT:
            continue
        if item.combined:
            item.shape = shape_combined(item.combined, item.style, shaper)
            continue
        group = [item]
        while at < len(items):
            other = items[at]
            if other.kind == ItemKind.TEXT:
                if not _are_shaped_together(group[-1], other):
                    break
                group.append(other)
            elif not _lets_shaping_through(other):
                break
            at += 1
        style = item.style
        is_rtl = (item.level & 1) == 1
        if len(group) == 1:
            item.shape = shaper.shape_in(
                data.text, item.start, item.end, style.description, is_rtl, style.spacing
            )
            continue
        parts = [data.text[part.start : part.end] for part in group]
        shapes = shaper.shape_parts(parts, style.description, is_rtl, style.spacing)
        for part, shape in zip(group, shapes, strict=True):
            part.shape = shape


def _are_shaped_together(one: InlineItem, other: InlineItem) -> bool:
    return (
        one.end == other.start
        and not other.combined
        and one.level == other.level
        and one.style.description == other.style.description
        and one.style.spacing == other.style.spacing
    )


def _lets_shaping_through(item: InlineItem) -> bool:
    """Whether an item is the start or end of an inline box that takes no room along the line and stays on the
    baseline (Blink's ShouldBreakShapingBeforeBox and ShouldBreakShapingAfterBox): a border below does not matter."""
    if item.kind not in (ItemKind.OPEN, ItemKind.CLOSE):
        return False
    style = item.box.style
    if style.box.vertical_align != BASELINE:
        return False
    is_start = item.kind == ItemKind.OPEN
    return (
        _takes_no_room(resolve_border(style), is_start)
        and _takes_no_room(resolve_padding(style, _SOME_WIDTH), is_start)
        and _takes_no_room(resolve_margins(style, _SOME_WIDTH, writing_direction(style)), is_start)
    )


def _takes_no_room(edges: LogicalEdges, is_start: bool) -> bool:
    return (
        edges is NO_LOGICAL_EDGES
        or (is_start and edges.inline_start == 0.0)
        or (not is_start and edges.inline_end == 0.0)
    )


_SOME_WIDTH: Final = 100.0
"""Basis for percentages that only have to be told from 0."""
