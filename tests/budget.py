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
    """Stop the block with BudgetExceeded when its time has run out. Main thread only."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise BudgetExceeded

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
