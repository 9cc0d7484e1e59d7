"""The only module that knows uharfbuzz: faces, sized instances and the shaping call.

https://harfbuzz.github.io/. Numbers in and out are font units: Chromium's text is shaped unhinted,
so one shaping serves all sizes.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final, final

import uharfbuzz as hb

from ..errors import FontError

Features = dict[str, int | list[tuple[int, int, int]]]
"""Values by OpenType tag, for all of a text or for ranges (start, end, value) of it."""


@final
class HarfBuzzFace:
    """The face that HarfBuzz reads from font bytes."""

    def __init__(self, data: bytes, index: int) -> None:
        try:
            self.face: Final = hb.Face(hb.Blob(data), index)
        except (hb.HarfBuzzError, MemoryError, ValueError) as error:
            raise FontError(f"font cannot be read: {error}") from error
        self.units_per_em: Final[int] = self.face.upem
        self.glyph_count: Final[int] = self.face.glyph_count
        self.nominal: Final = hb.Font(self.face)
        """An instance at the default variations, for cmap lookups."""

    def glyph_of(self, codepoint: int) -> int:
        """The nominal glyph, 0 where the font has none."""
        glyph: int | None = self.nominal.get_nominal_glyph(codepoint)
        return 0 if glyph is None else glyph


@final
class HarfBuzzFont:
    """A face at one place of its design space."""

    def __init__(self, face: HarfBuzzFace, variations: tuple[tuple[str, float], ...]) -> None:
        self.face: Final = face
        self.font: Final = hb.Font(face.face) if variations else face.nominal
        if variations:
            self.font.set_variations(dict(variations))

    def advance_of(self, glyph: int) -> float:
        """Font units that the pen moves after a glyph."""
        advance: int = self.font.get_glyph_h_advance(glyph)
        return float(advance)

    def vertical_advance_of(self, glyph: int) -> float:
        """Font units that the pen moves down after a glyph in upright vertical text."""
        advance: int = self.font.get_glyph_v_advance(glyph)
        return abs(float(advance))

    def top_of(self, glyph: int) -> float:
        """Font units from the baseline up to the glyph's top; 0.0 for a glyph without ink."""
        extents = self.font.get_glyph_extents(glyph)
        return 0.0 if extents is None else float(extents.y_bearing)

    def ink_of(self, glyph: int) -> tuple[float, float]:
        """Font units from the pen right to a glyph's leftmost and rightmost ink."""
        extents = self.font.get_glyph_extents(glyph)
        if extents is None:
            return 0.0, 0.0
        return float(extents.x_bearing), float(extents.x_bearing + extents.width)

    def metric_change(self, tag: str) -> float:
        """What the variations add to a metric of the default instance, from `MVAR`; font units."""
        change: float = self.font.get_metric_variation(hb.OTMetricsTag[tag])
        return float(change)

    def shape(
        self,
        text: str,
        start: int,
        length: int,
        is_rtl: bool,
        script: str,
        language: str,
        features: Features,
    ) -> tuple[list[int], list[int], list[tuple[int, int, int, int]]]:
        """Glyphs of text[start : start + length], which sees its neighbours as context.

        Glyphs come in visual order: their ids, their clusters (offsets into `text`) and their
        (x offset, y offset, x advance, y advance) in font units.
        """
        return self._shape(text, start, length, "rtl" if is_rtl else "ltr", script, language, features)

    def shape_upright(
        self, text: str, start: int, length: int, script: str, language: str, features: Features
    ) -> tuple[list[int], list[int], list[tuple[int, int, int, int]]]:
        """As shape(), from top to bottom in upright forms (`vert`); y advances are negative."""
        return self._shape(text, start, length, "ttb", script, language, features)

    def vertical_fallback_of(self, glyph: int) -> tuple[float, float]:
        """What shape_upright() took for a glyph's vertical origin (up from the baseline) and advance (downwards), in
        a font that has no vertical metrics."""
        origin: tuple[int, int] | None = self.font.get_glyph_v_origin(glyph)
        return (0.0 if origin is None else float(origin[1])), self.vertical_advance_of(glyph)

    def _shape(
        self,
        text: str,
        start: int,
        length: int,
        direction: str,
        script: str,
        language: str,
        features: Features,
    ) -> tuple[list[int], list[int], list[tuple[int, int, int, int]]]:
        buffer = hb.Buffer()
        buffer.add_str(text, start, length)
        buffer.direction = direction
        buffer.script = script
        if language:
            buffer.language = language
        hb.shape(self.font, buffer, features)
        infos = buffer.glyph_infos
        return (
            [info.codepoint for info in infos],
            [info.cluster for info in infos],
            [position.position for position in buffer.glyph_positions],
        )


@lru_cache(maxsize=8192)
def script_of(codepoint: int) -> str:
    """The Script property as an ISO 15924 tag: "Latn", "Zyyy" for common, "Zinh" for inherited characters."""
    buffer = hb.Buffer()
    buffer.add_codepoints([codepoint])
    buffer.guess_segment_properties()
    script: str | None = buffer.script
    if script:
        return script
    return "Zinh" if codepoint >= 0x300 and unicodedata.category(chr(codepoint)) in ("Mn", "Me") else "Zyyy"
