"""From a string of HTML to boxes, without a page: style sheets only in <style>, pictures by hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import final

from minibrowser.css import MediaContext, StyleContext, StyleSheet, resolve_styles, user_agent_sheets
from minibrowser.dom import Document, Element, QuirksMode, Text
from minibrowser.geometry import Rect, Size
from minibrowser.html.parser import parse_document
from minibrowser.layout.box import Box, Picture
from minibrowser.layout.box_tree import build_box_tree
from minibrowser.layout.boxes_dump import client_rects, dump_boxes
from minibrowser.layout.engine import Driver, layout_root
from minibrowser.layout.fragment import Fragment
from minibrowser.layout.recursion import DeepRecursion
from minibrowser.page.metrics import PageFontMetrics
from minibrowser.page.system_fonts import system_fonts
from minibrowser.text.font_context import DocumentFonts, FontContext


@lru_cache(maxsize=1)
def session_fonts() -> FontContext:
    """The fonts of this machine, opened once."""
    return FontContext(system_fonts())


@final
class LaidOut:
    """A document with all that layout made of it."""

    def __init__(
        self, html: str, width: float, height: float, pictures: Mapping[str, Picture] | None
    ) -> None:
        self.document: Document = parse_document(html)
        quirks = self.document.mode == QuirksMode.QUIRKS
        fonts = DocumentFonts(session_fonts())
        sheets = list(user_agent_sheets(quirks))
        for element in self.document.descendant_elements():
            if element.is_html("style"):
                text = "".join(node.data for node in element.children if isinstance(node, Text))
                sheets.append(StyleSheet(text))
        context = StyleContext(MediaContext(width, height), PageFontMetrics(fonts))
        self.styles = resolve_styles(self.document, sheets, context)
        by_element: dict[Element, Picture] = {}
        for element in self.document.descendant_elements():
            if pictures and element.id in pictures:
                by_element[element] = pictures[element.id]
        self.root_box: Box = build_box_tree(self.document, self.styles, by_element, has_scripting=True)
        self.driver = Driver(fonts, Size(width, height), quirks)
        with DeepRecursion():
            self.root: Fragment = layout_root(self.driver, self.root_box)

    def rect(self, identifier: str) -> Rect:
        """The client rectangle of the element of this id."""
        rects = client_rects(self.root)
        for element in self.document.descendant_elements():
            if element.id == identifier:
                return rects[element]
        raise KeyError(identifier)

    def boxes(self) -> list[dict[str, object]]:
        """The dump of all boxes."""
        return dump_boxes(self.root, self.document)


def lay_out(
    html: str, width: float = 1280.0, height: float = 800.0, pictures: Mapping[str, Picture] | None = None
) -> LaidOut:
    """Lay a document out."""
    return LaidOut(html, width, height, pictures)
