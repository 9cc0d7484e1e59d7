"""Fragments: the result of layout (as Blink's PhysicalFragment; https://drafts.csswg.org/css-break/#fragment).

Artifact: `Fragment`, physical: x to the right, y down, CSS px, unrounded. A fragment does not know where it
stands: the link in its parent does, so that a cached one can be used again elsewhere.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final, final

from ..css.computed_style import ComputedStyle
from ..geometry import NO_EDGES, NO_RECT, Edges, Rect
from ..text.shaping import GlyphRun
from .box import Box


class FragmentKind(IntEnum):
    """What a fragment is of."""

    BOX = 0  # any box: block, inline box in a line, replaced, table part, marker
    LINE = 1  # a line box; box is None
    TEXT = 2  # a run of glyphs in a line


@final
class Link:
    """A child fragment and where its border box stands, from the parent's border-box top left corner."""

    __slots__ = ("fragment", "sticky_x", "sticky_y", "x", "y")

    def __init__(
        self, fragment: Fragment, x: float, y: float, sticky_x: float = 0.0, sticky_y: float = 0.0
    ) -> None:
        self.fragment: Final = fragment
        self.x: Final = x
        self.y: Final = y
        self.sticky_x: Final = sticky_x  # how much of it comes from `position: sticky`
        self.sticky_y: Final = sticky_y


@final
class CollapsedBorder:
    """A painted segment of a table's collapsed borders, from the table's border-box corner."""

    __slots__ = ("color_box", "rect", "side", "style", "width")

    def __init__(self, rect: Rect, side: int, width: float, style: int, color_box: ComputedStyle) -> None:
        self.rect: Final = rect
        self.side: Final = side  # 0 top, 1 right, 2 bottom, 3 left: whose colour and style it takes
        self.width: Final = width
        self.style: Final = style  # BorderStyle
        self.color_box: Final = color_box


@final
class BoxSlice:
    """Where a part of a box that is broken over columns lies in the whole box, with what edges that has.

    Attributes:
        top: from the whole box's border edge, px. height: the whole box's: 0 while parts are to come.
    """

    __slots__ = ("border", "height", "top")

    def __init__(self, top: float, border: Edges) -> None:
        self.top: Final = top
        self.height: float = 0.0
        self.border: Final = border

    def positioning_rect(self, x: float, y: float, part: Fragment) -> Rect:
        """What stands for the border box of a part at (x, y) in placing backgrounds: its padding box is the whole's.

        https://drafts.csswg.org/css-break-4/#break-decoration
        """
        top = y - self.top + self.border.top - part.border.top
        bottom = y - self.top + max(self.height, part.height) - self.border.bottom + part.border.bottom
        return Rect(x, top, part.width, max(0.0, bottom - top))


class ColumnSource:
    """What multi-column layout keeps of a container, so that an outer container can break it.

    Attributes:
        tallest: the tallest thing in its columns that is not to be broken, px.
        breaks_outer: something in it asks for a break of the outer columns.
    """

    __slots__ = ("breaks_outer", "tallest")

    def __init__(self) -> None:
        self.breaks_outer: bool = False
        self.tallest: float = 0.0


@final
class Fragment:
    """A box, a line or a text run with its final size.

    Attributes:
        kind, box, style: of what. Lines have no box; their style is the containing block's.
        width, height: the border box.
        border, padding: used widths; a cell's border in the collapsed model is its half of the shared ones.
        children: in the order of the box tree (painting sorts), with their places.
        run: of TEXT: the glyphs.
        baseline: of TEXT and LINE: the distance from the top (the line-over side) to the alphabetic baseline.
        has_start_edge, has_end_edge: of inline boxes that are broken over lines, and boxes broken over columns:
            which ends are here.
        overflow: the scrollable overflow area in own coordinates, the border box included.
        content_rect: of replaced boxes: where the picture is drawn before object-fit (the content box); of lines: from
            where the content begins over its width, at most to where the room between floats ends.
        slice: of the parts of a box that is broken over columns: where in the box it is.
        collapsed_borders: of tables in the collapsed model.
        column_rules: of multi-column containers: the rectangles of the rules. columns: what they were made of.
        scroll_x, scroll_y: of scroll containers: how far the children's places are scrolled already.
        has_sticky: a box below this one is `position: sticky` (those inside of lines are not looked for).
        ellipsis: of TEXT: this run is the ellipsis that text-overflow put there.
    """

    __slots__ = (
        "baseline",
        "border",
        "box",
        "children",
        "collapsed_borders",
        "column_rules",
        "columns",
        "content_rect",
        "ellipsis",
        "has_end_edge",
        "has_start_edge",
        "has_sticky",
        "height",
        "kind",
        "overflow",
        "padding",
        "run",
        "scroll_x",
        "scroll_y",
        "slice",
        "style",
        "width",
    )

    def __init__(
        self, kind: FragmentKind, box: Box | None, style: ComputedStyle, width: float, height: float
    ) -> None:
        self.kind: Final = kind
        self.box: Final = box
        self.style: Final = style
        self.width: Final = width
        self.height: Final = height
        self.border: Edges = NO_EDGES
        self.padding: Edges = NO_EDGES
        self.children: list[Link] = []
        self.run: GlyphRun | None = None
        self.baseline: float = 0.0
        self.has_start_edge: bool = True
        self.has_end_edge: bool = True
        self.overflow: Rect = NO_RECT
        self.content_rect: Rect = NO_RECT
        self.collapsed_borders: list[CollapsedBorder] = []
        self.column_rules: list[Rect] = []
        self.columns: ColumnSource | None = None
        self.ellipsis: bool = False
        self.has_sticky: bool = False
        self.slice: BoxSlice | None = None
        self.scroll_x: float = 0.0
        self.scroll_y: float = 0.0

    def without_children(self) -> Fragment:
        """A fragment like this one, with nothing in it."""
        new = Fragment(self.kind, self.box, self.style, self.width, self.height)
        new.border = self.border
        new.padding = self.padding
        new.run = self.run
        new.baseline = self.baseline
        new.has_start_edge = self.has_start_edge
        new.has_end_edge = self.has_end_edge
        new.overflow = self.overflow
        new.content_rect = self.content_rect
        new.collapsed_borders = self.collapsed_borders
        new.column_rules = self.column_rules
        new.columns = self.columns
        new.ellipsis = self.ellipsis
        new.has_sticky = self.has_sticky
        new.slice = self.slice
        new.scroll_x = self.scroll_x
        new.scroll_y = self.scroll_y
        return new

    def padding_box(self) -> Rect:
        """The padding box, in own coordinates."""
        return Rect(0.0, 0.0, self.width, self.height).inset(self.border)

    def content_box(self) -> Rect:
        """The content box, in own coordinates."""
        return self.padding_box().inset(self.padding)

    def __repr__(self) -> str:
        what = repr(self.box) if self.box is not None else self.kind.name
        return f"<Fragment {what} {self.width:g}x{self.height:g}>"
