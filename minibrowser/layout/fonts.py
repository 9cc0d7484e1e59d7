"""Computed styles as the text package wants them: font descriptions.

https://drafts.csswg.org/css-fonts-4/#font-rend-props for the OpenType features of the font-variant-* properties.
"""

from __future__ import annotations

from typing import Final

from ..css.computed_style import InheritedStyle
from ..css.keywords import (
    FontKerning,
    FontOpticalSizing,
    FontStyle,
    FontSynthesis,
    FontVariantCaps,
    FontVariantPosition,
    TextOrientation,
    TextRendering,
    WritingMode,
)
from ..text.enums import (
    SYNTHESIZE_SMALL_CAPS,
    SYNTHESIZE_STYLE,
    SYNTHESIZE_WEIGHT,
    FontOrientation,
)
from ..text.font import (
    DEFAULT_SETTINGS,
    NORMAL_SELECTION,
    FontDescription,
    FontFamily,
    FontSelection,
    FontSettings,
)

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
    features.extend(style.font_alternate_features)
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
    # Only font-variant-caps is synthesized; "smcp" of font-feature-settings is the font's or nothing.
    if (
        style.font_synthesis_small_caps == FontSynthesis.AUTO
        and style.font_variant_caps != FontVariantCaps.NORMAL
    ):
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
    if style.font_language_override:
        # What HarfBuzz calls an OpenType language system that is given by its tag.
        language = f"x-hbot{style.font_language_override}"
    orientation = FontOrientation.ALONG
    if style.writing_mode != WritingMode.HORIZONTAL_TB:
        orientation = font_orientation(style)
    return FontDescription(families, style.font_size, selection, settings, language, orientation)


def font_orientation(style: InheritedStyle) -> FontOrientation:
    """How glyphs stand on their line: https://drafts.csswg.org/css-writing-modes-4/#text-orientation"""
    if style.writing_mode not in (WritingMode.VERTICAL_RL, WritingMode.VERTICAL_LR):
        return FontOrientation.ALONG
    if style.text_orientation == TextOrientation.UPRIGHT:
        return FontOrientation.UPRIGHT
    if style.text_orientation == TextOrientation.SIDEWAYS:
        return FontOrientation.ALONG
    return FontOrientation.MIXED
