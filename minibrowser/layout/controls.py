"""Form controls: which element is which, their state, and their natural sizes as Chromium has them.

Sizes were measured in Chromium 156 on Linux; where they follow from its source, the comments say how.
"""

from __future__ import annotations

import math
from typing import Final

from ..css.keywords import Appearance, FieldSizing, Overflow
from ..dom.node import Element, Text
from ..text.font import Font, round_half_up
from ..text.sfnt import SfntReader
from .box import Box, BoxKind, Control, ControlKind
from .constraint_space import INDEFINITE, NO_BASELINE, ConstraintSpace, MinMaxSizes
from .driver import LayoutContext
from .fragment import Fragment
from .fragment_builder import FragmentBuilder
from .logical import WritingDirection
from .sizing import has_containment, resolve_edges
from .units import layout_unit

TEXT_TYPES: Final = frozenset(("text", "search", "url", "tel", "email", "password", "number", ""))
DATE_TYPES: Final = frozenset(("date", "time", "datetime-local", "month", "week"))
KNOWN_TYPES: Final = {
    "checkbox": ControlKind.CHECKBOX,
    "radio": ControlKind.RADIO,
    "submit": ControlKind.BUTTON,
    "reset": ControlKind.BUTTON,
    "button": ControlKind.BUTTON,
    "range": ControlKind.RANGE,
    "color": ControlKind.COLOR,
    "file": ControlKind.FILE,
    "image": ControlKind.IMAGE,
}

TEXTAREA_SCROLLBAR: Final = 15.0
"""A textarea's natural width has room for a scrollbar even where none is shown."""

SELECT_BUTTON: Final = 15.0
"""The arrow of a drop-down, which `zoom` leaves as it is."""

SELECT_TEXT_START: Final = 4.0
"""Where a drop-down's text begins, from the padding edge."""

SELECT_ARROW: Final = 16.0
"""What a drop-down keeps free for its arrow: the text is cut off there."""

SPIN_BUTTON: Final = 15.0
"""Width of a number field's spin button, where it adds to the field's."""

FILE_CHARACTERS: Final = 34
"""A file field is as wide as this many digits."""

SEARCH_CANCEL: Final = 13.0
"""Width of a search field's cancel button at the default font size, where it adds to the field's."""

CARET: Final = 1.0
"""An empty field that is as wide as its content has room for the caret."""

LISTBOX_ROWS: Final = 4

GROUP_INDENT: Final = "    "
"""Before the label of an option that stands in a group (HTMLOptionElement::TextIndentedToRespectGroupLabel)."""

DATE_TEXTS: Final = {
    "date": "mm/dd/yyyy",
    "time": "--:-- --",
    "datetime-local": "mm/dd/yyyy, --:-- --",
    "month": "--------- ----",
    "week": "Week --, ----",
}


def parse_number(text: str, default: float) -> float:
    """https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-floating-point-number-values"""
    try:
        value = float(text.strip())
    except ValueError:
        return default
    return value if math.isfinite(value) else default


def parse_positive(text: str, default: int) -> int:
    """A positive integer attribute; `default` for anything else."""
    text = text.strip()
    digits = ""
    for character in text.removeprefix("+"):
        if character not in "0123456789":
            break
        digits += character
    if not digits or len(digits) > 7:
        return default
    value = int(digits)
    return value if value > 0 else default


def control_of(element: Element) -> Control | None:
    """The control that an element is, None for other elements."""
    name = element.local_name
    if name == "input":
        return _input_control(element)
    if name == "button":
        control = Control(ControlKind.BUTTON, element.get("type", "submit"))
    elif name == "textarea":
        control = Control(ControlKind.TEXTAREA)
        control.columns = parse_positive(element.get("cols"), 20)
        control.rows = parse_positive(element.get("rows"), 2)
    elif name == "select":
        size = parse_positive(element.get("size"), 0)
        is_multiple = "multiple" in element.attributes
        if size > 1 or (is_multiple and size == 0):
            control = Control(ControlKind.LISTBOX)
            control.rows = size if size > 0 else LISTBOX_ROWS
        else:
            control = Control(ControlKind.SELECT)
    elif name == "progress":
        control = Control(ControlKind.PROGRESS)
        maximum = parse_number(element.get("max"), 1.0)
        maximum = maximum if maximum > 0.0 else 1.0
        if "value" in element.attributes:
            control.value = _fraction(parse_number(element.get("value"), 0.0), 0.0, maximum)
        else:
            control.value = -1.0
            control.is_indeterminate = True
    elif name == "meter":
        control = Control(ControlKind.METER)
        low = parse_number(element.get("min"), 0.0)
        high = max(low, parse_number(element.get("max"), 1.0))
        control.value = _fraction(parse_number(element.get("value"), 0.0), low, high)
    else:
        return None
    control.is_disabled = is_disabled(element)
    return control


