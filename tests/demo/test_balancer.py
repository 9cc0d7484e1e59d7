from __future__ import annotations

import pytest

pytest.importorskip("cryptography")
pytest.importorskip("dns")

from minibrowser.demo import DemoInternet
from minibrowser.demo.balancer import Backend, Policy, choose, forwarded_headers
from minibrowser.demo.http_client import Upstream
from minibrowser.demo.messages import ServerRequest
from minibrowser.net import Headers, Request, Session
from tests.net.support import run


def backends(*facts: tuple[bool, int, int]) -> list[Backend]:
    """Servers a, b, ... with their health, requests under way and last turn."""
    made = []
    for name, (healthy, active, turn) in zip("abcdef", facts, strict=False):
        backend = Backend(name, Upstream(1))
        backend.healthy, backend.active, backend.turn = healthy, active, turn
        made.append(backend)
    return made


@pytest.mark.parametrize(
    ("facts", "policy", "tried", "chosen"),
    [
        ([(True, 0, 2), (True, 0, 1)], Policy.ROUND_ROBIN, "", "b"),
        ([(True, 9, 1), (True, 0, 2)], Policy.ROUND_ROBIN, "", "a"),
        ([(True, 9, 1), (True, 0, 2)], Policy.LEAST_CONNECTIONS, "", "b"),
        ([(True, 3, 2), (True, 3, 1)], Policy.LEAST_CONNECTIONS, "", "b"),
        ([(False, 0, 1), (True, 5, 2)], Policy.ROUND_ROBIN, "", "b"),
        ([(False, 0, 2), (False, 0, 1)], Policy.ROUND_ROBIN, "", "b"),
        ([(True, 0, 1), (True, 0, 2)], Policy.ROUND_ROBIN, "a", "b"),
        ([(True, 0, 1), (False, 0, 2)], Policy.ROUND_ROBIN, "a", "b"),
        ([(True, 0, 1)], Policy.ROUND_ROBIN, "a", None),
        ([], Policy.ROUND_ROBIN, "", None),
    ],
)
def test_the_policy_chooses(
    facts: list[tuple[bool, int, int]], policy: Policy, tried: str, chosen: str | None
) -> None:
    found = choose(backends(*facts), policy, frozenset(tried))
    assert (found.name if found is not None else None) == chosen


def test_the_server_behind_learns_who_asked() -> None:
    fields = Headers(
        [("Host", "shop.example"), ("X-Forwarded-For", "198.51.100.7"), ("X-Forwarded-Proto", "https"),
         ("Connection", "keep-alive, X-Only-Here"), ("X-Only-Here", "1"), ("Via", "1.1 edge")]
    )  # fmt: skip
    headers = forwarded_headers(ServerRequest("GET", "/", fields, client="127.0.0.1"))
    assert headers["x-forwarded-for"] == "198.51.100.7, 127.0.0.1"
    assert headers["x-forwarded-proto"] == "https"
    assert headers["via"] == "1.1 edge, 1.1 balancer"
    assert "x-only-here" not in headers
    assert "connection" not in headers


async def served_by(session: Session, path: str = "/api/cart") -> tuple[int, str]:
    response = await session.fetch(Request(url=f"https://shop.example{path}"))
    return response.status, response.headers.get("x-served-by") or ""


def test_the_servers_take_turns() -> None:
    async def main() -> None:
        async with DemoInternet() as net, Session(net.config()) as session:
            seen = [await served_by(session) for _ in range(4)]
            assert seen == [(200, "app-1"), (200, "app-2"), (200, "app-1"), (200, "app-2")]

    run(main())


def test_a_dead_server_is_taken_out_and_nobody_notices() -> None:
    async def main() -> None:
        async with DemoInternet() as net, Session(net.config()) as session:
            await served_by(session)
            await net.apps[1].stop()
            seen = {await served_by(session) for _ in range(4)}
            assert seen == {(200, "app-1")}
            assert [backend.healthy for backend in net.balancer.backends] == [True, False]

    run(main())


def test_a_server_that_says_closed_is_taken_out_until_it_is_open_again() -> None:
    async def main() -> None:
        async with DemoInternet() as net, Session(net.config()) as session:
            net.shops[0].is_open = False
            await net.balancer.check()
            assert {await served_by(session) for _ in range(4)} == {(200, "app-2")}
            net.shops[0].is_open = True
            await net.balancer.check()
            assert {await served_by(session) for _ in range(4)} == {(200, "app-1"), (200, "app-2")}

    run(main())


def test_without_any_server_it_says_so_and_sends_no_form_twice() -> None:
    async def main() -> None:
        async with DemoInternet() as net, Session(net.config()) as session:
            kind = Headers([("Content-Type", "application/x-www-form-urlencoded")])
            order = Request(
                url="https://shop.example/cart", method="POST", body=b"slug=tide-mug", headers=kind
            )
            await net.apps[0].stop()
            response = await session.fetch(order)
            assert response.status == 502
            assert net.apps[1].requests == []
            response = await session.fetch(order)
            assert response.status == 200  # after the redirect to the cart
            await net.apps[1].stop()
            assert (await served_by(session))[0] == 502

    run(main())
