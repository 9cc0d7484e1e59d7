"""From a broken line to its fragments: metrics, vertical alignment, bidi order, justification.

Within a line, x runs from its line-left edge and y from its line-over edge, whatever the writing mode; the
conversion to physical coordinates is in `_LineFrame`.
"""

from __future__ import annotations

from typing import Final, final

from ...css.computed_style import ComputedStyle
from ...css.keywords import Direction, PositionKind, TextAlign, TextAlignLast, TextJustify, WritingMode
from ...css.values import VerticalAlignKind
from ...geometry import Rect
from ...text.bidi import visual_order
from ...text.shaping import GlyphRun
from ..box import Box, BoxKind, ControlKind
from ..constraint_space import NO_BASELINE, OutOfFlow
from ..driver import LayoutContext
from ..fragment import Fragment, FragmentKind, Link
from ..fragment_builder import convert_out_of_flow, overflow_in_parent, relative_offset
from ..logical import LogicalEdges, WritingDirection, to_physical, writing_direction
from ..sizing import is_scroll_container
from ..text_style import TextStyle
from .box_state import BoxState, Metrics, baseline_shift, uses_central_baseline
from .items import InlineItems, ItemKind
from .line import NO_INLINE_EDGES, Line, LineItem
from .line_breaker import LineBreaker, hyphen_text


@final
class Leaf:
    """Something without inline children on a line: text, an atomic inline, a line break, or a placeholder.

    Attributes:
        parent: the inline box that it is in.
        entry: the line item.
        width: its extent; of atomics the margin box's.
        up: its top above the parent's baseline.
        runs: of text, in visual order.
        is_cut: an ellipsis stands for some of its text, or all.
        is_placeholder: keeps an empty inline box in its place.
    """

    __slots__ = (
        "entry",
        "height",
        "is_cut",
        "is_placeholder",
        "level",
        "parent",
        "runs",
        "state",
        "up",
        "width",
    )

    def __init__(self, parent: BoxState, entry: LineItem, width: float, up: float, height: float) -> None:
        self.parent: Final = parent
        self.entry: Final = entry
        self.width: float = width
        self.up: float = up
        self.height: Final = height
        self.level: int = entry.item.level
        self.runs: list[GlyphRun] = []
        self.is_placeholder: bool = False
        self.is_cut: bool = False
        self.state: BoxState | None = None  # of atomics: their own alignment


