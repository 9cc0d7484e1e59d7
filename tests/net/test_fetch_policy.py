from __future__ import annotations

import pytest

from minibrowser.errors import (
    BlockedError,
    ContentSecurityPolicyError,
    ContentTypeError,
    MixedContentError,
    UnsafePortError,
)
from minibrowser.net import Headers, Request, Response
from minibrowser.net.fetch_policy import (
    FetchPolicy,
    before_hop,
    check_answer,
    local_refusal,
    type_refusal,
)
from minibrowser.net.framing import frame_refusal
from minibrowser.net.mixed_content import MixedContent, decide
from minibrowser.url import URL

PAGE = "https://shop.example/"


def asked(url: str, destination: str = "image", **more: object) -> Request:
    return Request(url=url, destination=destination, initiator=PAGE, **more)  # type: ignore[arg-type]


def response(url: str = PAGE, **headers: str) -> Response:
    pairs = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return Response(url=url, url_list=(url,), status=200, headers=Headers(pairs))


@pytest.mark.parametrize(
    ("page", "url", "destination", "action"),
    [
        (PAGE, "http://a.example/x", "image", MixedContent.UPGRADE),
        (PAGE, "http://a.example/x", "style", MixedContent.BLOCK),
        (PAGE, "http://a.example/x", "iframe", MixedContent.BLOCK),
        (PAGE, "http://a.example/x", "font", MixedContent.BLOCK),
        (PAGE, "http://a.example/x", "document", MixedContent.ALLOW),
        (PAGE, "http://192.0.2.1/x", "image", MixedContent.BLOCK),
        (PAGE, "http://[2001:db8::1]/x", "image", MixedContent.BLOCK),
        (PAGE, "http://localhost:8000/x", "style", MixedContent.ALLOW),
        (PAGE, "http://127.0.0.1/x", "image", MixedContent.ALLOW),
        (PAGE, "https://a.example/x", "style", MixedContent.ALLOW),
        (PAGE, "data:text/css,", "style", MixedContent.ALLOW),
        ("http://shop.example/", "http://a.example/x", "style", MixedContent.ALLOW),
        ("file:///page.html", "http://a.example/x", "style", MixedContent.ALLOW),
        ("about:blank", "http://a.example/x", "style", MixedContent.ALLOW),
    ],
)
def test_mixed_content_is_upgraded_or_blocked(
    page: str, url: str, destination: str, action: MixedContent
) -> None:
    assert decide(page, asked(url, destination)).action is action


def test_an_upgrade_keeps_ports_but_eighty() -> None:
    assert decide(PAGE, asked("http://a.example:80/x")).url == "https://a.example/x"
    assert decide(PAGE, asked("http://a.example:8080/x")).url == "https://a.example:8080/x"


def test_pictures_of_a_set_are_blocked_rather_than_upgraded() -> None:
    assert decide(PAGE, asked("http://a.example/x", image_set=True)).action is MixedContent.BLOCK


def test_upgrade_insecure_requests_upgrades_everything_a_page_asks_for() -> None:
    for destination in ("image", "style", "iframe"):
        decision = decide(
            "http://shop.example/", asked("http://a.example/", destination), upgrade_insecure=True
        )
        assert (decision.action, decision.url) == (MixedContent.UPGRADE, "https://a.example/")
        assert decision.reason == "upgrade-insecure-requests"
    loopback = asked("http://127.0.0.1/", "style")
    assert decide("http://shop.example/", loopback, upgrade_insecure=True).action is MixedContent.ALLOW


def test_a_hop_is_upgraded_before_the_policy_looks_at_it() -> None:
    policy = FetchPolicy.of_response(response(content_security_policy="img-src https:"))
    hop = before_hop(asked("http://a.example/x", policy=policy))
    assert (hop.url, hop.reason) == ("https://a.example/x", "mixed content: https://shop.example is https")


def test_refusals_name_address_and_rule() -> None:
    policy = FetchPolicy.of_response(response(content_security_policy="img-src 'self'"))
    with pytest.raises(
        ContentSecurityPolicyError, match=r"https://a\.example/x: CSP: img-src 'self' does not allow"
    ):
        before_hop(asked("https://a.example/x", policy=policy))
    with pytest.raises(
        MixedContentError, match=r"http://a\.example/x: mixed content: https://shop\.example is https"
    ):
        before_hop(asked("http://a.example/x", "style", policy=policy))
    with pytest.raises(UnsafePortError, match="port 25 belongs to another protocol"):
        before_hop(Request(url="http://a.example:25/", destination="document"))


def test_a_hop_without_a_policy_goes_where_it_was_sent() -> None:
    hop = before_hop(asked("http://a.example/x", "style"))
    assert (hop.url, hop.reason) == ("http://a.example/x", "")


def test_a_frame_is_bound_by_the_documents_around_it() -> None:
    outer = FetchPolicy.of_response(
        response(content_security_policy="upgrade-insecure-requests; img-src 'none'")
    )
    inner = FetchPolicy.of_response(response("http://frame.example/"), outer)
    assert (inner.secure_url, inner.upgrades) == (PAGE, True)
    assert before_hop(asked("http://a.example/x", policy=inner)).url == "https://a.example/x"
    assert FetchPolicy.of_response(response("about:srcdoc"), outer) is outer
    data = FetchPolicy.of_response(response("data:text/html,x"), outer)
    assert data.secure_url == PAGE
    assert data.csp.allows("image", "https://a.example/") != ""
    assert data.with_meta_csp("img-src *").with_referrer_policy("origin").secure_url == PAGE


