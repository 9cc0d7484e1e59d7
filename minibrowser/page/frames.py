"""Nested documents: what `<iframe>` and `<object>` show (https://html.spec.whatwg.org/#the-iframe-element).

A frame is loaded once layout knows its size, because its media queries ask for it; it is painted into a
picture of that size when the outer page is painted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from ..dom import Document, Element
from ..dom.node import HTML_NAMESPACE
from ..geometry import Rect, Size
from ..image.resource import NO_DIMENSION, NO_RATIO, ImageResource

if TYPE_CHECKING:
    from PIL import Image

    from .loader import LoadedPage


@final
class FrameResource(ImageResource):
    """A nested page as a picture without natural size."""

    def __init__(self, page: LoadedPage, size: Size) -> None:
        self.natural_width = NO_DIMENSION
        self.natural_height = NO_DIMENSION
        self.natural_ratio = NO_RATIO
        self.is_svg = False
        self._page = page
        self._size = size
        self._bitmaps: dict[tuple[int, int], Image.Image] = {}

    def bitmap(self, width: int, height: int) -> Image.Image:
        """The page's pixels; `width` x `height` device px show the whole frame."""
        key = (width, height)
        found = self._bitmaps.get(key)
        if found is None:
            rendering = self._page.rendering
            if rendering.root_fragment is None:
                rendering.layout(self._page.pictures.pictures)
            scale = width / self._size.width if self._size.width else 1.0
            area = Rect(0.0, 0.0, self._size.width, self._size.height)
            # A frame is transparent where its page paints nothing.
            found = rendering.bitmap(self._page.pictures.images, area, scale, True).image
            self._bitmaps[key] = found
        return found


def frame_elements(document: Document) -> list[Element]:
    """The elements that may show a document."""
    found: list[Element] = []
    for element in document.descendant_elements():
        if element.namespace != HTML_NAMESPACE:
            continue
        if element.local_name == "iframe":
            is_frame = bool(element.get("src").strip()) or "srcdoc" in element.attributes
        else:
            is_frame = element.local_name in ("object", "embed") and _may_be_document(element)
        if is_frame:
            found.append(element)
    return found


def _may_be_document(element: Element) -> bool:
    address = element.get("data") if element.local_name == "object" else element.get("src")
    kind = element.get("type").partition(";")[0].strip().lower()
    path = address.partition("?")[0].partition("#")[0].lower()
    return bool(address) and (
        kind in ("text/html", "application/xhtml+xml", "text/plain")
        or (not kind and path.endswith((".html", ".htm", ".xhtml", ".xht", ".txt")))
    )
