"""Views of a rendering for people and tools: computed styles by selector."""

from __future__ import annotations

from ..css import StyleTree
from ..css.matching import Matcher
from ..css.properties import PROPERTIES
from ..css.selectors import parse_selector_list
from ..css.serialize import serialize
from ..dom import Document, Element
from ..errors import UsageError
from ..geometry import Rect
from ..layout.boxes_dump import client_rects
from .pipeline import Rendering


def element_path(element: Element) -> str:
    """The chain of element-child indexes from the root element; "" is the root."""
    indexes: list[str] = []
    node = element
    while isinstance(node.parent, Element):
        siblings = node.parent.element_children()
        indexes.append(str(siblings.index(node)))
        node = node.parent
    return "/".join(reversed(indexes))


def bounding_rect(rendering: Rendering, selector: str) -> Rect | None:
    """The client rectangle of the first element that the selector matches and that generates a box. Raises UsageError
    for a bad selector."""
    selectors = parse_selector_list(selector)
    if selectors is None:
        raise UsageError(f"not a selector: {selector!r}")
    assert rendering.root_fragment is not None
    rects = client_rects(rendering.root_fragment)
    matcher = Matcher(rendering.document)
    for element in rendering.document.descendant_elements():
        if element in rects and matcher.matches_any(element, selectors):
            return rects[element]
    return None


def first_match(document: Document, selector: str) -> Element | None:
    """The first element that a selector matches. Raises UsageError for a bad selector."""
    selectors = parse_selector_list(selector)
    if selectors is None:
        raise UsageError(f"not a selector: {selector!r}")
    matcher = Matcher(document)
    return next((one for one in document.descendant_elements() if matcher.matches_any(one, selectors)), None)


def dump_reasons(rendering: Rendering, selector: str) -> list[dict[str, object]]:
    """For each element that the selector matches, each property that a declaration sets: its value, and the origin,
    selector, sheet and line of the declaration that won. Raises UsageError for a bad selector."""
    document = rendering.document
    selectors = parse_selector_list(selector)
    if selectors is None:
        raise UsageError(f"not a selector: {selector!r}")
    matcher = Matcher(document)
    elements = [one for one in document.descendant_elements() if matcher.matches_any(one, selectors)]
    reasons = rendering.reasons(elements)
    found: list[dict[str, object]] = []
    for element in elements:
        style = rendering.styles.style_of(element) if rendering.styles is not None else None
        if style is None or element not in reasons:
            continue
        why = {
            name: {"value": serialize(style, name), **reason.as_dict()}
            for name, reason in sorted(reasons[element].items())
            if not name.startswith("-webkit-original")
        }
        found.append({"path": element_path(element), "tag": element.local_name, "why": why})
    return found


def dump_styles(document: Document, styles: StyleTree, selector: str) -> list[dict[str, object]]:
    """The computed values of each element that the selector matches. Raises UsageError for a bad selector."""
    selectors = parse_selector_list(selector)
    if selectors is None:
        raise UsageError(f"not a selector: {selector!r}")
    matcher = Matcher(document)
    names = [row.name for row in PROPERTIES if row.syntax != "internal"]
    found: list[dict[str, object]] = []
    for element in document.descendant_elements():
        style = styles.style_of(element)
        if style is None or not matcher.matches_any(element, selectors):
            continue
        found.append(
            {
                "path": element_path(element),
                "tag": element.local_name,
                "styles": {name: serialize(style, name) for name in names},
            }
        )
    return found
