from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from minibrowser.net import Headers, Response
from minibrowser.net.content_disposition import (
    MAX_NAME_BYTES,
    ContentDisposition,
    parse_content_disposition,
    safe_name,
    suggested_name,
)


@pytest.mark.parametrize(
    ("header", "kind", "name"),
    [
        ("inline", "inline", ""),
        ("attachment", "attachment", ""),
        ('Attachment; filename="report.pdf"', "attachment", "report.pdf"),
        ("attachment; filename=report.pdf", "attachment", "report.pdf"),
        ('attachment; FileName = "a b.txt"', "attachment", "a b.txt"),
        ('attachment; filename="a \\"b\\".txt"', "attachment", "a _b_.txt"),
        (
            "attachment; filename=\"plain.txt\"; filename*=UTF-8''n%C3%A4m%E2%82%AC.txt",
            "attachment",
            "näm€.txt",
        ),
        ("attachment; filename*=UTF-8''first.txt; filename=second.txt", "attachment", "first.txt"),
        ("attachment; filename*=ISO-8859-1'en'%A3.txt", "attachment", "£.txt"),
        ("attachment; filename*=UTF-8''%FF; filename=fallback.txt", "attachment", "fallback.txt"),
        ("attachment; filename*=GBK''%41; filename=fallback.txt", "attachment", "fallback.txt"),
        ('attachment; filename="na\u00c3\u00afve.txt"', "attachment", "naïve.txt"),
        ('attachment; filename="na\u00efve.txt"', "attachment", "naïve.txt"),
        ('attachment; filename="a%20b.txt"', "attachment", "a b.txt"),
        ('attachment; filename="one.txt"; filename="two.txt"', "attachment", "one.txt"),
        ('filename="a.pdf"', "", "a.pdf"),
        ("form-data; name=x", "form-data", ""),
        ("", "", ""),
        (";;;", "", ""),
    ],
)
def test_what_a_header_says(header: str, kind: str, name: str) -> None:
    found = parse_content_disposition(header)
    assert (found.kind, found.filename) == (kind, name)


def test_words_that_nobody_knows_mean_attachment() -> None:
    assert ContentDisposition("form-data", "").is_attachment
    assert not ContentDisposition("inline", "a").is_attachment
    assert not ContentDisposition("", "a").is_attachment


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("..", ""),
        (".bashrc", "bashrc"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("photo\u202egnp.exe", "photo_gnp.exe"),
        ("CON.txt", "_CON.txt"),
        ("a:b|c.txt", "a_b_c.txt"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_stays_in_its_folder_and_looks_like_what_it_is(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_is_cut_so_that_file_systems_take_its_bytes() -> None:
    name = safe_name("日" * 300 + ".pdf")
    assert name.endswith("日.pdf")
    assert MAX_NAME_BYTES - 3 < len(name.encode()) <= MAX_NAME_BYTES
    assert len(safe_name("日" * 300).encode()) <= MAX_NAME_BYTES


def test_a_plain_name_that_ends_in_no_ascii_keeps_its_last_letter() -> None:
    header = "attachment; filename=voilà".encode().decode("latin-1")
    assert parse_content_disposition(header).filename == "voilà"


@given(st.text(max_size=400))
def test_no_name_escapes(text: str) -> None:
    for name in (safe_name(text), parse_content_disposition(f'attachment; filename="{text}"').filename):
        assert not set(name) & set('/\\\0\n:"')
        assert not name.startswith(".")
        assert len(name.encode("utf-8", "replace")) <= MAX_NAME_BYTES


def test_without_a_name_the_address_gives_one() -> None:
    nothing = ContentDisposition("attachment", "")
    assert suggested_name(nothing, "https://a.example/files/a%20b.zip?x") == "a b.zip"
    assert suggested_name(nothing, "https://a.example/", ".pdf") == "download.pdf"
    assert suggested_name(nothing, "data:application/zip,x") == "download"
    assert suggested_name(nothing, "no url") == "download"
    assert suggested_name(ContentDisposition("attachment", "b.txt"), "https://a.example/a.zip") == "b.txt"


def test_an_answer_knows_whether_it_is_a_download_and_its_name() -> None:
    headers = Headers([("Content-Disposition", 'attachment; filename="../a.pdf"')])
    response = Response(url="https://a.example/b", url_list=(), status=200, headers=headers)
    assert (response.is_download, response.filename) == (True, "a.pdf")
    shown = Response(url="https://a.example/b.html", url_list=(), status=200)
    assert (shown.is_download, shown.filename) == (False, "b.html")
