"""The only module that knows FreeType: glyph pictures and anti-aliased fills of paths.

FreeType's smooth rasteriser gives exact area coverage, as Skia's analytic one does, so paths are filled with
it too. https://freetype.org/freetype2/docs/reference/
"""

from __future__ import annotations

import ctypes
from typing import Any, Final, final

import freetype.raw as ft

from ..errors import FontError
from .scan_conversion import Polygon

LOAD_NO_HINTING: Final = 1 << 1
LOAD_NO_BITMAP: Final = 1 << 3
LOAD_COLOR: Final = 1 << 20
LOAD_TARGET_LIGHT: Final = 1 << 16
FORMAT_OUTLINE: Final = 0x6F75746C
PIXEL_GRAY: Final = 2
PIXEL_BGRA: Final = 7
PIXEL_MONO: Final = 1
EVEN_ODD_FILL: Final = 0x2
FACE_FLAG_SCALABLE: Final = 1
EMBOLDEN_DIVISOR: Final = 24
"""Synthetic bold widens strokes by this part of an em, as Skia's FreeType port does."""

MAX_POINTS: Final = 32_000
"""FT_Outline counts points in 16 bits."""


@final
class GlyphPicture:
    """A glyph's pixels: coverage bytes (or BGRA, premultiplied, where `is_color`), rows of `width`; `left` and
    `top` place it against the pen: the first row is `top` px above the baseline."""

    __slots__ = ("data", "height", "is_color", "left", "top", "width")

    def __init__(
        self, data: bytes, width: int, height: int, left: int, top: int, is_color: bool = False
    ) -> None:
        self.data: Final = data
        self.width: Final = width
        self.height: Final = height
        self.left: Final = left
        self.top: Final = top
        self.is_color: Final = is_color


class _Outline(ctypes.Structure):
    """FT_Outline with plain addresses: no casts."""

    _fields_ = (
        ("n_contours", ctypes.c_short),
        ("n_points", ctypes.c_short),
        ("points", ctypes.c_void_p),
        ("tags", ctypes.c_char_p),
        ("contours", ctypes.c_void_p),
        ("flags", ctypes.c_int),
    )


class _Bitmap(ctypes.Structure):
    """FT_Bitmap with plain addresses."""

    _fields_ = (
        ("rows", ctypes.c_int),
        ("width", ctypes.c_int),
        ("pitch", ctypes.c_int),
        ("buffer", ctypes.c_void_p),
        ("num_grays", ctypes.c_short),
        ("pixel_mode", ctypes.c_ubyte),
        ("palette_mode", ctypes.c_ubyte),
        ("palette", ctypes.c_void_p),
    )


@final
class FreeType:
    """The library, opened once for each raster cache. Not safe for two threads at a time."""

    def __init__(self) -> None:
        self._library: Any = None
        library = ft.FT_Library()
        error = ft.FT_Init_FreeType(ctypes.byref(library))
        if error:
            raise FontError(f"FreeType does not start: error {error}")
        self._library = library

    def __del__(self) -> None:
        """Free the library and every face opened with it: C's memory is not Python's to collect. The faces keep their
        library alive, so nobody uses one after this."""
        library, self._library = self._library, None
        if library is not None and ft is not None:
            ft.FT_Done_FreeType(library)

    def open_face(self, data: bytes, index: int, variations: tuple[float, ...]) -> FreeTypeFace:
        """A face; `variations` are design coordinates in the order of its axes, () for the default.

        Raises FontError.
        """
        return FreeTypeFace(self, self._library, data, index, variations)

    def fill(
        self,
        polygon: Polygon,
        box: tuple[int, int, int, int],
        shift: float,
        even_odd: bool,
        lower: float = 0.0,
    ) -> bytes:
        """Coverage of polygons over a box (left, top, right, bottom in px), moved right by `shift`, down by `lower`."""
        left, top, right, bottom = box
        width, height = right - left, bottom - top
        points = polygon.fixed
        count = len(points) // 2
        if count == 0 or count > MAX_POINTS or width <= 0 or height <= 0:
            return bytes(max(0, width) * max(0, height))
        vectors = (ctypes.c_long * len(points)).from_buffer_copy(points)
        ends = (ctypes.c_short * len(polygon.ends))(*polygon.ends)
        tags = polygon.tags
        outline = _Outline(
            len(polygon.ends),
            count,
            ctypes.addressof(vectors),
            tags,
            ctypes.addressof(ends),
            EVEN_ODD_FILL if even_odd else 0,
        )
        reference = ctypes.byref(outline)
        # FreeType's y is up, from the bitmap's last row; the points are negated already.
        ft.FT_Outline_Translate(reference, round((shift - left) * 64), round((bottom - lower) * 64))
        buffer = ctypes.create_string_buffer(width * height)
        bitmap = _Bitmap(height, width, width, ctypes.addressof(buffer), 256, PIXEL_GRAY, 0, None)
        # An error leaves the bitmap empty: an outline that FreeType refuses is not drawn.
        ft.FT_Outline_Get_Bitmap(self._library, reference, ctypes.byref(bitmap))
        return buffer.raw


