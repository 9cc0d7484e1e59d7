"""Where a block container stands while its children are laid out: margins that collapse, floats, its sizes.

`block.py` goes on from here. https://drafts.csswg.org/css2/#collapsing-margins
"""

from __future__ import annotations

from typing import Final

from ..css.computed_style import ComputedStyle
from .block_sizes import inline_items
from .box import Box, BoxKind
from .cell_percentages import CellPercentages
from .constraint_space import INDEFINITE, NO_BASELINE, NO_MARGIN, UNKNOWN_OFFSET, ConstraintSpace, MarginStrut
from .css_predicates import clamps_lines
from .driver import LayoutContext
from .exclusions import ExclusionSpace
from .floats import FloatPlacer, PlacedFloat
from .fragment_builder import FragmentBuilder, relative_offset
from .inline.line_builder import BuiltLine
from .inline_containers import claim_from_float
from .logical import WritingDirection, writing_direction
from .sizing import (
    BoxEdges,
    child_percentage_block,
    compute_block_size,
    compute_inline_size,
    is_auto_block,
    resolve_edges,
    resolve_margins,
)


class BlockState:
    """What is known of a box during one attempt. Block offsets are from the box's border-box start unless named bfc.

    Attributes:
        expected: the box's place as an earlier attempt found it; UNKNOWN_OFFSET in the first one.
        early_place: where floats that came before the box's place was known took it to be.
        must_retry: that turned out wrong.
        bfc_offset: where the box stands in its formatting context, once `is_resolved`.
        offset, strut: where the next child would go, and the margins that collapse there.
        anchor_offset, anchor_child, anchor_pending: of the child (or line) that the first baseline comes from: its
            place, and how many children and pending boxes the builder had before it.
        legend_end: where a fieldset's content starts below its legend: it is no less high.
        keeps_end_margin: the margins there are of a child with clearance, and do not go on collapsing below.
    """

    def __init__(self, box: Box, space: ConstraintSpace, context: LayoutContext, expected: float) -> None:
        self.box: Final = box
        self.style: Final[ComputedStyle] = box.style
        self.space: Final = space
        self.context: Final = context
        self.direction: Final[WritingDirection] = writing_direction(box.style)
        self.edges: Final[BoxEdges] = resolve_edges(context, box, space)
        self.inline_size: Final = compute_inline_size(context, box, space, self.edges)
        self.content_inline: Final = max(0.0, self.inline_size - self.edges.inline_sum)
        self.percentage_block: float = self._percentage_block()
        self.cell_percentages: Final = (
            CellPercentages(context, box, space, self.edges) if space.is_table_cell else None
        )
        self.builder: Final = FragmentBuilder(box)
        self.builder.content_inline = self.content_inline
        self.builder.percentage_block = self.percentage_block
        self.is_root_of_context: Final = space.is_new_formatting_context
        self.expected: Final = expected
        self.must_retry: bool = False
        self.early_place: float = UNKNOWN_OFFSET
        self.is_resolved: bool = self.is_root_of_context
        self.bfc_offset: float = 0.0
        self.bfc_line: Final = 0.0 if self.is_root_of_context else space.bfc_inline_offset
        self.offset: float = 0.0
        self.strut: MarginStrut = NO_MARGIN if self.is_root_of_context else space.margin_strut
        self.keeps_end_margin: bool = False
        # Of ruby annotations: the room after the text of the last line, and how far they reach over its end.
        self.annotation_space: float = UNKNOWN_OFFSET
        self.annotation_overflow: float = 0.0
        self.clamp_lines: int = box.style.box.line_clamp if clamps_lines(box) else space.clamp_lines
        self.clamp_has_more: bool = space.clamp_has_more
        self.first_baseline: float = NO_BASELINE
        self.last_baseline: float = NO_BASELINE
        self.atomic_baseline: float = NO_BASELINE
        self.marker: Box | None = None
        self.legend_end: float = 0.0
        self.anchor_offset: float = 0.0
        self.anchor_child: int = 0
        self.anchor_pending: int = 0
        exclusions = ExclusionSpace() if self.is_root_of_context else space.exclusions
        self.placer: Final = FloatPlacer(
            context, self.direction, self.content_inline, self.percentage_block, exclusions
        )
        start = self.edges.inline_start if self.direction.is_ltr else self.edges.inline_end
        self.placer.line_left = self.bfc_line + start
        self.placer.line_right = self.placer.line_left + self.content_inline

    # --- Sizes ------------------------------------------------------------------------------------

    def _percentage_block(self) -> float:
        box, space = self.box, self.space
        if box.element is None and box.kind == BoxKind.BLOCK and not space.is_fixed_block:
            # Anonymous blocks are not there for percentages (CSS 2.2 section 9.2.1.1).
            return space.percentage_block
        value = child_percentage_block(self.context, box, space, self.edges, self.inline_size)
        if (
            value == INDEFINITE
            and self.context.is_quirks
            and box.kind == BoxKind.BLOCK
            and not box.is_out_of_flow()
            and is_auto_block(self.style)
        ):
            # https://quirks.spec.whatwg.org/#the-percentage-height-calculation-quirk
            value = space.percentage_block
            if value != INDEFINITE and self._fills_viewport():
                margins = resolve_margins(self.style, space.percentage_inline, self.direction)
                value = max(0.0, value - margins.block_sum - self.edges.block_sum)
        return value

    def _percentage_of(self, child: Box) -> float:
        """What percentage heights of one child resolve against."""
        if self.cell_percentages is None:
            return self.percentage_block
        return self.cell_percentages.of(child, self.percentage_block)

    def _fills_viewport(self) -> bool:
        """The root and the body of a quirks document (https://quirks.spec.whatwg.org/#the-html-element-fills-the-viewport-quirk)."""
        if not self.context.is_quirks or self.box.element is None or self.box.kind != BoxKind.BLOCK:
            return False
        if self.box.is_out_of_flow() or self.box.is_floating():
            return False
        if self.box.is_root:
            return True
        element = self.box.element
        return element.is_html("body") and element.parent is not None and self.box.is_body

    def _block_size(self, intrinsic: float) -> float:
        size = compute_block_size(self.context, self.box, self.space, self.edges, self.inline_size, intrinsic)
        if self._fills_viewport() and is_auto_block(self.style) and self.space.percentage_block != INDEFINITE:
            margins = resolve_margins(self.style, self.space.percentage_inline, self.direction)
            end = margins.block_end
            if not self.is_root_of_context and self.edges.block_end == 0.0:
                # The margins of the last children go through the body's end.
                end = self.strut.plus(margins.block_end).sum()
            start = margins.block_start
            if not self.is_root_of_context and self.is_resolved:
                # ... and those of the first ones through its start.
                start = self.bfc_offset - self.space.bfc_block_offset
            size = max(size, self.space.percentage_block - start - end)
        return size

    # --- Its place --------------------------------------------------------------------------------

    def _base(self) -> float:
        """The offset in the formatting context that `strut` is to be added to."""
        return self.bfc_offset + self.offset if self.is_resolved else self.space.bfc_block_offset

    def _next_edge(self) -> float:
        """Where a border or a line would stand now, in the formatting context."""
        if self.is_resolved:
            return self.bfc_offset + self.offset + self.strut.sum()
        return self._prospective(self.strut)

    def _prospective(self, strut: MarginStrut) -> float:
        """Where the box will stand, if nothing but these margins is above it."""
        if self.expected != UNKNOWN_OFFSET:
            return self.expected
        return max(self.space.bfc_block_offset + strut.sum(), self.space.clearance_offset)

    def _note_early(self, place: float) -> None:
        """Floats were placed for a box that stands here."""
        if self.early_place != UNKNOWN_OFFSET and self.early_place != place:
            # Two guesses cannot both be right.
            self.must_retry = True
        self.early_place = place

    def _resolve(self) -> None:
        """The box's place is known: the margins so far are above it."""
        self.keeps_end_margin = False
        if self.is_resolved:
            self.offset += self.strut.sum()
            self.strut = NO_MARGIN
            return
        place = self.space.bfc_block_offset + self.strut.sum()
        self._resolve_at(max(place, self.space.clearance_offset))
        self.strut = NO_MARGIN

    def _resolve_at(self, place: float) -> None:
        """The box's place is this one."""
        if self.is_resolved:
            return
        self.is_resolved = True
        self.bfc_offset = place
        if self.early_place != UNKNOWN_OFFSET and place != self.early_place:
            self.must_retry = True
        elif self.early_place == UNKNOWN_OFFSET or place == self.expected:
            self.must_retry = False

    def annotation_shift(self, built: BuiltLine) -> float:
        """How much further down a line stands for the ruby annotations over it, and under the line before.

        As in Blink, they may take the room beside that line's text, the padding, and the margins above.
        """
        free = self.annotation_space
        if free == UNKNOWN_OFFSET:
            if self.is_resolved:
                free = self.edges.padding.block_start
            else:
                free = self.strut.sum()
        shift = built.overflow_start + self.annotation_overflow - free - built.space_start
        self.annotation_space, self.annotation_overflow = built.space_end, built.overflow_end
        return max(0.0, shift)

    def add_floats(self) -> None:
        """The floats' places are known in the formatting context; turn them into offsets in this box."""
        if not self.placer.placed:
            return
        moved: dict[int, tuple[Box, ...]] = {}
        if self.box.has_inline_children:
            moved = inline_items(self.context, self.box).moved_floats
        for placed in self.placer.placed:
            self._add_float(placed, moved)

    def _add_float(self, placed: PlacedFloat, moved: dict[int, tuple[Box, ...]]) -> None:
        """Floats in relatively positioned inline boxes move with these."""
        measured = placed.measured
        line_offset = placed.line_left - self.bfc_line
        if self.direction.is_ltr:
            inline = line_offset
        else:
            inline = self.inline_size - line_offset - measured.inline_size
        base = self.bfc_offset if self.is_resolved else self.early_place
        pending = len(self.builder.out_of_flow)
        block = placed.block_offset - base
        for around in moved.get(measured.box.id, ()):
            di, db = relative_offset(around.style, self.direction, self.content_inline, self.percentage_block)
            inline, block = inline + di, block + db
        self.builder.add_result(measured.result, inline, block)
        if len(self.builder.out_of_flow) > pending and self.box.has_inline_children:
            claim_from_float(self.builder, self.box, measured.result.fragment.box, pending)
