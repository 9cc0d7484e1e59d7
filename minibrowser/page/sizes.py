"""Sizes that layout found, for those who asked for them by element: frames and query containers."""

from __future__ import annotations

from collections.abc import Iterable

from ..dom import Element
from ..geometry import Size
from ..layout.fragment import Fragment


def content_sizes(root: Fragment, elements: Iterable[Element]) -> dict[Element, Size]:
    """The size of the content box of each of these elements that has one."""
    wanted = set(elements)
    sizes: dict[Element, Size] = {}
    stack = [root]
    while stack:
        fragment = stack.pop()
        box = fragment.box
        if box is not None and box.element in wanted and box.element is not None:
            content = fragment.content_box()
            sizes[box.element] = Size(content.width, content.height)
        stack.extend(link.fragment for link in fragment.children)
    return sizes
