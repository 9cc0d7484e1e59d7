"""border-image (https://drafts.csswg.org/css-backgrounds-3/#border-images)."""

from __future__ import annotations

import math

from ...css.keywords import BorderImageRepeat
from ...css.values import Length, LengthKind
from ...geometry import Edges, Rect, Size
from ..box_shape import BoxShape
from ..display_list import DrawImage, TileImage
from ..paint_context import PaintContext
from ..paint_source import PaintSource
from .background import default_object_size
from .images import natural_size, resolve_image


def _side(length: Length, border: float, basis: float, natural: float) -> float:
    """border-image-width or -outset of one side: a number counts border widths, auto the slice."""
    if length.kind == LengthKind.NUMBER:
        return length.px * border
    if length.is_auto():
        return natural
    return length.resolve(basis)


def _slice(length: Length, basis: float) -> float:
    value = length.px if length.kind == LengthKind.NUMBER else length.resolve(basis)
    return min(max(0.0, value), basis)


def paint_border_image(context: PaintContext, shape: BoxShape) -> bool:
    """Draw it; False where the image is not there, and the border styles are drawn instead."""
    style = shape.style
    paint = style.paint
    image = paint.border_image_source
    if image is None:
        return False
    border = shape.border
    outer = shape.border_edge.rect
    outset = paint.border_image_outset
    area = outer.outset(
        Edges(
            _side(outset[0], border.top, 0.0, 0.0),
            _side(outset[1], border.right, 0.0, 0.0),
            _side(outset[2], border.bottom, 0.0, 0.0),
            _side(outset[3], border.left, 0.0, 0.0),
        )
    )
    natural, ratio = natural_size(context.images, image, style)
    size = default_object_size(natural, ratio, Size(area.width, area.height))
    source = resolve_image(context.images, image, size, style)
    if source is None or size.width <= 0 or size.height <= 0:
        return False
    cut = paint.border_image_slice
    slices = Edges(
        _slice(cut[0], size.height),
        _slice(cut[1], size.width),
        _slice(cut[2], size.height),
        _slice(cut[3], size.width),
    )
    width = paint.border_image_width
    widths = Edges(
        max(0.0, _side(width[0], border.top, area.height, slices.top)),
        max(0.0, _side(width[1], border.right, area.width, slices.right)),
        max(0.0, _side(width[2], border.bottom, area.height, slices.bottom)),
        max(0.0, _side(width[3], border.left, area.width, slices.left)),
    )
    # Too wide sides shrink together: css-backgrounds-3 section 6.3.
    factor = 1.0
    if widths.horizontal > area.width and widths.horizontal > 0:
        factor = area.width / widths.horizontal
    if widths.vertical > area.height and widths.vertical > 0:
        factor = min(factor, area.height / widths.vertical)
    if factor < 1:
        widths = Edges(
            widths.top * factor, widths.right * factor, widths.bottom * factor, widths.left * factor
        )
    _NinePieces(context, source, size, area, slices, widths).paint(
        paint.border_image_repeat[0], paint.border_image_repeat[1], paint.border_image_fill
    )
    return True


class _NinePieces:
    """The nine regions of a border image."""

    def __init__(
        self,
        context: PaintContext,
        source: PaintSource,
        size: Size,
        area: Rect,
        slices: Edges,
        widths: Edges,
    ) -> None:
        self.context = context
        self.source = source
        self.size = size
        self.area = area
        self.slices = slices
        self.widths = widths

    def paint(self, repeat_x: BorderImageRepeat, repeat_y: BorderImageRepeat, fills: bool) -> None:
        """Corners, edges and, with `fill`, the middle."""
        area, cut, widths, size = self.area, self.slices, self.widths, self.size
        middle_width = area.width - widths.left - widths.right
        middle_height = area.height - widths.top - widths.bottom
        cut_width = size.width - cut.left - cut.right
        cut_height = size.height - cut.top - cut.bottom
        stretch = BorderImageRepeat.STRETCH
        xs = (area.x, area.x + widths.left, area.right - widths.right)
        ys = (area.y, area.y + widths.top, area.bottom - widths.bottom)
        dest_widths = (widths.left, middle_width, widths.right)
        dest_heights = (widths.top, middle_height, widths.bottom)
        source_xs = (0.0, cut.left, size.width - cut.right)
        source_ys = (0.0, cut.top, size.height - cut.bottom)
        source_widths = (cut.left, cut_width, cut.right)
        source_heights = (cut.top, cut_height, cut.bottom)
        # How much a repeated middle is scaled: as its corner-side neighbours are.
        top_scale = widths.top / cut.top if cut.top > 0 else 0.0
        bottom_scale = widths.bottom / cut.bottom if cut.bottom > 0 else 0.0
        left_scale = widths.left / cut.left if cut.left > 0 else 0.0
        right_scale = widths.right / cut.right if cut.right > 0 else 0.0
        for row in range(3):
            for column in range(3):
                if row == 1 and column == 1 and not fills:
                    continue
                dest = Rect(xs[column], ys[row], dest_widths[column], dest_heights[row])
                part = Rect(source_xs[column], source_ys[row], source_widths[column], source_heights[row])
                if dest.is_empty() or part.is_empty():
                    continue
                across = repeat_x if column == 1 else stretch
                down = repeat_y if row == 1 else stretch
                scale_x, scale_y = 1.0, 1.0
                if column == 1:
                    scale_x = (top_scale or bottom_scale or 1.0) if row != 2 else (bottom_scale or 1.0)
                if row == 1:
                    scale_y = (left_scale or right_scale or 1.0) if column != 2 else (right_scale or 1.0)
                self._piece(dest, part, (across, down), (scale_x, scale_y))

    def _piece(
        self,
        dest: Rect,
        part: Rect,
        repeats: tuple[BorderImageRepeat, BorderImageRepeat],
        scales: tuple[float, float],
    ) -> None:
        size = self.size
        fraction = Rect(
            part.x / size.width, part.y / size.height, part.width / size.width, part.height / size.height
        )
        stretch = BorderImageRepeat.STRETCH
        if repeats[0] == stretch and repeats[1] == stretch:
            self.context.add(DrawImage(self.source, dest, fraction))
            return
        x, width, step_x = _tiles(repeats[0], dest.x, dest.width, part.width * scales[0])
        y, height, step_y = _tiles(repeats[1], dest.y, dest.height, part.height * scales[1])
        if width <= 0 or height <= 0:
            return
        tile = Rect(x, y, width, height)
        self.context.add(TileImage(self.source, tile, step_x, step_y, dest, fraction))


def _tiles(repeat: BorderImageRepeat, start: float, length: float, tile: float) -> tuple[float, float, float]:
    """The first tile's place, its size and the step, along one axis."""
    if repeat == BorderImageRepeat.STRETCH or tile <= 0:
        return start, length, length
    if repeat == BorderImageRepeat.ROUND:
        count = max(1.0, math.floor(length / tile + 0.5))
        return start, length / count, length / count
    if repeat == BorderImageRepeat.SPACE:
        count = float(math.floor(length / tile + 1e-6))
        if count < 1:
            return start, 0.0, 0.0
        gap = (length - count * tile) / (count + 1)
        return start + gap, tile, tile + gap
    # repeat: one tile is centred.
    return start + (length - tile) / 2, tile, tile
