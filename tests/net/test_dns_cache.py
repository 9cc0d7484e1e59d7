"""How long answers and refusals live, in memory and on disk, and what is served when the servers fail."""

from __future__ import annotations

import asyncio
import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from minibrowser.errors import ConnectionTimeoutError, NameNotResolvedError
from minibrowser.limits import (
    MAX_DNS_TTL,
    MAX_NEGATIVE_DNS_SECONDS,
    MAX_STALE_SECONDS,
    STALE_ANSWER_SECONDS,
    STALE_WAIT,
)
from minibrowser.net.dns import Answer, LayeredResolver, LookupFailedError, NameAbsentError, Resolver
from minibrowser.net.dns.cache import HostCache
from minibrowser.net.dns.disk import DiskHostCache, HostStore
from minibrowser.trace import NO_TRACE, Recorder
from tests.net.support import run
from tests.net.virtual_time import now, run_virtual


class Zone(Resolver):
    """A resolver whose next answers are set by the test."""

    def __init__(self, *answers: Answer | Exception, delay: float = 0.0) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.delay = delay
        self.closed = False

    async def resolve(self, host: str) -> Answer:
        self.asked.append(host)
        answer = self.answers.pop(0)
        await asyncio.sleep(self.delay)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def close(self) -> None:
        self.closed = True


def answer(address: str = "192.0.2.1", ttl: float = 60.0) -> Answer:
    return Answer((address,), ttl, "dns", "asked", "canonical.example")


def test_an_answer_lives_for_its_ttl_to_the_second() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        upstream = Zone(answer("192.0.2.1", 60.0), answer("192.0.2.2", 60.0))
        resolver = LayeredResolver(upstream, loop.time)
        assert (await resolver.resolve("a.example")).source == "dns"
        await asyncio.sleep(19.0)
        cached = await resolver.resolve("a.example")
        assert (cached.source, cached.ttl, cached.reason, cached.canonical) == (
            "host cache", 41.0, "host cache hit, 41 s left", "canonical.example",
        )  # fmt: skip
        await asyncio.sleep(40.9)
        assert (await resolver.resolve("a.example")).addresses == ("192.0.2.1",)
        await asyncio.sleep(0.1)
        assert (await resolver.resolve("a.example")).addresses == ("192.0.2.2",)
        assert now() == 60.0
        await resolver.close()
        assert upstream.closed

    run_virtual(main())


def test_a_ttl_of_years_is_not_believed_and_one_of_zero_is() -> None:
    cache = HostCache()
    cache.put("a.example", answer(ttl=2.0**31), now=0.0)
    assert cache.get("a.example", MAX_DNS_TTL - 1) is not None
    assert cache.get("a.example", MAX_DNS_TTL) is None
    cache.put("b.example", answer(ttl=0.0), now=0.0)
    assert cache.get("b.example", 0.0) is None


def test_a_refusal_is_true_for_as_long_as_the_zone_says() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        upstream = Zone(NameAbsentError("no such name", 30.0), answer())
        resolver = LayeredResolver(upstream, loop.time)
        with pytest.raises(NameAbsentError, match=r"no such name$"):
            await resolver.resolve("new.example")
        await asyncio.sleep(29.0)
        with pytest.raises(NameAbsentError, match=r"no such name \(remembered, 1 s left\)"):
            await resolver.resolve("new.example")
        await asyncio.sleep(1.0)
        assert (await resolver.resolve("new.example")).source == "dns"
        assert upstream.asked == ["new.example"] * 2
        await resolver.close()

    run_virtual(main())


def test_a_refusal_lives_three_hours_at_the_most_and_may_not_live_at_all() -> None:
    cache = HostCache()
    cache.put_absent("a.example", "no such name", 0.0, ttl=1e9)
    assert cache.absent("a.example", MAX_NEGATIVE_DNS_SECONDS - 1) is not None
    assert cache.absent("a.example", MAX_NEGATIVE_DNS_SECONDS) is None
    cache.put_absent("b.example", "no such name", 0.0, ttl=0.0)
    assert cache.absent("b.example", 0.0) is None


