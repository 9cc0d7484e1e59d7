"""Forms: what a user writes into their controls, and what they send.

The state of a control is what its attributes say: typing sets `value`, ticking sets `checked`. So what is painted and
what is sent are the same. https://html.spec.whatwg.org/multipage/form-control-infrastructure.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, final

from ..css.states import display_size, form_of, input_type, is_disabled
from ..dom import Document, Element
from ..dom.mutation import append, remove, remove_attribute, set_attribute
from ..dom.node import Text
from ..errors import UsageError
from ..html.encoding import encoding_from_label
from ..layout.controls import option_label, options_of, selected_option
from ..net import Request
from ..net.form_data import Entry, FormFile, form_request
from ..url import resolve

FILLABLE: Final = frozenset(
    (
        "text", "search", "url", "tel", "email", "password", "number", "date", "month", "week", "time",
        "datetime-local", "color", "range",
    )
)  # fmt: skip
"""Types of <input> that have a value to be written."""

BUTTONS: Final = frozenset(("submit", "image", "reset", "button"))
FormFiles = Mapping[Element, Sequence[FormFile]]
"""The files that were chosen, by their control: no attribute can hold them."""

_NEWLINES: Final = re.compile(r"\r\n|\r|\n")
_NUMBER: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z")


def form_owner(element: Element) -> Element | None:
    """https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-owner"""
    if "form" not in element.attributes:
        return form_of(element)
    wanted = element.get("form")
    root: Element = element
    while isinstance(root.parent, Element):
        root = root.parent
    found = next((one for one in root.descendant_elements() if wanted and one.id == wanted), None)
    return found if found is not None and found.is_html("form") else None


# --- Writing --------------------------------------------------------------------------------------


def fill(element: Element, value: str) -> None:
    """Write a value into a field. Raises UsageError for what is none."""
    _require_enabled(element)
    if "readonly" in element.attributes:
        raise UsageError(f"{_name(element)} is read-only")
    if element.is_html("textarea"):
        for child in list(element.children):
            remove(child)
        append(element, Text(_NEWLINES.sub("\n", value)))
        return
    kind = input_type(element) if element.is_html("input") else ""
    if kind not in FILLABLE:
        raise UsageError(f"{_name(element)} is no field that can be filled")
    value = _NEWLINES.sub("", value)
    if kind == "number" and value and not _NUMBER.match(value):
        raise UsageError(f"not a number: {value!r}")
    set_attribute(element, "value", value)


def set_checked(element: Element, is_checked: bool) -> None:
    """Tick or untick a box, or choose a radio button. Raises UsageError for what is none."""
    _require_enabled(element)
    kind = input_type(element) if element.is_html("input") else ""
    if kind not in ("checkbox", "radio"):
        raise UsageError(f"{_name(element)} is neither a checkbox nor a radio button")
    if not is_checked:
        if kind == "radio":
            raise UsageError("a radio button is unchosen by choosing another")
        remove_attribute(element, "checked")
        return
    if kind == "radio":
        for other in radio_group(element):
            remove_attribute(other, "checked")
    set_attribute(element, "checked", "")


def radio_group(element: Element) -> list[Element]:
    """https://html.spec.whatwg.org/multipage/input.html#radio-button-group"""
    name, form = element.get("name"), form_owner(element)
    root: Element = element
    while isinstance(root.parent, Element):
        root = root.parent
    return [
        other
        for other in root.descendant_elements()
        if other is element
        or (
            name
            and other.is_html("input")
            and input_type(other) == "radio"
            and other.get("name") == name
            and form_owner(other) is form
        )
    ]


def select_options(select: Element, values: Sequence[str]) -> list[str]:
    """Choose options by their values or labels; gives the values chosen. Raises UsageError where one is not there."""
    _require_enabled(select)
    if not select.is_html("select"):
        raise UsageError(f"{_name(select)} is no <select>")
    if len(values) != 1 and "multiple" not in select.attributes:
        raise UsageError("one option of this <select> can be chosen")
    options = options_of(select)
    chosen: list[Element] = []
    for value in values:
        found = [one for one in options if option_value(one) == value or option_label(one) == value]
        if not found:
            raise UsageError(f"no option {value!r} in {_name(select)}")
        if is_disabled(found[0]):
            raise UsageError(f"the option {value!r} is disabled")
        chosen.append(found[0])
    for option in options:
        remove_attribute(option, "selected")
    for option in chosen:
        set_attribute(option, "selected", "")
    return [option_value(option) for option in chosen]


def option_value(option: Element) -> str:
    """https://html.spec.whatwg.org/multipage/form-elements.html#attr-option-value"""
    if "value" in option.attributes:
        return option.get("value")
    return " ".join(option.text_content().split())


@final
class Pristine:
    """The controls of a document as it came: what a reset gives back."""

    def __init__(self) -> None:
        self._attributes: dict[Element, dict[str, str]] = {}
        self._texts: dict[Element, str] = {}

    def keep(self, element: Element) -> None:
        """Remember a control before it is changed for the first time."""
        if element not in self._attributes:
            self._attributes[element] = dict(element.attributes)
            if element.is_html("textarea"):
                self._texts[element] = element.text_content()

    def restore(self, form: Element, document: Document) -> None:
        """https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#concept-form-reset"""
        for control in controls_of(form, document):
            for element in [control, *(options_of(control) if control.is_html("select") else [])]:
                before = self._attributes.get(element)
                if before is None:
                    continue
                for name in ("value", "checked", "selected"):
                    if name in before:
                        set_attribute(element, name, before[name])
                    else:
                        remove_attribute(element, name)
                if element in self._texts:
                    fill(element, self._texts[element])


