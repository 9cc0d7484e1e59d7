"""Opens connections: name, TCP, proxy, TLS, and then the protocol that both sides speak."""

from __future__ import annotations

import asyncio
import os
import secrets
import ssl
from typing import TYPE_CHECKING, Final, final

from ..limits import MAX_AUTH_ATTEMPTS
from ..trace import Exchange, Recorder
from ..url import URL
from .address_guard import check_name, public_addresses
from .config import NetworkConfig
from .conversation import HTTPConnection
from .dns.layers import LayeredResolver
from .http1 import HTTP1Connection
from .proxy import Proxy, ProxyChallengeError, begin_tunnel, choose_proxy
from .proxy_auth import ProxyAuthenticators
from .response import TLSInfo
from .tcp import TCPConnector
from .wire import Wire, open_wire

if TYPE_CHECKING:
    from .tls import TLSSessions

_BOTH: Final = ("h2", "http/1.1")
_HTTP1: Final = ("http/1.1",)


@final
class Route:
    """Where a request goes: what its connection is for, which also says with whom it may be shared.

    Attributes:
        url: of the request.
        key: of the pool: origin, proxy and network partition.
        proxy: None for the direct way; forwarded: it gets the request whole.
        may_http2: whether HTTP/2 may be offered.
    """

    __slots__ = ("forwarded", "key", "may_http2", "proxy", "url")

    def __init__(self, url: URL, proxy: Proxy | None, key: str, may_http2: bool) -> None:
        self.url: Final = url
        self.proxy: Final = proxy
        self.key: Final = key
        self.may_http2: Final = may_http2 and url.scheme == "https"
        self.forwarded: Final = proxy is not None and proxy.forwards(url)

    @classmethod
    def to(cls, url: URL, proxy: Proxy | None, partition: str, may_http2: bool) -> Route:
        """The route for the requests of a partition to an origin."""
        key = f"{url.scheme}://{url.host}:{url.effective_port}"
        if proxy is not None:
            key += f" via {proxy.name}"
        return cls(url, proxy, f"{key} for {partition}", may_http2)


