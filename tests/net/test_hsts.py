from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from minibrowser.limits import MAX_HSTS_HOSTS
from minibrowser.net import NetworkConfig, Request, Session
from minibrowser.net.hsts import KnownHosts, parse_header
from minibrowser.trace import Recorder
from minibrowser.url import URL

from .support import Server, always, answer, run

NOW = 1_800_000_000.0
SHOP = URL("https://shop.example/")


def upgraded(known: KnownHosts, url: str, now: float = NOW) -> str:
    found = known.upgraded(URL(url), now)
    return "" if found is None else found[0].href


def knowing(header: str) -> KnownHosts:
    known = KnownHosts()
    known.note([header], SHOP, NOW)
    return known


def test_a_host_that_asked_for_it_is_visited_with_https_only() -> None:
    known = KnownHosts()
    assert known.note(["max-age=100"], SHOP, NOW) == "shop.example is https only for 100 s"
    assert known.note(["max-age=100"], SHOP, NOW) == ""
    assert upgraded(known, "http://shop.example/a?b#c") == "https://shop.example/a?b#c"
    assert upgraded(known, "http://shop.example:80/") == "https://shop.example/"
    assert upgraded(known, "http://shop.example:8080/") == "https://shop.example:8080/"
    assert upgraded(known, "http://SHOP.example./") != ""
    assert upgraded(known, "https://shop.example/") == ""
    assert upgraded(known, "http://www.shop.example/") == ""
    assert upgraded(known, "http://shop.example/", NOW + 100) == ""
    found = known.upgraded(URL("http://shop.example/"), NOW)
    assert found is not None
    assert found[1] == "HSTS: shop.example is https only"


def test_include_subdomains_reaches_below_and_never_above() -> None:
    known = knowing("max-age=100; includeSubDomains")
    assert upgraded(known, "http://a.b.shop.example/") == "https://a.b.shop.example/"
    assert upgraded(known, "http://example/") == ""
    assert upgraded(known, "http://notshop.example/") == ""


def test_max_age_zero_forgets() -> None:
    known = knowing("max-age=100")
    assert known.note(["max-age=0"], SHOP, NOW) == "shop.example is no longer https only"
    assert upgraded(known, "http://shop.example/") == ""


def test_plain_http_addresses_and_second_headers_say_nothing() -> None:
    known = KnownHosts()
    assert known.note(["max-age=100"], URL("http://shop.example/"), NOW) == ""
    assert known.note(["max-age=100"], URL("https://192.0.2.1/"), NOW) == ""
    assert known.note(["max-age=100"], URL("https://[2001:db8::1]/"), NOW) == ""
    assert known.note([], SHOP, NOW) == ""
    assert known.note(["nonsense", "max-age=100"], SHOP, NOW).endswith("malformed")
    assert len(known) == 0


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("max-age=10", (10.0, False)),
        ('Max-Age="10" ; INCLUDESUBDOMAINS;', (10.0, True)),
        ("preload; max-age = 10", (10.0, False)),
        ("includeSubDomains", None),
        ("max-age=x", None),
        ("max-age=-1", None),
        ("max-age=1; max-age=2", None),
        ("max-age=1; includeSubDomains=yes", None),
        ("", None),
    ],
)
def test_the_header(header: str, expected: tuple[float, bool] | None) -> None:
    assert parse_header(header) == expected


@given(st.text(max_size=60))
def test_any_header_is_read(header: str) -> None:
    KnownHosts().note([header], SHOP, NOW)


def test_the_number_of_hosts_is_bounded() -> None:
    known = KnownHosts()
    for number in range(MAX_HSTS_HOSTS + 5):
        known.note([f"max-age={number + 1}"], URL(f"https://h{number}.example/"), NOW)
    assert len(known) == MAX_HSTS_HOSTS
    assert upgraded(known, "http://h0.example/") == ""
    assert upgraded(known, "http://h9.example/") != ""


