"""The fetches that run: each ends in time, and all end when their session closes.

OPTIMIZATION: a fetch runs in its caller's task, and one timer watches over all; a task and a timer of its own would
cost a small fetch a tenth of its time. As `asyncio.timeout` does, ending one cancels its task and takes the
cancellation back where the fetch gives up.
"""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Final, final

from ..errors import ClosedError, ConnectionTimeoutError


@final
class RunningFetch:
    """A context manager around a fetch.

    Mutable: `_ending`, why it is being ended ("time", "closed"), "" while it runs.
    """

    __slots__ = ("_before", "_ending", "_fetches", "_name", "deadline", "task")

    def __init__(self, fetches: RunningFetches, name: str) -> None:
        self._fetches: Final = fetches
        self._name: Final = name
        self._ending = ""
        self.deadline = 0.0
        task = asyncio.current_task()
        assert task is not None, "a fetch runs in a task"
        self.task: Final = task
        self._before: Final = task.cancelling()

    def end(self, reason: str) -> None:
        """Cancel it, unless that has been done."""
        if not self._ending:
            self._ending = reason
            self.task.cancel()

    def __enter__(self) -> RunningFetch:
        self._fetches.add(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._fetches.remove(self)
        if not self._ending:
            return
        if self.task.uncancel() > self._before or not isinstance(error, asyncio.CancelledError):
            return  # somebody else wants it to end too, or it ended in its own way first
        if self._ending == "closed":
            raise ClosedError("the session was closed during a fetch") from None
        raise ConnectionTimeoutError(
            f"{self._name}: not finished within {self._fetches.seconds:g} s", self._name
        ) from error


@final
class RunningFetches:
    """Those of a session. All have the same time, so the one that began first is due first.

    Attributes:
        seconds: that each may take.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds: Final = seconds
        self._timed: Final[dict[RunningFetch, None]] = {}
        self._endless: Final[set[RunningFetch]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._empty: asyncio.Future[None] | None = None

    def run(self, name: str, *, endless: bool = False) -> RunningFetch:
        """For `with`: the block is ended when its time is over (never, where it is endless) or the session closes."""
        running = RunningFetch(self, name)
        running.deadline = -1.0 if endless else asyncio.get_running_loop().time() + self.seconds
        return running

    def add(self, running: RunningFetch) -> None:
        """It begins."""
        if running.deadline < 0.0:
            self._endless.add(running)
            return
        self._timed[running] = None
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_at(running.deadline, self._look)

    def remove(self, running: RunningFetch) -> None:
        """It has ended."""
        self._timed.pop(running, None)
        self._endless.discard(running)
        if self._empty is not None and not self._empty.done() and not self._timed and not self._endless:
            self._empty.set_result(None)

    async def close(self) -> None:
        """End all but that of the running task, and wait until they have ended."""
        mine = asyncio.current_task()
        others = [running for running in (*self._timed, *self._endless) if running.task is not mine]
        for running in others:
            running.end("closed")
        if others and len(others) == len(self._timed) + len(self._endless):
            self._empty = asyncio.get_running_loop().create_future()
            await self._empty
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        """End those whose time is over, and come back for the next."""
        self._timer = None
        loop = asyncio.get_running_loop()
        now = loop.time()
        for running in list(self._timed):
            if running.deadline > now:
                self._timer = loop.call_at(running.deadline, self._look)
                return
            running.end("time")
