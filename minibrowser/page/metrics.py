"""Font metrics for style resolution: what `ex`, `ch`, `cap` and `ic` are, from the fonts that text uses."""

from __future__ import annotations

from typing import final

from ..css import FontMetrics
from ..css.computed_style import InheritedStyle
from ..layout.fonts import font_description
from ..text.font import Font
from ..text.font_context import DocumentFonts


@final
class PageFontMetrics(FontMetrics):
    """Metrics of the primary font of a style."""

    def __init__(self, fonts: DocumentFonts) -> None:
        self._fonts = fonts

    def _font(self, inherited: InheritedStyle) -> Font:
        return self._fonts.fonts_for(font_description(inherited, "")).primary

    def x_height(self, inherited: InheritedStyle) -> float:
        """1ex in CSS px."""
        return self._font(inherited).x_height

    def zero_advance(self, inherited: InheritedStyle) -> float:
        """1ch in CSS px."""
        return self._font(inherited).zero_advance

    def ascent(self, inherited: InheritedStyle) -> float:
        """The font's ascent in CSS px."""
        return self._font(inherited).ascent

    def normal_line_height(self, inherited: InheritedStyle) -> float:
        """What `line-height: normal` comes to in CSS px."""
        return self._font(inherited).line_spacing

    def cap_height(self, inherited: InheritedStyle) -> float:
        """1cap in CSS px."""
        return self._font(inherited).cap_height
