"""Loading subresources: one door for a page's fetches, with memory, an order, a budget and a record of each.

`ResourceLoader` is the interface that the loader sees; `SessionLoader` gives it a network session. A failed
subresource never fails the page: it is noted in the record (and in the trace), and the page goes without.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Final, final

from .. import limits
from ..errors import InvalidURLError, MinibrowserError, NetworkError
from ..net import BodyObserver, Priority, Request, Response
from ..trace import Recorder
from ..url import URL
from .budget import Budget, Spending, SpendingObserver
from .scheduler import Job, ResourceScheduler

if TYPE_CHECKING:
    from ..net import Session


@final
class ResourceRecord:
    """What became of one fetch.

    Attributes:
        url: as asked for; destination: "document", "style", "image", "font", "iframe".
        priority: when it was asked for; status: of the answer, 0 without one; mime_type: of the answer.
        size: bytes of the decoded body; source: "network", "file", "data", ...; seconds: from asking to the end.
        error: "" or the one-line reason why there is nothing.
    """

    def __init__(self, url: str, destination: str, priority: Priority = Priority.HIGHEST) -> None:
        self.url: Final = url
        self.destination: Final = destination
        self.priority = priority
        self.status = 0
        self.mime_type = ""
        self.size = 0
        self.source = ""
        self.seconds = 0.0
        self.error = ""

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "url": self.url if len(self.url) <= 200 else self.url[:200] + "…",
            "type": self.destination,
            "priority": self.priority.name.lower(),
            "status": self.status,
            "mime_type": self.mime_type,
            "bytes": self.size,
            "source": self.source,
            "milliseconds": round(self.seconds * 1000, 3),
            "error": self.error,
        }


class ResourceLoader(ABC):
    """Where resources come from."""

    @abstractmethod
    async def fetch(self, request: Request) -> Response:
        """The answer to a request. Raises NavigationError and its kin when there is none."""

    async def observe(self, request: Request, observer: BodyObserver) -> Response:
        """As `fetch`, and the observer is told of the answer while it comes in; here when it is whole."""
        response = await self.fetch(request)
        observer.begin(response)
        if response.body:
            observer.data(response.body)
        return response

    async def connect_ahead(self, url: str, *, only_name: bool, initiator: str = "") -> None:
        """Look up the name of a URL's host and, unless that is all, open a connection; a loader may have none."""
        return


@final
class SessionLoader(ResourceLoader):
    """Resources from a network session."""

    def __init__(self, session: Session, recorder: Recorder) -> None:
        self._session = session
        self._recorder = recorder

    async def fetch(self, request: Request) -> Response:
        """The answer to a request, through the session's caches and connections."""
        return await self._session.fetch(request, recorder=self._recorder)

    async def observe(self, request: Request, observer: BodyObserver) -> Response:
        """As `fetch`, piece by piece."""
        return await self._session.fetch(request, recorder=self._recorder, observer=observer)

    async def connect_ahead(self, url: str, *, only_name: bool, initiator: str = "") -> None:
        """A connection of the session, or an address in its host cache."""
        await self._session.preconnect(url, self._recorder, only_name=only_name, initiator=initiator)


ResourceKey = tuple[str, str, str, str, int]
"""What makes two requests one: the address, what it is for, CORS mode, credentials, and whose policy allows it."""


