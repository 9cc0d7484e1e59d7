"""States of elements that selectors ask about: links, languages, directions, form controls.

https://html.spec.whatwg.org/multipage/semantics-other.html#pseudo-classes, for a document in which nobody
has typed; pointer and focus are what `Document.interaction` says.
"""

from __future__ import annotations

import re
import unicodedata
import urllib.parse
from typing import Final

from ..dom.document import Document
from ..dom.node import HTML_NAMESPACE, SVG_NAMESPACE, Element, Text
from ..url import resolve
from .selectors import SimpleKind

_LISTED: Final = frozenset(("button", "input", "select", "textarea", "fieldset", "optgroup", "option"))
_FIELDS: Final = frozenset(("input", "select", "textarea"))
_TEXT_TYPES: Final = frozenset(
    (
        "text",
        "search",
        "url",
        "tel",
        "email",
        "password",
        "number",
        "date",
        "month",
        "week",
        "time",
        "datetime-local",
    )
)
_PLACEHOLDER_TYPES: Final = frozenset(("text", "search", "url", "tel", "email", "password", "number"))
_NO_REQUIRED: Final = frozenset(("hidden", "range", "color", "submit", "image", "reset", "button"))
_INPUT_TYPES: Final = _TEXT_TYPES | _NO_REQUIRED | {"checkbox", "radio", "file"}
_BARRED: Final = frozenset(("hidden", "reset", "button"))
_EMAIL: Final = re.compile(
    r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*"
)


def is_link(element: Element) -> bool:
    """Whether the element is a hyperlink."""
    name = element.local_name
    if element.namespace == HTML_NAMESPACE:
        return (name == "a" or name == "area") and "href" in element.attributes
    if element.namespace == SVG_NAMESPACE:
        return name == "a" and ("href" in element.attributes or "xlink:href" in element.attributes)
    return False


def is_visited(element: Element, document: Document) -> bool:
    """Whether a link is one the user has been at: one that says nothing but "here" (as Chromium), or one of
    `Document.interaction.visited`."""
    if not is_link(element):
        return False
    address = element.attributes.get("href", element.attributes.get("xlink:href", ""))
    if address == "":
        return True
    visited = document.interaction.visited
    return bool(visited) and resolve(document.base_url, address.strip()) in visited


def fragment_of(address: str) -> str:
    """The id that an address points at, "" for none
    (https://html.spec.whatwg.org/multipage/browsing-the-web.html#select-the-indicated-part)."""
    return urllib.parse.unquote(address.partition("#")[2])


def holds(element: Element, inner: Element) -> bool:
    """Whether the element is the other one or an ancestor of it."""
    node: object = inner
    while isinstance(node, Element):
        if node is element:
            return True
        node = node.parent
    return False


def focused_element(document: Document) -> Element | None:
    """The element that has the focus: the one that was given it, else the first that asks for it with `autofocus`.

    https://html.spec.whatwg.org/multipage/interaction.html#flush-autofocus-candidates
    """
    if document.interaction.focused is not None:
        return document.interaction.focused
    if fragment_of(document.url):
        return None
    for element in document.descendant_elements():
        if "autofocus" in element.attributes and is_focusable(element):
            return element
    return None


def is_focusable(element: Element) -> bool:
    """https://html.spec.whatwg.org/multipage/interaction.html#focusable-area, boxes left aside."""
    if element.namespace != HTML_NAMESPACE:
        return is_link(element)
    name = element.local_name
    if name in ("input", "select", "textarea", "button"):
        return not is_disabled(element) and not (name == "input" and input_type(element) == "hidden")
    if name in ("iframe", "summary") or is_link(element):
        return True
    attributes = element.attributes
    if "tabindex" in attributes:
        return re.fullmatch(r"\s*[+-]?[0-9]+.*", attributes["tabindex"], re.DOTALL) is not None
    return attributes.get("contenteditable", "false").lower() != "false"


# --- Languages and directions ---


