from __future__ import annotations

import pytest

from minibrowser.errors import PrivateAddressError
from minibrowser.net import NetworkConfig, Request, Session
from minibrowser.net.address_guard import check_name, private_address, public_addresses
from minibrowser.net.dns.resolver import Answer, Resolver
from minibrowser.url import URL
from tests.net.support import Server, always, answer, run


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("0.0.0.0", "this machine"),
        ("10.1.2.3", "a private network"),
        ("172.31.255.255", "a private network"),
        ("192.168.0.1", "a private network"),
        ("100.64.0.1", "a carrier's own network"),
        ("100.100.100.200", "a carrier's own network"),
        ("169.254.169.254", "a cloud's metadata service"),
        ("168.63.129.16", "a cloud's metadata service"),
        ("169.254.1.1", "link-local"),
        ("224.0.0.251", "multicast"),
        ("255.255.255.255", "reserved"),
        ("192.0.0.192", "reserved for protocols"),
        ("203.0.113.9", "for documentation"),
        ("::", "this machine"),
        ("::1", "loopback"),
        ("[::1]", "loopback"),
        ("fe80::1%eth0", "link-local"),
        ("fd00:ec2::254", "a private network"),
        ("fec0::1", "site-local"),
        ("ff02::fb", "multicast"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:10.0.0.1", "a private network"),
        ("::ffff:7f00:1", "loopback"),
        ("64:ff9b::7f00:1", "loopback"),
        ("64:ff9b::a9fe:a9fe", "a cloud's metadata service"),
        ("64:ff9b:1::1", "a translator's own network"),
        ("2002:7f00:1::", "an IPv4 address in disguise (6to4)"),
        ("2001:0:1::1", "reserved for protocols"),
        ("2001:db8::1", "for documentation"),
        ("::127.0.0.1", "reserved"),
        ("100::1", "reserved"),
        ("not an address", "no address"),
        ("", "no address"),
    ],
)
def test_what_is_not_public_is_named(address: str, words: str) -> None:
    assert private_address(address) == words


@pytest.mark.parametrize(
    "address",
    [
        "93.184.216.34",
        "1.1.1.1",
        "172.32.0.1",
        "100.128.0.1",
        "2606:4700::1111",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
    ],
)
def test_public_addresses_pass(address: str) -> None:
    assert private_address(address) == ""


def test_of_a_mixed_answer_only_the_public_addresses_are_left() -> None:
    assert public_addresses("a.example", ("10.0.0.1", "1.1.1.1", "::1")) == ("1.1.1.1",)


def test_a_host_without_a_public_address_is_refused_by_name() -> None:
    with pytest.raises(
        PrivateAddressError, match=r"a\.example is 127\.0\.0\.1 \(loopback\): private networks"
    ):
        public_addresses("a.example", ("127.0.0.1",))
    with pytest.raises(PrivateAddressError, match=r"^::1 \(loopback\): private networks"):
        public_addresses("[::1]", ("::1",))


@pytest.mark.parametrize("host", ["localhost", "a.localhost", "127.0.0.1", "10.0.0.1", "[::1]", "0x7f.1"])
def test_a_name_for_a_proxy_is_judged_as_it_stands(host: str) -> None:
    with pytest.raises(PrivateAddressError, match="out of bounds"):
        check_name(URL(f"http://{host}/"))
    check_name(URL("http://a.example/"))
    check_name(URL("http://1.1.1.1/"))


class Names(Resolver):
    """Answers by turns; the last answer stays."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    async def resolve(self, host: str) -> Answer:
        address = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return Answer((address,), 0.0, "test")

    async def close(self) -> None:
        pass


def guarded(server: Server, *answers: str) -> NetworkConfig:
    """Public addresses lead to the server, others nowhere: what is asked for is judged, not where the test puts it."""

    def dial(address: str, port: int) -> tuple[str, int]:
        assert private_address(address) == ""
        return "127.0.0.1", server.port

    return NetworkConfig(block_private_networks=True, resolver=Names(*answers), dialer=dial, keep_alive=0.0)


def test_a_server_that_renders_other_peoples_pages_is_not_led_inside() -> None:
    async def main() -> None:
        async with Server(always(answer(b"public"))) as server:
            async with Session(guarded(server, "93.184.216.34")) as own:
                assert (await own.fetch(Request(url="http://shop.example/"))).body == b"public"
                for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:a9fe:a9fe]", "0"):
                    with pytest.raises(PrivateAddressError, match="private networks are out of bounds"):
                        await own.fetch(Request(url=f"http://{host}/"))
            async with Session(guarded(server, "10.0.0.1")) as own:
                with pytest.raises(
                    PrivateAddressError, match=r"inside\.example is 10\.0\.0\.1 \(a private network\)"
                ):
                    await own.fetch(Request(url="http://inside.example/"))
            assert len(server.requests) == 1

    run(main())


def test_a_name_that_points_elsewhere_the_second_time_gains_nothing() -> None:
    async def main() -> None:
        reply = answer(b"public", connection="close", cache_control="no-store")
        answers = ("93.184.216.34", "127.0.0.1")
        async with Server(always(reply)) as server, Session(guarded(server, *answers)) as own:
            assert (await own.fetch(Request(url="http://rebind.example/"))).ok
            with pytest.raises(PrivateAddressError, match=r"rebind\.example is 127\.0\.0\.1 \(loopback\)"):
                await own.fetch(Request(url="http://rebind.example/"))

    run(main())


def test_redirects_lead_nowhere_inside_either() -> None:
    async def main() -> None:
        reply = answer(status="302 Found", location="http://169.254.169.254/latest/meta-data/")
        async with Server(always(reply)) as server, Session(guarded(server, "93.184.216.34")) as own:
            with pytest.raises(PrivateAddressError, match="a cloud's metadata service"):
                await own.fetch(Request(url="http://shop.example/"))

    run(main())
