"""Pictures of any height: rasterised in bands that go into the PNG one after the other.

A page of 100,000 px would take half a gigabyte as one bitmap; a band takes a few megabytes.
"""

from __future__ import annotations

import math
from typing import Final, final

from ..geometry import Rect
from .culling import backdrop_reach, within
from .display_list import DisplayList
from .encode import PngWriter
from .masks import RasterCache
from .pillow_rasterizer import PillowRasterizer

BAND_HEIGHT: Final = 1024
"""Device px: large enough that few items lie in two bands; a multiple of the dither pattern's 8."""


@final
class BandedPng:
    """A PNG file and how many bands it was drawn in."""

    __slots__ = ("bands", "data")

    def __init__(self, data: bytes, bands: int) -> None:
        self.data: Final = data
        self.bands: Final = bands


def png_in_bands(
    items: DisplayList,
    area: Rect,
    scale: float = 1.0,
    omit_background: bool = False,
    cache: RasterCache | None = None,
) -> BandedPng:
    """The area as a PNG file, without ever holding all of its pixels.

    The list is halved and halved again down to the bands, so that each record is looked at a few times, not once for
    each band.
    """
    rasterizer = PillowRasterizer(cache)
    width, height = max(1, round(area.width * scale)), max(1, round(area.height * scale))
    margin = math.ceil(backdrop_reach(items) * scale)
    writer = PngWriter(width, height, omit_background)
    bands = 0
    waiting: list[tuple[DisplayList, int, int]] = [(items, 0, height)]
    while waiting:
        part, top, bottom = waiting.pop()
        if bottom - top > BAND_HEIGHT:
            half = top + (bottom - top + 2 * BAND_HEIGHT - 1) // (2 * BAND_HEIGHT) * BAND_HEIGHT
            waiting.append((within(part, _rows(area, half - margin, bottom + margin, scale)), half, bottom))
            waiting.append((within(part, _rows(area, top - margin, half + margin, scale)), top, half))
            continue
        # What backdrop filters see around a band is drawn with it and cut off, by whole dither patterns and blur grids.
        above = min(top, (margin + 63) // 64 * 64)
        below = min(height - bottom, margin)
        seen = _rows(area, top - above, bottom + below, scale)
        image = rasterizer.rasterize(part, seen, scale, omit_background).image
        if above or below:
            image = image.crop((0, above, width, above + bottom - top))
        writer.add(image)
        bands += 1
    return BandedPng(writer.finish(), bands)


def _rows(area: Rect, top: int, bottom: int, scale: float) -> Rect:
    """Rows of device px as a part of the area."""
    return Rect(area.x, area.y + top / scale, area.width, (bottom - top) / scale)
