"""Positioned boxes whose containing block is an inline box (https://drafts.csswg.org/css2/#containing-block-details)."""

from __future__ import annotations

from ..css.keywords import PositionKind
from ..geometry import Rect
from .box import Box, BoxKind
from .constraint_space import OutOfFlow
from .driver import LayoutContext
from .fragment import Fragment, FragmentKind
from .fragment_builder import FragmentBuilder
from .positioned import ContainingArea, place_all
from .sizing import filters_content


def place_in_inline_boxes(
    context: LayoutContext, builder: FragmentBuilder, box: Box, inline_size: float, block_size: float
) -> None:
    """Positioned boxes whose containing block is a relatively positioned inline box of this container."""
    containers: list[Box] = []
    for item in builder.out_of_flow:
        container = item.inline_container
        if container is None or container in containers:
            continue
        if container.split_in is box or (container.split_in is None and box.has_inline_children):
            containers.append(container)
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
        takes_fixed = filters_content(container.style)
        place_all(context, builder, area, inline_size, block_size, takes_fixed=takes_fixed)
        builder.out_of_flow.extend(rest)


def claim_for_inline_boxes(builder: FragmentBuilder, wrapper: Box) -> None:
    """What is pending in a block inside of inline boxes belongs to the innermost positioned one of these.

    The block moves with them (`position: relative`), but is nobody's containing block itself.
    """
    for inline in wrapper.split_by:
        if inline.style.box.position == PositionKind.STATIC:
            continue
        pending = builder.out_of_flow
        for index in range(len(pending)):
            item = pending[index]
            if item.inline_container is None and item.box.style.box.position != PositionKind.FIXED:
                pending[index] = item.placed_in(inline)
        return


def claim_from_float(builder: FragmentBuilder, container: Box, floating: Box | None, start: int) -> None:
    """What is pending from index `start` on came with a float: it may belong to an inline box around that."""
    inline = _inline_around(container, floating, None) if floating is not None else None
    if inline is None:
        return
    holds_fixed = filters_content(inline.style)
    pending = builder.out_of_flow
    for index in range(start, len(pending)):
        item = pending[index]
        if item.inline_container is None and (
            holds_fixed or item.box.style.box.position != PositionKind.FIXED
        ):
            pending[index] = item.placed_in(inline)


def _inline_around(box: Box, target: Box | None, nearest: Box | None) -> Box | None:
    """The innermost inline box around a box that holds absolute boxes; None where there is none."""
    for child in box.children:
        if child is target:
            return nearest
        if child.kind == BoxKind.INLINE and child.children:
            holds = child.style.box.position != PositionKind.STATIC or filters_content(child.style)
            found = _inline_around(child, target, (child.whole or child) if holds else nearest)
            if found is not None:
                return found
    return None


def _inline_box_area(
    builder: FragmentBuilder, container: Box, inline_size: float, block_size: float
) -> ContainingArea | None:
    """The padding boxes of an inline box's fragments, from the first one's start to the last one's end.

    Blocks inside of it count as fragments (Blink's InlineContainingBlockUtils).
    https://drafts.csswg.org/css2/#containing-block-details
    """
    rects: list[Rect] = []
    for child, x, y in builder.placed_children(inline_size, block_size):
        _collect_rects(child, container, x, y, rects)
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
    """The padding boxes of all fragments of an inline box in this one; its border box stands at (x, y)."""
    if fragment.kind == FragmentKind.BOX:
        box = fragment.box
        if box is None:
            return
        if box is container or box.whole is container or container in box.split_by:
            rects.append(fragment.padding_box().moved(x, y))
            return
        if box.kind != BoxKind.INLINE and box.element is not None:
            return
    elif fragment.kind != FragmentKind.LINE:
        return
    elif container.split_in is not None and (fragment.height == 0.0 or fragment.width == 0.0):
        return  # nothing stands beside the block on this side of it
    for link in fragment.children:
        _collect_rects(link.fragment, container, x + link.x, y + link.y, rects)
