from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given, strategies as st

from minibrowser.errors import InvalidURLError, UsageError
from minibrowser.net.form_data import (
    Entry,
    FormFile,
    codec_of,
    encode_multipart,
    encode_text_plain,
    encode_urlencoded,
    form_body,
    form_request,
    pick_boundary,
)

ENTRIES: list[Entry] = [
    ("q", "a b&c=d"),
    ("grün", "€\nx"),
    ("file", FormFile("a.txt", b"data", "text/plain")),
]


def test_urlencoded_is_the_standards() -> None:
    assert encode_urlencoded(ENTRIES) == b"q=a+b%26c%3Dd&gr%C3%BCn=%E2%82%AC%0D%0Ax&file=a.txt"
    assert encode_urlencoded([("a", "*-._~'()")]) == b"a=*-._%7E%27%28%29"
    assert encode_urlencoded([]) == b""


def test_characters_that_the_encoding_lacks_become_references() -> None:
    assert encode_urlencoded([("a", "ü€")], "iso-8859-1") == b"a=%FC%26%238364%3B"
    assert encode_text_plain([("a", "€")], "iso-8859-1") == b"a=&#8364;\r\n"


def test_lone_surrogates_become_replacement_characters() -> None:
    assert encode_urlencoded([("a", "\ud800")]) == b"a=%EF%BF%BD"


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")),
                          st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")))))  # fmt: skip
def test_a_server_reads_back_what_was_sent(pairs: list[tuple[str, str]]) -> None:
    sent = encode_urlencoded(list(pairs)).decode()
    assert parse_qsl(sent, keep_blank_values=True) == pairs


def test_multipart_holds_each_entry_with_its_head() -> None:
    assert encode_multipart(ENTRIES, "B") == (
        b'--B\r\nContent-Disposition: form-data; name="q"\r\n\r\na b&c=d\r\n'
        b'--B\r\nContent-Disposition: form-data; name="gr\xc3\xbcn"\r\n\r\n\xe2\x82\xac\r\nx\r\n'
        b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\ndata\r\n--B--\r\n"
    )
    assert encode_multipart([], "B") == b"--B--\r\n"


def test_names_cannot_break_out_of_their_quotes() -> None:
    sent = encode_multipart([('a"\r\nX: y', FormFile('b"\n', b"", "text/plain\r\nX: y"))], "B")
    assert b'name="a%22%0D%0AX: y"; filename="b%22%0A"' in sent
    assert b"\r\nX: y" not in sent


def test_plain_text_is_for_people() -> None:
    assert encode_text_plain(ENTRIES) == "q=a b&c=d\r\ngrün=€\r\nx\r\nfile=a.txt\r\n".encode()


def test_a_boundary_is_in_no_part() -> None:
    boundary = pick_boundary(ENTRIES)
    assert boundary != pick_boundary(ENTRIES)
    body, kind = form_body(ENTRIES, "multipart/form-data")
    assert kind.startswith("multipart/form-data; boundary=----minibrowser")
    assert body.count(kind.partition("=")[2].encode()) == len(ENTRIES) + 1


def test_an_unknown_enctype_is_urlencoded() -> None:
    assert form_body([("a", "1")], "application/json") == (b"a=1", "application/x-www-form-urlencoded")
    assert form_body([("a", "1")], " Text/Plain ") == (b"a=1\r\n", "text/plain")


def test_utf16_is_never_sent() -> None:
    assert codec_of("UTF-16LE") == "utf-8"
    assert codec_of("windows-1252") == "cp1252"
    assert form_body([("a", "ü")], encoding="utf-16le")[0] == b"a=%C3%BC"


@pytest.mark.parametrize(
    ("encoding", "text", "sent"),
    [
        ("windows-874", "ก€", b"a=%A1%80"), ("x-mac-cyrillic", "Ж", b"a=%86"), ("ISO-8859-8-I", "א", b"a=%E0"),
        ("x-user-defined", "é", b"a=%26%23233%3B"), ("EUC-KR", "뷁", b"a=%94%EE"), ("Shift_JIS", "①", b"a=%87%40"),
        ("macintosh", "é", b"a=%8E"), ("Big5", "中", b"a=%A4%A4"),
    ],
)  # fmt: skip
def test_every_encoding_of_the_web_can_be_sent(encoding: str, text: str, sent: bytes) -> None:
    assert form_body([("a", text)], encoding=encoding)[0] == sent


def test_an_encoding_that_nobody_knows_is_the_callers_mistake() -> None:
    with pytest.raises(UsageError, match="klingon"):
        form_body([("a", "b")], encoding="klingon")


def test_get_puts_the_entries_in_the_place_of_the_query() -> None:
    request = form_request(
        "https://a.example/find?old=1#part", [("q", "x y")], initiator="https://a.example/"
    )
    assert (request.url, request.method, request.body) == ("https://a.example/find?q=x+y#part", "GET", None)
    assert (request.destination, request.referrer) == ("document", "https://a.example/")


def test_post_puts_them_into_the_body() -> None:
    request = form_request("https://a.example/buy?id=1", [("n", "2")], method="post")
    assert (request.url, request.method, request.body) == ("https://a.example/buy?id=1", "POST", b"n=2")
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_forms_are_sent_to_servers_only() -> None:
    with pytest.raises(InvalidURLError, match="not to mailto:"):
        form_request("mailto:a@b.example", [])
