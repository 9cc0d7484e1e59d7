"""The header list of an HTTP/2 request. Pure."""

from __future__ import annotations

from typing import Final

from ..errors import UsageError
from .conversation import RequestHead

Fields = list[tuple[bytes, bytes]]

_HOP_BY_HOP: Final = frozenset(
    {"connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "host", "expect"}
)
"""RFC 9113 section 8.2.2; the host is the pseudo-header `:authority`, and a window takes the place of `Expect`."""
_DEFAULT_URGENCY: Final = 3


def request_fields(head: RequestHead, peer: str = "") -> Fields:
    """The header list of a request (RFC 9113 section 8.3.1) with its priority (RFC 9218 section 5). Pure.

    Raises `UsageError` for what cannot be written.
    """
    try:
        fields = [
            (b":method", head.method.encode("ascii")),
            (b":authority", head.authority.encode("ascii")),
            (b":scheme", head.scheme.encode("ascii")),
            (b":path", head.target.encode("ascii")),
        ]
        for name, value in head.headers.items():
            lower = name.lower()
            if lower in _HOP_BY_HOP:
                continue
            if lower == "te" and value.strip(" \t").lower() != "trailers":
                continue
            if not _is_token(lower) or any(c in value for c in "\r\n\0"):
                raise UsageError(f"{peer}: the request cannot be written as HTTP/2: the header {name!r}")
            fields.append((lower.encode("ascii"), value.strip(" \t").encode("latin-1")))
    except UnicodeError as error:
        raise UsageError(f"{peer}: the request cannot be written as HTTP/2: {error}") from error
    if "priority" not in head.headers:
        priority = priority_field(head.urgency, head.incremental)
        if priority:
            fields.append((b"priority", priority.encode("ascii")))
    return fields


def priority_field(urgency: int, incremental: bool) -> str:
    """RFC 9218 section 4, without what is the default."""
    parts = [] if urgency == _DEFAULT_URGENCY else [f"u={urgency}"]
    return ", ".join([*parts, "i"] if incremental else parts)


def _is_token(name: str) -> bool:
    return bool(name) and all(c.isascii() and (c.isalnum() or c in "!#$%&'*+-.^_`|~") for c in name)
