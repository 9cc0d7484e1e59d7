"""Numbers and dimensions as value parsers want them: plain, or deferred where the element decides.

Every function returns None for what is not of its type.
"""

from __future__ import annotations

from .calc import MATH_FUNCTIONS, CalcLength, CalcType, finished, parse_math
from .deferred import Deferred, FloatOf, NonNegative, RelativeLength, clamped_px
from .tokens import Token, TokenKind
from .units import ABSOLUTE_LENGTHS, ANGLES, RELATIVE_LENGTHS, RESOLUTIONS, TIMES
from .values import ZERO, Length, LengthKind

_LENGTHS = (CalcType.LENGTH, CalcType.LENGTH_PERCENT, CalcType.PERCENT)


def parse_length(
    token: Token, *, percentages: bool = False, negative: bool = True, unitless: bool = False
) -> Length | Deferred | None:
    """A <length> or <length-percentage>. `unitless`: the quirk that takes 12 for 12px."""
    kind = token.kind
    value = token.value
    if kind == TokenKind.DIMENSION:
        if value < 0.0 and not negative:
            return None
        factor = ABSOLUTE_LENGTHS.get(token.lower)
        if factor is not None:
            return Length(LengthKind.FIXED, clamped_px(value * factor))
        unit = RELATIVE_LENGTHS.get(token.lower)
        return None if unit is None else RelativeLength(value, unit)
    if kind == TokenKind.NUMBER:
        if value == 0.0:
            return ZERO
        if unitless and (negative or value > 0.0):
            return Length(LengthKind.FIXED, clamped_px(value))
        return None
    if kind == TokenKind.PERCENTAGE:
        if not percentages or (value < 0.0 and not negative):
            return None
        return Length(LengthKind.PERCENT, 0.0, clamped_px(value))
    if kind == TokenKind.FUNCTION and token.lower in MATH_FUNCTIONS:
        return _math_length(token, percentages, negative)
    return None


def _math_length(token: Token, percentages: bool, negative: bool) -> Length | Deferred | None:
    expression = parse_math(token)
    if expression is None or expression.type not in _LENGTHS:
        return None
    if expression.type != CalcType.LENGTH and not percentages:
        return None
    if not expression.is_static:
        deferred = CalcLength(expression)
        return deferred if negative else NonNegative(deferred)
    value = finished(expression.evaluate(None))
    if not negative and value.node is None and value.kind == LengthKind.FIXED and value.px < 0.0:
        return ZERO
    if not negative and value.kind == LengthKind.PERCENT and value.percent < 0.0:
        return Length(LengthKind.PERCENT)
    return value


def parse_px(token: Token, *, negative: bool = True, unitless: bool = False) -> object | None:
    """A <length> as a float in px, or a Deferred that computes one."""
    length = parse_length(token, negative=negative, unitless=unitless)
    if length is None:
        return None
    if isinstance(length, Length):
        return length.px
    return FloatOf(length) if negative else FloatOf(length, 0.0)


def parse_number(token: Token, minimum: float = -1e38, maximum: float = 1e38) -> float | None:
    """A <number>. Math functions are clamped to the range; a plain number outside of it is invalid."""
    if token.kind == TokenKind.NUMBER:
        return token.value if minimum <= token.value <= maximum else None
    if token.kind == TokenKind.FUNCTION and token.lower in MATH_FUNCTIONS:
        value = _static_number(token, CalcType.NUMBER)
        return None if value is None else max(minimum, min(maximum, value))
    return None


def _static_number(token: Token, kind: CalcType) -> float | None:
    expression = parse_math(token)
    if expression is None or expression.type != kind or not expression.is_static:
        return None  # TODO: numbers made of relative lengths (calc(1em / 1px)) need a deferred number
    value = expression.evaluate(None)
    number = value.percent if kind == CalcType.PERCENT else value.px
    return 0.0 if number != number else number


def parse_integer(token: Token, minimum: int = -(2**31) + 1, maximum: int = 2**31 - 1) -> int | None:
    """An <integer>; a plain one below `minimum` is invalid, above `maximum` it is clamped."""
    if token.kind == TokenKind.NUMBER:
        if not token.is_integer or (token.value < minimum and minimum > -(2**31) + 1):
            return None
        return int(max(minimum, min(maximum, token.value)))
    if token.kind == TokenKind.FUNCTION and token.lower in MATH_FUNCTIONS:
        value = _static_number(token, CalcType.NUMBER)
        if value is None:
            return None
        return int(max(minimum, min(maximum, (value + 0.5) // 1)))
    return None


def parse_percentage(token: Token) -> float | None:
    """A <percentage>: 50% is 50.0."""
    if token.kind == TokenKind.PERCENTAGE:
        return token.value
    if token.kind == TokenKind.FUNCTION and token.lower in MATH_FUNCTIONS:
        return _static_number(token, CalcType.PERCENT)
    return None


def parse_fraction(token: Token) -> float | None:
    """A number, or a percentage of 1."""
    number = parse_number(token)
    if number is None:
        percentage = parse_percentage(token)
        return None if percentage is None else percentage / 100.0
    return number


def parse_angle(token: Token, *, unitless_zero: bool = True) -> float | None:
    """An <angle> in degrees."""
    if token.kind == TokenKind.DIMENSION:
        factor = ANGLES.get(token.lower)
        return None if factor is None else token.value * factor
    if token.kind == TokenKind.NUMBER:
        return 0.0 if token.value == 0.0 and unitless_zero else None
    if token.kind == TokenKind.FUNCTION and token.lower in MATH_FUNCTIONS:
        return _static_number(token, CalcType.ANGLE)
    return None


def parse_time(token: Token) -> float | None:
    """A <time> in seconds."""
    if token.kind == TokenKind.DIMENSION:
        factor = TIMES.get(token.lower)
        return None if factor is None else token.value * factor
    if token.kind == TokenKind.FUNCTION and token.lower in MATH_FUNCTIONS:
        return _static_number(token, CalcType.TIME)
    return None


def parse_resolution(token: Token) -> float | None:
    """A <resolution> in dppx."""
    if token.kind == TokenKind.DIMENSION:
        factor = RESOLUTIONS.get(token.lower)
        return None if factor is None else token.value * factor
    if token.kind == TokenKind.FUNCTION and token.lower in MATH_FUNCTIONS:
        return _static_number(token, CalcType.RESOLUTION)
    return None
