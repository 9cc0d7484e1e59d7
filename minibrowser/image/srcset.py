"""`srcset` and `sizes`: https://html.spec.whatwg.org/multipage/images.html#srcset-attributes

Pure functions. The media conditions of `sizes` and its lengths are evaluated by the caller's callbacks, so
that this module needs no CSS.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Final, final

SPACES: Final = " \t\n\f\r"
NUMBER: Final = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?\Z")
INTEGER: Final = re.compile(r"\d+\Z")
LENGTH: Final = re.compile(
    r"([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(px|vw|em|rem|in|cm|mm|pt|pc|q)?\Z", re.IGNORECASE
)


@final
class ImageCandidate:
    """One entry of `srcset`. width is its `w` descriptor (0 for none), density its `x` (0.0 for none)."""

    __slots__ = ("density", "height", "url", "width")

    def __init__(self, url: str, width: int = 0, density: float = 0.0, height: int = 0) -> None:
        self.url: Final = url
        self.width: Final = width
        self.density: Final = density
        self.height: Final = height

    def __repr__(self) -> str:
        if self.width:
            return f"<ImageCandidate {self.url!r} {self.width}w>"
        return f"<ImageCandidate {self.url!r} {self.density:g}x>"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, ImageCandidate)
            and self.url == other.url
            and self.width == other.width
            and self.density == other.density
            and self.height == other.height
        )

    def __hash__(self) -> int:
        return hash((self.url, self.width, self.density, self.height))


def parse_srcset(text: str) -> list[ImageCandidate]:
    """https://html.spec.whatwg.org/multipage/images.html#parse-a-srcset-attribute"""
    candidates: list[ImageCandidate] = []
    at, end = 0, len(text)
    while True:
        # Steps 4 to 6: the URL, behind spaces and commas.
        while at < end and (text[at] in SPACES or text[at] == ","):
            at += 1
        if at >= end:
            return candidates
        start = at
        while at < end and text[at] not in SPACES:
            at += 1
        url = text[start:at]
        descriptors: list[str] = []
        # Step 8: a comma at the URL's end ends the candidate.
        if url.endswith(","):
            url = url.rstrip(",")
        else:
            at = _read_descriptors(text, at, descriptors)
        candidate = _candidate(url, descriptors)
        if candidate is not None:
            candidates.append(candidate)


def _read_descriptors(text: str, at: int, descriptors: list[str]) -> int:
    """The descriptor tokeniser; gives the offset behind the candidate's comma."""
    current: list[str] = []
    depth = 0
    while at < len(text):
        character = text[at]
        at += 1
        if depth:
            current.append(character)
            if character == ")":
                depth = 0
        elif character in SPACES:
            if current:
                descriptors.append("".join(current))
                current = []
        elif character == ",":
            break
        else:
            if character == "(":
                depth = 1
            current.append(character)
    if current:
        descriptors.append("".join(current))
    return at


def _candidate(url: str, descriptors: list[str]) -> ImageCandidate | None:
    """Steps 9 to 15: the descriptors; None where one of them is wrong."""
    width = height = 0
    density = -1.0
    for descriptor in descriptors:
        value, kind = descriptor[:-1], descriptor[-1]
        if kind == "w" and INTEGER.match(value) and not width and density < 0:
            width = int(value[:12])
            if width == 0:
                return None
        elif kind == "x" and NUMBER.match(value) and not width and not height and density < 0:
            density = float(value)
            if density < 0 or not math.isfinite(density):
                return None
        elif kind == "h" and INTEGER.match(value) and not height and density < 0:
            height = int(value[:12])
            if height == 0:
                return None
        else:
            return None
    if height and not width:
        return None
    if density < 0:
        density = 0.0 if width else 1.0
    return ImageCandidate(url, width, density, height)


def split_sizes(text: str) -> list[str]:
    """The comma-separated parts of `sizes`, commas inside parentheses apart."""
    parts: list[str] = []
    depth = start = 0
    for at, character in enumerate(text):
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(depth - 1, 0)
        elif character == "," and not depth:
            parts.append(text[start:at].strip(SPACES))
            start = at + 1
    parts.append(text[start:].strip(SPACES))
    return parts


def source_size(
    sizes: str,
    viewport_width: float,
    media_matches: Callable[[str], bool],
    resolve_length: Callable[[str], float] | None = None,
) -> float:
    """The source size in CSS px: https://html.spec.whatwg.org/multipage/images.html#parse-a-sizes-attribute

    `media_matches` evaluates a media condition; `resolve_length` a CSS length or calc() to px (negative for
    not a length). Without it, plain px, vw and em lengths are understood. 100vw where nothing fits.
    """
    for part in split_sizes(sizes):
        condition, length = _split_last_value(part)
        if not length:
            continue
        size = resolve_length(length) if resolve_length is not None else simple_length(length, viewport_width)
        if size < 0:
            continue
        if not condition or media_matches(condition):
            return size
    return viewport_width


