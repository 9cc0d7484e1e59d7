"""`parse_document` and `parse_fragment`, with both parsers."""

from __future__ import annotations

import pytest

from minibrowser import limits
from minibrowser.dom import Document, Element, QuirksMode, Text
from minibrowser.dom.node import SVG_NAMESPACE
from minibrowser.errors import UsageError
from minibrowser.html import is_xml_type, parse_document, parse_fragment
from minibrowser.html.base import base_href
from minibrowser.html.parser import PARSERS
from minibrowser.html.serializer import inner_html
from minibrowser.html.tree_dump import dump_tree

both = pytest.mark.parametrize("parser", PARSERS)


def _body(document: Document) -> Element:
    body = document.body
    assert body is not None
    return body


@both
def test_missing_tags_are_implied(parser: str) -> None:
    document = parse_document("<title>T</title>Hello <b>world", parser=parser)
    assert dump_tree(document, document) == (
        '| <html>\n|   <head>\n|     <title>\n|       "T"\n|   <body>\n'
        '|     "Hello "\n|     <b>\n|       "world"'
    )
    assert document.title == "T"


@both
def test_children_know_their_parent_and_position(parser: str) -> None:
    document = parse_document("<p>a<b>c</b>d<p>e", parser=parser)
    for node in document.descendants():
        assert node.parent is not None
        assert node.parent.children[node.index] is node


@both
def test_id_and_classes_are_derived_from_the_attributes(parser: str) -> None:
    document = parse_document('<p id=x class=" b  a b\ta ">', parser=parser)
    paragraph = _body(document).element_children()[0]
    assert paragraph.id == "x"
    assert paragraph.classes == ("b", "a")


@both
def test_a_no_break_space_is_part_of_a_class_name(parser: str) -> None:
    document = parse_document('<p class="a\xa0b c">', parser=parser)
    assert _body(document).element_children()[0].classes == ("a\xa0b", "c")


@both
def test_noscript_holds_elements_without_scripting_and_text_with(parser: str) -> None:
    off = parse_document("<body><noscript><b>x</b></noscript>", parser=parser)
    on = parse_document("<body><noscript><b>x</b></noscript>", parser=parser, scripting=True)
    assert _body(off).element_children()[0].element_children()[0].is_html("b")
    only = _body(on).element_children()[0].children
    assert len(only) == 1
    assert isinstance(only[0], Text)
    assert only[0].data == "<b>x</b>"


@pytest.mark.parametrize("scripting", [False, True])
def test_the_contents_of_a_template_stand_beside_the_tree(scripting: bool) -> None:
    document = parse_document("<template><td>x<template>y", scripting=scripting)
    outer = document.head
    assert outer is not None
    template = outer.element_children()[0]
    assert template.children == []
    cell = document.templates[template].element_children()[0]
    assert cell.is_html("td")
    inner = cell.element_children()[0]
    assert document.templates[inner].text_content() == "y"


@both
def test_svg_attributes_know_their_namespace(parser: str) -> None:
    document = parse_document(
        "<svg viewbox='0 0 1 1'><a xlink:href=x /></svg><a xlink:href=y>", parser=parser
    )
    svg = _body(document).element_children()[0]
    link = svg.element_children()[0]
    assert svg.namespace == SVG_NAMESPACE
    assert svg.get("viewBox") == "0 0 1 1"
    assert list(document.attribute_namespaces) == [(link, "xlink:href")]


DOCTYPES = [
    ("", QuirksMode.QUIRKS),
    ("<!doctype html>", QuirksMode.NO_QUIRKS),
    (" <!-- x --><!DOCTYPE  HTML >", QuirksMode.NO_QUIRKS),
    ("<!DOCTYPE html SYSTEM 'about:legacy-compat'>", QuirksMode.NO_QUIRKS),
    ("<!DOCTYPE>", QuirksMode.QUIRKS),
    ("<!DOCTYPE svg>", QuirksMode.QUIRKS),
    ("<!DOCTYPE html PUBLIC>", QuirksMode.QUIRKS),
    ("<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 3.2 Final//EN'>", QuirksMode.QUIRKS),
    ('<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN">', QuirksMode.NO_QUIRKS),
    ('<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">', QuirksMode.QUIRKS),
    (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">',
        QuirksMode.LIMITED_QUIRKS,
    ),
    ('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x">', QuirksMode.LIMITED_QUIRKS),
    (
        '<!DOCTYPE html SYSTEM "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd">',
        QuirksMode.QUIRKS,
    ),
]


