"""What a parent tells a child that is laid out (as Blink's ConstraintSpace), and what it gets back.

Artifacts: `ConstraintSpace` (parent to child) and `LayoutResult` (child to parent). All sizes are CSS px in the
inline and block axes of the *child's* writing mode; INDEFINITE where there is none.
"""

from __future__ import annotations

from typing import Final, final

from .box import Box
from .exclusions import NO_EXCLUSIONS, ExclusionSpace
from .fragment import Fragment

INDEFINITE: Final = -1.0
NO_BASELINE: Final = -1.0e9
UNKNOWN_OFFSET: Final = -1.0e9
NO_CLAMP: Final = -1


@final
class MarginStrut:
    """Adjoining margins that collapse (https://drafts.csswg.org/css2/#collapsing-margins).

    Attributes:
        positive, negative: the largest and the smallest (0 or less) of them.
        quirky: the largest of those that the user-agent sheet gave, in quirks documents.
        drops_quirky: at the start of a body or a table cell, where such margins do not count.
        is_trimmed: at the start of a box with `margin-trim`: no more margins come in.
    """

    __slots__ = ("drops_quirky", "is_trimmed", "negative", "positive", "quirky")

    def __init__(
        self,
        positive: float = 0.0,
        negative: float = 0.0,
        quirky: float = 0.0,
        drops_quirky: bool = False,
        is_trimmed: bool = False,
    ) -> None:
        self.positive: Final = positive
        self.negative: Final = negative
        self.quirky: Final = quirky
        self.drops_quirky: Final = drops_quirky
        self.is_trimmed: Final = is_trimmed

    def trimmed(self, is_trimmed: bool) -> MarginStrut:
        """The same, where margins are trimmed from here on, or no longer."""
        return MarginStrut(self.positive, self.negative, self.quirky, self.drops_quirky, is_trimmed)

    def plus(self, margin: float, is_quirky: bool = False) -> MarginStrut:
        """With one more margin."""
        if margin == 0.0 or self.is_trimmed or (is_quirky and self.drops_quirky):
            return self
        if is_quirky and margin > 0.0:
            return MarginStrut(self.positive, self.negative, max(self.quirky, margin), self.drops_quirky)
        if margin > 0.0:
            return MarginStrut(max(self.positive, margin), self.negative, self.quirky, self.drops_quirky)
        return MarginStrut(self.positive, min(self.negative, margin), self.quirky, self.drops_quirky)

    def sum(self) -> float:
        """What they collapse to."""
        return max(self.positive, self.quirky) + self.negative

    def is_empty(self) -> bool:
        """Whether there is none."""
        return self.positive == 0.0 and self.negative == 0.0 and self.quirky == 0.0

    def __repr__(self) -> str:
        return f"<MarginStrut {self.positive:g} {self.negative:g}>"


NO_MARGIN: Final = MarginStrut()


@final
class SubgridAxis:
    """The tracks of a grid that a subgrid takes over in one axis (https://drafts.csswg.org/css-grid-2/#subgrids).

    Attributes:
        starts, ends: of each track, px from the start edge of the subgrid's grid area.
        names: for each line the names that the parent grid gives it.
    """

    __slots__ = ("ends", "names", "starts")

    def __init__(
        self, starts: tuple[float, ...], ends: tuple[float, ...], names: tuple[tuple[str, ...], ...]
    ) -> None:
        self.starts: Final = starts
        self.ends: Final = ends
        self.names: Final = names

    def is_same(self, other: SubgridAxis | None) -> bool:
        """Whether a subgrid comes out the same with both."""
        return other is not None and (
            self is other
            or (self.starts == other.starts and self.ends == other.ends and self.names == other.names)
        )


