"""Breaks an inline formatting context into lines, one at a time (https://drafts.csswg.org/css-text-3/#line-breaking).

OPTIMIZATION: a text item is looked at once for each line that it touches: the offset that still fits is found by
bisection in the shaped positions, the break before it by a byte search. Nothing is shaped again.
"""

from __future__ import annotations

import math
from typing import Final, final

from ...css.keywords import Direction
from ...text.line_break import grapheme_flags
from ...text.shaping import ShapeResult, layout_unit_ceil
from ..box import Box, BoxKind
from ..cell_percentages import CellPercentages
from ..constraint_space import ConstraintSpace
from ..driver import LayoutContext
from ..exclusions import ExclusionSpace
from ..floats import FloatPlacer, MeasuredFloat, clearance_offset
from ..logical import WritingDirection, writing_direction
from ..sizing import resolve_margins
from ..text_style import TextStyle, breaks_anywhere
from .edges import inline_edges, is_cloned
from .items import InlineItem, InlineItems, ItemKind, RubyColumn
from .line import ColumnPart, ColumnPlace, InlineEdges, Line, LineItem
from .measure import hyphen_text, tab_width, text_width
from .ruby import (
    column_before,
    count_places,
    insets,
    is_empty,
    overhang_limit,
    pad,
    spread_texts,
    text_before,
)

SOFT_HYPHEN: Final = "\u00ad"


