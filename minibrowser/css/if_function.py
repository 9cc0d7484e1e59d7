"""Conditions of if() (https://drafts.csswg.org/css-values-5/#if-notation): style(), media(), supports() and logic."""

from __future__ import annotations

import re
from typing import Final, final

from .. import limits
from .media import MediaContext, media_matches
from .supports import supports_condition
from .syntax import closing, unescape

_OPERAND: Final = re.compile(r"[ \t\r\n\f]*([a-zA-Z-]*)\(")
_WORD: Final = re.compile(r"[ \t\r\n\f]*([a-zA-Z]+)(?=[ \t\r\n\f(])")
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")


@final
class Conditions:
    """Evaluates conditions for an element with these custom properties."""

    __slots__ = ("_media", "_variables")

    def __init__(self, variables: dict[str, str], media: MediaContext) -> None:
        self._variables: Final = variables
        self._media: Final = media

    def hold(self, text: str) -> bool:
        """Whether a condition holds; what cannot be parsed does not."""
        return text.strip(" \t\r\n\f").lower() == "else" or self._condition(text, False, 0) == 1

    def _condition(self, text: str, is_style: bool, depth: int) -> int:
        """1 true, 0 false, -1 invalid."""
        if depth > limits.MAX_NESTING // 4:
            return -1
        word = _WORD.match(text)
        if word is not None and word.group(1).lower() == "not":
            value, end = self._operand(text, word.end(), is_style, depth)
            return -1 if value < 0 or text[end:].strip(" \t\r\n\f") else 1 - value
        value, end = self._operand(text, 0, is_style, depth)
        operator = ""
        while value >= 0 and text[end:].strip(" \t\r\n\f"):
            word = _WORD.match(text, end)
            name = "" if word is None else word.group(1).lower()
            if word is None or name not in ("and", "or") or operator not in ("", name):
                return -1
            operator = name
            other, end = self._operand(text, word.end(), is_style, depth)
            if other < 0:
                return -1
            value = value & other if operator == "and" else value | other
        return value

    def _operand(self, text: str, position: int, is_style: bool, depth: int) -> tuple[int, int]:
        match = _OPERAND.match(text, position)
        if match is None:
            return -1, position
        end = closing(text, match.end())
        inner = text[match.end() : end].strip(" \t\r\n\f")
        name = match.group(1).lower()
        if not name:
            if is_style and inner.startswith("--"):
                return self._feature(inner), end + 1
            return self._condition(inner, is_style, depth + 1), end + 1
        if name == "style":
            if inner.startswith("--"):
                return self._feature(inner), end + 1
            return self._condition(inner, True, depth + 1), end + 1
        if name == "media":
            is_plain = not any(sign in inner for sign in "(:<>=")
            return int(
                media_matches(inner if is_plain or inner[0] == "(" else f"({inner})", self._media)
            ), end + 1
        if name == "supports":
            is_condition = (
                inner.startswith("(") or _OPERAND.match(inner) is not None or inner[:4].lower() == "not "
            )
            return int(supports_condition(inner if is_condition else f"({inner})")), end + 1
        return 0, end + 1

    def _feature(self, text: str) -> int:
        """--name, or --name: value."""
        name, colon, value = text.partition(":")
        own = self._variables.get(unescape(name.strip(" \t\r\n\f")))
        if not colon:
            return int(own is not None)
        wanted = value.strip(" \t\r\n\f")
        if wanted.lower() == "initial":
            return int(own is None)
        return int(own is not None and _SPACE.sub(" ", own) == _SPACE.sub(" ", wanted))
