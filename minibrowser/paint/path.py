"""Paths: lines and Bézier curves, filled or stroked. CSS px."""

from __future__ import annotations

import math
from enum import IntEnum
from typing import Final, final

from ..geometry import NO_RECT, Matrix, Rect
from .rounded_rect import RoundedRect


class Verb(IntEnum):
    """What a step of a path does; each takes so many points."""

    MOVE = 0  # 1 point
    LINE = 1  # 1
    QUAD = 2  # 2
    CUBIC = 3  # 3
    CLOSE = 4  # 0
    ARC = 5  # 2: a quarter of an ellipse: the corner of its box, and the end


POINT_COUNT: Final = (1, 1, 2, 3, 0, 2)


@final
class Path:
    """Subpaths. `points` holds x and y in turn."""

    __slots__ = ("even_odd", "points", "verbs")

    def __init__(self, even_odd: bool = False) -> None:
        self.verbs: list[int] = []
        self.points: list[float] = []
        self.even_odd: bool = even_odd

    def move_to(self, x: float, y: float) -> None:
        """Begin a subpath."""
        self.verbs.append(0)
        self.points.append(x)
        self.points.append(y)

    def line_to(self, x: float, y: float) -> None:
        """A straight line."""
        self.verbs.append(1)
        self.points.append(x)
        self.points.append(y)

    def quad_to(self, cx: float, cy: float, x: float, y: float) -> None:
        """A quadratic curve."""
        self.verbs.append(2)
        self.points.extend((cx, cy, x, y))

    def cubic_to(self, cx: float, cy: float, dx: float, dy: float, end: tuple[float, float]) -> None:
        """A cubic curve."""
        self.verbs.append(3)
        self.points.extend((cx, cy, dx, dy, end[0], end[1]))

    def arc_to(self, corner_x: float, corner_y: float, x: float, y: float) -> None:
        """A quarter of an ellipse (or an affine picture of one), bulging towards a corner."""
        self.verbs.append(5)
        self.points.extend((corner_x, corner_y, x, y))

    def close(self) -> None:
        """Back to the subpath's beginning."""
        self.verbs.append(4)

    def is_empty(self) -> bool:
        """Whether nothing is there."""
        return not self.verbs

    def last_point(self) -> tuple[float, float]:
        """Where the pen is; (0, 0) before the first point."""
        return (self.points[-2], self.points[-1]) if self.points else (0.0, 0.0)

    def add_polygon(self, corners: list[tuple[float, float]]) -> None:
        """A closed polygon."""
        for index in range(len(corners)):
            x, y = corners[index]
            if index == 0:
                self.move_to(x, y)
            else:
                self.line_to(x, y)
        self.close()

    def add_rect(self, rect: Rect) -> None:
        """A closed rectangle, clockwise."""
        self.add_polygon(
            [(rect.x, rect.y), (rect.right, rect.y), (rect.right, rect.bottom), (rect.x, rect.bottom)]
        )

    def add_ellipse(self, cx: float, cy: float, rx: float, ry: float) -> None:
        """A closed ellipse, clockwise from the right."""
        left, top, right, bottom = cx - rx, cy - ry, cx + rx, cy + ry
        self.move_to(right, cy)
        self.arc_to(right, bottom, cx, bottom)
        self.arc_to(left, bottom, left, cy)
        self.arc_to(left, top, cx, top)
        self.arc_to(right, top, right, cy)
        self.close()

    def add_rounded_rect(self, shape: RoundedRect) -> None:
        """A closed rounded rectangle, clockwise from the end of its top left corner."""
        rect, r = shape.rect, shape.radii
        if not shape.is_rounded():
            self.add_rect(rect)
            return
        left, top, right, bottom = rect.x, rect.y, rect.right, rect.bottom
        x, y = r.top_left_x, r.top_left_y
        self.move_to(left + x, top)
        x, y = r.top_right_x, r.top_right_y
        self.line_to(right - x, top)
        if x > 0 and y > 0:
            self.arc_to(right, top, right, top + y)
        x, y = r.bottom_right_x, r.bottom_right_y
        self.line_to(right, bottom - y)
        if x > 0 and y > 0:
            self.arc_to(right, bottom, right - x, bottom)
        x, y = r.bottom_left_x, r.bottom_left_y
        self.line_to(left + x, bottom)
        if x > 0 and y > 0:
            self.arc_to(left, bottom, left, bottom - y)
        x, y = r.top_left_x, r.top_left_y
        self.line_to(left, top + y)
        if x > 0 and y > 0:
            self.arc_to(left, top, left + x, top)
        self.close()

    def add_ring(self, outer: RoundedRect, inner: RoundedRect) -> None:
        """What lies between two shapes, for the non-zero fill: the inner one is wound the other way, so that
        edges which fall together cancel out."""
        self.add_rounded_rect(outer)
        if not inner.rect.is_empty():
            hole = Path()
            hole.add_rounded_rect(inner)
            self.append(hole.reversed())

    def reversed(self) -> Path:
        """Closed subpaths wound the other way."""
        path = Path(self.even_odd)
        points = self.points
        starts: list[int] = []
        for index, verb in enumerate(self.verbs):
            if verb == Verb.MOVE:
                starts.append(index)
        starts.append(len(self.verbs))
        at = 0
        for which in range(len(starts) - 1):
            verbs = self.verbs[starts[which] : starts[which + 1]]
            count = 0
            for verb in verbs:
                count += POINT_COUNT[verb]
            own = points[at : at + 2 * count]
            at += 2 * count
            path.verbs.append(0)
            path.points.extend(own[-2:])
            for verb in verbs[::-1]:
                if verb != Verb.MOVE and verb != Verb.CLOSE:
                    path.verbs.append(verb)
            for index in range(len(own) - 4, -1, -2):
                path.points.append(own[index])
                path.points.append(own[index + 1])
            path.verbs.append(4)
        return path

    def subpaths(self) -> list[Path]:
        """Each subpath as a path of its own."""
        result: list[Path] = []
        at = 0
        for verb in self.verbs:
            if verb == Verb.MOVE or not result:
                result.append(Path(self.even_odd))
            count = 2 * POINT_COUNT[verb]
            result[-1].verbs.append(verb)
            result[-1].points.extend(self.points[at : at + count])
            at += count
        return result

    def append(self, other: Path) -> None:
        """Add another path's subpaths."""
        self.verbs.extend(other.verbs)
        self.points.extend(other.points)

    def transformed(self, matrix: Matrix) -> Path:
        """The path with every point mapped."""
        path = Path(self.even_odd)
        path.verbs = self.verbs
        a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
        old = self.points
        new: list[float] = []
        for index in range(0, len(old), 2):
            x, y = old[index], old[index + 1]
            new.append(a * x + c * y + e)
            new.append(b * x + d * y + f)
        path.points = new
        return path

    def bounds(self) -> Rect:
        """A rectangle around all points, control points included."""
        if not self.points:
            return NO_RECT
        xs, ys = self.points[0::2], self.points[1::2]
        left, top = min(xs), min(ys)
        return Rect(left, top, max(xs) - left, max(ys) - top)

    def is_finite(self) -> bool:
        """Whether every coordinate is a number."""
        return math.isfinite(sum(self.points))

    def flattened(self, tolerance: float = 0.1) -> list[tuple[list[tuple[float, float]], bool]]:
        """Polylines, each with whether it is closed."""
        result: list[tuple[list[tuple[float, float]], bool]] = []
        line: list[tuple[float, float]] = []
        points = self.points
        at = 0
        for verb in self.verbs:
            if verb == Verb.MOVE:
                if len(line) > 1:
                    result.append((line, False))
                line = [(points[at], points[at + 1])]
            elif verb == Verb.LINE:
                line.append((points[at], points[at + 1]))
            elif verb == Verb.QUAD:
                _flatten_quad(line, points, at, tolerance)
            elif verb == Verb.CUBIC:
                _flatten_cubic(line, points, at, tolerance)
            elif verb == Verb.ARC:
                _flatten_arc(line, points, at, tolerance)
            else:
                if len(line) > 1:
                    result.append((line, True))
                line = line[:1]
            at += 2 * POINT_COUNT[verb]
        if len(line) > 1:
            result.append((line, False))
        return result

    def __repr__(self) -> str:
        words: list[str] = ["evenodd"] if self.even_odd else []
        at = 0
        for verb in self.verbs:
            count = 2 * POINT_COUNT[verb]
            words.append("MLQCZA"[verb] + ",".join(f"{value:.6g}" for value in self.points[at : at + count]))
            at += count
        return " ".join(words)


