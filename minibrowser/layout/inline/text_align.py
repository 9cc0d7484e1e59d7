"""Where `text-align` puts the content of a line (https://drafts.csswg.org/css-text-3/#text-align-property)."""

from __future__ import annotations

from typing import Final

from ...css.computed_style import ComputedStyle
from ...css.keywords import TextAlign, TextAlignLast, TextJustify
from .items import ItemKind
from .justification import Opportunities, Spreader
from .line import Line
from .line_assembly import Leaf


def resolve_align(style: ComputedStyle, line: Line, is_ltr: bool) -> tuple[TextAlign, bool]:
    """LEFT, RIGHT or CENTER, and whether the line is justified (https://drafts.csswg.org/css-text-3/#text-align-property)."""
    inherited = style.inherited
    align = inherited.text_align
    if align == TextAlign.START and inherited.text_align_last == TextAlignLast.AUTO:
        return (TextAlign.LEFT if is_ltr else TextAlign.RIGHT), False
    is_justified = align == TextAlign.JUSTIFY
    if line.is_last or line.is_forced:
        last = inherited.text_align_last
        if last == TextAlignLast.AUTO:
            if is_justified:
                align = TextAlign.START
            is_justified = False
        else:
            is_justified = last == TextAlignLast.JUSTIFY
            align = _LAST_AS_ALIGN[int(last)]
    if is_justified and inherited.text_justify == TextJustify.NONE:
        is_justified = False
    if align == TextAlign.LEFT or align == TextAlign.WEBKIT_LEFT:
        return TextAlign.LEFT, is_justified
    if align == TextAlign.RIGHT or align == TextAlign.WEBKIT_RIGHT:
        return TextAlign.RIGHT, is_justified
    if align == TextAlign.CENTER or align == TextAlign.WEBKIT_CENTER:
        return TextAlign.CENTER, is_justified
    at_start = align != TextAlign.END
    return (TextAlign.LEFT if at_start == is_ltr else TextAlign.RIGHT), is_justified


_LAST_AS_ALIGN: Final = (
    TextAlign.START,
    TextAlign.START,
    TextAlign.END,
    TextAlign.LEFT,
    TextAlign.RIGHT,
    TextAlign.CENTER,
    TextAlign.START,
    TextAlign.START,
)


def justify(text: str, leaves: list[Leaf], free: float, kind: TextJustify) -> bool:
    """Spread the free room over the line (https://drafts.csswg.org/css-text-3/#justification)."""
    last = len(leaves) - 1
    while last >= 0 and not leaves[last].runs and leaves[last].state is None:
        last -= 1
    places = Opportunities(kind)
    first = 0
    for index in range(last + 1):
        leaf = leaves[index]
        entry = leaf.entry
        if entry.item.kind == ItemKind.TAB:
            # Only what follows the last tab is spread.
            places, first = Opportunities(kind), index + 1
        elif leaf.runs:
            end = entry.end
            # Spaces at the end hang.
            while index == last and end > entry.start and text[end - 1] == " ":
                end -= 1
            places.see_text(text, entry.start, end)
        elif leaf.state is not None:
            places.is_after = False
    count = places.end()
    if count == 0:
        return False
    spreader = Spreader(free / count, count, kind)
    for leaf in leaves[first:]:
        if leaf.runs:
            leaf.spread(spreader)
        elif leaf.state is not None:
            spreader.seen.is_after = False
    return True


def align_offset(align: TextAlign, is_ltr: bool, free: float) -> float:
    """Where the content starts from the line-left edge; too long content overflows at the end side."""
    if align == TextAlign.LEFT:
        return 0.0 if is_ltr else min(free, 0.0)
    if align == TextAlign.RIGHT:
        return max(free, 0.0) if is_ltr else free
    if is_ltr:
        return max(0.0, int(free * 32.0) / 64.0)
    return int(free * 32.0) / 64.0 if free > 0.0 else free
