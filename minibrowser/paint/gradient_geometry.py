"""Gradients resolved against the size of their box (https://drafts.csswg.org/css-images-4/#gradients).

Artifact: `ResolvedGradient`, in the coordinates of the gradient box (0, 0 is its top left corner), CSS px.
"""

from __future__ import annotations

import math
from typing import Final, final

from ..css.values import ColorStop, Gradient, GradientKind, Length, LengthKind, RadialExtent
from ..geometry import Size
from .color_spaces import GradientStop, Interpolation

TINY: Final = 1e-6
MAX_OFFSET: Final = 1e6
"""Stops farther out along the gradient line are as good as never."""


@final
class ResolvedGradient:
    """Where the gradient line or shape lies, and its stops at offsets from 0 to 1 along it (or beyond).

    Attributes:
        x0, y0, x1, y1: the ends of a linear gradient's line. Radial: centre and radii. Conic: centre, the
            starting angle in degrees (clockwise from the top) and 0.
        stops: at rising offsets; at least one.
        repeating: whether the stops repeat.
        interpolation: the colour space between stops.
    """

    __slots__ = ("interpolation", "kind", "repeating", "stops", "x0", "x1", "y0", "y1")

    def __init__(
        self,
        kind: GradientKind,
        points: tuple[float, float, float, float],
        stops: list[GradientStop],
        repeating: bool,
        interpolation: Interpolation,
    ) -> None:
        self.kind: Final = kind
        self.x0: Final = points[0]
        self.y0: Final = points[1]
        self.x1: Final = points[2]
        self.y1: Final = points[3]
        self.stops: Final = stops
        self.repeating: Final = repeating
        self.interpolation: Final = interpolation

    def is_opaque(self) -> bool:
        """Whether every stop is."""
        return all(stop.color.alpha >= 1.0 for stop in self.stops)

    def __repr__(self) -> str:
        name = ("repeating-" if self.repeating else "") + self.kind.name.lower()
        stops = ", ".join(f"{stop.color.as_rgb()} {stop.offset:.4g}" for stop in self.stops)
        return f"{name} ({self.x0:.6g}, {self.y0:.6g}) ({self.x1:.6g}, {self.y1:.6g}) [{stops}]"


def resolve_gradient(gradient: Gradient, size: Size) -> ResolvedGradient:
    """The gradient for a box of this size."""
    interpolation = Interpolation(gradient.color_space)
    if gradient.kind == GradientKind.LINEAR:
        points = _linear_points(gradient, size)
        length = math.hypot(points[2] - points[0], points[3] - points[1])
    elif gradient.kind == GradientKind.RADIAL:
        points = _radial_points(gradient, size)
        length = points[2]
    else:
        cx, cy = gradient.center_x.resolve(size.width), gradient.center_y.resolve(size.height)
        points = (cx, cy, gradient.angle, 0.0)
        length = 360.0
    stops = _resolve_stops(gradient.stops, length, gradient.kind == GradientKind.RADIAL)
    return ResolvedGradient(gradient.kind, points, stops, gradient.repeating, interpolation)


def _linear_points(gradient: Gradient, size: Size) -> tuple[float, float, float, float]:
    """https://drafts.csswg.org/css-images-3/#linear-gradients: the ending points of the gradient line."""
    width, height = size.width, size.height
    half_width, half_height = width / 2, height / 2
    if gradient.corner_x != 0 or gradient.corner_y != 0:
        # Magic corners: the 50% line runs through the two other corners.
        if gradient.corner_x == 0:
            dx, dy = 0.0, float(gradient.corner_y)
        elif gradient.corner_y == 0:
            dx, dy = float(gradient.corner_x), 0.0
        else:
            dx, dy = gradient.corner_x * height, gradient.corner_y * width
    else:
        angle = math.radians(gradient.angle % 360.0)
        dx, dy = math.sin(angle), -math.cos(angle)
        if gradient.angle % 90.0 == 0:
            dx, dy = float(round(dx)), float(round(dy))
    norm = math.hypot(dx, dy)
    if norm <= 0:
        return 0.0, 0.0, 0.0, height
    dx, dy = dx / norm, dy / norm
    half = abs(half_width * dx) + abs(half_height * dy)
    return (
        half_width - dx * half,
        half_height - dy * half,
        half_width + dx * half,
        half_height + dy * half,
    )


