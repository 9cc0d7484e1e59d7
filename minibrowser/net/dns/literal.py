"""Names that need no lookup: literal addresses and localhost. Pure."""

from __future__ import annotations

from .resolver import Answer

_FOREVER = 1e9


def literal_answer(host: str) -> Answer | None:
    """The answer for an IP address or a name that always means this machine (RFC 6761 section 6.3), or None.

    `host` is what stands in a URL: IPv4 addresses are already in their four-part form, IPv6 in brackets.
    """
    if host.startswith("["):
        return Answer((host[1:-1],), _FOREVER, "literal", "literal address")
    parts = host.split(".")
    if len(parts) == 4 and all(part.isascii() and part.isdecimal() for part in parts):
        return Answer((host,), _FOREVER, "literal", "literal address")
    name = host.lower().removesuffix(".")
    if name == "localhost" or name.endswith(".localhost"):
        return Answer(("::1", "127.0.0.1"), _FOREVER, "localhost", "localhost needs no lookup")
    return None
