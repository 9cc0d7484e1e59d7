"""HTTP fetch: redirects, cookies, headers, a connection from the pool, one exchange on it
(https://fetch.spec.whatwg.org/#http-fetch). Request in, Response out.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import socket
import ssl
from dataclasses import replace
from typing import TYPE_CHECKING, Final, final
from urllib.parse import unquote_to_bytes

from ..errors import (
    ConnectionFailedError,
    ConnectionTimeoutError,
    EmptyResponseError,
    HTTPProtocolError,
    NavigationError,
    NetworkError,
    TLSProtocolError,
    TLSVersionError,
)
from ..trace import Exchange, Recorder
from ..url import URL, is_loopback_host
from .config import NetworkConfig
from .content_coding import BodyDecoder, parse_codings
from .cookies import CookieContext, CookieJar
from .dns import LayeredResolver, Resolver
from .dns.system import SystemResolver
from .headers import Headers, accept, accept_encoding
from .hsts import KnownHosts
from .http1 import HTTP1Connection, ResponseHead
from .http_cache import HTTPCache
from .mime_sniff import computed_mime_type
from .mime_type import extract_mime_type
from .pool import Limits, Pool, Slot, SlotState
from .proxy import Proxy, begin_tunnel, choose_proxy
from .redirect import REDIRECT_STATUSES, redirect_location, redirected_request
from .referrer import origin_header, referrer_header
from .request import Request
from .response import Response
from .tcp import TCPConnector, open_streams

if TYPE_CHECKING:
    from .cookie_store import CookieFile

_SAFE_TO_REPEAT: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
"""Idempotent methods (RFC 9110 section 9.2.2)."""


@final
class HTTPFetcher:
    """The network half of a session."""

    def __init__(self, config: NetworkConfig) -> None:
        self._config: Final = config
        self.cookies: Final = CookieJar(_is_public_suffix)
        self.hsts: Final = KnownHosts()
        self._hsts_loaded = False
        self._cookie_file: Final = _load_cookies(config, self.cookies)
        self.cache: Final = HTTPCache(config.cache_dir, config.clock, _same_site)
        self.resolver: Final = LayeredResolver(_upstream(config))
        self.pool: Final = Pool(
            Limits(config.max_connections_per_host, config.max_connections, config.keep_alive)
        )
        self._connector: Final = TCPConnector(config.dialer)
        self._tls_context: asyncio.Future[ssl.SSLContext] | None = None

    async def fetch(self, request: Request, recorder: Recorder) -> Response:
        """Fetch an http(s) URL, following redirects as the request says."""
        chain = [request.url]
        first_origin = URL(request.initiator or request.url).origin
        if self._config.cache_dir is not None and not self._hsts_loaded:
            self._hsts_loaded = True
            self._note_hsts(self.hsts.load(self._config.cache_dir, self._config.clock()), recorder)
        while True:
            url = URL(request.url)
            upgraded = self.hsts.upgraded(url, self._config.clock())
            if upgraded is not None:
                url, reason = upgraded
                recorder.event("redirect", url.href, reason)
                request = replace(request, url=url.href)
                chain.append(url.href)
            try:
                response = await self._exchange(request, url, first_origin, recorder)
            except (ConnectionFailedError, ConnectionTimeoutError, TLSProtocolError) as error:
                plain = self._without_tls(request, url, error)
                if plain is None:
                    raise
                recorder.event("redirect", plain.href, f"https first, but {error}")
                request = replace(request, url=plain.href, http_fallback=False)
                chain[-1] = plain.href
                first_origin = URL(request.initiator or request.url).origin
                continue
            target = (
                redirect_location(url, response.headers) if response.status in REDIRECT_STATUSES else None
            )
            if target is None or request.redirect == "manual":
                return replace(response, url_list=tuple(chain))
            if request.redirect == "error":
                raise HTTPProtocolError(f"{url}: a redirect to {target}, which is not wanted here", url.href)
            request = redirected_request(request, response.status, target, chain)
            recorder.event("redirect", target.href, f"{response.status} {response.status_text}".rstrip())
            chain.append(target.href)

    def _without_tls(self, request: Request, url: URL, error: NetworkError) -> URL | None:
        """The http URL to be tried where https was only our guess and nothing speaks it there; a certificate that is
        wrong is an answer, and so is HSTS."""
        if not request.http_fallback or url.scheme != "https" or request.url != url.href:
            return None
        if isinstance(error, EmptyResponseError | TLSVersionError):
            return None
        plain = URL("http" + url.href[len("https") :])
        return None if self.hsts.upgraded(plain, self._config.clock()) is not None else plain

    async def close(self) -> None:
        """Close connections, lookups and what the caller's resolver holds."""
        await self.cache.close()
        await self.pool.close()
        await self.resolver.close()
        if self._config.cache_dir is not None:
            # What cannot be saved is a loss of speed and safety for the next run, not a failure of this one.
            with contextlib.suppress(OSError):
                self.hsts.save(self._config.cache_dir, self._config.clock())
        if self._cookie_file is not None:
            self._cookie_file.save(self.cookies)

    async def _exchange(self, request: Request, url: URL, first_origin: str, recorder: Recorder) -> Response:
        """One request and its answer, noted for HAR, whatever comes of it."""
        record = recorder.begin_exchange(request.method, url.without_fragment().href)
        record.destination = request.destination
        try:
            headers = self._headers(request, url, first_origin, recorder)
            if "Range" in headers:
                headers.set("Accept-Encoding", "identity")  # a part of a coded body cannot be decoded

            async def send(headers: Headers, record: Exchange) -> Response:
                return await self._exchange_with_retry(request, url, headers, record, recorder)

            record.request_headers = headers.items()
            mode = request.cache or self._config.cache
            return await self.cache.fetch(replace(request, cache=mode), headers, record, recorder, send)
        except NavigationError as error:
            record.error = str(error)
            if not error.url:
                error.url = url.href
            raise
        except asyncio.CancelledError:
            record.error = "cancelled"
            raise

    async def _exchange_with_retry(
        self, request: Request, url: URL, headers: Headers, record: Exchange, recorder: Recorder
    ) -> Response:
        """A request that died on a reused connection before any answer goes out once more, on a fresh one
        (RFC 9110 section 9.2.2)."""
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
                head, body = await self._converse(connection, request, url, headers, record, recorder)
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
            self._store_cookies(request, url, head.headers, recorder)
            if connection.tls is not None and connection.tls.verified:
                values = head.headers.get_all("strict-transport-security")
                self._note_hsts(self.hsts.note(values, url, self._config.clock()), recorder)
            return _response(request, url, head, body, connection, record)

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
        addresses = await self._resolve(host, recorder)
        timing.dns = recorder.now() - started
        started = recorder.now()
        left = max(0.001, deadline - recorder.now())
        sock, address = await self._connector.connect(host, addresses, port, left, recorder)
        if proxy is not None and not proxy.forwards(url):
            try:
                theirs = (await self._resolve(url.host, recorder))[0] if proxy.scheme == "socks5" else None
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

    async def _resolve(self, host: str, recorder: Recorder) -> tuple[str, ...]:
        with recorder.span("dns", host) as span:
            try:
                async with asyncio.timeout(self._config.timeouts.connect):
                    answer = await self.resolver.resolve(host)
            except TimeoutError as error:
                raise ConnectionTimeoutError(f"no address for host {host} within the time limit") from error
            span.because(answer.reason)
            span.detail("addresses", " ".join(answer.addresses))
            return answer.addresses

    def _proxy_for(self, url: URL) -> Proxy | None:
        config = self._config
        alone = config.dialer is not None or config.resolver is not None
        return choose_proxy(url, config.proxy, {} if alone else os.environ)

    async def _converse(
        self,
        connection: HTTP1Connection,
        request: Request,
        url: URL,
        headers: Headers,
        record: Exchange,
        recorder: Recorder,
    ) -> tuple[ResponseHead, bytes]:
        """Send the request, wait for the head, read the body through its codings."""
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
            span.because(f"{head.status} {head.status_text}".rstrip())
        waited = recorder.now()
        timing.wait = waited - sent
        record.http_version = head.http_version
        record.status = head.status
        record.status_text = head.status_text
        record.response_headers = head.headers.items()
        record.redirect_url = head.headers.get("location", "") or ""
        record.head_size = head.size
        record.server_address = connection.remote_address.rpartition(":")[0].strip("[]")
        codings = parse_codings(head.headers.get("content-encoding"))
        decoder = BodyDecoder(codings, url.href[:200], self._config.max_body_bytes)
        stated = head.headers.get("content-length") or ""
        if stated.isdecimal() and request.method != "HEAD" and head.status not in (204, 304):
            decoder.expect(int(stated))
        with recorder.span("receive", url.target[:120], ", ".join(codings)) as span:
            while (data := await connection.receive_data()) is not None:
                decoder.feed(data)
            body = decoder.finish() if decoder.encoded_size else b""
            span.count("bytes", decoder.encoded_size)
            span.count("decoded", len(body))
            if decoder.unknown:
                span.because(f"unknown content coding {', '.join(decoder.unknown)}: left as it is")
        timing.receive = recorder.now() - waited
        record.body_size = decoder.encoded_size
        record.decoded_size = len(body)
        return head, body

    def _headers(self, request: Request, url: URL, first_origin: str, recorder: Recorder) -> Headers:
        cookie = ""
        if self.cookies.reach(url) and _sends_credentials(request, url):
            cookie, held = self.cookies.header_for(url, self._config.clock(), _cookie_context(request, url))
            for reason in held:
                recorder.event("cookie", url.host, reason)
        return build_headers(request, url, self._config, cookie, first_origin)

    def _store_cookies(self, request: Request, url: URL, headers: Headers, recorder: Recorder) -> None:
        values = headers.get_all("set-cookie")
        if not values or not _sends_credentials(request, url):
            return
        context = _cookie_context(request, url)
        for value in values:
            reason = self.cookies.store(value, url, self._config.clock(), context)
            if reason:
                name = value.partition("=")[0][:60]
                recorder.event("cookie", url.host, f"cookie {name} not stored: {reason}")

    @staticmethod
    def _note_hsts(words: str, recorder: Recorder) -> None:
        if words:
            recorder.event("hsts", words)

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


