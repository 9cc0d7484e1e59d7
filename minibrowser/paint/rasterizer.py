"""The interface of rasterisers: a display list in, a bitmap out."""

from __future__ import annotations

from abc import ABC, abstractmethod

from ..geometry import Rect
from .bitmap import Bitmap
from .display_list import DisplayList


class Rasterizer(ABC):
    """Turns display lists into pixels."""

    @abstractmethod
    def rasterize(
        self, items: DisplayList, area: Rect, scale: float = 1.0, omit_background: bool = False
    ) -> Bitmap:
        """The pixels of an area.

        Args:
            items: what to draw.
            area: CSS px; the bitmap is this times `scale`, rounded.
            scale: device px for one CSS px.
            omit_background: RGBA over nothing instead of RGB over white.
        """
