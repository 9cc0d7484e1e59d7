"""Block formatting: block containers with block-level or inline-level children.

As Blink's BlockLayoutAlgorithm: margins collapse by handing a MarginStrut down and up; a box knows its place in
the formatting context only once something keeps it from collapsing through (`_resolve`); floats that come before
are placed where the box is expected to stand, and the box is laid out again where that was wrong.

https://drafts.csswg.org/css2/#normal-flow ; https://drafts.csswg.org/css2/#collapsing-margins
"""

from __future__ import annotations

from typing import Final, final

from ..css.keywords import Clear, ContentVisibility, MarginTrim
from ..css.values import AlignKeyword, LengthKind
from .block_margins import aligns_children, auto_margin, end_share, justification, static_alignment
from .block_sizes import first_items, inline_items
from .block_state import BlockState
from .box import Box, BoxKind
from .constraint_space import (
    INDEFINITE,
    NO_BASELINE,
    NO_CLAMP,
    NO_MARGIN,
    UNKNOWN_OFFSET,
    ConstraintSpace,
    LayoutResult,
    MarginStrut,
    OutOfFlow,
)
from .controls import (
    baseline_of_empty,
    content_shift,
    fits_rows,
    has_text_baseline,
    is_textarea,
    natural_content_block,
)
from .css_predicates import establishes_formatting_context, has_lines, rendered_legend
from .driver import LayoutContext
from .exclusions import FAR
from .fieldset import legend_margin
from .floats import clearance_offset, clears
from .fragment import Fragment, FragmentKind
from .inline.balance import balanced_room
from .inline.intrinsic import resolve_indent
from .inline.line import Line
from .inline.line_breaker import LineBreaker
from .inline.line_builder import BuiltLine, LineBuilder
from .inline.text_align import align_offset, resolve_align
from .inline_containers import claim_for_inline_boxes, place_in_inline_boxes
from .logical import LogicalEdges, writing_direction
from .marker_metrics import marker_ascent, outside_start_margin
from .positioned import layout_out_of_flow
from .quirky_margins import (
    context_is_quirky_cell,
    has_quirky_end_margin,
    has_quirky_margins,
    is_quirky_container,
)
from .sizing import (
    block_length,
    clamp_baseline,
    compute_inline_size,
    contained_intrinsic_block,
    has_containment,
    is_scroll_container,
    logical_ratio,
    margin_lengths,
    resolve_edges,
    resolve_margins,
)

MAX_ATTEMPTS: Final = 4
"""Layouts of one block for a guess of its place; the second is right unless floats push back and forth."""

MAX_LINE_ATTEMPTS: Final = 1_000
"""Bands between floats that one line is tried in; along a curved shape they are 1 px high."""

MAX_HEIGHT_ROUNDS: Final = 4
"""Heights that one band is tried with: a line's height decides its room, and its room what is on it."""


def layout_block(box: Box, space: ConstraintSpace, context: LayoutContext) -> LayoutResult:
    """Lay out a block container: block, list item, inline-block, caption, cell, marker, anonymous block."""
    layout = BlockLayout(box, space, context, space.expected_bfc_offset)
    result = layout.run()
    attempts = 1
    while layout.must_retry and attempts < MAX_ATTEMPTS:
        layout = BlockLayout(box, space, context, layout.bfc_offset)
        result = layout.run()
        attempts += 1
    return result


