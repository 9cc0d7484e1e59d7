"""Incremental layout: a new box tree takes over the boxes of the one before that have not changed, with their results.

Boxes are generated anew after each change, which is cheap; laying out is not. A box that is the same as before with
all that is in it is replaced by the old one, whose results stay in the cache: only boxes that differ, and those around
them, are laid out again (Blink: NeedsLayout and ChildNeedsLayout; docs/decisions/034-incremental-by-comparing.md).
"""

from __future__ import annotations

from typing import Final, final

from ..css.computed_style import ComputedStyle
from .box import Box, BoxKind, Picture
from .cache import LayoutCache
from .css_predicates import is_multicol
from .recursion import DeepRecursion


def same_style(a: ComputedStyle | None, b: ComputedStyle | None) -> bool:
    """Whether two styles have the same values in all that layout and paint read."""
    if a is b:
        return True
    if a is None or b is None:
        return False
    return (
        (a.inherited is b.inherited or a.inherited.same(b.inherited))
        and (a.box is b.box or a.box.same(b.box))
        and (a.paint is b.paint or a.paint.same(b.paint))
    )


def _same_size(a: Picture | None, b: Picture | None) -> bool:
    """Whether layout sees the same picture: whether there is one, and its natural dimensions."""
    if a is b:
        return True
    if a is None or b is None:
        return False
    return (
        a.natural_width == b.natural_width
        and a.natural_height == b.natural_height
        and a.natural_ratio == b.natural_ratio
    )


def _same_parts(a: Box, b: Box) -> bool:
    """Whether two boxes are the same parts of split inline boxes."""
    if (a.whole is None) != (b.whole is None) or (a.split_in is None) != (b.split_in is None):
        return False
    if a.whole is not None and b.whole is not None and not same_style(a.whole.style, b.whole.style):
        return False
    return len(a.split_by) == len(b.split_by) and all(
        same_style(one.style, other.style) for one, other in zip(a.split_by, b.split_by, strict=True)
    )


def _holds_parts(box: Box) -> bool:
    """Whether inline boxes were split among the children: the parts know each other, and this box."""
    return any(child.split_by for child in box.children)


def same_box(a: Box, b: Box) -> bool:
    """Whether two boxes are laid out and painted alike, apart from what is in them."""
    return (
        a.kind == b.kind
        and a.element is b.element
        and a.pseudo == b.pseudo
        and same_style(a.style, b.style)
        and a.text == b.text
        and _same_size(a.picture, b.picture)
        and a.shape_picture is b.shape_picture
        and a.media == b.media
        and (a.control is b.control or (a.control is not None and a.control.same(b.control)))
        and a.has_inline_children == b.has_inline_children
        and a.has_start_edge == b.has_start_edge
        and a.has_end_edge == b.has_end_edge
        and a.is_block_level_origin == b.is_block_level_origin
        and a.truncates_text == b.truncates_text
        and a.contains_block == b.contains_block
        and a.contents_element is b.contents_element
        and a.split_inlines == b.split_inlines
        and a.indents_first_line == b.indents_first_line
        and same_style(a.first_line, b.first_line)
        and a.is_body == b.is_body
        and a.is_root == b.is_root
        and a.is_column_spanner == b.is_column_spanner
        and _same_parts(a, b)
        and a.language == b.language
        and a.column_span == b.column_span
        and a.row_span == b.row_span
    )


@final
class Reconciler:
    """Brings the boxes of one tree into a newer one.

    Attributes:
        kept: how many boxes are the old ones; made: how many are new.
    """

    def __init__(self, cache: LayoutCache) -> None:
        """`cache`: the results of the old tree's boxes, by their numbers."""
        self._cache: Final = cache
        self._whole: Final[set[Box]] = set()  # old boxes that stand in the new tree with all that is in them
        self.kept: int = 0
        self.made: int = 0

    def run(self, old: Box, new: Box) -> tuple[Box, LayoutCache]:
        """The new tree with the old boxes in it, numbered in tree order, and the results of these by their new
        numbers."""
        with DeepRecursion():
            root = self._reconciled(old, new)
        return root, self._renumber(root)

    def _reconciled(self, old: Box, new: Box) -> Box:
        """The old box where nothing in it differs; else the new one with what is left of the old one's children."""
        before, after = old.children, new.children
        if _holds_parts(new) or _holds_parts(old):
            # All of it or nothing: the parts of a split inline box refer to one another.
            if not _is_equal(old, new):
                return new
            self._whole.add(old)
            return old
        is_same = len(before) == len(after)
        if before and after:
            first, last = 0, len(after)
            shift = len(before) - len(after)
            while first < min(len(before), len(after)) and _corresponds(before[first], after[first]):
                first += 1
            while (
                last > first
                and last + shift > first
                and _corresponds(before[last + shift - 1], after[last - 1])
            ):
                last -= 1
            for index in range(len(after)):
                if index < first:
                    child = before[index]
                elif index >= last:
                    child = before[index + shift]
                else:
                    is_same = False
                    continue
                found = self._reconciled(child, after[index])
                after[index] = found
                if found is not child:
                    is_same = False
        if is_same and same_box(old, new):
            if old.picture is not new.picture:
                # Drawn anew, of the same size: what was laid out shows the new one.
                old.picture = new.picture
            self._whole.add(old)
            return old
        return new

    def _renumber(self, root: Box) -> LayoutCache:
        cache = LayoutCache()
        stack: list[Box] = [root]
        depths: list[bool] = [False]
        number = 0
        while stack:
            box = stack.pop()
            is_old = depths.pop() or box in self._whole
            if is_old:
                self.kept += 1
                # Boxes inside of columns have numbers made of the container's.
                if box.id == number or not (box.kind == BoxKind.BLOCK and is_multicol(box.style)):
                    cache.take(self._cache, box.id, number)
            else:
                self.made += 1
            box.id = number
            number += 1
            for index in range(len(box.children) - 1, -1, -1):
                stack.append(box.children[index])
                depths.append(is_old)
        return cache


def _is_equal(old: Box, new: Box) -> bool:
    """Whether two trees of boxes are the same; the old one takes over the new one's pictures."""
    if len(old.children) != len(new.children) or not same_box(old, new):
        return False
    for index in range(len(old.children)):
        if not _is_equal(old.children[index], new.children[index]):
            return False
    old.picture = new.picture
    return True


def _corresponds(a: Box, b: Box) -> bool:
    """Whether two boxes are of the same thing, changed or not."""
    return a.element is b.element and a.kind == b.kind and a.pseudo == b.pseudo
