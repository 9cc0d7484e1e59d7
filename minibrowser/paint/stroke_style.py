"""Dash patterns of dashed and dotted lines, as Blink chooses them (StyledStrokeData, StrokeData)."""

from __future__ import annotations

import math
from typing import Final

from .display_list import Stroke

DOT_EPSILON = 0.01
"""CSS px off each gap, so that the last dot of a line is drawn."""


def best_gap(length: float, dash: float, gap: float, is_closed: bool) -> float:
    """The gap nearest to the wished one that lets a whole number of dashes fit."""
    available = length if is_closed else length + gap
    fewest = math.floor(available / (dash + gap))
    most = fewest + 1
    fewest_gaps = fewest if is_closed else fewest - 1
    most_gaps = most if is_closed else most - 1
    wide = (length - fewest * dash) / fewest_gaps if fewest_gaps > 0 else math.inf
    narrow = (length - most * dash) / most_gaps if most_gaps > 0 else -1.0
    return wide if narrow <= 0 or abs(wide - gap) < abs(narrow - gap) else narrow


def dashed_stroke(width: float, length: float, is_closed: bool = False) -> Stroke:
    """Dashes of 2 (thin lines: 3) widths with gaps of 1 (thin lines: 2)."""
    dash = width * (2.0 if width >= 3 else 3.0)
    gap = width * (1.0 if width >= 3 else 2.0)
    return _dashes(width, dash, gap, length, is_closed, True)


def _dashes(width: float, dash: float, gap: float, length: float, is_closed: bool, is_dashed: bool) -> Stroke:
    if length <= dash * 2:
        return Stroke(width)
    if length <= 2 * dash + gap:
        factor = length / (2 * dash + gap)
        return Stroke(width, (dash * factor, gap * factor))
    if is_dashed:
        gap = best_gap(length, dash, gap, is_closed)
    return Stroke(width, (dash, gap))


def has_round_dots(width: float) -> bool:
    """Dotted lines of up to 3 px are square dashes."""
    return width > 3


_FINE_GAPS: Final = ((0, 1), (1, 1, 2, 3), (4, 2, 2, 3, 4, 4))


def fine_dots_gap(width: float, inner: float) -> float:
    """px between the first dot of a straight line and the next, the dots at both ends aside. `width`: 1 to 3 px.

    Measured: Chromium centres the dots between those at the ends, on whole pixels.
    """
    gaps = _FINE_GAPS[max(0, min(2, int(width) - 1))]
    return float(gaps[int(inner) % len(gaps)])


def dotted_stroke(width: float, length: float, is_closed: bool = False) -> Stroke:
    """Dots one width apart. `length` is the whole line's; round dots begin half a width inside."""
    if not has_round_dots(width):
        return _dashes(width, width, width, length, is_closed, False)
    if length < width * 2:
        return Stroke(width, (0.0, width * 2), 0.0, True)
    gap = best_gap(length, width, width, is_closed)
    return Stroke(width, (0.0, gap + width - DOT_EPSILON), 0.0, True)
