"""Pictures of a document: what its replaced elements show, fetched and ready for layout and paint.

In: the document. Out: for each replaced element a `Picture` (natural sizes for layout, pixels for paint), and
the pictures that style sheets name by URL.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final, final

from ..css import MediaContext, StyleTree, media_matches
from ..dom import Document, Element
from ..dom.node import SVG_NAMESPACE
from ..errors import ImageError
from ..image.resource import ImageResource, PixelBudget
from ..layout.box import Picture
from ..net import Priority, Request
from ..paint.pictures import ImagePicture, ImageStore
from ..text.font_source import FontSource
from ..trace import Recorder
from ..url import parsed, resolve
from .client import FetchClient
from .system_fonts import svg_fonts

if TYPE_CHECKING:
    from ..image.svg import SvgFonts


def choose_image(candidates: list[dict[str, str]], media: MediaContext, density: float) -> tuple[str, float]:
    """The address, as written, and the density that an `<img>` shows. `candidates` are the attributes of the <source>
    elements in front of it, then its own.

    https://html.spec.whatwg.org/multipage/images.html#selecting-an-image-source
    """
    from ..image.srcset import choose_source  # noqa: PLC0415 - a page without pictures needs no decoders

    return choose_source(
        candidates,
        viewport_width=media.width,
        density=density,
        matches=lambda query: media_matches(query, media),
    )


def image_url(element: Element, document: Document, media: MediaContext, density: float) -> tuple[str, float]:
    """The address that an element's picture comes from, "" for none, and its density (image px per CSS px)."""
    name = element.local_name
    source, chosen_density = "", 1.0
    if name == "img":
        source, chosen_density = choose_image(_candidates(element), media, density)
    elif name == "input":
        if element.get("type").strip().lower() == "image":
            source = element.get("src")
    elif name == "video":
        source = element.get("poster")
    elif name == "embed":
        source = element.get("src")
    elif name == "object":
        source = element.get("data")
    elif name == "image" and element.namespace == SVG_NAMESPACE:
        source = element.get("href") or element.get("xlink:href")
    source = source.strip()
    if not source:
        return "", 1.0
    return resolve(document.base_url, source) or "", chosen_density


def _candidates(element: Element) -> list[dict[str, str]]:
    """The attributes of the <source> elements in front of an <img> in a <picture>, then its own."""
    found: list[dict[str, str]] = []
    parent = element.parent
    if isinstance(parent, Element) and parent.is_html("picture"):
        for sibling in parent.children:
            if sibling is element:
                break
            if isinstance(sibling, Element) and sibling.is_html("source"):
                found.append(sibling.attributes)
    found.append(element.attributes)
    return found


def _is_outer_svg(element: Element) -> bool:
    """Whether this is an <svg> that stands in HTML, or in a foreignObject, and not in another <svg>."""
    if element.local_name != "svg" or element.namespace != SVG_NAMESPACE:
        return False
    parent = element.parent
    in_svg = isinstance(parent, Element) and parent.namespace == SVG_NAMESPACE
    return not in_svg or (isinstance(parent, Element) and parent.local_name == "foreignObject")


PENDING: Final = Picture(0.0, 0.0, 0.0)
"""What stands for a picture that has not come yet, or that is not asked for: a box without natural size."""


def may_be_document(element: Element) -> bool:
    """Whether an <object> or <embed> names a document rather than a picture."""
    if element.local_name not in ("object", "embed"):
        return False
    address = element.get("data") if element.local_name == "object" else element.get("src")
    kind = element.get("type").partition(";")[0].strip().lower()
    path = address.partition("?")[0].partition("#")[0].lower()
    return bool(address) and (
        kind in ("text/html", "application/xhtml+xml", "text/plain")
        or (not kind and path.endswith((".html", ".htm", ".xhtml", ".xht", ".txt")))
    )


def _is_unimportant(element: Element) -> bool:
    """Whether its author says that others go first, wherever it is."""
    return element.get("fetchpriority").strip().lower() == "low"


def is_lazy(element: Element) -> bool:
    """Whether what an image or a frame shows is asked for only near the window
    (https://html.spec.whatwg.org/multipage/urls-and-fetching.html#lazy-loading-attributes)."""
    # NOTE: the standard loads all at once where no scripts run, lest a server learn how far a reader has scrolled. A
    # picture of a page has no such reader.
    return element.get("loading").strip().lower() == "lazy"


def _attributes(element: Element) -> dict[str, str]:
    """Those of the element; in a <picture> it is asked for as one with `srcset` is."""
    parent = element.parent
    if isinstance(parent, Element) and parent.is_html("picture"):
        return {"srcset": "", **element.attributes}
    return element.attributes


def _same_origin(url: str, other: str) -> bool:
    origin = parsed(url).origin
    return origin != "null" and origin == parsed(other).origin


