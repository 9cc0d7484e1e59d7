"""Interpolation of computed values (https://drafts.csswg.org/web-animations-1/#animating-properties).

What has no way between its ends flips in the middle.
"""

from __future__ import annotations

import math
from enum import IntEnum
from typing import Final, final

from .keywords import Visibility
from .values import (
    TRANSPARENT,
    Z_AUTO,
    ZERO,
    BackgroundSize,
    BasicShape,
    CalcNode,
    Color,
    CornerRadius,
    FilterFunction,
    FilterKind,
    Length,
    LengthKind,
    Position,
    Shadow,
    TransformFunction,
    TransformKind,
)

_WITHOUT_NEGATIVES: Final = ("perspective", "font_size_adjust", "column_count", "line_clamp")
"""Attributes in which a number at or below 0 stands for a keyword."""


@final
class BlendNode(CalcNode):
    """A length between two of which one is no linear function of the percentage basis."""

    __slots__ = ("first", "second", "share")

    def __init__(self, first: Length, second: Length, share: float) -> None:
        self.first: Final = first
        self.second: Final = second
        self.share: Final = share

    def resolve(self, basis: float) -> float:
        """In px."""
        start = self.first.resolve(basis)
        return start + (self.second.resolve(basis) - start) * self.share

    def __repr__(self) -> str:
        return f"{self.first!r} * {1 - self.share:g} + {self.second!r} * {self.share:g}"


def mix(first: float, second: float, share: float) -> float:
    """A number between two."""
    return first + (second - first) * share


def interpolate(attribute: str, first: object, second: object, share: float) -> object:
    """The value of an attribute of ComputedStyle's groups at `share` of the way; easing may overshoot 0..1."""
    if attribute in _WITHOUT_NEGATIVES and (
        (isinstance(first, (int, float)) and first <= 0) or (isinstance(second, (int, float)) and second <= 0)
    ):
        return first if share < 0.5 else second
    if attribute in ("transform", "filter_", "backdrop_filter", "box_shadow", "text_shadow"):
        if isinstance(first, tuple) and isinstance(second, tuple):
            if attribute == "transform":
                return interpolate_transform(first, second, share)
            return _padded(first, second, share)
    elif attribute in ("translate", "rotate", "scale"):
        one = first if isinstance(first, TransformFunction) else None
        other = second if isinstance(second, TransformFunction) else None
        if one is None and other is None:
            return None
        mixed = _function(one or _identity(other), other or _identity(one), share)
        return mixed if mixed is not None else (first if share < 0.5 else second)
    elif attribute == "z_index" and Z_AUTO in (first, second):
        return first if share < 0.5 else second
    found = between(first, second, share)
    if found is None:
        return first if share < 0.5 else second
    return max(0.0, min(1.0, found)) if attribute == "opacity" and isinstance(found, float) else found


def between(first: object, second: object, share: float) -> object:
    """A value between two of the same kind; None where there is none between them."""
    if isinstance(first, (IntEnum, bool, str)):
        if isinstance(first, Visibility) and Visibility.VISIBLE in (first, second) and 0.0 < share < 1.0:
            return Visibility.VISIBLE
        return first if first == second else None
    if isinstance(first, float) and isinstance(second, (int, float)):
        return mix(first, float(second), share)
    if isinstance(first, int) and isinstance(second, int):
        return math.floor(mix(float(first), float(second), share) + 0.5)
    if isinstance(first, Color) and isinstance(second, Color):
        return mix_colors(first, second, share)
    if isinstance(first, Length) and isinstance(second, Length):
        return mix_lengths(first, second, share)
    if isinstance(first, tuple) and isinstance(second, tuple):
        return _tuples(first, second, share)
    return _composite(first, second, share)


def _tuples(first: tuple[object, ...], second: tuple[object, ...], share: float) -> tuple[object, ...] | None:
    if len(first) != len(second):
        return None
    items: list[object] = []
    for one, other in zip(first, second, strict=True):
        item = between(one, other, share)
        if item is None:
            return None
        items.append(item)
    return tuple(items)


