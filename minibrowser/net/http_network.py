"""The network under HTTP fetch: one exchange over a connection from the pool.

`http_fetch` decides what is asked and what its answer means; `connector` opens the connections; this module chooses the
connection, carries the exchange, and begins it anew where that is safe.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, final

from ..errors import EmptyResponseError, RequestRefusedError
from ..limits import EXPECT_CONTINUE_BYTES, MAX_AUTH_ATTEMPTS, MAX_KNOWN_PROTOCOLS, MAX_REFUSALS
from ..trace import Exchange, Recorder
from ..trace.server_timing import server_timing_words
from ..url import URL
from .config import NetworkConfig
from .connector import HTTPConnector, Route
from .content_coding import BodyDecoder, parse_codings
from .conversation import Conversation, HTTPConnection, RequestHead, ResponseHead
from .dns import build_resolver
from .headers import Headers
from .partition import Partitions
from .pool import Pool
from .pool_plan import Limits, Slot
from .request import SAFE_METHODS, Priority, Request
from .response import TLSInfo
from .streaming import BodyObserver

if TYPE_CHECKING:
    from .doh_client import DoHClient

_SAFE_TO_REPEAT: Final = SAFE_METHODS | {"PUT", "DELETE"}
"""Idempotent methods (RFC 9110 section 9.2.2)."""
_WHOLE: Final = frozenset({"style", "script", "font"})
"""Destinations of which a part is of no use, so that Chromium does not ask for increments (RFC 9218 section 4.2)."""


@final
class Answer:
    """What came back for one request: the head, the decoded body, and facts of the connection."""

    __slots__ = ("body", "head", "remote_address", "tls", "trailers")

    def __init__(
        self, head: ResponseHead, body: bytes, connection: HTTPConnection, trailers: Headers
    ) -> None:
        self.head: Final = head
        self.body: Final = body
        self.remote_address: Final = connection.remote_address
        self.tls: Final[TLSInfo | None] = connection.tls
        self.trailers: Final = trailers


OnHead = Callable[[Answer], BodyObserver | None]
"""Is told of the final head (the body is empty still) and says who wants to see the body come."""


@final
class _Order:
    """A request on its way, and where what happens to it is noted."""

    __slots__ = ("headers", "record", "recorder", "request", "route", "url")

    def __init__(
        self, request: Request, route: Route, headers: Headers, record: Exchange, recorder: Recorder
    ) -> None:
        self.request: Final = request
        self.url: Final = route.url
        self.route: Final = route
        self.headers: Final = headers
        self.record: Final = record
        self.recorder: Final = recorder


@final
class HTTPNetwork:
    """Connections of a session, and what they need.

    Mutable: the pool; `_http1_only`, keys whose server said that it wants HTTP/1.1.
    """

    def __init__(self, config: NetworkConfig) -> None:
        self._config: Final = config
        self._doh: Final = _doh_client(config)
        self.resolver: Final = build_resolver(config, self._doh.fetch if self._doh is not None else None)
        self.pool: Final = Pool(
            Limits(config.max_connections_per_host, config.max_connections, config.keep_alive)
        )
        self._connector: Final = HTTPConnector(config, self.resolver)
        self._partitions: Final = Partitions()
        self._http1_only: Final[set[str]] = set()
        self._routes: Final[dict[tuple[str, str], Route]] = {}

    async def close(self) -> None:
        """Close connections, lookups and what the caller's resolver holds."""
        await self.pool.close()
        await self.resolver.close()
        if self._doh is not None:
            await self._doh.close()

    async def preconnect(
        self, url: URL, recorder: Recorder, *, only_name: bool = False, initiator: str = ""
    ) -> None:
        """Have the name of a URL's host looked up and, unless that is all, a connection open before anything is asked
        of it by the initiator's page. Raises what connecting raises."""
        with recorder.span("preconnect", url.host_port, "dns-prefetch" if only_name else "preconnect"):
            if only_name:
                await self._connector.resolve(url.host, url.effective_port, recorder)
                return
            request = Request(url=url.href, priority=Priority.LOWEST, initiator=initiator)
            route = self._route(request, url)
            record = Exchange("GET", url.href, recorder.now())
            slot, _, _ = await self._connection(_Order(request, route, Headers(), record, recorder), 0)
            self.pool.release(slot, reusable=True)

    async def exchange(
        self,
        request: Request,
        url: URL,
        headers: Headers,
        record: Exchange,
        recorder: Recorder,
        on_head: OnHead,
    ) -> Answer:
        """Send a request and get its answer; `record` is filled in. `on_head` is called when the final head is
        here, and what it returns is told of the body; before that for early hints (103).

        A request that died on a reused connection before any answer goes out once more, on a fresh one
        (RFC 9110 section 9.2.2); one that a server refused unread goes out again whatever it asks for.
        """
        route = self._route(request, url)
        forwarder = route.proxy if route.forwarded else None
        told = ""
        if forwarder is not None:
            told = self._connector.proxies.ahead(forwarder, request.method, _whole_target(url))
        if told:
            headers = headers.copy()
            headers.set("Proxy-Authorization", told)
        if request.upload is not None:
            headers = headers.copy()
            headers.remove("Content-Length")
            headers.set("Transfer-Encoding", "chunked")
        order = _Order(request, route, headers, record, recorder)
        if recorder.enabled:
            record.request_headers = headers.items()
        record.request_body = request.body if recorder.keep_bodies else None
        newer_than = refusals = challenges = 0
        asks_first = len(request.body or b"") >= EXPECT_CONTINUE_BYTES and "expect" not in headers
        while True:
            found = None if newer_than or recorder.enabled else self._at_hand(order)
            slot, connection, opened = found or await self._connection(order, newer_than)
            conversation = connection.begin()
            conversation.on_informational = partial(_tell_hints, on_head, connection)
            head = None
            try:
                head = await self._ask(conversation, order, asks_first)
                if head.status == 417 and asks_first:
                    asks_first = False  # RFC 9110 section 10.1.1
                    recorder.event("retry", url.host_port, "it does not want to be asked before a body comes")
                    continue
                record.server_address = connection.server_address
                observer = on_head(Answer(head, b"", connection, conversation.trailers))
                body = await self._receive(conversation, order, head, observer)
                slot.uses += 1
                if connection.engine is not None:
                    self._connector.keep_session(route, connection)
            except RequestRefusedError as error:
                refusals += 1
                if head is not None or refusals > MAX_REFUSALS:
                    raise
                recorder.event("retry", url.host_port, f"connection {slot.number}: {error}")
                if connection.requires_http1:
                    if len(self._http1_only) >= MAX_KNOWN_PROTOCOLS:
                        self._http1_only.clear()
                    self._http1_only.add(route.key)
                    route = self._route(request, url)
                    order = _Order(request, route, headers, record, recorder)
                continue
            except EmptyResponseError as error:
                if head is not None or opened or newer_than or request.method not in _SAFE_TO_REPEAT:
                    raise
                recorder.event("retry", url.host_port, f"connection {slot.number} was dead: {error}")
                # Other connections from the same time may be dead too; one that multiplexes is replaced for all.
                newer_than = slot.number if connection.multiplexes else self.pool.newest
                continue
            finally:
                self.pool.release(slot, reusable=conversation.finish())
            if head.status == 407 and forwarder is not None and challenges < MAX_AUTH_ATTEMPTS:
                challenges += 1
                values, target = head.headers.get_all("proxy-authenticate"), _whole_target(url)
                told, words = self._connector.proxies.answer(forwarder, request.method, target, values, told)
                recorder.event("auth", forwarder.name, words)
                if told:
                    headers = headers.copy()
                    headers.set("Proxy-Authorization", told)
                    order = _Order(request, route, headers, record, recorder)
                    record.request_headers = headers.items()
                    continue
            record.body = body if recorder.keep_bodies else None
            return Answer(head, body, connection, conversation.trailers)

    def _route(self, request: Request, url: URL) -> Route:
        partition = self._partitions.of(request)
        # OPTIMIZATION: all of an origin's requests for a site's pages go the same way.
        known = self._routes.get((url.origin, partition))
        if known is None:
            if len(self._routes) >= MAX_KNOWN_PROTOCOLS:
                self._routes.clear()
            known = Route.to(url, self._connector.proxy_for(url), partition, self._config.http2)
            self._routes[url.origin, partition] = known
        may_http2 = known.may_http2 and known.key not in self._http1_only
        return Route(url, known.proxy, known.key, may_http2)

    def _at_hand(self, order: _Order) -> tuple[Slot, HTTPConnection, bool] | None:
        """OPTIMIZATION: what `_connection` would find, where it need not wait and nobody wants to know."""
        slot = self.pool.take(order.route.key)
        if slot is None or not isinstance(slot.connection, HTTPConnection):
            return None
        order.record.timing.blocked = 0.0
        return slot, slot.connection, False

    async def _connection(self, order: _Order, newer_than: int) -> tuple[Slot, HTTPConnection, bool]:
        """A slot with a connection in it, and whether it was opened for this request."""
        recorder, host_port = order.recorder, order.url.host_port
        slot = await self._acquire(order, newer_than)
        opened = False
        while not isinstance(slot.connection, HTTPConnection):
            try:
                connection = await self._connector.open(order.route, order.record, recorder)
            except BaseException:
                self.pool.release(slot, reusable=False)
                raise
            self.pool.opened(slot, connection)
            opened = True
            if not newer_than and not connection.multiplexes and self.pool.has_more_urgent(slot):
                mine = slot
                with recorder.span("queue", host_port, "a more urgent request took the new connection"):
                    slot = await self.pool.offer(mine)
                opened = slot is mine
        if not opened and recorder.enabled:
            if slot.connection.multiplexes and slot.users > 1:
                kind = "shared"
            else:
                kind = "reused" if slot.uses else "opened for another request"
            recorder.event("connect", host_port, f"connection {slot.number} {kind}")
        order.record.connection = str(slot.number)
        return slot, slot.connection, opened

    async def _acquire(self, order: _Order, newer_than: int) -> Slot:
        recorder, route = order.recorder, order.route
        priority = order.request.effective_priority
        started = recorder.now()
        reason = self.pool.reason_to_wait(route.key, route.may_http2) if recorder.enabled else ""
        if not reason:
            slot = await self.pool.acquire(route.key, priority, newer_than, multiplexes=route.may_http2)
        else:
            with recorder.span("queue", order.url.host_port, f"{order.url.host_port}: {reason}"):
                slot = await self.pool.acquire(route.key, priority, newer_than, multiplexes=route.may_http2)
        record = order.record
        record.timing.blocked = max(0.0, record.timing.blocked) + recorder.now() - started
        return slot

    async def _ask(self, conversation: Conversation, order: _Order, asks_first: bool) -> ResponseHead:
        """Send the request, wait for the head."""
        request, url, record, recorder = order.request, order.url, order.record, order.recorder
        timing = record.timing
        started = recorder.now()
        target = url.target
        with recorder.span("send", target[:120]) as span:
            head = self._request_head(order, target, asks_first)
            body = request.upload if request.upload is not None else request.body
            record.request_head_size = await conversation.send_request(head, body)
            span.count("bytes", record.request_head_size + len(request.body or b""))
            if conversation.words:
                span.because(f"{conversation.words} of connection {record.connection}")
        sent = recorder.now()
        timing.send = sent - started
        with recorder.span("wait", url.host_port) as span:
            answer = await conversation.receive_head()
            told = server_timing_words(answer.headers.get_all("server-timing")) if recorder.enabled else ""
            span.because(f"{answer.status} {answer.status_text}".rstrip() + (f"; {told}" if told else ""))
        for status, headers in conversation.informational:
            hints = headers.get("link") or ""
            recorder.event("informational", target[:120], f"{status} {hints}".rstrip()[:200])
        timing.wait = recorder.now() - sent
        if recorder.enabled:  # else nobody ever sees the record
            record.http_version = answer.http_version
            record.status = answer.status
            record.status_text = answer.status_text
            record.response_headers = answer.headers.items()
            record.redirect_url = answer.headers.get("location", "") or ""
            record.head_size = answer.size
        return answer

    def _request_head(self, order: _Order, target: str, asks_first: bool) -> RequestHead:
        request, url, headers = order.request, order.url, order.headers
        if order.route.forwarded:
            target = _whole_target(url)
        if asks_first:
            headers = headers.copy()
            headers.set("Expect", "100-continue")
        return RequestHead(
            request.method,
            target,
            headers,
            scheme=url.scheme,
            authority=headers.get("host") or url.host_port,
            urgency=int(request.effective_priority),
            incremental=request.destination not in _WHOLE,
        )

    async def _receive(
        self, conversation: Conversation, order: _Order, head: ResponseHead, observer: BodyObserver | None
    ) -> bytes:
        """Read the body through its codings, no faster than the observer takes it. Returns what the observer does not
        take for itself."""
        record, recorder = order.record, order.recorder
        started = recorder.now()
        name = record.url[:200]
        stated = head.headers.get("content-encoding")
        codings = parse_codings(stated) if stated else []
        decoder = BodyDecoder(codings, name, self._config.max_body_bytes)
        stated = head.headers.get("content-length") or ""
        if stated.isdecimal() and order.request.method != "HEAD" and head.status not in (204, 304):
            decoder.expect(int(stated))
        shown = order.url.target[:120] if recorder.enabled else ""
        with recorder.span("receive", shown, ", ".join(codings)) as span:
            while (data := await conversation.receive_data()) is not None:
                decoder.feed(data)
                if observer is not None:
                    await _hand_on(decoder, observer)
            if decoder.encoded_size:
                decoder.end()
            if observer is not None:
                await _hand_on(decoder, observer)
            body = decoder.whole()
            span.count("bytes", decoder.encoded_size)
            span.count("decoded", decoder.decoded_size)
            if decoder.unknown:
                span.because(f"unknown content coding {', '.join(decoder.unknown)}: left as it is")
            for field, value in conversation.trailers:
                span.detail(f"trailer {field[:60]}", value[:200])
        record.timing.receive = recorder.now() - started
        record.body_size = decoder.encoded_size
        record.decoded_size = decoder.decoded_size
        return body


def _whole_target(url: URL) -> str:
    """The request target for a proxy that forwards (RFC 9112 section 3.2.2)."""
    return url.without_credentials().without_fragment().href


async def _hand_on(decoder: BodyDecoder, observer: BodyObserver) -> None:
    for piece in decoder.take(forget=observer.takes_body):
        observer.data(piece)
        await observer.ready()


def _doh_client(config: NetworkConfig) -> DoHClient | None:
    if not config.doh:
        return None
    from .doh_client import DoHClient  # noqa: PLC0415 - for those who ask for DNS over HTTPS

    return DoHClient(config)


def _tell_hints(on_head: OnHead, connection: HTTPConnection, status: int, headers: Headers) -> None:
    """Hand early hints on (RFC 8297); no other informational answer says anything to those who asked."""
    if status == 103:
        on_head(Answer(ResponseHead(status, "Early Hints", "", headers, 0), b"", connection, Headers()))
