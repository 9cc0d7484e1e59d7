"""The boxes inside form controls: value, placeholder, selected option, button label.

https://html.spec.whatwg.org/multipage/rendering.html#form-controls ; inner boxes are anonymous, as Chromium's are
in its shadow trees.
"""

from __future__ import annotations

from typing import Final

from ..css.computed_style import INITIAL_PAINT, BoxStyle, ComputedStyle
from ..css.keywords import (
    Appearance,
    BorderStyle,
    Direction,
    Display,
    Overflow,
    TextWrapMode,
    WhiteSpaceCollapse,
    WritingMode,
)
from ..css.style_tree import PseudoElement, StyleTree
from ..css.values import NORMAL, LengthKind, px
from ..dom.node import HTML_NAMESPACE, Element
from .box import Box, BoxKind, Control, ControlKind
from .box_control_parts import add_parts, picker_icon
from .box_fixup import Fixup
from .box_text import text_box
from .controls import (
    DATE_TEXTS,
    SELECT_ARROW,
    SELECT_TEXT_START,
    button_text,
    control_of,
    drop_down_labels,
    drop_down_text,
    field_text,
    option_label,
    parse_number,
)
from .date_text import date_text

GOOD: Final = 0
FAIR: Final = 1
POOR: Final = 2
"""Of a meter's value."""

CONTROL_NAMES: Final = frozenset(("input", "button", "textarea", "select", "progress", "meter"))

WITH_PARTS: Final = (ControlKind.RANGE, ControlKind.PROGRESS, ControlKind.METER, ControlKind.COLOR)

INNER_KINDS: Final[dict[Display, BoxKind]] = {
    Display.FLEX: BoxKind.FLEX,
    Display.INLINE_FLEX: BoxKind.FLEX,
    Display.GRID: BoxKind.GRID,
    Display.INLINE_GRID: BoxKind.GRID,
}


