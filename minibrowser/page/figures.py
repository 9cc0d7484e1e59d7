"""What CSSOM View tells of an element without being asked where it is on the screen: client, offset and scroll figures.

https://drafts.csswg.org/cssom-view/#extension-to-the-element-interface
"""

from __future__ import annotations

import math
from typing import Final, final

from ..css.keywords import PositionKind
from ..dom import Element, QuirksMode
from ..geometry import Rect
from ..layout.box import BoxKind
from ..layout.boxes_dump import unite
from ..layout.fragment import Fragment, FragmentKind
from ..layout.logical import writing_direction
from ..layout.scrollable import scrollable_area
from ..layout.sizing import has_transform, is_scroll_container
from .pipeline import Rendering

FIGURES: Final = (
    "scroll_width", "scroll_height", "client_width", "client_height", "client_left", "client_top",
    "offset_width", "offset_height", "offset_left", "offset_top",
)  # fmt: skip
"""Whole CSS px, as the properties of these names give them to scripts."""


@final
class _Placed:
    """An element's first fragment, where it stands on the page before transforms and scrolling, the union of all, and
    the height of those after the first: a box that columns break is as high as all its pieces."""

    def __init__(self, fragment: Fragment, x: float, y: float) -> None:
        self.fragment: Final = fragment
        self.x: Final = x
        self.y: Final = y
        self.rect = Rect(x, y, fragment.width, fragment.height)
        self.more_height = 0.0


def element_figures(rendering: Rendering, element: Element) -> tuple[dict[str, int], Element | None] | None:
    """The figures of an element, and the element that its offsets are from; None where it has no box."""
    root = rendering.root_fragment
    assert root is not None
    wanted: set[Element] = set()
    node: object = element
    while isinstance(node, Element):
        wanted.add(node)
        node = node.parent
    placed = _placed(root, wanted)
    own = placed.get(element)
    if own is None:
        return None
    parent = _offset_parent(element, placed, rendering)
    origin_x = origin_y = 0.0
    if parent is not None and parent in placed and not _is_body(parent, rendering):
        around = placed[parent]
        origin_x, origin_y = around.x, around.y
        if around.fragment.box is None or around.fragment.box.kind != BoxKind.INLINE:
            origin_x += around.fragment.border.left
            origin_y += around.fragment.border.top
    if _is_body(element, rendering):
        # https://drafts.csswg.org/cssom-view/#dom-htmlelement-offsetleft step 1
        own_x = own_y = 0.0
    else:
        own_x, own_y = own.x - origin_x, own.y - origin_y
    if own.fragment.box is not None and own.fragment.box.kind == BoxKind.LINE_BREAK:
        # <br> has no box in Blink, but a place in its line.
        return dict.fromkeys(FIGURES, 0), parent
    client = _client(element, own, rendering)
    scroll_width, scroll_height = _scrolled(element, own, rendering)
    values = [
        scroll_width,
        scroll_height,
        *client,
        _round(own.rect.width),
        _round(own.rect.height),
        _round(own_x),
        _round(own_y),
    ]
    return dict(zip(FIGURES, values, strict=True)), parent


def _placed(root: Fragment, wanted: set[Element]) -> dict[Element, _Placed]:
    found: dict[Element, _Placed] = {}
    stack: list[tuple[Fragment, float, float]] = [(root, 0.0, 0.0)]
    while stack:
        fragment, x, y = stack.pop()
        box = fragment.box
        if fragment.kind == FragmentKind.BOX and box is not None:
            elements = [*box.split_inlines]
            if box.element is not None and not box.pseudo:
                elements.append(box.element)
            for element in elements:
                if element in wanted:
                    known = found.get(element)
                    if known is None:
                        found[element] = _Placed(fragment, x, y)
                    else:
                        known.rect = unite(known.rect, Rect(x, y, fragment.width, fragment.height))
                        known.more_height += fragment.height
        for link in reversed(fragment.children):
            stack.append((link.fragment, x + link.x + fragment.scroll_x, y + link.y + fragment.scroll_y))
    return found


def _is_body(element: Element, rendering: Rendering) -> bool:
    return element is rendering.document.body


def _offset_parent(element: Element, placed: dict[Element, _Placed], rendering: Rendering) -> Element | None:
    """https://drafts.csswg.org/cssom-view/#dom-htmlelement-offsetparent"""
    document = rendering.document
    own = placed[element].fragment
    if element is document.root or _is_body(element, rendering):
        return None
    is_static = own.style.box.position == PositionKind.STATIC
    is_fixed = own.style.box.position == PositionKind.FIXED
    node = element.parent
    while isinstance(node, Element):
        around = placed.get(node)
        if around is not None:
            style = around.fragment.style
            contains_all = has_transform(style) and around.fragment.box is not None
            if contains_all or (not is_fixed and style.box.position != PositionKind.STATIC):
                return node
            if is_static and node.local_name in ("td", "th", "table") and node.is_html(node.local_name):
                return node
        if _is_body(node, rendering):
            return None if is_fixed else node
        node = node.parent
    return None


def _has_viewport(element: Element, rendering: Rendering) -> bool:
    """Whether an element's client area is the viewport's."""
    document = rendering.document
    if document.mode == QuirksMode.QUIRKS:
        return element is document.body
    return element is document.root


def _client(element: Element, own: _Placed, rendering: Rendering) -> tuple[int, int, int, int]:
    """Width, height, left and top."""
    fragment = own.fragment
    if fragment.box is None or fragment.box.kind == BoxKind.INLINE:
        return 0, 0, 0, 0
    left, top = _round(fragment.border.left), _round(fragment.border.top)
    if _has_viewport(element, rendering):
        size = rendering.viewport
        return _round(size.width), _round(size.height), left, top
    padding = fragment.padding_box()
    if fragment.box.kind == BoxKind.TABLE:
        # Blink: a table's client area is its border box.
        padding = Rect(0.0, 0.0, fragment.width, fragment.height)
    return _round(padding.width), _round(padding.height + own.more_height), left, top


def _scrolled(element: Element, own: _Placed, rendering: Rendering) -> tuple[int, int]:
    """https://drafts.csswg.org/cssom-view/#dom-element-scrollwidth"""
    fragment = own.fragment
    if _has_viewport(element, rendering):
        size = rendering.full_size()
        return _round(size.width), _round(size.height)
    if fragment.box is None or fragment.box.kind == BoxKind.INLINE:
        return 0, 0
    overflow = scrollable_area(fragment) if is_scroll_container(fragment.style) else fragment.overflow
    border = fragment.border
    # What stands before the start corner cannot be scrolled to; the overflow area holds the border box, of which only
    # the padding box counts.
    padding = fragment.padding_box()
    if fragment.collapsed_borders:
        # Blink takes the border away at the start alone.
        padding = Rect(border.left, border.top, fragment.width - border.left, fragment.height - border.top)
    direction = writing_direction(fragment.style)
    if direction.is_inline_reversed() if direction.is_horizontal else direction.is_flipped_blocks():
        width = padding.right - overflow.x if overflow.x < padding.x and overflow.x != 0.0 else padding.width
    else:
        width = overflow.right - border.left if overflow.right != fragment.width else padding.width
    height = overflow.bottom - border.top if overflow.bottom != fragment.height else padding.height
    return _round(max(width, padding.width)), _round(max(height, padding.height) + own.more_height)


def _round(value: float) -> int:
    return math.floor(value + 0.5)
