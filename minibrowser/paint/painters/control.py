"""Form controls as Chromium draws its own (ui/native_theme/native_theme_base.cc), measured in its pictures."""

from __future__ import annotations

import math
from typing import Final

from ...css.computed_style import ComputedStyle
from ...css.keywords import Appearance, BorderStyle, Overflow, Resize
from ...css.values import WHITE, Color
from ...geometry import Edges, Rect
from ...layout.box import Control, ControlKind
from ...layout.fragment import Fragment
from ..display_list import FillPath, FillRect, FillRing, FillRoundedRect, Stroke, StrokePath
from ..paint_context import PaintContext
from ..path import Path
from ..rounded_rect import Radii, RoundedRect

ACCENT: Final = Color(0.0, 117.0, 255.0)
FRAME: Final = Color(118.0, 118.0, 118.0)
DISABLED_FRAME: Final = Color(118.0, 118.0, 118.0, 0.34)
DISABLED_FILL: Final = Color(248.0, 248.0, 248.0)
DISABLED_ACCENT: Final = Color(209.0, 209.0, 209.0)
DISABLED_MARK: Final = Color(237.0, 237.0, 237.0)
DISABLED_THUMB: Final = Color(203.0, 203.0, 203.0)
UA_FRAMES: Final = frozenset((FRAME, Color(118.0, 118.0, 118.0, 0.3), Color(0.0, 0.0, 0.0)))
"""Border colours of the user-agent sheet."""
DROP_DOWN_FILLS: Final = {
    Color(239.0, 239.0, 239.0): WHITE,
    Color(239.0, 239.0, 239.0, 0.3): DISABLED_FILL,
    Color(107.0, 107.0, 107.0): Color(59.0, 59.0, 59.0),
}
"""What a drop-down is filled with where it still has the user-agent sheet's background colour: as a field is."""
BUTTON_FACE: Final = Color(239.0, 239.0, 239.0)
DISABLED_FACE: Final = Color(250.0, 250.0, 250.0)
TRACK: Final = Color(239.0, 239.0, 239.0)
DISABLED_TRACK: Final = Color(250.0, 250.0, 250.0)
TRACK_FRAME: Final = Color(118.0, 118.0, 118.0, 0.5)
DISABLED_TRACK_FRAME: Final = Color(118.0, 118.0, 118.0, 0.25)
METER_FRAME: Final = Color(203.0, 203.0, 203.0)
METER_GOOD: Final = Color(16.0, 124.0, 16.0)
SWATCH_FRAME: Final = Color(119.0, 119.0, 119.0)
RESIZER: Final = Color(102.0, 102.0, 102.0)
TRACK_HEIGHT: Final = 8.0
THUMB: Final = 16.0
CORNER: Final = 2.0


def _round(radius: float) -> Radii:
    corner = (radius, radius)
    return Radii(corner, corner, corner, corner)


def accent_of(style: ComputedStyle) -> Color:
    """accent-color, or Chromium's blue."""
    accent = style.inherited.accent_color
    return accent if accent is not None else ACCENT


def has_native_frame(fragment: Fragment) -> bool:
    """Whether a field or button still has the user-agent sheet's border and background: then Chromium draws its
    own frame instead of them (LayoutTheme::IsControlStyled)."""
    box = fragment.box
    if box is None or box.control is None:
        return False
    style = fragment.style
    if style.box.appearance == Appearance.NONE:
        return False
    kind = box.control.kind
    if kind in (ControlKind.TEXT_FIELD, ControlKind.DATE):
        wanted = BorderStyle.INSET
    elif kind == ControlKind.BUTTON:
        wanted = BorderStyle.OUTSET
    elif kind in (ControlKind.SELECT, ControlKind.COLOR):
        wanted = BorderStyle.SOLID
    else:
        return False
    paint = style.paint
    corners = (
        paint.border_top_left_radius,
        paint.border_top_right_radius,
        paint.border_bottom_right_radius,
        paint.border_bottom_left_radius,
    )
    widths = style.box
    return (
        paint.border_top_style == wanted
        and paint.border_left_style == wanted
        and widths.border_top_width == widths.border_left_width
        and (widths.border_top_width == 2 or wanted == BorderStyle.SOLID)
        and (paint.border_top_color in UA_FRAMES or wanted != BorderStyle.SOLID)
        and all(corner.is_zero() for corner in corners)
        and paint.background_image == (None,)
    )


