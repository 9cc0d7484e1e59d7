"""Replaced content: where the picture stands in its box (https://drafts.csswg.org/css-images-3/#sizing)."""

from __future__ import annotations

from ...css.keywords import ObjectFit, Overflow
from ...geometry import Rect, Size
from ...layout.box import UNSOURCED_PICTURE, Picture
from ...layout.box_replaced import is_sized
from ...layout.fragment import Fragment
from ..box_shape import style_radii
from ..display_list import DrawImage
from ..paint_context import PaintContext
from ..paint_source import BitmapSource
from ..pictures import ImagePicture
from ..rounded_rect import SQUARE, RoundedRect
from .background import default_object_size
from .broken_image import ICON, paint_broken_image, paint_image_frame
from .images import is_pixelated, resolve_image


def object_rect(fragment: Fragment, picture: Picture, content: Rect) -> Rect:
    """The picture's rectangle by object-fit and object-position."""
    style = fragment.style
    fit = style.box.object_fit
    natural = Size(picture.natural_width, picture.natural_height)
    area = Size(content.width, content.height)
    ratio = picture.natural_ratio
    if content.is_empty():
        return content
    size = area if fit == ObjectFit.FILL else default_object_size(natural, ratio, area)
    is_scaled = fit == ObjectFit.CONTAIN or fit == ObjectFit.COVER
    if fit == ObjectFit.SCALE_DOWN and (size.width > area.width or size.height > area.height):
        is_scaled = True
    if is_scaled and ratio > 0:
        is_wider = area.height * ratio > area.width
        if is_wider == (fit == ObjectFit.COVER):
            size = Size(area.height * ratio, area.height)
        else:
            size = Size(area.width, area.width / ratio)
    elif is_scaled:
        size = area
    position = style.box.object_position
    return Rect(
        content.x + position.x.resolve(area.width - size.width),
        content.y + position.y.resolve(area.height - size.height),
        size.width,
        size.height,
    )


def content_area(fragment: Fragment, x: float, y: float) -> Rect:
    """Where the content is, from layout's content_rect, or the content box."""
    rect = fragment.content_rect
    if rect.width <= 0 and rect.height <= 0:
        rect = fragment.content_box()
    return rect.moved(x, y)


def paint_replaced(context: PaintContext, fragment: Fragment, x: float, y: float) -> None:
    """The picture of a replaced box, clipped to its content edge."""
    box = fragment.box
    if box is None:
        return
    picture = box.picture
    if not isinstance(picture, ImagePicture):
        if picture is not None and picture.natural_width == picture.natural_height == ICON:
            # Layout's stand-in for an image that did not load.
            content = context.snap_rect(content_area(fragment, x, y))
            paint_broken_image(
                context, content, is_sized=box.element is not None and is_sized(fragment.style)
            )
        elif picture is UNSOURCED_PICTURE and is_sized(fragment.style):
            paint_image_frame(context, context.snap_rect(content_area(fragment, x, y)))
        elif fragment.style.box.content.items:
            _paint_content_image(context, fragment, x, y)
        return
    content = content_area(fragment, x, y)
    if content.is_empty() or not context.is_visible(content):
        return
    snapped = context.snap_rect(content)
    dest = object_rect(fragment, picture, content)
    dest = context.snap_rect(dest)
    source = BitmapSource(picture.resource, picture.name, is_pixelated(fragment.style))
    radii = style_radii(fragment.style, fragment.width, fragment.height)
    overhangs = (
        dest.x < snapped.x or dest.y < snapped.y or dest.right > snapped.right or dest.bottom > snapped.bottom
    )
    if radii is SQUARE and not overhangs:
        if picture.resource.is_svg and _shows_overflow(fragment):
            wider = picture.resource.overflowing(content.width, content.height)
            if wider is not None:
                context.add(DrawImage(BitmapSource(wider, picture.name, False), dest.outset(wider.edges)))
                return
        context.add(DrawImage(source, dest))
        return
    if radii is SQUARE:
        clip = RoundedRect(snapped)
    else:
        # Blink clips replaced content to the rounded content edge.
        outer = RoundedRect(context.snap_rect(Rect(x, y, fragment.width, fragment.height)), radii)
        edges = fragment.border.plus(fragment.padding)
        clip = RoundedRect(snapped, outer.constrained().inset(edges).radii)
    context.push_clip(clip)
    context.add(DrawImage(source, dest))
    context.pop_clip()


def _shows_overflow(fragment: Fragment) -> bool:
    """Whether this is an <svg> in the page that clips nothing (the user-agent sheet lets it)."""
    element = fragment.box.element if fragment.box is not None else None
    return (
        element is not None
        and element.local_name == "svg"
        and fragment.style.box.overflow_x == Overflow.VISIBLE
        and fragment.style.box.overflow_y == Overflow.VISIBLE
    )


def _paint_content_image(context: PaintContext, fragment: Fragment, x: float, y: float) -> None:
    """The gradient that `content` puts in the place of an element."""
    image = fragment.style.box.content.items[0].image
    area = content_area(fragment, x, y)
    if image is None or area.is_empty():
        return
    source = resolve_image(context.images, image, Size(area.width, area.height), fragment.style)
    if source is not None:
        context.add(DrawImage(source, context.snap_rect(area)))
