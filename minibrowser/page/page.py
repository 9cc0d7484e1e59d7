"""A page: one document in one viewport, with Playwright's names for what can be done with it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, final

from .. import limits
from ..css import MediaContext
from ..dom import Document
from ..errors import ClosedError, FileAccessError, MinibrowserError, TimeoutExceeded, UsageError
from ..geometry import Rect
from ..html.parser import parse_document
from ..html.serializer import serialize_document
from ..trace import Recorder
from ..url import fix_up
from .loader import LoadedPage, LoadOptions
from .navigation import Navigator
from .resources import ResourceRecord

if TYPE_CHECKING:
    from PIL import Image

    from ..browser import BrowserContext
    from ..net import Request, Response
    from ..paint.bitmap import Bitmap
    from .actor import Actor
    from .layers import LayerPicture
    from .mouse import Mouse

T = TypeVar("T")

WAITS: Final = ("load", "domcontentloaded", "networkidle", "commit")
"""What a navigation may wait for; Playwright's words."""

FORMATS: Final = {
    ".png": "png",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".webp": "webp",
    ".avif": "avif",
}
"""Picture formats by the suffix of a file name."""


@final
class Viewport:
    """The window. CSS px; `device_scale_factor` is device px for one CSS px."""

    def __init__(self, width: int = 1280, height: int = 800, device_scale_factor: float = 1.0) -> None:
        for name, value in (("width", width), ("height", height)):
            if not 1 <= value <= 32_768:
                raise UsageError(f"viewport {name} must be from 1 to 32768, not {value}")
        if not 0.1 <= device_scale_factor <= 10:
            raise UsageError(f"device scale factor must be from 0.1 to 10, not {device_scale_factor:g}")
        self.width: Final = width
        self.height: Final = height
        self.device_scale_factor: Final = device_scale_factor


