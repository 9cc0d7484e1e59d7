"""The document (https://dom.spec.whatwg.org/#interface-document)."""

from __future__ import annotations

from enum import IntEnum
from typing import Final, final

from .node import DocumentFragment, Element, ParentNode


class QuirksMode(IntEnum):
    """https://dom.spec.whatwg.org/#concept-document-quirks"""

    NO_QUIRKS = 0
    LIMITED_QUIRKS = 1
    QUIRKS = 2


@final
class Interaction:
    """What a user is about to do with a document; nothing in one that has just been loaded.

    Attributes:
        hovered, active: the innermost element under the pointer, and the one being pressed.
        focused: the focused element; None leaves it to `autofocus`.
        visited: absolute addresses that links match :visited for.
    """

    __slots__ = ("active", "focused", "hovered", "visited")

    def __init__(self) -> None:
        self.hovered: Element | None = None
        self.active: Element | None = None
        self.focused: Element | None = None
        self.visited: set[str] = set()


@final
class Document(ParentNode):
    """The root of a tree.

    Attributes:
        url: the document's address, after redirects.
        base_url: what relative URLs in it are resolved against (`<base href>`); equals `url` without one.
        mode: quirks mode.
        is_xml: whether it came from an XML parser: names are case-sensitive then.
        encoding: the name of the encoding that the bytes were decoded with ("UTF-8").
        content_language: of the `Content-Language` header, "" when unknown.
        templates: the contents of each `<template>`, kept beside the tree.
        attribute_namespaces: for (element, qualified name): the namespace of an attribute that has one.
        interaction: what :hover, :active, :focus and :visited are about.
    """

    __slots__ = (
        "attribute_namespaces",
        "base_url",
        "content_language",
        "encoding",
        "interaction",
        "is_xml",
        "mode",
        "templates",
        "url",
    )

    def __init__(self, url: str = "about:blank") -> None:
        super().__init__()
        self.url: str = url
        self.base_url: str = url
        self.mode: QuirksMode = QuirksMode.NO_QUIRKS
        self.is_xml: bool = False
        self.encoding: str = "UTF-8"
        self.content_language: str = ""
        self.templates: dict[Element, DocumentFragment] = {}
        self.attribute_namespaces: dict[tuple[Element, str], str] = {}
        self.interaction: Final = Interaction()

    @property
    def root(self) -> Element | None:
        """The document element, None for an empty document."""
        for child in self.children:
            if isinstance(child, Element):
                return child
        return None

    def _child_of_root(self, local_name: str) -> Element | None:
        root = self.root
        if root is None or not root.is_html("html"):
            return None
        for child in root.children:
            if isinstance(child, Element) and child.is_html(local_name):
                return child
        return None

    @property
    def head(self) -> Element | None:
        """The `<head>` element."""
        return self._child_of_root("head")

    @property
    def body(self) -> Element | None:
        """The `<body>` element, or the `<frameset>` that stands for it."""
        return self._child_of_root("body") or self._child_of_root("frameset")

    @property
    def title(self) -> str:
        """The title, https://html.spec.whatwg.org/multipage/dom.html#document.title"""
        for element in self.descendant_elements():
            if element.is_html("title"):
                return " ".join(element.text_content().split())
        return ""
