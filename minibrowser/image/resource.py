"""A picture as layout and paint see it: natural dimensions now, pixels when they are first painted."""

from __future__ import annotations

import io
import warnings
from abc import ABC, abstractmethod
from typing import Final, TypeAlias, final

from PIL import Image

from ..errors import ImageError
from ..geometry import Edges
from ..limits import MAX_KEPT_PIXELS

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

    def overflowing(self, width: float, height: float) -> OverflowingPicture | None:
        """What is drawn where nothing clips to its width x height CSS px; None where that is not more."""
        return None

    def unoriented(self) -> ImageResource:
        """The picture as it is stored, for `image-orientation: none`; itself where its file says nothing of that."""
        return self

    def forget(self) -> None:  # noqa: B027 - pictures that keep little have nothing to forget
        """Let go of decoded pixels: they can be had again."""


class OverflowingPicture(ImageResource):
    """A picture with what reaches beyond its edges: how far, CSS px."""

    edges: Edges


@final
class PixelBudget:
    """How many decoded pixels a document keeps: the pictures asked for longest ago forget theirs first."""

    def __init__(self, most: int = MAX_KEPT_PIXELS) -> None:
        self._most: Final = most
        self._kept: Final[dict[ImageResource, int]] = {}
        self._total = 0

    @property
    def kept(self) -> int:
        """Pixels that are kept now."""
        return self._total

    def keep(self, picture: ImageResource, pixels: int) -> None:
        """A picture has decoded its pixels, or shows them again. The newest is kept whatever its size."""
        self._total += pixels - self._kept.pop(picture, 0)
        self._kept[picture] = pixels
        while self._total > self._most and len(self._kept) > 1:
            oldest = next(iter(self._kept))
            self._total -= self._kept.pop(oldest)
            oldest.forget()


def encoded_size(data: bytes) -> tuple[int, int]:
    """Width and height by the header of a PNG, JPEG, GIF or WebP file; (0, 0) for anything else."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of large pictures; those who ask have a limit of their own.
            warnings.simplefilter("ignore")
            return Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP")).size
    except Image.DecompressionBombError:
        return 1 << 30, 1 << 30
    except (OSError, ValueError, SyntaxError):
        return 0, 0


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
