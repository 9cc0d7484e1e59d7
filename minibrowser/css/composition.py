"""Values put onto those below (https://drafts.csswg.org/css-animations-2/#animation-composition)."""

from __future__ import annotations

from typing import Final

from .image_values import Color
from .interpolate import accumulate_matrix, matrix_of
from .keywords import AnimationComposition
from .values import FilterFunction, FilterKind, Length, LengthKind, TransformFunction, TransformKind


def composed(attribute: str, under: object, value: object, composition: AnimationComposition) -> object:
    """The value of an effect on top of the value without it."""
    if composition == AnimationComposition.REPLACE:
        return value
    if attribute == "opacity" and isinstance(under, float) and isinstance(value, float):
        return min(1.0, max(0.0, under + value))
    if isinstance(under, bool) or isinstance(value, bool):
        return value
    if isinstance(under, float) and isinstance(value, (int, float)):
        return under + value
    if isinstance(under, Length) and isinstance(value, Length):
        return _sum(under, value)
    if isinstance(under, Color) and isinstance(value, Color):
        return _color_sum(under, value)
    if isinstance(under, tuple) and isinstance(value, tuple):
        return _lists(attribute, under, value, composition)
    return value


def _sum(under: Length, value: Length) -> Length:
    if under.kind > LengthKind.CALC or value.kind > LengthKind.CALC or under.node or value.node:
        return value
    px, percent = under.px + value.px, under.percent + value.percent
    if under.kind == LengthKind.FIXED and value.kind == LengthKind.FIXED:
        return Length(LengthKind.FIXED, px)
    return Length(LengthKind.PERCENT if px == 0.0 else LengthKind.CALC, px, percent)


def _color_sum(under: Color, value: Color) -> Color:
    """Premultiplied, as colours are animated."""
    alpha = min(1.0, under.alpha + value.alpha)
    if alpha <= 0.0:
        return value
    channels = [
        min(255.0, (one * under.alpha + other * value.alpha) / alpha)
        for one, other in ((under.red, value.red), (under.green, value.green), (under.blue, value.blue))
    ]
    return Color(channels[0], channels[1], channels[2], alpha)


def _lists(
    attribute: str, under: tuple[object, ...], value: tuple[object, ...], composition: AnimationComposition
) -> tuple[object, ...]:
    if attribute == "transform" or attribute in ("filter_", "backdrop_filter", "box_shadow", "text_shadow"):
        if composition == AnimationComposition.ADD:
            return under + value
        if not _are_alike(under, value):
            return (attribute == "transform" and _matrix_sum(under, value)) or under + value
        return tuple(_function_sum(one, other) for one, other in zip(under, value, strict=True))
    return value


def _matrix_sum(under: tuple[object, ...], value: tuple[object, ...]) -> tuple[object, ...]:
    """Lists of unlike functions, as matrices; () where they depend on the box."""
    one = matrix_of(tuple(item for item in under if isinstance(item, TransformFunction)))
    other = matrix_of(tuple(item for item in value if isinstance(item, TransformFunction)))
    total = None if one is None or other is None else accumulate_matrix(one, other)
    return () if total is None else (TransformFunction(TransformKind.MATRIX, total),)


def _are_alike(under: tuple[object, ...], value: tuple[object, ...]) -> bool:
    return len(under) == len(value) and all(
        (
            isinstance(one, TransformFunction)
            and isinstance(other, TransformFunction)
            and one.kind == other.kind
        )
        or (isinstance(one, FilterFunction) and isinstance(other, FilterFunction) and one.kind == other.kind)
        for one, other in zip(under, value, strict=True)
    )


def _function_sum(one: object, other: object) -> object:
    """accumulate: parameters are added; of factors, what they are more or less than 1."""
    if isinstance(one, TransformFunction) and isinstance(other, TransformFunction):
        return _transform_sum(one, other)
    if isinstance(one, FilterFunction) and isinstance(other, FilterFunction):
        amount = one.amount + other.amount
        if one.kind in _FACTORS:
            return FilterFunction(one.kind, max(0.0, amount - 1.0))
        return FilterFunction(one.kind, amount) if one.kind in _AMOUNTS else other
    return other


_FACTORS: Final = (FilterKind.BRIGHTNESS, FilterKind.CONTRAST, FilterKind.OPACITY, FilterKind.SATURATE)
_AMOUNTS: Final = (
    FilterKind.BLUR,
    FilterKind.HUE_ROTATE,
    FilterKind.GRAYSCALE,
    FilterKind.INVERT,
    FilterKind.SEPIA,
)


def _transform_sum(one: TransformFunction, other: TransformFunction) -> TransformFunction:
    kind = one.kind
    pairs = list(zip(one.numbers, other.numbers, strict=True))
    if kind == TransformKind.TRANSLATE:
        return TransformFunction(
            kind, tuple(a + b for a, b in pairs), _sum(one.x, other.x), _sum(one.y, other.y)
        )
    if kind == TransformKind.SCALE:
        return TransformFunction(kind, tuple(a + b - 1.0 for a, b in pairs))
    if kind == TransformKind.SKEW:
        return TransformFunction(kind, tuple(a + b for a, b in pairs))
    if kind == TransformKind.ROTATE and one.numbers[:3] == other.numbers[:3]:
        return TransformFunction(kind, (*one.numbers[:3], one.numbers[3] + other.numbers[3]))
    return other
