"""CSS <image> values: their natural sizes, and what to draw for them at a given size."""

from __future__ import annotations

from ...css.computed_style import ComputedStyle
from ...css.keywords import ImageOrientation, ImageRendering
from ...css.values import Color, CrossFade, CssImage, Gradient, UrlImage
from ...geometry import Size
from ...image.resource import ImageResource
from ..gradient_geometry import resolve_gradient
from ..paint_source import (
    BitmapSource,
    ColorSource,
    CrossFadeSource,
    GradientSource,
    PaintSource,
)
from ..pictures import ImageStore

NO_SIZE = Size(-1.0, -1.0)


def is_pixelated(style: ComputedStyle) -> bool:
    """Whether image-rendering asks for hard pixels."""
    rendering = style.inherited.image_rendering
    return rendering == ImageRendering.PIXELATED or rendering == ImageRendering.CRISP_EDGES


def resource_of(images: ImageStore, image: UrlImage, style: ComputedStyle) -> ImageResource | None:
    """The picture of a url(), turned as its file says or `image-orientation` does."""
    resource = images.get(image.url)
    if resource is None or style.inherited.image_orientation == ImageOrientation.FROM_IMAGE:
        return resource
    return resource.unoriented()


def natural_size(images: ImageStore, image: CssImage, style: ComputedStyle) -> tuple[Size, float]:
    """Natural width and height (-1.0: none) and ratio (0.0: none)."""
    if isinstance(image, UrlImage):
        resource = resource_of(images, image, style)
        if resource is None:
            return NO_SIZE, 0.0
        resolution = image.resolution if image.resolution > 0 else 1.0
        width, height = resource.natural_width, resource.natural_height
        return (
            Size(width / resolution if width >= 0 else -1.0, height / resolution if height >= 0 else -1.0),
            resource.natural_ratio,
        )
    if isinstance(image, CrossFade):
        for part, _ in image.parts:
            if isinstance(part, CssImage):
                size, ratio = natural_size(images, part, style)
                if ratio > 0 or size.width >= 0:
                    return size, ratio
    return NO_SIZE, 0.0


def resolve_image(
    images: ImageStore, image: CssImage, size: Size, style: ComputedStyle
) -> PaintSource | None:
    """What to draw for an image of this size; None for one that is not there."""
    if isinstance(image, UrlImage):
        resource = resource_of(images, image, style)
        if resource is None:
            return None
        return BitmapSource(resource, image.url, is_pixelated(style))
    if isinstance(image, Gradient):
        if not image.stops:
            return None
        return GradientSource(resolve_gradient(image, size), size)
    if isinstance(image, CrossFade):
        parts: list[tuple[PaintSource, float]] = []
        for part, share in image.parts:
            if isinstance(part, Color):
                parts.append((ColorSource(part), share))
            else:
                source = resolve_image(images, part, size, style)
                if source is not None:
                    parts.append((source, share))
        return CrossFadeSource(parts) if parts else None
    return None