def _composite(first: object, second: object, share: float) -> object:
    if isinstance(first, Position) and isinstance(second, Position):
        x, y = mix_lengths(first.x, second.x, share), mix_lengths(first.y, second.y, share)
        return None if x is None or y is None else Position(x, y)
    if isinstance(first, CornerRadius) and isinstance(second, CornerRadius):
        x = mix_lengths(first.horizontal, second.horizontal, share)
        y = mix_lengths(first.vertical, second.vertical, share)
        return None if x is None or y is None else CornerRadius(x, y)
    if isinstance(first, BackgroundSize) and isinstance(second, BackgroundSize):
        if first.cover or first.contain or second.cover or second.contain:
            return None
        x, y = mix_lengths(first.width, second.width, share), mix_lengths(first.height, second.height, share)
        return None if x is None or y is None else BackgroundSize(x, y)
    if isinstance(first, BasicShape) and isinstance(second, BasicShape):
        if (first.kind, first.box, first.even_odd, first.path) != (
            second.kind, second.box, second.even_odd, second.path,
        ):  # fmt: skip
            return None
        lengths = _tuples(first.lengths, second.lengths, share)
        corners = _tuples(first.corners, second.corners, share)
        if lengths is None or corners is None:
            return None
        return BasicShape(
            first.kind,
            tuple(one for one in lengths if isinstance(one, Length)),
            tuple(one for one in corners if isinstance(one, CornerRadius)),
            box=first.box,
            even_odd=first.even_odd,
            path=first.path,
        )
    return None


def mix_colors(first: Color, second: Color, share: float) -> Color:
    """Premultiplied, in sRGB (https://drafts.csswg.org/css-color-4/#interpolation-space for legacy colours)."""
    alpha = max(0.0, min(1.0, mix(first.alpha, second.alpha, share)))
    if alpha == 0.0:
        return TRANSPARENT
    channels = [
        max(0.0, min(255.0, mix(one * first.alpha, other * second.alpha, share) / alpha))
        for one, other in (
            (first.red, second.red),
            (first.green, second.green),
            (first.blue, second.blue),
        )
    ]
    return Color(channels[0], channels[1], channels[2], alpha)


def mix_lengths(first: Length, second: Length, share: float) -> Length | None:
    """A length between two; None for keywords."""
    if first == second:
        return first
    if first.kind == LengthKind.NUMBER and second.kind == LengthKind.NUMBER:
        return Length(LengthKind.NUMBER, mix(first.px, second.px, share))
    if not (first.is_definite() and second.is_definite()):
        return None
    if first.node is not None or second.node is not None:
        return Length(LengthKind.CALC, node=BlendNode(first, second, share))
    px = mix(first.px, second.px, share)
    percent = mix(first.percent, second.percent, share)
    if first.kind == second.kind and first.kind != LengthKind.CALC:
        return Length(first.kind, px, percent)
    return Length(LengthKind.CALC, px, percent)


def _padded(first: tuple[object, ...], second: tuple[object, ...], share: float) -> object:
    """Shadows and filters: the shorter list goes on with what shows nothing."""
    items: list[object] = []
    for index in range(max(len(first), len(second))):
        one = first[index] if index < len(first) else _nothing(second[index])
        other = second[index] if index < len(second) else _nothing(first[index])
        item: object = None
        if isinstance(one, Shadow) and isinstance(other, Shadow) and one.inset == other.inset:
            item = _shadow(one, other, share)
        elif isinstance(one, FilterFunction) and isinstance(other, FilterFunction) and one.kind == other.kind:
            shadow = None
            if one.shadow is not None and other.shadow is not None:
                shadow = _shadow(one.shadow, other.shadow, share)
            if one.kind != FilterKind.URL:
                item = FilterFunction(one.kind, mix(one.amount, other.amount, share), shadow)
        if item is None:
            return first if share < 0.5 else second
        items.append(item)
    return tuple(items)


def _shadow(one: Shadow, other: Shadow, share: float) -> Shadow:
    return Shadow(
        mix(one.x, other.x, share),
        mix(one.y, other.y, share),
        max(0.0, mix(one.blur, other.blur, share)),
        mix(one.spread, other.spread, share),
        mix_colors(one.color, other.color, share),
        one.inset,
    )


