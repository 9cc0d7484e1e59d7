"""Multi-column containers: where a flow is broken, how tall columns become, and what that costs."""

from __future__ import annotations

import pytest

from minibrowser.layout.boxes_dump import client_rects
from minibrowser.layout.engine import layout_root
from minibrowser.layout.multicol.balance import first_guess
from tests.layout.support import lay_out

STYLE = "<style>body{margin:0;font:16px/20px 'Liberation Sans'}.m{width:200px;columns:2;column-gap:0}</style>"


def rects(html: str, *names: str) -> list[tuple[float, float, float, float]]:
    """The client rectangles of the elements of these ids: x, y, width, height."""
    page = lay_out("<!DOCTYPE html>" + STYLE + html, 800, 600)
    found = [page.rect(name) for name in names]
    return [(rect.x, rect.y, rect.width, rect.height) for rect in found]


# --- How tall columns are at first ---------------------------------------------------------------


def test_columns_share_the_content_evenly() -> None:
    assert first_guess([90.0], 3) == 30.0


def test_the_first_guess_is_rounded_up_to_whole_layout_units() -> None:
    assert first_guess([10.0], 3) == 214 / 64


def test_forced_breaks_leave_the_other_columns_to_the_tallest_run() -> None:
    assert first_guess([60.0, 20.0], 3) == 30.0


def test_more_forced_breaks_than_columns_make_columns_as_tall_as_the_tallest_run() -> None:
    assert first_guess([10.0, 50.0, 20.0], 2) == 50.0


# --- Where a flow is broken; the figures are Chromium's -------------------------------------------


def test_margins_count_for_the_height_and_are_cut_off_at_breaks() -> None:
    html = (
        "<div class=m id=m><p style='margin:10px 0'>a<br>b</p><p id=p style='margin:10px 0'>a<br>b</p></div>"
    )
    assert rects(html, "m", "p") == [(0, 0, 200, 55), (100, 0, 100, 40)]


def test_a_box_that_avoids_breaks_goes_to_the_next_column() -> None:
    html = (
        "<div class=m id=m><div style='break-inside:avoid;height:30px'></div>"
        "<div style='break-inside:avoid;height:70px' id=b></div>"
        "<div style='break-inside:avoid;height:30px' id=c></div></div>"
    )
    assert rects(html, "m", "b", "c") == [(0, 0, 200, 100), (0, 30, 100, 70), (100, 0, 100, 30)]


def test_a_box_that_avoids_breaks_is_broken_where_it_is_taller_than_the_column() -> None:
    html = (
        "<div class=m style='height:50px;column-fill:auto'>"
        "<div style='break-inside:avoid;height:80px' id=b></div></div>"
    )
    assert rects(html, "b") == [(0, 0, 200, 50)]


def test_a_heading_stays_with_what_follows_it() -> None:
    html = (
        "<div class=m style='height:50px;column-fill:auto'><div style='height:25px'></div>"
        "<div style='height:20px;break-after:avoid' id=h></div>"
        "<div style='height:20px;contain:size' id=c></div></div>"
    )
    assert rects(html, "h", "c") == [(100, 0, 100, 20), (100, 20, 100, 20)]


def test_orphans_are_held_together_and_columns_grow_for_them() -> None:
    assert rects("<div class=m id=m style='columns:3'>a<br>b<br>c</div>", "m") == [(0, 0, 200, 40)]


def test_a_forced_break_keeps_the_margin_of_what_comes_after_it() -> None:
    html = (
        "<div class=m><p style='margin:0'>a</p><p id=b style='break-before:column;margin:7px 0 0'>b</p></div>"
    )
    assert rects(html, "b") == [(100, 7, 100, 20)]


def test_the_break_before_a_first_child_is_its_parents() -> None:
    html = "<div class=m><p style='margin:0'>a</p><div id=b><p style='break-before:column;margin:0'>b</p></div></div>"
    assert rects(html, "b") == [(100, 0, 100, 20)]


def test_padding_at_the_end_does_not_part_from_the_last_line() -> None:
    html = (
        "<div class=m style='height:50px;column-fill:auto'>"
        "<div id=d style='padding-bottom:20px'>a<br>b</div><div id=e>x</div></div>"
    )
    # Chromium's: (0 0 100 50) and (100 0 100 40)
    assert rects(html, "d", "e") == [(0, 0, 200, 50), (200, 0, 100, 20)]


def test_what_cannot_be_broken_and_is_too_tall_sticks_out() -> None:
    html = (
        "<div class=m style='height:50px;column-fill:auto'><div id=a>"
        "<div style='height:100px;contain:size'></div></div><div id=b>x</div></div>"
    )
    assert rects(html, "a", "b") == [(0, 0, 100, 100), (100, 0, 100, 20)]


def test_flex_items_beside_each_other_are_broken_side_by_side() -> None:
    html = (
        "<div class=m style='height:50px;column-fill:auto'><div id=f style='display:flex'>"
        "<div id=a style='width:50px;height:70px'></div><div id=b style='width:50px;height:30px'></div></div></div>"
    )
    assert rects(html, "f", "a", "b") == [(0, 0, 200, 50), (0, 0, 150, 50), (50, 0, 50, 30)]


