from __future__ import annotations

import asyncio
import socket

import pytest

from minibrowser.errors import ConnectionTimeoutError, NameNotResolvedError
from minibrowser.limits import NEGATIVE_DNS_SECONDS
from minibrowser.net.dns import Answer, LayeredResolver, Resolver
from minibrowser.net.dns.cache import HostCache
from minibrowser.net.dns.system import SystemResolver
from tests.net.support import run


class Scripted(Resolver):
    """Answers when told to."""

    def __init__(self, ttl: float = 60.0) -> None:
        self.ttl = ttl
        self.asked: list[str] = []
        self.open = asyncio.Event()
        self.open.set()
        self.closed = False

    async def resolve(self, host: str) -> Answer:
        self.asked.append(host)
        await self.open.wait()
        if host == "unknown.example":
            raise NameNotResolvedError(f"no address for host {host}")
        return Answer((f"192.0.2.{len(self.asked)}",), self.ttl, "dns", "asked")

    async def close(self) -> None:
        self.closed = True


def test_the_cache_keeps_answers_as_long_as_they_live() -> None:
    cache = HostCache()
    cache.put("a.example", Answer(("192.0.2.1",), 50.0, "dns"), now=1000.0)
    found = cache.get("a.example", now=1009.0)
    assert found is not None
    assert (found.addresses, found.ttl, found.reason) == (("192.0.2.1",), 41.0, "host cache hit, 41 s left")
    assert cache.get("a.example", now=1050.0) is None
    cache.put("b.example", Answer(("192.0.2.2",), 0.0, "dns"), now=0.0)
    assert cache.get("b.example", now=0.0) is None
    cache.put("c.example", Answer(("192.0.2.3",), -1.0, "system"), now=0.0)
    assert cache.get("c.example", now=59.0) is not None
    assert cache.get("c.example", now=60.0) is None


def test_the_cache_is_bounded() -> None:
    cache = HostCache(max_entries=2)
    for index in range(3):
        cache.put(f"{index}.example", Answer(("192.0.2.1",), 50.0, "dns"), now=0.0)
    assert len(cache) == 2
    assert cache.get("0.example", 1.0) is None
    assert cache.get("2.example", 1.0) is not None


def test_layers_ask_only_when_they_must() -> None:
    async def main() -> None:
        now = 0.0
        upstream = Scripted()
        resolver = LayeredResolver(upstream, clock=lambda: now)
        assert (await resolver.resolve("127.0.0.1")).source == "literal"
        assert (await resolver.resolve("a.example")).source == "dns"
        assert (await resolver.resolve("A.example.")).source == "host cache"
        now = 60.0
        assert (await resolver.resolve("a.example")).source == "dns"
        assert upstream.asked == ["a.example", "a.example"]
        await resolver.close()
        assert upstream.closed

    run(main())


def test_one_lookup_serves_many_waiters_and_outlives_one_that_leaves() -> None:
    async def main() -> None:
        upstream = Scripted()
        upstream.open.clear()
        resolver = LayeredResolver(upstream)
        waiters = [asyncio.create_task(resolver.resolve("a.example")) for _ in range(5)]
        await asyncio.sleep(0)
        waiters[0].cancel()
        await asyncio.sleep(0)
        upstream.open.set()
        answers = await asyncio.gather(*waiters[1:])
        assert {answer.addresses for answer in answers} == {("192.0.2.1",)}
        assert answers[0].reason == "joined a running lookup"
        assert upstream.asked == ["a.example"]
        await resolver.close()

    run(main())


def test_a_name_that_does_not_exist_reaches_all_waiters_and_is_remembered_for_a_while() -> None:
    async def main() -> None:
        upstream = Scripted()
        now = [1000.0]
        resolver = LayeredResolver(upstream, lambda: now[0])
        results = await asyncio.gather(
            *(resolver.resolve("unknown.example") for _ in range(3)), return_exceptions=True
        )
        assert [type(result) for result in results] == [NameNotResolvedError] * 3
        with pytest.raises(NameNotResolvedError, match="remembered"):
            await resolver.resolve("unknown.example")
        assert len(upstream.asked) == 1
        now[0] += NEGATIVE_DNS_SECONDS
        with pytest.raises(NameNotResolvedError):
            await resolver.resolve("unknown.example")
        assert len(upstream.asked) == 2
        await resolver.close()

    run(main())


