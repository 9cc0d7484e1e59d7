"""What an image-shaped record shows: a decoded picture, a gradient, a plain colour, or a mix of these."""

from __future__ import annotations

from typing import Final, final

from ..css.values import Color
from ..geometry import Size
from ..image.resource import ImageResource
from .gradient_geometry import ResolvedGradient


class PaintSource:
    """Base of the kinds of pictures. Sizes come from the record that shows it."""

    def is_opaque(self) -> bool:
        """Whether no pixel lets the backdrop through, as far as is known without decoding."""
        return False


@final
class BitmapSource(PaintSource):
    """A decoded picture; `name` is for dumps. `pixelated`: scale by nearest neighbour."""

    def __init__(self, resource: ImageResource, name: str, pixelated: bool = False) -> None:
        self.resource: Final = resource
        self.name: Final = name
        self.pixelated: Final = pixelated

    def __repr__(self) -> str:
        return f'image "{self.name[:80]}"' + (" pixelated" if self.pixelated else "")


@final
class GradientSource(PaintSource):
    """A gradient resolved for a size, CSS px."""

    def __init__(self, gradient: ResolvedGradient, size: Size) -> None:
        self.gradient: Final = gradient
        self.size: Final = size

    def is_opaque(self) -> bool:
        return self.gradient.is_opaque()

    def __repr__(self) -> str:
        return repr(self.gradient)


@final
class ColorSource(PaintSource):
    """One colour everywhere: `image(red)`, a part of cross-fade()."""

    def __init__(self, color: Color) -> None:
        self.color: Final = color

    def is_opaque(self) -> bool:
        return self.color.alpha >= 1.0

    def __repr__(self) -> str:
        return self.color.as_rgb()


@final
class CrossFadeSource(PaintSource):
    """cross-fade(): sources with their shares, each stretched over the whole."""

    def __init__(self, parts: list[tuple[PaintSource, float]]) -> None:
        self.parts: Final = parts

    def __repr__(self) -> str:
        return "cross-fade(" + ", ".join(f"{source!r} {share:.3g}" for source, share in self.parts) + ")"
