"""From a broken line to its fragments: metrics, vertical alignment, bidi order, justification.

Within a line, x runs from its line-left edge and y from its line-over edge, whatever the writing mode; the
conversion to physical coordinates is in `LineFrame`.
"""

from __future__ import annotations

import math
from typing import Final, final

from ...css.display import LIST_ITEMS
from ...css.keywords import PositionKind, RubyPosition, WritingMode
from ...css.values import VerticalAlignKind
from ...geometry import Rect
from ...text.bidi import visual_order as visual_order_of
from ...text.shaping import ShapeResult
from ..box import Box, BoxKind, ControlKind
from ..constraint_space import NO_BASELINE, OutOfFlow
from ..controls import orthogonal_baseline
from ..driver import LayoutContext
from ..fragment import Fragment, FragmentKind
from ..fragment_builder import overflow_in_parent
from ..logical import to_physical, writing_direction
from ..sizing import has_containment, is_scroll_container
from ..text_style import TextStyle
from .box_state import NO_METRICS, BoxState, Metrics, baseline_shift, uses_central_baseline
from .edges import is_cloned
from .emphasis import MARK_SIZE, marks_are_over
from .items import InlineItems, ItemKind
from .justification import Spreader
from .line import NO_INLINE_EDGES, ColumnPart, InlineEdges, Line, LineItem
from .line_assembly import (
    Annotation,
    Leaf,
    LineAssembly,
    LineFrame,
    LinePart,
    LineScene,
    PlacedColumn,
    cut_edges,
    inline_container_of,
)
from .line_breaker import LineBreaker
from .measure import hyphen_text
from .ruby import count_places, em_box, insets, pad
from .text_align import align_offset, justify, resolve_align


@final
class BuiltLine:
    """A line's fragment with what its container needs to know.

    Attributes:
        ascent: the baseline below the line's top.
        height: of the line box.
        out_of_flow: with static positions in the line's own logical coordinates: inline from the content
            box's start edge, block from the line's top.
        overflow_start, overflow_end: how far ruby annotations reach over the line's block-start and block-end edges.
        space_start, space_end: where there is ruby near: the room between those edges and the text.
    """

    __slots__ = (
        "ascent",
        "fragment",
        "height",
        "out_of_flow",
        "overflow_end",
        "overflow_start",
        "space_end",
        "space_start",
    )

    def __init__(self, fragment: Fragment, ascent: float, height: float) -> None:
        self.fragment: Final = fragment
        self.ascent: Final = ascent
        self.height: Final = height
        self.out_of_flow: list[OutOfFlow] = []
        self.overflow_start: float = 0.0
        self.overflow_end: float = 0.0
        self.space_start: float = 0.0
        self.space_end: float = 0.0


OVER_IS_END: Final = (WritingMode.VERTICAL_LR, WritingMode.SIDEWAYS_LR)
"""Writing modes whose line-over side is the block-end one."""


@final
class AnnotationReach:
    """How far a line's annotations (0 for none) and its text reach above and below the root's baseline."""

    __slots__ = ("down", "text_down", "text_up", "up")

    def __init__(self) -> None:
        self.up: float = NO_METRICS
        self.down: float = NO_METRICS
        self.text_up: float = 0.0
        self.text_down: float = 0.0

    def note(self, built: BuiltLine, up: float, down: float, *, is_turned: bool) -> None:
        """Tell the line, which reaches `up` and `down`, what sticks out and what is free."""
        over, under = max(0.0, self.up - up), max(0.0, self.down - down)
        free_over = 0.0 if self.up > NO_METRICS and self.up > self.text_up else max(0.0, up - self.text_up)
        free_under = 0.0 if self.down > self.text_down else max(0.0, down - self.text_down)
        if is_turned:
            over, under, free_over, free_under = under, over, free_under, free_over
        built.overflow_start, built.overflow_end = over, under
        built.space_start, built.space_end = free_over, free_under


