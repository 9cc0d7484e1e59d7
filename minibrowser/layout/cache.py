"""Results by box and constraint space, so that a box that is measured and then placed is laid out once.

One wrapper around all algorithms; bounded per box. Boxes that have not changed take their results from one layout
pass into the next one (see `reconcile`).
"""

from __future__ import annotations

from typing import Final, final

from .constraint_space import UNKNOWN_OFFSET, ConstraintSpace, LayoutResult, MinMaxSizes

MAX_RESULTS: Final = 6
"""Results kept for one box: flex and grid items are asked for a handful of different sizes."""


def same_but_place(a: ConstraintSpace, b: ConstraintSpace) -> bool:
    """Whether a box comes out the same in both, if it stands at the same block offset of its formatting context."""
    if a is b:
        return True
    if (
        a.available_inline != b.available_inline
        or a.available_block != b.available_block
        or a.percentage_inline != b.percentage_inline
        or a.percentage_block != b.percentage_block
        or a.is_fixed_inline != b.is_fixed_inline
        or a.is_fixed_block != b.is_fixed_block
        or a.is_fixed_block_indefinite != b.is_fixed_block_indefinite
        or a.is_block_size_auto != b.is_block_size_auto
        or a.is_shrink_to_fit != b.is_shrink_to_fit
        or a.stretch_block != b.stretch_block
        or a.is_new_formatting_context != b.is_new_formatting_context
        or a.is_table_cell != b.is_table_cell
        or a.is_restricted_cell != b.is_restricted_cell
        or a.cell_border != b.cell_border
        or (a.subgrid_columns is None) != (b.subgrid_columns is None)
        or (a.subgrid_columns is not None and not a.subgrid_columns.is_same(b.subgrid_columns))
        or (a.subgrid_rows is None) != (b.subgrid_rows is None)
        or (a.subgrid_rows is not None and not a.subgrid_rows.is_same(b.subgrid_rows))
    ):
        return False
    if a.is_new_formatting_context:
        return True
    return (
        a.margin_strut.positive == b.margin_strut.positive
        and a.margin_strut.negative == b.margin_strut.negative
        and a.margin_strut.quirky == b.margin_strut.quirky
        and a.margin_strut.drops_quirky == b.margin_strut.drops_quirky
        and a.bfc_inline_offset == b.bfc_inline_offset
        and a.expected_bfc_offset == b.expected_bfc_offset
        and a.clearance_offset == b.clearance_offset
        and (a.exclusions is b.exclusions or a.exclusions.is_same(b.exclusions))
        and a.adjoining_from == b.adjoining_from
        and a.clamp_lines == b.clamp_lines
        and a.clamp_has_more == b.clamp_has_more
    )


def _has_nothing_around(space: ConstraintSpace) -> bool:
    """Whether no float is there, and none was looked for: a box is the same anywhere then."""
    return (
        space.exclusions.count == 0
        and space.clearance_offset == UNKNOWN_OFFSET
        and space.expected_bfc_offset == UNKNOWN_OFFSET
    )


@final
class BoxCache:
    """What is known of one box."""

    __slots__ = ("min_max", "min_max_spaces", "next", "results", "spaces")

    def __init__(self) -> None:
        self.spaces: list[ConstraintSpace] = []
        self.results: list[LayoutResult] = []
        self.next: int = 0
        self.min_max_spaces: list[ConstraintSpace] = []
        self.min_max: list[MinMaxSizes] = []


@final
class LayoutCache:
    """Of all boxes of a tree. `hits` and `misses` count layouts, `min_max_hits` intrinsic sizes."""

    def __init__(self) -> None:
        self._boxes: dict[int, BoxCache] = {}
        self.hits: int = 0
        self.misses: int = 0
        self.min_max_hits: int = 0
        self.min_max_misses: int = 0

    def find(self, key: int, space: ConstraintSpace) -> LayoutResult | None:
        """The result for this space, None where there is none yet."""
        known = self._boxes.get(key)
        if known is not None:
            spaces = known.spaces
            elsewhere = -1
            for index in range(len(spaces)):
                other = spaces[index]
                if same_but_place(other, space):
                    if space.is_new_formatting_context or other.bfc_block_offset == space.bfc_block_offset:
                        self.hits += 1
                        return known.results[index]
                    elsewhere = index
            if elsewhere >= 0:
                other, result = spaces[elsewhere], known.results[elsewhere]
                if _has_nothing_around(space) and _has_nothing_around(other) and result.exclusions.count == 0:
                    self.hits += 1
                    return result.moved(space.bfc_block_offset - other.bfc_block_offset)
        self.misses += 1
        return None

    def store(self, key: int, space: ConstraintSpace, result: LayoutResult) -> None:
        """Keep a result; the oldest makes room."""
        known = self._boxes.get(key)
        if known is None:
            known = BoxCache()
            self._boxes[key] = known
        if len(known.spaces) < MAX_RESULTS:
            known.spaces.append(space)
            known.results.append(result)
            return
        known.spaces[known.next] = space
        known.results[known.next] = result
        known.next = (known.next + 1) % MAX_RESULTS

    def take(self, other: LayoutCache, key: int, new_key: int) -> None:
        """Take over what another cache knows of a box, which has another number here."""
        known = other._boxes.get(key)
        if known is not None:
            self._boxes[new_key] = known

    def find_min_max(self, key: int, space: ConstraintSpace) -> MinMaxSizes | None:
        """The intrinsic sizes with these percentages."""
        known = self._boxes.get(key)
        if known is not None:
            for index in range(len(known.min_max_spaces)):
                other = known.min_max_spaces[index]
                if (
                    other.percentage_inline == space.percentage_inline
                    and other.percentage_block == space.percentage_block
                    and other.cell_border == space.cell_border
                    and other.is_fixed_block == space.is_fixed_block
                    and (not space.is_fixed_block or other.available_block == space.available_block)
                ):
                    self.min_max_hits += 1
                    return known.min_max[index]
        self.min_max_misses += 1
        return None

    def store_min_max(self, key: int, space: ConstraintSpace, sizes: MinMaxSizes) -> None:
        """Keep intrinsic sizes."""
        known = self._boxes.get(key)
        if known is None:
            known = BoxCache()
            self._boxes[key] = known
        if len(known.min_max) >= MAX_RESULTS:
            known.min_max_spaces.pop(0)
            known.min_max.pop(0)
        known.min_max_spaces.append(space)
        known.min_max.append(sizes)
