"""Anti-aliased lines of one device pixel, as Skia draws them (SkScan_Antihair): round corners of thin borders.

A line goes over two pixels in each column (or row, where it is steep), which share its coverage.
"""

from __future__ import annotations

import math
from typing import Final

from .scan_conversion import CONIC_WEIGHT, quads_of_conic

MAX_LEVEL: Final = 5

Quad = tuple[float, float, float, float, float, float]


def _level(quad: Quad) -> int:
    """The power of two of lines that a curve is cut into (compute_quad_level)."""
    x0, y0, x1, y1, x2, y2 = quad
    dx, dy = math.ceil(abs((x0 + x2) / 2 - x1)), math.ceil(abs((y0 + y2) / 2 - y1))
    distance = dx + (dy >> 1) if dx > dy else dy + (dx >> 1)
    return min(MAX_LEVEL, (distance.bit_length() + 1) // 2)


def corner_hairline(radius: float, size: int) -> bytes:
    """Coverage of a line of 1px along the inside of the top left corner of this (outer) radius, over a square."""
    middle = 0.5
    data = bytearray(size * size)
    for quad in quads_of_conic((middle, radius, middle, middle, radius, middle), CONIC_WEIGHT):
        x0, y0, x1, y1, x2, y2 = quad
        lines = 1 << _level(quad)
        px, py = x0, y0
        for index in range(1, lines + 1):
            t = index / lines
            u = 1.0 - t
            x = u * u * x0 + 2 * u * t * x1 + t * t * x2
            y = u * u * y0 + 2 * u * t * y1 + t * t * y2
            _line(data, size, (px, py), (x, y))
            px, py = x, y
    return bytes(data)


def _add(data: bytearray, size: int, x: int, y: int, alpha: float) -> None:
    if 0 <= x < size and 0 <= y < size and alpha > 0:
        at = y * size + x
        old = data[at]
        data[at] = min(255, int(old + alpha * (255 - old) + 0.5))


def _line(data: bytearray, size: int, start: tuple[float, float], end: tuple[float, float]) -> None:
    """One straight piece (do_anti_hairline). Coordinates are rounded to 1/64."""
    x0, y0 = math.floor(start[0] * 64 + 0.5) / 64, math.floor(start[1] * 64 + 0.5) / 64
    x1, y1 = math.floor(end[0] * 64 + 0.5) / 64, math.floor(end[1] * 64 + 0.5) / 64
    is_steep = abs(x1 - x0) <= abs(y1 - y0)
    if is_steep:
        x0, y0, x1, y1 = y0, x0, y1, x1
    if x0 > x1:
        x0, y0, x1, y1 = x1, y1, x0, y0
    if x1 <= x0:
        return
    slope = (y1 - y0) / (x1 - x0)
    first, last = math.floor(x0), math.ceil(x1)
    for x in range(first, last):
        share = min(x1, x + 1.0) - max(x0, float(x))
        at = y0 + slope * (x + 0.5 - x0) + 0.5
        lower = math.floor(at)
        below = at - lower
        if is_steep:
            _add(data, size, lower - 1, x, (1.0 - below) * share)
            _add(data, size, lower, x, below * share)
        else:
            _add(data, size, x, lower - 1, (1.0 - below) * share)
            _add(data, size, x, lower, below * share)