def test_tables_are_broken_between_their_rows() -> None:
    row = "<tr><td style='padding:0;height:20px'>"
    html = (
        "<div class=m style='height:50px;column-fill:auto'><table style='border-spacing:0'>"
        f"{row}a{row}b<tr id=c><td style='padding:0;height:20px'>c</table></div>"
    )
    x, y, _, height = rects(html, "c")[0]
    assert (x, y, height) == (100, 0, 20)


def test_a_float_that_does_not_fit_goes_to_the_next_column_alone() -> None:
    html = (
        "<div class=m style='height:50px;column-fill:auto'><div style='height:30px'></div>"
        "<div id=f style='float:left;width:10px;height:40px;contain:size'></div><div id=b>x</div></div>"
    )
    (float_x, float_y, _, float_height), (x, y, _, _) = rects(html, "f", "b")
    assert (float_x, float_y, float_height, x, y) == (100, 0, 40, 0, 30)


def test_the_static_position_of_a_positioned_box_is_in_its_column() -> None:
    html = (
        "<div class=m style='height:100px;column-fill:auto'><div style='height:120px'></div>"
        "<div id=a style='position:absolute;width:9px;height:9px'></div></div>"
    )
    assert rects(html, "a") == [(100, 20, 9, 9)]


# --- Spanners and nesting --------------------------------------------------------------------------


def test_a_nested_box_across_all_columns_parts_the_flow_around_it() -> None:
    html = (
        "<div class=m id=m><div><div style='margin-bottom:30px'>a</div>"
        "<h3 id=h style='column-span:all;margin:20px 0'>x</h3><div id=b style='margin-top:30px'>a</div></div></div>"
    )
    found = rects(html, "h", "b")
    assert [rect[1] for rect in found] == [40, 110]
    assert found[0][2] == 200


def test_an_auto_margin_centres_a_spanner() -> None:
    html = "<div class=m>a<p id=s style='column-span:all;width:100px;margin:0 auto'>x</p>b</div>"
    assert rects(html, "s") == [(50, 20, 100, 20)]


def test_columns_in_columns_go_on_where_the_outer_one_ends() -> None:
    lines = "<br>".join(f"<span id=s{index}>x</span>" for index in range(12))
    html = (
        "<div class=m style='width:400px;height:60px;column-fill:auto'>"
        f"<div id=n style='columns:2;column-gap:0'>{lines}</div></div>"
    )
    found = rects(html, "s0", "s3", "s6", "s9", "n")
    assert [rect[0] for rect in found[:4]] == [0, 100, 200, 300]
    assert found[4] == (0, 0, 400, 60)


def test_the_legend_of_a_fieldset_is_not_in_its_columns() -> None:
    html = (
        "<fieldset id=f style='columns:2;column-gap:0;width:200px;margin:0;padding:0;border:4px solid'>"
        "<legend id=l style='padding:0'>a</legend><div id=a>a</div><div id=b>b</div></fieldset>"
    )
    found = rects(html, "l", "a", "b")
    assert found[0][:2] == (4, 0)
    assert [rect[:2] for rect in found[1:]] == [(4, 20), (104, 20)]


def test_table_cells_have_columns_too() -> None:
    style = "padding:0;width:200px;columns:2;column-gap:0"
    html = f"<table style='border-spacing:0'><td style='{style}'><p>a</p><p id=b>b</p>"
    assert rects(html, "b")[0][0] == 100


def test_a_line_break_is_where_blink_reports_it() -> None:
    html = "<div class=m style='orphans:1;widows:1'><span id=a>a</span><br><span id=b>b</span><br id=c></div>"
    (first, _, _, _), (second, _, _, _), (line_break, _, _, _) = rects(html, "a", "b", "c")
    assert (first, second) == (0, 100)
    assert line_break < 100


def test_align_content_moves_the_rows() -> None:
    html = "<div class=m style='height:100px;align-content:center'><div id=a style='height:40px'></div></div>"
    assert rects(html, "a") == [(0, 40, 200, 20)]


# --- What it costs ----------------------------------------------------------------------------------


def layouts(html: str) -> int:
    """How many boxes were laid out, those that the cache knew left out."""
    return lay_out("<!DOCTYPE html>" + STYLE + html, 800, 600).driver.cache.misses


def nested(depth: int) -> str:
    return "<div class=m><p>a b</p>" * depth + "<p>word</p>" * 20 + "</div>" * depth


def test_each_box_in_columns_is_laid_out_once() -> None:
    few, many = (
        layouts(f"<div class=m>{'<p>a</p>' * 10}</div>"),
        layouts(f"<div class=m>{'<p>a</p>' * 110}</div>"),
    )
    assert many - few == 100


@pytest.mark.parametrize("depth", [2, 4, 8])
def test_columns_in_columns_cost_no_more_layouts_than_their_boxes(depth: int) -> None:
    assert layouts(nested(depth)) - layouts(nested(depth - 1)) == 3


def test_columns_laid_out_again_come_from_the_cache() -> None:
    page = lay_out("<!DOCTYPE html>" + STYLE + nested(3), 800, 600)
    misses, hits = page.driver.cache.misses, page.driver.cache.hits
    again = layout_root(page.driver, page.root_box)
    assert page.driver.cache.misses == misses
    assert page.driver.cache.hits > hits
    assert client_rects(again) == client_rects(page.root)