def language_of(node: object, content_language: str) -> str:
    """The language of an element (https://html.spec.whatwg.org/multipage/dom.html#language); "" where unknown."""
    while isinstance(node, Element):
        attributes = node.attributes
        if attributes:
            value = attributes.get("xml:lang")
            if value is None and node.namespace in (HTML_NAMESPACE, SVG_NAMESPACE):
                value = attributes.get("lang")
            if value is not None:
                return value
        node = node.parent
    return content_language


def matches_language(element: Element, document: Document, ranges: str) -> bool:
    """:lang(), extended filtering of RFC 4647 section 3.3.2. `ranges` are separated by line feeds."""
    language = language_of(element, document.content_language).lower()
    return any(_range_matches(language, wanted) for wanted in ranges.split("\n"))


def _range_matches(language: str, wanted: str) -> bool:
    if not wanted:
        return not language
    if not language:
        return False
    tags = language.split("-")
    parts = wanted.split("-")
    if parts[0] != "*" and parts[0] != tags[0]:
        return False
    at = 1
    for part in parts[1:]:
        if part == "*":
            continue
        while True:
            if at >= len(tags):
                return False
            tag = tags[at]
            at += 1
            if tag == part:
                break
            if len(tag) == 1:
                return False
    return True


def direction_of(element: Element, document: Document) -> str:
    """https://html.spec.whatwg.org/multipage/dom.html#the-directionality: "ltr" or "rtl"."""
    node: object = element
    while isinstance(node, Element):
        if node.namespace == HTML_NAMESPACE:
            value = node.get("dir").lower()
            if value in ("ltr", "rtl"):
                return value
            if value == "auto" or (node.local_name == "bdi" and value == ""):
                return auto_direction(node)
            if node.local_name == "input" and node.get("type").lower() == "tel":
                return "ltr"
        node = node.parent
    return "ltr"


def auto_direction(element: Element) -> str:
    """The direction of the first strong character, "ltr" without one."""
    if element.local_name in ("input", "textarea"):
        text = element.get("value") if element.local_name == "input" else element.text_content()
        return _first_strong(text) or "ltr"
    stack: list[object] = list(reversed(element.children))
    while stack:
        node = stack.pop()
        if isinstance(node, Text):
            found = _first_strong(node.data)
            if found:
                return found
        elif isinstance(node, Element):
            if node.local_name in ("bdi", "script", "style", "textarea", "input") or "dir" in node.attributes:
                continue
            stack.extend(reversed(node.children))
    return "ltr"


def _first_strong(text: str) -> str:
    if text.isascii():
        return "ltr" if any(character.isalpha() for character in text) else ""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return ""


# --- Form controls ---


def input_type(element: Element) -> str:
    """The state of an input's type attribute."""
    value = element.get("type").lower()
    return value if value in _INPUT_TYPES else "text"


def is_in_state(element: Element, kind: SimpleKind) -> bool:
    """Whether the element is in the state that a pseudo-class names."""
    if kind == SimpleKind.DEFINED:
        return element.namespace != HTML_NAMESPACE or "-" not in element.local_name
    if kind == SimpleKind.ALWAYS:
        return True
    if element.namespace != HTML_NAMESPACE:
        return kind == SimpleKind.READ_ONLY
    name = element.local_name
    if kind == SimpleKind.CHECKED:
        return is_checked(element, name)
    if kind == SimpleKind.DISABLED:
        return name in _LISTED and is_disabled(element)
    if kind == SimpleKind.ENABLED:
        return name in _LISTED and not is_disabled(element)
    if kind == SimpleKind.REQUIRED or kind == SimpleKind.OPTIONAL:
        if name not in _FIELDS:
            return False
        required = "required" in element.attributes and not (
            name == "input" and input_type(element) in _NO_REQUIRED
        )
        return required == (kind == SimpleKind.REQUIRED)
    if kind == SimpleKind.READ_WRITE:
        return is_read_write(element, name)
    if kind == SimpleKind.READ_ONLY:
        return not is_read_write(element, name)
    if kind == SimpleKind.PLACEHOLDER_SHOWN:
        return shows_placeholder(element, name)
    if kind == SimpleKind.OPEN:
        return name in ("details", "dialog") and "open" in element.attributes
    if kind == SimpleKind.DEFAULT:
        return _is_default(element, name)
    if kind == SimpleKind.INDETERMINATE:
        return _is_indeterminate(element, name)
    if kind == SimpleKind.HEADING:
        return name in ("h1", "h2", "h3", "h4", "h5", "h6")
    if kind == SimpleKind.IN_RANGE or kind == SimpleKind.OUT_OF_RANGE:
        state = _range_state(element, name)
        return state == (1 if kind == SimpleKind.IN_RANGE else -1)
    if kind == SimpleKind.VALID or kind == SimpleKind.INVALID:
        return _matches_validity(element, name, kind == SimpleKind.VALID)
    return False


