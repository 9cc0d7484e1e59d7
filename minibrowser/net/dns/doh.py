"""DNS over HTTPS (RFC 8484). How the bytes travel is the caller's business: `DoHFetch` is handed in."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from typing import Final, final

from ...errors import ConnectionTimeoutError, NetworkError
from ...trace import NO_TRACE, Recorder
from .families import Records, ask_both
from .records import follow_aliases
from .resolver import Answer, LookupFailedError, Resolver
from .wire import MessageError, build_query, parse_message

MESSAGE_TYPE: Final = "application/dns-message"
"""What is asked for and comes back (RFC 8484 section 6)."""


@final
class DoHReply:
    """What came back for a GET. `age` is the seconds that the answer has lain in HTTP caches."""

    __slots__ = ("age", "body", "mime_type", "status")

    def __init__(self, status: int, mime_type: str, body: bytes, age: float = 0.0) -> None:
        self.status: Final = status
        self.mime_type: Final = mime_type
        self.body: Final = body
        self.age: Final = age


DoHFetch = Callable[[str, Recorder], Awaitable[DoHReply]]
"""GETs a URL with `Accept: application/dns-message`, without cookies. Raises `NetworkError`."""


@final
class DoHResolver(Resolver):
    """Asks one server for A and AAAA side by side. What it cannot say, nobody else is asked for: who chose DNS over
    HTTPS does not want the network to see the names."""

    def __init__(self, url: str, fetch: DoHFetch) -> None:
        """`url` such as "https://dns.example/dns-query"."""
        self._url: Final = url
        self._fetch: Final = fetch

    async def resolve(self, host: str) -> Answer:
        return await self.resolve_traced(host, NO_TRACE)

    async def resolve_traced(self, host: str, recorder: Recorder) -> Answer:
        name = host.lower().removesuffix(".")
        records = await ask_both(name, lambda kind: self._ask(name, kind, recorder))
        alias = f", alias of {records.canonical}" if records.canonical else ""
        words = f"asked {self._url}, kept {records.ttl:.0f} s{alias}"
        return Answer(records.addresses, records.ttl, "doh", words, records.canonical)

    async def _ask(self, host: str, kind: str, recorder: Recorder) -> Records:
        # Section 4.1: the id 0 makes equal questions equal URLs, which HTTP caches like.
        query = build_query(host, kind, 0, recursion=True, payload=0)
        encoded = base64.urlsafe_b64encode(query).rstrip(b"=").decode("ascii")
        joint = "&" if "?" in self._url else "?"
        try:
            reply = await self._fetch(f"{self._url}{joint}dns={encoded}", recorder)
        except ConnectionTimeoutError:
            raise
        except NetworkError as error:
            raise LookupFailedError(f"no address for host {host}: {error}") from error
        failure = f"no address for host {host}: {self._url}"
        if not 200 <= reply.status < 300:
            raise LookupFailedError(f"{failure} answers with status {reply.status}")
        if reply.mime_type != MESSAGE_TYPE:
            raise LookupFailedError(f"{failure} answers with {reply.mime_type or 'no type'}")
        try:
            message = parse_message(reply.body)
        except MessageError as error:
            raise LookupFailedError(f"{failure} sends no DNS message: {error}") from error
        if message.question not in ((host, kind), ("", "")):
            raise LookupFailedError(f"{failure} answers another question")
        if message.rcode not in ("NOERROR", "NXDOMAIN"):
            raise LookupFailedError(f"{failure} answers {message.rcode}")
        found = follow_aliases(message.answer, host, kind)
        # Section 5.1: the time to live counts from when the answer was made.
        if found.addresses:
            return Records(found.addresses, max(0.0, found.ttl - reply.age), found.canonical)
        left = -1.0 if message.soa is None else max(0.0, message.soa.negative_ttl - reply.age)
        return Records((), left, found.canonical, exists=message.rcode == "NOERROR")
