"""Min- and max-content sizes of an inline formatting context (https://drafts.csswg.org/css-sizing-3/#intrinsic)."""

from __future__ import annotations

import math
from typing import Final, final

from ...css.keywords import Clear, OverflowWrap, WordBreak
from ...css.values import LengthKind
from ...text.line_break import grapheme_flags
from ..box import Box
from ..constraint_space import INDEFINITE, ConstraintSpace, MinMaxSizes
from ..driver import LayoutContext
from ..floats import clears, is_left_float
from ..logical import WritingDirection, writing_direction
from ..sizing import min_max_contribution, resolve, resolve_margins
from .edges import inline_edges
from .items import InlineItem, InlineItems, ItemKind
from .line_breaker import LineBreaker
from .measure import tab_width, text_width


@final
class InlineSizer:
    """Adds items up, once for both sizes."""

    def __init__(
        self, context: LayoutContext, container: Box, data: InlineItems, direction: WritingDirection
    ) -> None:
        self.context: Final = context
        self.container: Final = container
        self.data: Final = data
        self.direction: Final = direction
        self.min: float = 0.0
        self.max: float = 0.0
        self.segment: float = 0.0  # unbreakable so far
        self.line: float = 0.0  # between forced breaks, so far
        self.trailing: float = 0.0  # space at the end of both that hangs or goes away
        self.trailing_collapses: bool = True  # it goes away; what is preserved counts for max-content
        self.floats_left: float = 0.0
        self.floats_right: float = 0.0
        self.ended_at: int = -1  # the last offset where a segment ended in front of an item
        self.is_at_start: bool = True
        self.percentage_block: float = INDEFINITE  # the container's definite content height
        self.column_widths: dict[int, float] = {}  # of ruby, by the index of their first item

    def run(self) -> MinMaxSizes:
        """The content-box sizes."""
        indent = resolve_indent(self.container, 0.0)
        self.segment = self.line = indent
        if self.data.annotations:
            self._measure_columns()
        column_end = 0
        for index, item in enumerate(self.data.items):
            kind = item.kind
            if index < column_end:
                continue
            if kind == ItemKind.TEXT:
                self._text(item)
            elif kind == ItemKind.OPEN or kind == ItemKind.CLOSE:
                edges = inline_edges(item.box, 0.0)
                width = edges.start if kind == ItemKind.OPEN else edges.end
                if width != 0.0:
                    if kind == ItemKind.OPEN:
                        self._break_before(item.start)
                    self.segment += width
                    self.line += width
                    if kind == ItemKind.CLOSE:
                        self.trailing = 0.0
            elif kind == ItemKind.ATOMIC:
                self._atomic(item)
            elif kind == ItemKind.BREAK:
                self._end_line()
            elif kind == ItemKind.CONTROL:
                self._break_before(item.start)
            elif kind == ItemKind.TAB:
                width = tab_width(item.style, self.line)
                self._add(width, item.start)
            elif kind == ItemKind.FLOAT:
                self._float(item.box)
            elif kind == ItemKind.OPEN_COLUMN and index in self.column_widths:
                self._add(self.column_widths[index], item.start)
                column_end = index + 1
                while self.data.items[column_end].column is not item.column:
                    column_end += 1
        self._end_line()
        if self.data.has_clones:
            self._measure_clones()
        return MinMaxSizes(max(0.0, self.min), max(0.0, self.max))

    def _measure_clones(self) -> None:
        """Edges that are cloned on each line make the narrowest lines wider."""
        breaker = LineBreaker(self.context, self.data, self.direction, 0.0, INDEFINITE, None)
        index, offset = 0, 0
        while index < len(self.data.items):
            line = breaker.next_line(index, offset, 0.0, 0.0, 0.0, 0.0)
            self.min = max(self.min, line.width)
            if line.next_index == index and line.next_offset == offset:
                break
            index, offset = line.next_index, line.next_offset

    def _measure_columns(self) -> None:
        """The widths of ruby columns where lines have all room: they are not broken for min-content either."""
        breaker = LineBreaker(self.context, self.data, self.direction, 0.0, INDEFINITE, None)
        index, offset = 0, 0
        while index < len(self.data.items):
            line = breaker.next_line(index, offset, math.inf, 0.0, 0.0, 0.0)
            opened = -1
            for entry in line.items:
                if entry.item.kind == ItemKind.OPEN_COLUMN and opened < 0:
                    opened = entry.index
                    self.column_widths[opened] = 0.0
                if opened >= 0:
                    self.column_widths[opened] += entry.width
                    if entry.item.column is self.data.items[opened].column and entry.index != opened:
                        opened = -1
            if line.next_index == index and line.next_offset == offset:
                break
            index, offset = line.next_index, line.next_offset

    def _end_segment(self) -> None:
        self.min = max(self.min, self.segment - self.trailing)
        self.segment = 0.0

    def _break_before(self, offset: int) -> None:
        """End the segment where a line may end before this offset; once, though tags and text may all start there."""
        if self.data.breaks[offset] == 1 and self.ended_at != offset:
            self.ended_at = offset
            self._end_segment()
            self.trailing = 0.0

    def _line_width(self) -> float:
        return self.line - self.trailing if self.trailing_collapses else self.line

    def _end_line(self) -> None:
        self._end_segment()
        self.max = max(self.max, self._line_width() + self.floats_left + self.floats_right)
        self.line = 0.0
        self.trailing = 0.0
        self.floats_left = self.floats_right = 0.0
        self.is_at_start = True

    def _add(self, width: float, offset: int) -> None:
        """Something that starts at this offset of the text."""
        self._break_before(offset)
        self.segment += width
        self.line += width
        self.trailing = 0.0
        self.is_at_start = False

    def _text(self, item: InlineItem) -> None:
        shape = item.shape
        if shape is None:
            return
        data = self.data
        text, breaks = data.text, data.breaks
        style = item.style
        start, end, base = item.start, item.end, item.start
        if self.is_at_start and style.collapses_spaces and text[start] == " ":
            start += 1
        if start >= end:
            return
        self.is_at_start = False
        self._break_before(start)
        hangs = style.collapses_spaces or (style.wraps and not style.breaks_spaces)
        flags = breaks
        inherited = style.style
        if style.wraps and (
            inherited.overflow_wrap == OverflowWrap.ANYWHERE or inherited.word_break == WordBreak.BREAK_WORD
        ):
            flags = bytearray(len(breaks))
            flags[base:end] = grapheme_flags(text[base:end])
            flags[base] = breaks[base]
        at = start
        while True:
            stop = flags.find(1, at + 1, end)
            if stop < 0:
                break
            content_end = stop
            if hangs:
                while content_end > at and text[content_end - 1] == " ":
                    content_end -= 1
            # Snapped like a line of its own would be.
            width = self.segment + text_width(shape, at - base, content_end - base)
            if content_end == at:
                width -= self.trailing
            self.min = max(self.min, width)
            self.segment = 0.0
            self.trailing = 0.0
            at = stop
        tail = end
        if hangs:
            while tail > at and text[tail - 1] == " ":
                tail -= 1
        width = text_width(shape, at - base, end - base)
        self.segment += width
        self.trailing = width - text_width(shape, at - base, tail - base) if tail < end else 0.0
        if tail == at and self.segment == width:
            # Nothing but spaces since the last break.
            self.segment = self.trailing = width
        self.trailing_collapses = style.collapses_spaces
        self.line += text_width(shape, start - base, end - base)

    def _space(self) -> ConstraintSpace:
        return ConstraintSpace(INDEFINITE, percentage_block=self.percentage_block, is_shrink_to_fit=True)

    def _atomic(self, item: InlineItem) -> None:
        sizes = self._contribution(item.box)
        self._break_before(item.start)
        self.segment += sizes.min
        self.line += sizes.max
        self.trailing = 0.0
        self.is_at_start = False

    def _contribution(self, box: Box) -> MinMaxSizes:
        """Margin-box sizes."""
        margin = resolve_margins(box.style, 0.0, self.direction).inline_sum
        if writing_direction(box.style).is_orthogonal_to(self.direction):
            # Its inline size here is its block size: only layout can tell.
            result = self.context.layout(
                box,
                ConstraintSpace(
                    self.context.viewport.width
                    if not self.direction.is_horizontal
                    else self.context.viewport.height,
                    is_shrink_to_fit=True,
                    is_measure=True,
                ),
            )
            fragment = result.fragment
            size = fragment.width if self.direction.is_horizontal else fragment.height
            return MinMaxSizes(size + margin, size + margin)
        sizes = min_max_contribution(self.context, box, self._space())
        return MinMaxSizes(sizes.min + margin, sizes.max + margin)

    def _float(self, box: Box) -> None:
        sizes = self._contribution(box)
        self.min = max(self.min, sizes.min)
        clear = box.style.box.clear
        if clear != Clear.NONE:
            left, right = clears(clear, self.direction)
            taken = self._line_width() + self.floats_left + self.floats_right
            self.max = max(self.max, taken)
            if left:
                self.floats_left = 0.0
            if right:
                self.floats_right = 0.0
        if is_left_float(box, self.direction):
            self.floats_left += max(0.0, sizes.max)
        else:
            self.floats_right += max(0.0, sizes.max)


def resolve_indent(container: Box, basis: float) -> float:
    """text-indent of the first line."""
    indent = container.style.inherited.text_indent
    if indent.kind == LengthKind.FIXED and indent.px == 0.0:
        return 0.0
    return resolve(indent, basis)
