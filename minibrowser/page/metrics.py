"""Font metrics for style resolution: what `ex`, `ch`, `cap` and `ic` are, from the fonts that text uses."""

from __future__ import annotations

from typing import Final, final

from ..css import FontMetrics
from ..css.computed_style import InheritedStyle
from ..css.keywords import TextOrientation, WritingMode
from ..layout.fonts import font_description
from ..text.font import Font, FontDescription
from ..text.font_context import DocumentFonts

WATER: Final = 0x6C34
"""The ideograph that `ic` measures (https://drafts.csswg.org/css-values-4/#ic)."""


@final
class PageFontMetrics(FontMetrics):
    """Metrics of the primary font of a style."""

    def __init__(self, fonts: DocumentFonts) -> None:
        self._fonts = fonts
        self._asked: dict[FontDescription, None] = {}

    def _font(self, inherited: InheritedStyle) -> Font:
        description = font_description(inherited, "")
        self._asked[description] = None
        return self._fonts.fonts_for(description).primary

    @property
    def was_asked(self) -> bool:
        """Whether a style depends on them: other fonts may change it."""
        return bool(self._asked)

    def forget(self) -> None:
        """Styles are resolved anew."""
        self._asked.clear()

    def ask_again(self) -> None:
        """Ask for the fonts that units were measured by, now that web fonts are declared: where no text does, `ex` and
        `ch` still want them."""
        for description in self._asked:
            self._fonts.fonts_for(description).primary  # noqa: B018 - looking for it tells what it wants

    def x_height(self, inherited: InheritedStyle) -> float:
        """1ex in CSS px."""
        return self._font(inherited).x_height

    def zero_advance(self, inherited: InheritedStyle) -> float:
        """1ch in CSS px."""
        font = self._font(inherited)
        if _is_upright(inherited):
            advance = font.advance_of_character(ord("0"), True)
            return advance if advance >= 0.0 else inherited.font_size
        return font.zero_advance

    def ideographic_advance(self, inherited: InheritedStyle) -> float:
        """1ic in CSS px."""
        is_vertical = inherited.writing_mode != WritingMode.HORIZONTAL_TB
        advance = self._font(inherited).advance_of_character(WATER, is_vertical)
        return advance if advance >= 0.0 else inherited.font_size

    def ascent(self, inherited: InheritedStyle) -> float:
        """The font's ascent in CSS px."""
        return self._font(inherited).ascent

    def normal_line_height(self, inherited: InheritedStyle) -> float:
        """What `line-height: normal` comes to in CSS px."""
        return self._font(inherited).line_spacing

    def cap_height(self, inherited: InheritedStyle) -> float:
        """1cap in CSS px."""
        return self._font(inherited).cap_height


def _is_upright(inherited: InheritedStyle) -> bool:
    """Whether digits stand upright in vertical lines."""
    return (
        inherited.writing_mode in (WritingMode.VERTICAL_RL, WritingMode.VERTICAL_LR)
        and inherited.text_orientation == TextOrientation.UPRIGHT
    )
