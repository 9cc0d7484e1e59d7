"""Wraps the leaves of a line, from left to right, into the fragments of their inline boxes.

Within a line, x runs from its line-left edge and y from its line-over edge, whatever the writing mode.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final, final

from ...css.computed_style import ComputedStyle
from ...css.keywords import Direction, PositionKind, WritingMode
from ...geometry import Rect
from ...text.shaping import GlyphRun
from ..box import Box, BoxKind
from ..constraint_space import LayoutResult, OutOfFlow
from ..fragment import Fragment, FragmentKind, Link
from ..fragment_builder import convert_out_of_flow, overflow_in_parent, relative_offset
from ..logical import LogicalEdges, WritingDirection, to_physical, writing_direction
from ..sizing import filters_content
from .box_state import BoxState
from .items import ItemKind
from .justification import Spreader
from .line import ColumnPart, LineItem


class Annotation(ABC):
    """The annotation of a ruby column: it is put together when the column's width on the line is known.

    Attributes:
        box: the ruby text box.
        up, down: how far it reaches above and below its baseline.
        baseline: below the root's.
        out_of_flow: positioned boxes in it, as LineAssembly has them.
    """

    def __init__(self, box: Box, up: float, down: float) -> None:
        self.box: Final = box
        self.up: Final = up
        self.down: Final = down
        self.baseline: float = 0.0
        self.out_of_flow: list[OutOfFlow] = []

    @abstractmethod
    def place(self, width: float) -> LinePart:
        """Its fragment, from the column's line-left edge and its own baseline."""


