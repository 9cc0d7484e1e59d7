"""Tables: column distribution, slots and collapsed borders by themselves."""

from __future__ import annotations

from minibrowser.layout.constraint_space import INDEFINITE, MinMaxSizes
from minibrowser.layout.fragment import Fragment
from minibrowser.layout.table.columns import (
    Column,
    InlineConstraint,
    distribute_auto,
    distribute_fixed,
    distribute_spanning_cell,
    grid_min_max,
)

from .support import lay_out


def column(low: float, high: float, percent: float = INDEFINITE, fixed: bool = False) -> Column:
    made = Column()
    made.encompass(InlineConstraint(0, 1, MinMaxSizes(low, high), percent, fixed))
    return made


def test_columns_lie_between_two_guesses() -> None:
    columns = [column(10, 100), column(20, 60)]
    assert distribute_auto(columns, 0, 2, 30, False) == [10, 20]
    assert distribute_auto(columns, 0, 2, 95, False) == [55, 40]
    assert distribute_auto(columns, 0, 2, 160, False) == [100, 60]


def test_space_beyond_the_largest_guess_goes_to_auto_columns_in_proportion() -> None:
    columns = [column(10, 100), column(10, 50), column(10, 40, fixed=True)]
    assert distribute_auto(columns, 0, 3, 340, False) == [200, 100, 40]


def test_percentages_come_before_fixed_widths_and_those_before_auto() -> None:
    columns = [column(10, 10, percent=50), column(10, 80, fixed=True), column(10, 300)]
    assert distribute_auto(columns, 0, 3, 200, False) == [100, 80, 20]


def test_a_given_width_replaces_the_maximum_of_other_cells() -> None:
    one = column(10, 300)
    one.encompass(InlineConstraint(0, 1, MinMaxSizes(10, 50), INDEFINITE, True))
    assert (one.min, one.max) == (10, 50)


def test_a_spanning_cell_widens_its_columns_in_proportion() -> None:
    columns = [column(10, 20), column(10, 60)]
    distribute_spanning_cell(columns, InlineConstraint(0, 2, MinMaxSizes(165, 165), INDEFINITE, False), 5)
    assert [(one.min, one.max) for one in columns] == [(40, 40), (120, 120)]


def test_percentage_columns_widen_the_table() -> None:
    sizes = grid_min_max([column(10, 50, percent=20), column(10, 30)], 4, True)
    assert (sizes.min, sizes.max) == (24, 254)


def test_fixed_layout_gives_what_is_left_to_columns_without_a_width() -> None:
    columns = [column(100, 100, fixed=True), column(0, 0), column(0, 0)]
    assert distribute_fixed(columns, 300) == [100, 100, 100]


def table_of(html: str) -> Fragment:
    """The fragment of the first table."""
    stack = [lay_out("<!DOCTYPE html>" + html).root]
    while stack:
        fragment = stack.pop()
        if fragment.box is not None and fragment.box.element is not None:
            if fragment.box.element.local_name == "table" and fragment.children:
                return fragment
        stack.extend(link.fragment for link in fragment.children)
    raise AssertionError("no table")


STYLE = "<style>table{border-collapse:collapse} td{border:1px solid;width:20px;height:20px;padding:0}</style>"


def test_the_wider_border_wins_and_alike_neighbours_are_one_segment() -> None:
    table = table_of(STYLE + '<table><tr><td><td style="border-left:5px solid"><tr><td><td></table>')
    widths = sorted(segment.width for segment in table.collapsed_borders)
    assert widths.count(5) == 1
    wide = next(segment for segment in table.collapsed_borders if segment.width == 5)
    assert wide.rect.width == 5
    assert wide.side == 3


def test_hidden_borders_win_over_all() -> None:
    table = table_of(STYLE + '<table><tr><td style="border:hidden"><td style="border:9px solid"></table>')
    # only the three sides that the second cell does not share are left
    assert {segment.side for segment in table.collapsed_borders} == {0, 1, 2}


def test_stronger_borders_are_painted_last() -> None:
    table = table_of(STYLE + '<table style="border:6px solid"><tr><td><td></table>')
    widths = [segment.width for segment in table.collapsed_borders]
    assert widths == sorted(widths)


def test_no_border_runs_through_a_spanning_cell() -> None:
    table = table_of(STYLE + "<table><tr><td colspan=2 rowspan=2><td><tr><td><tr><td><td><td></table>")
    spanning = table.content_rect.moved(2, 2)
    for segment in table.collapsed_borders:
        inside_x = spanning.x < segment.rect.x and segment.rect.right < spanning.x + 36
        inside_y = spanning.y < segment.rect.y and segment.rect.bottom < spanning.y + 36
        assert not (inside_x and inside_y)


def test_the_grid_box_leaves_captions_out() -> None:
    table = table_of("<table><caption>above</caption><tr><td>x</table>")
    assert table.content_rect.y > 0
    assert table.content_rect.bottom == table.height


def test_hostile_spans_end() -> None:
    table = table_of("<table><tr><td colspan=1000 rowspan=65534>x<td colspan=1000>y</table>")
    assert table.width > 0


def test_overlapping_cells_are_kept() -> None:
    html = "<table><tr><td>a<td rowspan=2>b<tr><td colspan=2>c</table>"
    assert len(table_of(html).children) == 1
