"""From the boxes of an inline formatting context to its items.

White space: https://drafts.csswg.org/css-text-3/#white-space-phase-1 ; bidi controls for inline boxes:
https://drafts.csswg.org/css-writing-modes-4/#unicode-bidi
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, final

from ...css.computed_style import ComputedStyle
from ...css.keywords import (
    BoxDecorationBreak,
    Direction,
    Display,
    Hyphens,
    LineBreak,
    PositionKind,
    UnicodeBidi,
    WordBreak,
)
from ...text import enums as text_enums
from ...text.bidi import levels, needs_bidi
from ...text.line_break import break_opportunities
from ..box import Box, BoxKind
from ..driver import LayoutContext
from ..text_style import TextStyle
from .items import OBJECT_REPLACEMENT, InlineItem, InlineItems, ItemKind, RubyColumn
from .shape_items import shape_items

COLLAPSIBLE: Final = re.compile(r"[ \t\n\r]+")
SPACES_AROUND_BREAK: Final = re.compile(r"[ \t]*(?:\r\n|[\n\r])[ \t\n\r]*")
SPACES_AND_TABS: Final = re.compile(r"[ \t]+")
SPACES: Final = ("", " ", "\t", "\n")
PRESERVED: Final = re.compile(r"[\t\n\r]|[^\t\n\r]+")

LTR_EMBEDDING: Final = "\u202a"
RTL_EMBEDDING: Final = "\u202b"
POP_FORMATTING: Final = "\u202c"
LTR_OVERRIDE: Final = "\u202d"
RTL_OVERRIDE: Final = "\u202e"
LTR_ISOLATE: Final = "\u2066"
RTL_ISOLATE: Final = "\u2067"
FIRST_STRONG_ISOLATE: Final = "\u2068"
POP_ISOLATE: Final = "\u2069"
POPS: Final = (POP_FORMATTING, POP_ISOLATE)
BIDI_CONTROLS: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def bidi_controls(style: ComputedStyle) -> tuple[str, str]:
    """The control characters before and after an inline box's content."""
    kind = style.box.unicode_bidi
    if kind == UnicodeBidi.NORMAL:
        return "", ""
    rtl = style.inherited.direction == Direction.RTL
    if kind == UnicodeBidi.EMBED:
        return (RTL_EMBEDDING if rtl else LTR_EMBEDDING), POP_FORMATTING
    if kind == UnicodeBidi.ISOLATE:
        return (RTL_ISOLATE if rtl else LTR_ISOLATE), POP_ISOLATE
    if kind == UnicodeBidi.PLAINTEXT:
        return FIRST_STRONG_ISOLATE, POP_ISOLATE
    if kind == UnicodeBidi.BIDI_OVERRIDE:
        return (RTL_OVERRIDE if rtl else LTR_OVERRIDE), POP_FORMATTING
    override = RTL_OVERRIDE if rtl else LTR_OVERRIDE
    return FIRST_STRONG_ISOLATE + override, POP_FORMATTING + POP_ISOLATE


def _is_wide(character: str) -> bool:
    """East Asian wide, but no Hangul: a newline between two such is dropped (css-text-3 section 4.1.3)."""
    return (
        character > "\u2e7f"
        and unicodedata.east_asian_width(character) in "FWH"
        and not ("\uac00" <= character <= "\ud7a3" or "\u1100" <= character <= "\u11ff")
    )


