"""Margins of the user-agent sheet in quirks documents (https://quirks.spec.whatwg.org/#margin-collapsing-quirks)."""

from __future__ import annotations

from typing import Final

from ..css.style_tree import PseudoElement
from .box import Box, BoxKind
from .driver import LayoutContext


def has_quirky_margins(box: Box) -> bool:
    """Whether a box has the margins of the user-agent sheet."""
    return box.style.box.has_quirky_margins and box.pseudo == PseudoElement.NONE


def has_quirky_end_margin(box: Box) -> bool:
    """Whether the margin at a box's end is one of those: in Blink's sheet lists and headings have it at the start."""
    return box.element is not None and box.element.local_name in _QUIRKY_AT_END and has_quirky_margins(box)


_QUIRKY_AT_END: Final = frozenset(("p", "pre", "xmp", "listing", "plaintext"))


def is_quirky_container(box: Box) -> bool:
    """Whether quirky margins at the start of a box are dropped: body and table cells."""
    element = box.element
    if element is None or box.pseudo != PseudoElement.NONE:
        return False
    return box.is_body or box.kind == BoxKind.TABLE_CELL


def context_is_quirky_cell(context: LayoutContext, box: Box) -> bool:
    """Whether quirky margins at the end of a box are dropped: table cells of quirks documents."""
    return context.is_quirks and box.kind == BoxKind.TABLE_CELL
