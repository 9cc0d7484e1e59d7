"""A site on loopback whose answers can be held back, and pages that visit it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Unpack

from minibrowser.browser import Browser
from minibrowser.demo.listener import Listener
from minibrowser.page.options import ContextOptions
from minibrowser.page.page import Page
from minibrowser.trace import Recorder
from tests.net.support import Received, answer, ends_connection, receive

Send = Callable[[bytes], Awaitable[None]]
Route = Callable[[Received, Send], Awaitable[None]]
"""Answers a request piece by piece; what it sends is raw."""

FONT_FACE = "@font-face{font-family:F;src:url(/f.woff2)}"
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)


def head(content_type: str = "text/html; charset=utf-8", *more: str) -> bytes:
    """The head of an answer whose body ends with the connection."""
    lines = ["HTTP/1.1 200 OK", f"Content-Type: {content_type}", "Connection: close", *more]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def page(body: str, **headers: str) -> bytes:
    """An HTML answer."""
    return answer(body.encode(), content_type="text/html; charset=utf-8", **headers)


def sheet(text: str, **headers: str) -> bytes:
    """A style sheet."""
    return answer(text.encode(), content_type="text/css", **headers)


def picture(**headers: str) -> bytes:
    """A picture of one pixel."""
    return answer(PIXEL, content_type="image/png", **headers)


class Site(Listener):
    """A server on 127.0.0.1. `routes` are raw answers or functions by target; anything else ending in .css is an empty
    sheet, in .png a picture, and the rest is not there.

    Attributes:
        requests: what was asked, in order. aborted: targets whose client went away before the answer's end.
    """

    def __init__(self, routes: dict[str, bytes | Route]) -> None:
        super().__init__()
        self.routes = routes
        self.requests: list[Received] = []
        self.aborted: list[str] = []
        self.connected = asyncio.Event()
        self._asked: dict[str, asyncio.Event] = {}

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def counts(self) -> Counter[str]:
        """How often each target was asked for."""
        return Counter(request.target for request in self.requests)

    @property
    def targets(self) -> list[str]:
        """What was asked for, in order."""
        return [request.target for request in self.requests]

    def header(self, target: str, name: str) -> str:
        """A header of the last request for a target."""
        return next(
            request.headers.get(name, "") for request in reversed(self.requests) if request.target == target
        )

    async def asked(self, target: str) -> None:
        """Wait until somebody asks for it."""
        await asyncio.wait_for(self._event(target).wait(), 20)

    def _event(self, target: str) -> asyncio.Event:
        return self._asked.setdefault(target, asyncio.Event())

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connected.set()
        connection, count = self.connections, 0
        goes_on = True
        while goes_on:
            count += 1
            received = await receive(reader, connection, count)
            self.requests.append(received)
            self._event(received.target).set()
            goes_on = await self._answer(received, reader, writer)

    async def _answer(
        self, received: Received, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        route = self.routes.get(received.target)
        if route is None:
            path = received.target.partition("?")[0]
            route = (
                sheet("")
                if path.endswith(".css")
                else picture()
                if path.endswith(".png")
                else answer(b"", "404 No")
            )
        if isinstance(route, bytes):
            writer.write(route)
            await writer.drain()
            return not ends_connection(route)

        async def send(data: bytes) -> None:
            writer.write(data)
            await writer.drain()

        # A client that goes away while it waits says so by ending its side.
        work = asyncio.ensure_future(route(received, send))
        gone = asyncio.ensure_future(reader.read(1))
        try:
            await asyncio.wait([work, gone], return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                self.aborted.append(received.target)
            else:
                work.result()
        finally:
            work.cancel()
            gone.cancel()
            await asyncio.wait([work, gone])
        return False


async def never(request: Received, send: Send) -> None:
    """An answer that does not come."""
    await asyncio.Event().wait()


@asynccontextmanager
async def visitor(recorder: Recorder | None = None, **options: Unpack[ContextOptions]) -> AsyncIterator[Page]:
    """A page of 800 x 600."""
    async with Browser(recorder=recorder) as browser:
        options["viewport"] = (800, 600)
        yield await browser.new_page(**options)


def errors(page: Page) -> dict[str, str]:
    """What the page did not get, by the last part of its address, and why."""
    return {record.url.rpartition("/")[2]: record.error for record in page.resources() if record.error}


def layouts(recorder: Recorder) -> int:
    """How often something was laid out."""
    return sum(1 for span in recorder.spans if span.kind == "layout")


def engine_tasks() -> set[asyncio.Task[object]]:
    """The tasks that run code of the engine: not the test's own, nor its servers'."""
    found: set[asyncio.Task[object]] = set()
    for task in asyncio.all_tasks():
        code = getattr(task.get_coro(), "cr_code", None)
        folders = Path(code.co_filename).parts[-4:-1] if code is not None else ()
        if "minibrowser" in folders and "demo" not in folders:
            found.add(task)
    return found
