"""Runs of glyphs."""

from __future__ import annotations

import math

from PIL import Image

from ..geometry import Matrix
from .display_list import (
    Glyphs,
    Stroke,
)
from .glyph_outlines import outline_to_path
from .glyphs import LARGEST_BITMAP, GlyphBitmap
from .path import Path
from .raster_canvas import (
    Ink,
    ink_of,
)
from .raster_shapes import ShapeRaster
from .stroker import stroke_outline
from .surface import Box, reinterpret
from .text_gamma import luminance_level


class TextRaster(ShapeRaster):
    """Draws text."""

    def glyphs(self, item: Glyphs) -> None:
        ink, alpha = ink_of(item.color)
        if alpha <= 0:
            return
        matrix = self.matrix
        run = item.run
        if item.sideways:
            matrix = matrix.times(Matrix(0.0, 1.0, -1.0, 0.0, item.x, item.y)).translated(-item.x, -item.y)
        if item.stroke_width > 0 or run.font.size * self._scale() > LARGEST_BITMAP:
            self._glyphs_as_paths(item, matrix, ink, alpha)
            return
        level = luminance_level(item.color)
        shape = (
            matrix if not run.is_upright else matrix.times(Matrix(0.0, -run.narrowing, 1.0, 0.0, 0.0, 0.0))
        )
        is_plain_scale = shape.b == 0 and shape.c == 0 and shape.a == shape.d and shape.a > 0
        scale = shape.a if is_plain_scale else _em_scale(shape)
        if not (0 < scale < 1e6):
            return
        if is_plain_scale:
            glyph_set = self._glyphs.glyph_set(run.font, run.font.size * scale, level)
        else:
            form = (shape.a / scale, shape.b / scale, shape.c / scale, shape.d / scale)
            glyph_set = self._glyphs.glyph_set(run.font, run.font.size * scale, level, form)
        # Skia's baseline snap: whole pixels across the baseline where it runs along an axis of the device.
        snaps_y, snaps_x = shape.b == 0, shape.b != 0 and shape.a == 0
        hangs = run.is_upright and is_plain_scale and run.font.hangs_from_tops()
        clip = self.clip
        clip_left, clip_top, clip_right, clip_bottom = clip.box
        is_plain = alpha == 255 and not clip.masks
        surface = self.surface
        left, top = surface.left, surface.top
        paste = surface.core.paste
        bitmaps = glyph_set.bitmaps
        ids, advances = run.glyph_ids, run.advances
        x_offsets, y_offsets = run.x_offsets, run.y_offsets
        pen = item.x
        a, b, e = matrix.a, matrix.b, matrix.e
        c, d, f = matrix.c, matrix.d, matrix.f
        y = item.y
        for index in range(len(ids)):
            px = pen + x_offsets[index]
            py = y + y_offsets[index]
            pen += advances[index]
            if snaps_y:
                quarter_x = math.floor((a * px + c * py + e) * 4.0 + 0.5)
                whole_y = math.floor(b * px + d * py + f + 0.5)
                key = ids[index] * 16 + (quarter_x & 3)
            else:
                quarter_y = math.floor((b * px + d * py + f) * 4.0 + 0.5)
                whole_y = quarter_y >> 2
                if snaps_x:
                    quarter_x = 4 * math.floor(a * px + c * py + e + 0.5)
                else:
                    quarter_x = math.floor((a * px + c * py + e) * 4.0 + 0.5)
                key = ids[index] * 16 + (quarter_y & 3) * 4 + (quarter_x & 3)
            bitmap = bitmaps[key] if key in bitmaps else glyph_set.make(key)
            if bitmap is None:
                continue
            if hangs:
                # Blink places the glyph by the top of its picture, which hinting may have moved.
                top_of = run.font.top_of(ids[index]) * scale
                whole_y = math.floor(b * px + d * py + f - top_of + glyph_set.top_of(ids[index]) + 0.5)
            x0 = (quarter_x >> 2) + bitmap.left
            y0 = whole_y - bitmap.top
            x1, y1 = x0 + bitmap.width, y0 + bitmap.height
            if (
                is_plain
                and x0 >= clip_left
                and y0 >= clip_top
                and x1 <= clip_right
                and y1 <= clip_bottom
                and bitmap.color is None
            ):
                paste(ink, (x0 - left, y0 - top, x1 - left, y1 - top), bitmap.core)
            elif x1 > clip_left and x0 < clip_right and y1 > clip_top and y0 < clip_bottom:
                self._clipped_glyph(bitmap, (x0, y0, x1, y1), ink, alpha)

    def _clipped_glyph(self, bitmap: GlyphBitmap, box: Box, ink: Ink, alpha: int) -> None:
        if bitmap.color is None:
            self._fill_mask(box, ink, alpha, bitmap.image)
            return
        mask = Image.new("L", bitmap.image.size, alpha) if alpha < 255 else None
        self._draw_picture(reinterpret(bitmap.color, "RGBX"), box, mask)

    def _glyphs_as_paths(self, item: Glyphs, matrix: Matrix, ink: Ink, alpha: int) -> None:
        """-webkit-text-stroke, and text too large for pictures of glyphs."""
        run = item.run
        path = Path()
        pen = item.x
        for index in range(len(run.glyph_ids)):
            x, y = pen + run.x_offsets[index], item.y + run.y_offsets[index]
            pen += run.advances[index]
            outline = self._glyphs.outline(run.font, run.glyph_ids[index])
            if outline is None:
                continue
            if run.is_upright:
                glyph = Path()
                outline_to_path(glyph, outline, 0.0, 0.0)
                path.append(glyph.transformed(Matrix(0.0, -run.narrowing, 1.0, 0.0, x, y)))
            else:
                outline_to_path(path, outline, x, y)
        if item.stroke_width > 0:
            path = stroke_outline(path, Stroke(item.stroke_width))
        self._fill_device_path(path.transformed(matrix), ink, alpha)


def _em_scale(matrix: Matrix) -> float:
    """How large an em is under a transform: where the axes stay axes, as high as glyphs become, since hinting goes by
    that; else the same area."""
    if matrix.b == 0 and matrix.c == 0:
        return abs(matrix.d)
    if matrix.a == 0 and matrix.d == 0:
        return abs(matrix.c)
    return math.sqrt(abs(matrix.determinant()))