@final
class PageResources:
    """The fetches of one page and of the frames in it. Equal ones are made once, however many ask.

    Attributes:
        cache_mode: Fetch's cache mode for subresources, "" for the session's.
    """

    def __init__(
        self,
        loader: ResourceLoader,
        recorder: Recorder,
        budget: Budget | None = None,
        *,
        cache_mode: str = "",
    ) -> None:
        self.loader: Final = loader
        self.cache_mode: Final = cache_mode
        self.records: Final[list[ResourceRecord]] = []
        self._recorder = recorder
        self._spending: Final = Spending(budget or Budget(), asyncio.get_running_loop().time)
        self._scheduler: Final = ResourceScheduler()
        self._pending: dict[ResourceKey, asyncio.Task[Response | None]] = {}
        self._jobs: dict[ResourceKey, Job] = {}
        self._ahead: dict[tuple[str, bool], asyncio.Task[None]] = {}
        self._refused: set[str] = set()
        self._scopes: set[asyncio.Timeout] = set()
        self._closed = False
        self._documents = 0

    def count_document(self) -> int:
        """A number for a document of this page."""
        self._documents += 1
        return self._documents

    @property
    def is_out_of_budget(self) -> bool:
        """Whether nothing more is fetched."""
        return bool(self._spending.refusal())

    async def document(self, request: Request, observer: BodyObserver | None = None) -> Response:
        """Fetch the document itself. Raises what the network raises; the budget is for what comes after it."""
        record = ResourceRecord(request.url, request.destination or "document", request.effective_priority)
        self.records.append(record)
        self._spending.requests += 1
        response = await self._fetch(request, record, observer)
        self._spending.size += len(response.body)
        return response

    async def get(self, request: Request, policy_key: int = 0) -> Response | None:
        """A subresource; None when it could not be had or its status is not a success. `policy_key` tells documents
        apart whose policies must each allow it."""
        task = self.start(request, policy_key)
        return None if task is None else await asyncio.shield(task)

    def start(self, request: Request, policy_key: int = 0) -> asyncio.Task[Response | None] | None:
        """Begin to fetch what somebody will ask for. None where the page has been closed."""
        key = _key(request, policy_key)
        task = self._pending.get(key)
        if task is None and not self._closed:
            task = asyncio.create_task(self._subresource(request, key), name=f"resource {request.url[:100]}")
            self._pending[key] = task
        return task

    def raise_priority(self, request: Request, policy_key: int = 0) -> None:
        """Let an equal request that waits still have this one's priority, where that is higher."""
        key = _key(request, policy_key)
        job = self._jobs.get(key)
        if job is not None and self._scheduler.raise_priority(job, request.effective_priority):
            self._recorder.event("priority", request.url, f"{job.priority.name.lower()}: it is in view")

    def connect_ahead(self, url: str, *, only_name: bool = False, initiator: str = "") -> None:
        """Look up a host's name, or connect to it, before anything is asked of it by the initiator's page."""
        try:
            origin = URL(url).origin
        except InvalidURLError:
            return
        key = (origin, only_name)
        if key in self._ahead or self._closed or len(self._ahead) >= limits.MAX_PRECONNECTS:
            return
        if not url.startswith(("https:", "http:")):
            return
        work = self._connect_ahead(url, only_name, initiator)
        self._ahead[key] = asyncio.create_task(work, name=f"ahead {origin}")

    async def _connect_ahead(self, url: str, only_name: bool, initiator: str) -> None:
        try:
            await self.loader.connect_ahead(url, only_name=only_name, initiator=initiator)
        except MinibrowserError as error:
            # The request that comes after it will tell.
            self._recorder.event("resource", url, f"not connected ahead: {error}")

    def refuse(self, url: str, destination: str, reason: str) -> None:
        """Note what is not fetched, once."""
        if url in self._refused or len(self.records) >= 2 * limits.MAX_PAGE_REQUESTS:
            return
        self._refused.add(url)
        record = ResourceRecord(url, destination)
        record.error = reason
        self.records.append(record)
        self._recorder.event("resource", url, f"not fetched: {reason}")

    async def _subresource(self, request: Request, key: ResourceKey) -> Response | None:
        spending = self._spending
        url = request.url
        is_local = url.startswith("data:")
        refusal = "" if is_local else spending.refusal()
        if refusal:
            self.refuse(url, request.destination, refusal)
            return None
        record = ResourceRecord(url, request.destination, request.effective_priority)
        if len(self.records) < 2 * limits.MAX_PAGE_REQUESTS:
            self.records.append(record)
        try:
            if is_local:
                return self._checked(request, await self._fetch(request, record, None))
            spending.requests += 1
            async with asyncio.timeout_at(spending.deadline) as scope:
                self._scopes.add(scope)
                try:
                    return self._checked(request, await self._in_turn(request, record, key))
                finally:
                    self._scopes.discard(scope)
        except MinibrowserError as error:
            record.error = str(error)
        except TimeoutError:
            record.error = spending.out_of_time()
        self._recorder.event("resource", url, f"not used: {record.error}")
        return None

    async def _in_turn(self, request: Request, record: ResourceRecord, key: ResourceKey) -> Response:
        observer = SpendingObserver(self._spending, request.url)
        job = self._scheduler.job(request, URL(request.url).origin)
        self._jobs[key] = job
        try:
            if self._scheduler.must_wait(job):
                reason = f"{job.priority.name.lower()}: others go first"
                with self._recorder.span("schedule", request.url[:200], reason):
                    await self._scheduler.acquire(job)
            else:
                await self._scheduler.acquire(job)
        finally:
            del self._jobs[key]
        try:
            record.priority = job.priority
            return await self._fetch(request, record, observer)
        finally:
            self._scheduler.release(job)

    @staticmethod
    def _checked(request: Request, response: Response) -> Response:
        # A frame shows the page that tells of the error.
        if response.status >= 400 and not request.is_navigation:
            raise NetworkError(f"{request.url}: status {response.status}", request.url)
        return response

    async def _fetch(
        self, request: Request, record: ResourceRecord, observer: BodyObserver | None
    ) -> Response:
        start = self._recorder.now()
        try:
            if observer is None:
                response = await self.loader.fetch(request)
            else:
                response = await self.loader.observe(request, observer)
        except MinibrowserError as error:
            record.error = str(error)
            raise
        except asyncio.CancelledError:
            record.error = "cancelled"
            raise
        finally:
            record.seconds = self._recorder.now() - start
        if response.http_version.startswith(("HTTP/2", "HTTP/3")):
            self._scheduler.note_multiplexed(URL(response.url).origin)
        record.status = response.status
        record.mime_type = response.mime_type
        record.size = len(response.body)
        record.source = response.source
        return response

    def stop(self) -> None:
        """Nothing more is waited for: the page shows what is there."""
        self._spending.stop()
        now = asyncio.get_running_loop().time()
        for scope in self._scopes:
            scope.reschedule(now)

    def restart(self) -> None:
        """More is wanted of a page that was loaded already: its time begins anew."""
        self._spending.restart()

    async def close(self) -> None:
        """Cancel what is still under way; nothing starts any more."""
        self._closed = True
        await self.settle()

    async def settle(self) -> None:
        """The page is loaded: what nobody has waited for is cancelled, and bodies are let go."""
        tasks: list[asyncio.Task[None] | asyncio.Task[Response | None]] = [
            task for task in (*self._pending.values(), *self._ahead.values()) if not task.done()
        ]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        self._pending.clear()
        self._ahead.clear()


def _key(request: Request, policy_key: int) -> ResourceKey:
    url = request.url if request.url.startswith("data:") else request.url.partition("#")[0]
    return (url, request.destination, request.effective_mode, request.effective_credentials, policy_key)
