"""Registrable domains by the public suffix list, and which hosts are of one site. Pure. publicsuffixlist is imported
here, when a host is first asked about."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ..url import is_ip_address, is_loopback_host

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - the list takes 10 ms to load

    return PublicSuffixList()


def is_public_suffix(domain: str) -> bool:
    """Whether everybody may register below the domain ("com", "co.uk", "github.io")."""
    return registrable_domain(domain) == ""


@lru_cache(maxsize=1024)
def registrable_domain(domain: str) -> str:
    """The domain one label below the public suffix ("example.co.uk"), "" for a public suffix itself and for what is no
    domain, such as an address."""
    if is_ip_address(domain):
        return ""
    found = _suffixes().privatesuffix(domain.lower().strip("."))
    return found if isinstance(found, str) else ""


def is_same_site(one: str, other: str) -> bool:
    """Whether two hosts are of one site (https://html.spec.whatwg.org/multipage/browsers.html#same-site, but for the
    scheme). Addresses, hosts of this machine and public suffixes are sites of their own."""
    if one == other:
        return True
    if is_loopback_host(one) or is_loopback_host(other):
        return False
    found = registrable_domain(one)
    return found != "" and found == registrable_domain(other)
