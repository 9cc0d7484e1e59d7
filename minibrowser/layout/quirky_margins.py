"""Margins of the user-agent sheet in quirks documents (https://quirks.spec.whatwg.org/#margin-collapsing-quirks)."""

from __future__ import annotations

from typing import Final

from ..css.style_tree import PseudoElement
from ..css.values import LengthKind
from .box import Box, BoxKind
from .driver import LayoutContext

QUIRKY_MARGINS: Final[dict[str, float]] = {
    "p": 1.0,
    "ul": 1.0,
    "ol": 1.0,
    "dl": 1.0,
    "menu": 1.0,
    "dir": 1.0,
    "blockquote": 1.0,
    "pre": 1.0,
    "listing": 1.0,
    "xmp": 1.0,
    "plaintext": 1.0,
    "h1": 0.67,
    "h2": 0.83,
    "h3": 1.0,
    "h4": 1.33,
    "h5": 1.67,
    "h6": 2.33,
}
"""Elements whose margins the user-agent sheet gives, in ems (https://quirks.spec.whatwg.org/#margin-collapsing-quirks)."""


def has_quirky_margins(box: Box) -> bool:
    """Whether a box has the margins of the user-agent sheet.

    NOTE: told by their size; an author who writes the very same margin gets the quirk too.
    """
    element = box.element
    if element is None or box.pseudo != PseudoElement.NONE:
        return False
    ems = QUIRKY_MARGINS.get(element.local_name, 0.0)
    if ems == 0.0:
        return False
    margin = box.style.box.margin_top
    return margin.kind == LengthKind.FIXED and abs(margin.px - ems * box.style.inherited.font_size) < 0.02


def is_quirky_container(box: Box) -> bool:
    """Whether quirky margins at the start of a box are dropped: body and table cells."""
    element = box.element
    if element is None or box.pseudo != PseudoElement.NONE:
        return False
    return box.is_body or box.kind == BoxKind.TABLE_CELL


def context_is_quirky_cell(context: LayoutContext, box: Box) -> bool:
    """Whether quirky margins at the end of a box are dropped: table cells of quirks documents."""
    return context.is_quirks and box.kind == BoxKind.TABLE_CELL
