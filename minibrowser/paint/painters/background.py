"""Backgrounds (https://drafts.csswg.org/css-backgrounds-3/#backgrounds) and the layers of masks, which share them."""

from __future__ import annotations

import math
from typing import Final, final

from ...css.computed_style import ComputedStyle
from ...css.keywords import BackgroundAttachment, BackgroundRepeat, BlendMode
from ...css.values import ZERO, BackgroundSize, Color, CssImage, GeometryBox, Length
from ...geometry import Edges, Rect, Size
from ..display_list import DrawImage, FillRect, FillRoundedRect, TileImage
from ..paint_context import LayerOptions, PaintContext
from ..paint_source import PaintSource
from ..rounded_rect import RoundedRect
from .images import natural_size, resolve_image

MAX_TILES_SIDE: Final = 1e6


@final
class BackgroundArea:
    """Where a background is painted.

    Attributes:
        shape: the border edge that it is clipped to, snapped.
        positioning: the border box that the origin edges are counted from, snapped; the same as the shape's
            rectangle but for the canvas and table parts.
        border, padding: widths of the box's edges.
        scrolled: of a scroll container with a local background: its scrollable area, where it stands now.
    """

    __slots__ = ("border", "padding", "positioning", "scrolled", "shape")

    def __init__(self, shape: RoundedRect, positioning: Rect, border: Edges, padding: Edges) -> None:
        self.shape: Final = shape
        self.positioning: Final = positioning
        self.border: Final = border
        self.padding: Final = padding
        self.scrolled: Rect | None = None

    def clip_edge(self, box: GeometryBox) -> RoundedRect:
        """The shape of background-clip."""
        if box == GeometryBox.PADDING_BOX:
            return self.shape.inset(self.border)
        if box == GeometryBox.CONTENT_BOX:
            return self.shape.inset(self.border.plus(self.padding))
        return self.shape

    def origin_rect(self, box: GeometryBox) -> Rect:
        """The positioning area of background-origin."""
        if box == GeometryBox.BORDER_BOX or box >= GeometryBox.MARGIN_BOX:
            return self.positioning
        if box == GeometryBox.CONTENT_BOX:
            return self.positioning.inset(self.border.plus(self.padding))
        return self.positioning.inset(self.border)

    def scrolled_origin(self, box: GeometryBox, scrolled: Rect) -> Rect:
        """The positioning area of a local background: the edges stand around what scrolls."""
        if box == GeometryBox.BORDER_BOX or box >= GeometryBox.MARGIN_BOX:
            return scrolled.outset(self.border)
        if box == GeometryBox.CONTENT_BOX:
            return scrolled.inset(self.padding)
        return scrolled


@final
class ImageLayer:
    """One layer of a background or a mask."""

    __slots__ = (
        "attachment",
        "clip",
        "image",
        "origin",
        "position_x",
        "position_y",
        "repeat_x",
        "repeat_y",
        "size",
    )

    def __init__(self, image: CssImage) -> None:
        self.image: Final = image
        self.clip: GeometryBox = GeometryBox.BORDER_BOX
        self.origin: GeometryBox = GeometryBox.PADDING_BOX
        self.attachment: BackgroundAttachment = BackgroundAttachment.SCROLL
        self.position_x: Length = ZERO
        self.position_y: Length = self.position_x
        self.repeat_x: BackgroundRepeat = BackgroundRepeat.REPEAT
        self.repeat_y: BackgroundRepeat = BackgroundRepeat.REPEAT
        self.size: BackgroundSize = BackgroundSize()


def background_layer(style: ComputedStyle, index: int) -> ImageLayer | None:
    """Layer `index` of background-image, None where it is none. Shorter lists repeat."""
    paint = style.paint
    image = paint.background_image[index]
    if image is None:
        return None
    layer = ImageLayer(image)
    layer.clip = paint.background_clip[index % len(paint.background_clip)]
    layer.origin = paint.background_origin[index % len(paint.background_origin)]
    layer.attachment = paint.background_attachment[index % len(paint.background_attachment)]
    layer.position_x = paint.background_position_x[index % len(paint.background_position_x)]
    layer.position_y = paint.background_position_y[index % len(paint.background_position_y)]
    layer.repeat_x, layer.repeat_y = paint.background_repeat[index % len(paint.background_repeat)]
    layer.size = paint.background_size[index % len(paint.background_size)]
    return layer


