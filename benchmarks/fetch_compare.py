"""1,000 small resources over 6 connections from one server on loopback: minibrowser, httpx and aiohttp in turn.

`python -m benchmarks.fetch_compare [ROUNDS]` prints the best and the middle round of each, in milliseconds of the
clock and of the client's processor time (the server has a process of its own; on a machine that does other things, the
latter tells more). Each fetches with what it does by default (cookies, headers, decoding), six workers at a time, so
that nobody's queue is measured; "all at once" asks for the 1,000 in one go.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import sys
import time
from collections.abc import Awaitable, Callable

import aiohttp
import httpx

from benchmarks.loopback_server import loopback_server
from minibrowser.net import NetworkConfig, Request, Session

REQUESTS = 1000
CONNECTIONS = 6
SIZE = 2000

Get = Callable[[str], Awaitable[int]]
"""Fetches one address; the bytes of its body."""
Way = Callable[[list[str], Get], Awaitable[int]]
"""How all are fetched; the bytes of all."""
Fetch = Callable[[list[str]], Awaitable[int]]
"""A client with its way."""


async def by_six(urls: list[str], get: Get) -> int:
    """The bytes of all, fetched by six workers."""
    waiting = iter(urls)

    async def work() -> int:
        return sum([await get(url) for url in waiting])

    return sum(await asyncio.gather(*(work() for _ in range(CONNECTIONS))))


async def all_at_once(urls: list[str], get: Get) -> int:
    """The bytes of all, asked for in one go."""
    return sum(await asyncio.gather(*(get(url) for url in urls)))


async def ours(urls: list[str], way: Way = by_six, cache: str = "no-store") -> int:
    """This project's session."""
    async with Session(NetworkConfig(cache=cache)) as session:

        async def get(url: str) -> int:
            return len((await session.fetch(Request(url=url, destination="image"))).body)

        return await way(urls, get)


async def ours_with_cache(urls: list[str]) -> int:
    """The same with the HTTP cache on: every response is looked for and judged."""
    return await ours(urls, cache="default")


async def ours_at_once(urls: list[str]) -> int:
    """The same with a queue."""
    return await ours(urls, all_at_once)


async def with_httpx(urls: list[str]) -> int:
    """httpx, which shares h11 with us."""
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    async with httpx.AsyncClient(limits=limits, timeout=60, trust_env=False) as client:

        async def get(url: str) -> int:
            return len((await client.get(url)).content)

        return await by_six(urls, get)


async def with_aiohttp(urls: list[str], way: Way = by_six) -> int:
    """aiohttp, whose parser is C."""
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with aiohttp.ClientSession(connector=connector, trust_env=False) as session:

        async def get(url: str) -> int:
            async with session.get(url) as response:
                return len(await response.read())

        return await way(urls, get)


async def aiohttp_at_once(urls: list[str]) -> int:
    """The same with a queue."""
    return await with_aiohttp(urls, all_at_once)


CLIENTS: dict[str, Fetch] = {
    "minibrowser": ours,
    "httpx": with_httpx,
    "aiohttp": with_aiohttp,
    "minibrowser, cache on": ours_with_cache,
    "minibrowser, all at once": ours_at_once,
    "aiohttp, all at once": aiohttp_at_once,
}


def measure(rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds of each round of each client, one after the other: by the clock, and of the processor."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in CLIENTS}
    with loopback_server() as origin:
        urls = [f"{origin}/{SIZE}/{number}" for number in range(REQUESTS)]
        for turn in range(rounds + 1):
            for name, fetch in CLIENTS.items():
                gc.collect()
                started, used = time.perf_counter(), time.process_time()
                size = asyncio.run(_whole(fetch, urls))
                took = (time.perf_counter() - started) * 1000, (time.process_time() - used) * 1000
                if turn:  # the first turn imports
                    found[name].append(took)
                assert size == REQUESTS * SIZE
    return found


async def _whole(fetch: Fetch, urls: list[str]) -> int:
    return await fetch(urls)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    print(f"{'':26} {'clock, best':>12} {'middle':>8} {'processor, best':>16} {'middle':>8}")
    for name, found in measure(rounds).items():
        clock, processor = [each[0] for each in found], [each[1] for each in found]
        print(
            f"{name:26} {min(clock):9.0f} ms {statistics.median(clock):5.0f} ms"
            f" {min(processor):13.0f} ms {statistics.median(processor):5.0f} ms"
        )


if __name__ == "__main__":
    main()
