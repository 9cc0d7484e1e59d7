from __future__ import annotations

import base64

import pytest
from hypothesis import given, strategies as st

from minibrowser.errors import InvalidURLError
from minibrowser.net.data_url import forgiving_base64, parse_data_url

PLAIN = "text/plain;charset=US-ASCII"


@pytest.mark.parametrize(
    ("url", "kind", "body"),
    [
        ("data:,", PLAIN, b""),
        ("data:,X", PLAIN, b"X"),
        ("data:text/plain,X#frag,ment", "text/plain", b"X"),
        ("data:text/html;charset=utf-8,%F0%9F%98%80%", "text/html;charset=utf-8", "😀%".encode()),
        ("data:;charset=utf-8,x", "text/plain;charset=utf-8", b"x"),
        ("data:nonsense,x", PLAIN, b"x"),
        ("data:;base64,WA", PLAIN, b"X"),
        ("data:image/png;base64,iVBORw0KGgo=", "image/png", b"\x89PNG\r\n\x1a\n"),
        ("data:image/png; BASE64,iVBO Rw0K%0AGgo%3D", "image/png", b"\x89PNG\r\n\x1a\n"),
        ("data:text/plain;base64;x=y,WA", "text/plain;x=y", b"WA"),
        ("data:text/plain,a,b", "text/plain", b"a,b"),
        ('data:text/plain;a=",",X', 'text/plain;a=""', b'",X'),
    ],
)
def test_data_urls_hold_a_type_and_bytes(url: str, kind: str, body: bytes) -> None:
    parsed, found = parse_data_url(url)
    assert (str(parsed), found) == (kind, body)


@pytest.mark.parametrize(
    "url", ["data:", "data:text/html", "data:;base64,W", "data:;base64,W=", "data:;base64,W*A="]
)
def test_a_broken_data_url_raises(url: str) -> None:
    with pytest.raises(InvalidURLError):
        parse_data_url(url)


@given(st.binary())
def test_base64_round_trips_with_and_without_its_padding(data: bytes) -> None:
    encoded = base64.b64encode(data)
    assert forgiving_base64(encoded) == data
    assert forgiving_base64(encoded.rstrip(b"=")) == data


@given(st.text())
def test_any_data_url_parses_or_raises_ours(text: str) -> None:
    try:
        parse_data_url("data:" + text)
    except InvalidURLError:
        return
