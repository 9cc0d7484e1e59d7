"""Syntax strings (https://drafts.css-houdini.org/css-properties-values-api/#syntax-strings): what @property and
attr() say a value is; whether a text is that, and its computed value as text."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, final

from .. import limits
from .colors import parse_color
from .deferred import ComputeContext, Deferred
from .images import parse_image
from .numeric import (
    parse_angle,
    parse_integer,
    parse_length,
    parse_number,
    parse_percentage,
    parse_resolution,
    parse_time,
)
from .serialize import color as color_text, length as length_text, number as number_text
from .syntax import tokenize
from .tokens import Token, TokenKind, split_commas
from .value_context import ValueContext
from .value_parsers.common import INVALID
from .value_parsers.effects import transform
from .values import Color, Length, LengthKind

_TYPES: Final = frozenset(
    "length number percentage length-percentage color image url integer angle time resolution transform-function "
    "transform-list custom-ident string".split()
)
_WIDE: Final = frozenset(("initial", "inherit", "unset", "revert", "revert-layer", "default"))
_CONTEXT: Final = ValueContext()


@final
class SyntaxComponent:
    """One alternative: a type in angle brackets or an identifier.

    Attributes:
        name: of the type or the identifier; is_type: which of the two.
        separator: " " or "," for a list of them, "" for one alone.
    """

    __slots__ = ("is_type", "name", "separator")

    def __init__(self, name: str, is_type: bool, separator: str) -> None:
        self.name: Final = name
        self.is_type: Final = is_type
        self.separator: Final = separator


@final
class PropertySyntax:
    """A syntax string. Without components it is `*`: anything."""

    __slots__ = ("components",)

    def __init__(self, components: tuple[SyntaxComponent, ...]) -> None:
        self.components: Final = components

    def is_universal(self) -> bool:
        """Whether anything goes."""
        return not self.components

    def computed(self, text: str, context: ComputeContext | None) -> str | None:
        """The computed value as text, None for what is not of this syntax. Without a context what is relative to one
        stays as it is written."""
        if not self.components:
            return text
        if len(text) > limits.MAX_VARIABLE_LENGTH:
            return None
        tokens = tokenize(text)
        for component in self.components:
            found = _computed(component, tokens, text, context)
            if found is not None:
                return found
        return None


@lru_cache(maxsize=256)
def parse_property_syntax(text: str) -> PropertySyntax | None:
    """https://drafts.css-houdini.org/css-properties-values-api/#consume-syntax-definition"""
    text = text.strip(" \t\r\n\f")
    if text == "*":
        return PropertySyntax(())
    components: list[SyntaxComponent] = []
    for part in text.split("|"):
        part = part.strip(" \t\r\n\f")
        separator = {"+": " ", "#": ","}.get(part[-1:], "")
        name = part[:-1] if separator else part
        if name.startswith("<") and name.endswith(">"):
            name = name[1:-1]
            if name not in _TYPES or (name == "transform-list" and separator):
                return None
            components.append(SyntaxComponent(name, True, separator))
            continue
        tokens = tokenize(name)
        if len(tokens) != 1 or tokens[0].kind != TokenKind.IDENT or tokens[0].lower in _WIDE:
            return None
        components.append(SyntaxComponent(tokens[0].text, False, separator))
    return PropertySyntax(tuple(components))


_AS_WRITTEN: Final = ""
"""Of this syntax, and its computed value is its source."""


def _computed(
    component: SyntaxComponent, tokens: list[Token], text: str, context: ComputeContext | None
) -> str | None:
    if not tokens:
        return None
    if component.is_type and component.name == "transform-list":
        return None if transform(tokens, _CONTEXT) is INVALID else text
    items = split_commas(tokens) if component.separator == "," else [[token] for token in tokens]
    if len(items) > 1 and not component.separator:
        return None
    parts: list[str] = []
    is_as_written = False
    for item in items:
        found = _one(component, item[0], context) if len(item) == 1 else None
        if found is None:
            return None
        is_as_written = is_as_written or found == _AS_WRITTEN
        parts.append(found)
    return text if is_as_written else (", " if component.separator == "," else " ").join(parts)


def _one(component: SyntaxComponent, token: Token, context: ComputeContext | None) -> str | None:
    """One value, computed."""
    name = component.name
    if not component.is_type:
        return name if token.kind == TokenKind.IDENT and token.text == name else None
    if name == "length" or name == "length-percentage":
        return _resolved(parse_length(token, percentages=name == "length-percentage"), context)
    if name == "color":
        return _resolved(parse_color(token), context)
    if name == "image" or name == "url":
        is_url = token.kind == TokenKind.URL or token.is_function("url") or token.is_function("src")
        return None if (name == "url" and not is_url) or parse_image(token, _CONTEXT) is None else _AS_WRITTEN
    if name == "custom-ident":
        return token.text if token.kind == TokenKind.IDENT and token.lower not in _WIDE else None
    if name == "string":
        return _AS_WRITTEN if token.kind == TokenKind.STRING else None
    if name == "transform-function":
        return None if transform([token], _CONTEXT) is INVALID or token.is_ident("none") else _AS_WRITTEN
    return _number(name, token)


def _resolved(value: object, context: ComputeContext | None) -> str | None:
    """A length or colour as text."""
    if isinstance(value, Deferred):
        if context is None:
            return _AS_WRITTEN
        value = value.compute(context)
    if isinstance(value, Color):
        return "currentcolor" if value.is_current else color_text(value)
    if isinstance(value, Length) and value.kind <= LengthKind.CALC:
        return length_text(value)
    return None


def _number(name: str, token: Token) -> str | None:
    value: float | None
    unit = ""
    if name == "number":
        value = parse_number(token)
    elif name == "integer":
        value = parse_integer(token)
    elif name == "percentage":
        value, unit = parse_percentage(token), "%"
    elif name == "angle":
        value, unit = parse_angle(token, unitless_zero=False), "deg"
    elif name == "time":
        value, unit = parse_time(token), "s"
    else:
        value, unit = parse_resolution(token), "dppx"
    return None if value is None else f"{number_text(float(value))}{unit}"
