from __future__ import annotations

import pytest

from minibrowser.net.referrer import (
    REFERRER_POLICIES,
    has_tainted_origin,
    origin_header,
    parse_referrer_policy,
    referrer_header,
    referrer_policy_of_attribute,
    referrer_policy_of_meta,
)
from minibrowser.url import URL

SOURCE = "https://user:secret@shop.example/cart?id=1#total"
FULL = "https://shop.example/cart?id=1"
ORIGIN = "https://shop.example/"
SAME = "https://shop.example/x"
CROSS = "https://b.example/"
PLAIN = "http://b.example/"


@pytest.mark.parametrize(
    ("policy", "same", "cross", "plain"),
    [
        ("no-referrer", "", "", ""),
        ("no-referrer-when-downgrade", FULL, FULL, ""),
        ("same-origin", FULL, "", ""),
        ("origin", ORIGIN, ORIGIN, ORIGIN),
        ("strict-origin", ORIGIN, ORIGIN, ""),
        ("origin-when-cross-origin", FULL, ORIGIN, ORIGIN),
        ("strict-origin-when-cross-origin", FULL, ORIGIN, ""),
        ("unsafe-url", FULL, FULL, FULL),
        ("", FULL, ORIGIN, ""),
    ],
)
def test_a_policy_cuts_the_referrer(policy: str, same: str, cross: str, plain: str) -> None:
    assert referrer_header(SOURCE, URL(SAME), policy) == same
    assert referrer_header(SOURCE, URL(CROSS), policy) == cross
    assert referrer_header(SOURCE, URL(PLAIN), policy) == plain


def test_a_long_referrer_is_cut_to_its_origin() -> None:
    long = "https://shop.example/" + "x" * 4096
    for policy in ("unsafe-url", "same-origin", ""):
        assert referrer_header(long, URL(SAME), policy) == ORIGIN


def test_loopback_over_http_is_a_downgrade_as_in_chromium() -> None:
    assert referrer_header(SOURCE, URL("http://localhost:8000/")) == ""
    assert referrer_header(SOURCE, URL("http://localhost:8000/"), "origin") == ORIGIN


@pytest.mark.parametrize("source", ["", "file:///home", "data:text/html,x", "about:blank"])
def test_local_documents_are_no_referrers(source: str) -> None:
    assert referrer_header(source, URL(SAME), "unsafe-url") == ""


@pytest.mark.parametrize(
    ("values", "policy"),
    [
        ([], ""),
        (["no-referrer"], "no-referrer"),
        (["No-Referrer, STRICT-ORIGIN"], "strict-origin"),
        (["no-referrer, some-future-policy"], "no-referrer"),
        (["origin", "unsafe-url"], "unsafe-url"),
        (["never"], ""),
        (["", ","], ""),
    ],
)
def test_the_last_known_policy_of_a_header_wins(values: list[str], policy: str) -> None:
    assert parse_referrer_policy(values) == policy


def test_metas_know_the_old_words_and_attributes_do_not() -> None:
    assert referrer_policy_of_meta(" Never ") == "no-referrer"
    assert referrer_policy_of_meta("always") == "unsafe-url"
    assert referrer_policy_of_meta("origin-when-crossorigin") == "origin-when-cross-origin"
    assert referrer_policy_of_meta("nonsense") == ""
    assert referrer_policy_of_attribute("never") == ""
    for policy in REFERRER_POLICIES:
        assert referrer_policy_of_meta(policy) == referrer_policy_of_attribute(policy.upper()) == policy


@pytest.mark.parametrize(
    ("policy", "target", "origin"),
    [
        ("no-referrer", SAME, "null"),
        ("same-origin", SAME, "https://shop.example"),
        ("same-origin", CROSS, "null"),
        ("origin", PLAIN, "https://shop.example"),
        ("unsafe-url", PLAIN, "https://shop.example"),
        ("strict-origin", PLAIN, "null"),
        ("strict-origin", CROSS, "https://shop.example"),
        ("", CROSS, "https://shop.example"),
    ],
)
def test_the_referrer_policy_hides_the_origin_of_a_post(policy: str, target: str, origin: str) -> None:
    assert origin_header("POST", "navigate", SOURCE, URL(target), policy=policy) == origin


def test_cors_tells_the_origin_whatever_the_policy_says() -> None:
    assert origin_header("GET", "cors", SOURCE, URL(CROSS), policy="no-referrer") == "https://shop.example"
    assert origin_header("GET", "cors", "file:///a", URL(CROSS)) == "null"
    assert origin_header("GET", "cors", SOURCE, URL(SAME), tainted=True) == "null"


def test_an_origin_is_tainted_by_a_redirect_from_a_stranger_to_another() -> None:
    assert not has_tainted_origin(SAME, [SAME, CROSS])
    assert not has_tainted_origin(SAME, [CROSS, CROSS + "x"])
    assert has_tainted_origin(SAME, [CROSS, "https://c.example/"])
    assert has_tainted_origin(SAME, [SAME, CROSS, SAME])
    assert not has_tainted_origin("", [CROSS, SAME])
