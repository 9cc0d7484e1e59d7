"""Client rectangles: what getBoundingClientRect() would give for each element at scroll position 0.

https://drafts.csswg.org/cssom-view-1/#dom-element-getboundingclientrect : the union of an element's border boxes,
mapped through the 2D transforms around them, relative to the viewport.
"""

from __future__ import annotations

from typing import Final

from ..css.style_tree import PseudoElement
from ..dom.document import Document
from ..dom.node import Element
from ..geometry import IDENTITY, Matrix, Rect
from .box import BoxKind
from .fragment import Fragment, FragmentKind
from .recursion import DeepRecursion
from .sizing import has_transform
from .transform import transform_matrix

NO_ROW: Final = -1.0e9
"""Where no row of columns is."""


class _Collector:
    """Walks the fragments and unites the rectangles of each element; `pieces`: those of `wanted` one by one."""

    def __init__(self, wanted: Element | None = None) -> None:
        self.rects: dict[Element, Rect] = {}
        self.pieces: list[Rect] = []
        self._wanted = wanted
        self._break_shift = 0.0  # from the column that is walked to the first one of its row

    def add(self, element: Element, rect: Rect) -> None:
        """One more border box of an element."""
        if element is self._wanted:
            self.pieces.append(rect)
        known = self.rects.get(element)
        self.rects[element] = rect if known is None else unite(known, rect)

    def walk(self, fragment: Fragment, x: float, y: float, matrix: Matrix) -> None:
        """A fragment whose border box stands at (x, y) in the space that `matrix` maps to the viewport."""
        box = fragment.box
        if fragment.kind == FragmentKind.TEXT:
            return
        if box is not None and fragment.kind == FragmentKind.BOX:
            if box.kind != BoxKind.INLINE and has_transform(fragment.style):
                edges = fragment.border.plus(fragment.padding)
                local = transform_matrix(fragment.style, fragment.width, fragment.height, edges)
                matrix = matrix.translated(x, y).times(local)
                x = y = 0.0
            rect = Rect(x, y, fragment.width, fragment.height)
            if matrix is not IDENTITY:
                rect = matrix.map_rect(rect)
            if box.element is not None and box.pseudo == PseudoElement.NONE:
                if box.kind == BoxKind.LINE_BREAK and self._break_shift != 0.0:
                    rect = rect.moved(
                        self._break_shift, 0.0
                    )  # Blink's <br> are where they would be in one column
                self.add(box.element, rect)
            for element in box.split_inlines:
                self.add(element, rect)
        if fragment.columns is not None:
            self._columns(fragment, x, y, matrix)
            return
        for link in fragment.children:
            self.walk(link.fragment, x + link.x, y + link.y, matrix)

    def _columns(self, container: Fragment, x: float, y: float, matrix: Matrix) -> None:
        """The rows of columns of a multi-column container."""
        outer, row, first = self._break_shift, NO_ROW, 0.0
        for link in container.children:
            box = link.fragment.box
            if box is not None and box.element is None:
                if link.y != row:
                    row, first = link.y, link.x
                self._break_shift = outer + first - link.x
            self.walk(link.fragment, x + link.x, y + link.y, matrix)
            self._break_shift = outer


def unite(a: Rect, b: Rect) -> Rect:
    """The union of client rectangles: those without area only count while there is no other, as in Blink."""
    if b.is_empty():
        return a
    if a.is_empty():
        return b
    return a.union(b)


def client_rects(root: Fragment) -> dict[Element, Rect]:
    """The bounding client rectangle of each element that generates a box."""
    collector = _Collector()
    with DeepRecursion():
        collector.walk(root, 0.0, 0.0, IDENTITY)
    return collector.rects


def client_rects_of(root: Fragment, element: Element) -> list[Rect]:
    """The client rectangles of one element: one for each line or column that it is broken into, as getClientRects()."""
    collector = _Collector(element)
    with DeepRecursion():
        collector.walk(root, 0.0, 0.0, IDENTITY)
    return collector.pieces


def dump_boxes(root: Fragment, document: Document) -> list[dict[str, object]]:
    """One entry for each element with a box, in tree order: path, tag, x, y, width, height (CSS px).

    The path is the chain of element-child indexes from the root element, "" for the root itself. What is inside
    of an <svg> is left out.
    """
    rects = client_rects(root)
    entries: list[dict[str, object]] = []
    element = document.root
    if element is None:
        return entries
    stack: list[tuple[Element, str]] = [(element, "")]
    while stack:
        element, path = stack.pop()
        rect = rects.get(element)
        if rect is not None:
            entries.append(
                {
                    "path": path,
                    "tag": element.local_name,
                    "x": rect.x,
                    "y": rect.y,
                    "width": rect.width,
                    "height": rect.height,
                }
            )
        children = element.element_children()
        prefix = path + "/" if path else ""
        for index in range(len(children) - 1, -1, -1):
            stack.append((children[index], f"{prefix}{index}"))
    return entries
