"""One listening socket on loopback and the connections that come in: what all servers of the demo stand on."""

from __future__ import annotations

import asyncio
import ssl
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Final, Self

from ..limits import CLOSE_TIMEOUT


class Listener(ABC):
    """`start` and `stop` it, or use it with `async with`.

    Attributes:
        port: where it listens, 0 before it does.
        connections: how many were accepted.
    """

    head_limit = 64 * 1024
    """Bytes that a reader waits with for a separator."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        """`context` for a server of TLS."""
        self.context: Final = context
        self.port = 0
        self.connections = 0
        self._server: asyncio.Server | None = None
        self._tasks: Final[set[asyncio.Task[None]]] = set()

    @abstractmethod
    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Speak with a client. The connection is closed after it, also where the client went away in the middle."""

    async def start(self, port: int = 0) -> int:
        """Listen on 127.0.0.1, on a free port by default; returns the port."""
        self._server = await asyncio.start_server(
            self._serve,
            "127.0.0.1",
            port,
            limit=self.head_limit,
            ssl=self.context,
            ssl_shutdown_timeout=None if self.context is None else CLOSE_TIMEOUT,
        )
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self.port

    async def stop(self) -> None:
        """Close the socket and all connections. Stopping twice is fine."""
        if self._server is None:
            return
        server, self._server = self._server, None
        server.close()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(set(self._tasks))
        await server.wait_closed()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None, "asyncio makes a task for each connection"
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.connections += 1
        try:
            await self.serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return  # the client went away, sleeps, or talks nonsense
        except asyncio.CancelledError:
            writer.transport.abort()  # it ends here: a callback of asyncio would complain about the cancellation
        finally:
            writer.close()
