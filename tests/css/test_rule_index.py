"""The rule index: what it calls up is all that matches."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from minibrowser.css.matching import Matcher
from minibrowser.css.selectors import parse_selector_list

from .pages import Styled

_TREE = (
    "<html lang=en><body id=b class=x><div id=d class='x y' role=tab><p class=y title='a b' role=tab>t"
    "<span class='x z' data-n=1></span></p><ul class=z><li class=x role=row><li id=l title=a><a href=k class=y></a>"
    "</ul></div><section data-n=2><p id=q class='y z'><b role=tab></b></p></section></body></html>"
)

_SIMPLE = st.sampled_from(
    ["p", "li", "b", ".x", ".y", ".z", "#d", "#l", "[role]", "[role=tab]", "[role='tab' i]", '[title="a b"]',
     "[data-n]", ":not(.x)", ":not([role])", ":is(.x, p)", ":is(#l, [title])", ":where(.y .z, b)", ":first-child",
     ":nth-child(2n + 1)", ":has(> b)", ":root", ":link"]
)  # fmt: skip
_COMPOUND = st.builds(
    lambda kind, rest: kind + "".join(part for part in rest if not part[0].isalpha()),
    st.sampled_from(["", "*", "p", "li", "span"]),
    st.lists(_SIMPLE, min_size=1, max_size=2),
).filter(bool)
_COMPLEX = st.builds(
    lambda first, rest: first + "".join(combinator + compound for combinator, compound in rest),
    _COMPOUND,
    st.lists(st.tuples(st.sampled_from([" ", ">", " + ", "~ "]), _COMPOUND), max_size=2),
)
_PRELUDES = st.lists(
    st.builds(" , ".join, st.lists(_COMPLEX, min_size=1, max_size=2)), min_size=1, max_size=6
)


@settings(max_examples=150, deadline=None)
@given(preludes=_PRELUDES, is_quirks=st.booleans())
def test_every_rule_that_matches_is_found_and_no_other(preludes: list[str], is_quirks: bool) -> None:
    rules = "".join(
        f"@property --r{number} {{ syntax: '*'; inherits: false }} {prelude} {{ --r{number}: 1 }}"
        for number, prelude in enumerate(preludes)
    )
    styled = Styled(("" if is_quirks else "<!doctype html>") + _TREE, rules)
    matcher = Matcher(styled.document)
    for element in styled.document.descendant_elements():
        style = styled.tree.style_of(element)
        if style is None:  # in what is not shown
            continue
        found = {name for name in style.variables if name.startswith("--r")}
        expected: set[str] = set()
        for number, prelude in enumerate(preludes):
            selectors = parse_selector_list(prelude)
            assert selectors is not None
            if matcher.matches_any(element, selectors):
                expected.add(f"--r{number}")
        assert found == expected, (element, preludes)