@final
class LineBreaker:
    """The lines of one container."""

    def __init__(
        self,
        context: LayoutContext,
        data: InlineItems,
        direction: WritingDirection,
        content_inline: float,
        percentage_block: float,
        placer: FloatPlacer | None,
    ) -> None:
        self.context: Final = context
        self.data: InlineItems = data
        self.direction: Final = direction
        self.content_inline: Final = content_inline
        self.percentage_block: Final = percentage_block
        self.cell_percentages: CellPercentages | None = None
        self.has_marker: bool = False  # an outside marker stands beside the lines: there is one at least
        self.placer: Final = placer
        self._edges: Final[dict[int, InlineEdges]] = {}
        self._cloned: list[
            tuple[Box, ...]
        ] = []  # of each item: the boxes around it that are cloned on each line
        # Of ruby:
        self.base_end: int = -1  # of a breaker for ruby bases: the index where the base ends
        self._base_breaker: LineBreaker | None = None
        self._annotation_breakers: dict[int, LineBreaker] = {}
        self._column_places: dict[tuple[int, int], ColumnPlace] = {}  # by the place where a line starts
        # Of the line at hand:
        self.balanced: float = math.inf  # px: the room that `text-wrap: balance` leaves a line at most
        self.line: Line = Line(0.0, 0.0)
        self.used: float = 0.0
        self.content_start: int = -1  # the offset of the first content, -1 while there is none
        self.is_overflowing: bool = False
        self.head: float = 0.0  # of the text at hand, see LineItem.head
        self.line_block: float = 0.0
        self.band_height: float = 0.0  # how high the line is thought to be, while floats are looked at
        self.late_floats: list[Box] = []
        # Of a line and all attempts at it: floats in front of its content, which stay where they are put first.
        self.leading: set[int] = set()
        self.leading_exclusions: ExclusionSpace | None = None
        self.leading_placed: int = 0
        self.is_done: bool = False
        self.has_columns: bool = False  # ruby is on the line
        self.resume_index: int = 0
        self.resume_offset: int = 0

    def begin_line(self) -> None:
        """Forget the floats in front of the last line."""
        self.leading.clear()
        self.leading_exclusions = None

    def edges_of(self, box: Box) -> InlineEdges:
        """The edges of an inline box of this context."""
        found = self._edges.get(box.id)
        if found is None:
            found = inline_edges(box, self.content_inline)
            self._edges[box.id] = found
        return found

    def next_line(
        self, index: int, offset: int, available: float, line_left: float, indent: float, line_block: float
    ) -> Line:
        """The line that starts at item `index`, character `offset`.

        `available` is the room between floats from `line_left` on, at the formatting context's `line_block`.
        Floats on the line that fit beside it are placed; `late_floats` are those to be placed below it.
        """
        line = Line(min(available, self.balanced), indent)
        line.line_left = line_left
        self.line = line
        self.used = indent
        self.content_start = -1
        self.is_overflowing = False
        self.line_block = line_block
        self.late_floats = []
        self.is_done = False
        self.has_columns = False
        items = self.data.items
        count = len(items) if self.base_end < 0 else self.base_end
        self.resume_index, self.resume_offset = index, offset
        if self.data.has_clones:
            self._open_clones(index)
        while index < count and not self.is_done:
            item = items[index]
            kind = item.kind
            if kind == ItemKind.TEXT:
                self._text(item, index, max(offset, item.start))
            elif kind == ItemKind.OPEN or kind == ItemKind.CLOSE:
                self._tag(item, index)
            elif kind == ItemKind.ATOMIC:
                self._atomic(item, index)
            elif kind == ItemKind.BREAK:
                self._append(LineItem(item, index, item.start, item.end, 0.0))
                line.is_forced = True
                line.is_empty = False
                index = self._close_boxes(index + 1)
                self._finish(index, item.end)
            elif kind == ItemKind.FLOAT:
                self._float(item, index)
            elif kind == ItemKind.TAB:
                self._tab(item, index)
            elif kind == ItemKind.OPEN_COLUMN and self.data.annotations:
                index = self._column(item, index, max(offset, item.start))
            else:
                self._append(LineItem(item, index, item.start, item.end, 0.0))
            index += 1
        if not self.is_done:
            self.resume_index, self.resume_offset = count, len(self.data.text)
        line.next_index, line.next_offset = self.resume_index, self.resume_offset
        line.is_last = line.next_index >= count
        if self.has_marker and line.is_last:
            line.is_empty = False
        if self.has_columns:
            self._take_back_overhang()
        if self.base_end < 0 or not line.is_last:
            self._trim()
        line.width = self._total()
        if self.data.has_clones:
            line.width += self._width_of_clones(line)
        if self.balanced < math.inf:
            line.available = available
        line.overflows = line.width > line.available
        return line

    # --- Items ------------------------------------------------------------------------------------

    def _close_boxes(self, index: int) -> int:
        """Boxes that end right after a forced break end on its line; the index of what comes after."""
        items = self.data.items
        while index < len(items) and items[index].kind == ItemKind.CLOSE:
            item = items[index]
            edges = self.edges_of(item.box)
            entry = LineItem(item, index, item.start, item.end, edges.end)
            entry.edges = edges
            self._append(entry)
            index += 1
        return index

    def _append(self, entry: LineItem) -> None:
        self.line.items.append(entry)
        self.used += entry.width

    def _append_text(self, item: InlineItem, index: int, start: int, end: int, width: float) -> None:
        if self.content_start < 0:
            self.content_start = start
        self.line.is_empty = False
        entry = LineItem(item, index, start, end, width + self.head)
        entry.head = self.head
        self._append(entry)
        self.head = 0.0

    def _finish(self, index: int, offset: int) -> None:
        self.is_done = True
        self.resume_index, self.resume_offset = index, offset

    def _breaks_before(self, offset: int) -> bool:
        """Whether the line may end at this offset, with something on it."""
        return 0 <= self.content_start < offset and self.data.breaks[offset] == 1

    def _text(self, item: InlineItem, index: int, start: int) -> None:
        end = item.end
        style = item.style
        text = self.data.text
        shape = item.shape
        if shape is None:
            return
        if self.content_start < 0 and style.collapses_spaces and text[start] == " " and self.base_end < 0:
            start += 1
        if start >= end:
            return
        if self.has_columns:
            self._overhang(item, shape)
        if self.is_overflowing and self._breaks_before(start):
            self._rewind(start, index)
            return
        base = item.start
        self.head = shape.trims.get(start - base, 0.0) if shape.trims and self.content_start < 0 else 0.0
        width = text_width(shape, start - base, end - base)
        if self.used + self.head + width <= self.line.available_to_fit() and not self.is_overflowing:
            self._append_text(item, index, start, end, width)
            return
        if not style.wraps:
            self._nowrap_text(item, index, start, width)
            return
        self._broken_text(item, index, start, shape)

    def _nowrap_text(self, item: InlineItem, index: int, start: int, width: float) -> None:
        """Text that does not fit and must not be broken: the line breaks before it, if anywhere."""
        text = self.data.text
        end = item.end
        content_end = end
        while content_end > start and text[content_end - 1] == " ":
            content_end -= 1
        shape = item.shape
        if (
            shape is not None
            and self.used + self.head + text_width(shape, start - item.start, content_end - item.start)
            <= self.line.available_to_fit()
        ):
            self._append_text(item, index, start, end, width)
            return
        if not self.is_overflowing and self._break_earlier(start, index):
            return
        self.is_overflowing = True
        self._append_text(item, index, start, end, width)

    def _broken_text(self, item: InlineItem, index: int, start: int, shape: ShapeResult) -> None:
        """Text that does not fit whole: find the last break that does, or the first one at all."""
        data = self.data
        text, breaks = data.text, data.breaks
        style = item.style
        base, end = item.start, item.end
        if self.is_overflowing:
            self._overflow_text(item, index, start, shape)
            return
        room = self.line.available_to_fit() - self.used - self.head
        fit = base + shape.offset_for_width(start - base, room)
        if shape.end > fit - base and self._closes_line(item, index, (start, fit), room, shape):
            return
        # Spaces at the end of a line hang.
        hang = fit
        if not style.breaks_spaces:
            while hang < end and text[hang] == " ":
                hang += 1
        if hang >= end:
            self._append_text(item, index, start, end, text_width(shape, start - base, end - base))
            return
        at = breaks.rfind(1, max(start, self.content_start + 1), hang + 1)
        while at > start and text[at - 1] == SOFT_HYPHEN and not self._hyphen_fits(item, start, at, shape):
            at = breaks.rfind(1, max(start, self.content_start + 1), at)
        if at > start:
            self._append_text(item, index, start, at, text_width(shape, start - base, at - base))
            if text[at - 1] == SOFT_HYPHEN:
                self._add_hyphen(style, self.line.items[-1])
            self._finish(index, at)
            return
        if self._break_earlier(start, index):
            return
        if breaks_anywhere(style):
            flags = item.graphemes
            if flags is None:
                flags = item.graphemes = grapheme_flags(text[base:end])
            at = base + flags.rfind(1, start - base + 1, fit - base + 1)
            if at > start:
                self._append_text(item, index, start, at, text_width(shape, start - base, at - base))
                self._finish(index, at)
                return
            if self.content_start >= 0:
                self._finish(index, start)
                return
            # Not even one character fits: one it must be.
            at = flags.find(1, start - base + 1)
            at = end if at < 0 else base + at
            self._append_text(item, index, start, at, text_width(shape, start - base, at - base))
            if at < end:
                self._finish(index, at)
            else:
                self.is_overflowing = True
            return
        self.is_overflowing = True
        self._overflow_text(item, index, start, shape)

    def _closes_line(
        self, item: InlineItem, index: int, span: tuple[int, int], room: float, shape: ShapeResult
    ) -> bool:
        """End the line with the character that does not fit, where it is closing punctuation whose half does.

        `span` is what fits.
        """
        start, fit = span
        text, base = self.data.text, item.start
        half = (
            shape.closing_half(fit - base, item.style.description.language) if text[fit] > "\u2000" else 0.0
        )
        after = fit + 1
        # As in Blink, not at the end of an item.
        if half == 0.0 or after >= item.end or self.data.breaks[after] == 0:
            return False
        width = text_width(shape, start - base, after - base) - half
        if width > room:
            return False
        self._append_text(item, index, start, after, width)
        self._finish(index, after)
        return True

    def _overflow_text(self, item: InlineItem, index: int, start: int, shape: ShapeResult) -> None:
        """The line is too long already: end it at the next break."""
        base, end = item.start, item.end
        at = self.data.breaks.find(1, start + 1, end)
        if at < 0:
            self._append_text(item, index, start, end, text_width(shape, start - base, end - base))
            return
        self._append_text(item, index, start, at, text_width(shape, start - base, at - base))
        if self.data.text[at - 1] == SOFT_HYPHEN:
            self._add_hyphen(item.style, self.line.items[-1])
        self._finish(index, at)

    def _hyphen_width(self, style: TextStyle) -> float:
        hyphen = hyphen_text(style)
        shape = self.context.texts.shaper.shape(hyphen, style.description, False, style.spacing)
        return layout_unit_ceil(shape.width)

    def _hyphen_fits(self, item: InlineItem, start: int, at: int, shape: ShapeResult) -> bool:
        width = text_width(shape, start - item.start, at - item.start)
        return self.used + self.head + width + self._hyphen_width(item.style) <= self.line.available_to_fit()

    def _add_hyphen(self, style: TextStyle, entry: LineItem) -> None:
        entry.hyphen = self._hyphen_width(style)
        entry.width += entry.hyphen

    def _tab(self, item: InlineItem, index: int) -> None:
        width = tab_width(item.style, self.used)
        if (
            item.style.wraps
            and self.used + width > self.line.available_to_fit()
            and self._break_earlier(item.start, index)
        ):
            return
        if self.content_start < 0:
            self.content_start = item.start
        self.line.is_empty = False
        self._append(LineItem(item, index, item.start, item.end, width))

    def _tag(self, item: InlineItem, index: int) -> None:
        edges = self.edges_of(item.box)
        is_open = item.kind == ItemKind.OPEN
        entry = LineItem(item, index, item.start, item.end, edges.start if is_open else edges.end)
        entry.edges = edges
        if edges.has_edges and edges.makes_line(at_start=is_open):
            self.line.is_empty = False
        self._append(entry)
        if (
            not is_open
            and entry.width > 0.0
            and self.used > self.line.available_to_fit()
            and not self.is_overflowing
            and self.content_start >= 0
        ):
            # The end edge does not fit: what it belongs to goes to the next line with it.
            at = self.data.breaks.rfind(1, self.content_start + 1, item.start)
            if at > 0:
                self._rewind(at, index + 1)
            else:
                self.is_overflowing = True

    # --- box-decoration-break: clone (https://drafts.csswg.org/css-break-3/#break-decoration) --------

    def _clones_at(self, index: int) -> tuple[Box, ...]:
        """The cloned boxes that are open before an item."""
        if not self._cloned:
            boxes: tuple[Box, ...] = ()
            for item in self.data.items:
                self._cloned.append(boxes)
                if item.kind == ItemKind.OPEN and is_cloned(item.box):
                    boxes = (*boxes, item.box)
                elif item.kind == ItemKind.CLOSE and is_cloned(item.box):
                    boxes = boxes[:-1]
            self._cloned.append(boxes)
        return self._cloned[index]

    def _open_clones(self, index: int) -> None:
        for box in self._clones_at(index):
            self.used += self.edges_of(box).start

    def _width_of_clones(self, line: Line) -> float:
        """The edges on the line that no tag on it stands for."""
        if not line.items:
            return 0.0
        width = 0.0
        for box in self._clones_at(line.items[0].index):
            width += self.edges_of(box).start
        last = line.items[-1]
        is_inside = last.end < last.item.end
        for box in self._clones_at(last.index if is_inside else last.index + 1):
            width += self.edges_of(box).end
        return width

    # --- Atomics and floats -----------------------------------------------------------------------

    def _atomic(self, item: InlineItem, index: int) -> None:
        if self.is_overflowing and self._breaks_before(item.start):
            self._rewind(item.start, index)
            return
        entry = self.measure_atomic(item, index)
        if self.used + entry.width > self.line.available_to_fit():
            if not self.is_overflowing and self._break_earlier(item.start, index):
                return
            self.is_overflowing = True
        if self.content_start < 0:
            self.content_start = item.start
        self.line.is_empty = False
        self._append(entry)

    def measure_atomic(self, item: InlineItem, index: int) -> LineItem:
        """Lay an atomic inline out; the entry's width is its margin box's."""
        box = item.box
        own = writing_direction(box.style)
        if own.is_orthogonal_to(self.direction):
            available = self.percentage_block
            if available < 0.0:
                available = self.context.viewport.height if own.is_horizontal else self.context.viewport.width
            space = ConstraintSpace(
                available,
                self.content_inline,
                percentage_inline=self.percentage_block,
                percentage_block=self.content_inline,
                is_orthogonal=True,
                is_shrink_to_fit=True,
            )
        else:
            basis = self.percentage_block
            if self.cell_percentages is not None and box.kind == BoxKind.REPLACED:
                basis = self.cell_percentages.of(box, basis)
            space = ConstraintSpace(
                self.content_inline,
                percentage_inline=self.content_inline,
                percentage_block=basis,
                is_shrink_to_fit=True,
            )
        result = self.context.layout(box, space)
        margin = resolve_margins(box.style, self.content_inline, self.direction)
        fragment = result.fragment
        size = fragment.width if self.direction.is_horizontal else fragment.height
        entry = LineItem(item, index, item.start, item.end, size + margin.inline_sum)
        entry.result = result
        entry.margin = margin
        return entry

    def _float(self, item: InlineItem, index: int) -> None:
        entry = LineItem(item, index, item.start, item.end, 0.0)
        placer = self.placer
        if placer is None:
            self._append(entry)
            return
        entry.exclusions = placer.exclusions
        self._append(entry)
        if item.box.id in self.leading:
            return
        measured: MeasuredFloat = placer.measure(item.box)
        line = self.line
        fits = self.used + measured.margin_inline <= line.available or self.content_start < 0
        clear = clearance_offset(placer.exclusions, item.box.style.box.clear, placer.direction)
        if (
            self.late_floats
            or not fits
            or clear > self.line_block
            or placer.exclusions.last_start > self.line_block
        ):
            self.late_floats.append(item.box)
            return
        placed = placer.place(measured, self.line_block)
        if self.content_start < 0:
            self.leading.add(item.box.id)
            self.leading_exclusions, self.leading_placed = placer.exclusions, len(placer.placed)
        if placed.block_offset - measured.margin.block_start > self.line_block:
            return
        band = placer.exclusions.opportunity_at(
            placer.line_left, placer.line_right, self.line_block, self.band_height, uses_shapes=True
        )
        line.available = band.inline_size
        line.line_left = band.inline_start

    # --- Ruby -------------------------------------------------------------------------------------

    def _column(self, item: InlineItem, index: int, offset: int) -> int:
        """A ruby column, or what fits of it; the index of the item that closes it.

        A column that does not fit is broken in its base, its annotation in proportion; else it goes to the next line.
        """
        column = item.column
        if column is None or (self.is_overflowing and self._breaks_before(item.start)):
            self._finish(index, item.start)
            return index
        close = self._column_end(column, index)
        place = self._column_places.get((index, offset)) if offset > item.start else None
        if place is None:
            place = ColumnPlace(index + 1, item.start, 0, 0)
        base = self._base_line(place, close, math.inf)
        annotation = self._annotation_line(column, place, math.inf)
        room = self.line.available - self.used
        if max(base.width, self._annotation_width(column, annotation)) > room:
            if not self.is_overflowing and item.style.wraps:
                if self._split_column(item, index, close, place, room):
                    return close
            if not self.is_overflowing and self._break_earlier(item.start, index):
                return close
            self.is_overflowing = True
        self._append_column(index, close, base, ColumnPart(column, annotation), offset > item.start)
        return close

    def _column_end(self, column: RubyColumn, index: int) -> int:
        items = self.data.items
        at = index + 1
        while items[at].column is not column:
            at += 1
        return at

    def _base_line(self, place: ColumnPlace, close: int, room: float) -> Line:
        breaker = self._base_breaker
        if breaker is None or breaker.data.items is not self.data.items:
            data = InlineItems(self.data.text, self.data.items, self.data.style)
            data.breaks = data.base_breaks = self.data.base_breaks
            data.annotations = self.data.annotations
            data.styles = self.data.styles
            breaker = LineBreaker(
                self.context, data, self.direction, self.content_inline, self.percentage_block, None
            )
            self._base_breaker = breaker
        breaker.base_end = close
        return breaker.next_line(place.index, place.offset, room, 0.0, 0.0, 0.0)

    def annotation_breaker(self, box: Box) -> LineBreaker:
        """The line breaker of a ruby text box."""
        breaker = self._annotation_breakers.get(box.id)
        if breaker is None:
            breaker = LineBreaker(
                self.context,
                self.data.annotations[box.id],
                self.direction,
                self.content_inline,
                self.percentage_block,
                None,
            )
            self._annotation_breakers[box.id] = breaker
        return breaker

    def _annotation_line(self, column: RubyColumn, place: ColumnPlace, room: float) -> Line | None:
        """The annotation from that place on; None where there is none, or no more."""
        box = column.annotation
        if box is None:
            return None
        breaker = self.annotation_breaker(box)
        if place.annotation_index >= len(breaker.data.items) and place.annotation_index > 0:
            return None
        return breaker.next_line(place.annotation_index, place.annotation_offset, room, 0.0, 0.0, 0.0)

    def _annotation_width(self, column: RubyColumn, line: Line | None) -> float:
        """The annotation with the edges of its box."""
        if line is None or column.annotation is None:
            return 0.0
        edges = self.edges_of(column.annotation)
        return line.width + edges.start + edges.end

    def _split_column(
        self, item: InlineItem, index: int, close: int, place: ColumnPlace, room: float
    ) -> bool:
        """Break what is wider, base or annotation, where the room ends, and the other one in proportion."""
        column = item.column
        if column is None or column.level > 1:
            return False
        base = self._base_line(place, close, math.inf)
        annotation = self._annotation_line(column, place, math.inf)
        whole = self._annotation_width(column, annotation)
        annotation_part: Line | None = None
        if base.width >= whole:
            base_part = self._base_line(place, close, room)
            if whole > 0.0:
                annotation_part = self._annotation_line(column, place, whole * base_part.width / base.width)
        else:
            annotation_part = self._annotation_line(column, place, room)
            share = self._annotation_width(column, annotation_part) / whole
            base_part = self._base_line(place, close, base.width * share)
        if base_part.is_last:
            return False
        if max(base_part.width, self._annotation_width(column, annotation_part)) > room:
            return False
        part = ColumnPart(column, annotation_part)
        part.has_end = False
        self._column_places[(index, base_part.next_offset)] = ColumnPlace(
            base_part.next_index,
            base_part.next_offset,
            place.annotation_index if annotation_part is None else annotation_part.next_index,
            place.annotation_offset if annotation_part is None else annotation_part.next_offset,
        )
        self._append_column(index, close, base_part, part, place.offset > item.start)
        self._finish(index, base_part.next_offset)
        return True

    def _append_column(
        self, index: int, close: int, base: Line, part: ColumnPart, is_continued: bool
    ) -> None:
        items = self.data.items
        item = items[index]
        start = base.items[0].start if base.items else item.start
        end = base.items[-1].end if base.items else item.start
        opened = LineItem(item, index, start, start, 0.0)
        closed = LineItem(items[close], close, end, end, 0.0)
        opened.part = closed.part = part
        part.has_start = not is_continued
        room = self._annotation_width(part.column, part.annotation) - base.width
        box = part.column.annotation
        if room > 0.0 and box is not None and not is_empty(base):
            style = item.box.style
            places = count_places(self.data.text, base)
            before, after, share = insets(style, room, places)
            limit = overhang_limit(self.context.texts.of(box.style, box.language))
            text = text_before(self.line.items) if part.has_start else None
            if text is not None and text.item.style.style.font_size <= style.inherited.font_size:
                part.start_overhang = min(before, limit, text.width / 2.0)
            if part.has_end:
                part.pending_overhang = min(after, limit)
            opened.width = -part.start_overhang
            if not pad(base.items, before, after, is_ltr=style.inherited.direction == Direction.LTR):
                opened.width, closed.width = before - part.start_overhang, after
            if share > 0.0:
                spread_texts(self.data.text, base, share, places)
        elif room > 0.0:
            closed.width = room
        if self.content_start < 0:
            self.content_start = start
        self.line.is_empty = False
        self.has_columns = True
        self._append(opened)
        for entry in base.items:
            self._append(entry)
        self._append(closed)

    def _overhang(self, item: InlineItem, shape: ShapeResult) -> None:
        """Text follows: an annotation before it may reach over it."""
        closed = column_before(self.line.items)
        part = None if closed is None else closed.part
        if closed is None or part is None or part.pending_overhang <= 0.0:
            return
        if self.used > self.line.available_to_fit():
            return
        if item.style.style.font_size > closed.item.style.style.font_size:
            return
        part.end_overhang = min(part.pending_overhang, shape.width / 2.0)
        part.pending_overhang = 0.0
        closed.width -= part.end_overhang
        self.used -= part.end_overhang

    def _take_back_overhang(self) -> None:
        """Nothing follows on the line after all."""
        closed = column_before(self.line.items)
        if closed is not None and closed.part is not None:
            closed.width += closed.part.end_overhang
            closed.part.end_overhang = 0.0

    # --- Going back -------------------------------------------------------------------------------

    def _break_earlier(self, offset: int, index: int) -> bool:
        """End the line at the last break up to `offset`, where item `index` would start; False for none."""
        if self.content_start < 0:
            return False
        at = self.data.breaks.rfind(1, self.content_start + 1, offset + 1)
        if at <= self.content_start:
            return False
        self._rewind(at, index)
        return True

    def _rewind(self, offset: int, index: int) -> None:
        """Take back everything behind `offset`; tags that close and floats that stand there stay, empty boxes too;
        tags that open there go."""
        entries = self.line.items
        kept = len(entries)
        while kept > 0 and entries[kept - 1].start >= offset:
            kept -= 1
        at, opened = kept, 0
        while at < len(entries) and entries[at].start == offset:
            kind = entries[at].item.kind
            if kind == ItemKind.OPEN:
                opened += 1
            elif kind == ItemKind.CLOSE:
                opened = max(opened - 1, 0)
            elif kind == ItemKind.OUT_OF_FLOW and opened:
                break  # as in Blink, a box around a positioned one is not empty
            elif kind not in (ItemKind.FLOAT, ItemKind.OUT_OF_FLOW, ItemKind.CLOSE_COLUMN):
                break
            at += 1
            if opened == 0:
                kept = at
        while len(entries) > kept:
            entry = entries.pop()
            index = entry.index
            if entry.exclusions is not None and self.placer is not None:
                self._unplace(entry)
        last = kept - 1
        while last > 0 and entries[last].item.kind != ItemKind.TEXT and entries[last].start == offset:
            last -= 1
        if entries and entries[last].end > offset:
            entry = entries[last]
            index = entry.index
            entry.end = offset
            shape = entry.item.shape
            if shape is not None:
                base = entry.item.start
                entry.width = text_width(shape, entry.start - base, offset - base) + entry.head
        self._finish(index, offset)
        if entries and entries[last].item.kind == ItemKind.TEXT and self.data.text[offset - 1] == SOFT_HYPHEN:
            self._add_hyphen(entries[last].item.style, entries[last])

    def _unplace(self, entry: LineItem) -> None:
        """A float that goes to the next line with the text around it."""
        placer = self.placer
        box = entry.item.box
        if placer is None or entry.exclusions is None:
            return
        if box in self.late_floats:
            self.late_floats.remove(box)
            return
        placer.exclusions = entry.exclusions
        while placer.placed and placer.placed[-1].measured.box is not box:
            placer.placed.pop()
        if placer.placed:
            placer.placed.pop()
        band = placer.exclusions.opportunity_at(
            placer.line_left, placer.line_right, self.line_block, self.band_height, uses_shapes=True
        )
        self.line.available = band.inline_size
        self.line.line_left = band.inline_start

    def _trim(self) -> None:
        """Spaces at the line's end: collapsible ones go away, preserved ones hang.

        https://drafts.csswg.org/css-text-3/#white-space-phase-2
        """
        entries = self.line.items
        text = self.data.text
        at = len(entries) - 1
        while at >= 0:
            entry = entries[at]
            kind = entry.item.kind
            if kind == ItemKind.TEXT:
                style = entry.item.style
                shape = entry.item.shape
                if entry.hyphen >= 0.0 or shape is None or text[entry.end - 1] != " " or style.breaks_spaces:
                    return
                base = entry.item.start
                end = entry.end
                while end > entry.start and text[end - 1] == " ":
                    end -= 1
                width = text_width(shape, entry.start - base, end - base) + entry.head
                if not style.collapses_spaces:
                    if style.wraps and not self.line.is_forced:
                        self.line.hang += entry.width - width
                    elif style.wraps:
                        # Before a forced break they hang only as far as they do not fit.
                        over = self._total() - self.line.available
                        self.line.hang += max(0.0, min(entry.width - width, over))
                    return
                entry.end = end
                entry.width = width
                if end > entry.start:
                    return
                del entries[at]
            elif kind == ItemKind.ATOMIC or kind == ItemKind.TAB or kind == ItemKind.CLOSE_COLUMN:
                return
            at -= 1

    def _total(self) -> float:
        total = self.line.indent
        for entry in self.line.items:
            total += entry.width
        return total - self.line.hang
