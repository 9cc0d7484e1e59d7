"""The demo's name servers, asked in wire format."""

from __future__ import annotations

import asyncio
import base64
import os
import struct

import pytest

pytest.importorskip("dns")

from minibrowser.demo.dns_listener import DNSListener
from minibrowser.demo.name_servers import NameServers, ZoneText
from minibrowser.demo.zone import DNSServer
from minibrowser.net.dns.transport import ask_over_tcp, ask_over_udp
from minibrowser.net.dns.wire import Message, build_query, parse_message
from tests.net.support import run

ZONE = """\
@     300 IN SOA ns hostmaster 1 7200 3600 1209600 45
@     300 IN NS ns
ns    300 IN A 192.0.2.53
www    60 IN CNAME four
four   60 IN A 192.0.2.4
out    60 IN CNAME www.elsewhere.example.
a.b    60 IN A 192.0.2.5
child 600 IN NS ns.child
child 600 IN NS ns.elsewhere.example.
ns.child 600 IN A 192.0.2.54
ns.child 600 IN AAAA 2001:db8::54
""" + "".join(f"big 60 IN A 198.18.{index // 250}.{index % 250}\n" for index in range(100))
OTHER = """\
@ 300 IN SOA ns hostmaster 1 7200 3600 1209600 45
@ 300 IN NS ns
www 20 IN CNAME www.test.example.
"""


def ask(
    server: DNSServer, name: str, kind: str = "A", over_tcp: bool = False, payload: int = 1232
) -> Message:
    answer = server.answer(build_query(name, kind, 7, recursion=False, payload=payload), over_tcp)
    assert answer is not None
    assert over_tcp or len(answer) <= max(payload, 512)
    return parse_message(answer)


def texts(records: tuple[object, ...]) -> list[str]:
    return sorted(str(record)[len("<Record ") : -1] for record in records)


@pytest.fixture
def server() -> DNSServer:
    server = DNSServer(ZONE, "test.example")
    server.serve(OTHER, "other.example")
    return server


def test_data_and_aliases_are_answered_with_authority(server: DNSServer) -> None:
    said = ask(server, "WWW.test.example")
    assert (said.number, said.question, said.rcode) == (7, ("www.test.example", "A"), "NOERROR")
    assert (said.authoritative, said.truncated) == (True, False)
    assert texts(said.answer) == [
        "four.test.example 60 A 192.0.2.4",
        "www.test.example 60 CNAME four.test.example",
    ]
    assert server.queries == ["A www.test.example"]


def test_aliases_are_followed_into_other_zones_of_the_server_and_no_further(server: DNSServer) -> None:
    assert len(ask(server, "www.other.example").answer) == 3
    outside = ask(server, "out.test.example")
    assert (texts(outside.answer), outside.authority) == (
        ["out.test.example 60 CNAME www.elsewhere.example"],
        (),
    )


@pytest.mark.parametrize(
    ("name", "kind", "rcode"),
    [
        ("nosuch.test.example", "A", "NXDOMAIN"),
        ("four.test.example", "AAAA", "NOERROR"),
        ("b.test.example", "A", "NOERROR"),  # empty, but there are names below
    ],
)
def test_refusals_carry_the_soa(server: DNSServer, name: str, kind: str, rcode: str) -> None:
    said = ask(server, name, kind)
    assert (said.rcode, said.answer, said.authoritative) == (rcode, (), True)
    assert said.soa is not None
    assert (said.soa.name, said.soa.negative_ttl) == ("test.example", 45.0)


@pytest.mark.parametrize("name", ["child.test.example", "deep.down.child.test.example"])
def test_what_is_delegated_is_referred_with_the_glue_that_is_known(server: DNSServer, name: str) -> None:
    said = ask(server, name)
    assert (said.rcode, said.answer, said.authoritative) == ("NOERROR", (), False)
    assert texts(said.authority) == [
        "child.test.example 600 NS ns.child.test.example",
        "child.test.example 600 NS ns.elsewhere.example",
    ]
    assert texts(said.additional) == [
        "ns.child.test.example 600 A 192.0.2.54",
        "ns.child.test.example 600 AAAA 2001:db8::54",
    ]


def test_zones_of_others_are_refused(server: DNSServer) -> None:
    said = ask(server, "www.elsewhere.example")
    assert (said.rcode, said.authoritative) == ("REFUSED", False)


def test_what_does_not_fit_is_cut_and_comes_whole_over_tcp(server: DNSServer) -> None:
    assert ask(server, "big.test.example").truncated
    assert ask(server, "big.test.example", payload=0).truncated
    whole = ask(server, "big.test.example", over_tcp=True)
    assert (whole.truncated, len(whole.answer)) == (False, 100)


def test_noise_is_not_answered(server: DNSServer) -> None:
    answer = server.answer(build_query("four.test.example", "A", 7, recursion=False))
    assert answer is not None
    for data in (b"", b"\0" * 12, os.urandom(40), answer):
        assert server.answer(data) is None


