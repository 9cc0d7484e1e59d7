"""The policy is tested as the pure function it is; the pool with connections that are no sockets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from minibrowser.errors import ClosedError
from minibrowser.net.pool import Connection, Limits, Plan, Pool, Slot, Waiter, plan
from tests.net.support import run

A, B = "http://a.example:80", "http://b.example:80"
LIMITS = Limits(per_key=2, total=3, keep_alive=60.0)


def slot(number: int, key: str = A, idle_since: float | None = None) -> Slot:
    made = Slot(number, key)
    if idle_since is not None:
        made.users = 0
        made.idle_since = idle_since
    return made


def outcome(found: Plan) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    reuse = [(waiter.rank[1], taken.number) for waiter, taken in found.reuse]
    return reuse, [waiter.rank[1] for waiter in found.open], [closed.number for closed in found.close]


def decide(
    slots: list[Slot], waiters: list[Waiter], stale: set[int] | None = None, now: float = 100.0
) -> object:
    queues: dict[str, list[Waiter]] = {}
    for waiter in sorted(waiters, key=lambda waiter: waiter.rank):
        queues.setdefault(waiter.key, []).append(waiter)
    return outcome(plan(slots, queues, frozenset(stale or ()), now, LIMITS))


def test_without_connections_a_waiter_opens_one() -> None:
    assert decide([], [Waiter(A, (0, 1))]) == ([], [1], [])


def test_an_idle_connection_of_the_same_origin_is_reused_the_latest_first() -> None:
    slots = [slot(1, A, 90), slot(2, A, 95)]
    assert decide(slots, [Waiter(A, (0, 1))]) == ([(1, 2)], [], [])
    assert decide(slots, [Waiter(B, (0, 1))]) == ([], [1], [])


def test_the_limit_of_an_origin_makes_waiters_wait() -> None:
    assert decide([slot(1), slot(2)], [Waiter(A, (0, 1)), Waiter(B, (0, 2))]) == ([], [2], [])


def test_the_total_limit_closes_the_longest_idle_connection_of_others() -> None:
    slots = [slot(1, B, 80), slot(2, B, 70), slot(3, A)]
    assert decide(slots, [Waiter(A, (0, 1))]) == ([], [1], [2])
    assert decide([slot(1, B), slot(2, B), slot(3, A)], [Waiter(A, (0, 1))]) == ([], [], [])


def test_priority_goes_before_order() -> None:
    waiters = [Waiter(A, (3, 1)), Waiter(A, (0, 2)), Waiter(A, (0, 3))]
    assert decide([slot(1)], waiters) == ([], [2], [])


def test_connections_past_their_time_or_dead_are_closed_and_not_reused() -> None:
    slots = [slot(1, A, 40), slot(2, A, 41)]
    assert decide(slots, [Waiter(A, (0, 1))], stale={2}) == ([], [1], [1, 2])
    assert decide(slots, [], now=100.5) == ([], [], [1])


def test_a_waiter_that_wants_a_fresh_connection_gets_no_idle_one() -> None:
    assert decide([slot(1, A, 90)], [Waiter(A, (0, 1), newer_than=1)]) == ([], [1], [])
    full = [slot(1, A, 90), slot(2, A)]
    assert decide(full, [Waiter(A, (0, 1), newer_than=2)]) == ([], [1], [1])


def test_a_key_that_cannot_be_served_does_not_stop_the_others() -> None:
    waiters = [*(Waiter(A, (0, order)) for order in range(1, 50)), Waiter(B, (4, 99))]
    assert decide([slot(1, A), slot(2, A)], waiters) == ([], [99], [])


def test_the_policy_changes_nothing() -> None:
    slots = [slot(1, A, 90), slot(2, A)]
    waiters = [Waiter(A, (0, 1)), Waiter(A, (0, 2))]
    before = repr(slots), repr(waiters)
    first = decide(slots, waiters)
    assert (repr(slots), repr(waiters)) == before
    assert decide(slots, waiters) == first


class Wire(Connection):
    """A connection that only remembers what was done to it."""

    def __init__(self) -> None:
        self.stale = False
        self.ended = ""
        self.gone = asyncio.Event()

    def watch(self, changed: Callable[[], None]) -> None:
        self.changed = changed

    def is_stale(self) -> bool:
        return self.stale

    def close(self) -> None:
        self.ended = self.ended or "closed"
        self.gone.set()

    def abort(self) -> None:
        self.ended = self.ended or "aborted"

    async def wait_closed(self) -> None:
        return


async def connected(pool: Pool, key: str = A) -> tuple[Slot, Wire]:
    got = await pool.acquire(key)
    assert got.connection is None
    wire = Wire()
    pool.opened(got, wire)
    return got, wire


def test_a_released_connection_is_handed_to_the_next() -> None:
    async def main() -> None:
        pool = Pool(LIMITS)
        first, wire = await connected(pool)
        pool.release(first, reusable=True)
        again = await pool.acquire(A)
        assert again is first
        assert again.connection is wire
        pool.release(again, reusable=False)
        assert (wire.ended, pool.slots) == ("aborted", [])
        await pool.close()

    run(main())


def test_a_waiter_gets_the_place_of_a_broken_connection() -> None:
    async def main() -> None:
        pool = Pool(Limits(per_key=1, total=1))
        first, _ = await connected(pool)
        waiting = asyncio.create_task(pool.acquire(A))
        await asyncio.sleep(0)
        assert not waiting.done()
        pool.release(first, reusable=False)
        second = await waiting
        assert second.connection is None
        assert second.number == 2
        pool.release(second, reusable=False)
        await pool.close()

    run(main())


def test_a_dead_idle_connection_is_noticed_before_it_is_used() -> None:
    async def main() -> None:
        pool = Pool(LIMITS)
        first, wire = await connected(pool)
        pool.release(first, reusable=True)
        wire.stale = True
        second = await pool.acquire(A)
        assert second.connection is None
        assert wire.ended == "closed"
        pool.release(second, reusable=False)
        await pool.close()

    run(main())


def test_idle_connections_end_by_themselves() -> None:
    async def main() -> None:
        now = 0.0
        pool = Pool(Limits(keep_alive=0.0), clock=lambda: now)
        first, wire = await connected(pool)
        pool.release(first, reusable=True)
        assert wire.ended == "closed"
        assert pool.slots == []
        later = Pool(Limits(keep_alive=0.01))
        second, other = await connected(later)
        later.release(second, reusable=True)
        assert other.ended == ""
        await other.gone.wait()
        assert later.slots == []
        await pool.close()
        await later.close()

    run(main())


def test_a_cancelled_waiter_leaves_no_trace() -> None:
    async def main() -> None:
        pool = Pool(Limits(per_key=1, total=1))
        first, _ = await connected(pool)
        gone = asyncio.create_task(pool.acquire(A))
        stays = asyncio.create_task(pool.acquire(A))
        await asyncio.sleep(0)
        gone.cancel()
        pool.release(first, reusable=True)
        assert await stays is first
        with pytest.raises(asyncio.CancelledError):
            await gone
        pool.release(first, reusable=True)
        await pool.close()

    run(main())


def test_a_waiter_cancelled_in_the_moment_of_its_grant_gives_the_slot_back() -> None:
    async def main() -> None:
        pool = Pool(Limits(per_key=1, total=1))
        first, _ = await connected(pool)
        gone = asyncio.create_task(pool.acquire(A))
        await asyncio.sleep(0)
        pool.release(first, reusable=True)  # granted to `gone`, whose task has not run yet
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        assert await pool.acquire(A) is first
        pool.release(first, reusable=False)
        await pool.close()

    run(main())


def test_a_new_connection_goes_to_the_most_urgent_request() -> None:
    async def main() -> None:
        pool = Pool(Limits(per_key=1, total=1))
        picture = await pool.acquire(A, priority=3)
        sheet = asyncio.create_task(pool.acquire(A, priority=0))
        await asyncio.sleep(0)
        wire = Wire()
        pool.opened(picture, wire)
        assert pool.has_more_urgent(picture)
        offered = asyncio.create_task(pool.offer(picture))
        first = await sheet
        assert first.connection is wire
        await asyncio.sleep(0)
        assert not offered.done()
        pool.release(first, reusable=True)
        second = await offered
        assert second.connection is wire
        assert not pool.has_more_urgent(second)
        pool.release(second, reusable=False)
        await pool.close()

    run(main())


def test_closing_fails_the_waiters_and_ends_the_connections() -> None:
    async def main() -> None:
        pool = Pool(Limits(per_key=1, total=2))
        first, wire = await connected(pool)
        second, idle = await connected(pool, B)
        pool.release(second, reusable=True)
        waiting = asyncio.create_task(pool.acquire(A))
        await asyncio.sleep(0)
        await pool.close()
        with pytest.raises(ClosedError):
            await waiting
        assert (wire.ended, idle.ended) == ("aborted", "closed")
        pool.release(first, reusable=True)
        with pytest.raises(ClosedError):
            await pool.acquire(A)

    run(main())
