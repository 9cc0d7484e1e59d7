"""The frame of a fieldset, which runs through the middle of its legend and leaves it out.

https://html.spec.whatwg.org/multipage/rendering.html#the-fieldset-and-legend-elements
"""

from __future__ import annotations

from ...geometry import Rect
from ...layout.fragment import Fragment, Link


def legend_of(fragment: Fragment) -> Link | None:
    """The rendered legend of a fieldset's fragment; None for other boxes and for fieldsets without one."""
    box = fragment.box
    if box is None or box.element is None or not box.element.is_html("fieldset"):
        return None
    for link in fragment.children:
        child = link.fragment.box
        if child is None or child.element is None or not child.element.is_html("legend"):
            continue
        if not child.is_out_of_flow() and not child.is_floating():
            return link
    return None


def frame_rect(fragment: Fragment, legend: Link, x: float, y: float) -> Rect:
    """Where border and background are: from the middle of the legend down."""
    down = max(0.0, (legend.fragment.height - fragment.border.top) / 2 + legend.y)
    return Rect(x, y + down, fragment.width, max(0.0, fragment.height - down))


def legend_rect(legend: Link, x: float, y: float) -> Rect:
    """The gap in the border."""
    return Rect(x + legend.x, y + legend.y, legend.fragment.width, legend.fragment.height)
