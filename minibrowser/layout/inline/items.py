"""Inline items: the content of an inline formatting context as one text and a flat list (as Blink's InlineItem).

Atomic inlines stand in the text as U+FFFC and forced breaks as U+000A, so that line breaking, bidi and
justification see one string. Opening and closing tags, floats and positioned boxes take no character.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final, final

from ...css.computed_style import ComputedStyle
from ...text.shaping import ShapeResult
from ..box import Box
from ..text_style import TextStyle

OBJECT_REPLACEMENT: Final = "\ufffc"


class ItemKind(IntEnum):
    """What an inline item is."""

    TEXT = 0
    TAB = 1  # one preserved tab
    BREAK = 2  # a forced break: <br> or a preserved newline
    OPEN = 3  # the start of an inline box
    CLOSE = 4
    ATOMIC = 5  # inline-block, replaced, ...
    FLOAT = 6
    OUT_OF_FLOW = 7
    CONTROL = 8  # a bidi control or <wbr>: a character without a picture
    OPEN_COLUMN = 9  # the start of a ruby column's base
    CLOSE_COLUMN = 10


@final
class RubyColumn:
    """A ruby base with its annotation (https://drafts.csswg.org/css-ruby-1/#ruby-columns), on both of its edge items.

    Attributes:
        annotation: the ruby text box; None for a base without one.
        level: 1 for what is next to the base, more around bases that have annotations themselves.
    """

    __slots__ = ("annotation", "level")

    def __init__(self) -> None:
        self.annotation: Box | None = None
        self.level: int = 1


@final
class InlineItem:
    """One item.

    Attributes:
        kind, box: of what; TEXT: the text box; BREAK: the <br>, or the text box of a preserved newline.
        start, end: its characters in the context's text.
        style: the text style in effect: of OPEN and CLOSE the inline box's own, of ATOMIC the parent's.
        shape: of TEXT, its offsets counted from `start`; None until shaped.
        combined: of TEXT: what stands there as one character (`text-combine-upright`); "" for all other text.
        level: the bidi embedding level.
        graphemes: of TEXT whose words may be broken anywhere: one byte for each character, 1 where a line may end
            before it; None until a line asks.
        column: of the edges of ruby columns.
    """

    __slots__ = ("box", "column", "combined", "end", "graphemes", "kind", "level", "shape", "start", "style")

    def __init__(self, kind: ItemKind, box: Box, start: int, end: int, style: TextStyle) -> None:
        self.kind: Final = kind
        self.box: Final = box
        self.start: Final = start
        self.end: Final = end
        self.style: Final = style
        self.shape: ShapeResult | None = None
        self.combined: str = ""
        self.level: int = 0
        self.graphemes: bytearray | None = None
        self.column: RubyColumn | None = None

    def __repr__(self) -> str:
        return f"<InlineItem {self.kind.name} {self.start}..{self.end} {self.box!r}>"


@final
class InlineItems:
    """The content of one inline formatting context.

    Attributes:
        text: white space collapsed, one character for each atomic inline and forced break.
        items: in order.
        breaks: one byte for each character: 1 where a line may end before it.
        has_marks: whether any text has emphasis marks.
        is_bidi: whether any character is at a level other than 0.
        base_level: of the paragraph: 1 in rtl.
        style: of the block container: the root inline box.
        styles: of a first line: the styles that its inline boxes have there, by their ids.
        first_line: of a first line: the fictional inline box around it; None on other lines.
        annotations: the content of ruby text boxes, by their ids; empty where there is no ruby.
        base_breaks: as `breaks`, with those inside of ruby bases.
        moved_floats: by the ids of floats in relatively positioned inline boxes: these boxes.
        has_clones: an inline box has its edges on each line (`box-decoration-break: clone`).
    """

    __slots__ = (
        "annotations",
        "base_breaks",
        "base_level",
        "breaks",
        "first_line",
        "has_clones",
        "has_marks",
        "is_bidi",
        "items",
        "moved_floats",
        "style",
        "styles",
        "text",
    )

    def __init__(self, text: str, items: list[InlineItem], style: TextStyle) -> None:
        self.text: Final = text
        self.items: list[InlineItem] = items
        self.style: Final = style
        self.breaks: bytearray = bytearray(len(text) + 1)
        self.is_bidi: bool = False
        self.has_marks: bool = False
        self.base_level: int = 0
        self.styles: dict[int, ComputedStyle] = {}
        self.first_line: Box | None = None
        self.annotations: dict[int, InlineItems] = {}
        self.base_breaks: bytearray = self.breaks
        self.has_clones: bool = False
        self.moved_floats: dict[int, tuple[Box, ...]] = {}

    def style_of(self, box: Box) -> ComputedStyle:
        """The style of an inline box on these lines."""
        if not self.styles:
            return box.style
        return self.styles.get(box.id, box.style)
