"""The network under HTTP fetch: one exchange over a connection from the pool (names, TCP, proxy, TLS, HTTP).

`http_fetch` decides what is asked and what its answer means; this module gets the question there and the answer back.
"""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, final

from ..errors import EmptyResponseError
from ..trace import Exchange, Recorder
from ..trace.server_timing import server_timing_words
from ..url import URL
from .address_guard import check_name, public_addresses
from .config import NetworkConfig
from .content_coding import BodyDecoder, parse_codings
from .dns import build_resolver
from .headers import Headers
from .http1 import HTTP1Connection, ResponseHead
from .pool import Limits, Pool, Slot, SlotState
from .proxy import Proxy, begin_tunnel, choose_proxy
from .request import Request
from .response import TLSInfo
from .streaming import BodyObserver
from .tcp import TCPConnector, open_streams

if TYPE_CHECKING:
    from .doh_client import DoHClient

_SAFE_TO_REPEAT: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
"""Idempotent methods (RFC 9110 section 9.2.2)."""


@final
class Answer:
    """What came back for one request: the head, the decoded body, and facts of the connection."""

    __slots__ = ("body", "head", "remote_address", "tls")

    def __init__(self, head: ResponseHead, body: bytes, remote_address: str, tls: TLSInfo | None) -> None:
        self.head: Final = head
        self.body: Final = body
        self.remote_address: Final = remote_address
        self.tls: Final = tls


OnHead = Callable[[Answer], BodyObserver | None]
"""Is told of the final head (the body is empty still) and says who wants to see the body come."""


