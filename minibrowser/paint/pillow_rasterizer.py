"""Display lists to pixels, on Pillow.

Drawing happens in device px, in surfaces of premultiplied pixels (surface.py). Everything reduces to one
primitive: a colour or a picture, through an optional coverage mask, inside the clips in force.
"""

from __future__ import annotations

import math
from typing import Final, final

from PIL import Image, ImageChops

from ..css.keywords import BlendMode
from ..css.values import Color
from ..errors import ImageError
from ..geometry import Matrix, Rect
from ..limits import MAX_BITMAP_SIDE, MAX_LAYER_DEPTH
from .bitmap import Bitmap
from .blend import blend
from .display_list import (
    BoxShadow,
    DisplayList,
    DrawImage,
    FillPath,
    FillRect,
    FillRing,
    FillRoundedRect,
    Glyphs,
    Player,
    PopClip,
    PopLayer,
    PopMask,
    PopTransform,
    PushClip,
    PushClipPath,
    PushLayer,
    PushMask,
    PushTransform,
    Stroke,
    StrokePath,
    TileImage,
)
from .filters import apply_filters, gaussian
from .glyph_outlines import outline_to_path
from .glyphs import LARGEST_BITMAP, GlyphBitmap
from .gradient_raster import draw_gradient
from .masks import INVERT, MaskCache, RasterCache, scaled_alpha, through_table
from .paint_context import filter_reach
from .paint_source import BitmapSource, ColorSource, CrossFadeSource, GradientSource, PaintSource
from .path import Path
from .rasterizer import Rasterizer
from .rounded_rect import SQUARE, Radii, RoundedRect
from .stroker import stroke_outline
from .surface import Box, Surface, alpha_of, reinterpret, spread_alpha
from .text_gamma import luminance_level

WHITE_INK: Final = (255, 255, 255, 255)
SNAP_TOLERANCE: Final = 1 / 256
"""Device px: an edge this near to a pixel boundary is taken to lie on it."""
MAX_TILE_PASTES: Final = 4096
MAX_MIPMAP_LEVEL: Final = 12
MAX_SCALE: Final = 1e4
"""Beyond, a transform shows one point of a box all over the picture."""


def rasterize(
    items: DisplayList,
    area: Rect,
    scale: float = 1.0,
    omit_background: bool = False,
    cache: RasterCache | None = None,
) -> Bitmap:
    """`PillowRasterizer.rasterize` with a cache of its own where none is given."""
    return PillowRasterizer(cache).rasterize(items, area, scale, omit_background)


@final
class PillowRasterizer(Rasterizer):
    """Rasterises on Pillow. `cache` is kept by the session, so that glyphs and masks are drawn once."""

    def __init__(self, cache: RasterCache | None = None) -> None:
        self.cache: Final = cache if cache is not None else RasterCache()

    def rasterize(
        self, items: DisplayList, area: Rect, scale: float = 1.0, omit_background: bool = False
    ) -> Bitmap:
        width = min(MAX_BITMAP_SIDE, max(1, round(area.width * scale)))
        height = min(MAX_BITMAP_SIDE, max(1, round(area.height * scale)))
        surface = Surface((0, 0, width, height), (0, 0, 0, 0) if omit_background else WHITE_INK)
        base = Matrix(scale, 0.0, 0.0, scale, -area.x * scale, -area.y * scale)
        player = RasterPlayer(surface, base, self.cache)
        items.play(player)
        image = player.surface.image
        if omit_background:
            return Bitmap(reinterpret(image, "RGBa").convert("RGBA"))
        return Bitmap(reinterpret(image, "RGB"))


@final
class ClipMask:
    """Coverage of a clip over a box; `soft` are the parts of it where coverage is not full."""

    __slots__ = ("box", "mask", "soft")

    def __init__(self, mask: Image.Image, box: Box, soft: list[Box]) -> None:
        self.mask: Final = mask
        self.box: Final = box
        self.soft: Final = soft


@final
class ClipState:
    """The clips in force: a box, and masks that apply inside it."""

    __slots__ = ("box", "masks")

    def __init__(self, box: Box, masks: tuple[ClipMask, ...] = ()) -> None:
        self.box: Final = box
        self.masks: Final = masks


@final
class LayerState:
    """A group being drawn: what to go back to, and the record that opened it."""

    __slots__ = ("clip", "item", "matrix", "surface")

    def __init__(self, surface: Surface, clip: ClipState, matrix: Matrix, item: PushLayer | None) -> None:
        self.surface: Final = surface
        self.clip: Final = clip
        self.matrix: Final = matrix
        self.item: Final = item


def _intersect(a: Box, b: Box) -> Box:
    left, top = max(a[0], b[0]), max(a[1], b[1])
    return left, top, max(left, min(a[2], b[2])), max(top, min(a[3], b[3]))


