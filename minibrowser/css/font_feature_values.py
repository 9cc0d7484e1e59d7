"""@font-feature-values (https://drafts.csswg.org/css-fonts-4/#font-feature-values): what the names in
font-variant-alternates mean for a family, as OpenType features."""

from __future__ import annotations

from typing import Final, final

from .sheet import DescriptorRule
from .splitter import split_declarations, split_rules
from .syntax import tokenize, unescape
from .tokens import TokenKind, split_commas
from .values import FontFamilyName

_BLOCKS: Final = frozenset("stylistic styleset character-variant swash ornaments annotation".split())
_MAX_INDEX: Final = 99
"""ss01 to ss20 and cv01 to cv99 are what OpenType has."""

Features = tuple[tuple[str, int], ...]


@final
class FontFeatureValues:
    """The rules of a document: by (family in lower case, kind of alternates, name) the numbers."""

    __slots__ = ("_values",)

    def __init__(self) -> None:
        self._values: Final[dict[tuple[str, str, str], tuple[int, ...]]] = {}

    def add(self, rule: DescriptorRule) -> None:
        """One rule; what is invalid in it is left out."""
        families = _families(rule.prelude)
        text = rule.block
        for piece in split_rules(text, 0, len(text)):
            if piece.name not in _BLOCKS or piece.block_start < 0:
                continue
            for name, value, is_important in split_declarations(text[piece.block_start : piece.block_end]):
                numbers = _numbers(value)
                if not numbers or is_important or (len(numbers) > 1 and piece.name in _SINGLE):
                    continue
                if len(numbers) > 2 and piece.name == "character-variant":
                    continue
                for family in families:
                    self._values[(family, piece.name, unescape(name))] = numbers

    def features(self, families: tuple[FontFamilyName, ...], alternates: tuple[str, ...]) -> Features:
        """The features of `styleset(a, b)` and the like for the first family that gives the names a meaning."""
        found: list[tuple[str, int]] = []
        for alternate in alternates:
            kind, _, rest = alternate.partition("(")
            for name in rest.removesuffix(")").split(", "):
                for family in families:
                    numbers = self._values.get((family.name.lower(), kind, name))
                    if numbers is not None:
                        found.extend(_features(kind, numbers))
                        break
        return tuple(found)


_SINGLE: Final = frozenset(("stylistic", "swash", "ornaments", "annotation"))
_TAGS: Final = {
    "stylistic": ("salt",),
    "swash": ("swsh", "cswh"),
    "ornaments": ("ornm",),
    "annotation": ("nalt",),
}


def _features(kind: str, numbers: tuple[int, ...]) -> list[tuple[str, int]]:
    if kind == "styleset":
        return [(f"ss{number:02d}", 1) for number in numbers if 0 < number <= _MAX_INDEX]
    if kind == "character-variant":
        value = numbers[1] if len(numbers) > 1 else 1
        return [(f"cv{numbers[0]:02d}", value)] if 0 < numbers[0] <= _MAX_INDEX else []
    return [(tag, numbers[0]) for tag in _TAGS.get(kind, ())]


def _families(prelude: str) -> list[str]:
    found: list[str] = []
    for part in split_commas(tokenize(prelude)):
        if len(part) == 1 and part[0].kind == TokenKind.STRING:
            found.append(part[0].text.lower())
        elif part and all(token.kind == TokenKind.IDENT for token in part):
            found.append(" ".join(token.text for token in part).lower())
        else:
            return []
    return found


def _numbers(value: str) -> tuple[int, ...]:
    """Non-negative integers of 32 bits; () where something else is among them."""
    tokens = tokenize(value)
    if not all(
        token.kind == TokenKind.NUMBER and token.is_integer and token.value >= 0.0 for token in tokens
    ):
        return ()
    return tuple(int(min(token.value, 2**31 - 1)) for token in tokens)
