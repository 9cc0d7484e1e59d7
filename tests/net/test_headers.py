from __future__ import annotations

import subprocess
import sys

import pytest

from minibrowser.net import Headers, NetworkConfig, Priority, Request
from minibrowser.net.headers import accept, accept_encoding
from minibrowser.net.leg import Leg, build_headers
from minibrowser.net.referrer import origin_header, referrer_header
from minibrowser.url import URL


def test_names_are_compared_without_case_and_may_repeat() -> None:
    headers = Headers([("Set-Cookie", "a=1"), ("X", "1"), ("set-cookie", "b=2")])
    assert headers.get("SET-COOKIE") == "a=1, b=2"
    assert headers.get_all("Set-Cookie") == ["a=1", "b=2"]
    assert headers["x"] == "1"
    assert "X" in headers
    assert "y" not in headers
    assert headers.get("y") is None
    with pytest.raises(KeyError):
        headers["y"]


def test_a_header_is_set_in_the_place_of_the_first() -> None:
    headers = Headers([("A", "1"), ("b", "2"), ("a", "3")])
    other = headers.copy()
    headers.set("a", "4")
    headers.set("C", "5")
    headers.add("c", "6")
    assert headers.items() == [("a", "4"), ("b", "2"), ("C", "5"), ("c", "6")]
    headers.remove("c")
    assert len(headers) == 2
    assert other.items() == [("A", "1"), ("b", "2"), ("a", "3")]


def test_what_is_accepted_depends_on_the_destination_and_the_way() -> None:
    assert accept("font") == "*/*"
    assert accept("image").startswith("image/avif,")
    assert accept_encoding(URL("https://example.org/")) == "gzip, deflate, br, zstd"
    assert accept_encoding(URL("http://example.org/")) == "gzip, deflate"
    assert accept_encoding(URL("http://localhost:80/")) == "gzip, deflate, br, zstd"


@pytest.mark.parametrize(
    ("source", "target", "referrer"),
    [
        ("https://u:p@a.example/x?y#z", "https://a.example/b", "https://a.example/x?y"),
        ("https://a.example/x", "https://b.example/", "https://a.example/"),
        ("https://a.example/x", "http://a.example/", ""),
        ("https://a.example/x", "http://localhost/", ""),
        ("http://a.example/x", "https://a.example/", "http://a.example/"),
        ("file:///x", "https://a.example/", ""),
        ("", "https://a.example/", ""),
        ("https://a.example/" + "x" * 5000, "https://a.example/", "https://a.example/"),
    ],
)
def test_the_referrer_is_cut_across_origins(source: str, target: str, referrer: str) -> None:
    assert referrer_header(source, URL(target)) == referrer


def test_the_origin_goes_with_cors_and_with_posts() -> None:
    page = "https://a.example/x"
    assert origin_header("GET", "cors", page, URL("https://b.example/")) == "https://a.example"
    assert origin_header("GET", "cors", page, URL("https://a.example/")) == "https://a.example"
    assert origin_header("GET", "no-cors", page, URL("https://b.example/")) == ""
    assert origin_header("POST", "navigate", page, URL("https://b.example/")) == "https://a.example"
    assert origin_header("POST", "navigate", page, URL("http://b.example/")) == "null"
    assert origin_header("POST", "navigate", "", URL("http://b.example/")) == ""


def leg_of(request: Request) -> Leg:
    return Leg(request, URL(request.url), "https://a.example", [request.url], crossed=False)


def test_a_font_is_asked_for_with_cors_and_without_foreign_cookies() -> None:
    font = Request(url="https://cdn.example/f.woff2", destination="font", initiator="https://a.example/")
    assert (font.effective_mode, font.effective_credentials) == ("cors", "same-origin")
    assert font.effective_priority is Priority.HIGHEST
    headers = build_headers(leg_of(font), NetworkConfig())
    assert headers["origin"] == "https://a.example"


def test_the_headers_stand_in_the_order_of_browsers() -> None:
    request = Request(url="https://a.example/", destination="document")
    names = [name for name, _ in build_headers(leg_of(request), NetworkConfig(), "a=b")]
    assert names == [
        "Host", "Connection", "Upgrade-Insecure-Requests", "User-Agent", "Accept", "Accept-Encoding",
        "Accept-Language", "Cookie",
    ]  # fmt: skip


def test_a_local_file_loads_none_of_the_http_machinery() -> None:
    program = """if True:
        import asyncio, sys, pathlib
        from minibrowser.net import Session, Request
        async def main():
            async with Session() as session:
                await session.fetch(Request(url=pathlib.Path(sys.argv[1]).as_uri()))
                await session.fetch(Request(url="data:,x"))
        asyncio.run(main())
        heavy = {"h11", "aiodns", "pycares", "certifi", "brotli", "publicsuffixlist", "minibrowser.net.http_fetch",
                 "minibrowser.page", "PIL"}
        print(sorted(heavy & set(sys.modules)))
    """
    done = subprocess.run(
        [sys.executable, "-c", program, __file__], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
