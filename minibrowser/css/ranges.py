"""Ranges of numbers, as media and container queries ask for them: `(400px <= width < 900px)`.

https://drafts.csswg.org/mediaqueries-5/#mq-range-context. What a condition says is TRUE, FALSE or UNKNOWN.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from .tokens import Token, TokenKind

TRUE: Final = 1
FALSE: Final = 0
UNKNOWN: Final = -1

_CLOSE: Final = 1e-6
"""Sizes that differ by less are the same: they come out of layout and of calc()."""


def split_comparison(tokens: list[Token]) -> tuple[list[list[Token]], list[str]]:
    """The sides of <, <=, >, >= and =, and these signs."""
    sides: list[list[Token]] = [[]]
    operators: list[str] = []
    can_grow = False
    for token in tokens:
        if token.kind != TokenKind.DELIM or token.text not in "<>=":
            sides[-1].append(token)
            can_grow = False
        elif can_grow and token.text == "=" and not token.spaced:
            operators[-1] += "="
            can_grow = False
        else:
            operators.append(token.text)
            sides.append([])
            can_grow = token.text != "="
    return sides, operators


def compare(left: float, operator: str, right: float) -> bool:
    """Whether a comparison holds."""
    if operator == "<":
        return left < right
    if operator == "<=":
        return left <= right + _CLOSE
    if operator == ">":
        return left > right
    if operator == ">=":
        return left >= right - _CLOSE
    return abs(left - right) < _CLOSE


@final
class Range:
    """A feature between bounds.

    Attributes:
        name: of the feature, in lower case.
    """

    __slots__ = ("_at", "_operators", "_sides", "name")

    def __init__(self, sides: list[list[Token]], operators: list[str], at: int) -> None:
        self._sides: Final = sides
        self._operators: Final = operators
        self._at: Final = at  # the side that is the feature
        self.name: Final = sides[at][0].lower

    def holds(self, size: float, bound: Callable[[list[Token]], float | None]) -> int:
        """Whether the feature's size is inside; `bound` gives a side as a number, None where it is none."""
        at = self._at
        for index, operator in enumerate(self._operators):
            left = size if index == at else bound(self._sides[index])
            right = size if index + 1 == at else bound(self._sides[index + 1])
            if left is None or right is None:
                return UNKNOWN
            if not compare(left, operator, right):
                return FALSE
        return TRUE


def parse_range(tokens: list[Token], is_feature: Callable[[str], bool]) -> Range | None:
    """A range, None where it is none: a feature on one side of one sign, or between two that point one way."""
    sides, operators = split_comparison(tokens)
    if not 1 <= len(operators) <= 2:
        return None
    at = -1
    for index, side in enumerate(sides):
        if len(side) == 1 and side[0].kind == TokenKind.IDENT and is_feature(side[0].lower):
            at = index
            break
    if at < 0:
        return None
    if len(operators) == 2 and (at != 1 or operators[0][0] != operators[1][0] or operators[0] == "="):
        return None
    return Range(sides, operators, at)
