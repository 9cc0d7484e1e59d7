"""shape-outside: how far a float reaches in a band of lines (https://drafts.csswg.org/css-shapes-1/).

Shapes are kept in coordinates of the formatting context (line-left, block-start). Only horizontal writing modes
have them; elsewhere a float keeps its margin box.
"""

from __future__ import annotations

import math
from typing import Final, final

from ..css.computed_style import ComputedStyle
from ..css.values import BasicShape, CornerRadius, GeometryBox, Length, LengthKind, ShapeKind
from ..geometry import Edges, Rect
from .exclusions import ExclusionShape

EMPTY_START: Final = 1.0
EMPTY_END: Final = 0.0
"""Start after end: the shape does not reach into the band. NOTE: mypyc 2.4 cannot read a constant that is a tuple
of floats."""


@final
class EllipseShape(ExclusionShape):
    """A circle or an ellipse."""

    def __init__(self, cx: float, cy: float, rx: float, ry: float) -> None:
        self.cx: Final = cx
        self.cy: Final = cy
        self.rx: Final = rx
        self.ry: Final = ry

    def extent(self, block_start: float, block_end: float) -> tuple[float, float]:
        """The widest part of the band."""
        if self.rx <= 0.0 or self.ry <= 0.0:
            return EMPTY_START, EMPTY_END
        if block_start >= self.cy + self.ry or block_end <= self.cy - self.ry:
            return EMPTY_START, EMPTY_END
        distance = 0.0
        if block_start > self.cy:
            distance = block_start - self.cy
        elif block_end < self.cy:
            distance = self.cy - block_end
        half = self.rx * math.sqrt(max(0.0, 1.0 - (distance / self.ry) ** 2))
        return self.cx - half, self.cx + half


@final
class RoundedShape(ExclusionShape):
    """A rectangle with corners: (horizontal, vertical) radii from the top left one clockwise."""

    def __init__(self, rect: Rect, corners: tuple[tuple[float, float], ...]) -> None:
        self.rect: Final = rect
        self.corners: Final = corners

    def extent(self, block_start: float, block_end: float) -> tuple[float, float]:
        """The widest part of the band."""
        rect = self.rect
        if rect.is_empty() or block_start >= rect.bottom or block_end <= rect.y:
            return EMPTY_START, EMPTY_END
        left = self._inset(self.corners[0], self.corners[3], block_start, block_end)
        right = self._inset(self.corners[1], self.corners[2], block_start, block_end)
        return rect.x + left, rect.right - right

    def _inset(
        self, top: tuple[float, float], bottom: tuple[float, float], block_start: float, block_end: float
    ) -> float:
        """How far the edge of one side keeps back in the band."""
        rect = self.rect
        if top[1] > 0.0 and block_end < rect.y + top[1]:
            return _corner_inset(top, rect.y + top[1] - block_end)
        if bottom[1] > 0.0 and block_start > rect.bottom - bottom[1]:
            return _corner_inset(bottom, block_start - (rect.bottom - bottom[1]))
        return 0.0


def _corner_inset(radius: tuple[float, float], distance: float) -> float:
    return radius[0] * (1.0 - math.sqrt(max(0.0, 1.0 - (distance / radius[1]) ** 2)))


@final
class PolygonShape(ExclusionShape):
    """A polygon, moved outwards by `margin`."""

    def __init__(self, points: list[tuple[float, float]], margin: float) -> None:
        self.points: Final = points
        self.margin: Final = margin

    def extent(self, block_start: float, block_end: float) -> tuple[float, float]:
        """The widest part of the band."""
        low, high = block_start - self.margin, block_end + self.margin
        left, right = math.inf, -math.inf
        count = len(self.points)
        for index in range(count):
            x1, y1 = self.points[index]
            x2, y2 = self.points[(index + 1) % count]
            if y1 > y2:
                x1, y1, x2, y2 = x2, y2, x1, y1
            if y2 < low or y1 > high or (y1 == y2 and (y1 <= low or y1 >= high)):
                continue
            if y2 > y1:
                if y1 < low:
                    x1 += (x2 - x1) * (low - y1) / (y2 - y1)
                    y1 = low
                if y2 > high:
                    x2 = x1 + (x2 - x1) * (high - y1) / (y2 - y1)
            left, right = min(left, x1, x2), max(right, x1, x2)
        if left > right:
            return EMPTY_START, EMPTY_END
        return left - self.margin, right + self.margin


