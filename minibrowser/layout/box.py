"""The box tree (https://drafts.csswg.org/css-display-4/#box-tree): what layout lays out.

Artifact: `Box`. Made by `box_tree.py` from the document and its styles, immutable afterwards. Anonymous
boxes are explicit, so that an algorithm meets only the children it expects:

- a block container holds either only block-level boxes, or only inline-level ones (`has_inline_children`);
  floats and out-of-flow boxes may stand among either;
- flex and grid containers hold only blockified items (text is wrapped in anonymous blocks);
- a table holds captions, column groups and columns, row groups; a row group rows; a row cells
  (https://drafts.csswg.org/css-tables-3/#fixup); the table box is wrapper and grid in one, as in Blink.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final, final

from ..css.computed_style import ComputedStyle
from ..css.keywords import Display, FloatKind, PositionKind
from ..css.style_tree import PseudoElement
from ..dom.node import Element


class BoxKind(IntEnum):
    """Which algorithm a box belongs to."""

    BLOCK = 0  # a block container: block, inline-block, list-item, flow-root, table cell contents ...
    INLINE = 1
    TEXT = 2
    LINE_BREAK = 3  # <br>
    WORD_BREAK = 4  # <wbr>
    REPLACED = 5
    FLEX = 6
    GRID = 7
    TABLE = 8
    TABLE_CAPTION = 9  # laid out as a block container
    TABLE_COLUMN_GROUP = 10
    TABLE_COLUMN = 11
    TABLE_ROW_GROUP = 12
    TABLE_ROW = 13
    TABLE_CELL = 14  # laid out as a block container
    OUTSIDE_MARKER = 15  # ::marker with list-style-position: outside; first child of its list item


class ControlKind(IntEnum):
    """Form controls that have a look and a natural size of their own."""

    NONE = 0
    TEXT_FIELD = 1  # text, search, url, tel, email, password, number
    TEXTAREA = 2
    CHECKBOX = 3
    RADIO = 4
    BUTTON = 5  # <button>, <input type=button|submit|reset>
    SELECT = 6  # drop-down
    LISTBOX = 7  # <select multiple> or with size
    RANGE = 8
    COLOR = 9
    FILE = 10
    DATE = 11  # date, time, datetime-local, month, week
    PROGRESS = 12
    METER = 13
    IMAGE = 14
    SLIDER_THUMB = 15  # of a range, where rules of the page style its parts


class MediaKind(IntEnum):
    """Elements that show controls."""

    NONE = 0
    VIDEO = 1
    AUDIO = 2


class PickerIcon(IntEnum):
    """What a page leaves of the icon at the end of a date field."""

    SHOWN = 0
    INVERTED = 1
    INVISIBLE = 2


class Picture:
    """What a replaced box shows, seen by layout: its natural dimensions (css-images-3 section 4).

    Subclasses carry what painting needs; layout reads only these three, and the alpha of shapes of text.

    Attributes:
        natural_width, natural_height: CSS px; -1.0 where there is none.
        natural_ratio: width / height; 0.0 where there is none.
    """

    def __init__(self, natural_width: float, natural_height: float, natural_ratio: float) -> None:
        self.natural_width: float = natural_width
        self.natural_height: float = natural_height
        self.natural_ratio: float = natural_ratio

    def at_resolution(self, resolution: float) -> Picture:
        """The same picture with so many image px for one CSS px, as image-set() says."""
        width, height = self.natural_width, self.natural_height
        return Picture(
            width / resolution if width > 0.0 else width,
            height / resolution if height > 0.0 else height,
            self.natural_ratio,
        )

    def unoriented(self) -> Picture:
        """The picture for `image-orientation: none`."""
        return self

    def alpha(self, width: int, height: int) -> bytes:
        """The opacity of each pixel of the picture drawn at this size, row by row; empty where it has no pixels."""
        return b"" if width <= 0 or height <= 0 else bytes([255]) * (width * height)


EMPTY_PICTURE: Final = Picture(0.0, 0.0, 0.0)
"""Of an image that could not be had, whose alternative text is empty."""
BROKEN_PICTURE: Final = Picture(16.0, 16.0, 0.0)
"""Chromium's icon for an image that could not be had."""
UNSOURCED_PICTURE: Final = Picture(0.0, 0.0, 0.0)
"""Of an image that names neither a source nor an alternative: a thin frame where both its sizes are given."""


