"""The font matching algorithm of CSS Fonts 4."""

from __future__ import annotations

import pytest

from minibrowser.text.font import FontSelection
from minibrowser.text.matching import FaceCapabilities, best_capabilities


def weights(*values: float) -> list[FaceCapabilities]:
    return [FaceCapabilities(value, value) for value in values]


@pytest.mark.parametrize(
    ("wish", "offers", "expected"),
    [
        (400, (300, 500, 700), 500),
        (450, (400, 600), 400),
        (500, (400, 600), 400),
        (300, (400, 200), 200),
        (100, (400, 200), 200),
        (600, (500, 900), 900),
        (600, (500, 300), 500),
        (950, (300, 400), 400),
    ],
)
def test_weights_are_looked_for_in_the_standards_order(
    wish: float, offers: tuple[float, ...], expected: float
) -> None:
    faces = weights(*offers)
    assert faces[best_capabilities(FontSelection(wish), faces)].weight_min == expected


def test_stretch_comes_before_style_and_style_before_weight() -> None:
    faces = [
        FaceCapabilities(700, 700, 75, 75, is_italic=True),
        FaceCapabilities(400, 400, 75, 75),
        FaceCapabilities(700, 700, 100, 100),
    ]
    assert best_capabilities(FontSelection(700, 75.0), faces) == 1
    assert best_capabilities(FontSelection(400, 75.0, is_italic=True), faces) == 0
    assert best_capabilities(FontSelection(400, 125.0), faces) == 2


def test_a_range_that_holds_the_wish_is_best() -> None:
    faces = [FaceCapabilities(400, 400), FaceCapabilities(100, 900)]
    assert best_capabilities(FontSelection(650), faces) == 1
    assert best_capabilities(FontSelection(400), faces) == 0


def test_nothing_offered_is_nothing_found() -> None:
    assert best_capabilities(FontSelection(), []) == -1
