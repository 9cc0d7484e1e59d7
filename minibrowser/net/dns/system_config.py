"""What this machine's files say about names: resolv.conf and nsswitch.conf. Parsing is pure."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Final, final

_RESOLV_CONF: Final = "/etc/resolv.conf"
_NSSWITCH_CONF: Final = "/etc/nsswitch.conf"
_MAX_SEARCH: Final = 32
_MAX_NDOTS: Final = 15

_PLAIN: Final = frozenset({"files", "dns", "myhostname", "mymachines"})
"""Sources whose names a DNS server knows as well, or that are about the local network's short names. mDNS answers for
.local, which is left to the system in any case."""

_RESOLVED: Final = frozenset({"127.0.0.53", "127.0.0.54"})
"""Where systemd-resolved listens. It may know different servers for different domains: asked there, it tells."""


@final
class DNSSettings:
    """resolv.conf (man 5 resolv.conf). Immutable.

    Attributes:
        servers: addresses, in the order in which they are asked.
        search: domains to be appended to short names.
        ndots: a name with so many dots is first looked up as it is.
    """

    __slots__ = ("ndots", "search", "servers")

    def __init__(self, servers: tuple[str, ...], search: tuple[str, ...] = (), ndots: int = 1) -> None:
        self.servers: Final = servers
        self.search: Final = search
        self.ndots: Final = ndots


def parse_resolv_conf(text: str) -> DNSSettings:
    """The settings in a resolv.conf. `search` and `domain`: the last one counts."""
    servers: list[str] = []
    search: tuple[str, ...] = ()
    ndots = 1
    for line in text.splitlines():
        keyword, *values = re.split(r"[#;]", line, maxsplit=1)[0].split() or [""]
        if keyword == "nameserver" and values:
            servers.append(values[0])
        elif keyword in ("search", "domain"):
            wanted = values if keyword == "search" else values[:1]
            names = (value.lower().strip(".") for value in wanted)
            search = tuple(name for name in names if name)[:_MAX_SEARCH]
        elif keyword == "options":
            for option in values:
                number = option.removeprefix("ndots:")
                if number != option and number.isdecimal():
                    ndots = min(int(number), _MAX_NDOTS)
    return DNSSettings(tuple(servers), search, ndots)


def candidates(name: str, settings: DNSSettings) -> list[str]:
    """The names to be asked for, in order: the name itself and with each search domain. One that ends in a dot is
    complete."""
    if name.endswith("."):
        return [name.removesuffix(".")]
    longer = [f"{name}.{domain}" for domain in settings.search]
    return [name, *longer] if name.count(".") >= settings.ndots else [*longer, name]


def is_plain(nsswitch: str, servers: Sequence[str]) -> bool:
    """Whether the `hosts:` line of an nsswitch.conf means what a hosts file and these DNS servers know. No such line is
    the default of the C library: "dns files"."""
    plain = _PLAIN | {"resolve"} if set(servers) <= _RESOLVED else _PLAIN
    for line in nsswitch.splitlines():
        keyword, _, sources = line.partition("#")[0].partition(":")
        if keyword.strip() == "hosts":
            names = re.sub(r"\[[^\]]*\]", " ", sources).split()
            return all(name in plain or name.startswith("mdns") for name in names) and not plain.isdisjoint(
                {"dns", "resolve"} & set(names)
            )
    return True


def is_for_the_system(host: str) -> bool:
    """Names that DNS servers do not know: mDNS (RFC 6762)."""
    return host.lower().removesuffix(".").endswith(".local")


def read_settings() -> DNSSettings:
    """This machine's settings; empty ones where there is no resolv.conf that can be read."""
    return parse_resolv_conf(_text(_RESOLV_CONF))


def servers_are_enough() -> bool:
    """Whether asking the machine's DNS servers ourselves finds what the system would find. As Chromium does, only
    where that can be told from the files; Windows and macOS keep their rules (VPNs, split DNS) elsewhere."""
    if sys.platform in ("win32", "darwin", "ios", "android"):
        return False
    servers = read_settings().servers
    return bool(servers) and is_plain(_text(_NSSWITCH_CONF), servers)


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(1 << 20)
    except OSError:
        return ""  # no such file: the defaults hold
