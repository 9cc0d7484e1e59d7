"""Borders (https://drafts.csswg.org/css-backgrounds-3/#borders), drawn as Blink's BoxBorderPainter draws them."""

from __future__ import annotations

from typing import Final, final

from ...css.computed_style import ComputedStyle
from ...css.keywords import BorderStyle
from ...css.values import Color
from ...geometry import Edges, Rect
from ..display_list import FillPath, FillRect, FillRing, StrokePath
from ..paint_context import PaintContext
from ..path import Path
from ..rounded_rect import RoundedRect
from ..stroke_style import dashed_stroke, dotted_stroke, has_round_dots

TOP: Final = 0
RIGHT: Final = 1
BOTTOM: Final = 2
LEFT: Final = 3

DARKENED_WHITE: Final = Color(171.0, 171.0, 171.0)
LIGHTENED_BLACK: Final = Color(84.0, 84.0, 84.0)
MINIMUM_CONTRAST: Final = 1.75
"""Blink lightens the bright edge of a bevel where it would not stand out from the dark one."""


@final
class BorderSide:
    """One side: used width (0 where there is none), style and colour."""

    __slots__ = ("color", "style", "width")

    def __init__(self, width: float, style: BorderStyle, color: Color) -> None:
        is_there = style > BorderStyle.HIDDEN and width > 0
        self.width: Final[float] = width if is_there else 0.0
        self.style: Final = style
        self.color: Final = color

    def is_visible(self) -> bool:
        """Whether anything is drawn."""
        return self.width > 0 and self.color.alpha > 0

    def hides_background(self) -> bool:
        """Whether a background's edge cannot be seen below it."""
        if self.width <= 0 or self.color.alpha < 1:
            return False
        if self.style == BorderStyle.DOTTED or self.style == BorderStyle.DASHED:
            return False
        return self.style != BorderStyle.DOUBLE or self.width >= 5


def border_sides(style: ComputedStyle, widths: Edges) -> list[BorderSide]:
    """Top, right, bottom, left."""
    paint = style.paint
    return [
        BorderSide(widths.top, paint.border_top_style, paint.border_top_color),
        BorderSide(widths.right, paint.border_right_style, paint.border_right_color),
        BorderSide(widths.bottom, paint.border_bottom_style, paint.border_bottom_color),
        BorderSide(widths.left, paint.border_left_style, paint.border_left_color),
    ]


def dark(color: Color) -> Color:
    """Blink's Color::Dark."""
    high = max(color.red, color.green, color.blue) / 255.0
    if color.red == 255 and color.green == 255 and color.blue == 255:
        return Color(DARKENED_WHITE.red, DARKENED_WHITE.green, DARKENED_WHITE.blue, color.alpha)
    factor = max(0.0, (high - 0.33) / high) if high > 0 else 0.0
    return Color(color.red * factor, color.green * factor, color.blue * factor, color.alpha)


def light(color: Color) -> Color:
    """Blink's Color::Light."""
    high = max(color.red, color.green, color.blue) / 255.0
    if high <= 0:
        return Color(LIGHTENED_BLACK.red, LIGHTENED_BLACK.green, LIGHTENED_BLACK.blue, color.alpha)
    factor = min(1.0, high + 0.33) / high
    return Color(color.red * factor, color.green * factor, color.blue * factor, color.alpha)


def _luminance(color: Color) -> float:
    total = 0.0
    for value, weight in ((color.red, 0.2126), (color.green, 0.7152), (color.blue, 0.0722)):
        share = value / 255.0
        total += weight * (share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4)
    return total


def bevel_color(color: Color, side: int, is_inset: bool) -> Color:
    """The colour of a side of an inset or outset border."""
    darkened = dark(color)
    if (side in (TOP, LEFT)) == is_inset:
        return darkened
    first, second = _luminance(color), _luminance(darkened)
    contrast = (max(first, second) + 0.05) / (min(first, second) + 0.05)
    return light(color) if contrast < MINIMUM_CONTRAST else color


