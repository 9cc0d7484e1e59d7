"""Scroll snapping by itself: where a container comes to rest. cases/scroll_snap_* has what Chromium does."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from minibrowser.layout.scroll_snap import SnapAxis, SnapPort, snap_offset

from .support import lay_out

STILL = SnapPort(100.0, 0.0, 0.0, False, True)


def across() -> SnapAxis:
    """In view, and without a snap position of its own."""
    return SnapAxis(0.0, 50.0, "none")


@pytest.mark.parametrize(
    ("start", "end", "align", "offset"),
    [
        (30.0, 80.0, "start", 30.0),
        (30.0, 80.0, "center", 5.0),
        (30.0, 150.0, "end", 30.0),  # larger than the snapport: covered from its start on
        (90.0, 150.0, "end", 50.0),
        (190.0, 250.0, "start", 120.0),  # no further than there is something to scroll
        (-30.0, 20.0, "start", 0.0),
    ],
)
def test_a_mandatory_axis_rests_at_the_snap_position(
    start: float, end: float, align: str, offset: float
) -> None:
    port = SnapPort(100.0, 0.0, 120.0, True, True)
    assert snap_offset([SnapAxis(start, end, align)], [across()], port, STILL) == (offset, 0.0)


def test_the_nearest_area_wins() -> None:
    port = SnapPort(100.0, 0.0, 500.0, True, True)
    areas = [SnapAxis(at, at + 20.0, "start") for at in (60.0, 40.0, 90.0)]
    assert snap_offset([across()] * 3, areas, STILL, port) == (0.0, 40.0)


def test_proximity_reaches_a_third_of_the_snapport() -> None:
    port = SnapPort(90.0, 0.0, 500.0, True, False)
    assert snap_offset([across()], [SnapAxis(30.0, 50.0, "start")], STILL, port) == (0.0, 30.0)
    assert snap_offset([across()], [SnapAxis(31.0, 50.0, "start")], STILL, port) == (0.0, 0.0)


offsets = st.floats(-500.0, 500.0)
axes = st.builds(
    lambda at, size, align: SnapAxis(at, at + size, align),
    offsets,
    st.floats(0.0, 300.0),
    st.sampled_from(["none", "start", "center", "end"]),
)


@given(
    st.lists(st.tuples(axes, axes), max_size=6), st.floats(0.0, 400.0), st.floats(0.0, 400.0), st.booleans()
)
def test_the_offset_is_always_within_the_scrollable_range(
    areas: list[tuple[SnapAxis, SnapAxis]], highest: float, lowest: float, is_mandatory: bool
) -> None:
    x_port = SnapPort(100.0, 0.0, highest, True, is_mandatory)
    y_port = SnapPort(80.0, -lowest, 0.0, True, is_mandatory)
    x, y = snap_offset([one for one, _ in areas], [one for _, one in areas], x_port, y_port)
    assert 0.0 <= x <= highest
    assert -lowest <= y <= 0.0


def test_a_box_laid_out_once_more_is_not_scrolled_twice() -> None:
    laid = lay_out(
        "<!doctype html><style>body{margin:0}</style><div style='display:flex;flex-direction:column;height:300px'>"
        "<div id=s style='overflow:auto;height:100px;flex:none;scroll-snap-type:y mandatory'>"
        "<div style='height:40px'></div><div id=a style='height:200px;scroll-snap-align:start'></div></div></div>"
    )
    assert laid.rect("a").y == laid.rect("s").y == 0.0


def test_the_snap_type_without_a_scroll_container_moves_nothing() -> None:
    laid = lay_out(
        "<!doctype html><style>body{margin:0}</style><div style='height:100px;scroll-snap-type:y mandatory'>"
        "<div style='height:40px'></div><div id=a style='height:200px;scroll-snap-align:start'></div></div>"
    )
    assert laid.rect("a").y == 40.0
