from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from . import http_cache, http_state
from .__main__ import ROOTS
from .results import Verdict, differences


@pytest.mark.parametrize(("suite", "run"), [("http-cache", http_cache.run), ("http-state", http_state.run)])
def test_the_http_suites_give_what_the_lists_say(suite: str, run: Callable[[Path], list[Verdict]]) -> None:
    if not ROOTS[suite].is_dir():
        pytest.skip(f"the {suite} suite is not here")
    verdicts = run(ROOTS[suite])
    assert len(verdicts) > 200
    assert differences(suite, verdicts) == []


def test_enough_of_the_cache_suite_passes() -> None:
    if not ROOTS["http-cache"].is_dir():
        pytest.skip("the http-cache suite is not here")
    passed = [verdict.area for verdict in http_cache.run(ROOTS["http-cache"]) if verdict.passed]
    assert passed.count("required") >= 117  # the best browser's
    assert passed.count("optimal") >= 70
