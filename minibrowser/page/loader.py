"""Loading a page: the document, then all that it needs, then the rendering that shows it.

The order is a browser's: the document; its pictures and style sheets side by side (most are on their way already, see
`preloader`); styles as soon as the last render-blocking sheet is there; then what only styles know of: background
pictures, fonts, documents of frames; then what only layout knows of: lazy pictures near the window, sizes of frames.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, final

from ..css import MediaContext, StyleTree
from ..dom import Document
from ..errors import DownloadError
from ..geometry import Edges, Rect, Size
from ..html.base import base_href
from ..html.parser import is_xml_type, parse_document
from ..layout.boxes_dump import client_rects
from ..layout.fragment import Fragment
from ..text.font_context import DocumentFonts, FontContext
from ..trace import Recorder
from ..url import resolve
from .client import FetchClient
from .executor import RenderExecutor
from .font_wants import want_fonts
from .frames import FrameLoader
from .pictures import PictureLoader
from .pipeline import Rendering
from .resources import PageResources
from .stylesheets import SheetLoader
from .viewers import image_document, is_text_type, media_document, text_document
from .webfonts import MAX_ROUNDS, WebFontLoader

if TYPE_CHECKING:
    from ..net import Response

LAZY_DISTANCE: Final = 1250.0
"""CSS px from the window within which lazy pictures and frames are loaded: Chromium's on a fast connection (2500 on a
slow one)."""


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

    def __init__(
        self,
        document: Document,
        rendering: Rendering,
        pictures: PictureLoader,
        client: FetchClient,
        frames: FrameLoader,
        web_fonts: WebFontLoader | None,
    ) -> None:
        self.document: Final = document
        self.rendering: Final = rendering
        self.pictures: Final = pictures
        self.client: Final = client
        self.frames: Final = frames
        self.web_fonts: Final = web_fonts


def read_document(
    response: Response, options: LoadOptions, trace: Recorder, client: FetchClient | None = None
) -> Document:
    """The document of a response: HTML, XML, or the view that browsers make of pictures and text.

    Raises DownloadError for what can only be saved, or wants to be.
    """
    if response.is_download:
        # https://html.spec.whatwg.org/multipage/browsing-the-web.html#process-a-navigate-response step 6
        raise DownloadError(
            f"{response.url}: a download, not a page: {response.filename} ({response.mime_type})",
            response.url,
            response.filename,
        )
    mime_type = response.mime_type
    data: bytes | str = response.body
    is_xml = is_xml_type(mime_type)
    if mime_type.startswith("image/") and not is_xml:
        data = image_document(response.url)
    elif mime_type.startswith(("video/", "audio/")):
        data = media_document(response.url)
    elif mime_type not in ("text/html", "") and not is_xml:
        if not is_text_type(mime_type):
            raise DownloadError(
                f"{response.url}: cannot show a document of type {mime_type}", response.url, response.filename
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
    set_base(document, client)
    return document


def set_base(document: Document, client: FetchClient | None = None) -> None:
    """https://html.spec.whatwg.org/multipage/semantics.html#set-the-frozen-base-url"""
    href = base_href(document)
    url = resolve(document.base_url, href) if href else None
    if url is None or url.startswith(("data:", "javascript:")):
        return
    refusal = client.policy.csp.allows_base(url) if client is not None else ""
    if client is not None and refusal:
        client.refuse(url, "base", refusal)
        return
    document.base_url = url


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
        self.resources: Final = resources
        self.options: Final = options
        self._session_fonts = fonts
        self._fonts = DocumentFonts(fonts)
        self._executor = executor
        self._trace = trace

    async def load(
        self, document: Document, client: FetchClient | None = None, *, waits: bool = True
    ) -> LoadedPage:
        """Everything that a parsed document needs for its picture. `client` is the document as a client of fetches; one
        is made where nobody has read the document's headers. `waits`: for more than its style sheets."""
        if client is None:
            client = FetchClient.of_url(self.resources, self._trace, document.url)
            client.read_document(document)
        media, trace = self.options.media, self._trace
        density, source = self.options.density, self._session_fonts.source
        pictures = PictureLoader(document, client, media, density, source, trace)
        frames = FrameLoader(self, document, client, pictures, trace)
        loading = asyncio.create_task(SheetLoader(document, client, media, trace).load(), name="sheets")
        web_fonts: WebFontLoader | None = None
        try:
            # Sheets are asked for first: nothing can be styled without them.
            await asyncio.sleep(0)
            pictures.start()
            sheets = await loading
            refused = client.refused_style_attributes(document)
            rendering = Rendering(document, sheets, media, self._fonts, trace, self.options.time, refused)
            rendering.shared_raster = self._executor.raster_cache
            styles = await self._executor.run(rendering.style)
            if not waits:
                self.resources.stop()
            frames.start(styles)
            if styles.containers:
                # What rules in @container show is known when the containers have sizes.
                await self._executor.run(lambda: rendering.layout(pictures.pictures))
                styles = rendering.styles or styles
            referrers = rendering.referrers()
            if styles.font_faces:
                web_fonts = WebFontLoader(client, self._fonts, self._executor, trace, referrers)
                await self._want_web_fonts(web_fonts, rendering, styles)
            if pictures.lazy or frames.lazy:
                await self._load_near(rendering, pictures, frames)
            rendering.root_fragment = None
            await pictures.load_style_images(styles.image_urls, referrers)
            rendering.url_pictures.update(pictures.style_pictures(styles.image_urls))
            await pictures.finish()
            pictures.draw_inline_svg(styles)
            if web_fonts is not None:
                await self._finish_web_fonts(web_fonts, rendering, pictures)
            await frames.load(rendering)
        except BaseException:
            loading.cancel()
            await asyncio.gather(loading, return_exceptions=True)
            await pictures.close()
            if web_fonts is not None:
                await web_fonts.close()
            raise
        return LoadedPage(document, rendering, pictures, client, frames, web_fonts)

    async def _load_near(self, rendering: Rendering, pictures: PictureLoader, frames: FrameLoader) -> None:
        """Lay out with empty boxes for the pictures that have not come, and ask for the lazy ones near the window. What
        is in the window overtakes what is not."""
        root = rendering.root_fragment
        if root is None:
            root = await self.lay_out(rendering, pictures)
        rects = client_rects(root)
        window = Rect(0.0, 0.0, rendering.viewport.width, rendering.viewport.height)
        near = around(window, LAZY_DISTANCE)
        seen = [element for element, rect in rects.items() if touches(rect, window)]
        pictures.raise_priorities(seen)
        pictures.start_lazy(seen, in_view=True)
        pictures.start_lazy(element for element, rect in rects.items() if touches(rect, near))
        frames.start_lazy(element for element, rect in rects.items() if touches(rect, near))

    async def update(self, page: LoadedPage) -> None:
        """The document has been changed: styles anew, and the pictures and fonts that only these want."""
        rendering, pictures = page.rendering, page.pictures
        styles = await self._executor.run(rendering.restyle)
        await pictures.load_style_images(styles.image_urls, rendering.referrers())
        rendering.url_pictures.update(pictures.style_pictures(styles.image_urls))
        pictures.draw_inline_svg(styles)
        if page.web_fonts is not None:
            await self._finish_web_fonts(page.web_fonts, rendering, pictures)

    async def lay_out(self, rendering: Rendering, pictures: PictureLoader) -> Fragment:
        """Lay out, where other work of the engine is done."""
        return await self._executor.run(lambda: rendering.layout(pictures.pictures))

    async def load_rest(self, page: LoadedPage, area: Rect | None) -> None:
        """Load what was left out because it was far from the window, and is in or near an area that shall be seen: all
        of it where no area is given. CSS px."""
        rendering, pictures, frames = page.rendering, page.pictures, page.frames
        if not pictures.lazy and not frames.lazy:
            return
        root = rendering.root_fragment
        if root is None:
            root = await self.lay_out(rendering, pictures)
        near = None if area is None else around(area, LAZY_DISTANCE)
        found = [e for e, rect in client_rects(root).items() if near is None or touches(rect, near)]
        frames.start_lazy(found)
        if pictures.start_lazy(found):
            try:
                await pictures.finish()
            except BaseException:
                await pictures.close()
                raise
            rendering.root_fragment = None
        await frames.load(rendering)

    async def _want_web_fonts(
        self, web_fonts: WebFontLoader, rendering: Rendering, styles: StyleTree
    ) -> None:
        """Declare the fonts of the sheets, and begin to fetch those that texts and units want."""
        web_fonts.declare(styles.font_faces)
        document, families = rendering.document, web_fonts.families
        rendering.want_fonts_of_units()
        await self._executor.run(lambda: want_fonts(document, styles, self._fonts, families))
        web_fonts.start_wanted()

    async def _finish_web_fonts(
        self, web_fonts: WebFontLoader, rendering: Rendering, pictures: PictureLoader
    ) -> None:
        """Wait for the fonts that texts want, lay out, and again where layout wants others."""
        if await web_fonts.load_wanted():
            await self._executor.run(rendering.fonts_changed)
        for _ in range(MAX_ROUNDS):
            await self._executor.run(lambda: rendering.layout(pictures.pictures))
            if not await web_fonts.load_wanted():
                break
            await self._executor.run(rendering.fonts_changed)

    async def load_frame(self, document: Document, client: FetchClient, options: LoadOptions) -> LoadedPage:
        """The page in a frame."""
        loader = PageLoader(self.resources, self._session_fonts, options, self._executor, self._trace)
        return await loader.load(document, client)

    def read(self, response: Response, options: LoadOptions, client: FetchClient) -> Document:
        """The document of a frame's response. Raises UnsupportedContentError."""
        return read_document(response, options, self._trace, client)

    @staticmethod
    def set_base(document: Document, client: FetchClient) -> None:
        """Take the document's <base> in."""
        set_base(document, client)


def around(rect: Rect, distance: float) -> Rect:
    """A rectangle with all that is near it."""
    return rect.outset(Edges(distance, distance, distance, distance))


def touches(rect: Rect, area: Rect) -> bool:
    """Whether they overlap or share an edge: boxes without a size count where they stand."""
    return rect.x <= area.right and rect.right >= area.x and rect.y <= area.bottom and rect.bottom >= area.y
