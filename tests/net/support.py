"""Loopback servers and a runner for the network tests."""

from __future__ import annotations

import asyncio
import gc
import os
import ssl
import time
from collections.abc import Awaitable, Callable, Coroutine
from types import TracebackType
from typing import TypeVar

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


class Server:
    """A server of raw bytes on 127.0.0.1."""

    def __init__(self, handler: Handler, context: ssl.SSLContext | None = None) -> None:
        self._handler = handler
        self._context = context
        self._tasks: set[asyncio.Task[None]] = set()
        self.requests: list[Received] = []
        self.connections = 0
        self.open = 0
        self.most_open = 0
        self.port = 0

    @property
    def origin(self) -> str:
        return f"{'https' if self._context else 'http'}://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Server:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._context)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.connections += 1
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        number, count = self.connections, 0
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                count += 1
                received = Received(head, b"", number, count)
                received.body = await reader.readexactly(int(received.headers.get("content-length", "0")))
                self.requests.append(received)
                answer = await self._handler(received)
                if answer is None:
                    break
                writer.write(answer)
                await writer.drain()
                if b"connection: close" in answer[:2000].lower():
                    break
        except (OSError, asyncio.IncompleteReadError):
            pass  # the client went away
        except asyncio.CancelledError:
            writer.transport.abort()  # the test is over
        finally:
            self.open -= 1
            writer.close()


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
