"""Scroll snapping of the initial scroll position (https://drafts.csswg.org/css-scroll-snap-1/#re-snap).

A scroll container with `scroll-snap-type` does not rest at (0, 0) but at the snap position nearest to it.
`snap` runs once where the container's layout is finished: it reckons the offset and moves what scrolls. Where two
axes or two areas are at odds, the rules are Chromium's (tests/layout/cases/scroll_snap_*).

NOTE: the viewport is no such container: a page is shown from its top.
"""

from __future__ import annotations

from typing import Final, final

from ..geometry import Edges, Rect
from .box import BoxKind
from .fragment import Fragment, FragmentKind, Link
from .logical import writing_direction
from .scrollable import scrollable_area
from .sizing import has_transform, is_scroll_container, resolve
from .transform import transform_matrix

_PROXIMITY: Final = 1.0 / 3.0
"""Chromium's `proximity`: within this share of the snapport's size."""


@final
class SnapAxis:
    """One axis of a snap area, reckoned in scroll offsets.

    Attributes:
        start, end: the area with its scroll margins, from the snapport's start at offset 0.
        align: `start`, `center`, `end` or `none`, of the area in this axis (physical: start is left or top).
    """

    __slots__ = ("align", "end", "start")

    def __init__(self, start: float, end: float, align: str) -> None:
        self.start: Final = start
        self.end: Final = end
        self.align: Final = align

    def is_visible(self, offset: float, port: float) -> bool:
        """Whether some of it is in a snapport of this size at this scroll offset."""
        return self.start < offset + port and self.end > offset

    def position(self, port: float, lowest: float, highest: float) -> float:
        """The snap position nearest to 0 within the scrollable range.

        https://drafts.csswg.org/css-scroll-snap-1/#snap-overflow: an area larger than the snapport may also rest
        wherever it covers it.
        """
        if self.align == "start":
            aligned = self.start
        elif self.align == "end":
            aligned = self.end - port
        else:
            aligned = (self.start + self.end - port) / 2.0
        if self.end - self.start > port:
            covering = max(self.start, min(0.0, self.end - port))
            if abs(covering) < abs(aligned):
                aligned = covering
        return max(lowest, min(aligned, highest))


@final
class SnapPort:
    """The snapport along one axis: its size, the range of scroll offsets, and how strict the snapping is."""

    __slots__ = ("highest", "is_mandatory", "is_snapping", "lowest", "size")

    def __init__(
        self, size: float, lowest: float, highest: float, is_snapping: bool, is_mandatory: bool
    ) -> None:
        self.size: Final = size
        self.lowest: Final = lowest
        self.highest: Final = highest
        self.is_snapping: Final = is_snapping and lowest < highest
        self.is_mandatory: Final = is_mandatory

    def accepts(self, position: float) -> bool:
        """Whether a snap position is near enough to 0."""
        return self.is_mandatory or abs(position) <= self.size * _PROXIMITY


def _nearest(
    areas: list[SnapAxis], port: SnapPort, cross: list[SnapAxis], cross_port: SnapPort, partner: int
) -> int:
    """The index of the area whose snap position along an axis is nearest to 0; -1: there is none.

    It has to be in view at offset 0 of the other axis, or where the area `partner` (not -1) snaps to there;
    `partner` itself has to stay in view, too.
    """
    cross_offset = 0.0
    if partner >= 0:
        cross_offset = cross[partner].position(cross_port.size, cross_port.lowest, cross_port.highest)
    best, nearest = -1, 0.0
    for index, area in enumerate(areas):
        if area.align == "none" or not cross[index].is_visible(cross_offset, cross_port.size):
            continue
        position = area.position(port.size, port.lowest, port.highest)
        if not port.accepts(position) or (best >= 0 and abs(position) >= nearest):
            continue
        if partner >= 0 and not areas[partner].is_visible(position, port.size):
            continue
        best, nearest = index, abs(position)
    return best


def snap_offset(
    xs: list[SnapAxis], ys: list[SnapAxis], x_port: SnapPort, y_port: SnapPort
) -> tuple[float, float]:
    """The scroll offset at which a container comes to rest from (0, 0); `xs` and `ys` are the axes of its areas."""
    x_best = _nearest(xs, x_port, ys, y_port, -1) if x_port.is_snapping else -1
    y_best = _nearest(ys, y_port, xs, x_port, -1) if y_port.is_snapping else -1
    x = xs[x_best].position(x_port.size, x_port.lowest, x_port.highest) if x_best >= 0 else 0.0
    y = ys[y_best].position(y_port.size, y_port.lowest, y_port.highest) if y_best >= 0 else 0.0
    if x_best < 0 or y_best < 0:
        return x, y
    if ys[x_best].is_visible(y, y_port.size) and xs[y_best].is_visible(x, x_port.size):
        return x, y
    # One axis moves what the other has snapped to out of view: the nearer one counts, the other looks again.
    if abs(x) <= abs(y):
        y_best = _nearest(ys, y_port, xs, x_port, x_best)
        y = ys[y_best].position(y_port.size, y_port.lowest, y_port.highest) if y_best >= 0 else 0.0
    else:
        x_best = _nearest(xs, x_port, ys, y_port, y_best)
        x = xs[x_best].position(x_port.size, x_port.lowest, x_port.highest) if x_best >= 0 else 0.0
    return x, y


