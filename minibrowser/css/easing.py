"""Easing functions (https://drafts.csswg.org/css-easing-2/): from the progress of time to the progress of values."""

from __future__ import annotations

import math
from enum import IntEnum
from typing import Final, final


class EasingKind(IntEnum):
    """The families of easing functions."""

    LINEAR = 0  # numbers: input, output, input, output ...
    CUBIC = 1  # numbers: x1 y1 x2 y2
    STEPS = 2  # numbers: the count of steps, and of jumps beyond steps - 1; 1.0 where the first jump is at the start


@final
class Easing:
    """An easing function; `text` is how getComputedStyle() prints it."""

    __slots__ = ("kind", "numbers", "text")

    def __init__(self, kind: EasingKind, numbers: tuple[float, ...], text: str) -> None:
        self.kind: Final = kind
        self.numbers: Final = numbers
        self.text: Final = text

    def __repr__(self) -> str:
        return self.text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Easing) and self.kind == other.kind and self.numbers == other.numbers

    def __hash__(self) -> int:
        return hash((self.kind, self.numbers))

    def at(self, progress: float, is_before: bool = False) -> float:
        """The output for an input; `is_before`: the animation has not begun, so a jump at the start is to come."""
        if self.kind == EasingKind.CUBIC:
            return _cubic(self.numbers, progress)
        if self.kind == EasingKind.STEPS:
            return _steps(self.numbers, progress, is_before)
        return _linear(self.numbers, progress)


def _bezier(first: float, second: float, t: float) -> float:
    rest = 1.0 - t
    return 3.0 * rest * rest * t * first + 3.0 * rest * t * t * second + t * t * t


def _cubic(numbers: tuple[float, ...], progress: float) -> float:
    x1, y1, x2, y2 = numbers
    if progress <= 0.0:
        slope = y1 / x1 if x1 > 0.0 else (y2 / x2 if y1 == 0.0 and x2 > 0.0 else 0.0)
        return progress * slope
    if progress >= 1.0:
        slope = (
            (1.0 - y2) / (1.0 - x2)
            if x2 < 1.0
            else ((1.0 - y1) / (1.0 - x1) if y2 == 1.0 and x1 < 1.0 else 0.0)
        )
        return 1.0 + (progress - 1.0) * slope
    low, high = 0.0, 1.0
    for _ in range(60):  # halving: as exact as a float is
        middle = (low + high) / 2.0
        if _bezier(x1, x2, middle) < progress:
            low = middle
        else:
            high = middle
    return _bezier(y1, y2, (low + high) / 2.0)


def _steps(numbers: tuple[float, ...], progress: float, is_before: bool) -> float:
    """https://drafts.csswg.org/css-easing-2/#step-easing-algo"""
    count, extra, starts = numbers
    scaled = progress * count
    current = math.floor(scaled + 1e-9)
    if starts:
        current += 1
    if is_before and abs(scaled - round(scaled)) < 1e-9:
        current -= 1
    jumps = count + extra
    if progress >= 0.0 and current < 0:
        current = 0
    if progress <= 1.0 and current > jumps:
        current = int(jumps)
    return current / jumps


def _linear(numbers: tuple[float, ...], progress: float) -> float:
    """https://drafts.csswg.org/css-easing-2/#linear-easing-function-output"""
    if not numbers:
        return progress
    count = len(numbers) // 2
    if count == 1:
        return numbers[1]
    at = 0
    for index in range(count):
        if numbers[index * 2] <= progress:
            at = index
    at = min(at, count - 2)
    x0, y0, x1, y1 = numbers[at * 2 : at * 2 + 4]
    return y1 if x1 == x0 else y0 + (y1 - y0) * (progress - x0) / (x1 - x0)


LINEAR: Final = Easing(EasingKind.LINEAR, (), "linear")
EASE: Final = Easing(EasingKind.CUBIC, (0.25, 0.1, 0.25, 1.0), "ease")
