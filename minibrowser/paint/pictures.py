"""Pictures with what painting needs of them, and the store that url() values are looked up in."""

from __future__ import annotations

from typing import Final, final

from ..css.image_values import Gradient
from ..errors import ImageError
from ..geometry import IDENTITY, Size
from ..image.resource import ImageResource
from ..image.svg_reference import SvgReference
from ..layout.box import Picture
from .gradient_geometry import resolve_gradient
from .gradient_raster import draw_gradient


@final
class ImagePicture(Picture):
    """The picture of a replaced box: `<img>`, `<video poster>`, inline `<svg>`, `content: url()` ...

    `density` is image px for one CSS px, as `srcset` and image-set() say.
    """

    def __init__(self, resource: ImageResource, density: float = 1.0, name: str = "") -> None:
        factor = density if density > 0 else 1.0
        width, height = resource.natural_width, resource.natural_height
        super().__init__(
            width / factor if width >= 0 else -1.0,
            height / factor if height >= 0 else -1.0,
            resource.natural_ratio,
        )
        self.resource: Final = resource
        self.density: Final = factor
        self.name: Final = name

    def at_resolution(self, resolution: float) -> Picture:
        """Drawings keep their size, as in Blink."""
        if self.resource.is_svg or resolution <= 0.0:
            return self
        return ImagePicture(self.resource, resolution, self.name)

    def unoriented(self) -> Picture:
        """As the file has it, whatever it says of its orientation."""
        plain = self.resource.unoriented()
        return self if plain is self.resource else ImagePicture(plain, self.density, self.name)

    def alpha(self, width: int, height: int) -> bytes:
        """The opacity of each pixel at this size."""
        if width <= 0 or height <= 0:
            return b""
        try:
            image = self.resource.bitmap(width, height)
        except ImageError:
            return b""  # a picture that cannot be decoded has no shape
        if image.mode != "RGBA":
            return bytes([255]) * (width * height)
        alpha = image.getchannel("A")
        if alpha.size != (width, height):
            alpha = alpha.resize((width, height))
        return alpha.tobytes()


@final
class GradientPicture(Picture):
    """A gradient as the shape that text flows around: it has no size of its own."""

    def __init__(self, gradient: Gradient) -> None:
        super().__init__(-1.0, -1.0, 0.0)
        self.gradient: Final = gradient

    def alpha(self, width: int, height: int) -> bytes:
        """The opacity of each pixel at this size."""
        if width <= 0 or height <= 0:
            return b""
        resolved = resolve_gradient(self.gradient, Size(float(width), float(height)))
        return draw_gradient(resolved, IDENTITY, width, height).getchannel(3).tobytes()


@final
class ImageStore:
    """Decoded pictures by absolute URL."""

    def __init__(self, images: dict[str, ImageResource] | None = None) -> None:
        self._images: dict[str, ImageResource] = {} if images is None else images
        self.references: Final[dict[str, SvgReference]] = {}
        """Elements of SVG in the page that styles name by url(#id), by just that address."""

    def reference(self, url: str) -> SvgReference | None:
        """The clip path, mask or filter of this address."""
        return self.references.get(url)

    def get(self, url: str) -> ImageResource | None:
        """The picture, None where it is not there or could not be decoded."""
        return self._images.get(url)

    def has(self, url: str) -> bool:
        """Whether the picture is there."""
        return url in self._images

    def add(self, url: str, resource: ImageResource) -> None:
        """Keep a picture."""
        self._images[url] = resource
