"""@font-face rules (https://drafts.csswg.org/css-fonts-4/#font-face-rule): descriptors as data.

css collects them; the page fetches the sources and hands the bytes to text.
"""

from __future__ import annotations

from typing import Final, final

from .images import parse_url
from .keywords import FontStyle
from .numeric import parse_number, parse_percentage
from .splitter import split_declarations
from .syntax import tokenize
from .tokens import Token, TokenKind, keyword, split_commas
from .value_context import ValueContext
from .value_parsers.text import (
    ObliqueStyle,
    family_name,
    font_feature_settings,
    font_stretch,
    font_style,
    font_variation_settings,
)


@final
class FontSource:
    """One of `src`: an address with its format and technologies, or (`is_local`) the name of an installed face."""

    __slots__ = ("format", "is_local", "technologies", "url")

    def __init__(
        self, url: str, is_local: bool = False, format_: str = "", technologies: tuple[str, ...] = ()
    ) -> None:
        self.url: Final = url
        self.is_local: Final = is_local
        self.format: Final = format_
        self.technologies: Final = technologies


@final
class FontFace:
    """A face as the sheet describes it.

    Attributes:
        family: its name. sources: in order of preference.
        weight_min, weight_max: 1 to 1000. stretch_min, stretch_max: percent.
        is_italic: `font-style: italic`; slant_min, slant_max: degrees of `oblique`, 0 for none.
        unicode_range: inclusive pairs; () for all.
        display: auto, block, swap, fallback or optional.
        ascent_override, descent_override, line_gap_override: fractions of the size, -1.0 for normal.
        size_adjust: a factor.
        feature_settings, variation_settings: as of the properties.
    """

    def __init__(self, family: str) -> None:
        self.family: str = family
        self.sources: list[FontSource] = []
        self.weight_min: float = 400.0
        self.weight_max: float = 400.0
        self.stretch_min: float = 100.0
        self.stretch_max: float = 100.0
        self.is_italic: bool = False
        self.slant_min: float = 0.0
        self.slant_max: float = 0.0
        self.unicode_range: tuple[tuple[int, int], ...] = ()
        self.display: str = "auto"
        self.ascent_override: float = -1.0
        self.descent_override: float = -1.0
        self.line_gap_override: float = -1.0
        self.size_adjust: float = 1.0
        self.feature_settings: tuple[tuple[str, int], ...] = ()
        self.variation_settings: tuple[tuple[str, float], ...] = ()


_FORMATS: Final = frozenset(
    "woff woff2 truetype opentype collection woff2-variations woff-variations "
    "truetype-variations opentype-variations svg embedded-opentype".split()
)


def parse_font_face(block: str, context: ValueContext) -> FontFace | None:
    """The face that the block describes, None without a family or a source."""
    face = FontFace("")
    for name, text, _ in split_declarations(block):
        _descriptor(face, name.lower(), text, context)
    return face if face.family and face.sources else None


def _descriptor(face: FontFace, name: str, text: str, context: ValueContext) -> None:
    if name == "unicode-range":
        ranges = parse_unicode_range(text)
        if ranges is not None:
            face.unicode_range = ranges
        return
    tokens = tokenize(text)
    if name == "font-family":
        family = family_name(tokens)
        if family is not None:
            face.family = family.name
    elif name == "src":
        sources = parse_sources(tokens, context)
        if sources:
            face.sources = sources
    elif name == "font-weight":
        pair = _pair(tokens, {"normal": 400.0, "bold": 700.0})
        if pair is not None:
            face.weight_min, face.weight_max = pair
    elif name in ("font-stretch", "font-width"):
        widths = [font_stretch([token], context) for token in tokens]
        numbers = [width for width in widths if isinstance(width, float)]
        if numbers and len(numbers) == len(widths) and len(numbers) <= 2:
            face.stretch_min, face.stretch_max = min(numbers), max(numbers)
    elif name == "font-style":
        _style(face, tokens, context)
    elif name == "font-display":
        if keyword(tokens) in ("auto", "block", "swap", "fallback", "optional"):
            face.display = keyword(tokens)
    elif name in ("ascent-override", "descent-override", "line-gap-override", "size-adjust"):
        percentage = parse_percentage(tokens[0]) if tokens else None
        if keyword(tokens) == "normal" and name != "size-adjust":
            percentage = -100.0
        elif percentage is None or percentage < 0.0:
            return
        if name == "ascent-override":
            face.ascent_override = percentage / 100.0
        elif name == "descent-override":
            face.descent_override = percentage / 100.0
        elif name == "line-gap-override":
            face.line_gap_override = percentage / 100.0
        else:
            face.size_adjust = percentage / 100.0
    elif name == "font-feature-settings":
        features = font_feature_settings(tokens, context)
        if isinstance(features, tuple):
            face.feature_settings = features
    elif name == "font-variation-settings":
        axes = font_variation_settings(tokens, context)
        if isinstance(axes, tuple):
            face.variation_settings = axes


