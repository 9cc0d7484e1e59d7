"""What a click does: https://html.spec.whatwg.org/multipage/interaction.html#activation

In: the element clicked. Out: what is to be done, as data; nothing is changed here.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final, final

from ..css.states import input_type, is_disabled, is_focusable
from ..dom import Document, Element
from .forms import form_owner, is_submit_button

_LABELABLE: Final = frozenset(("button", "input", "meter", "output", "progress", "select", "textarea"))


class ActivationKind(IntEnum):
    """What a click does."""

    NOTHING = 0
    FOLLOW = 1
    """A hyperlink: `element` has the address."""
    SUBMIT = 2
    RESET = 3
    TOGGLE = 4
    """A checkbox or a radio button."""
    DISCLOSE = 5
    """A <details>, by its summary."""
    FOCUS = 6


@final
class Activation:
    """What a click does, and to which element."""

    def __init__(self, kind: ActivationKind, element: Element) -> None:
        self.kind: Final = kind
        self.element: Final = element

    def __repr__(self) -> str:
        return f"<Activation {self.kind.name} {self.element}>"


def activation_of(clicked: Element, document: Document) -> Activation:
    """The nearest element around the clicked one that does something."""
    element: Element | None = clicked
    while element is not None:
        kind = _kind(element)
        if kind != ActivationKind.NOTHING:
            return Activation(kind, element)
        if element.is_html("label"):
            control = labeled_control(element, document)
            if control is not None and control is not clicked:
                return activation_of(control, document)
        parent = element.parent
        element = parent if isinstance(parent, Element) else None
    return Activation(ActivationKind.NOTHING, clicked)


def _kind(element: Element) -> ActivationKind:
    name = element.local_name
    if name in ("a", "area") and ("href" in element.attributes or "xlink:href" in element.attributes):
        return ActivationKind.FOLLOW
    if name in ("button", "input") and is_disabled(element):
        # A disabled control swallows the click.
        return ActivationKind.FOCUS
    if is_submit_button(element):
        return ActivationKind.SUBMIT if form_owner(element) is not None else ActivationKind.FOCUS
    if name == "input":
        kind = input_type(element)
        if kind in ("checkbox", "radio"):
            return ActivationKind.TOGGLE
        return ActivationKind.RESET if kind == "reset" else ActivationKind.FOCUS
    if name == "button":
        return (
            ActivationKind.RESET if element.get("type").strip().lower() == "reset" else ActivationKind.FOCUS
        )
    if name == "summary" and isinstance(element.parent, Element) and element.parent.is_html("details"):
        first = next((one for one in element.parent.element_children() if one.is_html("summary")), None)
        return ActivationKind.DISCLOSE if first is element else ActivationKind.NOTHING
    return ActivationKind.FOCUS if is_focusable(element) else ActivationKind.NOTHING


def labeled_control(label: Element, document: Document) -> Element | None:
    """https://html.spec.whatwg.org/multipage/forms.html#labeled-control"""
    if "for" in label.attributes:
        wanted = label.get("for")
        found = next((one for one in document.descendant_elements() if wanted and one.id == wanted), None)
    else:
        found = next((one for one in label.descendant_elements() if _is_labelable(one)), None)
    return found if found is not None and _is_labelable(found) else None


def _is_labelable(element: Element) -> bool:
    return element.local_name in _LABELABLE and not (
        element.is_html("input") and input_type(element) == "hidden"
    )
