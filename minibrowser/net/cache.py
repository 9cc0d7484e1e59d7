"""The policy of the HTTP cache: RFC 9111 as a private cache, RFC 5861, RFC 8246, and Fetch's cache modes.

Pure: no clock, no store, no I/O. Requests and stored responses in; what to do with them, and why, out. Times are
seconds since the epoch, handed in by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import Final, final

from ..errors import InvalidURLError
from ..limits import MAX_HEURISTIC_FRESHNESS
from ..url import URL
from .cache_control import CacheControl
from .header_values import parse_delta, split_list
from .headers import Headers
from .http_date import parse_http_date
from .request import SAFE_METHODS

_SHORT: Final = 200
"""Characters of `Cache-Control` that are worth keeping."""
_HEURISTIC: Final = frozenset({200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501})
"""RFC 9110 section 15.1: kept without stated freshness."""
_PERMANENT: Final = frozenset({300, 301, 308, 410})
"""Fresh without stated freshness and without a modification date, as in Chromium."""
_UNDERSTOOD: Final = _HEURISTIC | frozenset({302, 303, 307, 400, 401, 403, 416, 500, 502, 503, 504})
"""For `must-understand`: statuses whose caching this module knows."""
_ERRORS: Final = frozenset({500, 502, 503, 504})
"""RFC 5861 section 4: what `stale-if-error` calls an error."""
_HOP_BY_HOP: Final = frozenset(
    {
        "connection", "keep-alive", "proxy-authenticate", "proxy-authentication-info", "proxy-authorization",
        "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    }
)  # fmt: skip
"""RFC 9111 section 3.1: never stored."""
_OF_THE_BODY: Final = frozenset({"content-encoding", "content-length", "content-range"})
"""RFC 9111 section 3.2: they describe the stored body, which a 304 does not bring."""
_CONDITIONAL: Final = frozenset(
    {"if-modified-since", "if-none-match", "if-unmodified-since", "if-match", "if-range"}
)
_RANGE: Final = re.compile(r"bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*\Z", re.ASCII | re.IGNORECASE)
_CONTENT_RANGE: Final = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)\Z", re.ASCII | re.IGNORECASE)
_COMMA: Final = re.compile(r"[ \t]*,[ \t]*")


@final
class StoredResponse:
    """A response in the cache. Immutable.

    Attributes:
        url: of the request, without fragment. partition: the top-level site that it was fetched for.
        headers: end-to-end ones. body: without content codings.
        selecting: the request's headers that `Vary` names, in normal form, None for an absent one.
        first: offset of the body in the whole for a part (206), else -1; total: bytes of the whole, -1 unknown.
        requested, received: when the request went out and its answer was there.
    """

    __slots__ = (
        "body", "first", "headers", "http_version", "partition", "received", "requested", "selecting",
        "status", "status_text", "total", "url",
    )  # fmt: skip

    def __init__(
        self,
        address: tuple[str, str],
        status: tuple[int, str, str],
        content: tuple[Headers, bytes],
        *,
        times: tuple[float, float],
        selecting: tuple[tuple[str, str | None], ...] = (),
        part: tuple[int, int] = (-1, -1),
    ) -> None:
        """`address`: URL and partition; `status`: code, words and HTTP version; `content`: headers and body."""
        self.url, self.partition = address
        self.status, self.status_text, self.http_version = status
        self.headers, self.body = content
        self.requested, self.received = times
        self.selecting: Final = selecting
        self.first, self.total = part

    @property
    def variant(self) -> tuple[str, tuple[tuple[str, str | None], ...], int]:
        """What tells responses to one URL apart."""
        return (self.partition, self.selecting, self.first)

    @property
    def size(self) -> int:
        """Bytes, about, for the bounds."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers) + 500

    def __repr__(self) -> str:
        return f"<StoredResponse {self.status} {self.url} {len(self.body)} bytes>"


class Use(IntEnum):
    """What to do about a request."""

    PASS = 0
    """Go to the network as if there were no cache, but for invalidation and storing."""
    FETCH = 1
    """Go to the network; validators of other variants may go along."""
    STORED = 2
    """Answer from the cache."""
    STORED_AND_REVALIDATE = 3
    """Answer from the cache, and ask the server behind the caller's back."""
    VALIDATE = 4
    """Ask the server whether the stored response still holds."""
    MISSING = 5
    """The network must not be asked, and there is nothing."""


