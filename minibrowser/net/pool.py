"""The connection pool. `plan` is the policy: a pure function that says which waiting request gets which
connection and which connections are closed; the class around it awaits and keeps the books.
"""

from __future__ import annotations

import asyncio
import bisect
import heapq
import itertools
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from typing import Final, final

from ..errors import ClosedError
from ..limits import CLOSE_TIMEOUT, KEEP_ALIVE_SECONDS, MAX_CONNECTIONS, MAX_CONNECTIONS_PER_HOST


class Connection(ABC):
    """What the pool keeps."""

    __slots__ = ()

    @abstractmethod
    def is_stale(self) -> bool:
        """Whether an idle connection cannot be used any more: the peer closed it or spoke out of turn."""

    @abstractmethod
    def close(self) -> None:
        """Start to say goodbye."""

    @abstractmethod
    def abort(self) -> None:
        """Drop it at once."""

    @abstractmethod
    async def wait_closed(self) -> None:
        """Wait until it is closed."""


class SlotState(IntEnum):
    """Who has the connection."""

    ACTIVE = 0
    IDLE = 1


@final
class Slot:
    """A place for one connection. `connection` is None until the request that got the slot has connected.

    Attributes:
        number: counts from 1 over the session, for the trace.
        key: origin, such as "https://shop.example:443".
        uses: exchanges that were finished on it.
        idle_since: the pool's clock; only for idle ones.
        rank: of the request that has it.
    """

    __slots__ = ("connection", "idle_since", "key", "number", "rank", "state", "uses")

    def __init__(self, number: int, key: str) -> None:
        self.number: Final = number
        self.key: Final = key
        self.state = SlotState.ACTIVE
        self.connection: Connection | None = None
        self.uses = 0
        self.idle_since = 0.0
        self.rank = (0, 0)

    def __repr__(self) -> str:
        return f"<Slot {self.number} {self.key} {self.state.name} uses={self.uses}>"


@final
class Waiter:
    """A request that wants a connection. `fresh` forbids a reused one; lower priority goes first, then order."""

    __slots__ = ("fresh", "future", "key", "rank")

    def __init__(self, key: str, rank: tuple[int, int], fresh: bool = False) -> None:
        """`rank` is priority and order of arrival."""
        self.key: Final = key
        self.rank: Final = rank
        self.fresh: Final = fresh
        self.future: asyncio.Future[Slot] | None = None

    def is_gone(self) -> bool:
        """Whether it was cancelled: its task may not have run yet."""
        return self.future is not None and self.future.done()

    def __repr__(self) -> str:
        return f"<Waiter {self.rank} {self.key}>"


@final
class Limits:
    """Connections for one key, over all keys, and seconds that idle ones are kept."""

    __slots__ = ("keep_alive", "per_key", "total")

    def __init__(
        self,
        per_key: int = MAX_CONNECTIONS_PER_HOST,
        total: int = MAX_CONNECTIONS,
        keep_alive: float = KEEP_ALIVE_SECONDS,
    ) -> None:
        self.per_key: Final = per_key
        self.total: Final = total
        self.keep_alive: Final = keep_alive


@final
class Plan:
    """What to do now: waiters that take an idle slot over, waiters that may open one, slots to close."""

    __slots__ = ("close", "open", "reuse")

    def __init__(self) -> None:
        self.reuse: list[tuple[Waiter, Slot]] = []
        self.open: list[Waiter] = []
        self.close: list[Slot] = []


def plan(
    slots: Sequence[Slot],
    queues: Mapping[str, Sequence[Waiter]],
    stale: frozenset[int],
    now: float,
    limits: Limits,
) -> Plan:
    """The policy. `queues` holds the waiters of each key in the order of `Waiter.rank`; `stale` the numbers of idle
    slots whose connection died. Nothing is changed here.

    Idle connections that died or outlived their time are closed. Then by priority and order each waiter takes
    the idle connection of its key that was used last, or opens one where the limits leave room; where only the
    limits stand in the way of a waiter, the longest idle connection makes room.

    OPTIMIZATION: only the heads of the queues are looked at, and a key whose head cannot be served is done: what
    stops it stops all behind it. A page's thousand waiting images cost nothing.
    """
    result = Plan()
    idle: list[Slot] = []
    counts: dict[str, int] = {}
    for slot in slots:
        if slot.state is SlotState.IDLE:
            if slot.number in stale or now - slot.idle_since >= limits.keep_alive:
                result.close.append(slot)
                continue
            idle.append(slot)
        counts[slot.key] = counts.get(slot.key, 0) + 1
    total = sum(counts.values())
    idle.sort(key=lambda slot: slot.idle_since)
    heads = [_next_head(queue, 0) for queue in queues.values()]
    heap = [head for head in heads if head is not None]
    heapq.heapify(heap)
    while heap:
        _, position, waiter = heapq.heappop(heap)
        mine = [slot for slot in idle if slot.key == waiter.key]
        if mine and not waiter.fresh:
            result.reuse.append((waiter, mine[-1]))
            idle.remove(mine[-1])
        else:
            if counts.get(waiter.key, 0) >= limits.per_key:
                victims = mine
            elif total >= limits.total:
                victims = idle
            else:
                victims = []
            if victims:
                victim = victims[0]
                idle.remove(victim)
                result.close.append(victim)
                counts[victim.key] -= 1
                total -= 1
            if counts.get(waiter.key, 0) >= limits.per_key or total >= limits.total:
                continue
            result.open.append(waiter)
            counts[waiter.key] = counts.get(waiter.key, 0) + 1
            total += 1
        head = _next_head(queues[waiter.key], position + 1)
        if head is not None:
            heapq.heappush(heap, head)
    return result