def paint_border(context: PaintContext, outer: RoundedRect, sides: list[BorderSide]) -> None:
    """All four sides of a border whose outer edge is `outer` (snapped)."""
    top, right, bottom, left = sides
    widths = Edges(top.width, right.width, bottom.width, left.width)
    visible: list[BorderSide] = []
    for side in sides:
        if side.width > 0:
            visible.append(side)
    if not visible or not any(side.is_visible() for side in visible):
        return
    first = visible[0]
    is_uniform = True
    for side in visible:
        if side.style != first.style or side.color != first.color:
            is_uniform = False
    if is_uniform and first.style == BorderStyle.SOLID:
        context.add(FillRing(outer, outer.inset(widths), first.color))
        return
    if is_uniform and first.style == BorderStyle.DOUBLE:
        _double_ring(context, outer, widths, first)
        return
    is_even = top.width == right.width == bottom.width == left.width
    if is_uniform and outer.is_rounded() and is_even and _is_stroked(first.style):
        _stroke_ring(context, outer, widths, first)
        return
    if outer.is_rounded():
        _paint_rounded_sides(context, outer, sides, widths)
        return
    # Blink paints solid sides last among equals; order matters only where corners are shared.
    for index in (TOP, BOTTOM, LEFT, RIGHT):
        side = sides[index]
        if side.is_visible():
            _paint_straight_side(context, outer.rect, sides, index)


def _is_stroked(style: BorderStyle) -> bool:
    return style == BorderStyle.DASHED or style == BorderStyle.DOTTED


def third(width: float) -> float:
    """The thickness of each line of a double border: rounded up thirds, as Blink's DoubleStripeInset."""
    return float(int((width + 2) / 3)) if width >= 3 else width


def _double_ring(context: PaintContext, outer: RoundedRect, widths: Edges, side: BorderSide) -> None:
    if min(w for w in (widths.top, widths.right, widths.bottom, widths.left) if w > 0) < 3:
        context.add(FillRing(outer, outer.inset(widths), side.color))
        return
    stripe = Edges(third(widths.top), third(widths.right), third(widths.bottom), third(widths.left))
    context.add(FillRing(outer, outer.inset(stripe), side.color))
    rest = Edges(
        widths.top - stripe.top,
        widths.right - stripe.right,
        widths.bottom - stripe.bottom,
        widths.left - stripe.left,
    )
    context.add(FillRing(outer.inset(rest), outer.inset(widths), side.color))


def path_length(path: Path) -> float:
    """The length of all subpaths."""
    total = 0.0
    for points, is_closed in path.flattened():
        for index in range(1, len(points)):
            x0, y0 = points[index - 1]
            x1, y1 = points[index]
            total += ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        if is_closed:
            x0, y0 = points[-1]
            x1, y1 = points[0]
            total += ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    return total


def _stroke_ring(context: PaintContext, outer: RoundedRect, widths: Edges, side: BorderSide) -> None:
    """Dashes or dots along the middle of a rounded border of one width."""
    half = Edges(widths.top / 2, widths.right / 2, widths.bottom / 2, widths.left / 2)
    path = Path()
    path.add_rounded_rect(outer.inset(half))
    length = path_length(path)
    if side.style == BorderStyle.DASHED:
        stroke = dashed_stroke(side.width, length, True)
    else:
        stroke = dotted_stroke(side.width, length, True)
    context.add(StrokePath(path, stroke, side.color))


# --- Straight sides -------------------------------------------------------------------------------


def side_rect(rect: Rect, sides: list[BorderSide], index: int) -> Rect:
    """The whole strip of a side, corners included."""
    width = sides[index].width
    if index == TOP:
        return Rect(rect.x, rect.y, rect.width, width)
    if index == BOTTOM:
        return Rect(rect.x, rect.bottom - width, rect.width, width)
    if index == LEFT:
        return Rect(rect.x, rect.y, width, rect.height)
    return Rect(rect.right - width, rect.y, width, rect.height)


def _needs_mitre(side: BorderSide, neighbour: BorderSide) -> bool:
    """Whether the corner between two sides shows a diagonal join."""
    if neighbour.width <= 0:
        return False
    if side.style != neighbour.style or side.color != neighbour.color:
        return True
    return side.color.alpha < 1 or (side.style >= BorderStyle.GROOVE)


