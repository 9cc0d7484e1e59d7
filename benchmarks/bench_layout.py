"""Layout of simple boxes. Time for a box should not grow with the page: compare the rows' time by their number."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.stages import Stages
from fixtures import pages

PAGES = {"blocks": pages.blocks, "flex": pages.flex_items, "table": pages.table_cells}


@pytest.mark.parametrize("count", [1_000, 10_000, 50_000])
@pytest.mark.parametrize("kind", sorted(PAGES))
def test_layout(benchmark: BenchmarkFixture, kind: str, count: int) -> None:
    stages = Stages(PAGES[kind](count))
    stages.style()
    benchmark.extra_info["boxes"] = count
    rounds = 3 if count > 1_000 else 10
    benchmark.pedantic(stages.layout, rounds=rounds, warmup_rounds=1)  # type: ignore[no-untyped-call]
    assert stages.rendering.root_fragment is not None
