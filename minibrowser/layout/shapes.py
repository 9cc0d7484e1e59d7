"""shape-outside: how far a float reaches in a band of lines (https://drafts.csswg.org/css-shapes-1/).

Shapes are kept in coordinates of the formatting context (line-left, block-start); those of vertical writing modes
are made in physical coordinates and turned.
"""

from __future__ import annotations

import math
from typing import Final, final

from ..css.computed_style import ComputedStyle
from ..css.values import CornerRadius, GeometryBox, Length, LengthKind, ShapeKind
from ..geometry import Edges, Rect
from ..limits import MAX_SHAPE_PIXELS
from .box import Box, BoxKind, Picture
from .exclusions import ExclusionShape
from .fragment import Fragment

EMPTY_START: Final = 1.0
EMPTY_END: Final = 0.0
"""Start after end: the shape does not reach into the band. NOTE: mypyc 2.4 cannot read a constant that is a tuple
of floats."""


@final
class EllipseShape(ExclusionShape):
    """A circle or an ellipse."""

    def __init__(self, cx: float, cy: float, rx: float, ry: float) -> None:
        self.cx: Final = cx
        self.cy: Final = cy
        self.rx: Final = rx
        self.ry: Final = ry

    def extent(self, block_start: float, block_end: float) -> tuple[float, float]:
        """The widest part of the band."""
        if self.rx <= 0.0 or self.ry <= 0.0:
            return EMPTY_START, EMPTY_END
        if block_start >= self.cy + self.ry or block_end <= self.cy - self.ry:
            return EMPTY_START, EMPTY_END
        distance = 0.0
        if block_start > self.cy:
            distance = block_start - self.cy
        elif block_end < self.cy:
            distance = self.cy - block_end
        half = self.rx * math.sqrt(max(0.0, 1.0 - (distance / self.ry) ** 2))
        return self.cx - half, self.cx + half


@final
class RoundedShape(ExclusionShape):
    """A rectangle with corners: (horizontal, vertical) radii from the top left one clockwise."""

    def __init__(self, rect: Rect, corners: tuple[tuple[float, float], ...]) -> None:
        self.rect: Final = rect
        self.corners: Final = corners

    def extent(self, block_start: float, block_end: float) -> tuple[float, float]:
        """The widest part of the band."""
        rect = self.rect
        if rect.is_empty() or block_start >= rect.bottom or block_end <= rect.y:
            return EMPTY_START, EMPTY_END
        left = self._inset(self.corners[0], self.corners[3], block_start, block_end)
        right = self._inset(self.corners[1], self.corners[2], block_start, block_end)
        return rect.x + left, rect.right - right

    def _inset(
        self, top: tuple[float, float], bottom: tuple[float, float], block_start: float, block_end: float
    ) -> float:
        """How far the edge of one side keeps back in the band."""
        rect = self.rect
        if top[1] > 0.0 and block_end < rect.y + top[1]:
            return _corner_inset(top, rect.y + top[1] - block_end)
        if bottom[1] > 0.0 and block_start > rect.bottom - bottom[1]:
            return _corner_inset(bottom, block_start - (rect.bottom - bottom[1]))
        return 0.0


def _corner_inset(radius: tuple[float, float], distance: float) -> float:
    return radius[0] * (1.0 - math.sqrt(max(0.0, 1.0 - (distance / radius[1]) ** 2)))


@final
class PolygonShape(ExclusionShape):
    """A polygon, moved outwards by `margin`."""

    def __init__(self, points: list[tuple[float, float]], margin: float) -> None:
        self.points: Final = points
        self.margin: Final = margin

    def extent(self, block_start: float, block_end: float) -> tuple[float, float]:
        """The widest part of the band."""
        low, high = block_start - self.margin, block_end + self.margin
        left, right = math.inf, -math.inf
        count = len(self.points)
        for index in range(count):
            x1, y1 = self.points[index]
            x2, y2 = self.points[(index + 1) % count]
            if y1 > y2:
                x1, y1, x2, y2 = x2, y2, x1, y1
            if y2 <= low or y1 >= high:
                continue
            if y2 > y1:
                if y1 < low:
                    x1 += (x2 - x1) * (low - y1) / (y2 - y1)
                    y1 = low
                if y2 > high:
                    x2 = x1 + (x2 - x1) * (high - y1) / (y2 - y1)
            left, right = min(left, x1, x2), max(right, x1, x2)
        if left > right:
            return EMPTY_START, EMPTY_END
        return left - self.margin, right + self.margin


