"""Outlines (https://drafts.csswg.org/css-ui-4/#outline-props)."""

from __future__ import annotations

from typing import Final

from ...css.keywords import Appearance, BorderStyle, OutlineStyle
from ...css.values import Color
from ...geometry import Edges
from ...layout.fragment import Fragment
from ..box_shape import BoxShape
from ..display_list import FillRing
from ..paint_context import PaintContext
from ..rounded_rect import Radii, RoundedRect
from .border import BorderSide, paint_border

STYLES: Final = {
    OutlineStyle.DOTTED: BorderStyle.DOTTED,
    OutlineStyle.DASHED: BorderStyle.DASHED,
    OutlineStyle.SOLID: BorderStyle.SOLID,
    OutlineStyle.DOUBLE: BorderStyle.DOUBLE,
    OutlineStyle.GROOVE: BorderStyle.GROOVE,
    OutlineStyle.RIDGE: BorderStyle.RIDGE,
    OutlineStyle.INSET: BorderStyle.INSET,
    OutlineStyle.OUTSET: BorderStyle.OUTSET,
}

RING_RADIUS: Final = 3.0
"""CSS px; of Chromium's focus ring around a box without rounded corners. The ring is 2px wide whatever outline-width
says, one on each side of the outline's inner edge; around a control that the theme draws it lies inside."""
THEMED_RING_RADIUS: Final = 2.0


def paint_outline(context: PaintContext, fragment: Fragment, x: float, y: float) -> None:
    """A border around the border edge that takes no room."""
    paint = fragment.style.paint
    style = paint.outline_style
    offset = paint.outline_offset
    shape = BoxShape(context, fragment, x, y).border_edge
    if offset < 0:
        # A negative offset shrinks the outline to a point at most.
        offset = max(offset, -min(shape.rect.width, shape.rect.height) / 2)
        inner = shape.inset(Edges(-offset, -offset, -offset, -offset))
    else:
        inner = shape.outset(Edges(offset, offset, offset, offset))
    if style == OutlineStyle.AUTO:
        _paint_focus_ring(context, fragment, inner, paint.outline_color)
        return
    width = paint.outline_width
    if width <= 0 or paint.outline_color.alpha <= 0:
        return
    side = BorderSide(width, STYLES[style], paint.outline_color)
    paint_border(context, inner.outset(Edges(width, width, width, width)), [side, side, side, side])


def _paint_focus_ring(context: PaintContext, fragment: Fragment, edge: RoundedRect, color: Color) -> None:
    is_themed = fragment.style.box.appearance != Appearance.NONE
    if is_themed:
        edge = edge.inset(Edges(1.0, 1.0, 1.0, 1.0))
    if not edge.is_rounded():
        radius = THEMED_RING_RADIUS if is_themed else RING_RADIUS
        corner = (radius, radius)
        edge = RoundedRect(edge.rect, Radii(corner, corner, corner, corner)).constrained()
    one = Edges(1.0, 1.0, 1.0, 1.0)
    context.add(FillRing(edge.outset(one), edge.inset(one), color))
