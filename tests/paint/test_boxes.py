"""Backgrounds, borders, shadows and outlines in pixels."""

from __future__ import annotations

from minibrowser.css.keywords import BorderStyle, OutlineStyle
from minibrowser.css.values import (
    AUTO,
    Color,
    ColorStop,
    CornerRadius,
    GeometryBox,
    Gradient,
    GradientKind,
    Shadow,
    TransformFunction,
    TransformKind,
    percent,
    px,
)
from minibrowser.paint.painters.border import BOTTOM, TOP, bevel_color

from .scene import BLUE, GREEN, GREY, RED, YELLOW, Scene, StyleMaker, art, set_border


def test_boxes_snap_each_edge_to_the_nearest_pixel() -> None:
    scene = Scene(6, 1)
    scene.fill(RED, 0.4, 0, 1.2, 1)
    scene.fill(BLUE, 3.5, 0, 1.0, 1)
    # 0.4..1.6 becomes 0..2; 3.5..4.5 becomes 4..5.
    assert scene.art() == "RR__B_"


def test_boxes_snap_to_device_pixels_at_other_scales() -> None:
    scene = Scene(2, 1)
    scene.fill(RED, 0.5, 0, 1, 0.5)
    assert scene.art(2.0) == "_RR_\n____"


def test_a_solid_border_frames_its_background() -> None:
    scene = Scene(6, 5)
    style = StyleMaker()
    set_border(style, 1, BLUE)
    style.paint.background_color = YELLOW
    scene.add(style, 1, 1, 4, 3)
    assert scene.art() == art("""
        ______
        _BBBB_
        _BYYB_
        _BBBB_
        ______
    """)


def test_a_border_of_one_side_is_a_strip() -> None:
    scene = Scene(4, 3)
    style = StyleMaker()
    style.box.border_bottom_width = 1
    style.paint.border_bottom_style = BorderStyle.SOLID
    style.paint.border_bottom_color = RED
    scene.add(style, 0, 0, 4, 3)
    assert scene.art() == "____\n____\nRRRR"


def test_a_double_border_leaves_its_middle_third() -> None:
    scene = Scene(8, 8)
    style = StyleMaker()
    set_border(style, 3, RED, BorderStyle.DOUBLE)
    scene.add(style, 0, 0, 8, 8)
    assert scene.art() == art("""
        RRRRRRRR
        R______R
        R_RRRR_R
        R_R__R_R
        R_R__R_R
        R_RRRR_R
        R______R
        RRRRRRRR
    """)


def test_a_thin_dashed_border_has_dashes_of_three_widths() -> None:
    scene = Scene(13, 1)
    style = StyleMaker()
    style.box.border_top_width = 1
    style.paint.border_top_style = BorderStyle.DASHED
    style.paint.border_top_color = RED
    scene.add(style, 0, 0, 13, 1)
    assert scene.art() == "RRR__RRR__RRR"


def test_background_clip_and_colour_go_together() -> None:
    scene = Scene(4, 4)
    style = StyleMaker()
    set_border(style, 1, Color(0.0, 0.0, 0.0, 0.0))
    style.paint.background_color = RED
    style.paint.background_clip = (GeometryBox.PADDING_BOX,)
    scene.add(style, 0, 0, 4, 4)
    assert scene.art() == "____\n_RR_\n_RR_\n____"


def test_hard_stops_split_a_gradient() -> None:
    scene = Scene(4, 1)
    style = StyleMaker()
    stops = (
        ColorStop(RED, percent(0)),
        ColorStop(RED, percent(50)),
        ColorStop(BLUE, percent(50)),
        ColorStop(BLUE, percent(100)),
    )
    style.paint.background_image = (Gradient(GradientKind.LINEAR, stops, angle=90),)
    scene.add(style, 0, 0, 4, 1)
    assert scene.art() == "RRBB"


def test_a_gradient_runs_evenly_from_end_to_end() -> None:
    scene = Scene(1, 100)
    style = StyleMaker()
    stops = (ColorStop(Color(0.0, 0.0, 0.0), AUTO), ColorStop(Color(255.0, 255.0, 255.0), AUTO))
    style.paint.background_image = (Gradient(GradientKind.LINEAR, stops),)
    scene.add(style, 0, 0, 1, 100)
    picture = scene.picture()
    for y in (0, 24, 49, 75, 99):
        pixel = picture.getpixel((0, y))
        assert isinstance(pixel, tuple)
        assert abs(pixel[0] - (y + 0.5) * 2.55) <= 1


