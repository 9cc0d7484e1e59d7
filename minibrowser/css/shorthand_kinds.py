"""What shorthands are made of: a parser gives (longhand, value) pairs, and longhands that it leaves out get
their initial values. None: invalid.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from .longhands import parse_longhand
from .tokens import Token
from .value_context import ValueContext
from .value_parsers.common import INVALID

Pairs = list[tuple[str, object]]
ShorthandParser = Callable[[list[Token], ValueContext], Pairs | None]


@final
class Initial:
    """The type of INITIAL_VALUE."""

    __slots__ = ()


INITIAL_VALUE: Final = Initial()
"""Stands for the longhand's initial value."""

SIDES: Final = ("top", "right", "bottom", "left")


@final
class Shorthand:
    """Attributes: `longhands` in order; `parse`."""

    __slots__ = ("longhands", "parse")

    def __init__(self, longhands: tuple[str, ...], parse: ShorthandParser) -> None:
        self.longhands: Final = longhands
        self.parse: Final = parse


@final
class Four:
    """margin, padding, inset, border-width, ...: one to four values for the sides."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names: Final = names

    def parse(self, tokens: list[Token], context: ValueContext) -> Pairs | None:
        count = len(tokens)
        if not 1 <= count <= 4:
            return None
        values: list[object] = []
        for token in tokens:
            value = parse_longhand(self.names[0], [token], context)
            if value is INVALID:
                return None
            values.append(value)
        top = values[0]
        right = values[1] if count > 1 else top
        bottom = values[2] if count > 2 else top
        left = values[3] if count > 3 else right
        names = self.names
        return [(names[0], top), (names[1], right), (names[2], bottom), (names[3], left)]


@final
class Two:
    """margin-inline, gap, overflow, place-*, ...: one or two values."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names: Final = names

    def parse(self, tokens: list[Token], context: ValueContext) -> Pairs | None:
        if not 1 <= len(tokens) <= 2:
            return None
        first = parse_longhand(self.names[0], tokens[:1], context)
        second = parse_longhand(self.names[1], tokens[-1:], context)
        if first is INVALID or second is INVALID:
            return None
        return [(self.names[0], first), (self.names[1], second)]


@final
class AnyOrder:
    """border-top, outline, list-style, flex-flow, ...: each longhand at most once, in any order."""

    def __init__(self, names: tuple[str, ...], spread: tuple[tuple[str, ...], ...] = ()) -> None:
        self.names: Final = names
        self.spread: Final = spread
        """For each of `names`, the longhands that get its value (border: all four sides)."""

    def parse(self, tokens: list[Token], context: ValueContext) -> Pairs | None:
        if not tokens:
            return None
        found: dict[str, object] = {}
        for token in tokens:
            for name in self.names:
                if name in found:
                    continue
                value = parse_longhand(name, [token], context)
                if value is not INVALID:
                    found[name] = value
                    break
            else:
                return None
        pairs: Pairs = []
        for index, name in enumerate(self.names):
            value = found.get(name, INITIAL_VALUE)
            for longhand in self.spread[index] if self.spread else (name,):
                pairs.append((longhand, value))
        return pairs
