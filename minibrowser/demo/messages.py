"""What the demo's servers hand to each other: a request and a response, both whole. Plain values."""

from __future__ import annotations

import json
from typing import Final, final
from urllib.parse import parse_qsl, unquote

from ..net import Headers
from ..net.request import SAFE_METHODS

Fields = tuple[tuple[str, str], ...]

_HOP_BY_HOP: Final = frozenset(
    {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}
)


@final
class ServerRequest:
    """A request as a server got it.

    Attributes:
        target: path and query as sent; path: the path, percent-decoded; query: the part behind the question mark.
        host: the Host header in lower case, without a port.
        client: the address of the peer; secure: whether it came over TLS.
    """

    __slots__ = ("body", "client", "headers", "host", "method", "path", "query", "secure", "target")

    def __init__(
        self,
        method: str,
        target: str,
        headers: Headers,
        body: bytes = b"",
        client: str = "",
        secure: bool = False,
    ) -> None:
        self.method: Final = method
        self.target: Final = target
        self.headers: Final = headers
        self.body: Final = body
        self.client: Final = client
        self.secure: Final = secure
        path, _, query = target.partition("?")
        self.path: Final = unquote(path, errors="replace")
        self.query: Final = query
        self.host: Final = host_of(headers.get("host") or "")

    @property
    def is_safe(self) -> bool:
        """Whether it may be sent again."""
        return self.method in SAFE_METHODS

    def parameters(self) -> dict[str, str]:
        """The query's fields; of equal names the last counts."""
        return dict(parse_qsl(self.query, keep_blank_values=True))

    def form(self) -> dict[str, str]:
        """The fields of a posted form (application/x-www-form-urlencoded)."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def cookies(self) -> dict[str, str]:
        """The cookies by name; of equal names the first counts, which has the longest path."""
        found: dict[str, str] = {}
        for value in self.headers.get_all("cookie"):
            for pair in value.split(";"):
                name, equals, text = pair.strip().partition("=")
                if equals:
                    found.setdefault(name, text)
        return found


@final
class ServerResponse:
    """A response before it is written: the server adds what its body's length and the connection ask for."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, status: int, headers: Headers | Fields = (), body: bytes = b"") -> None:
        self.status: Final = status
        self.headers: Final = headers if isinstance(headers, Headers) else Headers(headers)
        self.body: Final = body

    def __repr__(self) -> str:
        return f"<ServerResponse {self.status} {len(self.body)} bytes>"


def text_response(status: int, words: str, headers: Fields = ()) -> ServerResponse:
    """A short answer for machines and for people who look at it."""
    fields = (("Content-Type", "text/plain; charset=utf-8"), *headers)
    return ServerResponse(status, fields, f"{words}\n".encode())


def json_response(value: object, status: int = 200, headers: Fields = ()) -> ServerResponse:
    """A JSON value."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return ServerResponse(status, (("Content-Type", "application/json"), *headers), body)


def redirect(status: int, location: str, headers: Fields = ()) -> ServerResponse:
    """A redirect, with a short body for clients that do not follow it."""
    fields = (("Location", location), *headers)
    return text_response(status, f"See {location}", fields)


def forwardable(headers: Headers) -> Headers:
    """The headers that go on to the next hop (RFC 9110 section 7.6.1)."""
    named = {
        name.strip().lower() for value in headers.get_all("connection") for name in value.split(",")
    } | _HOP_BY_HOP
    return Headers((name, value) for name, value in headers.items() if name.lower() not in named)


def host_of(authority: str) -> str:
    """The host of an authority, without its port, in lower case."""
    if authority.startswith("["):
        return authority.partition("]")[0].lower() + "]"
    return authority.partition(":")[0].lower()
