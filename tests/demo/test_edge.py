from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from minibrowser.demo.edge import Edge
from minibrowser.demo.edge_cache import EdgeCache, Stored, why_not_kept
from minibrowser.demo.http_client import Upstream
from minibrowser.demo.http_server import HTTPServer
from minibrowser.demo.messages import ServerRequest, ServerResponse
from minibrowser.net import Headers
from tests.net.support import run

Fields = dict[str, str]
NOW = 1_800_000_000.0
DATE = "Fri, 15 Jan 2027 08:00:00 GMT"
"""What `NOW` is as an HTTP date."""


def asked(method: str = "GET", target: str = "/", **headers: str) -> ServerRequest:
    fields = [("Host", "a.example"), *((name.replace("_", "-"), value) for name, value in headers.items())]
    return ServerRequest(method, target, Headers(fields), client="198.51.100.1", secure=True)


def answer(status: int = 200, body: bytes = b"body", **headers: str) -> ServerResponse:
    fields = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return ServerResponse(status, fields, body)


@pytest.mark.parametrize(
    ("request_", "response", "reason"),
    [
        (asked(), answer(cache_control="max-age=60"), ""),
        (asked(), answer(cache_control="public"), ""),
        (asked(), answer(cache_control="no-cache"), ""),
        (asked(), answer(expires=DATE), ""),
        (asked(), answer(last_modified=DATE), ""),
        (asked(), answer(), "nothing says"),
        (asked(), answer(500, last_modified=DATE), "nothing says"),
        (asked(), answer(500, cache_control="max-age=60"), ""),
        (asked(), answer(cache_control="private, max-age=60"), "private"),
        (asked(), answer(cache_control="no-store, max-age=60"), "no-store"),
        (asked(cache_control="no-store"), answer(cache_control="max-age=60"), "no-store"),
        (asked(), answer(cache_control="max-age=60", set_cookie="a=b"), "cookie"),
        (asked(), answer(cache_control="max-age=60", vary="*"), "varies"),
        (asked(authorization="x"), answer(cache_control="max-age=60"), "authorized"),
        (asked(authorization="x"), answer(cache_control="s-maxage=60"), ""),
        (asked("POST"), answer(cache_control="max-age=60"), "POST"),
        (asked(), answer(206, cache_control="max-age=60"), "206"),
    ],
)
def test_what_a_shared_cache_keeps(request_: ServerRequest, response: ServerResponse, reason: str) -> None:
    found = why_not_kept(request_, response)
    assert reason in found
    assert bool(reason) == bool(found)


@pytest.mark.parametrize(
    ("headers", "lifetime"),
    [
        ({"cache_control": "max-age=60"}, 60),
        ({"cache_control": "max-age=60, s-maxage=10"}, 10),
        ({"date": DATE, "expires": "Fri, 15 Jan 2027 08:01:30 GMT"}, 90),
        ({"expires": "0"}, 0),
        ({"date": DATE, "last_modified": "Fri, 15 Jan 2027 07:00:00 GMT"}, 360),
        ({}, 0),
    ],
)
def test_how_long_it_is_fresh(headers: Fields, lifetime: float) -> None:
    stored = Stored(answer(200, b"", **headers), (), NOW, NOW)
    assert stored.lifetime() == lifetime


def test_age_counts_what_the_servers_before_say_and_the_way() -> None:
    stored = Stored(answer(age="30", date=DATE), (), NOW + 1, NOW + 3)
    assert stored.age(NOW + 3) == 32  # 30 and 2 s on the way
    assert stored.age(NOW + 13) == 42
    late = Stored(answer(date=DATE), (), NOW + 100, NOW + 100)
    assert late.age(NOW + 100) == 100


def test_the_cache_is_bounded_and_drops_what_was_used_longest_ago() -> None:
    cache = EdgeCache(max_bytes=10_000)
    for index in range(3):
        cache.keep(asked(target=f"/{index}"), Stored(answer(body=b"x" * 4_000), (), NOW, NOW))
        cache.find(asked(target="/0"))
    assert [cache.find(asked(target=f"/{index}")) is not None for index in range(3)] == [True, False, True]
    cache.keep(asked(target="/big"), Stored(answer(body=b"x" * 20_000), (), NOW, NOW))
    assert len(cache) == 0