@final
class FreeTypeFace:
    """One face of a font file, at one place of its design space."""

    def __init__(
        self, owner: FreeType, library: Any, data: bytes, index: int, variations: tuple[float, ...]
    ) -> None:
        face = ft.FT_Face()
        error = ft.FT_New_Memory_Face(library, data, len(data), index, ctypes.byref(face))
        if error:
            raise FontError(f"FreeType cannot read the font: error {error}")
        self._face: Final[Any] = face
        self._owner: Final = owner  # which frees the face with the library
        self._data: Final = data  # FreeType reads from it as long as the face lives
        self._size = 0
        self._is_scalable = bool(face.contents.face_flags & FACE_FLAG_SCALABLE)
        if variations:
            coordinates = (ctypes.c_long * len(variations))(*[round(value * 65536) for value in variations])
            ft.FT_Set_Var_Design_Coordinates(face, len(variations), ctypes.byref(coordinates))

    def _set_size(self, size: int) -> float:
        """Choose a size in 26.6 px; the factor that a bitmap strike must be scaled by (1.0 for outlines)."""
        if self._is_scalable:
            if size != self._size:
                ft.FT_Set_Char_Size(self._face, size, size, 72, 72)
                self._size = size
            return 1.0
        record = self._face.contents
        best, best_height = 0, 0
        for index in range(record.num_fixed_sizes):
            height = record.available_sizes[index].y_ppem
            if (
                best_height == 0
                or best_height * 64 < size <= height * 64
                or size <= height * 64 < best_height * 64
            ):
                best, best_height = index, height
        if best_height == 0:
            return 0.0
        ft.FT_Select_Size(self._face, best)
        return size / (64 * best_height)

    def outline(
        self,
        glyph: int,
        size: float,
        matrix: tuple[float, float, float, float],
        embolden: bool,
        is_hinted: bool,
    ) -> tuple[list[int], bytes, list[int]] | None:
        """The glyph's outline: x and y in turn in 1/64 px, y up; tags; the last point of each contour.

        None where the glyph is a picture. Empty for one without ink.

        Args:
            size: px for one em.
            matrix: a, b, c, d (y up) of what is done to the outline after hinting.
            embolden: make strokes wider.
            is_hinted: light hinting, for upright text at its own size.
        """
        fixed_size = max(1, min(round(size * 64), 0xFFFFF))
        if not self._is_scalable or self._set_size(fixed_size) <= 0:
            return None
        flags = (LOAD_TARGET_LIGHT if is_hinted else LOAD_NO_HINTING) | LOAD_NO_BITMAP
        if ft.FT_Load_Glyph(self._face, glyph, flags):
            return [], b"", []
        record = self._face.contents.glyph.contents
        if record.format != FORMAT_OUTLINE:
            return None
        outline = record.outline
        if embolden:
            ft.FT_Outline_Embolden(ctypes.byref(outline), fixed_size // EMBOLDEN_DIVISOR)
        if matrix != (1.0, 0.0, 0.0, 1.0):
            ft.FT_Outline_Transform(ctypes.byref(outline), ctypes.byref(_matrix(matrix)))
        count, contours = outline.n_points, outline.n_contours
        if count <= 0 or contours <= 0:
            return [], b"", []
        points = (ctypes.c_long * (2 * count)).from_address(ctypes.addressof(outline.points.contents))
        tags = ctypes.string_at(outline.tags, count)
        ends = (ctypes.c_short * contours).from_address(ctypes.addressof(outline.contours.contents))
        return list(points), tags, list(ends)

    def picture(self, glyph: int, size: float) -> tuple[GlyphPicture | None, float]:
        """The colour picture of a glyph, None where it has none, and the factor that it must be scaled by.

        Strikes of pixels (CBDT, sbix) and layers of colour (COLR version 0).
        """
        fixed_size = max(1, min(round(size * 64), 0xFFFFF))
        factor = self._set_size(fixed_size)
        if factor <= 0 or ft.FT_Load_Glyph(self._face, glyph, LOAD_COLOR | LOAD_NO_HINTING):
            return None, 1.0
        slot = self._face.contents.glyph
        if slot.contents.format == FORMAT_OUTLINE and ft.FT_Render_Glyph(slot, 0):
            return None, 1.0
        return _picture(slot.contents), factor


def _matrix(values: tuple[float, float, float, float]) -> Any:
    """a, b, c, d with y up: x' = ax + cy, y' = bx + dy, in 16.16."""
    matrix = ft.FT_Matrix()
    matrix.xx = round(values[0] * 65536)
    matrix.yx = round(values[1] * 65536)
    matrix.xy = round(values[2] * 65536)
    matrix.yy = round(values[3] * 65536)
    return matrix


def _picture(record: Any) -> GlyphPicture | None:
    bitmap = record.bitmap
    width, height, pitch = bitmap.width, bitmap.rows, bitmap.pitch
    if width <= 0 or height <= 0:
        return None
    mode = bitmap.pixel_mode
    raw = ctypes.string_at(bitmap.buffer, abs(pitch) * height)
    if pitch < 0:
        raw = b"".join(raw[at : at - pitch] for at in range(len(raw) + pitch, -1, pitch))
        pitch = -pitch
    if mode == PIXEL_BGRA:
        row = width * 4
    elif mode == PIXEL_GRAY:
        row = width
    elif mode == PIXEL_MONO:
        raw = _expand_mono(raw, width, height, pitch)
        row = pitch = width
    else:
        return None
    if pitch != row:
        raw = b"".join(raw[at : at + row] for at in range(0, pitch * height, pitch))
    return GlyphPicture(raw, width, height, record.bitmap_left, record.bitmap_top, mode == PIXEL_BGRA)


def _expand_mono(raw: bytes, width: int, height: int, pitch: int) -> bytes:
    result = bytearray()
    for y in range(height):
        for x in range(width):
            result.append(255 if raw[y * pitch + (x >> 3)] & (0x80 >> (x & 7)) else 0)
    return bytes(result)
