"""The records of a display list that an area shows: what lies outside is not drawn again and again for each band."""

from __future__ import annotations

from ..geometry import Rect
from .display_list import (
    DisplayItem,
    DisplayList,
    PushClip,
    PushClipPath,
    PushLayer,
    PushProjection,
    PushTransform,
)
from .paint_context import EVERYWHERE, filter_reach


def within(items: DisplayList, area: Rect) -> DisplayList:
    """The records that may touch an area, in the pushes that they stand in. Groups keep their bounds."""
    kept: list[DisplayItem] = []
    areas: list[Rect] = [area]
    skipped = 0  # how deep inside a push that is left out
    for item in items.items:
        if item.is_pop():
            if skipped:
                skipped -= 1
            else:
                areas.pop()
                kept.append(item)
            continue
        if item.is_push():
            if skipped:
                skipped += 1
                continue
            inner = _area_inside(item, areas[-1])
            if inner is None:
                skipped = 1
                continue
            areas.append(inner)
            kept.append(item)
        elif not skipped and item.bounds.intersects(areas[-1]):
            kept.append(item)
    return DisplayList(kept)


def _area_inside(item: DisplayItem, area: Rect) -> Rect | None:
    """The area in the coordinates of what a push holds; None where nothing of that is seen."""
    if isinstance(item, PushTransform):
        inverse = item.matrix.inverse()
        return inverse.map_rect(area) if inverse is not None else None
    if isinstance(item, (PushClip, PushClipPath)):
        inner = area.intersection(item.bounds)
        return None if inner.is_empty() else inner
    if isinstance(item, PushLayer):
        if not filter_reach(item.filters, item.bounds).intersects(area):
            return None
        if not item.filters:
            return area
        # What is seen through filters may lie as far away as they move things.
        reached = filter_reach(item.filters, Rect(0.0, 0.0, 0.0, 0.0))
        reach = max(-reached.x, -reached.y, reached.right, reached.bottom)
        return Rect(area.x - reach, area.y - reach, area.width + 2 * reach, area.height + 2 * reach)
    if isinstance(item, PushProjection):
        return EVERYWHERE if item.outline.bounds().intersects(area) else None
    return area


def backdrop_reach(items: DisplayList) -> float:
    """CSS px around an area from which backdrop filters bring colours into it."""
    reach = 0.0
    for item in items.items:
        if isinstance(item, PushLayer) and item.backdrop_filters:
            reached = filter_reach(item.backdrop_filters, Rect(0.0, 0.0, 0.0, 0.0))
            reach = max(reach, -reached.x, -reached.y, reached.right, reached.bottom)
    return reach
