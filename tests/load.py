"""Load: many pages, many at a time, one process, against the internet on loopback.

    python -m tests.load [--pages 1000] [--at-once 50]

Nothing may fail, memory is flat after a warm-up, and descriptors, tasks and threads come back to where they were.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import ctypes
import gc
import os
import sys
import threading
import time
from dataclasses import dataclass, field, replace
from io import BytesIO

from PIL import Image

from minibrowser.browser import Browser
from minibrowser.demo import DemoInternet
from minibrowser.errors import MinibrowserError
from minibrowser.net import Timeouts

WARM_UP = 300
"""Pages after which memory is looked at for the first time: caches of glyphs and fonts have filled, the allocator
has found its size."""

MAX_GROWTH = 64.0
"""MiB that held memory may differ between the warm-up and the end: the peaks of fifty pages at a time leave so much
fragmentation, in either direction. A leak of 0.1 MiB a page would be 70."""

PATHS = (
    "/", "/p/tide-mug", "/kitchen", "/search?q=oak", "/p/moon-vase", "/cart", "/api/products", "/p/station-clock",
    "/living", "/account", "/nothing-here", "/makers", "/p/whistle-kettle", "/garden", "/sale", "/?sort=Price",
)  # fmt: skip
"""What visitors look at, in turn."""

_SHORT_LIVED = frozenset(
    {
        "BrowserContext",
        "Document",
        "Element",
        "HTTP1Connection",
        "HTTPFetcher",
        "LoadedPage",
        "Page",
        "Session",
    }
)


@dataclass
class Result:
    """What a run has found.

    `memory` is the resident size in MiB after the warm-up and at the end, `held` the same after C's allocator was asked
    to give back what it only keeps for later; 0 where the system does not tell.
    """

    pages: int = 0
    seconds: float = 0.0
    errors: list[str] = field(default_factory=list)
    memory: tuple[float, float] = (0.0, 0.0)
    held: tuple[float, float] = (0.0, 0.0)
    descriptors: tuple[int, int] = (0, 0)
    tasks: tuple[int, int] = (0, 0)
    most_descriptors: int = 0
    alive: dict[str, int] = field(default_factory=dict)
    requests: int = 0
    behind: int = 0

    def problems(self) -> list[str]:
        """What is not as it has to be."""
        found = []
        if self.errors:
            found.append(f"{len(self.errors)} pages failed")
        if self.alive:
            found.append(f"objects of pages are still alive: {self.alive}")
        if self.descriptors[1] > self.descriptors[0] or self.tasks[1] > self.tasks[0]:
            found.append("descriptors or tasks are left")
        if self.pages > WARM_UP and self.held[1] - self.held[0] > MAX_GROWTH:
            found.append("memory grows")
        return found

    def __str__(self) -> str:
        return (
            f"{self.pages} pages in {self.seconds:.1f} s: {self.pages / self.seconds:.1f} pages/s, "
            f"{len(self.errors)} failed; {self.requests} requests to the edge, {self.behind} went on behind it; "
            f"memory held {self.held[0]:.1f} MiB after the warm-up, {self.held[1]:.1f} at the end; "
            f"resident with the allocator's reserve {self.memory[0]:.1f} and {self.memory[1]:.1f}; "
            f"descriptors {self.descriptors[0]} before, {self.most_descriptors} at the most, "
            f"{self.descriptors[1]} after; tasks {self.tasks[0]} before, {self.tasks[1]} after; "
            f"objects of pages still alive: {self.alive or 'none'}"
        )


async def load(pages: int, at_once: int, warm_up: int) -> Result:
    """Visit that many pages, so many at a time, each in a session of its own."""
    result = Result(pages=pages)
    before = survivors()  # what others keep in this process is not of these pages
    descriptors, tasks = open_descriptors(), len(asyncio.all_tasks())
    started = time.perf_counter()
    async with DemoInternet() as net:
        # The machine may be busy: a time limit is for those who hang.
        config = replace(net.config(), timeouts=Timeouts(connect=120.0, idle=120.0, total=300.0))
        async with Browser(network=config, timeout=300_000) as browser:
            await _visit(browser, range(min(warm_up, pages)), at_once, result)
            warm, warm_held = resident_memory(), held_memory()
            await _visit(browser, range(warm_up, pages), at_once, result)
            result.memory = (warm, resident_memory())
            result.held = (warm_held, held_memory())
            result.alive = {
                name: count - before.get(name, 0)
                for name, count in survivors().items()
                if count > before.get(name, 0)
            }
        result.requests = len(net.secure.requests)
        result.behind = len(net.balancing.requests)
    result.seconds = time.perf_counter() - started
    await settle(descriptors)
    result.descriptors = (descriptors, open_descriptors())
    result.tasks = (tasks, len(asyncio.all_tasks()))
    return result


async def _visit(browser: Browser, numbers: range, at_once: int, result: Result) -> None:
    todo = iter(numbers)

    async def visitor() -> None:
        for number in todo:
            try:
                await _see(browser, PATHS[number % len(PATHS)])
            except MinibrowserError as error:
                result.errors.append(f"page {number}: {type(error).__name__}: {error}")
            result.most_descriptors = max(result.most_descriptors, open_descriptors())

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(visitor())


async def _see(browser: Browser, path: str) -> None:
    context = await browser.new_context(viewport=(1280, 800))
    async with context, await context.new_page() as page:
        response = await page.goto(f"https://shop.example{path}")
        assert response.status == (404 if path == "/nothing-here" else 200), path
        data = await page.screenshot()
        with Image.open(BytesIO(data)) as picture:
            assert picture.size == (1280, 800)
        failed = [record.url for record in page.resources() if record.error]
        assert failed == [], failed


async def settle(descriptors: int) -> None:
    """Give what is being closed its moment: the loop closes sockets in its next rounds, c-ares in a thread."""
    gc.collect()
    for _ in range(200):
        if open_descriptors() <= descriptors:
            return
        await asyncio.sleep(0.01)


def survivors() -> dict[str, int]:
    """How many of our big objects are alive, by class: what should have gone with its page."""
    gc.collect()
    found: dict[str, int] = {}
    for thing in gc.get_objects():
        kind = type(thing)
        if kind.__name__ in _SHORT_LIVED and kind.__module__.startswith("minibrowser."):
            found[kind.__name__] = found.get(kind.__name__, 0) + 1
    return found


def open_descriptors() -> int:
    """Descriptors of this process, 0 where the system does not tell."""
    try:
        return len(os.listdir("/proc/self/fd"))
    except FileNotFoundError:
        return 0


def resident_memory() -> float:
    """MiB, 0 where the system does not tell."""
    gc.collect()
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except FileNotFoundError:
        return 0.0


def held_memory() -> float:
    """MiB that are resident when the allocator has given back what it can: glibc keeps freed memory for later, the more
    the more threads and the larger the peaks. The same as `resident_memory` with other allocators."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    return resident_memory()


def main(arguments: list[str]) -> int:
    """Run and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.load")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--at-once", type=int, default=50)
    options = parser.parse_args(arguments)
    with contextlib.suppress(ImportError):
        # Each page at the same time has connections at both of their ends in this process.
        import resource  # noqa: PLC0415 - POSIX

        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    threads = threading.active_count()
    result = asyncio.run(load(options.pages, options.at_once, WARM_UP))
    print(result)
    print(f"threads {threads} before, {threading.active_count()} after")
    for error in result.errors[:20]:
        print(f"  {error}", file=sys.stderr)
    problems = result.problems()
    for problem in problems:
        print(f"FAILED: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
