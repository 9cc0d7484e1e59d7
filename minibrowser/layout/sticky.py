"""Sticky positioning at the initial scroll position (https://drafts.csswg.org/css-position-3/#stickypos-insets).

Runs once over the finished fragment tree: a sticky box is moved so far that it stays within its scrollport's
insets, and no further than its containing block lets its margin box go.
"""

from __future__ import annotations

from typing import Final, final

from ..css.keywords import PositionKind
from ..geometry import Rect
from .box import BoxKind
from .fragment import Fragment, FragmentKind, Link
from .logical import HORIZONTAL_LTR
from .sizing import is_scroll_container, resolve, resolve_margins

_TABLE_PARTS: Final = (BoxKind.TABLE_ROW, BoxKind.TABLE_ROW_GROUP)


def place_sticky(root: Fragment, viewport: Rect) -> None:
    """Move the sticky boxes of a page; moving them again changes nothing."""
    if root.has_sticky:
        _Walk(viewport).visit(root, 0.0, 0.0, viewport, viewport)


@final
class _Walk:
    def __init__(self, viewport: Rect) -> None:
        self.viewport: Final = viewport

    def visit(self, fragment: Fragment, x: float, y: float, scrollport: Rect, container: Rect) -> None:
        """A fragment at this place of the page; `container`: the content box that holds its sticky children."""
        box = fragment.box
        if box is not None and fragment.kind == FragmentKind.BOX:
            if box.kind not in _TABLE_PARTS:
                border, padding = fragment.border, fragment.padding
                container = Rect(
                    x + border.left + padding.left,
                    y + border.top + padding.top,
                    max(0.0, fragment.width - border.horizontal - padding.horizontal),
                    max(0.0, fragment.height - border.vertical - padding.vertical),
                )
            if is_scroll_container(box.style) and not box.is_root:
                scrollport = fragment.padding_box().moved(x, y)
                scroll_x, scroll_y = fragment.scroll_x, fragment.scroll_y
                if scroll_x != 0.0 or scroll_y != 0.0:
                    # What is scrolled by snapping; sticky boxes may go as far as there is something to scroll.
                    overflow = fragment.overflow.moved(x, y)
                    container = container.union(overflow).moved(-scroll_x, -scroll_y)
        for index, link in enumerate(fragment.children):
            child = link.fragment
            if not child.has_sticky and not is_sticky(child):
                continue
            if is_sticky(child):
                link = self._moved(link, x, y, scrollport, container)
                fragment.children[index] = link
            if child.has_sticky:
                self.visit(child, x + link.x, y + link.y, scrollport, container)

    def _moved(self, link: Link, x: float, y: float, port: Rect, container: Rect) -> Link:
        child = link.fragment
        style = child.style
        base_x, base_y = link.x - link.sticky_x, link.y - link.sticky_y
        margins = resolve_margins(style, container.width, HORIZONTAL_LTR)
        box = style.box
        left, top = x + base_x, y + base_y
        dx = dy = 0.0
        if not box.right.is_auto():
            over = left + child.width - (port.right - resolve(box.right, port.width))
            dx = -max(0.0, min(over, left - margins.inline_start - container.x))
        if not box.left.is_auto():
            short = port.x + resolve(box.left, port.width) - left
            dx = (
                max(dx, min(short, container.right - (left + child.width + margins.inline_end)))
                if short > 0.0
                else dx
            )
        if not box.bottom.is_auto():
            over = top + child.height - (port.bottom - resolve(box.bottom, port.height))
            dy = -max(0.0, min(over, top - margins.block_start - container.y))
        if not box.top.is_auto():
            short = port.y + resolve(box.top, port.height) - top
            dy = (
                max(dy, min(short, container.bottom - (top + child.height + margins.block_end)))
                if short > 0.0
                else dy
            )
        return Link(child, base_x + dx, base_y + dy, dx, dy)


def is_sticky(fragment: Fragment) -> bool:
    """Whether a fragment is of a sticky box."""
    return fragment.kind == FragmentKind.BOX and fragment.style.box.position == PositionKind.STICKY
