"""Outlines (https://drafts.csswg.org/css-ui-4/#outline-props)."""

from __future__ import annotations

from typing import Final

from ...css.keywords import BorderStyle, OutlineStyle
from ...css.values import Color
from ...geometry import Edges
from ...layout.fragment import Fragment
from ..box_shape import BoxShape
from ..display_list import FillRing
from ..paint_context import PaintContext
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

FOCUS_RING: Final = Color(16.0, 16.0, 16.0)
"""Chromium's -webkit-focus-ring-color."""


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
        # NOTE: the ring takes outline-color (the user-agent sheet's is the focus ring's) and the width of 1px
        # or what was asked for.
        width = max(1.0, paint.outline_width)
        context.add(FillRing(inner.outset(Edges(width, width, width, width)), inner, paint.outline_color))
        return
    width = paint.outline_width
    if width <= 0 or paint.outline_color.alpha <= 0:
        return
    side = BorderSide(width, STYLES[style], paint.outline_color)
    paint_border(context, inner.outset(Edges(width, width, width, width)), [side, side, side, side])
