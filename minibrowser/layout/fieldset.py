"""Where a fieldset's legend stands, and the box of contents in a flex or grid formatting context.

https://html.spec.whatwg.org/multipage/rendering.html#anonymous-fieldset-content-box
"""

from __future__ import annotations

from ..css.computed_style import BoxStyle, ComputedStyle
from ..css.keywords import Display, TextAlign
from ..css.values import STRETCH
from .block_margins import auto_margin
from .box import Box
from .fragment import Fragment
from .logical import LogicalEdges, writing_direction
from .sizing import margin_lengths
from .units import layout_unit


def contents_style(fieldset: BoxStyle) -> BoxStyle:
    """The properties that the specification hands on to the contents; the others have their initial values."""
    own = BoxStyle()
    is_flex = fieldset.display in (Display.FLEX, Display.INLINE_FLEX)
    own.display = Display.FLEX if is_flex else Display.GRID
    if not fieldset.height.is_auto():
        own.height = STRETCH
    own.align_content = fieldset.align_content
    own.align_items = fieldset.align_items
    own.justify_content = fieldset.justify_content
    own.justify_items = fieldset.justify_items
    own.flex_direction = fieldset.flex_direction
    own.flex_wrap = fieldset.flex_wrap
    own.row_gap = fieldset.row_gap
    own.column_gap = fieldset.column_gap
    own.grid_auto_columns = fieldset.grid_auto_columns
    own.grid_auto_flow = fieldset.grid_auto_flow
    own.grid_auto_rows = fieldset.grid_auto_rows
    own.grid_template_areas = fieldset.grid_template_areas
    own.grid_template_columns = fieldset.grid_template_columns
    own.grid_template_rows = fieldset.grid_template_rows
    return own


def legend_margin(
    legend: Box, container: ComputedStyle, room: float, margins: LogicalEdges, fragment: Fragment
) -> float:
    """The inline-start margin of a rendered legend in `room` px: its `text-align` moves it.

    As Blink's: only left, right and center do so, and the center leaves the margins uncounted.
    """
    direction = writing_direction(container)
    size = fragment.width if direction.is_horizontal else fragment.height
    lengths = margin_lengths(legend.style, direction)
    if lengths[0].is_auto() or lengths[1].is_auto():
        return auto_margin(legend, container, room, margins, size)
    align = legend.style.inherited.text_align
    if align == TextAlign.CENTER:
        return margins.inline_start + layout_unit(max(0.0, room - size) / 2.0)
    if align == (TextAlign.RIGHT if direction.is_ltr else TextAlign.LEFT):
        return margins.inline_start + max(0.0, room - size - margins.inline_end)
    return margins.inline_start
