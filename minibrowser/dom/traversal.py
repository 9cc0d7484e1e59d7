"""Small walks over a tree that several stages share. All of them are reading only."""

from __future__ import annotations

from .document import Document
from .node import Element, Node, ParentNode


def next_skipping_children(node: Node, root: ParentNode) -> Node | None:
    """The node after `node` and all below it, None at the end."""
    current: Node = node
    while current is not root:
        sibling = current.next_sibling
        if sibling is not None:
            return sibling
        parent = current.parent
        if parent is None:
            return None
        current = parent
    return None


def ancestors(node: Node) -> list[Element]:
    """The elements that hold a node, the innermost first."""
    found: list[Element] = []
    parent = node.parent
    while isinstance(parent, Element):
        found.append(parent)
        parent = parent.parent
    return found


def depth(node: Node) -> int:
    """How many nodes hold this one."""
    count = 0
    parent = node.parent
    while parent is not None:
        count += 1
        parent = parent.parent
    return count


def root_of(node: Node) -> Node:
    """The topmost node of the tree that a node is in (https://dom.spec.whatwg.org/#concept-tree-root)."""
    top = node
    while top.parent is not None:
        top = top.parent
    return top


def element_path(element: Element) -> str:
    """The chain of element-child indexes from the root element: "" is the root, "1/0" its second's first."""
    indexes: list[str] = []
    node: Element = element
    while True:
        parent = node.parent
        if parent is None or isinstance(parent, Document):
            break
        position = 0
        for index in range(node.index):
            if isinstance(parent.children[index], Element):
                position += 1
        indexes.append(str(position))
        if not isinstance(parent, Element):
            break
        node = parent
    return "/".join(reversed(indexes))
