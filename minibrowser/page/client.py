"""A document as a client of fetches: what it and its elements put into each request, and the door to the resources.

https://html.spec.whatwg.org/multipage/webappapis.html#environment-settings-object. Every fetch of a document goes
through its `FetchClient`, so that referrer, policy, top-level site and priority are said in one place.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, final

from ..dom import Document
from ..net import Priority, Request, Response
from ..net.fetch_policy import FetchPolicy
from ..net.framing import frame_refusal
from ..net.referrer import (
    DEFAULT_REFERRER_POLICY,
    SANDBOXED,
    parse_referrer_policy,
    referrer_policy_of_attribute,
    referrer_policy_of_meta,
)
from ..trace import Recorder
from .resources import PageResources

_DESTINATION_PRIORITY: Final = {
    "style": Priority.HIGHEST,
    "font": Priority.HIGHEST,
    "iframe": Priority.HIGHEST,
    "script": Priority.HIGH,
    "image": Priority.LOW,
}


def priority_of(destination: str, hint: str = "", *, is_preload: bool = False) -> Priority:
    """Chromium's priority of a request; `hint` is the element's `fetchpriority`.

    https://web.dev/articles/fetch-priority and Blink's ResourceFetcher::ComputeLoadPriority
    """
    priority = _DESTINATION_PRIORITY.get(destination, Priority.MEDIUM)
    if is_preload and destination == "font":
        # What is only likely to be wanted does not go before what certainly is.
        priority = Priority.HIGH
    hint = hint.strip().lower()
    if hint == "high":
        return min(priority, Priority.HIGH)
    if hint == "low":
        if destination == "style":
            return max(priority, Priority.HIGH)
        return max(priority, Priority.LOW)
    return priority


BOOSTED_IMAGES: Final = 5
"""The first so many images of a document go before the others: they are likely in view, as Blink supposes."""
SMALL_IMAGE: Final = 10_000
"""CSS px: an image of less area by its attributes is not among them."""


def _is_small(attributes: Mapping[str, str]) -> bool:
    """Whether an image's attributes say that it is small."""
    width, height = attributes.get("width", ""), attributes.get("height", "")
    if not (width.isascii() and width.isdigit() and height.isascii() and height.isdigit()):
        return False
    return int(width[:9]) * int(height[:9]) < SMALL_IMAGE


