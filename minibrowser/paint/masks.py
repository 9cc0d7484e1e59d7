"""Coverage masks: 8-bit pictures of how much of each device pixel a shape covers."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final, final

from PIL import Image, ImageFilter

from ..geometry import Rect
from ..limits import MAX_CACHED_MASKS, MAX_CACHED_RASTER_FACES
from .freetype_adapter import MAX_POINTS, FreeType
from .glyphs import GlyphCache
from .hairline import corner_hairline
from .path import Path
from .rounded_rect import Radii, RoundedRect
from .scan_conversion import polygon_of_path

Box = tuple[int, int, int, int]
"""left, top, right, bottom in device px."""

THRESHOLD: Final = bytes([0] * 128 + [255] * 128)
INVERT: Final = bytes(range(255, -1, -1))


@lru_cache(maxsize=256)
def alpha_table(alpha: int) -> bytes:
    """Each level times alpha / 255."""
    return bytes([(value * alpha + 127) // 255 for value in range(256)])


def scaled_alpha(mask: Image.Image, alpha: int) -> Image.Image:
    """A mask times alpha / 255."""
    return through_table(mask, alpha_table(alpha))


def through_table(mask: Image.Image, table: bytes) -> Image.Image:
    """A mask with its levels replaced. OPTIMIZATION: bytes.translate is several times faster than Image.point
    for the small masks that pages are made of."""
    return Image.frombytes("L", mask.size, mask.tobytes().translate(table))


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
        if len(polygon.tags) <= MAX_POINTS:
            mask = Image.frombytes("L", size, self._library.fill(polygon, box, 0.0, path.even_odd))
        else:
            mask = self._fill_in_parts(path, box)
        return mask if anti_alias else through_table(mask, THRESHOLD)

    def _fill_in_parts(self, path: Path, box: Box) -> Image.Image:
        """More points than an outline may have: contour by contour, which are taken not to overlap."""
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        for contour in path.subpaths():
            data = self._library.fill(polygon_of_path(contour), box, 0.0, False)
            mask.paste(255, (0, 0), Image.frombytes("L", mask.size, data))
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

    def is_full(self) -> bool:
        """Whether so many fonts are open that it is time for another one: they are closed with it."""
        return self.glyphs.face_count > MAX_CACHED_RASTER_FACES
