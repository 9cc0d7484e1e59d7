from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from html import unescape

import brotli
import pytest

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from minibrowser.demo.database import Database, password_hash
from minibrowser.demo.messages import ServerRequest, ServerResponse
from minibrowser.demo.representation import Representation, chosen_coding
from minibrowser.demo.shop import Shop
from minibrowser.demo.site_files import build_files
from minibrowser.net import Headers
from tests.net.support import run

FORM = ("Content-Type", "application/x-www-form-urlencoded")


class Visit:
    """A browser without a network: it keeps cookies and follows nothing."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.cookies: dict[str, str] = {}

    def ask(
        self,
        method: str,
        target: str,
        body: bytes = b"",
        *fields: tuple[str, str],
        host: str = "shop.example",
    ) -> ServerResponse:
        headers = Headers([("Host", host), *fields])
        if self.cookies:
            headers.add("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        response = run(self.shop.handle(ServerRequest(method, target, headers, body)))
        for value in response.headers.get_all("set-cookie"):
            name, _, rest = value.partition("=")
            if "Max-Age=0" in value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = rest.partition(";")[0]
        return response

    def get(self, target: str, *fields: tuple[str, str]) -> ServerResponse:
        return self.ask("GET", target, b"", *fields)

    def post(self, target: str, body: str, *fields: tuple[str, str]) -> ServerResponse:
        return self.ask("POST", target, body.encode(), FORM, *fields)

    def page(self, target: str) -> str:
        response = self.get(target)
        assert response.status == 200, target
        return unescape(response.body.decode())


@pytest.fixture
def shop(request: pytest.FixtureRequest) -> Iterator[Shop]:
    database = Database(f"test {request.node.name}", lambda: 1_800_000_000.0)
    yield Shop("app", database, build_files())
    database.close()


def test_the_shelf_can_be_sorted_and_searched(shop: Shop) -> None:
    visit = Visit(shop)
    names = re.compile(r'<h3><a href="/p/[^"]+">([^<]+)</a>')
    assert names.findall(visit.page("/"))[0] == "Tide mug"
    assert len(names.findall(visit.page("/"))) == 8
    assert len(names.findall(visit.page("/?stock=on"))) == 7
    assert names.findall(visit.page("/?sort=Price"))[:2] == ["Tide mug", "Window fern"]
    assert names.findall(visit.page("/kitchen")) == ["Tide mug", "Whistle kettle"]
    assert names.findall(visit.page("/sale")) == ["Dusk table lamp", "Whistle kettle"]
    assert names.findall(visit.page("/search?q=oak+lamp")) == ["Dusk table lamp"]
    assert names.findall(visit.page("/search?q=%25")) == []  # no wildcard of SQL
    assert "One thing on the shelf for “moon”" in visit.page("/search?q=moon")


def test_what_is_typed_is_text_and_not_markup(shop: Shop) -> None:
    visit = Visit(shop)
    for target in ("/search?q=%3Cscript%3E%22'", "/%3Cscript%3E", "/p/%3Cscript%3E", "/search?q=%7Bmain%7D"):
        body = visit.get(target).body.decode()
        assert "<script>" not in body
    assert visit.get("/%3Cscript%3E").status == 404
    assert "{main}" in visit.page("/search?q=%7Bmain%7D")


def test_a_visitor_gets_a_session_once_and_it_is_safe(shop: Shop) -> None:
    visit = Visit(shop)
    cookie = visit.get("/").headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    assert cookie.endswith("; Path=/; Secure; HttpOnly; SameSite=Lax")
    assert "set-cookie" not in visit.get("/").headers
    visit.cookies["__Host-session"] = "stolen or stale"
    assert "set-cookie" in visit.get("/").headers


def test_buying_something(shop: Shop) -> None:
    visit = Visit(shop)
    put = visit.post("/cart", "slug=tide-mug&quantity=2")
    assert (put.status, put.headers["location"]) == (303, "/cart")
    visit.post("/cart", "slug=moon-vase")
    page = visit.page("/cart")
    assert '<span class="cart-count">3</span>' in page
    assert "€82" in page
    assert json.loads(visit.get("/api/cart").body) == [
        {"slug": "tide-mug", "quantity": 2}, {"slug": "moon-vase", "quantity": 1}
    ]  # fmt: skip
    visit.post("/cart", "slug=moon-vase&quantity=-1")
    done = visit.post("/checkout", "")
    assert (done.status, done.headers["location"]) == (303, "/orders/1")
    assert "€36" in visit.page("/orders/1")
    assert "It is empty" in visit.page("/cart")
    assert "38 in stock" in visit.page("/p/tide-mug")
    assert Visit(shop).get("/orders/1").status == 404  # somebody else


def test_the_shelf_gives_no_more_than_it_has(shop: Shop) -> None:
    visit = Visit(shop)
    visit.post("/cart", "slug=tide-mug&quantity=1")
    visit.post("/cart", "slug=harbour-chair&quantity=5")
    short = visit.post("/checkout", "")
    assert short.headers["location"] == "/cart?short"
    assert "does not have as many" in visit.page("/cart?short")
    assert "40 in stock" in visit.page("/p/tide-mug")  # nothing of it was taken
    assert visit.post("/cart", "slug=five-good-books").status == 409
    for body in ("slug=nothing", "slug=tide-mug&quantity=x", "slug=tide-mug&quantity=99999", ""):
        assert visit.post("/cart", body).status == 400


def test_signing_in_gives_a_new_secret_and_keeps_the_cart(shop: Shop) -> None:
    visit = Visit(shop)
    visit.post("/cart", "slug=tide-mug")
    planted = visit.cookies["__Host-session"]
    wrong = visit.post("/sign-in", "mail=ada%40shop.example&password=analytical+engine")
    assert wrong.status == 403
    assert b"do not belong together" in wrong.body
    right = visit.post("/sign-in", "mail=Ada%40shop.example&password=difference+engine")
    assert (right.status, right.headers["location"]) == (303, "/account")
    assert visit.cookies["__Host-session"] != planted
    page = visit.page("/account")
    assert "Hello, Ada" in page
    assert '<span class="cart-count">1</span>' in page
    thief = Visit(shop)
    thief.cookies["__Host-session"] = planted
    assert "Hello" not in thief.page("/account")
    assert visit.post("/sign-out", "").headers["location"] == "/"
    assert "Sign in" in visit.page("/account")


def test_passwords_and_tokens_are_not_kept_as_they_are(shop: Shop) -> None:
    visit = Visit(shop)
    visit.post("/sign-in", "mail=ada%40shop.example&password=difference+engine")
    kept = "\n".join(shop._database._connection.iterdump())
    assert visit.cookies["__Host-session"] not in kept
    assert "difference engine" not in kept
    assert password_hash("a", b"salt") != password_hash("a", b"pepper")


def test_forms_of_other_pages_are_refused(shop: Shop) -> None:
    visit = Visit(shop)
    assert visit.post("/cart", "slug=tide-mug", ("Origin", "https://evil.example")).status == 403
    assert visit.post("/cart", "slug=tide-mug", ("Origin", "https://shop.example")).status == 303
    assert visit.ask("POST", "/cart", b"{}", ("Content-Type", "application/json")).status == 415
    assert visit.ask("POST", "/makers", b"", FORM).headers["allow"] == "GET, HEAD"
    assert visit.ask("DELETE", "/cart").headers["allow"] == "GET, HEAD, POST"


def test_the_api(shop: Shop) -> None:
    visit = Visit(shop)
    products = json.loads(visit.get("/api/products?category=living&sort=price").body)
    assert [product["slug"] for product in products][:2] == ["five-good-books", "station-clock"]
    assert json.loads(visit.get("/api/products/moon-vase").body)["price"] == 46
    assert visit.get("/api/products/none").status == 404
    assert visit.get("/api/nothing").status == 404
    assert visit.ask("PUT", "/api/products").status == 405
    assert "s-maxage=30" in visit.get("/api/products").headers["cache-control"]
    assert visit.get("/api/cart").headers["cache-control"] == "private, no-store"


def test_an_unchanged_page_is_not_sent_again(shop: Shop) -> None:
    visit = Visit(shop)
    visit.get("/")
    etag = visit.get("/").headers["etag"]
    assert visit.get("/", ("If-None-Match", etag)).status == 304
    visit.post("/cart", "slug=tide-mug")
    assert visit.get("/", ("If-None-Match", etag)).status == 200
    assert "etag" not in visit.get("/nothing").headers


def test_it_tells_how_long_it_took(shop: Shop) -> None:
    value = Visit(shop).get("/").headers["server-timing"]
    assert re.fullmatch(r"db;dur=\d+\.\d\d, app;dur=\d+\.\d\d", value)


def resource(request: ServerRequest) -> ServerResponse:
    kind = Representation(lambda: b"0123456789" * 100, "text/css", (), "Sat, 21 Nov 2026 09:00:00 GMT")
    return kind.response(request)


def want(**fields: str) -> ServerRequest:
    return ServerRequest(
        "GET", "/", Headers((name.replace("_", "-"), value) for name, value in fields.items())
    )


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, *", "zstd"),
        ("identity", ""),
        ("", ""),
        ("gzip;q=0", ""),
        ("br;q=nonsense, gzip;q=0.5", "gzip"),
    ],
)
def test_the_coding_is_one_that_the_client_takes(accepted: str, coding: str) -> None:
    assert chosen_coding([accepted], ("br", "zstd", "gzip")) == coding
    response = resource(want(accept_encoding=accepted))
    assert (response.headers.get("content-encoding") or "") == coding
    decode = {"br": brotli.decompress, "zstd": zstd.decompress, "gzip": gzip.decompress, "": bytes}[coding]
    assert decode(response.body) == b"0123456789" * 100
    assert response.headers["vary"] == "Accept-Encoding"


def test_codings_have_validators_of_their_own() -> None:
    plain, coded = resource(want()).headers["etag"], resource(want(accept_encoding="br")).headers["etag"]
    assert plain != coded
    assert resource(want(accept_encoding="br", if_none_match=coded)).status == 304
    assert resource(want(accept_encoding="br", if_none_match=plain)).status == 200
    assert resource(want(if_none_match=f'"x", W/{plain}')).status == 304
    assert resource(want(if_match=plain)).status == 200
    assert resource(want(if_match='"x"')).status == 412
    assert resource(want(if_modified_since="Sat, 21 Nov 2026 09:00:00 GMT")).status == 304
    assert resource(want(if_modified_since="Sat, 21 Nov 2026 08:59:59 GMT")).status == 200


@pytest.mark.parametrize(
    ("wanted", "status", "part", "stated"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/1000"),
        ("bytes=998-", 206, b"89", "bytes 998-999/1000"),
        ("bytes=-3", 206, b"789", "bytes 997-999/1000"),
        ("bytes=990-5000", 206, b"0123456789", "bytes 990-999/1000"),
        ("bytes=1000-", 416, b"", "bytes */1000"),
        ("bytes=-0", 416, b"", "bytes */1000"),
        ("bytes=5-2", 200, None, None),
        ("bytes=0-1,4-5", 200, None, None),
        ("lines=1-2", 200, None, None),
        ("bytes=-", 200, None, None),
    ],
)
def test_ranges(wanted: str, status: int, part: bytes | None, stated: str | None) -> None:
    response = resource(want(range=wanted))
    assert response.status == status
    assert response.headers.get("content-range") == stated
    assert response.body == (b"0123456789" * 100 if part is None else part)
    assert resource(want(range=wanted, if_range='"other"')).status == 200
