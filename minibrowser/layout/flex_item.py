"""Flex items and lines while a flex container is laid out: scratch records, thrown away afterwards.

All sizes are border boxes unless a name says content; all offsets and margins are flow-relative in flex
terms: main-start and cross-start of the container, so reversed directions only show when items are placed.
"""

from __future__ import annotations

from typing import Final, final

from ..css.values import AlignKeyword
from .box import Box
from .constraint_space import INDEFINITE, NO_BASELINE, LayoutResult
from .flex_balance import balanced_breaks
from .logical import WritingDirection

UNLIMITED: Final = 3.0e38
"""A maximum size that is not there."""


@final
class FlexItem:
    """One in-flow child (https://drafts.csswg.org/css-flexbox-1/#flex-items).

    Attributes:
        box, direction: the item and its own writing direction.
        main_is_inline: whether the container's main axis is the item's inline axis.
        margin_*: used margins, auto ones 0 until free space is known; `auto_*` tells which are auto.
        main_border_padding, cross_border_padding: what border and padding take in each axis.
        base: flex base size; hypothetical: the same, clamped.
        base_is_definite: whether the used flex basis did not depend on content.
        base_is_content: whether it came from the content (flex-basis: content, or auto with an auto size).
        min_main, max_main, min_cross, max_cross: clamps. UNLIMITED for none.
        min_main_is_known: an automatic minimum of a fixed-size item is only measured when the item shrinks.
        grow, shrink: flex factors.
        main, cross: used sizes.
        align: resolved align-self; `align_is_safe` with it.
        cross_is_auto: whether the cross size property is auto.
        has_ratio: whether it has a preferred aspect ratio; transferred: the main size that a definite cross
            size gives through it, INDEFINITE for none.
        measured: layout with an automatic size along a main axis that is the item's block axis.
        result: the last layout; baseline: distance from the cross-start margin edge that is aligned.
    """

    __slots__ = (
        "align",
        "align_is_safe",
        "auto_cross_end",
        "auto_cross_start",
        "auto_main_end",
        "auto_main_start",
        "base",
        "base_is_content",
        "base_is_definite",
        "baseline",
        "box",
        "cross",
        "cross_border_padding",
        "cross_is_auto",
        "cross_offset",
        "direction",
        "frozen",
        "grow",
        "has_ratio",
        "hypothetical",
        "main",
        "main_border_padding",
        "main_is_inline",
        "main_offset",
        "margin_cross_end",
        "margin_cross_start",
        "margin_main_end",
        "margin_main_start",
        "max_cross",
        "max_main",
        "measured",
        "min_cross",
        "min_main",
        "min_main_is_known",
        "result",
        "shrink",
        "transferred",
    )

    def __init__(self, box: Box, direction: WritingDirection, main_is_inline: bool) -> None:
        self.box: Final = box
        self.direction: Final = direction
        self.main_is_inline: Final = main_is_inline
        self.margin_main_start: float = 0.0
        self.margin_main_end: float = 0.0
        self.margin_cross_start: float = 0.0
        self.margin_cross_end: float = 0.0
        self.auto_main_start: bool = False
        self.auto_main_end: bool = False
        self.auto_cross_start: bool = False
        self.auto_cross_end: bool = False
        self.main_border_padding: float = 0.0
        self.cross_border_padding: float = 0.0
        self.base: float = 0.0
        self.base_is_definite: bool = False
        self.base_is_content: bool = False
        self.hypothetical: float = 0.0
        self.min_main: float = 0.0
        self.min_main_is_known: bool = True
        self.max_main: float = UNLIMITED
        self.min_cross: float = 0.0
        self.max_cross: float = UNLIMITED
        self.grow: float = 0.0
        self.shrink: float = 1.0
        self.frozen: bool = False
        self.main: float = 0.0
        self.cross: float = INDEFINITE
        self.cross_is_auto: bool = True
        self.align: AlignKeyword = AlignKeyword.STRETCH
        self.align_is_safe: bool = False
        self.main_offset: float = 0.0
        self.cross_offset: float = 0.0
        self.baseline: float = NO_BASELINE
        self.result: LayoutResult | None = None
        self.measured: LayoutResult | None = None
        self.has_ratio: bool = False
        self.transferred: float = INDEFINITE

    def main_margins(self) -> float:
        """main-start + main-end margin."""
        return self.margin_main_start + self.margin_main_end

    def cross_margins(self) -> float:
        """cross-start + cross-end margin."""
        return self.margin_cross_start + self.margin_cross_end

    def has_auto_cross_margin(self) -> bool:
        """Whether a cross-axis margin is auto."""
        return self.auto_cross_start or self.auto_cross_end

    def clamp_main(self, size: float) -> float:
        """The size within the main-axis clamps."""
        return max(self.min_main, min(size, self.max_main))

    def clamp_cross(self, size: float) -> float:
        """The size within the cross-axis clamps, never less than border and padding."""
        return max(self.min_cross, min(size, self.max_cross), self.cross_border_padding)

    def is_baseline_aligned(self) -> bool:
        """Whether it takes part in baseline alignment."""
        return (
            self.align == AlignKeyword.BASELINE or self.align == AlignKeyword.LAST_BASELINE
        ) and not self.has_auto_cross_margin()

    def stretches(self) -> bool:
        """Whether align-self: stretch has an effect on it."""
        return self.align == AlignKeyword.STRETCH and self.cross_is_auto and not self.has_auto_cross_margin()


