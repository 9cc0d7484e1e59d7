"""box-shadow (https://drafts.csswg.org/css-backgrounds-3/#box-shadow)."""

from __future__ import annotations

import math

from ...css.computed_style import ComputedStyle
from ...limits import MAX_BLUR_RADIUS
from ..display_list import BoxShadow
from ..paint_context import PaintContext
from ..rounded_rect import RoundedRect


def blur_sigma(radius: float) -> float:
    """The standard deviation of a blur radius: half of it."""
    if not math.isfinite(radius) or radius <= 0:
        return 0.0
    return min(radius, MAX_BLUR_RADIUS) / 2.0


def paint_outer_shadows(context: PaintContext, style: ComputedStyle, box: RoundedRect) -> None:
    """Shadows outside the border edge, the last one first."""
    shadows = style.paint.box_shadow
    for index in range(len(shadows) - 1, -1, -1):
        shadow = shadows[index]
        if shadow.inset or shadow.color.alpha <= 0:
            continue
        shape = box.spread(shadow.spread).moved(shadow.x, shadow.y)
        if shape.rect.is_empty():
            continue
        context.add(BoxShadow(shape, box, blur_sigma(shadow.blur), shadow.color))


def paint_inset_shadows(context: PaintContext, style: ComputedStyle, padding_edge: RoundedRect) -> None:
    """Shadows inside the padding edge, over the background."""
    shadows = style.paint.box_shadow
    for index in range(len(shadows) - 1, -1, -1):
        shadow = shadows[index]
        if not shadow.inset or shadow.color.alpha <= 0 or padding_edge.rect.is_empty():
            continue
        shape = padding_edge.spread(-shadow.spread).moved(shadow.x, shadow.y)
        context.add(BoxShadow(shape, padding_edge, blur_sigma(shadow.blur), shadow.color, True))
