"""Transitions from @starting-style and animation-composition, on the virtual clock."""

from __future__ import annotations

import pytest

from minibrowser.css import StyleContext, StyleSheet, resolve_styles
from minibrowser.css.serialize import serialize
from minibrowser.html.parser import parse_document


def value(css: str, name: str, time: float) -> str:
    document = parse_document("<!doctype html><p>x</p>", url="about:blank")
    tree = resolve_styles(document, [StyleSheet(css)], StyleContext(time=time))
    style = next(style for element, style in tree.styles.items() if element.local_name == "p")
    return serialize(style, name)


STARTING = "p { width: 100px; color: red; transition: all 2s linear } @starting-style { p { width: 0 } }"


@pytest.mark.parametrize(("time", "expected"), [(0.0, "0px"), (0.5, "25px"), (1.0, "50px"), (2.0, "100px")])
def test_starting_style_is_where_transitions_begin(time: float, expected: str) -> None:
    assert value(STARTING, "width", time) == expected


def test_without_a_duration_starting_style_does_nothing() -> None:
    assert value(STARTING.replace("2s", "0s"), "width", 0.0) == "100px"


def test_a_delay_keeps_the_start() -> None:
    assert value(STARTING.replace("2s linear", "2s linear 1s"), "width", 0.9) == "0px"
    assert value(STARTING.replace("2s linear", "2s linear 1s"), "width", 2.0) == "50px"


def test_only_the_properties_that_are_named_take_time() -> None:
    css = STARTING.replace("all", "height, margin")
    assert value(css, "width", 0.0) == "100px"
    css = STARTING.replace("all", "color, width").replace("width: 0", "width: 0; order: 7")
    assert value(css, "width", 1.0) == "50px"
    assert value(css, "order", 1.0) == "0"


def test_what_has_nothing_in_between_does_not_move_unless_it_may() -> None:
    css = STARTING.replace("width: 0", "text-align: right")
    assert value(css, "text-align", 0.1) == "start"
    assert value(css.replace("linear", "linear allow-discrete"), "text-align", 0.1) == "right"
    assert value(css.replace("linear", "linear allow-discrete"), "text-align", 1.1) == "start"


def test_nested_starting_style_is_the_same() -> None:
    css = "p { opacity: 1; transition: opacity 1s linear; @starting-style { opacity: 0 } }"
    assert value(css, "opacity", 0.25) == "0.25"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("none", ("none", "0s", "0s")),
        ("width 1s 2s", ("width", "1s", "2s")),
        ("1s, color ease-in", ("all, color", "1s, 0s", "0s, 0s")),
        ("width 1s, none", ("all", "0s", "0s")),
        ("-1s", ("all", "0s", "0s")),
    ],
)
def test_the_transition_shorthand(text: str, expected: tuple[str, str, str]) -> None:
    names = ("transition-property", "transition-duration", "transition-delay")
    assert tuple(value(f"p {{ transition: {text} }}", name, 0.0) for name in names) == expected


def animated(keyframes: str, rest: str, name: str, time: float) -> str:
    return value(f"@keyframes k {{ {keyframes} }} p {{ animation: k 1s linear; {rest} }}", name, time)


@pytest.mark.parametrize(
    ("keyframes", "rest", "name", "expected"),
    [
        ("from { width: 10px } to { width: 30px }", "width: 100px", "width", "20px"),
        (
            "from { width: 10px } to { width: 30px }",
            "width: 100px; animation-composition: add",
            "width",
            "120px",
        ),
        ("to { width: 30px; animation-composition: add }", "width: 100px", "width", "115px"),
        (
            "from, to { transform: translate(10px, 0) }",
            "transform: scale(2); animation-composition: add",
            "transform",
            "scale(2, 2) translate(10px, 0px)",
        ),
        (
            "from, to { transform: scale(3) }",
            "transform: scale(2); animation-composition: accumulate",
            "transform",
            "scale(4, 4)",
        ),
        (
            "from, to { filter: blur(2px) }",
            "filter: blur(3px); animation-composition: accumulate",
            "filter",
            "blur(5px)",
        ),
        (
            "from, to { filter: blur(2px) }",
            "filter: blur(3px); animation-composition: add",
            "filter",
            "blur(3px) blur(2px)",
        ),
        ("from, to { opacity: 0.25 }", "opacity: 0.5; animation-composition: add", "opacity", "0.75"),
        (
            "from, to { color: rgb(0, 100, 0) }",
            "color: rgb(50, 0, 0); animation-composition: add",
            "color",
            "rgb(50, 100, 0)",
        ),
        (
            "from, to { margin-left: 10% }",
            "margin-left: 5px; animation-composition: add",
            "margin-left",
            "calc(10% + 5px)",
        ),
    ],
)
def test_animations_are_put_onto_what_is_below(keyframes: str, rest: str, name: str, expected: str) -> None:
    assert animated(keyframes, rest, name, 0.5) == expected
