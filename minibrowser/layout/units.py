"""LayoutUnit: lengths in layout are whole numbers of 1/64 px, held in a float."""

from __future__ import annotations

import math

from ..limits import MAX_LENGTH


def layout_unit(value: float) -> float:
    """Cut towards zero to a multiple of 1/64 px, and clamped to what Blink's LayoutUnit holds."""
    if -MAX_LENGTH < value < MAX_LENGTH:
        return int(value * 64.0) / 64.0
    return MAX_LENGTH if value > 0.0 else -MAX_LENGTH


def round_to_layout_unit(value: float) -> float:
    """The nearest multiple of 1/64 px, the upper one of two, and clamped as in `layout_unit`."""
    if -MAX_LENGTH < value < MAX_LENGTH:
        return math.floor(value * 64.0 + 0.5) / 64.0
    return MAX_LENGTH if value > 0.0 else -MAX_LENGTH
