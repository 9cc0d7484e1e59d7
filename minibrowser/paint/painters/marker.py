"""Symbol markers of list items: disc, circle, square, disclosure triangles, and marker images.

Sizes are Blink's (ListMarker::RelativeSymbolMarkerRect): they hang on the font's ascent.
"""

from __future__ import annotations

import math
from typing import Final

from ...css.keywords import WritingMode
from ...geometry import Rect, Size
from ...layout.fragment import Fragment
from ..display_list import DrawImage, FillPath, FillRect, Stroke, StrokePath
from ..paint_context import PaintContext
from ..path import Path
from .images import resolve_image

DISCLOSURE_SIZE: Final = 0.66
"""Side of a disclosure triangle in ems."""
FROM_THE_RIGHT: Final = (WritingMode.VERTICAL_RL, WritingMode.SIDEWAYS_RL)
SYMBOLS: Final = frozenset(("disc", "circle", "square", "disclosure-open", "disclosure-closed"))


def symbol_rect(ascent: float, font_size: float, kind: str) -> Rect:
    """Where the symbol stands in a marker box whose baseline is at `ascent`."""
    if kind.startswith("disclosure"):
        size = font_size * DISCLOSURE_SIZE
        return Rect(0.0, ascent - size, size, size)
    bullet = math.floor((ascent * 2.0 / 3.0 + 1.0) / 2.0)
    return Rect(1.0, math.floor(3.0 * (ascent - math.floor(ascent * 2.0 / 3.0)) / 2.0), bullet, bullet)


def paint_marker(context: PaintContext, fragment: Fragment, x: float, y: float) -> None:
    """The symbol of a marker without text of its own; numbers and strings are text fragments inside it."""
    inherited = fragment.style.inherited
    image = inherited.list_style_image
    if image is not None:
        source = resolve_image(context.images, image, Size(fragment.width, fragment.height), fragment.style)
        if source is not None:
            rect = Rect(x, y, fragment.width, fragment.height)
            context.add(DrawImage(source, context.snap_rect(rect)))
            return
    kind = inherited.list_style_type
    if fragment.children or kind not in SYMBOLS:
        return
    ascent = fragment.baseline if fragment.baseline > 0 else inherited.font_size * 0.9
    rect = symbol_rect(ascent, inherited.font_size, kind)
    mode = inherited.writing_mode
    if mode != WritingMode.HORIZONTAL_TB:
        # The rectangle is logical: lines go from the right to the left, or the other way.
        across = fragment.width - rect.bottom if mode in FROM_THE_RIGHT else rect.y
        rect = Rect(across, rect.x, rect.height, rect.width)
    paint_symbol(context, rect.moved(x, y), kind, fragment)


def paint_symbol(context: PaintContext, rect: Rect, kind: str, fragment: Fragment) -> None:
    """Draw a symbol into its rectangle (ListMarkerPainter)."""
    color = fragment.style.inherited.color
    if color.alpha <= 0:
        return
    snapped = context.snap_rect(rect)
    if kind == "square":
        context.add(FillRect(snapped, color))
        return
    path = Path()
    if kind == "disc" or kind == "circle":
        cx, cy = snapped.x + snapped.width / 2, snapped.y + snapped.height / 2
        if kind == "disc":
            path.add_ellipse(cx, cy, snapped.width / 2, snapped.height / 2)
            context.add(FillPath(path, color))
        else:
            path.add_ellipse(cx, cy, max(0.0, snapped.width / 2), max(0.0, snapped.height / 2))
            context.add(StrokePath(path, Stroke(1.0), color))
        return
    # Equilateral triangles whose one side is the rectangle's.
    left, top, right, bottom = rect.x, rect.y, rect.right, rect.bottom
    height = rect.width * math.sqrt(3.0) / 2
    if kind == "disclosure-open":
        top += (rect.width - height) / 2
        path.add_polygon([(left, top), (right, top), (left + rect.width / 2, top + height)])
    elif fragment.style.inherited.direction == 1:
        path.add_polygon([(right, top), (right, bottom), (right - height, top + rect.height / 2)])
    else:
        path.add_polygon([(left, top), (left + height, top + rect.height / 2), (left, bottom)])
    context.add(FillPath(path, color))
