"""The layers that a session's settings ask for."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from ...errors import UsageError
from ..address_guard import private_address
from .hosts_file import HostsFile, system_hosts_path
from .layers import LayeredResolver
from .literal import LiteralLayer, Overrides
from .ordering import sort_addresses, source_address
from .resolver import LocalLayer, Resolver
from .system import FallbackResolver, LazyResolver, SystemResolver
from .system_config import is_for_the_system, read_settings, servers_are_enough

if TYPE_CHECKING:
    from ..config import NetworkConfig
    from .disk import DiskHostCache
    from .doh import DoHFetch

_SERVER: Final = re.compile(
    r"\[([0-9a-fA-F:.]+)\](?::([0-9]{1,5}))?|([0-9.]+)(?::([0-9]{1,5}))?|([0-9a-fA-F:.]+)"
)
_TRY_SECONDS: Final = 2.0
_TRIES: Final = 2
"""c-ares doubles the time with each round: 6 s in all, which leaves the system some of the connect time-out."""


def build_resolver(config: NetworkConfig, fetch: DoHFetch | None = None) -> LayeredResolver:
    """The resolver of a session. `fetch` carries DNS over HTTPS; its own names are looked up without it.

    Raises `UsageError`.
    """
    # With a dialer or a resolver of their own, callers live in another internet than the machine does.
    alone = config.dialer is not None or config.resolver is not None
    local: list[LocalLayer] = []
    if config.resolve:
        local.append(Overrides(config.resolve))
    local.append(LiteralLayer())
    if config.hosts_file:
        local.append(HostsFile(config.hosts_file, required=True))
    if not alone:
        local.append(HostsFile(system_hosts_path()))
    upstream, view = _upstream(config, fetch)
    return LayeredResolver(
        upstream,
        local=local,
        disk=_disk(config, view),
        order=None if alone else _in_order,
        serve_stale=config.serve_stale,
    )


def _upstream(config: NetworkConfig, fetch: DoHFetch | None) -> tuple[Resolver, str]:
    """Who answers, and a name for the view of the world that this one has; "" is not to be kept on disk."""
    if config.resolver is not None:
        return config.resolver, ""
    if config.doh and fetch is not None:
        url = checked_template(config.doh)
        return LazyResolver(partial(_doh, url, fetch)), f"doh {url}"
    if config.dns == "iterative":
        view = f"iterative {' '.join(config.root_servers)}".rstrip()
        return LazyResolver(partial(_iterative, config)), view
    if config.nameservers:
        servers = tuple(checked_server(server) for server in config.nameservers)
        return LazyResolver(partial(_servers, servers)), f"servers {' '.join(servers)}"
    if config.dns == "servers" or (config.dns == "auto" and servers_are_enough()):
        first = LazyResolver(_configured_servers)
        return FallbackResolver(first, SystemResolver(), is_for_the_system), "system"
    return SystemResolver(), "system"


def _doh(url: str, fetch: DoHFetch) -> Resolver:
    from .doh import DoHResolver  # noqa: PLC0415 - dnspython takes 27 ms

    return DoHResolver(url, fetch)


def _iterative(config: NetworkConfig) -> Resolver:
    from .iterative import IterativeResolver  # noqa: PLC0415 - dnspython takes 27 ms

    # A dialer leads somewhere else than the addresses say.
    guarded = config.block_private_networks and config.dialer is None
    return IterativeResolver(
        config.root_servers, config.dialer, forbidden=private_address if guarded else None
    )


def _servers(servers: Sequence[str]) -> Resolver:
    from .server import ServerResolver  # noqa: PLC0415 - aiodns takes 11 ms

    return ServerResolver(servers)


def _configured_servers() -> Resolver:
    from .server import ServerResolver  # noqa: PLC0415 - aiodns takes 11 ms

    return ServerResolver(timeout=_TRY_SECONDS, tries=_TRIES, settings=read_settings())


def checked_template(url: str) -> str:
    """The URL of a server of DNS over HTTPS, without the `{?dns}` of a URI template (RFC 8484 section 4.1). Raises
    `UsageError`."""
    address = url.removesuffix("{?dns}")
    if not address.lower().startswith("https://") or "{" in address:
        raise UsageError(f"DNS over HTTPS needs an https URL, not {url!r}")
    return address


def checked_server(text: str) -> str:
    """The address of a DNS server as c-ares takes it: "192.0.2.1", "192.0.2.1:5353", "[2001:db8::1]:5353". Raises
    `UsageError`."""
    match = _SERVER.fullmatch(text)
    bracketed, one_port, four, other_port, six = match.groups() if match else (None,) * 5
    address, port = bracketed or four or six or "", one_port or other_port or "53"
    try:
        ipaddress.ip_address(address)
    except ValueError:
        raise UsageError(
            f"{text!r} is no address of a DNS server: give 192.0.2.1 or 192.0.2.1:5353"
        ) from None
    if not 0 < int(port) < 65536:
        raise UsageError(f"{text!r}: {port} is not a port")
    return text


def _disk(config: NetworkConfig, view: str) -> DiskHostCache | None:
    if config.cache_dir is None or config.cache == "no-store" or not view:
        return None
    from .disk import DiskHostCache  # noqa: PLC0415 - sqlite3, for those who have a folder

    return DiskHostCache(config.cache_dir, view, config.clock)


def _in_order(addresses: tuple[str, ...]) -> tuple[str, ...]:
    return sort_addresses(addresses, source_address)
