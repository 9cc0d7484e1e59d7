"""Pictures with what painting needs of them, and the store that url() values are looked up in."""

from __future__ import annotations

from typing import Final, final

from ..image.resource import ImageResource
from ..layout.box import Picture


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
        self.name: Final = name


@final
class ImageStore:
    """Decoded pictures by absolute URL."""

    def __init__(self, images: dict[str, ImageResource] | None = None) -> None:
        self._images: dict[str, ImageResource] = {} if images is None else images

    def get(self, url: str) -> ImageResource | None:
        """The picture, None where it is not there or could not be decoded."""
        return self._images.get(url)

    def has(self, url: str) -> bool:
        """Whether the picture is there."""
        return url in self._images

    def add(self, url: str, resource: ImageResource) -> None:
        """Keep a picture."""
        self._images[url] = resource