@final
class Control:
    """The state of a form control that layout and paint need.

    Attributes:
        kind: which control.
        value: fraction of a range, progress or meter (0..1; -1.0 for an indeterminate progress).
        level: of a meter's value: 0 good, 1 fair, 2 poor.
        is_checked, is_indeterminate, is_disabled, is_placeholder: states.
        columns, rows: `size` of text fields, `cols` and `rows` of textareas, `size` of list boxes.
        type: the input's type keyword, for paint.
        color: of <input type=color>, as CSS text.
        decoration: px that a field's buttons add to its natural width.
        labels: the options of a drop-down: the widest makes its width.
        least_labels: those of `labels` that containment does not take away.
        icon: of a date field's picker.
        has_parts: rules of the page style its parts: these are boxes inside.
    """

    def __init__(self, kind: ControlKind, type_: str = "") -> None:
        self.kind: ControlKind = kind
        self.type: str = type_
        self.value: float = 0.0
        self.level: int = 0
        self.is_checked: bool = False
        self.is_indeterminate: bool = False
        self.is_disabled: bool = False
        self.is_placeholder: bool = False
        self.columns: int = 20
        self.rows: int = 1
        self.color: str = ""
        self.decoration: float = 0.0
        self.labels: tuple[str, ...] = ()
        self.least_labels: tuple[str, ...] = ()
        self.has_parts: bool = False
        self.icon: PickerIcon = PickerIcon.SHOWN

    def same(self, other: Control | None) -> bool:
        """Whether the other one is laid out and painted alike: every attribute counts."""
        return other is not None and (
            self.kind == other.kind
            and self.type == other.type
            and self.value == other.value
            and self.level == other.level
            and self.is_checked == other.is_checked
            and self.is_indeterminate == other.is_indeterminate
            and self.is_disabled == other.is_disabled
            and self.is_placeholder == other.is_placeholder
            and self.columns == other.columns
            and self.rows == other.rows
            and self.color == other.color
            and self.decoration == other.decoration
            and self.labels == other.labels
            and self.least_labels == other.least_labels
            and self.has_parts == other.has_parts
            and self.icon == other.icon
        )


