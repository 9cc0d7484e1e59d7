"""Display lists to pixels, on Pillow.

Drawing happens in device px, in surfaces of premultiplied pixels (surface.py): shapes in raster_shapes.py, text in
raster_text.py, pictures in raster_pictures.py, groups here.
"""

from __future__ import annotations

import math
from typing import Final, final

from PIL import Image, ImageChops

from ..css.keywords import BlendMode, MaskComposite
from ..geometry import IDENTITY, Matrix, Rect
from ..limits import MAX_BITMAP_SIDE, MAX_LAYER_DEPTH, MAX_LAYER_MARGIN
from .bitmap import Bitmap
from .blend import blend
from .display_list import (
    DisplayList,
    PopLayer,
    PopMask,
    PushLayer,
    PushMask,
    PushProjection,
)
from .filters import apply_filters
from .masks import RasterCache, scaled_alpha
from .paint_context import filter_reach
from .path import Path
from .raster_canvas import (
    ClipState,
    intersect,
    is_empty,
    outer_box,
)
from .raster_pictures import PictureRaster, framed
from .rasterizer import Rasterizer
from .surface import Surface, alpha_of, reinterpret, spread_alpha

MAX_REACH: Final = 2700
"""Device px that filters may bring colours from: three standard deviations of the widest blur."""
WHITE_INK: Final = (255, 255, 255, 255)
MAX_PROJECTED_SIDE: Final = 8192.0
"""Device px: a group that is shown in perspective is drawn no larger."""


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
class LayerState:
    """A group being drawn: what to go back to, and the record that opened it."""

    __slots__ = ("clip", "item", "mask", "matrix", "projection", "surface")

    def __init__(self, surface: Surface, clip: ClipState, matrix: Matrix, item: PushLayer | None) -> None:
        self.projection: PushProjection | None = None
        self.mask: PushMask | None = None
        self.surface: Final = surface
        self.clip: Final = clip
        self.matrix: Final = matrix
        self.item: Final = item


@final
class RasterPlayer(PictureRaster):
    """Draws one display list: adds groups and masks to what pictures, text and shapes draw."""

    def __init__(self, surface: Surface, base: Matrix, cache: RasterCache) -> None:
        super().__init__(surface, base, cache)
        self._page: Final = surface.box()
        self._layers: list[LayerState] = []
        self._skipped_layers = 0

    def push_layer(self, item: PushLayer) -> None:
        scale = self._scale()
        bounds = outer_box(self.matrix.map_rect(item.bounds))
        clip = self.clip.box
        if item.filters:
            # What lies outside the clip may come in through blurs.
            reached = filter_reach(item.filters, Rect(0.0, 0.0, 0.0, 0.0))
            reach = math.ceil(max(-reached.x, -reached.y, reached.right, reached.bottom) * scale)
            reach = min(reach, MAX_REACH)
            bounds = (bounds[0] - reach, bounds[1] - reach, bounds[2] + reach, bounds[3] + reach)
            # However deep blurs are nested, what is far from the page does not come back into it.
            page, far = self._page, max(reach, MAX_LAYER_MARGIN)
            clip = (
                max(clip[0] - reach, page[0] - far),
                max(clip[1] - reach, page[1] - far),
                min(clip[2] + reach, page[2] + far),
                min(clip[3] + reach, page[3] + far),
            )
        box = intersect(bounds, clip)
        self._layers.append(LayerState(self.surface, self.clip, self.matrix, item))
        if len(self._layers) > MAX_LAYER_DEPTH:
            # Too deep for a bitmap of its own: paint into the parent.
            self._skipped_layers += 1
            return
        if item.backdrop_filters and item.backdrop_shape is not None:
            self._filter_backdrop(item, scale)
        if is_empty(box):
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
        box = intersect(outer_box(path.bounds()), self.clip.box)
        if is_empty(box):
            return
        # Blink's backdrop blur mirrors at the edges; what lies outside the shape does not bleed in.
        image = apply_filters(self.surface.crop(box), item.backdrop_filters, scale, (box[0], box[1]))
        opacity = int(min(1.0, max(0.0, item.opacity)) * 255 + 0.5)
        mask = self._masks.path(path, box)
        if opacity < 255:
            mask = scaled_alpha(mask, opacity)
        coverage = self._clip_coverage(box)
        if coverage is not None:
            mask = ImageChops.multiply(mask, coverage)
        # What the filters leave transparent shows what was there.
        self.surface.over(ImageChops.multiply(image, spread_alpha(mask)), box)

    def pop_layer(self, item: PopLayer) -> None:
        state = self._layers.pop()
        opened = state.item
        if self._skipped_layers > 0:
            self._skipped_layers -= 1
            return
        layer = self.surface
        self.surface, self.clip, self.matrix = state.surface, state.clip, state.matrix
        box = layer.box()
        if state.projection is not None:
            self._draw_projected(layer, state.projection)
            return
        if is_empty(box) or opened is None:
            return
        image = layer.image
        if opened.filters:
            inverse = self.matrix.inverse()
            to_css = inverse.translated(box[0], box[1]) if inverse is not None else IDENTITY
            image = apply_filters(image, opened.filters, self._scale(), (box[0], box[1]), to_css)
        if opened.opacity < 1:
            factor = max(0.0, opened.opacity)
            image = image.point([int(value * factor + 0.5) for value in range(256)] * 4)
        if opened.blend_mode == BlendMode.NORMAL:
            self._draw_picture(image, box)
            return
        inside = intersect(intersect(box, self.clip.box), self.surface.box())
        if is_empty(inside):
            return
        if inside != box:
            image = image.crop(
                (inside[0] - box[0], inside[1] - box[1], inside[2] - box[0], inside[3] - box[1])
            )
        coverage = self._clip_coverage(inside)
        if coverage is not None:
            image = ImageChops.multiply(image, spread_alpha(coverage))
        self.surface.put(blend(self.surface.crop(inside), image, opened.blend_mode), inside)

    def push_projection(self, item: PushProjection) -> None:
        state = LayerState(self.surface, self.clip, self.matrix, None)
        state.projection = item
        self._layers.append(state)
        if len(self._layers) > MAX_LAYER_DEPTH:
            self._skipped_layers += 1
            return
        scale = self._projection_scale(item)
        self.matrix = Matrix(scale, 0.0, 0.0, scale, 0.0, 0.0)
        box = outer_box(self.matrix.map_rect(item.bounds))
        self.surface = Surface(box if not is_empty(box) else (0, 0, 0, 0))
        self.clip = ClipState(self.surface.box())

    def _projection_scale(self, item: PushProjection) -> float:
        """Device px for one unit inside: about as large as it will be seen, within what a bitmap may be."""
        bounds, seen = item.bounds, item.outline.bounds()
        if bounds.is_empty() or seen.is_empty():
            return 1.0
        grown = max(seen.width / bounds.width, seen.height / bounds.height, 1.0)
        scale = self._scale() * min(grown, 4.0)
        limit = MAX_PROJECTED_SIDE / max(bounds.width, bounds.height)
        return max(1e-6, min(scale, limit))

    def _draw_projected(self, layer: Surface, item: PushProjection) -> None:
        """Put a group onto what lies below it, in perspective."""
        outline = item.outline.transformed(self.matrix)
        visible = intersect(outer_box(outline.bounds()), self.clip.box)
        if is_empty(visible) or is_empty(layer.box()):
            return
        scale = self._projection_scale(item)
        data = inverse_homography(self.matrix, item.homography, (visible[0], visible[1]))
        if data is None:
            return
        # From units inside to pixels of the framed picture.
        dx, dy = 1.0 - layer.left, 1.0 - layer.top
        a, b, c, d, e, f, g, h, i = data
        rows = (
            scale * a + dx * g, scale * b + dx * h, scale * c + dx * i,
            scale * d + dy * g, scale * e + dy * h, scale * f + dy * i,
        )  # fmt: skip
        if abs(i) < 1e-12:
            return
        numbers = (*(number / i for number in rows), g / i, h / i)
        size = (visible[2] - visible[0], visible[3] - visible[1])
        shown = framed(layer.image).transform(
            size, Image.Transform.PERSPECTIVE, numbers, Image.Resampling.BILINEAR
        )
        self._draw_picture(shown, visible, self._masks.path(outline, visible))

    def push_mask(self, item: PushMask) -> None:
        state = LayerState(self.surface, self.clip, self.matrix, None)
        state.mask = item
        self._layers.append(state)
        self.surface = Surface(self.surface.box())
        self.clip = ClipState(self.surface.box())

    def pop_mask(self, item: PopMask) -> None:
        state = self._layers.pop()
        mask = self.surface.image
        self.surface, self.clip, self.matrix = state.surface, state.clip, state.matrix
        if mask.width == 0 or mask.height == 0:
            return
        opened = state.mask
        coverage = luminance_of(mask) if opened is not None and opened.luminance else alpha_of(mask)
        if opened is not None and opened.is_layer:
            self.surface.replace(
                spread_alpha(composite_masks(coverage, alpha_of(self.surface.image), opened.composite))
            )
            return
        masked = ImageChops.multiply(self.surface.image, spread_alpha(coverage))
        self.surface.replace(masked)