@final
class LineBuilder:
    """Builds the lines of one container, in order."""

    def __init__(
        self, context: LayoutContext, container: Box, data: InlineItems, breaker: LineBreaker
    ) -> None:
        self.context: Final = context
        self.container: Final = container
        self.data: InlineItems = data
        self.breaker: Final = breaker
        self.direction: Final = writing_direction(container.style)
        self.frame: Final = LineFrame(self.direction)
        self.is_central: Final = uses_central_baseline(self.direction, data.style)
        self._metrics: Final[dict[int, Metrics]] = {}
        self._open: list[Box] = []  # inline boxes that go on over the line's end
        # Of the line at hand:
        self.is_empty_line: bool = False
        self.is_last_clamped: bool = False  # line-clamp ends here, if more is to come
        self.has_more_after: bool = False  # there are lines after this context
        self.ellipsis_at: float = 0.0
        self.leaves: list[Leaf] = []
        self.states: list[BoxState] = []
        self.pending: list[tuple[LineItem, BoxState, int]] = []  # positioned boxes
        self.columns: list[PlacedColumn] = []  # of ruby

    def metrics_of(self, style: TextStyle) -> Metrics:
        """The metrics of a style by this container's baseline."""
        found = self._metrics.get(id(style))
        if found is None:
            found = Metrics(style, self.is_central)
            self._metrics[id(style)] = found
        return found

    def open_boxes(self) -> list[Box]:
        """The inline boxes that go on from the last line."""
        return self._open

    def reopen(self, boxes: list[Box]) -> None:
        """Go back to before a line that is to be built again."""
        self._open = boxes

    # --- Vertical: metrics and alignment ----------------------------------------------------------

    def build(self, line: Line, content_inline: float, line_left: float) -> BuiltLine:
        """The fragment of a line, as wide as the content box, whose line-left edge is `line_left`."""
        root = self.fill(line)
        up, down = self._resolve_pending(root)
        if line.is_empty:
            up, down = (up if root.has_metrics() else 0.0), 0.0
        height = 0.0 if line.is_empty else max(0.0, up + down)
        reach = AnnotationReach()
        if self.data.annotations and not line.is_empty:
            reach = self._annotate(up, down)
        if self.data.has_marks and not line.is_empty:
            self._mark(reach, up, down)
        built = self._assemble(line, content_inline, line_left, up, height)
        if self.data.annotations or self.data.has_marks:
            reach.note(built, up, down, is_turned=self.direction.mode in OVER_IS_END)
        return built

    def fill(self, line: Line) -> BoxState:
        """Take the items of a line apart into leaves and inline boxes; the root inline box is returned."""
        self.leaves = []
        self.states = []
        self.pending = []
        self.columns = []
        open_columns: list[PlacedColumn] = []
        self.is_empty_line = line.is_empty
        root_style = self.data.style
        root = BoxState(self.container, root_style, self.metrics_of(root_style), NO_INLINE_EDGES, None)
        root.computed = self.data.style_of(self.container)
        self.states.append(root)
        if not self.context.has_line_quirk or self.container.style.box.display in LIST_ITEMS:
            root.add_strut()
        stack: list[BoxState] = [root]
        for box in self._open:
            state = self._push(box, stack[-1], has_start=self.data.has_clones and is_cloned(box))
            stack.append(state)
        for entry in line.items:
            item = entry.item
            kind = item.kind
            parent = stack[-1]
            if kind == ItemKind.TEXT:
                self._text(entry, parent)
            elif kind == ItemKind.OPEN:
                stack.append(self._push(item.box, parent, has_start=item.box.has_start_edge))
                stack[-1].leaf_count = -len(self.leaves)
            elif kind == ItemKind.CLOSE:
                if len(stack) > 1:
                    self._close(stack.pop(), entry)
            elif kind == ItemKind.ATOMIC:
                self._atomic(entry, parent)
            elif kind == ItemKind.BREAK or kind == ItemKind.TAB:
                self._control(entry, parent)
            elif kind == ItemKind.OUT_OF_FLOW:
                # A leaf without width finds its place in visual order.
                self.pending.append((entry, parent, len(self.leaves)))
                leaf = Leaf(parent, entry, 0.0, 0.0, 0.0)
                leaf.is_placeholder = True
                leaf.level = self.data.base_level
                self.leaves.append(leaf)
            elif entry.part is not None:
                self._column_edge(entry, entry.part, parent, open_columns)
            elif kind == ItemKind.CONTROL:
                self._placeholder(parent, entry)  # the end of an isolate parts what is reordered around it
        self._open = [state.box for state in stack[1:]]
        while len(stack) > 1:
            state = stack.pop()
            state.has_end = self.data.has_clones and is_cloned(state.box)
            self._keep_empty(state, line)
            self._align(state)
        return root

    # --- Ruby -------------------------------------------------------------------------------------

    def _column_edge(
        self, entry: LineItem, part: ColumnPart, parent: BoxState, open_columns: list[PlacedColumn]
    ) -> None:
        leaf = Leaf(parent, entry, entry.width, 0.0, 0.0)
        if entry.item.kind == ItemKind.OPEN_COLUMN:
            column = PlacedColumn(part, len(self.leaves))
            open_columns.append(column)
            self.columns.append(column)
        else:
            column = open_columns.pop()
            column.last_leaf = len(self.leaves)
        leaf.column = column
        self.leaves.append(leaf)

    def reach_of(self, first: int, last: int) -> tuple[float, float]:
        """How far texts and atomics among some leaves reach above and below the root's baseline, by their em boxes."""
        reach_up = reach_down = NO_METRICS
        for leaf in self.leaves[first:last]:
            shift = _shift_of(leaf.parent)
            if leaf.entry.item.kind == ItemKind.TEXT and not leaf.is_placeholder:
                up, down = em_box(leaf.parent.style, self.is_central)
            elif leaf.state is not None:
                shift += leaf.state.shift
                up, down = leaf.up, leaf.height - leaf.up
            else:
                continue
            reach_up, reach_down = max(reach_up, up - shift), max(reach_down, down + shift)
        return reach_up, reach_down

    def _mark(self, reach: AnnotationReach, up: float, down: float) -> None:
        """Emphasis marks stand on em boxes, half an em high; what reaches over the line is whole px."""
        reach.text_up, reach.text_down = self.reach_of(0, len(self.leaves))
        if self.is_central:
            metrics = self.states[0].metrics
            reach.text_up += (metrics.ascent - metrics.descent) / 2.0
            reach.text_down -= (metrics.ascent - metrics.descent) / 2.0
        for leaf in self.leaves:
            style = leaf.parent.style
            if not leaf.runs or not style.style.text_emphasis_style:
                continue
            shift = _shift_of(leaf.parent)
            above, below = em_box(style, self.is_central)
            if self.is_central:
                # The halves of an odd content area differ by a pixel.
                odd = (leaf.parent.metrics.ascent - leaf.parent.metrics.descent) / 2.0
                above, below = above + odd, below - odd
            height = style.style.font_size * MARK_SIZE
            if marks_are_over(style.style):
                reach.up = max(reach.up, up + math.ceil(above - shift + height - up))
            else:
                reach.down = max(reach.down, down + math.ceil(below + shift + height - down))

    def _annotate(self, up: float, down: float) -> AnnotationReach:
        """Find the baselines of the line's annotations: level by level, over and under all its bases."""
        reach = AnnotationReach()
        reach.text_up, reach.text_down = self.reach_of(0, len(self.leaves))
        over, under = NO_METRICS, NO_METRICS
        levels = 0
        for column in self.columns:
            line, box = column.part.annotation, column.part.column.annotation
            if line is None or box is None:
                continue
            column.annotation = self._annotation(box, line, column.part)
            base_up, base_down = self.reach_of(column.first_leaf, column.last_leaf)
            over, under = max(over, base_up), max(under, base_down)
            levels = max(levels, column.part.column.level)
        if over == NO_METRICS:
            over, under = up, down
        for level in range(1, levels + 1):
            over = self._place_level(level, over, is_under=False)
            under = self._place_level(level, under, is_under=True)
        for column in self.columns:
            if column.annotation is not None:
                at = column.annotation.baseline
                reach.up = max(reach.up, column.annotation.up - at)
                reach.down = max(reach.down, column.annotation.down + at)
        return reach

    def _place_level(self, level: int, edge: float, *, is_under: bool) -> float:
        """Give the annotations of a level their common baseline beyond `edge`; where they end."""
        mine: list[Annotation] = []
        up = down = 0.0
        for column in self.columns:
            annotation = column.annotation
            if annotation is None or column.part.column.level != level:
                continue
            ruby = self.leaves[column.first_leaf].entry.item.box
            if (ruby.style.inherited.ruby_position == RubyPosition.UNDER) == is_under:
                mine.append(annotation)
                up, down = max(up, annotation.up), max(down, annotation.down)
        for annotation in mine:
            annotation.baseline = float(round(edge + up)) if is_under else -float(round(edge + down))
        return edge + up + down

    def _annotation(self, box: Box, line: Line, part: ColumnPart) -> Annotation:
        breaker = self.breaker.annotation_breaker(box)
        builder = LineBuilder(self.context, box, breaker.data, breaker)
        root = builder.fill(line)
        builder._resolve_pending(root)
        return RubyAnnotation(builder, line, part, self.breaker.edges_of(box))

    def _push(self, box: Box, parent: BoxState, has_start: bool) -> BoxState:
        computed = self.data.style_of(box)
        style = self.context.texts.of(computed, box.language)
        edges = self.breaker.edges_of(box)
        state = BoxState(box, style, self.metrics_of(style), edges, parent)
        state.computed = computed
        state.has_start = has_start
        if not self.context.has_line_quirk or edges.start != 0.0 or edges.end != 0.0:
            state.add_strut()
        self.states.append(state)
        state.leaf_count = -len(self.leaves)
        return state

    def _text(self, entry: LineItem, parent: BoxState) -> None:
        metrics = parent.metrics
        leaf = Leaf(parent, entry, entry.width, metrics.ascent, metrics.ascent + metrics.descent)
        item = entry.item
        shape = item.shape
        if shape is not None:
            part = shape.sub_range(entry.start - item.start, entry.end - item.start)
            leaf.runs = list(part.runs)
            if entry.head > 0.0 and leaf.runs:
                leaf.runs[0] = leaf.runs[0].with_head(entry.head)
            if entry.hyphen >= 0.0:
                hyphen = self.context.texts.shaper.shape(
                    hyphen_text(item.style), item.style.description, shape.is_rtl, item.style.spacing
                )
                leaf.runs = hyphen.runs + leaf.runs if shape.is_rtl else leaf.runs + hyphen.runs
            if entry.spread > 0.0:
                leaf.spread(Spreader(entry.spread, entry.spread_count))
                leaf.width = entry.width  # which has it already
            if entry.lead > 0.0 or entry.trail > 0.0:
                leaf.pad(entry.lead, entry.trail)
            parent.add_strut()
            if parent.style.is_normal_line_height and not self.is_central:
                for run in leaf.runs:
                    if run.font is not parent.style.font:
                        parent.add_font(run.font)
        self.leaves.append(leaf)

    def _control(self, entry: LineItem, parent: BoxState) -> None:
        """A line break or a tab: no glyphs, but a font.

        With the line height quirk, a break after something else than text of its own box takes no height.
        """
        metrics = self.metrics_of(entry.item.style)
        if parent.has_strut or not parent.has_metrics() or entry.item.kind == ItemKind.TAB:
            parent.has_strut = True
            parent.unite(metrics.line_ascent, metrics.line_descent)
        ascent, descent = (metrics.ascent, metrics.descent) if parent.has_strut else (0.0, 0.0)
        self.leaves.append(Leaf(parent, entry, entry.width, ascent, ascent + descent))

    def _close(self, state: BoxState, entry: LineItem) -> None:
        state.has_end = state.box.has_end_edge
        if -state.leaf_count == len(self.leaves):
            self._placeholder(state, entry)
        self._align(state)

    def _keep_empty(self, state: BoxState, line: Line) -> None:
        if -state.leaf_count == len(self.leaves) and line.items:
            self._placeholder(state, line.items[-1])

    def _placeholder(self, state: BoxState, entry: LineItem) -> None:
        leaf = Leaf(state, entry, 0.0, 0.0, 0.0)
        leaf.is_placeholder = True
        self.leaves.append(leaf)

    def _align(self, state: BoxState) -> None:
        """A closed inline box takes its place by its parent's baseline."""
        parent = state.parent
        if parent is None:
            return
        align = state.box.style.box.vertical_align
        if align.kind == VerticalAlignKind.TOP or align.kind == VerticalAlignKind.BOTTOM:
            state.pending = align.kind
            return
        if not state.has_metrics():
            state.shift = baseline_shift(align, state.style, parent, 0.0, 0.0)
            return
        shift = baseline_shift(align, state.style, parent, state.up, state.down)
        state.shift = shift
        parent.unite(state.up - shift, state.down + shift)

    def _atomic(self, entry: LineItem, parent: BoxState) -> None:
        result = entry.result
        if result is None:
            return
        box = entry.item.box
        margin = entry.margin
        fragment = result.fragment
        height = fragment.height if self.direction.is_horizontal else fragment.width
        baseline = self._atomic_baseline(entry, height)
        up, down = baseline + margin.block_start, height - baseline + margin.block_end
        if self.is_central and (box.control is not None or baseline >= height):
            # Without lines of its own it stands by its middle.
            whole = up + down
            up, down = whole / 2.0, whole / 2.0
            baseline = up - margin.block_start
        style = self.context.texts.of(box.style, box.language)
        state = BoxState(box, style, parent.metrics, NO_INLINE_EDGES, parent)
        if box.kind == BoxKind.OUTSIDE_MARKER and box.picture is None:
            # A symbol inside the line is on it as a letter would be.
            metrics = self.metrics_of(style)
            state.unite(metrics.line_ascent, metrics.line_descent)
        else:
            state.unite(up, down)
        leaf = Leaf(parent, entry, entry.width, baseline, height)
        leaf.state = state
        self.states.append(state)
        self._align(state)
        self.leaves.append(leaf)

    def _atomic_baseline(self, entry: LineItem, height: float) -> float:
        """The baseline below the border box's top; the bottom margin edge where it has none.

        https://drafts.csswg.org/css-inline-3/#baseline-source ; the last line's of inline-blocks, unless
        they scroll (CSS 2.2 section 10.8.1).
        """
        result = entry.result
        box = entry.item.box
        if result is None:
            return height
        if has_containment(box.style, "layout"):
            # https://drafts.csswg.org/css-contain-2/#containment-layout : no baseline
            return height + entry.margin.block_end
        if box.kind == BoxKind.BLOCK:
            kind = ControlKind.NONE if box.control is None else box.control.kind
            is_field = (
                kind != ControlKind.NONE and kind != ControlKind.TEXTAREA and kind != ControlKind.LISTBOX
            )
            if not is_field and is_scroll_container(box.style):
                return height + entry.margin.block_end
            baseline = result.atomic_baseline
        else:
            baseline = result.first_baseline
        if writing_direction(box.style).is_orthogonal_to(self.direction):
            return orthogonal_baseline(result.fragment, self.direction, height, entry.margin.block_end)
        if baseline == NO_BASELINE:
            return height + entry.margin.block_end
        return height - baseline if writing_direction(box.style).is_over_at_end() else baseline

    def _resolve_pending(self, root: BoxState) -> tuple[float, float]:
        """The line's reach above and below the root's baseline, once top- and bottom-aligned boxes count.

        https://drafts.csswg.org/css2/#line-height : they are placed so that the line is as low as can be.
        """
        up = root.up if root.has_metrics() else 0.0
        down = root.down if root.has_metrics() else 0.0
        waiting: list[BoxState] = []
        for state in self.states:
            if state.pending != VerticalAlignKind.BASELINE and state.has_metrics():
                waiting.append(state)
        for state in waiting:
            height = state.up + state.down
            if height > up + down:
                if state.pending == VerticalAlignKind.TOP:
                    down = height - up
                else:
                    up = height - down
        for state in waiting:
            if state.pending == VerticalAlignKind.TOP:
                absolute = state.up - up
            else:
                absolute = down - state.down
            parent = state.parent
            above = 0.0
            while parent is not None:
                # NOTE: states are in tree order, so that an outer pending box has its shift already.
                above += parent.shift
                parent = parent.parent
            state.shift = absolute - above
        return up, down

    # --- Horizontal: alignment, order, fragments --------------------------------------------------

    def _assemble(
        self,
        line: Line,
        content_inline: float,
        line_left: float,
        up: float,
        height: float,
    ) -> BuiltLine:
        direction = self.direction
        is_ltr = direction.is_ltr
        align, is_justified = resolve_align(self.container.style, line, is_ltr)
        free = line.available - line.width
        if is_justified and free > 0.0 and self._justify(free):
            free = 0.0
        offset = align_offset(align, is_ltr, free)
        x = line.line_left - line_left + offset + (line.indent if is_ltr else 0.0)
        if not is_ltr:
            # Trailing preserved spaces hang to the left.
            x -= line.hang
        order = self.visual_order()
        ellipsis = self._truncate(line, order, is_ltr)
        scene = LineScene(
            direction, content_inline, self.breaker.percentage_block, self.leaves, line.is_empty
        )
        painter = LineAssembly(scene, x, up)
        painter.run(order)
        if ellipsis is not None:
            at = x + self.ellipsis_at
            if not is_ltr:
                at = painter.pen - self.ellipsis_at - self.frame.inline_of(ellipsis)
            painter.root.parts.append(LinePart(ellipsis, at, -self._root_ascent()))
        if self.data.first_line is not None and not line.is_empty:
            self._wrap_first_line(painter, self.data.first_line, x)
        if direction.is_horizontal:
            fragment = Fragment(FragmentKind.LINE, None, self.container.style, content_inline, height)
        else:
            fragment = Fragment(FragmentKind.LINE, None, self.container.style, height, content_inline)
        fragment.baseline = up
        start, extent = x, line.width if free > 0.0 else line.available
        if line.width > line.available:
            start = line.line_left - line_left + line.indent
        fragment.content_rect = (
            Rect(start, 0.0, extent, height) if direction.is_horizontal else Rect(0.0, start, height, extent)
        )
        links = fragment.children
        left, top, right, bottom = 0.0, 0.0, fragment.width, fragment.height
        for part in painter.root.parts:
            link = self.frame.link(part.fragment, part.x, part.y + up, content_inline, height)
            links.append(link)
            area = overflow_in_parent(part.fragment)
            left, top = min(left, link.x + area.x), min(top, link.y + area.y)
            right, bottom = max(right, link.x + area.right), max(bottom, link.y + area.bottom)
        fragment.overflow = Rect(left, top, right - left, bottom - top)
        built = BuiltLine(fragment, up, height)
        for item in painter.out_of_flow:
            built.out_of_flow.append(_from_line(item, content_inline, up, is_ltr))
        for entry, state, leaf_index in self.pending:
            built.out_of_flow.append(
                self._static_position(line, entry, state, leaf_index, painter, content_inline, height)
            )
        return built

    def _wrap_first_line(self, painter: LineAssembly, box: Box, x: float) -> None:
        """Everything on the first line is in the fictional box of ::first-line."""
        metrics = self.metrics_of(self.data.style)
        width, height = painter.pen - x, metrics.ascent + metrics.descent
        fragment = self.boxed(painter.root.parts, box, Rect(x, -metrics.ascent, width, height))
        painter.root.parts = [LinePart(fragment, x, -metrics.ascent)]

    def boxed(self, parts: list[LinePart], box: Box, area: Rect) -> Fragment:
        """A box fragment around parts of the line; `area` is in the coordinates of these."""
        fragment = Fragment(
            FragmentKind.BOX,
            box,
            box.style,
            area.width if self.direction.is_horizontal else area.height,
            area.height if self.direction.is_horizontal else area.width,
        )
        left, top, right, bottom = 0.0, 0.0, fragment.width, fragment.height
        for part in parts:
            link = self.frame.link(part.fragment, part.x - area.x, part.y - area.y, area.width, area.height)
            fragment.children.append(link)
            inner = overflow_in_parent(part.fragment)
            left, top = min(left, link.x + inner.x), min(top, link.y + inner.y)
            right, bottom = max(right, link.x + inner.right), max(bottom, link.y + inner.bottom)
        fragment.overflow = Rect(left, top, right - left, bottom - top)
        return fragment

    def _static_position(
        self,
        line: Line,
        entry: LineItem,
        state: BoxState,
        leaf_index: int,
        painter: LineAssembly,
        content_inline: float,
        height: float,
    ) -> OutOfFlow:
        """Where a positioned box would have been: after what precedes it on the line.

        https://drafts.csswg.org/css2/#static-position ; boxes that were block-level go to a line of their own.
        """
        box = entry.item.box
        container = inline_container_of(state)
        inline, block = painter.moved_by_ancestors(state)
        if box.is_block_level_origin:
            leaves = self.leaves[:leaf_index]
            if line.ends_box_before(entry) or any(not leaf.is_placeholder for leaf in leaves):
                block += height
            return OutOfFlow(box, inline, block, 0, 0, container)
        x = painter.starts[leaf_index]
        inline += x if self.direction.is_ltr else content_inline - x
        return OutOfFlow(box, inline, block, 0, 0, container)

    def _root_ascent(self) -> float:
        return self.metrics_of(self.data.style).ascent

    def _truncate(self, line: Line, order: list[int], is_ltr: bool) -> Fragment | None:
        """Cut the text of a line that is too long, or that `line-clamp` ends: the ellipsis, None for other lines.

        Only what is painted changes: the boxes stay as wide as their text.
        """
        is_clamped = self.is_last_clamped and (not line.is_last or self.has_more_after)
        if not is_clamped and not (self.container.truncates_text and line.overflows):
            return None
        style = self.data.style
        text = "\u2026" if style.font.has_glyph(0x2026) else "..."
        shape = self.context.texts.shaper.shape(text, style.description, False, style.spacing)
        room = line.available - shape.width
        pen = line.indent
        is_cut = False
        for index in order if is_ltr else reversed(order):
            leaf = self.leaves[index]
            if leaf.is_placeholder:
                continue
            if is_cut:
                leaf.runs = []
                leaf.is_cut = True
                continue
            entry = leaf.entry
            if pen + leaf.width <= room:
                pen += leaf.width
                continue
            is_cut = True
            item_shape = entry.item.shape
            if item_shape is None or entry.item.kind != ItemKind.TEXT:
                continue
            if item_shape.is_rtl == is_ltr:
                # NOTE: a run against the line's direction is shown whole or not at all.
                leaf.runs, leaf.is_cut = [], True
                continue
            base = entry.item.start
            start, end = entry.start - base, entry.end - base
            fit = min(end, item_shape.offset_for_width(start, max(0.0, room - pen)))
            fit = _cluster_end(item_shape, start, fit, end, pen == line.indent)
            leaf.runs = list(item_shape.sub_range(start, fit).runs) if fit > start else []
            leaf.is_cut = True
            shown = item_shape.width_between(start, fit)
            if not is_ltr:
                leaf.lead = leaf.width - shown
            pen += shown
        self.ellipsis_at = pen
        metrics = self.metrics_of(style)
        width = max(0.0, shape.width)  # negative letter-spacing may make it less than nothing
        fragment = Fragment(
            FragmentKind.TEXT,
            self.container,
            self.container.style,
            width if self.direction.is_horizontal else metrics.ascent + metrics.descent,
            metrics.ascent + metrics.descent if self.direction.is_horizontal else width,
        )
        fragment.run = shape.runs[0] if shape.runs else None
        fragment.baseline = style.ascent
        fragment.ellipsis = True
        fragment.overflow = Rect(0.0, 0.0, fragment.width, fragment.height)
        return fragment

    def _justify(self, free: float) -> bool:
        return justify(self.data.text, self.leaves, free, self.container.style.inherited.text_justify)

    def visual_order(self) -> list[int]:
        """The leaves from left to right."""
        leaves = self.leaves
        if not self.data.is_bidi:
            return list(range(len(leaves)))
        return visual_order_of([leaf.level for leaf in leaves])