@final
class ConstraintSpace:
    """What surrounds a box while it is laid out.

    Attributes:
        available_inline: the inline size that the box may take (its margins included), INDEFINITE for max-content.
        available_block: likewise; often INDEFINITE.
        percentage_inline, percentage_block: what percentages of the child resolve against; percentage_block is
            INDEFINITE where the containing block's height depends on its contents.
        is_fixed_inline, is_fixed_block: the border-box size is given (stretched, flexed): it is the available
            size, and the box's own width or height is not asked.
        is_fixed_block_indefinite: with is_fixed_block: children's percentages still see an indefinite height.
        is_block_size_auto: the box's own block size acts as auto, min and max as none: the size of its content is
            asked (flex items).
        is_orthogonal: the parent's lines run across the child's: percentages of its padding and margins are of the
            parent's inline size, which is `percentage_block` here.
        is_shrink_to_fit: an auto inline size means fit-content, not stretch (floats, inline-blocks, ...).
        stretch_block: an auto block size stretches to available_block (quirks, abspos with both insets, grid).
        is_new_formatting_context: nothing of the outside (floats, margins) reaches in.
        is_measure: only the size is asked: painting details may be left out, caches are kept apart.
        is_table_cell: laid out for a table: borders may be collapsed (`cell_border`), height is the row's.
        is_restricted_cell: with it: the height of the cell or of its table is given.
        cell_border: top, right, bottom, left border widths of a cell in the collapsed model; None otherwise.
        margin_strut: margins above together with the child's own block-start margin: what goes on collapsing
            (only inside a formatting context).
        bfc_inline_offset: the line-left edge of the child's border box in its block formatting context.
        bfc_block_offset: the block offset there that margin_strut is to be added to.
        expected_bfc_offset: where the child will come to stand, found out by an earlier attempt: floats in it
            that come before its place is known are put there; UNKNOWN_OFFSET the first time.
        clearance_offset: the child stands at least here (`clear`); UNKNOWN_OFFSET for none.
        exclusions: the floats so far, in coordinates of the formatting context.
        clamp_lines: the lines that `line-clamp` still lets through; NO_CLAMP where it is not in effect.
        clamp_has_more: with it: whether there are more lines after this box.
        adjoining_from: how many of them have their final place; the later ones adjoin the child's margins: they
            would move along if these grew.
    """

    __slots__ = (
        "adjoining_from",
        "available_block",
        "available_inline",
        "bfc_block_offset",
        "bfc_inline_offset",
        "cell_border",
        "clamp_has_more",
        "clamp_lines",
        "clearance_offset",
        "exclusions",
        "expected_bfc_offset",
        "is_block_size_auto",
        "is_fixed_block",
        "is_fixed_block_indefinite",
        "is_fixed_inline",
        "is_measure",
        "is_new_formatting_context",
        "is_orthogonal",
        "is_restricted_cell",
        "is_shrink_to_fit",
        "is_table_cell",
        "margin_strut",
        "percentage_block",
        "percentage_inline",
        "stretch_block",
        "subgrid_columns",
        "subgrid_rows",
    )

    def __init__(  # noqa: PLR0913 - the one record that layout algorithms take
        self,
        available_inline: float,
        available_block: float = INDEFINITE,
        *,
        percentage_inline: float = INDEFINITE,
        percentage_block: float = INDEFINITE,
        is_fixed_inline: bool = False,
        is_fixed_block: bool = False,
        is_fixed_block_indefinite: bool = False,
        is_block_size_auto: bool = False,
        is_shrink_to_fit: bool = False,
        stretch_block: bool = False,
        is_new_formatting_context: bool = True,
        is_orthogonal: bool = False,
        is_measure: bool = False,
        is_table_cell: bool = False,
        is_restricted_cell: bool = False,
        cell_border: tuple[float, float, float, float] | None = None,
        subgrid_columns: SubgridAxis | None = None,
        subgrid_rows: SubgridAxis | None = None,
        margin_strut: MarginStrut = NO_MARGIN,
        bfc_inline_offset: float = 0.0,
        bfc_block_offset: float = 0.0,
        exclusions: ExclusionSpace = NO_EXCLUSIONS,
        expected_bfc_offset: float = UNKNOWN_OFFSET,
        clearance_offset: float = UNKNOWN_OFFSET,
        adjoining_from: int = 0,
        clamp_lines: int = NO_CLAMP,
        clamp_has_more: bool = False,
    ) -> None:
        self.available_inline: Final = available_inline
        self.available_block: Final = available_block
        self.percentage_inline: Final = percentage_inline
        self.percentage_block: Final = percentage_block
        self.is_fixed_inline: Final = is_fixed_inline
        self.is_fixed_block: Final = is_fixed_block
        self.is_fixed_block_indefinite: Final = is_fixed_block_indefinite
        self.is_block_size_auto: Final = is_block_size_auto
        self.is_shrink_to_fit: Final = is_shrink_to_fit
        self.stretch_block: Final = stretch_block
        self.is_new_formatting_context: Final = is_new_formatting_context
        self.is_orthogonal: Final = is_orthogonal
        self.is_measure: Final = is_measure
        self.is_table_cell: Final = is_table_cell
        self.is_restricted_cell: Final = is_restricted_cell
        self.cell_border: Final = cell_border
        self.subgrid_columns: Final = subgrid_columns
        self.subgrid_rows: Final = subgrid_rows
        self.margin_strut: Final = margin_strut
        self.bfc_inline_offset: Final = bfc_inline_offset
        self.bfc_block_offset: Final = bfc_block_offset
        self.exclusions: Final = exclusions
        self.expected_bfc_offset: Final = expected_bfc_offset
        self.clearance_offset: Final = clearance_offset
        self.adjoining_from: Final = adjoining_from
        self.clamp_lines: Final = clamp_lines
        self.clamp_has_more: Final = clamp_has_more


@final
class MinMaxSizes:
    """Intrinsic inline sizes of a border box, CSS px (https://drafts.csswg.org/css-sizing-3/#intrinsic)."""

    __slots__ = ("max", "min")

    def __init__(self, minimum: float, maximum: float) -> None:
        self.min: Final = minimum
        self.max: Final = maximum

    def fit(self, available: float) -> float:
        """fit-content: min(max-content, max(min-content, available))."""
        return max(self.min, min(self.max, available))

    def __repr__(self) -> str:
        return f"<MinMaxSizes {self.min:g} {self.max:g}>"


