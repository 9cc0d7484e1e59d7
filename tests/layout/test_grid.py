"""Grid layout: lines, auto-placement and track sizing by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from minibrowser.css.computed_style import (
    INITIAL_INHERITED,
    INITIAL_PAINT,
    INITIAL_STYLE,
    BoxStyle,
    ComputedStyle,
)
from minibrowser.css.keywords import GridAutoFlow
from minibrowser.css.values import (
    AUTO,
    AUTO_TRACK,
    GridLine,
    Length,
    LengthKind,
    RepeatKind,
    TrackList,
    TrackRepeat,
    TrackSize,
    px,
)
from minibrowser.layout.box import Box, BoxKind
from minibrowser.layout.constraint_space import INDEFINITE
from minibrowser.layout.grid.lines import (
    AUTO_LINE,
    AutoRepeatBasis,
    ExplicitAxis,
    explicit_axis,
    resolve_span,
)
from minibrowser.layout.grid.placement import GridItem, place_items
from minibrowser.layout.grid.tracks import Contributions, SizingMode, SpannedItem, Track, TrackSizing
from tests.budget import time_budget

NO_BASIS = AutoRepeatBasis(INDEFINITE, INDEFINITE, INDEFINITE, 0.0)


def axis(*names: tuple[str, ...]) -> ExplicitAxis:
    """An axis with one auto track between each two of these lines."""
    tracks = (AUTO_TRACK,) * (len(names) - 1)
    return explicit_axis(TrackList((TrackRepeat(tracks, names),)), (), True, (AUTO_TRACK,), NO_BASIS)


def span(where: ExplicitAxis, start: GridLine, end: GridLine) -> tuple[int, int]:
    found = resolve_span(where, start, end)
    return found.start, found.end


def test_numbers_count_from_both_ends() -> None:
    three = axis((), (), (), ())
    assert span(three, GridLine(2), GridLine(4)) == (1, 3)
    assert span(three, GridLine(1), GridLine(-1)) == (0, 3)
    assert span(three, GridLine(-2), GridLine()) == (2, 3)


def test_lines_in_the_wrong_order_are_swapped_and_equal_ones_span_one_track() -> None:
    three = axis((), (), (), ())
    assert span(three, GridLine(3), GridLine(1)) == (0, 2)
    assert span(three, GridLine(2), GridLine(2)) == (1, 2)


def test_names_find_their_lines_and_missing_ones_are_implicit() -> None:
    named = axis(("a",), ("b",), ("a",), ("c",))
    assert span(named, GridLine(0, "a"), GridLine(0, "c")) == (0, 3)
    assert span(named, GridLine(2, "a"), GridLine()) == (2, 3)
    assert span(named, GridLine(-1, "a"), GridLine()) == (2, 3)
    assert span(named, GridLine(0, "missing"), GridLine()) == (4, 5)


def test_spans_reach_from_the_other_line() -> None:
    named = axis(("a",), ("b",), ("a",), ("c",))
    assert span(named, GridLine(1), GridLine(2, "", True)) == (0, 2)
    assert span(named, GridLine(2, "", True), GridLine(-1)) == (1, 3)
    assert span(named, GridLine(0, "b"), GridLine(1, "a", True)) == (1, 2)
    assert span(named, GridLine(3, "", True), GridLine(2, "", True)) == (AUTO_LINE, AUTO_LINE + 3)


def test_areas_name_the_lines_around_them() -> None:
    where = explicit_axis(TrackList(), (("head", "head"), ("nav", "main")), True, (AUTO_TRACK,), NO_BASIS)
    assert where.count() == 2
    assert span(where, GridLine(0, "head"), GridLine(0, "head")) == (0, 2)
    assert span(where, GridLine(0, "main"), GridLine(0, "main")) == (1, 2)


@pytest.mark.parametrize(
    ("available", "minimum", "count"),
    [
        (350.0, INDEFINITE, 3),
        (320.0, INDEFINITE, 3),
        (319.0, INDEFINITE, 2),
        (10.0, INDEFINITE, 1),
        (INDEFINITE, 250.0, 3),
    ],
)
def test_auto_fill_repeats_as_often_as_fits(available: float, minimum: float, count: int) -> None:
    repeat = TrackRepeat((TrackSize(px(100), px(100)),), ((), ()), RepeatKind.AUTO_FILL)
    basis = AutoRepeatBasis(available, minimum, available, 10.0)
    assert explicit_axis(TrackList((repeat,)), (), True, (AUTO_TRACK,), basis).count() == count


def placed(
    flow: GridAutoFlow, columns: int, *lines: tuple[GridLine, GridLine, GridLine, GridLine]
) -> list[tuple[int, int]]:
    """(row, column) of items given as column start and end, row start and end."""
    items: list[GridItem] = []
    for column_start, column_end, row_start, row_end in lines:
        style = BoxStyle()
        style.grid_column_start, style.grid_column_end = column_start, column_end
        style.grid_row_start, style.grid_row_end = row_start, row_end
        box = Box(BoxKind.BLOCK, ComputedStyle(INITIAL_INHERITED, style, INITIAL_PAINT, {}))
        items.append(GridItem(box, True))
    place_items(items, axis(*[()] * (columns + 1)), axis(()), flow)
    return [(one.row.start, one.column.start) for one in items]


FREE = (GridLine(), GridLine(), GridLine(), GridLine())
TWO_WIDE = (GridLine(2, "", True), GridLine(), GridLine(), GridLine())


def test_sparse_placement_never_goes_back() -> None:
    assert placed(GridAutoFlow.ROW, 3, TWO_WIDE, TWO_WIDE, FREE, FREE) == [(0, 0), (1, 0), (1, 2), (2, 0)]


def test_dense_placement_fills_holes() -> None:
    assert placed(GridAutoFlow.ROW_DENSE, 3, TWO_WIDE, TWO_WIDE, FREE, FREE) == [
        (0, 0),
        (1, 0),
        (0, 2),
        (1, 2),
    ]


def test_items_locked_to_a_row_are_placed_before_free_ones() -> None:
    locked = (GridLine(), GridLine(), GridLine(1), GridLine())
    assert placed(GridAutoFlow.ROW, 2, FREE, locked) == [(0, 1), (0, 0)]


def test_lines_before_the_explicit_grid_move_it() -> None:
    early = (GridLine(-5), GridLine(), GridLine(1), GridLine())
    assert placed(GridAutoFlow.ROW, 3, early, FREE) == [(0, 0), (0, 1)]


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.integers(1, 4), st.integers(0, 4), st.integers(1, 3)), max_size=12
    ),
    st.sampled_from(list(GridAutoFlow)),
)
def test_automatically_placed_items_never_overlap(
    spans: list[tuple[int, int, int, int]], flow: GridAutoFlow
) -> None:
    items: list[GridItem] = []
    for _, column_span, _, row_span in spans:
        style = BoxStyle()
        style.grid_column_start = GridLine(column_span, "", True)
        style.grid_row_start = GridLine(row_span, "", True)
        items.append(
            GridItem(Box(BoxKind.BLOCK, ComputedStyle(INITIAL_INHERITED, style, INITIAL_PAINT, {})), True)
        )
    place_items(items, axis((), (), ()), axis((), ()), flow)
    taken: set[tuple[int, int]] = set()
    for one in items:
        for row in range(one.row.start, one.row.end):
            for column in range(one.column.start, one.column.end):
                assert (row, column) not in taken
                taken.add((row, column))


def _first_hole(taken: set[tuple[int, int]], width: int, height: int) -> tuple[int, int]:
    """The first place of three columns, row by row, where an area of this size is free."""
    row = 0
    while True:
        for column in range(3 - width + 1):
            area = {(row + y, column + x) for y in range(height) for x in range(width)}
            if not area & taken:
                taken |= area
                return row, column
        row += 1


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=30))
@settings(max_examples=60)
def test_dense_placement_takes_the_first_hole_of_each_size(sizes: list[tuple[int, int]]) -> None:
    lines = [
        (GridLine(wide, "", True), GridLine(), GridLine(high, "", True), GridLine()) for wide, high in sizes
    ]
    taken: set[tuple[int, int]] = set()
    assert placed(GridAutoFlow.ROW_DENSE, 3, *lines) == [
        _first_hole(taken, wide, high) for wide, high in sizes
    ]


def test_dense_placement_of_many_items_does_not_begin_anew_for_each() -> None:
    # 10,000 searches from the first row are 50 million looks, half a minute; from where the last one ended 10,000.
    locked = (GridLine(), GridLine(), GridLine(1), GridLine())
    with time_budget(8.0):
        assert placed(GridAutoFlow.ROW_DENSE, 1, *[FREE] * 10_000)[-1] == (9999, 0)
        assert placed(GridAutoFlow.ROW_DENSE, 1, *[locked] * 3_000)[-1] == (
            0,
            2999,
        )


class Fixed(Contributions):
    """Items of one minimum and one maximum."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    def min_content(self, item: GridItem) -> float:
        return self.low

    def max_content(self, item: GridItem) -> float:
        return self.high

    def minimum(self, item: GridItem, tracks: list[Track]) -> float:
        return self.low


