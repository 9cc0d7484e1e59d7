"""Outside list markers and symbols: sizes and margins as Blink's ListMarker has them."""

from __future__ import annotations

import math

from .block import layout_block
from .box import Box
from .constraint_space import ConstraintSpace, LayoutResult, MinMaxSizes
from .driver import LayoutContext
from .fragment_builder import FragmentBuilder
from .inline.box_state import Metrics, uses_central_baseline
from .logical import NO_LOGICAL_EDGES, writing_direction
from .marker_metrics import symbol_width


def layout_marker(box: Box, space: ConstraintSpace, context: LayoutContext) -> LayoutResult:
    """A symbol or an image has a size of its own; numbers and strings are laid out as a block."""
    if box.children:
        return layout_block(box, space, context)
    style = context.texts.of(box.style, box.language)
    builder = FragmentBuilder(box)
    is_central = uses_central_baseline(writing_direction(box.style), style)
    picture = box.picture
    if picture is not None:
        width, height = picture.natural_width, picture.natural_height
        if width < 0.0 or height < 0.0:
            width = height = float(math.floor(style.ascent / 2.0))
        baseline = height / 2.0 if is_central else height
    else:
        width = symbol_width(box, style)
        height = style.ascent + style.descent
        baseline = Metrics(style, is_central).ascent
    fragment = builder.finish(width, height, NO_LOGICAL_EDGES, NO_LOGICAL_EDGES)
    fragment.baseline = height if picture is not None else style.ascent  # what symbols are drawn by
    return LayoutResult(fragment, first_baseline=baseline, last_baseline=baseline, intrinsic_block=height)


def marker_min_max(box: Box, space: ConstraintSpace, context: LayoutContext) -> MinMaxSizes:
    """The width of a symbol or an image."""
    fragment = layout_marker(box, space, context).fragment
    return MinMaxSizes(fragment.width, fragment.width)
