"""The pool that survives its workers."""

from __future__ import annotations

import os
from multiprocessing.connection import Connection

from tests.workers import Pool, receive


def double(pipe: Connection, crash_at: int, hang_at: int) -> None:
    """A worker that doubles numbers, dies at one and hangs at another."""
    while (group := receive(pipe)) is not None:
        for number in group:
            assert isinstance(number, int)
            if number == crash_at:
                os._exit(3)
            while number == hang_at:
                pass
            pipe.send(2 * number)


def _pool(crash_at: int, hang_at: int, patience: float) -> Pool[int, int | str]:
    return Pool(double, (crash_at, hang_at), 2, patience, lambda task, reason: f"{task} {reason}")


def test_every_task_has_a_result() -> None:
    results = _pool(-1, -1, 60).run([[1, 2], [3], [4, 5, 6]])
    assert sorted(map(str, results)) == ["10", "12", "2", "4", "6", "8"]


def test_a_worker_that_dies_costs_one_task() -> None:
    results = _pool(2, -1, 60).run([[1, 2, 3], [4]])
    assert sorted(map(str, results)) == ["2", "2 crash", "6", "8"]


def test_a_worker_that_hangs_costs_one_task() -> None:
    results = _pool(-1, 2, 1.0).run([[1, 2, 3], [4]])
    assert sorted(map(str, results)) == ["2", "2 timeout", "6", "8"]
