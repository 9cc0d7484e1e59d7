"""Points against shapes: pixels, round corners, transforms, paths."""

from __future__ import annotations

import math

import pytest

from minibrowser.geometry import Rect
from minibrowser.layout.transform_3d import Matrix4
from minibrowser.paint.hit_test import Probe, mapped_back, path_contains
from minibrowser.paint.path import Path
from minibrowser.paint.rounded_rect import Radii, RoundedRect


def pixel(x: float, y: float) -> Probe:
    left, top = math.floor(x), math.floor(y)
    return Probe(x, y, [(left, top), (left + 1, top), (left + 1, top + 1), (left, top + 1)])


@pytest.mark.parametrize(
    ("x", "y", "hit"),
    [
        (10, 10, True),
        (9, 10, True),
        (8, 10, False),
        (19, 10, True),
        (20, 10, False),
        (10, 30, False),
        (10, 4, False),
    ],
)
def test_a_pixel_that_a_rectangle_reaches_into_is_hit(x: float, y: float, hit: bool) -> None:
    assert pixel(x, y).meets(Rect(9.5, 5.0, 10.0, 20.0)) == hit


def test_what_has_no_area_is_not_hit() -> None:
    assert not pixel(5, 5).meets(Rect(5.5, 5.5, 0.0, 10.0))
    assert not pixel(5, 5).meets(Rect(5.5, 5.5, math.nan, 10.0))


def test_round_corners_are_not_hit() -> None:
    circle = RoundedRect(
        Rect(0.0, 0.0, 100.0, 100.0), Radii((50.0, 50.0), (50.0, 50.0), (50.0, 50.0), (50.0, 50.0))
    )
    for x, y, hit in (
        (50, 50, True),
        (50, 0, True),
        (0, 0, False),
        (99, 99, False),
        (14, 14, True),
        (13, 13, False),
    ):
        assert pixel(x, y).meets_shape(circle) == hit, (x, y)
    one = RoundedRect(Rect(0.0, 0.0, 100.0, 100.0), Radii((0.0, 0.0), (40.0, 20.0), (0.0, 0.0), (0.0, 0.0)))
    assert pixel(0, 0).meets_shape(one)
    assert not pixel(99, 0).meets_shape(one)


def test_points_go_back_through_a_transform() -> None:
    turned = Matrix4([0.0, -2.0, 0.0, 100.0, 2.0, 0.0, 0.0, 50.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0])
    found = mapped_back(turned, pixel(90.0, 70.0))
    assert found is not None
    assert (found.x, found.y) == pytest.approx((10.0, 5.0))
    assert (found.right - found.left, found.bottom - found.top) == pytest.approx((0.5, 0.5))


def test_a_plane_seen_from_its_edge_or_from_behind_has_no_points() -> None:
    flat = Matrix4([1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0])
    assert mapped_back(flat, pixel(5.0, 0.0)) is None
    behind = Matrix4([1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, -1.0])
    assert mapped_back(behind, pixel(5.0, 5.0)) is None


def test_a_turned_pixel_meets_what_its_corners_reach() -> None:
    diamond = Probe(5.0, 5.0, [(5.0, 0.0), (10.0, 5.0), (5.0, 10.0), (0.0, 5.0)])
    assert diamond.meets(Rect(4.0, 4.0, 2.0, 2.0))
    assert diamond.meets(Rect(0.0, 0.0, 3.0, 3.0))
    assert not diamond.meets(Rect(0.0, 0.0, 2.0, 2.0))  # in its bounds, outside of its side


def test_paths_have_holes_by_their_fill_rule() -> None:
    for even_odd in (False, True):
        path = Path(even_odd)
        path.add_rect(Rect(0.0, 0.0, 30.0, 30.0))
        path.add_rect(Rect(10.0, 10.0, 10.0, 10.0))
        assert path_contains(path, 5.0, 5.0)
        assert path_contains(path, 15.0, 15.0) == (not even_odd)
        assert not path_contains(path, 31.0, 5.0)
