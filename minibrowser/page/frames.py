"""Nested documents: what `<iframe>` and `<object>` show (https://html.spec.whatwg.org/#the-iframe-element).

A frame's document is fetched as soon as styles say that it is rendered, and loaded once layout knows its size, because
its media queries ask for it; it is painted into a picture of that size when the outer page is painted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, final

from .. import limits
from ..css import StyleTree
from ..dom import Document, Element
from ..dom.node import HTML_NAMESPACE
from ..errors import MinibrowserError
from ..geometry import Rect, Size
from ..html.parser import parse_document
from ..image.resource import NO_DIMENSION, NO_RATIO, ImageResource, transparent
from ..net import Request
from ..paint.pictures import ImagePicture
from ..trace import Recorder
from ..url import resolve
from .client import FetchClient
from .pictures import PictureLoader, is_lazy, may_be_document
from .pipeline import Rendering
from .preloader import Preloader
from .sizes import content_sizes

if TYPE_CHECKING:
    from PIL import Image

    from .loader import LoadedPage, PageLoader


@final
class FrameResource(ImageResource):
    """A nested page as a picture without natural size. It is empty until `show`: boxes know their pictures from the
    time they are made, which is before a frame's page can be loaded."""

    def __init__(self) -> None:
        self.natural_width = NO_DIMENSION
        self.natural_height = NO_DIMENSION
        self.natural_ratio = NO_RATIO
        self.is_svg = False
        self._page: LoadedPage | None = None
        self._size = Size(0.0, 0.0)
        self._bitmaps: dict[tuple[int, int], Image.Image] = {}

    def show(self, page: LoadedPage, size: Size) -> None:
        """Show a page, which was loaded for this size."""
        self._page = page
        self._size = size
        self._bitmaps.clear()

    def rendering(self) -> Rendering | None:
        """The page in the frame, laid out; None where there is none."""
        if self._page is None:
            return None
        rendering = self._page.rendering
        if rendering.root_fragment is None:
            rendering.layout(self._page.pictures.pictures)
        return rendering

    def bitmap(self, width: int, height: int) -> Image.Image:
        """The page's pixels; `width` x `height` device px show the whole frame."""
        key = (width, height)
        found = self._bitmaps.get(key)
        if found is None:
            rendering = self.rendering()
            if self._page is None or rendering is None:
                return transparent()
            scale = width / self._size.width if self._size.width else 1.0
            area = Rect(0.0, 0.0, self._size.width, self._size.height)
            # A frame is transparent where its page paints nothing.
            found = rendering.bitmap(self._page.pictures.images, area, scale, True).image
            self._bitmaps[key] = found
        return found


