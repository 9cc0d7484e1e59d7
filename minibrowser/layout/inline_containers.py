"""Positioned boxes whose containing block is an inline box (https://drafts.csswg.org/css2/#containing-block-details)."""

from __future__ import annotations

from ..geometry import Rect
from .box import Box, BoxKind
from .constraint_space import OutOfFlow
from .driver import LayoutContext
from .fragment import Fragment, FragmentKind
from .fragment_builder import FragmentBuilder
from .positioned import ContainingArea, place_all


def place_in_inline_boxes(
    context: LayoutContext, builder: FragmentBuilder, box: Box, inline_size: float, block_size: float
) -> None:
    """Positioned boxes whose containing block is a relatively positioned inline box of this container."""
    waiting = [item for item in builder.out_of_flow if item.inline_container is not None]
    if not waiting or not box.has_inline_children:
        return
    containers: list[Box] = []
    for item in waiting:
        if item.inline_container is not None and item.inline_container not in containers:
            containers.append(item.inline_container)
    for container in containers:
        area = _inline_box_area(builder, container, inline_size, block_size)
        if area is None:
            continue
        mine: list[OutOfFlow] = []
        rest: list[OutOfFlow] = []
        for item in builder.out_of_flow:
            if item.inline_container is container:
                mine.append(item.placed_in(None))
            else:
                rest.append(item)
        builder.out_of_flow.clear()
        builder.out_of_flow.extend(mine)
        place_all(context, builder, area, inline_size, block_size, takes_fixed=False)
        builder.out_of_flow.extend(rest)


def _inline_box_area(
    builder: FragmentBuilder, container: Box, inline_size: float, block_size: float
) -> ContainingArea | None:
    """The padding boxes of an inline box's fragments, from the first one's start to the last one's end.

    https://drafts.csswg.org/css2/#containing-block-details
    """
    rects: list[Rect] = []
    for line, x, y in builder.placed_lines(inline_size, block_size):
        _collect_rects(line, container, x, y, rects)
    if not rects:
        return None
    first, last = rects[0], rects[-1]
    direction = builder.direction
    if direction.is_horizontal:
        start, end, top, bottom = first.x, last.right, first.y, last.bottom
        if direction.is_inline_reversed():
            start, end = inline_size - first.right, inline_size - last.x
    else:
        start, end, top, bottom = first.y, last.bottom, first.x, last.right
        if direction.is_inline_reversed():
            start, end = inline_size - first.bottom, inline_size - last.y
        if direction.is_flipped_blocks():
            top, bottom = block_size - first.right, block_size - last.x
    return ContainingArea(start, top, max(0.0, end - start), max(0.0, bottom - top))


def _collect_rects(fragment: Fragment, container: Box, x: float, y: float, rects: list[Rect]) -> None:
    """The padding boxes of all fragments of an inline box below this one."""
    for link in fragment.children:
        child = link.fragment
        if child.kind != FragmentKind.BOX or child.box is None:
            continue
        if child.box is container:
            rects.append(child.padding_box().moved(x + link.x, y + link.y))
        elif child.box.kind == BoxKind.INLINE:
            _collect_rects(child, container, x + link.x, y + link.y, rects)
