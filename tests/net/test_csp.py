from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given, strategies as st

from minibrowser.net.csp import ContentSecurityPolicy

PAGE = "https://shop.example/cart/"


def policy(*values: str, url: str = PAGE) -> ContentSecurityPolicy:
    return ContentSecurityPolicy.parse(values, url)


@pytest.mark.parametrize(
    ("source", "url", "allowed"),
    [
        ("'self'", "https://shop.example/a.png", True),
        ("'self'", "https://shop.example:8443/a.png", False),
        ("'self'", "https://cdn.shop.example/a.png", False),
        ("'self'", "http://shop.example/a.png", False),
        ("'none'", "https://shop.example/a.png", False),
        ("", "https://shop.example/a.png", False),
        ("*", "https://other.example/a.png", True),
        ("*", "data:image/png,x", False),
        ("data:", "data:image/png,x", True),
        ("https:", "https://any.example/", True),
        ("https:", "http://any.example/", False),
        ("http:", "https://any.example/", True),
        ("cdn.example", "https://cdn.example/x", True),
        ("cdn.example", "http://cdn.example/x", False),
        ("http://cdn.example", "https://cdn.example/x", True),
        ("CDN.Example", "https://cdn.example/x", True),
        ("*.example", "https://a.b.example/x", True),
        ("*.shop.example", "https://shop.example/x", False),
        ("cdn.example:*", "https://cdn.example:99/x", True),
        ("cdn.example", "https://cdn.example:99/x", False),
        ("cdn.example:443", "https://cdn.example/x", True),
        ("http://cdn.example:80", "https://cdn.example/x", True),
        ("https://cdn.example:80", "https://cdn.example/x", False),
        ("cdn.example/img/", "https://cdn.example/img/a/b.png", True),
        ("cdn.example/img/", "https://cdn.example/imgs/b.png", False),
        ("cdn.example/img", "https://cdn.example/img/b.png", False),
        ("cdn.example/a%62c", "https://cdn.example/abc", True),
        ("cdn.example/img/a.png", "https://cdn.example/img/a.png?x=1", True),
        ("127.0.0.1:*", "https://127.0.0.1:8000/x", True),
        ("https://", "https://cdn.example/x", False),
        ("[::1]", "https://[::1]/x", False),
        ("ws:", "https://cdn.example/x", False),
        ("cdn.example/img/?a#b", "https://cdn.example/img/x", True),
    ],
)
def test_a_source_matches_as_the_standard_says(source: str, url: str, allowed: bool) -> None:
    reason = policy(f"img-src {source}").allows("image", url)
    assert (reason == "") is allowed
    assert allowed or reason.startswith("CSP: img-src")


def test_a_reason_names_the_directive_that_decided_and_the_address() -> None:
    reason = policy("default-src 'self'; font-src cdn.example").allows("image", "https://b.example/x.png")
    assert reason == "CSP: default-src 'self' does not allow https://b.example/x.png"


def test_each_destination_has_its_directive_and_its_fallbacks() -> None:
    own = policy("default-src 'none'; style-src a.example; child-src b.example")
    assert own.allows("style", "https://a.example/s.css") == ""
    assert own.allows("iframe", "https://b.example/") == ""
    assert "default-src" in own.allows("font", "https://a.example/f")
    assert own.allows("document", "https://anywhere.example/") == ""
    element = policy("style-src 'none'; style-src-elem a.example")
    assert element.allows("style", "https://a.example/s.css") == ""


def test_without_a_governing_directive_everything_is_allowed() -> None:
    own = policy("img-src 'none'")
    assert own.allows("style", "http://a.example/") == ""
    assert not policy("")
    assert policy("").allows("image", "http://a.example/") == ""


def test_after_a_redirect_the_path_is_not_compared() -> None:
    own = policy("img-src cdn.example/img/")
    assert own.allows("image", "https://cdn.example/other") != ""
    assert own.allows("image", "https://cdn.example/other", redirected=True) == ""
    assert own.allows("image", "https://b.example/img/", redirected=True) != ""


def test_every_policy_must_allow() -> None:
    for own in (
        policy("img-src a.example", "img-src b.example"),
        policy("img-src a.example, img-src b.example"),
    ):
        assert own.allows("image", "https://a.example/") != ""
        assert own.allows("image", "https://b.example/") != ""
    both = policy("img-src a.example").with_meta("img-src a.example b.example")
    assert both.allows("image", "https://a.example/") == ""
    assert both.allows("image", "https://b.example/") != ""


def test_the_first_directive_of_a_name_counts() -> None:
    own = policy("IMG-SRC a.example; img-src *")
    assert own.allows("image", "https://b.example/") != ""


def test_a_nonce_lets_a_sheet_from_anywhere_in() -> None:
    own = policy("style-src 'nonce-Zm9v'")
    assert own.allows("style", "https://b.example/", nonce="Zm9v") == ""
    assert own.allows("style", "https://b.example/", nonce="zm9v") != ""
    assert own.allows("image", "https://b.example/", nonce="Zm9v") == ""
    assert policy("img-src 'nonce-Zm9v'").allows("image", "https://b.example/", nonce="Zm9v") != ""