@final
class FrameLoader:
    """The frames of one document.

    Attributes:
        lazy: those that are loaded only near the window.
    """

    def __init__(
        self,
        loader: PageLoader,
        document: Document,
        client: FetchClient,
        pictures: PictureLoader,
        recorder: Recorder,
    ) -> None:
        self._loader = loader
        self._document = document
        self._client = client
        self._pictures = pictures
        self._recorder = recorder
        self._wanted: dict[Element, Request | None] = {}
        self.lazy: Final[dict[Element, Request | None]] = {}

    def start(self, styles: StyleTree) -> None:
        """Begin to fetch the documents of the frames that are rendered."""
        if self._loader.options.depth >= limits.MAX_FRAME_DEPTH:
            return
        for element in frame_elements(self._document)[: limits.MAX_FRAMES]:
            if styles.style_of(element) is None:
                continue
            request = self._request(element)
            if request is None and not _has_srcdoc(element):
                continue
            if element.is_html("iframe"):
                self._pictures.pictures[element] = ImagePicture(FrameResource(), 1.0)
            if element.is_html("iframe") and is_lazy(element):
                self.lazy[element] = request
            else:
                self._want(element, request)

    def start_lazy(self, elements: Iterable[Element]) -> bool:
        """Begin to fetch those of the lazy ones among these; whether there were any."""
        found = [element for element in elements if element in self.lazy]
        for element in found:
            self._want(element, self.lazy.pop(element))
        return bool(found)

    def _want(self, element: Element, request: Request | None) -> None:
        self._wanted[element] = request
        if request is not None:
            self._client.start(request)

    def _request(self, element: Element) -> Request | None:
        """The request for a frame's document, None where it shows none or repeats a document around it."""
        if _has_srcdoc(element):
            return None
        address = element.get("data") if element.is_html("object") else element.get("src")
        url = resolve(self._document.base_url, address.strip())
        if url is None or url.startswith(("about:", "javascript:")):
            return None
        around = (self._document.url, *self._client.ancestors)
        if url.partition("#")[0] in [one.partition("#")[0] for one in around]:
            return None
        return self._client.frame_request(url, element.attributes)

    async def load(self, rendering: Rendering) -> None:
        """Give each frame that is wanted its page."""
        if not self._wanted:
            return
        wanted = dict(self._wanted)
        self._wanted.clear()
        root = rendering.root_fragment
        if root is None:
            root = await self._loader.lay_out(rendering, self._pictures)
        sizes = content_sizes(root, wanted)
        async with asyncio.TaskGroup() as group:
            for element, size in sizes.items():
                name = f"frame {element.get('src')[:60]}"
                group.create_task(self._load_frame(rendering, element, wanted[element], size), name=name)

    async def _load_frame(
        self, rendering: Rendering, element: Element, request: Request | None, size: Size
    ) -> None:
        """https://html.spec.whatwg.org/multipage/iframe-embed-object.html#process-the-iframe-attributes"""
        if size.width < 1 or size.height < 1:
            return
        try:
            page = await self._page(element, request, size)
        except MinibrowserError as error:
            self._recorder.event("resource", element.get("src"), f"not used: {error}")
            return
        if page is None:
            return
        picture = self._pictures.pictures.get(element)
        if not isinstance(picture, ImagePicture) or not isinstance(picture.resource, FrameResource):
            # An <object> has shown what is inside it until now: its box is another with a document.
            picture = ImagePicture(FrameResource(), 1.0)
            self._pictures.pictures[element] = picture
            rendering.root_fragment = None
        assert isinstance(picture.resource, FrameResource)
        picture.resource.show(page, size)

    async def _page(self, element: Element, request: Request | None, size: Size) -> LoadedPage | None:
        loader, outer = self._loader, self._client
        options = loader.options.for_frame(size)
        preloader = Preloader(loader.resources, options, self._recorder)
        if request is None:
            client = outer.for_srcdoc(element.attributes)
            preloader.begin_client(client, self._document.base_url)
            preloader.text(element.get("srcdoc"))
            preloader.finish()
            inner = parse_document(
                element.get("srcdoc"),
                url="about:srcdoc",
                parser=options.parser,
                scripting=options.scripting,
            )
            inner.base_url = self._document.base_url
            loader.set_base(inner, client)
            return await loader.load_frame(inner, client, options)
        response = await outer.get(request)
        if response is None or (response.status >= 400 and not element.is_html("iframe")):
            return None
        found = outer.for_frame(response, element.attributes)
        if found is None:
            return None
        preloader.begin_frame(found, response)
        if response.body:
            preloader.data(response.body)
        preloader.finish()
        return await loader.load_frame(loader.read(response, options, found), found, options)


def frame_elements(document: Document) -> list[Element]:
    """The elements that may show a document."""
    return [element for element in document.descendant_elements() if is_frame(element)]


def is_frame(element: Element) -> bool:
    """Whether an element may show a document."""
    if element.namespace != HTML_NAMESPACE:
        return False
    if element.local_name == "iframe":
        return bool(element.get("src").strip()) or _has_srcdoc(element)
    return element.local_name in ("object", "embed") and may_be_document(element)


def _has_srcdoc(element: Element) -> bool:
    return "srcdoc" in element.attributes and element.is_html("iframe")