@final
class _LineFrame:
    """Line-relative to physical coordinates."""

    __slots__ = ("is_horizontal", "is_upward")

    def __init__(self, direction: WritingDirection) -> None:
        self.is_horizontal: Final = direction.is_horizontal
        self.is_upward: Final = direction.mode == WritingMode.SIDEWAYS_LR

    def link(self, child: Fragment, x: float, y: float, outer_width: float, outer_height: float) -> Link:
        """Where a child at line-relative (x, y) stands in a parent of this line-relative size."""
        if self.is_horizontal:
            return Link(child, x, y)
        if self.is_upward:
            return Link(child, y, outer_width - x - child.height)
        return Link(child, outer_height - y - child.width, x)


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
        self.data: Final = data
        self.breaker: Final = breaker
        self.direction: Final = writing_direction(container.style)
        self.frame: Final = _LineFrame(self.direction)
        self.is_central: Final = uses_central_baseline(self.direction, data.style)
        self._metrics: Final[dict[int, Metrics]] = {}
        self._open: list[Box] = []  # inline boxes that go on over the line's end
        # Of the line at hand:
        self.is_empty_line: bool = False
        self.is_last_clamped: bool = False  # line-clamp ends here, if more is to come
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
        height = 0.0 if line.is_empty else up + down
        return self._assemble(line, content_inline, line_left, up, height, pending)

    def _push(self, box: Box, parent: BoxState, has_start: bool) -> BoxState:
        style = self.context.texts.of(box.style, box.language)
        edges = self.breaker.edges_of(box)
        state = BoxState(box, style, self.metrics_of(style), edges, parent)
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
        state = BoxState(
            box, self.context.texts.of(box.style, box.language), parent.metrics, NO_INLINE_EDGES, parent
        )
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
        if box.kind == BoxKind.BLOCK:
            kind = ControlKind.NONE if box.control is None else box.control.kind
            is_field = (
                kind != ControlKind.NONE and kind != ControlKind.TEXTAREA and kind != ControlKind.LISTBOX
            )
            if not is_field and is_scroll_container(box.style):
                return height + entry.margin.block_end
            baseline = result.last_baseline
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
        ellipsis = self._truncate(line) if is_ltr else None
        painter = _Assembly(self, x, up)
        painter.run(order)
        if ellipsis is not None:
            painter.root.parts.append(_Part(ellipsis, x + self.ellipsis_at, -self._root_ascent()))
        if direction.is_horizontal:
            fragment = Fragment(FragmentKind.LINE, None, self.container.style, content_inline, height)
        else:
            fragment = Fragment(FragmentKind.LINE, None, self.container.style, height, content_inline)
        fragment.baseline = up
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

    def _static_position(
        self,
        line: Line,
        entry: LineItem,
        state: BoxState,
        leaf_index: int,
        painter: _Assembly,
        content_inline: float,
        height: float,
    ) -> OutOfFlow:
        """Where a positioned box would have been: after what precedes it on the line.

        https://drafts.csswg.org/css2/#static-position ; boxes that were block-level go to a line of their own.
        """
        box = entry.item.box
        container = _inline_container(state)
        if box.is_block_level_origin:
            start = 0.0
            has_content = any(not leaf.is_placeholder for leaf in self.leaves[:leaf_index])
            return OutOfFlow(box, start, height if has_content else 0.0, 0, 0, container)
        x = painter.starts[leaf_index]
        inline = x if self.direction.is_ltr else content_inline - x
        return OutOfFlow(box, inline, 0.0, 0, 0, container)

    def _root_ascent(self) -> float:
        return self.metrics_of(self.data.style).ascent

    def _truncate(self, line: Line) -> Fragment | None:
        """Cut the text of a line that is too long, or that `line-clamp` ends: the ellipsis, None for other lines.

        Only what is painted changes: the boxes stay as wide as their text.
        """
        is_clamped = self.is_last_clamped and not line.is_last
        if not is_clamped and not (self.container.truncates_text and line.overflows):
            return None
        if self.data.is_bidi or not self.direction.is_horizontal:
            return None
        style = self.data.style
        text = "\u2026" if style.font.has_glyph(0x2026) else "..."
        shape = self.context.texts.shaper.shape(text, style.description, False, style.spacing)
        room = line.available - shape.width
        pen = line.indent
        is_cut = False
        for leaf in self.leaves:
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
            base = entry.item.start
            start, end = entry.start - base, entry.end - base
            fit = min(end, item_shape.offset_for_width(start, max(0.0, room - pen)))
            if fit == start and pen == line.indent:
                fit = min(end, start + 1)  # the first character is always shown
            leaf.runs = list(item_shape.sub_range(start, fit).runs) if fit > start else []
            leaf.is_cut = True
            pen += item_shape.width_between(start, fit)
        self.ellipsis_at = pen
        metrics = self.metrics_of(style)
        fragment = Fragment(
            FragmentKind.TEXT,
            self.container,
            self.container.style,
            shape.width,
            metrics.ascent + metrics.descent,
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


def _spread(run: GlyphRun, share: float) -> tuple[GlyphRun, int]:
    """A copy of a run whose spaces are wider by `share` px."""
    text = run.text
    new = GlyphRun(run.font, text, run.start, run.end, run.is_rtl)
    new.glyph_ids, new.clusters = run.glyph_ids, run.clusters
    new.x_offsets, new.y_offsets = run.x_offsets, run.y_offsets
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
    return OutOfFlow(item.box, inline, item.block_offset + up, align, item.block_align, item.inline_container)


def _inline_container(state: BoxState | None) -> Box | None:
    """The nearest inline box that is the containing block of absolute boxes in it."""
    while state is not None and state.parent is not None:
        if state.box.style.box.position != PositionKind.STATIC:
            return state.box
        state = state.parent
    return None


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


@final
class _Part:
    """A finished child fragment in line-relative coordinates: y from its parent's baseline."""

    __slots__ = ("fragment", "x", "y")

    def __init__(self, fragment: Fragment, x: float, y: float) -> None:
        self.fragment: Final = fragment
        self.x: float = x
        self.y: float = y


@final
class _OpenBox:
    """An inline box whose fragment is being filled, in visual order."""

    __slots__ = ("baseline", "parts", "start_x", "state")

    def __init__(self, state: BoxState | None, start_x: float, baseline: float) -> None:
        self.state: Final = state
        self.start_x: Final = start_x
        self.baseline: Final = baseline  # below the root's
        self.parts: list[_Part] = []


@final
class _Assembly:
    """Walks the leaves from left to right and wraps them into the fragments of their inline boxes."""

    def __init__(self, builder: LineBuilder, x: float, up: float) -> None:
        self.builder: Final = builder
        self.pen: float = x
        self.start_x: Final = x
        self.up: Final = up
        self.root: Final = _OpenBox(None, x, 0.0)
        self.stack: Final[list[_OpenBox]] = [self.root]
        self.out_of_flow: Final[list[OutOfFlow]] = []
        self.starts: list[float] = []  # of each leaf, by logical index: its line-left edge

    def run(self, order: list[int]) -> None:
        """All leaves, in visual order."""
        leaves = self.builder.leaves
        self.starts = [self.pen] * len(leaves)
        for visual, logical in enumerate(order):
            state: BoxState | None = leaves[logical].parent
            while state is not None:
                if state.first_leaf < 0:
                    state.first_leaf = visual
                state.last_leaf = visual
                state = state.parent
        for visual, logical in enumerate(order):
            leaf = leaves[logical]
            self._enter(leaf.parent, visual)
            self.starts[logical] = self.pen
            self._leaf(leaf)
            self._leave(visual)
        while len(self.stack) > 1:
            self._close(len(order))

    def _enter(self, target: BoxState, visual: int) -> None:
        """Open the boxes down to `target`, closing those that it is not in."""
        chain: list[BoxState] = []
        state: BoxState | None = target
        while state is not None and state.parent is not None:
            chain.append(state)
            state = state.parent
        chain.reverse()
        common = 0
        stack = self.stack
        while common < len(chain) and common + 1 < len(stack) and stack[common + 1].state is chain[common]:
            common += 1
        while len(stack) > common + 1:
            self._close(visual)
        for state in chain[common:]:
            edges = state.edges
            baseline = stack[-1].baseline + state.shift
            if edges.has_edges and self._has_left_edge(state, visual):
                is_ltr = state.style.style.direction == Direction.LTR
                margin = edges.margin.inline_start if is_ltr else edges.margin.inline_end
                side = edges.start if is_ltr else edges.end
                stack.append(_OpenBox(state, self.pen + margin, baseline))
                self.pen += side
            else:
                stack.append(_OpenBox(state, self.pen, baseline))

    def _leave(self, visual: int) -> None:
        """Close the boxes whose last leaf this was."""
        while len(self.stack) > 1:
            state = self.stack[-1].state
            if state is None or state.last_leaf > visual:
                return
            self._close(visual + 1)

    @staticmethod
    def _has_left_edge(state: BoxState, visual: int) -> bool:
        is_ltr = state.style.style.direction == Direction.LTR
        return visual == state.first_leaf and (state.has_start if is_ltr else state.has_end)

    def _close(self, visual: int) -> None:
        """Finish the fragment of the innermost open box; `visual` is the next leaf's index."""
        opened = self.stack.pop()
        state = opened.state
        if state is None:
            return
        edges = state.edges
        is_ltr = state.style.style.direction == Direction.LTR
        has_left = state.first_leaf >= 0 and (state.has_start if is_ltr else state.has_end)
        if has_left:
            # Only the first of several fragments has the left edge.
            has_left = opened.start_x <= self.pen and not self._has_earlier(state, opened)
        has_right = visual > state.last_leaf and (state.has_end if is_ltr else state.has_start)
        margin_right = 0.0
        if edges.has_edges and has_right:
            side = edges.end if is_ltr else edges.start
            margin_right = edges.margin.inline_end if is_ltr else edges.margin.inline_start
            self.pen += side
        width = self.pen - margin_right - opened.start_x
        metrics = state.metrics
        border, padding = edges.border, edges.padding
        top = border.block_start + padding.block_start
        bottom = border.block_end + padding.block_end
        height = metrics.ascent + metrics.descent + top + bottom
        builder = self.builder
        if builder.is_empty_line:
            height = 0.0
        horizontal = builder.direction.is_horizontal
        fragment = Fragment(
            FragmentKind.BOX,
            state.box,
            state.box.style,
            width if horizontal else height,
            height if horizontal else width,
        )
        fragment.has_start_edge = has_left if is_ltr else has_right
        fragment.has_end_edge = has_right if is_ltr else has_left
        if edges.has_edges:
            own = writing_direction(state.box.style)
            fragment.border = to_physical(_cut(border, fragment), own)
            fragment.padding = to_physical(_cut(padding, fragment), own)
        own_up = metrics.ascent + top
        left, upper, right, lower = 0.0, 0.0, fragment.width, fragment.height
        for part in opened.parts:
            link = builder.frame.link(part.fragment, part.x - opened.start_x, part.y + own_up, width, height)
            fragment.children.append(link)
            area = overflow_in_parent(part.fragment)
            left, upper = min(left, link.x + area.x), min(upper, link.y + area.y)
            right, lower = max(right, link.x + area.right), max(lower, link.y + area.bottom)
        fragment.overflow = Rect(left, upper, right - left, lower - upper)
        x, y = opened.start_x, state.shift - own_up
        if builder.is_empty_line:
            y = -self.up
        if state.box.style.box.position == PositionKind.RELATIVE:
            x, y = self._relative(state.box.style, x, y)
        self.stack[-1].parts.append(_Part(fragment, x, y))

    def _has_earlier(self, state: BoxState, opened: _OpenBox) -> bool:
        """Whether an earlier fragment of the box is on this line (bidi reordering split it)."""
        for part in self.stack[-1].parts:
            if part.fragment.box is state.box and part.fragment.kind == FragmentKind.BOX:
                return True
        return False

    def _relative(self, style: ComputedStyle, x: float, y: float) -> tuple[float, float]:
        """Relative positioning, in line-relative coordinates."""
        builder = self.builder
        di, db = relative_offset(
            style, builder.direction, builder.breaker.content_inline, builder.breaker.percentage_block
        )
        if not builder.direction.is_ltr:
            di = -di
        if builder.direction.mode in (WritingMode.VERTICAL_LR,):
            db = -db
        return x + di, y + db

    def _leaf(self, leaf: Leaf) -> None:
        if leaf.is_placeholder:
            return
        kind = leaf.entry.item.kind
        if kind == ItemKind.ATOMIC:
            self._atomic(leaf)
        elif kind == ItemKind.TEXT:
            self._text(leaf)
        else:
            if leaf.entry.item.box.kind == BoxKind.LINE_BREAK:
                box = leaf.entry.item.box
                horizontal = self.builder.direction.is_horizontal
                fragment = Fragment(
                    FragmentKind.BOX,
                    box,
                    box.style,
                    0.0 if horizontal else leaf.height,
                    leaf.height if horizontal else 0.0,
                )
                self.stack[-1].parts.append(_Part(fragment, self.pen, -leaf.up))
            self.pen += leaf.width

    def _text(self, leaf: Leaf) -> None:
        """One fragment for each font; together they are as wide as the line breaker said."""
        box = leaf.entry.item.box
        horizontal = self.builder.direction.is_horizontal
        parts = self.stack[-1].parts
        count = len(leaf.runs)
        x = self.pen
        end = self.pen + leaf.width
        for index, run in enumerate(leaf.runs):
            width = run.width if index < count - 1 or leaf.is_cut else end - x
            fragment = Fragment(
                FragmentKind.TEXT,
                box,
                leaf.parent.box.style,
                width if horizontal else leaf.height,
                leaf.height if horizontal else width,
            )
            fragment.run = run
            fragment.baseline = leaf.parent.style.ascent
            fragment.overflow = Rect(0.0, 0.0, fragment.width, fragment.height)
            parts.append(_Part(fragment, x, -leaf.up))
            x += run.width
        self.pen = end

    def _atomic(self, leaf: Leaf) -> None:
        entry = leaf.entry
        result = entry.result
        state = leaf.state
        if result is None or state is None:
            return
        builder = self.builder
        direction = builder.direction
        fragment = result.fragment
        margin_left = entry.margin.inline_start if direction.is_ltr else entry.margin.inline_end
        x, y = self.pen + margin_left, state.shift - leaf.up
        style = entry.item.box.style
        own = writing_direction(style)
        for item in result.out_of_flow:
            # Line-relative: as ltr in the container's mode; block offsets from the root's baseline.
            converted = convert_out_of_flow(
                item, own, _line_direction(direction), fragment.width, fragment.height
            )
            container = converted.inline_container
            if container is None:
                container = _inline_container(leaf.parent)
            self.out_of_flow.append(
                OutOfFlow(
                    converted.box,
                    converted.inline_offset + x,
                    converted.block_offset + y + self.stack[-1].baseline,
                    converted.inline_align,
                    converted.block_align,
                    container,
                )
            )
        if style.box.position == PositionKind.RELATIVE:
            x, y = self._relative(style, x, y)
        self.stack[-1].parts.append(_Part(fragment, x, y))
        self.pen += leaf.width


LINE_DIRECTIONS: Final = [WritingDirection(mode, Direction.LTR) for mode in WritingMode]


def _line_direction(direction: WritingDirection) -> WritingDirection:
    """The same mode, left to right."""
    return LINE_DIRECTIONS[int(direction.mode)]


def _cut(edges: LogicalEdges, fragment: Fragment) -> LogicalEdges:
    """Border or padding without the ends that are on other lines."""
    if fragment.has_start_edge and fragment.has_end_edge:
        return edges
    return LogicalEdges(
        edges.inline_start if fragment.has_start_edge else 0.0,
        edges.inline_end if fragment.has_end_edge else 0.0,
        edges.block_start,
        edges.block_end,
    )