def test_an_answer_takes_the_place_of_a_refusal_and_the_other_way_round() -> None:
    cache = HostCache()
    cache.put_absent("a.example", "no such name", 0.0)
    cache.put("a.example", answer(), 1.0)
    assert cache.absent("a.example", 1.0) is None
    cache.put_absent("a.example", "no such name", 2.0)
    assert cache.get("a.example", 2.0) is None


@pytest.mark.parametrize(
    "failure", [LookupFailedError("the servers refuse"), ConnectionTimeoutError("silence")]
)
def test_a_failure_is_not_remembered(failure: Exception) -> None:
    async def main() -> None:
        upstream = Zone(failure, answer())
        resolver = LayeredResolver(upstream)
        with pytest.raises(type(failure)):
            await resolver.resolve("a.example")
        assert (await resolver.resolve("a.example")).source == "dns"
        await resolver.close()

    run(main())


def test_without_serve_stale_an_answer_that_has_ended_is_gone() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        resolver = LayeredResolver(Zone(answer(), LookupFailedError("the servers refuse")), loop.time)
        await resolver.resolve("a.example")
        await asyncio.sleep(61.0)
        with pytest.raises(LookupFailedError):
            await resolver.resolve("a.example")
        await resolver.close()

    run_virtual(main())


def test_where_the_servers_fail_a_stale_answer_is_better_than_none() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        failure = LookupFailedError("the servers refuse")
        upstream = Zone(answer("192.0.2.1"), failure, answer("192.0.2.2"))
        resolver = LayeredResolver(upstream, loop.time, serve_stale=True)
        await resolver.resolve("a.example")
        await asyncio.sleep(100.0)
        for _ in range(3):  # RFC 8767 section 5: after a failure they are left alone for 30 s
            stale = await resolver.resolve("a.example")
            assert (stale.source, stale.ttl, stale.addresses) == (
                "stale",
                STALE_ANSWER_SECONDS,
                ("192.0.2.1",),
            )
            assert stale.reason == "stale answer, ended 40 s ago: the servers do not answer"
        assert len(upstream.asked) == 2
        await asyncio.sleep(STALE_ANSWER_SECONDS)
        assert (await resolver.resolve("a.example")).addresses == ("192.0.2.2",)
        await resolver.close()

    run_virtual(main())


def test_slow_servers_lose_against_a_stale_answer_and_their_answer_is_kept() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        upstream = Zone(answer("192.0.2.1"), answer("192.0.2.2"))
        resolver = LayeredResolver(upstream, loop.time, serve_stale=True)
        await resolver.resolve("a.example")
        await asyncio.sleep(100.0)
        upstream.delay = 3.0
        assert (await resolver.resolve("a.example")).source == "stale"
        assert now() == 100.0 + STALE_WAIT
        await asyncio.sleep(1.3)
        fresh = await resolver.resolve("a.example")
        assert (fresh.source, fresh.addresses) == ("host cache", ("192.0.2.2",))
        await resolver.close()

    run_virtual(main())


def test_a_refusal_ends_a_stale_answer() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        upstream = Zone(answer(), NameAbsentError("no such name", 5.0), LookupFailedError("refused"))
        resolver = LayeredResolver(upstream, loop.time, serve_stale=True)
        await resolver.resolve("a.example")
        await asyncio.sleep(100.0)
        with pytest.raises(NameAbsentError):
            await resolver.resolve("a.example")
        await asyncio.sleep(6.0)
        with pytest.raises(LookupFailedError):
            await resolver.resolve("a.example")
        await resolver.close()

    run_virtual(main())


def test_a_stale_answer_has_an_end() -> None:
    cache = HostCache(keep_stale=True)
    cache.put("a.example", answer(ttl=60.0), 0.0)
    assert cache.get("a.example", 60.0) is None
    assert cache.stale("a.example", 59.0) is None
    assert cache.stale("a.example", 60.0 + MAX_STALE_SECONDS - 1) is not None
    assert cache.stale("a.example", 60.0 + MAX_STALE_SECONDS) is None
    assert len(cache) == 0


