"""Proxies: which one a URL goes through, as curl reads the environment, and how a connection through it begins.

`choose_proxy` is pure; `begin_tunnel` speaks CONNECT (RFC 9110 section 9.3.6) and SOCKS 5 (RFC 1928, RFC 1929) on a
connected socket.
"""

from __future__ import annotations

import asyncio
import base64
import ipaddress
import re
from collections.abc import Mapping
from typing import Final, final
from urllib.parse import unquote

from ..errors import ConnectionTimeoutError, InvalidURLError, ProxyError, UsageError
from ..limits import MAX_PROXY_HEAD_BYTES
from ..url import URL, is_loopback_host
from .tcp import os_error_words
from .wire import Wire

_PORTS: Final = {"http": 1080, "https": 443, "socks5": 1080, "socks5h": 1080}
"""curl's default ports."""
_PATIENCE: Final = 3600.0
"""The tunnel's own time limit comes first."""
_STATUS_LINE: Final = re.compile(rb"HTTP/1\.[01] (\d{3})(?: ([^\r\n]*))?\r?\n")
_CHALLENGE: Final = re.compile(rb"^proxy-authenticate[ \t]*:([^\n]*)", re.IGNORECASE | re.MULTILINE)
_END_OF_HEAD: Final = re.compile(rb"\n\r?\n")
_SOCKS_ERRORS: Final = {
    1: "it failed", 2: "its rules forbid it", 3: "network unreachable", 4: "host unreachable",
    5: "connection refused", 6: "time to live expired", 7: "command not supported", 8: "address type not supported",
}  # fmt: skip
"""RFC 1928 section 6."""


@final
class Proxy:
    """A proxy server. `scheme`: "http", "https" (TLS to the proxy itself), "socks5" (names are looked up here) or
    "socks5h" (there)."""

    __slots__ = ("host", "password", "port", "scheme", "username")

    def __init__(self, scheme: str, host: str, port: int, username: str = "", password: str = "") -> None:
        self.scheme: Final = scheme
        self.host: Final = host
        self.port: Final = port
        self.username: Final = username
        self.password: Final = password

    @property
    def name(self) -> str:
        """For people and keys, without credentials."""
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def authorization(self) -> str:
        """The `Proxy-Authorization` value, "" without credentials."""
        if not (self.username or self.password):
            return ""
        return "Basic " + base64.b64encode(f"{self.username}:{self.password}".encode()).decode("ascii")

    @property
    def is_http(self) -> bool:
        """Whether it speaks HTTP, over TLS or not."""
        return self.scheme in ("http", "https")

    def forwards(self, url: URL) -> bool:
        """Whether requests for the URL are handed to the proxy whole, instead of through a tunnel."""
        return self.is_http and url.scheme == "http"

    def __repr__(self) -> str:
        return f"<Proxy {self.name}>"


def parse_proxy(text: str) -> Proxy:
    """A proxy as curl writes it: `[scheme://][user:password@]host[:port]`. Raises `UsageError`."""
    scheme, separator, rest = text.strip().partition("://")
    if not separator:
        scheme, rest = "http", scheme
    scheme = {"socks": "socks5", "socks5": "socks5"}.get(scheme.lower(), scheme.lower())
    if scheme not in _PORTS:
        raise UsageError(
            f"a proxy of the kind {scheme}:// is not supported: http, https, socks5 and socks5h are"
        )
    try:
        # As a URL of a scheme whose default port no proxy has, so that every port is told.
        url = URL("ws://" + rest.split("/", 1)[0])
    except InvalidURLError as error:
        raise UsageError(f"not the address of a proxy: {scheme}://{rest.rpartition('@')[2]}") from error
    port = url.effective_port if re.search(r":\d+\Z", rest.split("/", 1)[0]) else _PORTS[scheme]
    return Proxy(scheme, url.host, port, unquote(url.username), unquote(url.password))


def choose_proxy(url: URL, named: str | None, environment: Mapping[str, str]) -> Proxy | None:
    """The proxy for a URL, or None for a direct connection.

    `named` is the caller's, "" for none at all; None leaves it to the environment, read as curl does: `http_proxy`
    (in lower case only: a CGI program's HTTP_PROXY comes from a request's header), `https_proxy`, `all_proxy`,
    `no_proxy`. Loopback is reached directly then, as in Chromium.
    """
    if named is not None:
        return parse_proxy(named) if named else None
    names = [f"{url.scheme}_proxy", "all_proxy"]
    found = ""
    for name in names:
        found = environment.get(name) or ("" if name == "http_proxy" else environment.get(name.upper(), ""))
        if found:
            break
    if not found or is_loopback_host(url.host):
        return None
    if bypasses(url.host, environment.get("no_proxy") or environment.get("NO_PROXY", "")):
        return None
    return parse_proxy(found)


def bypasses(host: str, no_proxy: str) -> bool:
    """Whether a host is on curl's `no_proxy` list: names with all that is below them, addresses, networks, `*`."""
    if no_proxy.strip() == "*":
        return True
    host = host.strip("[]").lower().removesuffix(".")
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        address = None
    for entry in re.split(r"[,\s]+", no_proxy.lower()):
        entry = entry.replace("[", "").replace("]", "").removesuffix(".")
        if not entry:
            continue
        if address is not None:
            try:
                if address in ipaddress.ip_network(entry, strict=False):
                    return True
            except ValueError:
                continue
        else:
            entry = entry.removeprefix("*").removeprefix(".")
            if host == entry or host.endswith("." + entry):
                return True
    return False