def _next_head(queue: Sequence[Waiter], position: int) -> tuple[tuple[int, int], int, Waiter] | None:
    """The first waiter from a position on that still waits, ready for the heap: ranks are unique."""
    while position < len(queue):
        waiter = queue[position]
        if not waiter.is_gone():
            return waiter.rank, position, waiter
        position += 1
    return None


@final
class Pool:
    """The connections of a session.

    Mutable: `_slots` (all that are open or being opened), `_queues` (waiters by key), `_closing` (said goodbye, not
    gone yet), `_timer` (next idle one to close). Everything between two awaits leaves them consistent.
    """

    def __init__(self, limits: Limits | None = None, clock: Callable[[], float] | None = None) -> None:
        """`clock` defaults to the running loop's."""
        self._limits: Final = Limits() if limits is None else limits
        self._clock = clock
        self._slots: list[Slot] = []
        self._queues: dict[str, list[Waiter]] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._numbers = 0
        self._orders = 0
        self._closed = False

    @property
    def slots(self) -> list[Slot]:
        """The connections that exist now."""
        return list(self._slots)

    async def acquire(self, key: str, priority: int = 0, fresh: bool = False) -> Slot:
        """A slot for one exchange; it must be given back with `release`. Without a connection in it, the caller
        opens one and puts it in."""
        if self._closed:
            raise ClosedError("the session is closed")
        self._orders += 1
        return await self._wait(Waiter(key, (priority, self._orders), fresh))

    def has_more_urgent(self, slot: Slot) -> bool:
        """Whether a request waits for the same key that goes before the one that has the slot."""
        return any(
            waiter.rank < slot.rank for waiter in self._queues.get(slot.key, []) if not waiter.is_gone()
        )

    async def offer(self, slot: Slot) -> Slot:
        """Give a connection that was just opened to the most urgent request, and wait for another in the old rank.

        A style sheet that is asked for while six connections are being opened for pictures takes the first that
        is ready; so do Chromium's socket pools ("late binding").
        """
        waiter = Waiter(slot.key, slot.rank)
        slot.state = SlotState.IDLE
        slot.idle_since = self._now()
        return await self._wait(waiter)

    async def _wait(self, waiter: Waiter) -> Slot:
        future: asyncio.Future[Slot] = asyncio.get_running_loop().create_future()
        waiter.future = future
        bisect.insort(self._queues.setdefault(waiter.key, []), waiter, key=lambda waiter: waiter.rank)
        self._run()
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled() and future.exception() is None:
                slot = future.result()  # granted and cancelled in the same moment
                self.release(slot, reusable=slot.connection is not None)
            else:
                self._forget(waiter)
            raise

    def release(self, slot: Slot, *, reusable: bool) -> None:
        """Give a slot back. A connection that cannot carry another exchange is closed."""
        if reusable and slot.connection is not None and not self._closed:
            slot.state = SlotState.IDLE
            slot.idle_since = self._now()
        else:
            self._drop(slot, abort=True)
        self._run()

    async def close(self) -> None:
        """Close all connections and fail all waiters."""
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        queues, self._queues = self._queues, {}
        for waiter in itertools.chain.from_iterable(queues.values()):
            if waiter.future is not None and not waiter.future.done():
                waiter.future.set_exception(ClosedError("the session is closed"))
        for slot in list(self._slots):
            self._drop(slot, abort=slot.state is SlotState.ACTIVE)
        if self._closing:
            await asyncio.wait(set(self._closing))

    def _run(self) -> None:
        """Carry out the plan."""
        if self._closed:
            return
        now = self._now()
        stale = frozenset(
            slot.number
            for slot in self._slots
            if slot.state is SlotState.IDLE and slot.connection is not None and slot.connection.is_stale()
        )
        todo = plan(self._slots, self._queues, stale, now, self._limits)
        for slot in todo.close:
            self._drop(slot, abort=False)
        for waiter, slot in todo.reuse:
            slot.state = SlotState.ACTIVE
            self._grant(waiter, slot)
        for waiter in todo.open:
            self._numbers += 1
            slot = Slot(self._numbers, waiter.key)
            self._slots.append(slot)
            self._grant(waiter, slot)
        self._set_timer(now)

    def _grant(self, waiter: Waiter, slot: Slot) -> None:
        self._forget(waiter)
        slot.rank = waiter.rank
        assert waiter.future is not None
        waiter.future.set_result(slot)

    def _forget(self, waiter: Waiter) -> None:
        queue = self._queues.get(waiter.key, [])
        if waiter in queue:
            queue.remove(waiter)
        if not queue:
            self._queues.pop(waiter.key, None)

    def _drop(self, slot: Slot, abort: bool) -> None:
        if slot not in self._slots:
            return
        self._slots.remove(slot)
        connection = slot.connection
        if connection is None:
            return
        if abort:
            connection.abort()
        else:
            connection.close()
        task = asyncio.get_running_loop().create_task(self._see_off(connection), name=f"close {slot.key}")
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    @staticmethod
    async def _see_off(connection: Connection) -> None:
        try:
            async with asyncio.timeout(CLOSE_TIMEOUT):
                await connection.wait_closed()
        except TimeoutError:
            connection.abort()
            await connection.wait_closed()

    def _set_timer(self, now: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        ends = [
            slot.idle_since + self._limits.keep_alive for slot in self._slots if slot.state is SlotState.IDLE
        ]
        if ends:
            self._timer = asyncio.get_running_loop().call_later(max(0.0, min(ends) - now) + 0.001, self._run)

    def _now(self) -> float:
        return self._clock() if self._clock is not None else asyncio.get_running_loop().time()
