"""clip-path, mask and filter by url(#id) on boxes: what is painted for them."""

from __future__ import annotations

import math
from typing import Final, final

from ..css.values import FilterFunction, FilterKind, PlacedFilter
from ..errors import ImageError
from ..geometry import Matrix, Rect
from ..image.resource import ImageResource, Pixels
from ..image.svg_reference import ReferenceKind, SvgReference
from .pictures import ImageStore
from .surface import Surface, reinterpret


@final
class CoverageImage(ImageResource):
    """What a clip path or a mask leaves of a frame around a box, as a picture; transparent where it cannot be drawn."""

    def __init__(self, reference: SvgReference, box: Rect, frame: Rect) -> None:
        self._reference: Final = reference
        self._box: Final = box
        self._frame: Final = (frame.x - box.x, frame.y - box.y, frame.width, frame.height)
        self.natural_width = frame.width
        self.natural_height = frame.height
        self.natural_ratio = frame.width / frame.height if frame.height > 0 else 0.0
        self.is_svg = True

    def bitmap(self, width: int, height: int) -> Pixels:
        """The coverage as alpha."""
        return self._reference.coverage((self._box.width, self._box.height), self._frame, width, height)


@final
class ReferenceFilter(PlacedFilter):
    """An SVG filter on a border box."""

    def __init__(self, reference: SvgReference, box: Rect) -> None:
        self.reference: Final = reference
        self.box: Final = box
        self.reach: Final = math.ceil(reference.region * max(box.width, box.height))

    def apply(self, image: Pixels, to_css: Matrix) -> Pixels:
        """A premultiplied RGBX picture through the filter; `to_css` maps its pixels to the page's coordinates."""
        left, top = to_css.apply(0.0, 0.0)
        scale = math.sqrt(abs(to_css.determinant()))
        box = self.box
        frame = (left - box.x, top - box.y, image.width * scale, image.height * scale)
        plain = reinterpret(image, "RGBa").convert("RGBA")
        try:
            drawn = self.reference.filtered(plain, (box.width, box.height), frame)
        except ImageError:
            # https://drafts.csswg.org/filter-effects-1/#elementdef-filter: a filter in error shows nothing.
            return Surface((0, 0, image.width, image.height)).image
        return reinterpret(drawn.convert("RGBa"), "RGBX")


def makes_something(filters: tuple[FilterFunction, ...]) -> bool:
    """Whether filters may paint something out of nothing: noise, a flood, a picture."""
    return any(isinstance(one.placed, ReferenceFilter) for one in filters)


def placed_filters(
    filters: tuple[FilterFunction, ...], images: ImageStore, box: Rect
) -> tuple[FilterFunction, ...]:
    """The filters of a box with those by reference found; what is not there is left out."""
    if not any(one.kind == FilterKind.URL for one in filters):
        return filters
    found: list[FilterFunction] = []
    for one in filters:
        if one.kind != FilterKind.URL:
            found.append(one)
            continue
        reference = images.reference(one.url)
        if reference is not None and reference.kind == ReferenceKind.FILTER:
            found.append(FilterFunction(FilterKind.URL, url=one.url, placed=ReferenceFilter(reference, box)))
    return tuple(found)
