"""The decoration of a box: shadows, background, border, in that order (css-backgrounds-3 section 2)."""

from __future__ import annotations

from typing import Final

from ...css.keywords import BackgroundAttachment, BorderCollapse
from ...css.values import GeometryBox
from ...geometry import NO_EDGES, Rect
from ...layout.box import BoxKind
from ...layout.fragment import Fragment
from ...layout.scrollable import scrollable_area
from ...layout.sizing import is_scroll_container
from ..box_shape import BoxShape
from ..paint_context import PaintContext
from ..path import Path
from ..rounded_rect import RoundedRect
from ..style_flags import has_background
from .background import BackgroundArea, clips_to_text, paint_background
from .border import BorderSide, border_sides, paint_border
from .border_image import paint_border_image
from .fieldset import frame_rect, legend_of, legend_rect
from .shadow import paint_inset_shadows, paint_outer_shadows

SHADOW_REACH: Final = 400.0
SCROLLS: Final = (BackgroundAttachment.SCROLL,)


def paint_box(
    context: PaintContext, fragment: Fragment, x: float, y: float, with_background: bool = True
) -> None:
    """Everything that belongs to the box itself."""
    style = fragment.style
    legend = legend_of(fragment)
    frame = frame_rect(fragment, legend, x, y) if legend is not None else _grid_rect(fragment, x, y)
    shape = BoxShape(context, fragment, x, y, frame)
    edge = shape.border_edge
    has_shadow = len(style.paint.box_shadow) > 0
    if not has_shadow and not context.is_visible(edge.rect) and style.paint.border_image_source is None:
        return
    if has_shadow:
        paint_outer_shadows(context, style, edge)
    sides: list[BorderSide] = []
    if shape.is_bordered() and not _has_collapsed_border(fragment):
        sides = border_sides(style, fragment.border)
    if with_background and has_background(style) and not clips_to_text(style):
        shrink = 0.0
        if edge.is_rounded() and sides:
            # Blink's kBackgroundBleedShrinkBackground.
            shrink = 1.0 / context.scale
            for side in sides:
                if not side.hides_background() or side.width < 2.0 / context.scale:
                    shrink = 0.0
        place = edge.rect
        if fragment.slice is not None:
            place = context.snap_rect(fragment.slice.positioning_rect(x, y, fragment))
        area = BackgroundArea(edge, place, fragment.border, fragment.padding)
        if style.paint.background_attachment != SCROLLS and is_scroll_container(style):
            scrolled = scrollable_area(fragment).moved(x - fragment.scroll_x, y - fragment.scroll_y)
            area.scrolled = context.snap_rect(scrolled)
        paint_background(context, style, area, style.paint.background_color, shrink)
    if has_shadow:
        paint_inset_shadows(context, style, shape.edge(GeometryBox.PADDING_BOX))
    if style.paint.border_image_source is not None and paint_border_image(context, shape):
        return
    if not sides:
        return
    if legend is None:
        paint_border(context, edge, sides)
        return
    gap = Path()
    gap.add_ring(RoundedRect(edge.rect), RoundedRect(context.snap_rect(legend_rect(legend, x, y))))
    context.push_clip_path(gap)
    paint_border(context, edge, sides)
    context.pop_clip()


def _grid_rect(fragment: Fragment, x: float, y: float) -> Rect | None:
    """What a table's background and border belong to: its grid box, captions left out."""
    box = fragment.box
    if box is None or box.kind != BoxKind.TABLE:
        return None
    grid = fragment.content_rect
    if grid.width == fragment.width and grid.height == fragment.height:
        return None
    return grid.moved(x, y)


def _has_collapsed_border(fragment: Fragment) -> bool:
    """Whether the table paints this box's borders."""
    box = fragment.box
    return (
        box is not None
        and (box.kind == BoxKind.TABLE_CELL or box.kind == BoxKind.TABLE)
        and fragment.style.inherited.border_collapse == BorderCollapse.COLLAPSE
    )


def paint_cell_background(
    context: PaintContext, part: Fragment, x: float, y: float, cell: BackgroundArea
) -> None:
    """A row's, row group's or column's background seen through a cell.

    Positioned on the part, clipped to the cell: https://drafts.csswg.org/css-tables-3/#drawing-backgrounds
    """
    style = part.style
    own = BoxShape(context, part, x, y)
    area = BackgroundArea(cell.shape, own.border_edge.rect, NO_EDGES, NO_EDGES)
    paint_background(context, style, area, style.paint.background_color)
