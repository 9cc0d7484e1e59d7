"""Computed styles as the text package wants them: font descriptions, spacing, line metrics.

https://drafts.csswg.org/css-fonts-4/#font-rend-props for the OpenType features of the font-variant-* properties.
"""

from __future__ import annotations

import math
from typing import Final, final

from ..css.computed_style import ComputedStyle, InheritedStyle
from ..css.keywords import (
    FontKerning,
    FontOpticalSizing,
    FontStyle,
    FontSynthesis,
    FontVariantCaps,
    FontVariantPosition,
    TextRendering,
    TextWrapMode,
    WhiteSpaceCollapse,
)
from ..css.values import LengthKind
from ..text.enums import SYNTHESIZE_SMALL_CAPS, SYNTHESIZE_STYLE, SYNTHESIZE_WEIGHT
from ..text.font import (
    DEFAULT_SETTINGS,
    NORMAL_SELECTION,
    Font,
    FontDescription,
    FontFamily,
    FontSelection,
    FontSettings,
)
from ..text.font_context import DocumentFonts
from ..text.shaping import NO_SPACING, TextShaper, TextSpacing
from .units import layout_unit

LIGATURES: Final = {
    "common-ligatures": (("liga", 1), ("clig", 1)),
    "no-common-ligatures": (("liga", 0), ("clig", 0)),
    "discretionary-ligatures": (("dlig", 1),),
    "no-discretionary-ligatures": (("dlig", 0),),
    "historical-ligatures": (("hlig", 1),),
    "no-historical-ligatures": (("hlig", 0),),
    "contextual": (("calt", 1),),
    "no-contextual": (("calt", 0),),
    "none": (("liga", 0), ("clig", 0), ("dlig", 0), ("hlig", 0), ("calt", 0)),
}
NUMERIC: Final = {
    "lining-nums": "lnum",
    "oldstyle-nums": "onum",
    "proportional-nums": "pnum",
    "tabular-nums": "tnum",
    "diagonal-fractions": "frac",
    "stacked-fractions": "afrc",
    "ordinal": "ordn",
    "slashed-zero": "zero",
}
EAST_ASIAN: Final = {
    "jis78": "jp78",
    "jis83": "jp83",
    "jis90": "jp90",
    "jis04": "jp04",
    "simplified": "smpl",
    "traditional": "trad",
    "full-width": "fwid",
    "proportional-width": "pwid",
    "ruby": "ruby",
}
CAPS: Final = {
    FontVariantCaps.SMALL_CAPS: ("smcp",),
    FontVariantCaps.ALL_SMALL_CAPS: ("smcp", "c2sc"),
    FontVariantCaps.PETITE_CAPS: ("pcap",),
    FontVariantCaps.ALL_PETITE_CAPS: ("pcap", "c2pc"),
    FontVariantCaps.UNICASE: ("unic",),
    FontVariantCaps.TITLING_CAPS: ("titl",),
}


def font_features(style: InheritedStyle) -> tuple[tuple[str, int], ...]:
    """OpenType features in order of rising precedence; () for a plain style."""
    features: list[tuple[str, int]] = []
    if style.font_kerning == FontKerning.NONE or (
        style.font_kerning == FontKerning.AUTO and style.text_rendering == TextRendering.OPTIMIZESPEED
    ):
        features.append(("kern", 0))
    elif style.font_kerning == FontKerning.NORMAL:
        features.append(("kern", 1))
    for name in style.font_variant_ligatures:
        features.extend(LIGATURES.get(name, ()))
    for tag in CAPS.get(style.font_variant_caps, ()):
        features.append((tag, 1))
    for name in style.font_variant_numeric:
        if name in NUMERIC:
            features.append((NUMERIC[name], 1))
    for name in style.font_variant_east_asian:
        if name in EAST_ASIAN:
            features.append((EAST_ASIAN[name], 1))
    if style.font_variant_position == FontVariantPosition.SUB:
        features.append(("subs", 1))
    elif style.font_variant_position == FontVariantPosition.SUPER:
        features.append(("sups", 1))
    for name in style.font_variant_alternates:
        if name == "historical-forms":
            features.append(("hist", 1))
    features.extend(style.font_feature_settings)
    return tuple(features)


def font_description(style: InheritedStyle, language: str) -> FontDescription:
    """The wish that a style makes."""
    families = tuple([FontFamily(name.name, name.is_generic) for name in style.font_family])
    italic = style.font_style == FontStyle.ITALIC
    angle = style.font_oblique_angle if style.font_style == FontStyle.OBLIQUE else 0.0
    selection = NORMAL_SELECTION
    if style.font_weight != 400.0 or style.font_stretch != 100.0 or italic or angle != 0.0:
        selection = FontSelection(style.font_weight, style.font_stretch, italic, angle)
    synthesis = 0
    if style.font_synthesis_weight == FontSynthesis.AUTO:
        synthesis |= SYNTHESIZE_WEIGHT
    if style.font_synthesis_style == FontSynthesis.AUTO:
        synthesis |= SYNTHESIZE_STYLE
    if style.font_synthesis_small_caps == FontSynthesis.AUTO:
        synthesis |= SYNTHESIZE_SMALL_CAPS
    settings = FontSettings(
        font_features(style),
        style.font_variation_settings,
        synthesis,
        style.font_optical_sizing == FontOpticalSizing.AUTO,
        style.font_size_adjust,
    )
    if settings == DEFAULT_SETTINGS:
        settings = DEFAULT_SETTINGS
    return FontDescription(families, style.font_size, selection, settings, language)


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
    """

    __slots__ = (
        "ascent",
        "breaks_spaces",
        "collapses_spaces",
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
        elif line_height.kind == LengthKind.NUMBER:
            height = layout_unit(line_height.px * style.font_size)
        else:
            height = layout_unit(line_height.resolve(style.font_size))
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
        self.wraps: Final = style.text_wrap_mode == TextWrapMode.WRAP


def with_leading(ascent: float, descent: float, line_height: float) -> tuple[float, float]:
    """Ascent and descent with half the leading on each side; the upper half is cut to a whole px, as Blink does.

    https://drafts.csswg.org/css-inline-3/#inline-height
    """
    leading = line_height - (ascent + descent)
    upper = float(math.floor(leading / 2.0))
    return ascent + upper, descent + leading - upper


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
