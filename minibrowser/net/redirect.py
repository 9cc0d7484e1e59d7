"""HTTP redirects (https://fetch.spec.whatwg.org/#http-redirect-fetch). Pure: answer in, next request out."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import Final

from ..errors import CrossOriginError, HTTPProtocolError, InvalidURLError, TooManyRedirectsError
from ..limits import MAX_REDIRECTS
from ..url import URL
from .headers import Headers
from .referrer import parse_referrer_policy
from .request import Request

REDIRECT_STATUSES: Final = frozenset({301, 302, 303, 307, 308})
"""https://fetch.spec.whatwg.org/#redirect-status"""

_BODY_HEADERS: Final = (
    "Content-Encoding",
    "Content-Language",
    "Content-Location",
    "Content-Type",
    "Content-Length",
)
"""https://fetch.spec.whatwg.org/#request-body-header-name, and the length that we add."""

_CREDENTIAL_HEADERS: Final = ("Authorization", "Cookie", "Proxy-Authorization")


def redirect_location(url: URL, headers: Headers) -> URL | None:
    """Where a redirect leads, with the fragment it inherits; None without a `Location`
    (https://fetch.spec.whatwg.org/#concept-response-location-url). As in Chromium the first that is not empty counts,
    and its bytes are UTF-8 where they can be."""
    stated = next((value for value in headers.get_all("location") if value), None)
    if stated is None:
        return None
    location = stated
    with contextlib.suppress(UnicodeError):
        location = stated.encode("latin-1").decode("utf-8")
    try:
        target = URL.parse(location, url)
    except InvalidURLError as error:
        raise HTTPProtocolError(f"{url}: a redirect to what is no URL: {stated[:200]}", url.href) from error
    if url.fragment and "#" not in target.href:
        return target.with_fragment(url.fragment)
    return target


def redirected_request(
    request: Request,
    status: int,
    target: URL,
    chain: list[str],
    *,
    answered: Headers | None = None,
    shared: bool = False,
) -> Request:
    """The request that follows a redirect. `chain` holds the URLs so far, `request.url` last; `answered` are the
    headers of the answer that redirects; `shared`: it had to be shared with the initiator (CORS).

    Raises `TooManyRedirectsError`, `HTTPProtocolError`, `CrossOriginError`.
    """
    source = URL(request.url)
    if not target.is_http:  # step 6
        raise HTTPProtocolError(
            f"{source}: a redirect to a {target.scheme}: URL is not followed", source.href
        )
    if len(chain) > MAX_REDIRECTS:  # step 7
        raise TooManyRedirectsError(_too_many(chain, target.href), chain[0])
    if target.username or target.password:  # steps 9 and 10
        foreign = request.initiator and URL(request.initiator).origin != target.origin
        if shared or (foreign and request.effective_mode == "cors"):
            raise CrossOriginError(f"{source}: CORS: a redirect to a URL with a password in it", source.href)
    method, body, upload, headers = request.method, request.body, request.upload, request.headers
    if (status in (301, 302) and method == "POST") or (
        status == 303 and method not in ("GET", "HEAD")
    ):  # step 12
        method, body, upload = "GET", None, None
        headers = headers.copy()
        for name in _BODY_HEADERS:
            headers.remove(name)
    if source.origin != target.origin:  # step 13
        headers = headers.copy()
        for name in _CREDENTIAL_HEADERS:
            headers.remove(name)
    # https://w3c.github.io/webappsec-referrer-policy/#set-requests-referrer-policy-on-redirect
    policy = parse_referrer_policy(answered.get_all("referrer-policy")) if answered is not None else ""
    return replace(
        request,
        url=target.href,
        method=method,
        body=body,
        upload=upload,
        headers=headers,
        http_fallback=False,
        referrer_policy=policy or request.referrer_policy,
    )


def _too_many(chain: list[str], target: str) -> str:
    if target in chain:
        start = len(chain) - 1 - chain[::-1].index(target)
        loop = [*chain[start:], target]
        shown = " -> ".join(loop if len(loop) <= 4 else [*loop[:2], "...", *loop[-2:]])
        return f"{chain[0]}: a redirect loop: {shown}"
    return f"{chain[0]}: more than {MAX_REDIRECTS} redirects; the last led to {target}"
