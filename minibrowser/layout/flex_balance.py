"""Balanced flex lines (https://drafts.csswg.org/css-flexbox-2/#valdef-flex-wrap-balance).

The items go on as few lines as fit (at least `flex-line-count`), and of all ways to break them into that many the
one is taken whose lines' sizes have the smallest sum of squares; of equal ones the one whose first lines hold more.
Measured in Chromium: items with negative margins count as empty, not as room for others.
"""

from __future__ import annotations

from typing import Final, final

from ..limits import MAX_BALANCED_STEPS
from .constraint_space import INDEFINITE
from .units import layout_unit

INFINITE: Final = 1.0e300


@final
class LineSizes:
    """Sizes of lines of consecutive items. `ends[i]` is the sum of the sizes and gaps of items 0..i-1."""

    def __init__(self, sizes: list[float], gap: float, available: float) -> None:
        self.gap: Final = gap
        self.room: Final = INFINITE if available == INDEFINITE else available + 1.0 / 64.0
        self.ends: Final[list[float]] = [0.0]
        total = 0.0
        for size in sizes:
            total += max(0.0, layout_unit(size)) + gap
            self.ends.append(total)

    def size(self, start: int, end: int) -> float:
        """Of the line of items start..end-1."""
        return self.ends[end] - self.ends[start] - self.gap

    def fits(self, start: int, end: int) -> bool:
        """Whether these may stand on one line; a single item always does."""
        return end - start == 1 or self.size(start, end) <= self.room


def balanced_breaks(sizes: list[float], gap: float, available: float, line_count: int) -> list[int]:
    """Where each line ends, as the index of the item after it.

    `sizes` are hypothetical outer main sizes; `available` is INDEFINITE for no limit.
    """
    count = len(sizes)
    lines = LineSizes(sizes, gap, available)
    greedy: list[int] = []
    start = 0
    longest = 1
    while start < count:
        end = start + 1
        while end < count and lines.fits(start, end + 1):
            end += 1
        longest = max(longest, end - start)
        greedy.append(end)
        start = end
    fewest = len(greedy)
    wanted = min(count, max(fewest, line_count))
    if wanted == 1 or count * longest > MAX_BALANCED_STEPS:
        return greedy
    if wanted == fewest or count * longest * wanted > MAX_BALANCED_STEPS:
        return _fewest_lines(lines, count)
    return _exact_lines(lines, count, wanted)


def _fewest_lines(lines: LineSizes, count: int) -> list[int]:
    """The best of the ways with the fewest lines, from the last item back: for each item the best rest."""
    rest_lines = [0] * (count + 1)
    rest_score = [0.0] * (count + 1)
    ends = [count] * (count + 1)
    for start in range(count - 1, -1, -1):
        best_lines, best_score = count + 1, INFINITE
        end = start + 1
        while end <= count and lines.fits(start, end):
            number = rest_lines[end] + 1
            size = lines.size(start, end)
            score = rest_score[end] + size * size
            # Of equal ones the longer line: it comes later in this loop.
            if number < best_lines or (number == best_lines and score <= best_score):
                best_lines, best_score = number, score
                ends[start] = end
            end += 1
        rest_lines[start], rest_score[start] = best_lines, best_score
    return _follow(ends, count)


def _follow(ends: list[int], count: int) -> list[int]:
    breaks: list[int] = []
    start = 0
    while start < count:
        start = ends[start]
        breaks.append(start)
    return breaks


def _exact_lines(lines: LineSizes, count: int, wanted: int) -> list[int]:
    """The best of the ways with exactly this many lines."""
    rest_score = [INFINITE] * (count + 1)
    rest_score[count] = 0.0
    choices: list[list[int]] = []
    for number in range(1, wanted + 1):
        scores = [INFINITE] * (count + 1)
        ends = [count] * (count + 1)
        for start in range(count - number, -1, -1):
            best = INFINITE
            end = start + 1
            while end <= count and lines.fits(start, end):
                if rest_score[end] < INFINITE:
                    size = lines.size(start, end)
                    score = rest_score[end] + size * size
                    if score <= best:
                        best = score
                        ends[start] = end
                end += 1
            scores[start] = best
        choices.append(ends)
        rest_score = scores
    breaks: list[int] = []
    start = 0
    for ends in reversed(choices):
        start = ends[start]
        breaks.append(start)
    return breaks
