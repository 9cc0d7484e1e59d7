"""The engine inside the test process: pages of a folder become pictures and boxes, without sockets.

For the conformance runner, the fidelity score and the hostile-input run. Fonts are found once for an `Engine`, and
the user agent's style sheet is parsed once for a process.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from minibrowser.css import MediaContext
from minibrowser.dom import Document
from minibrowser.errors import NetworkError
from minibrowser.geometry import Rect
from minibrowser.net import Headers, Request, Response
from minibrowser.net.data_url import parse_data_url
from minibrowser.net.mime_type import mime_type_for_file
from minibrowser.page.executor import InlineExecutor
from minibrowser.page.loader import LoadedPage, LoadOptions, PageLoader, read_document
from minibrowser.page.resources import PageResources, ResourceLoader
from minibrowser.page.system_fonts import system_fonts
from minibrowser.text.font_context import FontContext
from minibrowser.trace import NO_TRACE
from tests.mutations import mutate

if TYPE_CHECKING:
    from PIL import Image

ORIGIN = "http://web-platform.test"


class FolderLoader(ResourceLoader):
    """Answers requests to `ORIGIN` from the files of a folder, and data: URLs."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self.damage: int = -1
        """A seed to mutate style sheets with; negative for none."""

    async def fetch(self, request: Request) -> Response:
        """The file, or the 404 of one that is not there. Other origins cannot be reached."""
        url = request.url
        if url.startswith("data:"):
            mime_type, body = parse_data_url(url)
            return _response(url, 200, mime_type.essence, body, mime_type.parameters.get("charset"))
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" != ORIGIN:
            raise NetworkError(f"{url}: tests have no network", url)
        try:
            path = (self._root / unquote(parts.path).lstrip("/")).resolve()
            if self._root not in path.parents:
                return _response(url, 404, "text/html", b"", None)
            body = path.read_bytes()
        except (OSError, ValueError):
            # No such file, or no such name: too long, or with a zero byte in it.
            return _response(url, 404, "text/html", b"", None)
        if self.damage >= 0 and request.destination == "style":
            body = mutate(body, self.damage)
        return _response(url, 200, mime_type_for_file(path.name), body, None)


def _response(url: str, status: int, mime_type: str, body: bytes, charset: str | None) -> Response:
    return Response(
        url=url,
        url_list=(url,),
        status=status,
        headers=Headers(),
        body=body,
        mime_type=mime_type,
        charset=charset,
        source="file",
    )


class Engine:
    """Renders pages of a folder. Close it: it owns an event loop."""

    def __init__(self, root: Path) -> None:
        self._loader = FolderLoader(root)
        self._fonts = FontContext(system_fonts())
        self._runner = asyncio.Runner()

    def close(self) -> None:
        """End the event loop."""
        self._runner.close()

    def load(self, path: str, width: int, height: int) -> LoadedPage:
        """The page at a path in the folder, with its resources, laid out."""
        return self._runner.run(self._load(f"{ORIGIN}/{path.lstrip('/')}", None, width, height))

    def damage_sheets(self, seed: int) -> None:
        """Mutate the style sheets of pages to come; a negative seed leaves them as they are."""
        self._loader.damage = seed

    def load_bytes(self, data: bytes, mime_type: str, path: str, width: int, height: int) -> LoadedPage:
        """A page given as bytes, as if it lay at a path in the folder."""
        response = _response(f"{ORIGIN}/{path.lstrip('/')}", 200, mime_type, data, None)
        return self._runner.run(self._load(response.url, response, width, height))

    async def _load(self, url: str, response: Response | None, width: int, height: int) -> LoadedPage:
        options = LoadOptions(MediaContext(float(width), float(height)))
        resources = PageResources(self._loader, NO_TRACE)
        try:
            if response is None:
                response = await resources.document(Request(url=url, destination="document"))
                if response.status != 200:
                    raise NetworkError(f"{url}: status {response.status}", url)
            document: Document = read_document(response, options, NO_TRACE)
            page = await PageLoader(resources, self._fonts, options, InlineExecutor(), NO_TRACE).load(
                document
            )
        finally:
            await resources.close()
        if page.rendering.root_fragment is None:
            page.rendering.layout(page.pictures.pictures)
        return page

    @staticmethod
    def picture(page: LoadedPage, full_page: bool = False) -> Image.Image:
        """The page's pixels, without transparency."""
        rendering = page.rendering
        size = rendering.full_size() if full_page else rendering.viewport
        area = Rect(0.0, 0.0, size.width, size.height)
        return rendering.bitmap(page.pictures.images, area, 1.0, False).image.convert("RGB")

    @staticmethod
    def boxes(page: LoadedPage, scrollbar: float = 0.0) -> list[dict[str, object]]:
        """What `minibrowser dump boxes` prints; with classic scrollbars of a width, which pages never have."""
        from minibrowser.layout.boxes_dump import dump_boxes  # noqa: PLC0415 - most pages are not asked
        from minibrowser.layout.engine import Driver, layout_root  # noqa: PLC0415

        rendering = page.rendering
        root = rendering.root_fragment
        if scrollbar > 0.0 and rendering.root_box is not None:
            driver = Driver(rendering.fonts, rendering.viewport, False, scrollbar)
            root = layout_root(driver, rendering.root_box)
        assert root is not None
        return dump_boxes(root, page.document)


def depth_of(document: Document) -> int:
    """The number of elements on the longest way from the root to a leaf."""
    deepest = 0
    stack = [(document.root, 1)] if document.root is not None else []
    while stack:
        element, depth = stack.pop()
        deepest = max(deepest, depth)
        stack.extend((child, depth + 1) for child in element.element_children())
    return deepest
