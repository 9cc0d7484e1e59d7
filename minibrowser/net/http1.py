"""HTTP/1.1 over one connection. h11 is the protocol and is imported here; this class only moves its bytes."""

from __future__ import annotations

import asyncio
import re
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
from .tcp import Streams, os_error_words

_READ_SIZE: Final = 64 * 1024
_END_OF_HEAD: Final = re.compile(rb"\n\r?\n")
_HEADER_NAME: Final = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+\Z")
_STATUS_WITHIN: Final = 4 + len(b"HTTP/")
"""Up to four bytes before the status line are passed over, as in Chromium: some servers end a body with an extra
line. What has no status line by then is not HTTP."""


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
        "_consumed",
        "_engine",
        "_head",
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
        streams: Streams,
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
        self._head: bytes | None = b""
        self._consumed = 0

    async def send_request(self, method: str, target: str, headers: Headers, body: bytes | None) -> int:
        """Send the head and the body. Returns the head's bytes. Raises `EmptyResponseError` and `UsageError`."""
        self.answered = False
        self._head = b""
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
                return ResponseHead(event.status_code, event.reason.decode("latin-1"), version, headers)
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
        unread = self._reader.received != self._consumed or bool(self._engine.trailing_data[0])
        return unread or self._reader.ended or self._writer.is_closing()

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
                self._consumed += len(data)
                ready = data if self._head is None else self._collect_head(data)
                if ready is not None:
                    self._engine.receive_data(ready)
        except h11.RemoteProtocolError as error:
            raise HTTPProtocolError(f"{self.peer} sent what is not HTTP: {error}") from error
        return event

    def _collect_head(self, data: bytes) -> bytes | None:
        """Hold bytes back until the head is whole, and give it on as browsers read it."""
        assert self._head is not None
        seen = len(self._head)
        self._head += data
        if len(self._head) >= _STATUS_WITHIN and self._head.find(b"HTTP/", 0, _STATUS_WITHIN) < 0:
            raise HTTPProtocolError(f"{self.peer} sent what is not HTTP: {self._head[:20]!r}")
        end = _END_OF_HEAD.search(self._head, max(0, seen - 2))
        size = end.end() if end is not None else len(self._head)
        if size > MAX_HEADER_BYTES:
            raise HTTPProtocolError(
                f"{self.peer} sent a head of {size} bytes; the limit is {MAX_HEADER_BYTES}"
            )
        if end is None:
            if not data:
                raise HTTPProtocolError(
                    f"{self.peer} closed the connection in the middle of its answer's head"
                )
            return None
        whole, self._head = self._head, None
        return repaired_head(whole[:size]) + whole[size:]

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


def repaired_head(head: bytes) -> bytes:
    """A response's head as browsers read it, so that one sloppy line does not cost the page. Pure.

    As Chromium (HttpUtil::AssembleRawHeaders, HeadersIterator): a few bytes before the status line are passed
    over, blanks between a name and its colon too, and lines that are no header are dropped.
    """
    start = head.find(b"HTTP/", 0, _STATUS_WITHIN)
    lines = head[max(start, 0) :].split(b"\n")
    kept = [lines[0].removesuffix(b"\r")]
    for line in lines[1:]:
        line = line.removesuffix(b"\r")
        if line[:1] in (b" ", b"\t") and len(kept) > 1 and line.strip():
            kept[-1] += b" " + line.strip()  # obsolete line folding, RFC 9112 section 5.2
            continue
        name, colon, value = line.partition(b":")
        name = name.rstrip(b" \t")
        if name.lower() == b"transfer-encoding" and b"chunked" not in value.lower():
            continue  # as Chromium: "identity" and codings that nobody knows do not frame the body
        if colon and _HEADER_NAME.match(name):
            kept.append(name + b":" + value)
    return b"\r\n".join(kept) + b"\r\n\r\n"
