"""Rectangles, rings, paths, lines and shadows."""

from __future__ import annotations

import math

from PIL import Image, ImageChops

from .display_list import (
    BoxShadow,
    FillPath,
    FillRect,
    FillRing,
    FillRoundedRect,
    StrokePath,
)
from .filters import gaussian
from .masks import INVERT, through_table
from .path import Path
from .raster_canvas import (
    Ink,
    RasterCanvas,
    ink_of,
    intersect,
    is_empty,
    is_whole,
    outer_box,
)
from .rounded_rect import RoundedRect
from .stroker import stroke_outline


class ShapeRaster(RasterCanvas):
    """Draws shapes in one colour."""

    def fill_rect(self, item: FillRect) -> None:
        ink, alpha = ink_of(item.color)
        if self._is_axis_aligned():
            self._fill_device_rect(self.matrix.map_rect(item.rect), ink, alpha)
        else:
            path = Path()
            path.add_rect(item.rect)
            self._fill_device_path(path.transformed(self.matrix), ink, alpha)

    def fill_rounded_rect(self, item: FillRoundedRect) -> None:
        ink, alpha = ink_of(item.color)
        if not self._is_axis_aligned():
            path = Path()
            path.add_rounded_rect(item.shape)
            self._fill_device_path(path.transformed(self.matrix), ink, alpha)
            return
        shape = self._device_shape(item.shape)
        if not is_whole(shape.rect):
            path = Path()
            path.add_rounded_rect(shape)
            self._fill_device_path(path, ink, alpha)
            return
        self._fill_nine(shape, ink, alpha)

    def _fill_nine(self, shape: RoundedRect, ink: Ink, alpha: int) -> None:
        """A rounded rectangle on whole pixels: four corner masks and plain boxes between."""
        left, top, right, bottom = outer_box(shape.rect)
        if is_empty(intersect((left, top, right, bottom), self.clip.box)):
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
        ink, alpha = ink_of(item.color)
        if self._is_axis_aligned():
            outer, inner = self._device_shape(item.outer), self._device_shape(item.inner)
            if is_whole(outer.rect) and is_whole(inner.rect) and not inner.rect.is_empty():
                self._fill_whole_ring(outer, inner, ink, alpha)
                return
        path = Path()
        path.add_ring(item.outer, item.inner)
        self._fill_device_path(path.transformed(self.matrix), ink, alpha)

    def _fill_whole_ring(self, outer: RoundedRect, inner: RoundedRect, ink: Ink, alpha: int) -> None:
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
                box = intersect(strip, self.clip.box)
                if not is_empty(box):
                    self._fill_mask(box, ink, alpha, self._masks.path(path, box))
        self._fill_box((left, upper, in_left, lower), ink, alpha)
        self._fill_box((in_right, upper, right, lower), ink, alpha)

    def _hairline_ring(self, shape: RoundedRect, ink: Ink, alpha: int) -> bool:
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
        ink, alpha = ink_of(item.color)
        anti_alias = item.anti_alias or not self._is_axis_aligned()
        self._fill_device_path(item.path.transformed(self.matrix), ink, alpha, anti_alias)

    def stroke_path(self, item: StrokePath) -> None:
        ink, alpha = ink_of(item.color)
        self._fill_device_path(stroke_outline(item.path, item.stroke).transformed(self.matrix), ink, alpha)

    # --- Shadows ----------------------------------------------------------------------------------

    def box_shadow(self, item: BoxShadow) -> None:
        ink, alpha = ink_of(item.color)
        if not self._is_axis_aligned():
            self._turned_shadow(item, ink, alpha)
            return
        shape, box = self._device_shape(item.shape), self._device_shape(item.box)
        sigma = item.sigma * self._scale()
        if item.inset:
            self._inset_shadow(shape, box, sigma, ink, alpha)
        else:
            self._outer_shadow(shape, box, sigma, ink, alpha)

    def _outer_shadow(self, shape: RoundedRect, box: RoundedRect, sigma: float, ink: Ink, alpha: int) -> None:
        reach = math.ceil(sigma * 3)
        left, top, right, bottom = outer_box(shape.rect)
        area = (left - reach, top - reach, right + reach, bottom + reach)
        visible = intersect(area, self.clip.box)
        if is_empty(visible):
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
        hole = intersect(outer_box(box.rect), visible)
        if not is_empty(hole):
            inside = (
                self._masks.rounded_rect(box, hole) if box.is_rounded() or not is_whole(box.rect) else None
            )
            place = (hole[0] - visible[0], hole[1] - visible[1], hole[2] - visible[0], hole[3] - visible[1])
            mask.paste(0, place, inside)
        self._fill_mask(visible, ink, alpha, mask)

    def _inset_shadow(self, shape: RoundedRect, box: RoundedRect, sigma: float, ink: Ink, alpha: int) -> None:
        area = intersect(outer_box(box.rect), self.clip.box)
        if is_empty(area):
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
        if box.is_rounded() or not is_whole(box.rect):
            mask = ImageChops.multiply(mask, self._masks.rounded_rect(box, area))
        self._fill_mask(area, ink, alpha, mask)

    def _turned_shadow(self, item: BoxShadow, ink: Ink, alpha: int) -> None:
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
        wide = intersect(wide, (clip[0] - reach, clip[1] - reach, clip[2] + reach, clip[3] + reach))
        if is_empty(wide):
            return
        mask = self._masks.path(path, wide)
        if item.inset:
            mask = through_table(mask, INVERT)
        mask = gaussian(mask, sigma)
        inside = self._masks.path(box, wide)
        mask = ImageChops.multiply(mask, inside if item.inset else through_table(inside, INVERT))
        self._fill_mask(wide, ink, alpha, mask)
