"""Transforms in space: depth, cuts, perspective, flattening."""

from __future__ import annotations

from minibrowser.css.keywords import BackfaceVisibility, TransformStyle
from minibrowser.css.values import Color, TransformFunction, TransformKind
from minibrowser.layout.fragment import Fragment
from minibrowser.paint.depth_sort import Plane, back_to_front

from .scene import BLUE, GREEN, RED, Scene, StyleMaker


def moved(z: float) -> TransformFunction:
    """translateZ()."""
    return TransformFunction(TransformKind.TRANSLATE, (z,))


def turned_about_y(degrees: float) -> TransformFunction:
    """rotateY()."""
    return TransformFunction(TransformKind.ROTATE, (0.0, 1.0, 0.0, degrees))


def room(scene: Scene, perspective: float = -1.0) -> Fragment:
    """A box over the whole scene whose children share a 3D rendering context."""
    style = StyleMaker()
    style.paint.transform_style = TransformStyle.PRESERVE_3D
    style.paint.perspective = perspective
    return scene.add(style, 0, 0, scene.width, scene.height)


def plane(
    scene: Scene,
    color: Color,
    place: tuple[float, float, float, float],
    transform: TransformFunction,
    parent: Fragment | None = None,
    is_hidden_behind: bool = False,
) -> Fragment:
    """A box with a transform."""
    style = StyleMaker()
    style.paint.background_color = color
    style.paint.transform = (transform,)
    if is_hidden_behind:
        style.paint.backface_visibility = BackfaceVisibility.HIDDEN
    return scene.add(style, *place, parent)


def test_what_is_nearer_covers_what_comes_later() -> None:
    scene = Scene(4, 1)
    parent = room(scene)
    plane(scene, RED, (0, 0, 3, 1), moved(10), parent)
    plane(scene, BLUE, (1, 0, 3, 1), moved(-10), parent)
    assert scene.art() == "RRRB"


def test_without_a_common_context_depth_means_nothing() -> None:
    scene = Scene(4, 1)
    plane(scene, RED, (0, 0, 3, 1), moved(10))
    plane(scene, BLUE, (1, 0, 3, 1), moved(-10))
    assert scene.art() == "RBBB"


def test_planes_that_cut_each_other_are_split() -> None:
    scene = Scene(20, 1)
    parent = room(scene)
    # The left end of the red box comes nearer, the right end goes away.
    plane(scene, RED, (0, 0, 20, 1), turned_about_y(45), parent)
    plane(scene, BLUE, (0, 0, 20, 1), moved(0), parent)
    line = scene.art()
    assert line[5] == "R"
    assert line[14] == "B"


def test_perspective_enlarges_what_is_near() -> None:
    scene = Scene(8, 1)
    parent = room(scene, perspective=10)
    plane(scene, GREEN, (3, 0, 2, 1), moved(5), parent)
    assert scene.art() == "__GGGG__"


def test_a_turned_box_in_perspective_is_higher_where_it_is_nearer() -> None:
    scene = Scene(40, 40)
    parent = room(scene, perspective=40)
    plane(scene, GREEN, (10, 10, 20, 20), turned_about_y(60), parent)
    picture = scene.picture()

    def height(x: int) -> int:
        return sum(picture.getpixel((x, y)) == (0, 128, 0) for y in range(40))

    assert height(16) > height(20) > height(23) > 10


def test_what_lies_behind_the_eye_is_not_seen() -> None:
    scene = Scene(8, 1)
    parent = room(scene, perspective=10)
    plane(scene, GREEN, (3, 0, 2, 1), moved(20), parent)
    assert scene.art() == "_" * 8


def test_a_hidden_back_is_not_painted() -> None:
    scene = Scene(4, 1)
    plane(scene, RED, (0, 0, 2, 1), turned_about_y(180), is_hidden_behind=True)
    plane(scene, GREEN, (2, 0, 2, 1), turned_about_y(180))
    assert scene.art() == "__GG"


def test_coinciding_planes_stay_in_order_and_cuts_keep_their_index() -> None:
    def flat(index: int, z: float) -> Plane:
        return Plane(index, [(0, 0, z), (10, 0, z), (10, 10, z), (0, 10, z)])

    assert [one.index for one in back_to_front([flat(0, 1), flat(1, 1), flat(2, 0), flat(3, 1)])] == [
        2,
        0,
        1,
        3,
    ]
    tilted = Plane(4, [(0, 0, -5), (10, 0, 5), (10, 10, 5), (0, 10, -5)])
    assert [(one.index, one.is_cut) for one in back_to_front([flat(0, 0), tilted])] == [
        (4, True),
        (0, False),
        (4, True),
    ]
