"""A DNS server's sockets on loopback: UDP and TCP on the same port. What is answered is the caller's business."""

from __future__ import annotations

import asyncio
import errno
import struct
from collections.abc import Callable
from typing import Final, cast, final

Send = Callable[[bytes], None]
Reply = Callable[[bytes, bool, Send], None]
"""A query, whether it came over TCP, and where the answer goes, now or later."""

_ATTEMPTS: Final = 20
_MAX_QUERY: Final = 4096
"""Bytes of a query over TCP; a real one has a hundred."""


@final
class DNSListener:
    """Mutable: the sockets, and `_sessions`, the TCP connections that are open."""

    def __init__(self, reply: Reply) -> None:
        self._reply: Final = reply
        self._udp: asyncio.DatagramTransport | None = None
        self._tcp: asyncio.Server | None = None
        self._sessions: set[asyncio.Transport] = set()

    async def start(self, port: int = 0) -> int:
        """Listen on 127.0.0.1; returns the port, a free one for 0."""
        loop = asyncio.get_running_loop()
        for attempt in range(_ATTEMPTS):
            udp, _ = await loop.create_datagram_endpoint(
                lambda: _Datagrams(self._reply), local_addr=("127.0.0.1", port)
            )
            chosen = int(udp.get_extra_info("sockname")[1])
            try:
                self._tcp = await loop.create_server(
                    lambda: _Session(self._reply, self._sessions), "127.0.0.1", chosen
                )
            except OSError as error:
                udp.close()
                # The port that is free for UDP is taken for TCP: another one.
                if error.errno != errno.EADDRINUSE or port or attempt == _ATTEMPTS - 1:
                    raise
                continue
            self._udp = udp
            return chosen
        raise AssertionError("the loop ends before")

    def stop(self) -> None:
        """Close all sockets."""
        if self._udp is not None:
            self._udp.close()
            self._udp = None
        if self._tcp is not None:
            self._tcp.close()
            self._tcp = None
        for session in list(self._sessions):
            session.abort()


@final
class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, reply: Reply) -> None:
        self._reply: Final = reply
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # asyncio's own datagram transports are no DatagramTransport in Python 3.11.
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._reply(data, False, lambda answer: self._send(answer, addr))

    def _send(self, answer: bytes, addr: tuple[str, int]) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.sendto(answer, addr)


@final
class _Session(asyncio.Protocol):
    """Messages with their length in front (RFC 1035 section 4.2.2), as many as the client likes."""

    def __init__(self, reply: Reply, sessions: set[asyncio.Transport]) -> None:
        self._reply: Final = reply
        self._sessions: Final = sessions
        self._transport: asyncio.Transport | None = None
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._sessions.add(self._transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._transport is not None:
            self._sessions.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while len(self._buffer) >= 2:
            (length,) = struct.unpack("!H", self._buffer[:2])
            if length > _MAX_QUERY and self._transport is not None:
                self._transport.abort()
                return
            if len(self._buffer) < 2 + length:
                return
            query, self._buffer = self._buffer[2 : 2 + length], self._buffer[2 + length :]
            self._reply(query, True, self._send)

    def _send(self, answer: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(struct.pack("!H", len(answer)) + answer)