def paint_native_frame(context: PaintContext, fragment: Fragment, x: float, y: float) -> None:
    """The frame of a text field or a button."""
    box = fragment.box
    if box is None or box.control is None:
        return
    control = box.control
    rect = context.snap_rect(Rect(x, y, fragment.width, fragment.height))
    if not context.is_visible(rect):
        return
    background = fragment.style.paint.background_color
    frame = DISABLED_FRAME if control.is_disabled else FRAME
    if control.kind in (ControlKind.BUTTON, ControlKind.COLOR):
        _framed(context, rect, background, frame, CORNER)
        return
    inner = rect.inset(Edges(1.0, 1.0, 1.0, 1.0))
    if control.kind == ControlKind.SELECT:
        background = DROP_DOWN_FILLS.get(background, background)
    context.add(FillRect(inner, background))
    # Lines without their corner pixels.
    context.add(FillRect(Rect(inner.x, rect.y, inner.width, 1.0), frame))
    context.add(FillRect(Rect(inner.x, inner.bottom, inner.width, 1.0), frame))
    context.add(FillRect(Rect(rect.x, inner.y, 1.0, inner.height), frame))
    context.add(FillRect(Rect(inner.right, inner.y, 1.0, inner.height), frame))


def _framed(context: PaintContext, rect: Rect, fill: Color, frame: Color, radius: float) -> None:
    """A rounded rectangle with a line of 1px along its inside."""
    context.add(FillRoundedRect(RoundedRect(rect, _round(radius)), fill))
    outer = RoundedRect(rect, _round(radius + 0.5)).constrained()
    inner = rect.inset(Edges(1.0, 1.0, 1.0, 1.0))
    context.add(FillRing(outer, RoundedRect(inner, _round(radius - 0.5)).constrained(), frame))


def paint_control(context: PaintContext, fragment: Fragment, x: float, y: float) -> None:
    """What a control shows besides its box and its text."""
    box = fragment.box
    if box is None or box.control is None:
        return
    control = box.control
    kind = control.kind
    rect = context.snap_rect(Rect(x, y, fragment.width, fragment.height))
    if not context.is_visible(rect) or rect.is_empty():
        return
    _paint_resizer(context, fragment, rect)
    if fragment.style.box.appearance == Appearance.NONE:
        return
    if kind == ControlKind.CHECKBOX:
        _checkbox(context, rect, control, fragment.style)
    elif kind == ControlKind.RADIO:
        _radio(context, rect, control, fragment.style)
    elif kind == ControlKind.SELECT:
        _select_arrow(context, fragment, rect)
    elif kind == ControlKind.RANGE:
        _range(context, rect, control, fragment.style)
    elif kind == ControlKind.PROGRESS:
        _progress(context, rect, control, fragment.style)
    elif kind == ControlKind.METER:
        _meter(context, rect, control)
    elif kind == ControlKind.COLOR:
        _color_swatch(context, fragment, rect, control)
    elif kind == ControlKind.DATE:
        _date_icon(context, fragment, rect, control)


def _square(rect: Rect) -> Rect:
    """The largest square in the middle."""
    side = min(rect.width, rect.height)
    return Rect(rect.x + (rect.width - side) / 2, rect.y + (rect.height - side) / 2, side, side)


def _checkbox(context: PaintContext, rect: Rect, control: Control, style: ComputedStyle) -> None:
    box = _square(rect)
    is_on = control.is_checked or control.is_indeterminate
    if not is_on:
        fill = DISABLED_FILL if control.is_disabled else WHITE
        _framed(context, box, fill, DISABLED_FRAME if control.is_disabled else FRAME, CORNER)
        return
    accent = DISABLED_ACCENT if control.is_disabled else accent_of(style)
    mark = DISABLED_MARK if control.is_disabled else WHITE
    context.add(FillRoundedRect(RoundedRect(box, _round(CORNER)), accent))
    width, height = box.width, box.height
    if control.is_indeterminate:
        dash = Rect(box.x + width * 0.2, box.y + height * 0.42, width * 0.6, height * 0.16)
        context.add(FillRoundedRect(RoundedRect(dash, _round(CORNER)).constrained(), mark))
        return
    check = Path()
    check.move_to(box.x + width * 0.2, box.y + height * 0.5)
    check.line_to(box.x + width * 0.4, box.y + height * 0.7)
    check.line_to(box.x + width * 0.8, box.y + height * 0.2)
    context.add(StrokePath(check, Stroke(height * 0.16), mark))