def _split_last_value(part: str) -> tuple[str, str]:
    """The media condition and the length at the end, which may be a function."""
    if part.endswith(")"):
        depth = 0
        for at in range(len(part) - 1, -1, -1):
            if part[at] == ")":
                depth += 1
            elif part[at] == "(":
                depth -= 1
                if depth == 0:
                    start = at
                    while start > 0 and (part[start - 1].isalnum() or part[start - 1] in "-_"):
                        start -= 1
                    return part[:start].strip(SPACES), part[start:]
        return "", ""
    start = len(part)
    while start > 0 and part[start - 1] not in SPACES and part[start - 1] != ")":
        start -= 1
    return part[:start].strip(SPACES), part[start:]


def simple_length(text: str, viewport_width: float) -> float:
    """A length without calc() in px; -1.0 where it is none."""
    match = LENGTH.match(text.strip(SPACES))
    if match is None:
        return -1.0
    number, unit = float(match.group(1)), (match.group(2) or "").lower()
    factors = {"px": 1.0, "em": 16.0, "rem": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
    factors.update({"pt": 4 / 3, "pc": 16.0, "q": 96 / 101.6, "vw": viewport_width / 100})
    if not unit:
        return 0.0 if number == 0 else -1.0
    factor = factors.get(unit)
    return -1.0 if factor is None or not math.isfinite(number) else number * factor


def select_source(candidates: list[ImageCandidate], size: float, density: float = 1.0) -> tuple[str, float]:
    """The URL to load and its pixel density: the natural size is divided by it. ("", 1.0) for no candidate.

    https://html.spec.whatwg.org/multipage/images.html#select-an-image-source, with Blink's choice among the
    densities: the first that is at least the wish, but on dense screens the one below if that is nearer by the
    geometric mean.
    """
    resolved: list[tuple[float, str]] = []
    seen: set[float] = set()
    for candidate in candidates:
        if candidate.width:
            value = candidate.width / size if size > 0 else math.inf
        else:
            value = candidate.density
        if value not in seen:
            seen.add(value)
            resolved.append((value, candidate.url))
    if not resolved:
        return "", 1.0
    resolved.sort(key=_density_of)
    chosen = 0
    while chosen < len(resolved) - 1:
        current, following = resolved[chosen][0], resolved[chosen + 1][0]
        if following >= density:
            if density > current and (density <= 1.0 or density >= math.sqrt(current * following)):
                chosen += 1
            break
        chosen += 1
    value, url = resolved[chosen]
    return url, value if 0 < value < math.inf else 1.0


def _density_of(entry: tuple[float, str]) -> float:
    return entry[0]


SHOWN_TYPES: Final = (
    "image/png",
    "image/apng",
    "image/jpeg",
    "image/jpg",
    "image/pjpeg",
    "image/gif",
    "image/webp",
    "image/avif",
    "image/bmp",
    "image/x-icon",
    "image/vnd.microsoft.icon",
    "image/svg+xml",
)
"""Types of `<source type>` that are worth loading."""


def choose_source(
    candidates: list[dict[str, str]],
    *,
    viewport_width: float,
    density: float,
    matches: Callable[[str], bool],
    resolve_length: Callable[[str], float] | None = None,
) -> tuple[str, float]:
    """The URL and density of an `<img>`: https://html.spec.whatwg.org/multipage/images.html#update-the-source-set

    `candidates` are the attributes of the `<source>` elements before it in its `<picture>`, then its own.
    `matches` evaluates media queries and conditions. ("", 1.0) where there is nothing to load.
    """
    for i, attributes in enumerate(candidates):
        is_image = i == len(candidates) - 1
        sources = parse_srcset(attributes.get("srcset", ""))
        if is_image:
            source = attributes.get("src", "").strip(SPACES)
            # Step 4.3: src joins as 1x where srcset has neither that nor widths.
            if source and not any(entry.width or entry.density == 1.0 for entry in sources):
                sources.append(ImageCandidate(source, 0, 1.0))
        else:
            if not sources:
                continue
            media = attributes.get("media", "").strip(SPACES)
            if media and not matches(media):
                continue
            kind = attributes.get("type", "").partition(";")[0].strip(SPACES).lower()
            if kind and kind not in SHOWN_TYPES:
                continue
        size = source_size(attributes.get("sizes", ""), viewport_width, matches, resolve_length)
        return select_source(sources, size, density)
    return "", 1.0
