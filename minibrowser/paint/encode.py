"""Bitmaps to bytes: PNG, JPEG, WebP, AVIF."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image

from ..errors import ImageError, UsageError
from .bitmap import Bitmap

PNG_LEVEL: Final = 1
"""zlib-ng's levels 1 to 5 differ by under a tenth in time on page-like pictures; 1 is the fastest."""

DEFAULT_QUALITY: Final = {"jpeg": 80, "webp": 80, "avif": 75}
FORMATS: Final = ("png", "jpeg", "webp", "avif")


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
