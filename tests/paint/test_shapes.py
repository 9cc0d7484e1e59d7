"""Rounded rectangles, paths and path data."""

from __future__ import annotations

import math

from hypothesis import given, strategies as st

from minibrowser.geometry import Edges, Rect
from minibrowser.paint.path import Path
from minibrowser.paint.rounded_rect import Radii, RoundedRect
from minibrowser.paint.stroke_style import best_gap, dotted_stroke
from minibrowser.paint.svg_path import parse_svg_path


def round_rect(width: float, height: float, radius: float) -> RoundedRect:
    """The same radius everywhere."""
    corner = (radius, radius)
    return RoundedRect(Rect(0.0, 0.0, width, height), Radii(corner, corner, corner, corner))


def area(path: Path) -> float:
    """The signed area of all subpaths."""
    total = 0.0
    for points, _ in path.flattened(0.01):
        for index in range(len(points)):
            x0, y0 = points[index - 1]
            x1, y1 = points[index]
            total += (x0 * y1 - x1 * y0) / 2
    return total


def test_radii_shrink_together_until_they_fit() -> None:
    shape = round_rect(10, 100, 50).constrained()
    assert shape.radii.key() == (5.0,) * 8


def test_an_inner_edge_has_what_is_left_of_the_radii() -> None:
    inner = round_rect(40, 40, 10).inset(Edges(2, 4, 6, 12))
    radii = inner.radii
    assert (radii.top_right_x, radii.top_right_y) == (6.0, 8.0)
    assert (radii.top_left_x, radii.top_left_y) == (0.0, 0.0)


def test_a_spread_keeps_sharp_corners_sharp() -> None:
    shape = RoundedRect(
        Rect(0.0, 0.0, 40.0, 40.0), Radii((10.0, 10.0), (0.0, 0.0), (0.0, 0.0), (1.0, 1.0))
    ).spread(5.0)
    assert shape.radii.top_left_x == 15.0
    assert shape.radii.top_right_x == 0.0
    # css-backgrounds: 1 + 5 * (1 + (0.2 - 1)^3)
    assert math.isclose(shape.radii.bottom_left_x, 1 + 5 * (1 - 0.8**3))


def test_a_reversed_path_has_the_opposite_area() -> None:
    path = Path()
    path.add_rounded_rect(round_rect(30, 20, 6))
    assert math.isclose(area(path), -area(path.reversed()), rel_tol=1e-9)
    assert math.isclose(area(path), 30 * 20 - (4 - math.pi) * 36, rel_tol=1e-3)


def test_path_data_draws_curves_and_arcs() -> None:
    circle = parse_svg_path("M10 0A10 10 0 1 1 -10 0A10 10 0 1 1 10 0Z")
    assert math.isclose(abs(area(circle)), math.pi * 100, rel_tol=1e-3)
    square = parse_svg_path("m1,1h4v4h-4z")
    assert repr(square) == "M1,1 L5,1 L5,5 L1,5 Z"
    smooth = parse_svg_path("M0 0C1 2 3 4 5 5S9 9 10 10")
    assert repr(smooth) == "M0,0 C1,2,3,4,5,5 C7,6,9,9,10,10"


def test_path_data_ends_at_the_first_error() -> None:
    assert repr(parse_svg_path("M0 0L1 1L2 oops L9 9")) == "M0,0 L1,1"
    assert parse_svg_path("L1 1").is_empty()


@given(st.text(alphabet="MLHVCSQTAZmlhvcsqtaz0123456789.-+e, x", max_size=60))
def test_any_path_data_gives_a_path(data: str) -> None:
    path = parse_svg_path(data)
    assert len(path.points) % 2 == 0


def test_gaps_let_a_whole_number_of_dashes_fit() -> None:
    gap = best_gap(100, 10, 5, False)
    count = (100 + gap) / (10 + gap)
    assert math.isclose(count, round(count))


def test_wide_dots_are_round_and_narrow_ones_square() -> None:
    assert dotted_stroke(4, 100).round_cap
    assert not dotted_stroke(3, 100).round_cap
