from __future__ import annotations

import inspect

import pytest

from minibrowser import errors
from minibrowser.errors import (
    CertificateExpiredError,
    ConnectionFailedError,
    ConnectionTimeoutError,
    FileAccessError,
    MinibrowserError,
    NameNotResolvedError,
    NavigationError,
)
from minibrowser.html.parser import parse_document
from minibrowser.page.error_page import error_page, explain

CLASSES = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, NavigationError) and kind.__module__ == errors.__name__
]


def text_of(error: MinibrowserError, url: str = "https://shop.example/a?b") -> str:
    document = parse_document(error_page(error, url), url=url)
    body = document.body
    assert body is not None
    return " ".join(body.text_content().split())


def test_an_error_is_told_with_its_address_its_code_and_what_to_try() -> None:
    error = NameNotResolvedError("no address for host shop.example: no such name", "https://shop.example/")
    assert text_of(error) == (
        "This site can’t be reached shop.example’s server IP address could not be found. Try: Checking for a typing"
        " error in shop.example Checking the DNS settings, or --dns DNS_PROBE_FINISHED_NXDOMAIN no address for host"
        " shop.example: no such name"
    )


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_has_words(kind: type[NavigationError]) -> None:
    told = explain(kind("x", "https://a.example/"))
    assert told.code.startswith(("ERR_", "DNS_"))
    assert told.title
    assert told.summary


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        (ConnectionRefusedError(111, "refused"), "ERR_CONNECTION_REFUSED"),
        (ConnectionResetError(104, "reset"), "ERR_CONNECTION_RESET"),
        (OSError(113, "no route"), "ERR_ADDRESS_UNREACHABLE"),
        (OSError("no number"), "ERR_CONNECTION_FAILED"),
        (ValueError(), "ERR_CONNECTION_FAILED"),
    ],
)
def test_what_the_system_said_is_told_where_it_says_more(cause: Exception, code: str) -> None:
    error = ConnectionFailedError("x", "https://a.example/")
    error.__cause__ = cause
    assert explain(error).code == code


def test_a_time_limit_is_no_other_failure() -> None:
    error = ConnectionTimeoutError("x", "https://a.example/")
    error.__cause__ = TimeoutError(111, "x")
    assert explain(error).code == "ERR_CONNECTION_TIMED_OUT"


def test_nothing_of_the_address_or_the_message_is_markup() -> None:
    error = CertificateExpiredError("<script>alert(1)</script>", "https://a.example/")
    for url in ("https://a.example/<img src=x>", "<b>no url", "file:///tmp/<i>.html"):
        page = error_page(error, url)
        assert "<script>" not in page
        assert "<img" not in page
        assert "<i>" not in page
        assert "<b>no" not in page


def test_passwords_are_not_shown_and_files_are_named() -> None:
    assert "secret" not in error_page(FileAccessError("x"), "https://me:secret@a.example/")
    assert "<title>page.html</title>" in error_page(FileAccessError("x"), "file:///tmp/page.html")
