"""The picture of a page.

Artifact: `Bitmap`.
"""

from __future__ import annotations

from typing import Final, final

from PIL import Image


@final
class Bitmap:
    """Pixels: RGB, or RGBA where the background was left out."""

    __slots__ = ("height", "image", "width")

    def __init__(self, image: Image.Image) -> None:
        self.image: Final = image
        self.width: Final = image.width
        self.height: Final = image.height

    def __repr__(self) -> str:
        return f"<Bitmap {self.width}x{self.height} {self.image.mode}>"