def _fraction(value: float, low: float, high: float) -> float:
    return 0.0 if high <= low else max(0.0, min(1.0, (value - low) / (high - low)))


def _input_control(element: Element) -> Control:
    type_ = element.get("type").strip().lower()
    kind = KNOWN_TYPES.get(type_, ControlKind.TEXT_FIELD)
    if type_ in DATE_TYPES:
        kind = ControlKind.DATE
    elif kind == ControlKind.TEXT_FIELD and type_ not in TEXT_TYPES:
        type_ = "text"
    control = Control(kind, type_ or "text")
    control.is_disabled = is_disabled(element)
    control.is_checked = "checked" in element.attributes
    control.columns = parse_positive(element.get("size"), 20)
    if type_ == "number":
        _size_of_number(element, control)
    if kind == ControlKind.RANGE:
        low = parse_number(element.get("min"), 0.0)
        high = parse_number(element.get("max"), 100.0)
        middle = low + (high - low) / 2.0 if high >= low else low
        control.value = _fraction(parse_number(element.get("value"), middle), low, high)
    elif kind == ControlKind.COLOR:
        value = element.get("value").strip().lower()
        is_color = len(value) == 7 and value[0] == "#" and all(c in "0123456789abcdef" for c in value[1:])
        control.color = value if is_color else "#000000"
    return control


def _size_of_number(element: Element, control: Control) -> None:
    """A number field with bounds is as wide as these and its spin button; one without is like any field."""
    control.columns = 20
    step = element.get("step").strip().lower()
    if step == "any" or not ("min" in element.attributes and "max" in element.attributes):
        return
    bounds = (element.get("min").strip(), element.get("max").strip())
    if any(math.isnan(parse_number(bound, math.nan)) for bound in bounds):
        return
    texts = [bound.partition(".") for bound in (*bounds, step)]
    whole = max(len(text[0]) for text in texts[:2])
    fraction = max(len(text[2]) for text in texts)
    control.columns = whole + (fraction + 1 if fraction else 0)
    control.decoration = SPIN_BUTTON


def is_disabled(element: Element) -> bool:
    """https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#concept-fe-disabled"""
    if "disabled" in element.attributes:
        return True
    child: Element = element
    parent = element.parent
    while isinstance(parent, Element):
        if parent.is_html("fieldset") and "disabled" in parent.attributes:
            legends = [e for e in parent.element_children() if e.is_html("legend")]
            if not (legends and legends[0] is child):
                return True
        child, parent = parent, parent.parent
    return False


def field_text(element: Element, control: Control) -> tuple[str, bool]:
    """The text that a field shows, and whether it is the placeholder."""
    if control.kind == ControlKind.TEXTAREA:
        value = "".join(child.data for child in element.children if isinstance(child, Text))
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    elif control.kind == ControlKind.DATE:
        value = element.get("value").strip()
        return (value or DATE_TEXTS[control.type]), False
    else:
        value = element.get("value").replace("\n", "").replace("\r", "")
        if control.type == "password":
            value = "\u2022" * len(value)
        elif control.type == "number" and value and math.isnan(parse_number(value, math.nan)):
            value = ""
    if value:
        return value, False
    return element.get("placeholder"), True


def button_text(element: Element) -> str:
    """The label of an <input> button."""
    type_ = element.get("type").strip().lower()
    if "value" in element.attributes:
        return element.get("value")
    return {"submit": "Submit", "reset": "Reset"}.get(type_, "")


def options_of(select: Element) -> list[Element]:
    """The options of a <select>, in order, those of groups included."""
    return [element for element in select.descendant_elements() if element.is_html("option")]