@final
class BlockLayout(BlockState):
    """One attempt at one box."""

    # --- The run ----------------------------------------------------------------------------------

    def run(self) -> LayoutResult:
        """Lay out all children and finish the fragment."""
        if self.is_root_of_context:
            self.offset = self.edges.block_start
        elif self.edges.block_start > 0.0:
            self._resolve()
            self.offset = self.edges.block_start
        if self.context.is_quirks and is_quirky_container(self.box):
            strut = self.strut
            self.strut = MarginStrut(strut.positive, strut.negative, strut.quirky, True)
        if self.style.box.margin_trim in (MarginTrim.BLOCK, MarginTrim.BLOCK_START):
            self.strut = self.strut.trimmed(True)
        children = self.box.children
        start = 0
        if children and children[0].kind == BoxKind.OUTSIDE_MARKER and not children[0].is_inline_level():
            self.marker = children[0]
            start = 1
        if self.box.has_inline_children:
            self._inline_content()
        else:
            legend = self._legend()
            for index in range(start, len(children)):
                child = children[index]
                if child is legend:
                    continue
                if self.clamp_lines != NO_CLAMP:
                    if self.clamp_lines == 0:
                        break  # what comes after the last line is not shown
                    self.clamp_has_more = self._has_lines_from(index + 1)
                if child.is_column_spanner:
                    self._column_spanner(child)
                elif child.is_out_of_flow():
                    self._out_of_flow(child)
                elif child.is_floating():
                    self._float(child)
                elif establishes_formatting_context(child, self.style):
                    self._independent_child(child)
                else:
                    self._flow_child(child)
        return self._finish()

    def _legend(self) -> Box | None:
        """Place the rendered legend of a fieldset over its block-start border; None for other boxes.

        https://html.spec.whatwg.org/multipage/rendering.html#the-fieldset-and-legend-elements
        """
        child = rendered_legend(self.box)
        if child is None:
            return None
        margins = resolve_margins(child.style, self.content_inline, self.direction)
        space = ConstraintSpace(
            self.content_inline,
            INDEFINITE,
            percentage_inline=self.content_inline,
            percentage_block=self.percentage_block,
            is_shrink_to_fit=True,
        )
        result = self.context.layout(child, space)
        fragment = result.fragment
        size = fragment.height if self.direction.is_horizontal else fragment.width
        border = self.edges.border.block_start
        at = max(0.0, (border - size) / 2.0)
        self._add(result, legend_margin(child, self.style, self.content_inline, margins, fragment), at)
        self.offset = self.legend_end = self.offset + max(0.0, at + size + margins.block_end - border)
        if self.percentage_block != INDEFINITE:  # what is left for the contents
            self.percentage_block = max(0.0, self.percentage_block + self.edges.block_start - self.legend_end)
        return child

    # --- Children ---------------------------------------------------------------------------------

    def _out_of_flow(self, child: Box) -> None:
        block = self.offset + (self.strut.sum() if self.is_resolved else 0.0)
        inline = self.edges.inline_start
        inline_align = block_align = 0
        if child.is_block_level_origin:
            # The static position rectangle is as wide as the content and of no height.
            own = writing_direction(child.style)
            inline_align = static_alignment(justification(child, self.style), own, self.direction)
            inline += self.content_inline * inline_align / 2.0
            aligned = child.style.box.align_self
            block_align = 0 if aligned.is_safe else static_alignment(aligned, own, own)
        else:
            # It would have stood on a line.
            align, _ = resolve_align(self.style, Line(self.content_inline, 0.0), self.direction.is_ltr)
            left, right = self.placer.line_left, self.placer.line_right
            band = self.placer.exclusions.opportunity_at(left, right, self._next_edge())
            offset = align_offset(align, self.direction.is_ltr, band.inline_size) + band.inline_start - left
            indent = resolve_indent(self.box, self.content_inline)
            offset += indent if self.direction.is_ltr else -indent
            inline += offset if self.direction.is_ltr else self.content_inline - offset
        self.builder.out_of_flow.append(OutOfFlow(child, inline, block, inline_align, block_align))

    def _column_spanner(self, child: Box) -> None:
        """Keep the place of a box across all columns, which cuts the flow and is laid out by their container."""
        at = self.offset + (self.strut.sum() if self.is_resolved else 0.0)
        holder = Fragment(FragmentKind.BOX, child, child.style, 0.0, 0.0)
        self.builder.add(holder, self.edges.inline_start, at)

    def _float(self, child: Box) -> None:
        place = self._next_edge()
        if not self.is_resolved:
            self._note_early(place)
        self.placer.place(self.placer.measure(child), place)

    def _clearance(self, child: Box, strut: MarginStrut) -> float:
        """Where `clear` puts the child's border edge, UNKNOWN_OFFSET where it needs no clearance."""
        clear = child.style.box.clear
        if clear == Clear.NONE:
            return UNKNOWN_OFFSET
        needed = clearance_offset(self.placer.exclusions, clear, self.direction)
        if needed <= -FAR:
            return UNKNOWN_OFFSET
        if not self.is_resolved:
            left, right = clears(clear, self.direction)
            if self.placer.exclusions.has_side_from(self.space.adjoining_from, left, right):
                # The child's margin would take the float along, and never come past it: there is clearance,
                # which may be negative (CSS 2.2 section 9.5.2).
                return needed
        hypothetical = self._base() + strut.sum()
        if not self.is_resolved:
            hypothetical = max(hypothetical, self.space.clearance_offset)
        if needed <= hypothetical:
            return UNKNOWN_OFFSET
        return needed

    def _has_lines_from(self, start: int) -> bool:
        """Whether there are lines after these children: the clamped line ends in an ellipsis."""
        for index in range(start, len(self.box.children)):
            if has_lines(self.box.children[index], self.style):
                return True
        return self.space.clamp_has_more

    def _child_space(
        self, child: Box, base: float, strut: MarginStrut, line_offset: float, clearance: float
    ) -> ConstraintSpace:
        percentage_block = self.percentage_block
        if self.cell_percentages is not None and self.cell_percentages.stops_at(child):
            percentage_block = INDEFINITE
        return ConstraintSpace(
            self.content_inline,
            INDEFINITE,
            percentage_inline=self.content_inline,
            percentage_block=percentage_block,
            is_new_formatting_context=False,
            is_shrink_to_fit=justification(child, self.style) is not None,
            margin_strut=strut,
            bfc_inline_offset=line_offset,
            bfc_block_offset=base,
            exclusions=self.placer.exclusions,
            expected_bfc_offset=UNKNOWN_OFFSET if self.is_resolved else self.expected,
            clearance_offset=clearance,
            adjoining_from=self.placer.exclusions.count if self.is_resolved else self.space.adjoining_from,
            clamp_lines=self.clamp_lines,
            clamp_has_more=self.clamp_has_more,
        )

    def _flow_child(self, child: Box) -> None:
        """A block-level child of the same formatting context."""
        margins = resolve_margins(child.style, self.content_inline, self.direction)
        is_quirky = self.context.is_quirks and has_quirky_margins(child)
        is_end_quirky = is_quirky and has_quirky_end_margin(child)
        strut = self.strut.plus(margins.block_start, is_quirky)
        clearance = self._clearance(child, strut)
        is_forced = False
        if clearance != UNKNOWN_OFFSET:
            # Clearance keeps the child's margins apart from those above.
            is_forced = not self.is_resolved and clearance <= self._prospective(strut)
            if not self.is_resolved:
                self._resolve()
            strut = NO_MARGIN.plus(margins.block_start)
        inline_start = self._inline_margin(child, margins)
        base = self._base()
        if is_forced:
            base = -FAR  # negative clearance: it stands where the floats end, whatever its margins
        line_offset = self._line_offset(child, inline_start)
        floor = clearance if self.is_resolved else max(clearance, self.space.clearance_offset)
        space = self._child_space(child, base, strut, line_offset, floor)
        result = self.context.layout(child, space)
        fragment = result.fragment
        block_size = fragment.height if self.direction.is_horizontal else fragment.width
        grew = result.exclusions.count > self.placer.exclusions.count
        if grew and not self.is_resolved:
            self._note_early(self._prospective(strut))
        self.placer.exclusions = result.exclusions
        self.clamp_lines = result.clamp_lines
        if result.is_resolved:
            if not self.is_resolved:
                self._resolve_at(result.bfc_block_offset)
            place = result.bfc_block_offset - self.bfc_offset
            self._add(result, inline_start, place)
            self.offset = place + block_size
            self.strut = result.end_margin.plus(margins.block_end, is_end_quirky)
            self.keeps_end_margin = False
            if self.marker is not None and self.first_baseline != NO_BASELINE:
                # Now, so that floats that follow keep below what the marker pushes down.
                self._place_marker()
                self.marker = None
            return
        # The child's margins collapse through it.
        end = result.end_margin.plus(margins.block_end, is_end_quirky)
        if clearance != UNKNOWN_OFFSET:
            place = clearance - self.bfc_offset
            self._add(result, inline_start, place)
            self.offset = place - result.end_margin.sum()
            self.strut = end
            self.keeps_end_margin = True  # CSS 2.2 section 8.3.1
            return
        place = self.offset + (result.end_margin.sum() if self.is_resolved else 0.0)
        self._add(result, inline_start, place)
        self.strut = end

    def _independent_child(self, child: Box) -> None:
        """A block-level child with a formatting context of its own: it keeps out of floats."""
        margins = resolve_margins(child.style, self.content_inline, self.direction)
        is_quirky = self.context.is_quirks and has_quirky_margins(child)
        strut = self.strut.plus(margins.block_start, is_quirky)
        clearance = self._clearance(child, strut)
        exclusions = self.placer.exclusions
        if clearance != UNKNOWN_OFFSET:
            if not self.is_resolved:
                self._resolve()
            place = clearance
        else:
            place = self._base() + strut.sum()
            if not self.is_resolved:
                place = max(place, self.space.clearance_offset)
        hypothetical = place
        if not self.is_resolved and self.early_place != UNKNOWN_OFFSET:
            # Floats that would move along with the child's margin, if it collapsed through: does it fit there?
            _, _, below = self._beside_floats(child, margins, self.early_place)
            if below > self.early_place:
                self._resolve()
                place = hypothetical = self.bfc_offset + self.offset + margins.block_start
        if exclusions.count == 0:
            result = self.context.layout(child, self._independent_space(child, self.content_inline))
            inline_start = self._inline_margin_of(child, margins, result.fragment)
        else:
            result, inline_start, place = self._beside_floats(child, margins, place)
        if not self.is_resolved:
            if place > hypothetical:
                # Floats pushed it down: its margin does not take the parent along.
                self._resolve()
            else:
                self._resolve_at(place)
        fragment = result.fragment
        block_size = fragment.height if self.direction.is_horizontal else fragment.width
        at = place - self.bfc_offset
        self._add(result, inline_start, at)
        self.offset = at + block_size
        self.strut = NO_MARGIN.plus(margins.block_end, is_quirky and has_quirky_end_margin(child))
        self.keeps_end_margin = False

    def _independent_space(self, child: Box, available: float) -> ConstraintSpace:
        own = writing_direction(child.style)
        if own.is_orthogonal_to(self.direction):
            # https://drafts.csswg.org/css-writing-modes-4/#orthogonal-auto
            room = self.percentage_block
            if room < 0.0:
                viewport = self.context.viewport
                room = viewport.height if self.direction.is_horizontal else viewport.width
            return ConstraintSpace(
                room,
                self.content_inline,
                percentage_inline=self.percentage_block,
                percentage_block=self.content_inline,
                is_orthogonal=True,
                is_shrink_to_fit=True,
            )
        return ConstraintSpace(
            available,
            INDEFINITE,
            percentage_inline=self.content_inline,
            percentage_block=self._percentage_of(child),
            is_shrink_to_fit=justification(child, self.style) is not None,
        )

    def _beside_floats(
        self, child: Box, margins: LogicalEdges, place: float
    ) -> tuple[LayoutResult, float, float]:
        """The result, the inline offset of its margin-start edge, and where it fits in the formatting context.

        https://drafts.csswg.org/css2/#bfc-next-to-float : beside the floats, narrower if need be, or below.
        """
        left, right = self.placer.line_left, self.placer.line_right
        exclusions = self.placer.exclusions
        direction = self.direction
        margin_left = margins.inline_start if direction.is_ltr else margins.inline_end
        margin_right = margins.inline_end if direction.is_ltr else margins.inline_start
        for _ in range(MAX_LINE_ATTEMPTS):
            band = exclusions.opportunity_at(left, right, place)
            block = 0.0
            for _ in range(MAX_HEIGHT_ROUNDS):
                used_left = max(margin_left, band.inline_start - left) if band.has_floats else margin_left
                used_right = max(margin_right, right - band.inline_end) if band.has_floats else margin_right
                available = self.content_inline - used_left - used_right + margins.inline_sum
                result = self.context.layout(child, self._independent_space(child, max(0.0, available)))
                fragment = result.fragment
                inline = fragment.width if direction.is_horizontal else fragment.height
                block = fragment.height if direction.is_horizontal else fragment.width
                whole = exclusions.opportunity_at(left, right, place, block)
                if not whole.has_floats:
                    return result, self._inline_margin_of(child, margins, fragment), place
                # The margin at the end side may lie over a float.
                start = left + used_left if direction.is_ltr else right - used_right - inline
                if whole.inline_start <= start and start + inline <= whole.inline_end:
                    return result, self._beside_margin(child, margins, used_left, used_right, inline), place
                if whole.inline_start <= band.inline_start and whole.inline_end >= band.inline_end:
                    break
                # Floats that begin further down are in the way: try what they leave.
                band = whole
            edge = exclusions.next_edge(place, block)
            if edge >= FAR or edge <= place:
                break
            place = edge
        result = self.context.layout(child, self._independent_space(child, self.content_inline))
        return result, self._inline_margin_of(child, margins, result.fragment), place

    def _beside_margin(
        self, child: Box, margins: LogicalEdges, left: float, right: float, inline: float
    ) -> float:
        """The inline offset beside floats; auto margins share what the floats leave."""
        lengths = margin_lengths(child.style, self.direction)
        free = self.content_inline - left - right - inline
        if free > 0.0 and lengths[0].is_auto():
            share = free / 2.0 if lengths[1].is_auto() else free
            return (left if self.direction.is_ltr else right) + share
        start = left if self.direction.is_ltr else right
        alignment = justification(child, self.style)
        if alignment is not None and free > 0.0 and not lengths[1].is_auto():
            start += free * end_share(alignment, writing_direction(child.style), self.direction)
        return start

    def _inline_margin(self, child: Box, margins: LogicalEdges) -> float:
        """The inline offset of the border box from the content edge, auto margins resolved."""
        lengths = margin_lengths(child.style, self.direction)
        is_aligned = justification(child, self.style) is not None
        if not (is_aligned or lengths[0].is_auto() or lengths[1].is_auto() or aligns_children(self.style)):
            return margins.inline_start
        size = self._inline_size_of(child)
        return auto_margin(child, self.style, self.content_inline, margins, size)

    def _inline_margin_of(self, child: Box, margins: LogicalEdges, fragment: Fragment) -> float:
        size = fragment.width if self.direction.is_horizontal else fragment.height
        return auto_margin(child, self.style, self.content_inline, margins, size)

    def _line_offset(self, child: Box, inline_start: float) -> float:
        """The line-left edge of a child's border box in the formatting context."""
        if self.direction.is_ltr:
            return self.placer.line_left + inline_start
        return self.placer.line_right - inline_start - self._inline_size_of(child)

    def _inline_size_of(self, child: Box) -> float:
        """The inline size that a child of the same formatting context is going to have."""
        space = ConstraintSpace(
            self.content_inline,
            INDEFINITE,
            percentage_inline=self.content_inline,
            percentage_block=self.percentage_block,
            is_new_formatting_context=False,
            is_shrink_to_fit=justification(child, self.style) is not None,
        )
        edges = resolve_edges(self.context, child, space)
        return compute_inline_size(self.context, child, space, edges)

    def _add(self, result: LayoutResult, inline_start: float, block_offset: float) -> None:
        """Place a child whose border box starts this far from the content edge."""
        pending = len(self.builder.out_of_flow)
        self.builder.add_result(result, self.edges.inline_start + inline_start, block_offset)
        fragment = result.fragment
        box = fragment.box
        if writing_direction(fragment.style).is_orthogonal_to(self.direction):
            return
        if fragment.style.box.content_visibility == ContentVisibility.HIDDEN:
            return  # what is skipped has no baseline
        if result.first_baseline != NO_BASELINE and self.first_baseline == NO_BASELINE:
            self.first_baseline = block_offset + result.first_baseline
            self._anchor(block_offset, len(self.builder.children) - 1, pending)
        if result.last_baseline != NO_BASELINE:
            self.last_baseline = block_offset + result.last_baseline
        if box is None or box.kind != BoxKind.BLOCK:
            if result.last_baseline != NO_BASELINE:
                self.atomic_baseline = self.last_baseline
        elif is_scroll_container(box.style) and box.control is None:
            size = fragment.height if self.direction.is_horizontal else fragment.width
            margins = resolve_margins(box.style, self.content_inline, self.direction)
            self.atomic_baseline = block_offset + size + margins.block_end
        elif result.atomic_baseline != NO_BASELINE:
            self.atomic_baseline = block_offset + result.atomic_baseline

    def _anchor(self, offset: float, child: int, pending: int) -> None:
        """The child about to be placed (or just placed) is the one that a marker aligns with."""
        self.anchor_offset, self.anchor_child, self.anchor_pending = offset, child, pending

    # --- Lines ------------------------------------------------------------------------------------

    def _inline_content(self) -> None:
        data = inline_items(self.context, self.box)
        first = first_items(self.context, self.box, data)
        breaker = LineBreaker(
            self.context, data, self.direction, self.content_inline, self.percentage_block, self.placer
        )
        breaker.cell_percentages = self.cell_percentages
        breaker.has_marker = self.marker is not None
        lines = LineBuilder(self.context, self.box, data, breaker)
        breaker.data = lines.data = first
        index, offset = 0, 0
        count = len(data.items)
        indent = resolve_indent(self.box, self.content_inline) if self.box.indents_first_line else 0.0
        if self.placer.exclusions.count == 0:
            breaker.balanced = balanced_room(self.box, first, breaker, indent)
        lines.has_more_after = self.space.clamp_has_more
        while index < count:
            lines.is_last_clamped = self.clamp_lines == 1
            line, place, built = self._line(breaker, lines, index, offset, indent)
            if line.is_empty:
                at = self.offset + (self.strut.sum() if self.is_resolved else 0.0)
                self._add_line(built, at)
            else:
                shift = self.annotation_shift(built) if data.annotations or data.has_marks else 0.0
                self._resolve()
                at = max(place - self.bfc_offset, self.offset) + shift
                # In vertical-lr lines begin with their under side.
                ascent = built.height - built.ascent if self.direction.is_over_at_end() else built.ascent
                if self.first_baseline == NO_BASELINE:
                    self.first_baseline = at + ascent
                    self._anchor(at, len(self.builder.children), len(self.builder.out_of_flow))
                self._add_line(built, at)
                self.last_baseline = self.atomic_baseline = at + ascent
                self.offset = at + built.height
                indent = 0.0
                breaker.data = lines.data = data
            if breaker.late_floats:
                for late in breaker.late_floats:
                    self._float(late)
            last = line.items[-1] if line.items else None
            if line.is_forced and last is not None:
                needed = clearance_offset(
                    self.placer.exclusions, last.item.box.style.box.clear, self.direction
                )
                if last.item.box.kind == BoxKind.LINE_BREAK and needed > -FAR:
                    self.offset = max(self.offset, needed - self.bfc_offset)
            if line.next_index == index and line.next_offset == offset:
                break  # nothing could be placed: never for ever
            index, offset = line.next_index, line.next_offset
            if self.clamp_lines != NO_CLAMP and not line.is_empty:
                self.clamp_lines -= 1
                if self.clamp_lines == 0:
                    break
        if data.annotations or data.has_marks:
            self.offset += max(0.0, self.annotation_overflow - self.edges.padding.block_end)

    def _line(
        self, breaker: LineBreaker, lines: LineBuilder, index: int, offset: int, indent: float
    ) -> tuple[Line, float, BuiltLine]:
        """Break and build one line where it fits between the floats; also its offset in the formatting context.

        The line's height decides which floats it meets, and those decide what is on it.
        """
        placer = self.placer
        left, right = placer.line_left, placer.line_right
        place = expected = self._next_edge()
        exclusions, placed = placer.exclusions, len(placer.placed)
        opened = lines.open_boxes()
        height = 0.0
        attempts = rounds = 0
        breaker.begin_line()
        while True:
            attempts += 1
            if attempts > 1:
                if breaker.leading_exclusions is not None:
                    placer.exclusions = breaker.leading_exclusions
                    del placer.placed[breaker.leading_placed :]
                else:
                    placer.exclusions = exclusions
                    del placer.placed[placed:]
            band = placer.exclusions.opportunity_at(left, right, place, height, uses_shapes=True)
            breaker.band_height = height
            line = breaker.next_line(
                index, offset, band.inline_end - band.inline_start, band.inline_start, indent, place
            )
            if line.overflows and not line.is_empty and (band.has_floats or placer.exclusions.count > 0):
                now = placer.exclusions.opportunity_at(left, right, place, height, uses_shapes=True)
                edge = placer.exclusions.next_edge(place, height, uses_shapes=True) if now.has_floats else FAR
                if edge < FAR and edge > place and attempts < MAX_LINE_ATTEMPTS:
                    # Too narrow between the floats: further down there is more room.
                    place, height, rounds = edge, 0.0, 0
                    continue
            built = lines.build(line, self.content_inline, left)
            if placer.exclusions.count > 0 and built.height != height and not line.is_empty:
                whole = placer.exclusions.opportunity_at(left, right, place, built.height, uses_shapes=True)
                is_other = (
                    whole.inline_start != line.line_left
                    or whole.inline_end != line.line_left + line.available
                )
                # A lower line than the band was meant for may find more room beside a shape.
                if is_other and rounds < MAX_HEIGHT_ROUNDS:
                    rounds += 1
                    height = built.height
                    lines.reopen(opened)
                    continue
            break
        if not self.is_resolved and len(placer.placed) > placed:
            self._note_early(expected)
        return line, place, built

    def _add_line(self, built: BuiltLine, at: float) -> None:
        self.builder.add(built.fragment, self.edges.inline_start, at)
        if built.out_of_flow:
            self.builder.add_out_of_flow(tuple(built.out_of_flow), self.edges.inline_start, at)

    # --- The end ----------------------------------------------------------------------------------

    def _finish(self) -> LayoutResult:
        edges = self.edges
        if self.style.box.margin_trim != MarginTrim.NONE:
            self._trim_end_margin()
        marker_size = self._place_marker() if self.marker is not None else 0.0
        if not self.is_resolved and (edges.block_end > 0.0 or marker_size > 0.0):
            self._resolve()
            self.offset = 0.0
        if self.is_root_of_context:
            end = self.strut.sum()
            if context_is_quirky_cell(self.context, self.box):
                end = self.strut.positive + self.strut.negative
            self.offset = max(self.offset + end, edges.block_start)
            self.strut = NO_MARGIN
            # The context holds its floats (CSS 2.2 section 10.6.7).
            bottom = self.placer.exclusions.clearance_offset(True, True)
            self.offset = max(self.offset, bottom)
        elif self.is_resolved and (edges.block_end > 0.0 or self.keeps_end_margin):
            self.offset += self.strut.sum()
            self.strut = NO_MARGIN
        self.offset = max(self.offset, marker_size)
        intrinsic = max(self.offset, edges.block_start) + edges.block_end
        content_block = intrinsic
        if self.box.control is not None:
            natural = natural_content_block(self.box, self.context, self.builder) + edges.block_sum
            intrinsic = natural if fits_rows(self.box) else max(intrinsic, natural)
        block_size = self._block_size(intrinsic)
        if self.legend_end > 0.0 and not (self.style.box.contain and has_containment(self.style, "size")):
            block_size = max(block_size, self.legend_end + edges.block_end)
        if not self.is_resolved and block_size > 0.0:
            self._resolve()
        end_margin = self.strut
        if self.is_resolved and (
            self.is_root_of_context
            or edges.block_end > 0.0
            or block_size != intrinsic
            or self._has_set_block_size()
        ):
            end_margin = NO_MARGIN
        if self.box.control is not None:
            self._shift_content(content_shift(self.box, block_size - content_block))
        else:
            self._align_content(block_size, intrinsic)
        if self.first_baseline == NO_BASELINE and has_text_baseline(self.box):
            style = self.context.texts.of(self.style, self.box.language)
            inner = block_size - edges.block_sum - style.line_height
            self.first_baseline = edges.block_start + content_shift(self.box, inner) + style.line_ascent
            self.last_baseline = self.atomic_baseline = self.first_baseline
        elif self.first_baseline == NO_BASELINE and is_textarea(self.box):
            # In flex lines and grid rows that of its first line; in a line it stands on its margin edge.
            style = self.context.texts.of(self.style, self.box.language)
            self.first_baseline = self.last_baseline = edges.block_start + style.line_ascent
        elif self.first_baseline == NO_BASELINE and self.box.control is not None:
            baseline = baseline_of_empty(self.box, block_size, edges.block_start, edges.block_end)
            self.first_baseline = self.last_baseline = self.atomic_baseline = baseline
        if is_scroll_container(self.style):
            # https://drafts.csswg.org/css-align-3/#baseline-export
            self.first_baseline = clamp_baseline(self.first_baseline, block_size)
            self.last_baseline = clamp_baseline(self.last_baseline, block_size)
        self.add_floats()
        layout_out_of_flow(self.context, self.box, self.builder, edges, self.inline_size, block_size)
        if self.builder.out_of_flow:
            place_in_inline_boxes(self.context, self.builder, self.box, self.inline_size, block_size)
            if self.box.split_by:
                claim_for_inline_boxes(self.builder, self.box)
        fragment = self.builder.finish(self.inline_size, block_size, edges.border, edges.padding)
        # https://drafts.csswg.org/css-contain-2/#containment-layout : no baseline comes out
        is_contained = bool(self.style.box.contain) and has_containment(self.style, "layout")
        return LayoutResult(
            fragment,
            bfc_block_offset=self.bfc_offset,
            is_resolved=self.is_resolved,
            end_margin=end_margin,
            exclusions=self.placer.exclusions,
            first_baseline=NO_BASELINE if is_contained else self.first_baseline,
            last_baseline=NO_BASELINE if is_contained else self.last_baseline,
            atomic_baseline=NO_BASELINE if is_contained else self.atomic_baseline,
            intrinsic_block=contained_intrinsic_block(self.box, edges, intrinsic),
            out_of_flow=self.builder.pending(),
            clamp_lines=NO_CLAMP if self.space.clamp_lines == NO_CLAMP else self.clamp_lines,
        )

    def _trim_end_margin(self) -> None:
        """https://drafts.csswg.org/css-box-4/#margin-trim-block : margins at the end, and what collapses with them"""
        if self.style.box.margin_trim != MarginTrim.BLOCK_START and self.is_resolved:
            self.strut = NO_MARGIN
        elif self.strut.is_trimmed:
            self.strut = self.strut.trimmed(False)

    def _has_set_block_size(self) -> bool:
        """Whether the block size does not come from the content: a length, or the ratio's."""
        length = block_length(self.style)
        if length.kind > LengthKind.CALC:
            return logical_ratio(self.style) > 0.0
        return not length.has_percent() or self.space.percentage_block != INDEFINITE

    def _align_content(self, block_size: float, intrinsic: float) -> None:
        """`align-content` of block containers (https://drafts.csswg.org/css-align-3/#distribution-block)."""
        keyword = self.style.box.align_content.keyword
        free = block_size - intrinsic
        if keyword <= AlignKeyword.STRETCH or not self.is_root_of_context:
            return
        if free <= 0.0:
            return  # NOTE: as if `safe`, in Blink; `unsafe` is not told from it here
        if self.box.kind == BoxKind.TABLE_CELL:
            return  # its row does
        shift = 0.0
        if keyword in (AlignKeyword.CENTER, AlignKeyword.SPACE_AROUND, AlignKeyword.SPACE_EVENLY):
            shift = free / 2.0
        elif keyword in (AlignKeyword.END, AlignKeyword.FLEX_END, AlignKeyword.LAST_BASELINE):
            shift = free
        self._shift_content(shift)

    def _shift_content(self, shift: float) -> None:
        """Move all that is placed along the block axis."""
        if shift == 0.0:
            return
        self.builder.move_block(shift)
        self.builder.move_out_of_flow(shift)
        if self.first_baseline != NO_BASELINE:
            self.first_baseline += shift
        if self.last_baseline != NO_BASELINE:
            self.last_baseline += shift
        if self.atomic_baseline != NO_BASELINE:
            self.atomic_baseline += shift
        self.bfc_offset -= shift  # floats are placed from here

    def _place_marker(self) -> float:
        """The outside marker stands beside the first line, its end edge at the content's start edge.

        A marker whose line is higher above the baseline than the content pushes the content down. Where there is no
        line, the marker stands at the top (https://github.com/w3c/csswg-drafts/issues/2417), and the box holds the
        marker's line: that line's end is returned (Blink's UnpositionedListMarker).
        """
        marker = self.marker
        if marker is None:
            return 0.0
        result = self.context.layout(
            marker,
            ConstraintSpace(
                INDEFINITE, INDEFINITE, percentage_inline=self.content_inline, is_shrink_to_fit=True
            ),
        )
        fragment = result.fragment
        size = fragment.width if self.direction.is_horizontal else fragment.height
        texts = self.context.texts.of(marker.style, marker.language)
        inline = self.edges.inline_start + outside_start_margin(marker, texts, size)
        if self.first_baseline != NO_BASELINE:
            ascent = marker_ascent(marker, texts, self.direction, result.first_baseline)
            push = ascent - (self.first_baseline - self.anchor_offset)
            if push > 0.0:
                self.builder.move_block(push, self.anchor_child)
                self.builder.move_out_of_flow(push, self.anchor_pending)
                self.offset += push
                self.first_baseline += push
                self.last_baseline += push
                if self.atomic_baseline != NO_BASELINE:
                    self.atomic_baseline += push
            at = self.first_baseline
            if result.first_baseline != NO_BASELINE:
                at -= result.first_baseline
            self.builder.add_result(result, inline, at)
            return 0.0
        # As Blink has it: beside blocks from the border edge, so that padding may hold the marker's line, and the
        # margins so far go on collapsing behind it.
        has_blocks = any(
            not child.is_floating() and not child.is_out_of_flow() for child in self.box.children[1:]
        )
        if not self.is_resolved:
            strut = self.strut
            self._resolve()
            if has_blocks:
                self.strut = strut
        at = 0.0 if has_blocks else self.edges.block_start
        end = at + texts.line_height - (self.edges.block_end if has_blocks else 0.0)
        if not marker.children:
            at += texts.line_ascent - texts.ascent
        self.builder.add_result(result, inline, at)
        if result.first_baseline != NO_BASELINE:
            self.first_baseline = at + result.first_baseline
        return end