def _is_empty(box: Box) -> bool:
    return box[2] <= box[0] or box[3] <= box[1]


def _clamp(value: float) -> float:
    """Within what fits a machine integer; not-a-number is 0."""
    if value != value:
        return 0.0
    return min(1e8, max(-1e8, value))


def outer_box(rect: Rect) -> Box:
    """The whole pixels that a rectangle touches."""
    return (
        math.floor(_clamp(rect.x) + SNAP_TOLERANCE),
        math.floor(_clamp(rect.y) + SNAP_TOLERANCE),
        math.ceil(_clamp(rect.x + rect.width) - SNAP_TOLERANCE),
        math.ceil(_clamp(rect.y + rect.height) - SNAP_TOLERANCE),
    )


def _is_whole(rect: Rect) -> bool:
    """Whether all edges lie on pixel boundaries."""
    for value in (rect.x, rect.y, rect.x + rect.width, rect.y + rect.height):
        value = _clamp(value)
        if abs(value - math.floor(value + 0.5)) > SNAP_TOLERANCE:
            return False
    return True


def _ink(color: Color) -> tuple[tuple[int, int, int, int], int]:
    red, green, blue, alpha = color.rgba8()
    return (red, green, blue, 255), alpha


@final
class RasterPlayer(Player):
    """Draws one display list.

    Attributes:
        surface: the group being drawn to.
        matrix: from the records' coordinates to device px.
        clip: the clips in force, device px.
    """

    def __init__(self, surface: Surface, base: Matrix, cache: RasterCache) -> None:
        self.surface: Surface = surface
        self.matrix: Matrix = base
        self.clip: ClipState = ClipState(surface.box())
        self._masks: Final[MaskCache] = cache.masks
        self._glyphs: Final = cache.glyphs
        self._clips: list[ClipState] = []
        self._matrices: list[Matrix] = []
        self._layers: list[LayerState] = []
        self._skipped_layers = 0

    # --- The primitive ----------------------------------------------------------------------------

    def _fill_box(self, box: Box, ink: tuple[int, int, int, int], alpha: int) -> None:
        """A box in one colour."""
        clip = self.clip
        box = _intersect(box, clip.box)
        if box[2] <= box[0] or box[3] <= box[1] or alpha <= 0:
            return
        if clip.masks:
            mask = self._clip_coverage(box)
            if mask is not None:
                self._fill_mask(box, ink, alpha, mask, True)
                return
        surface = self.surface
        target = (box[0] - surface.left, box[1] - surface.top, box[2] - surface.left, box[3] - surface.top)
        if alpha >= 255:
            surface.core.paste(ink, target)
        else:
            surface.core.paste(ink, target, Image.new("L", (box[2] - box[0], box[3] - box[1]), alpha).im)

    def _fill_mask(
        self,
        box: Box,
        ink: tuple[int, int, int, int],
        alpha: int,
        mask: Image.Image,
        is_clipped: bool = False,
    ) -> None:
        """A colour through a mask of the size of `box`."""
        if not is_clipped:
            inside = _intersect(box, self.clip.box)
            if _is_empty(inside):
                return
            if inside != box:
                mask = mask.crop(
                    (inside[0] - box[0], inside[1] - box[1], inside[2] - box[0], inside[3] - box[1])
                )
                box = inside
            if self.clip.masks:
                coverage = self._clip_coverage(box)
                if coverage is not None:
                    mask = ImageChops.multiply(mask, coverage)
        if alpha < 255:
            if alpha <= 0:
                return
            mask = scaled_alpha(mask, alpha)
        surface = self.surface
        surface.core.paste(
            ink,
            (box[0] - surface.left, box[1] - surface.top, box[2] - surface.left, box[3] - surface.top),
            mask.im,
        )

    def _clip_coverage(self, box: Box) -> Image.Image | None:
        """What the clip masks leave of a box (which lies inside the clip box); None for all of it."""
        result: Image.Image | None = None
        for clip_mask in self.clip.masks:
            is_touched = False
            for soft in clip_mask.soft:
                if box[0] < soft[2] and soft[0] < box[2] and box[1] < soft[3] and soft[1] < box[3]:
                    is_touched = True
                    break
            if not is_touched:
                continue
            place = clip_mask.box
            part = clip_mask.mask.crop(
                (box[0] - place[0], box[1] - place[1], box[2] - place[0], box[3] - place[1])
            )
            result = part if result is None else ImageChops.multiply(result, part)
        return result

    def _draw_picture(self, image: Image.Image, box: Box, mask: Image.Image | None = None) -> None:
        """A premultiplied RGBX picture of the size of `box`, through an optional mask."""
        inside = _intersect(box, self.clip.box)
        if _is_empty(inside):
            return
        if inside != box:
            part = (inside[0] - box[0], inside[1] - box[1], inside[2] - box[0], inside[3] - box[1])
            image = image.crop(part)
            if mask is not None:
                mask = mask.crop(part)
            box = inside
        if self.clip.masks:
            coverage = self._clip_coverage(box)
            if coverage is not None:
                mask = coverage if mask is None else ImageChops.multiply(mask, coverage)
        if mask is not None:
            image = ImageChops.multiply(image, spread_alpha(mask))
        self.surface.over(image, box)

    def _draw_opaque(self, image: Image.Image, box: Box) -> None:
        """An RGBX picture without transparency."""
        inside = _intersect(box, self.clip.box)
        if _is_empty(inside):
            return
        if self.clip.masks and self._clip_coverage(inside) is not None:
            self._draw_picture(image, box)
            return
        if inside != box:
            image = image.crop(
                (inside[0] - box[0], inside[1] - box[1], inside[2] - box[0], inside[3] - box[1])
            )
        self.surface.put(image, inside)

    # --- Shapes -----------------------------------------------------------------------------------

    def _is_axis_aligned(self) -> bool:
        matrix = self.matrix
        return matrix.b == 0 and matrix.c == 0 and matrix.a > 0 and matrix.d > 0

    def _device_shape(self, shape: RoundedRect) -> RoundedRect:
        """A rounded rectangle in device px, where the matrix only scales and moves."""
        rect = self.matrix.map_rect(shape.rect)
        matrix = self.matrix
        if shape.radii is SQUARE:
            return RoundedRect(rect)
        if matrix.a == 1 and matrix.d == 1:
            return RoundedRect(rect, shape.radii)
        r, sx, sy = shape.radii, matrix.a, matrix.d
        return RoundedRect(
            rect,
            Radii(
                (r.top_left_x * sx, r.top_left_y * sy),
                (r.top_right_x * sx, r.top_right_y * sy),
                (r.bottom_right_x * sx, r.bottom_right_y * sy),
                (r.bottom_left_x * sx, r.bottom_left_y * sy),
            ),
        )

    def fill_rect(self, item: FillRect) -> None:
        ink, alpha = _ink(item.color)
        if self._is_axis_aligned():
            self._fill_device_rect(self.matrix.map_rect(item.rect), ink, alpha)
        else:
            path = Path()
            path.add_rect(item.rect)
            self._fill_device_path(path.transformed(self.matrix), ink, alpha)

    def _fill_device_rect(self, rect: Rect, ink: tuple[int, int, int, int], alpha: int) -> None:
        """A rectangle; edges between pixels are anti-aliased."""
        if not (rect.width > 0 and rect.height > 0):
            return
        left, top, right, bottom = outer_box(rect)
        if _is_whole(rect):
            self._fill_box((left, top, right, bottom), ink, alpha)
            return
        for x0, x1, x_cover in _bands(_clamp(rect.x), _clamp(rect.right)):
            for y0, y1, y_cover in _bands(_clamp(rect.y), _clamp(rect.bottom)):
                self._fill_box((x0, y0, x1, y1), ink, int(alpha * x_cover * y_cover + 0.5))

    def _fill_device_path(
        self, path: Path, ink: tuple[int, int, int, int], alpha: int, anti_alias: bool = True
    ) -> None:
        box = _intersect(outer_box(path.bounds()), self.clip.box)
        if _is_empty(box) or alpha <= 0:
            return
        self._fill_mask(box, ink, alpha, self._masks.path(path, box, anti_alias))

    def fill_rounded_rect(self, item: FillRoundedRect) -> None:
        ink, alpha = _ink(item.color)
        if not self._is_axis_aligned():
            path = Path()
            path.add_rounded_rect(item.shape)
            self._fill_device_path(path.transformed(self.matrix), ink, alpha)
            return
        shape = self._device_shape(item.shape)
        if not _is_whole(shape.rect):
            path = Path()
            path.add_rounded_rect(shape)
            self._fill_device_path(path, ink, alpha)
            return
        self._fill_nine(shape, ink, alpha)

    def _fill_nine(self, shape: RoundedRect, ink: tuple[int, int, int, int], alpha: int) -> None:
        """A rounded rectangle on whole pixels: four corner masks and plain boxes between."""
        left, top, right, bottom = outer_box(shape.rect)
        if _is_empty(_intersect((left, top, right, bottom), self.clip.box)):
            return
        r = shape.radii
        corners = (
            (r.top_left_x, r.top_left_y),
            (r.top_right_x, r.top_right_y),
            (r.bottom_right_x, r.bottom_right_y),
            (r.bottom_left_x, r.bottom_left_y),
        )
        widths = [math.ceil(x - 1e-6) for x, _ in corners]
        upper = max(math.ceil(corners[0][1] - 1e-6), math.ceil(corners[1][1] - 1e-6))
        lower = max(math.ceil(corners[2][1] - 1e-6), math.ceil(corners[3][1] - 1e-6))
        if (
            upper + lower > bottom - top
            or widths[0] + widths[1] > right - left
            or widths[2] + widths[3] > right - left
        ):
            # Corners share pixels: circles and pills of odd sizes.
            box = (left, top, right, bottom)
            key = ("rounded", right - left, bottom - top, r.key())
            mask = self._masks.get(key)
            if mask is None:
                local = shape.moved(-left, -top)
                mask = self._masks.rounded_rect(local, (0, 0, right - left, bottom - top))
                if (right - left) * (bottom - top) < 65536:
                    self._masks.keep(key, mask)
            self._fill_mask(box, ink, alpha, mask)
            return
        self._fill_box((left + widths[0], top, right - widths[1], top + upper), ink, alpha)
        self._fill_box((left, top + upper, right, bottom - lower), ink, alpha)
        self._fill_box((left + widths[3], bottom - lower, right - widths[2], bottom), ink, alpha)
        for index in range(4):
            width, height = widths[index], upper if index < 2 else lower
            if width <= 0 or height <= 0:
                continue
            x = left if index in (0, 3) else right - width
            y = top if index < 2 else bottom - height
            mask = self._masks.corner(width, height, corners[index][0], corners[index][1], index)
            self._fill_mask((x, y, x + width, y + height), ink, alpha, mask)

    def fill_ring(self, item: FillRing) -> None:
        ink, alpha = _ink(item.color)
        if self._is_axis_aligned():
            outer, inner = self._device_shape(item.outer), self._device_shape(item.inner)
            if _is_whole(outer.rect) and _is_whole(inner.rect) and not inner.rect.is_empty():
                self._fill_whole_ring(outer, inner, ink, alpha)
                return
        path = Path()
        path.add_ring(item.outer, item.inner)
        self._fill_device_path(path.transformed(self.matrix), ink, alpha)

    def _fill_whole_ring(
        self, outer: RoundedRect, inner: RoundedRect, ink: tuple[int, int, int, int], alpha: int
    ) -> None:
        """A ring on whole pixels: masks for the strips that hold corners, plain boxes between."""
        left, top, right, bottom = outer_box(outer.rect)
        in_left, in_top, in_right, in_bottom = outer_box(inner.rect)
        is_thin = in_left - left == in_top - top == right - in_right == bottom - in_bottom == 1
        if is_thin and outer.is_rounded() and self._hairline_ring(outer, ink, alpha):
            return
        a, b = outer.radii, inner.radii
        upper = max(
            in_top, top + math.ceil(max(a.top_left_y, a.top_right_y)),
            in_top + math.ceil(max(b.top_left_y, b.top_right_y)),
        )  # fmt: skip
        lower = min(
            in_bottom, bottom - math.ceil(max(a.bottom_left_y, a.bottom_right_y)),
            in_bottom - math.ceil(max(b.bottom_left_y, b.bottom_right_y)),
        )  # fmt: skip
        if not outer.is_rounded() and not inner.is_rounded():
            upper, lower = in_top, in_bottom
            self._fill_box((left, top, right, upper), ink, alpha)
            self._fill_box((left, lower, right, bottom), ink, alpha)
        else:
            path = Path()
            path.add_ring(outer, inner)
            if upper >= lower:
                self._fill_device_path(path, ink, alpha)
                return
            for strip in ((left, top, right, upper), (left, lower, right, bottom)):
                box = _intersect(strip, self.clip.box)
                if not _is_empty(box):
                    self._fill_mask(box, ink, alpha, self._masks.path(path, box))
        self._fill_box((left, upper, in_left, lower), ink, alpha)
        self._fill_box((in_right, upper, right, lower), ink, alpha)

    def _hairline_ring(self, shape: RoundedRect, ink: tuple[int, int, int, int], alpha: int) -> bool:
        """A rounded border of one device pixel, which Skia draws as a hairline; False where it is of another
        kind: elliptical corners, corners that meet."""
        left, top, right, bottom = outer_box(shape.rect)
        r = shape.radii
        key = r.key()
        sizes: list[int] = []
        for index in range(0, 8, 2):
            if key[index] != key[index + 1] or 0 < key[index] < 1:
                return False
            sizes.append(max(1, math.ceil(key[index])))
        if (
            max(sizes[0] + sizes[1], sizes[2] + sizes[3]) > right - left
            or max(sizes[0] + sizes[3], sizes[1] + sizes[2]) > bottom - top
        ):
            return False
        self._fill_box((left + sizes[0], top, right - sizes[1], top + 1), ink, alpha)
        self._fill_box((left + sizes[3], bottom - 1, right - sizes[2], bottom), ink, alpha)
        self._fill_box((left, top + sizes[0], left + 1, bottom - sizes[3]), ink, alpha)
        self._fill_box((right - 1, top + sizes[1], right, bottom - sizes[2]), ink, alpha)
        for index in range(4):
            size = sizes[index]
            x = left if index in (0, 3) else right - size
            y = top if index < 2 else bottom - size
            if key[2 * index] <= 0:
                self._fill_box((x, y, x + 1, y + 1), ink, alpha)
            else:
                mask = self._masks.hairline_corner(key[2 * index], size, index)
                self._fill_mask((x, y, x + size, y + size), ink, alpha, mask)
        return True

    def fill_path(self, item: FillPath) -> None:
        ink, alpha = _ink(item.color)
        anti_alias = item.anti_alias or not self._is_axis_aligned()
        self._fill_device_path(item.path.transformed(self.matrix), ink, alpha, anti_alias)

    def stroke_path(self, item: StrokePath) -> None:
        ink, alpha = _ink(item.color)
        self._fill_device_path(stroke_outline(item.path, item.stroke).transformed(self.matrix), ink, alpha)

    # --- Shadows ----------------------------------------------------------------------------------

    def _scale(self) -> float:
        """How much the matrix enlarges, as one number."""
        scale = math.sqrt(abs(self.matrix.determinant()))
        return min(scale, MAX_SCALE) if scale == scale else 0.0

    def box_shadow(self, item: BoxShadow) -> None:
        ink, alpha = _ink(item.color)
        if not self._is_axis_aligned():
            self._turned_shadow(item, ink, alpha)
            return
        shape, box = self._device_shape(item.shape), self._device_shape(item.box)
        sigma = item.sigma * self._scale()
        if item.inset:
            self._inset_shadow(shape, box, sigma, ink, alpha)
        else:
            self._outer_shadow(shape, box, sigma, ink, alpha)

    def _outer_shadow(
        self, shape: RoundedRect, box: RoundedRect, sigma: float, ink: tuple[int, int, int, int], alpha: int
    ) -> None:
        reach = math.ceil(sigma * 3)
        left, top, right, bottom = outer_box(shape.rect)
        area = (left - reach, top - reach, right + reach, bottom + reach)
        visible = _intersect(area, self.clip.box)
        if _is_empty(visible):
            return
        if sigma <= 0 or right - left > 20_000 or bottom - top > 20_000:
            mask = self._masks.rounded_rect(shape, visible)
            if sigma > 0:
                mask = gaussian(mask, sigma)
        else:
            mask = self._masks.shadow(right - left, bottom - top, shape.radii, sigma, reach)
            mask = mask.crop(
                (visible[0] - area[0], visible[1] - area[1], visible[2] - area[0], visible[3] - area[1])
            )
        hole = _intersect(outer_box(box.rect), visible)
        if not _is_empty(hole):
            inside = (
                self._masks.rounded_rect(box, hole) if box.is_rounded() or not _is_whole(box.rect) else None
            )
            place = (hole[0] - visible[0], hole[1] - visible[1], hole[2] - visible[0], hole[3] - visible[1])
            mask.paste(0, place, inside)
        self._fill_mask(visible, ink, alpha, mask)

    def _inset_shadow(
        self, shape: RoundedRect, box: RoundedRect, sigma: float, ink: tuple[int, int, int, int], alpha: int
    ) -> None:
        area = _intersect(outer_box(box.rect), self.clip.box)
        if _is_empty(area):
            return
        reach = math.ceil(sigma * 3)
        wide = (area[0] - reach, area[1] - reach, area[2] + reach, area[3] + reach)
        if shape.rect.is_empty():
            mask = Image.new("L", (wide[2] - wide[0], wide[3] - wide[1]), 255)
        else:
            mask = through_table(self._masks.rounded_rect(shape, wide), INVERT)
        if sigma > 0:
            mask = gaussian(mask, sigma)
        mask = mask.crop((reach, reach, mask.width - reach, mask.height - reach))
        if box.is_rounded() or not _is_whole(box.rect):
            mask = ImageChops.multiply(mask, self._masks.rounded_rect(box, area))
        self._fill_mask(area, ink, alpha, mask)

    def _turned_shadow(self, item: BoxShadow, ink: tuple[int, int, int, int], alpha: int) -> None:
        """Under a rotation: the turned shape is blurred as a whole."""
        sigma = item.sigma * self._scale()
        reach = math.ceil(sigma * 3)
        path, box = Path(), Path()
        path.add_rounded_rect(item.shape)
        box.add_rounded_rect(item.box)
        path, box = path.transformed(self.matrix), box.transformed(self.matrix)
        bounds = outer_box(box.bounds() if item.inset else path.bounds())
        wide = (bounds[0] - reach, bounds[1] - reach, bounds[2] + reach, bounds[3] + reach)
        clip = self.clip.box
        wide = _intersect(wide, (clip[0] - reach, clip[1] - reach, clip[2] + reach, clip[3] + reach))
        if _is_empty(wide):
            return
        mask = self._masks.path(path, wide)
        if item.inset:
            mask = through_table(mask, INVERT)
        mask = gaussian(mask, sigma)
        inside = self._masks.path(box, wide)
        mask = ImageChops.multiply(mask, inside if item.inset else through_table(inside, INVERT))
        self._fill_mask(wide, ink, alpha, mask)

    # --- Text -------------------------------------------------------------------------------------

    def glyphs(self, item: Glyphs) -> None:
        ink, alpha = _ink(item.color)
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
        is_upright = matrix.b == 0 and matrix.c == 0 and matrix.a == matrix.d and matrix.a > 0
        scale = matrix.a if is_upright else math.sqrt(abs(matrix.determinant()))
        if not (0 < scale < 1e6):
            return
        if is_upright:
            glyph_set = self._glyphs.glyph_set(run.font, run.font.size * scale, level)
        else:
            shape = (matrix.a / scale, matrix.b / scale, matrix.c / scale, matrix.d / scale)
            glyph_set = self._glyphs.glyph_set(run.font, run.font.size * scale, level, shape)
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
            quarter_x = math.floor((a * px + c * py + e) * 4.0 + 0.5)
            whole_y = math.floor(b * px + d * py + f + 0.5)
            key = ids[index] * 4 + (quarter_x & 3)
            bitmap = bitmaps[key] if key in bitmaps else glyph_set.make(key)
            if bitmap is None:
                continue
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

    def _clipped_glyph(
        self, bitmap: GlyphBitmap, box: Box, ink: tuple[int, int, int, int], alpha: int
    ) -> None:
        if bitmap.color is None:
            self._fill_mask(box, ink, alpha, bitmap.image)
            return
        mask = Image.new("L", bitmap.image.size, alpha) if alpha < 255 else None
        self._draw_picture(reinterpret(bitmap.color, "RGBX"), box, mask)

    def _glyphs_as_paths(
        self, item: Glyphs, matrix: Matrix, ink: tuple[int, int, int, int], alpha: int
    ) -> None:
        """-webkit-text-stroke, and text too large for pictures of glyphs."""
        run = item.run
        path = Path()
        pen = item.x
        for index in range(len(run.glyph_ids)):
            x, y = pen + run.x_offsets[index], item.y + run.y_offsets[index]
            pen += run.advances[index]
            outline = self._glyphs.outline(run.font, run.glyph_ids[index])
            if outline is not None:
                outline_to_path(path, outline, x, y)
        if item.stroke_width > 0:
            path = stroke_outline(path, Stroke(item.stroke_width))
        self._fill_device_path(path.transformed(matrix), ink, alpha)

    # --- Pictures ---------------------------------------------------------------------------------

    def image(self, item: DrawImage) -> None:
        if self._is_axis_aligned():
            dest = self.matrix.map_rect(item.dest)
            self._draw_source(item.source, dest, item.source_rect)
        else:
            self._turned_source(item.source, item.dest, item.source_rect)

    def _draw_source(self, source: PaintSource, dest: Rect, part: Rect) -> None:
        """A picture over a rectangle in device px; what the clip hides is not drawn."""
        box = (
            math.floor(_clamp(dest.x) + 0.5),
            math.floor(_clamp(dest.y) + 0.5),
            math.floor(_clamp(dest.right) + 0.5),
            math.floor(_clamp(dest.bottom) + 0.5),
        )
        if box[2] <= box[0]:
            box = (box[0], box[1], box[0] + 1, box[3])
        if box[3] <= box[1]:
            box = (box[0], box[1], box[2], box[1] + 1)
        visible = _intersect(box, self.clip.box)
        if _is_empty(visible):
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
            return _bitmap_part(source, part, box, visible)
        if isinstance(source, GradientSource):
            matrix = self.matrix
            sx = matrix.a if self._is_axis_aligned() else 1.0
            sy = matrix.d if self._is_axis_aligned() else 1.0
            fraction = part if not part.is_empty() else Rect(0.0, 0.0, 1.0, 1.0)
            # The gradient box's size in CSS px follows from the part that covers `dest`.
            to_gradient = Matrix(
                1 / sx, 0.0, 0.0, 1 / sy, (visible[0] - dest.x) / sx, (visible[1] - dest.y) / sy
            )
            if not part.is_empty():
                full_w, full_h = dest.width / sx / fraction.width, dest.height / sy / fraction.height
                to_gradient = Matrix(1.0, 0.0, 0.0, 1.0, fraction.x * full_w, fraction.y * full_h).times(
                    to_gradient
                )
            image = draw_gradient(source.gradient, to_gradient, size[0], size[1])
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
        visible = _intersect(bounds, self.clip.box)
        if _is_empty(visible):
            return
        sx = max(1e-3, math.hypot(matrix.a, matrix.b))
        sy = max(1e-3, math.hypot(matrix.c, matrix.d))
        width = max(1, min(4096, round(_clamp(dest.width * sx))))
        height = max(1, min(4096, round(_clamp(dest.height * sy))))
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
        framed = _framed(drawn[0])
        data = (inverse.a, inverse.c, inverse.e + 1.0, inverse.b, inverse.d, inverse.f + 1.0)
        size = (visible[2] - visible[0], visible[3] - visible[1])
        image = framed.transform(size, Image.Transform.AFFINE, data, Image.Resampling.BILINEAR)
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
        visible = _intersect(outer_box(area), self.clip.box)
        if _is_empty(visible) or not (tile.width > 0 and tile.height > 0):
            return
        image = self._tiled(item, tile, step_x, step_y, visible)
        if image is not None:
            self._draw_picture(image, visible)

    def _tiled(
        self, item: TileImage, tile: Rect, step_x: float, step_y: float, visible: Box
    ) -> Image.Image | None:
        """The visible part of a repeated picture, premultiplied RGBX."""
        xs = _tile_spans(tile.x, tile.width, step_x, visible[0], visible[2])
        ys = _tile_spans(tile.y, tile.height, step_y, visible[1], visible[3])
        if not xs or not ys:
            return None
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
        visible = _intersect(outer_box(matrix.map_rect(dest)), self.clip.box)
        inverse = matrix.times(
            Matrix(dest.width / image.width, 0.0, 0.0, dest.height / image.height, dest.x, dest.y)
        ).inverse()
        if inverse is None or _is_empty(visible):
            return
        inverse = inverse.times(Matrix(1.0, 0.0, 0.0, 1.0, float(visible[0]), float(visible[1])))
        data = (inverse.a, inverse.c, inverse.e + 1.0, inverse.b, inverse.d, inverse.f + 1.0)
        size = (visible[2] - visible[0], visible[3] - visible[1])
        turned = _framed(image).transform(size, Image.Transform.AFFINE, data, Image.Resampling.BILINEAR)
        path = Path()
        path.add_rect(dest)
        self._draw_picture(turned, visible, self._masks.path(path.transformed(matrix), visible))

    # --- Clips ------------------------------------------------------------------------------------

    def push_clip(self, item: PushClip) -> None:
        self._clips.append(self.clip)
        if not self._is_axis_aligned():
            path = Path()
            path.add_rounded_rect(item.shape)
            self._clip_to_path(path)
            return
        shape = self._device_shape(item.shape)
        whole = _is_whole(shape.rect)
        box = _intersect(outer_box(shape.rect), self.clip.box)
        if _is_empty(box) or (whole and not shape.is_rounded()):
            self.clip = ClipState(box, self.clip.masks)
            return
        left, top, right, bottom = outer_box(shape.rect)
        r = shape.radii
        soft: list[Box] = []
        if whole:
            for x, y, is_right, is_bottom in (
                (r.top_left_x, r.top_left_y, False, False),
                (r.top_right_x, r.top_right_y, True, False),
                (r.bottom_right_x, r.bottom_right_y, True, True),
                (r.bottom_left_x, r.bottom_left_y, False, True),
            ):
                w, h = math.ceil(x), math.ceil(y)
                if w > 0 and h > 0:
                    x0 = right - w if is_right else left
                    y0 = bottom - h if is_bottom else top
                    soft.append((x0, y0, x0 + w, y0 + h))
        else:
            soft.append((left, top, right, bottom))
        mask = ClipMask(self._masks.rounded_rect(shape, box), box, soft)
        self.clip = ClipState(box, (*self.clip.masks, mask))

    def push_clip_path(self, item: PushClipPath) -> None:
        self._clips.append(self.clip)
        self._clip_to_path(item.path)

    def _clip_to_path(self, path: Path) -> None:
        device = path.transformed(self.matrix)
        box = _intersect(outer_box(device.bounds()), self.clip.box)
        if _is_empty(box):
            self.clip = ClipState(box, self.clip.masks)
            return
        mask = ClipMask(self._masks.path(device, box), box, [box])
        self.clip = ClipState(box, (*self.clip.masks, mask))

    def pop_clip(self, item: PopClip) -> None:
        self.clip = self._clips.pop()

    # --- Transforms and groups --------------------------------------------------------------------

    def push_transform(self, item: PushTransform) -> None:
        self._matrices.append(self.matrix)
        self.matrix = self.matrix.times(item.matrix)

    def pop_transform(self, item: PopTransform) -> None:
        self.matrix = self._matrices.pop()

    def push_layer(self, item: PushLayer) -> None:
        scale = self._scale()
        bounds = outer_box(self.matrix.map_rect(item.bounds))
        clip = self.clip.box
        if item.filters:
            # What lies outside the clip may come in through blurs.
            reached = filter_reach(item.filters, Rect(0.0, 0.0, 0.0, 0.0))
            reach = math.ceil(max(-reached.x, -reached.y, reached.right, reached.bottom) * scale)
            reach = min(reach, 4096)
            bounds = (bounds[0] - reach, bounds[1] - reach, bounds[2] + reach, bounds[3] + reach)
            clip = (clip[0] - reach, clip[1] - reach, clip[2] + reach, clip[3] + reach)
        box = _intersect(bounds, clip)
        self._layers.append(LayerState(self.surface, self.clip, self.matrix, item))
        if len(self._layers) > MAX_LAYER_DEPTH:
            # Too deep for a bitmap of its own: paint into the parent.
            self._skipped_layers += 1
            return
        if item.backdrop_filters and item.backdrop_shape is not None:
            self._filter_backdrop(item, scale)
        if _is_empty(box):
            box = (box[0], box[1], box[0], box[1])
        self.surface = Surface(box)
        self.clip = ClipState(box)

    def _filter_backdrop(self, item: PushLayer, scale: float) -> None:
        """https://drafts.csswg.org/filter-effects-2/#BackdropFilterProperty"""
        shape = item.backdrop_shape
        if shape is None:
            return
        path = Path()
        path.add_rounded_rect(shape)
        path = path.transformed(self.matrix)
        box = _intersect(outer_box(path.bounds()), self.clip.box)
        if _is_empty(box):
            return
        # Blink's backdrop blur mirrors at the edges; what lies outside the shape does not bleed in.
        image = apply_filters(self.surface.crop(box), item.backdrop_filters, scale)
        opacity = int(min(1.0, max(0.0, item.opacity)) * 255 + 0.5)
        mask = self._masks.path(path, box)
        if opacity < 255:
            mask = scaled_alpha(mask, opacity)
        coverage = self._clip_coverage(box)
        if coverage is not None:
            mask = ImageChops.multiply(mask, coverage)
        original = self.surface.crop(box)
        original.paste(image, (0, 0), mask)
        self.surface.put(original, box)

    def pop_layer(self, item: PopLayer) -> None:
        state = self._layers.pop()
        opened = state.item
        if self._skipped_layers > 0:
            self._skipped_layers -= 1
            return
        layer = self.surface
        self.surface, self.clip, self.matrix = state.surface, state.clip, state.matrix
        box = layer.box()
        if _is_empty(box) or opened is None:
            return
        image = layer.image
        if opened.filters:
            image = apply_filters(image, opened.filters, self._scale())
        if opened.opacity < 1:
            factor = max(0.0, opened.opacity)
            image = image.point([int(value * factor + 0.5) for value in range(256)] * 4)
        if opened.blend_mode == BlendMode.NORMAL:
            self._draw_picture(image, box)
            return
        inside = _intersect(_intersect(box, self.clip.box), self.surface.box())
        if _is_empty(inside):
            return
        if inside != box:
            image = image.crop(
                (inside[0] - box[0], inside[1] - box[1], inside[2] - box[0], inside[3] - box[1])
            )
        coverage = self._clip_coverage(inside)
        if coverage is not None:
            image = ImageChops.multiply(image, spread_alpha(coverage))
        self.surface.put(blend(self.surface.crop(inside), image, opened.blend_mode), inside)

    def push_mask(self, item: PushMask) -> None:
        self._layers.append(LayerState(self.surface, self.clip, self.matrix, None))
        self.surface = Surface(self.surface.box())
        self.clip = ClipState(self.surface.box())

    def pop_mask(self, item: PopMask) -> None:
        state = self._layers.pop()
        mask = self.surface.image
        self.surface, self.clip, self.matrix = state.surface, state.clip, state.matrix
        if mask.width == 0 or mask.height == 0:
            return
        masked = ImageChops.multiply(self.surface.image, spread_alpha(alpha_of(mask)))
        self.surface.replace(masked)


def _bands(start: float, end: float) -> list[tuple[int, int, float]]:
    """A length on the pixel grid: first pixel, whole pixels, last pixel, each with its coverage."""
    first, last = math.floor(start), math.ceil(end)
    if last - first <= 1:
        return [(first, last, end - start)]
    bands: list[tuple[int, int, float]] = []
    whole_start, whole_end = math.ceil(start), math.floor(end)
    if whole_start > start:
        bands.append((first, whole_start, whole_start - start))
    if whole_end > whole_start:
        bands.append((whole_start, whole_end, 1.0))
    if whole_end < end:
        bands.append((whole_end, last, end - whole_end))
    return bands


def _tile_spans(start: float, size: float, step: float, low: int, high: int) -> list[tuple[int, int]]:
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


def _framed(image: Image.Image) -> Image.Image:
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


def _bitmap_part(source: BitmapSource, part: Rect, box: Box, visible: Box) -> tuple[Image.Image, bool] | None:
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