def drop_down_labels(select: Element) -> tuple[str, ...]:
    """What a drop-down may come to show: the widest makes its width. Options in groups are indented."""
    labels = []
    for option in options_of(select):
        label = option_label(option)
        parent = option.parent
        is_in_group = isinstance(parent, Element) and parent.is_html("optgroup")
        labels.append(GROUP_INDENT + label if is_in_group else label)
    return tuple(labels)


def drop_down_text(select: Element) -> str:
    """What a drop-down shows: one selected option, or how many are where more can be."""
    if "multiple" not in select.attributes:
        chosen = selected_option(select)
        return option_label(chosen) if chosen is not None else ""
    selected = [option for option in options_of(select) if "selected" in option.attributes]
    return option_label(selected[0]) if len(selected) == 1 else f"{len(selected)} selected"


def option_label(option: Element) -> str:
    """https://html.spec.whatwg.org/multipage/form-elements.html#concept-option-label"""
    label = option.get("label")
    return label if label else " ".join(option.text_content().split())


def selected_option(select: Element) -> Element | None:
    """The option that a drop-down shows: the last selected one, else the first that is not disabled."""
    options = options_of(select)
    chosen = [option for option in options if "selected" in option.attributes]
    if chosen:
        return chosen[-1]
    for option in options:
        if "disabled" not in option.attributes:
            return option
    return None


# --- Natural sizes --------------------------------------------------------------------------------


def average_character(font: Font) -> tuple[float, float]:
    """The average and the largest width of the font's characters, as Blink reckons with them in fields."""
    tables = font.face.metrics.tables
    data = font.face.data
    average = SfntReader(data, tables, b"OS/2").i16(2) * font.scale
    head = SfntReader(data, tables, b"head")
    largest = round_half_up((head.i16(40) - head.i16(36)) * font.scale)
    if average <= 0.0:
        average = font.zero_advance
    return max(average, round_half_up(average)), largest


def has_natural_size(box: Box) -> bool:
    """Whether a control's inline size does not come from its boxes."""
    control = box.control
    if control is None or box.kind != BoxKind.BLOCK:
        return False
    return control.kind not in (
        ControlKind.BUTTON,
        ControlKind.LISTBOX,
        ControlKind.IMAGE,
        ControlKind.NONE,
    )


def _field_sized_inline(box: Box, context: LayoutContext) -> float:
    """The content-box width of a field with `field-sizing: content`, from what stands in it."""
    control = box.control
    width = 0.0
    for child in box.children:
        width = max(width, context.min_max_sizes(child, ConstraintSpace(INDEFINITE)).max)
    if control is None or control.kind == ControlKind.SELECT:
        return width + SELECT_ARROW if width > 0.0 else SELECT_BUTTON + SELECT_TEXT_START + 1.0
    if width == 0.0:
        width = CARET
    if control.type == "number":
        return width + SPIN_BUTTON
    return width + SEARCH_CANCEL if control.type == "search" else width


def natural_content_inline(box: Box, context: LayoutContext) -> float:
    """The natural content-box width of a control, CSS px."""
    control = box.control
    if control is None:
        return 0.0
    kind = control.kind
    texts = context.texts
    style = texts.of(box.style, box.language)
    size = box.style.inherited.font_size
    zoom = box.style.inherited.zoom
    if box.style.box.field_sizing == FieldSizing.CONTENT and kind in FIELD_SIZED:
        return _field_sized_inline(box, context)
    if kind == ControlKind.TEXT_FIELD:
        average, largest = average_character(style.font)
        width = average * control.columns
        if largest > 0.0:
            width += largest - average
        return float(math.ceil(width)) + control.decoration * zoom
    if kind == ControlKind.TEXTAREA:
        average, _ = average_character(style.font)
        overflow = box.style.box.overflow_y
        scrolls = overflow == Overflow.AUTO or overflow == Overflow.SCROLL
        return float(math.ceil(average * control.columns + (TEXTAREA_SCROLLBAR if scrolls else 0.0)))
    if kind == ControlKind.SELECT:
        widest = 0.0
        # https://drafts.csswg.org/css-contain-2/#containment-size : as if it had no options
        labels = control.least_labels if has_containment(box.style, "size") else control.labels
        for label in labels:
            shape = texts.shaper.shape(label, style.description, False, style.spacing)
            widest = max(widest, math.ceil(shape.width))
        # without its native look there is no arrow and no padding of its own
        return (
            widest
            if box.style.box.appearance == Appearance.NONE
            else widest + SELECT_BUTTON + math.floor(SELECT_TEXT_START * zoom) + math.floor(zoom)
        )
    if kind == ControlKind.CHECKBOX or kind == ControlKind.RADIO:
        # the size comes with the native look
        return 0.0 if box.style.box.appearance == Appearance.NONE else 13.0 * zoom
    if kind == ControlKind.RANGE:
        return 129.0 * zoom
    if kind == ControlKind.FILE:
        return float(math.ceil((style.font.zero_advance + style.spacing.letter) * FILE_CHARACTERS))
    if kind == ControlKind.COLOR:
        return 6.0 * zoom
    if kind == ControlKind.DATE:
        return _date_inline(control.type, size, style.spacing.letter, zoom)
    return 0.0  # progress bars and meters have their size from the user-agent sheet alone


