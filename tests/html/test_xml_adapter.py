"""XML documents."""

from __future__ import annotations

from minibrowser import limits
from minibrowser.dom import Document
from minibrowser.dom.node import HTML_NAMESPACE, SVG_NAMESPACE, XLINK_NAMESPACE, ProcessingInstruction
from minibrowser.html import parse_document
from minibrowser.html.xml_adapter import pseudo_attributes

XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
DOCTYPE = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'


def _parse(text: str) -> Document:
    return parse_document(text, is_xml=True)


def _error(document: Document) -> str:
    for element in document.descendant_elements():
        if element.local_name == "parsererror":
            return element.element_children()[1].text_content()
    return ""


def test_namespaces_and_prefixes_are_kept() -> None:
    document = _parse(
        f'<html {XHTML}><body><s:svg xmlns:s="{SVG_NAMESPACE}" xmlns:l="{XLINK_NAMESPACE}" l:href="a"/></body></html>'
    )
    assert document.is_xml
    assert document.body is not None
    svg = document.body.element_children()[0]
    assert (svg.namespace, svg.local_name, svg.prefix) == (SVG_NAMESPACE, "svg", "s")
    assert svg.get("l:href") == "a"
    assert document.attribute_namespaces[svg, "l:href"] == XLINK_NAMESPACE
    assert _error(document) == ""


def test_names_keep_their_case() -> None:
    root = _parse(f"<html {XHTML}><DIV/></html>").root
    assert root is not None
    assert root.element_children()[0].local_name == "DIV"


def test_an_element_without_a_namespace_is_not_html() -> None:
    root = _parse("<html><body/></html>").root
    assert root is not None
    assert root.namespace == ""


def test_an_xhtml_document_type_brings_the_named_characters() -> None:
    document = _parse(
        f'{DOCTYPE}<html {XHTML}><body title="&eacute;&amp;&lt;">a&nbsp;b&mdash;&lt;&AMP;</body></html>'
    )
    assert document.body is not None
    assert document.body.get("title") == "é&<"
    assert document.body.text_content() == "a\xa0b\u2014<&"
    assert _error(document) == ""


def test_without_it_a_named_character_is_an_error() -> None:
    document = _parse(f"<html {XHTML}><body>a&nbsp;b</body></html>")
    assert "undefined entity" in _error(document)


def test_entities_of_the_internal_subset_are_resolved() -> None:
    root = _parse('<!DOCTYPE a [<!ENTITY b "x<c/>y">]><a>&b;</a>').root
    assert root is not None
    assert root.text_content() == "xy"
    assert root.element_children()[0].local_name == "c"


def test_external_entities_are_never_read() -> None:
    document = _parse('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>x&b;y</a>')
    assert document.root is not None
    assert document.root.text_content() == "xy"


def test_cdata_is_text_and_comments_and_instructions_are_nodes() -> None:
    document = _parse(
        "<?xml-stylesheet href=\"a.css?x&amp;y\" type='text/css'?><a><![CDATA[<b>&]]><!--c--></a>"
    )
    instruction = document.children[0]
    assert isinstance(instruction, ProcessingInstruction)
    assert pseudo_attributes(instruction) == {"href": "a.css?x&y", "type": "text/css"}
    assert document.root is not None
    assert document.root.text_content() == "<b>&"
    assert len(document.root.children) == 2


def test_an_error_keeps_the_tree_so_far_and_tells_itself_in_the_body() -> None:
    document = _parse(f"<html {XHTML}><head><title>t</title></head><body><p>one</p><p>two</body></html>")
    body = document.body
    assert body is not None
    box, first, second = body.element_children()
    assert (box.local_name, box.namespace) == ("parsererror", HTML_NAMESPACE)
    assert "error on line 1 at column" in _error(document)
    assert (first.text_content(), second.text_content()) == ("one", "two")
    assert document.title == "t"


def test_an_empty_document_shows_its_error() -> None:
    document = _parse("")
    assert document.body is not None
    assert _error(document) != ""


def test_a_broken_picture_stands_below_its_error() -> None:
    document = _parse(f'<svg xmlns="{SVG_NAMESPACE}"><g></svg>')
    assert document.body is not None
    assert [child.local_name for child in document.body.element_children()] == ["parsererror", "svg"]


def test_entities_cannot_grow_without_bound() -> None:
    entities = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(9))
    document = _parse(f'<!DOCTYPE a [<!ENTITY e0 "0123456789">{entities}]><a>&e9;</a>')
    assert document.root is not None
    assert len(document.root.text_content()) < 2 * limits.MAX_XML_EXPANSION
    assert _error(document) != ""


def test_deep_xml_is_capped_too() -> None:
    count = limits.MAX_TREE_DEPTH * 3
    document = _parse("<a>" * count + "</a>" * count)
    assert len(document.descendant_elements()) == count
    assert _error(document) == ""
    node = document.root
    depth = 0
    while node is not None:
        depth += 1
        children = node.element_children()
        node = children[0] if children else None
    assert depth == limits.MAX_TREE_DEPTH + 1
