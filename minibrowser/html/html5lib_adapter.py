"""html5lib (a WHATWG parser in Python) into our own nodes. The only module that imports html5lib.

html5lib builds a tree of the small nodes below, which can be moved about as its algorithms need, and the finished
tree is told to `TreeBuilder` once. It knows neither `<template>` nor the changes of the standard since 2020.
"""

from __future__ import annotations

import warnings
from typing import Any, Final

import html5lib
from html5lib.treebuilders import base

from ..dom import Comment, Document, DocumentFragment, DocumentType, Element, ParentNode, QuirksMode, Text
from ..dom.mutation import TreeBuilder
from ..dom.node import HTML_NAMESPACE, MATHML_NAMESPACE, SVG_NAMESPACE
from .foreign import note_attribute_namespaces

_MODES: Final = {
    "no quirks": QuirksMode.NO_QUIRKS,
    "limited quirks": QuirksMode.LIMITED_QUIRKS,
    "quirks": QuirksMode.QUIRKS,
}

_CONTEXT_PREFIXES: Final = {SVG_NAMESPACE: "svg", MATHML_NAMESPACE: "math"}


class _Node(base.Node):  # type: ignore[misc] # html5lib has no types
    """A node while html5lib works on it. `kind` is "element", "text", "comment", "doctype" or "root"."""

    def __init__(self, kind: str, name: str, namespace: str | None = None) -> None:
        super().__init__(name)
        self.kind: Final = kind
        self.namespace: Final = namespace
        self.nameTuple: Final = (namespace or HTML_NAMESPACE, name)
        self.public_id: str | None = None
        self.system_id: str | None = None
        self.attributes: dict[Any, str] = {}
        self.childNodes: list[_Node] = []

    def appendChild(self, node: _Node) -> None:  # noqa: N802 - html5lib's interface
        if node.kind == "text" and self.childNodes and self.childNodes[-1].kind == "text":
            self.childNodes[-1].value += node.value
            return
        node.parent = self
        self.childNodes.append(node)

    def insertText(self, data: str, insertBefore: _Node | None = None) -> None:  # noqa: N802, N803
        node = _Node("text", "")
        node.value = data
        if insertBefore is None:
            self.appendChild(node)
        else:
            self.insertBefore(node, insertBefore)

    def insertBefore(self, node: _Node, refNode: _Node) -> None:  # noqa: N802, N803
        index = self._position(refNode)
        before = self.childNodes[index - 1] if index > 0 else None
        if node.kind == "text" and before is not None and before.kind == "text":
            before.value += node.value
            return
        node.parent = self
        self.childNodes.insert(index, node)

    def removeChild(self, node: _Node) -> None:  # noqa: N802
        del self.childNodes[self._position(node)]
        node.parent = None

    def _position(self, node: _Node) -> int:
        for index, child in enumerate(self.childNodes):
            if child is node:
                return index
        raise ValueError("not a child")

    def reparentChildren(self, newParent: _Node) -> None:  # noqa: N802, N803
        for child in self.childNodes:
            newParent.appendChild(child)
        self.childNodes = []

    def cloneNode(self) -> _Node:  # noqa: N802
        clone = _Node(self.kind, self.name, self.namespace)
        clone.attributes = dict(self.attributes)
        return clone

    def hasContent(self) -> bool:  # noqa: N802
        return bool(self.childNodes)


class _TreeBuilder(base.TreeBuilder):  # type: ignore[misc] # html5lib has no types
    """What html5lib drives."""

    def documentClass(self) -> _Node:  # noqa: N802
        return _Node("root", "")

    fragmentClass = documentClass  # noqa: N815

    def elementClass(self, name: str, namespace: str | None = None) -> _Node:  # noqa: N802
        return _Node("element", name, namespace)

    def commentClass(self, data: str) -> _Node:  # noqa: N802
        node = _Node("comment", "")
        node.value = data
        return node

    def doctypeClass(self, name: str, public_id: str | None, system_id: str | None) -> _Node:  # noqa: N802
        node = _Node("doctype", name)
        node.public_id, node.system_id = public_id, system_id
        return node

    def getDocument(self) -> _Node:  # noqa: N802
        root: _Node = self.document
        return root

    def getFragment(self) -> _Node:  # noqa: N802
        fragment = _Node("root", "")
        self.openElements[0].reparentChildren(fragment)
        return fragment


def _parser() -> Any:
    return html5lib.HTMLParser(tree=_TreeBuilder, namespaceHTMLElements=True)


def parse_document(text: str, document: Document, scripting: bool) -> None:
    """Parse a whole document into `document`, which is empty."""
    parser = _parser()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # html5lib warns about code points that it keeps
        tree = parser.parse(text, scripting=scripting)
    document.mode = _MODES[parser.compatMode]
    _convert(tree, document, document)


def parse_fragment(
    text: str, context: str, namespace: str, document: Document, scripting: bool
) -> DocumentFragment:
    """Parse as the `innerHTML` of an element of that name."""
    prefix = _CONTEXT_PREFIXES.get(namespace)
    container = f"{prefix} {context}" if prefix else context
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = _parser().parseFragment(text, container=container, scripting=scripting)
    fragment = DocumentFragment()
    _convert(tree, fragment, document)
    return fragment


def _convert(tree: _Node, root: ParentNode, document: Document) -> None:
    builder = TreeBuilder(document, root)
    stack: list[tuple[ParentNode, _Node]] = [(root, child) for child in reversed(tree.childNodes)]
    while stack:
        parent, source = stack.pop()
        if source.kind == "element":
            attributes = {
                name if isinstance(name, str) else ":".join(part for part in name[:2] if part): value
                for name, value in source.attributes.items()
            }
            element = Element(source.name, source.namespace or HTML_NAMESPACE, attributes)
            if attributes and element.namespace != HTML_NAMESPACE:
                note_attribute_namespaces(document, element)
            builder.append(parent, element)
            stack.extend((element, child) for child in reversed(source.childNodes))
        elif source.kind == "text":
            builder.append(parent, Text(source.value))
        elif source.kind == "comment":
            builder.append(parent, Comment(source.value))
        elif source.kind == "doctype":
            builder.append(
                parent, DocumentType(source.name or "", source.public_id or "", source.system_id or "")
            )