def _radio(context: PaintContext, rect: Rect, control: Control, style: ComputedStyle) -> None:
    box = _square(rect)
    cx, cy, radius = box.x + box.width / 2, box.y + box.height / 2, box.width / 2
    if control.is_disabled:
        fill, frame, dot = DISABLED_FILL, DISABLED_FRAME, DISABLED_ACCENT
    else:
        accent = accent_of(style)
        fill, frame, dot = WHITE, accent if control.is_checked else FRAME, accent
    disc = Path()
    disc.add_ellipse(cx, cy, radius, radius)
    context.add(FillPath(disc, fill))
    circle = Path()
    circle.add_ellipse(cx, cy, radius - 0.5, radius - 0.5)
    context.add(StrokePath(circle, Stroke(1.0), frame))
    if control.is_checked:
        middle = Path()
        middle.add_ellipse(cx, cy, radius * 0.6, radius * 0.6)
        context.add(FillPath(middle, dot))


def _select_arrow(context: PaintContext, fragment: Fragment, rect: Rect) -> None:
    """The chevron of a drop-down, in the colour of its text."""
    middle = rect.y + math.floor(rect.height / 2)
    if fragment.style.inherited.direction == 1:
        center = rect.x + 9.0
    else:
        center = rect.right - 9.0
    path = Path()
    path.move_to(center - 4.0, middle - 2.0)
    path.line_to(center, middle + 2.0)
    path.line_to(center + 4.0, middle - 2.0)
    context.add(StrokePath(path, Stroke(2.0), fragment.style.inherited.color))


def _track(context: PaintContext, track: Rect, fill: Color, accent: Color, value: Rect | None) -> None:
    """A rounded track with a part of it filled, without its frame."""
    shape = RoundedRect(track, _round(track.height / 2))
    context.add(FillRoundedRect(shape, fill))
    if value is not None and not value.is_empty():
        context.push_clip(shape)
        context.add(FillRect(value, accent))
        context.pop_clip()


def _track_frame(context: PaintContext, track: Rect, frame: Color) -> None:
    outer = RoundedRect(track, _round(track.height / 2))
    inner = outer.inset(Edges(1.0, 1.0, 1.0, 1.0))
    context.add(FillRing(outer, inner, frame))


def _range(context: PaintContext, rect: Rect, control: Control, style: ComputedStyle) -> None:
    """A slider."""
    is_rtl = style.inherited.direction == 1
    top = rect.y + math.floor((rect.height - TRACK_HEIGHT) / 2 + 0.5)
    track = Rect(rect.x + 1.0, top, max(0.0, rect.width - 2.0), TRACK_HEIGHT)
    room = max(0.0, rect.width - THUMB)
    share = 1.0 - control.value if is_rtl else control.value
    thumb_x = rect.x + room * share
    center = thumb_x + THUMB / 2
    if is_rtl:
        value = Rect(center, top, track.right - center, TRACK_HEIGHT)
    else:
        value = Rect(track.x, top, center - track.x, TRACK_HEIGHT)
    if control.is_disabled:
        fill, accent, frame = DISABLED_TRACK, DISABLED_THUMB, DISABLED_TRACK_FRAME
    else:
        fill, accent, frame = TRACK, accent_of(style), TRACK_FRAME
    _track(context, track, fill, accent, value)
    _track_frame(context, track, frame)
    thumb = Path()
    thumb.add_ellipse(center, rect.y + rect.height / 2, THUMB / 2, THUMB / 2)
    context.add(FillPath(thumb, accent))


