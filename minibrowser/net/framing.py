"""Whether a document may be shown in a frame: `X-Frame-Options` and CSP's `frame-ancestors`. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import InvalidURLError
from ..url import URL
from .csp import ContentSecurityPolicy
from .header_values import decode_and_split
from .headers import Headers


def frame_refusal(headers: Headers, url: str, ancestors: Sequence[str]) -> str:
    """Why the answer may not be shown in a frame, "" where it may. `ancestors`: the URLs of the documents around it,
    inner first.

    https://html.spec.whatwg.org/multipage/document-lifecycle.html#the-x-frame-options-header; steps are its.
    """
    policy = ContentSecurityPolicy.parse(headers.get_all("content-security-policy"), url)
    if not ancestors:  # step 1
        return ""
    if policy.has_frame_ancestors:  # step 2
        return policy.allows_ancestors(ancestors)
    values = {token.lower() for token in decode_and_split(headers.get_all("x-frame-options"))}  # steps 3 to 6
    if len(values) > 1:  # steps 7 and 8
        conflict = values & {"deny", "allowall", "sameorigin"}
        return f"X-Frame-Options contradicts itself: {', '.join(sorted(values))}" if conflict else ""
    if "deny" in values:  # step 9
        return "X-Frame-Options: DENY"
    if "sameorigin" in values:  # step 10
        origin = URL(url).origin
        for ancestor in ancestors:
            if _origin(ancestor) != origin:
                return f"X-Frame-Options: SAMEORIGIN, and {_origin(ancestor)} is another"
    return ""


def _origin(url: str) -> str:
    try:
        return URL(url).origin
    except InvalidURLError:
        return "null"