def _destination(element: Element) -> str:
    """https://fetch.spec.whatwg.org/#concept-request-destination"""
    return element.local_name if element.local_name in ("object", "embed") else "image"


@final
class PictureLoader:
    """Fetches and decodes the pictures of one document.

    Attributes:
        pictures: what replaced elements show. images: decoded pictures by address.
        lazy: elements whose pictures are asked for only when they come near what is seen, with their addresses.
    """

    def __init__(
        self,
        document: Document,
        client: FetchClient,
        media: MediaContext,
        density: float,
        fonts: FontSource,
        recorder: Recorder,
    ) -> None:
        self._font_source = fonts
        self._svg_fonts: dict[frozenset[str], SvgFonts] = {}
        self._budget: Final = PixelBudget()
        self._document = document
        self._client = client
        self._media = media
        self._density = density
        self._recorder = recorder
        self._tasks: dict[Element, asyncio.Task[ImagePicture | None]] = {}
        self._svg_tasks: dict[Element, asyncio.Task[str]] = {}
        self._svg_files: dict[Element, str] = {}
        self._sprite_tasks: dict[str, asyncio.Task[dict[str, Element]]] = {}
        self._sprite_uses: dict[Element, tuple[str, str]] = {}
        self._sprites: dict[Element, Element] = {}
        self.lazy: Final[dict[Element, tuple[Request, float]]] = {}
        self.pictures: Final[dict[Element, Picture]] = {}
        self.images: Final = ImageStore()

    def start(self) -> None:
        """Begin to fetch what elements of the document show."""
        for element in self._document.descendant_elements():
            if element.local_name == "image" and element.namespace == SVG_NAMESPACE:
                self._start_svg_image(element)
            elif element.local_name == "use" and element.namespace == SVG_NAMESPACE:
                self._start_sprite(element)
            elif element.local_name in ("img", "input", "video", "embed", "object"):
                url, density = image_url(element, self._document, self._media, self._density)
                if not url or may_be_document(element):
                    continue
                request = self._client.request(url, _destination(element), _attributes(element))
                self.pictures[element] = PENDING
                if element.is_html("img") and is_lazy(element) and not url.startswith("data:"):
                    self.lazy[element] = (request, density)
                else:
                    self._begin(element, request, density)

    def _start_svg_image(self, element: Element) -> None:
        """An `<image>` in an inline SVG, whose renderer does not fetch."""
        url, _ = image_url(element, self._document, self._media, self._density)
        if url and not url.startswith("data:"):
            request = self._client.request(url, "image", element.attributes)
            self._svg_tasks[element] = asyncio.create_task(
                self._svg_file(request), name=f"picture {url[:100]}"
            )

    def _start_sprite(self, element: Element) -> None:
        """A `<use>` of another document, which has to be of the same origin
        (https://svgwg.org/svg2-draft/struct.html#UseElementHrefAttribute)."""
        reference = (element.get("href") or element.get("xlink:href")).strip()
        address, _, name = reference.partition("#")
        url = resolve(self._document.base_url, address) if address and name else None
        if (
            not url
            or url == self._document.url.partition("#")[0]
            or not _same_origin(url, self._document.url)
        ):
            return
        self._sprite_uses[element] = (url, name)
        if url not in self._sprite_tasks:
            request = self._client.request(url, "image", {})
            self._sprite_tasks[url] = asyncio.create_task(
                self._sprite_file(request), name=f"picture {url[:100]}"
            )

    async def _sprite_file(self, request: Request) -> dict[str, Element]:
        """The elements of an SVG document by their ids."""
        response = await self._client.get(request)
        if response is None or response.mime_type not in ("image/svg+xml", "text/xml", "application/xml"):
            return {}
        from ..html.parser import parse_document  # noqa: PLC0415 - few pages have sprites in files
        from .svg_styles import elements_by_id  # noqa: PLC0415 - as above

        return elements_by_id(parse_document(response.body, url=request.url, is_xml=True))

    async def _svg_file(self, request: Request) -> str:
        """A picture as a data: URL, "" where there is none that can be shown."""
        if await self._resource(request) is None:
            return ""
        response = await self._client.get(request)
        if response is None:
            return ""
        return f"data:{response.mime_type};base64,{base64.b64encode(response.body).decode('ascii')}"

    def start_lazy(self, elements: Iterable[Element], *, in_view: bool = False) -> bool:
        """Begin to fetch those of the lazy ones among these; whether there were any."""
        found = [element for element in elements if element in self.lazy]
        for element in found:
            request, density = self.lazy.pop(element)
            if in_view and not _is_unimportant(element):
                request = replace(request, priority=Priority.HIGH)
            self._begin(element, request, density)
        return bool(found)

    def raise_priorities(self, elements: Iterable[Element]) -> None:
        """These are in view: those that still wait to be asked for overtake the others."""
        for element in elements:
            if element in self._tasks:
                url, _ = image_url(element, self._document, self._media, self._density)
                if url and not _is_unimportant(element):
                    self._client.raise_priority(
                        self._client.request(
                            url, _destination(element), _attributes(element), priority=Priority.HIGH
                        )
                    )

    def _begin(self, element: Element, request: Request, density: float) -> None:
        name = f"picture {request.url[:100]}"
        self._tasks[element] = asyncio.create_task(self._picture(request, density), name=name)

    async def finish(self) -> None:
        """Wait for them."""
        for element, task in self._tasks.items():
            picture = await task
            if picture is not None:
                self.pictures[element] = picture
            elif not self._client.is_out_of_budget:
                # A picture that could not be had is broken; one that nobody had the time for is only not there.
                del self.pictures[element]
        self._tasks.clear()
        for element, reading in self._svg_tasks.items():
            data = await reading
            if data:
                self._svg_files[element] = data
        self._svg_tasks.clear()
        for element, (url, name) in self._sprite_uses.items():
            target = (await self._sprite_tasks[url]).get(name)
            if target is not None:
                self._sprites[element] = target
        self._sprite_tasks.clear()
        self._sprite_uses.clear()

    async def close(self) -> None:
        """Cancel what is still under way."""
        tasks: list[asyncio.Task[object]] = [
            *self._tasks.values(),
            *self._svg_tasks.values(),
            *self._sprite_tasks.values(),
        ]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._tasks.clear()
        self._svg_tasks.clear()
        self._sprite_tasks.clear()

    async def _picture(self, request: Request, density: float) -> ImagePicture | None:
        resource = await self._resource(request)
        return None if resource is None else ImagePicture(resource, density)

    async def _resource(self, request: Request) -> ImageResource | None:
        url = request.url
        known = self.images.get(url)
        if known is not None:
            return known
        response = await self._client.get(request)
        if response is None or not response.body:
            return None
        known = self.images.get(url)
        if known is not None:
            return known
        from ..image.decode import decode  # noqa: PLC0415 - as above

        try:
            with self._recorder.span("image", url) as span:
                resource = decode(
                    response.body, response.mime_type, self._fonts_for(response.body), self._budget
                )
                span.count("bytes", len(response.body))
        except ImageError as error:
            self._recorder.event("resource", url, f"not used: {error}")
            return None
        self.images.add(url, resource)
        return resource

    def _fonts_for(self, data: bytes) -> SvgFonts:
        """Fonts are looked for only where a picture has text."""
        from ..image.svg import NO_FONTS  # noqa: PLC0415 - a page without pictures needs no decoders

        if b"<text" not in data:
            return NO_FONTS
        from ..image.svg import font_families, unusual_characters  # noqa: PLC0415 - as above

        markup = data.decode("utf-8", "replace")
        wanted = frozenset((*font_families(markup), *unusual_characters(markup)))
        fonts = self._svg_fonts.get(wanted)
        if fonts is None:
            fonts = self._svg_fonts[wanted] = svg_fonts(self._font_source, wanted)
        return fonts

    async def load_style_images(self, urls: Iterable[str], referrers: Mapping[str, str]) -> None:
        """Fetch the pictures that styles name; those that cannot be had are left out. `referrers` are the sheets that
        name them."""
        await asyncio.gather(
            *(
                self._resource(self._client.style_request(url, "image", referrers.get(url, "")))
                for url in urls
                if not self.images.has(url)
            )
        )

    def style_pictures(self, urls: Iterable[str]) -> dict[str, ImagePicture]:
        """The pictures that styles name, by address: `content: url()` and list markers are boxes of their own."""
        found: dict[str, ImagePicture] = {}
        for url in urls:
            resource = self.images.get(url)
            if resource is not None:
                found[url] = ImagePicture(resource, 1.0, url)
        return found

    def draw_inline_svg(self, styles: StyleTree) -> None:
        """Make pictures of the inline <svg> elements, with the page's styles on them."""
        roots = [
            element
            for element in self._document.descendant_elements()
            if _is_outer_svg(element) and styles.style_of(element) is not None
        ]
        if not roots:
            return
        from ..image.svg import decode_svg  # noqa: PLC0415 - a page without pictures needs no decoders
        from .svg_styles import elements_by_id, inline_svg_markup, style_references  # noqa: PLC0415 - as above

        ids = elements_by_id(self._document)
        self.images.references.update(style_references(self._document, styles, ids))
        for element in roots:
            try:
                markup = inline_svg_markup(element, styles, ids, self._svg_files, self._sprites)
                data = markup.encode()
                resource = decode_svg(data, self._fonts_for(data))
            except ImageError as error:
                self._recorder.event("resource", "inline svg", f"not used: {error}")
                continue
            self.pictures[element] = ImagePicture(resource, 1.0)
