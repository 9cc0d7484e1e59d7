"""The only door for changing a tree (https://dom.spec.whatwg.org/#mutation-algorithms).

Parsers build through `append`, interaction changes through the rest. Each call keeps parents, child indexes and the
derived fields of elements true.
"""

from __future__ import annotations

from typing import final

from .. import limits
from .document import Document
from .node import HTML_NAMESPACE, DocumentFragment, Element, Node, ParentNode


def append(parent: ParentNode, node: Node) -> None:
    """Add a node that has no parent as the last child."""
    node.parent = parent
    node.index = len(parent.children)
    parent.children.append(node)


def insert_before(parent: ParentNode, node: Node, before: Node | None) -> None:
    """Insert a node in front of a child, or at the end where `before` is None. It leaves its old place."""
    if node is before:
        return
    remove(node)
    if before is None:
        append(parent, node)
        return
    node.parent = parent
    parent.children.insert(before.index, node)
    _renumber(parent, before.index)


def remove(node: Node) -> None:
    """Take a node out of its parent; nothing happens to a node without one."""
    parent = node.parent
    if parent is None:
        return
    start = node.index
    del parent.children[start]
    node.parent = None
    node.index = 0
    _renumber(parent, start)


def set_attribute(element: Element, name: str, value: str) -> None:
    """Set an attribute by its qualified name."""
    element.attributes[name] = value
    element.attributes_changed()


def remove_attribute(element: Element, name: str) -> None:
    """Remove an attribute; absent ones are no error."""
    if element.attributes.pop(name, None) is not None:
        element.attributes_changed()


def _renumber(parent: ParentNode, start: int) -> None:
    children = parent.children
    for index in range(start, len(children)):
        children[index].index = index


@final
class TreeBuilder:
    """The bulk path for parsers: a whole tree, node after node, in tree order.

    `parent` in `append` is the parent as the parser sees it. Where the node really goes differs in three
    cases: the children of a `<template>` go into its contents (`document.templates`); the children of an
    element at `limits.MAX_TREE_DEPTH` become its siblings; and after `limits.MAX_DOM_NODES` nodes nothing is added.
    """

    def __init__(self, document: Document, root: ParentNode, depth: int = 0) -> None:
        """`root` is the document or a fragment; `depth` is how many elements it stands in already."""
        self.document: Document = document
        self.count: int = 0
        self._parents: list[ParentNode] = [root]
        self._targets: list[ParentNode] = [root]
        # Blink: HTMLConstructionSite attaches to the grandparent where the stack of open elements is
        # deeper than the cap, so an element can stand one level below it, but without children.
        self._deepest: int = limits.MAX_TREE_DEPTH + 1 - depth

    def append(self, parent: ParentNode, node: Node) -> None:
        """Add a node as the last child of a node that is still open."""
        self.count += 1
        if self.count > limits.MAX_DOM_NODES:
            return
        parents = self._parents
        targets = self._targets
        while parents[-1] is not parent:
            parents.pop()
            targets.pop()
        target = targets[-1]
        children = target.children
        node.parent = target
        node.index = len(children)
        children.append(node)
        if isinstance(node, Element):
            if node.local_name == "template" and node.namespace == HTML_NAMESPACE:
                contents = DocumentFragment()
                self.document.templates[node] = contents
                target = contents
            elif len(parents) <= self._deepest - 1:
                target = node
            parents.append(node)
            targets.append(target)
