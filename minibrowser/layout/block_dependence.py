"""Whether a box could look different when its automatic block size became definite without changing.

A flex item is laid out to learn its cross size and then stretched to the line; when the stretched size is
what it had anyway, its fragment can be kept, unless something inside asks whether the size is definite:
percentages, percentage flex bases, tracks that depend on it (https://drafts.csswg.org/css-sizing-3/#definite).
"""

from __future__ import annotations

from ..css.computed_style import BoxStyle
from ..css.keywords import PositionKind
from ..css.values import Length, LengthKind, RepeatKind
from .box import Box, BoxKind


def depends_on_block_size(box: Box) -> bool:
    """Whether anything in flow inside `box` asks for the definite block size of its containing block."""
    kind = box.kind
    if kind == BoxKind.TABLE or (kind == BoxKind.BLOCK and box.control is not None):
        return True
    if kind == BoxKind.GRID:
        for part in box.style.box.grid_template_rows.parts:
            if part.kind >= RepeatKind.AUTO_FILL:
                return True
            for track in part.tracks:
                if track.min.has_percent() or track.max.has_percent() or track.flex > 0.0:
                    return True
    is_flex = kind == BoxKind.FLEX
    for child in box.children:
        child_kind = child.kind
        if child_kind == BoxKind.TEXT or child_kind == BoxKind.LINE_BREAK or child_kind == BoxKind.WORD_BREAK:
            continue
        style = child.style.box
        if _asks(style) or (is_flex and style.flex_basis.has_percent()):
            return True
        if child.children or child_kind >= BoxKind.REPLACED:
            if depends_on_block_size(child):
                return True
    return False


def _asks(style: BoxStyle) -> bool:
    return (
        _is_relative(style.height)
        or _is_relative(style.min_height)
        or _is_relative(style.max_height)
        or (
            _is_relative(style.width)
            and style.aspect_ratio.ratio > 0.0
            and style.height.kind != LengthKind.AUTO
        )
        or style.row_gap.has_percent()
        or (
            style.position == PositionKind.RELATIVE
            and (style.top.has_percent() or style.bottom.has_percent())
        )
    )


def _is_relative(length: Length) -> bool:
    return length.has_percent() or length.kind == LengthKind.STRETCH
