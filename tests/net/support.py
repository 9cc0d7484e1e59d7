"""Loopback servers and a runner for the network tests."""

from __future__ import annotations

import asyncio
import gc
import os
import ssl
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import TypeVar

from minibrowser.demo.listener import Listener
from minibrowser.net import NetworkConfig, Request, Response, Session, Timeouts
from minibrowser.trace import Recorder

T = TypeVar("T")


class Received:
    """A request as the server got it; `connection` counts the server's connections from 1."""

    def __init__(self, head: bytes, body: bytes, connection: int, number: int) -> None:
        self.raw = head
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.target, _ = lines[0].split(" ")
        self.headers = {}
        for line in lines[1:]:
            name, colon, value = line.partition(":")
            if colon:
                self.headers[name.lower()] = value.strip()
        self.body = body
        self.connection = connection
        self.number = number
        """Requests on this connection so far, this one included."""


Handler = Callable[[Received], Awaitable[bytes | None]]
"""Returns the raw answer; None closes the connection without one. An answer with `Connection: close` ends it."""


class Server(Listener):
    """A server of raw bytes on 127.0.0.1."""

    def __init__(self, handler: Handler, context: ssl.SSLContext | None = None) -> None:
        super().__init__(context)
        self._handler = handler
        self.requests: list[Received] = []
        self.open = 0
        self.most_open = 0

    @property
    def origin(self) -> str:
        return f"{'https' if self.context else 'http'}://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            connection, count = self.connections, 0
            while True:
                count += 1
                received = await receive(reader, connection, count)
                self.requests.append(received)
                answer = await self._handler(received)
                if answer is None:
                    return
                writer.write(answer)
                await writer.drain()
                if ends_connection(answer):
                    return
        finally:
            self.open -= 1


async def receive(reader: asyncio.StreamReader, connection: int, number: int) -> Received:
    """The next request of a connection, with its body."""
    received = Received(await reader.readuntil(b"\r\n\r\n"), b"", connection, number)
    received.body = await reader.readexactly(int(received.headers.get("content-length", "0")))
    return received


def ends_connection(answer: bytes) -> bool:
    """Whether a raw answer says that it is the last."""
    return b"connection: close" in answer[:2000].lower()


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A raw HTTP/1.1 answer; `content_type="..."` becomes `Content-Type: ...`."""
    fields = {"Content-Length": str(len(body))}
    fields |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in fields.items() if value)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


def replies(routes: dict[str, bytes]) -> Handler:
    """A handler that answers by path, and 404 for the rest."""

    async def handle(request: Received) -> bytes:
        return routes.get(request.target, answer(b"no such path", "404 Not Found"))

    return handle


def always(reply: bytes | None) -> Handler:
    """A handler with one answer."""

    async def handle(request: Received) -> bytes | None:
        return reply

    return handle


def run(main: Coroutine[object, object, T]) -> T:
    """Run a test's coroutine; no task, socket or file may be left by it."""
    before = _descriptors()

    async def guarded() -> T:
        result = await asyncio.wait_for(main, 30)
        await asyncio.sleep(0)
        left = asyncio.all_tasks() - {asyncio.current_task()}
        assert not left, f"tasks are left: {left}"
        return result

    result = asyncio.run(guarded())
    gc.collect()
    for _ in range(200):
        if _descriptors() <= before:
            return result
        time.sleep(0.01)  # c-ares closes its descriptors in a thread of its own, a moment later
    raise AssertionError("descriptors are left")


def _descriptors() -> int:
    try:
        return len(os.listdir("/proc/self/fd"))
    except FileNotFoundError:  # not Linux
        return 0


def session(recorder: Recorder | None = None, **timeouts: float) -> Session:
    """A session with short time limits."""
    config = NetworkConfig(timeouts=Timeouts(**({"connect": 5.0, "idle": 5.0, "total": 10.0} | timeouts)))
    return Session(config, recorder or Recorder(enabled=False))


async def get(url: str, destination: str = "", config: NetworkConfig | None = None) -> Response:
    """Fetch one URL in a session of its own."""
    async with Session(config) if config is not None else session() as own:
        return await own.fetch(Request(url=url, destination=destination))
