"""Baseline alignment of grid items, in rows (align-self) and in columns (justify-self).

https://drafts.csswg.org/css-align-3/#baseline-align-content , #generate-baselines and #synthesize-baseline : items
that start (or, for last baselines, end) in the same track share a baseline. Items whose lines run across it, and those
without lines, have one made of their border box: its under side, or its middle where lines are upright.
"""

from __future__ import annotations

from ...css.keywords import TextOrientation, WritingMode
from ...css.values import AlignKeyword
from ..constraint_space import NO_BASELINE, LayoutResult
from ..logical import WritingDirection, writing_direction
from .placement import GridItem


def is_baseline(keyword: AlignKeyword) -> bool:
    """Whether this is baseline alignment."""
    return keyword == AlignKeyword.BASELINE or keyword == AlignKeyword.LAST_BASELINE


def takes_part(item: GridItem, is_rows: bool) -> bool:
    """Whether an item is aligned by its baseline; with auto margins in the axis it falls back to an edge."""
    keyword = item.align if is_rows else item.justify
    if not is_baseline(keyword):
        return False
    has_auto = (
        item.auto_block_start or item.auto_block_end
        if is_rows
        else item.auto_inline_start or item.auto_inline_end
    )
    if has_auto:
        fallback = AlignKeyword.START if keyword == AlignKeyword.BASELINE else AlignKeyword.END
        if is_rows:
            item.align = fallback
        else:
            item.justify = fallback
    return not has_auto


def compute_shims(
    items: list[GridItem], results: list[LayoutResult], container: WritingDirection, is_rows: bool
) -> None:
    """Give items that share a baseline what moves each to it: `align_shim`, or `justify_shim`.

    Items whose blocks run the other way share their first baselines as the others their last ones.
    """
    firsts: dict[int, float] = {}
    lasts: dict[int, float] = {}
    baselines: list[float] = []
    for index, item in enumerate(items):
        is_first = (item.align if is_rows else item.justify) == AlignKeyword.BASELINE
        own = writing_direction(item.box.style)
        fragment = results[index].fragment
        is_vertical = is_rows == container.is_horizontal  # the axis that items move along
        size = fragment.height if is_vertical else fragment.width
        is_back = container.is_flipped_blocks() if is_rows else container.is_inline_reversed()
        baseline = NO_BASELINE
        if item.is_parallel == is_rows:
            result = results[index]
            baseline = result.first_baseline if is_first else result.last_baseline
        if baseline == NO_BASELINE:
            baseline = size / 2.0 if _is_upright(item, container) else size if is_vertical else 0.0
            if is_back:
                baseline = size - baseline
        elif own.is_flipped_blocks() != is_back:
            baseline = size - baseline
            is_first = not is_first
        keyword = AlignKeyword.BASELINE if is_first else AlignKeyword.LAST_BASELINE
        margins = item.margins
        if is_rows:
            item.align, span = keyword, item.row
            before, after = margins.block_start, margins.block_end
        else:
            item.justify, span = keyword, item.column
            before, after = margins.inline_start, margins.inline_end
        if is_first:
            baseline += before
            firsts[span.start] = max(firsts.get(span.start, NO_BASELINE), baseline)
        else:
            baseline = size - baseline + after
            lasts[span.end] = max(lasts.get(span.end, NO_BASELINE), baseline)
        baselines.append(baseline)
    for index, item in enumerate(items):
        span = item.row if is_rows else item.column
        keyword = item.align if is_rows else item.justify
        shared = firsts[span.start] if keyword == AlignKeyword.BASELINE else lasts[span.end]
        if is_rows:
            item.align_shim = shared - baselines[index]
        else:
            item.justify_shim = shared - baselines[index]


def _is_upright(item: GridItem, container: WritingDirection) -> bool:
    """Whether the container has central baselines; Blink takes them for made ones in both axes."""
    mode = container.mode
    is_upright = mode == WritingMode.VERTICAL_RL or mode == WritingMode.VERTICAL_LR
    return is_upright and item.box.style.inherited.text_orientation != TextOrientation.SIDEWAYS