def test_strict_dynamic_leaves_urls_aside() -> None:
    own = policy("script-src 'strict-dynamic' 'nonce-a' https:")
    assert own.allows("script", "https://a.example/x.js") != ""
    assert own.allows("script", "https://a.example/x.js", nonce="a") == ""
    assert own.allows("script", "https://a.example/x.js", parser_inserted=False) == ""


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_inline_styles_need_a_word_a_nonce_or_a_hash() -> None:
    text = "p { color: red } /* grün */"
    assert policy("style-src 'self'").allows_inline("style", text) == (
        "CSP: style-src 'self' does not allow inline styles"
    )
    assert policy("style-src 'unsafe-inline'").allows_inline("style", text) == ""
    assert policy("style-src 'nonce-a'").allows_inline("style", text, "a") == ""
    assert policy("style-src 'nonce-a'").allows_inline("style", text, "") != ""
    assert policy(f"style-src 'sha256-{digest(text)}'").allows_inline("style", text) == ""
    assert policy(f"style-src 'sha256-{digest(text)}'").allows_inline("style", text + " ") != ""
    urlsafe = digest(text).replace("+", "-").replace("/", "_")
    assert policy(f"style-src 'SHA256-{urlsafe}'").allows_inline("style", text) == ""
    assert policy("img-src 'none'").allows_inline("style", text) == ""


def test_a_nonce_or_hash_switches_unsafe_inline_off() -> None:
    assert policy("style-src 'unsafe-inline' 'nonce-a'").allows_inline("style", "x") != ""
    assert policy(f"style-src 'unsafe-inline' 'sha256-{digest('y')}'").allows_inline("style", "x") != ""


def test_style_attributes_have_their_own_directive_and_need_unsafe_hashes() -> None:
    assert policy("style-src-elem 'unsafe-inline'; style-src 'none'").allows_inline("style", "x") == ""
    assert (
        policy("style-src-elem 'unsafe-inline'; style-src 'none'").allows_inline("style-attribute", "x") != ""
    )
    assert (
        policy("style-src-attr 'unsafe-inline'; style-src 'none'").allows_inline("style-attribute", "x") == ""
    )
    hashed = f"'sha256-{digest('x')}'"
    assert policy(f"style-src {hashed}").allows_inline("style-attribute", "x") != ""
    assert policy(f"style-src {hashed} 'unsafe-hashes'").allows_inline("style-attribute", "x") == ""
    assert policy("style-src 'nonce-a'").allows_inline("style-attribute", "x", "a") != ""


def test_frame_ancestors_are_all_compared() -> None:
    own = policy("frame-ancestors 'self' https://portal.example")
    assert own.allows_ancestors(["https://shop.example/a"]) == ""
    assert own.allows_ancestors(["https://portal.example/", "https://shop.example/"]) == ""
    assert own.allows_ancestors(["https://shop.example/", "https://evil.example/x"]) == (
        "CSP: frame-ancestors 'self' https://portal.example does not allow https://evil.example"
    )
    assert policy("default-src 'none'").allows_ancestors(["https://evil.example/"]) == ""


def test_meta_elements_cannot_speak_of_frames_and_sandboxes() -> None:
    own = policy().with_meta("frame-ancestors 'none'; sandbox; img-src 'none'")
    assert not own.has_frame_ancestors
    assert own.sandbox is None
    assert own.allows("image", "https://a.example/") != ""
    assert not policy().with_meta("sandbox")


def test_sandbox_and_upgrades_are_told() -> None:
    assert policy("sandbox").sandbox == frozenset()
    assert policy("sandbox Allow-Scripts allow-forms", "sandbox allow-forms").sandbox == frozenset(
        {"allow-forms"}
    )
    assert policy("upgrade-insecure-requests").upgrades_insecure_requests
    assert not policy("img-src *").upgrades_insecure_requests


def test_bases_and_forms_have_no_fallback() -> None:
    own = policy("default-src 'none'; base-uri 'self'; form-action pay.example")
    assert own.allows_base("https://shop.example/x/") == ""
    assert own.allows_base("https://b.example/") != ""
    assert own.allows_form("https://pay.example/now") == ""
    assert own.allows_form("https://b.example/") != ""
    assert policy("default-src 'none'").allows_base("https://b.example/") == ""


@given(st.text(max_size=200), st.text(max_size=60), st.sampled_from(["image", "style", "iframe", ""]))
def test_any_text_is_a_policy_and_any_text_an_address(text: str, url: str, destination: str) -> None:
    own = policy(text).with_meta(text)
    own.allows(destination, url)
    own.allows(destination, "https://a.example/" + url.replace("\n", ""))
    own.allows_inline("style", url, url)
    own.allows_ancestors([url])
