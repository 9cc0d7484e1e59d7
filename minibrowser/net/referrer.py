"""What goes into the `Referer` and `Origin` headers, and the referrer policies that cut it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..url import URL, is_loopback_host

REFERRER_POLICIES: Final = frozenset(
    {
        "no-referrer", "no-referrer-when-downgrade", "same-origin", "origin", "strict-origin",
        "origin-when-cross-origin", "strict-origin-when-cross-origin", "unsafe-url",
    }
)  # fmt: skip
"""https://w3c.github.io/webappsec-referrer-policy/#referrer-policies but for the empty string, "none given"."""

DEFAULT_REFERRER_POLICY: Final = "strict-origin-when-cross-origin"
"""https://w3c.github.io/webappsec-referrer-policy/#default-referrer-policy"""

_LEGACY: Final = {
    "never": "no-referrer",
    "default": DEFAULT_REFERRER_POLICY,
    "always": "unsafe-url",
    "origin-when-crossorigin": "origin-when-cross-origin",
}
"""https://html.spec.whatwg.org/multipage/semantics.html#meta-referrer step 4: for <meta> only."""

SANDBOXED: Final = "about:blank#sandboxed"
"""The initiator that stands for a document in a sandbox: of no site, and trusted by none."""

MAX_REFERRER_LENGTH: Final = 4096
"""https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer step 6"""


def parse_referrer_policy(values: Iterable[str]) -> str:
    """The policy that `Referrer-Policy` headers name, "" for none: the last token that is known wins, so that servers
    can name an old policy before a new one.

    https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header
    """
    policy = ""
    for value in values:
        for token in value.split(","):
            token = token.strip(" \t").lower()
            if token in REFERRER_POLICIES:
                policy = token
    return policy


def referrer_policy_of_meta(content: str) -> str:
    """The policy that `<meta name=referrer content=...>` names, "" for none
    (https://html.spec.whatwg.org/multipage/semantics.html#meta-referrer)."""
    value = content.strip(" \t\n\f\r").lower()
    value = _LEGACY.get(value, value)
    return value if value in REFERRER_POLICIES else ""


def referrer_policy_of_attribute(value: str) -> str:
    """The policy that an element's `referrerpolicy` names, "" for none
    (https://html.spec.whatwg.org/multipage/urls-and-fetching.html#referrer-policy-attribute)."""
    value = value.lower()
    return value if value in REFERRER_POLICIES else ""


def referrer_header(source: str, target: URL, policy: str = "") -> str:
    """The `Referer` value for a request to `target` on behalf of `source`, "" for none.

    https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer; "" is the default policy.
    """
    policy = policy or DEFAULT_REFERRER_POLICY
    if not source or policy == "no-referrer":
        return ""
    referrer = URL(source)
    if not referrer.is_http:  # step 2 of "strip url for use as a referrer"
        return ""
    same_origin = referrer.origin == target.origin
    downgrade = is_downgrade(referrer, target)
    origin = referrer.origin + "/"
    full = referrer.without_credentials().without_fragment().href
    if len(full) > MAX_REFERRER_LENGTH:  # step 6
        full = origin
    if policy == "origin":  # step 8
        return origin
    if policy == "unsafe-url":
        return full
    if policy == "strict-origin":
        return "" if downgrade else origin
    if policy == "same-origin":
        return full if same_origin else ""
    if policy == "origin-when-cross-origin":
        return full if same_origin else origin
    if policy == "no-referrer-when-downgrade":
        return "" if downgrade else full
    if same_origin:  # strict-origin-when-cross-origin
        return full
    return "" if downgrade else origin


def origin_header(
    method: str, mode: str, initiator: str, target: URL, *, policy: str = "", tainted: bool = False
) -> str:
    """The `Origin` value, or "" for none (https://fetch.spec.whatwg.org/#append-a-request-origin-header).

    `policy` is the referrer policy. `tainted`: a redirect led through a third origin, so that the origin is told to
    nobody (https://fetch.spec.whatwg.org/#concept-request-tainted-origin).
    """
    if not initiator:
        return ""
    source = URL(initiator)
    origin = "null" if tainted or not source.is_http else source.origin
    if mode == "cors":
        return origin  # NOTE: at home too, as in Chromium; the standard says only where the answer must be shared
    if method in ("GET", "HEAD"):
        return ""
    policy = policy or DEFAULT_REFERRER_POLICY
    if policy == "no-referrer":
        return "null"
    if policy == "same-origin":
        return origin if source.origin == target.origin else "null"
    if policy in ("no-referrer-when-downgrade", "strict-origin", DEFAULT_REFERRER_POLICY):
        return "null" if is_downgrade(source, target) else origin
    return origin


def has_tainted_origin(initiator: str, urls: Iterable[str]) -> bool:
    """Whether redirects through `urls` make the origin a secret: one of them led from another origin than the
    initiator's on to a third (https://fetch.spec.whatwg.org/#concept-request-tainted-origin)."""
    if not initiator:
        return False
    own = URL(initiator).origin
    last = ""
    for url in urls:
        origin = URL(url).origin
        if last and origin != last and own != last:
            return True
        last = origin
    return False


def is_downgrade(source: URL, target: URL) -> bool:
    """Whether the way leads from https to something else. NOTE: loopback counts as something else, as in Chromium; by
    the standard it is trustworthy."""
    return source.scheme == "https" and target.scheme != "https"


def is_trustworthy(url: URL) -> bool:
    """https://w3c.github.io/webappsec-secure-contexts/#potentially-trustworthy-url"""
    if url.scheme in ("https", "wss", "data", "about", "file"):
        return True
    return url.scheme in ("http", "ws") and is_loopback_host(url.host)