def test_a_hard_shadow_falls_outside_the_box_only() -> None:
    scene = Scene(4, 4)
    style = StyleMaker()
    style.paint.box_shadow = (Shadow(1, 1, 0, 0, GREY),)
    scene.add(style, 0, 0, 3, 3)
    assert scene.art() == "____\n___x\n___x\n_xxx"


def test_an_inset_shadow_stays_inside() -> None:
    scene = Scene(4, 4)
    style = StyleMaker()
    style.paint.box_shadow = (Shadow(0, 0, 0, 1, GREY, True),)
    scene.add(style, 0, 0, 4, 4)
    assert scene.art() == "xxxx\nx__x\nx__x\nxxxx"


def test_a_blurred_shadow_fades_symmetrically() -> None:
    scene = Scene(40, 40)
    style = StyleMaker()
    style.paint.box_shadow = (Shadow(0, 0, 10, 0, Color(0.0, 0.0, 0.0)),)
    scene.add(style, 15, 15, 10, 10)
    row = scene.picture().convert("L").crop((0, 20, 40, 21)).tobytes()
    left, right = row[5:15], row[25:35][::-1]
    assert left == right
    assert list(left) == sorted(left, reverse=True)
    assert left[0] >= 245


def test_an_outline_takes_no_room_and_keeps_its_distance() -> None:
    scene = Scene(7, 7)
    style = StyleMaker()
    style.paint.outline_style = OutlineStyle.SOLID
    style.paint.outline_width = 1
    style.paint.outline_offset = 1
    style.paint.outline_color = BLUE
    style.paint.background_color = RED
    scene.add(style, 2, 2, 3, 3)
    assert scene.art() == art("""
        BBBBBBB
        B_____B
        B_RRR_B
        B_RRR_B
        B_RRR_B
        B_____B
        BBBBBBB
    """)


def test_round_corners_leave_the_middle_of_each_side_whole() -> None:
    scene = Scene(8, 8)
    style = StyleMaker()
    style.paint.background_color = RED
    corner = CornerRadius(px(4), px(4))
    style.paint.border_top_left_radius = style.paint.border_top_right_radius = corner
    style.paint.border_bottom_left_radius = style.paint.border_bottom_right_radius = corner
    scene.add(style, 0, 0, 8, 8)
    picture = scene.picture()
    assert picture.getpixel((0, 0)) == (255, 255, 255)
    assert picture.getpixel((4, 4)) == (255, 0, 0)
    total = sum(255 - int(value) for value in picture.getchannel(1).tobytes()) / 255
    # A disc of radius 4.
    assert abs(total - 50.27) < 2


def test_a_quarter_turn_is_exact() -> None:
    scene = Scene(4, 4)
    style = StyleMaker()
    style.paint.background_color = GREEN
    style.paint.transform = (TransformFunction(TransformKind.ROTATE, (0.0, 0.0, 1.0, 90.0)),)
    scene.add(style, 0, 1, 4, 2)
    assert scene.art() == "_GG_\n_GG_\n_GG_\n_GG_"


def test_bevels_lighten_what_is_nearly_black() -> None:
    black = Color(0.0, 0.0, 0.0)
    assert bevel_color(black, TOP, True).rgba8() == (84, 84, 84, 255)
    assert bevel_color(black, BOTTOM, True).rgba8() == (168, 168, 168, 255)
    grey = Color(128.0, 128.0, 128.0)
    assert bevel_color(grey, TOP, True).rgba8() == (44, 44, 44, 255)
    assert bevel_color(grey, BOTTOM, True).rgba8() == (212, 212, 212, 255)


def test_large_gradients_are_dithered_in_skias_pattern() -> None:
    scene = Scene(320, 8)
    style = StyleMaker()
    stops = (ColorStop(Color(100.0, 100.0, 100.0), AUTO), ColorStop(Color(102.0, 102.0, 102.0), AUTO))
    style.paint.background_image = (Gradient(GradientKind.LINEAR, stops, angle=90),)
    scene.add(style, 0, 0, 320, 8)
    picture = scene.picture().convert("L")
    # Half way between two levels, half of the pixels have each; elsewhere as many as the colour says.
    middle = [picture.getpixel((x, y)) for x in range(76, 84) for y in range(8)]
    assert set(middle) == {100, 101}
    assert 28 <= middle.count(101) <= 36
    assert picture.getpixel((0, 3)) == 100
    assert picture.getpixel((319, 3)) == 102
