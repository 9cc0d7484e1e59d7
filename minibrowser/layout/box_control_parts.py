"""The parts of form controls that rules of the page style, as boxes: the thumb and the track of a slider, the bar and
the value of <progress> and <meter>, the swatch of a colour field.

They stand as Chromium's shadow trees have them (its html.css); controls that nobody has touched have no such boxes and
are painted as a whole.
"""

from __future__ import annotations

from typing import Final

from ..css.computed_style import INITIAL_PAINT, BoxStyle, ComputedStyle
from ..css.keywords import Appearance, BorderStyle, Direction, Display, Overflow, PositionKind
from ..css.layout_values import AlignKeyword, Alignment
from ..css.style_tree import PseudoElement, StyleTree
from ..css.values import Color, CornerRadius, FilterKind, Length, LengthKind, px
from ..dom.node import Element
from .box import Box, BoxKind, Control, ControlKind, PickerIcon

SLIDER_LENGTH: Final = 129.0
THUMB_SIZE: Final = 16.0
"""Of a native slider's thumb."""

METER_VALUES: Final = (
    PseudoElement.METER_OPTIMUM_VALUE,
    PseudoElement.METER_SUBOPTIMUM_VALUE,
    PseudoElement.METER_EVEN_LESS_GOOD_VALUE,
)
"""By the level of a meter's value."""

METER_ROUNDING: Final = 20.0
METER_BAR: Final = Color(239.0, 239.0, 239.0)
METER_FRAME: Final = Color(118.0, 118.0, 118.0, 0.3)
METER_COLORS: Final = (Color(16.0, 124.0, 16.0), Color(255.0, 185.0, 0.0), Color(216.0, 59.0, 1.0))
"""A native meter's, in place of the gradients that its parts have without its native look."""


def add_parts(element: Element, box: Box, styles: StyleTree) -> None:
    """Put the parts of a control into its box, where rules of the page style them."""
    control = box.control
    if control is None:
        return
    kind = control.kind
    if kind == ControlKind.RANGE:
        _slider(element, box, control, styles)
    elif kind == ControlKind.PROGRESS:
        if box.style.box.appearance == Appearance.NONE or is_restyled(box.style):
            _gauge(element, box, styles, PseudoElement.PROGRESS_BAR, PseudoElement.PROGRESS_VALUE)
    elif kind == ControlKind.METER:
        _gauge(element, box, styles, PseudoElement.METER_BAR, METER_VALUES[control.level])
    elif kind == ControlKind.COLOR:
        _swatch(element, box, control, styles)


def picker_icon(element: Element, styles: StyleTree) -> PickerIcon:
    """What rules of the page leave of a date field's icon. NOTE: backgrounds and sizes of its own are not shown."""
    style = styles.pseudo_style(element, PseudoElement.CALENDAR_PICKER_INDICATOR)
    if style is None:
        return PickerIcon.SHOWN
    if style.box.display == Display.NONE or style.paint.opacity == 0.0:
        return PickerIcon.INVISIBLE
    for function in style.paint.filter_:
        if function.kind == FilterKind.INVERT and function.amount > 0.5:
            return PickerIcon.INVERTED
    return PickerIcon.SHOWN


def is_restyled(style: ComputedStyle) -> bool:
    """Whether the page gave a control without a frame of its own a background or a border: it is not native then."""
    paint, own = style.paint, style.box
    return (
        paint.background_color.alpha > 0.0
        or paint.background_image != (None,)
        or own.border_top_width > 0.0
        or own.border_left_width > 0.0
    )


def _part(style: ComputedStyle, element: Element, pseudo: PseudoElement) -> Box:
    """A block of its own; its style may still be changed."""
    own = style.box.copy()
    own.display = Display.FLOW_ROOT
    part = ComputedStyle(style.inherited, own, style.paint, style.variables)
    return Box(BoxKind.BLOCK, part, element, pseudo)


def _slider(element: Element, box: Box, control: Control, styles: StyleTree) -> None:
    track_style = styles.pseudo_style(element, PseudoElement.SLIDER_TRACK)
    thumb_style = styles.pseudo_style(element, PseudoElement.SLIDER_THUMB)
    if track_style is None or thumb_style is None:
        return
    is_native = box.style.box.appearance != Appearance.NONE
    if is_native and not is_restyled(track_style):
        return  # the thumb stays native, too
    # From here on its size is that of its parts.
    box.control = Control(ControlKind.NONE)
    track = _part(track_style, element, PseudoElement.SLIDER_TRACK)
    thumb = _part(thumb_style, element, PseudoElement.SLIDER_THUMB)
    own = thumb.style.box
    if is_native or own.appearance != Appearance.NONE:
        own.width = own.height = px(THUMB_SIZE)
        thumb.control = Control(ControlKind.SLIDER_THUMB)
        thumb.control.is_disabled = control.is_disabled
    own.position = PositionKind.RELATIVE
    # The thumb's room is the track without the thumb's own size.
    share = control.value
    if box.style.inherited.writing_mode == 0:
        if box.style.inherited.direction == Direction.RTL:
            share = 1.0 - share
            own.margin_right = Length(LengthKind.AUTO)
        size = own.width.px if own.width.kind == LengthKind.FIXED else THUMB_SIZE
        own.left = Length(LengthKind.CALC, -size * share, 100.0 * share)
        own.right = Length(LengthKind.AUTO)
    else:
        size = own.height.px if own.height.kind == LengthKind.FIXED else THUMB_SIZE
        own.top = Length(LengthKind.CALC, -size * share, 100.0 * share)
        own.bottom = Length(LengthKind.AUTO)
    track.children.append(thumb)
    box.style = _slider_style(box.style)
    box.children.append(_slider_container(box.style, track))


