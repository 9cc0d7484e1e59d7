"""Pixels being drawn: premultiplied, four bytes each, the fourth being alpha.

The Pillow mode is RGBX: in it pasting a colour through a mask mixes all four bytes alike, which for
premultiplied pixels is just "source over"; in RGBA and RGBa Pillow treats alpha specially.
"""

from __future__ import annotations

from typing import Any, Final, final

from PIL import Image

Box = tuple[int, int, int, int]


def reinterpret(image: Image.Image, mode: str) -> Image.Image:
    """The same four bytes for each pixel under another mode's name.

    OPTIMIZATION: Pillow's Arrow exchange shares the memory (4 µs); pictures in several blocks are copied.
    """
    try:
        return Image.fromarrow(image, mode, image.size)
    except ValueError:
        return Image.merge(mode, image.split()[: Image.getmodebands(mode)])


def alpha_of(image: Image.Image) -> Image.Image:
    """The fourth band."""
    return image.getchannel(3)


def spread_alpha(alpha: Image.Image) -> Image.Image:
    """A picture with alpha in all four bands."""
    return Image.merge("RGBX", (alpha, alpha, alpha, alpha))


@final
class Surface:
    """A picture whose pixel (0, 0) is the device pixel (left, top)."""

    __slots__ = ("bottom", "core", "image", "left", "right", "top")

    def __init__(self, box: Box, ink: tuple[int, int, int, int] = (0, 0, 0, 0)) -> None:
        self.left: Final = box[0]
        self.top: Final = box[1]
        self.right: Final = box[2]
        self.bottom: Final = box[3]
        self.image: Image.Image = Image.new("RGBX", (box[2] - box[0], box[3] - box[1]), ink)
        self.core: Any = self.image.im

    def replace(self, image: Image.Image) -> None:
        """Take another picture of the same size."""
        self.image = image
        self.core = image.im

    def box(self) -> Box:
        """Its place."""
        return self.left, self.top, self.right, self.bottom

    def crop(self, box: Box) -> Image.Image:
        """A copy of a part, in device px."""
        return self.image.crop((box[0] - self.left, box[1] - self.top, box[2] - self.left, box[3] - self.top))

    def put(self, image: Image.Image, box: Box) -> None:
        """Replace a part."""
        self.image.paste(image, (box[0] - self.left, box[1] - self.top))

    def over(self, image: Image.Image, box: Box) -> None:
        """Composite a premultiplied RGBX or RGBa picture onto a part."""
        source = image if image.mode == "RGBa" else reinterpret(image, "RGBa")
        self.core.paste(
            source.im,
            (box[0] - self.left, box[1] - self.top, box[2] - self.left, box[3] - self.top),
            source.im,
        )
