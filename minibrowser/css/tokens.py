"""Component values: the tokens that value parsers read.

`Token` is our own compact form (https://drafts.csswg.org/css-syntax-3/#tokenization); functions and blocks
hold their contents. Comments are gone; white space is a flag on the token after it. `syntax.py` makes them.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final, final


class TokenKind(IntEnum):
    """What a token is."""

    IDENT = 0
    FUNCTION = 1
    NUMBER = 2
    PERCENTAGE = 3
    DIMENSION = 4
    STRING = 5
    URL = 6
    HASH = 7
    COMMA = 8
    SLASH = 9
    DELIM = 10  # any other single character, in `text`
    PAREN = 11
    BRACKET = 12
    BRACE = 13
    AT_KEYWORD = 14
    UNICODE_RANGE = 15  # `text` is "400-4FF"
    ERROR = 16


_NO_CHILDREN: Final[list[Token]] = []


@final
class Token:
    """A component value.

    Attributes:
        kind: what it is.
        text: a name, a string's contents, an address, a hash's name, a delimiter; as written.
        lower: `text` in ASCII lower case; of a DIMENSION its unit in lower case.
        value: of NUMBER, PERCENTAGE and DIMENSION.
        is_integer: whether the number was written as an integer.
        children: contents of FUNCTION, PAREN, BRACKET and BRACE.
        spaced: whether white space stands in front.
    """

    __slots__ = ("children", "is_integer", "kind", "lower", "spaced", "text", "value")

    def __init__(
        self,
        kind: TokenKind,
        text: str = "",
        lower: str = "",
        value: float = 0.0,
        is_integer: bool = False,
        spaced: bool = False,
    ) -> None:
        self.kind: Final = kind
        self.text: Final = text
        self.lower: Final = lower
        self.value: Final = value
        self.is_integer: Final = is_integer
        self.children: list[Token] = _NO_CHILDREN
        self.spaced: Final = spaced

    def is_ident(self, name: str) -> bool:
        """Whether this is the keyword `name` (lower case)."""
        return self.kind == TokenKind.IDENT and self.lower == name

    def is_delim(self, character: str) -> bool:
        """Whether this is that delimiter."""
        return self.kind == TokenKind.DELIM and self.text == character

    def is_function(self, name: str) -> bool:
        """Whether this is the function `name` (lower case)."""
        return self.kind == TokenKind.FUNCTION and self.lower == name

    def __repr__(self) -> str:
        inner = f" {self.children!r}" if self.children else ""
        number = f" {self.value:g}" if TokenKind.NUMBER <= self.kind <= TokenKind.DIMENSION else ""
        return f"<{self.kind.name} {self.text}{number}{self.lower if number else ''}{inner}>"


def split_commas(tokens: list[Token]) -> list[list[Token]]:
    """The comma-separated parts; an empty list gives one empty part."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind == TokenKind.COMMA:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def split_slashes(tokens: list[Token]) -> list[list[Token]]:
    """The parts between slashes."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind == TokenKind.SLASH:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def keyword(tokens: list[Token]) -> str:
    """The lower-case keyword where the value is one keyword, "" otherwise."""
    if len(tokens) == 1 and tokens[0].kind == TokenKind.IDENT:
        return tokens[0].lower
    return ""
