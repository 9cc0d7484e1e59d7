"""One exchange of HTTP on a connection, whatever the version: the interface that `http_network` speaks."""

from __future__ import annotations

import ssl
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Final, final

from .headers import Headers
from .pool_plan import Connection
from .request import Upload
from .response import TLSInfo


@final
class RequestHead:
    """What goes out before the body.

    Attributes:
        target: of the request line: a path with its query, or a whole URL for a proxy that forwards.
        scheme, authority: of the URL.
        headers: in order; `Host` and `Connection` among them, which HTTP/2 leaves out.
        urgency: 0 to 7 (RFC 9218); incremental: whether parts of the answer are of use.
    """

    __slots__ = ("authority", "headers", "incremental", "method", "scheme", "target", "urgency")

    def __init__(
        self,
        method: str,
        target: str,
        headers: Headers,
        *,
        scheme: str = "http",
        authority: str = "",
        urgency: int = 3,
        incremental: bool = False,
    ) -> None:
        self.method: Final = method
        self.target: Final = target
        self.headers: Final = headers
        self.scheme: Final = scheme
        self.authority: Final = authority
        self.urgency: Final = urgency
        self.incremental: Final = incremental


@final
class ResponseHead:
    """Status line and headers. `size` is their bytes on the wire, as far as they can be told apart from the body."""

    __slots__ = ("headers", "http_version", "size", "status", "status_text")

    def __init__(self, status: int, status_text: str, http_version: str, headers: Headers, size: int) -> None:
        self.status: Final = status
        self.status_text: Final = status_text
        self.http_version: Final = http_version
        self.headers: Final = headers
        self.size: Final = size


OnInformational = Callable[[int, Headers], None]
"""Takes the status and the headers of a 1xx answer."""


class Conversation(ABC):
    """Send once, receive the head, receive data until None, finish. All messages name `peer`, for people.

    Attributes:
        informational: statuses and headers of the 1xx answers that came before the head.
        on_informational: is told of each of them when it comes.
        trailers: what came after the body.
    """

    def __init__(self) -> None:
        self.informational: list[tuple[int, Headers]] = []
        self.on_informational: OnInformational | None = None
        self.trailers = Headers()

    def note_informational(self, status: int, headers: Headers) -> None:
        """A 1xx answer has come."""
        self.informational.append((status, headers))
        if self.on_informational is not None:
            self.on_informational(status, headers)

    @abstractmethod
    async def send_request(self, head: RequestHead, body: bytes | Upload | None) -> int:
        """Send the head and the body. Returns the head's bytes. Raises `EmptyResponseError`, `UsageError` and
        `ConnectionTimeoutError`."""

    @abstractmethod
    async def receive_head(self) -> ResponseHead:
        """The final answer's head; informational ones (1xx) are noted."""

    @abstractmethod
    async def receive_data(self) -> bytes | None:
        """The next piece of the body, None at its end."""

    @abstractmethod
    def finish(self) -> bool:
        """The exchange is over, whether it came to its end or not. Returns whether the connection can carry another."""

    @property
    @abstractmethod
    def words(self) -> str:
        """What the trace says of it beside the connection's number: "h2, stream 5", "" for HTTP/1.1."""


class HTTPConnection(Connection):
    """A connection that carries exchanges.

    Attributes:
        remote_address: "192.0.2.1:443"; server_address: without the port.
        tls: facts of the handshake with the origin, None for http.
        engine: of the handshake, until the session was kept for resumption.
        requires_http1: the server said that it wants HTTP/1.1.
    """

    __slots__ = ("engine", "remote_address", "requires_http1", "server_address", "tls")

    def __init__(self, remote_address: str, tls: TLSInfo | None) -> None:
        self.remote_address: Final = remote_address
        self.server_address: Final = remote_address.rpartition(":")[0].strip("[]")
        self.tls: Final = tls
        self.engine: ssl.SSLObject | None = None
        self.requires_http1 = False

    @abstractmethod
    def begin(self) -> Conversation:
        """The next exchange; the pool has seen to it that there is room."""
