"""Loading a page: the document, then all that it needs, then the rendering that shows it.

The order is a browser's: the document; its pictures and style sheets side by side; styles as soon as the last
render-blocking sheet is there; then what only styles and layout know of: background pictures, fonts, frames.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, final

from .. import limits
from ..css import MediaContext
from ..dom import Document, Element
from ..errors import MinibrowserError, UnsupportedContentError
from ..geometry import Size
from ..html.base import base_href
from ..html.parser import is_xml_type, parse_document
from ..net import Request
from ..paint.pictures import ImagePicture
from ..text.font_context import DocumentFonts, FontContext
from ..trace import Recorder
from ..url import resolve
from .executor import RenderExecutor
from .frames import FrameResource, frame_elements
from .pictures import PictureLoader
from .pipeline import Rendering
from .resources import PageResources
from .sizes import content_sizes
from .stylesheets import SheetLoader
from .viewers import image_document, is_text_type, media_document, text_document
from .webfonts import MAX_ROUNDS, WebFontLoader

if TYPE_CHECKING:
    from ..net import Response


@final
class LoadOptions:
    """How a document is read and looked at.

    Attributes:
        media: the viewport and what else media queries ask for; density: device px for one CSS px.
        parser: "turbohtml" or "html5lib"; scripting: whether the page believes that scripts run.
        depth: 0 for a page, 1 for a frame in it, ...; time: seconds on the clock of its animations.
    """

    def __init__(
        self,
        media: MediaContext,
        density: float = 1.0,
        parser: str = "turbohtml",
        scripting: bool = False,
        depth: int = 0,
        time: float = 0.0,
    ) -> None:
        self.media: Final = media
        self.density: Final = density
        self.parser: Final = parser
        self.scripting: Final = scripting
        self.depth: Final = depth
        self.time: Final = time

    def for_frame(self, size: Size) -> LoadOptions:
        """The same for a frame of this size."""
        media = MediaContext(
            size.width,
            size.height,
            device_pixel_ratio=self.media.device_pixel_ratio,
            color_scheme=self.media.color_scheme,
            media_type=self.media.media_type,
            reduced_motion=self.media.reduced_motion,
        )
        return LoadOptions(media, self.density, self.parser, self.scripting, self.depth + 1, self.time)


@final
class LoadedPage:
    """A document with all its resources, ready to be rendered."""

    def __init__(self, document: Document, rendering: Rendering, pictures: PictureLoader) -> None:
        self.document: Final = document
        self.rendering: Final = rendering
        self.pictures: Final = pictures


def read_document(response: Response, options: LoadOptions, trace: Recorder) -> Document:
    """The document of a response: HTML, XML, or the view that browsers make of pictures and text.

    Raises UnsupportedContentError for what can only be downloaded.
    """
    mime_type = response.mime_type
    data: bytes | str = response.body
    is_xml = is_xml_type(mime_type)
    if mime_type.startswith("image/") and not is_xml:
        data = image_document(response.url)
    elif mime_type.startswith(("video/", "audio/")):
        data = media_document(response.url)
    elif mime_type not in ("text/html", "") and not is_xml:
        if not is_text_type(mime_type):
            raise UnsupportedContentError(
                f"{response.url}: cannot show a document of type {mime_type}", response.url
            )
        charset = response.charset or "utf-8"
        try:
            text = response.body.decode(charset, "replace")
        except LookupError:
            text = response.body.decode("utf-8", "replace")
        data = text_document(text)
    with trace.span("html", response.url) as span:
        document = parse_document(
            data,
            url=response.url,
            content_type_charset=response.charset,
            parser=options.parser,
            scripting=options.scripting,
            is_xml=is_xml,
        )
        span.count("bytes", len(response.body))
    set_base(document)
    return document


def set_base(document: Document) -> None:
    """https://html.spec.whatwg.org/multipage/urls-and-fetching.html#document-base-urls"""
    href = base_href(document)
    if href:
        document.base_url = resolve(document.base_url, href) or document.base_url


