"""The demo's edge: the server that browsers meet. It ends TLS, sends http to https, answers from its cache what may
be kept, asks the balancer for the rest, and says what it did (Age, Via, X-Cache, Server-Timing).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Final, final
from urllib.parse import urljoin, urlsplit

from ..net import Headers
from ..net.cache_control import CacheControl
from ..net.http_date import format_http_date
from .edge_cache import EdgeCache, Stored, vary_names, vary_values, why_not_kept
from .http_client import Upstream, UpstreamError
from .http_server import Handler
from .messages import ServerRequest, ServerResponse, forwardable, redirect, text_response
from .representation import conditioned

_MAX_PERSONAL: Final = 1_000
"""Addresses whose last answer was not kept; the oldest are forgotten."""
_STRICT: Final = ("must-revalidate", "proxy-revalidate", "no-cache")


@final
class Edge:
    """`handle` serves https, `handle_plain` http.

    Attributes:
        cache: what is kept. hosts: the names it serves; others are 421.
    """

    def __init__(
        self,
        upstream: Upstream,
        hosts: frozenset[str],
        aliases: Mapping[str, str],
        services: Mapping[tuple[str, str], Handler] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`aliases` are names that are redirected to another; `services` answer at the edge, by host and path."""
        self.cache: Final = EdgeCache()
        self.hosts: Final = hosts
        self._upstream: Final = upstream
        self._aliases: Final = dict(aliases)
        self._services: Final = dict(services or {})
        self._clock: Final = clock
        self._asking: dict[str, asyncio.Future[None]] = {}
        self._personal: dict[str, None] = {}
        self._behind: set[asyncio.Task[None]] = set()

    async def handle_plain(self, request: ServerRequest) -> ServerResponse:
        """http answers with the way to https and nothing else."""
        host = self._aliases.get(request.host, request.host)
        if host not in self.hosts:
            return text_response(421, "Misdirected Request")
        return redirect(301, f"https://{host}{request.target}", (("Cache-Control", "max-age=86400"),))

    async def handle(self, request: ServerRequest) -> ServerResponse:
        """Answer a request that came over TLS."""
        if request.host in self._aliases:
            return redirect(
                301,
                f"https://{self._aliases[request.host]}{request.target}",
                (("Cache-Control", "max-age=86400"),),
            )
        service = self._services.get((request.host, request.path))
        if service is not None:
            return await service(request)
        if request.host not in self.hosts:
            return text_response(421, "Misdirected Request")
        response, verdict = await self._answer(request)
        headers = response.headers.copy()
        headers.set("X-Cache", verdict)
        headers.add("Via", "1.1 edge")
        headers.set("Server", "minibrowser-demo")
        told = [f"cdn-cache;desc={verdict.partition(';')[0]}", *headers.get_all("server-timing")]
        headers.set("Server-Timing", ", ".join(told))
        return ServerResponse(response.status, headers, response.body)

    async def stop(self) -> None:
        """End what goes on behind the answers."""
        for task in list(self._behind):
            task.cancel()
        if self._behind:
            await asyncio.wait(set(self._behind))
        self._upstream.close()

    async def _answer(self, request: ServerRequest) -> tuple[ServerResponse, str]:
        if request.method not in ("GET", "HEAD"):
            return await self._pass(request), "PASS"
        asked = CacheControl(request.headers.get_all("cache-control"))
        key = self.cache.key(request)
        while True:
            now = self._clock()
            stored = self.cache.find(request)
            if stored is not None and not wants_to_ask(asked, stored, now):
                if stored.left(now) > 0 and not stored.must_be_asked():
                    return self._from(stored, request, now), "HIT"
                if self._may_be_stale(stored, "stale-while-revalidate", now):
                    self._revalidate_behind(request, stored)
                    return self._from(stored, request, now), "STALE; being revalidated"
            if "only-if-cached" in asked:
                return text_response(504, "Gateway Timeout"), "MISS"
            running = self._asking.get(key)
            if running is None or key in self._personal:
                break
            # Somebody asks for the same: what comes may do for both.
            await asyncio.wait([running])
            after = self.cache.find(request)
            if after is None or after is stored:
                break
            asked = CacheControl(())
        if request.method == "HEAD" or "range" in request.headers:
            return await self._pass(request), "PASS"
        future = asyncio.get_running_loop().create_future()
        self._asking.setdefault(key, future)
        try:
            return await self._ask(request, stored)
        finally:
            future.set_result(None)
            if self._asking.get(key) is future:
                del self._asking[key]

    async def _ask(self, request: ServerRequest, stored: Stored | None) -> tuple[ServerResponse, str]:
        """Ask the balancer, about the stored response where there is one."""
        headers = _onward(request)
        conditions = stored.validators() if stored is not None else []
        if conditions:
            for name in ("If-None-Match", "If-Modified-Since"):
                headers.remove(name)
            for name, value in conditions:
                headers.set(name, value)
        requested = self._clock()
        try:
            response = await self._upstream.exchange(request, headers)
        except UpstreamError:
            response = text_response(502, "Bad Gateway")
        received = self._clock()
        if "date" not in response.headers:
            response.headers.set("Date", format_http_date(received))
        if (
            stored is not None
            and response.status >= 500
            and self._may_be_stale(stored, "stale-if-error", received)
        ):
            return self._from(stored, request, received), "STALE; the servers behind fail"
        if stored is not None and conditions and response.status == 304:
            fresh = stored.freshened(response, requested, received)
            self.cache.keep(request, fresh)
            answer = self._from(fresh, request, received)
            for value in response.headers.get_all("server-timing"):
                answer.headers.add("Server-Timing", value)
            return answer, "REVALIDATED"
        reason = why_not_kept(request, response)
        self._note(self.cache.key(request), bool(reason))
        if reason:
            return response, f"MISS; not kept: {reason}" if response.status != 304 else "PASS"
        vary = vary_values(vary_names(response.headers), request.headers)
        self.cache.keep(request, Stored(response, vary, requested, received))
        return conditioned(request, response), "EXPIRED" if conditions else "MISS"

    def _note(self, key: str, personal: bool) -> None:
        """Remember what is not kept: nobody shall wait for an answer that will not do for him."""
        self._personal.pop(key, None)
        if personal:
            self._personal[key] = None
            if len(self._personal) > _MAX_PERSONAL:
                del self._personal[next(iter(self._personal))]

    async def _pass(self, request: ServerRequest) -> ServerResponse:
        """Through to the balancer. What an unsafe request changes is forgotten (RFC 9111 section 4.4)."""
        try:
            response = await self._upstream.exchange(request, _onward(request))
        except UpstreamError:
            return text_response(502, "Bad Gateway")
        if not request.is_safe and response.status < 400:
            self.cache.drop(self.cache.key(request))
            for name in ("location", "content-location"):
                place = urlsplit(
                    urljoin(f"https://{request.host}{request.target}", response.headers.get(name) or "")
                )
                if place.hostname == request.host:
                    self.cache.drop(request.host + place.path + (f"?{place.query}" if place.query else ""))
        return response

    def _from(self, stored: Stored, request: ServerRequest, now: float) -> ServerResponse:
        headers = stored.headers.copy()
        headers.set("Age", str(int(stored.age(now))))
        return conditioned(request, ServerResponse(stored.status, headers, stored.body))

    @staticmethod
    def _may_be_stale(stored: Stored, name: str, now: float) -> bool:
        """RFC 5861."""
        control = stored.control
        if any(word in control for word in _STRICT):
            return False
        seconds = control.seconds(name)
        return seconds is not None and -stored.left(now) <= seconds

    def _revalidate_behind(self, request: ServerRequest, stored: Stored) -> None:
        key = self.cache.key(request)
        if key in self._asking:
            return
        future = asyncio.get_running_loop().create_future()
        self._asking[key] = future

        async def work() -> None:
            try:
                await self._ask(request, stored)
            finally:
                del self._asking[key]
                future.set_result(None)

        task = asyncio.create_task(work(), name=f"revalidate {key}")
        self._behind.add(task)
        task.add_done_callback(self._behind.discard)


def wants_to_ask(asked: CacheControl, stored: Stored, now: float) -> bool:
    """Whether a request does not take what is stored (RFC 9111 section 5.2.1)."""
    if "no-cache" in asked:
        return True
    most = asked.seconds("max-age")
    least = asked.seconds("min-fresh")
    if most is not None and stored.age(now) >= most:
        return True
    return least is not None and stored.left(now) < least


def _onward(request: ServerRequest) -> Headers:
    """The headers for the balancer: who asked, and that it came over TLS."""
    headers = forwardable(request.headers)
    headers.set("X-Forwarded-For", request.client)
    headers.set("X-Forwarded-Proto", "https")
    headers.add("Via", "1.1 edge")
    return headers
