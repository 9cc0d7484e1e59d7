"""Fonts as layout and paint see them: the wish (FontDescription), the file (FontFace), the sized font (Font).

Sizes and metrics are CSS px; a face's own numbers are font units. The rounding is Blink's
(SimpleFontData): ascent and descent are rounded each on its own, the line gap only inside line_spacing.
"""

from __future__ import annotations

import math
from typing import Final, final

from ..errors import FontError
from .enums import SYNTHESIZE_ALL, FontOrientation
from .han_kerning import HanFontData
from .harfbuzz import HarfBuzzFace, HarfBuzzFont
from .sfnt import SfntMetrics, read_features

SYNTHETIC_SKEW: Final = 0.25
"""Skia's slant for an oblique made from an upright face: x moves by a quarter of y."""

OBLIQUE_DEFAULT: Final = 14.0
"""Degrees of `font-style: oblique` without an angle."""

REQUIRED_TABLES: Final = (b"cmap", b"head", b"hhea", b"maxp")
"""Chromium's sanitizer refuses web fonts without these, and more."""

AUTOHINT_SMALLEST: Final = 7.5
"""CSS px; Debian's fontconfig switches hinting off below, for the fonts this matters for (DejaVu)."""


def round_half_up(value: float) -> float:
    """Skia's SkScalarRoundToScalar."""
    return float(math.floor(value + 0.5))


@final
class FontFamily:
    """One name of `font-family`; generic ones are keywords (serif, sans-serif, monospace, system-ui ...)."""

    __slots__ = ("is_generic", "name")

    def __init__(self, name: str, is_generic: bool = False) -> None:
        self.name: Final = name
        self.is_generic: Final = is_generic

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FontFamily) and (
            self.name == other.name and self.is_generic == other.is_generic
        )

    def __hash__(self) -> int:
        return hash((self.name, self.is_generic))

    def __repr__(self) -> str:
        return self.name if self.is_generic else repr(self.name)


@final
class FontSelection:
    """Which face of a family: weight 1..1000, stretch in percent, italic, or an oblique angle in degrees."""

    __slots__ = ("hash", "is_italic", "oblique_angle", "stretch", "weight")

    def __init__(
        self,
        weight: float = 400.0,
        stretch: float = 100.0,
        is_italic: bool = False,
        oblique_angle: float = 0.0,
    ) -> None:
        self.weight: Final = weight
        self.stretch: Final = stretch
        self.is_italic: Final = is_italic
        self.oblique_angle: Final = oblique_angle
        self.hash: Final = hash((weight, stretch, is_italic, oblique_angle))

    def is_slanted(self) -> bool:
        """Whether an upright face would not do."""
        return self.is_italic or self.oblique_angle != 0.0

    def needs_slant(self) -> bool:
        """Whether an upright face is made oblique: Blink does so from 14 degrees on."""
        return self.is_italic or abs(self.oblique_angle) >= OBLIQUE_DEFAULT

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FontSelection) and (
            self.weight == other.weight
            and self.stretch == other.stretch
            and self.is_italic == other.is_italic
            and self.oblique_angle == other.oblique_angle
        )

    def __hash__(self) -> int:
        return self.hash

    def __repr__(self) -> str:
        return f"<FontSelection {self.weight:g} {self.stretch:g}% italic={self.is_italic}>"


NORMAL_SELECTION: Final = FontSelection()


@final
class FontSettings:
    """How a font is driven: OpenType features and variations, and what may be made up.

    `features` are (tag, value) pairs in order of rising precedence, already resolved from font-variant-*,
    font-kerning and font-feature-settings. `synthesis` is a sum of SYNTHESIZE_* bits. `size_adjust` is the
    number of `font-size-adjust` for the x-height, negative for none.
    """

    __slots__ = ("features", "hash", "optical_sizing", "size_adjust", "synthesis", "variations")

    def __init__(
        self,
        features: tuple[tuple[str, int], ...] = (),
        variations: tuple[tuple[str, float], ...] = (),
        synthesis: int = SYNTHESIZE_ALL,
        optical_sizing: bool = True,
        size_adjust: float = -1.0,
    ) -> None:
        self.features: Final = features
        self.variations: Final = variations
        self.synthesis: Final = synthesis
        self.optical_sizing: Final = optical_sizing
        self.size_adjust: Final = size_adjust
        self.hash: Final = hash((features, variations, synthesis, optical_sizing, size_adjust))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FontSettings) and (
            self.features == other.features
            and self.variations == other.variations
            and self.synthesis == other.synthesis
            and self.optical_sizing == other.optical_sizing
            and self.size_adjust == other.size_adjust
        )

    def __hash__(self) -> int:
        return self.hash


