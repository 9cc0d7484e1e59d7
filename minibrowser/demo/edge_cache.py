"""What the demo's edge keeps: a shared cache (RFC 9111). Pure: no sockets, and the clock is a parameter."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final, final

from ..net import Headers
from ..net.cache_control import CacheControl
from ..net.header_values import parse_delta, split_list
from ..net.http_date import parse_http_date
from .messages import ServerRequest, ServerResponse

_HEURISTIC: Final = frozenset({200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501})
"""Statuses that may be kept without being told so (RFC 9110 section 15.1)."""
_HEURISTIC_SHARE: Final = 0.1
"""Of the time since Last-Modified (RFC 9111 section 4.2.2)."""
_MAX_BYTES: Final = 32 * 1024 * 1024
_NOT_KEPT: Final = frozenset({"server-timing", "x-cache"})
"""They tell of one exchange and not of the response."""
_REPLACED_BY_304: Final = frozenset({"content-encoding", "content-length", "content-type", "content-range"})
"""RFC 9111 section 3.2: headers that say what the stored body is stay."""


@final
class Stored:
    """A response in the cache.

    Attributes:
        vary: the request headers that it was chosen by, with their values.
        requested, received: the moments of the exchange, seconds since the epoch.
    """

    __slots__ = ("body", "headers", "received", "requested", "status", "vary")

    def __init__(
        self,
        response: ServerResponse,
        vary: tuple[tuple[str, str], ...],
        requested: float,
        received: float,
    ) -> None:
        self.status: Final = response.status
        self.headers: Final = Headers(
            (name, value) for name, value in response.headers.items() if name.lower() not in _NOT_KEPT
        )
        self.body: Final = response.body
        self.vary: Final = vary
        self.requested: Final = requested
        self.received: Final = received

    @property
    def size(self) -> int:
        """Bytes, about, for the bound."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers) + 500

    @property
    def control(self) -> CacheControl:
        """Its Cache-Control."""
        return CacheControl(self.headers.get_all("cache-control"))

    def age(self, now: float) -> float:
        """Seconds since it left its origin (RFC 9111 section 4.2.3)."""
        date = parse_http_date(self.headers.get("date") or "", self.received)
        apparent = max(0.0, self.received - date) if date is not None else 0.0
        stated = parse_delta(self.headers.get("age") or "") or 0.0
        corrected = stated + self.received - self.requested
        return max(apparent, corrected) + max(0.0, now - self.received)

    def lifetime(self) -> float:
        """Seconds that it is fresh for (RFC 9111 section 4.2.1), for a shared cache."""
        control = self.control
        for name in ("s-maxage", "max-age"):
            seconds = control.seconds(name)
            if seconds is not None:
                return seconds
        date = parse_http_date(self.headers.get("date") or "", self.received) or self.received
        if "expires" in self.headers:
            expires = parse_http_date(self.headers["expires"], self.received)
            return 0.0 if expires is None else max(0.0, expires - date)
        modified = parse_http_date(self.headers.get("last-modified") or "", self.received)
        if modified is not None and self.status in _HEURISTIC:
            return max(0.0, date - modified) * _HEURISTIC_SHARE
        return 0.0

    def left(self, now: float) -> float:
        """Seconds that it is still fresh for; negative ones have gone by since it went stale."""
        return self.lifetime() - self.age(now)

    def must_be_asked(self) -> bool:
        """Whether its origin wants to be asked each time."""
        return "no-cache" in self.control

    def validators(self) -> list[tuple[str, str]]:
        """The headers of a conditional request for it (RFC 9111 section 4.3.1)."""
        found = []
        if "etag" in self.headers:
            found.append(("If-None-Match", self.headers["etag"]))
        if "last-modified" in self.headers:
            found.append(("If-Modified-Since", self.headers["last-modified"]))
        return found

    def freshened(self, answer: ServerResponse, requested: float, received: float) -> Stored:
        """The same after a 304 (RFC 9111 section 4.3.4)."""
        headers = self.headers.copy()
        headers.remove("Age")
        told = {name.lower() for name, _ in answer.headers} - _REPLACED_BY_304
        for name in told:
            headers.remove(name)
        for name, value in answer.headers:
            if name.lower() in told:
                headers.add(name, value)
        return Stored(ServerResponse(self.status, headers, self.body), self.vary, requested, received)


