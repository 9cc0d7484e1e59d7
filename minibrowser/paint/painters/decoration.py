"""Lines under, over and through text (https://drafts.csswg.org/css-text-decor-4/#line-decoration).

Places and thicknesses are Blink's (TextDecorationInfo, TextDecorationOffset).
"""

from __future__ import annotations

import math
from typing import Final

from ...css.keywords import TextDecorationStyle, TextUnderlinePosition
from ...css.values import Color, Length, LengthKind
from ...geometry import Rect
from ...layout.fragment import Fragment
from ...text.font import Font
from ..display_list import FillRect, Stroke, StrokePath
from ..paint_context import PaintContext
from ..path import Path
from ..stacking import TextDecoration
from ..stroke_style import dashed_stroke, dotted_stroke, has_round_dots

DOUBLE_GAP: Final = 1.0
"""CSS px that the second line of a double decoration stands off beyond its thickness."""


def decoration_thickness(thickness: Length, font_size: float, font: Font) -> float:
    """text-decoration-thickness in CSS px, at least 1."""
    if thickness.kind == LengthKind.NORMAL:  # from-font
        value = font.underline_thickness if font.underline_thickness > 0 else font_size / 10.0
    elif thickness.is_definite():
        return max(1.0, math.floor(thickness.resolve(font_size) + 0.5))
    else:
        value = font_size / 10.0
    return max(1.0, value)


def underline_offset(decoration: TextDecoration, font: Font, thickness: float) -> float:
    """From the baseline down to the top of the line."""
    inherited = decoration.style.inherited
    offset = inherited.text_underline_offset
    position = inherited.text_underline_position
    extra = 0.0
    is_fixed = offset.is_definite()
    if is_fixed:
        extra = float(math.floor(offset.resolve(inherited.font_size) + 0.5))
    if position == TextUnderlinePosition.UNDER:
        return font.descent + extra + (0.0 if is_fixed else 1.0)
    if position == TextUnderlinePosition.FROM_FONT and not is_fixed:
        return font.underline_offset - thickness / 2
    gap = 0.0 if is_fixed else max(1.0, math.ceil(thickness / 2.0))
    return gap + extra


def _color(decoration: TextDecoration, shadow: Color | None) -> Color:
    return shadow if shadow is not None else decoration.style.paint.text_decoration_color


def _thickness(decoration: TextDecoration, font: Font) -> float:
    paint = decoration.style.paint
    return decoration_thickness(paint.text_decoration_thickness, decoration.style.inherited.font_size, font)


def paint_under_lines(
    context: PaintContext,
    fragment: Fragment,
    decoration: TextDecoration,
    x: float,
    baseline: float,
    shadow: Color | None,
) -> None:
    """Underlines and overlines of all decorating boxes, the outermost first."""
    if decoration.parent is not None:
        paint_under_lines(context, fragment, decoration.parent, x, baseline, shadow)
    lines = decoration.style.paint.text_decoration_line
    run = fragment.run
    if run is None or fragment.width <= 0:
        return
    font = run.font
    color = _color(decoration, shadow)
    if color.alpha <= 0:
        return
    thickness = _thickness(decoration, font)
    if "underline" in lines:
        top = baseline + underline_offset(decoration, font, thickness)
        paint_line(context, decoration, Rect(x, top, fragment.width, thickness), color, 1.0)
    if "overline" in lines:
        top = baseline - font.ascent - thickness + 1.0
        paint_line(context, decoration, Rect(x, top, fragment.width, thickness), color, -1.0)


def paint_line_through(
    context: PaintContext,
    fragment: Fragment,
    decoration: TextDecoration,
    x: float,
    baseline: float,
    shadow: Color | None,
) -> None:
    """The lines over the text."""
    if decoration.parent is not None:
        paint_line_through(context, fragment, decoration.parent, x, baseline, shadow)
    run = fragment.run
    if run is None or "line-through" not in decoration.style.paint.text_decoration_line:
        return
    color = _color(decoration, shadow)
    if color.alpha <= 0:
        return
    font = run.font
    thickness = _thickness(decoration, font)
    top = baseline - font.ascent + 2.0 * font.ascent / 3.0 - math.floor(thickness / 2.0)
    paint_line(context, decoration, Rect(x, top, fragment.width, thickness), color, 0.0)


def paint_line(
    context: PaintContext, decoration: TextDecoration, line: Rect, color: Color, double_side: float
) -> None:
    """One line in its style. The second line of a double one stands below (1.0), above (-1.0), or the two
    straddle the place (0.0)."""
    style = decoration.style.paint.text_decoration_style
    if style == TextDecorationStyle.WAVY:
        _wavy_line(context, line, color)
        return
    top = context.snap(line.y)
    height = max(1.0 / context.scale, context.snap(line.height))
    if style == TextDecorationStyle.SOLID:
        context.add(FillRect(Rect(line.x, top, line.width, height), color))
    elif style == TextDecorationStyle.DOUBLE:
        gap = height + DOUBLE_GAP
        second = top + (gap if double_side >= 0 else -gap)
        context.add(FillRect(Rect(line.x, top, line.width, height), color))
        context.add(FillRect(Rect(line.x, second, line.width, height), color))
    else:
        path = Path()
        y = top + height / 2
        start, length = line.x, line.width
        if style == TextDecorationStyle.DOTTED:
            stroke = dotted_stroke(height, length)
            if has_round_dots(height):
                start, length = start + height / 2, max(0.0, length - height)
        else:
            stroke = dashed_stroke(height, length)
        path.move_to(start, y)
        path.line_to(start + length, y)
        context.add(StrokePath(path, stroke, color))


def _wavy_line(context: PaintContext, line: Rect, color: Color) -> None:
    """A wave of cubic curves: Blink's WavyLine with its control points at 3.5 thicknesses."""
    thickness = max(1.0, line.height)
    step = thickness * 2.5 if thickness > 1 else 2.5
    swing = thickness * 3.0 + 0.5 if thickness > 1 else 3.5
    y = line.y + thickness / 2 + thickness
    path = Path()
    x = line.x - 2 * step
    path.move_to(x, y)
    end = line.x + line.width + 2 * step
    while x < end:
        path.cubic_to(x + step, y + swing, x + step, y - swing, (x + 2 * step, y))
        x += 2 * step
        if len(path.verbs) > 20_000:
            break
    clip = Path()
    clip.add_rect(Rect(line.x, y - swing - thickness, line.width, 2 * (swing + thickness)))
    context.push_clip_path(clip)
    context.add(StrokePath(path, Stroke(thickness), color))
    context.pop_clip()
