"""The nodes of a document (https://dom.spec.whatwg.org/#nodes).

Artifact: nodes with parent, children and attributes. Everybody may read them; only `dom/mutation.py` changes
a tree once it is built (parsers build through it too). The classes are small because pages have many of
them: rare data (template contents, attribute namespaces) lives in side tables of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, final

HTML_NAMESPACE: Final = "http://www.w3.org/1999/xhtml"
SVG_NAMESPACE: Final = "http://www.w3.org/2000/svg"
MATHML_NAMESPACE: Final = "http://www.w3.org/1998/Math/MathML"
XLINK_NAMESPACE: Final = "http://www.w3.org/1999/xlink"
XML_NAMESPACE: Final = "http://www.w3.org/XML/1998/namespace"
XMLNS_NAMESPACE: Final = "http://www.w3.org/2000/xmlns/"

_NO_CLASSES: Final[tuple[str, ...]] = ()
_TOKEN: Final = re.compile(r"[^ \t\n\f\r]+")


def class_tokens(value: str) -> tuple[str, ...]:
    """The tokens of a `class` attribute and its like, https://dom.spec.whatwg.org/#concept-ordered-set-parser."""
    if not value.isascii() or not value.isprintable():
        # str.split() also splits at other white space (U+00A0, U+001F, ...), which is part of a token here.
        return tuple(dict.fromkeys(_TOKEN.findall(value)))
    tokens = value.split()
    return tuple(tokens) if len(tokens) < 2 else tuple(dict.fromkeys(tokens))


class Node:
    """Anything in the tree. `parent` is None for a root and for what has been taken out."""

    __slots__ = ("index", "parent")

    def __init__(self) -> None:
        self.parent: ParentNode | None = None
        self.index: int = 0
        """Position among the parent's children; kept by `dom/mutation.py`."""

    @property
    def next_sibling(self) -> Node | None:
        """The node after this one, None for the last."""
        parent = self.parent
        if parent is None or self.index + 1 >= len(parent.children):
            return None
        return parent.children[self.index + 1]


class CharacterData(Node):
    """A node that is only text (https://dom.spec.whatwg.org/#interface-characterdata)."""

    __slots__ = ("data",)

    def __init__(self, data: str) -> None:
        # OPTIMIZATION: no chain of super().__init__(); pages have thousands of texts.
        self.parent = None
        self.index = 0
        self.data: str = data


@final
class Text(CharacterData):
    """A run of text."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<Text {self.data[:40]!r}>"


@final
class Comment(CharacterData):
    """A comment."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<Comment {self.data[:40]!r}>"


@final
class ProcessingInstruction(CharacterData):
    """A processing instruction, in XML documents."""

    __slots__ = ("target",)

    def __init__(self, target: str, data: str) -> None:
        super().__init__(data)
        self.target: str = target


@final
class DocumentType(Node):
    """A document type."""

    __slots__ = ("name", "public_id", "system_id")

    def __init__(self, name: str, public_id: str = "", system_id: str = "") -> None:
        super().__init__()
        self.name: str = name
        self.public_id: str = public_id
        self.system_id: str = system_id


class ParentNode(Node):
    """A node that can have children."""

    __slots__ = ("children",)

    def __init__(self) -> None:
        super().__init__()
        self.children: list[Node] = []

    def element_children(self) -> list[Element]:
        """The children that are elements, in order."""
        found: list[Element] = []
        for child in self.children:
            if isinstance(child, Element):
                found.append(child)
        return found

    def text_content(self) -> str:
        """The text of all descendants, https://dom.spec.whatwg.org/#concept-descendant-text-content."""
        parts: list[str] = []
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, Text):
                parts.append(node.data)
            elif isinstance(node, ParentNode):
                stack.extend(reversed(node.children))
        return "".join(parts)

    def descendants(self) -> Iterator[Node]:
        """All nodes below this one, in tree order."""
        stack: list[Node] = list(reversed(self.children))
        while stack:
            node = stack.pop()
            yield node
            if isinstance(node, ParentNode):
                stack.extend(reversed(node.children))

    def descendant_elements(self) -> list[Element]:
        """All elements below this node, in tree order."""
        found: list[Element] = []
        stack: list[Node] = list(reversed(self.children))
        while stack:
            node = stack.pop()
            if isinstance(node, Element):
                found.append(node)
                stack.extend(reversed(node.children))
        return found


@final
class DocumentFragment(ParentNode):
    """A tree without a document: the contents of a `<template>`, the result of parsing a fragment."""

    __slots__ = ()


@final
class Element(ParentNode):
    """An element.

    Attributes:
        local_name: lower case for HTML elements; as written for SVG, MathML and XML.
        namespace: a namespace URL, "" for none.
        prefix: of XML documents, "" otherwise.
        attributes: values by qualified name in document order ("href", "xlink:href"). Read only: changes go
            through `dom/mutation.py`, which keeps `id` and `classes` true.
        id: the `id` attribute, "" where there is none.
        classes: the tokens of the `class` attribute, without duplicates.
    """

    __slots__ = ("attributes", "classes", "id", "local_name", "namespace", "prefix")

    def __init__(
        self,
        local_name: str,
        namespace: str = HTML_NAMESPACE,
        attributes: dict[str, str] | None = None,
        prefix: str = "",
    ) -> None:
        # OPTIMIZATION: no chain of super().__init__(); pages have thousands of elements.
        self.parent = None
        self.index = 0
        self.children = []
        self.local_name: str = local_name
        self.namespace: str = namespace
        self.prefix: str = prefix
        if attributes:
            self.attributes: dict[str, str] = attributes
            self.id: str = attributes.get("id", "")
            value = attributes.get("class")
            self.classes: tuple[str, ...] = class_tokens(value) if value else _NO_CLASSES
        else:
            self.attributes = {} if attributes is None else attributes
            self.id = ""
            self.classes = _NO_CLASSES

    def attributes_changed(self) -> None:
        """Bring `id` and `classes` up to date; called by `dom/mutation.py`."""
        attributes = self.attributes
        self.id = attributes.get("id", "")
        value = attributes.get("class")
        self.classes = class_tokens(value) if value else _NO_CLASSES

    def is_html(self, local_name: str) -> bool:
        """Whether this is the HTML element of that name."""
        return self.local_name == local_name and self.namespace == HTML_NAMESPACE

    def get(self, name: str, default: str = "") -> str:
        """An attribute's value, `default` where it is absent."""
        return self.attributes.get(name, default)

    def __repr__(self) -> str:
        names = f"#{self.id}" if self.id else ""
        return f"<Element {self.local_name}{names}{''.join('.' + name for name in self.classes)}>"