def _progress(context: PaintContext, rect: Rect, control: Control, style: ComputedStyle) -> None:
    height = min(rect.height, max(1.0, math.floor(rect.height / 2 + 0.5)))
    top = rect.y + math.floor((rect.height - height) / 2)
    track = Rect(rect.x, top, rect.width, height)
    if control.value >= 0:
        width = context.snap(rect.width * min(1.0, control.value))
        value = Rect(rect.x, top, width, height)
        if style.inherited.direction == 1:
            value = Rect(rect.right - width, top, width, height)
        _track(context, track, TRACK, accent_of(style), value)
    else:
        _track(context, track, TRACK, accent_of(style), None)
        bar = Rect(rect.x + 3.0, top, rect.width / 5, height)
        context.add(FillRoundedRect(RoundedRect(bar, _round(height / 2)).constrained(), accent_of(style)))
    _track_frame(context, track, TRACK_FRAME)


def _meter(context: PaintContext, rect: Rect, control: Control) -> None:
    height = min(rect.height, max(1.0, math.floor(rect.height / 2 + 0.5)))
    top = rect.y + math.floor((rect.height - height) / 2)
    track = Rect(rect.x, top, rect.width, height)
    inner = track.inset(Edges(1.0, 1.0, 1.0, 1.0))
    context.add(FillRoundedRect(RoundedRect(track, _round(height / 2)), METER_FRAME))
    # TODO: the colours of less and least good values need `low`, `high` and `optimum` in Control.
    value = Rect(
        inner.x, inner.y, context.snap(inner.width * min(1.0, max(0.0, control.value))), inner.height
    )
    _track(context, inner, TRACK, METER_GOOD, value)


def _color_swatch(context: PaintContext, fragment: Fragment, rect: Rect, control: Control) -> None:
    """The chosen colour, in a frame of its own."""
    text = control.color
    red, green, blue = 0, 0, 0
    if len(text) == 7:
        red, green, blue = int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
    edges = fragment.border.plus(fragment.padding)
    swatch = rect.inset(edges).inset(Edges(4.0, 2.0, 4.0, 2.0))
    if swatch.is_empty():
        return
    context.add(FillRect(swatch, SWATCH_FRAME))
    inner = swatch.inset(Edges(1.0, 1.0, 1.0, 1.0))
    context.add(FillRect(inner, Color(float(red), float(green), float(blue))))


def _date_icon(context: PaintContext, fragment: Fragment, rect: Rect, control: Control) -> None:
    """The calendar or the clock at the end of a date field."""
    color = fragment.style.inherited.color
    middle = rect.y + rect.height / 2
    if control.type == "time":
        center = rect.right - 12.0
        circle = Path()
        circle.add_ellipse(center, middle, 5.3, 5.3)
        context.add(StrokePath(circle, Stroke(1.2), color))
        hands = Path()
        hands.move_to(center - 0.1, middle - 3.0)
        hands.line_to(center - 0.1, middle + 0.4)
        hands.line_to(center + 2.4, middle + 1.8)
        context.add(StrokePath(hands, Stroke(1.0), color))
        return
    right, top = rect.right - 5.5, middle - 5.0
    outer = Rect(right - 10.0, top, 10.0, 10.0)
    inner = Rect(right - 9.0, top + 2.5, 8.0, 6.5)
    ring = Path()
    ring.add_ring(RoundedRect(outer, _round(1.0)), RoundedRect(inner))
    context.add(FillPath(ring, color))
    for x in (right - 8.5, right - 2.5):
        context.add(FillRect(Rect(x, top - 1.0, 1.0, 1.0), color))


def _paint_resizer(context: PaintContext, fragment: Fragment, rect: Rect) -> None:
    """The grip in the corner of what can be resized."""
    style = fragment.style
    if style.box.resize == Resize.NONE or style.box.overflow_x == Overflow.VISIBLE:
        return
    right, bottom = rect.right - fragment.border.right, rect.bottom - fragment.border.bottom
    for length in (7, 3):
        for step in range(length):
            x, y = right - 3.0 - length + 1 + step, bottom - 3.0 - step
            context.add(FillRect(Rect(x, y, 1.0, 1.0), RESIZER))
