"""Where a page's synchronous work is done: style, layout, paint, encoding."""

from __future__ import annotations

import asyncio
import contextvars
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, final

if TYPE_CHECKING:
    from ..paint.masks import RasterCache

T = TypeVar("T")


class RenderExecutor(ABC):
    """Does synchronous work for pages, and keeps what drawing them has in common."""

    _raster: RasterCache | None = None

    def raster_cache(self) -> RasterCache:
        """Glyphs and masks, from one picture to the next and from one page to the next; emptied when many fonts are
        open."""
        from ..paint.masks import RasterCache  # noqa: PLC0415 - a dump of boxes needs no glyphs

        if self._raster is None or self._raster.is_full():
            self._raster = RasterCache()
        return self._raster

    def close(self) -> None:
        """Forget what is kept."""
        self._raster = None

    @abstractmethod
    async def run(self, work: Callable[[], T]) -> T:
        """Do the work and give its result."""


@final
class InlineExecutor(RenderExecutor):
    """Works at once, on the event loop: for programs that show one page at a time."""

    async def run(self, work: Callable[[], T]) -> T:
        """Do the work now."""
        return work()


@final
class RenderThread(RenderExecutor):
    """Works beside the event loop, one piece at a time: there is one interpreter lock, and fonts are shared.

    Work whose waiter was cancelled cannot be stopped, but nothing else starts before its end.
    """

    def __init__(self) -> None:
        self._lock: asyncio.Lock | None = None

    async def run(self, work: Callable[[], T]) -> T:
        """Do the work in a thread, after what was asked before."""
        if self._lock is None:
            self._lock = asyncio.Lock()
        lock = self._lock
        await lock.acquire()
        try:
            # The thread sees the span that the work was asked in.
            context = contextvars.copy_context()
            future = asyncio.get_running_loop().run_in_executor(None, context.run, work)
        except BaseException:
            lock.release()
            raise

        def done(finished: asyncio.Future[T]) -> None:
            lock.release()
            if not finished.cancelled():
                # Asked for, so that an error nobody waits for any more is no warning.
                finished.exception()

        future.add_done_callback(done)
        return await asyncio.shield(future)
