"""HTTP/1.1 over one connection. h11 is the protocol and is imported here; this class only moves its bytes."""

from __future__ import annotations

import asyncio
import ssl
from typing import Final, final

import h11

from ..errors import (
    ConnectionFailedError,
    ConnectionTimeoutError,
    EmptyResponseError,
    HTTPProtocolError,
    UsageError,
)
from ..limits import MAX_HEADER_BYTES, MAX_INFORMATIONAL_RESPONSES
from .headers import Headers
from .pool import Connection
from .response import TLSInfo
from .tcp import os_error_words

_READ_SIZE: Final = 64 * 1024


@final
class ResponseHead:
    """Status line and headers. `size` is their bytes on the wire, as far as they can be told apart from the body."""

    __slots__ = ("headers", "http_version", "size", "status", "status_text")

    def __init__(self, status: int, status_text: str, http_version: str, headers: Headers) -> None:
        self.status: Final = status
        self.status_text: Final = status_text
        self.http_version: Final = http_version
        self.headers: Final = headers
        lines = sum(len(name) + len(value) + 4 for name, value in headers.items())
        self.size: Final = len(f"{http_version} {status} {status_text}\r\n\r\n") + lines


@final
class HTTP1Connection(Connection):
    """Carries one exchange after the other. All messages name `peer`, for people."""

    __slots__ = (
        "_engine",
        "_idle_timeout",
        "_reader",
        "_writer",
        "answered",
        "peer",
        "remote_address",
        "tls",
    )

    def __init__(
        self,
        streams: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        peer: str,
        remote_address: str,
        tls: TLSInfo | None,
        idle_timeout: float,
    ) -> None:
        self._reader, self._writer = streams
        self._engine: Final = h11.Connection(our_role=h11.CLIENT, max_incomplete_event_size=MAX_HEADER_BYTES)
        self._idle_timeout: Final = idle_timeout
        self.peer: Final = peer
        self.remote_address: Final = remote_address
        self.tls: Final = tls
        self.answered = False

    async def send_request(self, method: str, target: str, headers: Headers, body: bytes | None) -> int:
        """Send the head and the body. Returns the head's bytes. Raises `EmptyResponseError` and `UsageError`."""
        self.answered = False
        try:
            fields = [
                (name.encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers.items()
            ]
            head = self._engine.send(h11.Request(method=method, target=target, headers=fields)) or b""
        except (h11.LocalProtocolError, UnicodeError) as error:
            raise UsageError(f"{self.peer}: the request cannot be written as HTTP: {error}") from error
        parts = [head]
        if body:
            parts.append(self._engine.send(h11.Data(data=body)) or b"")
        parts.append(self._engine.send(h11.EndOfMessage()) or b"")
        try:
            async with asyncio.timeout(self._idle_timeout):
                self._writer.write(b"".join(parts))
                await self._writer.drain()
        except TimeoutError as error:
            raise ConnectionTimeoutError(
                f"{self.peer} takes no bytes for {self._idle_timeout:g} s"
            ) from error
        except OSError as error:
            raise EmptyResponseError(f"{self.peer} closed the connection: {os_error_words(error)}") from error
        return len(head)

    async def receive_head(self) -> ResponseHead:
        """The final answer's head; informational ones (1xx) are passed over."""
        for _ in range(MAX_INFORMATIONAL_RESPONSES + 1):
            event = await self._next_event()
            if isinstance(event, h11.Response):
                headers = Headers(
                    (name.decode("latin-1"), value.decode("latin-1"))
                    for name, value in event.headers.raw_items()
                )
                version = "HTTP/" + event.http_version.decode("ascii")
                head = ResponseHead(event.status_code, event.reason.decode("latin-1"), version, headers)
                if head.size > MAX_HEADER_BYTES:  # h11 sees its limit only when it has to wait for more
                    raise HTTPProtocolError(
                        f"{self.peer} sent a head of {head.size} bytes; the limit is {MAX_HEADER_BYTES}"
                    )
                return head
            if not isinstance(event, h11.InformationalResponse):
                raise HTTPProtocolError(f"{self.peer} closed the connection before its answer")
            if event.status_code == 101:
                raise HTTPProtocolError(f"{self.peer} switches to a protocol that was not asked for")
        raise HTTPProtocolError(
            f"{self.peer} sent {MAX_INFORMATIONAL_RESPONSES} informational answers and no other"
        )

    async def receive_data(self) -> bytes | None:
        """The next piece of the body, None at its end."""
        while True:
            event = await self._next_event()
            if isinstance(event, h11.Data):
                return bytes(event.data)
            if isinstance(event, (h11.EndOfMessage, h11.ConnectionClosed)):
                return None

    def finish(self) -> bool:
        """Make ready for the next exchange. Returns whether there can be one."""
        if self._engine.our_state is h11.DONE and self._engine.their_state is h11.DONE:
            self._engine.start_next_cycle()
            return not self.is_stale()
        return False

    def is_stale(self) -> bool:
        return self._reader.at_eof() or self._writer.is_closing() or bool(self._engine.trailing_data[0])

    def close(self) -> None:
        self._writer.close()

    def abort(self) -> None:
        self._writer.transport.abort()

    async def wait_closed(self) -> None:
        try:
            await self._writer.wait_closed()
        except OSError:
            return  # the peer was rude; closed is closed

    async def _next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        try:
            while (event := self._engine.next_event()) is h11.NEED_DATA:
                data = await self._read()
                if not data and not self.answered:
                    raise EmptyResponseError(f"{self.peer} closed the connection without an answer")
                self.answered = True
                self._engine.receive_data(data)
        except h11.RemoteProtocolError as error:
            raise HTTPProtocolError(f"{self.peer} sent what is not HTTP: {error}") from error
        return event

    async def _read(self) -> bytes:
        try:
            async with asyncio.timeout(self._idle_timeout):
                return await self._reader.read(_READ_SIZE)
        except TimeoutError as error:
            raise ConnectionTimeoutError(f"{self.peer} sent nothing for {self._idle_timeout:g} s") from error
        except ssl.SSLError as error:
            # With TLS 1.3 a server may complain about the handshake when the client has long finished it.
            from .tls import map_tls_error  # noqa: PLC0415 - here because TLS was used

            raise map_tls_error(error, self.peer, "") from error
        except OSError as error:
            words = f"{self.peer} broke the connection: {os_error_words(error)}"
            raise (ConnectionFailedError(words) if self.answered else EmptyResponseError(words)) from error
