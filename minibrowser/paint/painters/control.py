"""Form controls as Chromium draws its own (ui/native_theme/native_theme_base.cc), measured in its pictures."""

from __future__ import annotations

import math
from typing import Final, final

from ...css.computed_style import ComputedStyle
from ...css.keywords import Appearance, BorderStyle, Overflow, Resize
from ...css.values import WHITE, Color
from ...geometry import Edges, Rect
from ...layout.box import Control, ControlKind, PickerIcon
from ...layout.box_control_parts import is_restyled
from ...layout.fragment import Fragment
from ..display_list import FillPath, FillRect, FillRing, FillRoundedRect, Stroke, StrokePath
from ..paint_context import PaintContext
from ..path import Path
from ..rounded_rect import Radii, RoundedRect

UA_FRAMES: Final = frozenset(
    (
        Color(118.0, 118.0, 118.0),
        Color(118.0, 118.0, 118.0, 0.3),
        Color(133.0, 133.0, 133.0),
        Color(0.0, 0.0, 0.0),
    )
)
"""Border colours of the user-agent sheet."""
BARE_BAR: Final = Color(128.0, 128.0, 128.0)
BARE_VALUE: Final = Color(0.0, 128.0, 0.0)
"""Of a progress bar without its native look: gray and green, as the user-agent sheet says for its parts."""
DROP_DOWN_FILLS: Final = {
    Color(239.0, 239.0, 239.0): WHITE,
    Color(239.0, 239.0, 239.0, 0.3): Color(248.0, 248.0, 248.0),
    Color(107.0, 107.0, 107.0): Color(59.0, 59.0, 59.0),
}
"""What a drop-down is filled with where it still has the user-agent sheet's background colour: as a field is."""
LEAST_CONTRAST: Final = 3.0
"""Between an accent and what it stands on."""
WHOLLY_NATIVE: Final = frozenset(
    (ControlKind.CHECKBOX, ControlKind.RADIO, ControlKind.RANGE, ControlKind.PROGRESS, ControlKind.METER)
)
"""Controls whose backgrounds and borders are not drawn as long as they look native."""
SWATCH_FRAME: Final = Color(119.0, 119.0, 119.0)
RESIZER: Final = Color(102.0, 102.0, 102.0)
TRACK_HEIGHT: Final = 8.0
THUMB: Final = 16.0
CORNER: Final = 2.0


def _grey(level: int, alpha: float = 1.0) -> Color:
    return Color(float(level), float(level), float(level), alpha)


@final
class Palette:
    """The colours of one scheme."""

    def __init__(self, accent: Color, frame: Color, fill: Color, mark: Color) -> None:
        self.accent: Final = accent
        self.frame: Final = frame
        self.fill: Final = fill
        self.mark: Final = mark
        self.track = _grey(239)
        self.track_frame = _grey(118, 0.5)
        self.meter_frame = _grey(203)
        self.meter = (Color(16.0, 124.0, 16.0), Color(255.0, 185.0, 0.0), Color(216.0, 59.0, 1.0))
        self.disabled_accent = _grey(209)
        self.disabled_fill = _grey(248)
        self.disabled_button = _grey(238)
        self.disabled_frame = _grey(118, 0.34)
        self.disabled_mark = _grey(237)
        self.disabled_thumb = _grey(203)
        self.disabled_track = _grey(250)
        self.disabled_track_frame = _grey(118, 0.25)


def _dark_palette() -> Palette:
    palette = Palette(Color(153.0, 200.0, 255.0), _grey(133), _grey(59), _grey(59))
    palette.track = palette.disabled_track = palette.disabled_fill = _grey(59)
    palette.track_frame = _grey(133, 0.8)
    palette.meter_frame = _grey(108)
    palette.disabled_button = _grey(54)
    # NOTE: Chromium's own for good; the others are not measured.
    palette.meter = (Color(116.0, 179.0, 116.0), palette.meter[1], palette.meter[2])
    palette.disabled_frame = palette.disabled_track_frame = _grey(98)
    palette.disabled_accent = palette.disabled_thumb = _grey(117)
    palette.disabled_mark = _grey(59)
    return palette