def test_the_number_of_hosts_is_bounded_on_disk_too(tmp_path: Path) -> None:
    for batch in range(2):
        known = KnownHosts()
        for number in range(MAX_HSTS_HOSTS):
            known.note([f"max-age={number + 1}"], URL(f"https://h{number}.b{batch}.example/"), NOW)
        known.save(str(tmp_path), NOW)
    again = KnownHosts()
    again.load(str(tmp_path), NOW)
    assert len(again) == MAX_HSTS_HOSTS
    assert upgraded(again, "http://h0.b0.example/") == ""
    assert upgraded(again, f"http://h{MAX_HSTS_HOSTS - 1}.b0.example/") != ""


def test_hosts_that_had_to_go_are_not_remembered_for_the_file() -> None:
    known = KnownHosts()
    for number in range(MAX_HSTS_HOSTS + 500):
        known.note(["max-age=100"], URL(f"https://h{number}.example/"), NOW)
    assert known.unsaved == MAX_HSTS_HOSTS


def test_processes_add_to_one_file(tmp_path: Path) -> None:
    folder = str(tmp_path / "cache")
    one, two = knowing("max-age=100; includeSubDomains"), KnownHosts()
    two.note(["max-age=100"], URL("https://two.example/"), NOW)
    two.note(["max-age=1"], URL("https://gone.example/"), NOW)
    one.save(folder, NOW)
    two.save(folder, NOW + 10)
    again = KnownHosts()
    assert again.load(folder, NOW + 20) == ""
    assert len(again) == 2
    assert upgraded(again, "http://www.shop.example/", NOW + 20) == "https://www.shop.example/"
    again.note(["max-age=0"], SHOP, NOW)
    again.save(folder, NOW + 20)
    last = KnownHosts()
    last.load(folder, NOW + 20)
    assert len(last) == 1


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"version": 2}',
        '{"version": 1, "hosts": {"a": 1}}',
        f'{{"version": 1, "hosts": {{"a": [{10**400}, true]}}}}',
    ],
)
def test_a_broken_file_is_passed_over_and_replaced(tmp_path: Path, text: str) -> None:
    (tmp_path / "hsts.json").write_text(text)
    known = knowing("max-age=100")
    assert "passed over" in known.load(str(tmp_path), NOW)
    known.save(str(tmp_path), NOW)
    again = KnownHosts()
    assert again.load(str(tmp_path), NOW) == ""
    assert len(again) == 1


def test_a_time_that_no_clock_will_show_is_no_policy(tmp_path: Path) -> None:
    for moment in (f"1{'0' * 400}", "NaN", "Infinity"):
        (tmp_path / "hsts.json").write_text(f'{{"version": 1, "hosts": {{"a": [{moment}, true]}}}}')
        assert "passed over" in KnownHosts().load(str(tmp_path), NOW)


def test_a_session_remembers_for_the_next(tmp_path: Path) -> None:
    pytest.importorskip("cryptography")
    from fixtures.certificates import Certificates  # noqa: PLC0415 - needs cryptography

    certificates = Certificates(tmp_path)
    reply = answer(b"secret", strict_transport_security="max-age=1000")

    async def main() -> None:
        async with Server(always(reply), certificates.server()) as server:
            plain = Request(url=f"http://localhost:{server.port}/")
            secure = Request(url=f"https://localhost:{server.port}/")
            config = NetworkConfig(ca_data=certificates.ca_pem, cache_dir=str(tmp_path), cache="no-store")
            async with Session(config) as own:
                await own.fetch(secure)
            recorder = Recorder()
            async with Session(config, recorder) as own:
                response = await own.fetch(plain)
                assert (response.url, response.body) == (secure.url, b"secret")
                assert response.url_list == (plain.url, secure.url)
            assert "HSTS: localhost is https only" in [span.reason for span in recorder.spans]
        async with Server(always(reply), certificates.server()) as server:
            unchecked = NetworkConfig(insecure=True)
            async with Session(unchecked) as own:
                url = f"https://localhost:{server.port}/"
                await own.fetch(Request(url=url))
                assert len(own._fetcher().hsts) == 0

    run(main())
