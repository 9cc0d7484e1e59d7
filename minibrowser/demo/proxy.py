"""A way into the demo's internet for other programs: an HTTP proxy (CONNECT, and plain http) that reaches its hosts
and nothing else. `curl --proxy`, Chromium's `--proxy-server` and `minibrowser --proxy` understand it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final, final

from .listener import Listener

_READ_SIZE: Final = 64 * 1024
_SECONDS: Final = 60.0
"""Without a byte, until a tunnel is closed."""


@final
class DemoProxy(Listener):
    """`ports` are the loopback ports by host and port."""

    head_limit = 32 * 1024

    def __init__(self, ports: Mapping[tuple[str, int], int]) -> None:
        super().__init__()
        self._ports: Final = dict(ports)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
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
