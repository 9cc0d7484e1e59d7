"""What a scroll container can show: its scrollable overflow area (https://drafts.csswg.org/css-overflow-3/#scrollable)."""

from __future__ import annotations

from ..css.keywords import PositionKind
from ..css.values import AUTO
from ..geometry import Rect
from .box import BoxKind
from .fragment import Fragment, FragmentKind, Link
from .fragment_builder import overflow_in_parent, relative_offset
from .logical import HORIZONTAL_LTR
from .sizing import resolve_margins


def scrollable_area(container: Fragment) -> Rect:
    """The padding box, all that overflows it, and the container's padding around what is in flow, in own coordinates
    before scrolling."""
    port = container.padding_box()
    left, top, right, bottom = port.x, port.y, port.right, port.bottom
    padding = container.padding
    basis = container.content_box()
    for link in container.children:
        child = link.fragment
        x, y = link.x + container.scroll_x, link.y + container.scroll_y
        overflow = overflow_in_parent(child).moved(x, y)
        if child.kind == FragmentKind.LINE:
            # The line is as wide as its block; what is in it counts.
            overflow = _contents(child).moved(x, y)
        if not overflow.is_empty() or child.kind == FragmentKind.BOX:
            left, top = min(left, overflow.x), min(top, overflow.y)
            right, bottom = max(right, overflow.right), max(bottom, overflow.bottom)
        box = child.box
        if box is not None and box.is_out_of_flow():
            continue
        flow = _in_flow(link, x, y, basis)
        left, top = min(left, flow.x - padding.left), min(top, flow.y - padding.top)
        right, bottom = max(right, flow.right + padding.right), max(bottom, flow.bottom + padding.bottom)
    return Rect(left, top, right - left, bottom - top)


def _contents(line: Fragment) -> Rect:
    area = line.content_rect
    for link in line.children:
        area = area.union(overflow_in_parent(link.fragment).moved(link.x, link.y))
    return area


def _in_flow(link: Link, x: float, y: float, basis: Rect) -> Rect:
    """The margin box of a child, where it stands before it is moved by `position: relative`."""
    child = link.fragment
    if child.kind != FragmentKind.BOX or child.box is None:
        area = (
            child.content_rect
            if child.kind == FragmentKind.LINE
            else Rect(0.0, 0.0, child.width, child.height)
        )
        for inner in child.children if child.kind == FragmentKind.LINE else []:
            area = area.union(Rect(inner.x, area.y, inner.fragment.width, area.height))
        return area.moved(x, y)
    if child.style.box.position == PositionKind.RELATIVE:
        dx, dy = relative_offset(child.style, HORIZONTAL_LTR, basis.width, basis.height)
        x, y = x - dx, y - dy
    edges = resolve_margins(child.style, basis.width, HORIZONTAL_LTR)
    below = max(edges.block_end, _margin_through(child)) if edges.block_end >= 0.0 else edges.block_end
    return Rect(
        x - edges.inline_start,
        y - edges.block_start,
        child.width + edges.inline_sum,
        child.height + edges.block_start + below,
    )


def _margin_through(fragment: Fragment) -> float:
    """What margins of the last boxes inside of a block come through its end."""
    largest = 0.0
    while True:
        box = fragment.box
        if box is None or box.kind != BoxKind.BLOCK or fragment.style.box.height is not AUTO:
            return largest
        if fragment.border.bottom > 0.0 or fragment.padding.bottom > 0.0 or not fragment.children:
            return largest
        last = fragment.children[-1]
        child = last.fragment
        if child.kind != FragmentKind.BOX or child.box is None or child.box.is_out_of_flow():
            return largest
        if child.box.is_floating() or last.y + child.height < fragment.height:
            return largest
        edges = resolve_margins(child.style, fragment.width, HORIZONTAL_LTR)
        largest = max(largest, edges.block_end)
        fragment = child
