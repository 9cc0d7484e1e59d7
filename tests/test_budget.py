"""The alarm clock."""

from __future__ import annotations

import itertools
import signal
from time import process_time

import pytest

from tests.budget import BudgetExceeded, time_budget


def _spin(seconds: float) -> None:
    start = process_time()
    while process_time() - start < seconds:
        pass


def _spin_and_catch() -> None:
    for number in itertools.count():
        try:
            int(str(number))
        except Exception:  # noqa: BLE001 - what is tested
            return


@time_budget(0.05)
def _spin_in_budget() -> None:
    _spin(20)


@time_budget(0.05)
def _spin_and_catch_in_budget() -> None:
    _spin_and_catch()


def test_work_that_does_not_end_is_stopped() -> None:
    start = process_time()
    with pytest.raises(BudgetExceeded):
        _spin_in_budget()
    assert process_time() - start < 20


def test_work_in_time_leaves_no_alarm_behind() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with time_budget(100):
        pass
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGPROF) == before


def test_the_alarm_passes_through_code_that_catches_exceptions() -> None:
    with pytest.raises(BudgetExceeded):
        _spin_and_catch_in_budget()