@final
class Page:
    """One document in one viewport. Made by `BrowserContext.new_page`; close it, or use `async with`.

    Attributes:
        recorder: the spans of everything that the page has done.
    """

    def __init__(self, context: BrowserContext, viewport: Viewport, recorder: Recorder) -> None:
        self.context: Final = context
        self.recorder: Final = recorder
        self._viewport = viewport
        self._navigator: Final = Navigator(context, self._options, recorder)
        self._user: Actor | None = None
        self._mouse: Mouse | None = None
        self._closed = False
        self._time = 0.0

    async def __aenter__(self) -> Page:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    # --- What is shown ---------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """The document's address, after redirects."""
        return self._navigator.url

    @property
    def viewport_size(self) -> dict[str, int]:
        """Width and height in CSS px."""
        return {"width": self._viewport.width, "height": self._viewport.height}

    async def set_viewport_size(self, width: int, height: int) -> None:
        """Change the window; the document on show is loaded into it anew at the next picture."""
        self._viewport = Viewport(width, height, self._viewport.device_scale_factor)
        await self._navigator.run(self._navigator.show_again(), "loading into another window")

    async def set_time(self, milliseconds: float) -> None:
        """Set the clock of animations. They all begin at 0, which is what a page shows unless told otherwise."""
        if not 0 <= milliseconds < 1e12:
            raise UsageError(f"a time is from 0 to 1e12 ms, not {milliseconds:g}")
        self._time = milliseconds / 1000.0
        await self._navigator.run(self._navigator.show_again(), "loading into another window")

    @property
    def is_closed(self) -> bool:
        """Whether `close` has been called."""
        return self._closed

    async def close(self) -> None:
        """Forget the document; what is being loaded is given up. Closing twice is no error."""
        self._closed = True
        self.context.forget(self)
        await self._navigator.close()

    # --- Navigation ------------------------------------------------------------------------------

    async def goto(
        self, url: str, *, timeout: float | None = None, wait_until: str = "load", referer: str = ""
    ) -> Response:
        """Load a document and all that it needs.

        Args:
            url: an address as people type it: a URL, a host, a file.
            timeout: milliseconds for the whole; 0 for none; by default the context's.
            wait_until: "load", which is "networkidle" too, waits for all that the page shows; "domcontentloaded" for
                the document and its style sheets, which is as good as "commit": of the rest it shows what is there.
            referer: what the request's `Referer` header says.

        Returns:
            The document's response; statuses like 404 are no errors.

        Raises:
            NavigationError: (and its kin) there is no document; TimeoutExceeded; InvalidURLError.
        """
        from ..net import Request  # noqa: PLC0415 - text given by `set_content` needs no network

        if wait_until not in WAITS:
            raise UsageError(f"wait_until must be one of {', '.join(WAITS)}, not {wait_until!r}")
        target = fix_up(url, os.getcwd()).href
        guessed = target.startswith("https:") and not url.strip().lower().startswith("https:")
        request = Request(url=target, destination="document", referrer=referer, http_fallback=guessed)
        work = partial(self._navigator.navigate, request, waits=wait_until in ("load", "networkidle"))
        return await self._navigated(work, timeout, f"loading {target}")

    async def submit(self, request: Request, *, timeout: float | None = None) -> Response:
        """Load what a request of one's own brings, as a submitted form does.

        Args:
            request: `minibrowser.net.form_data.form_request` makes one of a form's entries.
            timeout: as for `goto`, which raises the same.
        """
        asked = replace(request, destination="document")
        return await self._navigated(
            lambda: self._navigator.navigate(asked), timeout, f"loading {request.url[:200]}"
        )

    async def reload(self, *, timeout: float | None = None) -> Response | None:
        """Load the document anew: its server is asked whether it has changed. None for a document of no server."""
        return await self._navigated(self._navigator.reload, timeout, f"loading {self.url}")

    async def go_back(self, *, timeout: float | None = None) -> Response | None:
        """Show the document before this one, from the cache where that has it; None where there is none."""
        return await self._go(-1, timeout)

    async def go_forward(self, *, timeout: float | None = None) -> Response | None:
        """Show the document that `go_back` led away from; None where there is none."""
        return await self._go(1, timeout)

    async def _go(self, steps: int, timeout: float | None) -> Response | None:
        self._check_open()
        navigator = self._navigator
        if not navigator.can_go(steps):
            return None
        return await self._navigated(lambda: navigator.go(steps), timeout, "going back or forward")

    async def set_content(
        self, html: str, *, base_url: str = "about:blank", timeout: float | None = None
    ) -> None:
        """Show HTML given as text. Relative addresses in it are resolved against `base_url`."""
        work = partial(self._navigator.show_markup, html, base_url)
        await self._navigated(work, timeout, "loading the content")

    async def set_document_bytes(
        self, data: bytes, *, base_url: str = "about:blank", timeout: float | None = None
    ) -> None:
        """Show HTML given as bytes, whose encoding is determined as for a file."""
        work = partial(self._navigator.show_markup, data, base_url)
        await self._navigated(work, timeout, "loading the content")

    async def _navigated(
        self, work: Callable[[], Coroutine[object, object, T]], timeout: float | None, what: str
    ) -> T:
        """Do work that changes what is shown, in the place of what is under way."""
        self._check_open()
        return await self._timed(lambda: self._navigator.run(work(), what), timeout, what)

    def _options(self) -> LoadOptions:
        viewport, settings = self._viewport, self.context.settings
        media = MediaContext(
            float(viewport.width),
            float(viewport.height),
            device_pixel_ratio=viewport.device_scale_factor,
            color_scheme=settings.color_scheme,
        )
        return LoadOptions(
            media, viewport.device_scale_factor, settings.parser, settings.scripting, time=self._time
        )

    # --- Interaction -----------------------------------------------------------------------------

    @property
    def _actor(self) -> Actor:
        if self._user is None:
            from .actor import Actor  # noqa: PLC0415 - most pages are only looked at

            self._user = Actor(self._navigator, self.recorder)
        return self._user

    @property
    def mouse(self) -> Mouse:
        """The pointer, by points of the viewport."""
        if self._mouse is None:
            from .mouse import Mouse  # noqa: PLC0415 - as above

            self._mouse = Mouse(self._act)
        return self._mouse

    async def click(
        self,
        selector: str,
        *,
        force: bool = False,
        position: dict[str, float] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Click the first element that a selector matches: follow the link, send the form, tick the box.

        The element is brought into view, and what a point of it hits gets the click.

        Args:
            selector: CSS.
            force: click the element whatever lies over it, and also where it is not shown.
            position: {"x", "y"} from its padding box's corner, CSS px; otherwise its middle.
            timeout: of what the click loads, milliseconds; 0 for none.

        Raises:
            NotActionableError: it is not visible, or something else "intercepts pointer events"; UsageError: there is
            no such element, or it is disabled; otherwise as `goto`.
        """
        work = partial(self._actor.click, selector, force=force, position=position)
        await self._navigated(work, timeout, f"clicking {selector}")

    async def _act(
        self,
        work: Callable[[Actor], Coroutine[object, object, T]],
        what: str,
        timeout: float | None = None,
    ) -> T:
        """Do something as the user of this page, in the place of what is under way."""
        return await self._navigated(lambda: work(self._actor), timeout, what)

    async def press(self, selector: str, key: str, *, timeout: float | None = None) -> None:
        """Press a key on an element. "Enter" sends the form of a field; there are no other keys without scripts."""
        if key != "Enter":
            raise UsageError(f"no element does anything by itself when {key!r} is pressed")
        await self._navigated(lambda: self._actor.submit(selector), timeout, f"sending {selector}")

    async def hover(
        self, selector: str, *, force: bool = False, position: dict[str, float] | None = None
    ) -> None:
        """Put the pointer over the first element that a selector matches: `:hover` matches what is hit there and all
        that is around that. Arguments and errors as for `click`."""
        work = partial(self._actor.hover, selector, force=force, position=position)
        await self._navigated(work, None, f"pointing at {selector}")

    async def focus(self, selector: str) -> None:
        """Give the first element that a selector matches the focus, for `:focus`."""
        await self._navigated(lambda: self._actor.focus(selector), None, f"focusing {selector}")

    async def fill(self, selector: str, value: str) -> None:
        """Write a value into a field."""
        await self._navigated(lambda: self._actor.fill(selector, value), None, f"filling {selector}")

    async def check(self, selector: str) -> None:
        """Tick a checkbox or choose a radio button."""
        await self._navigated(lambda: self._actor.set_checked(selector, True), None, f"checking {selector}")

    async def uncheck(self, selector: str) -> None:
        """Untick a checkbox."""
        await self._navigated(
            lambda: self._actor.set_checked(selector, False), None, f"unchecking {selector}"
        )

    async def select_option(self, selector: str, value: str | Sequence[str]) -> list[str]:
        """Choose options of a `<select>` by value or label; gives the values that are chosen then."""
        values = [value] if isinstance(value, str) else list(value)
        work = partial(self._actor.select_option, selector, values)
        return await self._navigated(work, None, f"selecting in {selector}")

    async def set_input_files(
        self, selector: str, files: str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
    ) -> None:
        """Choose files for `<input type=file>`."""
        paths = [files] if isinstance(files, str | os.PathLike) else list(files)
        work = partial(self._actor.set_input_files, selector, [Path(path) for path in paths])
        await self._navigated(work, None, f"choosing files in {selector}")

    # --- Pictures --------------------------------------------------------------------------------

    async def screenshot(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        full_page: bool = False,
        clip: dict[str, float] | None = None,
        type: str | None = None,  # noqa: A002 - Playwright's name
        quality: int | None = None,
        omit_background: bool = False,
        timeout: float | None = None,
    ) -> bytes:
        """A picture of the page, encoded.

        Args:
            path: where to write it as well; its suffix chooses the type.
            full_page: the whole scrollable area instead of the viewport.
            clip: {"x", "y", "width", "height"} in CSS px: only this part.
            type: "png", "jpeg", "webp" or "avif".
            quality: 0 to 100, for jpeg, webp and avif.
            omit_background: transparent where the page paints nothing (png, webp, avif).
            timeout: milliseconds; 0 for none.

        Raises:
            UsageError: the arguments make no sense together; FileAccessError: the file cannot be written.
        """
        format_ = picture_format(path, type)
        if quality is not None and format_ == "png":
            raise UsageError("quality is for jpeg, webp and avif, not for png")
        if quality is not None and not 0 <= quality <= 100:
            raise UsageError(f"quality must be from 0 to 100, not {quality}")
        if omit_background and format_ == "jpeg":
            raise UsageError("jpeg has no transparency: omit_background needs png, webp or avif")

        def work() -> bytes:
            from ..paint.encode import encode  # noqa: PLC0415 - only pictures need encoders

            page, scale = self._laid_out(), self._viewport.device_scale_factor
            area = self._area(full_page, clip)
            if format_ == "png" and area.width * scale * area.height * scale > limits.MAX_WHOLE_PIXELS:
                return page.rendering.png_in_bands(page.pictures.images, area, scale, omit_background)
            bitmap = page.rendering.bitmap(page.pictures.images, area, scale, omit_background)
            with self.recorder.span("encode", format_) as span:
                data = encode(bitmap, format_, quality)
                span.count("bytes", len(data))
            return data

        data = await self._pictured(work, full_page, clip, timeout, "taking the screenshot")
        if path is not None:
            write_file(Path(path), data)
        return data

    async def image(
        self, *, full_page: bool = False, clip: dict[str, float] | None = None, omit_background: bool = False
    ) -> Image.Image:
        """A picture of the page as a `PIL.Image`, not encoded."""

        def work() -> Image.Image:
            return self._bitmap(full_page, clip, omit_background).image

        return await self._pictured(work, full_page, clip, None, "taking the picture")

    async def picture_size(
        self, *, full_page: bool = False, clip: dict[str, float] | None = None
    ) -> tuple[int, int]:
        """Width and height, in device px, of the picture that `screenshot` would take."""

        def work() -> tuple[int, int]:
            area = self._area(full_page, clip)
            scale = self._viewport.device_scale_factor
            return round(area.width * scale), round(area.height * scale)

        return await self._pictured(work, full_page, clip, None, "laying out")

    def _area(self, full_page: bool, clip: dict[str, float] | None) -> Rect:
        """The part of the page that a picture shows, CSS px."""
        rendering = self._laid_out().rendering
        size = rendering.full_size() if full_page or clip is not None else rendering.viewport
        area = Rect(0.0, 0.0, size.width, size.height)
        return area if clip is None else clip_rect(clip, area)

    def _bitmap(self, full_page: bool, clip: dict[str, float] | None, omit_background: bool) -> Bitmap:
        page = self._laid_out()
        scale = self._viewport.device_scale_factor
        area = self._area(full_page, clip)
        return page.rendering.bitmap(page.pictures.images, area, scale, omit_background)

    def _laid_out(self) -> LoadedPage:
        page = self._navigator.loaded
        if page is None:
            raise UsageError("the page shows nothing yet: call goto or set_content first")
        if page.rendering.root_fragment is None:
            page.rendering.layout(page.pictures.pictures)
        return page

    # --- What is inside --------------------------------------------------------------------------

    def _document(self) -> Document:
        self._check_open()
        loaded = self._navigator.loaded
        return parse_document("", url="about:blank") if loaded is None else loaded.document

    async def content(self) -> str:
        """The document as HTML."""
        return serialize_document(self._document())

    async def title(self) -> str:
        """The document's title."""
        return self._document().title

    @property
    def document(self) -> Document:
        """The document tree itself, to read."""
        return self._document()

    async def boxes(self) -> list[dict[str, object]]:
        """The rectangle of each element that generates a box, as getBoundingClientRect() would give it."""

        def work() -> list[dict[str, object]]:
            from ..layout.boxes_dump import dump_boxes  # noqa: PLC0415 - only this needs it

            page = self._laid_out()
            assert page.rendering.root_fragment is not None
            return dump_boxes(page.rendering.root_fragment, page.document)

        return await self._rendered(work, None, "laying out")

    async def bounding_box(self, selector: str) -> dict[str, float] | None:
        """The rectangle of the first element that the selector matches and that generates a box, as Playwright's
        locators have it: {"x", "y", "width", "height"} in CSS px, which `screenshot` takes as its `clip`; None where
        there is none. Raises UsageError for a bad selector."""

        def work() -> dict[str, float] | None:
            from .dumps import bounding_rect  # noqa: PLC0415 - only this needs it

            rect = bounding_rect(self._laid_out().rendering, selector)
            if rect is None:
                return None
            return {"x": rect.x, "y": rect.y, "width": rect.width, "height": rect.height}

        return await self._rendered(work, None, "laying out")

    async def element_from_point(self, x: float, y: float, *, deep: bool = False) -> dict[str, object] | None:
        """The topmost element at a point of the viewport, as `document.elementFromPoint` finds it: its `path` and `tag`
        as in `boxes()`, `id`, `class`, the beginning of its `text`, and its rectangle. None outside of the viewport.

        `deep`: where a frame is hit, the element in its document; `frames` are then the paths of the frames around it.
        """

        def work() -> dict[str, object] | None:
            from .pointing import element_at_point, point, summary  # noqa: PLC0415 - only this needs it

            found = element_at_point(self._laid_out().rendering, *point(x, y), deep)
            if found is None:
                return None
            element, frames, rendering = found
            return summary(element, rendering, frames)

        return await self._rendered(work, None, "laying out")

    async def elements_from_point(self, x: float, y: float) -> list[dict[str, object]]:
        """All elements at a point of the viewport, topmost first, as `document.elementsFromPoint` finds them."""

        def work() -> list[dict[str, object]]:
            from .pointing import point, summary  # noqa: PLC0415 - only this needs it

            rendering = self._laid_out().rendering
            found = rendering.hits().elements_at(*point(x, y))
            return [summary(element, rendering) for element in found]

        return await self._rendered(work, None, "laying out")

    async def element_metrics(self, selector: str) -> dict[str, int] | None:
        """What CSSOM View tells scripts of the first element that a selector matches, whole CSS px: `scroll_width`,
        `scroll_height`, `client_width`, `client_height`, `client_left`, `client_top`, `offset_width`, `offset_height`,
        `offset_left`, `offset_top`. None where it has no box. Raises UsageError for a bad selector."""

        def work() -> dict[str, int] | None:
            from .dumps import first_match  # noqa: PLC0415 - only this needs it
            from .figures import element_figures  # noqa: PLC0415 - only this needs it

            page = self._laid_out()
            element = first_match(page.document, selector)
            found = None if element is None else element_figures(page.rendering, element)
            return None if found is None else found[0]

        return await self._rendered(work, None, "laying out")

    async def text(self) -> str:
        """The text that is rendered, as `innerText` of the root would give it."""

        def work() -> str:
            from .inner_text import inner_text  # noqa: PLC0415 - only this needs it

            page = self._laid_out()
            assert page.rendering.styles is not None
            return inner_text(page.document, page.rendering.styles)

        return await self._rendered(work, None, "laying out")

    async def layers(self, *, full_page: bool = False) -> list[LayerPicture]:
        """Each stacking layer as a picture, in painting order: what it paints without the layers inside, transparent
        elsewhere. For finding out what covers what."""

        def work() -> list[LayerPicture]:
            from .layers import stacking_layers  # noqa: PLC0415 - only this needs it

            page, scale = self._laid_out(), self._viewport.device_scale_factor
            area = self._area(full_page, None)
            return stacking_layers(page.rendering, page.pictures.images, area, scale)

        return await self._pictured(work, full_page, None, None, "painting layers")

    async def display_list(self, *, full_page: bool = False) -> str:
        """The display list as text, one record a line."""

        def work() -> str:
            page = self._laid_out()
            rendering = page.rendering
            size = rendering.full_size() if full_page else rendering.viewport
            area = Rect(0.0, 0.0, size.width, size.height)
            return rendering.display_list(page.pictures.images, area).dump()

        return await self._pictured(work, full_page, None, None, "painting")

    async def styles(self, selector: str = "*", *, why: bool = False) -> list[dict[str, object]]:
        """The computed style of each element that a selector matches, as getComputedStyle() prints it; with `why`
        the declared properties alone, each with the rule, the sheet and the line that won."""

        def work() -> list[dict[str, object]]:
            from .dumps import dump_reasons, dump_styles  # noqa: PLC0415 - only this needs it

            page = self._laid_out()
            assert page.rendering.styles is not None
            if why:
                return dump_reasons(page.rendering, selector)
            return dump_styles(page.document, page.rendering.styles, selector)

        return await self._rendered(work, None, "resolving styles")

    def resources(self) -> list[ResourceRecord]:
        """What the last navigation fetched, in the order it asked."""
        return list(self._navigator.records)

    # --- Time and threads ------------------------------------------------------------------------

    def _check_open(self) -> None:
        if self._closed:
            raise ClosedError("the page is closed")

    async def _rendered(self, work: Callable[[], T], timeout: float | None, what: str) -> T:
        """Do synchronous work away from the event loop. One page of a browser renders at a time: there is
        one interpreter lock, and fonts are shared."""
        self._check_open()
        if self._navigator.has_changed:
            await self._navigated(self._navigator.update, timeout, what)
        return await self._timed(lambda: self.context.browser.executor.run(work), timeout, what)

    async def _pictured(
        self,
        work: Callable[[], T],
        full_page: bool,
        clip: dict[str, float] | None,
        timeout: float | None,
        what: str,
    ) -> T:
        """As `_rendered`, once all is loaded that lies far from the window and will be seen."""
        if (full_page or clip is not None) and self._navigator.has_rest:
            area = None if clip is None else rect_of_clip(clip)
            await self._navigated(lambda: self._navigator.load_rest(area), timeout, what)
        return await self._rendered(work, timeout, what)

    async def _timed(self, work: Callable[[], Awaitable[T]], timeout: float | None, what: str) -> T:
        milliseconds = self.context.settings.timeout if timeout is None else timeout
        if milliseconds < 0:
            raise UsageError(f"timeout must not be negative: {milliseconds:g}")
        try:
            async with asyncio.timeout(milliseconds / 1000 if milliseconds else None) as scope:
                return await work()
        except TimeoutError as error:
            if scope.expired() and not isinstance(error, MinibrowserError):
                raise TimeoutExceeded(f"timed out after {milliseconds:g} ms: {what}") from error
            raise


def picture_format(path: str | os.PathLike[str] | None, type_: str | None) -> str:
    """The format asked for by name, or by a file's suffix; png when neither says. Raises UsageError."""
    if type_ is not None:
        name = {"jpg": "jpeg"}.get(type_.lower(), type_.lower())
        if name not in FORMATS.values():
            raise UsageError(f"unknown picture type {type_!r}: png, jpeg, webp and avif are known")
        return name
    if path is None:
        return "png"
    suffix = Path(path).suffix.lower()
    if suffix in FORMATS:
        return FORMATS[suffix]
    raise UsageError(
        f"{os.fspath(path)}: unknown picture type {suffix!r}: .png, .jpg, .webp and .avif are known"
    )


def rect_of_clip(clip: dict[str, float]) -> Rect:
    """The rectangle that a clip names. Raises UsageError for what is none."""
    unknown: Iterable[str] = sorted(set(clip) ^ {"x", "y", "width", "height"})
    if unknown:
        raise UsageError(f"clip needs x, y, width and height, nothing else (see {', '.join(unknown)})")
    rect = Rect(float(clip["x"]), float(clip["y"]), float(clip["width"]), float(clip["height"]))
    if not (rect.width > 0 and rect.height > 0):
        raise UsageError(f"clip must have a width and a height above 0: {rect!r}")
    return rect


def clip_rect(clip: dict[str, float], page: Rect) -> Rect:
    """The part of the page that a clip names. Raises UsageError for one that misses it."""
    rect = rect_of_clip(clip)
    inside = rect.intersection(page)
    if inside.is_empty():
        raise UsageError(f"clip {rect!r} lies outside the page of {page.width:g} x {page.height:g} px")
    return inside


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole. Raises FileAccessError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise FileAccessError(f"cannot write {path}: {error.strerror or error}") from error
