"""The walk from the root, over the demo's name servers on loopback and with a virtual clock."""

from __future__ import annotations

import asyncio
import random
import struct
from collections.abc import Callable, Coroutine

import pytest
from hypothesis import given, strategies as st

from minibrowser.demo.name_servers import NameServers, ZoneText
from minibrowser.demo.zone import DNSServer
from minibrowser.errors import ConnectionTimeoutError, NameNotResolvedError
from minibrowser.limits import MAX_DNS_QUERIES
from minibrowser.net.dns import LayeredResolver, LookupFailedError, NameAbsentError
from minibrowser.net.dns.delegation import (
    Delegation,
    DelegationCache,
    Kind,
    Verdict,
    judge,
    next_question,
)
from minibrowser.net.dns.iterative import IterativeResolver
from minibrowser.net.dns.records import is_below
from minibrowser.net.dns.root_hints import ROOT_HINTS
from minibrowser.net.dns.wire import Message, MessageError, Record, parse_message
from minibrowser.trace import Recorder
from tests.net.virtual_time import now, run_virtual

SHOP = """
@    300 IN SOA ns1.shop.example. hostmaster.shop.example. 1 7200 3600 1209600 60
@    300 IN NS  ns1
@    300 IN NS  ns2
@    300 IN A   203.0.113.10
@    120 IN AAAA 2001:db8::10
ns1  300 IN A   203.0.113.51
ns2  300 IN A   203.0.113.52
www   60 IN CNAME @
cdn   90 IN CNAME shop.edge.test.
deep.er.still 40 IN A 203.0.113.11
text  60 IN TXT "no address"
gone  60 IN CNAME nowhere.edge.test.
one   60 IN CNAME two.edge.test.
loop1 60 IN CNAME loop2
loop2 60 IN CNAME loop1
"""
EDGE = """
@    300 IN SOA ns.dns.example. hostmaster.edge.test. 1 7200 3600 1209600 30
@    300 IN NS  ns.dns.example.
shop  20 IN A   203.0.113.20
two   60 IN CNAME one.shop.example.
"""
DNS = """
@    300 IN SOA ns.dns.example. hostmaster.dns.example. 1 7200 3600 1209600 30
@    300 IN NS  ns
ns   300 IN A   203.0.113.99
"""
BIG = "\n".join(f"big 60 IN A 198.18.{index // 250}.{index % 250}" for index in range(400)) + "\n"

Test = Callable[[NameServers, IterativeResolver, Recorder], Coroutine[object, object, None]]


def zones() -> list[ZoneText]:
    return [
        ZoneText(
            "shop.example", SHOP, {"ns1.shop.example": "203.0.113.51", "ns2.shop.example": "203.0.113.52"}
        ),
        ZoneText("edge.test", EDGE + BIG, {"ns.dns.example": "203.0.113.99"}),
        ZoneText("dns.example", DNS, {"ns.dns.example": "203.0.113.99"}),
    ]


def walk(test: Test, *more: ZoneText, seed: int = 1) -> None:
    """Run a test with all servers up and a resolver that knows only the root."""

    async def main() -> None:
        async with NameServers([*zones(), *more]) as names:
            loop = asyncio.get_running_loop()
            resolver = IterativeResolver(names.roots, names.dial, loop.time, rng=random.Random(seed))
            await test(names, resolver, Recorder(clock=loop.time))
            await resolver.close()

    run_virtual(main())


def told(recorder: Recorder) -> list[str]:
    return [f"{span.name}: {span.reason}" for span in recorder.spans if span.kind == "ask"]


def test_each_referral_is_in_the_trace() -> None:
    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        answer = await resolver.resolve_traced("WWW.shop.example.", recorder)
        assert answer.addresses == ("2001:db8::10", "203.0.113.10")
        assert (answer.canonical, answer.ttl, answer.source) == ("shop.example", 60.0, "iterative")
        assert answer.reason == (
            "4 questions to the servers of root, example, shop.example, kept 60 s, alias of shop.example"
        )
        server, address = ("ns1", 51) if "ns1" in told(recorder)[2] else ("ns2", 52)
        assert told(recorder) == [
            "root server 1 (198.51.100.1): A example: "
            "referral to example: ns.nic.example, with the addresses of 1",
            "ns.nic.example (198.51.100.10): A shop.example: "
            "referral to shop.example: ns1.shop.example, ns2.shop.example, with the addresses of 2",
            f"{server}.shop.example (203.0.113.{address}): A www.shop.example: "
            "203.0.113.10, kept 60 s, alias of shop.example",
            f"{server}.shop.example (203.0.113.{address}): AAAA www.shop.example: "
            "2001:db8::10, kept 60 s, alias of shop.example",
        ]
        # QNAME minimisation (RFC 9156): the root does not learn who is visited.
        assert names.servers["a.root-servers.example"].queries == ["A example"]

    walk(test)


