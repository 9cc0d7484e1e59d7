"""Run a coroutine to its end, or to the user's Ctrl-C."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Final, TypeVar

T = TypeVar("T")

_PATIENCE: Final = 2.0
"""Seconds that cancelled work gets to tidy up after Ctrl-C."""


def run(work: Coroutine[object, object, T]) -> T:
    """Run on a fresh event loop.

    Unlike `asyncio.run` this does not wait for worker threads: a layout pass cannot be interrupted, and a user
    who has pressed Ctrl-C does not care for its end.
    """
    loop = asyncio.new_event_loop()
    task = loop.create_task(work)
    try:
        return loop.run_until_complete(task)
    except KeyboardInterrupt:
        task.cancel()
        loop.run_until_complete(asyncio.wait([task], timeout=_PATIENCE))
        raise
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
