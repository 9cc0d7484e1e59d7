"""The order in which the addresses of a name are tried (RFC 6724 section 6).

`sort_addresses` is pure; `source_address` asks the system which of its addresses it would use; nothing is sent.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from functools import cmp_to_key
from typing import Final, final

from ...limits import MAX_ADDRESSES

Source = Callable[[str], str | None]
"""The address of this machine from which a destination would be reached; None where it is out of reach."""

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_POLICY: Final = tuple(
    (ipaddress.IPv6Network(prefix), precedence, label)
    for prefix, precedence, label in (
        ("::1/128", 50, 0),
        ("::ffff:0:0/96", 35, 4),
        ("2002::/16", 30, 2),
        ("2001::/32", 5, 5),
        ("fc00::/7", 3, 13),
        ("::/96", 1, 3),
        ("fec0::/10", 1, 11),
        ("3ffe::/16", 1, 12),
        ("::/0", 40, 1),
    )
)
"""Section 2.1: prefix, precedence, label."""

_LINK_LOCAL: Final = 0x2
_SITE_LOCAL: Final = 0x5
_GLOBAL: Final = 0xE


def sort_addresses(addresses: tuple[str, ...], source: Source) -> tuple[str, ...]:
    """Destinations in the order of attempts; equals keep theirs. Rules 3, 4 and 7 need facts that the system does not
    tell to programs (deprecated addresses, home addresses, tunnels)."""
    if len(addresses) < 2:
        return addresses
    known = [_Candidate(address, source(address)) for address in addresses[:MAX_ADDRESSES]]
    if all(candidate.source is None for candidate in known):
        return addresses  # nothing is in reach, or nobody knows
    return tuple(candidate.text for candidate in sorted(known, key=cmp_to_key(_compare)))


def source_address(destination: str) -> str | None:
    """See `Source`. Connecting a UDP socket sends nothing: it asks the routing table."""
    family = socket.AF_INET6 if ":" in destination else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((destination, 53))
            return str(probe.getsockname()[0])
    except OSError:
        return None


@final
class _Candidate:
    __slots__ = (
        "label",
        "precedence",
        "scope",
        "six",
        "source",
        "source_label",
        "source_scope",
        "text",
        "value",
    )

    def __init__(self, text: str, source: str | None) -> None:
        self.text: Final = text
        address = ipaddress.ip_address(text)
        self.value: Final = int(_mapped(address))
        self.six: Final = address.version == 6
        self.scope: Final = _scope(address)
        self.precedence, self.label = _policy(address)
        self.source: Final = None if source is None else int(_mapped(ipaddress.ip_address(source)))
        self.source_scope: Final = None if source is None else _scope(ipaddress.ip_address(source))
        self.source_label: Final = None if source is None else _policy(ipaddress.ip_address(source))[1]


def _compare(one: _Candidate, other: _Candidate) -> int:
    """Negative where `one` comes first."""
    # Rule 1: avoid unusable destinations.
    if (one.source is None) != (other.source is None):
        return 1 if one.source is None else -1
    # Rule 2: prefer matching scope.
    fits = one.scope == one.source_scope
    if fits != (other.scope == other.source_scope):
        return -1 if fits else 1
    # Rule 5: prefer matching label.
    fits = one.label == one.source_label
    if fits != (other.label == other.source_label):
        return -1 if fits else 1
    # Rule 6: prefer higher precedence.
    if one.precedence != other.precedence:
        return other.precedence - one.precedence
    # Rule 8: prefer smaller scope.
    if one.scope != other.scope:
        return one.scope - other.scope
    # Rule 9: use longest matching prefix, for IPv6 only: for IPv4 it would undo the round robin of name servers.
    if one.six and other.six and one.source is not None and other.source is not None:
        mine = min(64, _common_prefix(one.value, one.source))
        theirs = min(64, _common_prefix(other.value, other.source))
        if mine != theirs:
            return theirs - mine
    # Rule 10: otherwise, leave the order unchanged.
    return 0


def _mapped(address: _Address) -> ipaddress.IPv6Address:
    """IPv4 addresses are looked at as IPv4-mapped IPv6 addresses (section 2.1)."""
    if isinstance(address, ipaddress.IPv4Address):
        return ipaddress.IPv6Address(0xFFFF_0000_0000 | int(address))
    return ipaddress.IPv6Address(int(address))


def _policy(address: _Address) -> tuple[int, int]:
    mapped = _mapped(address)
    best = max((entry for entry in _POLICY if mapped in entry[0]), key=lambda entry: entry[0].prefixlen)
    return best[1], best[2]


def _scope(address: _Address) -> int:
    """Section 3.1 and 3.2; IPv4's link-local and loopback addresses have link-local scope, all others global."""
    if address.is_multicast and isinstance(address, ipaddress.IPv6Address):
        return (int(address) >> 112) & 0xF
    if address.is_loopback or address.is_link_local:
        return _LINK_LOCAL
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:
        return _SITE_LOCAL
    return _GLOBAL


def _common_prefix(one: int, other: int) -> int:
    return 128 - (one ^ other).bit_length()