def test_what_is_known_of_zones_is_not_asked_again_while_it_lives() -> None:
    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        await resolver.resolve("www.shop.example")
        root, tld = names.servers["a.root-servers.example"], names.servers["ns.nic.example"]
        await asyncio.sleep(86_399.0)
        await resolver.resolve("www.shop.example")
        assert (len(root.queries), len(tld.queries)) == (1, 1)
        await asyncio.sleep(1.0)
        await resolver.resolve("www.shop.example")
        assert (len(root.queries), len(tld.queries)) == (2, 2)

    walk(test)


def test_an_alias_leads_through_the_root_into_another_zone_whose_server_has_no_glue() -> None:
    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        answer = await resolver.resolve_traced("cdn.shop.example", recorder)
        assert (answer.addresses, answer.ttl, answer.canonical) == (("203.0.113.20",), 20.0, "shop.edge.test")
        words = [line.partition(": ")[2] for line in told(recorder)]
        assert "A edge.test: referral to edge.test: ns.dns.example, without addresses" in words
        assert "A ns.dns.example: 203.0.113.99, kept 300 s" in words
        assert names.servers["a.root-servers.example"].queries == ["A example", "A test"]

    walk(test)


def test_no_such_name_is_true_for_the_minimum_of_the_soa() -> None:
    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        layers = LayeredResolver(resolver, asyncio.get_running_loop().time)
        with pytest.raises(NameAbsentError, match="no such name") as refused:
            await layers.resolve_traced("nosuch.shop.example", recorder)
        assert refused.value.ttl == 60.0
        assert told(recorder)[-1].endswith(
            "no such name: nosuch.shop.example, kept 60 s (SOA minimum of shop.example)"
        )
        asked = len(names.queries)
        await asyncio.sleep(59.0)
        with pytest.raises(NameAbsentError, match=r"remembered, 1 s left"):
            await layers.resolve("nosuch.shop.example")
        assert len(names.queries) == asked
        await asyncio.sleep(1.0)
        with pytest.raises(NameAbsentError):
            await layers.resolve("nosuch.shop.example")
        assert len(names.queries) == asked + 2

    walk(test)


@pytest.mark.parametrize(
    ("host", "words", "ttl"),
    [
        ("text.shop.example", "the name has none", 60.0),
        ("er.still.shop.example", "the name has none", 60.0),  # an empty name in the middle of the tree
        ("gone.shop.example", "no such name", 30.0),
        ("nosuch.example", "no such name", 900.0),
        ("nosuch", "no such name", 900.0),
    ],
)
def test_ways_not_to_have_an_address(host: str, words: str, ttl: float) -> None:
    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        with pytest.raises(NameAbsentError, match=f"{words}$") as refused:
            await resolver.resolve(host)
        assert refused.value.ttl == ttl

    walk(test)


def test_names_below_empty_names_are_found() -> None:
    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        assert (await resolver.resolve("deep.er.still.shop.example")).addresses == ("203.0.113.11",)

    walk(test)


def test_a_server_that_denies_empty_names_is_asked_for_the_whole_one() -> None:
    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        def deny(query: bytes, answer: bytes, over_tcp: bool) -> bytes:
            flags = struct.unpack("!H", answer[2:4])[0]
            if parse_message(answer).question[0] == "still.shop.example":
                flags |= 3  # NXDOMAIN, where "no record" would be right
            return answer[:2] + struct.pack("!H", flags) + answer[4:]

        for name in ("ns1.shop.example", "ns2.shop.example"):
            names.servers[name].twist = deny
        assert (await resolver.resolve("deep.er.still.shop.example")).addresses == ("203.0.113.11",)

    walk(test)


