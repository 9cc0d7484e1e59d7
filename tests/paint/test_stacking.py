"""The painting order of CSS 2.1 Appendix E, seen in pixels."""

from __future__ import annotations

from minibrowser.css.keywords import BlendMode, FloatKind, Overflow, PositionKind, Visibility
from minibrowser.layout.box import BoxKind
from minibrowser.layout.fragment import Fragment

from .scene import BLUE, GREEN, RED, YELLOW, Scene, StyleMaker, art


def positioned(
    scene: Scene,
    color: object,
    place: tuple[float, float, float, float],
    z: int | None,
    parent: Fragment | None = None,
) -> Fragment:
    """A relatively positioned box."""
    style = StyleMaker()
    style.box.position = PositionKind.RELATIVE
    if z is not None:
        style.box.z_index = z
    style.paint.background_color = color  # type: ignore[assignment]
    return scene.add(style, *place, parent)


def test_later_boxes_cover_earlier_ones() -> None:
    scene = Scene(4, 2)
    scene.fill(RED, 0, 0, 3, 2)
    scene.fill(BLUE, 1, 0, 3, 1)
    assert scene.art() == art("""
        RBBB
        RRR_
    """)


def test_positioned_boxes_cover_later_ones_in_flow() -> None:
    scene = Scene(4, 1)
    positioned(scene, RED, (0, 0, 3, 1), None)
    scene.fill(BLUE, 1, 0, 3, 1)
    assert scene.art() == "RRRB"


def test_z_index_orders_positioned_boxes() -> None:
    scene = Scene(5, 1)
    positioned(scene, RED, (0, 0, 3, 1), 2)
    positioned(scene, GREEN, (1, 0, 3, 1), 1)
    positioned(scene, BLUE, (2, 0, 3, 1), -1)
    assert scene.art() == "RRRGB"


def test_a_negative_z_index_goes_below_the_background_of_boxes_in_flow() -> None:
    scene = Scene(4, 1)
    parent = scene.fill(YELLOW, 1, 0, 2, 1)
    positioned(scene, BLUE, (-1, 0, 4, 1), -1, parent)
    assert scene.art() == "BYYB"


def test_a_stacking_context_keeps_its_descendants_inside() -> None:
    scene = Scene(4, 1)
    low = positioned(scene, RED, (0, 0, 2, 1), 1)
    positioned(scene, YELLOW, (1, 0, 3, 1), 99, low)
    positioned(scene, BLUE, (2, 0, 2, 1), 2)
    assert scene.art() == "RYBB"


def test_z_auto_lets_descendants_out_into_the_context_around() -> None:
    scene = Scene(4, 1)
    low = positioned(scene, RED, (0, 0, 2, 1), None)
    positioned(scene, YELLOW, (1, 0, 3, 1), 99, low)
    positioned(scene, BLUE, (2, 0, 2, 1), 2)
    assert scene.art() == "RYYY"


def test_floats_paint_over_blocks_and_below_positioned_boxes() -> None:
    scene = Scene(4, 1)
    style = StyleMaker()
    style.box.float_ = FloatKind.LEFT
    style.paint.background_color = GREEN
    positioned(scene, RED, (0, 0, 1, 1), None)
    scene.add(style, 0, 0, 3, 1)
    scene.fill(BLUE, 1, 0, 3, 1)
    assert scene.art() == "RGGB"


def test_flex_items_take_z_index_without_being_positioned() -> None:
    scene = Scene(4, 1)
    container = scene.add(StyleMaker(), 0, 0, 4, 1, kind=BoxKind.FLEX)
    style = StyleMaker()
    style.box.z_index = 1
    style.paint.background_color = RED
    scene.add(style, 0, 0, 3, 1, container)
    scene.fill(BLUE, 1, 0, 3, 1, container)
    assert scene.art() == "RRRB"


def test_flex_items_paint_in_order_modified_document_order() -> None:
    scene = Scene(4, 1)
    container = scene.add(StyleMaker(), 0, 0, 4, 1, kind=BoxKind.FLEX)
    style = StyleMaker()
    style.box.order = 1
    style.paint.background_color = RED
    scene.add(style, 0, 0, 3, 1, container)
    scene.fill(BLUE, 1, 0, 3, 1, container)
    assert scene.art() == "RRRB"


def test_opacity_makes_a_stacking_context_and_mixes() -> None:
    scene = Scene(3, 1)
    style = StyleMaker()
    style.paint.opacity = 0.5
    style.paint.background_color = RED
    group = scene.add(style, 0, 0, 2, 1)
    positioned(scene, RED, (0, 0, 2, 1), 50, group)
    pixel = scene.picture().getpixel((0, 0))
    # One group: the child does not make it any denser.
    assert pixel == (255, 127, 127)


def test_overflow_clips_what_it_contains_but_not_positioned_boxes_that_hang_elsewhere() -> None:
    scene = Scene(5, 1)
    style = StyleMaker()
    style.box.overflow_x = style.box.overflow_y = Overflow.HIDDEN
    style.paint.background_color = RED
    clipper = scene.add(style, 0, 0, 2, 1)
    scene.fill(BLUE, 1, 0, 3, 1, clipper)
    # An absolute box whose containing block is the root hangs below the root's fragment.
    positioned(scene, YELLOW, (3, 0, 2, 1), None)
    assert scene.art() == "RB_YY"


def test_hidden_boxes_leave_their_visible_children() -> None:
    scene = Scene(3, 1)
    style = StyleMaker()
    style.inherited.visibility = Visibility.HIDDEN
    style.paint.background_color = RED
    hidden = scene.add(style, 0, 0, 3, 1)
    scene.fill(BLUE, 1, 0, 1, 1, hidden)
    assert scene.art() == "_B_"


def test_the_root_background_covers_the_canvas() -> None:
    scene = Scene(3, 2)
    assert scene.root.box is not None
    scene.root.box.style.paint.background_color = GREEN
    small = Scene(3, 2)
    small.root = small.fragment(scene.root.style, 1, 1)
    assert small.root.box is not None
    small.root.box.is_root = True
    assert small.art() == "GGG\nGGG"


def test_blend_modes_mix_with_what_lies_below() -> None:
    scene = Scene(1, 1)
    scene.fill(YELLOW, 0, 0, 1, 1)
    style = StyleMaker()
    style.paint.mix_blend_mode = BlendMode.MULTIPLY
    style.paint.background_color = RED
    scene.add(style, 0, 0, 1, 1)
    assert scene.art() == "R"
