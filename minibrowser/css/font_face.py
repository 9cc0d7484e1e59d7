"""@font-face rules (https://drafts.csswg.org/css-fonts-4/#font-face-rule).

In: the text of a rule's block. Out: `FontFaceRule`, or None where the rule lacks a family or a source. A
descriptor that cannot be read counts as absent.
"""

from __future__ import annotations

import re
from typing import Final, final
from urllib.parse import urljoin

from .syntax import tokenize
from .tokens import Token, TokenKind, split_commas

SUPPORTED_FORMATS: Final = frozenset(
    ("woff2", "woff", "truetype", "opentype", "collection", "woff2-variations", "woff-variations",
     "truetype-variations", "opentype-variations", "ttf", "otf")
)  # fmt: skip
SUPPORTED_TECHNOLOGIES: Final = frozenset(("variations", "features-opentype", "color-colrv0", "color-cbdt"))

ALL_CHARACTERS: Final[tuple[tuple[int, int], ...]] = ((0, 0x10FFFF),)

_UNICODE_RANGE: Final = re.compile(r"unicode-range\s*:\s*([^;}]*)", re.IGNORECASE)
_RANGE: Final = re.compile(r"[uU]\+([0-9a-fA-F?]{1,6})(?:-([0-9a-fA-F]{1,6}))?\Z")
_STRETCH: Final = {
    "ultra-condensed": 50.0,
    "extra-condensed": 62.5,
    "condensed": 75.0,
    "semi-condensed": 87.5,
    "normal": 100.0,
    "semi-expanded": 112.5,
    "expanded": 125.0,
    "extra-expanded": 150.0,
    "ultra-expanded": 200.0,
}


@final
class FontSourceEntry:
    """One entry of `src`: an absolute `url`, or the name of an installed font in `local`."""

    __slots__ = ("local", "url")

    def __init__(self, url: str, local: str) -> None:
        self.url: Final = url
        self.local: Final = local

    def __repr__(self) -> str:
        return f"url({self.url})" if self.url else f"local({self.local})"


@final
class FontFaceRule:
    """A font that a style sheet offers.

    Attributes:
        family: its name; sources: in order of preference, only those of formats that can be read.
        weight_min, weight_max: 1..1000; stretch_min, stretch_max: percent; is_italic: italic or oblique.
        unicode_range: inclusive pairs.
        display: "auto", "block", "swap", "fallback" or "optional".
        ascent_override, descent_override, line_gap_override: fractions of the size, -1.0 for normal.
        size_adjust: a factor.
    """

    __slots__ = (
        "ascent_override",
        "descent_override",
        "display",
        "family",
        "is_italic",
        "line_gap_override",
        "size_adjust",
        "sources",
        "stretch_max",
        "stretch_min",
        "unicode_range",
        "weight_max",
        "weight_min",
    )

    def __init__(self, family: str, sources: list[FontSourceEntry]) -> None:
        self.family: str = family
        self.sources: list[FontSourceEntry] = sources
        self.weight_min: float = 400.0
        self.weight_max: float = 400.0
        self.stretch_min: float = 100.0
        self.stretch_max: float = 100.0
        self.is_italic: bool = False
        self.unicode_range: tuple[tuple[int, int], ...] = ALL_CHARACTERS
        self.display: str = "auto"
        self.ascent_override: float = -1.0
        self.descent_override: float = -1.0
        self.line_gap_override: float = -1.0
        self.size_adjust: float = 1.0

    def __repr__(self) -> str:
        return f"<FontFaceRule {self.family!r} {self.weight_min:g}..{self.weight_max:g} {self.sources}>"


def parse_font_face(block: str, base_url: str) -> FontFaceRule | None:
    """Read the block of an @font-face rule; relative addresses are resolved against `base_url`."""
    descriptors = _descriptors(block)
    family = _family(descriptors.get("font-family", []))
    sources: list[FontSourceEntry] = []
    for part in split_commas(descriptors.get("src", [])):
        entry = _source(part, base_url)
        if entry is not None:
            sources.append(entry)
    if not family or not sources:
        return None
    rule = FontFaceRule(family, sources)
    _set_weight(rule, descriptors.get("font-weight", []))
    _set_stretch(rule, descriptors.get("font-stretch") or descriptors.get("font-width") or [])
    style = descriptors.get("font-style", [])
    rule.is_italic = bool(style) and style[0].kind == TokenKind.IDENT and style[0].lower in ("italic", "oblique")
    if style and style[0].is_ident("oblique") and len(style) > 1 and style[1].value == 0.0:
        rule.is_italic = False
    match = _UNICODE_RANGE.search(block)
    if match is not None:
        rule.unicode_range = _unicode_range(match.group(1)) or ALL_CHARACTERS
    display = descriptors.get("font-display", [])
    if len(display) == 1 and display[0].lower in ("auto", "block", "swap", "fallback", "optional"):
        rule.display = display[0].lower
    rule.ascent_override = _percentage(descriptors.get("ascent-override", []), -1.0)
    rule.descent_override = _percentage(descriptors.get("descent-override", []), -1.0)
    rule.line_gap_override = _percentage(descriptors.get("line-gap-override", []), -1.0)
    rule.size_adjust = _percentage(descriptors.get("size-adjust", []), 1.0)
    return rule