def is_checked(element: Element, name: str) -> bool:
    """:checked of a check box, radio button or option."""
    if name == "input":
        return "checked" in element.attributes and input_type(element) in ("checkbox", "radio")
    if name == "option":
        return element is selected_option(element) or _is_selected_in_list(element)
    return False


def _select_of(option: Element) -> Element | None:
    parent = option.parent
    while isinstance(parent, Element):
        if parent.local_name == "select":
            return parent
        parent = parent.parent
    return None


def _is_selected_in_list(option: Element) -> bool:
    select = _select_of(option)
    if "selected" not in option.attributes:
        return False
    return select is None or "multiple" in select.attributes


def selected_option(option: Element) -> Element | None:
    """The option that the option's drop-down shows: the last selected one, else the first that is enabled."""
    select = _select_of(option)
    if select is None or "multiple" in select.attributes:
        return None
    options = [element for element in select.descendant_elements() if element.local_name == "option"]
    chosen = None
    for candidate in options:
        if "selected" in candidate.attributes:
            chosen = candidate
    if chosen is None and display_size(select) == 1:
        for candidate in options:
            if not is_disabled(candidate):
                return candidate
    return chosen


def display_size(select: Element) -> int:
    """https://html.spec.whatwg.org/multipage/form-elements.html#concept-select-size"""
    value = select.get("size").strip()
    if value.isascii() and value.isdigit() and len(value) < 9 and int(value) > 0:
        return int(value)
    return 4 if "multiple" in select.attributes else 1


def is_disabled(element: Element) -> bool:
    """https://html.spec.whatwg.org/multipage/semantics-other.html#concept-element-disabled"""
    if "disabled" in element.attributes:
        return True
    name = element.local_name
    parent = element.parent
    if name == "option":
        return (
            isinstance(parent, Element)
            and parent.local_name == "optgroup"
            and "disabled" in parent.attributes
        )
    if name == "optgroup":
        return False
    child = element
    while isinstance(parent, Element):
        if parent.local_name == "fieldset" and "disabled" in parent.attributes:
            # Inside the first legend of a disabled fieldset nothing is disabled by it.
            first_legend = next(
                (node for node in parent.element_children() if node.local_name == "legend"), None
            )
            if child is not first_legend:
                return True
        child = parent
        parent = parent.parent
    return False


def is_read_write(element: Element, name: str) -> bool:
    """https://html.spec.whatwg.org/multipage/semantics-other.html#selector-read-write"""
    if (name == "input" and input_type(element) in _TEXT_TYPES) or name == "textarea":
        return "readonly" not in element.attributes and not is_disabled(element)
    node: object = element
    while isinstance(node, Element):
        editable = node.attributes.get("contenteditable")
        if editable is not None:
            return editable.lower() in ("", "true", "plaintext-only")
        node = node.parent
    return False


def shows_placeholder(element: Element, name: str) -> bool:
    """Whether the placeholder text is what is shown."""
    if "placeholder" not in element.attributes:
        return False
    if name == "input":
        return input_type(element) in _PLACEHOLDER_TYPES and element.get("value") == ""
    return name == "textarea" and element.text_content() == ""


def form_of(element: Element) -> Element | None:
    """The nearest form around the element."""
    parent = element.parent
    while isinstance(parent, Element):
        if parent.is_html("form"):
            return parent
        parent = parent.parent
    return None


