"""The only door for changing a tree (https://dom.spec.whatwg.org/#mutation-algorithms).

Parsers build through `append`, scripts will change through the rest. Each call keeps parents, child indexes
and the derived fields of elements true, and raises the document's version.
"""

from __future__ import annotations

from .document import Document
from .node import CharacterData, Element, Node, ParentNode


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


def set_data(node: CharacterData, data: str) -> None:
    """Replace the text of a node."""
    node.data = data


def touch(document: Document) -> None:
    """Raise the document's version: what was computed from it is out of date."""
    document.version += 1


def _renumber(parent: ParentNode, start: int) -> None:
    children = parent.children
    for index in range(start, len(children)):
        children[index].index = index
