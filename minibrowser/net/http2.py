"""HTTP/2 over one connection (RFC 9113). h2 is the protocol and is imported here; these classes move its bytes and keep
what comes for each stream until its reader takes it.

No task runs for a connection: the wire's listener takes the frames in as they come. A stream's window opens again as
its reader takes the body, so a slow reader stops its own sender; the connection's window opens as bytes come in, so it
stops nobody else's.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Callable
from typing import Final, final

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions
import h2.settings

from ..errors import (
    ConnectionTimeoutError,
    EmptyResponseError,
    HTTPProtocolError,
    NetworkError,
    RequestRefusedError,
    UsageError,
)
from ..limits import (
    HTTP2_CONNECTION_WINDOW,
    HTTP2_DOUBT_SECONDS,
    HTTP2_PING_SECONDS,
    HTTP2_STREAM_WINDOW,
    MAX_HEADER_BYTES,
    MAX_HTTP2_STREAMS,
    MAX_INFORMATIONAL_RESPONSES,
    MAX_UNASKED_FRAMES,
)
from .conversation import Conversation, HTTPConnection, RequestHead, ResponseHead
from .headers import Headers
from .http2_fields import Fields, request_fields
from .request import Upload
from .response import TLSInfo
from .tcp import os_error_words
from .wire import Alarm, Wire

_UNKNOWN_SETTINGS_STREAMS: Final = 100
"""Streams that are begun before the server has said how many it takes, as in Chromium."""
_DEFAULT_WINDOW: Final = 65_535


class _DrainingStateMachine(h2.connection.H2ConnectionStateMachine):
    """GOAWAY ends the beginning of streams, not those that run (RFC 9113 section 6.8); h2 takes it for the end."""

    def process_input(self, input_: h2.connection.ConnectionInputs) -> list[h2.events.Event]:
        if input_ is h2.connection.ConnectionInputs.RECV_GOAWAY:
            return []
        return super().process_input(input_)


@final
class HTTP2Connection(HTTPConnection):
    """Carries many exchanges at once. All messages name `peer`, for people.

    Mutable: `_streams` (those that are begun and not finished), `_draining` (why no more may begin, "" while they may),
    `_error` (what ended the connection), `_settled` (whether the server's SETTINGS came), `_credit` (bytes that came in
    and are not yet given back to the connection's window), `_unasked` (frames since the last that was for a stream of
    ours), `_heard` (when something last came).
    """

    __slots__ = (
        "_alarm",
        "_changed",
        "_credit",
        "_draining",
        "_engine",
        "_error",
        "_heard",
        "_loop",
        "_settled",
        "_streams",
        "_unasked",
        "_wire",
        "idle_timeout",
        "peer",
    )

    multiplexes = True

    def __init__(
        self, wire: Wire, peer: str, remote_address: str, tls: TLSInfo | None, idle_timeout: float
    ) -> None:
        super().__init__(remote_address, tls)
        self._wire: Final = wire
        self.peer: Final = peer
        self.idle_timeout: Final = idle_timeout
        self._changed: Callable[[], None] | None = None
        self._streams: Final[dict[int, HTTP2Stream]] = {}
        self._draining = ""
        self._error: NetworkError | None = None
        self._settled = False
        self._credit = 0
        self._unasked = 0
        self._loop: Final = asyncio.get_running_loop()
        self._heard = self._loop.time()
        self._alarm: Final = Alarm(self._loop, self._silent)
        engine = h2.connection.H2Connection(
            h2.config.H2Configuration(client_side=True, header_encoding=None, split_outbound_cookies=True)
        )
        codes = h2.settings.SettingCodes
        engine.local_settings = h2.settings.Settings(
            client=True,
            initial_values={
                codes.ENABLE_PUSH: 0,
                codes.INITIAL_WINDOW_SIZE: HTTP2_STREAM_WINDOW,
                codes.MAX_HEADER_LIST_SIZE: MAX_HEADER_BYTES,
            },
        )
        engine.decoder.max_header_list_size = MAX_HEADER_BYTES
        engine.state_machine = _DrainingStateMachine()
        engine.initiate_connection()
        engine.increment_flow_control_window(HTTP2_CONNECTION_WINDOW - _DEFAULT_WINDOW)
        self._engine: Final = engine
        self.flush()
        wire.listener = self._came
        if wire.unread or wire.ended:
            self._came()

    # --- The pool's side -----------------------------------------------------------------------------

    def capacity(self) -> int:
        if self._draining or self._error is not None or self._wire.is_closing():
            return 0
        limit = self._engine.remote_settings.max_concurrent_streams
        return min(limit, MAX_HTTP2_STREAMS if self._settled else _UNKNOWN_SETTINGS_STREAMS)

    def watch(self, changed: Callable[[], None]) -> None:
        self._changed = changed

    def is_stale(self) -> bool:
        return bool(self._draining) or self._error is not None or self._wire.ended or self._wire.is_closing()

    def close(self) -> None:
        self._wire.listener = None
        if self._error is None and not self._wire.is_closing():
            try:
                self._engine.close_connection()
            except h2.exceptions.ProtocolError:
                self._draining = "closed"  # it is in no state for a GOAWAY
            self.flush()
        self._fail(EmptyResponseError(f"{self.peer}: the connection was closed"))
        self._wire.close()

    def abort(self) -> None:
        self._wire.listener = None
        self._fail(EmptyResponseError(f"{self.peer}: the connection was closed"))
        self._wire.abort()

    async def wait_closed(self) -> None:
        await self._wire.wait_closed()

    def begin(self) -> Conversation:
        return HTTP2Stream(self)

    # --- The streams' side ---------------------------------------------------------------------------

    def start(self, stream: HTTP2Stream, fields: Fields, ends: bool) -> int:
        """Send the head of a request; returns the stream's number. Raises `RequestRefusedError` and `UsageError`."""
        if self.capacity() == 0:
            reason = self._draining or str(self._error or "the connection is closed")
            raise RequestRefusedError(f"{self.peer}: {reason}")
        try:
            number = self._engine.get_next_available_stream_id()
        except h2.exceptions.NoAvailableStreamIDError as error:
            self._draining = "all numbers of streams are used"
            raise RequestRefusedError(f"{self.peer}: {self._draining}") from error
        try:
            self._engine.send_headers(number, fields, end_stream=ends)
        except h2.exceptions.TooManyStreamsError as error:
            raise RequestRefusedError(f"{self.peer}: {error}") from error
        except h2.exceptions.ProtocolError as error:
            raise UsageError(f"{self.peer}: the request cannot be written as HTTP/2: {error}") from error
        self._streams[number] = stream
        if self._loop.time() - self._heard > HTTP2_DOUBT_SECONDS:
            # A router may have forgotten the connection; without a word from it the request would wait for its limit.
            self._engine.ping(b"alive?  ")
            self._alarm.set(HTTP2_PING_SECONDS)
        self.flush()
        return number

    def room(self, number: int) -> int:
        """Bytes of a body that may be sent on a stream now."""
        if self._error is not None or self._wire.is_writing_paused:
            return 0
        return min(self._engine.local_flow_control_window(number), self._engine.max_outbound_frame_size)

    def send_data(self, number: int, data: bytes, ends: bool) -> None:
        """A piece of a body that has room."""
        self._engine.send_data(number, data, end_stream=ends)
        self.flush()

    def give_back(self, number: int, size: int) -> None:
        """Open a stream's window by what its reader took."""
        if self._error is None and not self._wire.is_closing():
            try:
                self._engine.increment_flow_control_window(size, number)
            except h2.exceptions.ProtocolError:
                return  # the stream has ended in the meantime
            self.flush()

    def leave(self, number: int, done: bool) -> None:
        """A stream is finished; where it did not come to its end on both sides, the server is told to stop: else it
        would count as one of those that may be open at once for ever."""
        if self._streams.pop(number, None) is None or done:
            return
        if self._error is None and not self._wire.is_closing():
            try:
                self._engine.reset_stream(number, h2.errors.ErrorCodes.CANCEL)
            except h2.exceptions.ProtocolError:
                return  # it has ended in the meantime
            self.flush()

    def flush(self) -> None:
        """Send what the engine has to say."""
        data = self._engine.data_to_send()
        if data:
            self._wire.write(data)

    # --- The wire's side -----------------------------------------------------------------------------

    def _came(self) -> None:
        wire = self._wire
        data = wire.take()
        if data:
            self._heard = self._loop.time()
            self._alarm.stop()
        if data and self._error is None:
            if not self._settled and data.startswith(b"HTTP/"):
                self._fail(HTTPProtocolError(f"{self.peer} speaks HTTP/1.1 where HTTP/2 was agreed on"))
                wire.close()
                return
            try:
                events = self._engine.receive_data(data)
            except h2.exceptions.H2Error as error:
                self.flush()
                self._fail(HTTPProtocolError(f"{self.peer} sent what is not HTTP/2: {_words(error)}"))
                wire.close()
                return
            for event in events:
                self._heed(event)
            if self._credit >= HTTP2_CONNECTION_WINDOW // 4:
                self._engine.increment_flow_control_window(self._credit)
                self._credit = 0
            self.flush()
            if self._unasked > MAX_UNASKED_FRAMES:
                self._fail(
                    HTTPProtocolError(f"{self.peer} sends HTTP/2 frames without end that nobody asked for")
                )
                wire.close()
                return
        if wire.error is not None or wire.ended:
            self._fail(self._ending(wire.error))
            wire.close()
            return
        if not wire.is_writing_paused:
            for stream in list(self._streams.values()):
                stream.wake_sender()

    def _ending(self, error: Exception | None) -> NetworkError:
        if isinstance(error, ssl.SSLError):
            from .tls import map_tls_error  # noqa: PLC0415 - here because TLS was used

            return map_tls_error(error, self.peer, "")
        words = os_error_words(error) if isinstance(error, OSError) else "without an answer"
        return EmptyResponseError(f"{self.peer} closed the connection: {words}")

    def _heed(self, event: h2.events.Event) -> None:
        number = getattr(event, "stream_id", 0)
        stream = self._streams.get(number) if number else None
        self._unasked = 0 if stream is not None else self._unasked + 1
        if isinstance(event, h2.events.DataReceived):
            self._credit += event.flow_controlled_length
            if stream is not None:
                stream.add_data(event.data, event.flow_controlled_length)
        elif isinstance(event, h2.events.ResponseReceived):
            if stream is not None:
                stream.set_head(event.headers)
        elif isinstance(event, h2.events.StreamEnded):
            if stream is not None:
                stream.end()
        elif isinstance(event, h2.events.InformationalResponseReceived):
            if stream is not None:
                stream.add_informational(event.headers)
        elif isinstance(event, h2.events.TrailersReceived):
            if stream is not None:
                stream.trailers = _plain_headers(event.headers)
        elif isinstance(event, h2.events.StreamReset):
            if stream is not None:
                self._reset(stream, event.error_code)
        elif isinstance(event, h2.events.ConnectionTerminated):
            self._drain(event)
        elif isinstance(event, h2.events.RemoteSettingsChanged):
            self._settled = True
            self._tell()

    def _reset(self, stream: HTTP2Stream, code: int) -> None:
        """RFC 9113 section 8.7: what was refused was not processed."""
        self._streams.pop(stream.number, None)  # a RST_STREAM is not answered by another
        name = _code_name(code)
        if code == h2.errors.ErrorCodes.HTTP_1_1_REQUIRED:
            self.requires_http1 = True
            self._draining = "it wants HTTP/1.1"
        if code in (h2.errors.ErrorCodes.REFUSED_STREAM, h2.errors.ErrorCodes.HTTP_1_1_REQUIRED):
            stream.fail(RequestRefusedError(f"{self.peer} refused stream {stream.number}: {name}"))
        elif code == h2.errors.ErrorCodes.NO_ERROR and stream.has_head:
            stream.end()  # it needs no more of the body that is sent (RFC 9113 section 8.1)
        else:
            stream.fail(HTTPProtocolError(f"{self.peer} reset stream {stream.number}: {name}"))

    def _drain(self, event: h2.events.ConnectionTerminated) -> None:
        """GOAWAY (RFC 9113 section 6.8): streams above the last were not processed, the others go on."""
        code = event.error_code if event.error_code is not None else 0
        words = bytes(event.additional_data or b"")[:100].decode("utf-8", "replace")
        self._draining = f"the server is going away ({_code_name(code)}{': ' + words if words else ''})"
        if code == h2.errors.ErrorCodes.HTTP_1_1_REQUIRED:
            self.requires_http1 = True
        last = event.last_stream_id if event.last_stream_id is not None else 0
        for number, stream in list(self._streams.items()):
            if number > last:
                del self._streams[number]
                stream.fail(
                    RequestRefusedError(f"{self.peer} did not begin stream {number}: {self._draining}")
                )
        self._tell()

    def _silent(self) -> None:
        self._fail(
            EmptyResponseError(
                f"{self.peer} gives no sign of life: no answer to a PING in {HTTP2_PING_SECONDS:g} s"
            )
        )
        self._wire.abort()

    def _fail(self, error: NetworkError) -> None:
        """The connection is over, and with it all that runs on it."""
        if self._error is not None:
            return
        self._error = error
        self._alarm.cancel()
        for stream in list(self._streams.values()):
            stream.fail(error)
        self._tell()

    def _tell(self) -> None:
        for stream in list(self._streams.values()):
            stream.wake_sender()
        if self._changed is not None:
            self._changed()