def _is_submit(element: Element) -> bool:
    if element.local_name == "button":
        return element.get("type", "submit").lower() not in ("button", "reset")
    return element.local_name == "input" and input_type(element) in ("submit", "image")


def _is_default(element: Element, name: str) -> bool:
    if name == "option":
        return "selected" in element.attributes
    if name == "input" and input_type(element) in ("checkbox", "radio"):
        return "checked" in element.attributes
    if not _is_submit(element):
        return False
    form = form_of(element)
    if form is None:
        return False
    return element is next((one for one in form.descendant_elements() if _is_submit(one)), None)


def _radio_group(element: Element) -> list[Element]:
    root = form_of(element)
    if root is None:
        top: Element = element
        while isinstance(top.parent, Element):
            top = top.parent
        root = top
    name = element.get("name")
    return [
        one
        for one in root.descendant_elements()
        if one.is_html("input") and input_type(one) == "radio" and one.get("name") == name
    ]


def _is_indeterminate(element: Element, name: str) -> bool:
    if name == "progress":
        return "value" not in element.attributes
    if name == "input" and input_type(element) == "radio" and element.get("name"):
        return not any("checked" in one.attributes for one in _radio_group(element))
    return False


def _float(text: str) -> float | None:
    text = text.strip()
    if not re.fullmatch(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", text):
        return None
    return float(text)


def _range_state(element: Element, name: str) -> int:
    """1 in range, -1 out of range, 0 without a range."""
    if name != "input" or is_disabled(element) or "readonly" in element.attributes:
        return 0
    kind = input_type(element)
    low_text, high_text, text = element.get("min"), element.get("max"), element.get("value")
    if kind in ("date", "month", "week", "time", "datetime-local"):
        if not low_text and not high_text:
            return 0
        if not text:
            return 1
        # These formats are made to sort as text.
        return -1 if (low_text and text < low_text) or (high_text and text > high_text) else 1
    if kind not in ("number", "range"):
        return 0
    low, high = _float(low_text), _float(high_text)
    if kind == "range":
        return 1
    if low is None and high is None:
        return 0
    value = _float(text)
    if value is None:
        return 1
    return -1 if (low is not None and value < low) or (high is not None and value > high) else 1


def _matches_validity(element: Element, name: str, wants_valid: bool) -> bool:
    if name == "form" or name == "fieldset":
        fine = all(_is_valid(one, one.local_name) for one in element.descendant_elements() if _validates(one))
        return fine == wants_valid
    return _validates(element) and _is_valid(element, name) == wants_valid


def _validates(element: Element) -> bool:
    """https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#candidate-for-constraint-validation"""
    if element.namespace != HTML_NAMESPACE:
        return False
    name = element.local_name
    if name not in ("input", "select", "textarea", "button"):
        return False
    if is_disabled(element):
        return False
    if name == "input":
        return input_type(element) not in _BARRED and "readonly" not in element.attributes
    if name == "button":
        return element.get("type", "submit").lower() not in ("button", "reset")
    return not (name == "textarea" and "readonly" in element.attributes)


def _is_valid(element: Element, name: str) -> bool:
    required = "required" in element.attributes
    if name == "button":
        return True
    if name == "textarea":
        return not (required and element.text_content() == "")
    if name == "select":
        if not required:
            return True
        options = [one for one in element.descendant_elements() if one.local_name == "option"]
        chosen = [one for one in options if is_checked(one, "option")]
        return any(one.attributes.get("value", one.text_content().strip()) != "" for one in chosen)
    kind = input_type(element)
    value = element.get("value")
    if required and kind not in _NO_REQUIRED:
        if kind == "checkbox":
            return "checked" in element.attributes
        if kind == "radio":
            return any("checked" in one.attributes for one in _radio_group(element))
        if value == "":
            return False
    if value == "":
        return True
    if kind == "email":
        parts = value.split(",") if "multiple" in element.attributes else [value]
        if not all(_EMAIL.fullmatch(part.strip()) for part in parts):
            return False
    if kind == "url" and not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", value.strip()):
        return False
    return _range_state(element, name) != -1
