"""The box of a fieldset's contents, where these are laid out in a flex or grid formatting context.

https://html.spec.whatwg.org/multipage/rendering.html#anonymous-fieldset-content-box
"""

from __future__ import annotations

from ..css.computed_style import BoxStyle
from ..css.keywords import Display
from ..css.values import STRETCH


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
