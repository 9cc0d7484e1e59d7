from __future__ import annotations

import pytest

from minibrowser.net import Headers
from minibrowser.net.cors import (
    Permission,
    PreflightKey,
    cors_refusal,
    covering,
    needs_preflight,
    preflight_headers,
    preflight_refusal,
    unsafe_header_names,
)

ORIGIN = "https://shop.example"


def headers(**fields: str) -> Headers:
    return Headers([(name.replace("_", "-"), value) for name, value in fields.items()])


@pytest.mark.parametrize(
    ("origin", "credentials", "answer", "refusal"),
    [
        (ORIGIN, False, {}, "the answer has no Access-Control-Allow-Origin"),
        (ORIGIN, False, {"Access_Control_Allow_Origin": "*"}, ""),
        (ORIGIN, True, {"Access_Control_Allow_Origin": "*"}, "* does not cover requests with credentials"),
        (ORIGIN, False, {"Access_Control_Allow_Origin": ORIGIN}, ""),
        (ORIGIN, False, {"Access_Control_Allow_Origin": ORIGIN + "/"}, "is https://shop.example/, not"),
        (ORIGIN, False, {"Access_Control_Allow_Origin": "https://b.example"}, "is https://b.example, not"),
        (ORIGIN, True, {"Access_Control_Allow_Origin": ORIGIN}, "Allow-Credentials is not true"),
        (
            ORIGIN, True,
            {"Access_Control_Allow_Origin": ORIGIN, "Access_Control_Allow_Credentials": "true"}, "",
        ),
        (
            ORIGIN, True,
            {"Access_Control_Allow_Origin": ORIGIN, "Access_Control_Allow_Credentials": "True"}, "is not true",
        ),
        ("null", False, {"Access_Control_Allow_Origin": "null"}, ""),
        ("null", False, {"Access_Control_Allow_Origin": ORIGIN}, "not null"),
    ],
)  # fmt: skip
def test_an_answer_is_shared_with_those_it_names(
    origin: str, credentials: bool, answer: dict[str, str], refusal: str
) -> None:
    got = cors_refusal(origin, credentials, headers(**answer))
    assert (refusal in got and got.startswith("CORS: ")) if refusal else (got == "")


def test_two_names_are_no_name() -> None:
    both = Headers([("Access-Control-Allow-Origin", ORIGIN), ("Access-Control-Allow-Origin", ORIGIN)])
    assert cors_refusal(ORIGIN, False, both) != ""


@pytest.mark.parametrize(
    ("method", "fields", "asks"),
    [
        ("GET", {}, False),
        ("PUT", {}, True),
        ("POST", {"Content_Type": "text/plain;charset=utf-8"}, False),
        ("POST", {"Content_Type": "application/json"}, True),
        ("GET", {"Accept": "text/html"}, False),
        ("GET", {"Accept": "text/html" + "x" * 200}, True),
        ("GET", {"Accept": "(comment)"}, True),
        ("GET", {"Accept_Language": "de"}, False),
        ("GET", {"Accept_Language": "de!"}, True),
        ("GET", {"Range": "bytes=0-5"}, False),
        ("GET", {"Range": "bytes=-5"}, True),
        ("GET", {"X_Own": "1"}, True),
        ("GET", {"Authorization": "Basic x"}, True),
        ("GET", {"Host": "a", "Sec_Fetch_Mode": "cors", "Cookie": "a=1"}, False),
    ],
)
def test_what_forms_can_do_is_done_without_asking(method: str, fields: dict[str, str], asks: bool) -> None:
    assert needs_preflight(method, headers(**fields)) is asks


def test_many_harmless_headers_together_are_not_harmless() -> None:
    many = Headers([("Accept", "a" * 127)] * 9)
    assert unsafe_header_names(many) == ["accept"]


def test_a_preflight_names_the_method_and_the_unsafe_headers() -> None:
    asked = preflight_headers("PUT", headers(X_B="1", x_A="2", Accept="*/*"))
    assert asked.items() == [
        ("Access-Control-Request-Method", "PUT"),
        ("Access-Control-Request-Headers", "x-a,x-b"),
    ]
    assert "Access-Control-Request-Headers" not in preflight_headers("PUT", Headers())


def test_a_permission_covers_what_it_names() -> None:
    answer = headers(Access_Control_Allow_Methods="PUT, DELETE", Access_Control_Allow_Headers="X-A")
    allowed = Permission(answer, False, 100.0)
    assert allowed.refusal("PUT", headers(x_a="1")) == ""
    assert allowed.refusal("PATCH", Headers()) == "CORS: the server does not allow the method PATCH"
    assert allowed.refusal("put", Headers()) != ""
    assert allowed.refusal("PUT", headers(x_b="1")) == "CORS: the server does not allow the header x-b"
    assert allowed.refusal("GET", Headers()) == ""


def test_stars_mean_everything_but_credentials() -> None:
    answer = headers(Access_Control_Allow_Methods="*", Access_Control_Allow_Headers="*")
    assert Permission(answer, False, 0.0).refusal("PUT", headers(x_a="1")) == ""
    assert Permission(answer, False, 0.0).refusal("PUT", headers(Authorization="x")) != ""
    assert Permission(answer, True, 0.0).refusal("PUT", Headers()) != ""


def test_permissions_end() -> None:
    key: PreflightKey = (ORIGIN, "https://api.example/", False)
    cache = {
        key: Permission(headers(Access_Control_Allow_Methods="PUT", Access_Control_Max_Age="600"), False, 0.0)
    }
    assert covering(cache, key, "PUT", Headers(), 599.0)
    assert not covering(cache, key, "PUT", Headers(), 600.0)
    assert not covering(cache, key, "DELETE", Headers(), 0.0)
    assert not covering({}, key, "PUT", Headers(), 0.0)
    assert Permission(Headers(), False, 10.0).expires == 15.0
    assert Permission(headers(Access_Control_Max_Age="999999999"), False, 0.0).expires == 7200.0


def test_a_preflight_that_fails_permits_nothing() -> None:
    good = headers(Access_Control_Allow_Origin="*")
    assert preflight_refusal(ORIGIN, False, 204, good) == ""
    assert "status 404" in preflight_refusal(ORIGIN, False, 404, good)
    assert preflight_refusal(ORIGIN, False, 200, Headers()) != ""