def test_an_answer_that_does_not_fit_comes_over_tcp() -> None:
    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        answer = await resolver.resolve_traced("big.edge.test", recorder)
        assert len(answer.addresses) == 400
        server = names.servers["ns.dns.example"]
        assert server.queries.count("A big.edge.test") == 1
        assert server.queries.count("A big.edge.test (tcp)") == 1
        assert any(
            line.endswith("and 398 more, kept 60 s, over TCP because it was cut") for line in told(recorder)
        )

    walk(test)


def test_aliases_in_a_circle_end() -> None:
    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        with pytest.raises(LookupFailedError, match=r"aliases of loop1\.shop\.example go in a circle"):
            await resolver.resolve("loop1.shop.example")
        # Over two zones: one.shop.example -> two.edge.test -> one.shop.example.
        with pytest.raises(LookupFailedError, match="more than 16 aliases"):
            await resolver.resolve("one.shop.example")

    walk(test)


def test_a_silent_server_gives_way_to_the_next_and_a_round_later_gets_more_time() -> None:
    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        silent = ["ns1.shop.example", "ns2.shop.example"]
        names.servers[silent[0]].twist = lambda query, answer, over_tcp: None
        await resolver.resolve("shop.example")
        assert now() in (0.0, 1.0)  # by whom the walk asked first
        names.servers[silent[1]].twist = lambda query, answer, over_tcp: None
        started = now()
        with pytest.raises(ConnectionTimeoutError, match=r"no answer from the name servers of shop\.example"):
            await resolver.resolve_traced("www.shop.example", recorder)
        assert now() - started == 6.0  # 1 + 1 + 2 + 2
        waits = [span.reason for span in recorder.spans if "A www" in span.name and "AAAA" not in span.name]
        assert waits == ["silent for 1 s", "silent for 1 s", "silent for 2 s", "silent for 2 s"]

    walk(test)


@pytest.mark.parametrize("rcode", ["SERVFAIL", "REFUSED", "FORMERR"])
def test_a_lame_server_is_passed_over(rcode: str) -> None:
    codes = {"FORMERR": 1, "SERVFAIL": 2, "REFUSED": 5}

    def fail(query: bytes, answer: bytes, over_tcp: bool) -> bytes:
        return (
            query[:2] + struct.pack("!HHHHH", 0x8000 | codes[rcode], 0, 0, 0, 0)
            if rcode == "FORMERR"
            else (answer[:2] + struct.pack("!H", 0x8000 | codes[rcode]) + answer[4:])
        )

    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        for name in ("ns1.shop.example", "ns2.shop.example"):
            names.servers[name].twist = fail
        with pytest.raises(LookupFailedError, match=rcode):
            await resolver.resolve("shop.example")
        names.servers["ns2.shop.example"].twist = None
        answer = await resolver.resolve_traced("shop.example", recorder)
        assert len(answer.addresses) == 2
        lame = [line for line in told(recorder) if "passed over" in line]
        assert all(f"passed over: answers {rcode}" in line for line in lame)

    walk(test)


def test_a_server_that_knows_nothing_of_the_zone_is_lame() -> None:
    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        stranger = DNSServer(DNS, "dns.example")
        names.ports["203.0.113.51", 53] = await stranger.start()
        try:
            assert len((await resolver.resolve("shop.example")).addresses) == 2
        finally:
            stranger.stop()

    for seed in range(4):
        walk(test, seed=seed)


def test_servers_in_private_networks_are_not_asked_where_these_are_out_of_bounds() -> None:
    inner = ZoneText("inner.example", SHOP, {"ns.inner.example": "10.0.0.53"})

    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        guarded = IterativeResolver(
            names.roots, names.dial, forbidden=lambda address: "private" if address.startswith("10.") else ""
        )
        with pytest.raises(LookupFailedError, match=r"10\.0\.0\.53 is private: out of bounds"):
            await guarded.resolve_traced("www.inner.example", recorder)
        assert names.servers["ns.inner.example"].queries == []
        assert told(recorder)[-1] == "ns.inner.example (10.0.0.53): passed over: private, out of bounds"
        await guarded.close()
        assert len((await resolver.resolve("www.inner.example")).addresses) == 2

    walk(test, inner)


def test_a_closed_port_costs_no_time() -> None:
    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        names.servers["ns1.shop.example"].stop()
        for _ in range(4):
            await resolver.resolve_traced("shop.example", recorder)
        assert now() == 0.0

    walk(test)