def _cluster_end(shape: ShapeResult, start: int, fit: int, end: int, keeps_first: bool) -> int:
    """The last offset up to `fit` that parts no glyph cluster (a ligature, a letter with its marks).

    `keeps_first`: where not even one cluster fits, the first one is kept all the same.
    """
    below, above = start, end
    for run in shape.runs:
        if run.end <= start or run.start >= end:
            continue
        for edge in (run.start, *run.clusters):
            if below < edge <= fit:
                below = edge
            elif fit < edge < above:
                above = edge
    if fit >= end:
        return end
    return above if below == start and keeps_first else below


def _from_line(item: OutOfFlow, content_inline: float, up: float, is_ltr: bool) -> OutOfFlow:
    """A pending box of an atomic inline: line-relative, y from the baseline, to the line's logical corner."""
    inline = item.inline_offset
    align = item.inline_align
    if not is_ltr:
        inline, align = content_inline - inline, 2 - align
    return OutOfFlow(
        item.box,
        inline,
        item.block_offset + up,
        align,
        item.block_align,
        item.inline_container,
        item.inline_room,
        item.block_room,
    )


def _shift_of(state: BoxState | None) -> float:
    """How far an inline box's baseline is below the root's."""
    shift = 0.0
    while state is not None:
        shift += state.shift
        state = state.parent
    return shift