_ONES: Final = (
    FilterKind.BRIGHTNESS,
    FilterKind.CONTRAST,
    FilterKind.SATURATE,
    FilterKind.OPACITY,
)


def _nothing(item: object) -> object:
    if isinstance(item, Shadow):
        return Shadow(0.0, 0.0, 0.0, 0.0, TRANSPARENT, item.inset)
    if isinstance(item, FilterFunction):
        shadow = None if item.shadow is None else Shadow(0.0, 0.0, 0.0, 0.0, TRANSPARENT)
        return FilterFunction(item.kind, 1.0 if item.kind in _ONES else 0.0, shadow)
    return item


# --- Transforms (https://drafts.csswg.org/css-transforms-2/#interpolation-of-transforms) ---

Functions = tuple[object, ...]


def _identity(like: TransformFunction | None) -> TransformFunction:
    if like is None:
        return TransformFunction(TransformKind.TRANSLATE, (0.0,))
    kind = like.kind
    if kind == TransformKind.SCALE:
        return TransformFunction(kind, (1.0, 1.0, 1.0))
    if kind == TransformKind.ROTATE:
        return TransformFunction(kind, (*like.numbers[:3], 0.0))
    if kind == TransformKind.MATRIX:
        return TransformFunction(kind, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))
    return TransformFunction(kind, (0.0,) * len(like.numbers))


def interpolate_transform(first: Functions, second: Functions, share: float) -> Functions:
    """Function by function as long as they are of one kind, the rest as a matrix; flips where that needs 3D or a
    percentage."""
    items: list[object] = []
    length = max(len(first), len(second))
    for index in range(length):
        one = first[index] if index < len(first) else None
        other = second[index] if index < len(second) else None
        mixed = None
        if isinstance(one, TransformFunction) and isinstance(other, TransformFunction):
            mixed = _function(one, other, share)
        elif isinstance(one, TransformFunction):
            mixed = _function(one, _identity(one), share)
        elif isinstance(other, TransformFunction):
            mixed = _function(_identity(other), other, share)
        if mixed is None:
            start, end = matrix_of(first[index:]), matrix_of(second[index:])
            matrix = None if start is None or end is None else interpolate_matrix(start, end, share)
            if matrix is None:
                return first if share < 0.5 else second
            return (*items, TransformFunction(TransformKind.MATRIX, matrix))
        items.append(mixed)
    return tuple(items)


def _function(one: TransformFunction, other: TransformFunction, share: float) -> TransformFunction | None:
    kind = one.kind
    if kind != other.kind or len(one.numbers) != len(other.numbers):
        return None
    if kind == TransformKind.ROTATE and one.numbers[:3] != other.numbers[:3]:
        if other.numbers[3] == 0.0:
            return TransformFunction(kind, (*one.numbers[:3], mix(one.numbers[3], 0.0, share)))
        if one.numbers[3] == 0.0:
            return TransformFunction(kind, (*other.numbers[:3], mix(0.0, other.numbers[3], share)))
        return None
    if kind == TransformKind.MATRIX:
        matrix = interpolate_matrix(_six(one.numbers), _six(other.numbers), share)
        return None if matrix is None else TransformFunction(kind, matrix)
    if kind == TransformKind.MATRIX3D:
        return None
    if kind == TransformKind.PERSPECTIVE:
        # The reciprocals are mixed: 0 is none, which is infinitely far.
        depths = [1.0 / max(1.0, depth) if depth else 0.0 for depth in (one.numbers[0], other.numbers[0])]
        near = mix(depths[0], depths[1], share)
        return TransformFunction(kind, (1.0 / near if near > 0.0 else 0.0,))
    x, y = mix_lengths(one.x, other.x, share), mix_lengths(one.y, other.y, share)
    numbers = tuple(mix(a, b, share) for a, b in zip(one.numbers, other.numbers, strict=True))
    return TransformFunction(kind, numbers, x or ZERO, y or ZERO)


Six = tuple[float, float, float, float, float, float]


def _six(numbers: tuple[float, ...]) -> Six:
    a, b, c, d, e, f = numbers
    return (a, b, c, d, e, f)


def _times(first: Six, second: Six) -> Six:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f,
    )  # fmt: skip


