from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minibrowser.net.http1 import repaired_head

OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (OK + b"A: 1\r\n\r\n", OK + b"A: 1\r\n\r\n"),
        (b"HTTP/1.1 200 OK\nA: 1\n\n", OK + b"A: 1\r\n\r\n"),
        (b"\r\n\r\n" + OK + b"\r\n", OK + b"\r\n"),
        (OK + b"A : 1\r\nB\t: 2\r\n\r\n", OK + b"A: 1\r\nB: 2\r\n\r\n"),
        (OK + b"no colon\r\n: no name\r\nbad name: x\r\nA:\r\n\r\n", OK + b"A:\r\n\r\n"),
        (OK + b"A: 1\r\n\t2\r\n   3\r\n\r\n", OK + b"A: 1 2 3\r\n\r\n"),
        (OK + b" A: not a continuation\r\nB: 1\r\n\r\n", OK + b"B: 1\r\n\r\n"),
    ],
)
def test_a_sloppy_head_is_read_as_browsers_do(sent: bytes, read: bytes) -> None:
    assert repaired_head(sent) == read


@given(
    st.lists(st.tuples(st.from_regex(r"[A-Za-z-]{1,8}", fullmatch=True), st.text("abc ,;=\xe9", max_size=9)))
)
def test_a_clean_head_stays_as_it_is(headers: list[tuple[str, str]]) -> None:
    head = OK + b"".join(f"{name}: {value}\r\n".encode("latin-1") for name, value in headers) + b"\r\n"
    assert repaired_head(head) == head


@given(st.binary(max_size=80))
def test_repairing_is_total_and_ends_with_an_empty_line(junk: bytes) -> None:
    repaired = repaired_head(OK + junk + b"\r\n\r\n")
    assert repaired.startswith(b"HTTP/1.1 200 OK\r")
    assert repaired.endswith(b"\r\n\r\n")
    assert b"\n" not in repaired.replace(b"\r\n", b"")
