"""Multi-column containers: where a flow is broken."""

from __future__ import annotations

from minibrowser.css.computed_style import INITIAL_STYLE
from minibrowser.layout.fragment import Fragment, FragmentKind, Link
from minibrowser.layout.multicol import Piece, Slicer, balanced_height, fill_columns


def pieces(*sizes: float) -> list[Piece]:
    made: list[Piece] = []
    top = 0.0
    for size in sizes:
        made.append(Piece(top, top + size))
        top += size
    return made


def test_columns_are_filled_in_turn() -> None:
    assert fill_columns(pieces(20, 20, 20, 20), 0.0, 45.0) == [40.0]


def test_a_piece_taller_than_the_column_stands_alone() -> None:
    assert fill_columns(pieces(10, 100, 10), 0.0, 50.0) == [10.0, 110.0]


def test_a_forced_break_starts_a_column_and_keeps_the_margin() -> None:
    made = pieces(20, 20)
    made[1].is_forced = True
    made[1].margin = 5.0
    assert fill_columns(made, 0.0, 100.0) == [15.0]


def test_a_break_to_be_avoided_moves_to_the_one_before() -> None:
    made = pieces(20, 20, 20)
    made[2].avoids_before = True
    assert fill_columns(made, 0.0, 45.0) == [20.0]


def test_lines_held_together_part_when_they_are_taller_than_the_column() -> None:
    made = pieces(60)
    made[0].lines = [(0.0, 20.0), (20.0, 40.0), (40.0, 60.0)]
    assert fill_columns(made, 0.0, 45.0) == [40.0]


def test_balancing_finds_the_least_height_that_fits() -> None:
    assert balanced_height(pieces(20, 20, 20, 20, 20), 0.0, 100.0, 2) == 60.0
    assert balanced_height(pieces(20, 20, 20, 20), 0.0, 80.0, 4) == 20.0
    assert balanced_height(pieces(70, 20, 20), 0.0, 110.0, 3) == 70.0


def test_forced_breaks_leave_the_other_columns_to_the_tallest_run() -> None:
    made = pieces(20, 20, 20, 20)
    made[3].is_forced = True
    assert balanced_height(made, 0.0, 80.0, 3) == 40.0


def flow_of(tops: list[float], height: float) -> Fragment:
    flow = Fragment(FragmentKind.BOX, None, INITIAL_STYLE, 100.0, max(tops) + height)
    for top in tops:
        flow.children.append(Link(Fragment(FragmentKind.LINE, None, INITIAL_STYLE, 100.0, height), 0.0, top))
    return flow


def test_a_column_takes_its_lines_in_their_order_wherever_they_are() -> None:
    tops = [float(index * 37 % 100) * 10.0 for index in range(100)]
    flow = flow_of(tops, 10.0)
    slicer = Slicer()
    for start in range(0, 1000, 70):
        taken = [link.y for link in slicer.links(flow, start, start + 70.0, start + 70.0)]
        assert taken == [top for top in tops if start <= top < start + 70.0]


def test_the_first_column_takes_what_is_above_the_flow() -> None:
    tops = [-30.0, *(index * 10.0 for index in range(40))]
    assert [link.y for link in Slicer().links(flow_of(tops, 10.0), 0.0, 15.0, 15.0)] == [-30.0, 0.0, 10.0]


def test_thousands_of_columns_do_not_each_look_at_all_lines() -> None:
    flow = flow_of([index * 10.0 for index in range(5000)], 10.0)
    slicer = Slicer()
    looked_at = sum(len(slicer.near(flow, start, start + 20.0)) for start in range(0, 50_000, 20))
    assert 5000 <= looked_at <= 5000 * 3