@final
class HTTP2Stream(Conversation):
    """One exchange. Mutable: `_sent` (whether all of the request is out), what came and was not taken yet (`_head`,
    `_chunks`), `_ended`, `_error`."""

    __slots__ = (
        "_alarm",
        "_chunks",
        "_connection",
        "_ended",
        "_error",
        "_head",
        "_owed",
        "_reader",
        "_sender",
        "_sent",
        "number",
    )

    def __init__(self, connection: HTTP2Connection) -> None:
        super().__init__()
        self._connection: Final = connection
        self.number = 0
        self._sent = False
        self._head: ResponseHead | None = None
        self._chunks: Final[deque[tuple[bytes, int]]] = deque()
        self._owed = 0
        self._ended = False
        self._error: NetworkError | None = None
        self._reader: asyncio.Future[None] | None = None
        self._sender: asyncio.Future[None] | None = None
        self._alarm: Final = Alarm(asyncio.get_running_loop(), self._too_late)

    @property
    def words(self) -> str:
        return f"h2, stream {self.number}"

    @property
    def has_head(self) -> bool:
        """Whether the final head has come."""
        return self._head is not None

    async def send_request(self, head: RequestHead, body: bytes | Upload | None) -> int:
        fields = request_fields(head, self._connection.peer)
        self._sent = body is None or body == b""
        self.number = self._connection.start(self, fields, self._sent)
        size = sum(len(name) + len(value) + 4 for name, value in fields)
        if isinstance(body, bytes):
            if body:
                await self._send(body, True)
        elif body is not None:
            async for piece in body():
                if piece:
                    await self._send(piece, False)
            await self._send(b"", True)
        return size

    async def receive_head(self) -> ResponseHead:
        while self._head is None:
            if self._error is not None:
                raise self._error
            if self._ended:
                raise HTTPProtocolError(
                    f"{self._connection.peer} ended stream {self.number} before its answer"
                )
            await self._wait()
        return self._head

    async def receive_data(self) -> bytes | None:
        while not self._chunks:
            if self._ended:
                return None
            if self._error is not None:
                raise self._error
            await self._wait()
        data, size = self._chunks.popleft()
        self._owed += size
        if self._owed >= HTTP2_STREAM_WINDOW // 4 and not self._ended:
            self._connection.give_back(self.number, self._owed)
            self._owed = 0
        return data

    def finish(self) -> bool:
        self._alarm.cancel()
        self._connection.leave(self.number, self._ended and self._sent)
        return True

    # --- The connection's side -----------------------------------------------------------------------

    def set_head(self, fields: object) -> None:
        """The final head has come."""
        pairs = _pairs(fields)
        status = self._status(pairs)
        if status < 0:
            return
        size = sum(len(name) + len(value) + 4 for name, value in pairs)
        self._head = ResponseHead(status, "", "HTTP/2", _plain_headers(fields), size)
        self._wake()

    def _status(self, pairs: Fields) -> int:
        """The status, or -1: then the exchange has failed."""
        text = pairs[0][1] if pairs and pairs[0][0] == b":status" else b""
        if len(text) == 3 and text.isdigit():
            return int(text)
        self.fail(HTTPProtocolError(f"{self._connection.peer} sent the status {text[:20]!r}"))
        return -1

    def add_informational(self, fields: object) -> None:
        """A head with a status of 1xx has come."""
        status = self._status(_pairs(fields))
        if status < 0:
            return
        self.note_informational(status, _plain_headers(fields))
        if len(self.informational) > MAX_INFORMATIONAL_RESPONSES:
            self.fail(
                HTTPProtocolError(
                    f"{self._connection.peer} sent {MAX_INFORMATIONAL_RESPONSES} informational answers and no other"
                )
            )
        self._wake()

    def add_data(self, data: bytes, size: int) -> None:
        """A piece of the body has come; `size` counts for the window (with padding)."""
        if data:
            self._chunks.append((data, size))
        else:
            self._owed += size
        self._wake()

    def end(self) -> None:
        """Nothing more comes."""
        self._ended = True
        self._wake()
        self.wake_sender()

    def fail(self, error: NetworkError) -> None:
        """The exchange is broken."""
        if self._ended or self._error is not None:
            return
        if isinstance(error, EmptyResponseError) and self._head is not None:
            error = HTTPProtocolError(f"{error}: in the middle of stream {self.number}")
        self._error = error
        self._wake()
        self.wake_sender()

    def wake_sender(self) -> None:
        """There may be room for more of the body."""
        if self._sender is not None and not self._sender.done():
            self._sender.set_result(None)

    # --- Inside --------------------------------------------------------------------------------------

    async def _send(self, data: bytes, last: bool) -> None:
        """Send a piece of the body as windows allow; what the server does not want any more is dropped."""
        connection = self._connection
        view = memoryview(data)
        while True:
            if self._ended or self._error is not None:
                return  # the answer, or the error, is for the reader
            if not view:
                if last and not data:
                    self._sent = True
                    connection.send_data(self.number, b"", True)
                return
            room = connection.room(self.number)
            if room <= 0:
                await self._wait_for_room()
                continue
            piece, view = view[:room], view[room:]
            self._sent = last and not view
            connection.send_data(self.number, bytes(piece), self._sent)

    async def _wait_for_room(self) -> None:
        seconds = self._connection.idle_timeout
        sender = self._sender = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await sender
        except TimeoutError as error:
            raise ConnectionTimeoutError(
                f"{self._connection.peer} takes no bytes for {seconds:g} s"
            ) from error
        finally:
            self._sender = None

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    async def _wait(self) -> None:
        reader = self._reader = asyncio.get_running_loop().create_future()
        self._alarm.set(self._connection.idle_timeout)
        try:
            await reader
        except TimeoutError as error:
            seconds = self._connection.idle_timeout
            raise ConnectionTimeoutError(f"{self._connection.peer} sent nothing for {seconds:g} s") from error
        finally:
            self._reader = None
            self._alarm.stop()

    def _too_late(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_exception(TimeoutError())


def _pairs(fields: object) -> Fields:
    assert isinstance(fields, list)
    return [(bytes(name), bytes(value)) for name, value in fields]


def _plain_headers(fields: object) -> Headers:
    """Without the pseudo-headers."""
    return Headers(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, value in _pairs(fields)
        if not name.startswith(b":")
    )


def _code_name(code: int) -> str:
    try:
        return h2.errors.ErrorCodes(code).name
    except ValueError:
        return f"error {code:#x}"


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
