"""Transforms in space, as far as a flat picture needs them: which way a box faces, and what perspective does.

https://drafts.csswg.org/css-transforms-2/
"""

from __future__ import annotations

import math
from typing import Final, final

from ..css.computed_style import ComputedStyle
from ..css.values import TransformFunction, TransformKind
from ..layout.fragment import Fragment


@final
class Matrix4:
    """A 4 by 4 matrix, row by row; points are columns."""

    __slots__ = ("m",)

    def __init__(self, m: list[float]) -> None:
        self.m: Final = m

    def times(self, other: Matrix4) -> Matrix4:
        """self · other: `other` is applied first."""
        a, b = self.m, other.m
        result: list[float] = []
        for row in range(0, 16, 4):
            for column in range(4):
                result.append(
                    a[row] * b[column]
                    + a[row + 1] * b[column + 4]
                    + a[row + 2] * b[column + 8]
                    + a[row + 3] * b[column + 12]
                )
        return Matrix4(result)

    def faces_away(self) -> bool:
        """Whether the viewer sees the back of the z = 0 plane: the sign of the projected area at the origin."""
        m = self.m
        # The derivative of (x/w, y/w) at the origin.
        w = m[15] if m[15] != 0 else 1e-9
        x, y = m[3] / w, m[7] / w
        ax, ay = (m[0] - x * m[12]) / w, (m[4] - y * m[12]) / w
        bx, by = (m[1] - x * m[13]) / w, (m[5] - y * m[13]) / w
        return ax * by - ay * bx < 0


IDENTITY4: Final = Matrix4([1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0])


def _translation(x: float, y: float, z: float) -> Matrix4:
    return Matrix4([1.0, 0.0, 0.0, x, 0.0, 1.0, 0.0, y, 0.0, 0.0, 1.0, z, 0.0, 0.0, 0.0, 1.0])


def _function(function: TransformFunction, width: float, height: float) -> Matrix4:
    n = function.numbers
    kind = function.kind
    if kind == TransformKind.TRANSLATE:
        z = n[0] if n else 0.0
        return _translation(function.x.resolve(width), function.y.resolve(height), z)
    if kind == TransformKind.SCALE:
        return Matrix4([n[0], 0, 0, 0, 0, n[1], 0, 0, 0, 0, n[2] if len(n) > 2 else 1.0, 0, 0, 0, 0, 1.0])
    if kind == TransformKind.ROTATE:
        return _rotation(n[0], n[1], n[2], n[3])
    if kind == TransformKind.SKEW:
        tx, ty = math.tan(math.radians(n[0])), math.tan(math.radians(n[1]))
        return Matrix4([1.0, tx, 0, 0, ty, 1.0, 0, 0, 0, 0, 1.0, 0, 0, 0, 0, 1.0])
    if kind == TransformKind.MATRIX:
        return Matrix4([n[0], n[2], 0, n[4], n[1], n[3], 0, n[5], 0, 0, 1.0, 0, 0, 0, 0, 1.0])
    if kind == TransformKind.MATRIX3D:
        return Matrix4([n[column * 4 + row] for row in range(4) for column in range(4)])
    if n and n[0] > 0:
        return _perspective(n[0])
    return IDENTITY4


def _rotation(x: float, y: float, z: float, degrees: float) -> Matrix4:
    """https://drafts.csswg.org/css-transforms-2/#Rotate3dDefined"""
    length = math.sqrt(x * x + y * y + z * z)
    if length <= 0:
        return IDENTITY4
    x, y, z = x / length, y / length, z / length
    angle = math.radians(degrees)
    c, s = math.cos(angle), math.sin(angle)
    r = 1.0 - c
    return Matrix4(
        [
            c + x * x * r, x * y * r - z * s, x * z * r + y * s, 0.0,
            y * x * r + z * s, c + y * y * r, y * z * r - x * s, 0.0,
            z * x * r - y * s, z * y * r + x * s, c + z * z * r, 0.0,
            0.0, 0.0, 0.0, 1.0,
        ]
    )  # fmt: skip


def _perspective(distance: float) -> Matrix4:
    distance = max(distance, 1.0)
    return Matrix4([1.0, 0, 0, 0, 0, 1.0, 0, 0, 0, 0, 1.0, 0, 0, 0, -1.0 / distance, 1.0])


def own_matrix(fragment: Fragment, x: float, y: float) -> Matrix4:
    """A box's transform in space, in page coordinates; (x, y) is its border box's corner."""
    style: ComputedStyle = fragment.style
    paint = style.paint
    width, height = fragment.width, fragment.height
    origin_x = x + paint.transform_origin.x.resolve(width)
    origin_y = y + paint.transform_origin.y.resolve(height)
    matrix = _translation(origin_x, origin_y, paint.transform_origin_z)
    for function in (paint.translate, paint.rotate, paint.scale):
        if function is not None:
            matrix = matrix.times(_function(function, width, height))
    for function in paint.transform:
        matrix = matrix.times(_function(function, width, height))
    return matrix.times(_translation(-origin_x, -origin_y, -paint.transform_origin_z))


def child_perspective(fragment: Fragment, x: float, y: float) -> Matrix4:
    """What `perspective` of a box does to its children."""
    paint = fragment.style.paint
    if paint.perspective < 0:
        return IDENTITY4
    center_x = x + paint.perspective_origin.x.resolve(fragment.width)
    center_y = y + paint.perspective_origin.y.resolve(fragment.height)
    return (
        _translation(center_x, center_y, 0.0)
        .times(_perspective(paint.perspective))
        .times(_translation(-center_x, -center_y, 0.0))
    )