def _segments(length: float, tolerance: float) -> int:
    return max(2, min(64, math.ceil(math.sqrt(length / tolerance) * 0.8))) if length < 1e7 else 64


def _flatten_quad(line: list[tuple[float, float]], points: list[float], at: int, tolerance: float) -> None:
    x0, y0 = line[-1]
    x1, y1, x2, y2 = points[at], points[at + 1], points[at + 2], points[at + 3]
    count = _segments(abs(x0 - 2 * x1 + x2) + abs(y0 - 2 * y1 + y2), tolerance)
    for i in range(1, count + 1):
        t = i / count
        u = 1.0 - t
        line.append((u * u * x0 + 2 * u * t * x1 + t * t * x2, u * u * y0 + 2 * u * t * y1 + t * t * y2))


def _flatten_arc(line: list[tuple[float, float]], points: list[float], at: int, tolerance: float) -> None:
    x0, y0 = line[-1]
    x1, y1, x2, y2 = points[at], points[at + 1], points[at + 2], points[at + 3]
    count = _segments(abs(x0 - 2 * x1 + x2) + abs(y0 - 2 * y1 + y2), tolerance)
    # The centre lies opposite to the corner.
    cx, cy = x0 + x2 - x1, y0 + y2 - y1
    for i in range(1, count + 1):
        angle = math.pi / 2 * i / count
        sin, cos = math.sin(angle), math.cos(angle)
        line.append((cx + (x0 - cx) * cos + (x2 - cx) * sin, cy + (y0 - cy) * cos + (y2 - cy) * sin))


def _flatten_cubic(line: list[tuple[float, float]], points: list[float], at: int, tolerance: float) -> None:
    x0, y0 = line[-1]
    x1, y1, x2, y2, x3, y3 = points[at : at + 6]
    bend = max(abs(x0 - 2 * x1 + x2) + abs(y0 - 2 * y1 + y2), abs(x1 - 2 * x2 + x3) + abs(y1 - 2 * y2 + y3))
    count = _segments(bend, tolerance)
    for i in range(1, count + 1):
        t = i / count
        u = 1.0 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        line.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
