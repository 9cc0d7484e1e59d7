"""The icon for a picture that could not be had: a torn page with a landscape, 16 px square."""

from __future__ import annotations

from typing import Final

from ...css.values import WHITE, Color
from ...geometry import Edges, Matrix, Rect
from ..display_list import FillPath, FillRing
from ..paint_context import PaintContext
from ..path import Path
from ..rounded_rect import RoundedRect

ICON: Final = 16.0
SMALLEST: Final = 18.0
"""Sides of an image that has room for the icon in its frame."""
FRAME: Final = Color(192.0, 192.0, 192.0)
PAPER_EDGE: Final = Color(151.0, 151.0, 151.0)
SKY: Final = Color(202.0, 218.0, 245.0)
HILL: Final = Color(88.0, 174.0, 57.0)
FOLD: Final = Color(228.0, 228.0, 228.0)


def paint_broken_image(context: PaintContext, content: Rect, *, is_sized: bool) -> None:
    """The icon, alone or, in an image that has a size without its picture, in the corner of a thin frame. One that is
    too small for that shows nothing."""
    left, top = content.x, content.y
    if is_sized:
        if content.width < SMALLEST or content.height < SMALLEST:
            return
        paint_image_frame(context, content)
        left, top = left + 2.0, top + 2.0
        context.push_clip(RoundedRect(content.inset(Edges(1.0, 1.0, 1.0, 1.0))))
    elif content.width < ICON or content.height < ICON:
        return
    place = Matrix(1.0, 0.0, 0.0, 1.0, left, top)
    for path, color in _pieces():
        context.add(FillPath(path.transformed(place), color))
    if is_sized:
        context.pop_clip()


def paint_image_frame(context: PaintContext, content: Rect) -> None:
    """The thin frame alone."""
    shape = RoundedRect(content)
    context.add(FillRing(shape, shape.inset(Edges(1.0, 1.0, 1.0, 1.0)), FRAME))


def _pieces() -> list[tuple[Path, Color]]:
    page, sheet, fold, cloud, hill, tear = Path(), Path(), Path(), Path(), Path(), Path()
    page.add_polygon([(0.0, 0.0), (11.0, 0.0), (16.0, 4.5), (16.0, 16.0), (0.0, 16.0)])
    sheet.add_polygon([(1.0, 1.0), (10.5, 1.0), (10.5, 5.0), (15.0, 5.0), (15.0, 15.0), (1.0, 15.0)])
    fold.add_polygon([(11.3, 1.3), (14.6, 4.2), (11.3, 4.2)])
    cloud.add_ellipse(5.0, 4.6, 2.8, 1.5)
    hill.move_to(1.0, 15.0)
    hill.line_to(1.0, 13.5)
    hill.cubic_to(3.5, 9.5, 9.5, 9.5, (12.0, 12.0))
    hill.line_to(15.0, 14.0)
    hill.line_to(15.0, 15.0)
    hill.close()
    tear.add_polygon([(16.0, 8.3), (16.0, 11.3), (11.3, 16.0), (8.3, 16.0)])
    return [(page, PAPER_EDGE), (sheet, SKY), (cloud, WHITE), (hill, HILL), (fold, FOLD), (tear, WHITE)]
