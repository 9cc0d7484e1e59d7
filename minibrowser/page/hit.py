"""Which element a point hits: https://drafts.csswg.org/cssom-view/#dom-document-elementfrompoint

`paint.hit_test` knows what stands under a point; here that is given to elements: text and anonymous boxes to what they
are in, pseudo-elements to theirs, pictures with a map to its areas, and nothing to what is inert.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, final

from ..css.style_tree import PseudoElement
from ..dom import Document, Element
from ..geometry import Rect
from ..layout.box import Box
from ..layout.fragment import Fragment
from ..paint.hit_test import Hit, HitTester
from ..paint.pictures import ImagePicture
from .frames import FrameResource
from .image_map import area_of_point

if TYPE_CHECKING:
    from .pipeline import Rendering


@final
class ElementHit:
    """An element under a point; `hit` tells where."""

    def __init__(self, element: Element, hit: Hit) -> None:
        self.element: Final = element
        self.hit: Final = hit


@final
class PageHits:
    """What points of one laid out page hit."""

    def __init__(self, rendering: Rendering, root: Fragment, area: Rect) -> None:
        """`root`: the page's fragment, scrolled or not; `area`: where points may be, CSS px of the page."""
        assert rendering.root_box is not None
        self.root: Final = root
        self._document: Final[Document] = rendering.document
        self._boxes: Final[Box] = rendering.root_box
        self._area: Final = area
        self.tester: Final = HitTester(root, area)
        self._inert: dict[Element, bool] = {}

    def element_at(self, x: float, y: float) -> Element | None:
        """What `document.elementFromPoint` gives; None outside of the area."""
        if not self._is_inside(x, y):
            return None
        found = self._first(x, y)
        if found is None:
            return self._document.root
        return area_of_point(found.element, found.hit, self._document) or found.element

    def elements_at(self, x: float, y: float) -> list[Element]:
        """What `document.elementsFromPoint` gives: topmost first."""
        if not self._is_inside(x, y):
            return []
        elements: list[Element] = []
        seen: set[tuple[Element, int]] = set()
        root = self._document.root
        for hit in self.tester.at(x, y, by_depth=False):
            box = hit.item.fragment.box
            element = None if hit.is_text() else self._element_of(hit)
            if element is None or box is None or element is root or self.is_inert(element):
                continue
            if box.element is None and not box.split_inlines and self._is_nameless(box):
                continue
            # A pseudo-element is a node of its own, but shown as its element.
            keys = [(element, int(box.pseudo) if box.element is not None else 0)]
            if box.element is None and box.split_inlines:
                keys = [(inline, 0) for inline in box.split_inlines]
            for key in keys:
                if key not in seen:
                    seen.add(key)
                    if not elements or elements[-1] is not key[0]:
                        elements.append(key[0])
        # Whatever lies below everything else is on the canvas, which is the root element's.
        if root is not None:
            elements.append(root)
        return elements

    def frame_at(self, x: float, y: float) -> tuple[Rendering, float, float] | None:
        """The page of the frame that is hit, and the point in its viewport; None where no frame is."""
        found = self._first(x, y) if self._is_inside(x, y) else None
        if found is None:
            return None
        item = found.hit.item
        fragment = item.fragment
        picture = fragment.box.picture if fragment.box is not None else None
        if not isinstance(picture, ImagePicture) or not isinstance(picture.resource, FrameResource):
            return None
        inner = picture.resource.rendering()
        content = fragment.content_box()
        inner_x, inner_y = found.hit.x - item.x - content.x, found.hit.y - item.y - content.y
        if inner is None or inner_x < 0 or inner_y < 0:
            return None
        return inner, inner_x, inner_y

    def _is_inside(self, x: float, y: float) -> bool:
        area = self._area
        return area.x <= x < area.right and area.y <= y < area.bottom

    def _first(self, x: float, y: float) -> ElementHit | None:
        root = self._document.root
        for hit in self.tester.at(x, y):
            element = self._element_of(hit)
            if element is not None and element is not root and not self.is_inert(element):
                return ElementHit(element, hit)
        return None

    def _element_of(self, hit: Hit) -> Element | None:
        """The element that a fragment belongs to."""
        box = hit.item.fragment.box
        if box is None:
            return None
        if box.element is not None:
            return box.element
        if box.contents_element is not None:
            return box.contents_element
        around = owner_of(self._boxes, box)
        return around.element if around is not None else None

    def _is_nameless(self, box: Box) -> bool:
        """Whether an anonymous box has no node in Blink either, where controls have elements of their own inside."""
        around = owner_of(self._boxes, box)
        return around is None or (around.pseudo == PseudoElement.NONE and around.control is None)

    def is_inert(self, element: Element) -> bool:
        """https://html.spec.whatwg.org/multipage/interaction.html#the-inert-attribute"""
        known = self._inert.get(element)
        if known is None:
            parent = element.parent
            known = "inert" in element.attributes or (isinstance(parent, Element) and self.is_inert(parent))
            self._inert[element] = known
        return known


def owner_of(root: Box, box: Box) -> Box | None:
    """The nearest box of an element around an anonymous box. Ids grow in tree order, which leads there."""
    # The flow inside of a multi-column container has a number made of the container's.
    wanted = box.id if box.id >= 0 else -box.id // 1024
    owner: Box | None = None
    around = root
    while around.id != wanted or box.id < 0:
        if around.element is not None:
            owner = around
        following: Box | None = None
        for child in around.children:
            if child.id > wanted:
                break
            following = child
        if following is None:
            break
        around = following
    return owner
