"""The clips that a box puts on its content."""

from __future__ import annotations

from typing import Final

from ..css.keywords import Overflow
from ..css.values import Length
from ..geometry import Edges, Rect
from ..layout.box import BoxKind
from ..layout.fragment import Fragment
from ..limits import MAX_LENGTH
from .box_shape import style_radii
from .rounded_rect import SQUARE, RoundedRect

NEVER_CLIPS: Final = frozenset(
    (
        BoxKind.INLINE,
        BoxKind.TABLE_ROW,
        BoxKind.TABLE_ROW_GROUP,
        BoxKind.TABLE_COLUMN,
        BoxKind.TABLE_COLUMN_GROUP,
    )
)
"""https://drafts.csswg.org/css-overflow-3/#overflow-properties: overflow applies to block, flex and grid containers."""


def overflow_clip(fragment: Fragment, x: float, y: float) -> RoundedRect | None:
    """The edge that overflow (or paint containment) clips the children to, unsnapped; None for none.

    `overflow: clip` may clip along one axis only.
    """
    box = fragment.box
    if box is None or box.kind in NEVER_CLIPS:
        return None
    style = fragment.style
    clips_x = style.box.overflow_x != Overflow.VISIBLE
    clips_y = style.box.overflow_y != Overflow.VISIBLE
    contain = style.box.contain
    if contain and ("paint" in contain or "strict" in contain or "content" in contain):
        clips_x = clips_y = True
    if not clips_x and not clips_y:
        return None
    rect = Rect(x, y, fragment.width, fragment.height)
    radii = style_radii(style, rect.width, rect.height)
    if clips_x and clips_y:
        shape = RoundedRect(rect, radii).constrained().inset(fragment.border)
        margin = style.box.overflow_clip_margin.px
        if margin > 0 and style.box.overflow_x == Overflow.CLIP and style.box.overflow_y == Overflow.CLIP:
            return shape.outset(Edges(margin, margin, margin, margin))
        return shape
    inner = rect.inset(fragment.border)
    if clips_x:
        return RoundedRect(Rect(inner.x, -MAX_LENGTH, inner.width, 2 * MAX_LENGTH), SQUARE)
    return RoundedRect(Rect(-MAX_LENGTH, inner.y, 2 * MAX_LENGTH, inner.height), SQUARE)


def _edge(length: Length, default: float) -> float:
    return default if length.is_auto() else length.resolve(0.0)


def clip_property_rect(fragment: Fragment, x: float, y: float) -> RoundedRect | None:
    """`clip: rect()` of an absolutely positioned box (https://drafts.csswg.org/css-masking-1/#clip-property)."""
    clip = fragment.style.paint.clip
    if len(clip) != 4:
        return None
    top, right = _edge(clip[0], 0.0), _edge(clip[1], fragment.width)
    bottom, left = _edge(clip[2], fragment.height), _edge(clip[3], 0.0)
    return RoundedRect(Rect(x + left, y + top, max(0.0, right - left), max(0.0, bottom - top)))