def test_the_next_run_finds_the_answer_on_disk(tmp_path: Path) -> None:
    clock = [1000.0]

    async def visit(*answers: Answer | Exception) -> Answer:
        upstream = Zone(*answers)
        disk = DiskHostCache(str(tmp_path), "system", lambda: clock[0])
        resolver = LayeredResolver(upstream, lambda: clock[0], disk=disk)
        try:
            return await resolver.resolve("a.example")
        finally:
            await resolver.close()

    assert run(visit(answer("192.0.2.1", 200.0))).source == "dns"
    clock[0] += 80.0
    found = run(visit())
    assert (found.source, found.addresses, found.ttl) == ("disk cache", ("192.0.2.1",), 120.0)
    assert (found.reason, found.canonical) == ("disk cache, 120 s left", "canonical.example")
    clock[0] += 120.0
    assert run(visit(answer("192.0.2.2"))).addresses == ("192.0.2.2",)


def test_answers_from_disk_live_on_in_memory_for_what_is_left(tmp_path: Path) -> None:
    async def main() -> None:
        clock = [1000.0]
        store = HostStore(str(tmp_path), "system")
        store.put("a.example", answer(ttl=100.0), 950.0)
        store.close()
        disk = DiskHostCache(str(tmp_path), "system", lambda: clock[0])
        resolver = LayeredResolver(Zone(answer("192.0.2.2")), lambda: clock[0], disk=disk)
        assert (await resolver.resolve("a.example")).source == "disk cache"
        clock[0] += 9.0
        assert (await resolver.resolve("a.example")).reason == "host cache hit, 41 s left"
        clock[0] += 41.0
        assert (await resolver.resolve("a.example")).source == "dns"
        await resolver.close()

    run(main())


def test_refusals_and_answers_of_others_are_not_found_on_disk(tmp_path: Path) -> None:
    async def main() -> None:
        disk = DiskHostCache(str(tmp_path), "system", lambda: 0.0)
        resolver = LayeredResolver(Zone(NameAbsentError("no such name", 60.0)), disk=disk)
        with pytest.raises(NameNotResolvedError):
            await resolver.resolve("a.example")
        await resolver.close()
        store = HostStore(str(tmp_path), "doh https://dns.example/")
        store.put("b.example", answer(), 0.0)
        store.put("zero.example", answer(ttl=0.5), 0.0)
        assert store.get("a.example", 0.0) is None
        assert store.get("zero.example", 0.0) is None
        assert store.get("b.example", 1.0) is not None
        assert store.get("b.example", -1.0) is None  # written in the future: some clock was wrong
        store.close()
        other = HostStore(str(tmp_path), "system")
        assert other.get("b.example", 1.0) is None
        other.close()

    run(main())


def test_the_disk_cache_is_bounded(tmp_path: Path) -> None:
    store = HostStore(str(tmp_path), "system", max_entries=3)
    for index in range(3):
        store.put(f"{index}.example", answer(ttl=60.0 + index), 0.0)
    store.put("3.example", answer(ttl=5.0), 0.0)
    assert [store.get(f"{index}.example", 1.0) is not None for index in range(4)] == [True, True, True, False]
    store.put("4.example", answer(ttl=500.0), 61.0)
    assert [store.get(f"{index}.example", 61.0) is not None for index in range(5)] == [
        False, False, True, False, True,
    ]  # fmt: skip
    store.close()


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to look at" * 50, b""])
def test_a_broken_file_is_thrown_away(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "host-cache.sqlite3").write_bytes(content)
    store = HostStore(str(tmp_path), "system")
    store.put("a.example", answer(), 0.0)
    assert store.get("a.example", 1.0) is not None
    store.close()


def test_a_file_that_is_broken_inside_is_thrown_away(tmp_path: Path) -> None:
    store = HostStore(str(tmp_path), "system")
    for index in range(300):
        store.put(f"{index}.example", answer(), 0.0)
    store.close()
    path = tmp_path / "host-cache.sqlite3"
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 40_000)
    store = HostStore(str(tmp_path), "system")
    assert store.get("7.example", 1.0) is None
    store.put("a.example", answer(), 0.0)
    assert store.get("a.example", 1.0) is not None
    store.close()


def test_a_file_of_another_version_is_thrown_away(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "host-cache.sqlite3") as connection:
        connection.execute("CREATE TABLE hosts (nonsense TEXT)")
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    store = HostStore(str(tmp_path), "system")
    store.put("a.example", answer(), 0.0)
    assert store.get("a.example", 1.0) is not None
    store.close()