def test_a_server_without_edns_is_asked_without_it() -> None:
    def old(query: bytes, answer: bytes, over_tcp: bool) -> bytes:
        if struct.unpack("!H", query[10:12])[0]:
            return query[:2] + struct.pack("!HHHHH", 0x8001, 0, 0, 0, 0)
        return answer

    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        names.servers["a.root-servers.example"].twist = old
        await resolver.resolve_traced("shop.example", recorder)
        assert told(recorder)[0].endswith("with the addresses of 1, without EDNS")

    walk(test)


def test_answers_to_other_questions_and_noise_are_passed_over() -> None:
    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        def liar(query: bytes, answer: bytes, over_tcp: bool) -> bytes:
            return bytes([query[0] ^ 1]) + answer[1:]  # another id

        names.servers["a.root-servers.example"].twist = liar
        with pytest.raises(ConnectionTimeoutError, match="name servers of the root"):
            await resolver.resolve("shop.example")
        assert now() == 3.0
        names.servers["a.root-servers.example"].twist = lambda query, answer, over_tcp: b"noise"
        with pytest.raises(ConnectionTimeoutError):
            await resolver.resolve("shop.example")

    walk(test)


def test_servers_that_need_each_other_have_no_end_and_the_walk_has() -> None:
    one = ZoneText("one.example", SHOP, {"ns.two.example": "203.0.113.61"})
    two = ZoneText("two.example", SHOP, {"ns.one.example": "203.0.113.62"})

    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        # The glue is taken away on its way: each zone's server is named in the other.
        def no_glue(query: bytes, answer: bytes, over_tcp: bool) -> bytes:
            message = parse_message(answer)
            count = len(message.additional)
            if not count:
                return answer
            # Glue of one A record: 16 bytes with a compressed name, in front of OPT.
            return (
                answer[:10] + struct.pack("!H", 1) + answer[12 : len(answer) - 11 - 16 * count] + answer[-11:]
            )

        names.servers["ns.nic.example"].twist = no_glue
        with pytest.raises(LookupFailedError):
            await resolver.resolve_traced("www.one.example", recorder)
        assert now() == 0.0
        assert len(told(recorder)) < 20

    walk(test, one, two)


def test_a_zone_of_many_servers_without_addresses_cannot_make_us_ask_without_end() -> None:
    many = "".join(f"sub 60 IN NS ns{index}.victim{index}.nosuch.\n" for index in range(200))

    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        with pytest.raises(NameNotResolvedError):
            await resolver.resolve_traced("www.sub.bad.example", recorder)
        assert len(names.queries) <= MAX_DNS_QUERIES
        assert sum("victim" in query for query in names.queries) <= 12

    walk(test, ZoneText("bad.example", SHOP + many, {"ns.bad.example": "203.0.113.66"}))


def test_a_name_that_is_none_is_said_so() -> None:
    async def test(names: NameServers, resolver: IterativeResolver, recorder: Recorder) -> None:
        with pytest.raises(NameNotResolvedError, match="not a host name"):
            await resolver.resolve("a" * 70 + ".example")

    walk(test)


def message(
    answer: tuple[Record, ...] = (),
    authority: tuple[Record, ...] = (),
    additional: tuple[Record, ...] = (),
    rcode: str = "NOERROR",
    authoritative: bool = True,
) -> Message:
    return Message(
        1, ("www.shop.example", "A"), rcode, (authoritative, False), (answer, authority, additional)
    )


def verdict(said: Message, zone: str = "shop.example") -> Verdict:
    return judge(said, zone, "www.shop.example", "A", 0.0)


def test_records_out_of_bailiwick_count_for_nothing() -> None:
    alias = Record("www.shop.example", "CNAME", 60, "www.bank.example")
    poison = Record("www.bank.example", "A", 60, "203.0.113.66")
    found = verdict(message((alias, poison)))
    assert found.kind is Kind.ALIAS
    assert found.chain is not None
    assert (found.chain.canonical, found.chain.addresses) == ("www.bank.example", ())
    # The parent of both may say so.
    assert verdict(message((alias, poison)), "example").kind is Kind.ANSWER


