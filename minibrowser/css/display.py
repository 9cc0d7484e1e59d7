"""Kinds of display values, and what they become in some parents (https://drafts.csswg.org/css-display-4/#transformations)."""

from __future__ import annotations

from typing import Final

from .computed_style import BoxStyle
from .keywords import BoxOrient, Display

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