def _slider_style(style: ComputedStyle) -> ComputedStyle:
    own = style.box.copy()
    is_horizontal = style.inherited.writing_mode == 0
    if is_horizontal and own.width.is_auto():
        own.width = px(SLIDER_LENGTH)
    elif not is_horizontal and own.height.is_auto():
        own.height = px(SLIDER_LENGTH)
    return ComputedStyle(style.inherited, own, style.paint, style.variables)


def _slider_container(style: ComputedStyle, track: Box) -> Box:
    """A flex container, in the middle of which the track stands."""
    own = BoxStyle()
    own.display = Display.FLEX
    own.align_items = Alignment(AlignKeyword.CENTER)
    if style.inherited.writing_mode == 0:
        own.height = Length(LengthKind.PERCENT, 0.0, 100.0)
    else:
        own.width = Length(LengthKind.PERCENT, 0.0, 100.0)
    item = track.style.box
    item.flex_grow = 1.0
    container = Box(BoxKind.FLEX, ComputedStyle(style.inherited, own, INITIAL_PAINT, style.variables), None)
    container.children.append(track)
    return container


def _gauge(
    element: Element, box: Box, styles: StyleTree, bar_part: PseudoElement, value_part: PseudoElement
) -> None:
    control = box.control
    bar_style, value_style = styles.pseudo_style(element, bar_part), styles.pseudo_style(element, value_part)
    if control is None or bar_style is None or value_style is None:
        return
    control.has_parts = True
    bar, value = _part(bar_style, element, bar_part), _part(value_style, element, value_part)
    share = Length(LengthKind.PERCENT, 0.0, 100.0 * max(0.0, min(1.0, control.value)))
    own = value.style.box
    if box.style.inherited.writing_mode == 0:
        own.width = share
    else:
        own.height = share
    bar.children.append(value)
    if control.kind == ControlKind.METER:
        _place_meter_bar(box, bar)
        if box.style.box.appearance != Appearance.NONE:
            _native_meter(bar, value, control.level)
    box.children.append(bar)


def _place_meter_bar(box: Box, bar: Box) -> None:
    """The bar has the middle half of the height (a grid of 1fr 2fr 1fr)."""
    own = bar.style.box
    if own.height.kind == LengthKind.PERCENT and own.height.percent == 100.0:
        own.height = Length(LengthKind.PERCENT, 0.0, 50.0)
    if box.style.box.height.kind == LengthKind.FIXED:
        own.position = PositionKind.RELATIVE
        own.top = Length(LengthKind.PERCENT, 0.0, 25.0)


def _native_meter(bar: Box, value: Box, level: int) -> None:
    """What a meter with its native look has where the page says nothing else."""
    paint = bar.style.paint.copy()
    own = bar.style.box
    own.overflow_x = own.overflow_y = Overflow.CLIP
    if _is_default(bar.style):
        paint.background_image = (None,)
        paint.background_color = METER_BAR
    if own.border_top_width == 0.0 and paint.border_top_style == BorderStyle.NONE:
        own.border_top_width = own.border_right_width = own.border_bottom_width = own.border_left_width = 1.0
        for side in ("top", "right", "bottom", "left"):
            setattr(paint, f"border_{side}_style", BorderStyle.SOLID)
            setattr(paint, f"border_{side}_color", METER_FRAME)
    if paint.border_top_left_radius.is_zero():
        radius = CornerRadius(px(METER_ROUNDING), px(METER_ROUNDING))
        paint.border_top_left_radius = paint.border_top_right_radius = radius
        paint.border_bottom_left_radius = paint.border_bottom_right_radius = radius
    bar.style = ComputedStyle(bar.style.inherited, own, paint, bar.style.variables)
    if _is_default(value.style):
        paint = value.style.paint.copy()
        paint.background_image = (None,)
        paint.background_color = METER_COLORS[level]
        value.style = ComputedStyle(value.style.inherited, value.style.box, paint, value.style.variables)


def _is_default(style: ComputedStyle) -> bool:
    """Whether the background is the sheet's: a gradient with five stops over no colour."""
    images = style.paint.background_image
    return (
        style.paint.background_color.alpha == 0.0
        and len(images) == 1
        and images[0] is not None
        and repr(images[0]).count("rgb(") == 5
    )


def _swatch(element: Element, box: Box, control: Control, styles: StyleTree) -> None:
    wrapper_style = styles.pseudo_style(element, PseudoElement.COLOR_SWATCH_WRAPPER)
    swatch_style = styles.pseudo_style(element, PseudoElement.COLOR_SWATCH)
    if wrapper_style is None or swatch_style is None:
        return
    control.has_parts = True
    wrapper = _part(wrapper_style, element, PseudoElement.COLOR_SWATCH_WRAPPER)
    swatch = _part(swatch_style, element, PseudoElement.COLOR_SWATCH)
    paint = swatch_style.paint.copy()
    text = control.color
    paint.background_color = Color(
        float(int(text[1:3], 16)), float(int(text[3:5], 16)), float(int(text[5:7], 16))
    )
    swatch.style = ComputedStyle(swatch_style.inherited, swatch.style.box, paint, swatch_style.variables)
    wrapper.children.append(swatch)
    box.children.append(wrapper)
