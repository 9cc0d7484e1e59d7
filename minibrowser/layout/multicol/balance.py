"""How tall balanced columns are at first (https://drafts.csswg.org/css-multicol-1/#cf)."""

from __future__ import annotations

from heapq import heapify, heapreplace
from math import ceil


def first_guess(runs: list[float], count: int) -> float:
    """The height of the tallest column when the breaks that are left beside the forced ones are spread evenly.

    `runs`: the heights of the content between forced breaks, px, not empty. `count`: columns that there are. In whole
    layout units, rounded up.
    """
    # by the height of a column of the run: negative, for heapq has the least first
    heap: list[tuple[float, int, float]] = [(-run, 1, run) for run in runs]
    heapify(heap)
    for _ in range(count - len(runs)):
        _, columns, run = heap[0]
        heapreplace(heap, (-run / (columns + 1), columns + 1, run))
    return ceil(-heap[0][0] * 64.0 - 0.001) / 64.0
