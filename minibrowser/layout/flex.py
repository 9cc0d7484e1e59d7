"""Flex layout: flex containers and -webkit-box (https://drafts.csswg.org/css-flexbox-1/#layout-algorithm).

Works in flow-relative flex terms (main-start, cross-start) and turns them into the container's inline and
block axes when items are placed. Where the specification leaves room, Blink's answers are taken.
"""

from __future__ import annotations

from typing import final

from ..css.values import AlignKeyword, Alignment
from .block_dependence import depends_on_block_size
from .box import Box
from .constraint_space import (
    INDEFINITE,
    NO_BASELINE,
    ConstraintSpace,
    LayoutResult,
    MinMaxSizes,
    OutOfFlow,
)
from .driver import LayoutContext
from .flex_item import FlexItem, FlexLine, distribute, resolve_flexible_lengths
from .flex_sizing import FlexSizing, main_ratio
from .fragment_builder import FragmentBuilder
from .logical import writing_direction
from .positioned import layout_out_of_flow
from .sizing import (
    clamp_baseline,
    compute_block_size,
    has_containment,
    is_scroll_container,
    resolve_edges,
)


def layout_flex(box: Box, space: ConstraintSpace, context: LayoutContext) -> LayoutResult:
    """Lay out a flex container."""
    return _FlexLayout(box, space, context).run()


def flex_min_max(box: Box, space: ConstraintSpace, context: LayoutContext) -> MinMaxSizes:
    """The intrinsic inline sizes of a flex container's border box."""
    return _FlexLayout(box, space, context).min_max_sizes()


