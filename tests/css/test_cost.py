"""Cost follows what matches, not what the sheet holds: counted, not timed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fixtures import pages
from minibrowser.css import StyleContext, StyleSheet, StyleStatistics, resolve_styles
from minibrowser.css.matching import Matcher
from minibrowser.css.sheet import GroupRule, Rule, StyleRule
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


def test_equal_styles_are_one_object() -> None:
    items = "".join(f"<section class=s{index}><ul><li><b>x</b></ul></section>" for index in range(30))
    document = parse_document("<!doctype html>" + items, url="about:blank")
    css = "section { color: red } li { margin: 1px } " + "".join(
        f".s{index} {{ order: {index} }}" for index in range(30)
    )
    tree = resolve_styles(document, [StyleSheet(css)], StyleContext())
    for name in ("ul", "li", "b"):
        assert len({style for element, style in tree.styles.items() if element.local_name == name}) == 1


def test_siblings_that_are_alike_are_not_matched_again() -> None:
    document = parse_document("<!doctype html><ul>" + "<li class=a>x</li>" * 100, url="about:blank")
    statistics = StyleStatistics()
    css = ".a { color: red } ul > .a { order: 1 } .z ~ .a, .b .a:nth-child(3) { order: 2 } .a:hover { order: 3 }"
    resolve_styles(document, [StyleSheet(css)], StyleContext(), statistics)
    # The sibling combinator asks no ancestor, so it may tell them apart; without it they are alike.
    assert statistics.styles_shared == 0
    resolve_styles(document, [StyleSheet(css.replace(".z ~ .a, ", ""))], StyleContext(), statistics)
    assert statistics.styles_shared == 99
    assert statistics.selectors_tried <= 4


@pytest.mark.parametrize(
    "css",
    [
        "li:nth-child(2) { color: red }",
        "li + li { color: red }",
        "li:last-child { color: red }",
        "li:has(b) { color: red }",
        "li:hover { color: red }",
        "@scope (ul) { li:nth-child(odd) { color: red } }",
        "li { color: blue } ul :first-child { color: red }",
        "li:empty { color: red }",
        "li:not(:first-child) { color: red }",
    ],
)
def test_siblings_that_only_look_alike_are_told_apart(css: str) -> None:
    document = parse_document("<!doctype html><ul><li>x<li><b>y</b><li></ul>", url="about:blank")
    items = [element for element in document.descendant_elements() if element.local_name == "li"]
    document.interaction.hovered = items[1]
    tree = resolve_styles(document, [StyleSheet(css)], StyleContext())
    assert len({tree.styles[item].inherited.color.red for item in items}) == 2


def test_on_a_real_dashboard_cost_follows_what_matches() -> None:
    """tabler-ui's dashboard with its sheets of 405 kB; where MINIBROWSER_TABLER names its `dist`."""
    folder = Path(os.environ.get("MINIBROWSER_TABLER", "/nowhere"))
    if not folder.is_dir():
        pytest.skip("tabler-ui is not on this machine")
    document = parse_document((folder / "index.html").read_bytes(), url="about:blank")
    texts = [file.read_text(encoding="utf-8") for file in (folder / "assets/css/dashboard.css",)]
    statistics = StyleStatistics()
    sheets = [StyleSheet(text) for text in texts]
    resolve_styles(document, sheets, StyleContext(), statistics)
    assert statistics.selectors_tried <= 60 * statistics.elements
    matcher = Matcher(document)
    elements = list(document.descendant_elements())
    matching = 0
    for rule in _style_rules(StyleSheet(texts[0]).rules):
        if any(matcher.matches_any(element, rule.selectors()) for element in elements):
            matching += 1
    assert 0 < statistics.blocks_parsed <= matching


def _style_rules(rules: list[Rule]) -> list[StyleRule]:
    found: list[StyleRule] = []
    for rule in rules:
        if isinstance(rule, StyleRule):
            found.append(rule)
        elif isinstance(rule, GroupRule):
            found.extend(_style_rules(rule.children))
    return found
