"""Outlines as Skia's analytic rasteriser sees them (SkAnalyticEdge).

Skia rounds the y of every edge's ends to a quarter of a pixel and cuts curves into few lines. Doing the same to a
glyph's outline before it is filled with exact coverage halves the difference to Chromium's text.
"""

from __future__ import annotations

import math
from typing import Final, final

SNAP: Final = 16
"""1/64 px in a quarter of a pixel."""
MAX_SHIFT: Final = 5


@final
class Polygon:
    """Closed polygons: x and y in turn, px, y down from the baseline; `ends` are last points of contours."""

    __slots__ = ("bottom", "ends", "left", "points", "right", "tags", "top")

    def __init__(self, points: list[float], ends: list[int]) -> None:
        self.points: Final = points
        self.ends: Final = ends
        self.tags: Final[bytes] = b"\x01" * (len(points) // 2)
        xs, ys = points[0::2], points[1::2]
        self.left: Final = min(xs) if xs else 0.0
        self.right: Final = max(xs) if xs else 0.0
        self.top: Final = min(ys) if ys else 0.0
        self.bottom: Final = max(ys) if ys else 0.0


def _snap(y: float) -> float:
    """1/64 px, y up, to px, y down, on a quarter."""
    return math.floor(0.5 - y / SNAP) / 4.0


def _shift(dx: float, dy: float) -> int:
    """The power of two of pieces that a curve is cut into, from its deviation (in 1/256 px)."""
    dx, dy = abs(dx), abs(dy)
    distance = int(max(dx, dy) + min(dx, dy) / 2)
    distance = (distance + 16) >> 5
    return max(1, min(MAX_SHIFT, distance.bit_length() // 2))


def polygon_of(points: list[int], tags: bytes, ends: list[int]) -> Polygon:
    """The outline's edges after snapping. Points are in 1/64 px, y up, as FreeType gives them."""
    result: list[float] = []
    result_ends: list[int] = []
    start = 0
    for end in ends:
        _contour(points, tags, start, end, result)
        last = len(result) // 2 - 1
        if last >= 0 and (not result_ends or result_ends[-1] != last):
            result_ends.append(last)
        start = end + 1
    return Polygon(result, result_ends)


def _contour(points: list[int], tags: bytes, start: int, end: int, result: list[float]) -> None:
    """One contour with its implied points."""
    count = end - start + 1
    if count < 3:
        return
    first = start
    while first <= end and not tags[first] & 1:
        first += 1
    if first > end:
        # No point lies on the curve: begin between the last and the first.
        x0 = (points[2 * start] + points[2 * end]) / 2.0
        y0 = (points[2 * start + 1] + points[2 * end + 1]) / 2.0
        first = start - 1
        steps = count
    else:
        x0, y0 = float(points[2 * first]), float(points[2 * first + 1])
        steps = count - 1
    start_x, start_y = x0, y0
    result.append(x0 / 64.0)
    result.append(_snap(y0))
    index = 0
    while index < steps:
        at = start + (first - start + 1 + index) % count
        tag = tags[at] & 3
        x, y = float(points[2 * at]), float(points[2 * at + 1])
        if tag & 1:
            result.append(x / 64.0)
            result.append(_snap(y))
            x0, y0 = x, y
            index += 1
            continue
        if index + 1 < steps:
            after = start + (first - start + 2 + index) % count
            nx, ny, next_tag = float(points[2 * after]), float(points[2 * after + 1]), tags[after] & 3
        else:
            nx, ny, next_tag = start_x, start_y, 1
        if tag == 2:
            index += 3
            if index <= steps:
                last = start + (first - start + index) % count
                ex, ey = float(points[2 * last]), float(points[2 * last + 1])
            else:
                ex, ey = start_x, start_y
            _cubic(x0, y0, (x, y, nx, ny, ex, ey), result)
            x0, y0 = ex, ey
            continue
        if next_tag == 0:
            ex, ey = (x + nx) / 2.0, (y + ny) / 2.0
            index += 1
        else:
            ex, ey = nx, ny
            index += 2
        _quad(x0, y0, (x, y, ex, ey), result)
        x0, y0 = ex, ey


def _quad(x0: float, y0: float, rest: tuple[float, float, float, float], result: list[float]) -> None:
    """A quadratic curve, cut at its highest or lowest point first."""
    x1, y1, x2, y2 = rest
    before, after = y0 - y1, y1 - y2
    if before * after < 0:
        t = before / (before - after)
        ax, bx = x0 + (x1 - x0) * t, x1 + (x2 - x1) * t
        ay = y0 + (y1 - y0) * t
        mx, my = ax + (bx - ax) * t, ay + (y1 + (y2 - y1) * t - ay) * t
        _monotonic_quad(x0, y0, (ax, my, mx, my), result)
        _monotonic_quad(mx, my, (bx, my, x2, y2), result)
    else:
        _monotonic_quad(x0, y0, rest, result)


def _monotonic_quad(
    x0: float, y0: float, rest: tuple[float, float, float, float], result: list[float]
) -> None:
    x1, y1, x2, y2 = rest
    # Deviations in 1/64 px, times four for Skia's finer grid, a quarter of the second difference.
    pieces = 1 << _shift(2 * x1 - x0 - x2, 2 * y1 - y0 - y2)
    for piece in range(1, pieces):
        t = piece / pieces
        u = 1.0 - t
        result.append((u * u * x0 + 2 * u * t * x1 + t * t * x2) / 64.0)
        result.append(_snap(u * u * y0 + 2 * u * t * y1 + t * t * y2))
    result.append(x2 / 64.0)
    result.append(_snap(y2))


def _cubic(
    x0: float, y0: float, rest: tuple[float, float, float, float, float, float], result: list[float]
) -> None:
    """A cubic curve (CFF fonts)."""
    x1, y1, x2, y2, x3, y3 = rest
    bend_x = max(abs(x0 - 2 * x1 + x2), abs(x1 - 2 * x2 + x3))
    bend_y = max(abs(y0 - 2 * y1 + y2), abs(y1 - 2 * y2 + y3))
    pieces = 2 << _shift(bend_x, bend_y)
    for piece in range(1, pieces + 1):
        t = piece / pieces
        u = 1.0 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        result.append((a * x0 + b * x1 + c * x2 + d * x3) / 64.0)
        result.append(_snap(a * y0 + b * y1 + c * y2 + d * y3))
