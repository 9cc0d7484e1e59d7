"""The fidelity score's measures."""

from __future__ import annotations

import math

import pytest
from PIL import Image, ImageDraw

from tests.fidelity import Result, below_floor, matching_boxes, raised, score, similarity


def _picture(offset: int = 0, size: tuple[int, int] = (64, 48)) -> Image.Image:
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((10 + offset, 10, 30 + offset, 30), fill="black")
    return image


def test_equal_pictures_are_entirely_similar() -> None:
    assert similarity(_picture(), _picture()) == pytest.approx(1.0)
    assert similarity(Image.new("RGB", (64, 48), "white"), Image.new("RGB", (64, 48), "white")) == 1.0


def test_a_shift_costs_similarity_and_an_empty_picture_more() -> None:
    shifted = similarity(_picture(), _picture(3))
    blank = similarity(_picture(), Image.new("RGB", (64, 48), "white"))
    assert 0.2 < shifted < 0.95
    assert blank < shifted


def test_what_only_one_picture_has_counts_as_different() -> None:
    half = similarity(_picture(size=(64, 96)), _picture(size=(64, 48)))
    assert half == pytest.approx(0.5)
    assert similarity(_picture(), Image.new("RGB", (64, 4))) == 0.0


def _box(path: str, x: float, tag: str = "div") -> dict[str, object]:
    return {"path": path, "tag": tag, "x": x, "y": 0, "width": 10, "height": 10}


def test_boxes_match_within_one_pixel() -> None:
    theirs = [_box("", 0), _box("0", 5), _box("1", 9), _box("2", 9)]
    ours = [_box("", 1), _box("0", 6.1), _box("1", 9, "P"), _box("7", 9)]
    assert matching_boxes(theirs, ours) == 1
    assert matching_boxes([_box("", 0)], [_box("", math.nan)]) == 0
    assert matching_boxes([_box("", 0, "svg")], [_box("", 0, "SVG")]) == 1


def test_the_score_is_half_boxes_and_half_picture() -> None:
    assert score(4, 2, 0.5) == 50.0
    assert score(4, 4, 1.0) == 100.0
    assert score(4, 0, -0.3) == 0.0
    assert score(0, 0, 1.0) == 50.0


def test_the_floor_only_rises() -> None:
    floor = Result(70.0, 124, 0)
    assert below_floor(Result(70.0, 124, 0), floor) == []
    assert len(below_floor(Result(69.0, 123, 1), floor)) == 3
    assert raised(Result(71.0, 124, 2), floor) == Result(71.0, 124, 0)
    assert raised(Result(60.0, 100, 0), floor) == floor
