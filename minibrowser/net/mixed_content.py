"""Mixed content and `upgrade-insecure-requests`: what a page from https may load over http. Pure.

https://w3c.github.io/webappsec-mixed-content/ and https://w3c.github.io/webappsec-upgrade-insecure-requests/
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final, final

from ..errors import InvalidURLError
from ..url import URL, is_ip_address
from .referrer import is_trustworthy
from .request import Request

_UPGRADEABLE: Final = frozenset({"image", "audio", "video"})
"""https://w3c.github.io/webappsec-mixed-content/#category-upgradeable"""


class MixedContent(IntEnum):
    """What becomes of a request."""

    ALLOW = 0
    UPGRADE = 1
    """It goes to the https URL instead."""
    BLOCK = 2


@final
class MixedDecision:
    """What becomes of a request, the URL that it goes to, and why ("" where nothing is changed)."""

    __slots__ = ("action", "reason", "url")

    def __init__(self, action: MixedContent, url: str, reason: str = "") -> None:
        self.action: Final = action
        self.url: Final = url
        self.reason: Final = reason

    def __repr__(self) -> str:
        return f"<MixedDecision {self.action.name} {self.url} {self.reason}>"


def decide(page_url: str, request: Request, *, upgrade_insecure: bool = False) -> MixedDecision:
    """Upgrade, block or allow what a page asks for; to be asked for the URL of every redirect too.

    `page_url` is the URL of the document, or of one around it where one of those is from https;
    `upgrade_insecure`: its policy says `upgrade-insecure-requests`.
    """
    try:
        page, url = URL(page_url), URL(request.url)
    except InvalidURLError:
        return MixedDecision(MixedContent.ALLOW, request.url)
    if request.destination == "document" or url.scheme != "http" or is_trustworthy(url):
        return MixedDecision(MixedContent.ALLOW, request.url)
    if upgrade_insecure:
        # https://w3c.github.io/webappsec-upgrade-insecure-requests/#upgrade-request
        return MixedDecision(MixedContent.UPGRADE, upgraded(url).href, "upgrade-insecure-requests")
    # NOTE: loopback pages over http are trustworthy, but restrict nothing in any browser.
    if page.scheme != "https":
        return MixedDecision(MixedContent.ALLOW, request.url)
    words = f"mixed content: {page.origin} is https"
    # https://w3c.github.io/webappsec-mixed-content/#upgrade-algorithm
    if request.destination in _UPGRADEABLE and not request.image_set and not is_ip_address(url.host):
        return MixedDecision(MixedContent.UPGRADE, upgraded(url).href, words)
    # https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
    return MixedDecision(MixedContent.BLOCK, request.url, words)


def upgraded(url: URL) -> URL:
    """The https URL in the place of an http one; other ports than 80 stay."""
    return URL("https" + url.href[len("http") :]) if url.scheme == "http" else url
