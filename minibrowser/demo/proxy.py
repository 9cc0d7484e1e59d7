"""A way into the demo's internet for other programs: an HTTP proxy (CONNECT, and plain http) that reaches its hosts
and nothing else. `curl --proxy`, Chromium's `--proxy-server` and `minibrowser --proxy` understand it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final, final

_MAX_HEAD_BYTES: Final = 32 * 1024
_READ_SIZE: Final = 64 * 1024
_SECONDS: Final = 60.0
"""Without a byte, until a tunnel is closed."""


@final
class DemoProxy:
    """One listening socket on 127.0.0.1. `ports` are the loopback ports by host and port."""

    def __init__(self, ports: Mapping[tuple[str, int], int]) -> None:
        self._ports: Final = dict(ports)
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def start(self, port: int = 0) -> int:
        """Listen on a port, a free one by default; returns it."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, limit=_MAX_HEAD_BYTES)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self.port

    async def stop(self) -> None:
        """Close the socket and all tunnels. Stopping twice is fine."""
        if self._server is None:
            return
        server, self._server = self._server, None
        server.close()
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(set(self._tasks))
        await server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        try:
            await self._tunnel(reader, writer)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return  # one of the two went away, or talks nonsense
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            writer.close()

    async def _tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(_SECONDS):
            head = await reader.readuntil(b"\r\n\r\n")
        place = destination(head)
        port = self._ports.get(place) if place is not None else None
        if port is None:
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
            return
        their_reader, their_writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            if head.startswith(b"CONNECT "):
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                # A server behind takes the absolute form as well (RFC 9112 section 3.2.2), but ours read paths.
                their_writer.write(in_origin_form(head))
            await asyncio.gather(_pump(reader, their_writer), _pump(their_reader, writer))
        finally:
            their_writer.transport.abort()


def destination(head: bytes) -> tuple[str, int] | None:
    """Host and port that a proxy is asked for, None where the request is none for a proxy. Pure."""
    words = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
    if len(words) != 3:
        return None
    authority, default = words[1], "443"
    if words[0] != "CONNECT":
        scheme, slashes, rest = words[1].partition("://")
        if scheme.lower() != "http" or not slashes:
            return None
        authority, default = rest.partition("/")[0], "80"
    host, _, port = authority.partition(":")
    port = port or default
    return (host.lower(), int(port)) if port.isascii() and port.isdecimal() and len(port) <= 5 else None


def in_origin_form(head: bytes) -> bytes:
    """A request in absolute form as a server is asked; the connection ends with it, because the next request may be
    for another host. Pure."""
    line, _, rest = head.partition(b"\r\n")
    method, target, version = line.split(b" ")
    path = b"/" + target.partition(b"://")[2].partition(b"/")[2]
    fields = [
        field
        for field in rest.split(b"\r\n")
        if not field.lower().startswith((b"connection:", b"proxy-connection:", b"proxy-authorization:"))
    ]
    return b" ".join((method, path, version)) + b"\r\nConnection: close\r\n" + b"\r\n".join(fields)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        async with asyncio.timeout(_SECONDS):
            data = await reader.read(_READ_SIZE)
        if not data:
            break
        writer.write(data)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()
