"""Collapsed table borders and the rules between columns."""

from __future__ import annotations

from ...css.keywords import BorderStyle
from ...css.values import Color
from ...geometry import Edges, Rect
from ...layout.fragment import CollapsedBorder, Fragment
from ..display_list import FillRect
from ..paint_context import PaintContext
from .border import BOTTOM, LEFT, RIGHT, TOP, BorderSide, bevel_color, stroke_strip, third


def _segment_color(segment: CollapsedBorder) -> Color:
    paint = segment.color_box.paint
    if segment.side == TOP:
        return paint.border_top_color
    if segment.side == RIGHT:
        return paint.border_right_color
    if segment.side == BOTTOM:
        return paint.border_bottom_color
    return paint.border_left_color


def paint_collapsed_borders(context: PaintContext, table: Fragment, x: float, y: float) -> None:
    """All segments in layout's order (https://drafts.csswg.org/css-tables-3/#border-collapsing)."""
    for segment in table.collapsed_borders:
        rect = context.snap_rect(segment.rect.moved(x, y))
        color = _segment_color(segment)
        if rect.is_empty() or color.alpha <= 0 or not context.is_visible(rect):
            continue
        side = BorderSide(segment.width, BorderStyle(segment.style), color)
        is_horizontal = segment.side == TOP or segment.side == BOTTOM
        paint_strip(context, rect, is_horizontal, side)


def paint_strip(context: PaintContext, rect: Rect, is_horizontal: bool, side: BorderSide) -> None:
    """A free-standing line in a border style: a collapsed border, a column rule."""
    style = side.style
    if style == BorderStyle.INSET:
        style = BorderStyle.RIDGE  # CSS 2.1 section 17.6.2: in the collapsing model inset is ridge,
    elif style == BorderStyle.OUTSET:
        style = BorderStyle.GROOVE  # and outset is groove
    if style == BorderStyle.DASHED or style == BorderStyle.DOTTED:
        width = rect.height if is_horizontal else rect.width
        stroke_strip(context, rect, is_horizontal, BorderSide(width, style, side.color))
    elif style == BorderStyle.DOUBLE and side.width >= 3:
        first, second = _split(rect, is_horizontal, third(side.width))
        context.add(FillRect(first, side.color))
        context.add(FillRect(second, side.color))
    elif style == BorderStyle.GROOVE or style == BorderStyle.RIDGE:
        edge = TOP if is_horizontal else LEFT
        is_inset = style == BorderStyle.GROOVE
        half = float(int(((rect.height if is_horizontal else rect.width) + 1) / 2))
        first, _ = _split(rect, is_horizontal, half)
        rest = rect.inset(Edges(half, 0.0, 0.0, 0.0) if is_horizontal else Edges(0.0, 0.0, 0.0, half))
        context.add(FillRect(first, bevel_color(side.color, edge, is_inset)))
        context.add(FillRect(rest, bevel_color(side.color, edge, not is_inset)))
    else:
        context.add(FillRect(rect, side.color))


def _split(rect: Rect, is_horizontal: bool, width: float) -> tuple[Rect, Rect]:
    """The first and the last `width` of a line's thickness."""
    if is_horizontal:
        return (
            Rect(rect.x, rect.y, rect.width, width),
            Rect(rect.x, rect.bottom - width, rect.width, width),
        )
    return Rect(rect.x, rect.y, width, rect.height), Rect(rect.right - width, rect.y, width, rect.height)


def paint_column_rules(context: PaintContext, container: Fragment, x: float, y: float) -> None:
    """https://drafts.csswg.org/css-multicol-1/#column-gaps-and-rules"""
    paint = container.style.paint
    style = paint.column_rule_style
    if style <= BorderStyle.HIDDEN or paint.column_rule_color.alpha <= 0:
        return
    for rule in container.column_rules:
        rect = context.snap_rect(rule.moved(x, y))
        if rect.is_empty():
            continue
        is_horizontal = rect.width > rect.height
        side = BorderSide(paint.column_rule_width, style, paint.column_rule_color)
        paint_strip(context, rect, is_horizontal, side)
