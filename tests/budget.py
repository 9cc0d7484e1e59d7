"""An alarm clock for work that may not end."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class BudgetExceeded(BaseException):
    """The time for a page has run out. Not an Exception: nothing in the engine may swallow it."""


@contextmanager
def time_budget(seconds: float) -> Iterator[None]:
    """Stop the block with BudgetExceeded when it has used up that much of the processor. Main thread only.

    Processor time, not the wall clock's: a verdict must not depend on what else the machine does. What waits without
    working, or works in C without looking at signals, is the business of the pool of workers.
    """

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise BudgetExceeded

    previous = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