DEFAULT_SETTINGS: Final = FontSettings()


@final
class FontDescription:
    """All that style says about the font of a text. A value: compared and hashed by what it holds."""

    __slots__ = ("families", "hash", "language", "orientation", "selection", "settings", "size")

    def __init__(
        self,
        families: tuple[FontFamily, ...],
        size: float,
        selection: FontSelection = NORMAL_SELECTION,
        settings: FontSettings = DEFAULT_SETTINGS,
        language: str = "",
        orientation: FontOrientation = FontOrientation.ALONG,
    ) -> None:
        self.families: Final = families
        self.size: Final = size
        self.selection: Final = selection
        self.settings: Final = settings
        self.language: Final = language
        self.orientation: Final[FontOrientation] = orientation
        self.hash: Final = hash((families, size, selection.hash, settings.hash, language, int(orientation)))

    @property
    def weight(self) -> float:
        """1..1000."""
        return self.selection.weight

    @property
    def stretch(self) -> float:
        """Percent."""
        return self.selection.stretch

    @property
    def is_italic(self) -> bool:
        """Whether `font-style` is italic."""
        return self.selection.is_italic

    @property
    def features(self) -> tuple[tuple[str, int], ...]:
        """OpenType features, in order of rising precedence."""
        return self.settings.features

    @property
    def variations(self) -> tuple[tuple[str, float], ...]:
        """`font-variation-settings`."""
        return self.settings.variations

    def with_size(self, size: float) -> FontDescription:
        """The same font at another size."""
        return FontDescription(
            self.families, size, self.selection, self.settings, self.language, self.orientation
        )

    def with_feature(self, tag: str) -> FontDescription:
        """The same font with an OpenType feature turned on."""
        old = self.settings
        settings = FontSettings(
            (*old.features, (tag, 1)), old.variations, old.synthesis, old.optical_sizing, old.size_adjust
        )
        return FontDescription(
            self.families, self.size, self.selection, settings, self.language, self.orientation
        )

    def along(self) -> FontDescription:
        """The same font for horizontal text."""
        if self.orientation == FontOrientation.ALONG:
            return self
        return FontDescription(self.families, self.size, self.selection, self.settings, self.language)

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, FontDescription)
            and self.hash == other.hash
            and self.size == other.size
            and self.families == other.families
            and self.selection == other.selection
            and self.settings == other.settings
            and self.language == other.language
            and self.orientation == other.orientation
        )

    def __hash__(self) -> int:
        return self.hash

    def __repr__(self) -> str:
        names = ", ".join(repr(family) for family in self.families)
        return f"<FontDescription {self.selection.weight:g} {self.size:g}px {names}>"


@final
class FontFace:
    """One face of a font file. Stable: paint may keep pictures of glyphs under `key`.

    Font units throughout; `ascent` and `descent` are distances up and down from the baseline.
    Raises FontError where the bytes are no font.
    """

    def __init__(self, key: int, data: bytes, index: int) -> None:
        self.key: Final = key
        self.data: Final = data
        self.index: Final = index
        self.harfbuzz: Final = HarfBuzzFace(data, index)
        metrics = SfntMetrics(data, index)
        if self.harfbuzz.glyph_count == 0 or any(tag not in metrics.tables for tag in REQUIRED_TABLES):
            raise FontError("not a font: a table is missing without which no text can be shown")
        self.metrics: Final = metrics
        self.units_per_em: Final[float] = float(self.harfbuzz.units_per_em)
        self.ascent: Final = metrics.ascent
        self.descent: Final = metrics.descent
        self.line_gap: Final = metrics.line_gap
        self.x_height: Final = metrics.x_height
        self.cap_height: Final = metrics.cap_height
        self.underline_position: Final = metrics.underline_position
        self.underline_thickness: Final = metrics.underline_thickness
        self.strikeout_position: Final = metrics.strikeout_position
        self.strikeout_thickness: Final = metrics.strikeout_thickness
        self.is_color: Final = metrics.is_color
        self.axes: Final = metrics.axes
        self._glyphs: dict[int, int] = {}
        self._features: frozenset[bytes] | None = None
        self._positioning: frozenset[bytes] | None = None

    def glyph_of(self, codepoint: int) -> int:
        """The glyph id of a character, 0 (.notdef) where the face has none."""
        glyph = self._glyphs.get(codepoint, -1)
        if glyph < 0:
            # Bounded by the face's own character set plus what pages ask for in vain.
            glyph = self.harfbuzz.glyph_of(codepoint)
            self._glyphs[codepoint] = glyph
        return glyph

    def has_glyph(self, codepoint: int) -> bool:
        """Whether the face shows this character."""
        return self.glyph_of(codepoint) != 0

    def has_axis(self, tag: str) -> bool:
        """Whether the face varies along this axis."""
        return any(axis.tag == tag for axis in self.axes)

    def has_feature(self, tag: bytes) -> bool:
        """Whether `GSUB` has this feature, for any script."""
        if self._features is None:
            self._features = read_features(self.data, self.metrics.tables, b"GSUB")
        return tag in self._features

    def has_positioning(self, tag: bytes) -> bool:
        """Whether `GPOS` has this feature, for any script."""
        if self._positioning is None:
            self._positioning = read_features(self.data, self.metrics.tables, b"GPOS")
        return tag in self._positioning

    def __repr__(self) -> str:
        return f"<FontFace {self.key} #{self.index} {len(self.data)} bytes>"