@both
@pytest.mark.parametrize(("doctype", "mode"), DOCTYPES)
def test_the_document_type_sets_the_mode(parser: str, doctype: str, mode: QuirksMode) -> None:
    assert parse_document(doctype + "<p>x", parser=parser).mode == mode


def test_an_xml_document_is_never_in_quirks_mode() -> None:
    assert (
        parse_document("<html xmlns='http://www.w3.org/1999/xhtml'/>", is_xml=True).mode
        == QuirksMode.NO_QUIRKS
    )


@both
def test_elements_beyond_the_depth_cap_become_siblings(parser: str) -> None:
    count = limits.MAX_TREE_DEPTH + 200
    document = parse_document("<div>" * count + "x", parser=parser)
    deepest = 0
    elements = 0
    node = document.root
    stack = [(node, 1)] if node is not None else []
    while stack:
        element, depth = stack.pop()
        elements += 1
        deepest = max(deepest, depth)
        stack.extend((child, depth + 1) for child in element.element_children())
    assert elements == count + 3  # html, head, body
    assert deepest == limits.MAX_TREE_DEPTH + 1
    assert document.root is not None
    assert document.root.text_content() == "x"


def test_lone_surrogates_in_text_become_replacement_characters() -> None:
    document = parse_document("<p title='\ud800'>a\udfffb")
    paragraph = _body(document).element_children()[0]
    assert paragraph.get("title") == "\ufffd"
    assert paragraph.text_content() == "a\ufffdb"


def test_an_unknown_parser_is_an_error_with_a_name() -> None:
    with pytest.raises(UsageError, match="turbohtml and html5lib"):
        parse_document("x", parser="lxml")
    with pytest.raises(UsageError, match="turbohtml and html5lib"):
        parse_fragment("x", parser="lxml")


@both
def test_a_fragment_is_parsed_in_its_context(parser: str) -> None:
    document = Document()
    cells = parse_fragment("<td>1<td>2", "tr", document=document, parser=parser)
    assert inner_html(cells, document) == "<td>1</td><td>2</td>"
    text = parse_fragment("<td>1<td>2", "div", document=document, parser=parser)
    assert inner_html(text, document) == "12"


def test_a_fragment_in_an_unknown_element_is_parsed_as_in_the_body() -> None:
    document = Document()
    fragment = parse_fragment("<p>x", "my-element", document=document)
    assert inner_html(fragment, document) == "<p>x</p>"


def test_a_fragment_in_an_svg_element_is_svg() -> None:
    fragment = parse_fragment("<circle/>", "g", namespace=SVG_NAMESPACE)
    circle = fragment.element_children()[0]
    assert circle.namespace == SVG_NAMESPACE


def test_the_first_base_with_an_href_counts() -> None:
    document = parse_document("<base target=x><base href=/a/><base href=/b/>")
    assert base_href(document) == "/a/"
    assert base_href(parse_document("<p>")) is None


def test_xml_types_are_told_apart() -> None:
    assert is_xml_type("application/xhtml+xml")
    assert is_xml_type("image/svg+xml")
    assert is_xml_type("application/rss+xml")
    assert not is_xml_type("text/html")


def test_scripts_and_styles_keep_their_text_as_it_is() -> None:
    document = parse_document("<style>a > b { }</style><script>1 < 2 && '<b>'</script>")
    assert document.head is not None
    style, script = document.head.element_children()
    assert style.text_content() == "a > b { }"
    assert script.text_content() == "1 < 2 && '<b>'"