LIGHT: Final = Palette(Color(0.0, 117.0, 255.0), _grey(118), WHITE, WHITE)
DARK: Final = _dark_palette()


def palette_of(style: ComputedStyle) -> Palette:
    """The colours by the used color-scheme."""
    return DARK if style.inherited.uses_dark_scheme else LIGHT


def _round(radius: float) -> Radii:
    corner = (radius, radius)
    return Radii(corner, corner, corner, corner)


def accent_of(style: ComputedStyle) -> Color:
    """accent-color, or Chromium's blue."""
    accent = style.inherited.accent_color
    return accent if accent is not None else palette_of(style).accent


def accent_palette(style: ComputedStyle) -> Palette:
    """The colours beside an accent: those of the other scheme where the page's accent has too little contrast with the
    scheme's own and more with the other's (Chromium's MostReadableColorScheme)."""
    colors = palette_of(style)
    accent = style.inherited.accent_color
    if accent is None:
        return colors
    own = contrast(accent, colors.fill)
    other = DARK if colors is LIGHT else LIGHT
    if own >= LEAST_CONTRAST or contrast(accent, other.fill) <= own:
        return colors
    return other


def contrast(a: Color, b: Color) -> float:
    """https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio"""
    first, second = _luminance(a), _luminance(b)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def _luminance(color: Color) -> float:
    total = 0.0
    for value, weight in ((color.red, 0.2126), (color.green, 0.7152), (color.blue, 0.0722)):
        level = min(1.0, max(0.0, value / 255.0))
        total += weight * (level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4)
    return total


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


def is_wholly_native(fragment: Fragment) -> bool:
    """Whether a control is drawn without the box's own background and border (LayoutTheme::Paint)."""
    box = fragment.box
    return (
        box is not None
        and box.control is not None
        and (
            (
                box.control.kind in WHOLLY_NATIVE
                and fragment.style.box.appearance != Appearance.NONE
                and is_native_bar(fragment)
            )
            or box.control.kind == ControlKind.SLIDER_THUMB
        )
    )


def is_native_bar(fragment: Fragment) -> bool:
    """False for a <progress> that the page gave a background or a border, and that is not native then."""
    box = fragment.box
    if box is None or box.control is None or box.control.kind != ControlKind.PROGRESS:
        return True
    return not is_restyled(fragment.style)


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
    colors = palette_of(fragment.style)
    frame = colors.disabled_frame if control.is_disabled else colors.frame
    is_button = control.kind in (ControlKind.BUTTON, ControlKind.COLOR)
    if control.is_disabled and is_button:
        background = colors.disabled_button
    elif control.is_disabled and colors is DARK:
        background = colors.disabled_fill
    if is_button and colors is DARK:
        frame = background
    if is_button:
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
    if control.has_parts:
        return
    if kind == ControlKind.SLIDER_THUMB:
        _thumb(context, rect, control, fragment.style)
    elif fragment.style.box.appearance == Appearance.NONE or not is_native_bar(fragment):
        _paint_parts(context, fragment, rect, control)
    elif kind == ControlKind.CHECKBOX:
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
        _meter(context, rect, control, fragment.style)
    elif kind == ControlKind.COLOR:
        _color_swatch(context, fragment, rect, control)
    elif kind == ControlKind.DATE:
        _date_icon(context, fragment, rect, control)


def _paint_parts(context: PaintContext, fragment: Fragment, rect: Rect, control: Control) -> None:
    """What remains of a control without its native look: the parts inside have a look of their own."""
    inner = rect.inset(fragment.border.plus(fragment.padding))
    if inner.is_empty():
        return
    if control.kind == ControlKind.RANGE:
        _range(context, inner, control, fragment.style, has_track=False)
    elif control.kind == ControlKind.COLOR:
        _color_swatch(context, fragment, rect, control)
    elif control.kind == ControlKind.PROGRESS:
        context.add(FillRect(inner, BARE_BAR))
        if control.value > 0.0:
            width = context.snap(inner.width * min(1.0, control.value))
            x = inner.right - width if fragment.style.inherited.direction == 1 else inner.x
            context.add(FillRect(Rect(x, inner.y, width, inner.height), BARE_VALUE))


