"""Bodies as they come: an observer that is told of each piece, and a response that is read piece by piece.

Both hold the sender back: what has not been taken is not read from the connection, so TCP's window (or HTTP/2's)
closes, and a slow reader of a large body costs a few hundred kilobytes.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import replace
from types import TracebackType
from typing import Final, final

from ..errors import ClosedError, ConnectionTimeoutError
from ..limits import STREAM_BUFFER_BYTES
from .headers import Headers
from .response import Response


class BodyObserver(ABC):
    """Is told of a response while it comes in. Errors of the fetch are raised by the fetch, not told here.

    Attributes:
        takes_body: the pieces go here alone: the fetch's own response has an empty body, and no cache keeps it.
    """

    takes_body = False

    def early_hints(self, url: str, headers: Headers) -> None:
        """A 103 answer: what the final one will say, before it is there (RFC 8297)."""
        return

    @abstractmethod
    def begin(self, response: Response) -> None:
        """The head of the final response (redirects that are followed are not told); its body is empty still, and
        `mime_type` is what the headers alone say."""

    @abstractmethod
    def data(self, chunk: bytes) -> None:
        """The next piece of the body, decoded, not empty. From a cache, a file or a data: URL it is one piece."""

    async def ready(self) -> None:
        """Return when more can be taken; the sender is held back until then."""
        return


@final
class Watch:
    """What a fetch tells an observer: at most one beginning.

    Attributes:
        begun: whether the head was told: from then on there is no second try.
        chain: the URLs so far.
    """

    __slots__ = ("begun", "chain", "observer")

    def __init__(self, observer: BodyObserver, chain: list[str]) -> None:
        self.observer: Final = observer
        self.chain: Final = chain
        self.begun = False

    def begin(self, response: Response) -> BodyObserver:
        """The head is here."""
        self.begun = True
        self.observer.begin(replace(response, url_list=tuple(self.chain), body=b""))
        return self.observer

    def whole(self, response: Response) -> Response:
        """A response that came in one piece, unless it was told already."""
        if not self.begun:
            self.begin(response)
            if response.body:
                self.observer.data(response.body)
            if self.observer.takes_body:
                return replace(response, body=b"")
        return response


@final
class BodyStream(BodyObserver):
    """A response that is read as it comes:

        async with session.stream(request) as answer:
            print(answer.response.status)
            async for chunk in answer.chunks():
                ...

    Leaving the block ends the exchange, whether all was read or not. The limit for a fetch as a whole counts to the
    head only; the one between bytes goes on counting while the reader waits, and not while the sender does.
    """

    takes_body = True

    def __init__(
        self, start: Callable[[BodyObserver], Coroutine[object, object, Response]], name: str, seconds: float
    ) -> None:
        """`start` makes the fetch; `seconds` are for the head to come."""
        self._start: Final = start
        self._name: Final = name
        self._seconds: Final = seconds
        self._task: asyncio.Task[Response] | None = None
        self._response: Response | None = None
        self._chunks: Final[deque[bytes]] = deque()
        self._held = 0
        self._news: Final = asyncio.Event()
        self._room: Final = asyncio.Event()

    @property
    def response(self) -> Response:
        """The head, with an empty body."""
        if self._response is None:
            raise ClosedError("a streamed response is entered with `async with` first")
        return self._response

    async def chunks(self) -> AsyncIterator[bytes]:
        """The pieces of the body, decoded. Raises what the fetch raises."""
        while True:
            while self._chunks:
                chunk = self._chunks.popleft()
                self._held -= len(chunk)
                if self._held < STREAM_BUFFER_BYTES:
                    self._room.set()
                yield chunk
            task = self._task
            if task is None or task.done():
                break
            await self._next(task)
        if task is None:
            raise ClosedError(f"{self._name}: the streamed response was left")
        await task

    async def read(self) -> bytes:
        """All that is left of the body."""
        return b"".join([chunk async for chunk in self.chunks()])

    async def __aenter__(self) -> BodyStream:
        task = asyncio.create_task(self._start(self), name=f"stream {self._name[:100]}")
        self._task = task
        try:
            async with asyncio.timeout(self._seconds):
                while self._response is None and not task.done():
                    await self._next(task)
        except BaseException as error:
            await self._end()
            if isinstance(error, TimeoutError):
                raise ConnectionTimeoutError(
                    f"{self._name}: no answer within {self._seconds:g} s", self._name
                ) from error
            raise
        if self._response is None:
            await task
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._end()

    def begin(self, response: Response) -> None:
        self._response = response
        self._news.set()

    def data(self, chunk: bytes) -> None:
        self._chunks.append(chunk)
        self._held += len(chunk)
        if self._held >= STREAM_BUFFER_BYTES:
            self._room.clear()
        self._news.set()

    async def ready(self) -> None:
        if self._held >= STREAM_BUFFER_BYTES:
            await self._room.wait()

    async def _next(self, task: asyncio.Task[Response]) -> None:
        """Wait for a head, a piece or the end."""
        self._news.clear()
        task.add_done_callback(self._wake)
        try:
            await self._news.wait()
        finally:
            task.remove_done_callback(self._wake)

    def _wake(self, _: asyncio.Task[Response]) -> None:
        self._news.set()

    async def _end(self) -> None:
        task, self._task = self._task, None
        if task is not None and not task.done():
            task.cancel()
            await asyncio.wait([task])
        if task is not None and not task.cancelled():
            task.exception()  # seen: who reads the chunks gets it raised
        self._chunks.clear()
