"""Hostile sheets: no exception, time in proportion to size, memory bounded."""

from __future__ import annotations

import time

import pytest

from minibrowser.css import StyleContext, StyleSheet, resolve_styles
from minibrowser.html.parser import parse_document
from tests import hostile_css


def seconds(css: str, html: str = "<div class=a><p class=b>x</p></div>") -> float:
    """The time that a sheet takes; one that raises fails the test."""
    document = parse_document(html, url="about:blank")
    started = time.perf_counter()
    tree = resolve_styles(document, [StyleSheet(css)], StyleContext())
    assert tree.styles
    return time.perf_counter() - started


def test_random_mutations_of_sheets_never_raise() -> None:
    assert hostile_css.run(1_500, seed=20) == []


@pytest.mark.parametrize(
    "css",
    [
        "a{" * 50_000,
        "@media all{" * 50_000,
        "@layer x{" * 20_000 + "p{color:red}",
        "p{width:" + "calc(" * 50_000 + "1px",
        "p{width:" + "(" * 100_000,
        ":is(" * 50_000 + "p{color:red}",
        ":not(" * 20_000 + "p" + ")" * 20_000 + "{color:red}",
        "::before" * 5_000 + "{color:red}",
        "::before:is(" * 5_000 + "{color:red}",
        "p{color:" + "var(--a," * 20_000 + "red" + ")" * 20_000 + "}",
        "@supports " + "(" * 10_000 + "a:b" + ")" * 10_000 + "{p{color:red}}",
        "@container " + "(" * 50_000 + "width>1px" + ")" * 50_000 + "{p{color:red}}",
        "@media " + "(not " * 50_000 + "{p{color:red}}",
        ".a{" + "& &{" * 20_000 + "color:red",
        "p{background:" + "color-mix(in srgb," * 20_000 + "red",
        "p{width:" + "if(else:" * 20_000 + "1px",
        "p{width:if(" + "style(" * 20_000,
        "p{--a:" + "if(style(--a):var(--a);else:x)" * 2_000 + ";width:var(--a)}",
        "p{width:1px;transition:" + "all 1s," * 20_000 + "all}@starting-style{p{width:2px}}",
        "@property --x{syntax:'<length>';inherits:true;initial-value:1px}p{--x:" + "calc(" * 20_000,
        "@keyframes k{" + "from{width:1px}" * 20_000 + "}p{animation:k 1s}",
        "p{display:grid;grid-template-rows:" + "repeat(9999,1px)" * 5_000 + "}",
        "p{display:grid;grid-template-rows:subgrid" + " repeat(9999,[a])" * 5_000 + "}",
    ],
    ids=lambda css: css[:12],
)
def test_deep_nesting_ends(css: str) -> None:
    assert seconds(css) < 10


@pytest.mark.parametrize("number", ["1e999", "-1e999", "9" * 400])
def test_numbers_beyond_a_float_are_the_largest(number: str) -> None:
    """As Chromium: nothing is infinite that was not written `infinity`."""
    css = (
        f"p{{color:oklch({number} {number} {number});z-index:{number};width:{number}px;rotate:{number}deg;"
        f"grid-row:span {number};animation-timing-function:steps({number});list-style-type:x;display:list-item}}"
        f"@counter-style x{{system:fixed {number};symbols:a b;range:{number} infinite;pad:{number} 'a'}}"
        f"@counter-style y{{system:additive;additive-symbols:{number} a}}"
        f"@font-feature-values a{{@styleset{{b:{number}}}}}"
    )
    assert seconds(css) < 10


def test_variables_that_double_stop_at_the_cap() -> None:
    bomb = (
        "--v0:" + "x" * 100 + ";" + "".join(f"--v{n}:var(--v{n - 1})var(--v{n - 1});" for n in range(1, 60))
    )
    assert seconds(f"div{{{bomb}width:var(--v59)}}") < 10


def test_a_megabyte_of_has_takes_time_in_proportion() -> None:
    html = "<div class=a>" + "<p class=b>x</p>" * 20 + "</div>"
    small = seconds(":has(.b) .a,\n" * 2_000 + "q{color:red}", html)
    large = seconds(":has(.b) .a,\n" * 20_000 + "q{color:red}", html)
    assert large < 40 * max(small, 0.02)


def test_nested_scopes_take_time_in_proportion() -> None:
    """Not ancestors to the power of scopes."""
    css = "@scope (.nothing) {" + "@scope (*) {" * 20 + ":scope { color: red }"
    assert seconds(css, "<div>" * 60) < 10


@pytest.mark.parametrize("selector", ["& &", "&&", ":is(&, &) &", "& .nothing &, &", "div", "& ~ &"])
def test_nested_rules_take_time_in_proportion(selector: str) -> None:
    """Not ancestors to the power of levels."""
    css = ".nothing, .x .nothing {" + f"{selector} {{" * 28 + "color: red"
    assert seconds(css, "<div>" * 60) < 10
    assert seconds("div" + css[8:], "<div>" * 60) < 10


def test_a_cycle_of_container_queries_and_nested_containers_end() -> None:
    css = "div{container-type:inline-size}@container (width>1px){div{width:50%}}@container (width<1px){div{width:99%}}"
    assert seconds(css, "<div>" * 200) < 10
