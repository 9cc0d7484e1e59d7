"""Fetches that start while the document is still arriving: what its headers and the markup so far name.

In: the response's head and the pieces of its body. Out: fetches in the page's resources, which the loader finds there
when it asks for the same. What this asks for is what the loader will ask for: equal requests are one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, final

from ..css import media_matches
from ..html.parser import is_xml_type
from ..html.preload_scanner import Hint, HintKind, PreloadScanner
from ..html.stream_decoder import StreamDecoder
from ..net import BodyObserver, Headers, Response
from ..trace import Recorder
from ..url import resolve
from .client import FetchClient, priority_of
from .link_header import parse_link_headers
from .pictures import choose_image
from .resources import PageResources
from .stylesheets import is_sheet_link

if TYPE_CHECKING:
    from .loader import LoadOptions

PRELOADED: Final = frozenset(("font", "image", "style"))
"""`as` of `<link rel=preload>` that a page without scripts, sound and films makes use of."""


@final
class Preloader(BodyObserver):
    """Watches one document come in.

    Attributes:
        client: the document as a client of fetches, None while its head is not here.
    """

    def __init__(self, resources: PageResources, options: LoadOptions, recorder: Recorder) -> None:
        self._resources: Final = resources
        self._options: Final = options
        self._recorder: Final = recorder
        self._scanner: Final = PreloadScanner(options.scripting)
        self._decoder: StreamDecoder | None = None
        self._base = ""
        self._set_title = ""
        self.client: FetchClient | None = None

    # --- What comes in --------------------------------------------------------------------------------

    def early_hints(self, url: str, headers: Headers) -> None:
        """https://html.spec.whatwg.org/multipage/semantics.html#early-hints: links, and the policies for them."""
        hinted = Response(url=url, url_list=(url,), status=103, headers=headers)
        client = FetchClient.of_response(self._resources, self._recorder, hinted)
        self._base = url
        for link in parse_link_headers(headers.get_all("link")):
            self._link(link, client, is_header=True)

    def begin(self, response: Response) -> None:
        """The head: links in it are hints, its type says whether there is markup to read."""
        self.begin_frame(FetchClient.of_response(self._resources, self._recorder, response), response)

    def begin_frame(self, client: FetchClient, response: Response) -> None:
        """The head, where the document is known as a client already."""
        self.begin_client(client, response.url)
        if response.status in (204, 205):
            return
        for link in parse_link_headers(response.headers.get_all("link")):
            self._link(link, client, is_header=True)
        if response.mime_type in ("text/html", ""):
            self._decoder = StreamDecoder(response.charset)
        elif is_xml_type(response.mime_type) and not response.mime_type.startswith("image/"):
            self._decoder = StreamDecoder(response.charset, is_xml=True)

    def begin_client(self, client: FetchClient, base_url: str) -> None:
        """A document that nobody fetched."""
        self.client = client
        self._base = base_url

    def data(self, chunk: bytes) -> None:
        """The next piece of the document."""
        if self._decoder is not None:
            self.text(self._decoder.feed(chunk))

    def text(self, text: str) -> None:
        """The next piece, decoded."""
        for hint in self._scanner.feed(text):
            self._take(hint)

    def markup(self, data: bytes | str) -> None:
        """A whole document."""
        if isinstance(data, str):
            self.text(data)
        else:
            self._decoder = StreamDecoder(None)
            self.data(data)
        self.finish()

    def finish(self) -> FetchClient:
        """The document is whole. Gives its client."""
        assert self.client is not None, "a document has a head before it ends"
        if self._decoder is not None:
            self.text(self._decoder.finish())
        for hint in self._scanner.finish():
            self._take(hint)
        return self.client

    # --- What is made of it ---------------------------------------------------------------------------

    def _take(self, hint: Hint) -> None:
        client = self.client
        assert client is not None
        attributes = hint.attributes
        if hint.kind == HintKind.LINK:
            self._link(attributes, client)
        elif hint.kind == HintKind.IMAGE:
            self._image(hint, client)
        elif hint.kind == HintKind.IMPORT:
            if self._matches(attributes["media"]) and self._matches(attributes["condition"]):
                self._start(attributes["href"], "style", {}, client)
        elif hint.kind == HintKind.BASE:
            base = resolve(self._base, attributes["href"])
            if base is not None and not client.policy.csp.allows_base(base):
                self._base = base
        elif hint.kind == HintKind.META:
            client.read_meta(attributes)

    def _link(self, attributes: dict[str, str], client: FetchClient, *, is_header: bool = False) -> None:
        """https://html.spec.whatwg.org/multipage/links.html#linkTypes"""
        relations = attributes.get("rel", "").lower().split()
        href = attributes.get("href", "").strip()
        if not href:
            return
        if "stylesheet" in relations:
            # NOTE: browsers but Firefox take no style sheets from headers.
            if not is_header and is_sheet_link(attributes) and self._is_of_the_set(attributes):
                if self._matches(attributes.get("media", "")):
                    self._start(href, "style", attributes, client)
            return
        url = resolve(self._base, href)
        if url is None:
            return
        if "preload" in relations:
            self._preload(attributes, client)
        elif "preconnect" in relations:
            client.connect_ahead(url)
        elif "dns-prefetch" in relations:
            client.connect_ahead(url, only_name=True)

    def _preload(self, attributes: dict[str, str], client: FetchClient) -> None:
        """https://html.spec.whatwg.org/multipage/links.html#link-type-preload"""
        destination = attributes.get("as", "").strip().lower()
        if destination not in PRELOADED or not self._matches(attributes.get("media", "")):
            return
        href = attributes.get("href", "")
        if destination == "image" and attributes.get("imagesrcset"):
            chosen = {
                "src": href,
                "srcset": attributes["imagesrcset"],
                "sizes": attributes.get("imagesizes", ""),
            }
            href, _ = choose_image([chosen], self._options.media, self._options.density)
        self._start(href, destination, attributes, client, is_preload=True)

    def _image(self, hint: Hint, client: FetchClient) -> None:
        attributes = hint.attributes
        if attributes.get("loading", "").strip().lower() == "lazy":
            return
        candidates = [*hint.sources, attributes]
        source, _ = choose_image(candidates, self._options.media, self._options.density)
        self._start(source, "image", {"srcset": "", **attributes} if hint.sources else attributes, client)

    def _start(
        self,
        href: str,
        destination: str,
        attributes: dict[str, str],
        client: FetchClient,
        *,
        is_preload: bool = False,
    ) -> None:
        href = href.strip()
        # What was not decoded well is not what the parser will ask for.
        url = resolve(self._base, href) if href and "\ufffd" not in href else None
        if url is None or url.startswith(("data:", "about:", "javascript:")):
            return
        hint = attributes.get("fetchpriority", "")
        priority = priority_of(destination, hint, is_preload=True) if is_preload else None
        request = client.request(url, destination, attributes, priority=priority)
        if is_preload and not request.mode:
            # https://html.spec.whatwg.org/multipage/links.html#create-a-link-request: a font is not excepted
            request = replace(request, mode="no-cors")
        client.start(request)

    def _is_of_the_set(self, attributes: dict[str, str]) -> bool:
        """Whether a sheet has no title, or that of the first that has one."""
        title = attributes.get("title", "")
        if title and not self._set_title:
            self._set_title = title
        return title in ("", self._set_title)

    def _matches(self, media: str) -> bool:
        return media_matches(media, self._options.media)