def test_glue_and_referrals_out_of_bailiwick_count_for_nothing() -> None:
    to_child = Record("eu.shop.example", "NS", 60, "ns.bank.example")
    glue = Record("ns.bank.example", "A", 60, "203.0.113.66")
    said = message((), (to_child,), (glue,), authoritative=False)
    below = judge(said, "shop.example", "www.eu.shop.example", "A", 0.0)
    assert below.delegation is not None
    assert (below.delegation.servers, below.delegation.addresses) == (("ns.bank.example",), {})
    for owner in ("bank.example", "example", "", "shop.example", "other.shop.example"):
        astray = message((), (Record(owner, "NS", 60, "ns.bank.example"),), authoritative=False)
        assert verdict(astray).kind is Kind.LAME, owner


def test_a_refusal_by_the_soa_of_another_zone_is_not_kept() -> None:
    soa = Record("bank.example", "SOA", 900, "ns. h. 1 2 3 4 900", 900)
    refused = verdict(message((), (soa,), rcode="NXDOMAIN"))
    assert (refused.kind, refused.soa) == (Kind.NO_NAME, None)


def test_dots_inside_of_labels_fool_nobody() -> None:
    trick = Record("www\\.shop.example", "NS", 60, "ns.bank.example")
    said = message((), (trick,), authoritative=False)
    assert judge(said, "shop.example", "x.www\\.shop.example", "A", 0.0).kind is Kind.LAME


@pytest.mark.parametrize(
    ("zone", "name", "known", "asked"),
    [
        ("", "www.shop.example", "", "example"),
        ("example", "www.shop.example", "example", "shop.example"),
        ("example", "www.shop.example", "shop.example", "www.shop.example"),
        ("shop.example", "shop.example", "shop.example", "shop.example"),
        ("", "example", "", "example"),
        ("shop.example", "a.b.c.shop.example", "b.c.shop.example", "a.b.c.shop.example"),
    ],
)
def test_one_label_more_is_asked_for(zone: str, name: str, known: str, asked: str) -> None:
    assert next_question(zone, name, known) == asked


def test_delegations_are_bounded_and_end() -> None:
    cache = DelegationCache(max_entries=2)
    for zone in ("a.example", "b.example", "c.example"):
        cache.put(Delegation(zone, ("ns.example",), {}, 100.0))
    assert len(cache) == 2
    assert cache.closest("www.a.example", 0.0) is None
    found = cache.closest("x.www.c.example", 99.0)
    assert found is not None
    assert found.zone == "c.example"
    assert cache.closest("www.c.example", 100.0) is None
    assert len(cache) == 1


def test_there_are_thirteen_root_servers() -> None:
    assert [name[0] for name, _, _ in ROOT_HINTS] == list("abcdefghijklm")
    assert all("." in four and ":" in six for _, four, six in ROOT_HINTS)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_none(data: bytes) -> None:
    for flags in (b"", b"\0\1\x84\0"):
        try:
            said = parse_message(flags + data)
        except MessageError:
            continue
        for zone in ("", "example", "shop.example"):
            judge(said, zone, "www.shop.example", "A", 0.0)


RECORDS = st.lists(
    st.builds(
        lambda name, kind, ttl, value: Record(name, kind, ttl, value, ttl),
        st.sampled_from(["", "example", "shop.example", "www.shop.example", "bank.example"]),
        st.sampled_from(["A", "NS", "CNAME", "SOA", "AAAA"]),
        st.integers(0, 2**31),
        st.sampled_from(["192.0.2.1", "shop.example", "www.shop.example", "ns.bank.example", ""]),
    ),
    max_size=6,
).map(tuple)


@given(RECORDS, RECORDS, RECORDS, st.sampled_from(["NOERROR", "NXDOMAIN", "SERVFAIL"]), st.booleans())
def test_every_answer_has_a_meaning_and_no_referral_leads_up(
    answer: tuple[Record, ...],
    authority: tuple[Record, ...],
    additional: tuple[Record, ...],
    rcode: str,
    authoritative: bool,
) -> None:
    for zone in ("", "example", "shop.example"):
        meant = verdict(message(answer, authority, additional, rcode, authoritative), zone)
        if meant.kind is Kind.REFERRAL:
            assert meant.delegation is not None
            assert len(meant.delegation.zone) > len(zone)
            assert meant.delegation.servers
        if meant.kind is Kind.ANSWER:
            assert meant.chain is not None
            assert meant.chain.addresses
            assert all(is_below(record.name, zone) for record in meant.chain.records)