@final
class FlexLine:
    """Items of one line, its cross size and place."""

    __slots__ = ("cross", "cross_offset", "items", "max_ascent", "max_last_descent")

    def __init__(self, items: list[FlexItem]) -> None:
        self.items: Final = items
        self.cross: float = 0.0
        self.cross_offset: float = 0.0
        self.max_ascent: float = NO_BASELINE
        self.max_last_descent: float = NO_BASELINE


def balance_lines(items: list[FlexItem], available: float, gap: float, line_count: int) -> list[FlexLine]:
    """Collect flex items into at least `line_count` balanced flex lines."""
    sizes = [item.hypothetical + item.main_margins() for item in items]
    lines: list[FlexLine] = []
    start = 0
    for end in balanced_breaks(sizes, gap, available, line_count):
        lines.append(FlexLine(items[start:end]))
        start = end
    return lines


def break_lines(items: list[FlexItem], is_multi_line: bool, available: float, gap: float) -> list[FlexLine]:
    """Collect flex items into flex lines.

    https://drafts.csswg.org/css-flexbox-1/#algo-line-break
    """
    if not items:
        return []
    if not is_multi_line or available == INDEFINITE:
        return [FlexLine(items)]
    lines: list[FlexLine] = []
    current: list[FlexItem] = []
    used = 0.0
    for item in items:
        outer = item.hypothetical + item.main_margins()
        # NOTE: lengths are floats here and 1/64 px in Blink: a line that is full to within that holds.
        if current and used + gap + outer > available + 1.0 / 64.0:
            lines.append(FlexLine(current))
            current = [item]
            used = outer
        else:
            used += outer + (gap if current else 0.0)
            current.append(item)
    lines.append(FlexLine(current))
    return lines