def mask_layer(style: ComputedStyle, index: int) -> ImageLayer | None:
    """Layer `index` of mask-image."""
    paint = style.paint
    image = paint.mask_image[index]
    if image is None:
        return None
    layer = ImageLayer(image)
    layer.clip = paint.mask_clip[index % len(paint.mask_clip)]
    layer.origin = paint.mask_origin[index % len(paint.mask_origin)]
    layer.position_x = paint.mask_position_x[index % len(paint.mask_position_x)]
    layer.position_y = paint.mask_position_y[index % len(paint.mask_position_y)]
    layer.repeat_x, layer.repeat_y = paint.mask_repeat[index % len(paint.mask_repeat)]
    layer.size = paint.mask_size[index % len(paint.mask_size)]
    return layer


def bottom_clip(style: ComputedStyle) -> GeometryBox:
    """background-clip of the bottom layer, which the colour takes."""
    paint = style.paint
    return paint.background_clip[(len(paint.background_image) - 1) % len(paint.background_clip)]


def clips_to_text(style: ComputedStyle) -> bool:
    """Whether any layer, or the colour, is clipped to the text."""
    return GeometryBox.TEXT in style.paint.background_clip


def paint_background(
    context: PaintContext, style: ComputedStyle, area: BackgroundArea, color: Color, shrink: float = 0.0
) -> None:
    """All layers, the bottom one first; `color` is background-color or what takes its place.

    `shrink` > 0 pulls the colour in under an opaque border, so that it does not bleed out around round corners.
    """
    paint = style.paint
    if color.alpha > 0:
        shape = area.clip_edge(bottom_clip(style))
        if shrink > 0 and shape is area.shape:
            shape = shape.inset(Edges(shrink, shrink, shrink, shrink))
        fill(context, shape, color)
    blends = paint.background_blend_mode
    for index in range(len(paint.background_image) - 1, -1, -1):
        layer = background_layer(style, index)
        if layer is None:
            continue
        blend = blends[index % len(blends)]
        if blend != BlendMode.NORMAL:
            context.push_layer(LayerOptions(1.0, blend))
            paint_image_layer(context, style, layer, area)
            context.pop_layer()
        else:
            paint_image_layer(context, style, layer, area)


def fill(context: PaintContext, shape: RoundedRect, color: Color) -> None:
    """A rectangle, rounded or not."""
    if shape.rect.is_empty():
        return
    if shape.is_rounded():
        context.add(FillRoundedRect(shape, color))
    else:
        context.add(FillRect(shape.rect, color))


def _tile_size(
    context: PaintContext, layer: ImageLayer, natural: Size, ratio: float, positioning: Rect
) -> Size:
    """https://drafts.csswg.org/css-backgrounds-3/#the-background-size; natural sizes below 0 are not there."""
    size = layer.size
    width, height = positioning.width, positioning.height
    if size.cover or size.contain:
        if ratio <= 0:
            return Size(width, height)
        by_width = Size(width, width / ratio)
        is_taller = by_width.height > height
        if is_taller == size.cover:
            return Size(width, context.snap(by_width.height) if by_width.height >= 1 else by_width.height)
        wide = height * ratio
        return Size(context.snap(wide) if wide >= 1 else wide, height)
    auto_x, auto_y = size.width.is_auto(), size.height.is_auto()
    if not auto_x and not auto_y:
        return Size(_snapped_size(context, size.width, width), _snapped_size(context, size.height, height))
    if auto_x and auto_y:
        return default_object_size(natural, ratio, Size(width, height))
    if auto_x:
        tall = _snapped_size(context, size.height, height)
        if ratio > 0:
            return Size(tall * ratio, tall)
        return Size(natural.width if natural.width >= 0 else width, tall)
    wide = _snapped_size(context, size.width, width)
    if ratio > 0:
        return Size(wide, wide / ratio)
    return Size(wide, natural.height if natural.height >= 0 else height)


def _snapped_size(context: PaintContext, length: Length, basis: float) -> float:
    """Blink snaps tile sizes to whole device pixels, but never to none."""
    value = length.resolve(basis)
    snapped = context.snap(value)
    return snapped if snapped > 0 or value <= 0 else value


def default_object_size(natural: Size, ratio: float, area: Size) -> Size:
    """https://drafts.csswg.org/css-images-3/#default-sizing with no specified size."""
    if natural.width >= 0 and natural.height >= 0:
        return natural
    if natural.width >= 0:
        return Size(natural.width, natural.width / ratio if ratio > 0 else area.height)
    if natural.height >= 0:
        return Size(natural.height * ratio if ratio > 0 else area.width, natural.height)
    if ratio > 0:
        if area.height * ratio <= area.width:
            return Size(area.height * ratio, area.height)
        return Size(area.width, area.width / ratio)
    return area