def test_a_folder_that_cannot_be_used_costs_a_word_and_not_the_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    async def main() -> None:
        recorder = Recorder()
        disk = DiskHostCache(str(tmp_path / "file"), "system", lambda: 0.0)
        resolver = LayeredResolver(Zone(answer()), disk=disk)
        assert (await resolver.resolve_traced("a.example", recorder)).source == "dns"
        await resolver.close()
        reasons = [span.reason for span in recorder.spans]
        assert any(reason.startswith("disk cache passed over: ") for reason in reasons)
        assert any(reason.startswith("not kept in the disk cache: ") for reason in reasons)

    run(main())


def _write(folder: str, start: int) -> None:
    store = HostStore(folder, "system")
    for index in range(start, start + 50):
        store.put(f"{index}.example", answer(), 0.0)
    store.close()


def test_processes_share_a_folder(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(str(tmp_path), start)) for start in (0, 50)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    store = HostStore(str(tmp_path), "system")
    assert [index for index in range(100) if store.get(f"{index}.example", 1.0) is None] == []
    store.close()


def test_the_trace_says_who_knew_and_for_how_long_it_is_true() -> None:
    async def main() -> None:
        recorder = Recorder()
        resolver = LayeredResolver(Zone(answer()), lambda: 0.0)
        await resolver.look_up("a.example", 443, 5.0, recorder)
        await resolver.look_up("a.example", 443, 5.0, recorder)
        await resolver.look_up("127.0.0.1", 443, 5.0, recorder)
        await resolver.close()
        first, second, literal = recorder.spans
        assert (first.kind, first.name, first.reason) == ("dns", "a.example", "asked")
        assert first.details == {
            "addresses": "192.0.2.1", "layer": "dns", "canonical": "canonical.example", "ttl": "60",
        }  # fmt: skip
        assert second.details["layer"] == "host cache"
        assert literal.details == {"addresses": "127.0.0.1", "layer": "literal"}

    run(main())


def test_the_trace_says_for_how_long_a_refusal_is_true() -> None:
    async def main() -> None:
        recorder = Recorder()
        resolver = LayeredResolver(Zone(NameAbsentError("no such name", 30.0)), lambda: 0.0)
        for _ in range(2):
            with pytest.raises(NameAbsentError):
                await resolver.look_up("a.example", 443, 5.0, recorder)
        await resolver.close()
        assert [(span.reason, span.error) for span in recorder.spans] == [
            ("refusal kept 30 s (SOA minimum)", "no such name"),
            ("refusal kept 30 s (SOA minimum)", "no such name (remembered, 30 s left)"),
        ]

    run(main())


def test_a_short_name_with_a_dot_is_complete() -> None:
    async def main() -> None:
        upstream = Zone(answer(), answer(), answer())
        resolver = LayeredResolver(upstream, lambda: 0.0)
        for host in ("printer", "printer.", "PRINTER.", "www.a.example", "www.a.example."):
            await resolver.resolve(host)
        assert upstream.asked == ["printer", "printer.", "www.a.example"]
        await resolver.close()

    run(main())


def test_a_lookup_has_a_time_limit() -> None:
    async def main() -> None:
        resolver = LayeredResolver(Zone(answer(), delay=60.0))
        with pytest.raises(ConnectionTimeoutError, match=r"no address for host a\.example within"):
            await resolver.look_up("a.example", 443, 15.0, NO_TRACE)
        assert now() == 15.0
        await resolver.close()

    run_virtual(main())


def test_one_lookup_serves_many_waiters_on_a_virtual_clock() -> None:
    async def main() -> None:
        upstream = Zone(answer(), delay=2.0)
        resolver = LayeredResolver(upstream, asyncio.get_running_loop().time)
        waiters = [asyncio.create_task(resolver.resolve("a.example")) for _ in range(50)]
        await asyncio.sleep(1.0)
        for waiter in waiters[:25]:  # the one who began is among those who leave
            waiter.cancel()
        answers = await asyncio.gather(*waiters[25:])
        assert now() == 2.0
        assert {found.addresses for found in answers} == {("192.0.2.1",)}
        assert upstream.asked == ["a.example"]
        await resolver.close()

    run_virtual(main())
