"""Kinds of display values, and what they become in some parents (https://drafts.csswg.org/css-display-4/#transformations)."""

from __future__ import annotations

from typing import Final

from .computed_style import BoxStyle
from .keywords import BoxOrient, Display, FloatKind, PositionKind

BLOCKIFIED: Final[dict[Display, Display]] = {
    Display.INLINE: Display.BLOCK,
    Display.INLINE_BLOCK: Display.BLOCK,
    Display.INLINE_FLEX: Display.FLEX,
    Display.INLINE_GRID: Display.GRID,
    Display.INLINE_TABLE: Display.TABLE,
    Display.WEBKIT_INLINE_BOX: Display.WEBKIT_BOX,
    Display.INLINE_LIST_ITEM: Display.LIST_ITEM,
    Display.INLINE_FLOW_ROOT_LIST_ITEM: Display.FLOW_ROOT_LIST_ITEM,
    Display.INLINE_MATH: Display.MATH,
    Display.RUBY: Display.BLOCK_RUBY,
    Display.RUBY_TEXT: Display.BLOCK,
    Display.TABLE_ROW_GROUP: Display.BLOCK,
    Display.TABLE_HEADER_GROUP: Display.BLOCK,
    Display.TABLE_FOOTER_GROUP: Display.BLOCK,
    Display.TABLE_ROW: Display.BLOCK,
    Display.TABLE_CELL: Display.BLOCK,
    Display.TABLE_COLUMN_GROUP: Display.BLOCK,
    Display.TABLE_COLUMN: Display.BLOCK,
    Display.TABLE_CAPTION: Display.BLOCK,
}
"""https://drafts.csswg.org/css-display-4/#blockify"""

LIST_ITEMS: Final = frozenset(
    (
        Display.LIST_ITEM,
        Display.INLINE_LIST_ITEM,
        Display.FLOW_ROOT_LIST_ITEM,
        Display.INLINE_FLOW_ROOT_LIST_ITEM,
    )
)
"""Displays of boxes that have a marker and count."""

BLOCKIFYING: Final = frozenset(
    (
        Display.FLEX,
        Display.INLINE_FLEX,
        Display.GRID,
        Display.INLINE_GRID,
        Display.WEBKIT_BOX,
        Display.WEBKIT_INLINE_BOX,
    )
)
"""Displays whose children are blockified."""


def blockifies_children(box: BoxStyle) -> bool:
    """Whether children of this box are blockified. A clamped -webkit-box is a block container in Blink, and not."""
    display = box.display
    if display not in BLOCKIFYING:
        return False
    is_clamped = box.line_clamp > 0 and box.box_orient == BoxOrient.VERTICAL
    return not is_clamped or (display != Display.WEBKIT_BOX and display != Display.WEBKIT_INLINE_BOX)


RUBY_PARTS: Final = frozenset((Display.RUBY, Display.RUBY_TEXT))
"""Displays whose children are inlinified (https://drafts.csswg.org/css-ruby-1/#anon-gen-inlinize)."""
PASSING_RUBY: Final = frozenset((Display.INLINE, Display.CONTENTS))
"""Displays between a ruby box and what is inlinified all the same."""
_INLINIFIED: Final[dict[Display, Display]] = {
    Display.BLOCK: Display.INLINE_BLOCK,
    Display.FLOW_ROOT: Display.INLINE_BLOCK,
    Display.FLEX: Display.INLINE_FLEX,
    Display.GRID: Display.INLINE_GRID,
    Display.TABLE: Display.INLINE_TABLE,
    Display.WEBKIT_BOX: Display.WEBKIT_INLINE_BOX,
    Display.LIST_ITEM: Display.INLINE_LIST_ITEM,
    Display.FLOW_ROOT_LIST_ITEM: Display.INLINE_FLOW_ROOT_LIST_ITEM,
    Display.MATH: Display.INLINE_MATH,
    Display.BLOCK_RUBY: Display.RUBY,
}


def inlinify(box: BoxStyle) -> None:
    """Make a child of a ruby box inline-level. `box` is fresh where it is changed: nobody shares it yet."""
    if box.position == PositionKind.ABSOLUTE or box.position == PositionKind.FIXED:
        return
    if box.float_ != FloatKind.NONE:
        box.float_ = FloatKind.NONE
    if box.display in _INLINIFIED:
        box.display = _INLINIFIED[box.display]
