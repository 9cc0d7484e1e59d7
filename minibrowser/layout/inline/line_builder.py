"""From a broken line to its fragments: metrics, vertical alignment, bidi order, justification.

Within a line, x runs from its line-left edge and y from its line-over edge, whatever the writing mode; the
conversion to physical coordinates is in `LineFrame`.
"""

from __future__ import annotations

from typing import Final, final

from ...css.computed_style import ComputedStyle
from ...css.keywords import TextAlign, TextAlignLast, TextJustify
from ...css.values import VerticalAlignKind
from ...geometry import Rect
from ...text.bidi import visual_order
from ...text.shaping import GlyphRun, ShapeResult
from ..box import Box, BoxKind, ControlKind
from ..constraint_space import NO_BASELINE, OutOfFlow
from ..driver import LayoutContext
from ..fragment import Fragment, FragmentKind
from ..fragment_builder import overflow_in_parent
from ..logical import writing_direction
from ..sizing import has_containment, is_scroll_container
from ..text_style import TextStyle
from .box_state import BoxState, Metrics, baseline_shift, uses_central_baseline
from .items import InlineItems, ItemKind
from .line import NO_INLINE_EDGES, Line, LineItem
from .line_assembly import Leaf, LineAssembly, LineFrame, LinePart, LineScene, inline_container_of
from .line_breaker import LineBreaker, hyphen_text


@final
class BuiltLine:
    """A line's fragment with what its container needs to know.

    Attributes:
        ascent: the baseline below the line's top.
        height: of the line box.
        out_of_flow: with static positions in the line's own logical coordinates: inline from the content
            box's start edge, block from the line's top.
    """

    __slots__ = ("ascent", "fragment", "height", "out_of_flow")

    def __init__(self, fragment: Fragment, ascent: float, height: float) -> None:
        self.fragment: Final = fragment
        self.ascent: Final = ascent
        self.height: Final = height
        self.out_of_flow: list[OutOfFlow] = []


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
        self.leaves = []
        self.states = []
        self.is_empty_line = line.is_empty
        root_style = self.data.style
        root = BoxState(self.container, root_style, self.metrics_of(root_style), NO_INLINE_EDGES, None)
        root.computed = self.data.style_of(self.container)
        self.states.append(root)
        is_quirks = self.context.is_quirks
        if not is_quirks:
            root.add_strut()
        stack: list[BoxState] = [root]
        for box in self._open:
            state = self._push(box, stack[-1], has_start=False)
            stack.append(state)
        pending: list[tuple[LineItem, BoxState, int]] = []
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
                pending.append((entry, parent, len(self.leaves)))
                leaf = Leaf(parent, entry, 0.0, 0.0, 0.0)
                leaf.is_placeholder = True
                leaf.level = self.data.base_level
                self.leaves.append(leaf)
        self._open = [state.box for state in stack[1:]]
        while len(stack) > 1:
            state = stack.pop()
            state.has_end = False
            self._keep_empty(state, line)
            self._align(state)
        up, down = self._resolve_pending(root)
        if line.is_empty:
            up, down = (up if root.has_metrics() else 0.0), 0.0
        height = 0.0 if line.is_empty else max(0.0, up + down)
        return self._assemble(line, content_inline, line_left, up, height, pending)

    def _push(self, box: Box, parent: BoxState, has_start: bool) -> BoxState:
        computed = self.data.style_of(box)
        style = self.context.texts.of(computed, box.language)
        edges = self.breaker.edges_of(box)
        state = BoxState(box, style, self.metrics_of(style), edges, parent)
        state.computed = computed
        state.has_start = has_start
        if not self.context.is_quirks or edges.start != 0.0 or edges.end != 0.0:
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
            if entry.hyphen >= 0.0:
                hyphen = self.context.texts.shaper.shape(
                    hyphen_text(item.style), item.style.description, shape.is_rtl, item.style.spacing
                )
                leaf.runs = hyphen.runs + leaf.runs if shape.is_rtl else leaf.runs + hyphen.runs
            parent.add_strut()
            if parent.style.is_normal_line_height and not self.is_central:
                for run in leaf.runs:
                    if run.font is not parent.style.font:
                        parent.add_font(run.font)
        self.leaves.append(leaf)

    def _control(self, entry: LineItem, parent: BoxState) -> None:
        """A line break or a tab: no glyphs, but a font."""
        style = entry.item.style
        metrics = self.metrics_of(style)
        parent.unite(metrics.line_ascent, metrics.line_descent)
        self.leaves.append(Leaf(parent, entry, entry.width, metrics.ascent, metrics.ascent + metrics.descent))

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
        if self.is_central:
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
        if baseline == NO_BASELINE or writing_direction(box.style).is_orthogonal_to(self.direction):
            return height + entry.margin.block_end
        return baseline

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
        pending: list[tuple[LineItem, BoxState, int]],
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
        order = self._visual_order()
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
        for entry, state, leaf_index in pending:
            built.out_of_flow.append(
                self._static_position(line, entry, state, leaf_index, painter, content_inline, height)
            )
        return built

    def _wrap_first_line(self, painter: LineAssembly, box: Box, x: float) -> None:
        """Everything on the first line is in the fictional box of ::first-line."""
        metrics = self.metrics_of(self.data.style)
        width, height = painter.pen - x, metrics.ascent + metrics.descent
        fragment = Fragment(
            FragmentKind.BOX,
            box,
            box.style,
            width if self.direction.is_horizontal else height,
            height if self.direction.is_horizontal else width,
        )
        left, top, right, bottom = 0.0, 0.0, fragment.width, fragment.height
        for part in painter.root.parts:
            link = self.frame.link(part.fragment, part.x - x, part.y + metrics.ascent, width, height)
            fragment.children.append(link)
            area = overflow_in_parent(part.fragment)
            left, top = min(left, link.x + area.x), min(top, link.y + area.y)
            right, bottom = max(right, link.x + area.right), max(bottom, link.y + area.bottom)
        fragment.overflow = Rect(left, top, right - left, bottom - top)
        painter.root.parts = [LinePart(fragment, x, -metrics.ascent)]

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
        if box.is_block_level_origin:
            start = 0.0
            has_content = any(not leaf.is_placeholder for leaf in self.leaves[:leaf_index])
            return OutOfFlow(box, start, height if has_content else 0.0, 0, 0, container)
        x = painter.starts[leaf_index]
        inline = x if self.direction.is_ltr else content_inline - x
        return OutOfFlow(box, inline, 0.0, 0, 0, container)

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

    def _visual_order(self) -> list[int]:
        leaves = self.leaves
        if not self.data.is_bidi:
            return list(range(len(leaves)))
        return visual_order([leaf.level for leaf in leaves])

    def _justify(self, free: float) -> bool:
        """Spread the free room over the spaces of the line (https://drafts.csswg.org/css-text-3/#justification)."""
        text = self.data.text
        count = 0
        first = 0
        for index, leaf in enumerate(self.leaves):
            if leaf.entry.item.kind == ItemKind.TAB:
                # Only what follows the last tab is spread.
                count, first = 0, index + 1
            elif leaf.runs:
                entry = leaf.entry
                count += text.count(" ", entry.start, entry.end) + text.count(
                    "\u00a0", entry.start, entry.end
                )
        if count == 0:
            return False
        share = free / count
        for leaf in self.leaves[first:]:
            if not leaf.runs:
                continue
            added = 0
            runs: list[GlyphRun] = []
            for run in leaf.runs:
                spread, spaces = _spread(run, share)
                runs.append(spread)
                added += spaces
            leaf.runs = runs
            leaf.width += added * share
        return True


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


