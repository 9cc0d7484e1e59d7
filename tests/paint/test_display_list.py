"""What painting records, as text."""

from __future__ import annotations

from minibrowser.css.keywords import Overflow
from minibrowser.css.values import Color, CornerRadius, TransformFunction, TransformKind, px
from minibrowser.geometry import Rect
from minibrowser.paint.display_list import FillRect

from .scene import BLUE, RED, Scene, StyleMaker, set_border


def test_a_dump_has_one_indented_line_for_each_record() -> None:
    scene = Scene(100, 50)
    style = StyleMaker()
    style.paint.opacity = 0.5
    style.box.overflow_x = style.box.overflow_y = Overflow.HIDDEN
    set_border(style, 2, RED)
    group = scene.add(style, 10, 10, 40, 20)
    scene.fill(BLUE, 0, 0, 100, 5, group)
    assert scene.display_list().dump() == (
        "PushLayer (10, 10) 40x20 opacity 0.5\n"
        "  FillRing (10, 10) 40x20 - (12, 12) 36x16 rgb(255, 0, 0)\n"
        "  PushClip (12, 12) 36x16\n"
        "    FillRect (10, 10) 100x5 rgb(0, 0, 255)\n"
        "  PopClip\n"
        "PopLayer\n"
    )


def test_nothing_outside_the_area_is_recorded() -> None:
    scene = Scene(10, 10)
    scene.fill(RED, 0, 20, 5, 5)
    style = StyleMaker()
    style.paint.opacity = 0.5
    group = scene.add(style, 0, 2000, 5, 5)
    scene.fill(RED, 0, 0, 5, 5, group)
    assert scene.display_list().items == []


def test_a_transform_carries_its_origin() -> None:
    scene = Scene(20, 20)
    style = StyleMaker()
    style.paint.background_color = RED
    style.paint.transform = (TransformFunction(TransformKind.SCALE, (2.0, 2.0, 1.0)),)
    scene.add(style, 5, 5, 4, 4)
    assert scene.display_list().dump() == (
        "PushTransform matrix(2, 0, 0, 2, -7, -7)\n  FillRect (5, 5) 4x4 rgb(255, 0, 0)\nPopTransform\n"
    )


def test_an_opaque_border_pulls_a_rounded_background_in() -> None:
    scene = Scene(20, 20)
    style = StyleMaker()
    style.paint.background_color = BLUE
    set_border(style, 2, RED)
    for name in ("top_left", "top_right", "bottom_right", "bottom_left"):
        setattr(style.paint, f"border_{name}_radius", CornerRadius(px(4), px(4)))
    scene.add(style, 0, 0, 20, 20)
    assert scene.display_list().dump().splitlines()[0] == "FillRoundedRect (1, 1) 18x18 r 3 rgb(0, 0, 255)"


def test_a_dump_shows_the_colour_that_is_seen() -> None:
    current = Color(255.0, 0.0, 0.0, 1.0, is_current=True)
    assert repr(FillRect(Rect(0, 0, 1, 1), current)) == "FillRect (0, 0) 1x1 rgb(255, 0, 0)"
