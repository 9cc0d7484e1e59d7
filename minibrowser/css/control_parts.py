"""Which pseudo-elements are parts of form controls, and of which (https://drafts.csswg.org/css-forms-1/)."""

from __future__ import annotations

from typing import Final

from ..dom.node import Element
from .rule_index import Entry
from .style_tree import PseudoElement

_PARTS: Final = {
    PseudoElement.SLIDER_THUMB: "range",
    PseudoElement.SLIDER_TRACK: "range",
    PseudoElement.PROGRESS_BAR: "progress",
    PseudoElement.PROGRESS_VALUE: "progress",
    PseudoElement.METER_BAR: "meter",
    PseudoElement.METER_OPTIMUM_VALUE: "meter",
    PseudoElement.METER_SUBOPTIMUM_VALUE: "meter",
    PseudoElement.METER_EVEN_LESS_GOOD_VALUE: "meter",
    PseudoElement.COLOR_SWATCH_WRAPPER: "color",
    PseudoElement.COLOR_SWATCH: "color",
}
"""Whose parts they are: an element, or a type of <input>."""

_DATES: Final = frozenset(("date", "time", "datetime-local", "month", "week"))


def has_part(element: Element, pseudo: PseudoElement, pseudos: dict[PseudoElement, list[Entry]]) -> bool:
    """Whether an element is a control with such a part, and a rule of the page matches one of its parts: controls that
    nobody has touched are painted as a whole."""
    name = element.local_name
    owner = _PARTS.get(pseudo)
    if name == "input":
        type_ = element.get("type").strip().lower()
        if type_ != owner and not (owner is None and type_ in _DATES):
            return False
    elif name != owner:
        return False
    for part, matched in pseudos.items():
        if part >= PseudoElement.SLIDER_THUMB:
            for entry in matched:
                if entry.level > 0:
                    return True
    return False
