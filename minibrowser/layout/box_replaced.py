"""Which elements are replaced, and what stands for them where there is no picture.

https://html.spec.whatwg.org/multipage/rendering.html#replaced-elements
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ..css.computed_style import ComputedStyle
from ..css.keywords import Display, ImageOrientation
from ..css.values import AUTO, AUTO_RATIO
from ..dom.node import SVG_NAMESPACE, Element
from .box import BROKEN_PICTURE, EMPTY_PICTURE, UNSOURCED_PICTURE, MediaKind, Picture
from .controls import parse_positive

NUMBER: Final = re.compile(r"[ \t\n\r\f]*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")
SEPARATOR: Final = re.compile(r"[\s,]+")

AUDIO_PICTURE: Final = Picture(300.0, 54.0, 0.0)


def replaced_picture(
    element: Element, pictures: Mapping[Element, Picture], has_scripting: bool
) -> tuple[Picture | None, bool]:
    """The picture of a replaced element (None for one without natural sizes), and whether it is replaced."""
    name = element.local_name
    if element.namespace == SVG_NAMESPACE:
        if name != "svg":
            return None, False
        picture = pictures.get(element)
        return (picture if picture is not None else svg_picture(element)), True
    if name not in REPLACED:
        return None, False
    picture = pictures.get(element)
    if name == "img":
        if picture is not None:
            return picture, True
        if has_fallback(element):
            return None, False
        if "alt" in element.attributes:
            return EMPTY_PICTURE, True
        return (BROKEN_PICTURE if has_source(element) else UNSOURCED_PICTURE), True
    if name == "input":
        if element.get("type").strip().lower() != "image" or picture is None:
            return None, False
        return picture, True
    if name == "object":
        if picture is not None:
            return picture, True
        # What cannot be had shows what stands inside, be it nothing.
        return None, not element.get("data").strip() and not element.children
    if name == "canvas":
        if picture is not None or not has_scripting:
            # Where no script can draw, a canvas is an ordinary element around its fallback.
            return picture, picture is not None
        width = float(parse_positive(element.get("width"), 300))
        height = float(parse_positive(element.get("height"), 150))
        return Picture(width, height, width / height), True
    if name == "audio":
        return AUDIO_PICTURE, True
    return picture, True


def oriented(picture: Picture | None, style: ComputedStyle) -> Picture | None:
    """The picture as `image-orientation` wants it (https://drafts.csswg.org/css-images-3/#the-image-orientation)."""
    if picture is None or style.inherited.image_orientation == ImageOrientation.FROM_IMAGE:
        return picture
    return picture.unoriented()


REPLACED: Final = frozenset(
    ("img", "video", "canvas", "iframe", "embed", "object", "audio", "input", "frame")
)


def media_of(element: Element) -> MediaKind:
    """Whose controls are shown.

    AD-HOC: Chromium shows those of every video where no scripts run; here they are shown where the page asks for
    them, as where they do (docs/decisions/032).
    """
    if element.local_name == "audio":
        return MediaKind.AUDIO
    if element.local_name == "video" and "controls" in element.attributes:
        return MediaKind.VIDEO
    return MediaKind.NONE


def has_source(element: Element) -> bool:
    """Whether an image names a picture at all."""
    return bool(element.get("src").strip() or element.get("srcset").strip())


def has_fallback(element: Element) -> bool:
    """Whether this is an image without a picture that shows its alternative text instead."""
    return element.is_html("img") and bool(fallback_text(element))


def fallback_text(element: Element) -> str:
    """The alternative text, or the title where there is none (HTMLImageElement::AltText)."""
    alternative = element.attributes.get("alt")
    return element.get("title") if alternative is None else alternative


def is_sized(style: ComputedStyle) -> bool:
    """Whether the style gives an image both its sizes: then it keeps them without its picture
    (HTMLImageFallbackHelper's TreatImageAsReplaced)."""
    own = style.box
    if own.width.is_auto() or own.height.is_auto():
        return own.aspect_ratio.ratio > 0.0 and not (own.width.is_auto() and own.height.is_auto())
    return True


def without_picture(
    element: Element, picture: Picture, style: ComputedStyle
) -> tuple[Picture, ComputedStyle]:
    """What an image without its picture and without alternative text shows, and how it is styled: one that has only
    one of its sizes in a line is as large as its icon."""
    if is_sized(style):
        if picture is EMPTY_PICTURE and has_source(element):
            picture = BROKEN_PICTURE
    elif style.box.display == Display.INLINE:
        style = unsized(style)
    return picture, style


def holding_icon(style: ComputedStyle) -> ComputedStyle:
    """The style of a block that the icon, a float, does not hang out of."""
    own = style.box.copy()
    own.display = Display.FLOW_ROOT
    return ComputedStyle(style.inherited, own, style.paint, style.variables)


def unsized(style: ComputedStyle) -> ComputedStyle:
    """The style with automatic sizes."""
    auto = style.box.copy()
    auto.width, auto.height, auto.aspect_ratio = AUTO, AUTO, AUTO_RATIO
    return ComputedStyle(style.inherited, auto, style.paint, style.variables)


def _svg_length(text: str) -> float:
    """An absolute length attribute in px; -1.0 for none and for percentages."""
    match = NUMBER.match(text)
    if match is None:
        return -1.0
    unit = text[match.end() :].strip().lower()
    factor = SVG_UNITS.get(unit, 0.0)
    value = float(match.group(1)) * factor
    return value if factor > 0.0 and value >= 0.0 else -1.0


SVG_UNITS: Final = {
    "": 1.0,
    "px": 1.0,
    "pt": 4.0 / 3.0,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96.0 / 2.54,
    "mm": 96.0 / 25.4,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
}


def svg_picture(element: Element) -> Picture:
    """The natural sizes of an <svg> by its attributes (https://svgwg.org/svg2-draft/coords.html#SizingSVGInCSS)."""
    width = _svg_length(element.get("width"))
    height = _svg_length(element.get("height"))
    ratio = 0.0
    view = [part for part in SEPARATOR.split(element.get("viewBox").strip()) if part]
    if len(view) == 4:
        found = [NUMBER.fullmatch(part) for part in view]
        if all(found):
            box_width, box_height = float(view[2]), float(view[3])
            if box_width > 0.0 and box_height > 0.0:
                ratio = box_width / box_height
    if width > 0.0 and height > 0.0:
        ratio = width / height
    return Picture(width, height, ratio)
