"""clip-path, mask and filter by url(#id): elements of an SVG in the page, drawn by the SVG renderer for a box.

https://drafts.csswg.org/css-masking-1/#clip-path-reference, #mask-reference; https://drafts.csswg.org/filter-effects-1/
User space is the box's: its origin is the corner of the border box, its unit the CSS px.
"""

from __future__ import annotations

import base64
import io
from enum import IntEnum
from typing import Final, final

from ..errors import ImageError
from ..limits import MAX_KEPT_COVERAGES
from .resource import Pixels
from .svg import SvgImage

Frame = tuple[float, float, float, float]
"""x, y, width and height, CSS px from the corner of the border box."""


class ReferenceKind(IntEnum):
    """What the element that is referred to is."""

    CLIP_PATH = 0
    MASK = 1
    FILTER = 2


@final
class SvgReference:
    """An element that styles refer to, with all that it needs itself.

    Attributes:
        name: its id.
        markup: elements for a <defs>.
        is_in_fractions: whether its own contents are in fractions of the box that it is used on.
        region: of a filter: how far it reaches beyond the box on each side, in fractions of the box's width and height.
    """

    def __init__(
        self,
        kind: ReferenceKind,
        name: str,
        markup: str,
        is_in_fractions: bool = False,
        region: float = 0.1,
    ) -> None:
        self.kind: Final = kind
        self.name: Final = name
        self.markup: Final = markup
        self.is_in_fractions: Final = is_in_fractions
        self.region: Final = region
        self._coverages: Final[dict[tuple[float, ...], Pixels]] = {}

    def coverage(self, size: tuple[float, float], frame: Frame, width: int, height: int) -> Pixels:
        """White with the alpha that a clip path or mask leaves, for `frame`, in width x height px; `size` is the border
        box's, CSS px. Raises ImageError."""
        key = (*size, *frame, width, height)
        picture = self._coverages.get(key)
        if picture is None:
            attribute = "clip-path" if self.kind == ReferenceKind.CLIP_PATH else "mask"
            # The element's bounding box is what fractions are of: where they count, it is the border box itself.
            x, y, w, h = (0.0, 0.0, *size) if self.is_in_fractions else frame
            body = (
                f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" fill="#fff" '
                f'{attribute}="url(#{self.name})"/>'
            )
            picture = self._draw(body, frame, width, height)
            if len(self._coverages) >= MAX_KEPT_COVERAGES:
                self._coverages.clear()
            self._coverages[key] = picture
        return picture

    def filtered(self, image: Pixels, size: tuple[float, float], frame: Frame) -> Pixels:
        """A picture (RGBA) that shows `frame` of the box's user space, through the filter. Raises ImageError."""
        file = io.BytesIO()
        image.save(file, "PNG", compress_level=1)
        data = base64.b64encode(file.getvalue()).decode()
        x, y, w, h = frame
        # Without ink of its own, it makes the group's bounding box the border box.
        body = (
            f'<g filter="url(#{self.name})"><image x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" '
            f'preserveAspectRatio="none" href="data:image/png;base64,{data}"/></g>'
        )
        return self._draw(body, frame, image.width, image.height)

    def _draw(self, body: str, frame: Frame, width: int, height: int) -> Pixels:
        x, y, w, h = frame
        if not (w > 0 and h > 0):
            raise ImageError("nothing to draw")
        markup = (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}" '
            f'height="{height}" viewBox="{x:g} {y:g} {w:g} {h:g}" preserveAspectRatio="none">'
            f"<defs>{self.markup}</defs>{body}</svg>"
        )
        return SvgImage(markup).bitmap(width, height)
