from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from minibrowser.net.header_values import decode_and_split
from minibrowser.net.mime_sniff import computed_mime_type
from minibrowser.net.mime_type import extract_mime_type, mime_type_for_file, parse_mime_type

PNG = b"\x89PNG\r\n\x1a\n...."
WEBP = b"RIFF\x10\0\0\0WEBPVP8 "
AVIF = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1"


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("text/html", "text/html"),
        (" Text/HTML ; Charset=UTF-8", "text/html;charset=UTF-8"),
        ('text/html;charset="a;b\\"c"', 'text/html;charset="a;b\\"c"'),
        ("text/html;charset=;x=1", "text/html;x=1"),
        ("text/html;a=1;a=2;;b", "text/html;a=1"),
        ('text/html;charset="unclosed', "text/html;charset=unclosed"),
        ("text/html;charset=gb k", 'text/html;charset="gb k"'),
        ("image/svg+xml", "image/svg+xml"),
        ("", None),
        ("text", None),
        ("text/", None),
        ("/html", None),
        ("te xt/html", None),
        ("text/html,text/css", None),
    ],
)
def test_mime_types_are_parsed_as_the_standard_says(text: str, parsed: str | None) -> None:
    result = parse_mime_type(text)
    assert (str(result) if result is not None else None) == parsed


@pytest.mark.parametrize(
    ("values", "extracted"),
    [
        (["text/html;charset=gbk"], "text/html;charset=gbk"),
        (["text/html;charset=gbk, text/html"], "text/html;charset=gbk"),
        (["text/html;charset=gbk", "text/css"], "text/css"),
        (["text/html", "nonsense"], "text/html"),
        (["text/html;charset=gbk, text/plain, text/html"], "text/html"),
        (["*/*"], None),
        ([], None),
    ],
)
def test_several_content_types_become_one(values: list[str], extracted: str | None) -> None:
    result = extract_mime_type(values)
    assert (str(result) if result is not None else None) == extracted


def test_commas_in_quotes_do_not_split() -> None:
    assert decode_and_split(['a, "b,c" , d']) == ["a", '"b,c"', "d"]


def test_a_file_is_typed_by_its_ending() -> None:
    assert mime_type_for_file("/a.b/page.HTML") == "text/html"
    assert mime_type_for_file("x.svg") == "image/svg+xml"
    assert mime_type_for_file("/a.html/none") == ""
    assert mime_type_for_file("README") == ""


@pytest.mark.parametrize(
    ("body", "stated", "computed"),
    [
        (b"\n <!doctype html>", "", "text/html"),
        (b"<html><body>", "", "text/html"),
        (b"<BODY >", "", "text/html"),
        (b"<bodyx>", "", "text/plain"),
        (b"<!-- hi", "", "text/html"),
        (b"<?xml version='1.0'?>", "", "text/xml"),
        (b"%PDF-1.7", "", "application/pdf"),
        (b"words", "", "text/plain"),
        (b"\xef\xbb\xbf\x00", "", "text/plain"),
        (b"a\x00b", "", "application/octet-stream"),
        (PNG, "", "image/png"),
        (WEBP, "", "image/webp"),
        (AVIF, "", "image/avif"),
        (b"BMxx", "", "image/bmp"),
        (b"\x1f\x8b\x08", "", "application/x-gzip"),
        (b"wOF2....", "", "font/woff2"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "", "video/mp4"),
        (b"<html>", "text/plain; charset=utf-8", "text/plain"),
        (b"<html>", "text/plain", "text/plain"),
        (b"\x00\x01", "text/plain", "application/octet-stream"),
        (b"\x00\x01", "text/plain;charset=utf-8", "text/plain"),
        (b"words", "text/html", "text/html"),
        (PNG, "text/html", "text/html"),
        (PNG, "image/gif", "image/png"),
        (b"<svg>", "image/svg+xml", "image/svg+xml"),
        (b"<html>", "application/unknown", "text/html"),
        (b"{}", "application/json", "application/json"),
    ],
)
def test_documents_are_sniffed_as_the_standard_says(body: bytes, stated: str, computed: str) -> None:
    assert computed_mime_type(body, stated, destination="document") == computed


@pytest.mark.parametrize(
    ("body", "stated", "destination", "computed"),
    [
        (PNG, "image/jpeg", "image", "image/png"),
        (PNG, "text/html", "image", "image/png"),
        (b"<svg/>", "image/svg+xml", "image", "image/svg+xml"),
        (b"\xff\xd8\xff\xe0", "", "image", "image/jpeg"),
        (b"GIF87a", "application/octet-stream", "image", "image/gif"),
        (b"<html>", "text/html", "image", "text/html"),
        (b"\0\1\0\0", "application/octet-stream", "font", "font/ttf"),
        (b"wOFF", "text/plain", "font", "font/woff"),
        (b"<html>", "text/css", "style", "text/css"),
        (b"a{}", "", "style", ""),
        (b"a{}", "text/plain", "style", "text/plain"),
    ],
)
def test_subresources_are_sniffed_by_what_they_are_for(
    body: bytes, stated: str, destination: str, computed: str
) -> None:
    assert computed_mime_type(body, stated, destination=destination) == computed


def test_nosniff_keeps_what_the_server_says() -> None:
    assert computed_mime_type(PNG, "image/gif", nosniff=True, destination="image") == "image/gif"
    assert computed_mime_type(b"\0", "text/plain", nosniff=True, destination="document") == "text/plain"
    assert computed_mime_type(b"<html>", "", nosniff=True, destination="document") == "text/plain"


@given(
    st.binary(max_size=64),
    st.text(max_size=40),
    st.booleans(),
    st.sampled_from(["", "document", "image", "font"]),
)
def test_sniffing_is_total(body: bytes, stated: str, nosniff: bool, destination: str) -> None:
    computed = computed_mime_type(body, stated, nosniff=nosniff, destination=destination)
    assert "/" in computed
