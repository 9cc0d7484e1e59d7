"""SVG's own properties, kept as text for the SVG renderer (https://svgwg.org/svg2-draft/painting.html)."""

from __future__ import annotations

from typing import Final

from ..colors import parse_color
from ..deferred import CURRENT, Deferred, build
from ..images import parse_url
from ..numeric import parse_fraction, parse_length, parse_number, parse_px
from ..tokens import Token, TokenKind, keyword
from ..value_context import ValueContext
from ..values import Color, Length, LengthKind
from .common import INVALID, Parser


def _number(value: float) -> str:
    return f"{value:.10g}"


def _color_text(color: Color) -> str:
    red, green, blue, _ = Color(color.red, color.green, color.blue, color.alpha).rgba8()
    return (
        f"rgb({red}, {green}, {blue})"
        if color.alpha >= 1.0
        else f"rgba({red}, {green}, {blue}, {color.alpha:g})"
    )


def color(tokens: list[Token], context: ValueContext) -> object:
    """stop-color, flood-color, lighting-color."""
    found = parse_color(tokens[0]) if len(tokens) == 1 else None
    return INVALID if found is None else build(_color_text, found)


def paint(tokens: list[Token], context: ValueContext) -> object:
    """fill, stroke: none, a colour, url() with a fallback."""
    name = keyword(tokens)
    if name in ("none", "context-fill", "context-stroke"):
        return name
    reference = parse_url(tokens[0]) if tokens else None
    if reference is None:
        found = parse_color(tokens[0]) if len(tokens) == 1 else None
        if found is CURRENT:
            # The renderer knows the element's colour; children with another one paint with that.
            return "currentcolor"
        return INVALID if found is None else build(_color_text, found)
    address = f"url({context.url(reference)})"
    if len(tokens) == 1:
        return address
    rest = paint(tokens[1:], context)
    return build(_joined, address, rest) if isinstance(rest, (str, Deferred)) else INVALID


def _joined(first: str, second: str) -> str:
    return f"{first} {second}"


def fraction(tokens: list[Token], context: ValueContext) -> object:
    """An opacity."""
    value = parse_fraction(tokens[0]) if len(tokens) == 1 else None
    return INVALID if value is None else _number(max(0.0, min(1.0, value)))


def _length_text(token: Token, negative: bool) -> object | None:
    """A length or percentage; a bare number is in user units."""
    number = parse_number(token)
    if number is not None:
        return _number(number) if negative or number >= 0.0 else None
    length = parse_length(token, percentages=True, negative=negative)
    if length is None:
        return None
    if isinstance(length, Length):
        if length.kind == LengthKind.PERCENT:
            return _number(length.percent) + "%"
        return _number(length.px) + "px"
    pixels = parse_px(token, negative=negative)
    return None if pixels is None else build(_px_text, pixels)


def _px_text(value: float) -> str:
    return _number(value) + "px"


def width(tokens: list[Token], context: ValueContext) -> object:
    """stroke-width."""
    value = _length_text(tokens[0], False) if len(tokens) == 1 else None
    return INVALID if value is None else value


def offset(tokens: list[Token], context: ValueContext) -> object:
    """stroke-dashoffset."""
    value = _length_text(tokens[0], True) if len(tokens) == 1 else None
    return INVALID if value is None else value


def dashes(tokens: list[Token], context: ValueContext) -> object:
    """stroke-dasharray."""
    if keyword(tokens) == "none":
        return "none"
    parts: list[object] = []
    for token in tokens:
        if token.kind == TokenKind.COMMA:
            continue
        value = _length_text(token, False)
        if value is None:
            return INVALID
        parts.append(value)
    return build(_dash_text, *parts) if parts else INVALID


def _dash_text(*parts: str) -> str:
    return ", ".join(parts)


def miter_limit(tokens: list[Token], context: ValueContext) -> object:
    """stroke-miterlimit."""
    value = parse_number(tokens[0], 0.0) if len(tokens) == 1 else None
    return INVALID if value is None else _number(value)


def marker(tokens: list[Token], context: ValueContext) -> object:
    """marker-start, -mid, -end."""
    if keyword(tokens) == "none":
        return "none"
    reference = parse_url(tokens[0]) if len(tokens) == 1 else None
    return INVALID if reference is None else f"url({context.url(reference)})"


def paint_order(tokens: list[Token], context: ValueContext) -> object:
    """paint-order."""
    words = [token.lower for token in tokens if token.kind == TokenKind.IDENT]
    if not words or len(words) != len(tokens) or len(set(words)) != len(words):
        return INVALID
    if words == ["normal"]:
        return "normal"
    return " ".join(words) if set(words) <= {"fill", "stroke", "markers"} else INVALID


_KEYWORDS: Final = {
    "stroke-linecap": "butt round square",
    "stroke-linejoin": "miter miter-clip round bevel arcs",
    "fill-rule": "nonzero evenodd",
    "clip-rule": "nonzero evenodd",
    "text-anchor": "start middle end",
    "shape-rendering": "auto optimizespeed crispedges geometricprecision",
    "color-interpolation": "auto srgb linearrgb",
    "color-interpolation-filters": "auto srgb linearrgb",
    "dominant-baseline": (
        "auto text-bottom alphabetic ideographic middle central mathematical hanging text-top "
        "use-script no-change reset-size text-after-edge text-before-edge"
    ),
}


class _Keywords:
    """A parser of one of some keywords."""

    def __init__(self, words: str) -> None:
        self.words: Final = frozenset(words.split())

    def parse(self, tokens: list[Token], context: ValueContext) -> object:
        name = keyword(tokens)
        return name if name in self.words else INVALID


BY_NAME: Final[dict[str, Parser]] = {
    **{name: _Keywords(words).parse for name, words in _KEYWORDS.items()},
    "fill": paint,
    "stroke": paint,
    "fill-opacity": fraction,
    "stroke-opacity": fraction,
    "flood-opacity": fraction,
    "stop-opacity": fraction,
    "stroke-width": width,
    "stroke-dasharray": dashes,
    "stroke-dashoffset": offset,
    "stroke-miterlimit": miter_limit,
    "marker-start": marker,
    "marker-mid": marker,
    "marker-end": marker,
    "paint-order": paint_order,
    "flood-color": color,
    "lighting-color": color,
    "stop-color": color,
}
"""Parsers by longhand."""
