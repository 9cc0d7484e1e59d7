"""Presentational attributes as declarations."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from minibrowser.css.presentational_hints import hints_of, legacy_color
from minibrowser.dom import Document, Element
from minibrowser.dom.mutation import append
from minibrowser.dom.node import SVG_NAMESPACE

from .pages import Styled

OWN = "border-color:color-mix(in srgb,currentcolor,currentcolor);"


@pytest.mark.parametrize(
    ("name", "attributes", "expected"),
    [
        ("div", {}, ""),
        ("div", {"class": "x"}, ""),
        ("div", {"align": "center"}, "text-align:-webkit-center;"),
        ("p", {"align": "MIDDLE"}, "text-align:-webkit-center;"),
        ("body", {"bgcolor": "red", "text": "#123"}, "background-color:#ff0000;color:#112233;"),
        ("body", {"topmargin": "5"}, "margin-top:5px;"),
        ("img", {"width": "50%", "height": "10"}, "width:50%;height:10px;"),
        ("img", {"width": "4", "height": "2"}, "width:4px;height:2px;aspect-ratio:auto 4/2;"),
        ("img", {"align": "right", "border": "2"}, "border:2px solid;float:right;vertical-align:top;"),
        ("input", {"width": "4", "type": "text"}, ""),
        ("hr", {"size": "1"}, "border-bottom-width:0;"),
        ("hr", {"size": "9"}, "height:7px;"),
        ("font", {"size": "+1", "color": "blue"}, "color:#0000ff;font-size:large;"),
        ("font", {"size": "99"}, "font-size:xxx-large;"),
        ("ol", {"type": "A"}, "list-style-type:upper-alpha;"),
        ("ul", {"type": "SQUARE"}, "list-style-type:square;"),
        ("table", {"border": ""}, "border-width:1px;border-style:outset;" + OWN),
        ("table", {"cellspacing": "0", "width": "0"}, "border-spacing:0px;"),
        ("td", {"nowrap": "", "valign": "top"}, "vertical-align:top;white-space:nowrap;"),
        ("br", {"clear": "all"}, "clear:both;"),
        ("iframe", {"frameborder": "0"}, "border-width:0;"),
    ],
)
def test_attributes_stand_for_declarations(name: str, attributes: dict[str, str], expected: str) -> None:
    assert hints_of(Element(name, attributes=attributes), Document()) == expected


def test_cells_take_padding_and_borders_from_their_table() -> None:
    table, body, row, cell = (Element(name) for name in ("table", "tbody", "tr", "td"))
    append(table, body)
    append(body, row)
    append(row, cell)
    assert hints_of(cell, Document()) == ""
    table.attributes.update(cellpadding="4", border="1")
    assert hints_of(cell, Document()) == "padding:4px;border-width:1px;border-style:inset;" + OWN


def test_svg_attributes_are_properties() -> None:
    element = Element("rect", SVG_NAMESPACE, {"fill": "red", "x": "4", "stroke-width": "2"})
    assert hints_of(element, Document()) == "fill:red;stroke-width:2;"


@pytest.mark.parametrize("value", ["a;x:y", "a !important", "'", "rgb(1", "a/*", "a\\", "url(", ""])
def test_an_attribute_never_reaches_beyond_its_own_declaration(value: str) -> None:
    rect = Element("rect", SVG_NAMESPACE, {"fill": value, "stroke": "red"})
    assert hints_of(rect, Document()) == "stroke:red;"
    picture = Element("svg", SVG_NAMESPACE, {"width": value, "height": "4"})
    assert hints_of(picture, Document()) == "height:4px;"
    assert (
        hints_of(Element("font", attributes={"face": value, "size": "3"}), Document()) == "font-size:medium;"
    )


def test_hints_lose_against_any_author_rule_and_win_over_the_user_agent() -> None:
    page = Styled(
        "<!doctype html><body text=red><p align=right>x<p align=right class=a>y", "p.a{text-align:left}"
    )
    assert page.value("body", "color") == "rgb(255, 0, 0)"
    assert page.value("p", "text-align") == "-webkit-right"
    assert page.value("p.a", "text-align") == "left"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("red", "#ff0000"),
        ("#abc", "#aabbcc"),
        ("", ""),
        ("transparent", ""),
        ("chucknorris", "#c00000"),
        ("#12", "#010200"),
        ("0F6", "#000f06"),
    ],
)
def test_a_legacy_colour_is_read_as_the_standard_says(text: str, expected: str) -> None:
    assert legacy_color(text) == expected


@given(st.sampled_from(["td", "img", "hr", "font", "body", "table"]), st.text(), st.text())
def test_any_attribute_value_is_harmless(name: str, first: str, second: str) -> None:
    attributes = {"width": first, "size": first, "bgcolor": second, "border": second, "align": first}
    assert ";;" not in hints_of(Element(name, attributes=attributes), Document())


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<meta name=color-scheme content=dark>", "dark"),
        ("<meta name=Color-Scheme content=' dark '>", "dark"),
        (
            "<meta name=color-scheme content='dark; color: red'><meta name=color-scheme content='light'>",
            "light",
        ),
        ("<meta name=color-scheme content=dark><style>html { color-scheme: light }</style>", "light"),
        ("<title>x</title>", "normal"),
    ],
)
def test_a_meta_element_names_the_colour_schemes_of_the_page(head: str, expected: str) -> None:
    styled = Styled(f"<!doctype html><html><head>{head}</head><body><p>x")
    assert styled.value("p", "color-scheme") == expected
    assert styled.value("html", "color") != "rgb(255, 0, 0)"
