"""Box alignment in grid containers (https://drafts.csswg.org/css-grid-2/#alignment)."""

from __future__ import annotations

from ...css.computed_style import ComputedStyle
from ...css.values import AlignKeyword, Alignment, LengthKind
from ..box import Box, BoxKind
from ..flex_item import distribute
from ..logical import WritingDirection, writing_direction
from ..sizing import block_length
from .placement import GridItem
from .tracks import Track


def resolve_self_alignment(item: GridItem, container: ComputedStyle, direction: WritingDirection) -> None:
    """justify-self and align-self of an item: STRETCH, START, END, CENTER, BASELINE or LAST_BASELINE."""
    style = item.box.style.box
    child = writing_direction(item.box.style)
    justify = style.justify_self
    if justify.keyword == AlignKeyword.AUTO:
        justify = container.box.justify_items
    align = style.align_self
    if align.keyword == AlignKeyword.AUTO:
        align = container.box.align_items
    is_same_inline, is_same_block = _same_directions(direction, child)
    item.justify = _keyword(justify, direction, is_same_inline, _normal(item.box, item.is_parallel))
    item.align = _keyword(align, direction, is_same_block, _normal(item.box, not item.is_parallel))
    item.justify_is_safe, item.align_is_safe = justify.is_safe, align.is_safe


def _same_directions(own: WritingDirection, child: WritingDirection) -> tuple[bool, bool]:
    """Whether the child's start sides are the container's, along the container's inline and block axes."""
    if own.is_horizontal == child.is_horizontal:
        return (
            own.is_inline_reversed() == child.is_inline_reversed(),
            own.is_flipped_blocks() == child.is_flipped_blocks(),
        )
    return (
        own.is_inline_reversed() == child.is_flipped_blocks(),
        own.is_flipped_blocks() == child.is_inline_reversed(),
    )


def _normal(box: Box, is_inline: bool) -> AlignKeyword:
    """What normal behaves as along the item's own inline or block axis.

    https://drafts.csswg.org/css-grid-2/#grid-item-sizing
    """
    if box.kind == BoxKind.REPLACED:
        return AlignKeyword.START
    if box.style.box.aspect_ratio.ratio > 0.0:
        if is_inline and block_length(box.style).kind == LengthKind.AUTO:
            return AlignKeyword.STRETCH
        return AlignKeyword.START
    return AlignKeyword.STRETCH


def _keyword(
    alignment: Alignment, direction: WritingDirection, is_same: bool, normal: AlignKeyword
) -> AlignKeyword:
    keyword = alignment.keyword
    if keyword == AlignKeyword.NORMAL or keyword == AlignKeyword.AUTO:
        return normal
    if keyword == AlignKeyword.FLEX_START:
        return AlignKeyword.START
    if keyword == AlignKeyword.FLEX_END:
        return AlignKeyword.END
    if keyword == AlignKeyword.SELF_START:
        return AlignKeyword.START if is_same else AlignKeyword.END
    if keyword == AlignKeyword.SELF_END:
        return AlignKeyword.END if is_same else AlignKeyword.START
    if keyword == AlignKeyword.LEFT:
        return AlignKeyword.END if direction.is_inline_reversed() else AlignKeyword.START
    if keyword == AlignKeyword.RIGHT:
        return AlignKeyword.START if direction.is_inline_reversed() else AlignKeyword.END
    if keyword == AlignKeyword.ANCHOR_CENTER:
        return AlignKeyword.CENTER
    return keyword


def offset_in_area(keyword: AlignKeyword, is_safe: bool, free: float) -> float:
    """Where a margin box starts in its area, `free` being what the area has more."""
    if free < 0.0 and is_safe:
        return 0.0
    if keyword == AlignKeyword.END or keyword == AlignKeyword.LAST_BASELINE:
        return free
    if keyword == AlignKeyword.CENTER:
        return free / 2.0
    return 0.0


def place_tracks(
    tracks: list[Track],
    alignment: Alignment,
    direction: WritingDirection,
    is_inline: bool,
    content_size: float,
    gap: float,
) -> None:
    """Give tracks their offsets from the content box's start edge (https://drafts.csswg.org/css-grid-2/#grid-align)."""
    total = 0.0
    count = 0
    for track in tracks:
        total += track.base
        if not track.is_collapsed:
            count += 1
    total += gap * max(0, count - 1)
    keyword = alignment.keyword
    if keyword == AlignKeyword.LEFT or keyword == AlignKeyword.RIGHT:
        is_left = keyword == AlignKeyword.LEFT
        is_start = not is_inline or is_left != direction.is_inline_reversed()
        keyword = AlignKeyword.FLEX_START if is_start else AlignKeyword.FLEX_END
    elif keyword == AlignKeyword.END or keyword == AlignKeyword.LAST_BASELINE:
        keyword = AlignKeyword.FLEX_END
    places = distribute(keyword, alignment.is_safe, content_size - total, count)
    offset = places.before
    is_first = True
    for track in tracks:
        if track.is_collapsed:
            track.offset = offset
            continue
        if not is_first:
            offset += gap + places.between
        is_first = False
        track.offset = offset
        offset += track.base
