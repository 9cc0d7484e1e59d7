"""List markers beside their lines; sizes and places are Chromium's."""

from __future__ import annotations

import pytest

from .test_page import boxes_of


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("font: 16px/1 monospace", (760.0, 16.0)),
        ("font: 16px/1.25 sans-serif", (760.0, 20.0)),
        ("font: 16px/1.25 sans-serif; writing-mode: vertical-rl; height: 100px", (20.0, 60.0)),
        ("font: 16px/1.25 sans-serif; writing-mode: vertical-lr; height: 100px", (20.0, 60.0)),
    ],
)
@pytest.mark.parametrize("kind", ["disc", "decimal", "none"])
def test_a_marker_of_the_same_font_makes_its_line_no_higher(
    style: str, expected: tuple[float, float], kind: str
) -> None:
    html = f"<!DOCTYPE html><ul style='margin:0;list-style:{kind};box-sizing:border-box;width:800px;{style}'><li>A</ul>"
    boxes = boxes_of(html, "li")
    assert [box[2:] for box in boxes] == [expected]
