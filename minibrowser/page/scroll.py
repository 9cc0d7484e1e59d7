"""Scrolling an element into view, for those who point at it: a view of the fragments, not a change to the page.

https://drafts.csswg.org/cssom-view/#scroll-an-element-into-view, with Playwright's choice: what is not wholly in sight
is brought to the middle.
"""

from __future__ import annotations

from typing import Final, final

from ..css.keywords import PositionKind
from ..dom import Element
from ..geometry import Rect, Size
from ..layout.fragment import Fragment, FragmentKind, Link
from ..layout.scrollable import scrollable_area
from ..layout.sizing import is_scroll_container


@final
class ScrolledView:
    """A page scrolled so far that an element can be seen.

    Attributes:
        root: the page's fragment, with what is scrolled inside of it at its place; itself where nothing had to be.
        window: the part of the page that the viewport shows, CSS px.
    """

    def __init__(self, root: Fragment, window: Rect) -> None:
        self.root: Final = root
        self.window: Final = window


def scrolled_to(root: Fragment, viewport: Size, element: Element) -> ScrolledView:
    """The page with the element's first box in sight, as far as scrolling can bring it there."""
    path = _path_to(root, element)
    window = Rect(0.0, 0.0, viewport.width, viewport.height)
    if not path:
        return ScrolledView(root, window)
    # From inside out: where the target stands in each fragment around it, and what has to be scrolled.
    inner = path[-1].fragment
    rect = Rect(0.0, 0.0, inner.width, inner.height)
    fixed = False
    fragment = inner
    for index in range(len(path) - 1, -1, -1):
        link = path[index]
        outer = path[index - 1].fragment if index else root
        if link.fragment.kind == FragmentKind.BOX and link.fragment.style.box.position == PositionKind.FIXED:
            fixed = True
        dx = dy = 0.0
        placed = rect.moved(link.x, link.y)
        if index and outer.kind == FragmentKind.BOX and is_scroll_container(outer.style):
            port, area = outer.padding_box(), scrollable_area(outer).moved(-outer.scroll_x, -outer.scroll_y)
            dx = _shift(placed.x, placed.right, port.x, port.right, area.x, area.right)
            dy = _shift(placed.y, placed.bottom, port.y, port.bottom, area.y, area.bottom)
        rect = placed.moved(-dx, -dy)
        if fragment is not link.fragment or dx or dy:
            fragment = _copy(outer, path[index], fragment, -dx, -dy)
        else:
            fragment = outer
    if not fixed:
        overflow = root.overflow
        right, bottom = max(viewport.width, overflow.right), max(viewport.height, overflow.bottom)
        x = _shift(rect.x, rect.right, 0.0, viewport.width, 0.0, right)
        y = _shift(rect.y, rect.bottom, 0.0, viewport.height, 0.0, bottom)
        window = window.moved(x, y)
    return ScrolledView(in_window(fragment, window), window)


def in_window(root: Fragment, window: Rect) -> Fragment:
    """The page as it is when the viewport shows this part of it: fixed boxes go with the viewport."""
    if not window.x and not window.y:
        return root
    result = root.without_children()
    for link in root.children:
        child = link.fragment
        is_fixed = child.kind == FragmentKind.BOX and child.style.box.position == PositionKind.FIXED
        x, y = (window.x, window.y) if is_fixed else (0.0, 0.0)
        result.children.append(Link(child, link.x + x, link.y + y, link.sticky_x, link.sticky_y))
    return result


def _path_to(root: Fragment, element: Element) -> list[Link]:
    """The links from the root to the first fragment of an element's box."""
    stack: list[tuple[Link, int]] = [(link, 0) for link in reversed(root.children)]
    path: list[Link] = []
    while stack:
        link, depth = stack.pop()
        del path[depth:]
        path.append(link)
        box = link.fragment.box
        if box is not None and box.element is element and not box.pseudo:
            return path
        for child in reversed(link.fragment.children):
            stack.append((child, depth + 1))
    return []


def _shift(start: float, end: float, port_start: float, port_end: float, first: float, last: float) -> float:
    """How far to scroll along one axis: not at all for what is in sight, else as far as the middle, within what there
    is to be scrolled."""
    if start >= port_start and end <= port_end:
        return 0.0
    wanted = (start + end - port_start - port_end) / 2.0
    return max(min(0.0, first - port_start), min(wanted, max(0.0, last - port_end)))


def _copy(outer: Fragment, old: Link, inner: Fragment, dx: float, dy: float) -> Fragment:
    """A fragment with one child in the place of another, and all of them moved."""
    result = outer.without_children()
    for link in outer.children:
        child = inner if link is old else link.fragment
        result.children.append(Link(child, link.x + dx, link.y + dy, link.sticky_x, link.sticky_y))
    return result