def _along(
    repeat: BackgroundRepeat, tile: float, start: float, length: float, position: Length
) -> tuple[float, float, float]:
    """One axis: the tile's size, the first tile's place, and the step to the next (0: no repetition)."""
    if repeat == BackgroundRepeat.ROUND and tile > 0 and length > 0:
        count = max(1.0, math.floor(length / tile + 0.5))
        tile = length / count
        return tile, start, tile
    if repeat == BackgroundRepeat.SPACE and tile > 0:
        count = float(math.floor(length / tile + 1e-6))
        if count > 1:
            return tile, start, tile + (length - count * tile) / (count - 1)
        return tile, start + position.resolve(length - tile), 0.0
    at = start + position.resolve(length - tile)
    return tile, at, tile if repeat == BackgroundRepeat.REPEAT else 0.0


def paint_image_layer(
    context: PaintContext, style: ComputedStyle, layer: ImageLayer, area: BackgroundArea
) -> None:
    """One image with its size, position, repetition and clip."""
    scrolled = area.scrolled if layer.attachment == BackgroundAttachment.LOCAL else None
    if scrolled is not None and layer.clip == GeometryBox.BORDER_BOX:
        # https://drafts.csswg.org/css-backgrounds-3/#local0: what scrolls is not seen behind the border.
        clip = area.clip_edge(GeometryBox.PADDING_BOX)
    else:
        clip = area.clip_edge(layer.clip)
    if clip.rect.is_empty() or not context.is_visible(clip.rect):
        return
    # Inside a transform, fixed backgrounds scroll (css-transforms-1 section 2).
    if layer.attachment == BackgroundAttachment.FIXED and not context.is_transformed():
        positioning = Rect(0.0, 0.0, context.viewport.width, context.viewport.height)
    elif scrolled is not None:
        positioning = area.scrolled_origin(layer.origin, scrolled)
    else:
        positioning = area.origin_rect(layer.origin)
    natural, ratio = natural_size(context.images, layer.image, style)
    if natural.width == 0 or natural.height == 0:
        return
    size = _tile_size(context, layer, natural, ratio, positioning)
    if not (0 < size.width < math.inf and 0 < size.height < math.inf):
        return
    width, x, step_x = _along(layer.repeat_x, size.width, positioning.x, positioning.width, layer.position_x)
    height, y, step_y = _along(
        layer.repeat_y, size.height, positioning.y, positioning.height, layer.position_y
    )
    # `round` in one axis keeps the ratio where the other is auto.
    if layer.repeat_x == BackgroundRepeat.ROUND and layer.size.height.is_auto() and ratio > 0:
        if layer.repeat_y != BackgroundRepeat.ROUND and not (layer.size.cover or layer.size.contain):
            height, y, step_y = _along(
                layer.repeat_y, width / ratio, positioning.y, positioning.height, layer.position_y
            )
    elif layer.repeat_y == BackgroundRepeat.ROUND and layer.size.width.is_auto() and ratio > 0:
        if not (layer.size.cover or layer.size.contain):
            width, x, step_x = _along(
                layer.repeat_x, height * ratio, positioning.x, positioning.width, layer.position_x
            )
    source = resolve_image(context.images, layer.image, Size(width, height), style)
    if source is None:
        return
    tile = Rect(x, y, width, height)
    if clip.is_rounded():
        context.push_clip(clip)
        _emit(context, source, tile, step_x, step_y, clip.rect)
        context.pop_clip()
    else:
        _emit(context, source, tile, step_x, step_y, clip.rect)


def _emit(
    context: PaintContext, source: PaintSource, tile: Rect, step_x: float, step_y: float, area: Rect
) -> None:
    is_single_x = step_x <= 0 or (tile.x <= area.x and tile.right >= area.right)
    is_single_y = step_y <= 0 or (tile.y <= area.y and tile.bottom >= area.bottom)
    if is_single_x and is_single_y:
        if tile.x >= area.x and tile.y >= area.y and tile.right <= area.right and tile.bottom <= area.bottom:
            context.add(DrawImage(source, tile))
            return
        if tile.intersects(area):
            context.push_clip(RoundedRect(area))
            context.add(DrawImage(source, tile))
            context.pop_clip()
        return
    visible = area.intersection(context.cull)
    if not is_single_x and step_x > 0 and visible.width / step_x > MAX_TILES_SIDE:
        return
    if is_single_x:
        area = area.intersection(Rect(tile.x, area.y, tile.width, area.height))
    if is_single_y:
        area = area.intersection(Rect(area.x, tile.y, area.width, tile.height))
    if area.is_empty():
        return
    context.add(TileImage(source, tile, 0.0 if is_single_x else step_x, 0.0 if is_single_y else step_y, area))
