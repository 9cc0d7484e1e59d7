"""The policy of the connection pool: which waiting request gets which connection, which may open one, and which are
closed. Pure: `plan` looks at slots, waiters and a moment in time, and changes nothing; `pool` carries its plans out.
"""

from __future__ import annotations

import asyncio
import heapq
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from types import MappingProxyType
from typing import Final, final

from ..limits import ALPN_PATIENCE, KEEP_ALIVE_SECONDS, MAX_CONNECTIONS, MAX_CONNECTIONS_PER_HOST


class Connection(ABC):
    """What the pool keeps."""

    __slots__ = ()

    multiplexes = False
    """Whether it may carry several exchanges at once (HTTP/2)."""

    def capacity(self) -> int:
        """Exchanges that it carries at once as things stand; 0 when it takes no more."""
        return 1

    @abstractmethod
    def watch(self, changed: Callable[[], None]) -> None:
        """`changed` is to be called when `capacity` or, between exchanges, `is_stale` may have changed."""

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
        users: exchanges that it carries now.
        uses: exchanges that were finished on it.
        opened_at, idle_since: the pool's clock; the latter only for idle ones.
        rank: of the request that opened it.
    """

    __slots__ = ("connection", "idle_since", "key", "number", "opened_at", "rank", "users", "uses")

    def __init__(self, number: int, key: str, opened_at: float = 0.0) -> None:
        self.number: Final = number
        self.key: Final = key
        self.connection: Connection | None = None
        self.users = 1
        self.uses = 0
        self.opened_at: Final = opened_at
        self.idle_since = 0.0
        self.rank = (0, 0)

    @property
    def state(self) -> SlotState:
        """Idle or not."""
        return SlotState.ACTIVE if self.users else SlotState.IDLE

    @property
    def room(self) -> int:
        """Exchanges that it could take on now."""
        return (1 if self.connection is None else self.connection.capacity()) - self.users

    @property
    def is_opening(self) -> bool:
        """Whether nobody knows yet what it can carry."""
        return self.connection is None and self.users > 0

    def __repr__(self) -> str:
        return f"<Slot {self.number} {self.key} {self.state.name} uses={self.uses}>"


@final
class Waiter:
    """A request that wants a connection; lower priority goes first, then order."""

    __slots__ = ("future", "key", "multiplexes", "newer_than", "rank")

    def __init__(
        self, key: str, rank: tuple[int, int], newer_than: int = 0, *, multiplexes: bool = False
    ) -> None:
        """`rank` is priority and order of arrival. Connections with a number up to `newer_than` will not do.
        `multiplexes` says that the key's connections may turn out to carry many exchanges."""
        self.key: Final = key
        self.rank: Final = rank
        self.newer_than: Final = newer_than
        self.multiplexes: Final = multiplexes
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
    """What to do now: waiters that join or take over a slot, waiters that may open one, slots to close."""

    __slots__ = ("close", "open", "reuse")

    def __init__(self) -> None:
        self.reuse: list[tuple[Waiter, Slot]] = []
        self.open: list[Waiter] = []
        self.close: list[Slot] = []


INFINITY: Final = float("inf")
NOTHING_KNOWN: Final[Mapping[str, bool]] = MappingProxyType({})


