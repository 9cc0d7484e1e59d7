"""The layers in their order, with one lookup for many waiters."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from typing import Final, final

from ...errors import NameNotResolvedError
from .cache import HostCache
from .literal import literal_answer
from .resolver import Answer, Resolver


@final
class LayeredResolver(Resolver):
    """Literal addresses and localhost, then the host cache, then `upstream`.

    NOTE: the cache is keyed by the name alone; it is not shared between sessions, so it needs no partition.
    """

    def __init__(self, upstream: Resolver, clock: Callable[[], float] = time.monotonic) -> None:
        self.cache: Final = HostCache()
        self._upstream: Final = upstream
        self._clock: Final = clock
        self._running: dict[str, asyncio.Task[Answer]] = {}

    async def resolve(self, host: str) -> Answer:
        literal = literal_answer(host)
        if literal is not None:
            return literal
        name = host.lower().removesuffix(".")
        cached = self.cache.get(name, self._clock())
        if cached is not None:
            return cached
        known = self.cache.absent(name, self._clock())
        if known:
            raise NameNotResolvedError(f"{known} (remembered)")
        task = self._running.get(name)
        joined = task is not None
        if task is None:
            task = asyncio.create_task(self._ask(name), name=f"resolve {name}")
            self._running[name] = task
            task.add_done_callback(lambda done: self._finished(name, done))
        # Shielded: a waiter that goes away must not take the lookup from the others.
        answer = await asyncio.shield(task)
        if joined:
            return Answer(
                answer.addresses, answer.ttl, answer.source, "joined a running lookup", answer.canonical
            )
        return answer

    async def close(self) -> None:
        running = list(self._running.values())
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)
        self._running.clear()
        await self._upstream.close()

    async def _ask(self, name: str) -> Answer:
        try:
            answer = await self._upstream.resolve(name)
            if not answer.addresses:
                raise NameNotResolvedError(f"no address for host {name}")
        except NameNotResolvedError as error:
            cause = error.__cause__
            if not (isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_AGAIN):
                self.cache.put_absent(name, str(error), self._clock())
            raise
        self.cache.put(name, answer, self._clock())
        return answer

    def _finished(self, name: str, task: asyncio.Task[Answer]) -> None:
        self._running.pop(name, None)
        if not task.cancelled():
            task.exception()  # seen: all waiters may have gone away before the failure