def _thumb(context: PaintContext, rect: Rect, control: Control, style: ComputedStyle) -> None:
    """The thumb of a slider, as a box of its own."""
    colors = accent_palette(style)
    disc = Path()
    disc.add_ellipse(rect.x + rect.width / 2, rect.y + rect.height / 2, rect.width / 2, rect.height / 2)
    context.add(FillPath(disc, colors.disabled_thumb if control.is_disabled else accent_of(style)))


def _square(rect: Rect) -> Rect:
    """The largest square in the middle."""
    side = min(rect.width, rect.height)
    return Rect(rect.x + (rect.width - side) / 2, rect.y + (rect.height - side) / 2, side, side)


def _checkbox(context: PaintContext, rect: Rect, control: Control, style: ComputedStyle) -> None:
    box = _square(rect)
    is_on = control.is_checked or control.is_indeterminate
    colors = accent_palette(style) if is_on else palette_of(style)
    if not is_on:
        fill = colors.disabled_fill if control.is_disabled else colors.fill
        _framed(context, box, fill, colors.disabled_frame if control.is_disabled else colors.frame, CORNER)
        return
    accent = colors.disabled_accent if control.is_disabled else accent_of(style)
    mark = colors.disabled_mark if control.is_disabled else colors.mark
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
    colors = accent_palette(style) if control.is_checked else palette_of(style)
    if control.is_disabled:
        fill, frame, dot = colors.disabled_fill, colors.disabled_frame, colors.disabled_accent
    else:
        accent = accent_of(style)
        fill, frame, dot = colors.fill, accent if control.is_checked else colors.frame, accent
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


def _range(
    context: PaintContext, rect: Rect, control: Control, style: ComputedStyle, *, has_track: bool = True
) -> None:
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
    colors = accent_palette(style)
    if control.is_disabled:
        fill, accent, frame = colors.disabled_track, colors.disabled_thumb, colors.disabled_track_frame
    else:
        fill, accent, frame = colors.track, accent_of(style), colors.track_frame
    if has_track:
        _track(context, track, fill, accent, value)
        _track_frame(context, track, frame)
    thumb = Path()
    thumb.add_ellipse(center, rect.y + rect.height / 2, THUMB / 2, THUMB / 2)
    context.add(FillPath(thumb, accent))


def _progress(context: PaintContext, rect: Rect, control: Control, style: ComputedStyle) -> None:
    height = min(rect.height, max(1.0, math.floor(rect.height / 2 + 0.5)))
    top = rect.y + math.floor((rect.height - height) / 2)
    track = Rect(rect.x, top, rect.width, height)
    colors = accent_palette(style)
    if control.value >= 0:
        width = context.snap(rect.width * min(1.0, control.value))
        value = Rect(rect.x, top, width, height)
        if style.inherited.direction == 1:
            value = Rect(rect.right - width, top, width, height)
        _track(context, track, colors.track, accent_of(style), value)
    else:
        _track(context, track, colors.track, accent_of(style), None)
        bar = Rect(rect.x + 3.0, top, rect.width / 5, height)
        context.add(FillRoundedRect(RoundedRect(bar, _round(height / 2)).constrained(), accent_of(style)))
    _track_frame(context, track, colors.track_frame)


def _meter(context: PaintContext, rect: Rect, control: Control, style: ComputedStyle) -> None:
    height = min(rect.height, max(1.0, math.floor(rect.height / 2 + 0.5)))
    top = rect.y + math.floor((rect.height - height) / 2)
    track = Rect(rect.x, top, rect.width, height)
    inner = track.inset(Edges(1.0, 1.0, 1.0, 1.0))
    colors = palette_of(style)
    context.add(FillRoundedRect(RoundedRect(track, _round(height / 2)), colors.meter_frame))
    value = Rect(
        inner.x, inner.y, context.snap(inner.width * min(1.0, max(0.0, control.value))), inner.height
    )
    _track(context, inner, colors.track, colors.meter[control.level], value)


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
    if control.icon == PickerIcon.INVISIBLE:
        return
    color = fragment.style.inherited.color
    if control.icon == PickerIcon.INVERTED:
        color = Color(255.0 - color.red, 255.0 - color.green, 255.0 - color.blue, color.alpha)
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
