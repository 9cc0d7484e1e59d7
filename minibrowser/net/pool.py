"""The connection pool. `pool_plan` says which waiting request gets which connection and which connections are closed;
this class awaits and keeps the books.
"""

from __future__ import annotations

import asyncio
import bisect
import itertools
from collections.abc import Callable
from typing import Final, final

from ..errors import ClosedError
from ..limits import ALPN_PATIENCE, CLOSE_TIMEOUT, MAX_KNOWN_PROTOCOLS
from .pool_plan import INFINITY, Connection, Limits, Slot, SlotState, Waiter, plan, rank_of


@final
class Pool:
    """The connections of a session.

    Mutable: `_slots` (all that are open or being opened), `_queues` (waiters by key), `_protocols` (whether a key's
    connections multiplex, as the last one told), `_closing` (said goodbye, not gone yet), `_timer` (the next moment at
    which time alone changes the plan). Everything between two awaits leaves them consistent.
    """

    def __init__(self, limits: Limits | None = None, clock: Callable[[], float] | None = None) -> None:
        """`clock` defaults to the running loop's."""
        self._limits: Final = Limits() if limits is None else limits
        self._clock = clock
        self._slots: list[Slot] = []
        self._queues: dict[str, list[Waiter]] = {}
        self._protocols: dict[str, bool] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._due = INFINITY
        self._numbers = 0
        self._orders = 0
        self._closed = False

    @property
    def slots(self) -> list[Slot]:
        """The connections that exist now."""
        return list(self._slots)

    @property
    def newest(self) -> int:
        """The number of the connection that was begun last: what a request that wants a fresh one passes."""
        return self._numbers

    def known_protocol(self, key: str) -> bool | None:
        """Whether the connections of a key multiplex; None where none was opened yet."""
        return self._protocols.get(key)

    def reason_to_wait(self, key: str, multiplexes: bool) -> str:
        """Why a request for the key would not get a connection at once, "" when it would. For people."""
        mine = [slot for slot in self._slots if slot.key == key]
        if any(slot.room > 0 for slot in mine):
            return ""
        if multiplexes and self._protocols.get(key) is not False:
            for slot in mine:
                if slot.is_opening:
                    return f"connection {slot.number} is being opened and may serve all"
                if slot.connection is not None and slot.connection.multiplexes:
                    return f"all streams of connection {slot.number} are taken"
        if len(mine) >= self._limits.per_key:
            return f"{len(mine)} connections are busy"
        return "all connections are busy" if len(self._slots) >= self._limits.total else ""

    async def acquire(
        self, key: str, priority: int = 0, newer_than: int = 0, *, multiplexes: bool = False
    ) -> Slot:
        """A slot for one exchange; it must be given back with `release`. Without a connection in it, the caller
        opens one and hands it in with `opened`. For the rest see `Waiter`."""
        if self._closed:
            raise ClosedError("the session is closed")
        self._orders += 1
        slot = self.take(key, newer_than)
        if slot is not None:
            return slot
        waiter = Waiter(key, (priority, self._orders), newer_than, multiplexes=multiplexes)
        return await self._wait(waiter)

    def opened(self, slot: Slot, connection: Connection) -> None:
        """The connection for a slot is there. Where it multiplexes, those who waited for it join. Raises `ClosedError`
        where the pool was closed in the meantime; the connection is dropped then."""
        if self._closed:
            connection.abort()
            raise ClosedError("the session is closed")
        slot.connection = connection
        self._protocols.pop(slot.key, None)
        self._protocols[slot.key] = connection.multiplexes
        if len(self._protocols) > MAX_KNOWN_PROTOCOLS:
            del self._protocols[next(iter(self._protocols))]
        connection.watch(self._run)
        if slot.key in self._queues:
            self._run()

    def has_more_urgent(self, slot: Slot) -> bool:
        """Whether a request waits for the same key that goes before the one that has the slot."""
        for waiter in self._queues.get(slot.key, ()):  # in the order of rank
            if not waiter.is_gone():
                return waiter.rank < slot.rank
        return False

    async def offer(self, slot: Slot) -> Slot:
        """Give a connection that was just opened to the most urgent request, and wait for another in the old rank.

        A style sheet that is asked for while six connections are being opened for pictures takes the first that
        is ready; so do Chromium's socket pools ("late binding").
        """
        waiter = Waiter(slot.key, slot.rank)
        slot.users = 0
        slot.idle_since = self._now()
        return await self._wait(waiter, offers=True)

    async def _wait(self, waiter: Waiter, *, offers: bool = False) -> Slot:
        """`offers`: a connection has come free just now."""
        future: asyncio.Future[Slot] = asyncio.get_running_loop().create_future()
        waiter.future = future
        queue = self._queues.setdefault(waiter.key, [])
        bisect.insort(queue, waiter, key=rank_of)
        if offers or queue[0] is waiter or queue[0].is_gone():
            self._run()  # OPTIMIZATION: behind another, it gets nothing that the other would not have had
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
        """Give a slot back. A connection that cannot carry another exchange is closed when no other is on it."""
        slot.users -= 1
        if slot.users == 0:
            if reusable and slot.connection is not None and not self._closed:
                slot.idle_since = self._now()
                if self._handed_over(slot, slot.connection):
                    return
            else:
                self._drop(slot, abort=True)
        self._run()

    def take(self, key: str, newer_than: int = 0) -> Slot | None:
        """A slot with a connection that is at hand, None where that would have to be waited for; as `acquire` else.

        OPTIMIZATION: what `plan` would give a request while nobody waits.
        """
        if self._queues or self._closed:
            return None
        best: Slot | None = None
        now = self._now()
        for slot in self._slots:
            if slot.key != key or slot.connection is None or slot.number <= newer_than or slot.room <= 0:
                continue
            if slot.users == 0:
                if slot.connection.is_stale() or now - slot.idle_since >= self._limits.keep_alive:
                    return None
            if slot.connection.multiplexes:
                best = slot
                break
            if best is None or best.idle_since <= slot.idle_since:
                best = slot
        if best is not None:
            best.users += 1
        return best

    def _handed_over(self, slot: Slot, connection: Connection) -> bool:
        """OPTIMIZATION: what `plan` would do with a connection that has just come free, in the two cases that are
        nearly all: nobody waits, or the next of its own key takes it."""
        if connection.multiplexes or connection.is_stale():
            return False
        if not self._queues:
            if self._timer is None:
                self._set_timer(slot.idle_since)
            return self._limits.keep_alive > 0.0
        if len(self._queues) > 1 and len(self._slots) >= self._limits.total:
            return False  # another key may want its place
        for waiter in self._queues.get(slot.key, ()):
            if not waiter.is_gone():
                if waiter.newer_than >= slot.number or self._limits.keep_alive <= 0.0:
                    return False
                slot.users = 1
                self._grant(waiter, slot)
                return True
        return False

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
            if slot.users == 0 and slot.connection is not None and slot.connection.is_stale()
        )
        todo = plan(self._slots, self._queues, stale, now, self._limits, self._protocols)
        for slot in todo.close:
            self._drop(slot, abort=False)
        for waiter, slot in todo.reuse:
            slot.users += 1
            self._grant(waiter, slot)
        for waiter in todo.open:
            self._numbers += 1
            slot = Slot(self._numbers, waiter.key, now)
            slot.rank = waiter.rank
            self._slots.append(slot)
            self._grant(waiter, slot)
        self._set_timer(now)

    def _grant(self, waiter: Waiter, slot: Slot) -> None:
        self._forget(waiter)
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
        """Wake up when the next idle connection has had its time, or patience with one that is being opened ends."""
        end = INFINITY
        for slot in self._slots:
            if slot.users == 0:
                end = min(end, slot.idle_since + self._limits.keep_alive)
            elif slot.is_opening and slot.key in self._queues and now - slot.opened_at < ALPN_PATIENCE:
                end = min(end, slot.opened_at + ALPN_PATIENCE)
        if self._timer is not None:
            if self._due <= end < INFINITY:
                return  # OPTIMIZATION: it looks too early then, and sets the next; most ends only move away
            self._timer.cancel()
            self._timer = None
        if end < INFINITY:
            self._due = end
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(max(0.0, end - now) + 0.001, self._wake)

    def _wake(self) -> None:
        self._timer = None
        self._run()

    def _now(self) -> float:
        return self._clock() if self._clock is not None else asyncio.get_running_loop().time()