@final
class HTTPConnector:
    """What opening connections needs and remembers: the resolver, trust stores, TLS sessions."""

    def __init__(self, config: NetworkConfig, resolver: LayeredResolver) -> None:
        self._config: Final = config
        self._resolver: Final = resolver
        self._tcp: Final = TCPConnector(config.dialer)
        self.proxies: Final = ProxyAuthenticators(lambda: secrets.token_hex(16))
        self._contexts: Final[dict[tuple[str, ...], asyncio.Future[ssl.SSLContext]]] = {}
        self._sessions: TLSSessions | None = None
        self._warned = False

    def proxy_for(self, url: URL) -> Proxy | None:
        """The proxy that the configuration or the environment names for a URL."""
        config = self._config
        alone = config.dialer is not None or config.resolver is not None
        if config.proxy is None and alone:
            return None
        return choose_proxy(url, config.proxy, {} if alone else os.environ)

    async def open(self, route: Route, record: Exchange, recorder: Recorder) -> HTTPConnection:
        """A new connection. Raises `NetworkError`."""
        proxy, target = route.proxy, f"{route.url.host}:{route.url.effective_port}"
        for _ in range(MAX_AUTH_ATTEMPTS):
            sent = "" if proxy is None else self.proxies.ahead(proxy, "CONNECT", target)
            try:
                return await self._open(route, sent, record, recorder)
            except ProxyChallengeError as error:
                if proxy is None:
                    raise
                answer, words = self.proxies.answer(proxy, "CONNECT", target, error.challenges, sent)
                recorder.event("auth", proxy.name, words)
                if not answer:
                    raise
        return await self._open(route, "", record, recorder)

    async def _open(
        self, route: Route, authorization: str, record: Exchange, recorder: Recorder
    ) -> HTTPConnection:
        timing, url, proxy = record.timing, route.url, route.proxy
        host, port = (url.host, url.effective_port) if proxy is None else (proxy.host, proxy.port)
        alpn = _BOTH if route.may_http2 else _HTTP1
        if url.scheme == "https":
            self._context_ahead(alpn)
        deadline = recorder.now() + self._config.timeouts.connect
        started = recorder.now()
        addresses = await self.resolve(host, port, recorder)
        if self._config.block_private_networks:
            # The very addresses that are connected: a name that means another one the next time gains nothing.
            if proxy is None:
                addresses = public_addresses(host, addresses)
            else:
                check_name(url)
        timing.dns = recorder.now() - started
        started = recorder.now()
        left = max(0.001, deadline - recorder.now())
        sock, address = await self._tcp.connect(host, addresses, port, left, recorder)
        wire = await open_wire(sock)
        try:
            if proxy is not None and proxy.scheme == "https":
                at_proxy = URL(f"https://{proxy.host}:{proxy.port}/")
                await self._start_tls(wire, at_proxy, (_HTTP1, f"proxy {proxy.name}"), deadline, recorder)
            if proxy is not None and not route.forwarded:
                await self._tunnel(wire, (url, proxy, authorization), deadline, recorder)
            timing.connect = recorder.now() - started
            tls = None
            engine = None
            if url.scheme == "https":
                started = recorder.now()
                tls, engine = await self._start_tls(
                    wire, url, (alpn, _session_key(route)), deadline, recorder
                )
                timing.tls = recorder.now() - started
        except BaseException:
            wire.abort()
            raise
        idle = self._config.timeouts.idle
        if tls is not None and tls.alpn == "h2":
            from .http2 import HTTP2Connection  # noqa: PLC0415 - h2 takes 25 ms, for servers that speak it

            connection: HTTPConnection = HTTP2Connection(wire, url.host_port, address, tls, idle)
        else:
            connection = HTTP1Connection(wire, url.host_port, address, tls, idle)
        connection.engine = engine
        return connection

    def keep_session(self, route: Route, connection: HTTPConnection) -> None:
        """After an answer: the server has had the time to send what its session is resumed with."""
        if connection.engine is not None and self._sessions is not None:
            self._sessions.keep(_session_key(route), connection.engine)
            connection.engine = None

    async def resolve(self, host: str, port: int, recorder: Recorder) -> tuple[str, ...]:
        """The addresses of a name. Raises `NetworkError`."""
        answer = await self._resolver.look_up(host, port, self._config.timeouts.connect, recorder)
        return answer.addresses

    async def _tunnel(
        self, wire: Wire, what: tuple[URL, Proxy, str], deadline: float, recorder: Recorder
    ) -> None:
        """Have the proxy connect to the URL's host. `what`: the URL, the proxy and what it is told of us."""
        url, proxy, authorization = what
        theirs = None
        if proxy.scheme == "socks5":
            found = await self.resolve(url.host, url.effective_port, recorder)
            if self._config.block_private_networks:
                found = public_addresses(url.host, found)
            theirs = found[0]
        left = max(0.001, deadline - recorder.now())
        with recorder.span("proxy", proxy.name, f"a tunnel to {url.host_port}"):
            await begin_tunnel(wire, proxy, url, theirs, left, authorization)

    async def _start_tls(
        self, wire: Wire, url: URL, what: tuple[tuple[str, ...], str], deadline: float, recorder: Recorder
    ) -> tuple[TLSInfo, ssl.SSLObject]:
        """Shake hands with the URL's host. `what`: the protocols offered, and the key of the session."""
        from .tls import TLSSessions, open_tls  # noqa: PLC0415 - see _build_context

        alpn, key = what
        if self._sessions is None:
            self._sessions = TLSSessions()
        with recorder.span("tls", url.host) as span:
            # Shielded, because all connections share the context.
            context = await asyncio.shield(self._context_ahead(alpn))
            left = max(0.001, deadline - recorder.now())
            info, engine = await open_tls(wire, context, url, left, self._sessions.take(key))
            words = f"{info.version}, {info.cipher}" + (f", {info.alpn}" if info.alpn else "")
            words += ", resumed" if info.resumed else ""
            span.because(words + ("" if info.verified else ", NOT VERIFIED"))
            for name in ("version", "cipher", "alpn", "subject", "issuer", "expires"):
                span.detail(name, getattr(info, name))
            span.detail("resumed", "yes" if info.resumed else "no")
            span.detail("chain", " < ".join(info.chain))
        if not info.verified and not self._warned:
            self._warned = True
            recorder.event("warning", url.host, "certificates are NOT CHECKED: anybody may be in between")
        return info, engine

    def _context_ahead(self, alpn: tuple[str, ...]) -> asyncio.Future[ssl.SSLContext]:
        """The trust store takes 20 ms to read: a thread does it while the name is looked up and TCP connects."""
        future = self._contexts.get(alpn)
        if future is None:
            loop = asyncio.get_running_loop()
            future = self._contexts[alpn] = loop.run_in_executor(None, _build_context, self._config, alpn)
            # Seen, also when the connection fails before anybody asks for the context.
            future.add_done_callback(lambda done: done.cancelled() or done.exception())
        return future


def _session_key(route: Route) -> str:
    """A session belongs to the context that made it, and that to the protocols that are offered."""
    return f"{route.key} {'h2' if route.may_http2 else 'http/1.1'}"


def _build_context(config: NetworkConfig, alpn: tuple[str, ...]) -> ssl.SSLContext:
    from .tls import build_context  # noqa: PLC0415 - with the first https connection: certifi reads the disk

    return build_context(config, alpn)