class Behind:
    """The server behind an edge: it answers from a list, the last one again and again."""

    def __init__(self, *answers: ServerResponse) -> None:
        self.answers = list(answers)
        self.asked: list[ServerRequest] = []
        self.gate: asyncio.Event | None = None
        self.reached = asyncio.Event()

    async def handle(self, request: ServerRequest) -> ServerResponse:
        self.asked.append(request)
        self.reached.set()
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if self.gate is not None:
            await self.gate.wait()
        return found


def through_an_edge(behind: Behind, visit: Callable[[Edge, list[float]], Awaitable[None]]) -> None:
    """Run a visit to an edge in front of a server; the list's only element is its clock."""

    async def main() -> None:
        server = HTTPServer(behind.handle, "behind")
        await server.start()
        clock = [NOW]
        edge = Edge(
            Upstream(server.port),
            frozenset({"a.example"}),
            {"www.a.example": "a.example"},
            {},
            lambda: clock[0],
        )
        try:
            await visit(edge, clock)
        finally:
            await edge.stop()
            await server.stop()

    run(main())


async def verdict(edge: Edge, request: ServerRequest) -> tuple[int, bytes, str]:
    response = await edge.handle(request)
    return response.status, response.body, response.headers["x-cache"].partition(";")[0]


def test_a_miss_is_followed_by_hits_until_it_is_stale_and_then_revalidated() -> None:
    behind = Behind(
        answer(body=b"one", cache_control="max-age=60", etag='"1"', server_timing="app;dur=3"),
        answer(304, b"", cache_control="max-age=60", etag='"1"'),
        answer(body=b"two", cache_control="max-age=60", etag='"2"'),
    )

    async def visit(edge: Edge, clock: list[float]) -> None:
        assert await verdict(edge, asked()) == (200, b"one", "MISS")
        clock[0] += 59
        assert await verdict(edge, asked()) == (200, b"one", "HIT")
        response = await edge.handle(asked())
        assert response.headers["age"] == "59"
        assert "app" not in response.headers["server-timing"]  # which tells of this exchange alone
        clock[0] += 2
        assert await verdict(edge, asked()) == (200, b"one", "REVALIDATED")
        assert behind.asked[1].headers["if-none-match"] == '"1"'
        assert await verdict(edge, asked()) == (200, b"one", "HIT")
        clock[0] += 61
        assert await verdict(edge, asked()) == (200, b"two", "EXPIRED")
        assert len(behind.asked) == 3

    through_an_edge(behind, visit)


def test_a_client_that_has_it_is_told_so_by_the_edge() -> None:
    behind = Behind(answer(cache_control="max-age=60", etag='"1"'))

    async def visit(edge: Edge, clock: list[float]) -> None:
        await edge.handle(asked())
        assert await verdict(edge, asked(if_none_match='"1"')) == (304, b"", "HIT")
        assert await verdict(edge, asked(if_none_match='"0"')) == (200, b"body", "HIT")
        assert await verdict(edge, asked(range="bytes=1-2")) == (206, b"od", "HIT")
        assert await verdict(edge, asked("HEAD")) == (200, b"body", "HIT")  # the server leaves the body out
        assert len(behind.asked) == 1

    through_an_edge(behind, visit)


def test_many_who_want_the_same_make_one_request() -> None:
    behind = Behind(answer(cache_control="max-age=60"))

    async def visit(edge: Edge, clock: list[float]) -> None:
        behind.gate = asyncio.Event()
        visits = [asyncio.create_task(verdict(edge, asked())) for _ in range(20)]
        await behind.reached.wait()
        behind.gate.set()
        verdicts = [each[2] for each in await asyncio.gather(*visits)]
        assert sorted(verdicts) == ["HIT"] * 19 + ["MISS"]
        assert len(behind.asked) == 1

    through_an_edge(behind, visit)


