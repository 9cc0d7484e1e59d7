"""Our own questions to recursive servers, the fallback to the system, and A and AAAA side by side."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from minibrowser.demo.name_servers import NameServers, ZoneText
from minibrowser.demo.zone import DNSServer
from minibrowser.errors import ConnectionTimeoutError, NameNotResolvedError, UsageError
from minibrowser.limits import LATE_FAMILY_SECONDS, RESOLUTION_DELAY, SILENT_SERVERS_SECONDS
from minibrowser.net import NetworkConfig
from minibrowser.net.dns import (
    Answer,
    LookupFailedError,
    NameAbsentError,
    Resolver,
    build as build_module,
    build_resolver,
)
from minibrowser.net.dns.build import checked_server
from minibrowser.net.dns.families import Records, ask_both
from minibrowser.net.dns.server import ServerResolver
from minibrowser.net.dns.system import FallbackResolver, SystemResolver
from minibrowser.net.dns.system_config import DNSSettings, is_for_the_system
from minibrowser.trace import Recorder
from tests.net.support import run
from tests.net.virtual_time import now, run_virtual

ZONE = """\
@     300 IN SOA ns hostmaster 1 7200 3600 1209600 45
@     300 IN NS ns
@     300 IN A 192.0.2.1
ns    300 IN A 192.0.2.53
four   60 IN A 192.0.2.4
text   60 IN TXT "no address"
alias  30 IN CNAME four
""" + "".join(f"big 60 IN A 198.18.{index // 250}.{index % 250}\n" for index in range(300))


@contextmanager
def servers(zone: str = ZONE, origin: str = "test.example") -> Iterator[DNSServer]:
    server = DNSServer(zone, origin)
    try:
        yield server
    finally:
        server.stop()


def test_what_was_cut_is_asked_again_over_tcp() -> None:
    async def main() -> None:
        with servers() as server:
            resolver = ServerResolver((f"127.0.0.1:{await server.start()}",))
            answer = await resolver.resolve("big.test.example")
            assert len(answer.addresses) == 300
            assert {"A big.test.example", "A big.test.example (tcp)"} <= set(server.queries)
            await resolver.close()

    run(main())


@pytest.mark.parametrize(
    ("host", "words"),
    [("nosuch.test.example", "no such name"), ("text.test.example", "the name has none")],
)
def test_for_how_long_a_refusal_is_true_is_asked_of_the_zone(host: str, words: str) -> None:
    async def main() -> None:
        with servers() as server:
            resolver = ServerResolver((f"127.0.0.1:{await server.start()}",))
            with pytest.raises(NameAbsentError, match=words) as refused:
                await resolver.resolve(host)
            assert refused.value.ttl == 45.0
            await resolver.close()

    run(main())


def test_a_name_with_addresses_costs_no_question_about_its_zone() -> None:
    async def main() -> None:
        with servers() as server:
            resolver = ServerResolver((f"127.0.0.1:{await server.start()}",))
            assert (await resolver.resolve("four.test.example")).addresses == ("192.0.2.4",)
            assert sorted(server.queries) == ["A four.test.example", "AAAA four.test.example"]
            await resolver.close()

    run(main())


def test_servers_that_refuse_are_a_failure_and_no_refusal() -> None:
    async def main() -> None:
        with servers() as server:
            resolver = ServerResolver((f"127.0.0.1:{await server.start()}",), tries=1)
            with pytest.raises(LookupFailedError, match=r"no address for host www\.elsewhere\.example"):
                await resolver.resolve("www.elsewhere.example")
            await resolver.close()

    run(main())


def test_a_lost_question_is_asked_again() -> None:
    async def main() -> None:
        with servers() as server:
            lost: list[bytes] = []

            def lose(query: bytes, answer: bytes, over_tcp: bool) -> bytes | None:
                lost.append(query)
                return None if len(lost) <= 2 else answer

            server.twist = lose
            resolver = ServerResolver((f"127.0.0.1:{await server.start()}",), timeout=0.05, tries=4)
            assert (await resolver.resolve("four.test.example")).addresses == ("192.0.2.4",)
            assert len(lost) > 2
            await resolver.close()

    run(main())


def test_short_names_are_searched_in_the_machines_domains() -> None:
    async def main() -> None:
        with servers() as server:
            settings = DNSSettings((), ("nosuch.test.example", "test.example"), 1)
            resolver = ServerResolver((f"127.0.0.1:{await server.start()}",), settings=settings)
            answer = await resolver.resolve("four")
            assert (answer.addresses, answer.canonical) == (("192.0.2.4",), "four.test.example")
            complete = await resolver.resolve("four.test.example")
            assert (complete.addresses, complete.canonical) == (("192.0.2.4",), "")
            await resolver.close()

    run(main())


def test_the_recursive_server_of_the_demo_gives_whole_chains_and_refusals() -> None:
    zones = [
        ZoneText("test.example", ZONE, {"ns.test.example": "203.0.113.51"}),
        ZoneText(
            "other.test", "www 20 IN CNAME alias.test.example.\n" + ZONE, {"ns.other.test": "203.0.113.52"}
        ),
    ]

    async def main() -> None:
        async with NameServers(zones) as names:
            resolver = ServerResolver((names.recursor,))
            answer = await resolver.resolve("www.other.test")
            assert (answer.addresses, answer.ttl, answer.canonical) == (
                ("192.0.2.4",), 20.0, "four.test.example",
            )  # fmt: skip
            assert len((await resolver.resolve("big.test.example")).addresses) == 300
            with pytest.raises(NameAbsentError) as refused:
                await resolver.resolve("nosuch.test.example")
            assert refused.value.ttl == 45.0
            await resolver.close()

    run(main())


class Scripted(Resolver):
    def __init__(self, outcome: Answer | Exception) -> None:
        self.outcome = outcome
        self.asked: list[str] = []
        self.closed = False

    async def resolve(self, host: str) -> Answer:
        self.asked.append(host)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    async def close(self) -> None:
        self.closed = True


KNOWN = Answer(("192.0.2.1",), 60.0, "dns", "asked")
SYSTEM = Answer(("192.0.2.2",), -1.0, "system", "asked the system")


@pytest.mark.parametrize("failure", [LookupFailedError("refused"), ConnectionTimeoutError("silence")])
def test_where_the_servers_cannot_say_the_system_is_asked(failure: Exception) -> None:
    async def main() -> None:
        recorder = Recorder()
        first, second = Scripted(failure), Scripted(SYSTEM)
        resolver = FallbackResolver(first, second, is_for_the_system)
        assert (await resolver.resolve_traced("a.example", recorder)).source == "system"
        assert recorder.spans[0].reason == f"{failure}; the system is asked instead"
        await resolver.close()
        assert (first.closed, second.closed) == (True, True)

    run(main())


def test_the_system_may_know_more_of_short_names() -> None:
    async def main() -> None:
        first, second = Scripted(NameAbsentError("no such name", 5.0)), Scripted(SYSTEM)
        resolver = FallbackResolver(first, second, is_for_the_system)
        assert (await resolver.resolve("printer")).source == "system"
        assert (await resolver.resolve("printer.")).source == "system"

    run(main())


def test_silent_servers_are_left_alone_for_a_while() -> None:
    async def main() -> None:
        clock = [0.0]
        first, second = Scripted(ConnectionTimeoutError("silence")), Scripted(SYSTEM)
        resolver = FallbackResolver(first, second, is_for_the_system, lambda: clock[0])
        for host in ("a.example", "b.example", "c.example"):
            assert (await resolver.resolve(host)).source == "system"
        clock[0] = SILENT_SERVERS_SECONDS
        first.outcome = KNOWN
        assert (await resolver.resolve("d.example")).source == "dns"
        assert first.asked == ["a.example", "d.example"]
        # One that fails for a name may know the next.
        first.outcome = LookupFailedError("refused")
        for host in ("e.example", "f.example"):
            await resolver.resolve(host)
        assert first.asked[2:] == ["e.example", "f.example"]

    run(main())


def test_a_literal_address_loads_no_library() -> None:
    script = (
        "import asyncio, sys\n"
        "from minibrowser.net import NetworkConfig\n"
        "from minibrowser.net.dns import build_resolver\n"
        "async def main(**settings):\n"
        "    resolver = build_resolver(NetworkConfig(**settings))\n"
        "    await resolver.resolve('127.0.0.1')\n"
        "    await resolver.close()\n"
        "for mode in ('auto', 'servers', 'system', 'iterative'):\n"
        "    asyncio.run(main(dns=mode))\n"
        "asyncio.run(main(nameservers=('192.0.2.1',)))\n"
        "print([name for name in ('aiodns', 'pycares', 'dns', 'sqlite3') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_such_name_is_an_answer_and_names_of_the_local_network_go_to_the_system() -> None:
    async def main() -> None:
        first, second = Scripted(NameAbsentError("no such name", 5.0)), Scripted(SYSTEM)
        resolver = FallbackResolver(first, second, is_for_the_system)
        with pytest.raises(NameAbsentError):
            await resolver.resolve("a.example")
        assert second.asked == []
        assert (await resolver.resolve("printer.local")).source == "system"
        assert first.asked == ["a.example"]

    run(main())


FOUR = Records(("192.0.2.1",), 60.0)
SIX = Records(("2001:db8::1",), 90.0)
NONE = Records((), 30.0)
GONE = Records((), 20.0, exists=False)
Outcome = Records | Exception


def asked(four: tuple[float, Outcome], six: tuple[float, Outcome]) -> tuple[Records, float]:
    """What comes of two questions that take their time; and when."""

    async def ask(kind: str) -> Records:
        delay, outcome = four if kind == "A" else six
        await asyncio.sleep(delay)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def main() -> tuple[Records, float]:
        return await ask_both("a.example", ask), now()

    return run_virtual(main())


def test_both_families_are_asked_at_once() -> None:
    found, moment = asked((0.3, FOUR), (0.32, SIX))
    assert (found.addresses, found.ttl, moment) == (("2001:db8::1", "192.0.2.1"), 60.0, 0.32)


def test_ipv6_has_50_ms_once_ipv4_is_known() -> None:
    found, moment = asked((0.1, FOUR), (5.0, SIX))
    assert (found.addresses, moment) == (("192.0.2.1",), round(0.1 + RESOLUTION_DELAY, 6))
    # The half that came too late is asked for again soon.
    assert found.ttl == LATE_FAMILY_SECONDS
    found, moment = asked((5.0, FOUR), (0.1, SIX))
    assert (found.addresses, moment) == (("2001:db8::1", "192.0.2.1"), 5.0)


def test_without_ipv4_addresses_ipv6_has_all_the_time() -> None:
    found, moment = asked((0.1, NONE), (2.0, SIX))
    assert (found.addresses, found.ttl, moment) == (("2001:db8::1",), 90.0, 2.0)


def test_one_family_is_enough() -> None:
    failure = LookupFailedError("refused")
    assert asked((0.0, failure), (0.0, SIX))[0].addresses == ("2001:db8::1",)
    found, _ = asked((0.0, FOUR), (0.0, failure))
    assert (found.addresses, found.ttl) == (("192.0.2.1",), LATE_FAMILY_SECONDS)
    assert asked((0.0, FOUR), (0.0, NONE))[0].ttl == 60.0


@pytest.mark.parametrize(
    ("four", "six", "kind", "ttl"),
    [
        (NONE, NONE, NameAbsentError, 30.0),
        (GONE, NONE, NameAbsentError, 20.0),
        (NONE, Records((), 10.0), NameAbsentError, 10.0),
        (GONE, LookupFailedError("refused"), NameAbsentError, 20.0),
        (NONE, LookupFailedError("refused"), LookupFailedError, None),
        (LookupFailedError("refused"), NONE, LookupFailedError, None),
        (ConnectionTimeoutError("silence"), LookupFailedError("refused"), ConnectionTimeoutError, None),
    ],
)
def test_two_refusals_and_failures(
    four: Outcome, six: Outcome, kind: type[Exception], ttl: float | None
) -> None:
    with pytest.raises(kind) as failed:
        asked((0.0, four), (0.1, six))
    if isinstance(failed.value, NameAbsentError):
        assert failed.value.ttl == ttl


def test_who_gives_up_leaves_no_question() -> None:
    async def main() -> None:
        async def ask(kind: str) -> Records:
            await asyncio.sleep(60.0)
            return FOUR

        asking = asyncio.create_task(ask_both("a.example", ask))
        await asyncio.sleep(1.0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

    run_virtual(main())


@pytest.mark.parametrize(
    "text", ["192.0.2.1", "192.0.2.1:5353", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:53"]
)
def test_addresses_of_servers(text: str) -> None:
    assert checked_server(text) == text


@pytest.mark.parametrize(
    "text", ["dns.example", "192.0.2.1:", "192.0.2.1:0x35", "192.0.2.1:70000", "", "[::1"]
)
def test_what_is_no_address_of_a_server_is_named(text: str) -> None:
    with pytest.raises(UsageError):
        checked_server(text)


def test_settings_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(UsageError, match="unknown dns mode 'magic'"):
        NetworkConfig(dns="magic")
    with pytest.raises(UsageError, match="asks no servers of your choice"):
        NetworkConfig(dns="iterative", nameservers=("192.0.2.1",))


@pytest.mark.parametrize(("plain", "kind"), [(True, FallbackResolver), (False, SystemResolver)])
def test_by_default_the_servers_are_asked_where_the_machines_set_up_is_plain(
    plain: bool, kind: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_module, "servers_are_enough", lambda: plain)
    upstream, view = build_module._upstream(NetworkConfig(), None)
    assert type(upstream) is kind
    assert view == "system"
    assert type(build_module._upstream(NetworkConfig(dns="system"), None)[0]) is SystemResolver
    assert type(build_module._upstream(NetworkConfig(dns="servers"), None)[0]) is FallbackResolver


def test_answers_of_named_servers_are_found_again_on_disk(tmp_path: Path) -> None:
    async def main() -> None:
        with servers() as server:
            address = f"127.0.0.1:{await server.start()}"
            sources = []
            for _ in range(2):
                resolver = build_resolver(NetworkConfig(nameservers=(address,), cache_dir=str(tmp_path)))
                sources.append((await resolver.resolve("four.test.example")).source)
                await resolver.close()
            assert sources == ["dns", "disk cache"]
            assert len(server.queries) == 2
            for cache in ("no-store", "default"):  # who keeps nothing finds nothing
                config = NetworkConfig(nameservers=(address,), cache_dir=str(tmp_path), cache=cache)
                resolver = build_resolver(config)
                sources.append((await resolver.resolve("four.test.example")).source)
                await resolver.close()
            assert sources[2:] == ["dns", "disk cache"]
            other = build_resolver(NetworkConfig(resolver=Scripted(KNOWN), cache_dir=str(tmp_path)))
            assert (await other.resolve("four.test.example")).addresses == ("192.0.2.1",)
            await other.close()

    run(main())


def test_a_name_that_is_none_is_said_so() -> None:
    async def main() -> None:
        with servers() as server:
            resolver = ServerResolver((f"127.0.0.1:{await server.start()}",))
            with pytest.raises(NameNotResolvedError):
                await resolver.resolve("a" * 80 + ".example")
            await resolver.close()

    run(main())