@final
class PageLoader:
    """Loads one page, and the frames in it."""

    def __init__(
        self,
        resources: PageResources,
        fonts: FontContext,
        options: LoadOptions,
        executor: RenderExecutor,
        trace: Recorder,
    ) -> None:
        self._resources = resources
        self._session_fonts = fonts
        self._fonts = DocumentFonts(fonts)
        self._options = options
        self._executor = executor
        self._trace = trace

    async def load(self, document: Document) -> LoadedPage:
        """Everything that a parsed document needs for its picture."""
        media, trace = self._options.media, self._trace
        density, source = self._options.density, self._session_fonts.source
        pictures = PictureLoader(document, self._resources, media, density, source, trace)
        loading = asyncio.ensure_future(SheetLoader(document, self._resources, media, trace).load())
        try:
            # Sheets are asked for first: nothing can be styled without them.
            await asyncio.sleep(0)
            pictures.start()
            sheets = await loading
            rendering = Rendering(document, sheets, media, self._fonts, trace, self._options.time)
            styles = await self._executor.run(rendering.style)
            if styles.containers:
                # What rules in @container show is known when the containers have sizes.
                await self._executor.run(lambda: rendering.layout(pictures.pictures))
                styles = rendering.styles or styles
                rendering.root_fragment = None
            await pictures.load_style_images(styles.image_urls)
            rendering.url_pictures.update(pictures.style_pictures(styles.image_urls))
            await pictures.finish()
            pictures.draw_inline_svg(styles)
            if styles.font_faces:
                await self._load_web_fonts(document, rendering, pictures)
            await self._load_frames(document, rendering, pictures)
        except BaseException:
            loading.cancel()
            await asyncio.gather(loading, return_exceptions=True)
            await pictures.close()
            raise
        return LoadedPage(document, rendering, pictures)

    async def _load_web_fonts(
        self, document: Document, rendering: Rendering, pictures: PictureLoader
    ) -> None:
        """Lay out, fetch the fonts that texts wanted, and again, until none is missing."""
        styles = rendering.styles
        assert styles is not None
        web_fonts = WebFontLoader(document, self._resources, self._fonts, self._trace)
        web_fonts.declare(styles.font_faces)
        if styles.font_faces:
            rendering.want_fonts_of_units()
        for _ in range(MAX_ROUNDS):
            await self._executor.run(lambda: rendering.layout(pictures.pictures))
            if not await web_fonts.load_wanted():
                break
            # ex and ch may have changed with the fonts.
            await self._executor.run(rendering.style)

    async def _load_frames(self, document: Document, rendering: Rendering, pictures: PictureLoader) -> None:
        """Give each frame its page."""
        if self._options.depth >= limits.MAX_FRAME_DEPTH:
            return
        elements = frame_elements(document)[: limits.MAX_FRAMES]
        if not elements:
            return
        root = rendering.root_fragment
        if root is None:
            root = await self._executor.run(lambda: rendering.layout(pictures.pictures))
        sizes = content_sizes(root, elements)
        frames = await asyncio.gather(
            *(self._load_frame(document, element, sizes[element]) for element in sizes)
        )
        for element, frame in zip(sizes, frames, strict=True):
            if frame is not None:
                pictures.pictures[element] = ImagePicture(frame, 1.0)
        # The boxes know their pictures from the time they were made.
        rendering.root_fragment = None

    async def _load_frame(self, document: Document, element: Element, size: Size) -> FrameResource | None:
        """https://html.spec.whatwg.org/multipage/iframe-embed-object.html#process-the-iframe-attributes"""
        if size.width < 1 or size.height < 1:
            return None
        options = self._options.for_frame(size)
        try:
            inner = await self._frame_document(document, element, options)
            if inner is None:
                return None
            loader = PageLoader(self._resources, self._session_fonts, options, self._executor, self._trace)
            return FrameResource(await loader.load(inner), size)
        except MinibrowserError as error:
            self._trace.event("resource", element.get("src"), f"not used: {error}")
            return None

    async def _frame_document(
        self, document: Document, element: Element, options: LoadOptions
    ) -> Document | None:
        if "srcdoc" in element.attributes and element.is_html("iframe"):
            inner = parse_document(
                element.get("srcdoc"),
                url="about:srcdoc",
                parser=options.parser,
                scripting=options.scripting,
            )
            inner.base_url = document.base_url
            set_base(inner)
            return inner
        address = element.get("data") if element.is_html("object") else element.get("src")
        url = resolve(document.base_url, address.strip())
        if url is None or url.startswith("about:") or url.partition("#")[0] == document.url.partition("#")[0]:
            return None
        response = await self._resources.get(Request(url=url, destination="iframe", initiator=document.url))
        return None if response is None else read_document(response, options, self._trace)
