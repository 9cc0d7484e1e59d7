"""The request artifact (https://fetch.spec.whatwg.org/#concept-request). Immutable; a redirect makes a new one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Final, final

from .headers import Headers

if TYPE_CHECKING:
    from .fetch_policy import FetchPolicy


SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""RFC 9110 section 9.2.1: they change nothing on the server."""

Upload = Callable[[], AsyncIterator[bytes]]
"""A body that is made while it is sent. It is called once more where the request has to be repeated."""


class Priority(IntEnum):
    """The order in which waiting requests get connections; lower goes first. Chromium's five levels."""

    HIGHEST = 0
    HIGH = 1
    MEDIUM = 2
    LOW = 3
    LOWEST = 4


_PRIORITIES: Final = {
    "document": Priority.HIGHEST,
    "iframe": Priority.HIGHEST,
    "style": Priority.HIGHEST,
    "font": Priority.HIGHEST,
    "script": Priority.HIGH,
    "image": Priority.LOW,
}
"""Chromium's priorities by destination, before layout knows what is in view."""


CACHE_MODES: Final = frozenset({"default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"})
"""https://fetch.spec.whatwg.org/#concept-request-cache-mode"""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to fetch.

    Attributes:
        url: absolute.
        upload: a body of unknown length, made while it is sent; takes the place of `body`.
        destination: "document", "iframe", "style", "image", "font", "script"; "" for anything else.
        mode: "navigate", "no-cors", "cors" or "same-origin"; "" chooses by the destination.
        credentials: "include", "same-origin" or "omit"; governs cookies and authorization. "" chooses by the mode.
        redirect: "follow", "error" or "manual".
        priority: None chooses by the destination.
        initiator: URL of the document that asks, "" when a person does.
        http_fallback: https was a guess ("shop.example" was typed): http is tried where nothing speaks https.
        top_level: URL of the document at the top, where that is another than `initiator` (in frames).
        cache: "default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"; "" is the session's.
        referrer: URL to be named as referrer before the policy cuts it, "" for none.
        referrer_policy: of the element that asks; "" leaves it to `policy`, and then to the default.
        policy: what the document that asks allows (CSP, mixed content, referrers); asked at every hop.
        nonce: of the element that asks, for CSP.
        image_set: the picture was chosen from `srcset`: as mixed content it is blocked, not upgraded.
        integrity: digests that the body must have one of, as in the attribute of that name; "" for any body.
    """

    url: str
    method: str = "GET"
    headers: Headers = field(default_factory=Headers)
    body: bytes | None = None
    upload: Upload | None = None
    destination: str = ""
    mode: str = ""
    credentials: str = ""
    redirect: str = "follow"
    priority: Priority | None = None
    initiator: str = ""
    referrer: str = ""
    http_fallback: bool = False
    top_level: str = ""
    cache: str = ""
    referrer_policy: str = ""
    policy: FetchPolicy | None = None
    nonce: str = ""
    integrity: str = ""
    image_set: bool = False

    @property
    def effective_priority(self) -> Priority:
        """The priority asked for, or the destination's."""
        return (
            self.priority if self.priority is not None else _PRIORITIES.get(self.destination, Priority.MEDIUM)
        )

    @property
    def effective_mode(self) -> str:
        """The mode asked for, or the one that HTML uses for the destination."""
        if self.mode:
            return self.mode
        if self.destination in ("document", "iframe"):
            return "navigate"
        return "cors" if self.destination == "font" else "no-cors"

    @property
    def effective_credentials(self) -> str:
        """The credentials mode asked for, or HTML's: `same-origin` for CORS requests, else `include`."""
        return self.credentials or ("same-origin" if self.effective_mode == "cors" else "include")

    @property
    def effective_referrer_policy(self) -> str:
        """The element's, else the document's, "" for the default (https://fetch.spec.whatwg.org/#main-fetch step 8)."""
        return self.referrer_policy or (self.policy.referrer_policy if self.policy is not None else "")

    @property
    def is_navigation(self) -> bool:
        """https://fetch.spec.whatwg.org/#navigation-request"""
        return self.destination in ("document", "iframe")
