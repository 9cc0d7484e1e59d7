"""Transforms in space, as far as a flat picture needs them: which way a box faces, and what perspective does.

https://drafts.csswg.org/css-transforms-2/
"""

from __future__ import annotations

import math
from typing import Final, final

from ..css.computed_style import ComputedStyle
from ..css.values import GeometryBox, TransformFunction, TransformKind
from ..geometry import Edges, Matrix, Rect
from .fragment import Fragment

NEAR: Final = 1e-3
"""Points of smaller w lie beside or behind the viewer's eye."""


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

    def affine(self) -> Matrix | None:
        """What it does to the z = 0 plane, where perspective does not make that uneven."""
        m = self.m
        w = m[15]
        if abs(m[12]) > 1e-9 or abs(m[13]) > 1e-9 or not w > 0:
            return None
        return Matrix(m[0] / w, m[4] / w, m[1] / w, m[5] / w, m[3] / w, m[7] / w)

    def homography(self) -> tuple[float, ...]:
        """What it does to the z = 0 plane: x, y, w of (x, y, 1), row by row."""
        m = self.m
        return m[0], m[1], m[3], m[4], m[5], m[7], m[12], m[13], m[15]

    def project(self, rect: Rect) -> list[tuple[float, float, float]]:
        """The part of a rectangle of the z = 0 plane in front of the eye, as a polygon in projected space."""
        m = self.m
        corners: list[tuple[float, float, float, float]] = []
        for x, y in (
            (rect.x, rect.y),
            (rect.right, rect.y),
            (rect.right, rect.bottom),
            (rect.x, rect.bottom),
        ):
            corners.append(
                (
                    m[0] * x + m[1] * y + m[3],
                    m[4] * x + m[5] * y + m[7],
                    m[8] * x + m[9] * y + m[11],
                    m[12] * x + m[13] * y + m[15],
                )
            )
        points: list[tuple[float, float, float]] = []
        for index in range(4):
            a, b = corners[index], corners[(index + 1) % 4]
            if a[3] >= NEAR:
                points.append((a[0] / a[3], a[1] / a[3], a[2] / a[3]))
            if (a[3] >= NEAR) != (b[3] >= NEAR):
                t = (NEAR - a[3]) / (b[3] - a[3])
                points.append(
                    (
                        (a[0] + t * (b[0] - a[0])) / NEAR,
                        (a[1] + t * (b[1] - a[1])) / NEAR,
                        (a[2] + t * (b[2] - a[2])) / NEAR,
                    )
                )
        return points

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
    """https://drafts.csswg.org/css-transforms-2/#Rotate3dDefined; exact for quarter turns."""
    length = math.sqrt(x * x + y * y + z * z)
    if length <= 0:
        return IDENTITY4
    x, y, z = x / length, y / length, z / length
    if degrees % 90.0 == 0.0:
        c, s = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[int(degrees // 90.0) % 4]
    else:
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


def spatial_matrix(style: ComputedStyle, width: float, height: float, edges: Edges) -> Matrix4:
    """The transform in space in coordinates of the border box; arguments as for `transform_matrix`."""
    paint = style.paint
    reference = Rect(0.0, 0.0, width, height)
    if paint.transform_box == GeometryBox.CONTENT_BOX or paint.transform_box == GeometryBox.FILL_BOX:
        reference = reference.inset(edges)
    w, h = reference.width, reference.height
    x = reference.x + paint.transform_origin.x.resolve(w)
    y = reference.y + paint.transform_origin.y.resolve(h)
    matrix = _translation(x, y, paint.transform_origin_z)
    for function in (paint.translate, paint.rotate, paint.scale):
        if function is not None:
            matrix = matrix.times(_function(function, w, h))
    for function in paint.transform:
        matrix = matrix.times(_function(function, w, h))
    return matrix.times(_translation(-x, -y, -paint.transform_origin_z))


def own_matrix(fragment: Fragment, x: float, y: float) -> Matrix4:
    """A box's transform in space, in page coordinates; (x, y) is its border box's corner."""
    edges = fragment.border.plus(fragment.padding)
    matrix = spatial_matrix(fragment.style, fragment.width, fragment.height, edges)
    return _translation(x, y, 0.0).times(matrix).times(_translation(-x, -y, 0.0))


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
