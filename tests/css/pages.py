"""Documents with sheets, for the tests: from HTML text to computed values as text."""

from __future__ import annotations

from typing import Final

from minibrowser.css import (
    ComputedStyle,
    MediaContext,
    Origin,
    PseudoElement,
    StyleContext,
    StyleSheet,
    StyleStatistics,
    StyleTree,
    resolve_styles,
    user_agent_sheets,
)
from minibrowser.css.matching import Matcher
from minibrowser.css.selectors import parse_selector_list
from minibrowser.css.serialize import serialize
from minibrowser.dom import Document, Element
from minibrowser.html.parser import parse_document

URL: Final = "https://example.org/a/page.html"


class Styled:
    """A document with its styles. `html` may hold style elements; `css` is a sheet after them."""

    def __init__(
        self,
        html: str,
        css: str = "",
        *,
        media: MediaContext | None = None,
        is_xml: bool = False,
        user_css: str = "",
    ) -> None:
        self.document: Document = parse_document(html, url=URL, is_xml=is_xml)
        quirks = self.document.mode == 2
        self.sheets: list[StyleSheet] = list(user_agent_sheets(quirks))
        if user_css:
            self.sheets.append(StyleSheet(user_css, url=URL, origin=Origin.USER))
        for element in self.document.descendant_elements():
            if element.local_name == "style":
                self.sheets.append(StyleSheet(element.text_content(), url=URL, is_quirks=quirks))
        if css:
            self.sheets.append(StyleSheet(css, url=URL, is_quirks=quirks))
        self.statistics: StyleStatistics = StyleStatistics()
        context = StyleContext(media or MediaContext(1280, 800))
        self.tree: StyleTree = resolve_styles(self.document, self.sheets, context, self.statistics)

    def element(self, selector: str) -> Element:
        """The first element that matches."""
        selectors = parse_selector_list(selector)
        assert selectors is not None
        matcher = Matcher(self.document)
        for element in self.document.descendant_elements():
            if matcher.matches_any(element, selectors):
                return element
        raise AssertionError(f"nothing matches {selector}")

    def style(self, selector: str, pseudo: PseudoElement = PseudoElement.NONE) -> ComputedStyle:
        """The style of the first element that matches, or of its pseudo-element."""
        element = self.element(selector)
        style = (
            self.tree.style_of(element)
            if pseudo == PseudoElement.NONE
            else self.tree.pseudo_style(element, pseudo)
        )
        assert style is not None
        return style

    def value(self, selector: str, name: str) -> str:
        """A computed value as text."""
        return serialize(self.style(selector), name)


def computed(declarations: str, name: str) -> str:
    """The value of a property of `<p style="...">` as Chromium would print it."""
    return Styled(f"<!doctype html><p style='{declarations}'>x</p>").value("p", name)


def matching(html: str, selector: str) -> list[str]:
    """The ids of the elements that match."""
    document = parse_document(html, url=URL)
    selectors = parse_selector_list(selector)
    assert selectors is not None, f"{selector} is invalid"
    matcher = Matcher(document, "target")
    return [
        element.id
        for element in document.descendant_elements()
        if element.id and matcher.matches_any(element, selectors)
    ]