def test_what_is_personal_goes_through_for_each() -> None:
    behind = Behind(answer(cache_control="private"))

    async def visit(edge: Edge, clock: list[float]) -> None:
        found = await asyncio.gather(*(verdict(edge, asked()) for _ in range(5)))
        assert {each[2] for each in found} == {"MISS"}
        assert len(behind.asked) == 5

    through_an_edge(behind, visit)


def test_variants_are_kept_apart() -> None:
    behind = Behind(
        answer(body=b"gz", cache_control="max-age=60", vary="Accept-Encoding"),
        answer(body=b"plain", cache_control="max-age=60", vary="Accept-Encoding"),
    )

    async def visit(edge: Edge, clock: list[float]) -> None:
        assert (await verdict(edge, asked(accept_encoding="gzip, br")))[1:] == (b"gz", "MISS")
        assert (await verdict(edge, asked()))[1:] == (b"plain", "MISS")
        assert (await verdict(edge, asked(accept_encoding="br,gzip")))[1:] == (b"gz", "HIT")
        assert (await verdict(edge, asked()))[1:] == (b"plain", "HIT")

    through_an_edge(behind, visit)


def test_stale_while_revalidate_answers_at_once_and_asks_behind() -> None:
    behind = Behind(
        answer(body=b"one", cache_control="max-age=10, stale-while-revalidate=20"),
        answer(body=b"two", cache_control="max-age=10"),
    )

    async def visit(edge: Edge, clock: list[float]) -> None:
        await edge.handle(asked())
        clock[0] += 15
        assert await verdict(edge, asked()) == (200, b"one", "STALE")
        await asyncio.gather(*edge._behind)
        assert len(behind.asked) == 2
        assert await verdict(edge, asked()) == (200, b"two", "HIT")

    through_an_edge(behind, visit)


def test_stale_if_error_hides_a_failure_for_a_while() -> None:
    behind = Behind(answer(body=b"one", cache_control="max-age=10, stale-if-error=100"), answer(503))

    async def visit(edge: Edge, clock: list[float]) -> None:
        await edge.handle(asked())
        clock[0] += 50
        assert await verdict(edge, asked()) == (200, b"one", "STALE")
        clock[0] += 100
        assert (await verdict(edge, asked()))[0] == 503

    through_an_edge(behind, visit)


def test_a_form_makes_the_edge_forget_what_it_changes() -> None:
    behind = Behind(
        answer(cache_control="max-age=60"), answer(303, location="/b"), answer(cache_control="max-age=60")
    )

    async def visit(edge: Edge, clock: list[float]) -> None:
        await edge.handle(asked(target="/b"))
        assert (await verdict(edge, asked("POST", "/a")))[2] == "PASS"
        assert (await verdict(edge, asked(target="/b")))[2] == "MISS"

    through_an_edge(behind, visit)


def test_a_browser_that_reloads_is_believed() -> None:
    behind = Behind(answer(cache_control="max-age=60"))

    async def visit(edge: Edge, clock: list[float]) -> None:
        await edge.handle(asked())
        assert (await verdict(edge, asked(cache_control="no-cache")))[2] == "MISS"
        assert (await verdict(edge, asked(cache_control="max-age=0")))[2] == "MISS"
        assert (await verdict(edge, asked(cache_control="only-if-cached")))[2] == "HIT"
        assert (await verdict(edge, asked(target="/x", cache_control="only-if-cached")))[0] == 504
        assert len(behind.asked) == 3

    through_an_edge(behind, visit)


def test_names_that_are_not_served_are_misdirected() -> None:
    async def visit(edge: Edge, clock: list[float]) -> None:
        other = ServerRequest("GET", "/", Headers([("Host", "b.example")]))
        assert (await edge.handle(other)).status == 421
        assert (await edge.handle_plain(other)).status == 421
        www = ServerRequest("GET", "/x?y", Headers([("Host", "www.a.example:443")]))
        for handle in (edge.handle, edge.handle_plain):
            response = await handle(www)
            assert (response.status, response.headers["location"]) == (301, "https://a.example/x?y")

    through_an_edge(Behind(answer()), visit)
