from __future__ import annotations

import pytest

from minibrowser.errors import HTTPProtocolError, TooManyRedirectsError
from minibrowser.net import Headers, Request
from minibrowser.net.redirect import redirect_location, redirected_request
from minibrowser.url import URL
from tests.net.support import Server, answer, get, replies, run

START = "http://example.org/start"


@pytest.mark.parametrize(
    ("status", "method", "then"),
    [
        (301, "POST", "GET"),
        (302, "POST", "GET"),
        (303, "POST", "GET"),
        (303, "PUT", "GET"),
        (307, "POST", "POST"),
        (308, "POST", "POST"),
        (301, "PUT", "PUT"),
        (303, "HEAD", "HEAD"),
        (302, "GET", "GET"),
    ],
)
def test_the_method_after_a_redirect_is_that_of_fetch(status: int, method: str, then: str) -> None:
    headers = Headers([("Content-Type", "text/plain"), ("X-Mine", "1")])
    request = Request(url=START, method=method, body=b"x", headers=headers)
    following = redirected_request(request, status, URL("http://example.org/end"), [START])
    assert following.method == then
    assert following.headers.get("x-mine") == "1"
    kept = then == method
    assert following.body == (b"x" if kept else None)
    assert ("content-type" in following.headers) is kept


def test_credentials_do_not_cross_origins() -> None:
    headers = Headers([("Authorization", "Basic x"), ("Cookie", "a=b"), ("X-Mine", "1")])
    request = Request(url=START, headers=headers)
    same = redirected_request(request, 302, URL("http://example.org/b"), [START])
    other = redirected_request(request, 302, URL("https://example.org/b"), [START])
    assert same.headers.items() == headers.items()
    assert other.headers.items() == [("X-Mine", "1")]


def test_the_fragment_is_inherited_unless_there_is_a_new_one() -> None:
    url = URL("http://example.org/a#part")
    assert redirect_location(url, Headers([("Location", "/b")])) == URL("http://example.org/b#part")
    assert redirect_location(url, Headers([("Location", "/b#new")])) == URL("http://example.org/b#new")
    assert redirect_location(url, Headers()) is None


def test_an_empty_location_leads_nowhere_as_in_chromium() -> None:
    assert redirect_location(URL(START), Headers([("Location", "")])) is None
    both = Headers([("Location", ""), ("Location", "/b")])
    assert redirect_location(URL(START), both) == URL("http://example.org/b")


def test_a_location_is_read_as_utf_8() -> None:
    location = "/ü".encode().decode("latin-1")
    assert redirect_location(URL(START), Headers([("Location", location)])) == URL(
        "http://example.org/%C3%BC"
    )


def test_a_redirect_to_another_scheme_is_refused() -> None:
    for target in ("file:///etc/passwd", "data:text/html,x", "ftp://example.org/"):
        with pytest.raises(HTTPProtocolError, match="is not followed"):
            redirected_request(Request(url=START), 302, URL(target), [START])


def test_a_loop_is_named_and_a_long_chain_is_counted() -> None:
    loop = [f"http://example.org/{index % 2}" for index in range(21)]
    with pytest.raises(TooManyRedirectsError, match=r"a redirect loop: .*/1 -> .*/0 -> .*/1$"):
        redirected_request(Request(url=loop[-1]), 302, URL("http://example.org/1"), loop)
    chain = [f"http://example.org/{index}" for index in range(21)]
    with pytest.raises(TooManyRedirectsError, match="more than 20 redirects"):
        redirected_request(Request(url=chain[-1]), 302, URL("http://example.org/21"), chain)
    assert redirected_request(Request(url=chain[19]), 302, URL("http://example.org/x"), chain[:20]).url


def test_redirects_are_followed_to_their_end() -> None:
    async def main() -> None:
        routes = {
            "/a": answer(status="301 Moved Permanently", location="/b"),
            "/b": answer(b"gone on", status="303 See Other", location="c"),
            "/c": answer(b"here", content_type="text/plain"),
            "/none": answer(b"no location", status="302 Found"),
        }
        async with Server(replies(routes)) as server:
            response = await get(f"{server.origin}/a#frag", "document")
            assert response.body == b"here"
            assert response.url == f"{server.origin}/c#frag"
            assert [url.rpartition("/")[2] for url in response.url_list] == ["a#frag", "b#frag", "c#frag"]
            assert response.redirected
            assert server.connections == 1
            assert (await get(f"{server.origin}/none")).status == 302

    run(main())


def test_a_loop_ends_after_twenty_redirects() -> None:
    async def main() -> None:
        async with Server(replies({"/": answer(status="302 Found", location="/")})) as server:
            with pytest.raises(TooManyRedirectsError, match="a redirect loop"):
                await get(f"{server.origin}/")
            assert len(server.requests) == 21

    run(main())
