"""Lengths and percentages as computed values. See values.py."""

from __future__ import annotations

import math
from enum import IntEnum
from typing import Final, final


class LengthKind(IntEnum):
    """What a `Length` says."""

    FIXED = 0  # px
    PERCENT = 1  # percent of something
    CALC = 2  # px + percent of something, or `node` where a function is not linear
    NUMBER = 3  # a bare number, in `px`: line-height: 1.5, tab-size: 8
    AUTO = 4
    NONE = 5
    NORMAL = 6
    MIN_CONTENT = 7
    MAX_CONTENT = 8
    FIT_CONTENT = 9
    FIT_CONTENT_FUNCTION = 10  # fit-content(px + percent)
    STRETCH = 11
    CONTENT = 12  # flex-basis: content


class CalcNode:
    """A function of the percentage basis that is not linear: min(10px, 50%), round(up, 33%, 1px), ..."""

    def resolve(self, basis: float) -> float:
        """The value in px, `basis` being what 100% is."""
        raise NotImplementedError


@final
class Length:
    """A length, a percentage, a mix of both, or a keyword that stands in for one.

    Attributes:
        kind: which of these.
        px: the length part in CSS px, or the bare number.
        percent: the percentage part; 50% is 50.0.
        node: for CALC that is not `px + percent`, the expression.
    """

    __slots__ = ("kind", "node", "percent", "px")

    def __init__(
        self, kind: LengthKind, px: float = 0.0, percent: float = 0.0, node: CalcNode | None = None
    ) -> None:
        self.kind: Final = kind
        self.px: Final = px
        self.percent: Final = percent
        self.node: Final = node

    def resolve(self, basis: float) -> float:
        """The value in px, `basis` being what 100% is; 0.0 for keywords. Callers look at `kind` first."""
        kind = self.kind
        if kind == LengthKind.FIXED:
            return self.px
        if kind == LengthKind.PERCENT:
            return basis * self.percent / 100.0
        if self.node is not None:
            value = self.node.resolve(basis)
            return value if math.isfinite(value) else 0.0
        if kind == LengthKind.CALC or kind == LengthKind.FIT_CONTENT_FUNCTION:
            return self.px + basis * self.percent / 100.0
        return 0.0

    def is_definite(self) -> bool:
        """Whether this is a length, a percentage or a mix (a <length-percentage>)."""
        return self.kind <= LengthKind.CALC

    def has_percent(self) -> bool:
        """Whether a basis is needed to resolve it."""
        return (
            self.kind == LengthKind.PERCENT
            or self.node is not None
            # A sum whose percentages come to nothing is a percentage all the same: calc(1px + 10% - 10%).
            or self.kind == LengthKind.CALC
            or (self.kind == LengthKind.FIT_CONTENT_FUNCTION and self.percent != 0.0)
        )

    def is_auto(self) -> bool:
        """Whether this is `auto`."""
        return self.kind == LengthKind.AUTO

    def is_zero(self) -> bool:
        """Whether this is 0 whatever the basis."""
        return (
            self.kind <= LengthKind.PERCENT and self.px == 0.0 and self.percent == 0.0 and self.node is None
        )

    def __repr__(self) -> str:
        if self.kind == LengthKind.FIXED:
            return f"{self.px:g}px"
        if self.kind == LengthKind.PERCENT:
            return f"{self.percent:g}%"
        if self.kind == LengthKind.NUMBER:
            return f"{self.px:g}"
        if self.kind == LengthKind.CALC:
            return f"calc({self.px:g}px + {self.percent:g}%)" if self.node is None else f"calc({self.node!r})"
        return self.kind.name.lower().replace("_", "-")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Length) and (
            self.kind == other.kind
            and self.px == other.px
            and self.percent == other.percent
            and (self.node is other.node or self.node == other.node)
        )

    def __hash__(self) -> int:
        return hash((self.kind, self.px, self.percent))


ZERO: Final = Length(LengthKind.FIXED)
AUTO: Final = Length(LengthKind.AUTO)
NONE: Final = Length(LengthKind.NONE)
NORMAL: Final = Length(LengthKind.NORMAL)
CONTENT: Final = Length(LengthKind.CONTENT)
MIN_CONTENT: Final = Length(LengthKind.MIN_CONTENT)
MAX_CONTENT: Final = Length(LengthKind.MAX_CONTENT)
FIT_CONTENT: Final = Length(LengthKind.FIT_CONTENT)
STRETCH: Final = Length(LengthKind.STRETCH)
ZERO_PERCENT: Final = Length(LengthKind.PERCENT, 0.0, 0.0)
HALF: Final = Length(LengthKind.PERCENT, 0.0, 50.0)
FULL: Final = Length(LengthKind.PERCENT, 0.0, 100.0)


def px(value: float) -> Length:
    """A fixed length."""
    return Length(LengthKind.FIXED, value)


def percent(value: float) -> Length:
    """A percentage; 50.0 is 50%."""
    return Length(LengthKind.PERCENT, 0.0, value)
