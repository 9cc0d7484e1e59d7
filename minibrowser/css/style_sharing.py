"""Equal styles are one object: groups and whole styles that have the same values are found again.

What comes after style resolution compares styles by identity; so do the children that inherit from them.
"""

from __future__ import annotations

from typing import Final, TypeVar, final

from ..limits import MAX_STYLES_COMPARED
from .computed_style import BoxStyle, ComputedStyle, InheritedStyle, PaintStyle

T = TypeVar("T")


def _kept(same: list[T], group: T) -> T:
    """Keep a group for the next ones to be compared with, in the place of the oldest where there are many."""
    if len(same) >= MAX_STYLES_COMPARED:
        del same[0]
    same.append(group)
    return group


@final
class StyleSharing:
    """The styles of one document."""

    def __init__(self) -> None:
        self._inherited: Final[dict[tuple[object, ...], list[InheritedStyle]]] = {}
        self._box: Final[dict[tuple[object, ...], list[BoxStyle]]] = {}
        self._paint: Final[dict[tuple[object, ...], list[PaintStyle]]] = {}
        self._styles: Final[dict[tuple[object, ...], ComputedStyle]] = {}

    def shared(self, style: ComputedStyle) -> ComputedStyle:
        """The style itself, or one with the same values that was there before."""
        inherited = self._shared_inherited(style.inherited)
        box = self._shared_box(style.box)
        paint = self._shared_paint(style.paint)
        key = (inherited, box, paint, id(style.variables))
        found = self._styles.get(key)
        if found is None:
            if inherited is not style.inherited or box is not style.box or paint is not style.paint:
                style = ComputedStyle(inherited, box, paint, style.variables)
            self._styles[key] = found = style
        return found

    def _shared_inherited(self, group: InheritedStyle) -> InheritedStyle:
        # A few values that tell most groups apart; the rest is compared.
        key = (group.font_size, group.font_weight, group.color, group.line_height, group.text_align)
        same = self._inherited.setdefault(key, [])
        for other in same:
            if other is group or other.same(group):
                return other
        return _kept(same, group)

    def _shared_box(self, group: BoxStyle) -> BoxStyle:
        key = (
            group.display,
            group.position,
            group.width,
            group.height,
            group.margin_top,
            group.margin_left,
            group.padding_top,
            group.padding_left,
            group.flex_grow,
            # What authors, and scripts, give each of thousands of boxes a value of its own
            group.top,
            group.left,
            group.order,
            group.grid_row_start,
            group.grid_column_start,
        )
        same = self._box.setdefault(key, [])
        for other in same:
            if other is group or other.same(group):
                return other
        return _kept(same, group)

    def _shared_paint(self, group: PaintStyle) -> PaintStyle:
        key = (
            group.background_color,
            group.border_top_color,
            group.border_top_style,
            group.opacity,
            group.transform,
            group.border_top_left_radius,
        )
        same = self._paint.setdefault(key, [])
        for other in same:
            if other is group or other.same(group):
                return other
        return _kept(same, group)
