"""A picture as layout and paint see it: natural dimensions now, pixels when they are first painted."""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from typing import Final, TypeAlias

from PIL import Image

from minibrowser.errors import ImageError

Pixels: TypeAlias = Image.Image
"""Pixels in memory: RGB or RGBA."""

NO_DIMENSION: Final = -1.0
"""No natural width or height: https://drafts.csswg.org/css-images-3/#natural-dimensions"""

NO_RATIO: Final = 0.0
"""No natural aspect ratio."""


class ImageResource(ABC):
    """One picture. natural_width and natural_height are CSS px (-1.0 for none), natural_ratio is
    width / height (0.0 for none). A raster picture always has all three.
    """

    natural_width: float
    natural_height: float
    natural_ratio: float
    is_svg: bool

    @abstractmethod
    def bitmap(self, width: int, height: int) -> Pixels:
        """The pixels for an area of width x height device px, as an RGB or RGBA image.

        An SVG is drawn at just that size. A raster picture comes at its natural size (a big JPEG that is
        shown small may come at a size between): the painter scales it. Raises ImageError.
        """


def pixels_from_png(data: bytes) -> Pixels:
    """The RGBA pixels of a PNG made by a renderer of ours. Raises ImageError."""
    try:
        image = Image.open(io.BytesIO(data), formats=("PNG",))
        return image.convert("RGBA")
    except (OSError, ValueError, SyntaxError) as error:
        raise ImageError(f"a drawn picture cannot be read: {error}") from error


def transparent() -> Pixels:
    """A pixel of nothing, for a picture that shows none."""
    return Image.new("RGBA", (1, 1), (0, 0, 0, 0))