def luminance_of(image: Image.Image) -> Image.Image:
    """Luminance times alpha of premultiplied pixels (Skia's luma filter)."""
    return reinterpret(image, "RGB").convert("L", (0.2126, 0.7152, 0.0722, 0.0))


def composite_masks(above: Image.Image, below: Image.Image, operator: MaskComposite) -> Image.Image:
    """https://drafts.csswg.org/css-masking-1/#the-mask-composite: Porter and Duff's operators on coverage."""
    if operator == MaskComposite.INTERSECT:
        return ImageChops.multiply(above, below)
    outside = ImageChops.multiply(above, ImageChops.invert(below))
    if operator == MaskComposite.SUBTRACT:
        return outside
    if operator == MaskComposite.EXCLUDE:
        return ImageChops.add(outside, ImageChops.multiply(below, ImageChops.invert(above)))
    return ImageChops.screen(above, below)


def inverse_homography(
    outer: Matrix, homography: tuple[float, ...], origin: tuple[int, int]
) -> tuple[float, ...] | None:
    """From pixels, counted from `origin`, to the plane whose `homography` the matrix `outer` takes to pixels."""
    p, q, r, s, t, u, g, h, i = homography
    a = outer.a * p + outer.c * s + (outer.e - origin[0]) * g
    b = outer.a * q + outer.c * t + (outer.e - origin[0]) * h
    c = outer.a * r + outer.c * u + (outer.e - origin[0]) * i
    d = outer.b * p + outer.d * s + (outer.f - origin[1]) * g
    e = outer.b * q + outer.d * t + (outer.f - origin[1]) * h
    f = outer.b * r + outer.d * u + (outer.f - origin[1]) * i
    cofactors = (
        e * i - f * h, c * h - b * i, b * f - c * e,
        f * g - d * i, a * i - c * g, c * d - a * f,
        d * h - e * g, b * g - a * h, a * e - b * d,
    )  # fmt: skip
    determinant = a * cofactors[0] + b * cofactors[3] + c * cofactors[6]
    if determinant == 0 or not math.isfinite(determinant):
        return None
    return cofactors
