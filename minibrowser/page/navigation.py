"""Navigation: which document a page shows, how it came there, and the way back.

https://html.spec.whatwg.org/multipage/browsing-the-web.html. A page loads one document at a time, in a task of its own,
so that closing the page, another navigation and the caller's cancellation all end it the same way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar, final

from .. import limits
from ..dom import Document
from ..errors import ClosedError, NavigationError, NoContentError, UsageError
from ..geometry import Rect
from ..html.parser import parse_document
from ..net import Request
from ..trace import Recorder
from .client import FetchClient
from .loader import LoadedPage, LoadOptions, PageLoader, read_document, set_base
from .preloader import Preloader
from .refresh import MAX_REFRESHES, Refresh, refresh_of
from .resources import PageResources, ResourceRecord, SessionLoader

if TYPE_CHECKING:
    from ..browser import BrowserContext
    from ..net import Response

T = TypeVar("T")


@final
class HistoryEntry:
    """A document that was shown: the request that gets it again, and where it led."""

    def __init__(self, request: Request, url: str) -> None:
        self.request: Final = request
        self.url: Final = url


@final
class Navigator:
    """What one page shows.

    Attributes:
        loaded: the document on show with its resources, None for none.
        url: its address, after redirects.
        records: what the last navigation fetched.
        has_changed: whether the document has been changed since it was rendered.
    """

    def __init__(
        self, context: BrowserContext, options: Callable[[], LoadOptions], recorder: Recorder
    ) -> None:
        self._context: Final = context
        self._options: Final = options
        self._recorder: Final = recorder
        self.loaded: LoadedPage | None = None
        self.url = "about:blank"
        self.records: list[ResourceRecord] = []
        self.has_changed = False
        self._loader: PageLoader | None = None
        self._resources: PageResources | None = None
        self._task: asyncio.Task[object] | None = None
        self._interruption = ""
        self._entries: list[HistoryEntry] = []
        self._position = -1
        self._closed = False

    # --- One at a time --------------------------------------------------------------------------------

    async def run(self, work: Coroutine[object, object, T], what: str) -> T:
        """Do work that changes what is shown. Work under way is ended first; it raises NavigationError there.

        Raises ClosedError where the page is closed meanwhile.
        """
        try:
            await self._interrupt(f"interrupted by {what}")
            self._check_open()
        except BaseException:
            work.close()
            raise
        task = asyncio.create_task(work, name=what[:120])
        self._task = task
        cancelled: asyncio.CancelledError | None = None
        while not task.done():
            try:
                await asyncio.wait([task])
            except asyncio.CancelledError as error:
                # However often the caller is cancelled: nothing of the work is left when it hears of it.
                cancelled = error
                task.cancel()
        if self._task is task:
            self._task = None
        if cancelled is not None:
            if not task.cancelled():
                task.exception()
            raise cancelled
        if task.cancelled():
            self._check_open()
            raise NavigationError(f"{what}: {self._interruption or 'cancelled'}")
        return task.result()

    async def _interrupt(self, reason: str) -> None:
        """End what is under way, and what others have begun while this waited for its end."""
        while (task := self._task) is not None and not task.done():
            self._interruption = reason
            task.cancel()
            await asyncio.wait([task])

    def _check_open(self) -> None:
        if self._closed:
            raise ClosedError("the page is closed")

    async def close(self) -> None:
        """End what is under way and forget the document."""
        self._closed = True
        await self._interrupt("the page was closed")
        await self._leave()
        self._entries.clear()

    async def _leave(self) -> None:
        resources, self._resources = self._resources, None
        self.loaded = None
        self._loader = None
        if resources is not None:
            await resources.close()

    # --- Documents ------------------------------------------------------------------------------------

    async def navigate(self, request: Request, *, waits: bool = True) -> Response:
        """Load a document and all that it needs, and what it sends its reader on to at once. `waits`: for more than
        style sheets."""
        asked = request
        for left in range(MAX_REFRESHES - 1, -1, -1):
            with self._recorder.span("navigate", request.url[:200]):
                response, refresh = await self._load_url(request, may_refresh=left > 0, waits=waits)
            # A refresh without delay is over before anybody sees the page; one with a delay is for readers.
            if refresh is None:
                break
            self._recorder.event("redirect", refresh.url, "refresh without delay")
            # The document that sends on is who asks: it may not lead where it could not go itself.
            request = Request(url=refresh.url, destination="document", referrer=self.url, initiator=self.url)
            asked = request
        self._push(asked, response)
        return response

    async def _load_url(
        self, request: Request, *, may_refresh: bool, waits: bool = True
    ) -> tuple[Response, Refresh | None]:
        """Load a document, or learn where it sends its reader on at once."""
        resources = self._new_resources(
            subresource_cache=request.cache if request.cache == "force-cache" else ""
        )
        try:
            options = self._options()
            preloader = Preloader(resources, options, self._recorder)
            response = await resources.document(request, preloader)
            self.records = resources.records
            if response.status in (204, 205):
                # https://html.spec.whatwg.org/multipage/browsing-the-web.html: the old document stays
                raise NoContentError(
                    f"{response.url}: status {response.status}: the server has nothing to show", response.url
                )
            client = preloader.finish()
            document = read_document(response, options, self._recorder, client)
            document.content_language = response.headers.get("content-language") or ""
            refresh = refresh_of(document, response.headers.get("refresh") or "")
            if may_refresh and refresh is not None and refresh.seconds == 0 and refresh.url != request.url:
                self.url = document.url
                await resources.close()
                return response, refresh
            await self._show(document, client, resources, waits=waits)
        except BaseException:
            self.records = resources.records
            await resources.close()
            raise
        return response, None

    async def show_markup(self, data: bytes | str, base_url: str) -> None:
        """Show HTML that nobody fetched."""
        options = self._options()
        resources = self._new_resources()
        try:
            with self._recorder.span("html", base_url):
                document = parse_document(
                    data, url=base_url, parser=options.parser, scripting=options.scripting
                )
            client = FetchClient.of_url(resources, self._recorder, base_url)
            preloader = Preloader(resources, options, self._recorder)
            preloader.begin_client(client, base_url)
            preloader.markup(data)
            set_base(document, client)
            await self._show(document, client, resources)
        except BaseException:
            await resources.close()
            raise

    async def show_again(self) -> None:
        """Load the document on show into a window that has changed."""
        page = self.loaded
        if page is None:
            return
        # What the page has shown already is not asked for again because its window has changed.
        resources = self._new_resources(subresource_cache="force-cache")
        try:
            await self._show(page.document, page.client.with_resources(resources), resources)
        except BaseException:
            await resources.close()
            raise

    async def _show(
        self, document: Document, client: FetchClient, resources: PageResources, *, waits: bool = True
    ) -> None:
        browser = self._context.browser
        loader = PageLoader(resources, browser.fonts, self._options(), browser.executor, self._recorder)
        loaded = await loader.load(document, client, waits=waits)
        await resources.settle()
        await self._leave()
        self.loaded, self._loader, self._resources = loaded, loader, resources
        self.records = resources.records
        self.url = document.url
        self.has_changed = False

    async def update(self) -> None:
        """Bring what is rendered up to date with a document that was changed."""
        if self.loaded is None or self._loader is None or self._resources is None:
            return
        self._resources.restart()
        await self._loader.update(self.loaded)
        await self._resources.settle()
        self.has_changed = False

    async def laid_out(self) -> LoadedPage:
        """The document on show, laid out as it is now. Raises UsageError where there is none."""
        if self.has_changed:
            await self.update()
        page, loader = self.loaded, self._loader
        if page is None or loader is None:
            raise UsageError("the page shows nothing yet: call goto or set_content first")
        if page.rendering.root_fragment is None:
            await loader.lay_out(page.rendering, page.pictures)
        return page

    async def rendered(self, work: Callable[[], T]) -> T:
        """Do synchronous work on what is laid out, where other work of the engine is done."""
        return await self._context.browser.executor.run(work)

    async def load_rest(self, area: Rect | None) -> None:
        """Load what was left out because it lies far from the window, where a picture is to show it."""
        if self.loaded is None or self._loader is None or self._resources is None:
            return
        self._resources.restart()
        await self._loader.load_rest(self.loaded, area)
        await self._resources.settle()

    @property
    def has_rest(self) -> bool:
        """Whether something was left out."""
        page = self.loaded
        return page is not None and bool(page.pictures.lazy or page.frames.lazy)

    def _new_resources(self, *, subresource_cache: str = "") -> PageResources:
        self._check_open()
        loader = SessionLoader(self._context.session, self._recorder)
        return PageResources(
            loader, self._recorder, self._context.settings.budget, cache_mode=subresource_cache
        )

    # --- History --------------------------------------------------------------------------------------

    def _push(self, request: Request, response: Response) -> None:
        """Remember how to get here, in the place of what was ahead."""
        if response.redirected and request.method != "GET":
            # The answer to a form is a redirect to a page, as a rule: that page is the entry.
            request = Request(url=response.url, destination="document", referrer=request.referrer)
        del self._entries[self._position + 1 :]
        self._entries.append(HistoryEntry(replace(request, http_fallback=False), response.url))
        del self._entries[: -limits.MAX_HISTORY]
        self._position = len(self._entries) - 1

    async def reload(self) -> Response | None:
        """Load the document on show anew, asking its server whether it has changed; None where it is of no server."""
        entry = self._entries[self._position] if self._position >= 0 else None
        if entry is None or entry.url != self.url:
            await self.show_again()
            return None
        with self._recorder.span("navigate", entry.url, "reload"):
            response, _ = await self._load_url(replace(entry.request, cache="no-cache"), may_refresh=False)
        return response

    def can_go(self, steps: int) -> bool:
        """Whether there is a document so many steps ahead, or behind where the number is negative."""
        return 0 <= self._position + steps < len(self._entries)

    async def go(self, steps: int) -> Response:
        """Show a document of the history, from the cache where that has it, however old.

        Raises NavigationError for what was the answer to a form: it is not sent again.
        """
        entry = self._entries[self._position + steps]
        if entry.request.method != "GET":
            raise NavigationError(f"{entry.url}: the answer to a form is not asked for again", entry.url)
        with self._recorder.span("navigate", entry.url, "back" if steps < 0 else "forward"):
            response, _ = await self._load_url(replace(entry.request, cache="force-cache"), may_refresh=False)
        self._position += steps
        return response