DATE_EMS: Final = {
    "date": 7.25,
    "time": 29.0 / 6.0,
    "datetime-local": 13.25,
    "month": 29.0 / 3.0,
    "week": 9.0,
}
DATE_REST: Final = {"date": 10.0, "time": 20.33, "datetime-local": 16.0, "month": 7.66, "week": 9.0}
"""The parts of a date field are so many ems of its font and so many px wide, rounded up; then comes the icon."""


DATE_CHARACTERS: Final = {"date": 12, "time": 7, "datetime-local": 21, "month": 16, "week": 15}


def _date_inline(type_: str, size: float, letter_spacing: float, zoom: float) -> float:
    icon = 1.05 * size if type_ == "time" else size
    spacing = DATE_CHARACTERS[type_] * letter_spacing
    return math.ceil(DATE_EMS[type_] * size + DATE_REST[type_] * zoom + spacing) + icon


FIELD_SIZED: Final = frozenset(
    (ControlKind.TEXT_FIELD, ControlKind.TEXTAREA, ControlKind.SELECT, ControlKind.FILE)
)
"""https://drafts.csswg.org/css-forms-1/#field-sizing"""


def tallest_row(children: list[Fragment], is_horizontal: bool) -> float:
    """The largest block size of an option or a group's label, CSS px."""
    tallest = 0.0
    for child in children:
        box = child.box
        if box is not None and box.element is not None and box.element.is_html("optgroup"):
            inner = [link.fragment for link in child.children]
            tallest = max(tallest, tallest_row(inner, is_horizontal))
        else:
            tallest = max(tallest, child.height if is_horizontal else child.width)
    return tallest


def natural_content_block(box: Box, context: LayoutContext, children: FragmentBuilder) -> float:
    """The least content-box height that a control's content takes, CSS px; 0.0 for what is not a control.

    `children` as laid out: the rows of a list box are as high as its highest option.
    """
    control = box.control
    if control is None:
        return 0.0
    kind = control.kind
    style = context.texts.of(box.style, box.language)
    zoom = box.style.inherited.zoom
    if kind == ControlKind.TEXTAREA:
        if box.style.box.field_sizing == FieldSizing.CONTENT:
            return style.line_height
        return style.line_height * control.rows
    if kind == ControlKind.LISTBOX:
        # https://drafts.csswg.org/css-contain-2/#containment-size : as if it had no options
        if box.style.box.field_sizing == FieldSizing.CONTENT:
            return 0.0
        row = 0.0
        if not has_containment(box.style, "size"):
            row = tallest_row(children.children, children.direction.is_horizontal)
        return control.rows * (row or style.ascent + style.descent + 1.0)
    if kind == ControlKind.SELECT:
        if box.style.box.appearance == Appearance.NONE:
            return style.line_height
        if box.style.box.field_sizing == FieldSizing.CONTENT and not box.children:
            return 2.0
        # Without the font's line gap, as Blink has it; its padding is cut to whole px.
        return style.ascent + style.descent + 2.0 * math.floor(zoom)
    if kind == ControlKind.DATE:
        # The fields' line with 1px of padding around it, or the picker's icon, whichever is higher.
        size = box.style.inherited.font_size
        icon = (
            layout_unit(1.05 * size) + 6.0 * zoom
            if control.type == "time"
            else layout_unit(size) + 4.0 * zoom
        )
        return max(style.line_height + 2.0 * zoom, icon)
    if kind == ControlKind.TEXT_FIELD or kind == ControlKind.FILE:
        return style.line_height
    if kind == ControlKind.BUTTON and box.element is not None and box.element.local_name == "input":
        return style.line_height
    if kind == ControlKind.CHECKBOX or kind == ControlKind.RADIO:
        return 0.0 if box.style.box.appearance == Appearance.NONE else 13.0 * zoom
    if kind == ControlKind.RANGE:
        has_list = box.element is not None and "list" in box.element.attributes
        return (22.0 if has_list else 16.0) * zoom
    if kind == ControlKind.COLOR:
        return 10.0 * zoom
    return 0.0


