"""Containment and what holds positioned boxes (https://drafts.csswg.org/css-contain-2/)."""

from __future__ import annotations

from minibrowser.layout.box import Box, BoxKind
from tests.layout.support import lay_out

STYLE = "<style>body{margin:0;font:16px/20px 'Liberation Sans'}</style>"


def rect(html: str, name: str) -> tuple[float, float, float, float]:
    """The client rectangle of the element of this id."""
    found = lay_out("<!DOCTYPE html>" + STYLE + html, 800, 600).rect(name)
    return found.x, found.y, found.width, found.height


def texts(html: str) -> list[str]:
    """All text of the box tree, in tree order."""
    found: list[str] = []
    stack: list[Box] = [lay_out("<!DOCTYPE html>" + html, 800, 600).root_box]
    while stack:
        box = stack.pop()
        if box.kind == BoxKind.TEXT and box.text.strip():
            found.append(box.text.strip())
        stack.extend(reversed(box.children))
    return found


def test_counters_inside_style_containment_are_their_own() -> None:
    html = (
        "<style>div{contain:style;counter-increment:c 123}span{counter-increment:c}"
        "span::before,p::before{content:counter(c)}</style><div><span></span><span></span></div><p></p>"
    )
    assert texts(html) == ["1", "2", "123"]


def test_quotes_opened_inside_style_containment_do_not_come_out() -> None:
    html = (
        "<style>div{quotes:'A' 'Z' '1' '9'}div::before,span::before{content:open-quote}"
        "div::after{content:close-quote}span{contain:style}</style><div><span></span></div>"
    )
    assert texts(html) == ["A", "1", "Z"]


def test_table_rows_are_not_contained_and_hold_no_positioned_boxes() -> None:
    html = (
        "<div style='position:relative;padding:25px;width:50px'><div style='display:table-row;contain:layout'>"
        "<i id=a style='position:absolute;top:0;left:0;width:9px;height:9px'></i></div></div>"
    )
    assert rect(html, "a") == (0, 0, 9, 9)


def test_cells_ignore_size_containment() -> None:
    inner = "<i style='display:block;width:40px;height:30px'></i>"
    html = f"<div id=a style='display:table-cell;contain:size'>{inner}</div>"
    assert rect(html, "a")[2:] == (40, 30)


def test_an_empty_looking_multicol_container_is_as_wide_as_its_columns() -> None:
    html = (
        "<div id=a style='float:left;contain:size;columns:2 40px;column-gap:20px'>filler filler filler</div>"
    )
    assert rect(html, "a")[2:] == (100, 0)


def test_an_inline_box_with_a_filter_holds_fixed_boxes() -> None:
    html = (
        "<p style='margin:100px 0 0 50px'><span style='will-change:backdrop-filter'>x"
        "<i id=a style='position:fixed;top:0;left:0;width:9px;height:9px'></i></span></p>"
    )
    assert rect(html, "a")[0] == 50


def test_what_is_positioned_in_a_float_belongs_to_the_inline_box_around_the_float() -> None:
    html = (
        "<div style='margin:30px'><span style='position:relative;padding-left:100px'><b style='float:left'>"
        "<i id=a style='position:absolute;top:0;left:0;right:0;height:10px'></i></b></span></div>"
    )
    x, _, width, height = rect(html, "a")
    assert (x, width, height) == (30, 100, 10)