@final
class OutOfFlow:
    """An absolutely positioned descendant on its way up to its containing block.

    Attributes:
        box: what is to be placed.
        inline_offset, block_offset: its static position, from the border-box start corner of the fragment that
            carries it at the moment, in that fragment's axes.
        inline_align, block_align: which edge of the static position rectangle it is aligned to:
            0 start, 1 center, 2 end (flex and grid static positions, rtl).
        inline_container: the relatively positioned inline box that is its containing block, None otherwise.
        inline_room, block_room: of `safe` alignment: the size of the static position rectangle, to whose start a
            box that is larger is aligned; INDEFINITE for alignment that is not safe.
    """

    __slots__ = (
        "block_align",
        "block_offset",
        "block_room",
        "box",
        "inline_align",
        "inline_container",
        "inline_offset",
        "inline_room",
    )

    def __init__(  # noqa: PLR0913 - a record
        self,
        box: Box,
        inline_offset: float,
        block_offset: float,
        inline_align: int = 0,
        block_align: int = 0,
        inline_container: Box | None = None,
        inline_room: float = INDEFINITE,
        block_room: float = INDEFINITE,
    ) -> None:
        self.box: Final = box
        self.inline_offset: Final = inline_offset
        self.block_offset: Final = block_offset
        self.inline_align: Final = inline_align
        self.block_align: Final = block_align
        self.inline_container: Final = inline_container
        self.inline_room: Final = inline_room
        self.block_room: Final = block_room

    def moved(self, inline: float, block: float) -> OutOfFlow:
        """The same this much further."""
        return self.placed_in(self.inline_container, inline, block)

    def placed_in(self, container: Box | None, inline: float = 0.0, block: float = 0.0) -> OutOfFlow:
        """The same with another inline containing block, this much further."""
        return OutOfFlow(
            self.box,
            self.inline_offset + inline,
            self.block_offset + block,
            self.inline_align,
            self.block_align,
            container,
            self.inline_room,
            self.block_room,
        )


NO_OUT_OF_FLOW: Final[tuple[OutOfFlow, ...]] = ()


@final
class LayoutResult:
    """What layout of a box gives its parent.

    Attributes:
        fragment: the box's picture; offsets of its own are its parent's business.
        bfc_block_offset: where the border-box start came to stand in the formatting context, after margins
            collapsed; only meaningful for boxes that do not start a new formatting context.
        is_resolved: whether that is known; a box whose margins all collapse through it does not know.
        end_margin: margins that go on collapsing below (all of the box's, if they collapse through it).
        exclusions: the floats after this box.
        first_baseline, last_baseline: from the border-box block-start edge; NO_BASELINE where there is none.
        atomic_baseline: of block containers: the baseline as an inline-block: the last one, where a scroll container
            inside counts with its margin edge and a table not at all.
        intrinsic_block: the block size of the content plus border and padding, before height and min/max.
        out_of_flow: descendants that still look for their containing block.
        clamp_lines: of the constraint space's, what is left after this box.
    """

    __slots__ = (
        "atomic_baseline",
        "bfc_block_offset",
        "clamp_lines",
        "end_margin",
        "exclusions",
        "first_baseline",
        "fragment",
        "intrinsic_block",
        "is_resolved",
        "last_baseline",
        "out_of_flow",
    )

    def __init__(  # noqa: PLR0913 - the one record that layout algorithms return
        self,
        fragment: Fragment,
        *,
        bfc_block_offset: float = 0.0,
        is_resolved: bool = True,
        end_margin: MarginStrut = NO_MARGIN,
        exclusions: ExclusionSpace = NO_EXCLUSIONS,
        first_baseline: float = NO_BASELINE,
        last_baseline: float = NO_BASELINE,
        atomic_baseline: float = NO_BASELINE,
        intrinsic_block: float = 0.0,
        out_of_flow: tuple[OutOfFlow, ...] = NO_OUT_OF_FLOW,
        clamp_lines: int = NO_CLAMP,
    ) -> None:
        self.fragment: Final = fragment
        self.bfc_block_offset: Final = bfc_block_offset
        self.is_resolved: Final = is_resolved
        self.end_margin: Final = end_margin
        self.exclusions: Final = exclusions
        self.first_baseline: Final = first_baseline
        self.last_baseline: Final = last_baseline
        self.atomic_baseline: Final = atomic_baseline
        self.intrinsic_block: Final = intrinsic_block
        self.out_of_flow: Final = out_of_flow
        self.clamp_lines: Final = clamp_lines

    def moved(self, delta: float) -> LayoutResult:
        """The same at another block offset of the formatting context, where nothing floats."""
        return LayoutResult(
            self.fragment,
            bfc_block_offset=self.bfc_block_offset + delta,
            is_resolved=self.is_resolved,
            end_margin=self.end_margin,
            exclusions=self.exclusions,
            first_baseline=self.first_baseline,
            last_baseline=self.last_baseline,
            atomic_baseline=self.atomic_baseline,
            intrinsic_block=self.intrinsic_block,
            out_of_flow=self.out_of_flow,
            clamp_lines=self.clamp_lines,
        )