def test_a_resolver_that_is_only_busy_is_asked_again() -> None:
    class Busy(Resolver):
        asked = 0

        async def resolve(self, host: str) -> Answer:
            self.asked += 1
            try:
                raise socket.gaierror(socket.EAI_AGAIN, "try again")
            except OSError as error:
                raise NameNotResolvedError("no address") from error

    async def main() -> None:
        upstream = Busy()
        resolver = LayeredResolver(upstream)
        for _ in range(2):
            with pytest.raises(NameNotResolvedError):
                await resolver.resolve("a.example")
        assert upstream.asked == 2
        await resolver.close()

    run(main())


def test_absent_names_are_bounded() -> None:
    cache = HostCache(max_entries=2)
    for index in range(3):
        cache.put_absent(f"{index}.example", "no such name", now=0.0)
    known = [cache.absent(f"{index}.example", 1.0) for index in range(3)]
    assert [str(error or "") for error in known] == [
        "",
        "no such name (remembered, 9 s left)",
        "no such name (remembered, 9 s left)",
    ]
    cache.clear()
    assert cache.absent("2.example", 1.0) is None


def test_closing_ends_a_running_lookup() -> None:
    async def main() -> None:
        upstream = Scripted()
        upstream.open.clear()
        resolver = LayeredResolver(upstream)
        waiter = asyncio.create_task(resolver.resolve("a.example"))
        await asyncio.sleep(0)
        await resolver.close()
        with pytest.raises(asyncio.CancelledError):
            await waiter

    run(main())


def test_the_system_is_asked_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(host: str, port: object, type: int) -> object:  # noqa: A002 - the system's name
        if host == "known.example":
            return [
                (socket.AF_INET6, type, 6, "", ("2001:db8::1", 0, 0, 0)),
                (socket.AF_INET, type, 6, "", ("192.0.2.1", 0)),
                (socket.AF_INET, type, 6, "", ("192.0.2.1", 0)),
            ]
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    answer = run(SystemResolver().resolve("known.example"))
    assert answer.addresses == ("2001:db8::1", "192.0.2.1")
    assert answer.ttl < 0
    with pytest.raises(NameNotResolvedError, match=r"no address for host unknown\.example: Name or service"):
        run(SystemResolver().resolve("unknown.example"))
    monkeypatch.undo()
    with pytest.raises(NameNotResolvedError, match="not a host name"):
        run(SystemResolver().resolve("a" * 80 + ".example"))


def test_our_own_questions_to_a_server() -> None:
    pytest.importorskip("dns")
    from minibrowser.demo.zone import DNSServer  # noqa: PLC0415 - after the skip
    from minibrowser.net.dns.server import ServerResolver  # noqa: PLC0415 - as above

    zone = """
    @     300 IN SOA ns hostmaster 1 7200 3600 1209600 60
    @     300 IN NS ns
    ns    300 IN A 192.0.2.53
    both  120 IN A 192.0.2.1
    both   90 IN AAAA 2001:db8::1
    alias  30 IN CNAME both
    six    60 IN AAAA 2001:db8::6
    text   60 IN TXT "no address"
    """

    async def main() -> None:
        server = DNSServer("\n".join(line.strip() for line in zone.splitlines()), "test.example")
        resolver = ServerResolver((f"127.0.0.1:{await server.start()}",))
        both = await resolver.resolve("both.test.example")
        assert both.addresses == ("2001:db8::1", "192.0.2.1")
        assert both.ttl == 90.0
        alias = await resolver.resolve("alias.test.example")
        assert (alias.addresses, alias.ttl, alias.canonical) == (both.addresses, 30.0, "both.test.example")
        assert (await resolver.resolve("six.test.example")).addresses == ("2001:db8::6",)
        for name in ("none.test.example", "text.test.example", "elsewhere.example"):
            with pytest.raises(NameNotResolvedError, match=f"no address for host {name}"):
                await resolver.resolve(name)
        assert {"A both.test.example", "AAAA both.test.example"} <= set(server.queries)
        await resolver.close()
        server.stop()

    run(main())


def test_a_silent_name_server_runs_into_the_time_limit() -> None:
    from minibrowser.net.dns.server import ServerResolver  # noqa: PLC0415 - aiodns

    async def main() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
            silent.bind(("127.0.0.1", 0))
            port = silent.getsockname()[1]
            resolver = ServerResolver((f"127.0.0.1:{port}",), timeout=0.05, tries=1)
            with pytest.raises(
                ConnectionTimeoutError, match=r"no answer from the name server for host a\.example"
            ):
                await resolver.resolve("a.example")
            await resolver.close()

    run(main())
