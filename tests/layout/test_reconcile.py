"""Taking the boxes of one tree over into the next one."""

from __future__ import annotations

import ast
from enum import IntEnum
from pathlib import Path

from minibrowser.css.computed_style import INITIAL_STYLE, BoxStyle, ComputedStyle
from minibrowser.dom import Element
from minibrowser.layout.box import Box, BoxKind, Control, ControlKind, Picture
from minibrowser.layout.cache import LayoutCache
from minibrowser.layout.reconcile import Reconciler, same_box

NOT_COMPARED = {"children", "id"}


def tree(*texts: str) -> Box:
    root = Box(BoxKind.BLOCK, INITIAL_STYLE)
    for text in texts:
        block = Box(BoxKind.BLOCK, INITIAL_STYLE)
        inner = Box(BoxKind.TEXT, INITIAL_STYLE)
        inner.text = text
        block.children.append(inner)
        root.children.append(block)
    number = 0
    stack = [root]
    while stack:
        box = stack.pop()
        box.id = number
        number += 1
        stack.extend(reversed(box.children))
    return root


def different(value: object) -> object:
    """Another value of the same type, which compiled classes insist on."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, IntEnum):
        return type(value)(value + 1)
    if isinstance(value, int | float):
        return value + 1
    return value + "x" if isinstance(value, str) else ("x",)


def test_every_attribute_of_a_box_but_its_children_is_compared() -> None:
    element = Element("p")
    style = ComputedStyle(INITIAL_STYLE.inherited, BoxStyle(), INITIAL_STYLE.paint, {})
    style.box.order = 7
    others: dict[str, object] = {
        "element": element,
        "contents_element": element,
        "split_inlines": (element,),
        "split_by": (Box(BoxKind.INLINE, INITIAL_STYLE),),
        "split_in": Box(BoxKind.INLINE, INITIAL_STYLE),
        "whole": Box(BoxKind.INLINE, INITIAL_STYLE),
        "picture": Picture(1.0, 2.0, 0.5),
        "shape_picture": Picture(1.0, 2.0, 0.5),
        "control": Control(ControlKind.RANGE),
        "first_line": style,
        "style": style,
    }
    names = getattr(Box, "__slots__", ()) or getattr(Box, "__mypyc_attrs__", ())
    assert "children" in names
    for name in set(names) - NOT_COMPARED:
        a, b = Box(BoxKind.BLOCK, INITIAL_STYLE), Box(BoxKind.BLOCK, INITIAL_STYLE)
        assert same_box(a, b)
        setattr(b, name, others[name] if name in others else different(getattr(a, name)))
        assert not same_box(a, b), name


def test_every_attribute_of_a_control_is_compared() -> None:
    source = Path(__file__).resolve().parents[2] / "minibrowser" / "layout" / "box.py"
    module = ast.parse(source.read_text(encoding="utf-8"))
    names = [
        node.target.attr
        for one in module.body
        if isinstance(one, ast.ClassDef) and one.name == "Control"
        for node in ast.walk(one)
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Attribute)
    ]
    assert "is_checked" in names
    for name in names:
        a, b = Control(ControlKind.NONE), Control(ControlKind.NONE)
        assert a.same(b)
        setattr(b, name, different(getattr(a, name)))
        assert not a.same(b), name


def test_what_is_the_same_stays_and_what_differs_is_new_with_all_that_is_around_it() -> None:
    old, new = tree("a", "b", "c"), tree("a", "x", "c")
    changed = new.children[1]
    reconciler = Reconciler(LayoutCache())
    root, _ = reconciler.run(old, new)
    assert root is new
    assert root.children == [old.children[0], changed, old.children[2]]
    assert (reconciler.kept, reconciler.made) == (4, 3)


def test_a_box_with_parts_of_split_inlines_stays_as_a_whole_or_not_at_all() -> None:
    for texts, stays in ((("a", "b", "c"), True), (("a", "b", "x"), False)):
        old, new = tree("a", "b", "c"), tree(*texts)
        for root in (old, new):
            whole = Box(BoxKind.INLINE, INITIAL_STYLE)
            whole.split_in = root
            root.children[1].split_by = (whole,)
        fresh = list(new.children)
        root, _ = Reconciler(LayoutCache()).run(old, new)
        assert (root is old) == stays
        assert root.children == (old.children if stays else fresh)


def test_an_equal_tree_is_the_old_one() -> None:
    old, new = tree("a", "b"), tree("a", "b")
    root, _ = Reconciler(LayoutCache()).run(old, new)
    assert root is old


def test_boxes_that_come_or_go_leave_those_around_them_and_numbers_stay_in_tree_order() -> None:
    for after in (("a", "new", "b", "c"), ("a", "c"), ("b", "c"), ("a", "b", "c", "d"), ()):
        old, new = tree("a", "b", "c"), tree(*after)
        root, _ = Reconciler(LayoutCache()).run(old, new)
        assert [one.children[0].text for one in root.children] == list(after)
        ids = [root.id]
        for one in root.children:
            ids += [one.id, one.children[0].id]
        assert ids == list(range(len(ids)))
