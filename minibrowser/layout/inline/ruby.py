"""Ruby: how bases and annotations are aligned, how far annotations reach over their neighbours, where they stand.

As Blink's LayoutNG lays it out: a column is as wide as the wider of base and annotation; annotations of one level stand
on one line over (or under) all bases of the line that they are on.

https://drafts.csswg.org/css-ruby-1/#ruby-layout
"""

from __future__ import annotations

import math

from ...css.computed_style import ComputedStyle
from ...css.keywords import RubyAlign
from ..text_style import TextStyle
from .items import ItemKind
from .justification import Opportunities
from .line import Line, LineItem


def em_box(style: TextStyle, is_central: bool) -> tuple[float, float]:
    """How far the em box reaches above and below the baseline, px: annotations stand on it, not on the line.

    The ascent is the font's typographic one in an em, up to the next px; the descent is the content area's. Measured
    in Chromium for 80 sizes of two fonts.
    """
    size = style.style.font_size
    if is_central:
        return size / 2.0, size / 2.0
    metrics = style.font.face.metrics
    ascent, descent = float(metrics.typo_ascent), float(metrics.typo_descent)
    if ascent <= 0.0 or descent < 0.0:
        ascent, descent = style.ascent, style.descent
    if ascent + descent <= 0.0:
        return 0.0, 0.0
    return math.ceil(math.floor(ascent * size / (ascent + descent) * 64.0) / 64.0), style.descent


def count_places(text: str, line: Line) -> int:
    """How many places there are where a line of ruby may be spread."""
    places = Opportunities()
    for entry in line.items:
        if entry.item.kind == ItemKind.TEXT:
            places.see_text(text, entry.start, entry.end)
    return places.end()


def spread_texts(text: str, line: Line, share: float, count: int) -> None:
    """Widen the texts of a line in its `count` places by `share` px each."""
    places = Opportunities()
    taken = 0
    for entry in line.items:
        if entry.item.kind == ItemKind.TEXT:
            places.see_text(text, entry.start, entry.end)
            entry.spread = share
            entry.spread_count = min(places.count, count) - taken
            entry.width += share * entry.spread_count
            taken += entry.spread_count


def is_empty(line: Line) -> bool:
    """Whether there is nothing to align on the line."""
    for entry in line.items:
        kind = entry.item.kind
        if kind == ItemKind.TEXT or kind == ItemKind.ATOMIC or kind == ItemKind.TAB:
            return False
    return True


def insets(style: ComputedStyle, room: float, spaces: int) -> tuple[float, float, float]:
    """Where `ruby-align` puts what is narrower by `room`: the room at its start and end, and what each place gains.

    https://drafts.csswg.org/css-ruby-1/#ruby-align-property
    """
    align = style.inherited.ruby_align
    if room <= 0.0:
        return 0.0, 0.0, 0.0
    if align == RubyAlign.START:
        return 0.0, room, 0.0
    if spaces == 0 or align == RubyAlign.CENTER:
        return room / 2.0, room / 2.0, 0.0
    if align == RubyAlign.SPACE_BETWEEN:
        return 0.0, 0.0, room / spaces
    share = room / (spaces + 1)
    return share / 2.0, share / 2.0, share


def overhang_limit(style: TextStyle) -> float:
    """How far an annotation of this style may reach over the text beside its base."""
    return float(int(style.style.font_size) // 2)


def text_before(entries: list[LineItem]) -> LineItem | None:
    """The text that ends where the next item stands."""
    for entry in reversed(entries):
        kind = entry.item.kind
        if kind == ItemKind.OPEN or kind == ItemKind.CLOSE:
            continue
        return entry if kind == ItemKind.TEXT else None
    return None


def column_before(entries: list[LineItem]) -> LineItem | None:
    """The end of the ruby column that the next item follows."""
    for entry in reversed(entries):
        kind = entry.item.kind
        if kind == ItemKind.OPEN or kind == ItemKind.CLOSE:
            continue
        return entry if kind == ItemKind.CLOSE_COLUMN else None
    return None


def pad(entries: list[LineItem], start: float, end: float, *, is_ltr: bool) -> bool:
    """Give room at the ends of a line of ruby to the texts there, so that it lies in the boxes around them (as Blink's
    expansion of shapes); False where it begins or ends in something else."""
    first: LineItem | None = None
    last: LineItem | None = None
    for entry in entries:
        kind = entry.item.kind
        if kind != ItemKind.OPEN and kind != ItemKind.CLOSE:
            first = entry if first is None else first
            last = entry
    if first is None or last is None:
        return False
    if first.item.kind != ItemKind.TEXT or last.item.kind != ItemKind.TEXT:
        return False
    if is_ltr:
        first.lead, last.trail = start, end
    else:
        first.trail, last.lead = start, end
    first.width += start
    last.width += end
    return True
