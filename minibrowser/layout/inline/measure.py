"""How much room the pieces of a line take: text, tabs, hyphens."""

from __future__ import annotations

from ...css.values import LengthKind
from ...text.shaping import ShapeResult, layout_unit_ceil
from ..text_style import TextStyle


def text_width(shape: ShapeResult, start: int, end: int) -> float:
    """The width of a piece of a shaped text: rounded up to 1/64 px, never negative."""
    width = layout_unit_ceil(shape.width_between(start, end))
    return width if width > 0.0 else 0.0


def tab_width(style: TextStyle, position: float) -> float:
    """How far a tab at `position` moves the pen (https://drafts.csswg.org/css-text-3/#tab-size-property)."""
    size = style.style.tab_size
    if size.kind == LengthKind.NUMBER:
        base = size.px * (style.font.space_advance + style.spacing.letter + style.spacing.word)
    else:
        base = size.px
    if base <= 0.0:
        return 0.0
    width = base - position % base
    # A stop nearer than half a space is passed over.
    if width < style.font.space_advance / 2.0:
        width += base
    return layout_unit_ceil(width)


def hyphen_text(style: TextStyle) -> str:
    """What is shown where a word is hyphenated (https://drafts.csswg.org/css-text-4/#hyphenate-character)."""
    wish = style.style.hyphenate_character
    if wish != "auto":
        return wish
    return "\u2010" if style.font.has_glyph(0x2010) else "-"