def resolve_flexible_lengths(items: list[FlexItem], inner_main: float, gaps: float) -> None:
    """Find the used main size of each item of a line.

    https://drafts.csswg.org/css-flexbox-1/#resolve-flexible-lengths
    """
    # 1. Determine the used flex factor.
    total = gaps
    for item in items:
        total += item.hypothetical + item.main_margins()
    is_growing = total < inner_main
    # 2. Freeze inflexible items.
    unfrozen = 0
    for item in items:
        factor = item.grow if is_growing else item.shrink
        if factor == 0.0 or (item.base > item.hypothetical if is_growing else item.base < item.hypothetical):
            item.main = item.hypothetical
            item.frozen = True
        else:
            item.frozen = False
            unfrozen += 1
    # 3. Calculate initial free space.
    initial_free = _free_space(items, inner_main, gaps)
    # 4. Loop until all items are frozen.
    while unfrozen > 0:
        # 4.b. The remaining free space; fractions of a factor take that fraction only.
        free = _free_space(items, inner_main, gaps)
        factor_sum = 0.0
        scaled_sum = 0.0
        for item in items:
            if not item.frozen:
                factor_sum += item.grow if is_growing else item.shrink
                scaled_sum += item.shrink * (item.base - item.main_border_padding)
        if factor_sum < 1.0:
            partial = initial_free * factor_sum
            if abs(partial) < abs(free):
                free = partial
        # 4.c. Distribute it in proportion to the factors; 4.d. fix violations of min and max.
        violation = 0.0
        for item in items:
            if item.frozen:
                continue
            target = item.base
            if free != 0.0:
                if is_growing:
                    target += free * (item.grow / factor_sum) if factor_sum > 0.0 else 0.0
                elif scaled_sum > 0.0:
                    content = item.base - item.main_border_padding
                    target += free * (item.shrink * content / scaled_sum)
            item.main = max(item.clamp_main(target), item.main_border_padding)
            violation += item.main - target
        # 4.e. Freeze over-flexed items.
        still = 0
        for item in items:
            if item.frozen:
                continue
            if violation == 0.0:
                item.frozen = True
                continue
            target = item.base
            if free != 0.0:
                if is_growing:
                    target += free * (item.grow / factor_sum) if factor_sum > 0.0 else 0.0
                elif scaled_sum > 0.0:
                    content = item.base - item.main_border_padding
                    target += free * (item.shrink * content / scaled_sum)
            difference = item.main - target
            if difference > 0.0 if violation > 0.0 else difference < 0.0:
                item.frozen = True
            else:
                still += 1
        if still == unfrozen:
            # NOTE: rounding of floats can leave a violation that no item shows; all sizes are clamped then.
            return
        unfrozen = still


def _free_space(items: list[FlexItem], inner_main: float, gaps: float) -> float:
    """What is left of the line: frozen items count with their target size, others with their base size."""
    free = inner_main - gaps
    for item in items:
        free -= (item.main if item.frozen else item.base) + item.main_margins()
    return free


@final
class Distribution:
    """Where content distribution puts the first subject, and what it adds between two."""

    __slots__ = ("before", "between")

    def __init__(self, before: float, between: float) -> None:
        self.before: Final = before
        self.between: Final = between


def distribute(keyword: AlignKeyword, is_safe: bool, free: float, count: int) -> Distribution:
    """Content distribution of `count` subjects from the start edge (https://drafts.csswg.org/css-align-3/#content-distribution).

    `keyword` is in flow-relative terms already: only FLEX_START, FLEX_END, CENTER and the distributed ones.
    """
    if free < 0.0 and is_safe:
        return Distribution(0.0, 0.0)
    if keyword == AlignKeyword.SPACE_BETWEEN:
        if count > 1 and free > 0.0:
            return Distribution(0.0, free / (count - 1))
        return Distribution(0.0, 0.0)
    if keyword == AlignKeyword.SPACE_AROUND:
        # the fallback alignment is safe center
        if count > 0 and free > 0.0:
            return Distribution(free / (2 * count), free / count)
        return Distribution(0.0, 0.0)
    if keyword == AlignKeyword.SPACE_EVENLY:
        if free > 0.0:
            return Distribution(free / (count + 1), free / (count + 1))
        return Distribution(0.0, 0.0)
    if keyword == AlignKeyword.FLEX_END:
        return Distribution(free, 0.0)
    if keyword == AlignKeyword.CENTER:
        return Distribution(free / 2.0, 0.0)
    return Distribution(0.0, 0.0)
