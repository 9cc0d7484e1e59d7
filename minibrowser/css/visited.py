"""Visited links: their colours, and nothing else, are what :visited rules say
(https://drafts.csswg.org/selectors-4/#link, as Blink's VisitedDependentColor).

A visited link has two styles: one by all rules but those with :visited, and one by those with it and without :link.
What is shown is the first with the colours of the second.
"""

from __future__ import annotations

from typing import Final

from .computed_style import ComputedStyle
from .values import TRANSPARENT, Color

_INHERITED_COLORS: Final = (
    "color",
    "text_emphasis_color",
    "text_fill_color",
    "text_stroke_color",
)
_PAINT_COLORS: Final = (
    "border_top_color",
    "border_right_color",
    "border_bottom_color",
    "border_left_color",
    "outline_color",
    "column_rule_color",
    "text_decoration_color",
)


def with_visited_colors(style: ComputedStyle, visited: ComputedStyle) -> ComputedStyle:
    """The style with the other's colours; `unvisited` keeps the style itself."""
    inherited = style.inherited
    if visited.inherited is not inherited:
        inherited = inherited.copy()
        for attribute in _INHERITED_COLORS:
            _mix(inherited, attribute, visited.inherited)
        inherited.fill, inherited.stroke = visited.inherited.fill, visited.inherited.stroke
        inherited.caret_color = visited.inherited.caret_color
    paint = style.paint
    if visited.paint is not paint:
        paint = paint.copy()
        for attribute in _PAINT_COLORS:
            _mix(paint, attribute, visited.paint)
        # A background that only the history makes transparent would tell of it by what shows through.
        if visited.paint.background_color != TRANSPARENT:
            _mix(paint, "background_color", visited.paint)
    return ComputedStyle(inherited, style.box, paint, style.variables, style)


def _mix(group: object, attribute: str, visited: object) -> None:
    """The visited colour with the opacity of the other."""
    color: Color = getattr(group, attribute)
    other: Color = getattr(visited, attribute)
    if color != other or color.is_current != other.is_current:
        setattr(group, attribute, Color(other.red, other.green, other.blue, color.alpha, other.is_current))
