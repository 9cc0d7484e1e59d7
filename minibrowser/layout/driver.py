"""The narrow interface through which layout algorithms see the world, and each other.

An algorithm never imports another one: it asks the driver to lay a child out, and the driver picks the
algorithm by the child's kind and keeps the cache.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final

from ..geometry import Size
from ..text.font_context import DocumentFonts
from .box import Box
from .constraint_space import ConstraintSpace, LayoutResult, MinMaxSizes
from .inline.items import InlineItems
from .text_style import TextStyles


class LayoutContext(ABC):
    """What an algorithm may use.

    Attributes:
        fonts: of the document (web fonts over the session's), for shaping and metrics.
        viewport: the initial containing block, CSS px.
        texts: text styles and the shaper.
        inline_items: the items of inline formatting contexts by their container's id, made when first asked for.
        is_quirks: quirks mode.
        has_line_quirk: quirks or limited-quirks mode, where empty inline boxes and the strut take no height
            (https://quirks.spec.whatwg.org/#the-line-height-calculation-quirk).
        scrollbar_width: what a classic scrollbar takes of its box, CSS px; 0.0 where they are hidden or overlaid.
    """

    def __init__(
        self,
        fonts: DocumentFonts,
        viewport: Size,
        is_quirks: bool,
        scrollbar_width: float = 0.0,
        is_limited_quirks: bool = False,
    ) -> None:
        self.fonts: Final = fonts
        self.texts: Final = TextStyles(fonts)
        self.inline_items: Final[dict[int, InlineItems]] = {}
        self.viewport: Final = viewport
        self.is_quirks: Final = is_quirks
        self.has_line_quirk: Final = is_quirks or is_limited_quirks
        self.scrollbar_width: Final = scrollbar_width

    @abstractmethod
    def layout(self, box: Box, space: ConstraintSpace) -> LayoutResult:
        """Lay a box out."""

    @abstractmethod
    def min_max_sizes(self, box: Box, space: ConstraintSpace) -> MinMaxSizes:
        """The intrinsic inline sizes of a box's border box, from its content alone (width, min-width and
        max-width are not asked: `sizing.min_max_contribution` does that). Of `space`, only percentages and
        `cell_border` are looked at."""
