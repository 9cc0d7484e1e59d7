"""Emphasis marks (https://drafts.csswg.org/css-text-decor-4/#text-emphasis-position-property)."""

from __future__ import annotations

from typing import Final

from ...css.computed_style import InheritedStyle
from ...css.keywords import WritingMode

MARK_SIZE: Final = 0.5
"""Ems of the text that its emphasis marks are high."""


def marks_are_over(style: InheritedStyle) -> bool:
    """Whether emphasis marks stand on the line-over side."""
    over_under, side = style.text_emphasis_position
    if style.writing_mode == WritingMode.HORIZONTAL_TB:
        return over_under == "over"
    if style.writing_mode == WritingMode.SIDEWAYS_LR:
        return side == "left"
    return side == "right"