@final
class RasterShape(ExclusionShape):
    """The pixels of a picture that are opaque enough: of each row of 1 px the first and the end of the last.

    `rows` start at `y`; empty rows start after their end. `margin` moves the shape outwards. `columns`: the pixels
    from top to bottom, from `x` on, where the shape is going to be turned.
    """

    def __init__(self, rows: list[tuple[float, float]], y: float, margin: float) -> None:
        self.rows: Final = rows
        self.y: Final = y
        self.margin: Final = margin
        self.columns: list[bytes] = []
        self.x: float = 0.0

    def extent(self, block_start: float, block_end: float) -> tuple[float, float]:
        """The widest part of the band."""
        margin = self.margin
        first = max(0, math.floor(block_start - margin - self.y))
        last = min(len(self.rows), math.ceil(block_end + margin - self.y))
        left, right = math.inf, -math.inf
        for index in range(first, last):
            start, end = self.rows[index]
            if start >= end:
                continue
            top = self.y + index
            distance = max(0.0, top - block_end, block_start - top - 1.0)
            reach = math.sqrt(max(0.0, margin * margin - distance * distance))
            left, right = min(left, start - reach), max(right, end + reach)
        if left > right:
            return EMPTY_START, EMPTY_END
        return left, right


@final
class Turn:
    """From physical coordinates of a float's margin box to a vertical formatting context's.

    `mirror_x`: the width of the margin box where lines go from right to left, else -1.0; `mirror_y`: its height
    where text runs upwards.
    """

    def __init__(self, inline: float, block: float, mirror_x: float, mirror_y: float) -> None:
        self.inline: Final = inline
        self.block: Final = block
        self.mirror_x: Final = mirror_x
        self.mirror_y: Final = mirror_y

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Inline and block coordinates of a point."""
        if self.mirror_x >= 0.0:
            x = self.mirror_x - x
        if self.mirror_y >= 0.0:
            y = self.mirror_y - y
        return self.inline + y, self.block + x

    def shape(self, shape: ExclusionShape) -> ExclusionShape:
        """The shape turned."""
        if isinstance(shape, EllipseShape):
            inline, block = self.point(shape.cx, shape.cy)
            return EllipseShape(inline, block, shape.ry, shape.rx)
        if isinstance(shape, PolygonShape):
            return PolygonShape([self.point(x, y) for x, y in shape.points], shape.margin)
        if isinstance(shape, RoundedShape):
            rect = shape.rect
            a = self.point(rect.x, rect.y)
            b = self.point(rect.right, rect.bottom)
            turned = [(vertical, horizontal) for horizontal, vertical in shape.corners]
            # Corner by (line-right?, block-end?), clockwise from the top left in the turned plane.
            corners: list[tuple[float, float]] = []
            for right, below in ((False, False), (True, False), (True, True), (False, True)):
                is_right = below != (self.mirror_x >= 0.0)
                is_bottom = right != (self.mirror_y >= 0.0)
                index = (2 if is_right else 3) if is_bottom else (1 if is_right else 0)
                corners.append(turned[index])
            area = Rect(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1]))
            return RoundedShape(area, tuple(corners))
        if isinstance(shape, RasterShape):
            columns = shape.columns
            at = self.point(shape.x, shape.y)
            inline, block = at
            if self.mirror_x >= 0.0:
                columns = columns[::-1]
                block -= len(columns)
            if self.mirror_y >= 0.0 and columns:
                inline -= len(columns[0])
                columns = [column[::-1] for column in columns]
            return RasterShape(_intervals(columns, inline), block, shape.margin)
        return shape


def _raster_shape(
    box: Box, picture: Picture, content: Rect, grow: float, is_horizontal: bool
) -> RasterShape | None:
    """https://drafts.csswg.org/css-shapes-1/#shapes-from-image"""
    style = box.style
    width, height = picture.natural_width, picture.natural_height
    if width < 0.0 or height < 0.0 or box.kind == BoxKind.REPLACED:
        width, height = content.width, content.height
    columns, lines = round(width), round(height)
    if columns <= 0 or lines <= 0 or columns * lines > MAX_SHAPE_PIXELS:
        return None
    data = picture.alpha(columns, lines)
    if len(data) < columns * lines:
        return None
    threshold = int(min(1.0, max(0.0, style.box.shape_image_threshold)) * 255.0)
    # 1 for a pixel that counts.
    data = data.translate(bytes([1 if value > threshold else 0 for value in range(256)]))
    lines_of = [data[line * columns : (line + 1) * columns] for line in range(lines)]
    shape = RasterShape(_intervals(lines_of, content.x), content.y, grow)
    if not is_horizontal:
        shape.columns = [data[column::columns] for column in range(columns)]
        shape.x = content.x
    return shape


def _intervals(lines: list[bytes], x: float) -> list[tuple[float, float]]:
    """From the first 1 of each line to the last, from `x` on."""
    rows: list[tuple[float, float]] = []
    for line in lines:
        start = line.find(1)
        rows.append((EMPTY_START, EMPTY_END) if start < 0 else (x + start, x + line.rfind(1) + 1))
    return rows


