"""A small HTTP/1.1 server over asyncio streams: keep-alive, content codings, validators. For the demo only."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from typing import Final, final

from .shop import Resource

_IDLE_SECONDS: Final = 15.0
_MAX_HEAD_BYTES: Final = 32 * 1024
_REASONS: Final = {200: "OK", 301: "Moved Permanently", 304: "Not Modified", 400: "Bad Request",
                   404: "Not Found", 405: "Method Not Allowed"}  # fmt: skip

Find = Callable[[str, str], Resource]
"""Host and path in, resource out."""


@final
class Origin:
    """One listening socket on 127.0.0.1.

    Attributes:
        requests: what was asked, as "GET shop.example/", in order.
        connections: how many were accepted.
    """

    def __init__(self, find: Find, context: ssl.SSLContext | None = None) -> None:
        self._find: Final = find
        self._context: Final = context
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.requests: list[str] = []
        self.connections = 0

    async def start(self) -> int:
        """Listen on a free port; returns it."""
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", 0, limit=_MAX_HEAD_BYTES, ssl=self._context
        )
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Close the socket and all connections."""
        if self._server is None:
            return
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(set(self._tasks))
        await self._server.wait_closed()
        self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        self.connections += 1
        try:
            while await self._exchange(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError):
            return  # the client went away, or talks nonsense
        except asyncio.CancelledError:
            writer.transport.abort()  # the demo ends; a callback of asyncio would complain about the cancellation
        finally:
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; returns whether the connection goes on."""
        async with asyncio.timeout(_IDLE_SECONDS):
            head = await reader.readuntil(b"\r\n\r\n")
        line, *lines = head.decode("latin-1").split("\r\n")
        words = line.split(" ")
        headers: dict[str, str] = {}
        for text in lines:
            name, colon, value = text.partition(":")
            if colon:
                headers[name.lower()] = value.strip()
        if len(words) != 3:
            writer.write(_head(400, [("Content-Length", "0"), ("Connection", "close")]))
            return False
        method, target, _ = words
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length) <= _MAX_HEAD_BYTES:
            await reader.readexactly(int(length))
        host = headers.get("host", "").partition(":")[0].lower()
        self.requests.append(f"{method} {host}{target}")
        writer.write(self._answer(method, host, target.partition("?")[0], headers))
        await writer.drain()
        return headers.get("connection", "").lower() != "close"

    def _answer(self, method: str, host: str, path: str, headers: dict[str, str]) -> bytes:
        if method not in ("GET", "HEAD"):
            return _head(405, [("Allow", "GET, HEAD"), ("Content-Length", "0")])
        resource = self._find(host, path)
        fields = [("Server", "minibrowser-demo"), *resource.headers]
        if resource.etag:
            fields.append(("ETag", resource.etag))
            if resource.etag in headers.get("if-none-match", ""):
                return _head(304, fields)
        coding, body = resource.encoded(headers.get("accept-encoding", ""))
        if resource.mime_type:
            fields.append(("Content-Type", resource.mime_type))
        if coding:
            fields += [("Content-Encoding", coding), ("Vary", "Accept-Encoding")]
        fields.append(("Content-Length", str(len(body))))
        head = _head(resource.status, fields)
        return head if method == "HEAD" else head + body


def _head(status: int, fields: list[tuple[str, str]]) -> bytes:
    lines = [f"HTTP/1.1 {status} {_REASONS[status]}", *(f"{name}: {value}" for name, value in fields)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
