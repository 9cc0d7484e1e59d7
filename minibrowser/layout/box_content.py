"""Generated content: ::before, ::after and ::marker (https://drafts.csswg.org/css-content-3/)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..css.computed_style import INITIAL_PAINT, BoxStyle, ComputedStyle
from ..css.counter_styles import CounterStyle, counter_text, marker_text
from ..css.keywords import Direction, Display, FloatKind, TextWrapMode, UnicodeBidi, WhiteSpaceCollapse
from ..css.quotes import quotes_of
from ..css.states import language_of
from ..css.style_tree import PseudoElement
from ..css.values import ZERO, ContentKind, ContentMode, CssImage, UrlImage, px
from ..dom.node import Element
from .box import Box, BoxKind, Picture
from .box_replaced import oriented
from .box_text import text_box_of
from .counters import Counters
from .marker_metrics import DISCLOSURE_GAP, MARKER_PADDING
from .units import layout_unit

NO_PICTURE: Final = Picture(0.0, 0.0, 0.0)
"""Of an image that is not there."""
SIZELESS_PICTURE: Final = Picture(-1.0, -1.0, 0.0)
"""Of a gradient: it takes what room it is given."""

SYMBOLS: Final = frozenset(("disc", "circle", "square", "disclosure-open", "disclosure-closed"))


class ContentMaker:
    """Makes boxes for `content`, with the counters and quotes as they are at this point of the document."""

    def __init__(
        self,
        counters: Counters,
        counter_styles: dict[str, CounterStyle],
        url_pictures: Mapping[str, Picture],
        content_language: str = "",
    ) -> None:
        self.counters: Final = counters
        self.counter_styles: Final = counter_styles
        self.url_pictures: Final = url_pictures
        self.content_language: Final = content_language
        self.quote_depth: int = 0
        self._marker_styles: dict[tuple[ComputedStyle, bool], ComputedStyle] = {}

    def fill(self, style: ComputedStyle, box: Box, out: list[Box]) -> None:
        """The boxes of a `content` list."""
        text = ""
        for item in style.box.content.items:
            kind = item.kind
            if kind == ContentKind.TEXT or kind == ContentKind.ATTR:
                text += item.text
            elif kind == ContentKind.COUNTER:
                text += counter_text(item.style, self.counters.value(item.text), self.counter_styles)
            elif kind == ContentKind.COUNTERS:
                values = [
                    counter_text(item.style, value, self.counter_styles)
                    for value in self.counters.values(item.text)
                ]
                text += item.separator.join(values)
            elif kind == ContentKind.IMAGE:
                if text:
                    out.append(text_box_of(text, style, box))
                    text = ""
                if item.image is not None:
                    out.append(self._image(item.image, style, box))
            else:
                text += self._quote(kind, style, box)
        if text:
            out.append(text_box_of(text, style, box))

    def _quote(self, kind: ContentKind, style: ComputedStyle, box: Box) -> str:
        """https://drafts.csswg.org/css-content-3/#quotes: quotes are in the language of what is around them."""
        quotes = style.inherited.quotes
        if quotes is None:
            outer = None if box.element is None else box.element.parent
            quotes = quotes_of(language_of(outer, self.content_language))
        if kind == ContentKind.OPEN_QUOTE or kind == ContentKind.NO_OPEN_QUOTE:
            depth = self.quote_depth
            self.quote_depth += 1
            side = 0
        else:
            if self.quote_depth == 0:
                return ""
            self.quote_depth -= 1
            depth = self.quote_depth
            side = 1
        if kind == ContentKind.NO_OPEN_QUOTE or kind == ContentKind.NO_CLOSE_QUOTE or len(quotes) < 2:
            return ""
        pair = min(depth, len(quotes) // 2 - 1)
        return quotes[pair * 2 + side]

    def _picture(self, image: CssImage) -> Picture:
        if isinstance(image, UrlImage):
            picture = self.url_pictures.get(image.url)
            if picture is None:
                return NO_PICTURE
            return picture if image.resolution == 1.0 else picture.at_resolution(image.resolution)
        return NO_PICTURE

    def replacement(self, element: Element, style: ComputedStyle) -> Picture | None:
        """The picture that `content` puts in the place of an element, None where it does not.

        https://drafts.csswg.org/css-content-3/#content-property : one image, with an alternative text or without. As
        in Blink, an <img> shows its own picture where that one is not to be had, and a gradient has no size.
        """
        items = style.box.content.items
        if len(items) != 1 or items[0].image is None:
            return None
        image = items[0].image
        if not isinstance(image, UrlImage):
            return NO_PICTURE
        if image.url not in self.url_pictures:
            return None if element.is_html("img") else NO_PICTURE
        return self._picture(image)

    def _image(self, image: CssImage, style: ComputedStyle, parent: Box) -> Box:
        inner = BoxStyle()
        inner.display = Display.INLINE
        box = Box(BoxKind.REPLACED, ComputedStyle(style.inherited, inner, INITIAL_PAINT, style.variables))
        box.language = parent.language
        box.picture = oriented(self._picture(image), style)
        return box

    def alt_text(self, text: str, box: Box) -> None:
        """What an image without a picture shows: Chromium's icon, and the alternative text."""
        inner = BoxStyle()
        inner.display = Display.BLOCK
        inner.float_ = FloatKind.LEFT
        icon = Box(
            BoxKind.REPLACED,
            ComputedStyle(box.style.inherited, inner, INITIAL_PAINT, box.style.variables),
        )
        icon.picture = Picture(16.0, 16.0, 1.0)
        box.children.append(icon)
        box.children.append(text_box_of(text, box.style, box))

    # --- Markers ----------------------------------------------------------------------------------

    def marker(
        self, style: ComputedStyle, own: ComputedStyle | None, item: Box, *, is_inside: bool
    ) -> Box | None:
        """A list item's marker box, None where it has none. `own`: the style that ::marker rules gave.

        Outside markers and symbols are OUTSIDE_MARKER boxes; inside ones stand in the line as atomics. A symbol
        (disc, circle, ...) has no children: it is drawn.
        """
        content = None if own is None else own.box.content
        if content is not None and content.mode == ContentMode.NONE:
            return None
        if own is not None and own.box.display == Display.NONE:
            return None
        base = style if own is None else own
        name = base.inherited.list_style_type
        image = base.inherited.list_style_image
        picture: Picture | None = None
        is_list = content is not None and content.mode == ContentMode.LIST
        if is_list:
            image = None
        if isinstance(image, UrlImage):
            if image.url in self.url_pictures:
                picture = oriented(self._picture(image), base)
        elif image is not None:
            picture = SIZELESS_PICTURE
        text = ""
        if not is_list and picture is None:
            if name == "none":
                return None
            if name not in SYMBOLS:
                text = marker_text(name, self.counters.value("list-item"), self.counter_styles)
                if not text:
                    return None
        is_symbol = not is_list and not text
        marker_style = self._marker_style(base, is_inside, is_symbol, picture is not None)
        if is_list and base.inherited.list_style_image is not None:
            marker_style = _without_image(marker_style)
        if is_inside and not is_symbol:
            box = Box(BoxKind.INLINE, marker_style, item.element, PseudoElement.MARKER)
        else:
            box = Box(BoxKind.OUTSIDE_MARKER, marker_style, item.element, PseudoElement.MARKER)
        box.language = item.language
        if picture is not None:
            box.picture = picture
        elif is_list and own is not None:
            self.fill(
                ComputedStyle(marker_style.inherited, own.box, own.paint, own.variables), box, box.children
            )
        elif text:
            box.children.append(text_box_of(text, marker_style, box))
        return box

    def _marker_style(
        self, base: ComputedStyle, is_inside: bool, is_symbol: bool, has_picture: bool
    ) -> ComputedStyle:
        """White space in outside markers is kept; the margins of inside symbols and pictures are Blink's."""
        key = (base, is_inside)
        found = self._marker_styles.get(key)
        if found is not None:
            return found
        inherited = base.inherited.copy()
        if not is_inside:
            inherited.white_space_collapse = WhiteSpaceCollapse.PRESERVE
            inherited.text_wrap_mode = TextWrapMode.NOWRAP
        inherited.text_indent = ZERO
        if base.box.display != Display.INLINE:
            inherited.text_transform = ()  # the list item's: no rule for ::marker was there
        box = BoxStyle()
        if is_inside and is_symbol:
            box.display = Display.INLINE_BLOCK
            if has_picture:
                start, end = ZERO, px(MARKER_PADDING)
            elif inherited.list_style_type.startswith("disclosure"):
                start, end = ZERO, px(layout_unit(inherited.font_size * DISCLOSURE_GAP))
            else:
                start, end = px(-1.0), px(inherited.font_size)
            is_ltr = inherited.direction == Direction.LTR
            box.margin_left, box.margin_right = (start, end) if is_ltr else (end, start)
        elif is_inside:
            box.display = Display.INLINE
            box.unicode_bidi = (
                base.box.unicode_bidi if base.box.display == Display.INLINE else UnicodeBidi.ISOLATE
            )
        else:
            box.display = Display.BLOCK
        made = ComputedStyle(
            inherited,
            box,
            base.paint if base.box.display == Display.INLINE else INITIAL_PAINT,
            base.variables,
        )
        self._marker_styles[key] = made
        return made


def _without_image(style: ComputedStyle) -> ComputedStyle:
    """The style of a marker whose `content` stands in the place of the picture."""
    inherited = style.inherited.copy()
    inherited.list_style_image = None
    return ComputedStyle(inherited, style.box, style.paint, style.variables)
