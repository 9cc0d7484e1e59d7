"""Borders (https://drafts.csswg.org/css-backgrounds-3/#borders), drawn as Blink's BoxBorderPainter draws them."""

from __future__ import annotations

from typing import Final, final

from ...css.computed_style import ComputedStyle
from ...css.keywords import BorderStyle
from ...css.values import BLACK, WHITE, Color
from ...geometry import Edges, Rect
from ..display_list import FillPath, FillRect, FillRing, Stroke, StrokePath
from ..paint_context import PaintContext
from ..path import Path
from ..rounded_rect import RoundedRect
from ..stroke_style import dashed_stroke, dotted_stroke, fine_dots_gap, has_round_dots

TOP: Final = 0
RIGHT: Final = 1
BOTTOM: Final = 2
LEFT: Final = 3

DARKENED_WHITE: Final = Color(171.0, 171.0, 171.0)
LIGHTENED_BLACK: Final = Color(84.0, 84.0, 84.0)
VERY_DARK: Final = Color(32.0, 32.0, 32.0)
VERY_LIGHT: Final = Color(235.0, 235.0, 235.0)
SIDE_PRIORITY: Final = (0, 2, 3, 1)
"""Blink paints the top first, then left, right and bottom."""


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


def _distance(a: Color, b: Color) -> float:
    return (a.red - b.red) ** 2 + (a.green - b.green) ** 2 + (a.blue - b.blue) ** 2


def bevel_color(color: Color, side: int, is_inset: bool) -> Color:
    """The colour of a side of an inset or outset border, as measured in Chromium.

    Very dark colours are lightened on both sides, very light ones only darkened.
    """
    is_dark_side = (side in (TOP, LEFT)) == is_inset
    if _distance(color, WHITE) >= _distance(VERY_DARK, WHITE):
        lightened = light(color)
        return lightened if is_dark_side else light(lightened)
    if is_dark_side:
        return dark(color)
    return color if _distance(color, BLACK) > _distance(VERY_LIGHT, BLACK) else light(color)


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
    # A side that is painted later and covers its strip cuts the joins into earlier ones.
    done = [False, False, False, False]
    for index in _paint_order(sides):
        done[index] = True
        if sides[index].is_visible():
            _paint_straight_side(context, outer.rect, sides, index, done)


def _paint_order(sides: list[BorderSide]) -> list[int]:
    """Translucent sides first, then by Blink's priority."""
    keys = [(sides[index].color.alpha, SIDE_PRIORITY[index], index) for index in range(4)]
    keys.sort()
    return [key[2] for key in keys]


def _fills_strip(style: BorderStyle) -> bool:
    return style != BorderStyle.DASHED and style != BorderStyle.DOTTED and style != BorderStyle.DOUBLE


def _is_stroked(style: BorderStyle) -> bool:
    return style == BorderStyle.DASHED or style == BorderStyle.DOTTED


def third(width: float) -> float:
    """The thickness of each line of a double border."""
    return float(int(width / 3 + 0.5)) if width >= 3 else width


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


def _needs_mitre(sides: list[BorderSide], index: int, other: int, done: list[bool]) -> bool:
    """Whether this side is cut at its corner with another (BoxBorderPainter::ComputeMiter)."""
    side, neighbour = sides[index], sides[other]
    if neighbour.width <= 0:
        return False
    if not done[other] and neighbour.color.alpha >= 1 and _fills_strip(neighbour.style):
        return False  # the other one will be painted over it
    if side.style != neighbour.style or side.color != neighbour.color:
        return True
    return side.color.alpha < 1 or side.style >= BorderStyle.GROOVE