def sized(
    tracks: list[Track], items: list[tuple[int, int, float, float]], available: float, gap: float = 0.0
) -> list[float]:
    """Sizes of tracks with items given as start, end, min-content and max-content."""
    box = Box(BoxKind.BLOCK, INITIAL_STYLE)
    spanned = [
        SpannedItem(GridItem(box, True), start, end, tracks, Fixed(low, high))
        for start, end, low, high in items
    ]
    TrackSizing(tracks, spanned, gap, SizingMode.LAYOUT).run(available, stretches=True)
    return [track.base for track in tracks]


def track(minimum: Length, maximum: Length, flex: float = 0.0, fits: bool = False) -> Track:
    return Track(TrackSize(minimum, maximum, flex, fits), 400.0)


def test_fractions_share_what_is_left() -> None:
    assert sized([track(px(100), px(100)), track(AUTO, AUTO, 1.0), track(AUTO, AUTO, 2.0)], [], 400) == [
        100,
        100,
        200,
    ]


def test_a_fraction_is_at_least_its_content() -> None:
    assert sized([track(AUTO, AUTO, 1.0), track(AUTO, AUTO, 1.0)], [(0, 1, 300, 300)], 400) == [300, 100]


def test_auto_tracks_stretch_in_equal_parts() -> None:
    assert sized([track(AUTO, AUTO), track(AUTO, AUTO)], [(0, 1, 10, 50), (1, 2, 20, 100)], 400) == [175, 225]


def test_auto_tracks_grow_from_minimum_to_maximum_in_equal_parts() -> None:
    assert sized([track(AUTO, AUTO), track(AUTO, AUTO)], [(0, 1, 10, 500), (1, 2, 20, 500)], 100) == [45, 55]


def test_fit_content_stops_at_its_argument() -> None:
    fit = track(AUTO, px(80), 0.0, True)
    assert sized([fit, track(AUTO, AUTO, 1.0)], [(0, 1, 10, 300)], 400) == [80, 320]


def test_spanning_items_grow_the_tracks_that_may_grow() -> None:
    tracks = [track(px(50), px(50)), track(Length(LengthKind.MIN_CONTENT), Length(LengthKind.MIN_CONTENT))]
    assert sized(tracks, [(0, 2, 130, 200)], 400, gap=10) == [50, 70]