@final
class ProxyChallengeError(ProxyError):
    """The proxy wants (other) credentials. `challenges` are the values of its `Proxy-Authenticate` headers."""

    def __init__(self, message: str, challenges: list[str]) -> None:
        super().__init__(message)
        self.challenges: Final = challenges


async def begin_tunnel(
    wire: Wire, proxy: Proxy, url: URL, address: str | None, seconds: float, authorization: str = ""
) -> None:
    """Ask the proxy for a connection to the URL's host; the wire is aborted when it refuses.

    `address` is the host's IP address where it was looked up here, None to have the proxy do it; `authorization` is
    told to an HTTP proxy. Raises `ProxyError`, `ProxyChallengeError` and `ConnectionTimeoutError`.
    """
    try:
        async with asyncio.timeout(seconds):
            if proxy.is_http:
                await _connect(wire, proxy, url, authorization)
            else:
                await _socks(wire, proxy, url, address)
    except TimeoutError as error:
        wire.abort()
        raise ConnectionTimeoutError(f"the proxy {proxy.name} is silent") from error
    except OSError as error:
        wire.abort()
        raise ProxyError(f"the proxy {proxy.name} broke the connection: {os_error_words(error)}") from error
    except BaseException:
        wire.abort()
        raise


async def _connect(wire: Wire, proxy: Proxy, url: URL, authorization: str) -> None:
    target = f"{url.host}:{url.effective_port}"
    head = f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n"
    if authorization:
        head += f"Proxy-Authorization: {authorization}\r\n"
    wire.write((head + "\r\n").encode("latin-1"))
    answer = b""
    while (end := _END_OF_HEAD.search(answer)) is None:
        data = await wire.read(_PATIENCE)
        answer += data
        if not data or len(answer) > MAX_PROXY_HEAD_BYTES:
            raise ProxyError(f"the proxy {proxy.name} did not answer as one")
    status = _STATUS_LINE.match(answer)
    if status is None:
        raise ProxyError(f"the proxy {proxy.name} did not answer as one")
    if not status[1].startswith(b"2"):
        words = (status[1] + b" " + (status[2] or b"")).decode("latin-1").strip()
        refusal = f"the proxy {proxy.name} does not connect to {target}: {words}"
        if status[1] == b"407":
            wanted = "it refuses the credentials" if authorization else "it wants credentials"
            lines = _CHALLENGE.findall(answer[: end.end()])
            raise ProxyChallengeError(
                f"{refusal}: {wanted}", [line.decode("latin-1").strip(" \t\r") for line in lines]
            )
        raise ProxyError(refusal)
    if end.end() != len(answer):
        raise ProxyError(f"the proxy {proxy.name} spoke before it was its turn")


async def _socks(wire: Wire, proxy: Proxy, url: URL, address: str | None) -> None:
    answers = _Answers(wire, proxy)
    methods = b"\x00\x02" if proxy.authorization else b"\x00"
    wire.write(b"\x05" + bytes([len(methods)]) + methods)
    version, method = await answers.exactly(2)
    if version != 5:
        raise ProxyError(f"the proxy {proxy.name} does not speak SOCKS 5")
    if method == 2 and proxy.authorization:
        name, password = proxy.username.encode()[:255], proxy.password.encode()[:255]
        wire.write(b"\x01" + bytes([len(name)]) + name + bytes([len(password)]) + password)
        if (await answers.exactly(2))[1] != 0:
            raise ProxyError(f"the proxy {proxy.name} refuses the credentials")
    elif method != 0:
        wanted = "wants credentials" if not proxy.authorization else "takes no way to sign in that we know"
        raise ProxyError(f"the proxy {proxy.name} {wanted}")
    port = url.effective_port.to_bytes(2, "big")
    wire.write(b"\x05\x01\x00" + _socks_address(url, address) + port)
    _, reply, _, kind = await answers.exactly(4)
    if reply != 0:
        words = _SOCKS_ERRORS.get(reply, f"error {reply}")
        raise ProxyError(f"the proxy {proxy.name} does not connect to {url.host_port}: {words}")
    length = {1: 4, 4: 16}.get(kind) or (await answers.exactly(1))[0]
    await answers.exactly(length + 2)
    if answers.rest:
        raise ProxyError(f"the proxy {proxy.name} spoke before it was its turn")


def _socks_address(url: URL, address: str | None) -> bytes:
    """Type and address (RFC 1928 section 5)."""
    host = (address or url.host).strip("[]")
    try:
        packed = ipaddress.ip_address(host).packed
    except ValueError:
        name = host.encode("ascii")
        if len(name) > 255:
            raise ProxyError(f"too long a name for SOCKS: {host[:60]}...") from None
        return b"\x03" + bytes([len(name)]) + name
    return (b"\x01" if len(packed) == 4 else b"\x04") + packed


@final
class _Answers:
    """What a SOCKS proxy sends, in pieces of known length."""

    __slots__ = ("_proxy", "_wire", "rest")

    def __init__(self, wire: Wire, proxy: Proxy) -> None:
        self._wire: Final = wire
        self._proxy: Final = proxy
        self.rest = b""

    async def exactly(self, count: int) -> bytes:
        while len(self.rest) < count:
            more = await self._wire.read(_PATIENCE)
            if not more:
                raise ProxyError(f"the proxy {self._proxy.name} hung up")
            self.rest += more
        found, self.rest = self.rest[:count], self.rest[count:]
        return found
