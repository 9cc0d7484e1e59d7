from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from minibrowser.errors import InvalidURLError
from minibrowser.url import URL, fix_up, is_loopback_host, resolve


def test_the_parts_of_a_url_are_told_apart() -> None:
    url = URL.parse("https://ada:pw@Example.ORG:8443/a/b?q=1&r=%20#top")
    assert url.href == "https://ada:pw@example.org:8443/a/b?q=1&r=%20#top"
    assert (url.scheme, url.username, url.password, url.host, url.port) == (
        "https",
        "ada",
        "pw",
        "example.org",
        8443,
    )
    assert (url.path, url.query, url.fragment) == ("/a/b", "q=1&r=%20", "top")
    assert url.origin == "https://example.org:8443"
    assert url.target == "/a/b?q=1&r=%20"
    assert url.host_port == "example.org:8443"


def test_a_default_port_is_not_spelled_out() -> None:
    url = URL.parse("http://example.org:80/")
    assert (url.port, url.effective_port, url.host_port) == (None, 80, "example.org")
    assert URL.parse("https://example.org/").effective_port == 443


def test_international_hosts_become_ascii_and_odd_numbers_addresses() -> None:
    assert URL.parse("http://bücher.example/").host == "xn--bcher-kva.example"
    assert URL.parse("http://0x7f.1/").host == "127.0.0.1"


def test_an_empty_query_stays_in_the_request_target() -> None:
    assert URL.parse("http://example.org/a?").target == "/a?"


@pytest.mark.parametrize("text", ["", "no scheme", "http://", "http://a b/", "http://[::1", "https://%00/"])
def test_what_is_no_url_raises(text: str) -> None:
    with pytest.raises(InvalidURLError):
        URL.parse(text)


def test_urls_resolve_against_a_base() -> None:
    assert URL.parse("../c", "http://example.org/a/b/").href == "http://example.org/a/c"
    assert URL.parse("//cdn.example/x", URL.parse("https://example.org/")).href == "https://cdn.example/x"
    assert resolve("http://example.org/a", "?q") == "http://example.org/a?q"
    assert resolve("about:blank", "a") is None
    assert resolve("http://example.org/", "\ud800") == "http://example.org/%EF%BF%BD"


def test_fragment_and_credentials_can_be_taken_off() -> None:
    url = URL.parse("http://u:p@example.org:81/a@b?c#d")
    assert url.without_fragment().href == "http://u:p@example.org:81/a@b?c"
    assert url.without_credentials().href == "http://example.org:81/a@b?c#d"
    assert url.with_fragment("e").href == "http://u:p@example.org:81/a@b?c#e"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://example.org/a", "https://example.org/a"),
        (" example.org ", "https://example.org/"),
        ("example.org/page.html", "https://example.org/page.html"),
        ("example.org:8443/x", "https://example.org:8443/x"),
        ("example.org:80", "http://example.org/"),
        ("localhost:8000", "http://localhost:8000/"),
        ("shop.localhost/a", "http://shop.localhost/a"),
        ("127.0.0.1:80/x", "http://127.0.0.1/x"),
        ("[::1]:8080/", "http://[::1]:8080/"),
        ("//example.org/a", "https://example.org/a"),
        ("data:text/html,<p>", "data:text/html,<p>"),
        ("about:blank", "about:blank"),
        ("About:BLANK", "about:blank"),
        ("user:p%40ss@bücher.example/x", "https://user:p%40ss@xn--bcher-kva.example/x"),
        ("☃.net", "https://xn--n3h.net/"),
        ("http:/example.org", "http://example.org/"),
        ("intranet", "https://intranet/"),
    ],
)
def test_fix_up_of_what_people_type(typed: str, meant: str, tmp_path: Path) -> None:
    assert fix_up(typed, str(tmp_path)).href == meant


def test_an_existing_file_wins_over_a_host(tmp_path: Path) -> None:
    (tmp_path / "example.org").write_text("x")
    (tmp_path / "a page.html").write_text("x")
    assert fix_up("example.org", str(tmp_path)).href == (tmp_path / "example.org").as_uri()
    page = fix_up("a page.html", str(tmp_path))
    assert page.scheme == "file"
    assert page.file_path() == str(tmp_path / "a page.html")


@pytest.mark.parametrize("typed", ["missing.html", "./missing", "sub/missing.svg", "../x.html"])
def test_a_missing_file_stays_a_file(typed: str, tmp_path: Path) -> None:
    assert fix_up(typed, str(tmp_path)).scheme == "file"


@pytest.mark.parametrize("typed", ["", "  ", "two words", "http://", "a\0b"])
def test_fix_up_says_when_it_is_nothing(typed: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidURLError):
        fix_up(typed, str(tmp_path))


def test_file_urls_and_paths_convert_both_ways(tmp_path: Path) -> None:
    path = str(tmp_path / "ü #?%.html")
    url = URL.from_path(path)
    assert url.file_path() == path
    assert "#" not in url.href
    with pytest.raises(InvalidURLError):
        URL.parse("file://server/share").file_path()
    with pytest.raises(InvalidURLError):
        URL.parse("http://example.org/").file_path()


def test_loopback_hosts_are_known() -> None:
    assert all(
        is_loopback_host(host) for host in ("localhost", "a.localhost", "127.1.2.3", "[::1]", "LOCALHOST.")
    )
    assert not any(is_loopback_host(host) for host in ("localhost.example", "128.0.0.1", "127.0.0.1.example"))


@given(st.text(max_size=60), st.text(max_size=60))
def test_resolving_and_fixing_up_are_total(base: str, text: str) -> None:
    resolve(base, text)
    try:
        url = fix_up(text, "/nonexistent")
    except InvalidURLError:
        return
    assert URL.parse(url.href) == url