def content_shift(box: Box, free: float) -> float:
    """How far down a control's content stands where `free` px of its height are left; text fields also centre
    content that is higher than they are."""
    kind = ControlKind.NONE if box.control is None else box.control.kind
    if kind == ControlKind.TEXT_FIELD or kind == ControlKind.DATE:
        return free / 2.0
    if kind == ControlKind.BUTTON or kind == ControlKind.SELECT or kind == ControlKind.FILE:
        return max(0.0, free / 2.0)
    return 0.0


def fits_rows(box: Box) -> bool:
    """Whether the block size is that of so many rows, whatever stands in the control: a placeholder with a font of its
    own does not make its field higher."""
    control = box.control
    if control is None or box.style.box.field_sizing == FieldSizing.CONTENT:
        return False
    if control.is_placeholder and control.kind == ControlKind.TEXT_FIELD:
        return True
    return control.kind == ControlKind.TEXTAREA or control.kind == ControlKind.LISTBOX


def is_textarea(box: Box) -> bool:
    """Whether this is a <textarea>."""
    return box.control is not None and box.control.kind == ControlKind.TEXTAREA


def has_text_baseline(box: Box) -> bool:
    """Whether an empty control has the baseline that its text would have."""
    control = box.control
    if control is None:
        return False
    kind = control.kind
    if kind == ControlKind.BUTTON:
        return box.element is not None and box.element.local_name == "input"
    return kind in (ControlKind.TEXT_FIELD, ControlKind.SELECT, ControlKind.FILE, ControlKind.DATE)


def baseline_of_empty(box: Box, block_size: float, start_edge: float, end_edge: float) -> float:
    """The baseline of a control without text, from its border-box top; NO_BASELINE where it has none. `start_edge`
    and `end_edge` are its border and padding."""
    control = box.control
    if control is None:
        return NO_BASELINE
    if control.kind == ControlKind.CHECKBOX or control.kind == ControlKind.RADIO:
        # without their native look they stand on the line by their margin edge, as any empty box
        return NO_BASELINE if box.style.box.appearance == Appearance.NONE else block_size
    if control.kind == ControlKind.RANGE:
        return block_size
    if control.kind == ControlKind.COLOR:
        # The lower edge of the swatch: in a wrapper with 4 px of padding as high as the content, or in its middle.
        zoom = box.style.inherited.zoom
        content = max(0.0, block_size - start_edge - end_edge)
        wrapper = max(content, 8.0 * zoom)
        swatch = max(wrapper - 8.0 * zoom, 2.0 * zoom)
        return start_edge + (content - wrapper) / 2.0 + 4.0 * zoom + swatch
    if control.kind == ControlKind.BUTTON:
        return block_size - end_edge
    return NO_BASELINE


def orthogonal_baseline(fragment: Fragment, direction: WritingDirection, size: float, margin: float) -> float:
    """The baseline of an atomic inline whose lines run across those around it, below its border box's top.

    `size` is the border box's and `margin` the one below it. There is no common baseline: it stands on its margin
    edge, but for some controls.
    """
    box = fragment.box
    if box is None or box.control is None:
        return size + margin
    kind = box.control.kind
    if kind == ControlKind.BUTTON and direction.is_horizontal:
        return size - fragment.border.bottom - fragment.padding.bottom
    if kind == ControlKind.CHECKBOX or kind == ControlKind.RADIO or kind == ControlKind.RANGE:
        return size if box.style.box.appearance != Appearance.NONE else size + margin
    return size + margin


def control_min_max(box: Box, space: ConstraintSpace, context: LayoutContext) -> MinMaxSizes:
    """The intrinsic inline sizes of a control's border box."""
    edges = resolve_edges(context, box, space)
    width = natural_content_inline(box, context) + edges.inline_sum
    return MinMaxSizes(width, width)
