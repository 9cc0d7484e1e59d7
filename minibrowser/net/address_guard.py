"""Which addresses a server that renders other people's pages must not be talked into connecting to. Pure.

The answer is about addresses, not names: it is asked with what is going to be connected, after each DNS answer and
each redirect, so that a name that points elsewhere the second time (DNS rebinding) gains nothing.

https://www.iana.org/assignments/iana-ipv4-special-registry/ and
https://www.iana.org/assignments/iana-ipv6-special-registry/
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Final

from ..errors import PrivateAddressError
from ..url import URL, is_loopback_host

_V4: Final = tuple(
    (ipaddress.IPv4Network(network), words)
    for network, words in (
        ("0.0.0.0/8", "this machine"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a carrier's own network"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "a cloud's metadata service"),
        ("169.254.169.254/32", "a cloud's metadata service"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "for documentation"),
        ("192.88.99.0/24", "a relay for 6to4"),
        ("192.168.0.0/16", "a private network"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_V6: Final = tuple(
    (ipaddress.IPv6Network(network), words)
    for network, words in (
        ("::/128", "this machine"),
        ("::1/128", "loopback"),
        ("64:ff9b:1::/48", "a translator's own network"),
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "for documentation"),
        ("2002::/16", "an IPv4 address in disguise (6to4)"),
        ("3fff::/20", "for documentation"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)
_V6_GLOBAL: Final = ipaddress.IPv6Network("2000::/3")
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are the IPv4 address that is meant."""


def private_address(text: str) -> str:
    """What an address belongs to where that is not the public internet, else ""; what is no address is not public.

    IPv6 addresses that stand for IPv4 ones are judged by these.
    """
    try:
        address = ipaddress.ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return "no address"
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is None:
            return _private_v6(address)
        address = inner
    return next((words for network, words in _V4 if address in network), "")


def _private_v6(address: ipaddress.IPv6Address) -> str:
    for network, words in _V6:
        if address in network:
            return words
    return "" if address in _V6_GLOBAL else "reserved"


def public_addresses(host: str, addresses: Sequence[str]) -> tuple[str, ...]:
    """The addresses of a host that may be connected. Raises `PrivateAddressError` where none is left."""
    judged = [(address, private_address(address)) for address in addresses]
    public = tuple(address for address, words in judged if not words)
    if judged and not public:
        shown = ", ".join(f"{address} ({words})" for address, words in judged[:3])
        named = shown if [host.strip("[]")] == [address for address, _ in judged] else f"{host} is {shown}"
        raise PrivateAddressError(f"{named}: private networks are out of bounds")
    return public


def check_name(url: URL) -> None:
    """Refuse a URL whose host is out of bounds as it stands there: all that can be known where a proxy looks the name
    up. Raises `PrivateAddressError`."""
    if is_loopback_host(url.host):
        raise PrivateAddressError(f"{url.host} is loopback: private networks are out of bounds", url.href)
    try:
        ipaddress.ip_address(url.host.strip("[]"))
    except ValueError:
        return
    public_addresses(url.host, (url.host,))
