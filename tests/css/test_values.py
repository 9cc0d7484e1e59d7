# ruff: noqa: E501 - tables of expectations
"""Values: from declarations to what getComputedStyle() prints. The expectations are Chromium's."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from minibrowser.css.declarations import longhand_ids, parse_block, parse_declaration
from minibrowser.css.properties import PROPERTIES
from minibrowser.css.shorthands import SHORTHANDS
from minibrowser.css.value_context import ValueContext

from .pages import computed


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("color", "rebeccapurple", "rgb(102, 51, 153)"),
        ("color", "#12345678", "rgba(18, 52, 86, 0.47)"),
        ("color", "rgb(10% 20% 30% / 50%)", "rgba(26, 51, 77, 0.5)"),
        ("color", "rgba(1,2,3,.4)", "rgba(1, 2, 3, 0.4)"),
        ("color", "hsl(120deg 100% 25%)", "rgb(0, 128, 0)"),
        ("color", "hsl(120, 100%, calc(20% + 5%))", "rgb(0, 128, 0)"),
        ("color", "hsl(120, calc(1 + 1), 25%)", "rgb(0, 0, 0)"),
        ("color", "hwb(0 0% 0%)", "rgb(255, 0, 0)"),
        ("color", "oklch(62.8% 0.25768 29.23)", "rgb(255, 0, 0)"),
        ("color", "lab(46.2775% -47.5621 48.5837)", "rgb(0, 128, 0)"),
        ("color", "color(srgb 1 0 0)", "rgb(255, 0, 0)"),
        ("color", "color(rec2020 0.235202 0.431704 0.085432)", "rgb(0, 128, 0)"),
        ("color", "color(display-p3 .3 .5 .2)", "rgb(57, 129, 37)"),
        ("width", "calc(" + "1 * " * 20_000 + "1px)", "auto"),
        ("color", "color-mix(in srgb, red 50%, blue)", "rgb(128, 0, 128)"),
        ("color", "rgb(from red r g b / 0.5)", "rgba(255, 0, 0, 0.5)"),
        ("color", "light-dark(red, blue)", "rgb(255, 0, 0)"),
        ("color", "nonsense", "rgb(0, 0, 0)"),
        ("color-scheme", "light dark", "light dark"),
        ("color-scheme", "Dark Foo", "dark Foo"),
        ("color-scheme", "only light", "light only"),
        ("color-scheme", "normal", "normal"),
        ("color-scheme", "dark only light", "normal"),
        ("color-scheme", "only", "normal"),
        ("color-scheme", "normal dark", "normal"),
        ("color", "hsl(none, 100%, 50%)", "rgb(0, 0, 0)"),
        ("width", "calc(10px + 2em)", "42px"),
        ("width", "calc(50% - 10px)", "calc(50% - 10px)"),
        ("width", "min(10px, 5em)", "10px"),
        ("width", "clamp(1px, 10vw, 100px)", "100px"),
        ("width", "round(up, 101px, 10px)", "110px"),
        ("width", "calc(1px * (2 + 3) / 2)", "2.5px"),
        ("width", "fit-content", "fit-content"),
        ("width", "-5px", "auto"),
        ("font-size", "larger", "19.2px"),
        ("font-size", "xx-large", "32px"),
        ("font-size", "1in", "96px"),
        ("font-weight", "bolder", "700"),
        ("line-height", "1.5", "24px"),
        ("line-height", "120%", "19.2px"),
        ("letter-spacing", ".1em", "1.6px"),
        ("margin-left", "5vw", "64px"),
        ("font-family", "Arial, \"Open Sans\", sans-serif", 'Arial, "Open Sans", sans-serif'),
        ("font-style", "oblique 20deg", "oblique 20deg"),
        ("display", "inline flow-root", "inline-block"),
        ("display", "block flex", "flex"),
        ("aspect-ratio", "16/9", "16 / 9"),
        ("z-index", "3", "3"),
        ("overflow-x", "hidden", "hidden"),
        ("flex-basis", "content", "content"),
        ("align-items", "last baseline", "last baseline"),
        ("justify-content", "safe center", "safe center"),
        ("grid-row-start", "span 2 foo", "span 2 foo"),
        ("grid-template-columns", "[a] 1fr repeat(2, minmax(10px, auto) [b])", "[a] 1fr repeat(2, minmax(10px, auto) [b])"),
        ("grid-template-areas", '"a a" "b ."', '"a a" "b ."'),
        ("background-position-x", "right 10px", "calc(100% - 10px)"),
        ("background-size", "cover, 10px auto", "cover"),
        ("background-repeat", "repeat-x", "repeat-x"),
        ("background-image", "linear-gradient(45deg, red, blue 50%)", "linear-gradient(45deg, rgb(255, 0, 0), rgb(0, 0, 255) 50%)"),
        ("background-image", "-webkit-linear-gradient(45deg, red, blue)", "linear-gradient(45deg, rgb(255, 0, 0), rgb(0, 0, 255))"),
        ("background-image", "radial-gradient(circle at 10px, red, blue)", "radial-gradient(circle at 10px 50%, rgb(255, 0, 0), rgb(0, 0, 255))"),
        ("background-image", "url(x.png)", 'url("https://example.org/a/x.png")'),
        ("border-top-left-radius", "10px 50%", "10px 50%"),
        ("box-shadow", "1px 2px red, inset 0 0 3px 4px", "rgb(255, 0, 0) 1px 2px 0px 0px, rgb(0, 0, 0) 0px 0px 3px 4px inset"),
        ("opacity", "50%", "0.5"),
        ("opacity", "7", "1"),
        ("filter", "blur(2px) grayscale(50%)", "blur(2px) grayscale(0.5)"),
        ("clip-path", "inset(10% round 5px)", "inset(10% round 5px)"),
        ("clip-path", "polygon(0 0, 100% 0, 50% 50%)", "polygon(0px 0px, 100% 0px, 50% 50%)"),
        ("translate", "10px 20%", "10px 20%"),
        ("rotate", "45deg", "45deg"),
        ("text-decoration-line", "underline overline", "underline overline"),
        ("text-shadow", "1px 1px", "rgb(0, 0, 0) 1px 1px 0px"),
        ("margin-trim", "block-end block-start", "block"),
        ("text-underline-position", "under", "under"),
        ("content", "\"a\" counter(x) attr(id)", '"a" counter(x) ""'),
        ("counter-increment", "a b 3", "a 1 b 3"),
        ("quotes", '"<" ">"', '"<" ">"'),
        ("font-feature-settings", '"liga" 0, "kern"', '"kern", "liga" 0'),
        ("vertical-align", "-2px", "-2px"),
        ("transform-box", "fill-box", "fill-box"),
        ("-webkit-line-clamp", "3", "3"),
        ("will-change", "transform, opacity", "transform, opacity"),
        ("contain", "strict", "strict"),
        ("scroll-snap-type", "y proximity", "y"),
        ("scroll-snap-type", "both mandatory", "both mandatory"),
        ("scroll-snap-type", "mandatory y", "none"),
        ("scroll-snap-align", "start start", "start"),
        ("scroll-snap-align", "none end", "none end"),
        ("scroll-snap-align", "none none", "none"),
        ("scroll-snap-stop", "always", "always"),
        ("scroll-padding-top", "-1px", "auto"),
        ("scroll-margin-top", "10%", "0px"),
        ("scroll-margin-top", "calc(1px + 1em)", "17px"),
    ],
)  # fmt: skip
def test_a_value_computes_to(name: str, value: str, expected: str) -> None:
    quoted = value.replace("'", '"')
    assert computed(f"{name}: {quoted}", name) == expected


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        ("margin: 1px 2px 3px", {"margin-top": "1px", "margin-right": "2px", "margin-bottom": "3px", "margin-left": "2px"}),
        ("padding-inline: 1px 2px", {"padding-left": "1px", "padding-right": "2px"}),
        ("scroll-padding: 10% auto", {"scroll-padding-top": "10%", "scroll-padding-left": "auto"}),
        ("scroll-margin: 1em -2px", {"scroll-margin-bottom": "16px", "scroll-margin-left": "-2px"}),
        ("scroll-margin-inline: 1px 2px", {"scroll-margin-left": "1px", "scroll-margin-right": "2px"}),
        ("inset: 1px auto", {"top": "1px", "left": "auto"}),
        ("border: solid red", {"border-top-width": "3px", "border-left-color": "rgb(255, 0, 0)"}),
        ("border: .5px dashed", {"border-top-width": "1px", "border-top-style": "dashed"}),
        ("border-top: 2.9px solid", {"border-top-width": "2px", "border-bottom-width": "0px"}),
        ("border-width: 5px", {"border-top-width": "0px"}),
        ("border-radius: 1px 2px / 3px", {"border-top-right-radius": "2px 3px"}),
        ("background: url(a) right / 5px no-repeat red", {"background-color": "rgb(255, 0, 0)", "background-position-x": "100%", "background-repeat": "no-repeat"}),
        ("background: none", {"background-color": "rgba(0, 0, 0, 0)", "background-image": "none"}),
        ("font: italic bold 20px/2 Arial, serif", {"font-style": "italic", "font-weight": "700", "font-size": "20px", "line-height": "40px", "font-family": "Arial, serif"}),
        ("flex: 1", {"flex-grow": "1", "flex-shrink": "1", "flex-basis": "0%"}),
        ("flex: 2 30px", {"flex-grow": "2", "flex-basis": "30px"}),
        ("flex-flow: column wrap", {"flex-direction": "column", "flex-wrap": "wrap"}),
        ("gap: 1px 2px", {"row-gap": "1px", "column-gap": "2px"}),
        ("place-items: center start", {"align-items": "center", "justify-items": "start"}),
        ("grid-area: a", {"grid-row-start": "a", "grid-column-end": "a"}),
        ("grid-column: 1 / span 2", {"grid-column-start": "1", "grid-column-end": "span 2"}),
        ("grid-template: \"a b\" 10px / 1fr 2fr", {"grid-template-areas": '"a b"', "grid-template-rows": "10px", "grid-template-columns": "1fr 2fr"}),
        ("list-style: none", {"list-style-type": "none", "list-style-image": "none"}),
        ("list-style: square inside", {"list-style-type": "square", "list-style-position": "inside"}),
        ("text-decoration: underline wavy red 2px", {"text-decoration-style": "wavy", "text-decoration-color": "rgb(255, 0, 0)", "text-decoration-thickness": "2px"}),
        ("white-space: pre-wrap", {"white-space-collapse": "preserve", "text-wrap-mode": "wrap"}),
        ("overflow: hidden visible", {"overflow-x": "hidden", "overflow-y": "auto"}),
        ("columns: 3 10em", {"column-count": "3", "column-width": "160px"}),
        ("border-spacing: 1px 2px", {"-webkit-border-horizontal-spacing": "1px", "-webkit-border-vertical-spacing": "2px"}),
        ("-webkit-box-shadow: 1px 1px red", {"box-shadow": "rgb(255, 0, 0) 1px 1px 0px 0px"}),
        ("mask: url(#m) 5px 6px / cover", {"-webkit-mask-position-x": "5px", "mask-size": "cover"}),
        ("border-image: url(a) 30 fill / 2px / 1 round", {"border-image-slice": "30 fill", "border-image-width": "2px", "border-image-outset": "1", "border-image-repeat": "round"}),
        ("outline: 2px solid red", {"outline-width": "2px", "outline-color": "rgb(255, 0, 0)"}),
        ("transform-origin: left 5px 3px", {"transform-origin": "0% 5px 3px"}),
        ("float: left; position: absolute", {"float": "none", "display": "block"}),
        ("float: left; display: inline", {"float": "left", "display": "block"}),
        ("all: initial; color: red", {"display": "inline", "margin-top": "0px", "color": "rgb(255, 0, 0)"}),
        ("direction: rtl; margin-inline-start: 3px", {"margin-right": "3px", "margin-left": "0px"}),
        ("writing-mode: vertical-rl; inline-size: 3px", {"height": "3px", "width": "auto"}),
        ("margin-left: 1px; margin-inline-start: 2px", {"margin-left": "2px"}),
        ("margin-inline-start: 2px; margin-left: 1px", {"margin-left": "1px"}),
        ("--a: 3px; padding: var(--a) var(--b, 4px)", {"padding-top": "3px", "padding-left": "4px"}),
        ("--a: var(--b); --b: var(--a); color: red; color: var(--a)", {"color": "rgb(0, 0, 0)"}),
        ("--a: 1; --b: calc(var(--a) * 2px); width: var(--b)", {"width": "2px"}),
        ("width: var(--a, 5px) /* was var(--a, 4px) */", {"width": "5px"}),
        ("color: red; color: rgb(1,2)", {"color": "rgb(255, 0, 0)"}),
        ("color: red !important; color: blue", {"color": "rgb(255, 0, 0)"}),
        ("color:red;;;{};color:blue", {"color": "rgb(0, 0, 255)"}),
    ],
)  # fmt: skip
def test_a_declaration_sets_its_longhands(declaration: str, expected: dict[str, str]) -> None:
    assert {name: computed(declaration, name) for name in expected} == expected


@pytest.mark.parametrize("row", PROPERTIES, ids=lambda row: row.name)
def test_every_longhand_of_the_table_takes_the_wide_keywords_and_has_a_parser(row: object) -> None:
    name = row.name  # type: ignore[attr-defined]
    context = ValueContext()
    assert parse_declaration(name, "inherit", context) is not None
    assert parse_declaration(name, "bogus-value(", context) is None or name in ("cursor",)
    assert parse_declaration(name, "var(--x)", context) is not None


@pytest.mark.parametrize("name", sorted(SHORTHANDS))
def test_every_shorthand_names_longhands_of_the_table(name: str) -> None:
    assert len(longhand_ids(name)) == len(SHORTHANDS[name].longhands)
    assert parse_declaration(name, "bogus(", ValueContext()) is None


PIECES = st.lists(
    st.sampled_from(
        (
            "1px 50% 2em red #fff url(a) url('b') calc( min( ) ( , / + - * auto none inherit var(--x) var( linear-gradient( "
            "rgb( 0 0 0 rgba(1,2,3,.5) [a] [ ] { } \" ' ; ! important \\ -- é 1e99 45deg repeat( 1fr minmax( span "
            'inset( circle( at polygon( center left 3 blur( translate( solid bold serif "x" steps( counter( attr( image-set('
        ).split(" ")
    ),
    max_size=14,
).map(" ".join)
NAMES = st.sampled_from(
    [row.name for row in PROPERTIES] + sorted(SHORTHANDS) + ["all", "--x", "margin-inline-start"]
)


@given(NAMES, st.one_of(st.text(max_size=40), PIECES))
def test_any_value_of_any_property_is_parsed_or_left_out(name: str, value: str) -> None:
    parse_declaration(name, value, ValueContext("https://example.org/", is_quirks=True))


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=5).map(";a:".join)))
def test_any_block_of_declarations_is_parsed(text: str) -> None:
    block = parse_block(text, ValueContext())
    assert len(block.normal) >= 0


@pytest.mark.parametrize(
    ("name", "value", "other"),
    [
        ("transform", "translate(1000000.5px)", "translate(1000000px)"),
        ("background-size", "1000000.5px", "1000000px"),
        ("filter", "blur(1000000.5px)", "blur(1000000px)"),
        ("clip-path", "inset(1000000.5px)", "inset(1000000px)"),
        ("box-shadow", "1000000.5px 0", "1000000px 0"),
        (
            "background-image",
            "linear-gradient(red, 1000000.5px, blue)",
            "linear-gradient(red, 1000000px, blue)",
        ),
        ("grid-template-rows", "1000000.5px", "1000000px"),
        ("content", 'counters(a, "bc")', 'counters(ab, "c")'),
    ],
)
def test_values_are_equal_to_the_last_digit_or_not_at_all(name: str, value: str, other: str) -> None:
    """Styles with equal values are one: what differs must never be taken for the other."""
    same, twin, different = (parse_declaration(name, one, ValueContext()) for one in (value, value, other))
    assert same == twin != different


def test_a_variable_bomb_is_cut_short() -> None:
    bomb = "--a0: xxxxxxxxxxxxxxxx;" + "".join(
        f"--a{n}: var(--a{n - 1}) var(--a{n - 1});" for n in range(1, 60)
    )
    assert computed(bomb + "color: red; color: var(--a59)", "color") == "rgb(0, 0, 0)"


def test_deep_brackets_make_a_value_invalid() -> None:
    assert computed("width: 3px; width: " + "calc(" * 3000 + "1px" + ")" * 3000, "width") == "3px"
    assert parse_declaration("width", "(" * 100_000, ValueContext()) is None
