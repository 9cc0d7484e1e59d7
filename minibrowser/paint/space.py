"""Which boxes stand in space: what can be transformed, and whose perspective and 3D context a box is in.

https://drafts.csswg.org/css-transforms-2/#3d-rendering-contexts. Painting and hit testing ask.
"""

from __future__ import annotations

from typing import Final

from ..css.keywords import Isolation, Overflow, TransformStyle
from ..layout.box import Box, BoxKind
from ..layout.fragment import Fragment
from .stacking import PaintLayer

UNTRANSFORMABLE: Final = frozenset((BoxKind.INLINE, BoxKind.TABLE_COLUMN, BoxKind.TABLE_COLUMN_GROUP))


def is_transformable(fragment: Fragment) -> bool:
    """https://drafts.csswg.org/css-transforms-1/#transformable-element: all but non-replaced inline boxes and
    table columns."""
    box = fragment.box
    return box is not None and box.kind not in UNTRANSFORMABLE


def space_of(layer: PaintLayer) -> PaintLayer | None:
    """The layer of the box's parent element, where that has perspective or a 3D context for its children."""
    space = layer.space
    if space is None:
        return None
    paint = space.fragment.style.paint
    if paint.perspective < 0 and paint.transform_style != TransformStyle.PRESERVE_3D:
        return None
    box, outer = layer.fragment.box, space.fragment.box
    if box is None or outer is None or not is_transformable(space.fragment):
        return None
    if box.is_out_of_flow() and not _is_child(box, outer):
        # Its fragment hangs on its containing block; its parent is another.
        return None
    return space


def _is_child(box: Box, outer: Box) -> bool:
    found = False
    for child in outer.children:
        # Anonymous boxes stand between, but are nobody's parent element.
        if child is box or (child.element is None and _is_child(box, child)):
            found = True
    return found


def preserves_3d(fragment: Fragment) -> bool:
    """The used value of transform-style
    (https://drafts.csswg.org/css-transforms-2/#grouping-property-values; groups are told apart before)."""
    style = fragment.style
    return (
        style.paint.transform_style == TransformStyle.PRESERVE_3D
        and is_transformable(fragment)
        and style.box.overflow_x in (Overflow.VISIBLE, Overflow.CLIP)
        and style.box.overflow_y in (Overflow.VISIBLE, Overflow.CLIP)
        and style.paint.isolation != Isolation.ISOLATE
        and not style.paint.clip
        and "paint" not in style.box.contain
    )
