"""What an area shows of a display list."""

from __future__ import annotations

from minibrowser.css.values import FilterFunction, FilterKind
from minibrowser.geometry import Matrix, Rect
from minibrowser.paint.culling import backdrop_reach, within
from minibrowser.paint.display_list import (
    DisplayList,
    FillRect,
    PopClip,
    PopLayer,
    PopTransform,
    PushClip,
    PushLayer,
    PushTransform,
)
from minibrowser.paint.rounded_rect import RoundedRect

from .scene import BLUE, RED

BLUR = (FilterFunction(FilterKind.BLUR, 10.0),)


def rect(y: float) -> FillRect:
    return FillRect(Rect(0.0, y, 10.0, 10.0), RED)


def dump(items: list[object], top: float, height: float = 10.0) -> str:
    whole = DisplayList([item for item in items if isinstance(item, (FillRect, *PUSHES))])
    return within(whole, Rect(0.0, top, 100.0, height)).dump()


PUSHES = (PushClip, PopClip, PushTransform, PopTransform, PushLayer, PopLayer)


def test_records_outside_are_left_out_of_groups_too() -> None:
    layer = PushLayer(Rect(0.0, 0.0, 10.0, 110.0), 0.5)
    shown = dump([layer, rect(0.0), rect(100.0), PopLayer()], 95.0)
    assert (
        shown == "PushLayer (0, 0) 10x110 opacity 0.5\n  FillRect (0, 100) 10x10 rgb(255, 0, 0)\nPopLayer\n"
    )


def test_a_clip_that_is_not_seen_hides_all_in_it() -> None:
    clip = PushClip(RoundedRect(Rect(0.0, 0.0, 10.0, 10.0)))
    assert dump([clip, rect(0.0), PushLayer(Rect(0, 0, 9, 9)), rect(0.0), PopLayer(), PopClip()], 50.0) == ""


def test_inside_a_transform_the_area_is_mapped() -> None:
    turned = PushTransform(Matrix(1.0, 0.0, 0.0, 1.0, 0.0, 500.0))
    assert dump([turned, rect(0.0), rect(300.0), PopTransform()], 500.0) == (
        "PushTransform matrix(1, 0, 0, 1, 0, 500)\n  FillRect (0, 0) 10x10 rgb(255, 0, 0)\nPopTransform\n"
    )


def test_a_blur_brings_in_what_lies_beside_the_area() -> None:
    layer = PushLayer(Rect(0.0, 0.0, 10.0, 10.0), filters=BLUR)
    assert "FillRect" in dump([layer, rect(0.0), PopLayer()], 35.0)
    assert dump([layer, rect(0.0), PopLayer()], 45.0) == ""


def test_backdrop_filters_reach_around_the_area() -> None:
    layer = PushLayer(
        Rect(0.0, 0.0, 9.0, 9.0), backdrop_filters=BLUR, backdrop_shape=RoundedRect(Rect(0, 0, 9, 9))
    )
    assert backdrop_reach(DisplayList([FillRect(Rect(0, 0, 1, 1), BLUE), layer, PopLayer()])) == 30.0
    assert backdrop_reach(DisplayList([rect(0.0)])) == 0.0
