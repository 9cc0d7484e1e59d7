"""From the document and its styles to the box tree (https://drafts.csswg.org/css-display-4/#box-generation).

In: Document, StyleTree, the pictures of replaced elements. Out: the box of the initial containing block, whose
child is the root element's. This is the only module family of layout that reads the document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, final

from ..css.computed_style import INITIAL_STYLE, BoxStyle, ComputedStyle, anonymous_style
from ..css.display import LIST_ITEMS
from ..css.image_values import CssImage
from ..css.keywords import BoxOrient, ContentVisibility, Display, ListStylePosition, Overflow
from ..css.style_tree import PseudoElement, StyleTree
from ..css.values import ContentMode
from ..dom.document import Document, QuirksMode
from ..dom.node import Element, Node, Text
from ..limits import MAX_COLSPAN, MAX_ROWSPAN
from .box import BROKEN_PICTURE, EMPTY_PICTURE, Box, BoxKind, ControlKind, Picture
from .box_content import ContentMaker
from .box_controls import ControlMaker
from .box_fixup import Fixup, is_in_flow_block
from .box_replaced import (
    fallback_text,
    has_fallback,
    holding_icon,
    media_of,
    oriented,
    replaced_picture,
    unsized,
    without_picture,
)
from .box_text import text_box, text_box_of
from .controls import parse_positive
from .counters import Counters
from .css_predicates import rendered_legend
from .fieldset import contents_style
from .first_letter import split_first_letter
from .first_line import CONTAINERS, mark_first_line
from .recursion import DeepRecursion
from .sizing import has_containment

BOX_KINDS: Final[dict[Display, BoxKind]] = {
    Display.INLINE: BoxKind.INLINE,
    Display.RUBY: BoxKind.INLINE,
    Display.RUBY_TEXT: BoxKind.INLINE,
    Display.INLINE_LIST_ITEM: BoxKind.INLINE,
    Display.INLINE_MATH: BoxKind.INLINE,
    Display.FLEX: BoxKind.FLEX,
    Display.INLINE_FLEX: BoxKind.FLEX,
    Display.WEBKIT_BOX: BoxKind.FLEX,
    Display.WEBKIT_INLINE_BOX: BoxKind.FLEX,
    Display.GRID: BoxKind.GRID,
    Display.INLINE_GRID: BoxKind.GRID,
    Display.TABLE: BoxKind.TABLE,
    Display.INLINE_TABLE: BoxKind.TABLE,
    Display.TABLE_ROW_GROUP: BoxKind.TABLE_ROW_GROUP,
    Display.TABLE_HEADER_GROUP: BoxKind.TABLE_ROW_GROUP,
    Display.TABLE_FOOTER_GROUP: BoxKind.TABLE_ROW_GROUP,
    Display.TABLE_ROW: BoxKind.TABLE_ROW,
    Display.TABLE_CELL: BoxKind.TABLE_CELL,
    Display.TABLE_COLUMN_GROUP: BoxKind.TABLE_COLUMN_GROUP,
    Display.TABLE_COLUMN: BoxKind.TABLE_COLUMN,
    Display.TABLE_CAPTION: BoxKind.TABLE_CAPTION,
}
"""All others make block containers."""

INLINE_DISPLAYS: Final = frozenset(
    (
        Display.INLINE,
        Display.INLINE_BLOCK,
        Display.INLINE_FLEX,
        Display.INLINE_GRID,
        Display.INLINE_TABLE,
        Display.INLINE_LIST_ITEM,
        Display.INLINE_FLOW_ROOT_LIST_ITEM,
        Display.WEBKIT_INLINE_BOX,
        Display.INLINE_MATH,
        Display.RUBY,
        Display.RUBY_TEXT,
    )
)
"""Displays of inline-level boxes."""


def box_kind(style: ComputedStyle) -> BoxKind:
    """The algorithm that a display value asks for."""
    display = style.box.display
    if style.box.line_clamp > 0 and style.box.box_orient == BoxOrient.VERTICAL:
        if display == Display.WEBKIT_BOX or display == Display.WEBKIT_INLINE_BOX:
            # As in Blink: a clamped -webkit-box is a block container.
            return BoxKind.BLOCK
    return BOX_KINDS.get(display, BoxKind.BLOCK)


def build_box_tree(
    document: Document,
    styles: StyleTree,
    pictures: Mapping[Element, Picture],
    url_pictures: Mapping[str, Picture] | None = None,
    *,
    has_scripting: bool = False,
    shape_picture: Callable[[CssImage], Picture | None] | None = None,
) -> Box:
    """The box of the initial containing block.

    `url_pictures`: those that `content` and list-style-image name; `shape_picture` gives those of shape-outside;
    `has_scripting`: scripts run, so that a canvas is a picture.
    """
    with DeepRecursion():
        builder = BoxTreeBuilder(document, styles, pictures, url_pictures or {}, has_scripting)
        builder.shape_picture = shape_picture
        return builder.run()


@final
class BoxTreeBuilder:
    """Walks the document once, in tree order."""

    def __init__(
        self,
        document: Document,
        styles: StyleTree,
        pictures: Mapping[Element, Picture],
        url_pictures: Mapping[str, Picture],
        has_scripting: bool,
    ) -> None:
        self.document: Final = document
        self.styles: Final = styles
        self.pictures: Final = pictures
        self.has_scripting: Final = has_scripting
        self.shape_picture: Callable[[CssImage], Picture | None] | None = None
        self.fixup: Final = Fixup()
        self.counters: Final = Counters()
        self.content: Final = ContentMaker(
            self.counters, styles.counter_styles, url_pictures, document.content_language
        )
        self.controls: Final = ControlMaker(self.fixup, styles)
        self.body: Final = document.body
        self.last_character: str = ""  # of the text before, in the same line

    def run(self) -> Box:
        """Build the tree and number its boxes."""
        root = self.document.root
        canvas = Box(BoxKind.BLOCK, INITIAL_STYLE)
        if root is not None:
            style = self.styles.style_of(root)
            if style is not None:
                canvas_style = BoxStyle()
                canvas_style.display = Display.BLOCK
                style = self._principal_flow(style)
                canvas = Box(
                    BoxKind.BLOCK,
                    ComputedStyle(style.inherited, canvas_style, INITIAL_STYLE.paint, style.variables),
                )
                self._node(root, canvas, canvas.children, self.document.content_language, 0)
                for child in canvas.children:
                    if child.element is root:
                        child.is_root = True
        _number(canvas)
        return canvas

    # --- Nodes ------------------------------------------------------------------------------------

    def _node(self, node: Node, parent: Box, out: list[Box], language: str, depth: int) -> None:
        if isinstance(node, Element):
            self._element(node, parent, out, language, depth)
        elif isinstance(node, Text):
            self._text(node.data, parent, out)

    def _text(self, data: str, parent: Box, out: list[Box]) -> None:
        if data:
            out.append(text_box(data, parent))

    def _element(self, element: Element, parent: Box, out: list[Box], language: str, depth: int) -> None:
        style = self.styles.style_of(element)
        if style is None:
            return
        display = style.box.display
        if display == Display.NONE:
            return
        if "lang" in element.attributes:
            language = element.get("lang")
        elif "xml:lang" in element.attributes:
            language = element.get("xml:lang")
        if display != Display.CONTENTS:  # no box, no counters
            self._count(element, style, depth)
        name = element.local_name
        if name == "embed" and not element.get("src") and not element.get("type"):
            return
        if display == Display.CONTENTS:
            if name not in ("br", "wbr", "img", "video", "canvas", "svg", "input", "select", "textarea"):
                self._children(element, style, parent, out, language, depth)
            self.counters.leave(depth)
            return
        if display != Display.INLINE or name == "br":
            self.last_character = ""
        if element.is_html("br") or element.is_html("wbr"):
            box = Box(BoxKind.LINE_BREAK if name == "br" else BoxKind.WORD_BREAK, style, element)
            box.language = language
            out.append(box)
            return
        if element is self.document.root:
            style = self._principal_flow(style)
        if element is self.body or element is self.document.root:
            style = self._viewport_overflow(element, style)
        box = self._principal_box(element, style, language, depth)
        self._shape(box)
        out.append(box)
        if display != Display.INLINE:
            self.last_character = ""
        if box.kind == BoxKind.INLINE and not box.contains_block:
            for child in box.children:
                if child.contains_block or (child.kind != BoxKind.TEXT and is_in_flow_block(child)):
                    box.contains_block = True
                    break

    def _principal_flow(self, style: ComputedStyle) -> ComputedStyle:
        """The root element's style with the principal writing mode: that of the body, where there is one.

        https://drafts.csswg.org/css-writing-modes-4/#principal-flow
        """
        body = self.body
        flow = None if body is None else self.styles.style_of(body)
        if flow is None or flow.box.contain or style.box.contain:
            return style
        source, inherited = flow.inherited, style.inherited
        if (
            source.writing_mode == inherited.writing_mode
            and source.direction == inherited.direction
            and source.text_orientation == inherited.text_orientation
        ):
            return style
        inherited = inherited.copy()
        inherited.writing_mode = source.writing_mode
        inherited.direction = source.direction
        inherited.text_orientation = source.text_orientation
        return ComputedStyle(inherited, style.box, style.paint, style.variables)

    def _principal_box(self, element: Element, style: ComputedStyle, language: str, depth: int) -> Box:
        """The box of an element with its contents."""
        picture, is_replaced = replaced_picture(element, self.pictures, self.has_scripting)
        if style.box.content.mode == ContentMode.LIST:
            replacement = self.content.replacement(element, style)
            if replacement is not None:
                picture, is_replaced = replacement, True
        if is_replaced:
            if picture is BROKEN_PICTURE or picture is EMPTY_PICTURE:
                picture, style = without_picture(element, picture, style)
            box = Box(BoxKind.REPLACED, style, element)
            box.language = language
            if style.inherited.zoom != 1.0 and picture is not None and picture.natural_width > 0.0:
                picture = picture.at_resolution(1.0 / style.inherited.zoom)
            box.picture = oriented(picture, style)
            box.media = media_of(element)
            self._origin(box)
            self.counters.leave(depth)
            return box
        control = self.controls.control(element)
        if control is not None:
            box = self.controls.box(element, style, control)
            box.language = language
            self._origin(box)
            if element.is_html("button"):
                self._button_contents(element, style, box, depth)
            elif control.kind == ControlKind.IMAGE:
                self.content.alt_text(element.get("alt") or element.get("value") or "Submit", box)
                self.fixup.finish(box)
            else:
                self.controls.fill(element, box)
            self.counters.leave(depth)
            return box
        fallback = has_fallback(element)
        if fallback and style.box.display == Display.INLINE and not self._keeps_fallback_size(style):
            # As in Chromium: the text is shown whole, whatever size the image was to have.
            style = unsized(style)
        elif fallback and style.box.display == Display.BLOCK:
            style = holding_icon(style)
        box = Box(BoxKind.BLOCK if fallback else box_kind(style), style, element)
        box.language = language
        self._origin(box)
        if element is self.body:
            box.is_body = True
        if box.kind == BoxKind.TABLE_CELL:
            box.column_span = min(parse_positive(element.get("colspan"), 1), MAX_COLSPAN)
            span = element.get("rowspan").strip()
            box.row_span = 0 if span == "0" else min(parse_positive(span, 1), MAX_ROWSPAN)
        elif box.kind == BoxKind.TABLE_COLUMN or box.kind == BoxKind.TABLE_COLUMN_GROUP:
            box.column_span = min(parse_positive(element.get("span"), 1), MAX_COLSPAN)
        if style.box.display in LIST_ITEMS:
            self._marker(element, style, box, depth)
        contained = style.box
        is_contained = bool(contained.contain or contained.content_visibility) and has_containment(
            style, "style"
        )
        quotes = self.content.quote_depth
        if is_contained:
            self.counters.contain(depth)
        if fallback:
            self.content.alt_text(fallback_text(element), box)
        else:
            self._children(element, style, box, box.children, language, depth)
        self.counters.leave(depth)
        if is_contained:
            self.counters.release()
            self.content.quote_depth = quotes
        if style.box.display == Display.BLOCK_RUBY:
            ruby = self.fixup.anonymous(BoxKind.INLINE, Display.RUBY, box)
            ruby.children = box.children
            box.children = [ruby]
        self._first_letter(element, box)
        if element.is_html("fieldset") and (box.kind == BoxKind.FLEX or box.kind == BoxKind.GRID):
            self._fieldset_contents(box)
        self.fixup.finish(box)
        first_line = self.styles.pseudo_style(element, PseudoElement.FIRST_LINE)
        if first_line is not None and box.kind in CONTAINERS:
            mark_first_line(box, first_line)
        return box

    def _fieldset_contents(self, box: Box) -> None:
        """Beside a rendered legend the contents of a flex or grid fieldset have a box of their own.

        https://html.spec.whatwg.org/multipage/rendering.html#anonymous-fieldset-content-box
        """
        legend = rendered_legend(box)
        if legend is None:
            return
        own = contents_style(box.style.box)
        inner = Box(
            box.kind, ComputedStyle(box.style.inherited, own, INITIAL_STYLE.paint, box.style.variables)
        )
        inner.language = box.language
        inner.children = [child for child in box.children if child is not legend]
        self.fixup.finish(inner)
        box.kind = BoxKind.BLOCK
        box.children = [legend, inner]

    def _keeps_fallback_size(self, style: ComputedStyle) -> bool:
        """In quirks mode an image with both sizes stays as large as they say (Blink's HTMLImageFallbackHelper)."""
        own = style.box
        return (
            self.document.mode == QuirksMode.QUIRKS and not own.width.is_auto() and not own.height.is_auto()
        )

    def _button_contents(self, element: Element, style: ComputedStyle, box: Box, depth: int) -> None:
        self._children(element, style, box, box.children, box.language, depth)
        self.fixup.finish(box)

    def _children(
        self, element: Element, style: ComputedStyle, box: Box, out: list[Box], language: str, depth: int
    ) -> None:
        """::before, the child nodes and ::after."""
        self._pseudo(element, PseudoElement.BEFORE, box, out, language, depth + 1)
        if element.is_html("optgroup"):
            out.append(self.controls.group_label(element, style, language))
        is_details = element.is_html("details")
        is_closed = is_details and "open" not in element.attributes
        summary: Element | None = None
        if is_details:
            # https://html.spec.whatwg.org/multipage/rendering.html#the-details-and-summary-elements
            for child in element.children:
                if isinstance(child, Element) and child.is_html("summary"):
                    summary = child
                    break
            if summary is None:
                out.append(self._default_summary(style, language, is_closed))
            else:
                self._element(summary, box, out, language, depth + 1)
        has_slot = is_closed or (is_details and box.kind in (BoxKind.FLEX, BoxKind.GRID))
        if has_slot:
            out.append(self._details_contents(element, summary, box, depth, is_hidden=is_closed))
        for node in element.children:
            if is_details and (has_slot or node is summary):
                continue
            if isinstance(node, Element):
                self._element(node, box, out, language, depth + 1)
            elif isinstance(node, Text) and node.data:
                before, self.last_character = self.last_character, node.data[-1]
                out.append(
                    text_box(node.data, box, before)
                    if box.style is style
                    else _text_of_contents(node.data, element, style, box)
                )
        self._pseudo(element, PseudoElement.AFTER, box, out, language, depth + 1)

    def _details_contents(
        self, element: Element, summary: Element | None, parent: Box, depth: int, *, is_hidden: bool
    ) -> Box:
        """The block of all that a <details> holds beside its summary.

        Where it is closed this is laid out like `content-visibility: hidden`, so that it has boxes.
        https://html.spec.whatwg.org/multipage/rendering.html#the-details-and-summary-elements
        """
        slot = self.fixup.anonymous(BoxKind.BLOCK, Display.BLOCK, parent)
        language = parent.language
        if not is_hidden:
            self._nodes_beside(element, summary, slot, language, depth)
            self.fixup.finish(slot)
            return slot
        own = slot.style.box.copy()
        own.content_visibility = ContentVisibility.HIDDEN
        slot.style = ComputedStyle(slot.style.inherited, own, slot.style.paint, slot.style.variables)
        kept = self.counters.values_of_all()
        self._nodes_beside(element, summary, slot, language, depth)
        self.counters.restore(kept)  # style containment
        self.fixup.finish(slot)
        return slot

    def _nodes_beside(
        self, element: Element, summary: Element | None, slot: Box, language: str, depth: int
    ) -> None:
        for node in element.children:
            if node is not summary:
                self._node(node, slot, slot.children, language, depth + 1)

    def _default_summary(self, style: ComputedStyle, language: str, is_closed: bool) -> Box:
        """What stands for the <summary> that a <details> does not have."""
        inherited = style.inherited.copy()
        inherited.list_style_type = "disclosure-closed" if is_closed else "disclosure-open"
        inherited.list_style_position = ListStylePosition.INSIDE
        own = BoxStyle()
        own.display = Display.LIST_ITEM
        box = Box(BoxKind.BLOCK, ComputedStyle(inherited, own, INITIAL_STYLE.paint, style.variables))
        box.language = language
        marker = self.content.marker(box.style, None, box, is_inside=True)
        if marker is not None:
            self.fixup.finish(marker)
            box.children.append(marker)
        box.children.append(text_box("Details", box))
        self.fixup.finish(box)
        return box

    @staticmethod
    def _origin(box: Box) -> None:
        if box.is_out_of_flow():
            box.is_block_level_origin = box.style.box.original_display not in INLINE_DISPLAYS

    def _shape(self, box: Box) -> None:
        """The picture that text flows around."""
        shape = box.style.box.shape_outside
        if shape is not None and shape.image is not None and self.shape_picture is not None:
            box.shape_picture = self.shape_picture(shape.image)

    # --- Generated content ------------------------------------------------------------------------

    def _pseudo(
        self,
        element: Element,
        pseudo: PseudoElement,
        parent: Box,
        out: list[Box],
        language: str,
        depth: int,
    ) -> None:
        style = self.styles.pseudo_style(element, pseudo)
        if style is None or style.box.display == Display.NONE or style.box.content.mode != ContentMode.LIST:
            return
        self.counters.apply(style.box, depth)
        if style.box.display in LIST_ITEMS and not _names_list_item(style):
            self.counters.increment("list-item", 1, depth)
        if style.box.display == Display.CONTENTS:
            self.content.fill(style, parent, out)
            return
        box = Box(box_kind(style), style, element, pseudo)
        box.language = language
        self._origin(box)
        self._shape(box)
        if style.box.display in LIST_ITEMS:
            self._marker(element, style, box, depth)
        self.content.fill(style, box, box.children)
        self.fixup.finish(box)
        out.append(box)

    def _marker(self, element: Element, style: ComputedStyle, box: Box, depth: int) -> None:
        """The ::marker of a list item (https://drafts.csswg.org/css-lists-3/#marker-pseudo)."""
        marker_style = (
            self.styles.pseudo_style(element, PseudoElement.MARKER)
            if box.pseudo == PseudoElement.NONE
            else None
        )
        is_inside = (
            style.inherited.list_style_position == ListStylePosition.INSIDE or box.kind == BoxKind.INLINE
        )
        marker = self.content.marker(style, marker_style, box, is_inside=is_inside)
        if marker is None:
            return
        self.fixup.finish(marker)
        box.children.insert(0, marker)

    def _first_letter(self, element: Element, box: Box) -> None:
        style = self.styles.pseudo_style(element, PseudoElement.FIRST_LETTER)
        if style is not None and box.kind in (BoxKind.BLOCK, BoxKind.TABLE_CELL, BoxKind.TABLE_CAPTION):
            split_first_letter(box, style, element)

    def _count(self, element: Element, style: ComputedStyle, depth: int) -> None:
        """Counters of an element, with those that HTML gives to lists.

        https://html.spec.whatwg.org/multipage/rendering.html#lists
        """
        box = style.box
        name = element.local_name
        if name in ("ol", "ul", "menu", "dir") and element.is_html(name):
            if not any(counter == "list-item" for counter, _ in box.counter_reset):
                self.counters.reset("list-item", _list_start(element) if name == "ol" else 0, depth)
        if box.counter_reset or box.counter_increment or box.counter_set:
            self.counters.apply(box, depth)
        if box.display in LIST_ITEMS:
            if not _names_list_item(style):
                parent = element.parent
                is_reversed = (
                    isinstance(parent, Element) and parent.is_html("ol") and "reversed" in parent.attributes
                )
                self.counters.increment("list-item", -1 if is_reversed else 1, depth)
            if element.is_html("li") and "value" in element.attributes:
                value = _integer(element.get("value"))
                if value is not None:
                    self.counters.set("list-item", value, depth)

    # --- The viewport -----------------------------------------------------------------------------

    def _viewport_overflow(self, element: Element, style: ComputedStyle) -> ComputedStyle:
        """Overflow of the root, or of the body where the root has none, is the viewport's.

        https://drafts.csswg.org/css-overflow-3/#overflow-propagation
        """
        box = style.box
        if box.overflow_x == Overflow.VISIBLE and box.overflow_y == Overflow.VISIBLE:
            return style
        root = self.document.root
        if element is not root:
            root_style = self.styles.style_of(root) if root is not None else None
            if root_style is None or root is None or not root.is_html("html"):
                return style
            if (
                root_style.box.overflow_x != Overflow.VISIBLE
                or root_style.box.overflow_y != Overflow.VISIBLE
                or root_style.box.contain
                or box.contain
            ):
                return style
        visible = box.copy()
        visible.overflow_x = Overflow.VISIBLE
        visible.overflow_y = Overflow.VISIBLE
        return ComputedStyle(style.inherited, visible, style.paint, style.variables)


CONTENTS_PARENTS: Final = frozenset((BoxKind.INLINE, BoxKind.FLEX, BoxKind.GRID))
"""Besides block containers: boxes in which text is laid out as it stands."""


def _text_of_contents(data: str, element: Element, style: ComputedStyle, box: Box) -> Box:
    """Text of an element with `display: contents`: as in Blink, an anonymous inline box holds its style."""
    text = text_box_of(data, style, box)
    if style.box.display == Display.CONTENTS:
        text.contents_element = element
    is_same = style.inherited is box.style.inherited
    if is_same or not data.strip() or (box.kind not in CONTENTS_PARENTS and box.kind not in CONTAINERS):
        return text
    inline = Box(BoxKind.INLINE, anonymous_style(style, Display.INLINE))
    inline.language = box.language
    inline.children.append(text)
    return inline


def _names_list_item(style: ComputedStyle) -> bool:
    for names in (style.box.counter_increment, style.box.counter_set):
        for name, _ in names:
            if name == "list-item":
                return True
    return False


def _integer(text: str) -> int | None:
    """https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-integers"""
    text = text.strip(" \t\n\f\r")
    sign = -1 if text.startswith("-") else 1
    text = text[1:] if text[:1] in ("-", "+") else text
    digits = ""
    for character in text:
        if character not in "0123456789":
            break
        digits += character
    if not digits or len(digits) > 10:
        return None
    return sign * int(digits)


def _list_start(element: Element) -> int:
    """The number before that of an <ol>'s first item."""
    start = _integer(element.get("start")) if "start" in element.attributes else None
    if "reversed" not in element.attributes:
        return start - 1 if start is not None else 0
    if start is None:
        start = len([child for child in element.element_children() if child.is_html("li")])
    return start + 1


def _number(root: Box) -> None:
    """Ids in tree order."""
    stack = [root]
    number = 0
    while stack:
        box = stack.pop()
        box.id = number
        number += 1
        if box.children:
            stack.extend(reversed(box.children))