@final
class PlacedColumn:
    """A ruby column on the line at hand.

    Attributes:
        first_leaf, last_leaf: those of its edges; what is between them is the base.
        left: the line-left edge, once one of its edges is met.
    """

    __slots__ = ("annotation", "first_leaf", "is_entered", "last_leaf", "left", "part")

    def __init__(self, part: ColumnPart, first_leaf: int) -> None:
        self.part: Final = part
        self.first_leaf: Final = first_leaf
        self.last_leaf: int = first_leaf
        self.annotation: Annotation | None = None
        self.is_entered: bool = False
        self.left: float = 0.0


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
        lead: room before the runs, where an ellipsis stands for those on the left.
        is_placeholder: keeps an empty inline box in its place.
        column: of the edges of ruby columns.
    """

    __slots__ = (
        "column",
        "entry",
        "height",
        "is_cut",
        "is_placeholder",
        "lead",
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
        self.lead: float = 0.0
        self.column: PlacedColumn | None = None
        self.state: BoxState | None = None  # of atomics: their own alignment

    def spread(self, spreader: Spreader) -> None:
        """Spread the runs, which follow on those that were spread before."""
        before = spreader.count
        self.runs = [spreader.spread(run) for run in self.runs]
        self.width += (before - spreader.count) * spreader.share

    def pad(self, left: float, right: float) -> None:
        """Room on both sides of the runs that belongs to the text."""
        if self.runs:
            self.runs[0] = _padded(self.runs[0], left, 0.0)
            self.runs[-1] = _padded(self.runs[-1], 0.0, right)


@final
class LineFrame:
    """Line-relative to physical coordinates."""

    __slots__ = ("is_horizontal", "is_upward")

    def __init__(self, direction: WritingDirection) -> None:
        self.is_horizontal: Final = direction.is_horizontal
        self.is_upward: Final = direction.mode == WritingMode.SIDEWAYS_LR

    def inline_of(self, fragment: Fragment) -> float:
        """The inline size of a fragment."""
        return fragment.width if self.is_horizontal else fragment.height

    def link(self, child: Fragment, x: float, y: float, outer_width: float, outer_height: float) -> Link:
        """Where a child at line-relative (x, y) stands in a parent of this line-relative size."""
        if self.is_horizontal:
            return Link(child, x, y)
        if self.is_upward:
            return Link(child, y, outer_width - x - child.height)
        return Link(child, outer_height - y - child.width, x)


@final
class LineScene:
    """What the assembly of a line needs to know of its container.

    Attributes:
        content_inline, percentage_block: what relative insets resolve against.
        leaves: in logical order.
        is_empty: the line makes no line box: its inline boxes have no height.
    """

    __slots__ = ("content_inline", "direction", "frame", "is_empty", "leaves", "percentage_block")

    def __init__(
        self,
        direction: WritingDirection,
        content_inline: float,
        percentage_block: float,
        leaves: list[Leaf],
        is_empty: bool,
    ) -> None:
        self.direction: Final = direction
        self.frame: Final = LineFrame(direction)
        self.content_inline: Final = content_inline
        self.percentage_block: Final = percentage_block
        self.leaves: Final = leaves
        self.is_empty: Final = is_empty


def inline_container_of(state: BoxState | None) -> Box | None:
    """The nearest inline box that is the containing block of absolute boxes in it."""
    while state is not None and state.parent is not None:
        style = state.box.style
        if style.box.position != PositionKind.STATIC or filters_content(style):
            return state.box.whole or state.box
        state = state.parent
    return None


@final
class LinePart:
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
        self.parts: list[LinePart] = []


@final
class LineAssembly:
    """Walks the leaves from left to right and wraps them into the fragments of their inline boxes."""

    def __init__(self, scene: LineScene, x: float, up: float) -> None:
        self.scene: Final = scene
        self.pen: float = x
        self.start_x: Final = x
        self.up: Final = up
        self.root: Final = _OpenBox(None, x, 0.0)
        self.stack: Final[list[_OpenBox]] = [self.root]
        self.out_of_flow: Final[list[OutOfFlow]] = []
        self.starts: list[float] = []  # of each leaf, by logical index: its line-left edge

    def run(self, order: list[int]) -> None:
        """All leaves, in visual order."""
        leaves = self.scene.leaves
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
        width = max(0.0, self.pen - margin_right - opened.start_x)  # negative margins inside
        metrics = state.metrics
        border, padding = edges.border, edges.padding
        top = border.block_start + padding.block_start
        bottom = border.block_end + padding.block_end
        height = metrics.ascent + metrics.descent + top + bottom
        scene = self.scene
        if scene.is_empty:
            height = 0.0
        horizontal = scene.direction.is_horizontal
        fragment = Fragment(
            FragmentKind.BOX,
            state.box,
            state.computed,
            width if horizontal else height,
            height if horizontal else width,
        )
        fragment.has_start_edge = has_left if is_ltr else has_right
        fragment.has_end_edge = has_right if is_ltr else has_left
        if edges.has_edges:
            own = writing_direction(state.box.style)
            fragment.border = to_physical(cut_edges(border, fragment), own)
            fragment.padding = to_physical(cut_edges(padding, fragment), own)
        own_up = metrics.ascent + top
        left, upper, right, lower = 0.0, 0.0, fragment.width, fragment.height
        for part in opened.parts:
            link = scene.frame.link(part.fragment, part.x - opened.start_x, part.y + own_up, width, height)
            fragment.children.append(link)
            area = overflow_in_parent(part.fragment)
            left, upper = min(left, link.x + area.x), min(upper, link.y + area.y)
            right, lower = max(right, link.x + area.right), max(lower, link.y + area.bottom)
        fragment.overflow = Rect(left, upper, right - left, lower - upper)
        x, y = opened.start_x, state.shift - own_up
        if scene.is_empty:
            y = -self.up
        if state.box.style.box.position == PositionKind.RELATIVE:
            x, y = self._relative(state.box.style, x, y)
        self.stack[-1].parts.append(LinePart(fragment, x, y))

    def _has_earlier(self, state: BoxState, opened: _OpenBox) -> bool:
        """Whether an earlier fragment of the box is on this line (bidi reordering split it)."""
        for part in self.stack[-1].parts:
            if part.fragment.box is state.box and part.fragment.kind == FragmentKind.BOX:
                return True
        return False

    def moved_by_ancestors(self, state: BoxState | None) -> tuple[float, float]:
        """How far this inline box and those around it are moved by `position: relative`, in the container's axes."""
        inline = block = 0.0
        scene = self.scene
        while state is not None and state.parent is not None:
            style = state.box.style
            if style.box.position == PositionKind.RELATIVE:
                basis = scene.content_inline
                di, db = relative_offset(style, scene.direction, basis, scene.percentage_block)
                inline += di
                block += db
            state = state.parent
        return inline, block

    def _relative(self, style: ComputedStyle, x: float, y: float) -> tuple[float, float]:
        """Relative positioning, in line-relative coordinates."""
        scene = self.scene
        di, db = relative_offset(style, scene.direction, scene.content_inline, scene.percentage_block)
        if not scene.direction.is_ltr:
            di = -di
        if scene.direction.mode in (WritingMode.VERTICAL_LR,):
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
        elif leaf.column is not None:
            self._column_edge(leaf, leaf.column)
        else:
            if leaf.entry.item.box.kind == BoxKind.LINE_BREAK:
                box = leaf.entry.item.box
                horizontal = self.scene.direction.is_horizontal
                fragment = Fragment(
                    FragmentKind.BOX,
                    box,
                    box.style,
                    0.0 if horizontal else leaf.height,
                    leaf.height if horizontal else 0.0,
                )
                fragment.overflow = Rect(0.0, 0.0, fragment.width, fragment.height)
                self.stack[-1].parts.append(LinePart(fragment, self.pen, -leaf.up))
            self.pen += leaf.width

    def _column_edge(self, leaf: Leaf, column: PlacedColumn) -> None:
        """The side of a ruby column; past the second one the annotation is placed."""
        is_start = leaf.entry.item.kind == ItemKind.OPEN_COLUMN
        overhang = column.part.start_overhang if is_start else column.part.end_overhang
        if not column.is_entered:
            column.is_entered = True
            column.left = self.pen - overhang
            self.pen += leaf.width
            return
        self.pen += leaf.width
        annotation = column.annotation
        if annotation is None:
            return
        part = annotation.place(self.pen + overhang - column.left)
        opened = self.stack[-1]
        part.x += column.left
        for item in annotation.out_of_flow:
            container = item.inline_container
            if container is None:
                container = inline_container_of(leaf.parent)
            self.out_of_flow.append(item.placed_in(container, column.left, annotation.baseline))
        part.y += annotation.baseline - opened.baseline
        style = annotation.box.style
        if style.box.position == PositionKind.RELATIVE:
            part.x, part.y = self._relative(style, part.x, part.y)
        opened.parts.append(part)

    def _text(self, leaf: Leaf) -> None:
        """One fragment for each font; together they are as wide as the line breaker said."""
        box = leaf.entry.item.box
        horizontal = self.scene.direction.is_horizontal
        parts = self.stack[-1].parts
        count = len(leaf.runs)
        x = self.pen + leaf.lead
        end = self.pen + leaf.width
        for index, run in enumerate(leaf.runs):
            # Negative letter-spacing may make runs of less than nothing.
            width = max(0.0, run.width if index < count - 1 or leaf.is_cut else end - x)
            fragment = Fragment(
                FragmentKind.TEXT,
                box,
                leaf.parent.computed,
                width if horizontal else leaf.height,
                leaf.height if horizontal else width,
            )
            fragment.run = run
            fragment.baseline = leaf.parent.style.ascent
            fragment.overflow = Rect(0.0, 0.0, fragment.width, fragment.height)
            parts.append(LinePart(fragment, x, -leaf.up))
            x += run.width
        self.pen = end

    def _atomic(self, leaf: Leaf) -> None:
        entry = leaf.entry
        result = entry.result
        state = leaf.state
        if result is None or state is None:
            return
        scene = self.scene
        direction = scene.direction
        fragment = result.fragment
        margin_left = entry.margin.inline_start if direction.is_ltr else entry.margin.inline_end
        x, y = self.pen + margin_left, state.shift - leaf.up
        style = entry.item.box.style
        if style.box.position == PositionKind.RELATIVE:
            x, y = self._relative(style, x, y)
        if result.out_of_flow:
            self._pending_in(leaf, result, x, y + self.stack[-1].baseline)
        self.stack[-1].parts.append(LinePart(fragment, x, y))
        self.pen += leaf.width

    def _pending_in(self, leaf: Leaf, result: LayoutResult, x: float, y: float) -> None:
        """Positioned boxes in an atomic inline at (x, y): in line-relative coordinates, y from the root's baseline."""
        fragment = result.fragment
        own = writing_direction(fragment.style)
        outer = _line_direction(self.scene.direction)
        around: BoxState | None = leaf.parent
        while around is not None and around.parent is not None:
            if around.box.style.box.position == PositionKind.RELATIVE:
                x, y = self._relative(around.box.style, x, y)
            around = around.parent
        for item in result.out_of_flow:
            converted = convert_out_of_flow(item, own, outer, fragment.width, fragment.height)
            container = converted.inline_container
            if container is None:
                container = inline_container_of(leaf.parent)
            self.out_of_flow.append(converted.placed_in(container, x, y))