def build_headers(
    request: Request, url: URL, config: NetworkConfig, cookie: str, first_origin: str
) -> Headers:
    """The headers as they go out, in the order of browsers. Pure.

    The request's own headers and then the session's extra ones take the place of ours; credentials among the
    extra ones go only to `first_origin`, where the fetch started.
    """
    headers = Headers([("Host", url.host_port), ("Connection", "keep-alive")])
    if request.body is not None or request.method in ("POST", "PUT", "PATCH"):
        headers.add("Content-Length", str(len(request.body or b"")))
    if request.is_navigation:
        headers.add("Upgrade-Insecure-Requests", "1")
    headers.add("User-Agent", config.user_agent)
    headers.add("Accept", accept(request.destination))
    origin = origin_header(request.method, request.effective_mode, request.initiator, url)
    if origin:
        headers.add("Origin", origin)
    referrer = referrer_header(request.referrer, url)
    if referrer:
        headers.add("Referer", referrer)
    headers.add("Accept-Encoding", accept_encoding(url))
    if config.accept_language:
        headers.add("Accept-Language", config.accept_language)
    if cookie:
        headers.add("Cookie", cookie)
    if (url.username or url.password) and request.effective_credentials != "omit":
        pair = unquote_to_bytes(url.username) + b":" + unquote_to_bytes(url.password)
        headers.add("Authorization", "Basic " + base64.b64encode(pair).decode("ascii"))
    own: set[str] = set()
    for name, value in request.headers.items():
        if name.lower() in own:
            headers.add(name, value)
        else:
            headers.set(name, value)
            own.add(name.lower())
    for name, value in config.extra_headers.items():
        if name.lower() in ("authorization", "cookie", "proxy-authorization") and url.origin != first_origin:
            continue
        headers.set(name, value)
    return headers