def float_shape(
    box: Box, margin_box: Rect, margin: Edges, fragment: Fragment, basis: float, is_horizontal: bool
) -> ExclusionShape | None:
    """The shape of a float whose margin box stands here; None where it is its margin box.

    `basis`: the containing block's inline size, for shape-margin; `is_horizontal`: its lines are.
    """
    style, border, padding = box.style, fragment.border, fragment.padding
    wish = style.box.shape_outside
    if wish is None or wish.kind == ShapeKind.PATH:
        return None
    border_box = margin_box.inset(margin)
    if wish.kind == ShapeKind.URL:
        if box.shape_picture is None:
            return None
        grow = max(0.0, style.box.shape_margin.resolve(basis))
        content = border_box.inset(border).inset(padding)
        return _raster_shape(box, box.shape_picture, content, grow, is_horizontal)
    reference = margin_box
    if wish.box == GeometryBox.BORDER_BOX:
        reference = border_box
    elif wish.box == GeometryBox.PADDING_BOX:
        reference = border_box.inset(border)
    elif wish.box == GeometryBox.CONTENT_BOX:
        reference = border_box.inset(border).inset(padding)
    grow = max(0.0, style.box.shape_margin.resolve(basis))
    kind = wish.kind
    if kind == ShapeKind.BOX:
        return _box_shape(style, reference, grow)
    width, height = reference.width, reference.height
    lengths = wish.lengths
    if kind == ShapeKind.CIRCLE or kind == ShapeKind.ELLIPSE:
        is_circle = kind == ShapeKind.CIRCLE
        at = 1 if is_circle else 2
        cx = lengths[at].resolve(width) if len(lengths) > at else width / 2.0
        cy = lengths[at + 1].resolve(height) if len(lengths) > at + 1 else height / 2.0
        if is_circle:
            diagonal = math.sqrt((width * width + height * height) / 2.0)
            rx = ry = _circle_radius(lengths[0], cx, cy, width, height, diagonal)
        else:
            rx = _radius(lengths[0], cx, width)
            ry = _radius(lengths[1], cy, height)
        return EllipseShape(reference.x + cx, reference.y + cy, rx + grow, ry + grow)
    if kind == ShapeKind.INSET:
        top, right = lengths[0].resolve(height), lengths[1].resolve(width)
        bottom, left = lengths[2].resolve(height), lengths[3].resolve(width)
        rect = Rect(
            reference.x + left - grow,
            reference.y + top - grow,
            max(0.0, width - left - right) + 2 * grow,
            max(0.0, height - top - bottom) + 2 * grow,
        )
        return RoundedShape(rect, _radii(wish.corners, width, height, grow))
    points: list[tuple[float, float]] = []
    for index in range(0, len(lengths) - 1, 2):
        points.append(
            (reference.x + lengths[index].resolve(width), reference.y + lengths[index + 1].resolve(height))
        )
    return PolygonShape(points, grow) if points else None


def _box_shape(style: ComputedStyle, reference: Rect, grow: float) -> ExclusionShape:
    """A box word alone: the box with the corners of border-radius."""
    paint = style.paint
    corners = (
        paint.border_top_left_radius,
        paint.border_top_right_radius,
        paint.border_bottom_right_radius,
        paint.border_bottom_left_radius,
    )
    # NOTE: Chromium takes border-radius as it stands, percentages of the reference box, for each of the boxes; the
    # specification would have the corners of the other boxes follow those of the border box
    # (https://drafts.csswg.org/css-shapes-1/#shapes-from-box-values).
    radii = [
        (horizontal + grow, vertical + grow) if horizontal > 0.0 and vertical > 0.0 else (0.0, 0.0)
        for horizontal, vertical in _radii(corners, reference.width, reference.height, 0.0)
    ]
    rect = Rect(
        reference.x - grow, reference.y - grow, reference.width + 2 * grow, reference.height + 2 * grow
    )
    return RoundedShape(rect, tuple(radii))


def _radii(
    corners: tuple[CornerRadius, ...], width: float, height: float, grow: float
) -> tuple[tuple[float, float], ...]:
    if len(corners) < 4:
        return ((grow, grow),) * 4 if grow > 0.0 else ((0.0, 0.0),) * 4
    radii: list[tuple[float, float]] = []
    for corner in corners:
        horizontal, vertical = corner.horizontal.resolve(width), corner.vertical.resolve(height)
        radii.append((horizontal + grow, vertical + grow))
    # https://drafts.csswg.org/css-backgrounds-3/#corner-overlap
    factor = 1.0
    for a, b, axis, size in ((0, 1, 0, width), (3, 2, 0, width), (0, 3, 1, height), (1, 2, 1, height)):
        total = radii[a][axis] + radii[b][axis]
        if total > size + 2 * grow and total > 0.0:
            factor = min(factor, (size + 2 * grow) / total)
    return tuple([(horizontal * factor, vertical * factor) for horizontal, vertical in radii])


def _radius(length: Length, center: float, size: float) -> float:
    if length.kind == LengthKind.MAX_CONTENT:
        return max(abs(center), abs(size - center))
    if not length.is_definite():
        return min(abs(center), abs(size - center))
    return max(0.0, length.resolve(size))


def _circle_radius(
    length: Length, cx: float, cy: float, width: float, height: float, diagonal: float
) -> float:
    if length.kind == LengthKind.MAX_CONTENT:
        return max(abs(cx), abs(width - cx), abs(cy), abs(height - cy))
    if not length.is_definite():
        return min(abs(cx), abs(width - cx), abs(cy), abs(height - cy))
    return max(0.0, length.resolve(diagonal))
