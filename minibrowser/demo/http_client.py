"""How the demo's edge and load balancer talk to the server behind them: HTTP/1.1 over kept connections (h11)."""

from __future__ import annotations

import asyncio
from typing import Final, final

import h11

from ..net import Headers
from .messages import ServerRequest, ServerResponse

_READ_SIZE: Final = 64 * 1024
_MAX_IDLE: Final = 8
"""Connections that are kept for the next request."""


class UpstreamError(Exception):
    """The server behind gave no answer. It stays inside the demo: whoever asked answers 502 or tries another."""


@final
class Upstream:
    """A server on 127.0.0.1 that requests are passed to."""

    def __init__(self, port: int, seconds: float = 5.0) -> None:
        """`seconds` is the time limit of one exchange."""
        self._port: Final = port
        self._seconds: Final = seconds
        self._idle: list[_Link] = []

    async def exchange(self, request: ServerRequest, headers: Headers) -> ServerResponse:
        """Send a request with these headers and take the whole answer. Raises `UpstreamError`.

        A kept connection that turns out to be dead is no failure of the server: a safe request goes out again.
        """
        while self._idle:
            link = self._idle.pop()
            if not link.is_alive():
                link.abort()
                continue
            try:
                return await self._over(link, request, headers)
            except UpstreamError:
                if not request.is_safe:
                    raise
        try:
            async with asyncio.timeout(self._seconds):
                reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        except (OSError, TimeoutError) as error:
            raise UpstreamError(f"no connection to port {self._port}: {error}") from error
        return await self._over(_Link(reader, writer), request, headers)

    async def _over(self, link: _Link, request: ServerRequest, headers: Headers) -> ServerResponse:
        try:
            async with asyncio.timeout(self._seconds):
                response = await link.exchange(request, headers)
        except (OSError, TimeoutError, h11.ProtocolError) as error:
            link.abort()
            raise UpstreamError(f"no answer from port {self._port}: {error}") from error
        except BaseException:
            link.abort()
            raise
        if link.next() and len(self._idle) < _MAX_IDLE:
            self._idle.append(link)
        else:
            link.abort()
        return response

    def close(self) -> None:
        """Drop all kept connections."""
        while self._idle:
            self._idle.pop().abort()


@final
class _Link:
    """One connection to the server behind."""

    __slots__ = ("_engine", "_reader", "_writer")

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader: Final = reader
        self._writer: Final = writer
        self._engine: Final = h11.Connection(h11.CLIENT)

    def is_alive(self) -> bool:
        """Whether the server has kept it open and silent, as far as this end knows."""
        return not self._reader.at_eof() and not self._writer.is_closing()

    async def exchange(self, request: ServerRequest, headers: Headers) -> ServerResponse:
        """One request and its answer; informational answers are passed over."""
        fields = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        engine = self._engine
        parts = [
            engine.send(h11.Request(method=request.method, target=request.target, headers=fields)) or b""
        ]
        if request.body:
            parts.append(engine.send(h11.Data(data=request.body)) or b"")
        parts.append(engine.send(h11.EndOfMessage()) or b"")
        self._writer.write(b"".join(parts))
        await self._writer.drain()
        while isinstance(event := await self._event(), h11.InformationalResponse):
            pass
        if not isinstance(event, h11.Response):
            raise ConnectionResetError("closed without an answer")
        answer = event
        body = bytearray()
        while isinstance(event := await self._event(), h11.Data):
            body += event.data
        items = (
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers.raw_items()
        )
        return ServerResponse(answer.status_code, Headers(items), bytes(body))

    def next(self) -> bool:
        """Make ready for another exchange; whether there can be one."""
        if self._engine.our_state is h11.DONE and self._engine.their_state is h11.DONE:
            self._engine.start_next_cycle()
            return True
        return False

    def abort(self) -> None:
        """Drop it at once."""
        self._writer.transport.abort()

    async def _event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        while (event := self._engine.next_event()) is h11.NEED_DATA:
            self._engine.receive_data(await self._reader.read(_READ_SIZE))
        return event
