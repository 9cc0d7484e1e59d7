"""An HTTP/1.1 server over asyncio streams: keep-alive, HEAD, 100-continue, limits. h11 is the protocol.

In: a handler, a coroutine from `ServerRequest` to `ServerResponse`. Each of the demo's servers is one of these.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final, final

import h11

from ..net import Headers
from .listener import Listener
from .messages import ServerRequest, ServerResponse, text_response

Handler = Callable[[ServerRequest], Awaitable[ServerResponse]]

_IDLE_SECONDS: Final = 15.0
_READ_SIZE: Final = 64 * 1024
_MAX_HEAD_BYTES: Final = 32 * 1024
_MAX_BODY_BYTES: Final = 1024 * 1024
"""Forms of a shop are small; more is 413."""
_LINGER_SECONDS: Final = 2.0
_BODILESS: Final = frozenset({204, 304})


@final
class HTTPServer(Listener):
    """Answers with what the handler gives.

    Attributes:
        name: for people.
        requests: what was asked, as "GET shop.example/", in order.
    """

    def __init__(self, handler: Handler, name: str, context: ssl.SSLContext | None = None) -> None:
        super().__init__(context)
        self._handler: Final = handler
        self.name: Final = name
        self.requests: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = writer.get_extra_info("peername")
        channel = _Channel(reader, writer, str(peer[0]) if peer else "", self.context is not None)
        with contextlib.suppress(h11.LocalProtocolError):  # the client broke off in the middle of its request
            while await self._exchange(channel):
                pass

    async def _exchange(self, channel: _Channel) -> bool:
        """Answer one request; returns whether the connection goes on."""
        try:
            request = await channel.receive()
        except h11.RemoteProtocolError as error:
            if channel.can_answer:
                status = error.error_status_hint
                await channel.send(text_response(status, HTTPStatus(status).phrase), head_only=False)
                await channel.linger()
            return False
        if request is None:
            return False
        self.requests.append(f"{request.method} {request.host}{request.target}")
        response = await self._handler(request)
        await channel.send(response, head_only=request.method == "HEAD")
        return channel.next()


@final
class _Channel:
    """A connection: h11's state, and the streams that its bytes go through."""

    __slots__ = ("_client", "_engine", "_reader", "_secure", "_writer")

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, client: str, secure: bool
    ) -> None:
        self._reader: Final = reader
        self._writer: Final = writer
        self._client: Final = client
        self._secure: Final = secure
        self._engine: Final = h11.Connection(h11.SERVER, max_incomplete_event_size=_MAX_HEAD_BYTES)

    @property
    def can_answer(self) -> bool:
        """Whether a response may be sent now: a broken request gets one too."""
        return self._engine.our_state in (h11.IDLE, h11.SEND_RESPONSE)

    async def receive(self) -> ServerRequest | None:
        """The next request, None where the client has no more. Raises `h11.RemoteProtocolError`."""
        head = await self._event()
        if not isinstance(head, h11.Request):
            return None
        body = bytearray()
        while isinstance(event := await self._event(), h11.Data):
            body += event.data
            if len(body) > _MAX_BODY_BYTES:
                raise h11.RemoteProtocolError("the body is too large", error_status_hint=413)
        if isinstance(event, h11.ConnectionClosed):
            return None
        headers = Headers(
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in head.headers.raw_items()
        )
        method, target = head.method.decode("ascii"), head.target.decode("ascii")
        return ServerRequest(method, target, headers, bytes(body), self._client, self._secure)

    async def send(self, response: ServerResponse, *, head_only: bool) -> None:
        """Write a response."""
        headers = response.headers.copy()
        status = response.status
        if status not in _BODILESS and "Content-Length" not in headers:
            headers.set("Content-Length", str(len(response.body)))
        fields = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        reason = HTTPStatus(status).phrase.encode("ascii")
        parts = [self._engine.send(h11.Response(status_code=status, headers=fields, reason=reason)) or b""]
        if not head_only and status not in _BODILESS:
            parts.append(self._engine.send(h11.Data(data=response.body)) or b"")
        parts.append(self._engine.send(h11.EndOfMessage()) or b"")
        self._writer.write(b"".join(parts))
        await self._writer.drain()

    def next(self) -> bool:
        """Make ready for another request; whether there can be one."""
        if self._engine.our_state is h11.DONE and self._engine.their_state is h11.DONE:
            self._engine.start_next_cycle()
            return True
        return False

    async def linger(self) -> None:
        """Read on for a moment: a connection that is closed with bytes unread is reset, and the answer is lost
        (RFC 9112 section 9.6)."""
        if not self._writer.can_write_eof():
            return
        self._writer.write_eof()
        async with asyncio.timeout(_LINGER_SECONDS):
            while await self._reader.read(_READ_SIZE):
                pass

    async def _event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        while (event := self._engine.next_event()) is h11.NEED_DATA:
            if self._engine.they_are_waiting_for_100_continue:
                go_on = h11.InformationalResponse(status_code=100, headers=[], reason=b"Continue")
                self._writer.write(self._engine.send(go_on) or b"")
            async with asyncio.timeout(_IDLE_SECONDS):
                self._engine.receive_data(await self._reader.read(_READ_SIZE))
        return event
