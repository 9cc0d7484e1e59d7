"""Cost follows what matches, not what the sheet holds: counted, not timed."""

from __future__ import annotations

import pytest

from minibrowser.css import StyleContext, StyleSheet, StyleStatistics, resolve_styles
from minibrowser.html.parser import parse_document

RULES = 5_000
"""About 400 kB."""


def sheet() -> str:
    """A framework's sheet: nine rules of ten for classes that the page does not use."""
    lines = []
    for n in range(RULES):
        if n % 10 == 0:
            lines.append(
                f".used-{n} > .item, .used-{n}.on:hover {{ margin: {n % 7}px; color: rgb({n % 255}, 0, 0) }}"
            )
        else:
            lines.append(
                f".unused-{n} .part:not(.x), .other-{n}::before {{ padding: {n % 9}px; border: 1px solid #123 }}"
            )
    return "\n".join(lines)


def page(elements: int) -> str:
    """Groups of a container with nine items."""
    group = '<div class="used-{}">' + "<p class=item>x</p>" * 9 + "</div>"
    return "<!doctype html><body>" + "".join(group.format(n % 40 * 10) for n in range(elements // 10))


def counted(elements: int) -> StyleStatistics:
    statistics = StyleStatistics()
    document = parse_document(page(elements), url="about:blank")
    resolve_styles(document, [StyleSheet(sheet())], StyleContext(), statistics)
    return statistics


@pytest.mark.parametrize(("elements", "containers"), [(20, 2), (2_000, 40)])
def test_only_blocks_that_match_are_parsed(elements: int, containers: int) -> None:
    statistics = counted(elements)
    assert statistics.rules == RULES
    assert statistics.blocks_parsed <= containers


def test_few_selectors_are_tried_for_each_element() -> None:
    statistics = counted(2_000)
    assert statistics.elements >= 2_000
    assert statistics.selectors_tried <= 60 * statistics.elements


def test_elements_that_are_alike_share_their_style() -> None:
    statistics = counted(2_000)
    assert statistics.styles_computed <= 100
    assert statistics.cascades <= 100
