"""Bytes over one socket, through as many TLS layers as the way needs (two inside a tunnel of an https proxy).

asyncio's own streams are not used: its TLS can neither resume a session nor run inside another, and its readers
cost more than the rest of a small exchange. A wire is read by pulling (`read`), or by a listener that is told when
something came (HTTP/2).
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable
from typing import Final, final

from ..limits import WIRE_BUFFER_BYTES

_READ_SIZE: Final = 64 * 1024


@final
class Alarm:
    """A time limit that is moved often and rings rarely: moving it costs no timer."""

    __slots__ = ("_deadline", "_handle", "_loop", "_ring")

    def __init__(self, loop: asyncio.AbstractEventLoop, ring: Callable[[], None]) -> None:
        self._loop: Final = loop
        self._ring: Final = ring
        self._deadline = -1.0
        self._handle: asyncio.TimerHandle | None = None

    def set(self, seconds: float) -> None:
        """Ring after so many seconds, instead of what was set before."""
        deadline = self._deadline = self._loop.time() + seconds
        if self._handle is not None:
            if self._handle.when() <= deadline:
                return
            self._handle.cancel()
        self._handle = self._loop.call_at(deadline, self._look)

    def stop(self) -> None:
        """Do not ring."""
        self._deadline = -1.0

    def cancel(self) -> None:
        """Do not ring, ever."""
        self._deadline = -1.0
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _look(self) -> None:
        self._handle = None
        if self._deadline < 0.0:
            return
        if self._loop.time() < self._deadline:
            self._handle = self._loop.call_at(self._deadline, self._look)
            return
        self._deadline = -1.0
        self._ring()


@final
class TLSLayer:
    """TLS without I/O: what comes in and goes out are bytes.

    Attributes:
        engine: OpenSSL's connection.
        done: whether the handshake is finished.
        ended: whether the peer said goodbye (close_notify).
    """

    __slots__ = ("_incoming", "_outgoing", "done", "ended", "engine")

    def __init__(
        self, context: ssl.SSLContext, server_hostname: str, session: ssl.SSLSession | None = None
    ) -> None:
        """Raises `ValueError` for a host name that cannot be one, `ssl.SSLError` for a session of another context."""
        self._incoming: Final = ssl.MemoryBIO()
        self._outgoing: Final = ssl.MemoryBIO()
        self.engine: Final = context.wrap_bio(
            self._incoming, self._outgoing, server_hostname=server_hostname, session=session
        )
        self.done = False
        self.ended = False

    def shake(self) -> bool:
        """A step of the handshake; whether it is finished. Raises `ssl.SSLError`."""
        if not self.done:
            try:
                self.engine.do_handshake()
            except ssl.SSLWantReadError:
                return False
            self.done = True
        return True

    def decrypt(self, data: bytes) -> bytes:
        """Bytes from the peer; returns the plain ones. Raises `ssl.SSLError`."""
        self._incoming.write(data)
        if not self.shake():
            return b""
        parts = []
        read = self.engine.read
        try:
            while part := read(_READ_SIZE):
                parts.append(part)
            self.ended = True
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLZeroReturnError:
            self.ended = True
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def encrypt(self, data: bytes) -> bytes:
        """Plain bytes for the peer; returns what is to be sent, older messages of the layer included."""
        if data:
            view = memoryview(data)
            while view:
                view = view[self.engine.write(view) :]
        return self._outgoing.read()

    def goodbye(self) -> bytes:
        """The close_notify to be sent. The peer's is not waited for (RFC 8446 section 6.1)."""
        with contextlib.suppress(ssl.SSLError):  # it wants the peer's, or the handshake never ended
            self.engine.unwrap()
        return self._outgoing.read()


