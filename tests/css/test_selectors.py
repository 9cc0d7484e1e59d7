"""Selectors: what is valid, what they weigh, what they match."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from minibrowser.css.matching import Matcher
from minibrowser.css.selectors import CLASS, ID, TYPE, SelectorContext, parse_selector_list
from minibrowser.css.style_tree import PseudoElement
from minibrowser.html.parser import parse_document

from .pages import URL, Styled, matching

PAGE = (
    "<!doctype html><html id=html lang=en><body id=body><div id=d1 class='a b' data-x='one two'><p id=p1>x</p>"
    "<p id=p2 class=c>y<span id=s1></span></p><p id=p3 lang=fr-CA>z</p></div>"
    "<div id=d2 title=Hello-World><a id=a1 href=x>l</a><a id=a2>m</a><!-- --></div><ul id=u>"
    "<li id=l1><li id=l2><li id=l3><li id=l4></ul><section id=target data-tokens='a\u00a0b c d'><b id=b1></b></section>"
)


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("p", ["p1", "p2", "p3"]),
        ("*#p1, .c", ["p1", "p2"]),
        ("div.a.b > p:first-child", ["p1"]),
        ("div p + p", ["p2", "p3"]),
        ("#p1 ~ p", ["p2", "p3"]),
        ("[data-x~=two]", ["d1"]),
        ("[title|=Hello]", ["d2"]),
        ("[title^='Hel'][title$=\"ld\"][title*=lo-W]", ["d2"]),
        ("[title=hello-world]", []),
        ("[title=hello-world i]", ["d2"]),
        ("li:nth-child(2n+1)", ["l1", "l3"]),
        ("li:nth-child(-n+2)", ["l1", "l2"]),
        ("li:nth-last-child(1)", ["l4"]),
        ("li:nth-child(even of #l2, #l3)", ["l3"]),
        ("p:nth-of-type(2)", ["p2"]),
        ("span:only-child", ["s1"]),
        (":is(#p1, .c, ??)", ["p1", "p2"]),
        (":where(div) > a:any-link", ["a1"]),
        ("p:not(.c, #p3)", ["p1"]),
        ("div:has(> p.c)", ["d1"]),
        ("p:has(+ p)", ["p1", "p2"]),
        ("body:has(li:nth-child(4))", ["body"]),
        (":lang(fr)", ["p3"]),
        ("p:lang(en)", ["p1", "p2"]),
        ("p:lang('*-CA')", ["p3"]),
        ("b:empty", ["b1"]),
        (":root", ["html"]),
        (":target", ["target"]),
        ("a:hover, a:visited, p:focus-within", []),
        ("div :nth-child(1 of p)", ["p1"]),
        ("p::-webkit-foo", []),
        ("DIV.a", ["d1"]),
        ("\\64 iv#d\\31", ["d1"]),
        ("section b", ["b1"]),
        ("[data-tokens~=b]", []),
        ("[data-tokens~='a\u00a0b']", ["target"]),
        ("[data-tokens~='c d']", []),
        ("[data-tokens~='']", []),
    ],
)
def test_a_selector_matches_these_elements(selector: str, expected: list[str]) -> None:
    assert matching(PAGE, selector) == expected


@pytest.mark.parametrize(
    "selector",
    [
        "", ",", "a,", ">a", "a >", "a b,", "a[", "[=x]", "a:nope", "::nope", "a::before b", ":not()",
        ":nth-child(foo)", "a:nth-child(n of )", "#1", ".", "a..b", "a!b", ":has(:has(a))", "p:is", "ns|a",
        "a{}", "&&>",
    ],
)  # fmt: skip
def test_these_selectors_are_invalid(selector: str) -> None:
    assert parse_selector_list(selector) is None


@pytest.mark.parametrize(
    ("selector", "weight"),
    [
        ("*", 0),
        ("a b", 2 * TYPE),
        ("a.b#c", TYPE + CLASS + ID),
        (":is(a, #b) c", ID + TYPE),
        (":where(#a) b", TYPE),
        (":not(.a, b)", CLASS),
        ("li:nth-child(2n of .x, #y)", TYPE + CLASS + ID),
        ("a::before", 2 * TYPE),
        (":has(#a)", ID),
    ],
)
def test_a_selector_weighs_what_the_specification_says(selector: str, weight: int) -> None:
    selectors = parse_selector_list(selector)
    assert selectors is not None
    assert selectors[0].specificity == weight


def test_pseudo_elements_keep_their_names_with_one_colon_and_two() -> None:
    selectors = parse_selector_list("a:before, a::after, ::placeholder, li::marker, p::first-line")
    assert selectors is not None
    assert [selector.pseudo for selector in selectors] == [
        PseudoElement.BEFORE,
        PseudoElement.AFTER,
        PseudoElement.PLACEHOLDER,
        PseudoElement.MARKER,
        PseudoElement.FIRST_LINE,
    ]


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        (":checked", ["c1", "o2"]),
        (":disabled", ["f", "i1", "c2"]),
        ("input:enabled", ["i2", "c1", "r1", "e", "n"]),
        (":required", ["i2"]),
        ("input:invalid", ["i2", "e", "n"]),
        (":out-of-range", ["n"]),
        (":placeholder-shown", ["i2"]),
        (":indeterminate", ["r1", "pr"]),
        ("input:read-only", ["i1", "c1", "r1", "c2"]),
        (":default", ["c1", "o2", "bt"]),
    ],
)
def test_form_controls_are_in_these_states(selector: str, expected: list[str]) -> None:
    html = (
        "<!doctype html><form id=form><fieldset id=f disabled><legend><input id=i2 required placeholder=x></legend>"
        "<input id=i1></fieldset><input id=c1 type=checkbox checked><input id=r1 type=radio name=q>"
        "<input id=c2 type=checkbox disabled><select id=s><option id=o1>a<option id=o2 selected>b</select>"
        "<input id=e type=email value=nope><input id=n type=number max=3 value=9><progress id=pr></progress>"
        "<button id=bt></button></form>"
    )
    assert matching(html, selector) == expected


def test_quirks_mode_ignores_the_case_of_ids_and_classes() -> None:
    assert matching("<p id=A class=Bc>", ".bC#a") == ["A"]
    assert matching("<!doctype html><p id=A class=Bc>", ".bC") == []


def test_names_of_xml_documents_are_case_sensitive() -> None:
    document = parse_document("<a xmlns='u:x'><B id='b'/></a>", url=URL, is_xml=True)
    matcher = Matcher(document)
    wrong, right = parse_selector_list("b"), parse_selector_list("B")
    assert wrong is not None
    assert right is not None
    element = document.descendant_elements()[1]
    assert not matcher.matches_any(element, wrong)
    assert matcher.matches_any(element, right)


def test_a_namespace_prefix_restricts_to_its_namespace() -> None:
    css = "@namespace s url(http://www.w3.org/2000/svg); s|a { color: red } |a { color: blue }"
    page = Styled("<!doctype html><a></a><svg><a></a></svg>", css)
    assert page.value("svg a", "color") == "rgb(255, 0, 0)"
    assert page.value("body > a", "color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize(
    ("css", "selector", "is_red"),
    [
        (".a { & .b { color: red } }", ".b", True),
        (".a { .b { color: red } }", ".b", True),
        (".a { > .b { color: red } }", ".b", True),
        (".a { > .c { color: red } }", ".c", False),
        (".a { &.z { color: red } }", ".a", False),
        (".b { .a & { color: red } }", ".b", True),
        (".a { .b { .c & { color: red } & .c { color: red } } }", ".c", True),
        (".a { @media (min-width: 1px) { .b { color: red } } }", ".b", True),
        (".b { @media print { color: red } }", ".b", False),
        (".b { @supports (display: grid) { color: red } }", ".b", True),
        (".b { .x { } color: red }", ".b", True),
        (".b { color: red; &:hover { color: blue } }", ".b", True),
    ],
)
def test_nested_rules_hang_from_their_parents(css: str, selector: str, is_red: bool) -> None:
    page = Styled("<!doctype html><div class=a><p class=b><span class=c>x</span></p></div>", css)
    assert (page.value(selector, "color") == "rgb(255, 0, 0)") == is_red


SELECTOR_PIECES = st.lists(
    st.sampled_from(
        (
            "a . # : :: [ ] ( ) , > + ~ * | = ^= \\ \" ' :not( :is( :has("
            " :nth-child( 2n+1 of ::before & -- é i \n /* */"
        ).split(" ")
    ),
    max_size=30,
).map("".join)


@given(st.one_of(st.text(max_size=60), SELECTOR_PIECES), st.booleans())
def test_any_text_is_a_selector_list_or_none(text: str, nested: bool) -> None:
    document = parse_document("<!doctype html><p class=a id=b>x<b></b></p>", url=URL)
    selectors = parse_selector_list(text, SelectorContext({}, nested))
    if selectors is not None:
        matcher = Matcher(document)
        for element in document.descendant_elements():
            matcher.matches_any(element, selectors)
        assert len(selectors) > 0


def test_deep_nesting_is_invalid_rather_than_a_crash() -> None:
    assert parse_selector_list(":not(" * 5000 + "a" + ")" * 5000) is None
    assert parse_selector_list(":is(" * 5000) == () or parse_selector_list(":is(" * 5000) is not None


def test_has_stops_at_its_bound() -> None:
    page = Styled(
        "<!doctype html>" + "<div>" * 100 + "x", "div:has(" + ",".join(["b i u"] * 50) + "){color:red}"
    )
    assert page.value("div", "color") == "rgb(0, 0, 0)"