def plan(
    slots: Sequence[Slot],
    queues: Mapping[str, Sequence[Waiter]],
    stale: frozenset[int],
    now: float,
    limits: Limits,
    protocols: Mapping[str, bool] = NOTHING_KNOWN,
) -> Plan:
    """The policy. `queues` holds the waiters of each key in the order of `Waiter.rank`; `stale` the numbers of idle
    slots whose connection died; `protocols` the keys whose connections were seen to multiplex, or not to. Nothing is
    changed here.

    Idle connections that died or outlived their time are closed. Then by priority and order each waiter joins a
    connection of its key that multiplexes and has room, takes the idle one that was used last, or opens one where the
    limits leave room; where only the limits stand in the way of a waiter, the longest idle connection makes room.
    Nobody opens a second connection beside one that multiplexes, nor, for `ALPN_PATIENCE`, beside one that may turn
    out to: a handshake saved for each waiter against a short wait for all.

    OPTIMIZATION: only the heads of the queues are looked at, and a key whose head cannot be served is done: what
    stops it stops all behind it. A page's thousand waiting images cost nothing.
    """
    result = Plan()
    idle: list[Slot] = []
    counts: dict[str, int] = {}
    rooms: dict[str, list[tuple[Slot, int]]] = {}
    for slot in slots:
        if slot.users == 0:
            if slot.number in stale or now - slot.idle_since >= limits.keep_alive:
                result.close.append(slot)
                continue
            idle.append(slot)
        counts[slot.key] = counts.get(slot.key, 0) + 1
        if slot.key in queues:
            rooms.setdefault(slot.key, []).append((slot, slot.room))
    if not queues:
        return result
    total = sum(counts.values())
    idle.sort(key=_idle_since)
    heads = [_next_head(queue, 0) for queue in queues.values()]
    heap = [head for head in heads if head is not None]
    heapq.heapify(heap)
    while heap:
        _, position, waiter = heapq.heappop(heap)
        mine = rooms.setdefault(waiter.key, [])
        best = _best(mine, waiter)
        if best >= 0:
            slot, room = mine[best]
            mine[best] = slot, room - 1
            result.reuse.append((waiter, slot))
            if slot.users == 0 and slot in idle:
                idle.remove(slot)
        elif _is_worth_waiting(mine, waiter, now, protocols.get(waiter.key)):
            continue
        else:
            if counts.get(waiter.key, 0) >= limits.per_key:
                victims = [slot for slot in idle if slot.key == waiter.key]
            elif total >= limits.total:
                victims = idle
            else:
                victims = []
            if victims:
                victim = victims[0]
                idle.remove(victim)
                result.close.append(victim)
                others = rooms.get(victim.key, [])
                others[:] = [pair for pair in others if pair[0] is not victim]
                counts[victim.key] -= 1
                total -= 1
            if counts.get(waiter.key, 0) >= limits.per_key or total >= limits.total:
                continue
            result.open.append(waiter)
            counts[waiter.key] = counts.get(waiter.key, 0) + 1
            total += 1
            if waiter.multiplexes and protocols.get(waiter.key) is not False:
                if not any(slot.is_opening for slot, _ in mine):
                    continue  # the one that is opened now may serve all behind
        head = _next_head(queues[waiter.key], position + 1)
        if head is not None:
            heapq.heappush(heap, head)
    return result


def rank_of(waiter: Waiter) -> tuple[int, int]:
    """What waiters are sorted by."""
    return waiter.rank


def _idle_since(slot: Slot) -> float:
    return slot.idle_since


def _best(candidates: Sequence[tuple[Slot, int]], waiter: Waiter) -> int:
    """Where in the list the slot for a waiter is: one that multiplexes, else the idle one that was used last; or -1."""
    best = -1
    for index, (slot, room) in enumerate(candidates):
        if room > 0 and slot.number > waiter.newer_than:
            if slot.connection is not None and slot.connection.multiplexes:
                return index
            if best < 0 or candidates[best][0].idle_since <= slot.idle_since:
                best = index
    return best


def _is_worth_waiting(
    candidates: Sequence[tuple[Slot, int]], waiter: Waiter, now: float, known: bool | None
) -> bool:
    """Whether a connection that exists or is being opened will serve the waiter sooner than one of its own."""
    if not waiter.multiplexes or known is False:
        return False
    oldest = INFINITY
    for slot, _ in candidates:
        if slot.is_opening:
            oldest = min(oldest, slot.opened_at)
        elif slot.connection is not None and slot.connection.multiplexes:
            if slot.connection.capacity() > 0 and slot.number > waiter.newer_than:
                return True  # all its places are taken, and one comes free
    return oldest < INFINITY and (bool(known) or now - oldest < ALPN_PATIENCE)


def _next_head(queue: Sequence[Waiter], position: int) -> tuple[tuple[int, int], int, Waiter] | None:
    """The first waiter from a position on that still waits, ready for the heap: ranks are unique."""
    while position < len(queue):
        waiter = queue[position]
        if not waiter.is_gone():
            return waiter.rank, position, waiter
        position += 1
    return None