@final
class FontStyling:
    """What is done to a face to make a Font of it: variations, what is made up where the family lacks a face, and the
    OpenType features that its @font-face rule turns on or off, which those of the text win over."""

    __slots__ = ("embolden", "features", "hash", "skew", "variations")

    def __init__(
        self,
        variations: tuple[tuple[str, float], ...] = (),
        embolden: bool = False,
        skew: float = 0.0,
        features: tuple[tuple[str, int], ...] = (),
    ) -> None:
        self.features: Final = features
        self.variations: Final = variations
        self.embolden: Final = embolden
        self.skew: Final = skew
        self.hash: Final = hash((variations, embolden, skew, features))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FontStyling) and (
            self.variations == other.variations
            and self.features == other.features
            and self.embolden == other.embolden
            and self.skew == other.skew
        )

    def __hash__(self) -> int:
        return self.hash


PLAIN_STYLING: Final = FontStyling()


@final
class MetricsOverride:
    """The descriptors of `@font-face` that replace metrics: fractions of the em, negative for `normal`."""

    __slots__ = ("ascent", "descent", "line_gap")

    def __init__(self, ascent: float = -1.0, descent: float = -1.0, line_gap: float = -1.0) -> None:
        self.ascent: Final = ascent
        self.descent: Final = descent
        self.line_gap: Final = line_gap


NO_OVERRIDE: Final = MetricsOverride()


