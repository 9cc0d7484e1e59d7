"""Cost follows what matches, not what the sheet holds: counted, not timed."""

from __future__ import annotations

import pytest

from fixtures import pages
from minibrowser.css import StyleContext, StyleSheet, StyleStatistics, resolve_styles
from minibrowser.html.parser import parse_document

RULES = 5_000
"""About 400 kB."""


def counted(elements: int) -> StyleStatistics:
    statistics = StyleStatistics()
    document = parse_document(pages.framework_page(elements), url="about:blank")
    resolve_styles(document, [StyleSheet(pages.framework_sheet(RULES))], StyleContext(), statistics)
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
