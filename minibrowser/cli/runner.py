"""Run a coroutine to its end, or to the user's Ctrl-C."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Coroutine
from typing import Final, TypeVar

T = TypeVar("T")

_PATIENCE: Final = 2.0
"""Seconds that cancelled work gets to tidy up after Ctrl-C."""


class _Interrupt:
    """Ctrl-C as the cancellation of a task: raised in the middle of some other task it would leave all the tasks
    between half done. A second one is raised at once."""

    def __init__(self, loop: asyncio.AbstractEventLoop, task: asyncio.Task[T]) -> None:
        self._loop = loop
        self._cancel = task.cancel
        self.happened = False

    def __call__(self, *_: object) -> None:
        if self.happened:
            raise KeyboardInterrupt
        self.happened = True
        self._loop.call_soon_threadsafe(self._begin)

    def _begin(self) -> None:
        self._cancel()
        self._loop.call_later(_PATIENCE, self._loop.stop)


def run(work: Coroutine[object, object, T]) -> T:
    """Run on a fresh event loop.

    Unlike `asyncio.run` this does not wait for worker threads: a layout pass cannot be interrupted, and a user
    who has pressed Ctrl-C does not care for its end.
    """
    loop = asyncio.new_event_loop()
    task = loop.create_task(work)
    interrupt = _Interrupt(loop, task)
    ours = threading.current_thread() is threading.main_thread()
    ours = ours and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if ours:
        signal.signal(signal.SIGINT, interrupt)
    try:
        return loop.run_until_complete(task)
    except (asyncio.CancelledError, RuntimeError):
        # Cancelled, or the loop was stopped when patience was over.
        if interrupt.happened:
            raise KeyboardInterrupt from None
        raise
    finally:
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
