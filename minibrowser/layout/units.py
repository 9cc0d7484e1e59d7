"""LayoutUnit: lengths in layout are whole numbers of 1/64 px, held in a float."""

from __future__ import annotations

from ..limits import MAX_LENGTH


def layout_unit(value: float) -> float:
    """Cut towards zero to a multiple of 1/64 px, and clamped to what Blink's LayoutUnit holds."""
    if -MAX_LENGTH < value < MAX_LENGTH:
        return int(value * 64.0) / 64.0
    return MAX_LENGTH if value > 0.0 else -MAX_LENGTH
