"""The cache's policy, without a store and without a clock. tests/conformance plays the public suite."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from minibrowser.limits import MAX_HEURISTIC_FRESHNESS
from minibrowser.net import cache
from minibrowser.net.cache import CacheRequest, StoredResponse, Use
from minibrowser.net.cache_control import CacheControl
from minibrowser.net.header_values import split_list
from minibrowser.net.headers import Headers
from minibrowser.net.http_date import format_http_date, parse_http_date

NOW = 1_800_000_000.0
URL = "https://shop.example/a"


def entry(status: int = 200, body: bytes = b"0123456789", **headers: str) -> StoredResponse:
    """Received at NOW; `cache_control="..."` becomes `Cache-Control: ...`."""
    fields = Headers((name.replace("_", "-"), value) for name, value in headers.items())
    return StoredResponse(
        (URL, "shop.example"), (status, "OK", "HTTP/1.1"), (fields, body), times=(NOW, NOW),
        part=cache.part_of(status, fields),
    )  # fmt: skip


def request(mode: str = "default", method: str = "GET", **headers: str) -> CacheRequest:
    fields = Headers((name.replace("_", "-"), value) for name, value in headers.items())
    return CacheRequest(method, URL, fields, mode)


def test_what_is_fresh_is_used_and_the_reason_says_for_how_long() -> None:
    decision = cache.choose(request(), [entry(cache_control="max-age=60")], NOW + 19)
    assert (decision.use, decision.reason) == (Use.STORED, "fresh for 41 s more")


def test_what_is_stale_is_validated_with_all_it_has() -> None:
    modified = format_http_date(NOW - 5)
    stored = entry(cache_control="max-age=60", etag='"v1"', last_modified=modified)
    decision = cache.choose(request(), [stored], NOW + 61)
    assert decision.use is Use.VALIDATE
    assert decision.headers == (("If-None-Match", '"v1"'), ("If-Modified-Since", modified))
    assert decision.reason == "stale for 1 s"


def test_what_is_stale_without_a_validator_is_fetched_anew() -> None:
    decision = cache.choose(request(), [entry(cache_control="max-age=0")], NOW)
    assert (decision.use, decision.reason) == (Use.FETCH, "stale for 0 s, nothing to validate it with")


@pytest.mark.parametrize(
    ("mode", "fresh", "stale"),
    [
        ("default", Use.STORED, Use.VALIDATE),
        ("no-store", Use.PASS, Use.PASS),
        ("reload", Use.PASS, Use.PASS),
        ("no-cache", Use.VALIDATE, Use.VALIDATE),
        ("force-cache", Use.STORED, Use.STORED),
        ("only-if-cached", Use.STORED, Use.STORED),
    ],
)
def test_the_modes_of_fetch(mode: str, fresh: Use, stale: Use) -> None:
    stored = entry(cache_control="max-age=60", etag='"v1"')
    assert cache.choose(request(mode), [stored], NOW + 1).use is fresh
    assert cache.choose(request(mode), [stored], NOW + 99).use is stale


def test_modes_tell_caches_on_the_way() -> None:
    assert request("no-cache").mode_headers() == [("Cache-Control", "max-age=0")]
    assert request("reload").mode_headers() == [("Pragma", "no-cache"), ("Cache-Control", "no-cache")]
    assert request("reload", cache_control="x").mode_headers() == [("Pragma", "no-cache")]
    assert request().mode_headers() == []


def test_a_request_that_is_conditional_by_itself_passes() -> None:
    own = request(if_none_match='"mine"')
    assert cache.choose(own, [entry(cache_control="max-age=60")], NOW).use is Use.PASS
    assert cache.not_stored(own, 200, Headers([("Cache-Control", "max-age=60")])) == "cache mode no-store"


def test_immutable_survives_a_reload_while_it_is_fresh() -> None:
    stored = entry(cache_control="max-age=60, immutable", etag='"v1"')
    assert cache.choose(request("no-cache"), [stored], NOW).use is Use.STORED
    assert cache.choose(request("no-cache"), [stored], NOW + 60).use is Use.VALIDATE


def test_stale_while_revalidate_ends() -> None:
    stored = entry(cache_control="max-age=10, stale-while-revalidate=30", etag='"v1"')
    assert cache.choose(request(), [stored], NOW + 40).use is Use.STORED_AND_REVALIDATE
    assert cache.choose(request(), [stored], NOW + 41).use is Use.VALIDATE
    strict = entry(cache_control="max-age=10, stale-while-revalidate=30, must-revalidate", etag='"v1"')
    assert cache.choose(request(), [strict], NOW + 20).use is Use.VALIDATE


def test_stale_if_error_stands_in_for_a_while() -> None:
    stored = entry(cache_control="max-age=10, stale-if-error=30")
    assert cache.serves_after_error(request(), stored, NOW + 40) == "stale for 30 s, stale-if-error=30"
    assert cache.serves_after_error(request(), stored, NOW + 41) == ""
    assert cache.serves_after_error(request("no-cache"), stored, NOW + 20) == ""
    assert cache.serves_after_error(request(), entry(cache_control="max-age=10"), NOW + 11) == ""


@pytest.mark.parametrize(
    ("directive", "use"),
    [
        ("no-cache", Use.VALIDATE), ("max-age=5", Use.VALIDATE), ("max-age=15", Use.STORED),
        ("min-fresh=51", Use.VALIDATE), ("min-fresh=49", Use.STORED), ("no-store", Use.PASS),
        ("only-if-cached", Use.STORED),
    ],
)  # fmt: skip
def test_directives_of_the_request(directive: str, use: Use) -> None:
    stored = entry(cache_control="max-age=60", etag='"v1"')
    assert cache.choose(request(cache_control=directive), [stored], NOW + 10).use is use


def test_max_stale_allows_what_must_revalidate_forbids() -> None:
    wants = request(cache_control="max-stale=5")
    assert cache.choose(wants, [entry(cache_control="max-age=10")], NOW + 15).use is Use.STORED
    assert cache.choose(wants, [entry(cache_control="max-age=10")], NOW + 16).use is Use.FETCH
    strict = entry(cache_control="max-age=10, must-revalidate")
    assert cache.choose(wants, [strict], NOW + 12).use is Use.FETCH


def test_vary_chooses_and_validates_with_the_other_variants() -> None:
    answer = Headers([("Vary", "Accept-Language, X"), ("ETag", '"en"'), ("Cache-Control", "max-age=60")])
    asked = Headers([("Accept-Language", "en, de;q=0.5")])
    selecting = cache.selecting_headers(asked, answer)
    stored = StoredResponse((URL, ""), (200, "OK", ""), (answer, b""), times=(NOW, NOW), selecting=selecting)
    assert cache.choose(request(accept_language="DE;q=0.5 ,EN"), [stored], NOW).use is Use.STORED
    other = cache.choose(request(accept_language="fr"), [stored], NOW)
    assert (other.use, other.headers) == (Use.FETCH, (("If-None-Match", '"en"'),))
    assert cache.choose(request(accept_language="en, de;q=0.5", x="1"), [stored], NOW).use is Use.FETCH
    assert cache.validated_entry(None, [stored], Headers([("ETag", 'W/"en"')])) is stored
    assert cache.validated_entry(None, [stored], Headers([("ETag", '"xx"')])) is None


def test_heuristic_freshness_is_a_tenth_of_the_age_and_bounded() -> None:
    assert cache.freshness_lifetime(entry(last_modified=format_http_date(NOW - 1000))) == 100
    assert cache.freshness_lifetime(entry(last_modified=format_http_date(0))) == MAX_HEURISTIC_FRESHNESS
    assert cache.freshness_lifetime(entry(403, last_modified=format_http_date(NOW - 1000))) == 0
    assert cache.freshness_lifetime(entry(301)) == MAX_HEURISTIC_FRESHNESS
    assert cache.freshness_lifetime(entry(302)) == 0


def test_the_age_counts_the_way_and_the_stay() -> None:
    stored = StoredResponse((URL, ""), (200, "OK", ""), (Headers([("Age", "10")]), b""), times=(NOW - 2, NOW))
    assert cache.current_age(stored, NOW + 5) == 17
    assert cache.current_age(entry(date=format_http_date(NOW - 30), age="10"), NOW + 5) == 35
    status, _, headers, body = cache.served(stored, request(), NOW + 5, validated=False)
    assert (status, headers.get_all("age"), body) == (200, ["17"], b"")


@pytest.mark.parametrize(
    ("status", "headers", "reason"),
    [
        (200, {"Cache-Control": "no-store"}, "no-store"),
        (200, {"Cache-Control": "no-store, must-understand"}, ""),
        (599, {"Cache-Control": "max-age=9, must-understand"}, "must-understand, and status 599 is not"),
        (200, {"Vary": "Accept, *"}, "Vary: *"),
        (403, {}, "status 403 without stated freshness"),
        (403, {"Cache-Control": "max-age=1"}, ""),
        (206, {}, "a part of unknown place"),
        (304, {}, "status 304"),
        (200, {}, ""),
    ],
)
def test_what_is_not_stored_has_a_reason(status: int, headers: dict[str, str], reason: str) -> None:
    assert cache.not_stored(request(), status, Headers(headers.items())) == reason


def test_a_post_is_stored_only_for_its_own_content_location() -> None:
    post = request(method="POST")
    about = Headers([("Cache-Control", "max-age=9"), ("Content-Location", "/a")])
    assert cache.not_stored(post, 200, about) == ""
    assert cache.not_stored(post, 200, Headers([("Cache-Control", "max-age=9")])) == "method POST"
    assert cache.choose(post, [entry(cache_control="max-age=60")], NOW).use is Use.PASS


def test_hop_by_hop_headers_are_not_stored() -> None:
    headers = Headers([("Connection", "x, close"), ("X", "1"), ("Keep-Alive", "5"), ("Y", "2")])
    assert cache.stored_headers(headers).items() == [("Y", "2")]


def test_a_304_renews_the_headers_but_not_those_of_the_body() -> None:
    stored = entry(cache_control="max-age=1", content_length="10", age="3", x="old")
    news = Headers([("Cache-Control", "max-age=50"), ("Content-Length", "0"), ("X", "new"), ("X", "er")])
    fresh = cache.refreshed(stored, news, (NOW + 9, NOW + 10))
    assert fresh.headers.get_all("x") == ["new", "er"]
    assert (fresh.headers["content-length"], fresh.headers.get("age")) == ("10", None)
    assert cache.choose(request(), [fresh], NOW + 20).reason == "fresh for 39 s more"


def test_unsafe_methods_invalidate_what_they_name_on_their_own_origin() -> None:
    headers = Headers([("Location", "/b#x"), ("Content-Location", "https://other.example/c")])
    assert cache.invalidated_urls("POST", URL, 201, headers) == [URL, "https://shop.example/b"]
    assert cache.invalidated_urls("POST", URL, 500, headers) == []
    assert cache.invalidated_urls("GET", URL, 200, headers) == []


@pytest.mark.parametrize(
    ("wanted", "body", "place"),
    [
        ("bytes=2-4", b"234", "bytes 2-4/10"), ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"), ("bytes=8-99", b"89", "bytes 8-9/10"),
    ],
)  # fmt: skip
def test_a_whole_response_serves_its_parts(wanted: str, body: bytes, place: str) -> None:
    own = request(range=wanted)
    stored = entry(cache_control="max-age=60")
    assert cache.choose(own, [stored], NOW).use is Use.STORED
    status, _, headers, part = cache.served(stored, own, NOW, validated=False)
    assert (status, part, headers["content-range"]) == (206, body, place)


def test_a_part_serves_what_it_holds_and_nothing_else() -> None:
    stored = entry(206, b"4567", content_range="bytes 4-7/10", cache_control="max-age=60")
    assert cache.choose(request(range="bytes=5-6"), [stored], NOW).use is Use.STORED
    assert cache.served(stored, request(range="bytes=5-6"), NOW, validated=False)[3] == b"56"
    for wanted in ("bytes=3-5", "bytes=6-8", "bytes=-2", "bytes=0-1,4-5", "lines=4-5"):
        assert cache.choose(request(range=wanted), [stored], NOW).use is Use.FETCH
    assert cache.choose(request(), [stored], NOW).use is Use.FETCH
    coded = entry(cache_control="max-age=60", content_encoding="gzip")
    assert cache.choose(request(range="bytes=0-1"), [coded], NOW).use is Use.FETCH


def test_a_head_is_answered_without_a_body_and_renews_what_it_agrees_with() -> None:
    stored = entry(cache_control="max-age=60", etag='"v1"')
    head = request(method="HEAD")
    assert cache.choose(head, [stored], NOW).use is Use.STORED
    assert cache.served(stored, head, NOW, validated=False)[3] == b""
    assert cache.choose(head, [stored], NOW + 61).use is Use.FETCH
    assert cache.agrees_with_head(stored, Headers([("ETag", '"v1"')]))
    assert not cache.agrees_with_head(stored, Headers([("ETag", '"v2"')]))


def test_the_qualified_no_cache_hides_its_headers() -> None:
    stored = entry(cache_control='max-age=60, no-cache="a, B"', a="1", b="2", c="3")
    assert cache.choose(request(), [stored], NOW).use is Use.STORED
    headers = cache.served(stored, request(), NOW, validated=False)[2]
    assert [name for name in ("a", "b", "c") if name in headers] == ["c"]


def test_cache_control_reads_lists_quotes_and_numbers() -> None:
    control = CacheControl(['Max-Age="60", ext="a, max-age=1", no-cache="X, y"', "max-age=5, private"])
    assert control.seconds("max-age") == 60
    assert control.fields("no-cache") == {"x", "y"}
    assert "private" in control
    assert [CacheControl([f"max-age={bad}"]).seconds("max-age") for bad in ("-1", "1.5", "a", "")] == [0] * 4
    assert CacheControl(["max-age=99999999999999999999"]).seconds("max-age") == 2**31
    assert CacheControl([]).seconds("max-age") is None
    assert split_list('a, "b,c" ,, d"e\\",f"') == ["a", '"b,c"', 'd"e\\",f"']


def test_the_three_forms_of_dates_and_what_is_none() -> None:
    moment = 784_111_777.0
    for text in (
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        "sun, 06 nOV 1994 08:49:37 gmt",
    ):  # fmt: skip
        assert parse_http_date(text, NOW) == moment
    assert format_http_date(moment) == "Sun, 06 Nov 1994 08:49:37 GMT"
    for text in (
        "0", "", "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 25:49:37 GMT",
    ):  # fmt: skip
        assert parse_http_date(text, NOW) is None


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=30))
def test_any_header_gives_a_decision(control: str, other: str, wanted: str) -> None:
    stored = entry(
        cache_control=control, expires=other, age=other, vary=other, date=other, last_modified=other
    )
    for own in (request(cache_control=other), request(range=wanted)):
        decision = cache.choose(own, [stored], NOW + 1)
        if decision.entry is not None:
            cache.served(decision.entry, own, NOW, validated=False)
    assert cache.current_age(stored, NOW) >= 0
    assert cache.freshness_lifetime(stored) >= 0
    cache.not_stored(request(), 200, stored.headers)
