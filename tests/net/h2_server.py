"""A server of HTTP/2 on loopback: h2's other side, with a hand on every frame."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions
import h2.settings

from minibrowser.demo.listener import Listener

Fields = list[tuple[str, str]]


class Exchange:
    """A request as it comes in, and the ways to answer it."""

    def __init__(self, connection: H2ServerConnection, number: int, fields: Fields) -> None:
        self.connection = connection
        self.number = number
        self.fields = fields
        self.headers = dict(fields)
        self.path = self.headers[":path"]
        self.body = b""
        self.ended = asyncio.Event()
        self.reset_code: int | None = None
        self.reset_came = asyncio.Event()
        self.sent = 0

    def head(self, status: str = "200", *fields: tuple[str, str], ends: bool = False) -> None:
        self.connection.engine.send_headers(self.number, [(":status", status), *fields], end_stream=ends)
        self.connection.flush()

    def trailers(self, *fields: tuple[str, str]) -> None:
        self.connection.engine.send_headers(self.number, list(fields), end_stream=True)
        self.connection.flush()

    async def data(self, data: bytes, ends: bool = True) -> None:
        """As the client's windows allow."""
        engine = self.connection.engine
        while True:
            room = min(
                engine.local_flow_control_window(self.number), engine.max_outbound_frame_size, len(data)
            )
            if data and not room:
                await self.connection.window()
                continue
            piece, data = data[:room], data[room:]
            engine.send_data(self.number, piece, end_stream=ends and not data)
            self.connection.flush()
            self.sent += len(piece)
            if not data:
                return
            await asyncio.sleep(0)

    async def answer(self, body: bytes = b"", status: str = "200", *fields: tuple[str, str]) -> None:
        self.head(status, ("content-length", str(len(body))), *fields, ends=not body)
        if body:
            await self.data(body)

    def reset(self, code: h2.errors.ErrorCodes) -> None:
        self.connection.engine.reset_stream(self.number, code)
        self.connection.flush()


Handle = Callable[[Exchange], Awaitable[None]]


class H2ServerConnection:
    def __init__(self, server: H2Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.server = server
        self.reader = reader
        self.writer = writer
        config = h2.config.H2Configuration(
            client_side=False, header_encoding="latin-1", normalize_inbound_headers=False
        )
        self.engine = h2.connection.H2Connection(config)
        self.exchanges: dict[int, Exchange] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.pinged = asyncio.Event()
        self.most_open = 0
        self._windows: list[asyncio.Future[None]] = []

    def flush(self) -> None:
        if not self.writer.is_closing():
            self.writer.write(self.engine.data_to_send())

    async def window(self) -> None:
        future = asyncio.get_running_loop().create_future()
        self._windows.append(future)
        await future

    def goaway(self, last: int, code: h2.errors.ErrorCodes = h2.errors.ErrorCodes.NO_ERROR) -> None:
        """A GOAWAY after which the streams go on: written by hand, h2's own would end the connection."""
        payload = last.to_bytes(4, "big") + int(code).to_bytes(4, "big")
        self.writer.write(len(payload).to_bytes(3, "big") + b"\x07\x00" + bytes(4) + payload)

    async def run(self) -> None:
        self.engine.local_settings = h2.settings.Settings(
            client=False, initial_values={**self.server.settings}
        )
        self.engine.initiate_connection()
        self.flush()
        try:
            while data := await self.reader.read(65536):
                for event in self.engine.receive_data(data):
                    self._heed(event)
                self.flush()
        except (OSError, h2.exceptions.ProtocolError):
            pass
        finally:
            for task in self.tasks:
                task.cancel()
            self.writer.close()

    def _heed(self, event: h2.events.Event) -> None:
        if isinstance(event, h2.events.RequestReceived):
            fields = [(str(name), str(value)) for name, value in event.headers]
            exchange = self.exchanges[event.stream_id] = Exchange(self, event.stream_id, fields)
            self.server.exchanges.append(exchange)
            self.most_open = max(self.most_open, self.engine.open_inbound_streams)
            task = asyncio.create_task(self._answer(exchange))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        elif isinstance(event, h2.events.DataReceived):
            exchange = self.exchanges[event.stream_id]
            exchange.body += event.data
            if self.server.takes_bodies:
                self.engine.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        elif isinstance(event, h2.events.StreamEnded):
            self.exchanges[event.stream_id].ended.set()
        elif isinstance(event, h2.events.StreamReset):
            self.exchanges[event.stream_id].reset_code = int(event.error_code)
            self.exchanges[event.stream_id].reset_came.set()
        elif isinstance(event, h2.events.PingAckReceived):
            self.pinged.set()
        elif isinstance(event, h2.events.WindowUpdated | h2.events.RemoteSettingsChanged):
            windows, self._windows = self._windows, []
            for future in windows:
                if not future.done():
                    future.set_result(None)

    async def _answer(self, exchange: Exchange) -> None:
        with contextlib.suppress(h2.exceptions.ProtocolError):  # the client has gone away from it
            await self.server.handle(exchange)


class H2Server(Listener):
    """`settings` by `h2.settings.SettingCodes`; `takes_bodies` says whether uploads get their window back."""

    def __init__(
        self,
        handle: Handle,
        context: ssl.SSLContext,
        settings: dict[h2.settings.SettingCodes, int] | None = None,
        takes_bodies: bool = True,
    ) -> None:
        context.set_alpn_protocols(["h2"])
        super().__init__(context)
        self.handle = handle
        self.settings = settings or {}
        self.takes_bodies = takes_bodies
        self.begun: list[H2ServerConnection] = []
        self.exchanges: list[Exchange] = []

    @property
    def origin(self) -> str:
        return f"https://localhost:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = H2ServerConnection(self, reader, writer)
        self.begun.append(connection)
        try:
            await connection.run()
        finally:
            if connection.tasks:
                await asyncio.wait(connection.tasks)
