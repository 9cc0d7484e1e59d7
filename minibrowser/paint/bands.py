"""Pictures of any height: rasterised in bands that go into the PNG one after the other.

A page of 100,000 px would take half a gigabyte as one bitmap; a band takes a few megabytes.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final

from ..geometry import Rect
from .display_list import DisplayList
from .encode import PNG_LEVEL
from .masks import RasterCache
from .pillow_rasterizer import PillowRasterizer

BAND_HEIGHT: Final = 1024
"""Device px: large enough that few items lie in two bands."""
SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
RGB: Final = 2
RGBA: Final = 6
NO_FILTER: Final = b"\0"


def _chunk(kind: bytes, data: bytes) -> bytes:
    """https://www.w3.org/TR/png-3/#5Chunk-layout"""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))


def png_in_bands(
    items: DisplayList,
    area: Rect,
    scale: float = 1.0,
    omit_background: bool = False,
    cache: RasterCache | None = None,
) -> bytes:
    """The area as a PNG file, without ever holding all of its pixels.

    Filters that move or blur across the edge of a band see only what their own band holds around it.
    """
    rasterizer = PillowRasterizer(cache)
    width, height = max(1, round(area.width * scale)), max(1, round(area.height * scale))
    compressor = zlib.compressobj(PNG_LEVEL)
    color = RGBA if omit_background else RGB
    parts = [SIGNATURE, _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, color, 0, 0, 0))]
    top = 0
    while top < height:
        rows = min(BAND_HEIGHT, height - top)
        band = Rect(area.x, area.y + top / scale, area.width, rows / scale)
        image = rasterizer.rasterize(items.within(band), band, scale, omit_background).image
        pixels = memoryview(image.tobytes())
        stride = len(pixels) // rows
        lines: list[bytes | memoryview] = []
        for row in range(rows):
            lines.append(NO_FILTER)
            lines.append(pixels[row * stride : (row + 1) * stride])
        data = compressor.compress(b"".join(lines))
        if data:
            parts.append(_chunk(b"IDAT", data))
        top += rows
    parts.append(_chunk(b"IDAT", compressor.flush()))
    parts.append(_chunk(b"IEND", b""))
    return b"".join(parts)