@final
class _FlexLayout(FlexSizing):
    """One run over one container."""

    def run(self) -> LayoutResult:
        """The steps of section 9."""
        self._determine_container_size()
        self._generate_items(is_intrinsic=False)
        self._determine_main_size_and_lines()
        self._resolve_flexible_lengths()
        self._layout_items()
        self._determine_line_cross_sizes()
        self._determine_container_cross_size()
        self._stretch_items()
        self._align_main()
        self._align_cross()
        return self._finish()

    # --- 9.2.4, 9.3: main size of the container, lines ---------------------------------------------

    def _determine_main_size_and_lines(self) -> None:
        edges = self.edges
        if self.is_row:
            self.content_main = self.content_inline
            self.lines = self._break_lines(self.content_main)
            return
        # Columns break at the definite block size, or at max-height.
        available = INDEFINITE
        if self.is_multi_line:
            available = self.content_block
            if available == INDEFINITE:
                available = self._block_size_for(3.0e7) - edges.block_sum
        self.lines = self._break_lines(available)
        longest = 0.0
        for line in self.lines:
            total = self.main_gap * (len(line.items) - 1)
            for item in line.items:
                total += item.hypothetical + item.main_margins()
            longest = max(longest, total)
        self.intrinsic_block = max(0.0, longest) + edges.block_sum
        self.block_size = self._block_size_for(self.intrinsic_block)
        self.content_main = max(0.0, self.block_size - edges.block_sum)

    def _block_size_for(self, intrinsic: float) -> float:
        return compute_block_size(self.context, self.box, self.space, self.edges, self.inline_size, intrinsic)

    def _resolve_flexible_lengths(self) -> None:
        # 6. Resolve the flexible lengths of all the flex items to find their used main size.
        for line in self.lines:
            gaps = self.main_gap * (len(line.items) - 1)
            total = gaps
            for item in line.items:
                total += item.hypothetical + item.main_margins()
            if total > self.content_main:
                self._measure_late_minimums(line)
            resolve_flexible_lengths(line.items, self.content_main, gaps)

    def _measure_late_minimums(self, line: FlexLine) -> None:
        for item in line.items:
            if item.min_main_is_known or item.shrink == 0.0:
                continue
            item.min_main_is_known = True
            space = self._measure_space(item)
            edges = resolve_edges(self.context, item.box, space)
            style = item.box.style.box
            main_size = style.width if self.is_row == self.direction.is_horizontal else style.height
            specified = self._main_length(item, main_size, space, edges)
            item.min_main = self._content_based_minimum(
                item, self._intrinsic_block(item), specified, INDEFINITE, main_ratio(item), edges
            )

    # --- 9.4: cross sizes ---------------------------------------------------------------------------

    def _layout_items(self) -> None:
        # 7. Determine the hypothetical cross size of each item.
        for line in self.lines:
            for item in line.items:
                self._layout_item(item, INDEFINITE)

    def _layout_item(self, item: FlexItem, line_cross: float) -> None:
        """Lay an item out at its used main size; with `line_cross` given, stretched to that line."""
        context = self.context
        container_cross = self._container_cross()
        percent_inline, percent_block = self.content_inline, self.content_block
        if item.direction.is_horizontal != self.direction.is_horizontal:
            percent_inline, percent_block = percent_block, percent_inline
        if item.main_is_inline:
            is_fixed_block = False
            block = container_cross
            if line_cross != INDEFINITE:
                is_fixed_block = True
                block = item.clamp_cross(line_cross - item.cross_margins())
            elif item.stretches() and not self.is_multi_line and container_cross != INDEFINITE:
                is_fixed_block = True
                block = item.clamp_cross(container_cross - item.cross_margins())
            space = ConstraintSpace(
                item.main,
                block,
                percentage_inline=percent_inline,
                percentage_block=percent_block,
                is_orthogonal=item.direction.is_horizontal != self.direction.is_horizontal,
                is_fixed_inline=True,
                is_fixed_block=is_fixed_block,
            )
        else:
            if line_cross != INDEFINITE:
                inline, is_fixed_inline = item.clamp_cross(line_cross - item.cross_margins()), True
            else:
                inline, is_fixed_inline = self._inline_cross(item)
            # https://drafts.csswg.org/css-flexbox-1/#definite-sizes 3: the flexed main size is definite where the
            # container's is; Blink takes it for definite too where the flex basis is.
            is_indefinite = not self.is_row and self.content_block == INDEFINITE and not item.base_is_definite
            measured = item.measured
            if is_indefinite and measured is not None and line_cross == INDEFINITE:
                if self._fragment_main(measured) == item.main:
                    # OPTIMIZATION: the same inline size, the same block size, percentages indefinite in both.
                    item.result = measured
                    item.cross = self._fragment_cross(measured)
                    return
            space = ConstraintSpace(
                inline,
                item.main,
                percentage_inline=percent_inline,
                percentage_block=percent_block,
                is_orthogonal=item.direction.is_horizontal != self.direction.is_horizontal,
                is_fixed_inline=is_fixed_inline,
                is_fixed_block=True,
                is_fixed_block_indefinite=is_indefinite,
                is_shrink_to_fit=True,
            )
        result = context.layout(item.box, space)
        item.result = result
        item.cross = self._fragment_cross(result)

    def _determine_line_cross_sizes(self) -> None:
        # 8. Calculate the cross size of each flex line.
        for line in self.lines:
            ascent = descent = NO_BASELINE  # of the first-baseline group, then of the last-baseline one
            last_ascent = last_descent = NO_BASELINE
            largest = 0.0
            for item in line.items:
                outer = item.cross + item.cross_margins()
                if item.is_baseline_aligned():
                    above = self._item_baseline(item)
                    item.baseline = above
                    below = outer - above
                    if item.align == AlignKeyword.BASELINE:
                        ascent, descent = max(ascent, above), max(descent, below)
                    else:
                        last_ascent, last_descent = max(last_ascent, above), max(last_descent, below)
                else:
                    largest = max(largest, outer)
            if ascent != NO_BASELINE:
                largest = max(largest, ascent + descent)
            if last_ascent != NO_BASELINE:
                largest = max(largest, last_ascent + last_descent)
            line.cross = max(0.0, largest)
            line.max_ascent = ascent
            line.max_last_descent = last_descent

    def _item_baseline(self, item: FlexItem) -> float:
        """The baseline that align-self: baseline uses, from the cross-start margin edge."""
        if not self.is_row:
            # Along the inline axis Blink takes the line-left edge for the baseline.
            is_left_start = self.direction.is_inline_reversed() == self.is_wrap_reverse
            return item.margin_cross_start + (0.0 if is_left_start else item.cross)
        result = item.result
        assert result is not None
        is_last = item.align == AlignKeyword.LAST_BASELINE
        baseline = result.last_baseline if is_last else result.first_baseline
        if baseline == NO_BASELINE:
            baseline = item.cross  # synthesised from the border box
        if self.is_wrap_reverse:
            return item.cross - baseline + item.margin_cross_start
        return item.margin_cross_start + baseline

    def _determine_container_cross_size(self) -> None:
        # 9.4.8, 15. The container's cross size; a single line takes it over.
        lines = self.lines
        total = self.cross_gap * (len(lines) - 1) if lines else 0.0
        for line in lines:
            total += line.cross
        if self.is_row:
            self.intrinsic_block = total + self.edges.block_sum
            self.block_size = self._block_size_for(self.intrinsic_block)
            self.content_cross = max(0.0, self.block_size - self.edges.block_sum)
        else:
            self.content_cross = self.content_inline
        if not self.is_multi_line and lines:
            lines[0].cross = self.content_cross
        # 9. Handle 'align-content: stretch'; 16. Align all flex lines per align-content.
        if self.is_multi_line:
            self._align_lines(total)

    def _align_lines(self, total: float) -> None:
        alignment = self.style.box.align_content
        keyword = alignment.keyword
        free = self.content_cross - total
        count = len(self.lines)
        if keyword == AlignKeyword.NORMAL or keyword == AlignKeyword.STRETCH:
            if free > 0.0 and count:
                share = free / count
                for line in self.lines:
                    line.cross += share
            free = 0.0 if free > 0.0 else free
            keyword = AlignKeyword.FLEX_START
        elif keyword == AlignKeyword.START or keyword == AlignKeyword.BASELINE:
            keyword = AlignKeyword.FLEX_END if self.is_wrap_reverse else AlignKeyword.FLEX_START
        elif keyword == AlignKeyword.END or keyword == AlignKeyword.LAST_BASELINE:
            keyword = AlignKeyword.FLEX_START if self.is_wrap_reverse else AlignKeyword.FLEX_END
        places = distribute(keyword, alignment.is_safe, free, count)
        offset = places.before
        for line in self.lines:
            line.cross_offset = offset
            offset += line.cross + self.cross_gap + places.between

    def _stretch_items(self) -> None:
        # 11. Determine the used cross size of each flex item.
        container_cross = self._container_cross()
        is_done = not self.is_multi_line and container_cross != INDEFINITE
        if is_done:
            return  # they were stretched to the definite line when they were first laid out
        for line in self.lines:
            for item in line.items:
                if not item.stretches():
                    continue
                stretched = item.clamp_cross(line.cross - item.cross_margins())
                if stretched == item.cross and item.main_is_inline and not depends_on_block_size(item.box):
                    continue  # OPTIMIZATION: it has that size, and nothing in it asks whether it is definite
                self._layout_item(item, line.cross)

    # --- 9.5: main-axis alignment -------------------------------------------------------------------

    def _align_main(self) -> None:
        # 12. Distribute any remaining free space.
        alignment = self.style.box.justify_content
        keyword = self._justify_keyword(alignment)
        for line in self.lines:
            items = line.items
            free = self.content_main - self.main_gap * (len(items) - 1)
            autos = 0
            for item in items:
                free -= item.main + item.main_margins()
                autos += item.auto_main_start + item.auto_main_end
            if autos and free > 0.0:
                share = free / autos
                for item in items:
                    if item.auto_main_start:
                        item.margin_main_start = share
                    if item.auto_main_end:
                        item.margin_main_end = share
                free = 0.0
            places = distribute(keyword, alignment.is_safe, free, len(items))
            offset = places.before
            for item in items:
                item.main_offset = offset + item.margin_main_start
                offset += item.main + item.main_margins() + self.main_gap + places.between

    def _justify_keyword(self, alignment: Alignment) -> AlignKeyword:
        """justify-content in flex terms."""
        keyword = alignment.keyword
        if keyword == AlignKeyword.LEFT or keyword == AlignKeyword.RIGHT:
            # they are physical along a horizontal (or the inline) main axis, else they act as start
            if not self.is_row:
                keyword = AlignKeyword.START
            else:
                is_left_start = not self.direction.is_inline_reversed()
                is_start = (keyword == AlignKeyword.LEFT) == is_left_start
                keyword = AlignKeyword.START if is_start else AlignKeyword.END
        if keyword == AlignKeyword.START or keyword == AlignKeyword.SELF_START:
            return AlignKeyword.FLEX_END if self.is_reverse else AlignKeyword.FLEX_START
        if keyword == AlignKeyword.END or keyword == AlignKeyword.SELF_END:
            return AlignKeyword.FLEX_START if self.is_reverse else AlignKeyword.FLEX_END
        if keyword == AlignKeyword.NORMAL or keyword == AlignKeyword.STRETCH:
            return AlignKeyword.FLEX_START
        return keyword

    # --- 9.6: cross-axis alignment ------------------------------------------------------------------

    def _align_cross(self) -> None:
        for line in self.lines:
            for item in line.items:
                item.cross_offset = line.cross_offset + self._offset_in_line(item, line)

    def _offset_in_line(self, item: FlexItem, line: FlexLine) -> float:
        """Where the border box starts in its line."""
        free = line.cross - item.cross - item.cross_margins()
        # 13. Resolve cross-axis auto margins.
        if item.has_auto_cross_margin():
            if free > 0.0:
                if item.auto_cross_start and item.auto_cross_end:
                    item.margin_cross_start = item.margin_cross_end = free / 2.0
                elif item.auto_cross_start:
                    item.margin_cross_start = free
                else:
                    item.margin_cross_end = free
            elif self.is_wrap_reverse:
                # the overflow goes to the end side of the writing mode, not of the flex container
                return free + item.margin_cross_start
            return item.margin_cross_start
        # 14. Align all flex items along the cross-axis per align-self.
        align = item.align
        if free < 0.0 and item.align_is_safe:
            align = AlignKeyword.FLEX_END if self.is_wrap_reverse else AlignKeyword.FLEX_START
        if align == AlignKeyword.FLEX_END:
            return free + item.margin_cross_start
        if align == AlignKeyword.CENTER:
            return free / 2.0 + item.margin_cross_start
        if align == AlignKeyword.BASELINE and item.baseline != NO_BASELINE:
            return line.max_ascent - item.baseline + item.margin_cross_start
        if align == AlignKeyword.LAST_BASELINE:
            if item.baseline != NO_BASELINE:
                descent = item.cross + item.cross_margins() - item.baseline
                return line.cross - line.max_last_descent + descent - item.cross - item.margin_cross_end
            return free + item.margin_cross_start  # falls back to end
        return item.margin_cross_start

    # --- The fragment -------------------------------------------------------------------------------

    def _finish(self) -> LayoutResult:
        edges = self.edges
        builder = FragmentBuilder(self.box)
        builder.content_inline = self.content_inline
        first_baseline, last_baseline = NO_BASELINE, NO_BASELINE
        # NOTE: children are added in order-modified document order, which is also their painting order.
        line_count = len(self.lines)
        for number in range(line_count):
            line = self.lines[number]
            for item in line.items:
                result = item.result
                assert result is not None
                inline, block = self._place(item)
                builder.add_result(result, inline, block)
            # the first baseline is that of the line and the item that come first in the block axis
            if number == (line_count - 1 if self.is_wrap_reverse else 0):
                first_baseline = self._line_baseline(line, is_last=False)
            if number == (0 if self.is_wrap_reverse else line_count - 1):
                last_baseline = self._line_baseline(line, is_last=True)
        for child in self.out_of_flow:
            self._add_static_position(builder, child)
        builder.percentage_block = self.content_block
        layout_out_of_flow(self.context, self.box, builder, edges, self.inline_size, self.block_size)
        fragment = builder.finish(self.inline_size, self.block_size, edges.border, edges.padding)
        if has_containment(self.style, "layout"):
            first_baseline = last_baseline = NO_BASELINE
        elif is_scroll_container(self.style):
            first_baseline = clamp_baseline(first_baseline, self.block_size)
            last_baseline = clamp_baseline(last_baseline, self.block_size)
        return LayoutResult(
            fragment,
            first_baseline=first_baseline,
            last_baseline=last_baseline,
            intrinsic_block=self.intrinsic_block,
            out_of_flow=builder.pending(),
        )

    def _place(self, item: FlexItem) -> tuple[float, float]:
        """The item's border-box offset in the container's own inline and block axes."""
        main, cross = item.main_offset, item.cross_offset
        if self.is_reverse:
            main = self.content_main - main - item.main
        if self.is_wrap_reverse:
            cross = self.content_cross - cross - item.cross
        edges = self.edges
        if self.is_row:
            return edges.inline_start + main, edges.block_start + cross
        return edges.inline_start + cross, edges.block_start + main

    def _line_baseline(self, line: FlexLine, is_last: bool) -> float:
        """The container's baseline from its first or last line (section 8.5)."""
        is_end = is_last != (self.is_reverse and not self.is_row)
        chosen = line.items[len(line.items) - 1] if is_end else line.items[0]
        if self.is_row:
            for item in line.items:
                if item.is_baseline_aligned():
                    chosen = item
                    break
        result = chosen.result
        assert result is not None
        baseline = result.last_baseline if is_last else result.first_baseline
        if chosen.direction.is_horizontal != self.direction.is_horizontal:
            baseline = NO_BASELINE
        if baseline == NO_BASELINE:
            is_horizontal = self.direction.is_horizontal
            baseline = result.fragment.height if is_horizontal else result.fragment.width
        return self._place(chosen)[1] + baseline

    def _add_static_position(self, builder: FragmentBuilder, child: Box) -> None:
        """Out-of-flow children stand where they would as the sole item (section 4.1)."""
        justify = self.style.box.justify_content
        main = self._justify_keyword(justify)
        main_align = 0
        if main == AlignKeyword.FLEX_END:
            main_align = 2
        elif main == AlignKeyword.CENTER or main >= AlignKeyword.SPACE_AROUND:
            main_align = 1
        alignment = child.style.box.align_self
        is_safe = alignment.is_safe  # NOTE: Blink asks align-self alone
        if alignment.keyword == AlignKeyword.AUTO:
            alignment = self.style.box.align_items
        cross = self._self_alignment(alignment, writing_direction(child.style))
        cross_align = 0
        if cross == AlignKeyword.BASELINE or cross == AlignKeyword.LAST_BASELINE:
            # the fallback alignment is start or end, whatever the direction of the lines
            is_end = (cross == AlignKeyword.LAST_BASELINE) != self.is_wrap_reverse
            cross = AlignKeyword.FLEX_END if is_end else AlignKeyword.FLEX_START
        if cross == AlignKeyword.FLEX_END:
            cross_align = 2
        elif cross == AlignKeyword.CENTER:
            cross_align = 1
        if self.is_reverse:
            main_align = 2 - main_align
        if self.is_wrap_reverse:
            cross_align = 2 - cross_align
        inline_align, block_align = (main_align, cross_align) if self.is_row else (cross_align, main_align)
        # NOTE: `safe` of justify-content says nothing here in Blink.
        inline_is_safe = is_safe and not self.is_row
        block_is_safe = is_safe and self.is_row
        edges = self.edges
        content_block = max(0.0, self.block_size - edges.block_sum)
        builder.out_of_flow.append(
            OutOfFlow(
                child,
                edges.inline_start + self.content_inline * inline_align / 2.0,
                edges.block_start + content_block * block_align / 2.0,
                inline_align,
                block_align,
                None,
                self.content_inline if inline_is_safe else INDEFINITE,
                content_block if block_is_safe else INDEFINITE,
            )
        )
