"""HTTP/1.1 over one connection. h11 is the protocol and is imported here; this class only moves its bytes."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, final

import h11

from ..errors import (
    ConnectionFailedError,
    ConnectionTimeoutError,
    EmptyResponseError,
    HTTPProtocolError,
    UsageError,
)
from ..limits import CONTINUE_PATIENCE, MAX_HEADER_BYTES, MAX_INFORMATIONAL_RESPONSES
from .conversation import Conversation, HTTPConnection, RequestHead, ResponseHead
from .headers import Headers
from .request import Upload
from .response import TLSInfo
from .tcp import os_error_words
from .wire import Wire

if TYPE_CHECKING:
    from h11._headers import Headers as _Fields

_FIELDS_KEPT: Final = 16
_END_OF_HEAD: Final = re.compile(rb"\n\r?\n")
_HEADER_NAME: Final = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+\Z")
_INFORMATIONAL: Final = re.compile(rb"HTTP/1\.[0-9] 1(?!01)[0-9][0-9][ \r]")
_CLEAN_HEAD: Final = re.compile(
    rb"HTTP/1\.[01] \d{3}(?: [^\r\n]*)?\r\n(?:(?!Transfer-Encoding)[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[^\r\n]*\r\n)*\r\n",
    re.IGNORECASE,
)
"""OPTIMIZATION: heads in which there is nothing to be repaired."""
_STATUS_WITHIN: Final = 4 + len(b"HTTP/")
"""Up to four bytes before the status line are passed over, as in Chromium: some servers end a body with an extra
line. What has no status line by then is not HTTP."""


@final
class HTTP1Connection(Conversation, HTTPConnection):
    """Carries one exchange after the other, and is the conversation itself. All messages name `peer`, for people."""

    __slots__ = (
        "_changed",
        "_early",
        "_engine",
        "_fields",
        "_has_rest",
        "_head",
        "_head_size",
        "_idle_timeout",
        "_scanned",
        "_wire",
        "answered",
        "peer",
    )

    def __init__(
        self, wire: Wire, peer: str, remote_address: str, tls: TLSInfo | None, idle_timeout: float
    ) -> None:
        Conversation.__init__(self)
        HTTPConnection.__init__(self, remote_address, tls)
        self._wire: Final = wire
        self._engine: Final = h11.Connection(our_role=h11.CLIENT, max_incomplete_event_size=MAX_HEADER_BYTES)
        self._idle_timeout: Final = idle_timeout
        self._changed: Callable[[], None] | None = None
        self.peer: Final = peer
        self.answered = False
        self._head: bytes | None = b""
        self._scanned = 0
        self._head_size = 0
        self._has_rest = False
        self._fields: Final[dict[tuple[tuple[str, str], ...], _Fields]] = {}
        self._early: ResponseHead | None = None

    def begin(self) -> Conversation:
        self._wire.listener = None
        self.answered = False
        self._head = b""
        self._scanned = 0
        self._early = None
        self.on_informational = None
        if self.informational:
            self.informational = []
        if self.trailers:
            self.trailers = Headers()
        return self

    @property
    def words(self) -> str:
        return ""

    async def send_request(self, head: RequestHead, body: bytes | Upload | None) -> int:
        """Where the head says `Expect: 100-continue`, the body waits for a word of the server, but not for long
        (RFC 9110 section 10.1.1)."""
        try:
            # OPTIMIZATION: a page's requests for an origin say nearly the same; h11 has looked at it already.
            items = tuple(head.headers.items())
            seen = self._fields.get(items)
            fields = seen or [
                (name.encode("latin-1"), value.strip(" \t").encode("latin-1")) for name, value in items
            ]
            request = h11.Request(method=head.method, target=head.target, headers=fields)
        except (h11.LocalProtocolError, UnicodeError) as error:
            raise self._not_writable(error) from error
        data = self._encoded(request)
        if seen is None:
            if len(self._fields) >= _FIELDS_KEPT:
                self._fields.clear()
            self._fields[items] = request.headers
        size = len(data)
        if body is None or body == b"":
            await self._write(data + self._encoded(h11.EndOfMessage()))
            return size
        if self._engine.they_are_waiting_for_100_continue or "expect" in head.headers:
            await self._write(data)
            data = b""
            if not await self._may_continue():
                return size
        if isinstance(body, bytes):
            data += self._encoded(h11.Data(data=body))
        else:
            await self._write(data)
            data = b""
            async for piece in body():
                await self._write(self._encoded(h11.Data(data=piece)))
        await self._write(data + self._encoded(h11.EndOfMessage()))
        return size

    async def receive_head(self) -> ResponseHead:
        if self._early is not None:
            head, self._early = self._early, None
            return head
        while True:
            found = self._head_of(await self._next_event())
            if found is not None:
                return found

    async def receive_data(self) -> bytes | None:
        try:
            event = self._engine.next_event()
        except h11.RemoteProtocolError as error:
            raise self._not_http(error) from error
        if event is h11.NEED_DATA:
            event = await self._next_event()
        if isinstance(event, h11.Data):
            return bytes(event.data)
        if isinstance(event, h11.EndOfMessage) and event.headers:
            self.trailers = _headers(event.headers.raw_items())
        return None

    def finish(self) -> bool:
        """Make ready for the next exchange. Returns whether there can be one."""
        self.on_informational = None  # an idle connection keeps no page alive
        if self._engine.our_state is h11.DONE and self._engine.their_state is h11.DONE:
            self._has_rest = bool(self._engine.trailing_data[0])
            self._engine.start_next_cycle()
            if not self.is_stale():
                self._wire.listener = self._changed
                return True
        return False

    def watch(self, changed: Callable[[], None]) -> None:
        self._changed = self._wire.listener = changed

    def is_stale(self) -> bool:
        wire = self._wire
        return wire.ended or wire.unread > 0 or self._has_rest or wire.is_closing()

    def close(self) -> None:
        self._wire.listener = None
        self._wire.close()

    def abort(self) -> None:
        self._wire.listener = None
        self._wire.abort()

    async def wait_closed(self) -> None:
        await self._wire.wait_closed()

    def _head_of(self, event: h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]) -> ResponseHead | None:
        """The final head, or None for an informational one, which is noted."""
        if isinstance(event, h11.Response):
            version = "HTTP/" + event.http_version.decode("ascii")
            reason = event.reason.decode("latin-1")
            headers = _headers(event.headers.raw_items())
            return ResponseHead(event.status_code, reason, version, headers, self._head_size)
        if not isinstance(event, h11.InformationalResponse):
            raise HTTPProtocolError(f"{self.peer} closed the connection before its answer")
        if event.status_code == 101:
            raise HTTPProtocolError(f"{self.peer} switches to a protocol that was not asked for")
        self.note_informational(event.status_code, _headers(event.headers.raw_items()))
        if len(self.informational) > MAX_INFORMATIONAL_RESPONSES:
            raise HTTPProtocolError(
                f"{self.peer} sent {MAX_INFORMATIONAL_RESPONSES} informational answers and no other"
            )
        return None

    def _encoded(self, event: h11.Event) -> bytes:
        """The bytes of a part of the request. Raises `UsageError`: a length that is stated may not be the body's."""
        try:
            return self._engine.send(event) or b""
        except h11.LocalProtocolError as error:
            raise self._not_writable(error) from error

    def _not_writable(self, error: Exception) -> UsageError:
        return UsageError(f"{self.peer}: the request cannot be written as HTTP: {error}")

    async def _may_continue(self) -> bool:
        """Whether the body goes out: the server said so, or says nothing; not when it has answered already."""
        try:
            async with asyncio.timeout(CONTINUE_PATIENCE):
                while not any(status == 100 for status, _ in self.informational):
                    self._early = self._head_of(await self._next_event())
                    if self._early is not None:
                        return False
        except TimeoutError as error:
            if isinstance(error, ConnectionTimeoutError):
                raise
        return True

    async def _write(self, data: bytes) -> None:
        wire = self._wire
        wire.write(data)
        if not wire.is_writing_paused and wire.error is None:
            return
        try:
            await wire.drain(self._idle_timeout)
        except TimeoutError as error:
            raise ConnectionTimeoutError(
                f"{self.peer} takes no bytes for {self._idle_timeout:g} s"
            ) from error
        except OSError as error:
            if wire.unread:
                return  # it answered before it hung up: the answer tells more
            raise EmptyResponseError(f"{self.peer} closed the connection: {os_error_words(error)}") from error

    async def _next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        engine = self._engine
        try:
            if self._head is not None:
                engine.receive_data(await self._read_head())
            while (event := engine.next_event()) is h11.NEED_DATA:
                data = await self._read()
                engine.receive_data(data)
        except h11.RemoteProtocolError as error:
            raise self._not_http(error) from error
        return event

    def _not_http(self, error: h11.RemoteProtocolError) -> HTTPProtocolError:
        return HTTPProtocolError(f"{self.peer} sent what is not HTTP: {error}")

    async def _read_head(self) -> bytes:
        """A head as browsers read it, with what came behind it."""
        while True:
            whole = self._whole_head() if self._head else None
            if whole is not None:
                return whole
            data = await self._read()
            if not data:
                if not self.answered:
                    raise EmptyResponseError(f"{self.peer} closed the connection without an answer")
                raise HTTPProtocolError(
                    f"{self.peer} closed the connection in the middle of its answer's head"
                )
            self.answered = True
            self._head = (self._head or b"") + data

    def _whole_head(self) -> bytes | None:
        """The head as browsers read it, with what came behind it, when the head is whole."""
        assert self._head is not None
        held, seen = self._head, self._scanned
        if len(held) >= _STATUS_WITHIN and held.find(b"HTTP/", 0, _STATUS_WITHIN) < 0:
            raise HTTPProtocolError(f"{self.peer} sent what is not HTTP: {held[:20]!r}")
        end = _END_OF_HEAD.search(held, max(0, seen - 2))
        size = end.end() if end is not None else len(held)
        if size > MAX_HEADER_BYTES:
            raise HTTPProtocolError(
                f"{self.peer} sent a head of {size} bytes; the limit is {MAX_HEADER_BYTES}"
            )
        if end is None:
            self._scanned = size
            return None
        head = repaired_head(held[:size])
        if _INFORMATIONAL.match(head):
            self._head, self._scanned = held[size:], 0  # another head follows
            return head
        self._head = None
        self._head_size = size
        return head + held[size:]

    async def _read(self) -> bytes:
        try:
            return await self._wire.read(self._idle_timeout)
        except TimeoutError as error:
            raise ConnectionTimeoutError(f"{self.peer} sent nothing for {self._idle_timeout:g} s") from error
        except ssl.SSLError as error:
            # With TLS 1.3 a server may complain about the handshake when the client has long finished it.
            from .tls import map_tls_error  # noqa: PLC0415 - here because TLS was used

            raise map_tls_error(error, self.peer, "") from error
        except OSError as error:
            words = f"{self.peer} broke the connection: {os_error_words(error)}"
            raise (ConnectionFailedError(words) if self.answered else EmptyResponseError(words)) from error


def _headers(items: Iterable[tuple[bytes, bytes]]) -> Headers:
    """With the names as they were sent."""
    return Headers([(name.decode("latin-1"), value.decode("latin-1")) for name, value in items])


def repaired_head(head: bytes) -> bytes:
    """A response's head as browsers read it, so that one sloppy line does not cost the page. Pure.

    As Chromium (HttpUtil::AssembleRawHeaders, HeadersIterator): a few bytes before the status line are passed
    over, blanks between a name and its colon too, and lines that are no header are dropped.
    """
    if _CLEAN_HEAD.fullmatch(head):
        return head
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