def _radial_points(gradient: Gradient, size: Size) -> tuple[float, float, float, float]:
    """https://drafts.csswg.org/css-images-3/#radial-size: centre and radii of the ending shape."""
    cx, cy = gradient.center_x.resolve(size.width), gradient.center_y.resolve(size.height)
    left, right, top, bottom = abs(cx), abs(size.width - cx), abs(cy), abs(size.height - cy)
    extent = gradient.extent
    near_x, far_x, near_y, far_y = min(left, right), max(left, right), min(top, bottom), max(top, bottom)
    if extent == RadialExtent.EXPLICIT:
        rx = gradient.radius_x.resolve(size.width)
        ry = rx if gradient.is_circle else gradient.radius_y.resolve(size.height)
    elif gradient.is_circle:
        if extent == RadialExtent.CLOSEST_SIDE:
            rx = min(near_x, near_y)
        elif extent == RadialExtent.FARTHEST_SIDE:
            rx = max(far_x, far_y)
        elif extent == RadialExtent.CLOSEST_CORNER:
            rx = math.hypot(near_x, near_y)
        else:
            rx = math.hypot(far_x, far_y)
        ry = rx
    elif extent == RadialExtent.CLOSEST_SIDE:
        rx, ry = near_x, near_y
    elif extent == RadialExtent.FARTHEST_SIDE:
        rx, ry = far_x, far_y
    elif extent == RadialExtent.CLOSEST_CORNER:
        # Same ratio as closest-side, through the corner.
        rx, ry = near_x * math.sqrt(2.0), near_y * math.sqrt(2.0)
    else:
        rx, ry = far_x * math.sqrt(2.0), far_y * math.sqrt(2.0)
    # https://drafts.csswg.org/css-images-3/#degenerate-radials
    if rx <= 0 and ry <= 0:
        rx = ry = TINY
    elif rx <= 0:
        rx, ry = TINY, max(ry, 1e5)
    elif ry <= 0:
        # The picture is the last stop's colour, as of an ellipse without height.
        ry = TINY
    return cx, cy, rx, ry


def _position(position: Length, length: float) -> float:
    """A stop's offset as a fraction of the line."""
    if position.kind == LengthKind.PERCENT:
        value = position.percent / 100.0
    else:
        value = position.resolve(length)
        value = value / length if length > 0 else 0.0 if value <= 0 else 1.0
    return min(MAX_OFFSET, max(-MAX_OFFSET, value)) if value == value else 0.0


def _resolve_stops(stops: tuple[ColorStop, ...], length: float, is_radial: bool) -> list[GradientStop]:
    """https://drafts.csswg.org/css-images-4/#color-stop-fixup"""
    count = len(stops)
    positions: list[float] = []
    known: list[bool] = []
    highest = -math.inf
    for index in range(count):
        position = stops[index].position
        if position.is_definite():
            # 2. No stop before an earlier one.
            highest = max(highest, _position(position, length))
            positions.append(highest)
            known.append(True)
        elif index == 0:
            # 1. The first stop without a position stands at 0%, the last at 100%.
            positions.append(0.0)
            known.append(True)
            highest = 0.0
        elif index == count - 1:
            highest = max(highest, 1.0)
            positions.append(highest)
            known.append(True)
        else:
            positions.append(0.0)
            known.append(False)
    # 3. The others are spread evenly between their neighbours.
    index = 0
    while index < count:
        if not known[index]:
            end = index
            while not known[end]:
                end += 1
            start = positions[index - 1]
            step = (positions[end] - start) / (end - index + 1)
            for inner in range(index, end):
                positions[inner] = start + step * (inner - index + 1)
            index = end
        index += 1
    result: list[GradientStop] = []
    for index in range(count):
        stop = stops[index]
        if stop.is_hint:
            # 4. A hint shapes the transition between its neighbours.
            if result and index + 1 < count:
                result[-1].hint = positions[index]
            continue
        result.append(GradientStop(positions[index], stop.color))
    return result