def test_udp_and_tcp_are_on_the_same_port() -> None:
    async def main() -> None:
        server = DNSServer(ZONE, "test.example")
        port = await server.start()
        query = build_query("big.test.example", "A", 9, recursion=False)

        def dial(address: str, number: int) -> tuple[str, int]:
            assert (address, number) == ("192.0.2.53", 53)
            return "127.0.0.1", port

        cut = await ask_over_udp("192.0.2.53", query, lambda message: message.number == 9, 5.0, dial)
        whole = await ask_over_tcp("192.0.2.53", query, lambda message: message.number == 9, 5.0, dial)
        assert (cut.truncated, len(whole.answer)) == (True, 100)
        assert server.queries == ["A big.test.example", "A big.test.example (tcp)"]
        server.stop()

    run(main())


def test_a_tcp_connection_takes_queries_in_pieces_and_one_after_the_other() -> None:
    async def main() -> None:
        server = DNSServer(ZONE, "test.example")
        reader, writer = await asyncio.open_connection("127.0.0.1", await server.start())
        query = build_query("four.test.example", "A", 9, recursion=False)
        framed = struct.pack("!H", len(query)) + query
        for piece in (framed[:1], framed[1:7], framed[7:] + framed):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        for _ in range(2):
            (length,) = struct.unpack("!H", await reader.readexactly(2))
            assert parse_message(await reader.readexactly(length)).number == 9
        server.stop()
        assert await reader.read() == b""
        writer.close()

    run(main())


def test_a_query_that_is_far_too_long_ends_the_connection() -> None:
    async def main() -> None:
        listener = DNSListener(lambda data, over_tcp, send: send(b"never"))
        reader, writer = await asyncio.open_connection("127.0.0.1", await listener.start())
        writer.write(b"\xff\xff")
        assert await reader.read() == b""
        writer.close()
        listener.stop()

    run(main())


ZONES = [
    ZoneText("test.example", ZONE, {"ns.test.example": "203.0.113.51", "ns2.other.example": "203.0.113.52"}),
    ZoneText("other.example", OTHER, {"ns.other.example": "203.0.113.53"}),
    ZoneText("eu.other.example", OTHER, {"ns.eu.other.example": "203.0.113.54"}),
]


def test_the_zones_hang_in_a_tree_under_the_root() -> None:
    async def main() -> None:
        async with NameServers(ZONES) as names:
            assert names.roots == ("198.51.100.1",)
            assert set(names.ports) == {
                (address, 53)
                for address in (
                    "198.51.100.1",
                    "198.51.100.10",
                    *(f"203.0.113.{host}" for host in range(51, 55)),
                )
            }
            root = ask(names.servers["a.root-servers.example"], "www.test.example")
            assert texts(root.authority) == ["example 86400 NS ns.nic.example"]
            assert texts(root.additional) == ["ns.nic.example 86400 A 198.51.100.10"]
            tld = ask(names.servers["ns.nic.example"], "www.test.example")
            assert texts(tld.authority) == [
                "test.example 86400 NS ns.test.example", "test.example 86400 NS ns2.other.example",
            ]  # fmt: skip
            assert texts(tld.additional) == [
                "ns.test.example 86400 A 203.0.113.51", "ns2.other.example 86400 A 203.0.113.52",
            ]  # fmt: skip
            below = ask(names.servers["ns.other.example"], "www.eu.other.example")
            assert texts(below.authority) == ["eu.other.example 86400 NS ns.eu.other.example"]
            with pytest.raises(OSError, match="outside of the demo's internet"):
                names.dial("192.0.2.1", 53)

    run(main())


def test_the_recursive_server_speaks_dns_over_https() -> None:
    async def main() -> None:
        async with NameServers(ZONES) as names:
            query = build_query("www.other.example", "A", 0, recursion=True)
            encoded = base64.urlsafe_b64encode(query).rstrip(b"=").decode()
            status, body = await names.doh_get(f"dns={encoded}")
            said = parse_message(body)
            assert (status, said.rcode, len(said.answer)) == (200, "NOERROR", 3)
            assert (await names.doh_post(query))[0] == 200
            refused = parse_message(
                (await names.doh_post(build_query("nosuch.test.example", "A", 3, recursion=True)))[1]
            )
            assert (refused.number, refused.rcode) == (3, "NXDOMAIN")
            assert refused.soa is not None
            assert refused.soa.negative_ttl == 45.0
            lost = parse_message(
                await names.answer(build_query("www.child.test.example", "A", 3, recursion=True))
            )
            assert lost.rcode == "SERVFAIL"  # its servers are not in this internet
            for wrong in ("", "dns=", "dns=AAAA", "dns=%00", f"dns={encoded}&dns={encoded}"):
                assert await names.doh_get(wrong) == (400, b"")

    run(main())
