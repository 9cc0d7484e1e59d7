"""CSS: sheets to rules, selectors against elements, and the whole of style resolution."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.stages import Stages
from fixtures import pages
from minibrowser.css import StyleContext, StyleSheet, StyleTree, resolve_styles, user_agent_sheets
from minibrowser.html.parser import parse_document


@pytest.mark.parametrize("count", [1_000, 10_000])
def test_parse_sheet(benchmark: BenchmarkFixture, count: int) -> None:
    text = pages.rules(count)
    sheet = benchmark(StyleSheet, text)
    assert len(sheet.rules) >= count * 0.9


def test_parse_every_block(benchmark: BenchmarkFixture) -> None:
    """The sheet with every element matching: no rule stays unread."""
    text = "".join(f"* {{ margin: {index}px; color: rgb({index % 256}, 0, 0) }}\n" for index in range(300))
    html = pages.document("<p>one</p>", text)

    def run() -> None:
        Stages(html).style()

    benchmark(run)


@pytest.mark.parametrize("page", ["article", "dashboard", "blocks"])
def test_style(benchmark: BenchmarkFixture, page: str) -> None:
    html = {"article": pages.article, "dashboard": pages.dashboard, "blocks": lambda: pages.blocks(1_000)}[
        page
    ]()
    stages = Stages(html)
    benchmark(stages.style)
    assert stages.rendering.styles is not None


def test_selectors(benchmark: BenchmarkFixture) -> None:
    """Selectors that look far: descendants, siblings, :has(), over 1,000 elements."""
    css = "".join(
        f"section div:nth-child({index}n + 1) {{ z-index: {index} }}\nsection:has(div.x{index}) > div {{ order: 1 }}\n"
        f"div.a{index} ~ div, section > div + div:not(.b{index}) {{ opacity: 1 }}\n"
        for index in range(1, 30)
    )
    html = pages.blocks(1_000).replace("</style>", css + "</style>")
    stages = Stages(html)
    benchmark(stages.style)


def test_big_sheet(benchmark: BenchmarkFixture) -> None:
    """A framework's sheet of 400 kB, of which one rule in ten concerns the page, and 1,600 elements: sheet and styles.
    At most 120 ms where tinycss2 alone takes 170 ms for the sheet."""
    text = pages.framework_sheet(5_000)
    document = parse_document(pages.framework_page(1_600), url="about:blank")

    def run() -> StyleTree:
        return resolve_styles(document, [*user_agent_sheets(False), StyleSheet(text)], StyleContext())

    tree = benchmark(run)
    assert len(tree.styles) >= 1_600
