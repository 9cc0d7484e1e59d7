"""One leg of a fetch: from a request that is about to go out to the redirect or the answer that ends it.

What goes along (headers, credentials, the origin) and who may see what comes back. Pure.
"""

from __future__ import annotations

from typing import Final, final

from ..errors import CrossOriginError, IntegrityError
from ..url import URL, parsed
from .config import NetworkConfig
from .cookies import CookieContext
from .cors import cors_refusal
from .fetch_policy import check_answer
from .headers import Headers, accept, accept_encoding
from .integrity import integrity_refusal
from .public_suffix import is_same_site
from .referrer import has_tainted_origin, origin_header, referrer_header
from .request import SAFE_METHODS, Request


@final
class Leg:
    """Immutable.

    Attributes:
        request: as it goes out here; `url` is its URL, parsed.
        first_origin: where the fetch began; credentials that the caller gives go only there.
        tainted: redirects have made the initiator's origin a secret.
        shared_with: the origin ("null" for a secret one) that the answer must be shared with, "" where it need not be.
    """

    __slots__ = ("first_origin", "request", "shared_with", "tainted", "url")

    def __init__(
        self, request: Request, url: URL, first_origin: str, chain: list[str], crossed: bool
    ) -> None:
        """`chain`: the URLs so far, this one included; `crossed`: an earlier leg was cross-origin.

        Raises `CrossOriginError` where the request must not leave its origin.
        """
        self.request: Final = request
        self.url: Final = url
        self.first_origin: Final = first_origin
        self.tainted: Final = has_tainted_origin(request.initiator, chain)
        self.shared_with: Final = _shared_with(request, url, self.tainted, crossed)

    @property
    def sends_credentials(self) -> bool:
        """Whether cookies and authorization go along (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
        step 8.4)."""
        mode = self.request.effective_credentials
        if mode == "same-origin" and self.request.initiator:
            return not self.shared_with and parsed(self.request.initiator).origin == self.url.origin
        return mode != "omit"

    def check(self, headers: Headers) -> None:
        """Refuse an answer that is of the wrong type, or not meant for who asks. Raises `BlockedError` and its kin."""
        self.check_sharing(headers)
        check_answer(self.request, self.url, headers)

    def check_body(self, body: bytes) -> None:
        """Refuse a body that has not the digest that is stated. Raises `IntegrityError`."""
        request = self.request
        if not request.integrity:
            return
        is_foreign = request.initiator and parsed(request.initiator).origin != self.url.origin
        is_opaque = request.effective_mode == "no-cors" and bool(is_foreign)
        refusal = integrity_refusal(body, request.integrity, is_opaque=is_opaque)
        if refusal:
            raise IntegrityError(f"{self.url.without_credentials()}: {refusal}", self.url.href)

    def check_sharing(self, headers: Headers) -> None:
        """Refuse an answer, or a redirect, that is not meant for who asks. Raises `CrossOriginError`."""
        if not self.shared_with:
            return
        refusal = cors_refusal(self.shared_with, self.request.effective_credentials == "include", headers)
        if refusal:
            raise CrossOriginError(f"{self.url.without_credentials()}: {refusal}", self.url.href)


def _shared_with(request: Request, url: URL, tainted: bool, crossed: bool) -> str:
    """https://fetch.spec.whatwg.org/#concept-main-fetch step 12: whether the response tainting is "cors"."""
    mode = request.effective_mode
    if not request.initiator or mode not in ("cors", "same-origin"):
        return ""
    source = parsed(request.initiator)
    own = source.origin if source.is_http else "null"
    if own == url.origin and not crossed:
        return ""
    if mode == "same-origin":
        raise CrossOriginError(
            f"{url.without_credentials()}: not of the origin {own}, which is asked for", url.href
        )
    return "null" if tainted else own


def build_headers(leg: Leg, config: NetworkConfig, cookie: str = "", authorization: str = "") -> Headers:
    """The headers as they go out, in the order of browsers.

    The request's own headers and then the session's extra ones take the place of ours; credentials among the
    extra ones go only to where the fetch started.
    """
    request, url = leg.request, leg.url
    headers = Headers([("Host", url.host_port), ("Connection", "keep-alive")])
    if request.body is not None or request.method in ("POST", "PUT", "PATCH"):
        headers.add("Content-Length", str(len(request.body or b"")))
    if request.is_navigation:
        headers.add("Upgrade-Insecure-Requests", "1")
    headers.add("User-Agent", config.user_agent)
    headers.add("Accept", accept(request.destination))
    policy = request.effective_referrer_policy
    mode = "cors" if leg.shared_with else request.effective_mode
    origin = origin_header(request.method, mode, request.initiator, url, policy=policy, tainted=leg.tainted)
    if origin:
        headers.add("Origin", origin)
    referrer = referrer_header(request.referrer, url, policy)
    if referrer:
        headers.add("Referer", referrer)
    headers.add("Accept-Encoding", accept_encoding(url))
    if config.accept_language:
        headers.add("Accept-Language", config.accept_language)
    if cookie:
        headers.add("Cookie", cookie)
    if authorization:
        headers.add("Authorization", authorization)
    own: set[str] = set()
    for name, value in request.headers.items():
        if name.lower() in own:
            headers.add(name, value)
        else:
            headers.set(name, value)
            own.add(name.lower())
    for name, value in config.extra_headers.items():
        if (
            name.lower() in ("authorization", "cookie", "proxy-authorization")
            and url.origin != leg.first_origin
        ):
            continue
        headers.set(name, value)
    return headers


def cookie_context(request: Request, url: URL) -> CookieContext:
    """Same-site or not (RFC 6265bis section 5.2). What a person asks for is same-site with everything.

    Redirects through other sites do not make a request cross-site: see docs/decisions/017.
    """
    if not request.initiator:
        return CookieContext()
    source = parsed(request.initiator)
    navigates = request.destination == "document"
    top = url if navigates else parsed(request.top_level or request.initiator)
    around = (source,) if navigates else (source, top)
    same_site = all(outer.scheme == url.scheme and is_same_site(outer.host, url.host) for outer in around)
    safe = request.method in SAFE_METHODS
    return CookieContext(same_site, navigates and safe, top, top_level_unsafe=navigates and not safe)
