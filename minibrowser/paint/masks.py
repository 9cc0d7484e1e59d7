"""Coverage masks: 8-bit pictures of how much of each device pixel a shape covers."""

from __future__ import annotations

import math
from typing import Final, final

from PIL import Image, ImageFilter

from ..geometry import Rect
from ..limits import MAX_CACHED_MASKS
from .freetype_adapter import MAX_POINTS, FreeType
from .glyphs import GlyphCache
from .hairline import corner_hairline
from .path import Path
from .rounded_rect import Radii, RoundedRect
from .scan_conversion import polygon_of_path

Box = tuple[int, int, int, int]
"""left, top, right, bottom in device px."""

THRESHOLD: Final = [0] * 128 + [255] * 128
INVERT: Final = list(range(255, -1, -1))


def scaled_alpha(mask: Image.Image, alpha: int) -> Image.Image:
    """A mask times alpha / 255."""
    return mask.point([(value * alpha + 127) // 255 for value in range(256)])


@final
class MaskCache:
    """Fills paths, and keeps the masks that pages repeat: round corners, shadows."""

    def __init__(self, library: FreeType) -> None:
        self._library: Final = library
        self._masks: dict[tuple[object, ...], Image.Image] = {}

    def get(self, key: tuple[object, ...]) -> Image.Image | None:
        """A mask kept before."""
        return self._masks.get(key)

    def keep(self, key: tuple[object, ...], mask: Image.Image) -> Image.Image:
        """Keep a mask."""
        if len(self._masks) >= MAX_CACHED_MASKS:
            self._masks.clear()
        self._masks[key] = mask
        return mask

    def path(self, path: Path, box: Box, anti_alias: bool = True) -> Image.Image:
        """Coverage of a path (device px) over a box."""
        left, top, right, bottom = box
        size = (right - left, bottom - top)
        if not path.is_finite():
            return Image.new("L", size, 0)
        polygon = polygon_of_path(path)
        points = polygon.points
        moved: list[float] = []
        for index in range(0, len(points), 2):
            moved.append(points[index] - left)
            moved.append(points[index + 1] - top)
        ends = polygon.ends
        if len(moved) // 2 <= MAX_POINTS:
            mask = Image.frombytes(
                "L", size, self._library.fill(moved, polygon.tags, ends, size, path.even_odd)
            )
        else:
            mask = self._fill_in_parts(moved, ends, size, path.even_odd)
        return mask if anti_alias else mask.point(THRESHOLD)

    def _fill_in_parts(
        self, points: list[float], ends: list[int], size: tuple[int, int], even_odd: bool
    ) -> Image.Image:
        """More points than an outline may have: by groups of contours, which are taken not to overlap. A single
        contour that is too long is cut off."""
        mask = Image.new("L", size, 0)
        start = 0
        index = 0
        while index < len(ends):
            part: list[int] = []
            while index < len(ends) and (ends[index] - start < MAX_POINTS or not part):
                part.append(min(ends[index] - start, MAX_POINTS - 1))
                index += 1
            end = start + part[-1] + 1
            data = self._library.fill(
                points[2 * start : 2 * end], b"\x01" * (end - start), part, size, even_odd
            )
            mask.paste(255, (0, 0), Image.frombytes("L", size, data))
            start = ends[index - 1] + 1
        return mask

    def rounded_rect(self, shape: RoundedRect, box: Box) -> Image.Image:
        """Coverage of a rounded rectangle (device px) over a box."""
        path = Path()
        path.add_rounded_rect(shape)
        return self.path(path, box)

    def corner(self, width: int, height: int, rx: float, ry: float, index: int) -> Image.Image:
        """The box of a corner (0: top left, clockwise) with an elliptical cut, everything else covered."""
        key = ("corner", width, height, rx, ry, index)
        mask = self._masks.get(key)
        if mask is not None:
            return mask
        radii = [(0.0, 0.0)] * 4
        radii[index] = (rx, ry)
        x = 0.0 if index in (0, 3) else -rx - 1.0
        y = 0.0 if index in (0, 1) else -ry - 1.0
        shape = RoundedRect(
            Rect(x, y, width + rx + 1.0, height + ry + 1.0), Radii(radii[0], radii[1], radii[2], radii[3])
        )
        return self.keep(key, self.rounded_rect(shape, (0, 0, width, height)))

    def hairline_corner(self, radius: float, size: int, index: int) -> Image.Image:
        """A line of 1px along the inside of a round corner (0: top left, clockwise), over a square."""
        key = ("hairline", radius, size, index)
        mask = self._masks.get(key)
        if mask is not None:
            return mask
        mask = Image.frombytes("L", (size, size), corner_hairline(radius, size))
        if index in (1, 2):
            mask = mask.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        if index in (2, 3):
            mask = mask.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        return self.keep(key, mask)

    def shadow(self, width: int, height: int, radii: Radii, sigma: float, reach: int) -> Image.Image:
        """A blurred rounded rectangle, with `reach` px of room on each side. Large ones are nine-sliced."""
        largest = max(radii.key())
        # Past this distance from a corner nothing changes along the edge.
        corner = math.ceil(largest) + 2 * reach + 1
        small_width = min(width, 2 * corner + 1)
        small_height = min(height, 2 * corner + 1)
        key = ("shadow", small_width, small_height, radii.key(), sigma)
        mask = self._masks.get(key)
        if mask is None:
            shape = RoundedRect(
                Rect(float(reach), float(reach), float(small_width), float(small_height)), radii
            )
            size = (small_width + 2 * reach, small_height + 2 * reach)
            mask = self.rounded_rect(shape, (0, 0, size[0], size[1]))
            mask = mask.filter(ImageFilter.GaussianBlur(sigma))
            self.keep(key, mask)
        if small_width == width and small_height == height:
            return mask.copy()
        return stretch(mask, width + 2 * reach, height + 2 * reach)


def stretch(mask: Image.Image, width: int, height: int) -> Image.Image:
    """A mask made larger by repeating its middle column and row."""
    if mask.width != width:
        half = mask.width // 2
        wide = Image.new("L", (width, mask.height))
        wide.paste(mask.crop((0, 0, half, mask.height)), (0, 0))
        rest = mask.width - half - 1
        middle = mask.crop((half, 0, half + 1, mask.height)).resize(
            (width - half - rest, mask.height), Image.Resampling.NEAREST
        )
        wide.paste(middle, (half, 0))
        wide.paste(mask.crop((half + 1, 0, mask.width, mask.height)), (width - rest, 0))
        mask = wide
    if mask.height != height:
        half = mask.height // 2
        tall = Image.new("L", (width, height))
        tall.paste(mask.crop((0, 0, width, half)), (0, 0))
        rest = mask.height - half - 1
        middle = mask.crop((0, half, width, half + 1)).resize(
            (width, height - half - rest), Image.Resampling.NEAREST
        )
        tall.paste(middle, (0, half))
        tall.paste(mask.crop((0, half + 1, width, mask.height)), (0, height - rest))
        mask = tall
    return mask


@final
class RasterCache:
    """What rasterising keeps from one picture to the next: glyphs and masks. One for a session; not safe for
    two threads at a time."""

    def __init__(self) -> None:
        self.library: Final = FreeType()
        self.glyphs: Final = GlyphCache(self.library)
        self.masks: Final = MaskCache(self.library)
