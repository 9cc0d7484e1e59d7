"""The engine without await: the same classes and names, each call waits for its result.

    from minibrowser.sync_api import Browser

    with Browser() as browser:
        page = browser.new_page()
        page.goto("https://example.com")
        page.screenshot("page.png")

A browser has a thread with an event loop of its own, so it also works where a loop is running already
(Jupyter). Calls may come from any thread. Ctrl-C cancels the call that waits.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Final, TypeVar, Unpack, final

from . import browser as async_browser
from .errors import ClosedError, UsageError

if TYPE_CHECKING:
    from types import TracebackType

    from PIL import Image

    from .net import CookieFields, NetworkConfig, Request, Response
    from .page.executor import RenderExecutor
    from .page.layers import LayerPicture
    from .page.options import ContextOptions
    from .page.page import Page as AsyncPage
    from .page.resources import ResourceRecord
    from .text.font_context import FontContext
    from .trace import Recorder

T = TypeVar("T")


@final
class EventLoopThread:
    """An event loop on a thread of its own. A context manager; closing twice is no error."""

    def __init__(self) -> None:
        self._loop: Final = asyncio.new_event_loop()
        self._lock: Final = threading.Lock()
        self._ended = False
        self._thread: Final = threading.Thread(target=self._run, name="minibrowser", daemon=True)
        self._thread.start()
        # A browser that nobody closes must not stand in the way of the interpreter's end.
        atexit.register(self.close)

    def __enter__(self) -> EventLoopThread:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
            with self._lock:
                self._ended = True
            self._loop.run_until_complete(asyncio.sleep(0))  # what was handed over by then becomes tasks
            tasks = asyncio.all_tasks(self._loop)
            for task in tasks:
                task.cancel()
            self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        finally:
            asyncio.set_event_loop(None)
            self._loop.close()

    def call(self, work: Coroutine[object, object, T]) -> T:
        """Run a coroutine there and wait for it; its error is raised here. An interrupt cancels it.

        Raises `ClosedError` where the thread has ended, or ends in the meantime.
        """
        if threading.current_thread() is self._thread:
            work.close()
            raise UsageError("this is the browser's own thread: waiting here for itself would never end")
        with self._lock:
            if self._ended:
                work.close()
                raise ClosedError("the browser is closed")
            future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except CancelledError:
            if self._ended:
                raise ClosedError("the browser was closed during a call") from None
            raise
        except BaseException:
            future.cancel()
            raise

    def close(self) -> None:
        """Stop the loop and the thread."""
        atexit.unregister(self.close)
        with self._lock:
            if not self._ended:
                self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()


@final
class Mouse:
    """The mouse of a page; see `minibrowser.page.mouse.Mouse`."""

    def __init__(self, page: AsyncPage, call: Callable[[Coroutine[object, object, None]], None]) -> None:
        self._page: Final = page
        self._call: Final = call

    def move(self, x: float, y: float) -> None:
        """Go to a point of the viewport."""
        self._call(self._page.mouse.move(x, y))

    def down(self) -> None:
        """Press the button."""
        self._call(self._page.mouse.down())

    def up(self) -> None:
        """Release the button."""
        self._call(self._page.mouse.up())

    def click(self, x: float, y: float, *, timeout: float | None = None) -> None:
        """Click whatever is at a point."""
        self._call(self._page.mouse.click(x, y, timeout=timeout))


@final
class Page:
    """One document in one viewport; see `minibrowser.page.page.Page`, method by method."""

    def __init__(self, page: AsyncPage, context: BrowserContext) -> None:
        self.context: Final = context
        self._page: Final = page
        self._call: Final = context.browser.call

    def __enter__(self) -> Page:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def recorder(self) -> Recorder:
        """The spans of everything that the page has done."""
        return self._page.recorder

    @property
    def url(self) -> str:
        """The document's address, after redirects."""
        return self._page.url

    @property
    def viewport_size(self) -> dict[str, int]:
        """Width and height in CSS px."""
        return self._page.viewport_size

    @property
    def is_closed(self) -> bool:
        """Whether `close` has been called."""
        return self._page.is_closed

    def set_viewport_size(self, width: int, height: int) -> None:
        """Change the window."""
        self._call(self._page.set_viewport_size(width, height))

    def set_time(self, milliseconds: float) -> None:
        """Set the clock of animations."""
        self._call(self._page.set_time(milliseconds))

    def goto(
        self, url: str, *, timeout: float | None = None, wait_until: str = "load", referer: str = ""
    ) -> Response:
        """Load a document and all that it needs."""
        return self._call(self._page.goto(url, timeout=timeout, wait_until=wait_until, referer=referer))

    def submit(self, request: Request, *, timeout: float | None = None) -> Response:
        """Load what a request of one's own brings, as a submitted form does."""
        return self._call(self._page.submit(request, timeout=timeout))

    def reload(self, *, timeout: float | None = None) -> Response | None:
        """Load the document anew."""
        return self._call(self._page.reload(timeout=timeout))

    def go_back(self, *, timeout: float | None = None) -> Response | None:
        """Show the document before this one."""
        return self._call(self._page.go_back(timeout=timeout))

    def go_forward(self, *, timeout: float | None = None) -> Response | None:
        """Show the document that `go_back` led away from."""
        return self._call(self._page.go_forward(timeout=timeout))

    def set_content(self, html: str, *, base_url: str = "about:blank", timeout: float | None = None) -> None:
        """Show HTML given as text."""
        self._call(self._page.set_content(html, base_url=base_url, timeout=timeout))

    def set_document_bytes(
        self, data: bytes, *, base_url: str = "about:blank", timeout: float | None = None
    ) -> None:
        """Show HTML given as bytes."""
        self._call(self._page.set_document_bytes(data, base_url=base_url, timeout=timeout))

    @property
    def mouse(self) -> Mouse:
        """The pointer, by points of the viewport."""
        return Mouse(self._page, self._call)

    def click(
        self,
        selector: str,
        *,
        force: bool = False,
        position: dict[str, float] | None = None,
        timeout: float | None = None,
    ) -> None:
        """Click the first element that a selector matches."""
        self._call(self._page.click(selector, force=force, position=position, timeout=timeout))

    def press(self, selector: str, key: str, *, timeout: float | None = None) -> None:
        """Press a key on an element: "Enter" sends its form."""
        self._call(self._page.press(selector, key, timeout=timeout))

    def hover(self, selector: str, *, force: bool = False, position: dict[str, float] | None = None) -> None:
        """Put the pointer over the first element that a selector matches."""
        self._call(self._page.hover(selector, force=force, position=position))

    def element_from_point(self, x: float, y: float, *, deep: bool = False) -> dict[str, object] | None:
        """The topmost element at a point of the viewport."""
        return self._call(self._page.element_from_point(x, y, deep=deep))

    def elements_from_point(self, x: float, y: float) -> list[dict[str, object]]:
        """All elements at a point of the viewport, topmost first."""
        return self._call(self._page.elements_from_point(x, y))

    def element_metrics(self, selector: str) -> dict[str, int] | None:
        """Client, offset and scroll figures of the first element that a selector matches."""
        return self._call(self._page.element_metrics(selector))

    def focus(self, selector: str) -> None:
        """Give the first element that a selector matches the focus."""
        self._call(self._page.focus(selector))

    def fill(self, selector: str, value: str) -> None:
        """Write a value into a field."""
        self._call(self._page.fill(selector, value))

    def check(self, selector: str) -> None:
        """Tick a checkbox or choose a radio button."""
        self._call(self._page.check(selector))

    def uncheck(self, selector: str) -> None:
        """Untick a checkbox."""
        self._call(self._page.uncheck(selector))

    def select_option(self, selector: str, value: str | Sequence[str]) -> list[str]:
        """Choose options of a `<select>` by value or label."""
        return self._call(self._page.select_option(selector, value))

    def set_input_files(
        self, selector: str, files: str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
    ) -> None:
        """Choose files for `<input type=file>`."""
        self._call(self._page.set_input_files(selector, files))

    def screenshot(
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
        """A picture of the page, encoded; written to `path` as well where one is given."""
        return self._call(
            self._page.screenshot(
                path,
                full_page=full_page,
                clip=clip,
                type=type,
                quality=quality,
                omit_background=omit_background,
                timeout=timeout,
            )
        )

    def image(
        self, *, full_page: bool = False, clip: dict[str, float] | None = None, omit_background: bool = False
    ) -> Image.Image:
        """A picture of the page as a `PIL.Image`."""
        return self._call(self._page.image(full_page=full_page, clip=clip, omit_background=omit_background))

    def picture_size(
        self, *, full_page: bool = False, clip: dict[str, float] | None = None
    ) -> tuple[int, int]:
        """Width and height, in device px, of the picture that `screenshot` would take."""
        return self._call(self._page.picture_size(full_page=full_page, clip=clip))

    def content(self) -> str:
        """The document as HTML."""
        return self._call(self._page.content())

    def title(self) -> str:
        """The document's title."""
        return self._call(self._page.title())

    def text(self) -> str:
        """The text that is rendered."""
        return self._call(self._page.text())

    def boxes(self) -> list[dict[str, object]]:
        """The rectangle of each element that generates a box."""
        return self._call(self._page.boxes())

    def layers(self, *, full_page: bool = False) -> list[LayerPicture]:
        """Each stacking layer as a picture, in painting order."""
        return self._call(self._page.layers(full_page=full_page))

    def bounding_box(self, selector: str) -> dict[str, float] | None:
        """The rectangle of the first element with a box that a selector matches."""
        return self._call(self._page.bounding_box(selector))

    def styles(self, selector: str = "*", *, why: bool = False) -> list[dict[str, object]]:
        """The computed style of each element that a selector matches."""
        return self._call(self._page.styles(selector, why=why))

    def display_list(self, *, full_page: bool = False) -> str:
        """The display list as text."""
        return self._call(self._page.display_list(full_page=full_page))

    def resources(self) -> list[ResourceRecord]:
        """What the last navigation fetched."""
        return self._page.resources()

    def close(self) -> None:
        """Forget the document."""
        if not self._page.is_closed:
            self._call(self._page.close())


@final
class BrowserContext:
    """A session of its own: cookies, connections and caches, shared by its pages."""

    def __init__(self, context: async_browser.BrowserContext, browser: Browser) -> None:
        self.browser: Final = browser
        self._context: Final = context
        self._pages: list[Page] = []

    def __enter__(self) -> BrowserContext:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pages(self) -> list[Page]:
        """The open pages."""
        return [page for page in self._pages if not page.is_closed]

    def new_page(self, *, recorder: Recorder | None = None) -> Page:
        """An empty page."""
        page = Page(self.browser.call(self._context.new_page(recorder=recorder)), self)
        self._pages = [*self.pages, page]
        return page

    def cookies(self, urls: str | Sequence[str] = ()) -> list[CookieFields]:
        """The cookies, those of the URLs where some are given, in Playwright's words."""
        return self.browser.call(self._context.cookies(urls))

    def add_cookies(self, cookies: Sequence[Mapping[str, object]]) -> None:
        """Put cookies in: name and value, with `url` or with `domain` and `path`."""
        self.browser.call(self._context.add_cookies(cookies))

    def clear_cookies(self) -> None:
        """Forget all cookies."""
        self.browser.call(self._context.clear_cookies())

    def storage_state(self, path: str | None = None) -> dict[str, list[CookieFields]]:
        """Cookies as Playwright saves them; also written to `path` where one is given."""
        return self.browser.call(self._context.storage_state(path))

    def close(self) -> None:
        """Close all pages and connections. Closing twice is no error."""
        if not self.browser.is_closed:
            self.browser.call(self._context.close())


@final
class Browser:
    """The engine on its own thread; the arguments are those of `minibrowser.Browser`. Use it in `with`."""

    def __init__(
        self,
        *,
        network: NetworkConfig | None = None,
        timeout: float = async_browser.DEFAULT_TIMEOUT,
        parser: str = "turbohtml",
        recorder: Recorder | None = None,
        fonts: FontContext | str = "system",
        executor: RenderExecutor | None = None,
    ) -> None:
        self._browser: Final = async_browser.Browser(
            network=network, timeout=timeout, parser=parser, recorder=recorder, fonts=fonts, executor=executor
        )
        self._thread: Final = EventLoopThread()
        self.call: Final = self._thread.call
        self.is_closed = False

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def new_context(self, **options: Unpack[ContextOptions]) -> BrowserContext:
        """A session of its own."""
        return BrowserContext(self.call(self._browser.new_context(**options)), self)

    def new_page(self, **options: Unpack[ContextOptions]) -> Page:
        """A page in a context of its own."""
        return self.new_context(**options).new_page()

    def close(self) -> None:
        """Close every context and end the thread. Closing twice is no error."""
        if self.is_closed:
            return
        self.is_closed = True
        try:
            self.call(self._browser.close())
        finally:
            self._thread.close()