@final
class Wire(asyncio.Protocol):
    """A connection of bytes.

    Attributes:
        received: plain bytes that came in, read or not.
        ended: whether nothing more comes.
        error: why, where it did not end well.
        listener: is called after something came in, room for writing came back, or the end came.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop: Final = loop
        self._transport: asyncio.Transport | None = None
        self._layers: Final[list[TLSLayer]] = []
        self._chunks: list[bytes] = []
        self._size = 0
        self._reading_paused = False
        self._writing_paused = False
        self._reader: asyncio.Future[None] | None = None
        self._writers: Final[list[asyncio.Future[None]]] = []
        self._alarm: Final = Alarm(loop, self._too_late)
        self._lost: Final[asyncio.Future[None]] = loop.create_future()
        self.received = 0
        self.ended = False
        self.error: Exception | None = None
        self.listener: Callable[[], None] | None = None

    @property
    def unread(self) -> int:
        """Plain bytes that wait to be read."""
        return self._size

    @property
    def is_writing_paused(self) -> bool:
        """Whether the peer takes no bytes, so that no more should be written now."""
        return self._writing_paused

    def is_closing(self) -> bool:
        """Whether the connection is closed or about to be."""
        return self._transport is None or self._transport.is_closing()

    async def start_tls(
        self, context: ssl.SSLContext, server_hostname: str, session: ssl.SSLSession | None, seconds: float
    ) -> ssl.SSLObject:
        """Shake hands. Raises `OSError` (`ssl.SSLError` is one), `ValueError` and `TimeoutError`."""
        layer = TLSLayer(context, server_hostname, session)
        rest = self.take()
        self._layers.append(layer)
        layer.shake()
        self._send(b"")
        if rest:
            self._decrypt(rest, len(self._layers) - 1)
        async with asyncio.timeout(seconds):
            while not layer.done:
                if self.error is not None:
                    raise self.error
                if self.ended:
                    raise ConnectionResetError
                await self._wait(seconds + 1.0)
        return layer.engine

    async def read(self, seconds: float) -> bytes:
        """What came in, b"" at the end. Raises `TimeoutError` when nothing comes for so long, and `OSError`."""
        while not self._chunks:
            if self.error is not None:
                raise self.error
            if self.ended:
                return b""
            await self._wait(seconds)
        return self.take()

    def take(self) -> bytes:
        """What came in by now."""
        chunks = self._chunks
        if not chunks:
            return b""
        self._chunks = []
        self._size = 0
        if self._reading_paused:
            self._reading_paused = False
            if self._transport is not None and not self._transport.is_closing():
                self._transport.resume_reading()
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def write(self, data: bytes) -> None:
        """Send, now or when the peer takes more; after an error, which the next `read` raises, nothing is sent."""
        if self.error is None and self._transport is not None and not self._transport.is_closing():
            self._send(data)

    async def drain(self, seconds: float) -> None:
        """Wait until the peer has taken most of what was written. Raises `TimeoutError` and `OSError`."""
        if self.error is not None and not isinstance(self.error, ssl.SSLError):
            raise self.error
        if not self._writing_paused:
            return
        waiter = self._loop.create_future()
        self._writers.append(waiter)
        try:
            async with asyncio.timeout(seconds):
                await waiter
        finally:
            self._writers.remove(waiter)

    def close(self) -> None:
        """Say goodbye and close when all is sent."""
        if self._transport is None or self._transport.is_closing():
            return
        for index in range(len(self._layers) - 1, -1, -1):
            self._send(self._layers[index].goodbye(), index)
        self._transport.close()

    def abort(self) -> None:
        """Close at once."""
        if self._transport is not None:
            self._transport.abort()

    async def wait_closed(self) -> None:
        """Wait until the socket is closed."""
        await asyncio.shield(self._lost)

    # --- asyncio.Protocol ----------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        if self._layers:
            self._decrypt(data, 0)
        else:
            self._came(data)
        self._tell()

    def eof_received(self) -> bool:
        self.ended = True
        self._tell()
        return True  # what is written still goes out; the owner closes

    def connection_lost(self, error: Exception | None) -> None:
        self.ended = True
        if error is not None and self.error is None:
            self.error = error
        self._alarm.cancel()
        for waiter in self._writers:
            if not waiter.done():
                waiter.set_exception(error or ConnectionResetError())
        if not self._lost.done():
            self._lost.set_result(None)
        self._tell()

    def pause_writing(self) -> None:
        self._writing_paused = True

    def resume_writing(self) -> None:
        self._writing_paused = False
        for waiter in self._writers:
            if not waiter.done():
                waiter.set_result(None)
        self._tell()

    # --- Inside --------------------------------------------------------------------------------------

    def _decrypt(self, data: bytes, first: int) -> None:
        """Through the layers from `first` on, answers of theirs going out."""
        for index in range(first, len(self._layers)):
            layer = self._layers[index]
            try:
                data = layer.decrypt(data)
            except ssl.SSLError as error:
                self.error = self.error or error
                self.ended = True
                data = b""
            self._send(b"", index + 1)
            self.ended = self.ended or layer.ended
            if not data:
                return
        self._came(data)

    def _came(self, data: bytes) -> None:
        self._chunks.append(data)
        self._size += len(data)
        self.received += len(data)
        if self._size > WIRE_BUFFER_BYTES and not self._reading_paused:
            self._reading_paused = True
            if self._transport is not None:
                self._transport.pause_reading()

    def _send(self, data: bytes, above: int = -1) -> None:
        """Out through the layers below `above` (all by default)."""
        for index in range((len(self._layers) if above < 0 else above) - 1, -1, -1):
            data = self._layers[index].encrypt(data)
        if data and self._transport is not None:
            self._transport.write(data)

    def _tell(self) -> None:
        reader = self._reader
        if reader is not None and not reader.done():
            reader.set_result(None)
        if self.listener is not None:
            self.listener()

    async def _wait(self, seconds: float) -> None:
        reader = self._reader = self._loop.create_future()
        self._alarm.set(seconds)
        try:
            await reader
        finally:
            self._reader = None
            self._alarm.stop()

    def _too_late(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_exception(TimeoutError())


async def open_wire(sock: socket.socket) -> Wire:
    """A wire over a connected socket, which is closed when that fails."""
    loop = asyncio.get_running_loop()
    try:
        _, wire = await loop.create_connection(lambda: Wire(loop), sock=sock)
    except BaseException:
        sock.close()
        raise
    return wire
