"""`text-wrap: balance` (https://drafts.csswg.org/css-text-4/#valdef-text-wrap-style-balance).

As Blink (ParagraphLineBreaker): the narrowest room that needs no more lines is found by bisection; paragraphs with
forced breaks or floats, and those of more than a few lines, are left as they are.
"""

from __future__ import annotations

import math
from typing import Final

from ...css.keywords import TextWrapStyle
from ...limits import MAX_BALANCED_LINES
from ..box import Box
from .items import InlineItems, ItemKind
from .line_breaker import LineBreaker

PRECISION: Final = 1.0 / 64.0
"""CSS px: where the bisection ends."""


def balanced_room(container: Box, data: InlineItems, breaker: LineBreaker, indent: float) -> float:
    """The room for each line, CSS px; infinite where lines are filled one by one."""
    if container.style.inherited.text_wrap_style != TextWrapStyle.BALANCE:
        return math.inf
    for item in data.items:
        if item.kind == ItemKind.BREAK or item.kind == ItemKind.FLOAT:
            return math.inf
    room = breaker.content_inline
    count = _count_lines(data, breaker, room, indent)
    if count < 2 or count > MAX_BALANCED_LINES:
        return math.inf
    low, high = room * (count - 1) / count / 2.0, room
    while high - low > PRECISION:
        middle = (low + high) / 2.0
        if _count_lines(data, breaker, middle, indent) <= count:
            high = middle
        else:
            low = middle
    return high


def _count_lines(data: InlineItems, breaker: LineBreaker, room: float, indent: float) -> int:
    """How many lines the text takes in this room; a line that is too long for it counts as too many."""
    index, offset, lines = 0, 0, 0
    while index < len(data.items) and lines <= MAX_BALANCED_LINES:
        line = breaker.next_line(index, offset, room, 0.0, indent, 0.0)
        if not line.is_empty:
            lines += 1
            indent = 0.0
        if line.overflows:
            return MAX_BALANCED_LINES + 1
        if line.next_index == index and line.next_offset == offset:
            break
        index, offset = line.next_index, line.next_offset
    return lines
