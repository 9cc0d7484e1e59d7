"""Computed styles as inline layout wants them: font, spacing, line metrics, white space."""

from __future__ import annotations

import math
from typing import Final, final

from ..css.computed_style import ComputedStyle, InheritedStyle
from ..css.keywords import (
    OverflowWrap,
    TextCombineUpright,
    TextWrapMode,
    WhiteSpaceCollapse,
    WordBreak,
    WritingMode,
)
from ..css.values import Length, LengthKind
from ..text.font import Font
from ..text.font_context import DocumentFonts
from ..text.shaping import NO_SPACING, TextShaper, TextSpacing
from .fonts import font_description
from .units import layout_unit, round_to_layout_unit


@final
class TextStyle:
    """What inline layout needs of a style, worked out once for each distinct style and language.

    Attributes:
        description, spacing: for shaping.
        font: the first available font: it gives the strut and the content area.
        ascent, descent: of the content area, whole px.
        line_ascent, line_descent: of the inline box with half-leading, which may be negative.
        line_height: used value.
        is_normal_line_height: `line-height: normal`: fallback fonts in a text count too.
        collapses_spaces, preserves_breaks, wraps, breaks_spaces: what `white-space` means.
        combines: text stands as one character in its vertical line (`text-combine-upright`).
    """

    __slots__ = (
        "ascent",
        "breaks_spaces",
        "collapses_spaces",
        "combines",
        "descent",
        "description",
        "font",
        "is_normal_line_height",
        "line_ascent",
        "line_descent",
        "line_height",
        "preserves_breaks",
        "spacing",
        "style",
        "wraps",
    )

    def __init__(self, style: InheritedStyle, fonts: DocumentFonts, language: str) -> None:
        self.style: Final = style
        description = font_description(style, language)
        self.description: Final = description
        has_spacing = style.letter_spacing != 0.0 or style.word_spacing != 0.0
        self.spacing: Final[TextSpacing] = (
            TextSpacing(style.letter_spacing, style.word_spacing) if has_spacing else NO_SPACING
        )
        font: Font = fonts.fonts_for(description).primary
        self.font: Final = font
        self.ascent: Final = font.ascent
        self.descent: Final = font.descent
        line_height = style.line_height
        self.is_normal_line_height: Final = line_height.kind == LengthKind.NORMAL
        if self.is_normal_line_height:
            height = font.line_spacing
        else:
            height = used_line_height(line_height, style.font_size)
        self.line_height: Final = height
        up, down = with_leading(font.ascent, font.descent, height)
        self.line_ascent: Final = up
        self.line_descent: Final = down
        collapse = style.white_space_collapse
        self.collapses_spaces: Final = (
            collapse == WhiteSpaceCollapse.COLLAPSE or collapse == WhiteSpaceCollapse.PRESERVE_BREAKS
        )
        self.preserves_breaks: Final = (
            collapse != WhiteSpaceCollapse.COLLAPSE and collapse != WhiteSpaceCollapse.PRESERVE_SPACES
        )
        self.breaks_spaces: Final = collapse == WhiteSpaceCollapse.BREAK_SPACES
        self.combines: Final = style.text_combine_upright == TextCombineUpright.ALL and (
            style.writing_mode == WritingMode.VERTICAL_RL or style.writing_mode == WritingMode.VERTICAL_LR
        )
        self.wraps: Final = style.text_wrap_mode == TextWrapMode.WRAP


def used_line_height(line_height: Length, font_size: float) -> float:
    """In layout units: lengths are rounded to them, a number times the rounded font size is cut.

    That is how Blink's ComputedStyle::ComputedLineHeight comes to 18.89 px for 1.35 of 14 px and to 18.91 px for
    1.35em: each line of a long page adds that difference.
    """
    if line_height.kind == LengthKind.NUMBER:
        return layout_unit(round_to_layout_unit(font_size) * line_height.px + _NUMBER_NOISE)
    return round_to_layout_unit(line_height.resolve(font_size))


_NUMBER_NOISE: Final = 1.0 / 65_536.0
"""Above the error of a product that is a whole number of layout units, px: 640 times 1.15 is 735.9999999999999."""


def with_leading(ascent: float, descent: float, line_height: float) -> tuple[float, float]:
    """Ascent and descent with half the leading on each side; the upper half is cut to a whole px, as Blink does.

    https://drafts.csswg.org/css-inline-3/#inline-height
    """
    leading = line_height - (ascent + descent)
    # A division of layout units is cut towards zero: less than 1/32 px too little is nothing.
    upper = float(math.floor(int(leading * 32.0) / 64.0))
    return ascent + upper, descent + leading - upper


def breaks_anywhere(style: TextStyle) -> bool:
    """Whether a word that does not fit on a line of its own may be broken anywhere."""
    inherited = style.style
    return style.wraps and (
        inherited.overflow_wrap != OverflowWrap.NORMAL or inherited.word_break == WordBreak.BREAK_WORD
    )


@final
class TextStyles:
    """TextStyle by style, for one document."""

    def __init__(self, fonts: DocumentFonts) -> None:
        self.fonts: Final = fonts
        self.shaper: Final = TextShaper(fonts)
        self._styles: dict[tuple[InheritedStyle, str], TextStyle] = {}

    def of(self, style: ComputedStyle, language: str) -> TextStyle:
        """The text style of a box's style."""
        # Groups compare by identity: there are as many as style resolution made.
        key = (style.inherited, language)
        found = self._styles.get(key)
        if found is None:
            found = TextStyle(style.inherited, self.fonts, language)
            self._styles[key] = found
        return found