def why_not_kept(request: ServerRequest, response: ServerResponse) -> str:
    """Why a response is not stored, "" where it is (RFC 9111 section 3)."""
    asked = CacheControl(request.headers.get_all("cache-control"))
    told = CacheControl(response.headers.get_all("cache-control"))
    if request.method != "GET":
        return f"answers to {request.method} are not kept"
    if response.status < 200 or response.status in (206, 304):
        return f"a {response.status} is not kept"
    if "no-store" in asked or "no-store" in told:
        return "no-store"
    if "private" in told:
        return "private"
    if "set-cookie" in response.headers:
        return "it sets a cookie"
    if "*" in vary_names(response.headers):
        return "it varies on everything"
    shared = any(name in told for name in ("public", "s-maxage", "must-revalidate"))
    if "authorization" in request.headers and not shared:
        return "the request is authorized"
    stated = any(name in told for name in ("public", "s-maxage", "max-age", "no-cache")) or (
        "expires" in response.headers
    )
    if not stated and (response.status not in _HEURISTIC or "last-modified" not in response.headers):
        return "nothing says for how long"
    return ""


def vary_names(headers: Headers) -> list[str]:
    """The names that a response varies by, in lower case."""
    return [name.lower() for value in headers.get_all("vary") for name in split_list(value)]


def vary_values(names: list[str], request: Headers) -> tuple[tuple[str, str], ...]:
    """The values that a request has for them."""
    return tuple((name, normal_value(name, request.get(name) or "")) for name in sorted(names))


def normal_value(name: str, value: str) -> str:
    """A header in the form that variants are told apart by: browsers order codings and languages alike or not."""
    if name in ("accept-encoding", "accept-language"):
        return ",".join(sorted("".join(part.split()).lower() for part in split_list(value)))
    return value


@final
class EdgeCache:
    """Responses by host and target, bounded, least recently used out first."""

    def __init__(self, max_bytes: int = _MAX_BYTES) -> None:
        self._max_bytes: Final = max_bytes
        self._bytes = 0
        self._stored: OrderedDict[str, list[Stored]] = OrderedDict()

    @staticmethod
    def key(request: ServerRequest) -> str:
        """What a request asks for."""
        return f"{request.host}{request.target}"

    def find(self, request: ServerRequest) -> Stored | None:
        """The response that was made for a request like this one (RFC 9111 section 4.1)."""
        key = self.key(request)
        for stored in self._stored.get(key, ()):
            if stored.vary == vary_values([name for name, _ in stored.vary], request.headers):
                self._stored.move_to_end(key)
                return stored
        return None

    def keep(self, request: ServerRequest, stored: Stored) -> None:
        """Put a response in, in the place of the one of the same variant."""
        key = self.key(request)
        old = self._stored.pop(key, [])
        rest = [each for each in old if each.vary != stored.vary]
        self._stored[key] = [stored, *rest]
        self._bytes += stored.size + sum(each.size for each in rest)
        self._bytes -= sum(each.size for each in old)
        while self._bytes > self._max_bytes and self._stored:
            _, gone = self._stored.popitem(last=False)
            self._bytes -= sum(each.size for each in gone)

    def drop(self, key: str) -> None:
        """Forget what is kept for a key: it has been changed (RFC 9111 section 4.4)."""
        self._bytes -= sum(each.size for each in self._stored.pop(key, ()))

    def __len__(self) -> int:
        return len(self._stored)
