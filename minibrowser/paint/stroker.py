"""Outlines of lines: dashes along a path, and the shapes of strokes to fill."""

from __future__ import annotations

import math

from .display_list import Stroke
from .path import Path

MAX_DASHES = 20_000
Point = tuple[float, float]


def dashed(points: list[Point], is_closed: bool, stroke: Stroke) -> list[list[Point]]:
    """A polyline cut by the dash pattern; the whole of it where there is none."""
    line = [*points, points[0]] if is_closed else points
    pattern = stroke.dashes
    total = sum(pattern)
    if not pattern or total <= 0 or not math.isfinite(total):
        return [line]
    pieces: list[list[Point]] = []
    index, left = 0, stroke.phase % (total * (2 if len(pattern) % 2 else 1))
    while left >= pattern[index % len(pattern)] and left > 0:
        left -= pattern[index % len(pattern)]
        index += 1
    remaining = pattern[index % len(pattern)] - left
    is_on = index % 2 == 0
    piece: list[Point] = [line[0]] if is_on else []
    for at in range(1, len(line)):
        x0, y0 = line[at - 1]
        x1, y1 = line[at]
        length = math.hypot(x1 - x0, y1 - y0)
        if length <= 0:
            continue
        ux, uy = (x1 - x0) / length, (y1 - y0) / length
        done = 0.0
        while length - done >= remaining:
            done += remaining
            x, y = x0 + ux * done, y0 + uy * done
            if is_on:
                piece.append((x, y))
                pieces.append(piece)
                piece = []
                if len(pieces) > MAX_DASHES:
                    return pieces
            else:
                # The direction is kept for dashes of length 0: round dots.
                piece = [(x, y)]
            is_on = not is_on
            index += 1
            remaining = pattern[index % len(pattern)]
        remaining -= length - done
        if is_on:
            piece.append((x1, y1))
    if is_on and piece:
        pieces.append(piece)
    return pieces


def stroke_outline(path: Path, stroke: Stroke) -> Path:
    """A path whose non-zero fill is the stroke. Joins are mitred (or round with round caps)."""
    outline = Path()
    half = stroke.width / 2
    if half <= 0 or not math.isfinite(half):
        return outline
    for points, is_closed in path.flattened():
        if not stroke.dashes:
            _stroke_polyline(outline, points, is_closed, half, stroke.round_cap)
            continue
        for piece in dashed(points, is_closed, stroke):
            if len(piece) == 1 or (len(piece) == 2 and piece[0] == piece[1]):
                if stroke.round_cap:
                    outline.add_ellipse(piece[0][0], piece[0][1], half, half)
                continue
            _stroke_polyline(outline, piece, False, half, stroke.round_cap)
    return outline


def _normal(a: Point, b: Point) -> Point:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy)
    return (0.0, 0.0) if length <= 0 else (-dy / length, dx / length)


def _stroke_polyline(outline: Path, raw: list[Point], is_closed: bool, half: float, is_round: bool) -> None:
    points: list[Point] = []
    for point in raw:
        if not points or math.hypot(point[0] - points[-1][0], point[1] - points[-1][1]) > 1e-9:
            points.append(point)
    if (
        is_closed
        and len(points) > 1
        and math.hypot(points[0][0] - points[-1][0], points[0][1] - points[-1][1]) <= 1e-9
    ):
        points.pop()
    count = len(points)
    if count < 2:
        if is_round and count == 1:
            outline.add_ellipse(points[0][0], points[0][1], half, half)
        return
    left = _offset_side(points, is_closed, half)
    right = _offset_side(points, is_closed, -half)
    if is_closed:
        outline.add_polygon(left)
        right.reverse()
        outline.add_polygon(right)
        return
    right.reverse()
    outline.add_polygon(left + right)
    if is_round:
        # Wound like the body, so that the non-zero fill unites them.
        for x, y in (points[0], points[-1]):
            circle = Path()
            circle.add_ellipse(x, y, half, half)
            outline.append(_oriented(circle, left + right))


def _area(corners: list[Point]) -> float:
    total = 0.0
    for index in range(len(corners)):
        x0, y0 = corners[index - 1]
        x1, y1 = corners[index]
        total += x0 * y1 - x1 * y0
    return total


def _oriented(circle: Path, body: list[Point]) -> Path:
    """The circle, wound as the body is. `add_ellipse` winds clockwise: a positive area with y down."""
    if _area(body) >= 0:
        return circle
    flipped = Path()
    points = circle.points
    # Mirror about the horizontal axis through the centre: the same circle, the other way round.
    middle = (min(points[1::2]) + max(points[1::2])) / 2
    flipped.verbs = circle.verbs
    flipped.points = [2 * middle - v if index % 2 else v for index, v in enumerate(points)]
    return flipped


MITRE_LIMIT = 4.0


def _offset_side(points: list[Point], is_closed: bool, half: float) -> list[Point]:
    """One side of the stroke: the polyline moved by `half` along its normals, joined."""
    count = len(points)
    side: list[Point] = []
    for index in range(count):
        x, y = points[index]
        before = points[index - 1] if index > 0 or is_closed else None
        after = points[(index + 1) % count] if index < count - 1 or is_closed else None
        if before is None and after is not None:
            nx, ny = _normal((x, y), after)
            side.append((x + nx * half, y + ny * half))
        elif after is None and before is not None:
            nx, ny = _normal(before, (x, y))
            side.append((x + nx * half, y + ny * half))
        elif before is not None and after is not None:
            ax, ay = _normal(before, (x, y))
            bx, by = _normal((x, y), after)
            dot = 1.0 + ax * bx + ay * by
            if dot > 2.0 / (MITRE_LIMIT * MITRE_LIMIT):
                side.append((x + (ax + bx) / dot * half, y + (ay + by) / dot * half))
            else:
                side.append((x + ax * half, y + ay * half))
                side.append((x + bx * half, y + by * half))
    return side
