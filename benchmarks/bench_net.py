"""The network without a network: protocols between two ends in memory or on loopback, policies, parsers.

Against httpx and aiohttp: `python -m benchmarks.fetch_compare`.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterator

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.loopback_server import loopback_server
from minibrowser.net import Headers, NetworkConfig, Request, Session
from minibrowser.net.content_coding import BodyDecoder
from minibrowser.net.conversation import RequestHead
from minibrowser.net.http1 import repaired_head
from minibrowser.net.http2_fields import request_fields
from minibrowser.net.pool_plan import Limits, Slot, Waiter, plan

REQUESTS = 200
HEAD = (
    b"HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Sun, 22 Nov 2026 00:00:00 GMT\r\nContent-Type: text/css\r\n"
    b'Content-Length: 2000\r\nConnection: keep-alive\r\nCache-Control: max-age=600\r\nETag: "1"\r\n\r\n'
)


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with loopback_server() as found:
        yield found


async def fetch_all(origin: str, path: str, config: NetworkConfig, *, at_once: bool) -> int:
    async with Session(config) as session:
        urls = [f"{origin}/{path}/{number}" for number in range(REQUESTS)]

        async def get(url: str) -> int:
            return len((await session.fetch(Request(url=url, destination="image"))).body)

        if at_once:
            return sum(await asyncio.gather(*(get(url) for url in urls)))
        waiting = iter(urls)

        async def work() -> int:
            return sum([await get(url) for url in waiting])

        return sum(await asyncio.gather(*(work() for _ in range(6))))


@pytest.mark.parametrize("at_once", [False, True], ids=["by six", "at once"])
@pytest.mark.parametrize("path", ["2000", "2000/kept"])
def test_small_resources(benchmark: BenchmarkFixture, origin: str, path: str, at_once: bool) -> None:
    config = NetworkConfig()
    size = benchmark(lambda: asyncio.run(fetch_all(origin, path, config, at_once=at_once)))
    assert size == REQUESTS * 2000


def test_one_large_body(benchmark: BenchmarkFixture, origin: str) -> None:
    async def main() -> int:
        async with Session(NetworkConfig(cache="no-store")) as session:
            return len((await session.fetch(Request(url=f"{origin}/20000000"))).body)

    assert benchmark(lambda: asyncio.run(main())) == 20_000_000


def test_one_large_body_streamed(benchmark: BenchmarkFixture, origin: str) -> None:
    async def main() -> int:
        async with Session() as session, session.stream(Request(url=f"{origin}/20000000")) as stream:
            return sum([len(chunk) async for chunk in stream.chunks()])

    assert benchmark(lambda: asyncio.run(main())) == 20_000_000


def test_gzip(benchmark: BenchmarkFixture) -> None:
    coded = gzip.compress(b"<p>words and more words</p>\n" * 20_000)

    def decode() -> int:
        decoder = BodyDecoder(["gzip"], "a page")
        for start in range(0, len(coded), 16_384):
            decoder.feed(coded[start : start + 16_384])
        return len(decoder.finish())

    assert benchmark(decode) == 28 * 20_000


def test_head(benchmark: BenchmarkFixture) -> None:
    assert benchmark(repaired_head, HEAD) == HEAD


def test_request_fields(benchmark: BenchmarkFixture) -> None:
    headers = Headers(
        [("Host", "shop.example"), ("User-Agent", "x"), ("Accept", "*/*"), ("Cookie", "a=1; b=2")]
    )
    head = RequestHead("GET", "/a?b", headers, scheme="https", authority="shop.example")
    assert len(benchmark(request_fields, head)) == 7


def test_plan_of_a_full_pool(benchmark: BenchmarkFixture) -> None:
    keys = [f"https://{number}.example:443 for a.example" for number in range(10)]
    slots = [Slot(number, key) for number, key in enumerate(keys * 6)]
    queues = {
        key: [Waiter(key, (3, order * 10 + place)) for order in range(100)] for place, key in enumerate(keys)
    }
    found = benchmark(lambda: plan(slots, queues, frozenset(), 0.0, Limits()))
    assert not found.open
