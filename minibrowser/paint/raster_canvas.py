"""The state of a drawing: surface, matrix, clips; and the primitive that everything reduces to.

A colour or a picture, through an optional coverage mask, inside the clips in force. Device px.
"""

from __future__ import annotations

import math
from typing import Final, final

from PIL import Image, ImageChops

from ..css.values import Color
from ..geometry import Matrix, Rect
from .display_list import (
    Player,
    PopClip,
    PopTransform,
    PushClip,
    PushClipPath,
    PushTransform,
)
from .masks import MaskCache, RasterCache, scaled_alpha
from .path import Path
from .rounded_rect import SQUARE, Radii, RoundedRect
from .surface import Box, Surface, spread_alpha

SNAP_TOLERANCE: Final = 1 / 256
"""Device px: an edge this near to a pixel boundary is taken to lie on it."""
MAX_SCALE: Final = 1e4
"""Beyond, a transform shows one point of a box all over the picture."""

Ink = tuple[int, int, int, int]
"""Red, green, blue and 255."""


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


def intersect(a: Box, b: Box) -> Box:
    left, top = max(a[0], b[0]), max(a[1], b[1])
    return left, top, max(left, min(a[2], b[2])), max(top, min(a[3], b[3]))


def is_empty(box: Box) -> bool:
    return box[2] <= box[0] or box[3] <= box[1]


def clamp(value: float) -> float:
    """Within what fits a machine integer; not-a-number is 0."""
    if value != value:
        return 0.0
    return min(1e8, max(-1e8, value))


def outer_box(rect: Rect) -> Box:
    """The whole pixels that a rectangle touches."""
    return (
        math.floor(clamp(rect.x) + SNAP_TOLERANCE),
        math.floor(clamp(rect.y) + SNAP_TOLERANCE),
        math.ceil(clamp(rect.x + rect.width) - SNAP_TOLERANCE),
        math.ceil(clamp(rect.y + rect.height) - SNAP_TOLERANCE),
    )


def is_whole(rect: Rect) -> bool:
    """Whether all edges lie on pixel boundaries."""
    for value in (rect.x, rect.y, rect.x + rect.width, rect.y + rect.height):
        value = clamp(value)
        if abs(value - math.floor(value + 0.5)) > SNAP_TOLERANCE:
            return False
    return True


def ink_of(color: Color) -> tuple[Ink, int]:
    red, green, blue, alpha = color.rgba8()
    return (red, green, blue, 255), alpha


def bands(start: float, end: float) -> list[tuple[int, int, float]]:
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


class RasterCanvas(Player):
    """Where records are drawn: the state, and the one primitive.

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

    # --- The primitive ----------------------------------------------------------------------------

    def _fill_box(self, box: Box, ink: Ink, alpha: int) -> None:
        """A box in one colour."""
        clip = self.clip
        box = intersect(box, clip.box)
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
            inside = intersect(box, self.clip.box)
            if is_empty(inside):
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
        inside = intersect(box, self.clip.box)
        if is_empty(inside):
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
        inside = intersect(box, self.clip.box)
        if is_empty(inside):
            return
        if self.clip.masks and self._clip_coverage(inside) is not None:
            self._draw_picture(image, box)
            return
        if inside != box:
            image = image.crop(
                (inside[0] - box[0], inside[1] - box[1], inside[2] - box[0], inside[3] - box[1])
            )
        self.surface.put(image, inside)

    # --- Device px --------------------------------------------------------------------------------

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

    def _scale(self) -> float:
        """How much the matrix enlarges, as one number."""
        scale = math.sqrt(abs(self.matrix.determinant()))
        return min(scale, MAX_SCALE) if scale == scale else 0.0

    def _fill_device_rect(self, rect: Rect, ink: Ink, alpha: int) -> None:
        """A rectangle; edges between pixels are anti-aliased."""
        if not (rect.width > 0 and rect.height > 0):
            return
        left, top, right, bottom = outer_box(rect)
        if is_whole(rect):
            self._fill_box((left, top, right, bottom), ink, alpha)
            return
        for x0, x1, x_cover in bands(clamp(rect.x), clamp(rect.right)):
            for y0, y1, y_cover in bands(clamp(rect.y), clamp(rect.bottom)):
                self._fill_box((x0, y0, x1, y1), ink, int(alpha * x_cover * y_cover + 0.5))

    def _fill_device_path(self, path: Path, ink: Ink, alpha: int, anti_alias: bool = True) -> None:
        box = intersect(outer_box(path.bounds()), self.clip.box)
        if is_empty(box) or alpha <= 0:
            return
        self._fill_mask(box, ink, alpha, self._masks.path(path, box, anti_alias))

    # --- Clips ------------------------------------------------------------------------------------

    def push_clip(self, item: PushClip) -> None:
        self._clips.append(self.clip)
        if not self._is_axis_aligned():
            path = Path()
            path.add_rounded_rect(item.shape)
            self._clip_to_path(path)
            return
        shape = self._device_shape(item.shape)
        whole = is_whole(shape.rect)
        box = intersect(outer_box(shape.rect), self.clip.box)
        if is_empty(box) or (whole and not shape.is_rounded()):
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
        box = intersect(outer_box(device.bounds()), self.clip.box)
        if is_empty(box):
            self.clip = ClipState(box, self.clip.masks)
            return
        mask = ClipMask(self._masks.path(device, box), box, [box])
        self.clip = ClipState(box, (*self.clip.masks, mask))

    def pop_clip(self, item: PopClip) -> None:
        self.clip = self._clips.pop()

    # --- Transforms -------------------------------------------------------------------------------

    def push_transform(self, item: PushTransform) -> None:
        self._matrices.append(self.matrix)
        self.matrix = self.matrix.times(item.matrix)

    def pop_transform(self, item: PopTransform) -> None:
        self.matrix = self._matrices.pop()
