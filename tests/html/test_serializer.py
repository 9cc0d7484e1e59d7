"""Markup from trees."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from minibrowser.dom import Element
from minibrowser.html import parse_document, parse_fragment
from minibrowser.html.serializer import inner_html, outer_html, serialize_document, serialize_svg
from minibrowser.html.tree_dump import dump_tree

STABLE = [
    "<p>a</p>",
    '<a href="x?a=1&amp;b=2" title="&quot;&lt;q&gt;">x &amp; y &lt; z &gt;&nbsp;</a>',
    '<br><img src="a"><input>',
    "<!-- c --><b></b>",
    "<script>1 < 2 && 3</script><style>a > b</style>",
    "<template><td>x</td></template>",
    '<svg viewBox="0 0 1 1"><foreignObject><p>x</p></foreignObject><a xlink:href="y"></a></svg>',
    "<textarea>a &amp; b</textarea>",
    "<noscript><b>x</b></noscript>",
    "<pre>\n\nx</pre>",
]


@pytest.mark.parametrize("markup", STABLE[:-1])
def test_markup_comes_back_as_it_was(markup: str) -> None:
    document = parse_document("<!DOCTYPE html>")
    fragment = parse_fragment(markup, document=document)
    assert inner_html(fragment, document) == markup


@pytest.mark.parametrize("markup", STABLE[:-1])
def test_a_whole_document_round_trips(markup: str) -> None:
    document = parse_document("<!DOCTYPE html><title>x</title><body>" + markup)
    again = parse_document(serialize_document(document))
    assert dump_tree(again, again) == dump_tree(document, document)


def test_the_first_newline_of_a_pre_is_lost_as_the_standard_has_it() -> None:
    document = parse_document("")
    assert inner_html(parse_fragment(STABLE[-1], document=document), document) == "<pre>\nx</pre>"


def test_noscript_is_raw_text_where_scripts_run() -> None:
    document = parse_document("<body><noscript><b>x</b></noscript>", scripting=True)
    body = document.body
    assert body is not None
    assert inner_html(body, document, scripting=True) == "<noscript><b>x</b></noscript>"


def test_outer_html_holds_the_element_itself() -> None:
    document = parse_document("<p id=a>x<b>y")
    body = document.body
    assert body is not None
    assert outer_html(body.children[0], document) == '<p id="a">x<b>y</b></p>'


def test_a_deep_tree_does_not_recurse() -> None:
    document = parse_document("<div>" * 100_000)
    assert outer_html(document, document).count("</div>") == 100_000


def _svg(markup: str) -> tuple[Element, str]:
    document = parse_document(markup)
    body = document.body
    assert body is not None
    svg = body.element_children()[0]
    return svg, serialize_svg(svg)


def test_an_inline_svg_becomes_an_xml_document() -> None:
    _, text = _svg(
        "<svg viewbox='0 0 10 10' data-a:b=1 @click=x><defs><path id=p d='M0 0'/></defs>"
        "<use xlink:href='#p'></use><text xml:space=preserve>a &lt; b &amp; &nbsp;</text></svg>"
    )
    root = ElementTree.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.attrib == {"viewBox": "0 0 10 10"}
    assert root[1].attrib == {"{http://www.w3.org/1999/xlink}href": "#p"}
    assert root[2].text == "a < b & \xa0"


def test_html_inside_an_svg_is_in_its_own_namespace() -> None:
    _, text = _svg("<svg><foreignobject><p>x<br></p></foreignobject></svg>")
    root = ElementTree.fromstring(text)
    assert root[0][0].tag == "{http://www.w3.org/1999/xhtml}p"


def test_names_and_characters_that_xml_forbids_are_left_out() -> None:
    _, text = _svg("<svg><a:b 1x=2 title='a\x01\ufffeb\nc'>t\x0cu</a:b></svg>")
    root = ElementTree.fromstring(text)
    assert root[0].tag == "{http://www.w3.org/2000/svg}g"
    assert root[0].attrib == {"title": "ab\nc"}
    assert root[0].text == "tu"


def test_extra_attributes_stand_in_for_style_sheets() -> None:
    document = parse_document("<svg><path fill=red style='x'/></svg>")
    body = document.body
    assert body is not None
    svg = body.element_children()[0]
    path = svg.element_children()[0]
    root = ElementTree.fromstring(serialize_svg(svg, {path: {"fill": "blue"}}))
    assert root[0].attrib == {"fill": "blue"}
