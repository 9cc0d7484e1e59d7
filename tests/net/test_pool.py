"""The policy is tested as the pure function it is; the pool with connections that are no sockets."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings, strategies as st

from minibrowser.errors import ClosedError
from minibrowser.limits import ALPN_PATIENCE
from minibrowser.net.pool import Pool
from minibrowser.net.pool_plan import Connection, Limits, Plan, Slot, Waiter, plan
from tests.net.support import run
from tests.net.virtual_time import now, run_virtual

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


def test_a_connection_that_comes_after_the_end_is_dropped() -> None:
    async def main() -> None:
        pool = Pool(LIMITS)
        got, wire = await pool.acquire(A), Wire()
        await pool.close()
        with pytest.raises(ClosedError):
            pool.opened(got, wire)
        assert wire.ended == "aborted"

    run(main())


# --- Connections that carry many exchanges -----------------------------------------------------------

S = "https://s.example:443"


class Many(Wire):
    """A connection that multiplexes."""

    multiplexes = True

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def capacity(self) -> int:
        return self.places


def carrying(number: int, places: int, users: int, key: str = S) -> Slot:
    made = Slot(number, key)
    made.connection = Many(places)
    made.users = users
    return made


def waiters(count: int) -> list[Waiter]:
    return [Waiter(S, (0, order), multiplexes=True) for order in range(1, count + 1)]


def decided(
    slots: list[Slot], waiting: list[Waiter], known: dict[str, bool] | None = None, now: float = 100.0
) -> object:
    return outcome(plan(slots, {S: waiting}, frozenset(), now, Limits(per_key=6, total=9), known or {}))


def test_waiters_join_a_connection_that_multiplexes_up_to_its_places() -> None:
    assert decided([carrying(1, 5, 3)], waiters(4), {S: True}) == ([(1, 1), (2, 1)], [], [])
    assert decided([carrying(1, 5, 5)], waiters(2), {S: True}) == ([], [], [])


def test_the_first_connection_may_serve_all_so_the_others_wait() -> None:
    assert decided([], waiters(4)) == ([], [1], [])
    opening = Slot(1, S, 99.9)
    assert decided([opening], waiters(4)) == ([], [], [])
    late = Slot(1, S, 90.0)
    assert decided([late], waiters(4)) == ([], [1, 2, 3, 4], [])  # patience is over
    assert decided([late], waiters(4), {S: True}) == ([], [], [])  # known to multiplex: it is worth it


def test_where_a_server_is_known_not_to_multiplex_nobody_waits() -> None:
    assert decided([Slot(1, S, 99.9)], waiters(3), {S: False}) == ([], [1, 2, 3], [])


def test_one_that_takes_no_more_is_replaced() -> None:
    assert decided([carrying(1, 0, 3)], waiters(2), {S: True}) == ([], [1], [])


def test_who_wants_a_newer_one_does_not_join_the_old() -> None:
    waiting = [Waiter(S, (0, 1), 1, multiplexes=True)]
    assert decided([carrying(1, 5, 3)], waiting, {S: True}) == ([], [1], [])
    assert decided([carrying(1, 5, 3), carrying(2, 5, 1)], waiting, {S: True}) == ([(1, 2)], [], [])


def test_those_who_waited_join_when_it_is_there_and_others_when_places_come_free() -> None:
    async def main() -> None:
        pool = Pool(Limits(per_key=6))
        first = await pool.acquire(S, multiplexes=True)
        waiting = [asyncio.create_task(pool.acquire(S, multiplexes=True)) for _ in range(4)]
        await asyncio.sleep(0)
        assert pool.reason_to_wait(S, True) == "connection 1 is being opened and may serve all"
        many = Many(3)
        pool.opened(first, many)
        await asyncio.sleep(0)
        assert [task.done() for task in waiting] == [True, True, False, False]
        assert pool.reason_to_wait(S, True) == "all streams of connection 1 are taken"
        pool.release(first, reusable=True)
        many.places = 4  # the server has said that it takes more
        many.changed()
        await asyncio.sleep(0)
        assert all(task.done() for task in waiting)
        assert pool.slots == [first]
        for task in waiting:
            pool.release(await task, reusable=True)
        assert first.users == 0
        assert many.ended == ""
        many.stale = True
        many.changed()
        assert (many.ended, pool.slots) == ("closed", [])
        await pool.close()

    run(main())


def test_patience_ends_by_itself() -> None:
    async def main() -> None:
        pool = Pool(Limits(per_key=6))
        first = await pool.acquire(S, multiplexes=True)
        second = await pool.acquire(S, multiplexes=True)
        assert now() == pytest.approx(ALPN_PATIENCE, abs=0.01)
        for slot_ in (first, second):
            pool.release(slot_, reusable=False)
        await pool.close()

    run_virtual(main())


def test_where_it_speaks_http1_after_all_those_who_waited_open_their_own() -> None:
    async def main() -> None:
        pool = Pool(Limits(per_key=3))
        first = await pool.acquire(S, multiplexes=True)
        waiting = [asyncio.create_task(pool.acquire(S, multiplexes=True)) for _ in range(4)]
        await asyncio.sleep(0)
        pool.opened(first, Wire())
        await asyncio.sleep(0)
        assert [task.done() for task in waiting] == [True, True, False, False]
        assert pool.known_protocol(S) is False
        for task in waiting[2:]:
            task.cancel()
        await asyncio.wait(waiting[2:])
        for task in waiting[:2]:
            pool.release(await task, reusable=False)
        pool.release(first, reusable=False)
        await pool.close()

    run(main())


# --- Short ways give what the plan would give ---------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40)), max_size=60), st.integers(0, 2**32))
@settings(max_examples=150)
def test_whatever_happens_the_plan_has_nothing_left_to_do(steps: list[tuple[int, int]], seed: int) -> None:
    async def main() -> None:
        dice = random.Random(seed)
        limits = Limits(per_key=2, total=4)
        pool = Pool(limits)
        waiting: list[asyncio.Task[Slot]] = []
        held: list[Slot] = []
        for what, which in steps:
            key = (A, B, S)[which % 3]
            if what <= 1:
                acquire = pool.acquire(key, which % 5, multiplexes=key == S)
                waiting.append(asyncio.create_task(acquire))
            elif what == 2 and held:
                slot_ = held.pop(which % len(held))
                pool.release(slot_, reusable=dice.random() < 0.8)
            elif what == 3 and waiting:
                waiting.pop(which % len(waiting)).cancel()
            elif what == 4:
                for idle in pool.slots:
                    if isinstance(idle.connection, Wire) and dice.random() < 0.2:
                        idle.connection.stale = True
                        idle.connection.changed()
            for _ in range(dice.randrange(3)):
                await asyncio.sleep(0)
            for task in [task for task in waiting if task.done()]:
                waiting.remove(task)
                got = task.result()
                held.append(got)
                if got.connection is None:
                    pool.opened(got, Many(3) if got.key == S and seed % 2 else Wire())
            stale = frozenset(
                each.number
                for each in pool.slots
                if each.users == 0 and each.connection is not None and each.connection.is_stale()
            )
            now_ = asyncio.get_running_loop().time()
            left = plan(pool.slots, pool._queues, stale, now_, limits, pool._protocols)
            assert outcome(left) == ([], [], [])
            assert all(each.users <= (3 if each.key == S and seed % 2 else 1) for each in pool.slots)
            assert len(pool.slots) <= 4
        for task in waiting:
            task.cancel()
        for done in await asyncio.gather(*waiting, return_exceptions=True):
            if isinstance(done, Slot):
                held.append(done)
        for slot_ in held:
            pool.release(slot_, reusable=True)
        assert all(each.users == 0 for each in pool.slots)
        await pool.close()

    asyncio.run(main())
