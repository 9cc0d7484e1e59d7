"""What a document's policies make of its fetches, asked before each hop and of each answer. Pure.

https://fetch.spec.whatwg.org/#concept-main-fetch steps 3 to 8 and 19. A page makes one `FetchPolicy` for each of its
documents and gives it along as `Request.policy`; the session asks it again for every redirect:

    policy = FetchPolicy.of_response(response)                 # or of_response(response, outer) in a frame
    policy = policy.with_meta_csp(content)                     # <meta http-equiv=Content-Security-Policy>
    policy = policy.with_referrer_policy(words)                # <meta name=referrer>
    Request(url=..., destination="style", initiator=..., referrer=..., policy=policy, nonce=element.get("nonce"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, final

from ..errors import (
    BlockedError,
    ContentSecurityPolicyError,
    ContentTypeError,
    MixedContentError,
    UnsafePortError,
)
from ..url import URL, parsed
from .csp import ContentSecurityPolicy
from .headers import Headers, is_nosniff
from .mime_type import extract_mime_type, is_javascript_type
from .mixed_content import MixedContent, decide
from .referrer import parse_referrer_policy

if TYPE_CHECKING:
    from .request import Request
    from .response import Response

BAD_PORTS: Final = frozenset(
    {
        0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
        110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530,
        531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190,
        5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
    }
)  # fmt: skip
"""https://fetch.spec.whatwg.org/#port-blocking"""

_SCRIPT_LIKE: Final = frozenset({"script", "worker"})


@final
class FetchPolicy:
    """The part of a document's policy container that governs its fetches
    (https://html.spec.whatwg.org/multipage/browsers.html#policy-containers). Immutable.

    Attributes:
        url: of the document. csp: its policies.
        referrer_policy: for requests that name none, "" for the default.
        secure_url: the document, or the one around it, whose https forbids mixed content; `url` for most.
        upgrades: `upgrade-insecure-requests`, of this document or of one around it.
    """

    __slots__ = ("csp", "referrer_policy", "secure_url", "upgrades", "url")

    def __init__(
        self,
        url: str,
        csp: ContentSecurityPolicy | None = None,
        referrer_policy: str = "",
        *,
        outer: FetchPolicy | None = None,
    ) -> None:
        """`outer` is the policy of the document around, for a frame."""
        self.url: Final = url
        self.csp: Final = ContentSecurityPolicy((), url) if csp is None else csp
        self.referrer_policy: Final = referrer_policy
        own = url.startswith("https:")
        self.secure_url: Final[str] = url if own or outer is None else outer.secure_url
        self.upgrades: Final[bool] = self.csp.upgrades_insecure_requests or (
            outer is not None and outer.upgrades
        )

    @classmethod
    def of_response(cls, response: Response, outer: FetchPolicy | None = None) -> FetchPolicy:
        """That of the document in an answer. What has no headers of its own (about:, data: in a frame) inherits
        (https://html.spec.whatwg.org/multipage/browsers.html#determining-navigation-params-policy-container)."""
        if outer is not None and response.url.startswith("about:"):
            return outer
        if outer is not None and response.url.startswith("data:"):
            return cls(response.url, outer.csp, outer.referrer_policy, outer=outer)
        values = response.headers.get_all("content-security-policy")
        words = parse_referrer_policy(response.headers.get_all("referrer-policy"))
        return cls(response.url, ContentSecurityPolicy.parse(values, response.url), words, outer=outer)

    def with_meta_csp(self, content: str) -> FetchPolicy:
        """With the policy of a <meta> element beside the others."""
        return self._changed(self.csp.with_meta(content), self.referrer_policy)

    def with_referrer_policy(self, policy: str) -> FetchPolicy:
        """With another policy for the `Referer` header; "" changes nothing."""
        return self._changed(self.csp, policy) if policy else self

    def _changed(self, csp: ContentSecurityPolicy, referrer_policy: str) -> FetchPolicy:
        # What the documents around have said stays said.
        return FetchPolicy(self.url, csp, referrer_policy, outer=self)

    def __repr__(self) -> str:
        return f"<FetchPolicy {self.url} {self.csp}>"


@final
class Hop:
    """What becomes of one hop of a fetch: the URL it goes to, and why that is another than asked for ("")."""

    __slots__ = ("reason", "url")

    def __init__(self, url: str, reason: str = "") -> None:
        self.url: Final = url
        self.reason: Final = reason


def before_hop(request: Request, *, redirected: bool = False) -> Hop:
    """Upgrade or refuse a hop (main fetch steps 3 to 8). Raises `BlockedError` and its kin."""
    url = parsed(request.url)
    policy = request.policy
    reason = ""
    if policy is not None:
        mixed = decide(policy.secure_url, request, upgrade_insecure=policy.upgrades)
        if mixed.action is MixedContent.BLOCK:
            raise MixedContentError(f"{url.shown()}: {mixed.reason}", url.href)
        if mixed.action is MixedContent.UPGRADE:
            url, reason = URL(mixed.url), mixed.reason
    if url.is_http and url.effective_port in BAD_PORTS:
        raise UnsafePortError(
            f"{url.shown()}: port {url.effective_port} belongs to another protocol", url.href
        )
    if policy is not None:
        refusal = policy.csp.allows(request.destination, url.href, request.nonce, redirected)
        if refusal:
            raise ContentSecurityPolicyError(f"{url.shown()}: {refusal}", url.href)
    return Hop(url.href, reason)


def check_answer(request: Request, url: URL, headers: Headers) -> None:
    """Refuse an answer of the wrong type (main fetch step 19). Raises `BlockedError` and its kin."""
    refusal = type_refusal(request.destination, headers)
    if refusal:
        raise ContentTypeError(f"{url.shown()}: {refusal}", url.href)


def type_refusal(destination: str, headers: Headers) -> str:
    """Why an answer is refused for its type, "" where it is not: nosniff
    (https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff), and scripts that are
    pictures (https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?)."""
    if destination != "style" and destination not in _SCRIPT_LIKE:
        return ""
    kind = extract_mime_type(headers.get_all("content-type"))
    essence = kind.essence if kind is not None else ""
    if is_nosniff(headers):
        if destination == "style" and essence != "text/css":
            return f"nosniff, and {essence or 'no type'} is no style sheet"
        if destination in _SCRIPT_LIKE and not is_javascript_type(essence):
            return f"nosniff, and {essence or 'no type'} is no script"
    if destination in _SCRIPT_LIKE and kind is not None:
        if kind.type in ("audio", "image", "video") or essence == "text/csv":
            return f"{essence} is no script"
    return ""


def local_refusal(request: Request, url: URL) -> BlockedError | None:
    """Why a URL that no server answers is out of bounds, None where it is not.

    Web pages may neither read the disk nor open it; nor may documents without an origin, which may be anybody's. What
    the caller wrote (about:blank) and what lies on the disk may. Web pages do not replace themselves by data: URLs
    either, as in Chromium: nobody could tell whose page that is.
    """
    if not request.initiator:
        return None
    source = parsed(request.initiator)
    who = request.initiator if source.is_http else "a document without an origin"
    if url.scheme == "file" and source.scheme != "file" and request.initiator != "about:blank":
        return BlockedError(f"{who} may not load the local file {url}", url.href)
    if url.scheme == "data" and request.destination == "document" and source.is_http:
        return BlockedError(f"{who} may not be followed by the data: URL {url.shown()}", url.href)
    return None
