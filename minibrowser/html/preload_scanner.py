"""Early requests: the subresources that the markup names, found without building a tree.

https://html.spec.whatwg.org/multipage/parsing.html#active-speculative-html-parsing. The scan only saves time: it
may miss a request or name one that the page does not make, so it errs to few. URLs are as written, with
references resolved, relative to `base_href`. Bytes are read as if they were Latin-1, which is right for the ASCII
that URLs mostly are.
"""

from __future__ import annotations

import html
import re
from typing import Final, final

from .. import limits

_TAG: Final = re.compile(
    r"""<!--.*?(?:-->|\Z)                                 # comments
    | <(?P<skip>script|style|title|textarea|template|noscript|noframes|iframe|xmp)\b
      (?P<skipped>(?:[^<>"']|"[^"]*"|'[^']*')*+)>
    | <(?P<name>link|img|base|body|input|video)\b
      (?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*+)>
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
"""Unquoted values with `<` are not understood: that keeps the scan linear on any text."""
_ATTRIBUTE: Final = re.compile(
    r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""", re.DOTALL
)

_CANDIDATE: Final = re.compile(r"[\s,]*([^\s,]\S*[^\s,]|[^\s,])(?:\s+((?:\d+\.?\d*|\.\d+)[wxh]))?\s*(?:,|\Z)")

_DESTINATIONS: Final = {
    "style": "style",
    "script": "script",
    "font": "font",
    "image": "image",
}
"""`as` of `<link rel=preload>` to destinations that the engine fetches."""


@final
class PreloadRequest:
    """One subresource.

    Attributes:
        url: as written.
        destination: https://fetch.spec.whatwg.org/#concept-request-destination: "style", "script", "image", "font".
        media: of the element, "" without one; the loader asks for the resource only when it matches.
        crossorigin: the attribute's value in lower case, None without it.
        is_blocking: whether the first rendering waits for it.
    """

    __slots__ = ("crossorigin", "destination", "is_blocking", "media", "url")

    def __init__(
        self, url: str, destination: str, media: str, crossorigin: str | None, is_blocking: bool
    ) -> None:
        self.url: Final = url
        self.destination: Final = destination
        self.media: Final = media
        self.crossorigin: Final = crossorigin
        self.is_blocking: Final = is_blocking

    def __repr__(self) -> str:
        return f"<PreloadRequest {self.destination} {self.url!r}>"


@final
class PreloadScan:
    """What a scan found. `base_href` is None where no `<base href>` stands in the text."""

    __slots__ = ("base_href", "requests")

    def __init__(self, requests: list[PreloadRequest], base_href: str | None) -> None:
        self.requests: Final = requests
        self.base_href: Final = base_href


def scan(data: bytes | str, scripting: bool = False) -> PreloadScan:
    """Find the subresources that a document, or the start of one, names. Scripts count where they are run."""
    text = data if isinstance(data, str) else data.decode("latin-1")
    found: dict[tuple[str, str], PreloadRequest] = {}
    base_href: str | None = None
    position = 0
    while len(found) < limits.MAX_PRELOADS:
        match = _TAG.search(text, position)
        if match is None:
            break
        position = match.end()
        request: PreloadRequest | None = None
        skip = match.group("skip")
        if skip is not None:
            name = skip.lower()
            if name == "script" and scripting:
                request = _script(_attributes(match.group("skipped")))
            if name != "noscript" or scripting:
                position = _end_of(text, name, position)
        elif match.group("name") is not None:
            name = match.group("name").lower()
            attributes = _attributes(match.group("attributes"))
            if name == "base":
                if base_href is None:
                    base_href = attributes.get("href")
            elif name == "link":
                request = _link(attributes)
            elif name == "img" or (name == "input" and attributes.get("type", "").lower() == "image"):
                request = _image(attributes)
            elif name == "video" and attributes.get("poster"):
                request = _request(attributes["poster"], "image", attributes, False)
            elif name == "body" and attributes.get("background"):
                request = _request(attributes["background"], "image", attributes, False)
        if request is not None and request.url:
            found.setdefault((request.destination, request.url), request)
    return PreloadScan(list(found.values()), base_href)


def _end_of(text: str, name: str, start: int) -> int:
    """Where the content of a raw text element ends; an unclosed one ends the scan."""
    closed = re.compile(f"</{name}", re.IGNORECASE).search(text, start)
    return closed.end() if closed is not None else len(text)


def _attributes(text: str) -> dict[str, str]:
    """Values by name in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = match.group(2) or match.group(3) or match.group(4) or ""
        name = match.group(1).lower()
        if name not in found:
            found[name] = html.unescape(value) if "&" in value else value
    return found


def _request(url: str, destination: str, attributes: dict[str, str], is_blocking: bool) -> PreloadRequest:
    crossorigin = attributes.get("crossorigin")
    return PreloadRequest(
        url.strip("\t\n\f\r "),
        destination,
        attributes.get("media", ""),
        crossorigin.lower() if crossorigin is not None else None,
        is_blocking,
    )


def _script(attributes: dict[str, str]) -> PreloadRequest | None:
    if not attributes.get("src") or "nomodule" in attributes:
        return None
    deferred = (
        "async" in attributes or "defer" in attributes or attributes.get("type", "").lower() == "module"
    )
    return _request(attributes["src"], "script", attributes, not deferred)


def _link(attributes: dict[str, str]) -> PreloadRequest | None:
    href = attributes.get("href")
    if not href:
        return None
    relations = attributes.get("rel", "").lower().split()
    if "stylesheet" in relations:
        if "alternate" in relations or "disabled" in attributes:
            return None
        return _request(href, "style", attributes, True)
    if "preload" in relations:
        destination = _DESTINATIONS.get(attributes.get("as", "").lower())
        return _request(href, destination, attributes, False) if destination is not None else None
    return None


def _image(attributes: dict[str, str]) -> PreloadRequest | None:
    if attributes.get("loading", "").lower() == "lazy":
        return None
    url = _best_candidate(attributes["srcset"]) if "srcset" in attributes else attributes.get("src")
    return _request(url, "image", attributes, False) if url else None


def _best_candidate(srcset: str) -> str:
    """The candidate for one device pixel a CSS px, "" where layout decides (width descriptors)."""
    best = ""
    best_density = 0.0
    position = 0
    while (match := _CANDIDATE.match(srcset, position)) is not None:
        position = match.end()
        url, descriptor = match.group(1), match.group(2)
        if descriptor:
            if not descriptor.endswith("x"):
                return ""
            density = float(descriptor[:-1])
        else:
            density = 1.0
        # The least density of at least 1, or the greatest below.
        if not best or (density >= 1 and not 1 <= best_density <= density) or best_density < density < 1:
            best, best_density = url, density
    return best
