"""The root element's fragment and the body's, and whose overflow the viewport has taken over."""

from __future__ import annotations

from ..css.keywords import Overflow
from ..layout.box import Box
from ..layout.fragment import Fragment


def root_element(root: Fragment) -> tuple[Fragment, float, float]:
    """The root element's fragment: `root` itself, or inside it where that is the initial containing block."""
    x = y = 0.0
    fragment = root
    while fragment.children and (fragment.box is None or not fragment.box.is_root):
        found = False
        for link in fragment.children:
            if link.fragment.box is not None and link.fragment.box.is_root:
                return link.fragment, x + link.x, y + link.y
            found = True
        if not found:
            break
        link = fragment.children[0]
        fragment, x, y = link.fragment, x + link.x, y + link.y
    return (fragment, x, y) if fragment.box is not None and fragment.box.is_root else (root, 0.0, 0.0)


def body_of(root: Fragment) -> Fragment | None:
    """The fragment of the root element's first <body> child."""
    for link in root.children:
        box = link.fragment.box
        if box is not None and box.element is not None and box.element.is_html("body"):
            return link.fragment
    return None


def viewport_boxes(root: Fragment, body: Fragment | None) -> list[Box]:
    """The boxes that do not clip: the root's or body's overflow is the viewport's.

    https://drafts.csswg.org/css-overflow-3/#overflow-propagation
    """
    boxes: list[Box] = []
    if root.box is not None:
        boxes.append(root.box)
    style = root.style.box
    if style.overflow_x == Overflow.VISIBLE and style.overflow_y == Overflow.VISIBLE:
        # https://drafts.csswg.org/css-contain-2/#contain-property : containment keeps the body's to itself
        if body is not None and body.box is not None and not (style.contain or body.style.box.contain):
            boxes.append(body.box)
    return boxes
