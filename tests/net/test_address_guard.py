from __future__ import annotations

import pytest

from minibrowser.errors import PrivateAddressError
from minibrowser.net.address_guard import private_address, public_addresses


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
