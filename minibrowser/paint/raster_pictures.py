"""Pictures and gradients, stretched, repeated and turned."""

from __future__ import annotations

import math
from typing import Final

from PIL import Image, ImageChops

from ..errors import ImageError
from ..geometry import Matrix, Rect
from ..limits import MAX_BITMAP_SIDE
from .display_list import (
    DrawImage,
    TileImage,
)
from .paint_source import BitmapSource, ColorSource, CrossFadeSource, GradientSource, PaintSource
from .path import Path
from .raster_canvas import (
    clamp,
    intersect,
    is_empty,
    outer_box,
)
from .raster_text import TextRaster
from .surface import Box, reinterpret

MAX_TILE_PASTES: Final = 4096
MAX_MIPMAP_LEVEL: Final = 12


class PictureRaster(TextRaster):
    """Draws pictures."""

    def image(self, item: DrawImage) -> None:
        if self._is_axis_aligned():
            dest = self.matrix.map_rect(item.dest)
            self._draw_source(item.source, dest, item.source_rect)
        else:
            self._turned_source(item.source, item.dest, item.source_rect)

    def _draw_source(self, source: PaintSource, dest: Rect, part: Rect) -> None:
        """A picture over a rectangle in device px; what the clip hides is not drawn."""
        box = (
            math.floor(clamp(dest.x) + 0.5),
            math.floor(clamp(dest.y) + 0.5),
            math.floor(clamp(dest.right) + 0.5),
            math.floor(clamp(dest.bottom) + 0.5),
        )
        if box[2] <= box[0]:
            box = (box[0], box[1], box[0] + 1, box[3])
        if box[3] <= box[1]:
            box = (box[0], box[1], box[2], box[1] + 1)
        visible = intersect(box, self.clip.box)
        if is_empty(visible):
            return
        picture = self._picture(source, dest, part, box, visible)
        if picture is None:
            return
        image, is_opaque = picture
        if is_opaque:
            self._draw_opaque(image, visible)
        else:
            self._draw_picture(image, visible)

    def _picture(
        self, source: PaintSource, dest: Rect, part: Rect, box: Box, visible: Box
    ) -> tuple[Image.Image, bool] | None:
        """Pixels (premultiplied RGBX) of the visible part of a source stretched over `box`; whether opaque."""
        size = (visible[2] - visible[0], visible[3] - visible[1])
        if isinstance(source, BitmapSource):
            return bitmap_part(source, part, box, visible)
        if isinstance(source, GradientSource):
            matrix = self.matrix
            sx = matrix.a if self._is_axis_aligned() else 1.0
            sy = matrix.d if self._is_axis_aligned() else 1.0
            to_gradient = Matrix(
                1 / sx, 0.0, 0.0, 1 / sy, (visible[0] - dest.x) / sx, (visible[1] - dest.y) / sy
            )
            if not part.is_empty():
                # A part of the gradient's box, stretched over `dest`.
                full = source.size
                kx, ky = part.width * full.width / dest.width, part.height * full.height / dest.height
                to_gradient = Matrix(
                    kx,
                    0.0,
                    0.0,
                    ky,
                    part.x * full.width + (visible[0] - dest.x) * kx,
                    part.y * full.height + (visible[1] - dest.y) * ky,
                )
            from .gradient_raster import draw_gradient  # noqa: PLC0415 - Pillow's drawing: 3 ms for gradients only

            image = draw_gradient(source.gradient, to_gradient, size[0], size[1], (visible[0], visible[1]))
            return image, source.is_opaque()
        if isinstance(source, ColorSource):
            red, green, blue, alpha = source.color.rgba8()
            ink = (red * alpha // 255, green * alpha // 255, blue * alpha // 255, alpha)
            return Image.new("RGBX", size, ink), alpha == 255
        if isinstance(source, CrossFadeSource):
            total = Image.new("RGBX", size, (0, 0, 0, 0))
            for inner, share in source.parts:
                drawn = self._picture(inner, dest, part, box, visible)
                if drawn is not None:
                    factor = min(1.0, max(0.0, share))
                    faded = drawn[0].point([int(value * factor + 0.5) for value in range(256)] * 4)
                    total = ImageChops.add(total, faded)
            return total, False
        return None

    def _turned_source(self, source: PaintSource, dest: Rect, part: Rect) -> None:
        """Under a rotation or a skew: the picture is drawn upright, then mapped."""
        matrix = self.matrix
        bounds = outer_box(matrix.map_rect(dest))
        visible = intersect(bounds, self.clip.box)
        if is_empty(visible):
            return
        sx = max(1e-3, math.hypot(matrix.a, matrix.b))
        sy = max(1e-3, math.hypot(matrix.c, matrix.d))
        width = max(1, min(4096, round(clamp(dest.width * sx))))
        height = max(1, min(4096, round(clamp(dest.height * sy))))
        box = (0, 0, width, height)
        saved = self.matrix
        self.matrix = Matrix(
            width / dest.width if dest.width > 0 else 1.0, 0.0, 0.0,
            height / dest.height if dest.height > 0 else 1.0, 0.0, 0.0,
        )  # fmt: skip
        drawn = self._picture(source, Rect(0.0, 0.0, float(width), float(height)), part, box, box)
        self.matrix = saved
        if drawn is None:
            return
        inverse = matrix.times(
            Matrix(dest.width / width, 0.0, 0.0, dest.height / height, dest.x, dest.y)
        ).inverse()
        if inverse is None:
            return
        inverse = inverse.times(Matrix(1.0, 0.0, 0.0, 1.0, float(visible[0]), float(visible[1])))
        # A pixel of margin, so that edge pixels mix with themselves; the shape's own mask cuts the edge.
        margined = framed(drawn[0])
        data = (inverse.a, inverse.c, inverse.e + 1.0, inverse.b, inverse.d, inverse.f + 1.0)
        size = (visible[2] - visible[0], visible[3] - visible[1])
        image = margined.transform(size, Image.Transform.AFFINE, data, Image.Resampling.BILINEAR)
        path = Path()
        path.add_rect(dest)
        self._draw_picture(image, visible, self._masks.path(path.transformed(matrix), visible))

    def tiled_image(self, item: TileImage) -> None:
        if not self._is_axis_aligned():
            self._turned_tiles(item)
            return
        area = self.matrix.map_rect(item.area)
        tile = self.matrix.map_rect(item.tile)
        step_x, step_y = item.step_x * self.matrix.a, item.step_y * self.matrix.d
        visible = intersect(outer_box(area), self.clip.box)
        if is_empty(visible) or not (tile.width > 0 and tile.height > 0):
            return
        image = self._tiled(item, tile, step_x, step_y, visible)
        if image is not None:
            self._draw_picture(image, visible)

    def _tiled(
        self, item: TileImage, tile: Rect, step_x: float, step_y: float, visible: Box
    ) -> Image.Image | None:
        """The visible part of a repeated picture, premultiplied RGBX."""
        xs = tile_spans(tile.x, tile.width, step_x, visible[0], visible[2])
        ys = tile_spans(tile.y, tile.height, step_y, visible[1], visible[3])
        if not xs or not ys:
            return None
        if max(width for _, width in xs) > 2 * (visible[2] - visible[0]) or max(
            height for _, height in ys
        ) > 2 * (visible[3] - visible[1]):
            return self._large_tiles(item, tile, xs, ys, visible)
        # Tiles that touch differ by a pixel where their size is not whole: no gaps between them.
        rows: dict[int, Image.Image] = {}
        result = Image.new("RGBX", (visible[2] - visible[0], visible[3] - visible[1]), (0, 0, 0, 0))
        for y, height in ys:
            row = rows.get(height)
            if row is None:
                row = Image.new("RGBX", (visible[2] - visible[0], height), (0, 0, 0, 0))
                tiles: dict[int, Image.Image] = {}
                for x, width in xs:
                    image = tiles.get(width)
                    if image is None:
                        box = (0, 0, width, height)
                        dest = Rect(0.0, 0.0, tile.width, tile.height)
                        drawn = self._picture(item.source, dest, item.source_rect, box, box)
                        if drawn is None:
                            return None
                        image = drawn[0]
                        tiles[width] = image
                    row.paste(image, (x - visible[0], 0))
                rows[height] = row
            result.paste(row, (0, y - visible[1]))
        return result

    def _large_tiles(
        self,
        item: TileImage,
        tile: Rect,
        xs: list[tuple[int, int]],
        ys: list[tuple[int, int]],
        visible: Box,
    ) -> Image.Image | None:
        """Tiles far larger than what is seen of them: each is drawn only where it is seen."""
        result = Image.new("RGBX", (visible[2] - visible[0], visible[3] - visible[1]), (0, 0, 0, 0))
        for y, height in ys:
            for x, width in xs:
                box = (x, y, x + width, y + height)
                seen = intersect(box, visible)
                if is_empty(seen):
                    continue
                dest = Rect(float(x), float(y), tile.width, tile.height)
                drawn = self._picture(item.source, dest, item.source_rect, box, seen)
                if drawn is None:
                    return None
                result.paste(drawn[0], (seen[0] - visible[0], seen[1] - visible[1]))
        return result

    def _turned_tiles(self, item: TileImage) -> None:
        """Under a rotation: the area is drawn upright, then mapped as one picture."""
        scale = self._scale()
        if not (0 < scale < 1e4):
            return
        area = item.area
        width = max(1, min(4096, round(area.width * scale)))
        height = max(1, min(4096, round(area.height * scale)))
        saved = self.matrix
        self.matrix = Matrix(
            width / area.width, 0.0, 0.0, height / area.height,
            -area.x * width / area.width, -area.y * height / area.height,
        )  # fmt: skip
        tile = self.matrix.map_rect(item.tile)
        image = self._tiled(
            item, tile, item.step_x * self.matrix.a, item.step_y * self.matrix.d, (0, 0, width, height)
        )
        self.matrix = saved
        if image is not None:
            self._turned_picture(image, area)

    def _turned_picture(self, image: Image.Image, dest: Rect) -> None:
        matrix = self.matrix
        visible = intersect(outer_box(matrix.map_rect(dest)), self.clip.box)
        inverse = matrix.times(
            Matrix(dest.width / image.width, 0.0, 0.0, dest.height / image.height, dest.x, dest.y)
        ).inverse()
        if inverse is None or is_empty(visible):
            return
        inverse = inverse.times(Matrix(1.0, 0.0, 0.0, 1.0, float(visible[0]), float(visible[1])))
        data = (inverse.a, inverse.c, inverse.e + 1.0, inverse.b, inverse.d, inverse.f + 1.0)
        size = (visible[2] - visible[0], visible[3] - visible[1])
        turned = framed(image).transform(size, Image.Transform.AFFINE, data, Image.Resampling.BILINEAR)
        path = Path()
        path.add_rect(dest)
        self._draw_picture(turned, visible, self._masks.path(path.transformed(matrix), visible))


def tile_spans(start: float, size: float, step: float, low: int, high: int) -> list[tuple[int, int]]:
    """The tiles that are seen between `low` and `high`: the first pixel and how many."""
    if step <= 0 or not math.isfinite(step):
        first_pixel = math.floor(start + 0.5)
        return [(first_pixel, max(1, math.floor(start + size + 0.5) - first_pixel))]
    first = math.floor((low - start - size) / step) + 1
    last = math.ceil((high - start) / step) - 1
    if last - first > MAX_TILE_PASTES:
        last = first + MAX_TILE_PASTES
    is_touching = abs(step - size) < 1e-6
    whole = max(1, math.floor(size + 0.5))
    spans: list[tuple[int, int]] = []
    for index in range(first, last + 1):
        at = math.floor(start + index * step + 0.5)
        if is_touching:
            length = math.floor(start + (index + 1) * step + 0.5) - at
            if length > 0:
                spans.append((at, length))
        else:
            spans.append((at, whole))
    return spans


def framed(image: Image.Image) -> Image.Image:
    """The picture with its edge pixels repeated once around it."""
    width, height = image.size
    framed = Image.new("RGBX", (width + 2, height + 2))
    framed.paste(image.resize((width, height + 2), Image.Resampling.NEAREST), (1, 0))
    framed.paste(image, (1, 1))
    framed.paste(framed.crop((1, 0, 2, height + 2)), (0, 0))
    framed.paste(framed.crop((width, 0, width + 1, height + 2)), (width + 1, 0))
    framed.paste(framed.crop((0, 1, width + 2, 2)), (0, 0))
    framed.paste(framed.crop((0, height, width + 2, height + 1)), (0, height + 1))
    return framed


def sampled(
    image: Image.Image, size: tuple[int, int], crop: tuple[float, float, float, float]
) -> Image.Image:
    """A part of a picture at another size as Chromium samples it: bilinear from the mipmap level just above the size.

    Measured: at a half and larger from the picture itself, down to a quarter from its half, and so on.
    """
    x0, y0, x1, y1 = crop
    scale = math.sqrt((size[0] / (x1 - x0)) * (size[1] / (y1 - y0)))
    level = math.floor(math.log2(1.0 / scale) - 1e-6) if scale < 1 else 0
    if level > 0:
        # The part with a margin, on the level's own grid.
        factor = 1 << min(level, MAX_MIPMAP_LEVEL)
        left, top = int(x0 / factor) * factor, int(y0 / factor) * factor
        right = min(image.width, (math.ceil(x1 / factor) + 1) * factor)
        bottom = min(image.height, (math.ceil(y1 / factor) + 1) * factor)
        image = image.reduce(factor, (left, top, right, bottom))
        x0, y0 = (x0 - left) / factor, (y0 - top) / factor
        x1, y1 = min((x1 - left) / factor, image.width), min((y1 - top) / factor, image.height)
    return image.transform(size, Image.Transform.EXTENT, (x0, y0, x1, y1), Image.Resampling.BILINEAR)


def bitmap_part(source: BitmapSource, part: Rect, box: Box, visible: Box) -> tuple[Image.Image, bool] | None:
    """The visible part of a decoded picture stretched over `box`."""
    width, height = box[2] - box[0], box[3] - box[1]
    full_width, full_height = width, height
    if not part.is_empty():
        full_width, full_height = round(width / part.width), round(height / part.height)
    limit = MAX_BITMAP_SIDE
    try:
        picture = source.resource.bitmap(min(limit, max(1, full_width)), min(limit, max(1, full_height)))
    except ImageError:
        # A picture whose header is fine and whose data is not: browsers show nothing.
        return None
    fraction = part if not part.is_empty() else Rect(0.0, 0.0, 1.0, 1.0)
    # The part of the picture that is seen, in its own px.
    per_x, per_y = fraction.width * picture.width / width, fraction.height * picture.height / height
    x0 = fraction.x * picture.width + (visible[0] - box[0]) * per_x
    y0 = fraction.y * picture.height + (visible[1] - box[1]) * per_y
    size = (visible[2] - visible[0], visible[3] - visible[1])
    crop = (
        max(0.0, x0),
        max(0.0, y0),
        min(float(picture.width), x0 + size[0] * per_x),
        min(float(picture.height), y0 + size[1] * per_y),
    )
    if crop[2] <= crop[0] or crop[3] <= crop[1]:
        return None
    if not part.is_empty():
        # What lies beside the part must not be mixed in where it is enlarged.
        left, top = (
            math.floor(fraction.x * picture.width + 0.01),
            math.floor(fraction.y * picture.height + 0.01),
        )
        right = math.ceil(fraction.right * picture.width - 0.01)
        bottom = math.ceil(fraction.bottom * picture.height - 0.01)
        picture = picture.crop((left, top, max(left + 1, right), max(top + 1, bottom)))
        crop = (
            max(0.0, crop[0] - left),
            max(0.0, crop[1] - top),
            min(float(picture.width), crop[2] - left),
            min(float(picture.height), crop[3] - top),
        )
        if crop[2] <= crop[0] or crop[3] <= crop[1]:
            return None
    is_opaque = picture.mode == "RGB"
    plain = picture if is_opaque or picture.mode == "RGBa" else picture.convert("RGBa")
    if size != picture.size or crop != (0.0, 0.0, float(picture.width), float(picture.height)):
        plain = (
            plain.resize(size, Image.Resampling.NEAREST, crop)
            if source.pixelated
            else sampled(plain, size, crop)
        )
    if is_opaque:
        return plain.convert("RGBX"), True
    return reinterpret(plain, "RGBX"), False