def _paint_straight_side(
    context: PaintContext, rect: Rect, sides: list[BorderSide], index: int, done: list[bool]
) -> None:
    side = sides[index]
    style = side.style
    before, after = _neighbours(index)
    start, end = _needs_mitre(sides, index, before, done), _needs_mitre(sides, index, after, done)
    if _is_stroked(style):
        strip = side_rect(rect, sides, index)
        is_cut = start or end
        if is_cut:
            context.push_clip_path(_side_polygon(rect, sides, index, start, end))
        stroke_strip(context, strip, index in (TOP, BOTTOM), side)
        if is_cut:
            context.pop_clip()
    elif style == BorderStyle.SOLID or (style == BorderStyle.DOUBLE and side.width < 3):
        _fill_side(context, rect, sides, index, (start, end), side.color)
    elif style == BorderStyle.DOUBLE:
        stripes = [BorderSide(third(each.width), each.style, each.color) for each in sides]
        rest = [each.width - third(each.width) for each in sides]
        inner = rect.inset(Edges(rest[0], rest[1], rest[2], rest[3]))
        _fill_side(context, rect, stripes, index, (start, end), side.color)
        _fill_side(context, inner, stripes, index, (start, end), side.color)
    elif style == BorderStyle.GROOVE or style == BorderStyle.RIDGE:
        is_inset = style == BorderStyle.GROOVE
        outer, rest_sides = _halved_sides(sides, True), _halved_sides(sides, False)
        inner = rect.inset(Edges(outer[0].width, outer[1].width, outer[2].width, outer[3].width))
        _fill_side(context, rect, outer, index, (start, end), bevel_color(side.color, index, is_inset))
        _fill_side(
            context, inner, rest_sides, index, (start, end), bevel_color(side.color, index, not is_inset)
        )
    else:
        color = bevel_color(side.color, index, style == BorderStyle.INSET)
        _fill_side(context, rect, sides, index, (start, end), color)


def _neighbours(index: int) -> tuple[int, int]:
    """The sides at the left or upper end, and at the right or lower end."""
    return (LEFT, RIGHT) if index in (TOP, BOTTOM) else (TOP, BOTTOM)


def _halved_sides(sides: list[BorderSide], is_outer: bool) -> list[BorderSide]:
    halved: list[BorderSide] = []
    for side in sides:
        outer = float(int((side.width + 1) / 2))
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


def _fill_side(
    context: PaintContext,
    rect: Rect,
    sides: list[BorderSide],
    index: int,
    mitres: tuple[bool, bool],
    color: Color,
) -> None:
    if not mitres[0] and not mitres[1]:
        context.add(FillRect(side_rect(rect, sides, index), color))
    else:
        context.add(FillPath(_side_polygon(rect, sides, index, mitres[0], mitres[1]), color))


def stroke_strip(context: PaintContext, strip: Rect, is_horizontal: bool, side: BorderSide) -> None:
    """A dashed or dotted line along the middle of a strip."""
    width = side.width
    length = strip.width if is_horizontal else strip.height
    start = 0.0
    if side.style == BorderStyle.DOTTED and has_round_dots(width):
        stroke = dotted_stroke(width, length)
        start = width / 2
        length -= width
    elif side.style == BorderStyle.DOTTED:
        _fine_dots(context, strip, is_horizontal, side)
        return
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


def _fine_dots(context: PaintContext, strip: Rect, is_horizontal: bool, side: BorderSide) -> None:
    """Square dots of up to 3 px: one at each end, whole, and those between on whole pixels, as Chromium has them."""
    width = side.width
    length = strip.width if is_horizontal else strip.height
    inner = length - 2 * width
    if inner <= 0.0:
        context.add(FillRect(strip, side.color))
        return
    gap = fine_dots_gap(width, inner)
    # Where the row of dots comes out a period short, its first and last show by one pixel.
    end = width + (1.0 if gap > width and inner % (2 * width) == 0.0 else 0.0)
    dots = int((inner - gap) / width + 1.0) // 2
    stroke = Stroke(width, (width, width))
    path = Path()
    if is_horizontal:
        context.add(FillRect(Rect(strip.x, strip.y, end, width), side.color))
        context.add(FillRect(Rect(strip.right - end, strip.y, end, width), side.color))
        path.move_to(strip.x + width + gap, strip.y + width / 2)
        path.line_to(strip.x + gap + 2 * dots * width, strip.y + width / 2)
    else:
        context.add(FillRect(Rect(strip.x, strip.y, width, end), side.color))
        context.add(FillRect(Rect(strip.x, strip.bottom - end, width, end), side.color))
        path.move_to(strip.x + width / 2, strip.y + width + gap)
        path.line_to(strip.x + width / 2, strip.y + gap + 2 * dots * width)
    if dots > 0:
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
        ring = Path()
        ring.add_ring(outer, inner)
        context.push_clip_path(ring)
        even = Edges(side.width, side.width, side.width, side.width)
        _stroke_ring(context, outer, even, side)
        context.pop_clip()
    elif style == BorderStyle.GROOVE or style == BorderStyle.RIDGE:
        is_inset = style == BorderStyle.GROOVE
        half = Edges(
            float(int((widths.top + 1) / 2)),
            float(int((widths.right + 1) / 2)),
            float(int((widths.bottom + 1) / 2)),
            float(int((widths.left + 1) / 2)),
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
