"""Pictures of glyphs by font, size, glyph and quarter pixel, made once and kept.

The recipe is Chromium's on Linux: FreeType with light hinting, 8-bit grey coverage, the pen's x rounded to a
quarter of a pixel, the baseline to a whole one.
"""

from __future__ import annotations

from typing import Any, Final, final

from PIL import Image

from ..errors import FontError
from ..limits import MAX_CACHED_GLYPHS
from ..text.font import Font, FontFace
from .freetype_adapter import FreeType, FreeTypeFace, GlyphPicture

NO_TRANSFORM: Final = (1.0, 0.0, 0.0, 1.0)
SMALLEST_SIZE: Final = 0.5
"""px; smaller text is not visible."""
LARGEST_BITMAP: Final = 1_024.0
"""px; larger glyphs are drawn as paths, clipped to what is seen."""


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
    """The glyphs of one font at one size and transform. Keys are glyph * 4 + quarter."""

    __slots__ = ("bitmaps", "embolden", "face", "is_color", "is_hinted", "matrix", "size")

    def __init__(
        self,
        face: FreeTypeFace | None,
        size: float,
        matrix: tuple[float, float, float, float],
        font: Font,
    ) -> None:
        self.face: Final = face
        self.size: Final = size
        skew = font.synthetic_skew
        # Skia hints only what stays upright.
        self.is_hinted: Final = matrix == NO_TRANSFORM and skew == 0.0
        a, b, c, d = matrix
        # Slant first, then the transform; FreeType's y is up, the page's down.
        self.matrix: Final = (a, -b, a * skew - c, -b * skew + d)
        self.embolden: Final = font.synthetic_bold
        self.is_color: Final = font.face.is_color
        self.bitmaps: Final[dict[int, GlyphBitmap | None]] = {}

    def make(self, key: int) -> GlyphBitmap | None:
        """Draw a glyph and keep it; None for one without ink."""
        bitmap: GlyphBitmap | None = None
        if self.face is not None:
            picture, factor = self.face.glyph(
                key >> 2,
                self.size,
                self.matrix,
                ((key & 3) / 4.0, 0.0),
                self.embolden,
                self.is_hinted,
                self.is_color,
            )
            if picture is not None:
                bitmap = _bitmap(picture, factor)
        self.bitmaps[key] = bitmap
        return bitmap


def _bitmap(picture: GlyphPicture, factor: float) -> GlyphBitmap:
    size = (picture.width, picture.height)
    left, top = picture.left, picture.top
    if not picture.is_color:
        image = Image.frombytes("L", size, picture.data)
        if factor != 1.0:
            size = (max(1, round(size[0] * factor)), max(1, round(size[1] * factor)))
            image = image.resize(size, Image.Resampling.BILINEAR)
            left, top = round(left * factor), round(top * factor)
        return GlyphBitmap(image, left, top)
    color = Image.frombytes("RGBa", size, picture.data, "raw", "BGRa")
    if factor != 1.0:
        size = (max(1, round(size[0] * factor)), max(1, round(size[1] * factor)))
        color = color.resize(size, Image.Resampling.BOX)
        left, top = round(left * factor), round(top * factor)
    return GlyphBitmap(color.getchannel(3), left, top, color)


@final
class GlyphCache:
    """Glyph sets by font, size and transform. Emptied when it is full."""

    def __init__(self, library: FreeType) -> None:
        self._library: Final = library
        self._faces: dict[tuple[FontFace, tuple[tuple[str, float], ...]], FreeTypeFace | None] = {}
        self._sets: dict[tuple[Font, float, tuple[float, float, float, float]], GlyphSet] = {}
        self._count = 0

    def glyph_set(
        self, font: Font, size: float, matrix: tuple[float, float, float, float] = NO_TRANSFORM
    ) -> GlyphSet:
        """The set for a font at a size in device px."""
        key = (font, size, matrix)
        glyphs = self._sets.get(key)
        if glyphs is None:
            if self._count >= MAX_CACHED_GLYPHS:
                self._sets.clear()
                self._count = 0
            face = self.face_of(font) if SMALLEST_SIZE <= size <= LARGEST_BITMAP else None
            glyphs = GlyphSet(face, size, matrix, font)
            self._sets[key] = glyphs
            # NOTE: a set is counted as the hundred glyphs that it typically grows to.
            self._count += 100
        return glyphs

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
