"""Which of a page's requests go out now: Chromium's rules for what can wait.

The network's pool knows connections; this knows the page. Pictures are held back here, not there, so that those which
layout finds in view can still overtake the others. `startable` is the policy, a pure function.
https://source.chromium.org/chromium/chromium/src/+/main:services/network/resource_scheduler/resource_scheduler.cc
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final, final

from .. import limits
from ..net import Priority, Request


@final
class Job:
    """A request that waits or runs.

    Attributes:
        host: where it goes, with scheme and port.
        order: of arrival.
        is_blocking: nothing can be shown before it is there.
    """

    __slots__ = ("future", "host", "is_blocking", "order", "priority")

    def __init__(self, host: str, priority: Priority, order: int, is_blocking: bool = False) -> None:
        self.host: Final = host
        self.priority = priority
        self.order: Final = order
        self.is_blocking: Final = is_blocking
        self.future: asyncio.Future[None] | None = None

    @property
    def is_delayable(self) -> bool:
        """Whether it can wait for others."""
        return self.priority >= Priority.LOW

    def __repr__(self) -> str:
        return f"<Job {self.order} {self.priority.name} {self.host}>"


def startable(waiting: Sequence[Job], running: Sequence[Job]) -> list[Job]:
    """The jobs that may start beside those that run, the most urgent first.

    What cannot wait starts at once. Of the rest, a number in all and a number to one host run side by side, and only
    one as long as something blocks the rendering.
    """
    delayed = sum(1 for job in running if job.is_delayable)
    by_host: dict[str, int] = {}
    for job in running:
        if job.is_delayable:
            by_host[job.host] = by_host.get(job.host, 0) + 1
    blocked = any(job.is_blocking for job in running)
    ready: list[Job] = []
    for job in sorted(waiting, key=_rank):
        if job.is_delayable:
            most = 1 if blocked else limits.MAX_DELAYABLE_REQUESTS
            if delayed >= most or by_host.get(job.host, 0) >= limits.MAX_CONNECTIONS_PER_HOST:
                continue
            delayed += 1
            by_host[job.host] = by_host.get(job.host, 0) + 1
        blocked = blocked or job.is_blocking
        ready.append(job)
    return ready


def _rank(job: Job) -> tuple[int, int]:
    return job.priority, job.order


@final
class ResourceScheduler:
    """Carries the policy out for one page."""

    def __init__(self) -> None:
        self._waiting: list[Job] = []
        self._running: list[Job] = []
        self._orders = 0

    def job(self, request: Request, host: str) -> Job:
        """A job for a request, in the order of the calls."""
        self._orders += 1
        priority = request.effective_priority
        is_blocking = request.destination == "style" and priority <= Priority.HIGH
        return Job(host, priority, self._orders, is_blocking)

    async def acquire(self, job: Job) -> None:
        """Wait until the job may start; it counts as running until `release`."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        job.future = future
        self._waiting.append(job)
        self._run()
        try:
            await future
        except BaseException:
            if job in self._waiting:
                self._waiting.remove(job)
            else:
                self.release(job)  # started and cancelled in the same moment
            raise

    def release(self, job: Job) -> None:
        """The job is over; others may start."""
        self._running.remove(job)
        self._run()

    def must_wait(self, job: Job) -> bool:
        """Whether the job could not start now."""
        return job not in startable([*self._waiting, job], self._running)

    def raise_priority(self, job: Job, priority: Priority) -> bool:
        """Let a waiting job overtake others; one that runs is left as it is."""
        if job not in self._waiting or priority >= job.priority:
            return False
        job.priority = priority
        self._run()
        return True

    def _run(self) -> None:
        for job in startable(self._waiting, self._running):
            self._waiting.remove(job)
            self._running.append(job)
            if job.future is not None and not job.future.done():
                job.future.set_result(None)
