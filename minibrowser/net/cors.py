"""Cross-origin resource sharing: who may see an answer, and who must ask first. Pure.

https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, final

from .header_values import decode_and_split, parse_delta
from .headers import Headers
from .mime_type import parse_mime_type

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "POST"})
"""https://fetch.spec.whatwg.org/#cors-safelisted-method"""
_SAFE_TYPES: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})
_UNSAFE_BYTES: Final = re.compile(r'[\x00-\x08\x10-\x1f"():<>?@\[\\\]{}\x7f]')
"""https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte"""
_LANGUAGE: Final = re.compile(r"[0-9A-Za-z *,\-.;=]*\Z")
_RANGE: Final = re.compile(r"bytes=[0-9]+-[0-9]*\Z")
_FORBIDDEN: Final = frozenset(
    {
        "accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method",
        "access-control-request-private-network", "connection", "content-length", "cookie", "cookie2", "date", "dnt",
        "expect", "host", "keep-alive", "origin", "referer", "set-cookie", "te", "trailer", "transfer-encoding",
        "upgrade", "via",
    }
)  # fmt: skip
"""https://fetch.spec.whatwg.org/#forbidden-request-header: the browser's own, of which no server is asked."""
MAX_PREFLIGHT_SECONDS: Final = 7200.0
"""Seconds that a preflight's answer is kept at the most, as in Chromium."""
DEFAULT_PREFLIGHT_SECONDS: Final = 5.0
"""https://fetch.spec.whatwg.org/#cors-preflight-fetch step 7.9"""


def cors_refusal(origin: str, with_credentials: bool, headers: Headers) -> str:
    """Why an answer is not shared with an origin ("null" for a secret one), "" where it is
    (https://fetch.spec.whatwg.org/#concept-cors-check; steps are its)."""
    values = headers.get_all("access-control-allow-origin")
    if not values:  # step 2
        return "CORS: the answer has no Access-Control-Allow-Origin"
    allowed = ", ".join(values)
    if not with_credentials and allowed == "*":  # step 3
        return ""
    if allowed != origin:  # step 4
        if allowed == "*":
            return "CORS: Access-Control-Allow-Origin: * does not cover requests with credentials"
        return f"CORS: Access-Control-Allow-Origin is {allowed[:80]}, not {origin}"
    if not with_credentials:  # step 5
        return ""
    if headers.get("access-control-allow-credentials") == "true":  # steps 6 and 7
        return ""
    return "CORS: Access-Control-Allow-Credentials is not true"


def unsafe_header_names(headers: Headers) -> list[str]:
    """The names, lower case and sorted, of headers that a server must allow first
    (https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names)."""
    unsafe: set[str] = set()
    harmless: set[str] = set()
    total = 0
    for name, value in headers:
        key = name.lower()
        if key in _FORBIDDEN or key.startswith(("proxy-", "sec-")):
            continue
        if _is_safelisted(key, value):
            harmless.add(key)
            total += len(value)
        else:
            unsafe.add(key)
    return sorted(unsafe | (harmless if total > 1024 else set()))


def needs_preflight(method: str, headers: Headers) -> bool:
    """Whether a server is asked first (https://fetch.spec.whatwg.org/#http-fetch step 2.2)."""
    return method not in _SAFE_METHODS or bool(unsafe_header_names(headers))


def preflight_headers(method: str, headers: Headers) -> Headers:
    """What an `OPTIONS` request asks (https://fetch.spec.whatwg.org/#cors-preflight-fetch steps 1 to 4)."""
    asked = Headers([("Access-Control-Request-Method", method)])
    names = unsafe_header_names(headers)
    if names:
        asked.add("Access-Control-Request-Headers", ",".join(names))
    return asked


@final
class Permission:
    """What the answer to a preflight allows, and until when (seconds since the epoch). Immutable."""

    __slots__ = ("expires", "headers", "methods", "with_credentials")

    def __init__(self, answer: Headers, with_credentials: bool, now: float) -> None:
        """https://fetch.spec.whatwg.org/#cors-preflight-fetch step 7"""
        self.methods: Final = frozenset(decode_and_split(answer.get_all("access-control-allow-methods")))
        self.headers: Final = frozenset(
            name.lower() for name in decode_and_split(answer.get_all("access-control-allow-headers"))
        )
        self.with_credentials: Final = with_credentials
        stated = parse_delta((answer.get("access-control-max-age") or "").strip(" \t"))
        seconds = DEFAULT_PREFLIGHT_SECONDS if stated is None else stated
        self.expires: Final = now + min(seconds, MAX_PREFLIGHT_SECONDS)

    def refusal(self, method: str, headers: Headers) -> str:
        """Why a request is not covered, "" where it is (steps 7.4 to 7.7)."""
        any_method = "*" in self.methods and not self.with_credentials
        if method not in self.methods and method not in _SAFE_METHODS and not any_method:
            return f"CORS: the server does not allow the method {method}"
        any_header = "*" in self.headers and not self.with_credentials
        for name in unsafe_header_names(headers):
            # "*" never means Authorization (https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name)
            if name not in self.headers and (not any_header or name == "authorization"):
                return f"CORS: the server does not allow the header {name}"
        return ""


def preflight_refusal(origin: str, with_credentials: bool, status: int, headers: Headers) -> str:
    """Why the answer to a preflight is no permission at all, "" where it is one (step 7)."""
    if not 200 <= status <= 299:
        return f"CORS: the preflight was answered with status {status}"
    return cors_refusal(origin, with_credentials, headers)


PreflightKey = tuple[str, str, bool]
"""Origin, URL without fragment, and whether credentials go along."""


def covering(
    cache: Mapping[PreflightKey, Permission], key: PreflightKey, method: str, headers: Headers, now: float
) -> bool:
    """Whether an earlier preflight still allows a request (https://fetch.spec.whatwg.org/#method-cache-entry-match)."""
    known = cache.get(key)
    return known is not None and known.expires > now and known.refusal(method, headers) == ""


def _is_safelisted(name: str, value: str) -> bool:
    """https://fetch.spec.whatwg.org/#cors-safelisted-request-header"""
    if len(value) > 128:
        return False
    if name == "accept":
        return _UNSAFE_BYTES.search(value) is None
    if name in ("accept-language", "content-language"):
        return _LANGUAGE.match(value) is not None
    if name == "content-type":
        kind = parse_mime_type(value)
        return _UNSAFE_BYTES.search(value) is None and kind is not None and kind.essence in _SAFE_TYPES
    return name == "range" and _RANGE.match(value) is not None