LINE_DIRECTIONS: Final = [WritingDirection(mode, Direction.LTR) for mode in WritingMode]


def _line_direction(direction: WritingDirection) -> WritingDirection:
    """The same mode, left to right."""
    return LINE_DIRECTIONS[int(direction.mode)]


def cut_edges(edges: LogicalEdges, fragment: Fragment) -> LogicalEdges:
    """Border or padding without the ends that are on other lines."""
    if fragment.has_start_edge and fragment.has_end_edge:
        return edges
    return LogicalEdges(
        edges.inline_start if fragment.has_start_edge else 0.0,
        edges.inline_end if fragment.has_end_edge else 0.0,
        edges.block_start,
        edges.block_end,
    )


def _padded(run: GlyphRun, left: float, right: float) -> GlyphRun:
    """A copy of a run with more room before its first and after its last glyph."""
    new = GlyphRun(run.font, run.text, run.start, run.end, run.is_rtl)
    new.glyph_ids, new.clusters, new.y_offsets = run.glyph_ids, run.clusters, run.y_offsets
    new.x_offsets, new.advances = list(run.x_offsets), list(run.advances)
    if new.advances:
        new.x_offsets[0] += left
        new.advances[0] += left
        new.advances[-1] += right
    new.width = run.width + left + right
    return new
