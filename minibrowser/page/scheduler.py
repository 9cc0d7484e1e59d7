"""Which of a page's requests go out now: Chromium's rules for what can wait.

The network's pool knows connections; this knows the page. Pictures are held back here, not there, so that those which
layout finds in view can still overtake the others. `Load` and `next_job` are the policy, pure.
https://source.chromium.org/chromium/chromium/src/+/main:services/network/resource_scheduler/resource_scheduler.cc
"""

from __future__ import annotations

import asyncio
import bisect
from collections.abc import Mapping, Sequence
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
        counts_as_delayed: whether it was one of those that can wait when it started.
    """

    __slots__ = ("counts_as_delayed", "future", "host", "is_blocking", "order", "priority")

    def __init__(self, host: str, priority: Priority, order: int, is_blocking: bool = False) -> None:
        self.host: Final = host
        self.priority = priority
        self.order: Final = order
        self.is_blocking: Final = is_blocking
        self.counts_as_delayed = False
        self.future: asyncio.Future[None] | None = None

    def __repr__(self) -> str:
        return f"<Job {self.order} {self.priority.name} {self.host}>"


@final
class Load:
    """What runs: jobs that can wait, in all and by host, and jobs that block the rendering.

    Attributes:
        multiplexed: hosts that put answers into order themselves (HTTP/2): nothing has to wait for them here.
    """

    __slots__ = ("blocking", "by_host", "delayed", "multiplexed")

    def __init__(self) -> None:
        self.delayed = 0
        self.blocking = 0
        self.by_host: dict[str, int] = {}
        self.multiplexed: set[str] = set()

    def is_delayable(self, job: Job) -> bool:
        """Whether a job can wait for others."""
        return job.priority >= Priority.MEDIUM and job.host not in self.multiplexed

    def allows(self, job: Job) -> bool:
        """Whether a job may start now: what cannot wait always may. Of the rest, a number in all and a number to one
        host run side by side, and only one as long as something blocks the rendering."""
        if not self.is_delayable(job):
            return True
        most = 1 if self.blocking else limits.MAX_DELAYABLE_REQUESTS
        return self.delayed < most and self.by_host.get(job.host, 0) < limits.MAX_CONNECTIONS_PER_HOST

    def add(self, job: Job) -> None:
        """A job starts. It counts as what it is now to its end."""
        job.counts_as_delayed = self.is_delayable(job)
        if job.is_blocking:
            self.blocking += 1
        if job.counts_as_delayed:
            self.delayed += 1
            self.by_host[job.host] = self.by_host.get(job.host, 0) + 1

    def remove(self, job: Job) -> None:
        """A job is over."""
        if job.is_blocking:
            self.blocking -= 1
        if job.counts_as_delayed:
            self.delayed -= 1
            self.by_host[job.host] -= 1


def next_job(queues: Mapping[str, Sequence[Job]], load: Load) -> Job | None:
    """The job that starts next, None where all must wait. `queues` are the waiting jobs by host, each in order of rank.

    OPTIMIZATION: only the heads of the queues are looked at: what stops a head stops all behind it. A page's
    thousand waiting pictures cost nothing.
    """
    heads = [queue[0] for queue in queues.values() if queue and load.allows(queue[0])]
    return min(heads, key=rank) if heads else None


def rank(job: Job) -> tuple[int, int]:
    """Priority, then order of arrival."""
    return job.priority, job.order


@final
class ResourceScheduler:
    """Carries the policy out for one page."""

    def __init__(self) -> None:
        self._queues: dict[str, list[Job]] = {}
        self._load: Final = Load()
        self._orders = 0

    def job(self, request: Request, host: str) -> Job:
        """A job for a request, in the order of the calls."""
        self._orders += 1
        priority = request.effective_priority
        is_blocking = request.destination == "style" and priority <= Priority.HIGH
        return Job(host, priority, self._orders, is_blocking)

    def must_wait(self, job: Job) -> bool:
        """Whether the job could not start now."""
        return not self._load.allows(job)

    async def acquire(self, job: Job) -> None:
        """Wait until the job may start; it counts as running until `release`."""
        if not self.must_wait(job):
            self._load.add(job)
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        job.future = future
        bisect.insort(self._queues.setdefault(job.host, []), job, key=rank)
        try:
            await future
        except BaseException:
            if not self._withdraw(job):
                self.release(job)  # started and cancelled in the same moment
            raise

    def release(self, job: Job) -> None:
        """The job is over; others may start."""
        self._load.remove(job)
        self._run()

    def note_multiplexed(self, host: str) -> None:
        """A host has turned out to carry many requests on one connection, in the order of their priorities."""
        if host not in self._load.multiplexed:
            self._load.multiplexed.add(host)
            self._run()

    def raise_priority(self, job: Job, priority: Priority) -> bool:
        """Let a waiting job overtake others; one that runs is left as it is."""
        if priority >= job.priority or not self._withdraw(job):
            return False
        job.priority = priority
        bisect.insort(self._queues.setdefault(job.host, []), job, key=rank)
        self._run()
        return True

    def _withdraw(self, job: Job) -> bool:
        """Take a job out of its queue; whether it was there."""
        queue = self._queues.get(job.host, [])
        if job not in queue:
            return False
        queue.remove(job)
        return True

    def _run(self) -> None:
        while (job := next_job(self._queues, self._load)) is not None:
            self._queues[job.host].pop(0)
            self._load.add(job)
            if job.future is not None and not job.future.done():
                job.future.set_result(None)