def _pair(tokens: list[Token], words: dict[str, float]) -> tuple[float, float] | None:
    numbers: list[float] = []
    for token in tokens:
        number = words.get(token.lower) if token.kind == TokenKind.IDENT else parse_number(token, 1.0, 1000.0)
        if number is None:
            return (1.0, 1000.0) if token.is_ident("auto") else None
        numbers.append(number)
    return (min(numbers), max(numbers)) if 1 <= len(numbers) <= 2 else None


def _style(face: FontFace, tokens: list[Token], context: ValueContext) -> None:
    if len(tokens) == 3 and tokens[0].is_ident("oblique"):
        low, high = font_style([tokens[0], tokens[1]], context), font_style([tokens[0], tokens[2]], context)
        if isinstance(low, ObliqueStyle) and isinstance(high, ObliqueStyle):
            face.is_italic = False
            face.slant_min, face.slant_max = min(low.angle, high.angle), max(low.angle, high.angle)
        return
    value = font_style(tokens, context)
    if isinstance(value, ObliqueStyle):
        face.is_italic = False
        face.slant_min = face.slant_max = value.angle
    elif isinstance(value, FontStyle):
        face.is_italic = value == FontStyle.ITALIC
        face.slant_min = face.slant_max = 14.0 if value == FontStyle.OBLIQUE else 0.0


def parse_sources(tokens: list[Token], context: ValueContext) -> list[FontSource]:
    """The sources of `src`; those that cannot be read are left out."""
    sources: list[FontSource] = []
    for part in split_commas(tokens):
        if not part:
            continue
        first = part[0]
        if first.is_function("local"):
            name = family_name(first.children)
            if name is not None and len(part) == 1:
                sources.append(FontSource(name.name, True))
            continue
        reference = parse_url(first)
        if reference is None:
            continue
        format_ = ""
        technologies: list[str] = []
        is_valid = bool(reference)
        for token in part[1:]:
            if token.is_function("format") and token.children:
                format_ = token.children[0].text.lower()
                is_valid = is_valid and format_ in _FORMATS
            elif token.is_function("tech"):
                technologies += [child.lower for child in token.children if child.kind == TokenKind.IDENT]
            else:
                is_valid = False
        if is_valid:
            sources.append(FontSource(context.url(reference), False, format_, tuple(technologies)))
    return sources


def parse_unicode_range(text: str) -> tuple[tuple[int, int], ...] | None:
    """U+0025-00FF, u+4?? (https://drafts.csswg.org/css-syntax-3/#urange)."""
    ranges: list[tuple[int, int]] = []
    for part in text.split(","):
        part = part.strip()
        if part[:2].lower() != "u+" or len(part) > 20:
            return None
        body = part[2:]
        low, dash, high = body.partition("-")
        if "?" in low:
            if dash:
                return None
            low, high = low.replace("?", "0"), low.replace("?", "F")
        elif not dash:
            high = low
        if not low or not high or len(low) > 6 or len(high) > 6:
            return None
        if not (low.isalnum() and high.isalnum() and low.isascii() and high.isascii()):
            return None
        try:
            pair = (int(low, 16), int(high, 16))
        except ValueError:
            return None
        if pair[0] > pair[1] or pair[1] > 0x10FFFF:
            return None
        ranges.append(pair)
    return tuple(ranges)
