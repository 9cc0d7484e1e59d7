"""Flex layout: the parts that are pure, and what nesting costs."""

from __future__ import annotations

import pytest

from minibrowser.css.computed_style import INITIAL_STYLE
from minibrowser.css.values import AlignKeyword
from minibrowser.layout.box import Box, BoxKind
from minibrowser.layout.flex_item import (
    FlexItem,
    break_lines,
    distribute,
    resolve_flexible_lengths,
)
from minibrowser.layout.logical import HORIZONTAL_LTR

from .support import lay_out


def item(
    base: float, grow: float = 0.0, shrink: float = 1.0, low: float = 0.0, high: float = 1e9
) -> FlexItem:
    made = FlexItem(Box(BoxKind.BLOCK, INITIAL_STYLE), HORIZONTAL_LTR, True)
    made.base, made.grow, made.shrink, made.min_main, made.max_main = base, grow, shrink, low, high
    made.hypothetical = made.clamp_main(base)
    return made


def resolved(items: list[FlexItem], available: float, gaps: float = 0.0) -> list[float]:
    resolve_flexible_lengths(items, available, gaps)
    return [one.main for one in items]


def test_free_space_is_shared_by_grow_factors() -> None:
    assert resolved([item(10, grow=1), item(10, grow=3)], 100) == [30, 70]


def test_factors_that_sum_to_less_than_one_leave_space() -> None:
    assert resolved([item(0, grow=0.2), item(0, grow=0.3)], 100) == [20, 30]


def test_space_that_a_clamped_item_cannot_take_goes_to_the_others() -> None:
    assert resolved([item(0, grow=1, high=10), item(0, grow=1), item(0, grow=1)], 100) == [10, 45, 45]


def test_shrinking_is_weighted_by_base_size() -> None:
    assert resolved([item(300), item(100)], 200) == [150, 50]


def test_shrinking_stops_at_the_minimum() -> None:
    assert resolved([item(100, low=90), item(100)], 120) == [90, 30]


def test_border_and_padding_are_no_part_of_what_shrinks() -> None:
    padded = item(120)
    padded.main_border_padding = 20.0
    assert resolved([padded, item(100)], 120) == [70, 50]


def test_gaps_are_taken_off_first() -> None:
    assert resolved([item(0, grow=1), item(0, grow=1)], 100, gaps=20) == [40, 40]


def test_lines_break_before_the_item_that_does_not_fit() -> None:
    lines = break_lines([item(40), item(40), item(30)], True, 100, 10)
    assert [len(line.items) for line in lines] == [2, 1]


def test_an_item_wider_than_the_container_has_a_line_of_its_own() -> None:
    lines = break_lines([item(10), item(400), item(10)], True, 100, 0)
    assert [len(line.items) for line in lines] == [1, 1, 1]


@pytest.mark.parametrize(
    ("keyword", "before", "between"),
    [
        (AlignKeyword.FLEX_START, 0, 0),
        (AlignKeyword.FLEX_END, 60, 0),
        (AlignKeyword.CENTER, 30, 0),
        (AlignKeyword.SPACE_BETWEEN, 0, 30),
        (AlignKeyword.SPACE_AROUND, 10, 20),
        (AlignKeyword.SPACE_EVENLY, 15, 15),
    ],
)
def test_free_space_is_distributed_by_keyword(keyword: AlignKeyword, before: float, between: float) -> None:
    places = distribute(keyword, False, 60.0, 3)
    assert (places.before, places.between) == (before, between)


def test_distributed_content_falls_back_when_it_overflows() -> None:
    for keyword in (AlignKeyword.SPACE_BETWEEN, AlignKeyword.SPACE_AROUND, AlignKeyword.SPACE_EVENLY):
        assert distribute(keyword, False, -10.0, 3).before == 0.0
    assert distribute(AlignKeyword.CENTER, False, -10.0, 3).before == -5.0
    assert distribute(AlignKeyword.CENTER, True, -10.0, 3).before == 0.0


@pytest.mark.parametrize("styles", [("",), ("flex-direction:column",), ("", "flex-direction:column")])
def test_nested_containers_cost_a_bounded_number_of_layouts_each(styles: tuple[str, ...]) -> None:
    misses: dict[int, int] = {}
    for depth in (8, 16, 32):
        opening = "".join(
            f'<div style="display:flex;{styles[level % len(styles)]}"><p>text</p>' for level in range(depth)
        )
        misses[depth] = lay_out(f"<!DOCTYPE html>{opening}{'</div>' * depth}").driver.cache.misses
    # Twice the depth, not more than about twice the layouts: no level doubles the ones inside it.
    assert misses[16] < 2.6 * misses[8]
    assert misses[32] < 2.6 * misses[16]
