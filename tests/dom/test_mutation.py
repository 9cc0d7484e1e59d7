"""Changing a tree, and walking it."""

from __future__ import annotations

from minibrowser import limits
from minibrowser.dom import Document, Element, Text, mutation, traversal


def _names(parent: Element) -> list[str]:
    return [child.local_name for child in parent.element_children()]


def _tree(*names: str) -> tuple[Element, list[Element]]:
    parent = Element("div")
    children = [Element(name) for name in names]
    for child in children:
        mutation.append(parent, child)
    return parent, children


def _consistent(parent: Element) -> bool:
    return all(child.parent is parent and child.index == index for index, child in enumerate(parent.children))


def test_a_node_is_inserted_before_another() -> None:
    parent, (a, b) = _tree("a", "b")
    mutation.insert_before(parent, Element("c"), b)
    assert _names(parent) == ["a", "c", "b"]
    mutation.insert_before(parent, Element("d"), a)
    mutation.insert_before(parent, Element("e"), None)
    assert _names(parent) == ["d", "a", "c", "b", "e"]
    assert _consistent(parent)


def test_an_inserted_node_leaves_its_old_place() -> None:
    parent, (a, _, c) = _tree("a", "b", "c")
    mutation.insert_before(parent, c, a)
    assert _names(parent) == ["c", "a", "b"]
    mutation.insert_before(parent, c, None)
    assert _names(parent) == ["a", "b", "c"]
    mutation.insert_before(parent, c, c)
    assert _names(parent) == ["a", "b", "c"]
    assert _consistent(parent)


def test_a_removed_node_has_no_parent() -> None:
    parent, (a, b) = _tree("a", "b")
    mutation.remove(a)
    mutation.remove(a)
    assert a.parent is None
    assert _names(parent) == ["b"]
    assert b.index == 0


def test_attributes_keep_id_and_classes_true() -> None:
    element = Element("p")
    mutation.set_attribute(element, "class", "a b a")
    mutation.set_attribute(element, "id", "x")
    assert (element.id, element.classes) == ("x", ("a", "b"))
    mutation.remove_attribute(element, "class")
    mutation.remove_attribute(element, "id")
    mutation.remove_attribute(element, "id")
    assert (element.id, element.classes) == ("", ())


def _document() -> tuple[Document, Element, list[Element]]:
    document = Document()
    root, (a, b) = _tree("a", "b")
    mutation.append(document, root)
    mutation.append(a, Text("x"))
    c = Element("c", attributes={"id": "here"})
    mutation.append(a, c)
    return document, root, [a, b, c]


def test_what_follows_a_subtree_is_found() -> None:
    document, root, (a, b, c) = _document()
    assert list(document.descendants()) == [root, a, a.children[0], c, b]
    assert traversal.next_skipping_children(a, document) is b
    assert traversal.next_skipping_children(c, a) is None


def test_those_around_a_node_are_found() -> None:
    document, root, (a, _, c) = _document()
    assert traversal.ancestors(c) == [a, root]
    assert traversal.depth(c) == 3
    assert traversal.root_of(c) is document


def test_a_path_counts_elements_only() -> None:
    _, root, (a, b, c) = _document()
    assert [traversal.element_path(element) for element in (root, a, b, c)] == ["", "0", "1", "0/0"]


def test_a_tree_of_too_many_nodes_is_cut_short() -> None:
    document = Document()
    builder = mutation.TreeBuilder(document, document)
    builder.count = limits.MAX_DOM_NODES - 2
    root = Element("a")
    builder.append(document, root)
    for name in ("b", "c", "d"):
        child = Element(name)
        builder.append(root, child)
        builder.append(child, Text("x"))
    assert list(document.descendants()) == [root, root.children[0]]
