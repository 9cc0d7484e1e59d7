"""The HTTP cache at work: HTTP-network-or-cache fetch (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).

`cache` decides, `cache_memory` and `cache_store` keep; this module awaits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar, final

from ..errors import BlockedError, CacheMissError, MinibrowserError, NetworkError
from ..limits import CACHE_LOCK_SECONDS
from ..trace import Exchange, Recorder
from ..url import parsed
from . import cache
from .cache import CacheRequest, Decision, StoredResponse, Use
from .cache_memory import MemoryStore
from .headers import Headers
from .mime_sniff import computed_mime_type
from .mime_type import extract_mime_type
from .partition import top_level_host
from .request import Request
from .response import Response

if TYPE_CHECKING:
    from .cache_store import DiskStore

_STORABLE: Final = frozenset({"GET", "HEAD"})
_SHARING: Final = frozenset({"default", "force-cache"})
"""Cache modes whose requests wait for another's answer."""

T = TypeVar("T")

Send = Callable[[Headers, Exchange], Awaitable[Response]]
"""The network: headers to send and the record to fill in; an answer."""


@final
class HTTPCache:
    """The responses of a session, and of the sessions before it where there is a folder.

    Mutable: `_memory`; `_background`, revalidations and writes that nobody waits for; `close` sees to both;
    `_under_way`, the requests that others wait for, by URL and partition.
    """

    def __init__(
        self, folder: str | None, clock: Callable[[], float], same_site: Callable[[str, str], bool]
    ) -> None:
        """`clock` in seconds since the epoch; `same_site` compares the hosts of two top-level documents."""
        self._folder: Final = folder
        self._clock: Final = clock
        self._same_site: Final = same_site
        self._memory: Final = MemoryStore()
        self._disk: DiskStore | None = None
        self._thread: ThreadPoolExecutor | None = None
        self._background: set[asyncio.Task[None]] = set()
        self._under_way: Final[dict[tuple[str, str], _Leader]] = {}

    async def fetch(
        self,
        request: Request,
        headers: Headers,
        record: Exchange,
        recorder: Recorder,
        send: Send,
        *,
        mode: str = "",
        streamed: bool = False,
    ) -> Response:
        """Answer from the cache, from the network, or from both. `headers` are those that would be sent; `mode` takes
        the place of the request's; `streamed`: the body goes elsewhere, so that nothing will be stored.

        Of several requests for one URL at a time one goes out, and the others wait for what it brings, as with
        Chromium's cache lock. Where it brings nothing that may be kept, they all go at once.
        """
        mode = mode or request.cache or "default"
        if mode == "no-store" and request.method in _STORABLE:
            # OPTIMIZATION: nothing is looked for, kept or made invalid.
            recorder.event("cache", request.url[:120], "cache mode no-store")
            return await send(_joined(headers, cache.past_caches(headers)), record)
        url = parsed(request.url).without_fragment().href
        asked = CacheRequest(request.method, url, headers, mode)
        partition = top_level_host(request)
        key = (url, partition)
        may_wait = (
            not streamed
            and asked.method == "GET"
            and asked.mode in _SHARING
            and "Range" not in headers
            and not request.is_navigation  # few documents may be kept; many readers of one must not queue for it
        )
        while True:
            with recorder.span("cache", url[:120]) as span:
                entries = await self._lookup(url, partition, recorder)
                decision = cache.choose(asked, entries, self._clock())
                span.because(decision.reason)
                span.detail("decision", decision.use.name.lower())
            if decision.use not in (Use.FETCH, Use.VALIDATE) or not may_wait:
                break
            ahead = self._under_way.get(key)
            if ahead is None:
                return await self._lead(
                    key, _Visit(asked, request, partition, entries, decision), record, recorder, send
                )
            may_wait = await _wait_for(ahead.done, url, recorder)
        entry = decision.entry
        if entry is not None and decision.use in (Use.STORED, Use.STORED_AND_REVALIDATE):
            response = self._serve(entry, asked, request, record, recorder)
            if decision.use is Use.STORED_AND_REVALIDATE:
                renewal = self._revalidate(asked, request, entry, recorder, send)
                self._start(renewal, f"revalidate {url[:100]}")
            return response
        if decision.use is Use.MISSING:
            return _missing(asked, request, decision, record)
        visit = _Visit(asked, request, partition, entries, decision)
        return await self._ask(visit, record, recorder, send)

    async def _lead(
        self, key: tuple[str, str], visit: _Visit, record: Exchange, recorder: Recorder, send: Send
    ) -> Response:
        """To the network, with others waiting for what it brings."""
        leader = self._under_way[key] = _Leader(visit.asked)
        is_cancelled = False
        try:
            return await self._ask(visit, record, recorder, send)
        except asyncio.CancelledError:
            is_cancelled = True
            raise
        finally:
            if self._under_way.get(key) is leader:
                del self._under_way[key]
                leader.done.set_result(is_cancelled)

    def note_head(self, request: Request, status: int, headers: Headers) -> None:
        """The head of an answer is here. Where it says that nothing will be kept, nobody waits for the body."""
        if status == 304 or not self._under_way:
            return
        key = (parsed(request.url).without_fragment().href, top_level_host(request))
        leader = self._under_way.get(key)
        if leader is not None and cache.not_stored(leader.asked, status, headers):
            del self._under_way[key]
            leader.done.set_result(False)

    async def settle(self) -> None:
        """Wait for the work that nobody waits for."""
        while self._background:
            await asyncio.wait(set(self._background))

    async def close(self) -> None:
        """Stop revalidations, finish writes."""
        for task in set(self._background):
            if task.get_name().startswith("revalidate"):
                task.cancel()
        await self.settle()
        if self._thread is not None:
            if self._disk is not None:
                await asyncio.get_running_loop().run_in_executor(self._thread, self._disk.close)
            self._thread.shutdown()
            self._thread = None

    async def _ask(self, visit: _Visit, record: Exchange, recorder: Recorder, send: Send) -> Response:
        """To the network, and what its answer means for the cache."""
        asked, request, decision = visit.asked, visit.request, visit.decision
        headers = _joined(asked.headers, (*asked.mode_headers(), *decision.headers))
        requested = self._clock()
        try:
            response = await send(headers, record)
        except BlockedError:
            raise
        except NetworkError as error:
            excuse = cache.serves_after_error(asked, decision.entry, self._clock())
            if not excuse or decision.entry is None:
                raise
            recorder.event("cache", asked.url[:120], f"{excuse}: {error}")
            return self._serve(decision.entry, asked, request, record, recorder)
        if cache.is_server_error(response.status) and decision.entry is not None:
            excuse = cache.serves_after_error(asked, decision.entry, self._clock())
            if excuse:
                recorder.event("cache", asked.url[:120], f"{excuse}: status {response.status}")
                return self._serve(decision.entry, asked, request, record, recorder)
        return self._take(visit, response, (requested, self._clock()), record, recorder)

    def _take(
        self,
        visit: _Visit,
        response: Response,
        times: tuple[float, float],
        record: Exchange,
        recorder: Recorder,
    ) -> Response:
        """Invalidate, refresh or store, as an answer says."""
        asked, request = visit.asked, visit.request
        for url in cache.invalidated_urls(request.method, asked.url, response.status, response.headers):
            self._forget_url(url, recorder)
            recorder.event("cache", url[:120], f"invalidated by {request.method}")
        if response.status == 304 and any(name == "If-None-Match" or name == "If-Modified-Since"
                                          for name, _ in visit.decision.headers):  # fmt: skip
            entry = cache.validated_entry(visit.decision.entry, visit.entries, response.headers)
            if entry is not None:
                fresh = cache.refreshed(entry, response.headers, times)
                self._keep(fresh, recorder)
                left = cache.freshness_lifetime(fresh) - cache.current_age(fresh, self._clock())
                recorder.event(
                    "cache", asked.url[:120], f"revalidated: 304, fresh for {max(left, 0):.0f} s more"
                )
                return _from_entry(fresh, asked, request, self._clock(), response)
        if request.method == "HEAD" and response.status == 200:
            self._heed_head(visit, response, times, recorder)
        reason = cache.not_stored(asked, response.status, response.headers)
        if response.streamed:
            reason = reason or "its body was streamed"
        if reason:
            if request.method in ("GET", "POST"):
                recorder.event("cache", asked.url[:120], f"not stored: {reason}")
            if visit.decision.entry is not None and response.ok and request.method == "GET":
                self._forget(visit.decision.entry, recorder)
            return response
        entry = StoredResponse(
            (asked.url, visit.partition),
            (response.status, response.status_text, response.http_version),
            (cache.stored_headers(response.headers), response.body),
            times=times,
            selecting=cache.selecting_headers(asked.headers, response.headers),
            part=cache.part_of(response.status, response.headers),
        )
        if self._keep(entry, recorder):
            left = cache.freshness_lifetime(entry) - cache.current_age(entry, self._clock())
            words = f"fresh for {left:.0f} s" if left > 0 else "to be validated before use"
            recorder.event("cache", asked.url[:120], f"stored, {words}")
        else:
            recorder.event("cache", asked.url[:120], f"not stored: {entry.size} bytes are too many")
        return response

    def _heed_head(
        self, visit: _Visit, response: Response, times: tuple[float, float], recorder: Recorder
    ) -> None:
        """A HEAD's answer refreshes the stored response that it agrees with, and removes another."""
        decision = cache.choose(
            CacheRequest("HEAD", visit.asked.url, visit.asked.headers, "force-cache"), visit.entries, times[1]
        )
        entry = decision.entry
        if entry is None or not 200 <= entry.status <= 299:
            return
        if cache.agrees_with_head(entry, response.headers):
            self._keep(cache.refreshed(entry, response.headers, times), recorder)
        else:
            self._forget(entry, recorder)

    def _serve(
        self,
        entry: StoredResponse,
        asked: CacheRequest,
        request: Request,
        record: Exchange,
        recorder: Recorder,
    ) -> Response:
        response = _from_entry(entry, asked, request, self._clock(), None)
        record.source = "cache"
        record.http_version = response.http_version
        record.status = response.status
        record.status_text = response.status_text
        record.response_headers = response.headers.items()
        record.redirect_url = response.headers.get("location") or ""
        record.mime_type = response.mime_type
        record.body_size = 0
        record.decoded_size = len(response.body)
        record.body = response.body if recorder.keep_bodies else None
        return response

    async def _revalidate(
        self, asked: CacheRequest, request: Request, entry: StoredResponse, recorder: Recorder, send: Send
    ) -> None:
        """RFC 5861 section 3: what was served stale is renewed for the next time."""
        record = recorder.begin_exchange(request.method, asked.url)
        record.destination = request.destination
        decision = Decision(Use.VALIDATE, "stale-while-revalidate", entry, cache.validators(entry))
        visit = _Visit(asked, request, entry.partition, [entry], decision)
        try:
            await self._ask(visit, record, recorder, send)
        except MinibrowserError as error:
            record.error = str(error)
            recorder.event("cache", asked.url[:120], f"not revalidated: {error}")

    # --- Stores --------------------------------------------------------------------------------------

    async def _lookup(self, url: str, partition: str, recorder: Recorder) -> list[StoredResponse]:
        if self._folder is not None and url not in self._memory:
            found = await self._on_disk(lambda disk: disk.get(url, self._clock()), recorder)
            if url not in self._memory:  # nobody else has filled it in the meantime
                for entry in found or []:
                    self._memory.put(entry)
        entries = self._memory.get(url)
        return [
            entry
            for entry in entries
            if entry.partition == partition or self._same_site(entry.partition, partition)
        ]

    def _keep(self, entry: StoredResponse, recorder: Recorder) -> bool:
        kept = self._memory.put(entry)
        if self._folder is not None:
            work = self._on_disk(lambda disk: disk.put(entry, self._clock()), recorder)
            self._start(_finish(work), f"store {entry.url[:100]}")
        return kept or self._folder is not None

    def _forget(self, entry: StoredResponse, recorder: Recorder) -> None:
        self._memory.remove(entry)
        if self._folder is not None:
            work = self._on_disk(lambda disk: disk.remove(entry), recorder)
            self._start(_finish(work), f"forget {entry.url[:100]}")

    def _forget_url(self, url: str, recorder: Recorder) -> None:
        self._memory.remove_url(url)
        if self._folder is not None:
            work = self._on_disk(lambda disk: disk.remove_url(url), recorder)
            self._start(_finish(work), f"forget {url[:100]}")

    async def _on_disk(self, work: Callable[[DiskStore], T], recorder: Recorder) -> T | None:
        """Run on the store's own thread: one after the other, in the order of asking. A disk that fails is told in
        the trace and costs nothing else."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "minibrowser-cache")
        disk = self._disk_store()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work, disk)
        except OSError as error:
            recorder.event("cache", self._folder or "", f"the cache folder fails: {error}")
            return None

    def _disk_store(self) -> DiskStore:
        if self._disk is None:
            from .cache_store import DiskStore  # noqa: PLC0415 - sqlite3, for those who set a folder

            assert self._folder is not None
            self._disk = DiskStore(self._folder)
        return self._disk

    def _start(self, work: Coroutine[object, object, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        self._background.add(task)
        task.add_done_callback(self._background.discard)


@final
class _Leader:
    """A request that others wait for. `done`: whether it was given up before it learned anything."""

    __slots__ = ("asked", "done")

    def __init__(self, asked: CacheRequest) -> None:
        self.asked: Final = asked
        self.done: Final[asyncio.Future[bool]] = asyncio.get_running_loop().create_future()


@final
class _Visit:
    """A request on its way to the network."""

    __slots__ = ("asked", "decision", "entries", "partition", "request")

    def __init__(
        self,
        asked: CacheRequest,
        request: Request,
        partition: str,
        entries: list[StoredResponse],
        decision: Decision,
    ) -> None:
        self.asked: Final = asked
        self.request: Final = request
        self.partition: Final = partition
        self.entries: Final = entries
        self.decision: Final = decision


async def _wait_for(ahead: asyncio.Future[bool], url: str, recorder: Recorder) -> bool:
    """Wait for a request for the same URL; whether it was given up, so that another one may be waited for. Not forever:
    a slow body must not hold up who could have asked as well."""
    with recorder.span("cache", url[:120], "the same request is under way") as span:
        done, _ = await asyncio.wait([ahead], timeout=CACHE_LOCK_SECONDS)
        if not done:
            span.because(f"the same request has been under way for {CACHE_LOCK_SECONDS:g} s: asking as well")
        return bool(done) and ahead.result()


async def _finish(work: Coroutine[object, object, object]) -> None:
    await work


def _from_entry(
    entry: StoredResponse, asked: CacheRequest, request: Request, now: float, answer: Response | None
) -> Response:
    """A response from the cache; `answer` is the 304 that confirmed it."""
    status, words, headers, body = cache.served(entry, asked, now, validated=answer is not None)
    stated = headers.get_all("content-type")
    kind = extract_mime_type(stated)
    response = Response(
        url=request.url,
        url_list=(request.url,),
        status=status,
        status_text=words,
        headers=headers,
        body=body,
        charset=kind.charset if kind is not None else None,
        source="cache",
        http_version=entry.http_version,
    )
    mime_type = computed_mime_type(
        body, stated[-1] if stated else "", nosniff=response.nosniff, destination=request.destination
    )
    response = replace(response, mime_type=mime_type)
    if answer is None:
        return response
    return replace(
        response,
        source="revalidated",
        timing=answer.timing,
        remote_address=answer.remote_address,
        tls=answer.tls,
        http_version=answer.http_version,
    )


def _joined(headers: Headers, more: Sequence[tuple[str, str]]) -> Headers:
    """The headers with more set, which may be none."""
    if not more:
        return headers
    headers = headers.copy()
    for name, value in more:
        headers.set(name, value)
    return headers


def _missing(asked: CacheRequest, request: Request, decision: Decision, record: Exchange) -> Response:
    """The request's own `only-if-cached` gets a 504 (RFC 9111 section 5.2.1.7), Fetch's mode a network error."""
    if asked.mode == "only-if-cached":
        raise CacheMissError(f"{request.url}: {decision.reason}", request.url)
    record.source = "cache"
    record.status, record.status_text = 504, "Gateway Timeout"
    return Response(
        url=request.url, url_list=(request.url,), status=504, status_text="Gateway Timeout", source="cache"
    )
