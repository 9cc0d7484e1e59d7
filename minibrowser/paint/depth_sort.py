"""The painting order of planes in a 3D rendering context: a binary space partition, as Blink's compositor makes it.

https://drafts.csswg.org/css-transforms-2/#3d-rendering-contexts: planes that cut each other are split.
"""

from __future__ import annotations

from typing import Final, final

from .path import Path

Point = tuple[float, float, float]

COPLANAR: Final = 0.05
"""px: points this near to a plane lie on it."""
MAX_PLANES: Final = 200
"""More are painted by the depth of their centres, without being split."""


@final
class Plane:
    """A polygon in projected space; the viewer looks along -z. `is_cut`: only a part of what plane `index` was."""

    __slots__ = ("index", "is_cut", "points")

    def __init__(self, index: int, points: list[Point], is_cut: bool = False) -> None:
        self.index: Final = index
        self.points: Final = points
        self.is_cut: Final = is_cut

    def path(self) -> Path:
        """Its outline as seen."""
        path = Path()
        path.add_polygon([(x, y) for x, y, _ in self.points])
        return path


def back_to_front(planes: list[Plane]) -> list[Plane]:
    """The planes, or parts of them, in painting order; those that coincide stay in the order they came in."""
    if len(planes) > MAX_PLANES:
        return sorted(planes, key=_depth)
    return _order(planes, 0)


def _depth(plane: Plane) -> float:
    total = 0.0
    for point in plane.points:
        total += point[2]
    return total / max(1, len(plane.points))


def _normal(points: list[Point]) -> Point:
    """Newell's method; of length 1, or (0, 0, 0) for polygons without area."""
    x = y = z = 0.0
    for index, a in enumerate(points):
        b = points[(index + 1) % len(points)]
        x += (a[1] - b[1]) * (a[2] + b[2])
        y += (a[2] - b[2]) * (a[0] + b[0])
        z += (a[0] - b[0]) * (a[1] + b[1])
    length = (x * x + y * y + z * z) ** 0.5
    if not length > 1e-9:
        return 0.0, 0.0, 0.0
    return x / length, y / length, z / length


def _order(planes: list[Plane], depth: int) -> list[Plane]:
    if len(planes) < 2 or depth > MAX_PLANES:
        return planes
    splitter = planes[0]
    normal = _normal(splitter.points)
    if normal[2] < 0:
        normal = (-normal[0], -normal[1], -normal[2])
    origin = splitter.points[0]
    behind: list[Plane] = []
    same: list[Plane] = [splitter]
    before: list[Plane] = []
    for plane in planes[1:]:
        _classify(plane, origin, normal, (behind, same, before))
    return [*_order(behind, depth + 1), *same, *_order(before, depth + 1)]


def _classify(
    plane: Plane, origin: Point, normal: Point, lists: tuple[list[Plane], list[Plane], list[Plane]]
) -> None:
    """Put a plane, or its two parts, behind, onto or before another one."""
    behind, same, before = lists
    distances: list[float] = []
    for point in plane.points:
        distances.append(
            (point[0] - origin[0]) * normal[0]
            + (point[1] - origin[1]) * normal[1]
            + (point[2] - origin[2]) * normal[2]
        )
    low, high = min(distances), max(distances)
    if low >= -COPLANAR and high <= COPLANAR:
        same.append(plane)
    elif low >= -COPLANAR:
        before.append(plane)
    elif high <= COPLANAR:
        behind.append(plane)
    else:
        lower: list[Point] = []
        upper: list[Point] = []
        count = len(plane.points)
        for index in range(count):
            a, b = plane.points[index], plane.points[(index + 1) % count]
            da, db = distances[index], distances[(index + 1) % count]
            if da <= 0:
                lower.append(a)
            if da >= 0:
                upper.append(a)
            if (da < 0 < db) or (db < 0 < da):
                t = da / (da - db)
                cut = (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2]))
                lower.append(cut)
                upper.append(cut)
        behind.append(Plane(plane.index, lower, True))
        before.append(Plane(plane.index, upper, True))