class ControlMaker:
    """Makes the boxes of form controls."""

    def __init__(self, fixup: Fixup, styles: StyleTree) -> None:
        self.fixup: Final = fixup
        self.styles: Final = styles

    def control(self, element: Element) -> Control | None:
        """The control that an element is."""
        if element.local_name not in CONTROL_NAMES or element.namespace != HTML_NAMESPACE:
            return None
        control = control_of(element)
        if control is not None and control.kind == ControlKind.METER:
            control.level = meter_level(element)
        return control

    def box(self, element: Element, style: ComputedStyle, control: Control) -> Box:
        """The control's own box, empty."""
        kind = BoxKind.BLOCK
        if element.local_name == "button":
            kind = INNER_KINDS.get(style.box.display, BoxKind.BLOCK)
        is_mark = control.kind == ControlKind.CHECKBOX or control.kind == ControlKind.RADIO
        if is_mark and style.box.appearance != Appearance.NONE:
            style = _without_frame(style)
        box = Box(kind, _control_style(style, control, element), element)
        box.control = control
        return box

    def fill(self, element: Element, box: Box) -> None:
        """What stands in the control."""
        control = box.control
        if control is None:
            return
        kind = control.kind
        if kind == ControlKind.TEXT_FIELD or kind == ControlKind.TEXTAREA or kind == ControlKind.DATE:
            text, control.is_placeholder = field_text(element, control)
            if kind == ControlKind.DATE:
                control.icon = picker_icon(element, self.styles)
                text = date_text(control.type, element.get("value").strip()) or DATE_TEXTS[control.type]
            if text:
                self._field(element, box, text, control)
        elif kind == ControlKind.BUTTON:
            self._line(box, button_text(element), box.style)
        elif kind == ControlKind.FILE:
            self._file(element, box)
        elif kind == ControlKind.SELECT:
            self._select(element, box, control)
        elif kind == ControlKind.LISTBOX:
            self._listbox(element, box)
        elif kind in WITH_PARTS:
            add_parts(element, box, self.styles)

    def _line(self, box: Box, text: str, style: ComputedStyle) -> None:
        """One line of text straight in the control."""
        if not text:
            return
        inner = self._inner(style)
        inner.language = box.language
        inner.children.append(text_box(text, inner))
        inner.has_inline_children = True
        box.children.append(inner)

    def _inner(self, style: ComputedStyle, *, is_multiline: bool = False) -> Box:
        """An anonymous block whose white space is kept."""
        inherited = style.inherited.copy()
        if not is_multiline:
            inherited.white_space_collapse = WhiteSpaceCollapse.PRESERVE
            inherited.text_wrap_mode = TextWrapMode.NOWRAP
        own = BoxStyle()
        own.display = Display.BLOCK
        return Box(BoxKind.BLOCK, ComputedStyle(inherited, own, INITIAL_PAINT, style.variables))

    def _field(self, element: Element, box: Box, text: str, control: Control) -> None:
        style = box.style
        paint = INITIAL_PAINT
        if control.is_placeholder:
            placeholder = self.styles.pseudo_style(element, PseudoElement.PLACEHOLDER)
            if placeholder is not None:
                # https://drafts.csswg.org/css-pseudo-4/#placeholder-pseudo : these do not apply to it
                inherited = placeholder.inherited.copy()
                inherited.writing_mode = box.style.inherited.writing_mode
                inherited.direction = box.style.inherited.direction
                inherited.text_orientation = box.style.inherited.text_orientation
                style = ComputedStyle(inherited, placeholder.box, placeholder.paint, placeholder.variables)
                paint = placeholder.paint
        inner = self._inner(style, is_multiline=control.kind == ControlKind.TEXTAREA)
        if paint is not INITIAL_PAINT:
            inner.style = ComputedStyle(inner.style.inherited, inner.style.box, paint, style.variables)
        inner.language = box.language
        inner.children.append(text_box(text, inner))
        inner.has_inline_children = True
        box.children.append(inner)

    def _select(self, element: Element, box: Box, control: Control) -> None:
        control.labels = drop_down_labels(element)
        if box.style.inherited.text_transform:
            control.labels = tuple([text_box(label, box).text for label in control.labels])
        label = drop_down_text(element)
        if "multiple" in element.attributes:
            control.least_labels = ("0 selected",)
            control.labels += control.least_labels
        if not label:
            return
        is_plain = box.style.box.appearance == Appearance.NONE
        inner = self._inner(box.style)
        own = inner.style.box
        own.overflow_x = Overflow.CLIP
        text_start = px(SELECT_TEXT_START * box.style.inherited.zoom)
        arrow = px(SELECT_ARROW * box.style.inherited.zoom)
        if not is_plain:
            if box.style.inherited.writing_mode != WritingMode.HORIZONTAL_TB:
                if box.style.inherited.direction == Direction.RTL:
                    own.padding_bottom, own.margin_top = text_start, arrow
                else:
                    own.padding_top, own.margin_bottom = text_start, arrow
            elif box.style.inherited.direction == Direction.RTL:
                own.padding_right, own.margin_left = text_start, arrow
            else:
                own.padding_left, own.margin_right = text_start, arrow
        inner.language = box.language
        inner.children.append(text_box(label, inner))
        inner.has_inline_children = True
        box.children.append(inner)

    def _listbox(self, element: Element, box: Box) -> None:
        """Each option is a block of its own, a group one around its label and its options."""
        self._rows(element, box, self.styles.style_of(element))

    def _rows(self, element: Element, box: Box, listbox: ComputedStyle | None) -> None:
        for child in element.element_children():
            style = self.styles.style_of(child)
            if style is None or style.box.display == Display.NONE:
                continue
            is_group = child.is_html("optgroup")
            if not is_group and not child.is_html("option"):
                self._rows(child, box, listbox)
                continue
            if listbox is not None and style.inherited.line_height == listbox.inherited.line_height:
                # what the list box has for itself (see _control_style), its options inherit
                inherited = style.inherited.copy()
                inherited.line_height = box.style.inherited.line_height
                style = ComputedStyle(inherited, style.box, style.paint, style.variables)
            if is_group and style.box.display == Display.CONTENTS:
                self._rows(child, box, listbox)
                continue
            row = Box(BoxKind.BLOCK, style, child)
            row.language = box.language
            if is_group:
                row.children.append(self.group_label(child, style, row.language))
                self._rows(child, row, listbox)
            else:
                label = option_label(child)
                if label:
                    row.children.append(text_box(label, row))
                    row.has_inline_children = True
            box.children.append(row)

    def group_label(self, element: Element, style: ComputedStyle, language: str) -> Box:
        """The label of an <optgroup>, before its options (HTMLOptGroupElement's shadow tree)."""
        own = BoxStyle()
        own.display = Display.BLOCK
        minimum = px(round(1.2 * style.inherited.font_size, 4))  # 24 bits, as in Blink
        if style.inherited.writing_mode == WritingMode.HORIZONTAL_TB:
            own.padding_left = own.padding_right = px(2.0)
            own.padding_bottom = px(1.0)
            own.min_height = minimum
        else:
            own.padding_top = own.padding_bottom = px(2.0)
            own.padding_left = px(1.0)
            own.min_width = minimum
        label = Box(BoxKind.BLOCK, ComputedStyle(style.inherited, own, INITIAL_PAINT, style.variables))
        label.language = language
        text = element.get("label")
        if text:
            label.children.append(text_box(text, label))
            label.has_inline_children = True
        return label

    def _file(self, element: Element, box: Box) -> None:
        """A button and the name of the file."""
        style = self.styles.pseudo_style(element, PseudoElement.FILE_SELECTOR_BUTTON)
        inner = self._inner(box.style)
        inner.language = box.language
        if style is not None and style.box.display != Display.NONE:
            inherited = style.inherited.copy()
            inherited.line_height = NORMAL  # as push buttons have it (see _control_style)
            style = ComputedStyle(inherited, style.box, style.paint, style.variables)
            button = Box(BoxKind.BLOCK, style, None, PseudoElement.FILE_SELECTOR_BUTTON)
            button.language = box.language
            button.control = Control(ControlKind.BUTTON, "button")
            label = "Choose Files" if "multiple" in element.attributes else "Choose File"
            button.children.append(text_box(label, button))
            button.has_inline_children = True
            inner.children.append(button)
        inner.children.append(text_box(" No file chosen" if style is None else "No file chosen", inner))
        inner.has_inline_children = True
        box.children.append(inner)


