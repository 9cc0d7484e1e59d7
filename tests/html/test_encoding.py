"""Which encoding, and decoding."""

from __future__ import annotations

import pytest

from minibrowser.html import parse_document
from minibrowser.html.encoding import (
    decode,
    determine_html_encoding,
    determine_xml_encoding,
    encoding_from_label,
    extract_from_meta,
    prescan,
)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("utf8", "UTF-8"),
        (" UTF-8\n", "UTF-8"),
        ("latin1", "windows-1252"),
        ("us-ascii", "windows-1252"),
        ("gb2312", "GBK"),
        ("ks_c_5601-1987", "EUC-KR"),
        ("unicode", "UTF-16LE"),
        ("hz-gb-2312", "replacement"),
        ("x-user-defined", "x-user-defined"),
        ("klingon", ""),
        ("", ""),
    ],
)
def test_labels_name_encodings(label: str, name: str) -> None:
    assert encoding_from_label(label) == name


def test_a_byte_order_mark_outranks_all_else() -> None:
    data = b'\xef\xbb\xbf<meta charset="koi8-r">'
    assert determine_html_encoding(data, "windows-1251", False) == "UTF-8"
    assert determine_html_encoding(b"\xfe\xff\0<", None, False) == "UTF-16BE"
    assert determine_html_encoding(b"\xff\xfe<\0", None, False) == "UTF-16LE"


def test_the_transport_outranks_the_markup() -> None:
    assert determine_html_encoding(b'<meta charset="koi8-r">', "utf-8", False) == "UTF-8"


def test_an_unknown_charset_of_the_transport_is_ignored() -> None:
    assert determine_html_encoding(b'<meta charset="koi8-r">', "klingon", False) == "KOI8-R"


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        (b'<meta charset="utf-8">', "UTF-8"),
        (b"<META CHARSET = utf-8 >", "UTF-8"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=euc-jp'>", "EUC-JP"),
        (b"<meta content='text/html; charset=euc-jp' http-equiv=Content-Type>", "EUC-JP"),
        (b"<meta content='text/html; charset=euc-jp'>", ""),
        (b"<meta http-equiv=refresh content='text/html; charset=euc-jp'>", ""),
        (b"<!-- <meta charset=koi8-r> --><meta charset=utf-8>", "UTF-8"),
        (b"<!--><meta charset=utf-8>", "UTF-8"),
        (b"<p title='<meta charset=koi8-r>'><meta charset=utf-8>", "UTF-8"),
        (b"</meta charset=koi8-r><meta charset=utf-8>", "UTF-8"),
        (b"<meta charset=utf-16>", "UTF-8"),
        (b"<meta charset=x-user-defined>", "windows-1252"),
        (b"<meta charset=klingon><meta charset=utf-8>", "UTF-8"),
        (b"<metacharset=utf-8>", ""),
        (b"<meta charset='utf-8", ""),
        (b"<meta charset", ""),
        (b"<", ""),
    ],
)
def test_the_prescan_reads_meta(markup: bytes, name: str) -> None:
    assert prescan(markup) == name


def test_the_prescan_goes_on_while_the_head_lasts() -> None:
    long = b"<title>" + b"x" * 2000 + b"</title>"
    assert prescan(long + b"<meta charset=utf-8>") == "UTF-8"
    assert prescan(long + b"<body><meta charset=utf-8>") == ""


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"charset=utf-8", "UTF-8"),
        (b"charset charset = 'utf-8'", "UTF-8"),
        (b"text/html; charset=utf-8; x", "UTF-8"),
        (b'charset="utf-8', ""),
        (b"charset", ""),
    ],
)
def test_content_of_meta_names_an_encoding(content: bytes, name: str) -> None:
    assert extract_from_meta(content) == name


def test_undeclared_utf8_is_recognised_in_local_files_only() -> None:
    data = "<p>é".encode()
    assert parse_document(data, url="file:///x.html").encoding == "UTF-8"
    assert parse_document(data, url="http://x/").encoding == "windows-1252"
    assert parse_document(b"<p>\xe9", url="file:///x.html").encoding == "windows-1252"


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"a\xffb", "UTF-8", "a\ufffdb"),
        (b"\xef\xbb\xbfa", "UTF-8", "a"),
        (b"\xef\xbb\xbf\xc3\xa9", "windows-1252", "é"),
        (b"\xe2\x82", "UTF-8", "\ufffd"),
        (b"\x80\x81", "windows-1252", "€\x81"),
        (b"\xa4\xa4", "Big5", "中"),
        (b'\x1b$B$"\x1b(B', "ISO-2022-JP", "あ"),
        (b"a\0", "UTF-16LE", "a"),
        (b"\0a\0", "UTF-16BE", "a\ufffd"),
        (b"abc", "replacement", "\ufffd"),
        (b"", "windows-1252", ""),
        (b"\x80", "x-user-defined", "\uf780"),
    ],
)
def test_decoding_replaces_what_is_malformed(data: bytes, encoding: str, text: str) -> None:
    assert decode(data, encoding) == text


def test_an_xml_declaration_names_the_encoding_of_xml_only() -> None:
    data = b'<?xml version="1.0" encoding="iso-8859-1"?><a>\xe9</a>'
    assert determine_xml_encoding(data, None) == "windows-1252"
    assert determine_xml_encoding(data, "utf-8") == "UTF-8"
    assert determine_xml_encoding(b"<a/>", None) == "UTF-8"
    assert determine_xml_encoding(b'<?xml version="1.0" encoding="utf-16"?>', None) == "UTF-8"
    assert determine_xml_encoding("<?xml?>".encode("utf-16-le"), None) == "UTF-16LE"
    document = parse_document(data, is_xml=True)
    assert document.root is not None
    assert document.root.text_content() == "é"
