"""What a caller may set about the network. Immutable; a session takes one and keeps it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, final

from ..errors import UsageError
from ..limits import (
    CONNECT_TIMEOUT,
    DEFAULT_TIMEOUT,
    KEEP_ALIVE_SECONDS,
    MAX_BODY_BYTES,
    MAX_CONNECTIONS,
    MAX_CONNECTIONS_PER_HOST,
    RESPONSE_TIMEOUT,
)
from .headers import DEFAULT_ACCEPT_LANGUAGE, DEFAULT_USER_AGENT
from .request import CACHE_MODES

if TYPE_CHECKING:
    from .auth import HTTPCredentials
    from .dns.resolver import Resolver

DNS_MODES: Final = ("auto", "system", "servers", "iterative")

CookieFields = dict[str, str | float | bool]
"""A cookie in Playwright's words: name, value, domain, path, expires, httpOnly, secure, sameSite, partitionKey."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds. `connect` is for TCP and TLS together, `idle` for the wait between bytes, `total` for one fetch
    with its redirects."""

    connect: float = CONNECT_TIMEOUT
    idle: float = RESPONSE_TIMEOUT
    total: float = DEFAULT_TIMEOUT * 4


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkConfig:
    """The settings of a session.

    Attributes:
        extra_headers: sent with every request; they replace our own of the same name.
        ca_files: PEM files, ca_data: PEM text, trusted beside certifi's authorities.
        client_cert, client_key: PEM files for servers that want to know who asks; the key may be in the first file.
            client_key_password: for a key that is encrypted.
        http2: HTTP/2 is offered to https servers.
        insecure: certificates are not checked.
        dns: who answers for names that no layer in front knows: "system", "servers" (the machine's DNS servers,
            asked by us, then the system), "iterative" (our own walk from the root servers), or "auto": the servers
            where the machine's set-up is plain DNS, else the system.
        nameservers: DNS servers to ask ourselves ("192.0.2.1", "192.0.2.1:5353") instead of the machine's.
        doh: a DNS-over-HTTPS server to ask instead ("https://192.0.2.1/dns-query"); its own name is looked up as
            `dns` says.
        hosts_file: a hosts file that comes before the machine's.
        resolve: "HOST:PORT:ADDRESS[,ADDRESS]" as curl's --resolve; "*" for all hosts.
        root_servers: addresses of the root servers for "iterative"; none are those of the Internet.
        serve_stale: where the servers fail, an answer that has ended is better than none (RFC 8767).
        resolver: takes the place of all these but `resolve` and `hosts_file`; literal addresses and the cache stay
            in front. The session closes it.
        dialer: maps the address and port that would be connected to those that are: tests and the demo put
            the internet on loopback with it.
        cache: Fetch's cache mode for requests that name none; "no-store" is a session without a cache.
        cache_dir: a folder for what outlives the session (responses, HSTS); several processes may share it.
        proxy: "http://user:password@host:port", "https://...", "socks5://..." or "socks5h://..."; "" for none; None
            reads http_proxy, https_proxy, all_proxy and no_proxy as curl does, unless a dialer or a resolver is set.
        cookie_jar: a file that cookies come from and go to: .txt (Netscape), .json (Playwright), else SQLite.
        storage_state: a Playwright storage state that cookies come from.
        http_credentials: name and password for servers that ask for Basic or Digest authentication, as Playwright's
            {"username", "password", "origin", "send"}; without an origin, every server that asks gets them.
        block_private_networks: addresses of this machine, of private networks and the like are not connected.
        block_local_files: file: URLs are not read.
        clock: seconds since the epoch, for caches and cookies.
    """

    user_agent: str = DEFAULT_USER_AGENT
    accept_language: str = DEFAULT_ACCEPT_LANGUAGE
    extra_headers: Mapping[str, str] = field(default_factory=dict)
    timeouts: Timeouts = field(default_factory=Timeouts)
    ca_files: tuple[str, ...] = ()
    ca_data: str = ""
    client_cert: str | None = None
    client_key: str | None = None
    client_key_password: str = field(default="", repr=False)
    http2: bool = True
    insecure: bool = False
    dns: str = "auto"
    nameservers: tuple[str, ...] = ()
    doh: str = ""
    hosts_file: str = ""
    resolve: tuple[str, ...] = ()
    root_servers: tuple[str, ...] = ()
    serve_stale: bool = False
    resolver: Resolver | None = None
    dialer: Callable[[str, int], tuple[str, int]] | None = None
    cache: str = "default"
    cache_dir: str | None = None
    proxy: str | None = None
    cookie_jar: str | None = None
    storage_state: str | None = None
    http_credentials: Mapping[str, str] | HTTPCredentials | None = field(default=None, repr=False)
    block_private_networks: bool = False
    block_local_files: bool = False
    clock: Callable[[], float] = time.time
    max_body_bytes: int = MAX_BODY_BYTES
    max_connections: int = MAX_CONNECTIONS
    max_connections_per_host: int = MAX_CONNECTIONS_PER_HOST
    keep_alive: float = KEEP_ALIVE_SECONDS

    def __post_init__(self) -> None:
        if self.dns not in DNS_MODES:
            raise UsageError(f"unknown dns mode {self.dns!r}: {', '.join(DNS_MODES)} are known")
        if self.nameservers and self.dns in ("system", "iterative"):
            raise UsageError(f"dns={self.dns!r} asks no servers of your choice: leave out one of the two")
        if self.cache not in CACHE_MODES:
            raise UsageError(f"unknown cache mode {self.cache!r}: {', '.join(sorted(CACHE_MODES))} are known")
        if isinstance(self.http_credentials, Mapping):
            from .auth import HTTPCredentials  # noqa: PLC0415 - for those who have credentials

            HTTPCredentials.from_fields(self.http_credentials)
