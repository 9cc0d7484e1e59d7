"""What is known without asking anybody: literal and special names, --resolve, hosts files, the machine's files, and the
order of addresses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from minibrowser.errors import UsageError
from minibrowser.net import NetworkConfig, Request, Session
from minibrowser.net.dns import NameAbsentError, build_resolver
from minibrowser.net.dns.hosts_file import HostsFile, find_in_hosts
from minibrowser.net.dns.literal import LiteralLayer, Overrides, literal_answer
from minibrowser.net.dns.ordering import sort_addresses, source_address
from minibrowser.net.dns.system_config import (
    DNSSettings,
    candidates,
    is_for_the_system,
    is_plain,
    parse_resolv_conf,
)
from minibrowser.trace import NO_TRACE, Recorder
from tests.net.support import Server, always, answer, run


@pytest.mark.parametrize(
    ("host", "addresses"),
    [
        ("192.0.2.7", ("192.0.2.7",)),
        ("[2001:db8::1]", ("2001:db8::1",)),
        ("localhost", ("::1", "127.0.0.1")),
        ("LOCALHOST.", ("::1", "127.0.0.1")),
        ("shop.localhost", ("::1", "127.0.0.1")),
    ],
)
def test_some_names_need_no_lookup(host: str, addresses: tuple[str, ...]) -> None:
    answer = literal_answer(host)
    assert answer is not None
    assert answer.addresses == addresses


@pytest.mark.parametrize("host", ["example.org", "1.2.3.example", "localhost.example", "notlocalhost"])
def test_other_names_do_need_one(host: str) -> None:
    assert literal_answer(host) is None
    assert LiteralLayer().find(host, 80) is None


@pytest.mark.parametrize("host", ["shop.invalid", "invalid", "abc.onion."])
def test_names_that_never_resolve_are_not_asked_for(host: str) -> None:
    with pytest.raises(NameAbsentError, match="never resolve"):
        LiteralLayer().find(host, 80)


def test_an_override_is_for_a_host_and_a_port() -> None:
    layer = Overrides(["Shop.example:443:192.0.2.1,[2001:db8::1]", "*:8080:192.0.2.9"])
    found = layer.find("shop.EXAMPLE.", 443)
    assert found is not None
    assert (found.addresses, found.source) == (("192.0.2.1", "2001:db8::1"), "override")
    assert found.reason == "--resolve names the address of shop.EXAMPLE.:443"
    assert layer.find("shop.example", 80) is None
    anybody = layer.find("other.example", 8080)
    assert anybody is not None
    assert anybody.addresses == ("192.0.2.9",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("shop.example", "not HOST:PORT:ADDRESS"),
        ("shop.example:0:192.0.2.1", "not HOST:PORT:ADDRESS"),
        (":80:192.0.2.1", "not HOST:PORT:ADDRESS"),
        ("shop.example:80:", "not an IP address"),
        ("shop.example:80:192.0.2.1,other.example", "'other.example' is not an IP address"),
    ],
)
def test_an_override_that_makes_no_sense_is_named(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        Overrides([text])


HOSTS = """\
# a comment
127.0.0.1  localhost
192.0.2.1  shop.example www.Shop.example # the shop
::1        shop.example.
192.0.2.2  shop.example
nonsense   broken.example
fe80::1%lo link.example
192.0.2.3
"""


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("shop.example", (("192.0.2.1", "::1"), "", 3)),
        ("www.shop.example", (("192.0.2.1",), "shop.example", 3)),
        ("link.example", (("fe80::1%lo",), "", 7)),
        ("broken.example", None),
        ("comment", None),
        ("hop.example", None),
        ("192.0.2.3", None),
    ],
)
def test_lines_of_a_hosts_file(name: str, found: object) -> None:
    assert find_in_hosts(HOSTS.lower(), name) == found


@given(st.text(), st.text(min_size=1))
def test_any_text_is_a_hosts_file(text: str, name: str) -> None:
    found = find_in_hosts(text.lower(), name.lower())
    assert found is None or found[0]


def test_a_hosts_file_is_read_again_when_it_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "hosts"
    layer = HostsFile(str(path))
    assert layer.find("shop.example", 80) is None
    path.write_text("192.0.2.1 shop.example\n")
    first = layer.find("Shop.example.", 80)
    assert first is not None
    assert (first.addresses, first.reason) == (("192.0.2.1",), f"hosts file {path}, line 1")
    facts = path.stat()
    path.write_text("192.0.2.2 shop.example\n")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns + 1))
    second = layer.find("shop.example", 80)
    assert second is not None
    assert second.addresses == ("192.0.2.2",)
    path.unlink()
    assert layer.find("shop.example", 80) is None


def test_a_hosts_file_that_was_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read the hosts file"):
        build_resolver(NetworkConfig(hosts_file=str(tmp_path / "none")))


def test_the_users_words_come_before_the_hosts_file_and_that_before_the_caches(tmp_path: Path) -> None:
    path = tmp_path / "hosts"
    path.write_text("192.0.2.1 shop.example\n")

    async def main() -> None:
        config = NetworkConfig(
            dns="system",
            hosts_file=str(path),
            resolve=("shop.example:443:192.0.2.9",),
            cache_dir=str(tmp_path),
        )
        resolver = build_resolver(config)
        assert (await resolver.resolve("shop.example")).source == "hosts file"
        assert len(resolver.cache) == 0
        with pytest.raises(NameAbsentError):
            await resolver.resolve("nowhere.invalid")
        override = await resolver.look_up("shop.example", 443, 5.0, NO_TRACE)
        assert (override.source, override.addresses) == ("override", ("192.0.2.9",))
        await resolver.close()

    run(main())


def test_resolv_conf() -> None:
    settings = parse_resolv_conf(
        "; comment\nnameserver 192.0.2.53 # first\nnameserver 2001:db8::53\ndomain one.example two.example\n"
        "search Corp.example. lab.example ; searched\noptions timeout:1 ndots:2 rotate\nnameserver\n"
    )
    assert settings.servers == ("192.0.2.53", "2001:db8::53")
    assert settings.search == ("corp.example", "lab.example")
    assert settings.ndots == 2
    assert parse_resolv_conf("options ndots:99").ndots == 15
    assert parse_resolv_conf("domain only.example").search == ("only.example",)


@given(st.text())
def test_any_text_is_a_resolv_conf(text: str) -> None:
    assert 0 <= parse_resolv_conf(text).ndots <= 15
    is_plain(text, ())


@pytest.mark.parametrize(
    ("name", "tried"),
    [
        ("printer", ["printer.corp.example", "printer.lab.example", "printer"]),
        ("shop.example", ["shop.example", "shop.example.corp.example", "shop.example.lab.example"]),
        ("printer.", ["printer"]),
    ],
)
def test_short_names_are_searched(name: str, tried: list[str]) -> None:
    settings = DNSSettings((), ("corp.example", "lab.example"), 1)
    assert candidates(name, settings) == tried
    assert candidates(name, DNSSettings(())) == [name.removesuffix(".")]


@pytest.mark.parametrize(
    ("nsswitch", "plain"),
    [
        ("", True),
        ("passwd: files\nhosts:          files mdns4_minimal [NOTFOUND=return] dns\n", True),
        ("hosts: files myhostname resolve [!UNAVAIL=return] dns", False),
        ("hosts: files ldap dns", False),
        ("hosts: files", False),
        ("# hosts: ldap\nhosts: dns", True),
    ],
)
def test_our_own_questions_replace_the_system_only_where_its_set_up_is_plain(
    nsswitch: str, plain: bool
) -> None:
    assert is_plain(nsswitch, ("192.0.2.53",)) is plain


def test_systemd_resolved_is_asked_where_it_listens() -> None:
    nsswitch = "hosts: mymachines resolve [!UNAVAIL=return] files myhostname dns"
    assert is_plain(nsswitch, ("127.0.0.53",))
    assert is_plain("hosts: files resolve", ("127.0.0.53",))
    # Here it could know other servers for other domains than those of the file.
    assert not is_plain(nsswitch, ("192.0.2.53",))


def test_names_of_the_local_network_are_for_the_system() -> None:
    assert is_for_the_system("Printer.local.")
    assert not is_for_the_system("local.example")


GLOBAL_SIX, GLOBAL_FOUR, UNIQUE_LOCAL, TEREDO = "2001:db8:1::1", "198.51.100.1", "fd00::1", "2001::1"


@pytest.mark.parametrize(
    ("sources", "given", "expected"),
    [
        # The examples of RFC 6724 section 10.2.
        (
            {"2001:db8:1::1": "2001:db8:1::2", "198.51.100.121": "169.254.13.78"},
            ("198.51.100.121", "2001:db8:1::1"),
            ("2001:db8:1::1", "198.51.100.121"),
        ),
        (
            {"2001:db8:1::1": "fe80::1", "198.51.100.121": "198.51.100.117"},
            ("2001:db8:1::1", "198.51.100.121"),
            ("198.51.100.121", "2001:db8:1::1"),
        ),
        (
            {"2001:db8:1::1": "2001:db8:1::2", "10.1.2.3": "10.1.2.4"},
            ("10.1.2.3", "2001:db8:1::1"),
            ("2001:db8:1::1", "10.1.2.3"),
        ),
        (
            {"2001:db8:1::1": "2001:db8:1::2", "fe80::1": "fe80::2"},
            ("2001:db8:1::1", "fe80::1"),
            ("fe80::1", "2001:db8:1::1"),
        ),
        # Out of reach comes last; what nobody knows stays as it came.
        ({GLOBAL_FOUR: "192.0.2.1"}, (GLOBAL_SIX, GLOBAL_FOUR), (GLOBAL_FOUR, GLOBAL_SIX)),
        ({}, (GLOBAL_SIX, GLOBAL_FOUR), (GLOBAL_SIX, GLOBAL_FOUR)),
        # Tunnels and unique local addresses come behind (section 2.1), if labels do not decide.
        (
            {GLOBAL_FOUR: "198.51.100.2", TEREDO: "2001::2"},
            (TEREDO, GLOBAL_FOUR),
            (GLOBAL_FOUR, TEREDO),
        ),
        (
            {UNIQUE_LOCAL: "2001:db8:1::2", GLOBAL_SIX: "2001:db8:1::2"},
            (UNIQUE_LOCAL, GLOBAL_SIX),
            (GLOBAL_SIX, UNIQUE_LOCAL),
        ),
        # Rule 9 for IPv6, and none for IPv4: there, name servers take turns on purpose.
        (
            {"2001:db8:1::1": "2001:db8:2::9", "2001:db8:2::1": "2001:db8:2::9"},
            ("2001:db8:1::1", "2001:db8:2::1"),
            ("2001:db8:2::1", "2001:db8:1::1"),
        ),
        (
            {"198.51.100.1": "203.0.113.9", "203.0.113.1": "203.0.113.9"},
            ("198.51.100.1", "203.0.113.1"),
            ("198.51.100.1", "203.0.113.1"),
        ),
    ],
)
def test_addresses_in_the_order_of_rfc_6724(
    sources: dict[str, str], given: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert sort_addresses(given, sources.get) == expected


def test_the_system_tells_from_where_it_would_send() -> None:
    assert source_address("127.0.0.1") == "127.0.0.1"
    assert source_address("not an address") is None


def test_a_session_goes_where_the_user_says(tmp_path: Path) -> None:
    async def main() -> None:
        recorder = Recorder()
        async with Server(always(answer(b"hello"))) as server:
            hosts = tmp_path / "hosts"
            hosts.write_text("127.0.0.1 listed.example\n")
            config = NetworkConfig(
                resolve=(f"shop.example:{server.port}:127.0.0.1",), hosts_file=str(hosts), dns="system"
            )
            async with Session(config, recorder) as session:
                for host in ("shop.example", "listed.example", "127.0.0.1"):
                    response = await session.fetch(Request(url=f"http://{host}:{server.port}/"))
                    assert response.body == b"hello"
                    assert response.remote_address == f"127.0.0.1:{server.port}"
        layers = [span.details["layer"] for span in recorder.spans if span.kind == "dns"]
        assert layers == ["override", "hosts file", "literal"]

    run(main())
