"""The demo's load balancer. `choose` is the policy, a pure function; the class around it passes requests on, asks
the servers how they are, and keeps the books.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from enum import Enum
from typing import Final, final

from ..net import Headers
from .http_client import Upstream, UpstreamError
from .messages import ServerRequest, ServerResponse, forwardable, text_response

HEALTH_PATH: Final = "/health"
_CHECK_INTERVAL: Final = 2.0
"""Seconds between two health checks of a server."""
_CHECK_SECONDS: Final = 1.0
_UNAVAILABLE: Final = frozenset({502, 503, 504})
"""Statuses by which a server says that another one should be asked."""


class Policy(Enum):
    """How a server is chosen."""

    ROUND_ROBIN = "round robin"
    LEAST_CONNECTIONS = "least connections"


@final
class Backend:
    """A server behind the balancer.

    Attributes:
        name: for people ("app-1"); healthy: whether it gets requests.
        active: requests under way; served: answers so far; turn: when it was chosen last, for fairness.
    """

    __slots__ = ("active", "healthy", "name", "served", "turn", "upstream")

    def __init__(self, name: str, upstream: Upstream) -> None:
        self.name: Final = name
        self.upstream: Final = upstream
        self.healthy = True
        self.active = 0
        self.served = 0
        self.turn = 0

    def __repr__(self) -> str:
        return f"<Backend {self.name} {'up' if self.healthy else 'DOWN'} active={self.active}>"


def choose(
    backends: Sequence[Backend], policy: Policy, tried: frozenset[str] = frozenset()
) -> Backend | None:
    """The server for the next request, None where none is left. Pure.

    Round robin takes the one whose last turn is longest ago; least connections the one with the fewest requests
    under way, and of equal ones the one whose turn it is. Where all are said to be dead, one is tried all the same:
    the checks may be wrong, and no answer is certain else.
    """
    left = [backend for backend in backends if backend.name not in tried]
    candidates = [backend for backend in left if backend.healthy] or left
    if not candidates:
        return None
    if policy is Policy.LEAST_CONNECTIONS:
        return min(candidates, key=lambda backend: (backend.active, backend.turn))
    return min(candidates, key=lambda backend: backend.turn)


@final
class LoadBalancer:
    """Passes requests to the application servers. `handle` is the handler of an `HTTPServer`."""

    def __init__(self, backends: Sequence[Backend], policy: Policy = Policy.ROUND_ROBIN) -> None:
        self.backends: Final = tuple(backends)
        self._policy: Final = policy
        self._turns = 0
        self._checks: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin with the health checks."""
        self._checks = asyncio.create_task(self._check_for_ever(), name="health checks")

    async def stop(self) -> None:
        """End the checks and drop the connections."""
        if self._checks is not None:
            self._checks.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._checks
            self._checks = None
        for backend in self.backends:
            backend.upstream.close()

    async def handle(self, request: ServerRequest) -> ServerResponse:
        """Pass a request to a server. A safe one whose server gives no answer goes to another."""
        headers = forwarded_headers(request)
        tried: set[str] = set()
        while (backend := choose(self.backends, self._policy, frozenset(tried))) is not None:
            tried.add(backend.name)
            self._turns += 1
            backend.turn = self._turns
            backend.active += 1
            try:
                response = await backend.upstream.exchange(request, headers)
            except UpstreamError:
                backend.healthy = False  # the next check finds out whether it is back
                if request.is_safe:
                    continue
                return text_response(502, "Bad Gateway", (("X-Tried", ", ".join(sorted(tried))),))
            finally:
                backend.active -= 1
            if response.status in _UNAVAILABLE and request.is_safe and len(tried) < len(self.backends):
                continue
            backend.served += 1
            answer = forwardable(response.headers)
            answer.add("Via", "1.1 balancer")
            answer.set("X-Served-By", backend.name)
            return ServerResponse(response.status, answer, response.body)
        return text_response(502, "Bad Gateway", (("X-Tried", ", ".join(sorted(tried))),))

    async def check(self) -> None:
        """Ask every server how it is: the dead are taken out, the living come back."""
        await asyncio.gather(*(self._check(backend) for backend in self.backends))

    async def _check(self, backend: Backend) -> None:
        headers = Headers([("Host", backend.name), ("User-Agent", "balancer health check")])
        request = ServerRequest("GET", HEALTH_PATH, headers)
        try:
            async with asyncio.timeout(_CHECK_SECONDS):
                response = await backend.upstream.exchange(request, headers)
        except (UpstreamError, TimeoutError):
            backend.healthy = False
        else:
            backend.healthy = response.status == 200

    async def _check_for_ever(self) -> None:
        while True:
            await asyncio.sleep(_CHECK_INTERVAL)
            await self.check()


def forwarded_headers(request: ServerRequest) -> Headers:
    """The headers that go on to a server: who asked, and how (the X-Forwarded-* that servers commonly read). Pure."""
    headers = forwardable(request.headers)
    before = headers.get("x-forwarded-for")
    headers.set("X-Forwarded-For", f"{before}, {request.client}" if before else request.client)
    if "x-forwarded-proto" not in headers:
        headers.set("X-Forwarded-Proto", "https" if request.secure else "http")
    headers.add("Via", "1.1 balancer")
    if request.body and "content-length" not in headers:
        headers.set("Content-Length", str(len(request.body)))
    return headers