def _spread(run: GlyphRun, share: float) -> tuple[GlyphRun, int]:
    """A copy of a run whose spaces are wider by `share` px."""
    text = run.text
    new = run.over(text, run.start, run.end, run.clusters)
    advances = list(run.advances)
    spaces = 0
    for index, cluster in enumerate(run.clusters):
        character = text[cluster]
        if character == " " or character == "\u00a0":
            advances[index] += share
            spaces += 1
    new.advances = advances
    new.width = run.width + spaces * share
    return new, spaces


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


def resolve_align(style: ComputedStyle, line: Line, is_ltr: bool) -> tuple[TextAlign, bool]:
    """LEFT, RIGHT or CENTER, and whether the line is justified (https://drafts.csswg.org/css-text-3/#text-align-property)."""
    inherited = style.inherited
    align = inherited.text_align
    if align == TextAlign.START and inherited.text_align_last == TextAlignLast.AUTO:
        return (TextAlign.LEFT if is_ltr else TextAlign.RIGHT), False
    is_justified = align == TextAlign.JUSTIFY
    if line.is_last or line.is_forced:
        last = inherited.text_align_last
        if last == TextAlignLast.AUTO:
            if is_justified:
                align = TextAlign.START
            is_justified = False
        else:
            is_justified = last == TextAlignLast.JUSTIFY
            align = _LAST_AS_ALIGN[int(last)]
    if is_justified and inherited.text_justify == TextJustify.NONE:
        is_justified = False
    if align == TextAlign.LEFT or align == TextAlign.WEBKIT_LEFT:
        return TextAlign.LEFT, is_justified
    if align == TextAlign.RIGHT or align == TextAlign.WEBKIT_RIGHT:
        return TextAlign.RIGHT, is_justified
    if align == TextAlign.CENTER or align == TextAlign.WEBKIT_CENTER:
        return TextAlign.CENTER, is_justified
    at_start = align != TextAlign.END
    return (TextAlign.LEFT if at_start == is_ltr else TextAlign.RIGHT), is_justified


_LAST_AS_ALIGN: Final = (
    TextAlign.START,
    TextAlign.START,
    TextAlign.END,
    TextAlign.LEFT,
    TextAlign.RIGHT,
    TextAlign.CENTER,
    TextAlign.START,
    TextAlign.START,
)


def align_offset(align: TextAlign, is_ltr: bool, free: float) -> float:
    """Where the content starts from the line-left edge; too long content overflows at the end side."""
    if align == TextAlign.LEFT:
        return 0.0 if is_ltr else min(free, 0.0)
    if align == TextAlign.RIGHT:
        return max(free, 0.0) if is_ltr else free
    if is_ltr:
        return max(0.0, int(free * 32.0) / 64.0)
    return int(free * 32.0) / 64.0 if free > 0.0 else free
