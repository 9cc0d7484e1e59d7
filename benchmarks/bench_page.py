"""Paint, raster, encode, and whole pages from text to PNG with warm fonts."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.stages import Stages
from fixtures import pages
from minibrowser.paint.encode import encode

PAGES = {"line": pages.line, "article": pages.article, "dashboard": pages.dashboard}


def laid_out(page: str) -> Stages:
    stages = Stages(PAGES[page]())
    stages.style()
    stages.layout()
    return stages


@pytest.mark.parametrize("page", ["article", "dashboard"])
def test_display_list(benchmark: BenchmarkFixture, page: str) -> None:
    assert benchmark(laid_out(page).paint).items


@pytest.mark.parametrize("page", ["article", "dashboard"])
def test_raster(benchmark: BenchmarkFixture, page: str) -> None:
    bitmap = benchmark(laid_out(page).bitmap)
    assert (bitmap.width, bitmap.height) == (1280, 800)


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
def test_encode(benchmark: BenchmarkFixture, kind: str) -> None:
    bitmap = laid_out("dashboard").bitmap()
    assert benchmark(encode, bitmap, kind, None)


@pytest.mark.parametrize("page", sorted(PAGES))
def test_whole_page(benchmark: BenchmarkFixture, page: str) -> None:
    assert benchmark(Stages(PAGES[page]()).png).startswith(b"\x89PNG")