# --- From fragments ---


def snap(container: Fragment) -> None:
    """Move what a finished scroll container scrolls to its initial snap position.

    Out-of-flow boxes that the container does not contain are not among its fragments yet, and stay.
    """
    style = container.style
    words = style.box.scroll_snap_type
    if not words or container.scroll_x or container.scroll_y or not is_scroll_container(style):
        return
    direction = writing_direction(style)
    areas: list[Link] = []
    _collect(container, 0.0, 0.0, areas)
    if not areas:
        return
    box = style.box
    port = container.padding_box()
    scrolled = scrollable_area(container)
    snapport = port.inset(
        Edges(
            resolve(box.scroll_padding_top, port.height),
            resolve(box.scroll_padding_right, port.width),
            resolve(box.scroll_padding_bottom, port.height),
            resolve(box.scroll_padding_left, port.width),
        )
    )
    axis = words[0]
    is_strict = words[-1] == "mandatory"
    horizontal_axis = "inline" if direction.is_horizontal else "block"
    vertical_axis = "block" if direction.is_horizontal else "inline"
    is_x_back = direction.is_inline_reversed() if direction.is_horizontal else direction.is_flipped_blocks()
    is_y_back = not direction.is_horizontal and direction.is_inline_reversed()
    x_port = SnapPort(
        snapport.width,
        min(0.0, scrolled.x - port.x) if is_x_back else 0.0,
        0.0 if is_x_back else max(0.0, scrolled.right - port.right),
        axis in ("x", "both", horizontal_axis),
        is_strict,
    )
    y_port = SnapPort(
        snapport.height,
        min(0.0, scrolled.y - port.y) if is_y_back else 0.0,
        0.0 if is_y_back else max(0.0, scrolled.bottom - port.bottom),
        axis in ("y", "both", vertical_axis),
        is_strict,
    )
    xs: list[SnapAxis] = []
    ys: list[SnapAxis] = []
    for link in areas:
        fragment = link.fragment
        aligns = fragment.style.box.scroll_snap_align
        block, inline = aligns[0], aligns[-1]
        x_align, y_align = (inline, block) if direction.is_horizontal else (block, inline)
        area = _area(link)
        left, top = area.x - snapport.x, area.y - snapport.y
        xs.append(SnapAxis(left, left + area.width, _physical(x_align, is_x_back)))
        ys.append(SnapAxis(top, top + area.height, _physical(y_align, is_y_back)))
    x, y = snap_offset(xs, ys, x_port, y_port)
    if x == 0.0 and y == 0.0:
        return
    container.scroll_x, container.scroll_y = x, y
    for index, link in enumerate(container.children):
        container.children[index] = Link(link.fragment, link.x - x, link.y - y, link.sticky_x, link.sticky_y)


def _physical(align: str, is_reversed: bool) -> str:
    if is_reversed and align != "center" and align != "none":
        return "end" if align == "start" else "start"
    return align


def _area(link: Link) -> Rect:
    """A snap area: the border box and its scroll margins (https://drafts.csswg.org/css-scroll-snap-1/#scroll-snap-area)."""
    box = link.fragment.style.box
    rect = Rect(link.x, link.y, link.fragment.width, link.fragment.height)
    return rect.outset(
        Edges(
            box.scroll_margin_top, box.scroll_margin_right, box.scroll_margin_bottom, box.scroll_margin_left
        )
    )


def _collect(fragment: Fragment, x: float, y: float, areas: list[Link]) -> None:
    """The snap areas below a fragment that stands at this place of the container; not those of scrollers inside.

    NOTE: a transform moves an area, but does not change its size here.
    """
    for link in fragment.children:
        child = link.fragment
        box = child.box
        if child.kind == FragmentKind.TEXT:
            continue
        left, top = x + link.x, y + link.y
        if box is not None and child.kind == FragmentKind.BOX and box.kind != BoxKind.INLINE:
            style = child.style
            if has_transform(style):
                matrix = transform_matrix(style, child.width, child.height, child.border.plus(child.padding))
                moved = matrix.map_rect(Rect(0.0, 0.0, child.width, child.height))
                left, top = left + moved.x, top + moved.y
            if style.box.scroll_snap_align:
                areas.append(Link(child, left, top))
            if is_scroll_container(style):
                continue
        if child.children:
            _collect(child, left, top, areas)