def _paint_straight_side(context: PaintContext, rect: Rect, sides: list[BorderSide], index: int) -> None:
    side = sides[index]
    style = side.style
    strip = side_rect(rect, sides, index)
    before, after = _neighbours(sides, index)
    if style == BorderStyle.DASHED or style == BorderStyle.DOTTED:
        mitres = (_stroke_mitre(side, before), _stroke_mitre(side, after))
        if mitres[0] or mitres[1]:
            context.push_clip_path(_side_polygon(rect, sides, index, *mitres))
            stroke_strip(context, strip, index in (TOP, BOTTOM), side)
            context.pop_clip()
        else:
            stroke_strip(context, strip, index in (TOP, BOTTOM), side)
        return
    if style == BorderStyle.SOLID or (style == BorderStyle.DOUBLE and side.width < 3):
        _fill_side(context, rect, sides, index, side.color)
        return
    if style == BorderStyle.DOUBLE:
        outer = _scaled_sides(sides, True)
        _fill_side(context, rect, outer, index, side.color)
        inner_rect = rect.inset(_double_rest(sides))
        _fill_side(context, inner_rect, outer, index, side.color)
        return
    if style == BorderStyle.GROOVE or style == BorderStyle.RIDGE:
        is_inset = style == BorderStyle.GROOVE
        halves = _halved_sides(sides, True)
        _fill_side(context, rect, halves, index, bevel_color(side.color, index, is_inset))
        inner = rect.inset(Edges(halves[0].width, halves[1].width, halves[2].width, halves[3].width))
        _fill_side(
            context, inner, _halved_sides(sides, False), index, bevel_color(side.color, index, not is_inset)
        )
        return
    _fill_side(context, rect, sides, index, bevel_color(side.color, index, style == BorderStyle.INSET))


def _stroke_mitre(side: BorderSide, neighbour: BorderSide) -> bool:
    return neighbour.width > 0 and (side.style != neighbour.style or side.color != neighbour.color)


def _neighbours(sides: list[BorderSide], index: int) -> tuple[BorderSide, BorderSide]:
    """The sides at the left or upper end, and at the right or lower end."""
    if index in (TOP, BOTTOM):
        return sides[LEFT], sides[RIGHT]
    return sides[TOP], sides[BOTTOM]


def _scaled_sides(sides: list[BorderSide], _outer: bool) -> list[BorderSide]:
    return [BorderSide(third(side.width), side.style, side.color) for side in sides]


def _double_rest(sides: list[BorderSide]) -> Edges:
    rest = [side.width - third(side.width) for side in sides]
    return Edges(rest[0], rest[1], rest[2], rest[3])


def _halved_sides(sides: list[BorderSide], is_outer: bool) -> list[BorderSide]:
    halved: list[BorderSide] = []
    for side in sides:
        outer = float(int(side.width / 2))
        halved.append(BorderSide(outer if is_outer else side.width - outer, side.style, side.color))
    return halved


def _side_polygon(rect: Rect, sides: list[BorderSide], index: int, start: bool, end: bool) -> Path:
    """The side's trapezoid; square where there is no mitre."""
    inner = rect.inset(Edges(sides[0].width, sides[1].width, sides[2].width, sides[3].width))
    left, top, right, bottom = inner.x, inner.y, inner.right, inner.bottom
    path = Path()
    if index == TOP:
        corners = [
            (rect.x, rect.y),
            (rect.right, rect.y),
            (right if end else rect.right, top),
            (left if start else rect.x, top),
        ]
    elif index == BOTTOM:
        corners = [
            (rect.x, rect.bottom),
            (left if start else rect.x, bottom),
            (right if end else rect.right, bottom),
            (rect.right, rect.bottom),
        ]
    elif index == LEFT:
        corners = [
            (rect.x, rect.y),
            (left, top if start else rect.y),
            (left, bottom if end else rect.bottom),
            (rect.x, rect.bottom),
        ]
    else:
        corners = [
            (rect.right, rect.y),
            (rect.right, rect.bottom),
            (right, bottom if end else rect.bottom),
            (right, top if start else rect.y),
        ]
    path.add_polygon(corners)
    return path


def _fill_side(context: PaintContext, rect: Rect, sides: list[BorderSide], index: int, color: Color) -> None:
    side = sides[index]
    before, after = _neighbours(sides, index)
    start, end = _needs_mitre(side, before), _needs_mitre(side, after)
    if not start and not end:
        context.add(FillRect(side_rect(rect, sides, index), color))
        return
    context.add(FillPath(_side_polygon(rect, sides, index, start, end), color, False))


