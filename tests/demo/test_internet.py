from __future__ import annotations

import asyncio
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from minibrowser.demo import DemoInternet
from minibrowser.errors import (
    CertificateAuthorityError,
    ConnectionFailedError,
    DependencyError,
    NameNotResolvedError,
)
from minibrowser.net import Headers, NetworkConfig, Request, Response, Session
from minibrowser.net.mime_sniff import image_type
from minibrowser.trace import Recorder
from tests.net.support import run


@pytest.fixture(autouse=True)
def needs_the_extra() -> None:
    pytest.importorskip("cryptography")
    pytest.importorskip("dns")


async def fetch(session: Session, url: str, **headers: str) -> Response:
    fields = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return await session.fetch(Request(url=url, headers=Headers(fields)))


def test_the_journey_goes_through_every_step() -> None:
    async def main() -> None:
        recorder = Recorder()
        async with DemoInternet() as net, Session(net.config(), recorder) as session:
            page = await session.fetch(Request(url=net.url, destination="document"))
            assert page.url_list == ("http://www.shop.example/", "https://shop.example/")
            assert (page.status, page.mime_type, page.charset) == (200, "text/html", "utf-8")
            assert page.tls is not None
            assert page.tls.issuer == "minibrowser demo CA"
            assert page.remote_address == "203.0.113.10:443"
            assert [cookie.name for cookie in session.cookies.cookies()] == ["__Host-session"]
            assert net.secure.requests == ["GET shop.example/"]
            assert net.balancing.requests == ["GET shop.example/"]
            assert [request for app in net.apps for request in app.requests] == ["GET shop.example/"]
            assert page.headers["via"] == "1.1 balancer, 1.1 edge"
        kinds = [span.kind for span in recorder.spans]
        steps = [
            "dns",
            "connect",
            "send",
            "wait",
            "redirect",
            "dns",
            "connect",
            "tls",
            "send",
            "wait",
            "hsts",
        ]
        assert [kind for kind in kinds if kind in steps] == steps
        names = [span for span in recorder.spans if span.kind == "dns"]
        assert "kept 60 s" in names[0].reason
        assert "alias of shop.example" in names[0].reason

    run(main())


def test_all_that_the_page_names_is_there() -> None:
    async def main() -> None:
        async with DemoInternet() as net, Session(net.config()) as session:
            page = await session.fetch(Request(url=net.url, destination="document"))
            markup = page.body.decode()
            urls = set(re.findall(r'"(https://cdn\.shop\.example/[^"]+)"', markup))
            sheet = await fetch(session, "https://cdn.shop.example/css/shop.css")
            urls |= set(re.findall(r'url\("(https:[^"]+)"\)', sheet.body.decode()))
            responses = await asyncio.gather(*(fetch(session, url) for url in sorted(urls)))
            assert [response.url for response in responses if response.status != 200] == []
            types = {response.mime_type for response in responses}
            assert types == {"text/css", "image/svg+xml", "image/png", "image/jpeg", "image/webp", "font/ttf"}
            for response in responses:
                if response.mime_type in ("image/png", "image/jpeg", "image/webp"):
                    assert image_type(response.body) == response.mime_type
            codings = {response.headers.get("content-encoding") for response in [page, *responses]}
            assert codings == {"gzip", "br", "zstd", None}
            assert "{" not in markup
            assert net.secure.connections == 7  # one to the shop, six to its CDN

    run(main())


def test_every_link_of_every_page_leads_somewhere() -> None:
    async def main() -> None:
        async with DemoInternet() as net, Session(net.config()) as session:
            seen: dict[str, int] = {}
            todo = ["/"]
            while todo:
                path = todo.pop()
                if path not in seen:
                    page = await fetch(session, f"https://shop.example{path}")
                    seen[path] = page.status
                    todo += re.findall(r'(?:href|action)="(/[^"]*)"', page.body.decode())
            assert len(seen) > 20
            wrong = {path for path, status in seen.items() if status != 200}
            # What only forms post to.
            assert wrong == {"/sign-in"}

    run(main())


@pytest.mark.parametrize("dns", ["servers", "iterative", "doh"])
def test_names_are_found_in_three_ways(dns: str) -> None:
    async def main() -> None:
        recorder = Recorder()
        async with DemoInternet() as net, Session(net.config(dns), recorder) as session:
            page = await fetch(session, "https://www.shop.example/makers")
            assert page.status == 200
            asked = [query.partition(": ")[2] for query in net.names.queries]
            assert any("www.shop.example" in query for query in asked)
            over_https = [request for request in net.secure.requests if "dns.example/dns-query" in request]
            assert bool(over_https) == (dns == "doh")

    run(main())