@final
class RubyAnnotation(Annotation):
    """The annotation of a ruby column, broken into lines of its own."""

    def __init__(self, builder: LineBuilder, line: Line, part: ColumnPart, edges: InlineEdges) -> None:
        top = edges.border.block_start + edges.padding.block_start
        bottom = edges.border.block_end + edges.padding.block_end
        up, down = builder.reach_of(0, len(builder.leaves))
        super().__init__(builder.container, max(up, 0.0) + top, max(down, 0.0) + bottom)
        self.builder: Final = builder
        self.line: Final = line
        self.part: Final = part
        self.edges: Final = edges
        self.top: Final = top
        self.bottom: Final = bottom

    def place(self, width: float) -> LinePart:
        """As wide as the column, the text in it as `ruby-align` says."""
        builder, line, edges = self.builder, self.line, self.edges
        start = edges.start if self.part.has_start else 0.0
        end = edges.end if self.part.has_end else 0.0
        places = count_places(builder.data.text, line)
        before, after, share = insets(self.box.style, width - start - end - line.width, places)
        if share > 0.0:
            spreader = Spreader(share, places)
            for leaf in builder.leaves:
                leaf.spread(spreader)
        is_ltr = builder.direction.is_ltr
        if pad(line.items, before, after, is_ltr=is_ltr):
            for leaf in builder.leaves:
                entry = leaf.entry
                if entry.lead > 0.0 or entry.trail > 0.0:
                    leaf.pad(entry.lead, entry.trail)
                    leaf.width += entry.lead + entry.trail
            before = after = 0.0
        margin_start = edges.margin.inline_start if self.part.has_start else 0.0
        margin_end = edges.margin.inline_end if self.part.has_end else 0.0
        left = margin_start if is_ltr else margin_end
        scene = LineScene(
            builder.direction, width, builder.breaker.percentage_block, builder.leaves, is_empty=False
        )
        painter = LineAssembly(scene, start + before if is_ltr else end + after, 0.0)
        painter.run(builder.visual_order())
        metrics = builder.metrics_of(builder.data.style)
        up = metrics.ascent + self.top
        height = up + metrics.descent + self.bottom
        area = Rect(left, -up, max(0.0, width - margin_start - margin_end), height)
        fragment = builder.boxed(painter.root.parts, self.box, area)
        fragment.has_start_edge, fragment.has_end_edge = self.part.has_start, self.part.has_end
        if edges.has_edges:
            fragment.border = to_physical(cut_edges(edges.border, fragment), builder.direction)
            fragment.padding = to_physical(cut_edges(edges.padding, fragment), builder.direction)
        self.out_of_flow = painter.out_of_flow
        for entry, state, index in builder.pending:
            container = inline_container_of(state)
            if container is None and self.box.style.box.position != PositionKind.STATIC:
                container = self.box
            at = OutOfFlow(entry.item.box, painter.starts[index], -metrics.ascent, 0, 0, container)
            self.out_of_flow.append(at)
        return LinePart(fragment, left, -up)
