"""Registrable domains by the public suffix list. publicsuffixlist is imported here, when a cookie first needs it."""

from __future__ import annotations

from functools import lru_cache

from publicsuffixlist import PublicSuffixList


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def is_public_suffix(domain: str) -> bool:
    """Whether everybody may register below the domain ("com", "co.uk", "github.io")."""
    return registrable_domain(domain) == ""


@lru_cache(maxsize=1024)
def registrable_domain(domain: str) -> str:
    """The domain one label below the public suffix ("example.co.uk"), "" for a public suffix itself."""
    found = _suffixes().privatesuffix(domain.lower().strip("."))
    return found if isinstance(found, str) else ""
