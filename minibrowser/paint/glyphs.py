"""Pictures of glyphs by font, size, glyph and quarter pixel, made once and kept.

The recipe is Chromium's on Linux: FreeType's light hinting, the pen's x rounded to a quarter of a pixel and the
baseline to a whole one, Skia's edges (scan_conversion.py), 8-bit coverage, Skia's text gamma (text_gamma.py).
"""

from __future__ import annotations

import math
from typing import Any, Final, final

from PIL import Image

from ..errors import FontError
from ..limits import MAX_CACHED_GLYPHS
from ..text.font import Font, FontFace
from .freetype_adapter import FreeType, FreeTypeFace, GlyphPicture
from .scan_conversion import Polygon, polygon_of
from .text_gamma import coverage_table

SMALLEST_SIZE: Final = 0.5
"""px; smaller text is not visible."""
LARGEST_BITMAP: Final = 256.0
"""px; larger glyphs are drawn as paths, as Skia does, clipped to what is seen."""


@final
class GlyphBitmap:
    """A glyph's coverage as a Pillow core image, placed against the pen's whole pixel."""

    __slots__ = ("color", "core", "height", "image", "left", "top", "width")

    def __init__(self, image: Image.Image, left: int, top: int, color: Image.Image | None = None) -> None:
        self.image: Final = image
        self.core: Final[Any] = image.im
        self.left: Final = left
        self.top: Final = top  # px from the baseline up to the first row
        self.width: Final = image.width
        self.height: Final = image.height
        self.color: Final = color  # premultiplied RGBa of a colour glyph


@final
class GlyphSet:
    """The glyphs of one font at one size, transform and luminance. Keys are glyph * 16 + quarter of y * 4 + quarter
    of x: where between pixels the pen stands."""

    __slots__ = (
        "_embolden",
        "_face",
        "_is_color",
        "_is_hinted",
        "_library",
        "_matrix",
        "_polygons",
        "_size",
        "_table",
        "_tops",
        "bitmaps",
    )

    def __init__(
        self,
        library: FreeType,
        face: FreeTypeFace | None,
        font: Font,
        size: float,
        matrix: tuple[float, float, float, float],
        level: int,
        polygons: dict[int, Polygon],
    ) -> None:
        self._library: Final = library
        self._face: Final = face
        self._size: Final = size
        skew = font.synthetic_skew
        # Skia hints only what stays along an axis.
        is_along = (matrix[1] == 0.0 and matrix[2] == 0.0) or (matrix[0] == 0.0 and matrix[3] == 0.0)
        self._is_hinted: Final = is_along and skew == 0.0
        a, b, c, d = matrix
        # Slant first, then the transform; FreeType's y is up, the page's down.
        self._matrix: Final = (a, -b, a * skew - c, -b * skew + d)
        self._embolden: Final = font.synthetic_bold
        self._is_color: Final = font.face.is_color
        self._table: Final = coverage_table(level)
        self._polygons: Final = polygons
        self._tops: Final[dict[int, int]] = {}
        self.bitmaps: Final[dict[int, GlyphBitmap | None]] = {}

    def top_of(self, glyph: int) -> int:
        """Rows of pixels from the baseline up to the top of a glyph's outline and its control points."""
        top = self._tops.get(glyph)
        if top is None:
            face = self._face
            outline = None
            if face is not None:
                outline = face.outline(glyph, self._size, self._matrix, self._embolden, self._is_hinted)
            top = 0 if outline is None or not outline[0] else math.ceil(max(outline[0][1::2]) / 64)
            self._tops[glyph] = top
        return top

    def make(self, key: int) -> GlyphBitmap | None:
        """Draw a glyph and keep it; None for one without ink."""
        bitmap: GlyphBitmap | None = None
        face = self._face
        if face is not None:
            glyph = key >> 4
            if self._is_color:
                picture, factor = face.picture(glyph, self._size)
                if picture is not None and picture.is_color:
                    bitmap = _color_bitmap(picture, factor)
                    self.bitmaps[key] = bitmap
                    return bitmap
            polygon = self._polygons.get(glyph)
            if polygon is None:
                outline = face.outline(glyph, self._size, self._matrix, self._embolden, self._is_hinted)
                if outline is None:
                    picture, factor = face.picture(glyph, self._size)
                    bitmap = _coverage_bitmap(picture, factor) if picture is not None else None
                    self.bitmaps[key] = bitmap
                    return bitmap
                polygon = polygon_of(outline[0], outline[1], outline[2])
                self._polygons[glyph] = polygon
            bitmap = self._fill(polygon, (key & 3) / 4.0, ((key >> 2) & 3) / 4.0)
        self.bitmaps[key] = bitmap
        return bitmap

    def _fill(self, polygon: Polygon, shift: float, lower: float) -> GlyphBitmap | None:
        """The polygon's coverage with the pen `shift` px right of a pixel boundary, and `lower` px below one."""
        left, top = math.floor(polygon.left + shift), math.floor(polygon.top + lower)
        right, bottom = math.ceil(polygon.right + shift), math.ceil(polygon.bottom + lower)
        if right <= left or bottom <= top:
            return None
        data = self._library.fill(polygon, (left, top, right, bottom), shift, False, lower)
        image = Image.frombytes("L", (right - left, bottom - top), data.translate(self._table))
        return GlyphBitmap(image, left, -top)


