"""Any input gives a tree: both parsers, XML, encodings, the preload scanner, the serializers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from minibrowser.dom import Document
from minibrowser.html import parse_document, parse_fragment
from minibrowser.html.encoding import decode, determine_html_encoding, determine_xml_encoding
from minibrowser.html.parser import PARSERS
from minibrowser.html.preload_scanner import HintKind, scan
from minibrowser.html.serializer import outer_html, serialize_svg
from minibrowser.html.tree_dump import dump_tree

_PIECES = st.sampled_from(
    (
        "<!doctype html>", "<!DOCTYPE", "<html>", "<head>", "<body>", "</body>", "<p>", "</p>", "<b>", "</b>",
        "<a href=x>", "</a>", "<table>", "<tr>", "<td>", "</table>", "<caption>", "<select>", "<option>",
        "<template>", "</template>", "<svg>", "</svg>", "<foreignObject>", "<math>", "<mi>", "<annotation-xml>",
        "<script>", "</script>", "<style>", "<textarea>", "<title>", "<plaintext>", "<frameset>", "<frame>",
        "<noscript>", "</noscript>", "<!--", "-->", "<![CDATA[", "]]>", "<?pi", "?>", "&amp;", "&#x;", "&notit;",
        "\0", "\r\n", "<li>", "<ul>", "</br>", "<image>", "<input type=hidden>", "<form>", "<button>", "<h1>",
        "<ruby>", "<rt>", "<nobr>", "<col>", " x=1 class='a b'", ">", "<", "\"", "text",
    )
)  # fmt: skip
_MARKUP = st.lists(st.one_of(_PIECES, st.text(max_size=5)), max_size=40).map("".join)
_ANY_TEXT = st.text(st.characters(codec=None), max_size=200)  # lone surrogates too


def _check(document: Document) -> None:
    dump_tree(document, document)
    outer_html(document, document)
    for node in document.descendants():
        assert node.parent is not None
        assert node.parent.children[node.index] is node
    for element in document.descendant_elements():
        assert len(serialize_svg(element)) > 0
        break


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("scripting", [False, True])
@settings(max_examples=150)
@given(markup=st.one_of(_MARKUP, _ANY_TEXT))
def test_any_text_gives_an_html_document(parser: str, scripting: bool, markup: str) -> None:
    document = parse_document(markup, parser=parser, scripting=scripting)
    assert document.root is not None
    assert document.root.is_html("html")
    _check(document)


@pytest.mark.parametrize("parser", PARSERS)
@settings(max_examples=100)
@given(data=st.binary(max_size=300), charset=st.sampled_from((None, "utf-8", "gbk", "iso-2022-jp", "utf-16")))
def test_any_bytes_give_an_html_document(parser: str, data: bytes, charset: str | None) -> None:
    _check(parse_document(data, parser=parser, content_type_charset=charset))


@pytest.mark.parametrize("parser", PARSERS)
@settings(max_examples=100)
@given(
    markup=st.one_of(_MARKUP, _ANY_TEXT),
    context=st.sampled_from(
        ("div", "td", "tr", "table", "select", "template", "title", "script", "frameset", "x-y")
    ),
)
def test_any_text_gives_a_fragment(parser: str, markup: str, context: str) -> None:
    document = Document()
    dump_tree(parse_fragment(markup, context, document=document, parser=parser), document)


@settings(max_examples=200)
@given(
    markup=st.one_of(
        _MARKUP,
        _ANY_TEXT,
        _MARKUP.map(lambda inner: f"<a xmlns:b='c'>{inner}</a>"),
        _MARKUP.map(lambda x: f"<?xml?>{x}"),
    )
)
def test_any_text_gives_an_xml_document(markup: str) -> None:
    document = parse_document(markup, is_xml=True)
    assert document.root is not None
    _check(document)


@settings(max_examples=200)
@given(data=st.binary(max_size=200))
def test_any_bytes_have_an_encoding_and_give_text(data: bytes) -> None:
    for encoding in (
        determine_html_encoding(data, None, True),
        determine_xml_encoding(data, None),
        "GBK", "Big5", "EUC-JP", "EUC-KR", "Shift_JIS", "gb18030", "ISO-2022-JP", "UTF-16LE", "macintosh",
    ):  # fmt: skip
        decode(data, encoding).encode("utf-8")


@settings(max_examples=200)
@given(
    data=st.lists(
        st.sampled_from(
            (
                b"<meta ",
                b"charset",
                b"=",
                b"'",
                b'"',
                b">",
                b"<!--",
                b"-->",
                b"/",
                b"x",
                b"utf-8",
                b" ",
                b"content",
                b"http-equiv",
            )
        ),
        max_size=30,
    )
)
def test_the_prescan_ends_on_any_meta(data: list[bytes]) -> None:
    assert determine_html_encoding(b"".join(data), None, False) in ("UTF-8", "windows-1252")


@settings(max_examples=200)
@given(markup=st.one_of(_MARKUP, _ANY_TEXT), scripting=st.booleans())
def test_the_preload_scanner_takes_any_text(markup: str, scripting: bool) -> None:
    for hint in scan(markup, scripting):
        assert hint.kind is HintKind(hint.kind)