def _response(
    request: Request, url: URL, head: ResponseHead, body: bytes, connection: HTTP1Connection, record: Exchange
) -> Response:
    stated = head.headers.get_all("content-type")
    kind = extract_mime_type(stated)
    response = Response(
        url=url.href,
        url_list=(url.href,),
        status=head.status,
        status_text=head.status_text,
        headers=head.headers,
        body=body,
        charset=kind.charset if kind is not None else None,
        timing=record.timing,
        remote_address=connection.remote_address,
        http_version=head.http_version,
        tls=connection.tls,
        encoded_size=record.body_size,
    )
    mime_type = computed_mime_type(
        body, stated[-1] if stated else "", nosniff=response.nosniff, destination=request.destination
    )
    record.mime_type = mime_type
    return replace(response, mime_type=mime_type)


def _sends_credentials(request: Request, url: URL) -> bool:
    mode = request.effective_credentials
    if mode == "same-origin" and request.initiator:
        return URL(request.initiator).origin == url.origin
    return mode != "omit"


def _cookie_context(request: Request, url: URL) -> CookieContext:
    """Same-site or not (RFC 6265bis section 5.2). What a person asks for is same-site with everything.

    TODO: a redirect chain through another site makes a request cross-site.
    """
    if not request.initiator:
        return CookieContext()
    source = URL(request.initiator)
    top = url if request.destination == "document" else URL(request.top_level or request.initiator)
    same_site = source.scheme == url.scheme and (source.host == url.host or _site(source) == _site(url))
    safe = request.destination == "document" and request.method in ("GET", "HEAD", "OPTIONS", "TRACE")
    return CookieContext(same_site, safe, top)