def _without_frame(style: ComputedStyle) -> ComputedStyle:
    """A native checkbox or radio button has neither border nor padding, whatever the page says."""
    own = style.box.copy()
    own.padding_top = own.padding_right = own.padding_bottom = own.padding_left = px(0.0)
    own.border_top_width = own.border_right_width = own.border_bottom_width = own.border_left_width = 0.0
    return ComputedStyle(style.inherited, own, style.paint, style.variables)


def _control_style(style: ComputedStyle, control: Control, element: Element) -> ComputedStyle:
    """Line heights that Chromium does not take over from the page.

    Unstyled push buttons and drop-downs have a normal one; fields have no less than the normal one
    (TextControlInnerEditorElement::CreateInnerEditorStyle).
    """
    line_height = style.inherited.line_height
    if line_height.kind == LengthKind.NORMAL:
        return style
    kind = control.kind
    if kind == ControlKind.TEXT_FIELD or kind == ControlKind.DATE:
        size = style.inherited.font_size
        used = line_height.px * size if line_height.kind == LengthKind.NUMBER else line_height.resolve(size)
        if used > size:
            return style
    elif (
        kind == ControlKind.SELECT
        or kind == ControlKind.LISTBOX
        or (kind == ControlKind.BUTTON and element.local_name == "input")
    ):
        if kind == ControlKind.BUTTON and style.paint.border_top_style != BorderStyle.OUTSET:
            return style
        if kind == ControlKind.SELECT and style.box.appearance == Appearance.NONE:
            return style
    else:
        return style
    inherited = style.inherited.copy()
    inherited.line_height = NORMAL
    return ComputedStyle(inherited, style.box, style.paint, style.variables)


def meter_level(element: Element) -> int:
    """How good a <meter>'s value is: GOOD in the optimum's part of the gauge, FAIR beside it, POOR two parts away.

    https://html.spec.whatwg.org/multipage/form-elements.html#the-meter-element
    """
    lowest = parse_number(element.get("min"), 0.0)
    highest = max(lowest, parse_number(element.get("max"), 1.0))
    value = _between(parse_number(element.get("value"), 0.0), lowest, highest)
    low = _between(parse_number(element.get("low"), lowest), lowest, highest)
    high = _between(parse_number(element.get("high"), highest), low, highest)
    optimum = _between(parse_number(element.get("optimum"), (lowest + highest) / 2), lowest, highest)
    if low <= optimum <= high:
        return GOOD if low <= value <= high else FAIR
    if optimum < low:
        return GOOD if value <= low else FAIR if value <= high else POOR
    return GOOD if value >= high else FAIR if value >= low else POOR


def _between(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))