@final
class Decision:
    """What to do, with which stored response and which extra headers, and why."""

    __slots__ = ("entry", "headers", "reason", "use")

    def __init__(
        self,
        use: Use,
        reason: str,
        entry: StoredResponse | None = None,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.use: Final = use
        self.reason: Final = reason
        self.entry: Final = entry
        self.headers: Final = headers

    def __repr__(self) -> str:
        return f"<Decision {self.use.name}: {self.reason}>"


@final
class CacheRequest:
    """What the policy reads of a request. `mode` is Fetch's cache mode, made "no-store" where the request is
    conditional by itself (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch step 8.18)."""

    __slots__ = ("control", "headers", "method", "mode", "url")

    def __init__(self, method: str, url: str, headers: Headers, mode: str = "default") -> None:
        self.method: Final = method
        self.url: Final = url
        self.headers: Final = headers
        conditional = mode == "default" and headers.has_any(_CONDITIONAL)
        self.mode: Final = "no-store" if conditional else mode
        values = headers.get_all("cache-control")
        if not values and "pragma" in headers and "no-cache" in split_list(headers["pragma"].lower()):
            values = ["no-cache"]  # RFC 9111 section 5.4
        self.control: Final = _control(tuple(values))

    def mode_headers(self) -> list[tuple[str, str]]:
        """Headers that the mode adds, for those who read it on the way (steps 8.19 and 8.20)."""
        if self.mode == "no-cache" and "Cache-Control" not in self.headers:
            return [("Cache-Control", "max-age=0")]
        if self.mode in ("no-store", "reload"):
            return past_caches(self.headers)
        return []


def past_caches(headers: Headers) -> list[tuple[str, str]]:
    """Headers that tell those on the way not to answer from what they keep (step 8.20), where they are not there."""
    return [pair for pair in _PAST_CACHES if pair[0] not in headers]


_PAST_CACHES: Final = (("Pragma", "no-cache"), ("Cache-Control", "no-cache"))


# --- May it be used? ---------------------------------------------------------------------------------


def choose(request: CacheRequest, entries: Sequence[StoredResponse], now: float) -> Decision:
    """What to do about a request (RFC 9111 section 4). `entries` are the stored responses to its URL."""
    if request.method not in ("GET", "HEAD"):
        return Decision(Use.PASS, f"{request.method} is not answered from the cache")
    if request.mode in ("no-store", "reload"):
        return Decision(
            Use.PASS, f"cache mode {request.mode}" if "Range" not in request.headers else "a range"
        )
    if "no-store" in request.control:
        return Decision(Use.PASS, "the request says no-store")
    wanted = request.headers.get("range")
    matching = [entry for entry in entries if _selects(entry, request.headers)]
    if wanted is None:
        usable = [entry for entry in matching if entry.first < 0]
    else:
        usable = [entry for entry in matching if _held_range(entry, wanted) is not None]
    if not usable:
        return _without_entry(request, entries)
    entry = max(usable, key=lambda entry: entry.received)
    return _with_entry(request, entry, now)


def _without_entry(request: CacheRequest, entries: Sequence[StoredResponse]) -> Decision:
    only = request.mode == "only-if-cached" or "only-if-cached" in request.control
    if only:
        return Decision(Use.MISSING, "only-if-cached, and nothing is stored")
    whole = [entry for entry in entries if entry.first < 0]
    if not whole or request.method != "GET" or "Range" in request.headers:
        return Decision(Use.FETCH, "not stored yet" if not entries else "no stored part covers it")
    tags = [tag for tag in (entry.headers.get("etag") for entry in whole) if tag]
    extra = (("If-None-Match", ", ".join(dict.fromkeys(tags))),) if tags else ()
    return Decision(Use.FETCH, "only other variants are stored (Vary)", None, extra)


def _with_entry(request: CacheRequest, entry: StoredResponse, now: float) -> Decision:
    control = _response_control(entry.headers)
    age = current_age(entry, now)
    lifetime = freshness_lifetime(entry)
    left = lifetime - age
    fresh = left > 0
    words = f"fresh for {left:.0f} s more" if fresh else f"stale for {abs(left):.0f} s"
    if request.mode in ("force-cache", "only-if-cached"):
        return Decision(Use.STORED, f"{words}, cache mode {request.mode}", entry)
    why = _must_validate(request, control, age, left)
    if not why and fresh:
        return Decision(Use.STORED, words, entry)
    if not why and "must-revalidate" not in control:
        if "max-stale" in request.control:
            most = request.control.seconds("max-stale")
            if request.control.argument("max-stale") is None or (most is not None and -left <= most):
                return Decision(Use.STORED, f"{words}, the request allows it", entry)
        window = control.seconds("stale-while-revalidate")
        if window is not None and -left <= window and request.method == "GET":
            return Decision(Use.STORED_AND_REVALIDATE, f"{words}, stale-while-revalidate={window:.0f}", entry)
    if "only-if-cached" in request.control:
        return Decision(Use.MISSING, f"only-if-cached, and what is stored is {words}")
    why = why or words
    extra = validators(entry)
    if request.method != "GET" or entry.first >= 0 or "Range" in request.headers or not extra:
        return Decision(Use.FETCH, why if extra else f"{why}, nothing to validate it with", entry)
    return Decision(Use.VALIDATE, why, entry, extra)


def _must_validate(request: CacheRequest, control: CacheControl, age: float, left: float) -> str:
    """Why a stored response may not be used without asking, "" where only its freshness decides."""
    if request.mode == "no-cache" and not ("immutable" in control and left > 0):
        return "cache mode no-cache"
    if "no-cache" in control and control.argument("no-cache") is None:
        return "no-cache"
    if "no-cache" in request.control:
        return "the request says no-cache"
    most = request.control.seconds("max-age")
    if most is not None and age > most:
        return f"the request says max-age={most:.0f}, it is {age:.0f} s old"
    least = request.control.seconds("min-fresh")
    if least is not None and left < least:
        return f"the request says min-fresh={least:.0f}, {left:.0f} s are left"
    return ""


def freshness_lifetime(entry: StoredResponse) -> float:
    """Seconds (RFC 9111 section 4.2.1)."""
    control = _response_control(entry.headers)
    stated = control.seconds("max-age")
    if stated is not None:
        return stated
    date = _date(entry)
    expires = entry.headers.get_all("expires")
    if expires:
        moments = {parse_http_date(value, entry.received) for value in expires}
        moment = moments.pop()
        return max(0.0, moment - date) if moment is not None and not moments else 0.0
    if entry.status not in _HEURISTIC and "public" not in control:
        return 0.0
    modified = parse_http_date(entry.headers.get("last-modified") or "", entry.received)
    if modified is not None:  # section 4.2.2
        return max(0.0, min((date - modified) * 0.1, MAX_HEURISTIC_FRESHNESS))
    return MAX_HEURISTIC_FRESHNESS if entry.status in _PERMANENT else 0.0


def current_age(entry: StoredResponse, now: float) -> float:
    """Seconds (RFC 9111 section 4.2.3)."""
    apparent = max(0.0, entry.received - _date(entry))
    corrected = _age_value(entry.headers) + max(0.0, entry.received - entry.requested)
    return max(apparent, corrected) + max(0.0, now - entry.received)


def serves_after_error(request: CacheRequest, entry: StoredResponse | None, now: float) -> str:
    """Why a stale response stands in for an error (RFC 5861 section 4), "" where it may not."""
    if entry is None or request.mode != "default" or "no-cache" in request.control:
        return ""
    control = _response_control(entry.headers)
    if "must-revalidate" in control or "no-cache" in control:
        return ""
    window = control.seconds("stale-if-error")
    if window is None:
        return ""
    stale = current_age(entry, now) - freshness_lifetime(entry)
    return f"stale for {stale:.0f} s, stale-if-error={window:.0f}" if stale <= window else ""


def is_server_error(status: int) -> bool:
    """Whether `stale-if-error` applies to a status."""
    return status in _ERRORS


def validators(entry: StoredResponse) -> tuple[tuple[str, str], ...]:
    """The headers that ask whether a stored response still holds (RFC 9111 section 4.3.1)."""
    pairs = []
    tag = entry.headers.get("etag")
    if tag:
        pairs.append(("If-None-Match", tag))
    modified = entry.headers.get("last-modified")
    if modified:
        pairs.append(("If-Modified-Since", modified))
    return tuple(pairs)


# --- What is served ----------------------------------------------------------------------------------


def served(
    entry: StoredResponse, request: CacheRequest, now: float, validated: bool
) -> tuple[int, str, Headers, bytes]:
    """Status, its words, headers and body of an answer from the cache (RFC 9111 section 4)."""
    headers = entry.headers.copy()
    if not validated:
        hidden = _response_control(headers).fields("no-cache")
        for name in hidden:
            headers.remove(name)
        headers.remove("Age")
        headers.add("Age", str(int(current_age(entry, now))))
    body = b"" if request.method == "HEAD" else entry.body
    wanted = request.headers.get("range")
    held = _held_range(entry, wanted) if wanted is not None else None
    if held is None or entry.status not in (200, 206):
        return entry.status, entry.status_text, headers, body
    start, end, total = held
    offset = max(entry.first, 0)
    headers.remove("Content-Range")
    headers.set("Content-Length", str(end - start))
    headers.add("Content-Range", f"bytes {start}-{end - 1}/{total if total >= 0 else '*'}")
    return 206, "Partial Content", headers, body[start - offset : end - offset]


def _held_range(entry: StoredResponse, wanted: str) -> tuple[int, int, int] | None:
    """Start, end and the whole's length of a single range that a stored response holds, else None.

    Ranges count the bytes as coded; stored bodies are decoded, so coded ones cannot serve them.
    """
    found = _RANGE.match(wanted.strip(" \t"))
    if found is None or entry.status not in (200, 206) or entry.headers.get("content-encoding"):
        return None
    first = max(entry.first, 0)
    total = entry.total if entry.first >= 0 else len(entry.body)
    if found[1]:
        start = int(found[1])
        end = int(found[2]) + 1 if found[2] else total
    elif found[2] and total >= 0:
        start, end = max(0, total - int(found[2])), total
    else:
        return None
    if total >= 0:
        end = min(end, total)
    if not first <= start < end <= first + len(entry.body):
        return None
    return start, end, total


# --- May it be stored? -------------------------------------------------------------------------------


def not_stored(request: CacheRequest, status: int, headers: Headers) -> str:
    """Why a response is not stored (RFC 9111 section 3), "" where it is."""
    control = _response_control(headers)
    if request.mode == "no-store":
        return "cache mode no-store"
    if "no-store" in request.control:
        return "the request says no-store"
    if "must-understand" in control:
        if status not in _UNDERSTOOD:
            return f"must-understand, and status {status} is not"
    elif "no-store" in control:
        return "no-store"
    if request.method != "GET":
        explicit = "max-age" in control or "Expires" in headers
        if request.method != "POST" or status != 200 or not (explicit and _is_about(request.url, headers)):
            return f"method {request.method}"
    if status < 200 or status in (304, 401, 407):
        # A 401 or 407 says that credentials were missing; it would stand in the way of who has them.
        return f"status {status}"
    if status == 206 and _part(status, headers) is None:
        return "a part of unknown place"
    if "*" in _vary(headers):
        return "Vary: *"
    if (
        status not in _HEURISTIC
        and "Expires" not in headers
        and not any(name in control for name in ("max-age", "public", "private"))
    ):
        return f"status {status} without stated freshness"
    return ""


def stored_headers(headers: Headers) -> Headers:
    """The end-to-end headers (RFC 9111 section 3.1)."""
    dropped = _HOP_BY_HOP | {name.lower() for name in split_list(headers.get("connection") or "")}
    return Headers(pair for pair in headers if pair[0].lower() not in dropped)


def selecting_headers(request: Headers, response: Headers) -> tuple[tuple[str, str | None], ...]:
    """The request's headers that `Vary` names, in normal form."""
    return tuple((name, _normal(name, request.get(name))) for name in sorted(set(_vary(response))))


def part_of(status: int, headers: Headers) -> tuple[int, int]:
    """Offset and length of the whole for a part that may be stored, (-1, -1) for a whole response."""
    return _part(status, headers) or (-1, -1)


def refreshed(entry: StoredResponse, headers: Headers, times: tuple[float, float]) -> StoredResponse:
    """A stored response after a 304 or a HEAD (RFC 9111 sections 3.2 and 4.3.4)."""
    merged = entry.headers.copy()
    merged.remove("Age")
    news = [pair for pair in stored_headers(headers) if pair[0].lower() not in _OF_THE_BODY]
    for name in {name.lower() for name, _ in news}:
        merged.remove(name)
    for name, value in news:
        merged.add(name, value)
    return StoredResponse(
        (entry.url, entry.partition),
        (entry.status, entry.status_text, entry.http_version),
        (merged, entry.body),
        times=times,
        selecting=entry.selecting,
        part=(entry.first, entry.total),
    )


def validated_entry(
    entry: StoredResponse | None, entries: Sequence[StoredResponse], headers: Headers
) -> StoredResponse | None:
    """The stored response that a 304 means: the one that was asked about, or the variant with its entity tag."""
    if entry is not None:
        return entry
    tag = headers.get("etag")
    whole = [stored for stored in entries if stored.first < 0 and stored.headers.get("etag")]
    if tag:
        whole = [stored for stored in whole if _opaque(stored.headers.get("etag")) == _opaque(tag)]
    return max(whole, key=lambda stored: stored.received, default=None)


def agrees_with_head(entry: StoredResponse, headers: Headers) -> bool:
    """Whether a HEAD's answer speaks of the stored response (RFC 9111 section 4.3.5)."""
    for name in ("etag", "last-modified", "content-length"):
        stated = headers.get(name)
        if stated is not None and entry.headers.get(name) not in (stated, None):
            return False
    return True


def invalidated_urls(method: str, url: str, status: int, headers: Headers) -> list[str]:
    """URLs whose stored responses an answer makes invalid (RFC 9111 section 4.4)."""
    if method in SAFE_METHODS or not 200 <= status <= 399:
        return []
    base = URL(url)
    urls = [base.without_fragment().href]
    for name in ("location", "content-location"):
        for value in headers.get_all(name):
            try:
                target = URL.parse(value, base)
            except InvalidURLError:
                continue
            if target.origin == base.origin:
                urls.append(target.without_fragment().href)
    return list(dict.fromkeys(urls))


# --- Pieces ------------------------------------------------------------------------------------------


def _response_control(headers: Headers) -> CacheControl:
    values = headers.get_all("cache-control")
    if not values and "pragma" in headers and "no-cache" in split_list(headers["pragma"].lower()):
        values = ["no-cache"]  # AD-HOC: no standard says so, all browsers do
    return _control(tuple(values))


def _control(values: tuple[str, ...]) -> CacheControl:
    """OPTIMIZATION: an origin's answers say the same few things; a `CacheControl` does not change."""
    return _short_control(values) if sum(map(len, values)) <= _SHORT else CacheControl(values)


@lru_cache(maxsize=256)
def _short_control(values: tuple[str, ...]) -> CacheControl:
    return CacheControl(values)


def _date(entry: StoredResponse) -> float:
    moment = parse_http_date(entry.headers.get("date") or "", entry.received)
    return entry.received if moment is None else moment


def _age_value(headers: Headers) -> float:
    """The first member of the first line; what is no number is ignored (RFC 9111 section 5.1)."""
    for value in headers.get_all("age"):
        return parse_delta(value.partition(",")[0].strip(" \t")) or 0.0
    return 0.0


def _vary(headers: Headers) -> list[str]:
    return [name.lower() for value in headers.get_all("vary") for name in split_list(value)]


def _selects(entry: StoredResponse, headers: Headers) -> bool:
    return all(_normal(name, headers.get(name)) == value for name, value in entry.selecting)


def _normal(name: str, value: str | None) -> str | None:
    """A header's value without what makes no difference (RFC 9111 section 4.1)."""
    if value is None:
        return None
    value = _COMMA.sub(",", value.strip(" \t"))
    if name != "accept-language":
        return value
    ranked = [part.replace(" ", "").lower().partition(";q=") for part in value.split(",")]
    return ",".join(sorted(f"{_quality(quality):.3f} {language}" for language, _, quality in ranked))


def _quality(text: str) -> float:
    try:
        return min(max(float(text or "1"), 0.0), 1.0)
    except ValueError:
        return 1.0


def _part(status: int, headers: Headers) -> tuple[int, int] | None:
    if status != 206:
        return None
    found = _CONTENT_RANGE.match((headers.get("content-range") or "").strip(" \t"))
    if found is None or int(found[2]) < int(found[1]):
        return None
    return int(found[1]), -1 if found[3] == "*" else int(found[3])


def _is_about(url: str, headers: Headers) -> bool:
    """Whether `Content-Location` names the URL itself (RFC 9110 section 9.3.3)."""
    value = headers.get("content-location")
    if value is None:
        return False
    try:
        return URL.parse(value, url).without_fragment().href == URL(url).without_fragment().href
    except InvalidURLError:
        return False


def _opaque(tag: str | None) -> str:
    return (tag or "").removeprefix("W/")