def matrix_of(functions: Functions) -> Six | None:
    """A 2D matrix for the functions; None for 3D and for percentages."""
    result: Six = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    for function in functions:
        one = _matrix_of_one(function) if isinstance(function, TransformFunction) else None
        if one is None:
            return None
        result = _times(result, one)
    return result


def _matrix_of_one(function: TransformFunction) -> Six | None:
    kind, numbers = function.kind, function.numbers
    if kind == TransformKind.MATRIX:
        return _six(numbers)
    if kind == TransformKind.TRANSLATE:
        if function.x.has_percent() or function.y.has_percent() or (numbers and numbers[0]):
            return None
        return (1.0, 0.0, 0.0, 1.0, function.x.px, function.y.px)
    if kind == TransformKind.SCALE:
        return (numbers[0], 0.0, 0.0, numbers[1], 0.0, 0.0)
    if kind == TransformKind.ROTATE:
        if numbers[0] or numbers[1]:
            return None
        angle = math.radians(numbers[3])
        return (math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle), 0.0, 0.0)
    if kind == TransformKind.SKEW:
        return (
            1.0, math.tan(math.radians(numbers[1])), math.tan(math.radians(numbers[0])), 1.0, 0.0, 0.0,
        )  # fmt: skip
    return None


def interpolate_matrix(first: Six, second: Six, share: float) -> Six | None:
    """https://drafts.csswg.org/css-transforms-1/#interpolation-of-2d-matrices"""
    one, other = _decomposed(first), _decomposed(second)
    if one is None or other is None:
        return None
    if (one[2] < 0.0 and other[3] < 0.0) or (one[3] < 0.0 and other[2] < 0.0):
        # The axes of one are flipped: turn it half way round instead.
        one = (one[0], one[1], -one[2], -one[3], one[4] + (-180.0 if one[4] > 0.0 else 180.0), *one[5:])
    start, end = one[4], other[4]
    if start == 0.0:
        start = 360.0
    if end == 0.0:
        end = 360.0
    if abs(start - end) > 180.0:
        if start > end:
            start -= 360.0
        else:
            end -= 360.0
    parts = [mix(a, b, share) for a, b in zip(one, other, strict=True)]
    return _recomposed(parts, math.radians(mix(start, end, share)))


def accumulate_matrix(first: Six, second: Six) -> Six | None:
    """The second on top of the first, part by part: distances and angles are added, of factors what is not 1."""
    one, other = _decomposed(first), _decomposed(second)
    if one is None or other is None:
        return None
    parts = [a + b for a, b in zip(one, other, strict=True)]
    for index in (2, 3, 5, 8):
        parts[index] -= 1.0
    return _recomposed(parts, math.radians(parts[4]))


def _recomposed(parts: list[float], angle: float) -> Six:
    """The matrix of what `_decomposed` gives."""
    result: Six = (parts[5], parts[6], parts[7], parts[8], 0.0, 0.0)
    result = _times((math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle), 0.0, 0.0), result)
    result = (
        result[0] * parts[2], result[1] * parts[2], result[2] * parts[3], result[3] * parts[3], 0.0, 0.0,
    )  # fmt: skip
    return (*result[:4], parts[0], parts[1])


def _decomposed(matrix: Six) -> tuple[float, ...] | None:
    """Translation x y, scale x y, angle, and the four numbers that remain. Rows as the specification has them."""
    a, b, c, d, e, f = matrix
    determinant = a * d - b * c
    if determinant == 0.0:
        return None
    scale_x, scale_y = math.hypot(a, b), math.hypot(c, d)
    if determinant < 0.0:
        if a < d:
            scale_x = -scale_x
        else:
            scale_y = -scale_y
    a, b = a / scale_x, b / scale_x
    c, d = c / scale_y, d / scale_y
    angle = math.atan2(b, a)
    if angle:
        sine, cosine = -b, a
        a, b, c, d = (
            cosine * a + sine * c, cosine * b + sine * d, -sine * a + cosine * c, -sine * b + cosine * d,
        )  # fmt: skip
    return (e, f, scale_x, scale_y, math.degrees(angle), a, b, c, d)
