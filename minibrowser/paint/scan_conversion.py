"""Outlines as Skia's analytic rasteriser sees them (SkAnalyticEdge, SkEdgeBuilder).

Skia rounds the y of every edge's ends to a quarter of a pixel and cuts curves into few lines: corners of a radius
of 2 px are two lines. Doing the same before filling with exact coverage makes round corners the same as
Chromium's, and halves the difference of text.

Coordinates are device px, y down.
"""

from __future__ import annotations

import array
import math
from typing import Final, final

from .path import Path, Verb

MAX_COORDINATE: Final = 200_000.0
"""px; FreeType refuses outlines that reach farther from the bitmap (2^24 in 26.6)."""
MAX_SHIFT: Final = 5
CONIC_TOLERANCE: Final = 0.25
"""px that a quadratic curve may differ from the arc that it stands for (Skia's for edges)."""
CONIC_WEIGHT: Final = math.sqrt(0.5)
MAX_CONIC_SPLITS: Final = 4


@final
class Polygon:
    """Closed polygons: `fixed` holds x and -y in turn, in 1/64 px; `ends` are the last points of contours."""

    __slots__ = ("bottom", "ends", "fixed", "left", "right", "tags", "top")

    def __init__(self, points: list[float], ends: list[int]) -> None:
        self.ends: Final = ends
        self.tags: Final[bytes] = b"\x01" * (len(points) // 2)
        xs, ys = points[0::2], points[1::2]
        self.left: Final = min(xs) if xs else 0.0
        self.right: Final = max(xs) if xs else 0.0
        self.top: Final = min(ys) if ys else 0.0
        self.bottom: Final = max(ys) if ys else 0.0
        limit = MAX_COORDINATE
        if self.left < -limit or self.top < -limit or self.right > limit or self.bottom > limit:
            points = [min(limit, max(-limit, value)) for value in points]
        fixed = array.array("l")
        is_x = True
        for value in points:
            fixed.append(math.floor(value * 64.0 + 0.5) if is_x else math.floor(0.5 - value * 64.0))
            is_x = not is_x
        self.fixed: Final = fixed


def _snap(y: float) -> float:
    return math.floor(y * 4.0 + 0.5) / 4.0


def _shift(dx: float, dy: float) -> int:
    """The power of two of pieces that a curve is cut into, from its second difference in px."""
    dx, dy = abs(dx) * 64.0, abs(dy) * 64.0
    distance = min(dx, dy) / 2 + max(dx, dy)
    if not distance < 1e6:
        return MAX_SHIFT
    return max(1, min(MAX_SHIFT, ((int(distance) + 16) >> 5).bit_length() // 2))


# --- Paths ----------------------------------------------------------------------------------------


def polygon_of_path(path: Path) -> Polygon:
    """A path's edges after snapping. The path's coordinates must be finite."""
    result: list[float] = []
    ends: list[int] = []
    points = path.points
    x0 = y0 = 0.0
    at = 0
    for verb in path.verbs:
        if verb == Verb.MOVE:
            _end_contour(result, ends)
            x0, y0 = points[at], points[at + 1]
            result.append(x0)
            result.append(_snap(y0))
            at += 2
        elif verb == Verb.LINE:
            x0, y0 = points[at], points[at + 1]
            result.append(x0)
            result.append(_snap(y0))
            at += 2
        elif verb == Verb.QUAD:
            rest = (points[at], points[at + 1], points[at + 2], points[at + 3])
            _quad(x0, y0, rest, result)
            x0, y0 = rest[2], rest[3]
            at += 4
        elif verb == Verb.ARC:
            rest = (points[at], points[at + 1], points[at + 2], points[at + 3])
            _arc(x0, y0, rest, result)
            x0, y0 = rest[2], rest[3]
            at += 4
        elif verb == Verb.CUBIC:
            six = (
                points[at], points[at + 1], points[at + 2], points[at + 3], points[at + 4], points[at + 5],
            )  # fmt: skip
            _cubic(x0, y0, six, result)
            x0, y0 = six[4], six[5]
            at += 6
    _end_contour(result, ends)
    return Polygon(result, ends)


def _end_contour(result: list[float], ends: list[int]) -> None:
    last = len(result) // 2 - 1
    if last >= 0 and (not ends or ends[-1] != last):
        ends.append(last)


def _arc(x0: float, y0: float, rest: tuple[float, float, float, float], result: list[float]) -> None:
    """A quarter of an ellipse: a conic of weight 1/sqrt(2), stood in for by quadratic curves."""
    for quad in quads_of_conic((x0, y0, rest[0], rest[1], rest[2], rest[3]), CONIC_WEIGHT):
        _quad(quad[0], quad[1], (quad[2], quad[3], quad[4], quad[5]), result)


def quads_of_conic(
    conic: tuple[float, float, float, float, float, float], weight: float
) -> list[tuple[float, float, float, float, float, float]]:
    """Quadratic curves near a conic (SkConic::chopIntoQuadsPOW2)."""
    x0, y0, x1, y1, x2, y2 = conic
    change = weight - 1.0
    error = abs(change / (4.0 * (2.0 + change))) * math.hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2)
    splits = 0
    while error > CONIC_TOLERANCE and splits < MAX_CONIC_SPLITS:
        error *= 0.25
        splits += 1
    result: list[tuple[float, float, float, float, float, float]] = []
    _split_conic(conic, weight, splits, result)
    return result


def _split_conic(
    conic: tuple[float, float, float, float, float, float],
    weight: float,
    splits: int,
    result: list[tuple[float, float, float, float, float, float]],
) -> None:
    if splits == 0:
        result.append(conic)
        return
    x0, y0, x1, y1, x2, y2 = conic
    scale = 1.0 / (1.0 + weight)
    ax, ay = (x0 + weight * x1) * scale, (y0 + weight * y1) * scale
    bx, by = (weight * x1 + x2) * scale, (weight * y1 + y2) * scale
    mx, my = (ax + bx) / 2, (ay + by) / 2
    half_weight = math.sqrt(0.5 + weight * 0.5)
    _split_conic((x0, y0, ax, ay, mx, my), half_weight, splits - 1, result)
    _split_conic((mx, my, bx, by, x2, y2), half_weight, splits - 1, result)


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
    pieces = 1 << _shift(2 * x1 - x0 - x2, 2 * y1 - y0 - y2)
    for piece in range(1, pieces):
        t = piece / pieces
        u = 1.0 - t
        result.append(u * u * x0 + 2 * u * t * x1 + t * t * x2)
        result.append(_snap(u * u * y0 + 2 * u * t * y1 + t * t * y2))
    result.append(x2)
    result.append(_snap(y2))


def _cubic(
    x0: float, y0: float, rest: tuple[float, float, float, float, float, float], result: list[float]
) -> None:
    """A cubic curve."""
    x1, y1, x2, y2, x3, y3 = rest
    bend_x = max(abs(x0 - 2 * x1 + x2), abs(x1 - 2 * x2 + x3))
    bend_y = max(abs(y0 - 2 * y1 + y2), abs(y1 - 2 * y2 + y3))
    pieces = 2 << _shift(bend_x, bend_y)
    for piece in range(1, pieces + 1):
        t = piece / pieces
        u = 1.0 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        result.append(a * x0 + b * x1 + c * x2 + d * x3)
        result.append(_snap(a * y0 + b * y1 + c * y2 + d * y3))


# --- Glyphs ---------------------------------------------------------------------------------------


def polygon_of(points: list[int], tags: bytes, ends: list[int]) -> Polygon:
    """A glyph's edges after snapping. Points are in 1/64 px, y up, as FreeType gives them."""
    result: list[float] = []
    result_ends: list[int] = []
    start = 0
    for end in ends:
        _contour(points, tags, start, end, result)
        _end_contour(result, result_ends)
        start = end + 1
    return Polygon(result, result_ends)


def _contour(points: list[int], tags: bytes, start: int, end: int, result: list[float]) -> None:
    """One contour with its implied points."""
    count = end - start + 1
    if count < 3:
        return
    xs = [points[2 * index] / 64.0 for index in range(start, end + 1)]
    ys = [points[2 * index + 1] / -64.0 for index in range(start, end + 1)]
    first = 0
    while first < count and not tags[start + first] & 1:
        first += 1
    if first == count:
        # No point lies on the curve: begin between the last and the first.
        x0, y0 = (xs[0] + xs[-1]) / 2, (ys[0] + ys[-1]) / 2
        first = -1
        steps = count
    else:
        x0, y0 = xs[first], ys[first]
        steps = count - 1
    start_x, start_y = x0, y0
    result.append(x0)
    result.append(_snap(y0))
    index = 0
    while index < steps:
        at = (first + 1 + index) % count
        tag = tags[start + at] & 3
        x, y = xs[at], ys[at]
        if tag & 1:
            result.append(x)
            result.append(_snap(y))
            x0, y0 = x, y
            index += 1
            continue
        if index + 1 < steps:
            after = (at + 1) % count
            nx, ny, next_tag = xs[after], ys[after], tags[start + after] & 3
        else:
            nx, ny, next_tag = start_x, start_y, 1
        if tag == 2:
            if index + 2 < steps:
                last = (at + 2) % count
                ex, ey = xs[last], ys[last]
            else:
                ex, ey = start_x, start_y
            index += 3
            _cubic(x0, y0, (x, y, nx, ny, ex, ey), result)
        elif next_tag == 0:
            ex, ey = (x + nx) / 2, (y + ny) / 2
            index += 1
            _quad(x0, y0, (x, y, ex, ey), result)
        else:
            ex, ey = nx, ny
            index += 2
            _quad(x0, y0, (x, y, ex, ey), result)
        x0, y0 = ex, ey