def float_shape(
    style: ComputedStyle, margin_box: Rect, margin: Edges, border: Edges, padding: Edges
) -> ExclusionShape | None:
    """The shape of a float whose margin box stands here; None where it is its margin box."""
    wish = style.box.shape_outside
    if wish is None or wish.kind == ShapeKind.URL or wish.kind == ShapeKind.PATH:
        return None
    border_box = margin_box.inset(margin)
    reference = margin_box
    if wish.box == GeometryBox.BORDER_BOX:
        reference = border_box
    elif wish.box == GeometryBox.PADDING_BOX:
        reference = border_box.inset(border)
    elif wish.box == GeometryBox.CONTENT_BOX:
        reference = border_box.inset(border).inset(padding)
    grow = max(0.0, style.box.shape_margin.resolve(margin_box.width))
    kind = wish.kind
    if kind == ShapeKind.BOX:
        return _box_shape(style, wish, reference, border_box, grow)
    width, height = reference.width, reference.height
    lengths = wish.lengths
    if kind == ShapeKind.CIRCLE or kind == ShapeKind.ELLIPSE:
        is_circle = kind == ShapeKind.CIRCLE
        at = 1 if is_circle else 2
        cx = lengths[at].resolve(width) if len(lengths) > at else width / 2.0
        cy = lengths[at + 1].resolve(height) if len(lengths) > at + 1 else height / 2.0
        if is_circle:
            diagonal = math.sqrt((width * width + height * height) / 2.0)
            rx = ry = _circle_radius(lengths[0], cx, cy, width, height, diagonal)
        else:
            rx = _radius(lengths[0], cx, width)
            ry = _radius(lengths[1], cy, height)
        return EllipseShape(reference.x + cx, reference.y + cy, rx + grow, ry + grow)
    if kind == ShapeKind.INSET:
        top, right = lengths[0].resolve(height), lengths[1].resolve(width)
        bottom, left = lengths[2].resolve(height), lengths[3].resolve(width)
        rect = Rect(
            reference.x + left - grow,
            reference.y + top - grow,
            max(0.0, width - left - right) + 2 * grow,
            max(0.0, height - top - bottom) + 2 * grow,
        )
        return RoundedShape(rect, _radii(wish.corners, width, height, grow))
    points: list[tuple[float, float]] = []
    for index in range(0, len(lengths) - 1, 2):
        points.append(
            (reference.x + lengths[index].resolve(width), reference.y + lengths[index + 1].resolve(height))
        )
    return PolygonShape(points, grow) if points else None


def _box_shape(
    style: ComputedStyle, wish: BasicShape, reference: Rect, border_box: Rect, grow: float
) -> ExclusionShape:
    """A box word alone: the box with the corners of border-radius."""
    paint = style.paint
    corners = (
        paint.border_top_left_radius,
        paint.border_top_right_radius,
        paint.border_bottom_right_radius,
        paint.border_bottom_left_radius,
    )
    outer = _radii(corners, border_box.width, border_box.height, 0.0)
    dx = (border_box.width - reference.width) / 2.0
    dy = (border_box.height - reference.height) / 2.0
    radii: list[tuple[float, float]] = []
    for horizontal, vertical in outer:
        has = horizontal > 0.0 and vertical > 0.0
        radii.append(
            (max(0.0, horizontal - dx + grow), max(0.0, vertical - dy + grow)) if has else (0.0, 0.0)
        )
    rect = Rect(
        reference.x - grow, reference.y - grow, reference.width + 2 * grow, reference.height + 2 * grow
    )
    return RoundedShape(rect, tuple(radii))


def _radii(
    corners: tuple[CornerRadius, ...], width: float, height: float, grow: float
) -> tuple[tuple[float, float], ...]:
    if len(corners) < 4:
        return ((grow, grow),) * 4 if grow > 0.0 else ((0.0, 0.0),) * 4
    radii: list[tuple[float, float]] = []
    for corner in corners:
        horizontal, vertical = corner.horizontal.resolve(width), corner.vertical.resolve(height)
        radii.append((horizontal + grow, vertical + grow))
    # https://drafts.csswg.org/css-backgrounds-3/#corner-overlap
    factor = 1.0
    for a, b, axis, size in ((0, 1, 0, width), (3, 2, 0, width), (0, 3, 1, height), (1, 2, 1, height)):
        total = radii[a][axis] + radii[b][axis]
        if total > size + 2 * grow and total > 0.0:
            factor = min(factor, (size + 2 * grow) / total)
    return tuple([(horizontal * factor, vertical * factor) for horizontal, vertical in radii])


def _radius(length: Length, center: float, size: float) -> float:
    if length.kind == LengthKind.MAX_CONTENT:
        return max(abs(center), abs(size - center))
    if not length.is_definite():
        return min(abs(center), abs(size - center))
    return max(0.0, length.resolve(size))


def _circle_radius(
    length: Length, cx: float, cy: float, width: float, height: float, diagonal: float
) -> float:
    if length.kind == LengthKind.MAX_CONTENT:
        return max(abs(cx), abs(width - cx), abs(cy), abs(height - cy))
    if not length.is_definite():
        return min(abs(cx), abs(width - cx), abs(cy), abs(height - cy))
    return max(0.0, length.resolve(diagonal))
