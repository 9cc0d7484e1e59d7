"""@supports conditions (https://drafts.csswg.org/css-conditional-5/#at-supports)."""

from __future__ import annotations

import re
from typing import Final

from .. import limits
from .declarations import is_custom_value, parse_declaration
from .selectors import parse_selector_list
from .syntax import closing
from .value_context import ValueContext

_SPACE: Final = re.compile(r"(?:[ \t\r\n\f]|/\*[\s\S]*?\*/)*")
_WORD: Final = re.compile(r"[a-zA-Z-]+")
_UNKNOWN_PSEUDO: Final = re.compile(
    r"::-webkit-(?!scrollbar|search-|meter-|progress-|slider-|inner-spin|outer-spin|details-|resizer|calendar-"
    r"|datetime-|date-and|file-upload|media-|color-swatch)",
    re.IGNORECASE,
)
_PROPERTY_NAME: Final = re.compile(r"(?:--[^\s:()]*|-?[a-zA-Z_][a-zA-Z0-9_-]*)\s*")
_FONT_TECH: Final = frozenset(
    "features-opentype variations color-colrv0 color-colrv1 color-svg color-sbix color-cbdt palettes".split()
)
_AT_RULES: Final = frozenset(
    "@charset @container @counter-style @font-face @font-feature-values @import @keyframes @-webkit-keyframes @layer "
    "@media @namespace @page @property @scope @starting-style @supports".split()
)
_FONT_FORMATS: Final = frozenset("opentype truetype woff woff2 collection".split())


def supports_condition(text: str) -> bool:
    """Whether a condition holds; what cannot be parsed does not."""
    value, position = _condition(text, 0, 0)
    return value == 1 and not text[_skip(text, position) :]


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match is not None else position


def _word(text: str, position: int) -> str:
    match = _WORD.match(text, position)
    return match.group().lower() if match is not None else ""


def _condition(text: str, position: int, depth: int) -> tuple[int, int]:
    """(1 true, 0 false, -1 invalid) and where it ends. Kleene logic is not needed: unknown is false."""
    if depth > limits.MAX_NESTING:
        return -1, position
    position = _skip(text, position)
    if _word(text, position) == "not" and not text.startswith("(", position + 3):
        value, position = _in_parens(text, _skip(text, position + 3), depth)
        return (value if value < 0 else 1 - value), position
    value, position = _in_parens(text, position, depth)
    operator = ""
    while value >= 0:
        after = _skip(text, position)
        word = _word(text, after)
        if word not in ("and", "or"):
            return value, position
        if operator and word != operator:
            return -1, position
        operator = word
        if text.startswith("(", after + len(word)):
            return -1, position  # `or(` is a function
        other, position = _in_parens(text, _skip(text, after + len(word)), depth)
        if other < 0:
            return -1, position
        value = (value & other) if operator == "and" else (value | other)
    return value, position


def _in_parens(text: str, position: int, depth: int) -> tuple[int, int]:
    word = _word(text, position)
    if word and text.startswith("(", position + len(word)):
        start = position + len(word) + 1
        end = closing(text, start)
        return int(_function(word, text[start:end].strip())), end + 1
    if not text.startswith("(", position):
        return -1, position
    start = position + 1
    end = closing(text, start)
    inner = text[start:end].strip()
    if not inner:
        return 0, end + 1  # <general-enclosed> with nothing in it
    name, colon, value = inner.partition(":")
    if colon and _PROPERTY_NAME.fullmatch(name):
        return int(_supports_declaration(name.strip(), value.strip())), end + 1
    found, stop = _condition(inner, 0, depth + 1)
    if found < 0 or inner[_skip(inner, stop) :]:
        return 0, end + 1  # <general-enclosed>: unknown, so false
    return found, end + 1


def _supports_declaration(name: str, value: str) -> bool:
    value = re.sub(r"!\s*important\s*$", "", value, flags=re.IGNORECASE).strip()
    if name.startswith("--"):
        return name != "--" and is_custom_value(value)
    return bool(value) and parse_declaration(name, value, ValueContext()) is not None


def _function(name: str, argument: str) -> bool:
    if name == "selector":
        selectors = parse_selector_list(argument)
        if selectors is None or len(selectors) != 1:
            return False
        return not selectors[0].is_dead or _UNKNOWN_PSEUDO.search(argument) is None
    if name == "font-tech":
        return argument.lower() in _FONT_TECH
    if name == "at-rule":
        return argument.strip(" \t\r\n\f").lower() in _AT_RULES
    if name == "font-format":
        return argument.lower() in _FONT_FORMATS
    return False