def test_a_second_visitor_is_served_by_the_edge() -> None:
    async def main() -> None:
        url = "https://cdn.shop.example/img/mug.png"
        async with DemoInternet() as net:
            for verdict in ("MISS", "HIT"):
                async with Session(net.config()) as session:
                    response = await fetch(session, url)
                    assert response.headers["x-cache"] == verdict
                    assert ("age" in response.headers) == (verdict == "HIT")
                    assert f"cdn-cache;desc={verdict}" in response.headers["server-timing"]
            assert len(net.balancing.requests) == 1

    run(main())


def test_a_return_visit_asks_only_for_what_must_be_validated(tmp_path: Path) -> None:
    async def main() -> None:
        async with DemoInternet() as net:
            config = replace(
                net.config(), cache_dir=str(tmp_path), cookie_jar=str(tmp_path / "cookies.sqlite")
            )
            sources = []
            for _ in range(2):
                async with Session(config) as session:
                    page = await session.fetch(Request(url="https://shop.example/", destination="document"))
                    urls = sorted(
                        set(re.findall(r'"(https://cdn\.shop\.example/[^"]+)"', page.body.decode()))
                    )
                    requests = [Request(url=url, initiator=page.url) for url in urls]
                    parts = await asyncio.gather(*(session.fetch(request) for request in requests))
                    sources.append([page.source, *sorted({part.source for part in parts})])
            assert sources == [["network", "network"], ["revalidated", "cache"]]

    run(main())


def test_nothing_is_mocked_and_nothing_leaves_the_machine() -> None:
    async def main() -> None:
        async with DemoInternet() as net:
            config = replace(net.config(), ca_data="")
            async with Session(config) as session:
                with pytest.raises(CertificateAuthorityError):
                    await fetch(session, "https://shop.example/")
        async with DemoInternet() as net, Session(net.config()) as session:
            with pytest.raises(NameNotResolvedError):
                await fetch(session, "https://unknown.shop.example/")
            with pytest.raises(NameNotResolvedError):
                await fetch(session, "https://example.org/")
            with pytest.raises(ConnectionFailedError, match="Network is unreachable"):
                await fetch(session, "https://192.0.2.1/")

    run(main())


def test_two_demos_serve_the_same_bytes() -> None:
    async def page() -> bytes:
        async with DemoInternet() as net, Session(net.config()) as session:
            parts = [await fetch(session, "https://shop.example/")]
            parts += [
                await fetch(session, f"https://cdn.shop.example/img/{name}")
                for name in ("mug.png", "hero.jpg")
            ]
            return b"".join(part.body for part in parts)

    assert run(page()) == run(page())


def test_two_demos_side_by_side_know_nothing_of_each_other() -> None:
    async def main() -> None:
        async with DemoInternet() as one, DemoInternet() as two:
            for net in (one, two):
                async with Session(net.config()) as session:
                    body = b"slug=tide-mug"
                    kind = Headers([("Content-Type", "application/x-www-form-urlencoded")])
                    url = "https://shop.example/cart"
                    await session.fetch(Request(url=url, method="POST", body=body, headers=kind))
                    cart = await fetch(session, "https://shop.example/api/cart")
                    assert cart.body == b'[{"slug":"tide-mug","quantity":1}]'

    run(main())


@pytest.mark.parametrize("module", ["cryptography", "dns"])
def test_without_the_extra_it_says_how_to_get_it(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(sys.modules):
        if name.startswith("minibrowser.demo."):
            monkeypatch.delitem(sys.modules, name)
    for name in [name for name in sys.modules if name == module or name.startswith(module + ".")]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, module, None)

    async def main() -> None:
        async with DemoInternet():
            raise AssertionError("it started")

    with pytest.raises(
        DependencyError, match=rf"needs the package {module}.*pip install 'minibrowser\[demo\]'"
    ):
        run(main())


def test_other_programs_travel_through_the_proxy() -> None:
    async def main() -> None:
        async with DemoInternet() as net:
            proxy = await net.open_proxy()
            config = NetworkConfig(proxy=f"http://127.0.0.1:{proxy.port}", ca_data=net.ca_pem)
            async with Session(config) as session:
                page = await session.fetch(Request(url=net.url, destination="document"))
                assert page.url_list == ("http://www.shop.example/", "https://shop.example/")
                assert page.status == 200
                nowhere = await fetch(session, "http://example.org/")
                assert nowhere.status == 502

    run(main())