@final
class Collector:
    """Walks the inline boxes of one block container."""

    def __init__(self, context: LayoutContext, container: Box) -> None:
        self.context: Final = context
        self.container: Final = container
        self.length: int = 0
        self.items: Final[list[InlineItem]] = []
        self.texts: Final[list[str]] = []  # of each item
        # Collapsing: whether the text so far ends in a collapsible space (or is at a line's start, where
        # one would be dropped), and which item holds that space.
        self.after_space: bool = True
        self.space_item: int = -1
        self.ends_in_space: bool = False  # before that space was dropped
        self.has_controls: bool = False
        self.has_combined: bool = False
        self.has_marks: bool = False
        self.atomics: Final[list[int]] = []
        self.word_breaks: Final[list[int]] = []
        self.wrap_edges: Final[set[int]] = set()
        self.annotations: Final[dict[int, InlineItems]] = {}
        self.has_clones: bool = False
        self.relative: Final[list[Box]] = []  # relatively positioned boxes around the item at hand
        self.moved_floats: Final[dict[int, tuple[Box, ...]]] = {}
        self.column_depth: int = 0  # levels of annotations around the bases so far

    def run(self) -> InlineItems:
        """Collect, then find breaks and bidi levels, then shape."""
        style = self.context.texts.of(self.container.style, self.container.language)
        controls = ("", "")
        if self.container.style.box.unicode_bidi in (
            UnicodeBidi.BIDI_OVERRIDE,
            UnicodeBidi.ISOLATE_OVERRIDE,
        ):
            controls = bidi_controls(self.container.style)
            self._control(self.container, controls[0], style)
        for child in self.container.children:
            if child.kind != BoxKind.OUTSIDE_MARKER or child.is_inline_level():
                self._box(child, style)
        self._control(self.container, controls[1], style)
        self.ends_in_space = self.after_space
        self._drop_trailing_space()
        data = InlineItems("".join(self.texts), self.items, style)
        self._find_breaks(data)
        if self.annotations:
            data.annotations = self.annotations
            self._keep_bases_whole(data)
        data.has_clones = self.has_clones
        data.moved_floats = self.moved_floats
        data.has_marks = self.has_marks
        self._find_levels(data)
        shape_items(data, self.context.texts.shaper)
        return data

    # --- Collection -------------------------------------------------------------------------------

    def _box(self, box: Box, parent: TextStyle) -> None:
        kind = box.kind
        if kind == BoxKind.TEXT:
            self._text(box, parent)
        elif box.is_out_of_flow():
            self._add(ItemKind.OUT_OF_FLOW, box, "", parent)
        elif box.is_floating():
            self._add(ItemKind.FLOAT, box, "", parent)
            if self.relative:
                self.moved_floats[box.id] = tuple(self.relative)
        elif kind == BoxKind.INLINE:
            self._inline(box, parent)
        elif kind == BoxKind.LINE_BREAK:
            self._drop_trailing_space()
            self._add(ItemKind.BREAK, box, "\n", self.context.texts.of(box.style, box.language))
            self.after_space, self.space_item = True, -1
        elif kind == BoxKind.WORD_BREAK:
            self.word_breaks.append(self.length)
        else:
            self._opaque(ItemKind.ATOMIC, box, parent)
            if kind == BoxKind.OUTSIDE_MARKER and box.picture is None:
                self.after_space = True  # a symbol's text ends in one

    def _inline(self, box: Box, parent: TextStyle) -> None:
        style = self.context.texts.of(box.style, box.language)
        self._add(ItemKind.OPEN, box, "", style)
        if box.style.box.box_decoration_break == BoxDecorationBreak.CLONE:
            self.has_clones = True
        is_relative = box.style.box.position == PositionKind.RELATIVE
        if is_relative:
            self.relative.append(box)
        before, after = bidi_controls(box.style)
        self._control(box, before, style)
        if box.style.box.display == Display.RUBY:
            self._columns(box, style)
        else:
            for child in box.children:
                self._box(child, style)
        self._control(box, after, style)
        if is_relative:
            self.relative.pop()
        self._add(ItemKind.CLOSE, box, "", style)
        if parent.wraps:
            self.wrap_edges.add(self.length)

    def _columns(self, ruby: Box, style: TextStyle) -> None:
        """The bases in a ruby box, each with the ruby text that follows it.

        White space collapses through the annotations in the order of the document, as in Blink.
        """
        column: RubyColumn | None = None
        outer_depth, deepest = self.column_depth, 0
        for child in ruby.children:
            if column is None:
                column = RubyColumn()
                self.column_depth = 0
                self._column_edge(ItemKind.OPEN_COLUMN, ruby, column, style)
            if not is_ruby_text(child):
                self._box(child, style)
                continue
            inner = Collector(self.context, child)
            inner.after_space = self.after_space
            self.annotations[child.id] = inner.run()
            if inner.length:
                self.after_space, self.space_item = inner.ends_in_space, -1
            self.annotations.update(inner.annotations)
            column.annotation, column.level = child, self.column_depth + 1
            deepest = max(deepest, column.level)
            self._column_edge(ItemKind.CLOSE_COLUMN, ruby, column, style)
            column = None
        if column is not None:
            deepest = max(deepest, self.column_depth)
            self._column_edge(ItemKind.CLOSE_COLUMN, ruby, column, style)
        self.column_depth = max(outer_depth, deepest)

    def _column_edge(self, kind: ItemKind, ruby: Box, column: RubyColumn, style: TextStyle) -> None:
        self._add(kind, ruby, "", style)
        self.items[-1].column = column

    def _control(self, box: Box, characters: str, style: TextStyle) -> None:
        for character in characters:
            self.has_controls = True
            self._add(ItemKind.CONTROL, box, character, style)

    def _add(self, kind: ItemKind, box: Box, text: str, style: TextStyle) -> None:
        start = self.length
        self.length += len(text)
        self.texts.append(text)
        self.items.append(InlineItem(kind, box, start, self.length, style))

    def _text(self, box: Box, style: TextStyle) -> None:
        text = box.text
        if not text:
            return
        if style.style.text_emphasis_style:
            self.has_marks = True
        if style.combines:
            self._combined(box, text, style)
            return
        if style.collapses_spaces:
            if style.preserves_breaks:
                self._preserve_breaks(box, text, style)
            else:
                self._collapsed(box, text, style)
            return
        self._preserved(box, text, style)

    def _combined(self, box: Box, text: str, style: TextStyle) -> None:
        """`text-combine-upright: all`: the text is laid out by itself, and is one character here."""
        if style.collapses_spaces:
            text = COLLAPSIBLE.sub(" ", text).strip(" ") or " "
        self._opaque(ItemKind.TEXT, box, style)
        self.items[-1].combined = text
        self.has_combined = True

    def _opaque(self, kind: ItemKind, box: Box, style: TextStyle) -> None:
        """Something that takes the place of one character among the text around it."""
        self.atomics.append(self.length)
        if style.wraps:
            self.wrap_edges.add(self.length)
            self.wrap_edges.add(self.length + 1)
        self._add(kind, box, OBJECT_REPLACEMENT, style)
        self.after_space, self.space_item = False, -1

    def _collapsed(self, box: Box, text: str, style: TextStyle) -> None:
        """`white-space-collapse: collapse`."""
        if not text.isascii() and "\n" in text:
            text = self._drop_wide_newlines(text)
        text = COLLAPSIBLE.sub(" ", text)
        if self.after_space and text.startswith(" "):
            text = text[1:]
        if not text:
            return
        self._add_text(box, text, style)

    def _add_text(self, box: Box, text: str, style: TextStyle) -> None:
        if style.wraps:
            self.wrap_edges.add(self.length)
            self.wrap_edges.add(self.length + len(text))
        self._add(ItemKind.TEXT, box, text, style)
        self.after_space = style.collapses_spaces and text.endswith(" ")
        self.space_item = len(self.items) - 1 if self.after_space else -1

    def _drop_wide_newlines(self, text: str) -> str:
        def replace(match: re.Match[str]) -> str:
            start, end = match.span()
            if start > 0 and end < len(text) and _is_wide(text[start - 1]) and _is_wide(text[end]):
                return ""
            return " "

        return SPACES_AROUND_BREAK.sub(replace, text)

    def _preserve_breaks(self, box: Box, text: str, style: TextStyle) -> None:
        """`white-space: pre-line`."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for index, line in enumerate(lines):
            if index:
                self._drop_trailing_space()
                self._add(ItemKind.BREAK, box, "\n", style)
                self.after_space, self.space_item = True, -1
            line = SPACES_AND_TABS.sub(" ", line)
            if self.after_space and line.startswith(" "):
                line = line[1:]
            if line:
                self._add_text(box, line, style)

    def _preserved(self, box: Box, text: str, style: TextStyle) -> None:
        """`pre`, `pre-wrap`, `break-spaces`, `preserve-spaces`."""
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not style.preserves_breaks:
            text = text.replace("\n", " ").replace("\t", " ")
        if "\n" not in text and "\t" not in text:
            self._add_text(box, text, style)
            return
        for match in PRESERVED.finditer(text):
            piece = match.group()
            if piece == "\n":
                self._add(ItemKind.BREAK, box, "\n", style)
                self.after_space, self.space_item = True, -1
            elif piece == "\t":
                if style.wraps:
                    self.wrap_edges.add(self.length)
                    self.wrap_edges.add(self.length + 1)
                self._add(ItemKind.TAB, box, "\t", style)
                self.after_space, self.space_item = False, -1
            else:
                self._add_text(box, piece, style)

    def _drop_trailing_space(self) -> None:
        """A collapsible space before a forced break or the end of the context goes away."""
        index = self.space_item
        if index < 0:
            return
        self.space_item = -1
        self.after_space = False
        item = self.items[index]
        # The space is the last character of its item, and only tags and controls can have come since.
        self.length -= 1
        self.texts[index] = self.texts[index][:-1]
        self.items[index] = _moved(item, item.start, item.end - 1)
        for later in range(index + 1, len(self.items)):
            other = self.items[later]
            self.items[later] = _moved(other, other.start - 1, other.end - 1)
        if item.end in self.wrap_edges:
            self.wrap_edges.add(item.end - 1)
        if item.end - 1 == item.start:
            del self.items[index]
            del self.texts[index]

    # --- Breaks and levels ------------------------------------------------------------------------

    def _find_breaks(self, data: InlineItems) -> None:
        text = data.text
        if not text:
            return
        # Atomics are looked at below; for the rules of text around them they are letters.
        plain = text.replace(OBJECT_REPLACEMENT, "x") if self.atomics else text
        groups: list[tuple[_BreakRules, list[InlineItem]]] = []
        for item in data.items:
            if item.kind != ItemKind.TEXT and item.kind != ItemKind.TAB:
                continue
            rules = _BreakRules(item.style, item.box.language)
            for other, members in groups:
                if other.same(rules):
                    members.append(item)
                    break
            else:
                groups.append((rules, [item]))
        flags = bytearray(len(text))
        if len(groups) == 1:
            flags = groups[0][0].find(plain)
        else:
            for rules, members in groups:
                found = rules.find(plain)
                for item in members:
                    end = item.end + 1
                    while self.has_controls and end < len(text) and text[end - 1] in BIDI_CONTROLS:
                        end += 1
                    flags[item.start + 1 : end] = found[item.start + 1 : end]
        flags = flags[: len(text)]
        flags.append(0)
        for offset in self.word_breaks:
            if 0 < offset < len(text):
                flags[offset] = 1
        # Whatever stands beside them, even U+00A0 (https://drafts.csswg.org/css-text-3/#line-break-details); spaces
        # stay with what they follow, unless they are in text that does not wrap.
        for offset in self.atomics:
            flags[offset] = 1
            flags[offset + 1] = 0 if text[offset + 1 : offset + 2] in SPACES else 1
        if self.has_combined:
            _break_around_combined(data, flags)
        if self.has_controls:
            _break_around_controls(data, flags)
        edges = self.wrap_edges
        for item in data.items:
            start, end = item.start, item.end
            if item.kind == ItemKind.TEXT and not item.style.wraps:
                for offset in range(start + 1, end):
                    flags[offset] = 0
                if start > 0 and text[start - 1] == OBJECT_REPLACEMENT and start in edges:
                    flags[start] = 1
            elif item.kind == ItemKind.BREAK:
                flags[start] = 0
                flags[end] = 0
                continue
            if not item.style.wraps and end > start:
                if start not in edges:
                    flags[start] = 0
                if end not in edges:
                    flags[end] = 0
        flags[0] = 0
        data.breaks = flags

    def _keep_bases_whole(self, data: InlineItems) -> None:
        """Lines may be broken in a ruby base, but only where the line breaker breaks the annotation with it."""
        data.base_breaks = bytearray(data.breaks)
        starts: list[int] = []
        for item in data.items:
            if item.kind == ItemKind.OPEN_COLUMN:
                starts.append(item.start)
            elif item.kind == ItemKind.CLOSE_COLUMN:
                for offset in range(starts.pop() + 1, item.start):
                    data.breaks[offset] = 0

    def _find_levels(self, data: InlineItems) -> None:
        """UAX 9 for each bidi paragraph (between forced breaks); items are split where the level changes."""
        text = data.text
        style = self.container.style
        is_rtl = style.inherited.direction == Direction.RTL
        data.base_level = 1 if is_rtl else 0
        plaintext = style.box.unicode_bidi == UnicodeBidi.PLAINTEXT
        if not is_rtl and not self.has_controls and not needs_bidi(text):
            return
        base = text_enums.Direction.RTL if is_rtl else text_enums.Direction.LTR
        if plaintext:
            base = text_enums.Direction.AUTO
        all_levels: list[int] = []
        for paragraph in text.split("\n"):
            found = levels(paragraph, base)
            all_levels.extend(found if found is not None else [data.base_level] * len(paragraph))
            all_levels.append(data.base_level)
        data.is_bidi = True
        split: list[InlineItem] = []
        for item in data.items:
            if item.kind != ItemKind.TEXT:
                at = item.start - 1 if item.kind == ItemKind.CLOSE_COLUMN and item.start > 0 else item.start
                item.level = all_levels[at] if at < len(all_levels) else data.base_level
                split.append(item)
                continue
            start = item.start
            while start < item.end:
                level = all_levels[start]
                end = start + 1
                while end < item.end and all_levels[end] == level:
                    end += 1
                piece = item if start == item.start and end == item.end else _moved(item, start, end)
                piece.level = level
                split.append(piece)
                start = end
        data.items = split


def is_ruby_text(box: Box) -> bool:
    """Whether a child of a ruby box is an annotation."""
    return (
        box.kind == BoxKind.INLINE
        and box.style.box.display == Display.RUBY_TEXT
        and not box.is_out_of_flow()
        and not box.is_floating()
    )


def _break_around_combined(data: InlineItems, flags: bytearray) -> None:
    """Combined text breaks from what stands beside it as its own characters would, as in Blink."""
    text = data.text
    combined = {item.start: item for item in data.items if item.combined}
    for offset, item in combined.items():
        rules = _BreakRules(item.style, item.box.language)
        content = item.combined
        if offset > 0:
            other = combined.get(offset - 1)
            before = text[offset - 1] if other is None else other.combined[-1]
            if before != OBJECT_REPLACEMENT:
                flags[offset] = rules.find(before + content[0])[1]
        if offset + 1 < len(text) and offset + 1 not in combined and text[offset + 1] != OBJECT_REPLACEMENT:
            flags[offset + 1] = rules.find(content[-1] + text[offset + 1])[1]


def _break_around_controls(data: InlineItems, flags: bytearray) -> None:
    """Controls of inline boxes begin a line with what is in the box, and end it with what was."""
    text = data.text
    controls = {item.start for item in data.items if item.kind == ItemKind.CONTROL}
    for first in controls:
        if first - 1 in controls:
            continue
        place = end = first
        depth = 0
        may_break = flags[first]
        while end in controls:
            if text[end] not in POPS:
                depth += 1
            else:
                depth = max(depth - 1, 0)
                if depth == 0:
                    place = end + 1
            flags[end] = 0
            end += 1
            may_break |= flags[end]
        flags[end] = 0
        flags[place] = may_break


def _moved(item: InlineItem, start: int, end: int) -> InlineItem:
    moved = InlineItem(item.kind, item.box, start, end, item.style)
    moved.column = item.column
    moved.combined = item.combined
    return moved


@final
class _BreakRules:
    """The properties that decide where a text may be broken."""

    def __init__(self, style: TextStyle, language: str) -> None:
        inherited = style.style
        self.language: Final = language
        self.word_break: Final[WordBreak] = inherited.word_break
        self.line_break: Final[LineBreak] = inherited.line_break
        self.every_space: Final = style.breaks_spaces
        self.soft_hyphens: Final = inherited.hyphens != Hyphens.NONE

    def same(self, other: _BreakRules) -> bool:
        """Whether one call gives the breaks of both."""
        return (
            self.word_break == other.word_break
            and self.line_break == other.line_break
            and self.every_space == other.every_space
            and self.soft_hyphens == other.soft_hyphens
            and self.language == other.language
        )

    def find(self, text: str) -> bytearray:
        """The break opportunities of the whole text by these rules."""
        return break_opportunities(
            text,
            text_enums.WordBreak(int(self.word_break)),
            text_enums.LineBreakStrictness(int(self.line_break)),
            self.language,
            self.every_space,
            self.soft_hyphens,
        )
