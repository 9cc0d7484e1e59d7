"""Text: shaping and line-break opportunities."""

from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.stages import Stages
from fixtures import pages
from minibrowser.text.line_break import break_opportunities


def test_break_opportunities_latin(benchmark: BenchmarkFixture) -> None:
    text = pages.words(1_000)
    assert sum(benchmark(break_opportunities, text)) > 900


def test_break_opportunities_beyond_latin(benchmark: BenchmarkFixture) -> None:
    text = "ภาษาไทยเขียนติดกันไม่เว้นวรรค" * 20 + "日本語の文章はどこでも折り返せる。" * 20
    assert sum(benchmark(break_opportunities, text)) > 100


def test_lines_of_an_article(benchmark: BenchmarkFixture) -> None:
    """Shaping, breaking and line layout of 5,000 words with warm fonts and cold shapes."""
    html = pages.article()

    def run() -> None:
        stages = Stages(html)
        stages.style()
        stages.layout()

    benchmark(run)
