"""One question to one DNS server over our own sockets: UDP, and TCP where the answer was cut (RFC 7766).

Every question has a socket of its own, so the system picks a port at random (RFC 5452); an answer that is not to the
question is passed over, and the wait goes on.
"""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable
from typing import Final, final

from ..tcp import Dial
from .wire import Message, MessageError, parse_message

_PORT: Final = 53

Accept = Callable[[Message], bool]
"""Whether a message is the answer to the question."""


async def ask_over_udp(
    address: str, query: bytes, accept: Accept, seconds: float, dial: Dial | None = None
) -> Message:
    """Raises `OSError` where nothing can be sent or the port is closed, `TimeoutError` where nothing comes back."""
    loop = asyncio.get_running_loop()
    remote = (address, _PORT) if dial is None else dial(address, _PORT)
    waiting: asyncio.Future[Message] = loop.create_future()
    transport, _ = await loop.create_datagram_endpoint(lambda: _Question(waiting, accept), remote_addr=remote)
    try:
        transport.sendto(query)
        async with asyncio.timeout(seconds):
            return await waiting
    finally:
        transport.close()


async def ask_over_tcp(
    address: str, query: bytes, accept: Accept, seconds: float, dial: Dial | None = None
) -> Message:
    """Raises `OSError` (also for an answer that is none) and `TimeoutError`."""
    host, port = (address, _PORT) if dial is None else dial(address, _PORT)
    async with asyncio.timeout(seconds):
        reader, writer = await asyncio.open_connection(host, port)
        try:
            writer.write(struct.pack("!H", len(query)) + query)
            while True:
                (length,) = struct.unpack("!H", await reader.readexactly(2))
                message = parse_message(await reader.readexactly(length))
                if accept(message):
                    return message
        except (asyncio.IncompleteReadError, MessageError) as error:
            raise OSError(f"no DNS message over TCP: {error}") from error
        finally:
            writer.transport.abort()  # nothing is owed to the server; a farewell would only wait


@final
class _Question(asyncio.DatagramProtocol):
    def __init__(self, waiting: asyncio.Future[Message], accept: Accept) -> None:
        self._waiting: Final = waiting
        self._accept: Final = accept

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        try:
            message = parse_message(data)
        except MessageError:
            return  # noise, or somebody who guesses: the true answer may still come
        if not self._waiting.done() and self._accept(message):
            self._waiting.set_result(message)

    def error_received(self, exc: Exception) -> None:
        if not self._waiting.done():
            self._waiting.set_exception(exc)
