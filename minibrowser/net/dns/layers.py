"""The layers in their order, with one lookup for many waiters."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, final

from ...errors import ConnectionTimeoutError, NameNotResolvedError
from ...limits import STALE_WAIT
from ...trace import NO_TRACE, Recorder
from .cache import HostCache
from .literal import LiteralLayer
from .resolver import FOREVER, Answer, LocalLayer, LookupFailedError, NameAbsentError, Resolver

if TYPE_CHECKING:
    from .disk import DiskHostCache

Order = Callable[[tuple[str, ...]], tuple[str, ...]]
"""Sorts the addresses of an answer into the order of attempts."""


@final
class LayeredResolver(Resolver):
    """What is known here (`local`: literal addresses, localhost, the hosts file), then the host cache in memory, the
    one on disk, and at last `upstream`.

    NOTE: the cache is keyed by the name alone; it is not shared between sessions, so it needs no partition.
    """

    def __init__(
        self,
        upstream: Resolver,
        clock: Callable[[], float] = time.monotonic,
        *,
        local: Sequence[LocalLayer] = (LiteralLayer(),),
        disk: DiskHostCache | None = None,
        order: Order | None = None,
        serve_stale: bool = False,
    ) -> None:
        """`serve_stale`: an answer that has ended is better than none (RFC 8767)."""
        self.cache: Final = HostCache(keep_stale=serve_stale)
        self._upstream: Final = upstream
        self._clock: Final = clock
        self._local: Final = tuple(local)
        self._disk: Final = disk
        self._order: Final = order
        self._running: dict[str, asyncio.Task[Answer]] = {}

    async def resolve(self, host: str) -> Answer:
        return await self.resolve_traced(host, NO_TRACE)

    async def resolve_traced(self, host: str, recorder: Recorder, port: int = 0) -> Answer:
        """The addresses of a host name. `port` is that of the connection to come, for `--resolve`."""
        for layer in self._local:
            known = layer.find(host, port)
            if known is not None:
                return known
        name = host.lower()
        if name.count(".") > 1 or not name.endswith("."):
            name = name.removesuffix(".")  # "printer." is not searched, "printer" is
        now = self._clock()
        cached = self.cache.get(name, now)
        if cached is not None:
            return cached
        absent = self.cache.absent(name, now)
        if absent is not None:
            raise absent
        stale = self.cache.stale(name, now)
        if stale is not None and self.cache.resting(name, now):
            return stale
        if stale is None:
            return await self._join(name, recorder)
        try:
            async with asyncio.timeout(STALE_WAIT):
                return await self._join(name, recorder)
        except (TimeoutError, LookupFailedError):
            # The lookup goes on where it was only slow: its answer is for the next who asks.
            self.cache.rest(name, self._clock())
            return stale

    async def look_up(self, host: str, port: int, seconds: float, recorder: Recorder) -> Answer:
        """The same within a time limit, with a span that says which layer knew and for how long it is true.

        Raises `NameNotResolvedError` and `ConnectionTimeoutError`.
        """
        with recorder.span("dns", host) as span:
            try:
                async with asyncio.timeout(seconds):
                    answer = await self.resolve_traced(host, recorder, port)
            except ConnectionTimeoutError:
                raise
            except NameAbsentError as error:
                if error.ttl >= 0:
                    span.because(f"refusal kept {error.ttl:.0f} s (SOA minimum)")
                    span.detail("ttl", f"{error.ttl:.0f}")
                raise
            except TimeoutError as error:
                raise ConnectionTimeoutError(f"no address for host {host} within the time limit") from error
            span.because(answer.reason)
            span.detail("addresses", " ".join(answer.addresses))
            span.detail("layer", answer.source)
            if answer.canonical:
                span.detail("canonical", answer.canonical)
            if 0 <= answer.ttl < FOREVER:
                span.detail("ttl", f"{answer.ttl:.0f}")
            return answer

    async def close(self) -> None:
        running = list(self._running.values())
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)
        self._running.clear()
        await self._upstream.close()
        if self._disk is not None:
            await self._disk.close()

    async def _join(self, name: str, recorder: Recorder) -> Answer:
        task = self._running.get(name)
        joined = task is not None
        if task is None:
            task = asyncio.create_task(self._ask(name, recorder), name=f"resolve {name}")
            self._running[name] = task
            task.add_done_callback(lambda done: self._finished(name, done))
        # Shielded: a waiter that goes away must not take the lookup from the others.
        answer = await asyncio.shield(task)
        return answer.retold(answer.ttl, answer.source, "joined a running lookup") if joined else answer

    async def _ask(self, name: str, recorder: Recorder) -> Answer:
        if self._disk is not None:
            kept = await self._disk.get(name, recorder)
            if kept is not None:
                self.cache.put(name, kept, self._clock())
                return kept
        try:
            answer = await self._upstream.resolve_traced(name, recorder)
            if not answer.addresses:
                raise NameNotResolvedError(f"no address for host {name}")
        except LookupFailedError:
            raise
        except NameNotResolvedError as error:
            cause = error.__cause__
            if not (isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_AGAIN):
                ttl = error.ttl if isinstance(error, NameAbsentError) else -1.0
                self.cache.put_absent(name, str(error), self._clock(), ttl)
            raise
        if self._order is not None:
            answer = answer.ordered(self._order(answer.addresses))
        self.cache.put(name, answer, self._clock())
        if self._disk is not None:
            self._disk.put(name, answer, recorder)
        return answer

    def _finished(self, name: str, task: asyncio.Task[Answer]) -> None:
        self._running.pop(name, None)
        if not task.cancelled():
            task.exception()  # seen: all waiters may have gone away before the failure