@final
class Box:
    """A box.

    Attributes:
        kind, style: what and how.
        element: the element that generated it, None for text and anonymous boxes.
        pseudo: which pseudo-element of `element` it is of.
        children: in order; text boxes have none.
        text: of TEXT: the text as in the document, after text-transform, before white-space processing.
        picture: of REPLACED: what it shows; None for an image that is not there.
        media: of REPLACED: whose controls it shows.
        shape_picture: the picture that shape-outside names.
        control: the form control that it is, None otherwise.
        has_inline_children: of block containers: an inline formatting context.
        is_block_level_origin: of out-of-flow boxes: block-level before their position blockified them; it
            decides their static position.
        contains_block: of inline boxes, while the tree is made: a block-level box is somewhere inside.
        split_inlines: the elements of inline boxes that this block has split; their client rectangles hold it.
        split_by: of such a block: the inline boxes themselves, as they were whole, the innermost first.
        whole: of a part of a split inline box: the box as it was.
        split_in: of an inline box that was split: the block container that holds the parts.
        truncates_text: of block containers: `text-overflow: ellipsis` is in effect for its lines.
        indents_first_line: of block containers: its first line is the first formatted line of the element
            (anonymous blocks behind a sibling are not indented).
        contents_element: of TEXT: the element with `display: contents` that it is in, which is nobody's box.
        first_line: of block containers: the style of its first line, where ::first-line gives it one.
        is_body: the body element's box (quirks; background and overflow are handed to the viewport).
        is_root: the root element's box.
        is_column_spanner: it has `column-span: all`, and is in the flow of a multi-column container.
        language: the content language (BCP 47), "" when unknown.
        has_start_edge, has_end_edge: of inline boxes that a block inside them has split in parts
            (https://drafts.csswg.org/css2/#anonymous-block-level): which of the ends this part holds.
        column_span, row_span: of table cells (row_span 0: to the end), and `span` of columns.
        id: a number unique in the tree, in tree order.
    """

    __slots__ = (
        "children",
        "column_span",
        "contains_block",
        "contents_element",
        "control",
        "element",
        "first_line",
        "has_end_edge",
        "has_inline_children",
        "has_start_edge",
        "id",
        "indents_first_line",
        "is_block_level_origin",
        "is_body",
        "is_column_spanner",
        "is_root",
        "kind",
        "language",
        "media",
        "picture",
        "pseudo",
        "row_span",
        "shape_picture",
        "split_by",
        "split_in",
        "split_inlines",
        "style",
        "text",
        "truncates_text",
        "whole",
    )

    def __init__(
        self,
        kind: BoxKind,
        style: ComputedStyle,
        element: Element | None = None,
        pseudo: PseudoElement = PseudoElement.NONE,
    ) -> None:
        self.kind: BoxKind = kind
        self.style: ComputedStyle = style
        self.element: Element | None = element
        self.pseudo: PseudoElement = pseudo
        self.media: MediaKind = MediaKind.NONE
        self.children: list[Box] = []
        self.text: str = ""
        self.picture: Picture | None = None
        self.shape_picture: Picture | None = None
        self.control: Control | None = None
        self.has_inline_children: bool = False
        self.has_start_edge: bool = True
        self.has_end_edge: bool = True
        self.is_block_level_origin: bool = True
        self.truncates_text: bool = False
        self.contains_block: bool = False
        self.contents_element: Element | None = None
        self.split_inlines: tuple[Element, ...] = ()
        self.split_by: tuple[Box, ...] = ()
        self.whole: Box | None = None
        self.split_in: Box | None = None
        self.indents_first_line: bool = True
        self.first_line: ComputedStyle | None = None
        self.is_body: bool = False
        self.is_root: bool = False
        self.is_column_spanner: bool = False
        self.language: str = ""
        self.column_span: int = 1
        self.row_span: int = 1
        self.id: int = 0

    def is_out_of_flow(self) -> bool:
        """Whether it is absolutely or fixed positioned. Text has its parent's style, and is never."""
        if self.kind == BoxKind.TEXT:
            return False
        position = self.style.box.position
        return position == PositionKind.ABSOLUTE or position == PositionKind.FIXED

    def is_floating(self) -> bool:
        """Whether it floats."""
        return (
            self.style.box.float_ != FloatKind.NONE
            and self.kind != BoxKind.TEXT
            and not self.is_out_of_flow()
        )

    def is_positioned(self) -> bool:
        """Whether its position is anything but static."""
        return self.kind != BoxKind.TEXT and self.style.box.position != PositionKind.STATIC

    def is_inline_level(self) -> bool:
        """Whether it takes part in an inline formatting context (floats and out-of-flow boxes do not)."""
        kind = self.kind
        if kind <= BoxKind.WORD_BREAK and kind != BoxKind.BLOCK:
            return True
        display = self.style.box.display
        return (
            display == Display.INLINE
            or display == Display.INLINE_BLOCK
            or display == Display.INLINE_FLEX
            or display == Display.INLINE_GRID
            or display == Display.INLINE_TABLE
            or display == Display.WEBKIT_INLINE_BOX
            or display == Display.INLINE_LIST_ITEM
            or display == Display.INLINE_FLOW_ROOT_LIST_ITEM
        )

    def __repr__(self) -> str:
        name = self.element.local_name if self.element is not None else "anonymous"
        if self.pseudo != PseudoElement.NONE:
            name += "::" + self.pseudo.name.lower().replace("_", "-")
        text = f" {self.text[:30]!r}" if self.kind == BoxKind.TEXT else ""
        return f"<Box {self.kind.name} {name}{text}>"
