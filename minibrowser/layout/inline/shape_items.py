"""Shaping of the text items of an inline formatting context.

As Blink (NGInlineNode::ShapeText): items that follow each other in one font are shaped as one text, so that
kerning and ligatures reach over the borders of plain inline elements, and letters join those around them.
"""

from __future__ import annotations

from ...css.values import BASELINE
from ...text.shaping import TextShaper
from ..logical import NO_LOGICAL_EDGES, writing_direction
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
    """Whether an item is the border of an inline box that takes no room and stays on the baseline."""
    if item.kind not in (ItemKind.OPEN, ItemKind.CLOSE):
        return False
    style = item.box.style
    return (
        style.box.vertical_align == BASELINE
        and resolve_border(style) is NO_LOGICAL_EDGES
        and resolve_padding(style, 0.0) is NO_LOGICAL_EDGES
        and resolve_margins(style, 0.0, writing_direction(style)) is NO_LOGICAL_EDGES
    )
