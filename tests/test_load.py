"""A small load of the demo's internet, as part of the tests; `python -m tests.load` is the whole of it."""

from __future__ import annotations

import asyncio

import pytest

pytest.importorskip("cryptography")
pytest.importorskip("dns")

from tests.load import PATHS, load


def test_many_pages_at_once_fail_nowhere_and_leave_nothing() -> None:
    result = asyncio.run(load(pages=48, at_once=16, warm_up=16))
    assert result.errors == []
    assert result.problems() == []
    assert result.pages >= 2 * len(PATHS)
    # The edge kept what is public: all visitors together fetched each file once.
    assert result.behind < result.requests / 2