def test_metas_add_to_what_headers_say() -> None:
    policy = FetchPolicy.of_response(response(referrer_policy="origin")).with_meta_csp("font-src 'none'")
    assert policy.referrer_policy == "origin"
    assert policy.with_referrer_policy("no-referrer").referrer_policy == "no-referrer"
    assert policy.with_referrer_policy("") is policy
    assert policy.csp.allows("font", "https://a.example/") != ""
    request = asked("https://a.example/", policy=policy)
    assert request.effective_referrer_policy == "origin"
    assert asked(
        "https://a.example/", policy=policy, referrer_policy="unsafe-url"
    ).effective_referrer_policy == ("unsafe-url")


@pytest.mark.parametrize(
    ("destination", "headers", "refusal"),
    [
        ("style", {"content_type": "text/plain"}, ""),
        (
            "style",
            {"content_type": "text/plain", "x_content_type_options": "NoSniff"},
            "text/plain is no style",
        ),
        ("style", {"x_content_type_options": "nosniff"}, "no type is no style sheet"),
        ("style", {"content_type": "text/css", "x_content_type_options": "nosniff"}, ""),
        ("style", {"content_type": "text/plain", "x_content_type_options": "sniff, nosniff"}, ""),
        (
            "script",
            {"content_type": "text/html", "x_content_type_options": "nosniff"},
            "text/html is no script",
        ),
        ("script", {"content_type": "text/javascript", "x_content_type_options": "nosniff"}, ""),
        ("script", {"content_type": "text/html"}, ""),
        ("script", {"content_type": "image/png"}, "image/png is no script"),
        ("script", {"content_type": "text/csv"}, "text/csv is no script"),
        ("image", {"content_type": "text/html", "x_content_type_options": "nosniff"}, ""),
    ],
)
def test_answers_of_the_wrong_type_are_refused(
    destination: str, headers: dict[str, str], refusal: str
) -> None:
    got = type_refusal(destination, response(**headers).headers)
    assert (refusal in got) if refusal else (got == "")


def test_a_refused_answer_is_told_with_its_address() -> None:
    with pytest.raises(ContentTypeError, match=r"https://a\.example/x\.js: image/png is no script"):
        check_answer(
            asked("https://a.example/x.js", "script"),
            URL("https://a.example/x.js"),
            Headers([("Content-Type", "image/png")]),
        )


@pytest.mark.parametrize(
    ("initiator", "allowed"),
    [
        ("", True),
        ("file:///a.html", True),
        ("about:blank", True),
        (PAGE, False),
        ("about:blank#sandboxed", False),
        ("data:text/html,x", False),
    ],
)
def test_the_disk_is_for_the_caller_and_for_what_lies_on_it(initiator: str, allowed: bool) -> None:
    url = URL("file:///etc/hostname")
    request = Request(url=url.href, destination="image", initiator=initiator)
    assert (local_refusal(request, url) is None) is allowed


def test_web_pages_are_not_followed_by_data_urls() -> None:
    url = URL("data:text/html,x")
    assert isinstance(local_refusal(asked(url.href, "document"), url), BlockedError)
    assert local_refusal(asked(url.href, "iframe"), url) is None
    assert local_refusal(Request(url=url.href, destination="document"), url) is None


@pytest.mark.parametrize(
    ("headers", "ancestors", "refusal"),
    [
        ({}, ["https://b.example/"], ""),
        ({"x_frame_options": "DENY"}, [], ""),
        ({"x_frame_options": "DENY"}, [PAGE], "X-Frame-Options: DENY"),
        ({"x_frame_options": "SameOrigin"}, [PAGE], ""),
        ({"x_frame_options": "SameOrigin"}, [PAGE, "https://b.example/"], "https://b.example is another"),
        ({"x_frame_options": "SAMEORIGIN, sameorigin"}, [PAGE], ""),
        ({"x_frame_options": "DENY, SAMEORIGIN"}, [PAGE], "contradicts itself"),
        ({"x_frame_options": "allow-from x, y"}, ["https://b.example/"], ""),
        ({"x_frame_options": "ALLOWALL"}, ["https://b.example/"], ""),
        (
            {"x_frame_options": "DENY", "content_security_policy": "frame-ancestors *"},
            ["https://b.example/"],
            "",
        ),
        ({"content_security_policy": "frame-ancestors 'none'"}, [PAGE], "frame-ancestors 'none'"),
        ({"content_security_policy": "img-src *", "x_frame_options": "deny"}, [PAGE], "DENY"),
    ],
)
def test_documents_say_whose_frames_they_enter(
    headers: dict[str, str], ancestors: list[str], refusal: str
) -> None:
    got = frame_refusal(response(**headers).headers, PAGE, ancestors)
    assert (refusal in got) if refusal else (got == "")