@final
class FetchClient:
    """One document's fetches.

    Attributes:
        url: the document's address, which may be "about:srcdoc".
        ancestors: URLs of the documents around it, inner first.
        policy: what the document allows; grows while its <meta> elements are read.
    """

    def __init__(
        self,
        resources: PageResources,
        recorder: Recorder,
        policy: FetchPolicy,
        *,
        url: str,
        ancestors: tuple[str, ...] = (),
        initiator: str = "",
        outer: FetchClient | None = None,
    ) -> None:
        """`outer` is the client around a frame's; `initiator` is the URL whose origin the document has, where that is
        not `url`'s."""
        self._resources: Final = resources
        self._recorder: Final = recorder
        self.policy = policy
        self.url: Final = url
        self.ancestors: Final = ancestors
        self._initiator: Final = initiator or url
        self._outer: Final = outer
        self._boosted: set[str] = set()
        self._sheet_policies: Final[dict[str, str]] = {}
        self._number: Final = resources.count_document()
        self._top: Final = ancestors[-1] if ancestors else ""

    @classmethod
    def of_response(cls, resources: PageResources, recorder: Recorder, response: Response) -> FetchClient:
        """That of a page's document."""
        policy = FetchPolicy.of_response(response)
        sandbox = policy.csp.sandbox
        is_sandboxed = sandbox is not None and "allow-same-origin" not in sandbox
        initiator = SANDBOXED if is_sandboxed else ""
        return cls(resources, recorder, policy, url=response.url, initiator=initiator)

    @classmethod
    def of_url(cls, resources: PageResources, recorder: Recorder, url: str) -> FetchClient:
        """That of a document which nobody fetched."""
        return cls(resources, recorder, FetchPolicy(url), url=url)

    def with_resources(self, resources: PageResources) -> FetchClient:
        """The same document, loaded again."""
        return FetchClient(
            resources,
            self._recorder,
            self.policy,
            url=self.url,
            ancestors=self.ancestors,
            initiator=self._initiator,
            outer=self._outer,
        )

    # --- What the document says -----------------------------------------------------------------------

    def read_meta(self, attributes: Mapping[str, str]) -> None:
        """Take a <meta> in: a referrer policy or a content security policy."""
        content = attributes.get("content", "")
        if attributes.get("http-equiv", "").strip().lower() == "content-security-policy":
            self.policy = self.policy.with_meta_csp(content)
        elif attributes.get("name", "").strip().lower() == "referrer":
            self.policy = self.policy.with_referrer_policy(referrer_policy_of_meta(content))

    def read_document(self, document: Document) -> None:
        """Take the <meta> elements of a document in that no scanner has read."""
        head = document.head
        for element in [] if head is None else head.descendant_elements():
            if element.is_html("meta"):
                self.read_meta(element.attributes)

    def refused_style_attributes(self, document: Document) -> frozenset[str]:
        """The texts of `style` attributes that the policy forbids."""
        csp = self.policy.csp
        if not csp:
            return frozenset()
        texts = {element.get("style") for element in document.descendant_elements()} - {""}
        refused = {text: reason for text in texts if (reason := csp.allows_inline("style-attribute", text))}
        for reason in sorted(set(refused.values())):
            self.refuse(f"style attributes in {self.url}", "style", reason)
        return frozenset(refused)

    # --- Requests -------------------------------------------------------------------------------------

    def request(
        self,
        url: str,
        destination: str,
        attributes: Mapping[str, str] | None = None,
        *,
        referrer: str = "",
        priority: Priority | None = None,
    ) -> Request:
        """A request for a subresource.

        Args:
            url: absolute.
            destination: as in `Request`.
            attributes: of the element that asks: crossorigin, referrerpolicy, fetchpriority and nonce count.
            referrer: the sheet that asks, where it is one.
            priority: in the place of the one that Chromium gives.
        """
        given = attributes or {}
        mode, credentials = cors_settings(given.get("crossorigin"))
        return Request(
            url=url,
            destination=destination,
            mode=mode,
            credentials=credentials,
            priority=self._priority(url, destination, given) if priority is None else priority,
            initiator=self._initiator,
            referrer=referrer or self._referrer,
            referrer_policy=referrer_policy_of_attribute(given.get("referrerpolicy", "")),
            policy=self.policy,
            nonce=given.get("nonce", ""),
            integrity=given.get("integrity", "") if destination in ("style", "script") else "",
            image_set=destination == "image" and "srcset" in given,
            top_level=self._top,
            cache=self._resources.cache_mode,
        )

    def _priority(self, url: str, destination: str, attributes: Mapping[str, str]) -> Priority:
        """The priority of an element's request. The first images of a document are boosted."""
        hint = attributes.get("fetchpriority", "")
        priority = priority_of(destination, hint)
        if (
            destination != "image"
            or not attributes
            or hint
            or priority != Priority.LOW
            or _is_small(attributes)
        ):
            return priority
        if url not in self._boosted and len(self._boosted) < BOOSTED_IMAGES:
            self._boosted.add(url)
        return Priority.MEDIUM if url in self._boosted else priority

    def style_request(self, url: str, destination: str, referrer: str) -> Request:
        """A request for a picture or a font that a style names. `referrer`: the sheet, "" for styles in the document.

        NOTE: as in Chromium, the document's referrer policy says nothing here; a sheet's own header does.
        """
        policy = self._sheet_policies.get(referrer, "") or DEFAULT_REFERRER_POLICY
        return replace(self.request(url, destination, referrer=referrer), referrer_policy=policy)

    def note_sheet(self, response: Response) -> None:
        """A sheet is here: what it names heeds its referrer policy."""
        policy = parse_referrer_policy(response.headers.get_all("referrer-policy"))
        if policy:
            self._sheet_policies[response.url] = policy

    @property
    def _referrer(self) -> str:
        """https://html.spec.whatwg.org/multipage/webappapis.html#determine-requests-referrer: a srcdoc document names
        the one around it, one without an origin nobody."""
        if self._initiator == SANDBOXED:
            return ""
        if self.url.startswith("about:") and self.ancestors:
            return next((url for url in self.ancestors if not url.startswith("about:")), "")
        return "" if self.url.startswith("about:") else self.url

    async def get(self, request: Request) -> Response | None:
        """The answer, None where there is none to use."""
        return await self._resources.get(request, self._policy_key)

    def start(self, request: Request) -> asyncio.Task[Response | None] | None:
        """Begin to fetch what will be asked for."""
        return self._resources.start(request, self._policy_key)

    def raise_priority(self, request: Request) -> None:
        """Let an equal request that still waits overtake others."""
        self._resources.raise_priority(request, self._policy_key)

    def refuse(self, url: str, destination: str, reason: str) -> None:
        """Note what the document may not have."""
        self._resources.refuse(url, destination, reason)

    def connect_ahead(self, url: str, *, only_name: bool = False) -> None:
        """Have a connection ready for a host that will be asked."""
        self._resources.connect_ahead(url, only_name=only_name, initiator=self._top or self.url)

    @property
    def is_out_of_budget(self) -> bool:
        """Whether the page may fetch nothing more."""
        return self._resources.is_out_of_budget

    @property
    def _policy_key(self) -> int:
        # Documents without a policy share what they fetch, with the page too.
        return 0 if self._outer is None or self._is_free else self._number

    @property
    def _is_free(self) -> bool:
        """Whether neither this document nor one around it has a policy."""
        return not self.policy.csp and (self._outer is None or self._outer._is_free)

    # --- Frames ---------------------------------------------------------------------------------------

    def frame_request(self, url: str, attributes: Mapping[str, str], destination: str = "iframe") -> Request:
        """The request for the document of a frame."""
        given = {name: value for name, value in attributes.items() if name != "crossorigin"}
        return self.request(url, destination, given)

    def for_frame(self, response: Response, attributes: Mapping[str, str]) -> FetchClient | None:
        """The client that the document in a frame is, None where it may not be shown there."""
        ancestors = (self.url, *self.ancestors)
        refusal = frame_refusal(response.headers, response.url, _real(ancestors))
        if refusal:
            self.refuse(response.url, "iframe", refusal)
            return None
        policy = FetchPolicy.of_response(response, self.policy)
        sandbox = policy.csp.sandbox
        # A sandbox holds what is framed in it as well; a data: document has no origin without being in one.
        is_sandboxed = (
            _is_sandboxed(attributes)
            or (sandbox is not None and "allow-same-origin" not in sandbox)
            or (self._initiator == SANDBOXED and not self.url.startswith("data:"))
        )
        initiator = SANDBOXED if is_sandboxed or response.url.startswith("data:") else response.url
        return self._inner(response.url, policy, ancestors, initiator)

    def for_srcdoc(self, attributes: Mapping[str, str]) -> FetchClient:
        """The client that a document written into an attribute is: it inherits."""
        initiator = SANDBOXED if _is_sandboxed(attributes) else self._initiator
        return self._inner("about:srcdoc", self.policy, (self.url, *self.ancestors), initiator)

    def _inner(
        self, url: str, policy: FetchPolicy, ancestors: tuple[str, ...], initiator: str
    ) -> FetchClient:
        return FetchClient(
            self._resources,
            self._recorder,
            policy,
            url=url,
            ancestors=ancestors,
            initiator=initiator,
            outer=self,
        )


def _is_sandboxed(attributes: Mapping[str, str]) -> bool:
    """Whether a frame's document is of no origin."""
    return "sandbox" in attributes and "allow-same-origin" not in attributes["sandbox"].lower().split()


def _real(urls: tuple[str, ...]) -> tuple[str, ...]:
    """Without those of documents that have the origin of the one around them."""
    return tuple(url for url in urls if not url.startswith("about:"))


def cors_settings(crossorigin: str | None) -> tuple[str, str]:
    """Mode and credentials of an element's request; "" leaves them to the destination
    (https://html.spec.whatwg.org/multipage/urls-and-fetching.html#cors-settings-attributes)."""
    if crossorigin is None:
        return "", ""
    return "cors", "include" if crossorigin.strip().lower() == "use-credentials" else "same-origin"
