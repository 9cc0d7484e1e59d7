"""The 2D matrix of a box's transform properties (https://drafts.csswg.org/css-transforms-2/#ctm).

Transforms in space are flattened; where perspective makes a plane uneven, what it does at the origin stands for it.
"""

from __future__ import annotations

import math

from ..css.computed_style import ComputedStyle
from ..css.values import GeometryBox, Length, TransformFunction, TransformKind
from ..geometry import IDENTITY, Edges, Matrix, Rect
from .transform_3d import spatial_matrix


def _function_matrix(function: TransformFunction, width: float, height: float) -> Matrix:
    """One transform function as a matrix; percentages of the reference box's size."""
    kind = function.kind
    numbers = function.numbers
    if kind == TransformKind.TRANSLATE:
        return Matrix(1.0, 0.0, 0.0, 1.0, function.x.resolve(width), function.y.resolve(height))
    if kind == TransformKind.SCALE:
        return Matrix(numbers[0], 0.0, 0.0, numbers[1], 0.0, 0.0)
    if kind == TransformKind.ROTATE:
        return _rotation(numbers)
    if kind == TransformKind.SKEW:
        return Matrix(
            1.0, math.tan(math.radians(numbers[1])), math.tan(math.radians(numbers[0])), 1.0, 0.0, 0.0
        )
    if kind == TransformKind.MATRIX:
        return Matrix(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])
    if kind == TransformKind.MATRIX3D:
        return Matrix(numbers[0], numbers[1], numbers[4], numbers[5], numbers[12], numbers[13])
    return IDENTITY


def _rotation(numbers: tuple[float, ...]) -> Matrix:
    """rotate3d(x, y, z, degrees), its upper left 2 by 2 part."""
    x, y, z, degrees = numbers
    if x == 0.0 and y == 0.0:
        if degrees % 90.0 == 0.0:
            # Exact for quarter turns, so that their boxes stay on whole pixels.
            quarter = int(degrees // 90.0) % 4 if z >= 0.0 else int(-degrees // 90.0) % 4
            cos, sin = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[quarter]
        else:
            angle = math.radians(degrees if z >= 0.0 else -degrees)
            cos, sin = math.cos(angle), math.sin(angle)
        return Matrix(cos, sin, -sin, cos, 0.0, 0.0)
    length = math.sqrt(x * x + y * y + z * z)
    x, y, z = x / length, y / length, z / length
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    rest = 1.0 - cos
    return Matrix(
        cos + x * x * rest, y * x * rest + z * sin, x * y * rest - z * sin, cos + y * y * rest, 0.0, 0.0
    )


def transform_matrix(style: ComputedStyle, width: float, height: float, edges: Edges) -> Matrix:
    """The matrix in coordinates of the border box, of this size; `edges` are border and padding together,
    asked for by `transform-box: content-box`."""
    paint = style.paint
    if _is_spatial(style):
        affine = spatial_matrix(style, width, height, edges).affine()
        if affine is not None:
            return affine
    reference = Rect(0.0, 0.0, width, height)
    if paint.transform_box == GeometryBox.CONTENT_BOX or paint.transform_box == GeometryBox.FILL_BOX:
        reference = reference.inset(edges)
    w, h = reference.width, reference.height
    origin = paint.transform_origin
    x = reference.x + _origin(origin.x, w)
    y = reference.y + _origin(origin.y, h)
    matrix = Matrix(1.0, 0.0, 0.0, 1.0, x, y)
    for function in (paint.translate, paint.rotate, paint.scale):
        if function is not None:
            matrix = matrix.times(_function_matrix(function, w, h))
    for function in paint.transform:
        matrix = matrix.times(_function_matrix(function, w, h))
    return matrix.translated(-x, -y)


def _is_spatial(style: ComputedStyle) -> bool:
    """Whether a function leaves the plane."""
    paint = style.paint
    for function in (paint.rotate, *paint.transform):
        if function is None:
            continue
        kind, numbers = function.kind, function.numbers
        if kind == TransformKind.ROTATE and (numbers[0] != 0.0 or numbers[1] != 0.0):
            return True
        if kind == TransformKind.MATRIX3D or kind == TransformKind.PERSPECTIVE:
            return True
    return False


def _origin(length: Length, size: float) -> float:
    return length.resolve(size)