# --- Sending --------------------------------------------------------------------------------------


def controls_of(form: Element, document: Document) -> list[Element]:
    """The submittable elements of a form, in tree order
    (https://html.spec.whatwg.org/multipage/forms.html#category-submit)."""
    return [
        element
        for element in document.descendant_elements()
        if (
            element.is_html("input")
            or element.is_html("button")
            or element.is_html("select")
            or element.is_html("textarea")
        )
        and form_owner(element) is form
    ]


def is_submit_button(element: Element) -> bool:
    """https://html.spec.whatwg.org/multipage/forms.html#concept-submit-button"""
    if element.is_html("button"):
        return element.get("type").strip().lower() not in ("reset", "button")
    return element.is_html("input") and input_type(element) in ("submit", "image")


def default_button(form: Element, document: Document) -> Element | None:
    """https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#default-button"""
    return next((element for element in controls_of(form, document) if is_submit_button(element)), None)


def entry_list(
    form: Element, document: Document, submitter: Element | None, encoding: str, files: FormFiles
) -> list[Entry]:
    """https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#constructing-the-form-data-set"""
    entries: list[Entry] = []
    for field in controls_of(form, document):
        kind = input_type(field) if field.is_html("input") else ""
        # Step 5.1
        if is_disabled(field) or _is_in_datalist(field):
            continue
        if (field.is_html("button") or kind in BUTTONS) and field is not submitter:
            continue
        if kind in ("checkbox", "radio") and "checked" not in field.attributes:
            continue
        name = field.get("name")
        # Step 5.2: where an image was pressed
        if kind == "image":
            prefix = f"{name}." if name else ""
            entries += [(f"{prefix}x", "0"), (f"{prefix}y", "0")]
            continue
        # Step 5.4
        if not name:
            continue
        if field.is_html("select"):
            entries += [(name, option_value(option)) for option in _selected(field)]
        elif kind in ("checkbox", "radio"):
            entries.append((name, field.get("value") if "value" in field.attributes else "on"))
        elif kind == "file":
            chosen = files.get(field, ())
            entries += [(name, file) for file in chosen] or [(name, FormFile("", b""))]
        elif kind == "hidden" and name.lower() == "_charset_":
            entries.append((name, encoding))
        elif field.is_html("textarea"):
            entries.append((name, field.text_content()))
        else:
            entries.append((name, field.get("value")))
        direction = field.get("dirname")
        if direction and (field.is_html("textarea") or kind in ("text", "search")):
            entries.append((direction, field.get("dir").strip().lower() or "ltr"))
    return entries


def submission(
    form: Element, document: Document, submitter: Element | None, initiator: str, files: FormFiles
) -> Request | None:
    """The navigation that sending a form makes, None where it makes none. Raises InvalidURLError.

    https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-algorithm
    """
    method = _attribute(submitter, "formmethod", form, "method").strip().upper()
    if method == "DIALOG":
        return None
    action = _attribute(submitter, "formaction", form, "action").strip()
    url = resolve(document.base_url, action) if action else document.url
    if url is None or url.startswith("javascript:"):
        return None
    encoding = _encoding(form, document)
    entries = entry_list(form, document, submitter, encoding, files)
    return form_request(
        url,
        entries,
        method="POST" if method == "POST" else "GET",
        enctype=_attribute(submitter, "formenctype", form, "enctype"),
        encoding=encoding,
        initiator=initiator,
    )


def _attribute(submitter: Element | None, own: str, form: Element, name: str) -> str:
    """What the button that was pressed says, or else the form."""
    if submitter is not None and own in submitter.attributes:
        return submitter.get(own)
    return form.get(name)


def _encoding(form: Element, document: Document) -> str:
    """https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#picking-an-encoding-for-the-form"""
    for label in form.get("accept-charset").split():
        found = encoding_from_label(label)
        if found:
            return found
    return document.encoding


def _selected(select: Element) -> list[Element]:
    options = [option for option in options_of(select) if "selected" in option.attributes]
    if "multiple" not in select.attributes:
        # A drop-down shows one option whether one is chosen or not.
        shown = selected_option(select) if display_size(select) == 1 else None
        options = options[-1:] if shown is None else [shown]
    return [option for option in options if not is_disabled(option)]


def _is_in_datalist(element: Element) -> bool:
    node = element.parent
    while isinstance(node, Element):
        if node.is_html("datalist"):
            return True
        node = node.parent
    return False


def _require_enabled(element: Element) -> None:
    if is_disabled(element):
        raise UsageError(f"{_name(element)} is disabled")


def _name(element: Element) -> str:
    """An element, for a message."""
    name = element.get("name") or element.id
    return f"<{element.local_name} {name}>" if name else f"<{element.local_name}>"