def _descriptors(block: str) -> dict[str, list[Token]]:
    """The value of each descriptor; the last one of a name wins, except for a `src` of nothing usable."""
    result: dict[str, list[Token]] = {}
    current: list[Token] = []
    for token in [*tokenize(block), Token(TokenKind.DELIM, ";", ";")]:
        if not token.is_delim(";"):
            current.append(token)
            continue
        if len(current) >= 3 and current[0].kind == TokenKind.IDENT and current[1].is_delim(":"):
            name, value = current[0].lower, current[2:]
            if name != "src" or any(_source(part, "") is not None for part in split_commas(value)):
                result[name] = value
        current = []
    return result


def _family(tokens: list[Token]) -> str:
    if len(tokens) == 1 and tokens[0].kind == TokenKind.STRING:
        return tokens[0].text
    if tokens and all(token.kind == TokenKind.IDENT for token in tokens):
        return " ".join(token.text for token in tokens)
    return ""


def _source(tokens: list[Token], base_url: str) -> FontSourceEntry | None:
    """https://drafts.csswg.org/css-fonts-4/#font-face-src-parsing"""
    if not tokens:
        return None
    first = tokens[0]
    if first.is_function("local"):
        name = _family(first.children)
        return FontSourceEntry("", name) if name else None
    url = ""
    if first.kind == TokenKind.URL:
        url = first.text
    elif first.is_function("url") and first.children and first.children[0].kind == TokenKind.STRING:
        url = first.children[0].text
    if not url:
        return None
    for token in tokens[1:]:
        if token.is_function("format"):
            if not all(_name(argument) in SUPPORTED_FORMATS for argument in token.children):
                return None
        elif token.is_function("tech"):
            for argument in token.children:
                if argument.kind == TokenKind.IDENT and argument.lower not in SUPPORTED_TECHNOLOGIES:
                    return None
        else:
            return None
    try:
        absolute = urljoin(base_url, url)
    except ValueError:
        return None
    return FontSourceEntry(absolute, "")


def _name(token: Token) -> str:
    return token.text.lower() if token.kind == TokenKind.STRING else token.lower


def _set_weight(rule: FontFaceRule, tokens: list[Token]) -> None:
    values: list[float] = []
    for token in tokens:
        if token.kind == TokenKind.NUMBER and 1 <= token.value <= 1000:
            values.append(token.value)
        elif token.is_ident("normal"):
            values.append(400.0)
        elif token.is_ident("bold"):
            values.append(700.0)
        elif token.is_ident("auto"):
            values.extend((1.0, 1000.0))
        else:
            return
    if 1 <= len(values) <= 2:
        rule.weight_min, rule.weight_max = min(values), max(values)


def _set_stretch(rule: FontFaceRule, tokens: list[Token]) -> None:
    values: list[float] = []
    for token in tokens:
        if token.kind == TokenKind.PERCENTAGE and token.value >= 0:
            values.append(token.value)
        elif token.kind == TokenKind.IDENT and token.lower in _STRETCH:
            values.append(_STRETCH[token.lower])
        else:
            return
    if 1 <= len(values) <= 2:
        rule.stretch_min, rule.stretch_max = min(values), max(values)


def _percentage(tokens: list[Token], default: float) -> float:
    if len(tokens) == 1 and tokens[0].kind == TokenKind.PERCENTAGE and tokens[0].value >= 0:
        return tokens[0].value / 100.0
    return default


def _unicode_range(text: str) -> tuple[tuple[int, int], ...]:
    """https://drafts.csswg.org/css-syntax-3/#urange ; () where any part is wrong."""
    ranges: list[tuple[int, int]] = []
    for part in text.split(","):
        match = _RANGE.match(part.strip())
        if match is None:
            return ()
        first, last = match.group(1), match.group(2)
        if "?" in first:
            if last or "?" in first.rstrip("?"):
                return ()
            low, high = int(first.replace("?", "0"), 16), int(first.replace("?", "F"), 16)
        else:
            low = int(first, 16)
            high = int(last, 16) if last else low
        if low > high or low > 0x10FFFF:
            return ()
        ranges.append((low, min(high, 0x10FFFF)))
    return tuple(ranges)
