"""Nonsense gives a bounded picture, never an exception."""

from __future__ import annotations

import math

import pytest

from minibrowser.css.values import (
    AUTO,
    Color,
    ColorStop,
    CornerRadius,
    FilterFunction,
    FilterKind,
    Gradient,
    GradientKind,
    Shadow,
    TransformFunction,
    TransformKind,
    px,
)
from minibrowser.geometry import Rect
from minibrowser.paint.display_list import DisplayList, FillRect
from minibrowser.paint.pillow_rasterizer import rasterize

from .scene import BLUE, RED, Scene, StyleMaker, set_border

NUMBERS = (math.nan, math.inf, -math.inf, 1e30, -1e30, 1e-30, 0.0)


@pytest.mark.parametrize("number", NUMBERS)
def test_any_number_may_stand_in_geometry(number: float) -> None:
    scene = Scene(8, 8)
    style = StyleMaker()
    style.paint.background_color = RED
    set_border(style, 1, BLUE)
    style.paint.border_top_left_radius = CornerRadius(px(number), px(3))
    style.paint.box_shadow = (Shadow(number, 1, 3, number, BLUE), Shadow(0, 0, number, 0, BLUE, True))
    style.paint.background_image = (
        Gradient(GradientKind.RADIAL, (ColorStop(RED, px(number)), ColorStop(BLUE, AUTO))),
        Gradient(GradientKind.LINEAR, (ColorStop(RED, AUTO), ColorStop(BLUE, px(number)))),
        Gradient(GradientKind.CONIC, (ColorStop(RED, AUTO), ColorStop(BLUE, AUTO)), center_x=px(number)),
    )
    scene.add(style, number, 1, 5, 5)
    scene.add(style, 1, 1, number, 5)
    scene.add(style, 1, 1, 5, 5)
    assert scene.picture().size == (8, 8)


@pytest.mark.parametrize("number", NUMBERS)
def test_any_number_may_stand_in_a_transform(number: float) -> None:
    scene = Scene(8, 8)
    style = StyleMaker()
    style.paint.background_color = RED
    style.paint.transform = (
        TransformFunction(TransformKind.MATRIX, (number, 1.0, 0.0, number, 0.0, number)),
    )
    style.paint.filter_ = (
        FilterFunction(FilterKind.BLUR, number),
        FilterFunction(FilterKind.BRIGHTNESS, number),
    )
    scene.add(style, 1, 1, 5, 5)
    assert scene.picture().size == (8, 8)


def test_five_hundred_nested_groups_are_painted_with_bounded_memory() -> None:
    scene = Scene(4, 4)
    parent = None
    for _ in range(500):
        style = StyleMaker()
        style.paint.opacity = 0.99
        parent = scene.add(style, 0, 0, 4, 4, parent)
    scene.fill(RED, 0, 0, 4, 4, parent)
    assert scene.picture().size == (4, 4)


def test_a_list_with_a_rectangle_of_astronomical_size_fills_the_picture() -> None:
    items = DisplayList([FillRect(Rect(-1e300, -1e300, math.inf, math.inf), Color(255.0, 0.0, 0.0))])
    picture = rasterize(items, Rect(0.0, 0.0, 3.0, 3.0)).image
    assert picture.size == (3, 3)