def _site(url: URL) -> str:
    if is_loopback_host(url.host):
        return url.host
    from .public_suffix import registrable_domain  # noqa: PLC0415 - the list takes 10 ms to load

    return registrable_domain(url.host) or url.host


def _same_site(one: str, other: str) -> bool:
    """Whether two hosts are of one site; schemes ("data:") and loopback hosts are sites of their own."""
    if ":" in one + other or is_loopback_host(one) or is_loopback_host(other):
        return one == other
    from .public_suffix import registrable_domain  # noqa: PLC0415 - the list takes 10 ms to load

    return one == other or "" != registrable_domain(one) == registrable_domain(other)


def _is_public_suffix(domain: str) -> bool:
    from .public_suffix import is_public_suffix  # noqa: PLC0415 - the list takes 10 ms to load

    return is_public_suffix(domain)


def _build_tls_context(config: NetworkConfig) -> ssl.SSLContext:
    from .tls import build_context  # noqa: PLC0415 - with the first https connection: certifi reads the disk

    return build_context(config)


def _load_cookies(config: NetworkConfig, jar: CookieJar) -> CookieFile | None:
    """Fill the jar from the files that the caller names; returns the one to write."""
    if config.cookie_jar is None and config.storage_state is None:
        return None
    from .cookie_store import CookieFile, read_storage_state  # noqa: PLC0415 - for those who save cookies

    file = None
    if config.cookie_jar is not None:
        file = CookieFile(config.cookie_jar)
        file.load(jar, config.clock())
    if config.storage_state is not None:
        for cookie in read_storage_state(config.storage_state, config.clock()):
            jar.add(cookie, config.clock())
    return file


def _upstream(config: NetworkConfig) -> Resolver:
    if config.resolver is not None:
        return config.resolver
    if config.nameservers:
        from .dns.server import ServerResolver  # noqa: PLC0415 - aiodns takes 50 ms

        return ServerResolver(config.nameservers)
    return SystemResolver()