def _scaled(size: tuple[int, int], factor: float) -> tuple[int, int]:
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def _coverage_bitmap(picture: GlyphPicture, factor: float) -> GlyphBitmap:
    """A glyph of a bitmap font."""
    if picture.is_color:
        return _color_bitmap(picture, factor)
    image = Image.frombytes("L", (picture.width, picture.height), picture.data)
    left, top = picture.left, picture.top
    if factor != 1.0:
        image = image.resize(_scaled(image.size, factor), Image.Resampling.BILINEAR)
        left, top = round(left * factor), round(top * factor)
    return GlyphBitmap(image, left, top)


def _color_bitmap(picture: GlyphPicture, factor: float) -> GlyphBitmap:
    """A glyph with colours of its own."""
    size = (picture.width, picture.height)
    left, top = picture.left, picture.top
    color = Image.frombytes("RGBa", size, picture.data, "raw", "BGRa")
    if factor != 1.0:
        color = color.resize(_scaled(size, factor), Image.Resampling.BOX)
        left, top = round(left * factor), round(top * factor)
    return GlyphBitmap(color.getchannel(3), left, top, color)


@final
class GlyphCache:
    """Glyph sets by font, size, transform and luminance. Emptied when it is full."""

    def __init__(self, library: FreeType) -> None:
        self._library: Final = library
        self._faces: dict[tuple[FontFace, tuple[tuple[str, float], ...]], FreeTypeFace | None] = {}
        self._sets: dict[tuple[Font, float, tuple[float, float, float, float], int], GlyphSet] = {}
        self._polygons: dict[tuple[Font, float, tuple[float, float, float, float]], dict[int, Polygon]] = {}
        self._count = 0

    @property
    def face_count(self) -> int:
        """How many fonts are open."""
        return len(self._faces)

    def glyph_set(
        self,
        font: Font,
        size: float,
        level: int = 0,
        matrix: tuple[float, float, float, float] = (1.0, 0.0, 0.0, 1.0),
    ) -> GlyphSet:
        """The set for a font at a size in device px, for a luminance level of the text's colour."""
        key = (font, size, matrix, level)
        glyphs = self._sets.get(key)
        if glyphs is None:
            if self._count >= MAX_CACHED_GLYPHS:
                self._sets.clear()
                self._polygons.clear()
                self._count = 0
            face = self.face_of(font) if size >= SMALLEST_SIZE else None
            polygons = self._polygons.setdefault((font, size, matrix), {})
            glyphs = GlyphSet(self._library, face, font, size, matrix, level, polygons)
            self._sets[key] = glyphs
            # NOTE: a set is counted as the hundred glyphs that it typically grows to.
            self._count += 100
        return glyphs

    def outline(self, font: Font, glyph: int) -> tuple[list[int], bytes, list[int]] | None:
        """The unhinted outline at the font's own size, 1/64 px, y up: for strokes, large text, skipped ink."""
        face = self.face_of(font)
        if face is None:
            return None
        return face.outline(
            glyph, font.size, (1.0, 0.0, font.synthetic_skew, 1.0), font.synthetic_bold, False
        )

    def face_of(self, font: Font) -> FreeTypeFace | None:
        """FreeType's face for a font, None where FreeType refuses it."""
        key = (font.face, font.variations)
        if key in self._faces:
            return self._faces[key]
        coordinates: list[float] = []
        if font.variations and font.face.axes:
            values = dict(font.variations)
            for axis in font.face.axes:
                coordinates.append(axis.clamp(values.get(axis.tag, axis.default)))
        try:
            face: FreeTypeFace | None = self._library.open_face(
                font.face.data, font.face.index, tuple(coordinates)
            )
        except FontError:
            # NOTE: HarfBuzz read it and FreeType does not: its text takes room but shows nothing.
            face = None
        self._faces[key] = face
        return face