def stroke_strip(context: PaintContext, strip: Rect, is_horizontal: bool, side: BorderSide) -> None:
    """A dashed or dotted line along the middle of a strip."""
    width = side.width
    length = strip.width if is_horizontal else strip.height
    start = 0.0
    if side.style == BorderStyle.DOTTED and has_round_dots(width):
        start = width / 2
        length -= width
        stroke = dotted_stroke(width, max(0.0, length))
    elif side.style == BorderStyle.DOTTED:
        stroke = dotted_stroke(width, length)
    else:
        stroke = dashed_stroke(width, length)
    path = Path()
    if is_horizontal:
        y = strip.y + width / 2
        path.move_to(strip.x + start, y)
        path.line_to(strip.x + start + max(0.0, length), y)
    else:
        x = strip.x + width / 2
        path.move_to(x, strip.y + start)
        path.line_to(x, strip.y + start + max(0.0, length))
    context.add(StrokePath(path, stroke, side.color))


# --- Rounded sides --------------------------------------------------------------------------------


def _paint_rounded_sides(
    context: PaintContext, outer: RoundedRect, sides: list[BorderSide], widths: Edges
) -> None:
    """Each side cut out of the ring by its own wedge."""
    for index in (TOP, BOTTOM, LEFT, RIGHT):
        side = sides[index]
        if not side.is_visible():
            continue
        context.push_clip_path(_wedge(outer.rect, sides, index))
        _paint_ring_in(context, outer, widths, side, index)
        context.pop_clip()


def _paint_ring_in(
    context: PaintContext, outer: RoundedRect, widths: Edges, side: BorderSide, index: int
) -> None:
    """The whole ring in the style of one side."""
    style = side.style
    if style == BorderStyle.DOUBLE:
        _double_ring(context, outer, widths, side)
    elif _is_stroked(style):
        inner = outer.inset(widths)
        ring = Path(True)
        ring.add_rounded_rect(outer)
        ring.add_rounded_rect(inner)
        context.push_clip_path(ring)
        even = Edges(side.width, side.width, side.width, side.width)
        _stroke_ring(context, outer, even, side)
        context.pop_clip()
    elif style == BorderStyle.GROOVE or style == BorderStyle.RIDGE:
        is_inset = style == BorderStyle.GROOVE
        half = Edges(
            float(int(widths.top / 2)),
            float(int(widths.right / 2)),
            float(int(widths.bottom / 2)),
            float(int(widths.left / 2)),
        )
        middle = outer.inset(half)
        context.add(FillRing(outer, middle, bevel_color(side.color, index, is_inset)))
        context.add(FillRing(middle, outer.inset(widths), bevel_color(side.color, index, not is_inset)))
    elif style == BorderStyle.INSET or style == BorderStyle.OUTSET:
        color = bevel_color(side.color, index, style == BorderStyle.INSET)
        context.add(FillRing(outer, outer.inset(widths), color))
    else:
        context.add(FillRing(outer, outer.inset(widths), side.color))


def _wedge(rect: Rect, sides: list[BorderSide], index: int) -> Path:
    """The part of a box that a side owns: from its outer edge to where the mitre lines meet or the middle."""
    top, right, bottom, left = (side.width for side in sides)
    path = Path()
    horizontal = index in (TOP, BOTTOM)
    width = sides[index].width
    before, after = (left, right) if horizontal else (top, bottom)
    across, along = (rect.height, rect.width) if horizontal else (rect.width, rect.height)
    reach = across / 2 / width if width > 0 else 0.0
    if before + after > 0:
        reach = min(reach, along / (before + after))
    depth, start, end = width * reach, before * reach, after * reach
    if index == TOP:
        corners = [
            (rect.x, rect.y),
            (rect.right, rect.y),
            (rect.right - end, rect.y + depth),
            (rect.x + start, rect.y + depth),
        ]
    elif index == BOTTOM:
        corners = [
            (rect.x, rect.bottom),
            (rect.x + start, rect.bottom - depth),
            (rect.right - end, rect.bottom - depth),
            (rect.right, rect.bottom),
        ]
    elif index == LEFT:
        corners = [
            (rect.x, rect.y),
            (rect.x + depth, rect.y + start),
            (rect.x + depth, rect.bottom - end),
            (rect.x, rect.bottom),
        ]
    else:
        corners = [
            (rect.right, rect.y),
            (rect.right, rect.bottom),
            (rect.right - depth, rect.bottom - end),
            (rect.right - depth, rect.y + start),
        ]
    path.add_polygon(corners)
    return path
