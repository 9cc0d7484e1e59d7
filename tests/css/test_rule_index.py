"""The rule index: what it calls up is all that matches."""

from __future__ import annotations

from itertools import product

import pytest

from minibrowser.css.matching import Matcher
from minibrowser.css.selectors import parse_selector_list

from .pages import Styled

_TREE = (
    "<html lang=en><body id=b class=x><div id=d class='x y' role=tab><p class=y title='a b' role=tab>t"
    "<span class='x z' data-n=1></span></p><ul class=z><li class=x role=row><li id=l title=a><a href=k class=y></a>"
    "</ul></div><section data-n=2><p id=q class='y z'><b role=tab></b></p></section></body></html>"
)

_COMPOUNDS = (
    *("p", "li", "*", ".x", ".y.z", "#d", "p#q.y", ":root", ":link", ":first-child", "li:nth-child(2n + 1)"),
    *("[role]", "[role=tab]", "[role='TAB' i]", '[title="a b"]', "[data-n].z", "p[role]", "a:is(.y)[href]"),
    *(":not(.x)", ":not([role])", ":is(.x, p)", ":is(#l, [title])", ":where(.y .z, b)", ":has(> b)"),
)


@pytest.mark.parametrize("doctype", ["", "<!doctype html>"])
@pytest.mark.parametrize("combinator", ["", " ", ">", " + ", "~ ", " , "])
def test_every_rule_that_matches_is_found_and_no_other(combinator: str, doctype: str) -> None:
    preludes = [
        first + combinator + last
        for first, last in product(_COMPOUNDS, _COMPOUNDS)
        if combinator or not (last[0].isalpha() or last == "*")
    ]
    rules = "".join(
        f"@property --r{number} {{ syntax: '*'; inherits: false }} {prelude} {{ --r{number}: 1 }}"
        for number, prelude in enumerate(preludes)
    )
    styled = Styled(doctype + _TREE, rules)
    matcher = Matcher(styled.document)
    selectors = [parse_selector_list(prelude) for prelude in preludes]
    matched = 0
    for element in styled.document.descendant_elements():
        style = styled.tree.style_of(element)
        if style is None:  # in what is not shown
            continue
        found = {name for name in style.variables if name.startswith("--r")}
        expected = {
            f"--r{number}"
            for number, selector in enumerate(selectors)
            if selector is not None and matcher.matches_any(element, selector)
        }
        missing = sorted(preludes[int(name[3:])] for name in expected - found)
        assert found == expected, f"{element}: not called up: {missing}"
        matched += len(found)
    assert matched > 100