@final
class HTTPNetwork:
    """Connections of a session, and what they need: the resolver, the pool, the trust store."""

    def __init__(self, config: NetworkConfig) -> None:
        self._config: Final = config
        self._doh: Final = _doh_client(config)
        self.resolver: Final = build_resolver(config, self._doh.fetch if self._doh is not None else None)
        self.pool: Final = Pool(
            Limits(config.max_connections_per_host, config.max_connections, config.keep_alive)
        )
        self._connector: Final = TCPConnector(config.dialer)
        self._tls_context: asyncio.Future[ssl.SSLContext] | None = None

    async def close(self) -> None:
        """Close connections, lookups and what the caller's resolver holds."""
        await self.pool.close()
        await self.resolver.close()
        if self._doh is not None:
            await self._doh.close()

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
        here, and what it returns is told of the body.

        A request that died on a reused connection before any answer goes out once more, on a fresh one
        (RFC 9110 section 9.2.2).
        """
        proxy = self._proxy_for(url)
        if proxy is not None and proxy.forwards(url) and proxy.authorization:
            headers = headers.copy()
            headers.set("Proxy-Authorization", proxy.authorization)
        record.request_headers = headers.items()
        record.request_body = request.body if recorder.keep_bodies else None
        fresh = False
        while True:
            slot, connection, opened = await self._connection(request, url, fresh, record, recorder)
            reusable = False
            try:
                head = await self._ask(connection, request, url, headers, record, recorder)
                answer = Answer(head, b"", connection.remote_address, connection.tls)
                observer = on_head(answer)
                body = await self._receive(connection, head, request, record, recorder, observer)
                reusable = connection.finish()
                slot.uses += 1
            except EmptyResponseError as error:
                if opened or request.method not in _SAFE_TO_REPEAT:
                    raise
                recorder.event("retry", url.host_port, f"connection {slot.number} was dead: {error}")
                fresh = True
                continue
            finally:
                self.pool.release(slot, reusable=reusable)
            record.body = body if recorder.keep_bodies else None
            return Answer(head, body, connection.remote_address, connection.tls)

    async def _connection(
        self, request: Request, url: URL, fresh: bool, record: Exchange, recorder: Recorder
    ) -> tuple[Slot, HTTP1Connection, bool]:
        """A slot with a connection in it, and whether it was opened for this request."""
        slot = await self._acquire(request, url, fresh, record, recorder)
        opened = False
        while not isinstance(slot.connection, HTTP1Connection):
            try:
                slot.connection = await self._open(url, record, recorder)
            except BaseException:
                self.pool.release(slot, reusable=False)
                raise
            opened = True
            if not fresh and self.pool.has_more_urgent(slot):
                mine = slot
                with recorder.span("queue", url.host_port, "a more urgent request took the new connection"):
                    slot = await self.pool.offer(mine)
                opened = slot is mine
        if not opened:
            kind = "reused" if slot.uses else "opened for another request"
            recorder.event("connect", url.host_port, f"connection {slot.number} {kind}")
        record.connection = str(slot.number)
        return slot, slot.connection, opened

    async def _acquire(
        self, request: Request, url: URL, fresh: bool, record: Exchange, recorder: Recorder
    ) -> Slot:
        key = f"{url.scheme}://{url.host}:{url.effective_port}"
        proxy = self._proxy_for(url)
        if proxy is not None:
            key += f" via {proxy.name}"
        started = recorder.now()
        busy = sum(1 for slot in self.pool.slots if slot.key == key and slot.state is SlotState.ACTIVE)
        if busy < self._config.max_connections_per_host:
            slot = await self.pool.acquire(key, request.effective_priority, fresh)
        else:
            with recorder.span("queue", url.host_port, f"{busy} connections to {url.host_port} are busy"):
                slot = await self.pool.acquire(key, request.effective_priority, fresh)
        record.timing.blocked = max(0.0, record.timing.blocked) + recorder.now() - started
        return slot

    async def _open(self, url: URL, record: Exchange, recorder: Recorder) -> HTTP1Connection:
        """A new connection: name, TCP, proxy, TLS."""
        timing = record.timing
        proxy = self._proxy_for(url)
        host, port = (url.host, url.effective_port) if proxy is None else (proxy.host, proxy.port)
        context = self._tls_context_ahead() if url.scheme == "https" else None
        deadline = recorder.now() + self._config.timeouts.connect
        started = recorder.now()
        addresses = await self._resolve(host, port, recorder)
        if self._config.block_private_networks:
            # The very addresses that are connected: a name that means another one the next time gains nothing.
            if proxy is None:
                addresses = public_addresses(host, addresses)
            else:
                check_name(url)
        timing.dns = recorder.now() - started
        started = recorder.now()
        left = max(0.001, deadline - recorder.now())
        sock, address = await self._connector.connect(host, addresses, port, left, recorder)
        if proxy is not None and not proxy.forwards(url):
            try:
                theirs = None
                if proxy.scheme == "socks5":
                    found = await self._resolve(url.host, url.effective_port, recorder)
                    if self._config.block_private_networks:
                        found = public_addresses(url.host, found)
                    theirs = found[0]
            except BaseException:
                sock.close()
                raise
            left = max(0.001, deadline - recorder.now())
            with recorder.span("proxy", proxy.name, f"a tunnel to {url.host_port}"):
                await begin_tunnel(sock, proxy, url, theirs, left)
        timing.connect = recorder.now() - started
        tls = None
        if context is not None:
            from .tls import open_tls  # noqa: PLC0415 - see _build_tls_context

            started = recorder.now()
            left = max(0.001, deadline - recorder.now())
            with recorder.span("tls", url.host) as span:
                streams, tls = await open_tls(sock, await self._ready(context, sock), url, left)
                span.because(f"{tls.version}, {tls.cipher}" + ("" if tls.verified else ", NOT VERIFIED"))
                for name in ("version", "cipher", "alpn", "subject", "issuer", "expires"):
                    span.detail(name, getattr(tls, name))
            timing.tls = recorder.now() - started
        else:
            streams = await open_streams(sock)
        return HTTP1Connection(streams, url.host_port, address, tls, self._config.timeouts.idle)

    async def _resolve(self, host: str, port: int, recorder: Recorder) -> tuple[str, ...]:
        answer = await self.resolver.look_up(host, port, self._config.timeouts.connect, recorder)
        return answer.addresses

    def _proxy_for(self, url: URL) -> Proxy | None:
        config = self._config
        alone = config.dialer is not None or config.resolver is not None
        return choose_proxy(url, config.proxy, {} if alone else os.environ)

    async def _ask(
        self,
        connection: HTTP1Connection,
        request: Request,
        url: URL,
        headers: Headers,
        record: Exchange,
        recorder: Recorder,
    ) -> ResponseHead:
        """Send the request, wait for the head."""
        timing = record.timing
        started = recorder.now()
        proxy = self._proxy_for(url)
        target = url.target
        if proxy is not None and proxy.forwards(url):
            target = url.without_credentials().without_fragment().href
        with recorder.span("send", url.target[:120]) as span:
            record.request_head_size = await connection.send_request(
                request.method, target, headers, request.body
            )
            span.count("bytes", record.request_head_size + len(request.body or b""))
        sent = recorder.now()
        timing.send = sent - started
        with recorder.span("wait", url.host_port) as span:
            head = await connection.receive_head()
            told = server_timing_words(head.headers.get_all("server-timing")) if recorder.enabled else ""
            span.because(f"{head.status} {head.status_text}".rstrip() + (f"; {told}" if told else ""))
        waited = recorder.now()
        timing.wait = waited - sent
        record.http_version = head.http_version
        record.status = head.status
        record.status_text = head.status_text
        record.response_headers = head.headers.items()
        record.redirect_url = head.headers.get("location", "") or ""
        record.head_size = head.size
        record.server_address = connection.remote_address.rpartition(":")[0].strip("[]")
        return head

    async def _receive(
        self,
        connection: HTTP1Connection,
        head: ResponseHead,
        request: Request,
        record: Exchange,
        recorder: Recorder,
        observer: BodyObserver | None,
    ) -> bytes:
        """Read the body through its codings, no faster than the observer takes it. Returns what the observer does not
        take for itself."""
        started = recorder.now()
        name = record.url[:200]
        codings = parse_codings(head.headers.get("content-encoding"))
        decoder = BodyDecoder(codings, name, self._config.max_body_bytes)
        stated = head.headers.get("content-length") or ""
        if stated.isdecimal() and request.method != "HEAD" and head.status not in (204, 304):
            decoder.expect(int(stated))
        with recorder.span("receive", name, ", ".join(codings)) as span:
            while (data := await connection.receive_data()) is not None:
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
        record.timing.receive = recorder.now() - started
        record.body_size = decoder.encoded_size
        record.decoded_size = decoder.decoded_size
        return body

    def _tls_context_ahead(self) -> asyncio.Future[ssl.SSLContext]:
        """The trust store takes 20 ms to read: a thread does it while the name is looked up and TCP connects."""
        if self._tls_context is None:
            loop = asyncio.get_running_loop()
            self._tls_context = loop.run_in_executor(None, _build_tls_context, self._config)
            # Seen, also when the connection fails before anybody asks for the context.
            self._tls_context.add_done_callback(lambda done: done.cancelled() or done.exception())
        return self._tls_context

    @staticmethod
    async def _ready(context: asyncio.Future[ssl.SSLContext], sock: socket.socket) -> ssl.SSLContext:
        """The context; the socket is closed when there is none. Shielded, because all connections share it."""
        try:
            return await asyncio.shield(context)
        except BaseException:
            sock.close()
            raise


async def _hand_on(decoder: BodyDecoder, observer: BodyObserver) -> None:
    for piece in decoder.take(forget=observer.takes_body):
        observer.data(piece)
        await observer.ready()


def _build_tls_context(config: NetworkConfig) -> ssl.SSLContext:
    from .tls import build_context  # noqa: PLC0415 - with the first https connection: certifi reads the disk

    return build_context(config)


def _doh_client(config: NetworkConfig) -> DoHClient | None:
    if not config.doh:
        return None
    from .doh_client import DoHClient  # noqa: PLC0415 - for those who ask for DNS over HTTPS

    return DoHClient(config)
