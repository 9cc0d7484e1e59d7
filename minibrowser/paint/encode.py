"""Bitmaps to bytes: PNG, JPEG, WebP, AVIF."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Final, final

from PIL import Image, ImageChops

from ..errors import ImageError, UsageError
from .bitmap import Bitmap

PNG_LEVEL: Final = 1
"""zlib-ng's levels 1 to 5 differ by under a tenth in time on page-like pictures; 1 is the fastest."""

DEFAULT_QUALITY: Final = {"jpeg": 80, "webp": 80, "avif": 75}
FORMATS: Final = ("png", "jpeg", "webp", "avif")
SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
RGB: Final = 2
RGBA: Final = 6
UP: Final = b"\2"
"""https://www.w3.org/TR/png-3/#9Filter-types: a row as its difference from the row above."""


def encode(bitmap: Bitmap, format_: str, quality: int | None = None) -> bytes:
    """The picture as a file.

    Args:
        format_: one of FORMATS.
        quality: 0 to 100 for all but png; None for what browsers use.

    Raises:
        UsageError: an unknown format; ImageError: the encoder refuses the picture (its size, mostly).
    """
    image = bitmap.image
    buffer = io.BytesIO()
    if format_ not in FORMATS:
        raise UsageError(f"unknown picture format {format_!r}: it must be one of {', '.join(FORMATS)}")
    chosen = DEFAULT_QUALITY.get(format_, 0) if quality is None else quality
    try:
        if format_ == "png":
            image.save(buffer, "PNG", compress_level=PNG_LEVEL)
        elif format_ == "jpeg":
            if image.mode != "RGB":
                flat = Image.new("RGB", image.size, (255, 255, 255))
                flat.paste(image, (0, 0), image)
                image = flat
            image.save(buffer, "JPEG", quality=chosen)
        elif format_ == "webp":
            image.save(buffer, "WEBP", quality=chosen, method=2)
        else:
            image.save(buffer, "AVIF", quality=chosen, speed=8)
    except (OSError, ValueError, KeyError) as error:
        raise ImageError(f"the picture cannot be encoded as {format_}: {error}") from error
    return buffer.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    """https://www.w3.org/TR/png-3/#5Chunk-layout"""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))


@final
class PngWriter:
    """A PNG file that grows by bands of rows. 8 bits, RGB or RGBA."""

    def __init__(self, width: int, height: int, has_alpha: bool) -> None:
        color = RGBA if has_alpha else RGB
        header = struct.pack(">IIBBBBB", width, height, 8, color, 0, 0, 0)
        # OPTIMIZATION: what BytesIO gives at the end is its own memory, not a copy.
        self._file: Final = io.BytesIO()
        self._file.write(SIGNATURE + _chunk(b"IHDR", header))
        self._compressor: Final = zlib.compressobj(PNG_LEVEL)
        self._above: Image.Image | None = None  # the last row written

    def add(self, band: Image.Image) -> None:
        """The next rows."""
        width, height = band.size
        above = Image.new(band.mode, band.size)
        above.paste(band, (0, 1))
        if self._above is not None:
            above.paste(self._above, (0, 0))
        self._above = band.crop((0, height - 1, width, height))
        pixels = memoryview(ImageChops.subtract_modulo(band, above).tobytes())
        stride = len(pixels) // height
        lines: list[bytes | memoryview] = []
        for row in range(height):
            lines.append(UP)
            lines.append(pixels[row * stride : (row + 1) * stride])
        data = self._compressor.compress(b"".join(lines))
        if data:
            self._file.write(_chunk(b"IDAT", data))

    def finish(self) -> bytes:
        """The file."""
        self._file.write(_chunk(b"IDAT", self._compressor.flush()))
        self._file.write(_chunk(b"IEND", b""))
        return self._file.getvalue()