@final
class Font:
    """A face at a size. All metrics in CSS px.

    ascent, descent: whole px, Blink's rounding; content area = ascent + descent.
    line_gap: unrounded; line_spacing: what `line-height: normal` gives, whole px.
    underline_offset: from the baseline down to the middle of the line that the font asks for.
    strikeout_offset: from the baseline up to the line's middle.
    scale: px for one font unit in advances (of the size cut to 1/64 px).
    """

    def __init__(
        self,
        key: int,
        face: FontFace,
        size: float,
        styling: FontStyling = PLAIN_STYLING,
        override: MetricsOverride = NO_OVERRIDE,
    ) -> None:
        self.key: Final = key
        self.face: Final = face
        self.size: Final = size
        self.styling: Final = styling
        self.synthetic_bold: Final = styling.embolden
        self.synthetic_skew: Final = styling.skew
        self.variations: Final = styling.variations
        self.harfbuzz: Final = HarfBuzzFont(face.harfbuzz, styling.variations)
        # FreeType takes sizes in 26.6, and Skia cuts: advances are those of the size below in 1/64 px.
        scale = math.floor(size * 64.0) / 64.0 / face.units_per_em
        self.scale: Final = scale
        exact = size / face.units_per_em
        ascent, descent, line_gap = float(face.ascent), float(face.descent), float(face.line_gap)
        underline_position = float(face.underline_position)
        underline_thickness = float(face.underline_thickness)
        if styling.variations and b"MVAR" in face.metrics.tables:
            ascent += self.harfbuzz.metric_change("HORIZONTAL_ASCENDER")
            descent -= self.harfbuzz.metric_change("HORIZONTAL_DESCENDER")
            line_gap += self.harfbuzz.metric_change("HORIZONTAL_LINE_GAP")
            underline_position += self.harfbuzz.metric_change("UNDERLINE_OFFSET")
            underline_thickness += self.harfbuzz.metric_change("UNDERLINE_SIZE")
        exact_ascent = ascent * exact if override.ascent < 0 else override.ascent * size
        exact_descent = descent * exact if override.descent < 0 else override.descent * size
        self.ascent: Final = round_half_up(exact_ascent)
        self.descent: Final = round_half_up(exact_descent)
        self.line_gap: Final = line_gap * exact if override.line_gap < 0 else override.line_gap * size
        self.line_spacing: Final = self.ascent + self.descent + round_half_up(self.line_gap)
        zero = face.glyph_of(0x30)
        space = face.glyph_of(0x20)
        self.space_glyph: Final = space
        self.zero_advance: Final = self.harfbuzz.advance_of(zero) * scale if zero else size / 2
        self.space_advance: Final = self.harfbuzz.advance_of(space) * scale if space else 0.0
        self.underline_offset: Final = -underline_position * exact
        self.underline_thickness: Final = underline_thickness * exact
        self.strikeout_offset: Final = face.strikeout_position * exact
        self.strikeout_thickness: Final = face.strikeout_thickness * exact
        self._x_height = -1.0
        self._cap_height = -1.0
        self._han_data: dict[str, HanFontData] = {}

    @property
    def x_height(self) -> float:
        """px; what `1ex` is."""
        if self._x_height < 0:
            self._measure_heights()
        return self._x_height

    @property
    def cap_height(self) -> float:
        """px; what `1cap` is."""
        if self._cap_height < 0:
            self._measure_heights()
        return self._cap_height

    def advance_of_character(self, codepoint: int, is_vertical: bool) -> float:
        """px that the pen moves after a character by itself; -1.0 where the font does not have it."""
        glyph = self.face.glyph_of(codepoint)
        if not glyph:
            return -1.0
        if not is_vertical:
            return self.harfbuzz.advance_of(glyph) * self.scale
        if self.has_vertical_metrics():
            return self.harfbuzz.vertical_advance_of(glyph) * self.scale
        return self.ascent + self.descent

    def han_data(self, language: str) -> HanFontData:
        """What the font says of full-width punctuation."""
        data = self._han_data.get(language)
        if data is None:
            # Bounded by the languages of a document.
            data = HanFontData(self.harfbuzz, language)
            self._han_data[language] = data
        return data

    def has_vertical_metrics(self) -> bool:
        """Whether the font has advances of its own for vertical text."""
        tables = self.face.metrics.tables
        return b"vmtx" in tables and b"vhea" in tables

    def hangs_from_tops(self) -> bool:
        """Whether upright glyphs of vertical lines are placed by their tops (`vmtx`), for want of `VORG`."""
        return self.has_vertical_metrics() and b"VORG" not in self.face.metrics.tables

    def top_of(self, glyph: int) -> float:
        """px from the baseline up to a glyph's top, as designed."""
        return self.harfbuzz.top_of(glyph) * self.scale

    def has_glyph(self, codepoint: int) -> bool:
        """Whether the font shows this character."""
        return self.face.glyph_of(codepoint) != 0

    def _measure_heights(self) -> None:
        """From OS/2 (unhinted) where it tells, else from x and H as hinting leaves them, as Skia does."""
        exact = self.size / self.face.units_per_em
        x_height = self.face.x_height * exact
        cap_height = self.face.cap_height * exact
        if x_height <= 0:
            x_height = self._hinted_top("x", "o")
        if cap_height <= 0:
            cap_height = self._hinted_top("H", "O")
        # Blink's guess where there is no Latin letter in the font (SimpleFontData::PlatformInit).
        self._x_height = x_height if x_height > 0 else self.ascent * 0.56
        self._cap_height = cap_height if cap_height > 0 else self.ascent

    def _hinted_top(self, flat: str, round_letter: str) -> float:
        """Top of a flat letter after FreeType's light autohinter.

        The autohinter scales a face vertically so that its round x-height meets a whole pixel (rounding up
        from 3/8), then puts flat tops on whole pixels as long as the overshoot is under 3/4 of one.
        """
        face = self.face
        top = self.harfbuzz.top_of(face.glyph_of(ord(flat))) * self.scale
        if top <= 0 or self.size < AUTOHINT_SMALLEST:
            return max(math.floor(top * 64 + 0.5) / 64, 0.0)
        overshoot = self.harfbuzz.top_of(face.glyph_of(ord("o"))) * self.scale
        ratio = 1.0
        if overshoot > 0:
            fitted = math.floor(overshoot + 40 / 64)
            if fitted > 0:
                ratio = fitted / overshoot
        shoot = self.harfbuzz.top_of(face.glyph_of(ord(round_letter))) * self.scale
        if abs(shoot - top) * ratio <= 48 / 64:
            return round_half_up(top * ratio)
        return math.floor(top * ratio * 64 + 0.5) / 64

    def __repr__(self) -> str:
        return f"<Font {self.key} face {self.face.key} {self.size:g}px>"
