"""The shapes of a box: its border, padding and content edges with their radii, snapped to device pixels."""

from __future__ import annotations

from typing import Final, final

from ..css.computed_style import ComputedStyle
from ..css.values import CornerRadius, GeometryBox
from ..geometry import NO_EDGES, Edges, Rect
from ..layout.box import BoxKind
from ..layout.fragment import Fragment
from .paint_context import PaintContext
from .rounded_rect import SQUARE, Radii, RoundedRect


def _radius(corner: CornerRadius, width: float, height: float) -> tuple[float, float]:
    if corner.is_zero():
        return 0.0, 0.0
    x, y = corner.horizontal.resolve(width), corner.vertical.resolve(height)
    return (x, y) if x > 0 and y > 0 else (0.0, 0.0)


def style_radii(style: ComputedStyle, width: float, height: float) -> Radii:
    """border-radius for a border box of this size, not yet kept from overlapping."""
    paint = style.paint
    a, b = paint.border_top_left_radius, paint.border_top_right_radius
    c, d = paint.border_bottom_right_radius, paint.border_bottom_left_radius
    if a.is_zero() and b.is_zero() and c.is_zero() and d.is_zero():
        return SQUARE
    return Radii(
        _radius(a, width, height),
        _radius(b, width, height),
        _radius(c, width, height),
        _radius(d, width, height),
    )


@final
class BoxShape:
    """A fragment's border box where it is painted.

    Attributes:
        rect: unsnapped (`frame`, where the border box is not the fragment's); `border_edge`: snapped, with radii.
        border, padding: used widths; zero where an inline box is broken.
    """

    __slots__ = ("border", "border_edge", "fragment", "padding", "rect", "style")

    def __init__(
        self, context: PaintContext, fragment: Fragment, x: float, y: float, frame: Rect | None = None
    ) -> None:
        style = fragment.style
        rect = frame if frame is not None else Rect(x, y, fragment.width, fragment.height)
        self.fragment: Final = fragment
        self.style: Final = style
        self.rect: Final = rect
        self.border: Final[Edges] = fragment.border
        self.padding: Final[Edges] = fragment.padding
        radii = fragment_radii(fragment, rect.width, rect.height)
        self.border_edge: Final[RoundedRect] = RoundedRect(context.snap_rect(rect), radii).constrained()

    def edge(self, box: GeometryBox) -> RoundedRect:
        """The border, padding or content edge."""
        if box == GeometryBox.PADDING_BOX:
            return self.border_edge.inset(self.border)
        if box == GeometryBox.CONTENT_BOX:
            return self.border_edge.inset(self.border.plus(self.padding))
        return self.border_edge

    def is_bordered(self) -> bool:
        """Whether any border has a width."""
        return self.border is not NO_EDGES and not self.border.is_zero()


def fragment_radii(fragment: Fragment, width: float = -1.0, height: float = -1.0) -> Radii:
    """border-radius of a fragment, not yet kept from overlapping: a broken inline box has no corners where it was
    broken. The size is that of the border box, where it is not the fragment's."""
    if width < 0.0:
        width, height = fragment.width, fragment.height
    radii = style_radii(fragment.style, width, height)
    if radii is not SQUARE and not (fragment.has_start_edge and fragment.has_end_edge):
        return _broken(radii, fragment)
    return radii


def _broken(radii: Radii, fragment: Fragment) -> Radii:
    """The radii of a piece of a box: no corners where it was broken, over lines or over columns."""
    none = (0.0, 0.0)
    box = fragment.box
    if box is not None and box.kind != BoxKind.INLINE:
        top, bottom = fragment.has_start_edge, fragment.has_end_edge
        return Radii(
            (radii.top_left_x, radii.top_left_y) if top else none,
            (radii.top_right_x, radii.top_right_y) if top else none,
            (radii.bottom_right_x, radii.bottom_right_y) if bottom else none,
            (radii.bottom_left_x, radii.bottom_left_y) if bottom else none,
        )
    is_rtl = fragment.style.inherited.direction == 1
    left = fragment.has_end_edge if is_rtl else fragment.has_start_edge
    right = fragment.has_start_edge if is_rtl else fragment.has_end_edge
    return Radii(
        (radii.top_left_x, radii.top_left_y) if left else none,
        (radii.top_right_x, radii.top_right_y) if right else none,
        (radii.bottom_right_x, radii.bottom_right_y) if right else none,
        (radii.bottom_left_x, radii.bottom_left_y) if left else none,
    )
