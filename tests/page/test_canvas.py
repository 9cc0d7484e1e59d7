"""What the body gives to the canvas and to the page."""

from __future__ import annotations

import asyncio
import io

import pytest
from PIL import Image

from minibrowser.browser import Browser


def looked_at(html: str) -> tuple[list[dict[str, object]], Image.Image]:
    """Boxes and picture of a page of 200 by 100 px."""

    async def look() -> tuple[list[dict[str, object]], bytes]:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(200, 100))
            await page.set_content(html)
            return await page.boxes(), await page.screenshot()

    boxes, data = asyncio.run(look())
    return boxes, Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize(("mode", "x"), [("vertical-rl", 140.0), ("vertical-lr", 0.0)])
def test_the_writing_mode_of_the_body_is_that_of_the_page(mode: str, x: float) -> None:
    """https://drafts.csswg.org/css-writing-modes-4/#principal-flow"""
    html = f"<!DOCTYPE html><body style='margin:0;writing-mode:{mode}'><div style='width:60px'></div>"
    boxes, _ = looked_at(html)
    root = boxes[0]
    assert (root["tag"], root["x"], root["width"], root["height"]) == ("html", x, 60.0, 100.0)


@pytest.mark.parametrize(
    ("style", "is_covered"),
    [
        ("", True),
        ("html{contain:layout}", False),
        ("body{contain:paint}", False),
    ],
)
def test_the_background_of_the_body_is_the_canvas_unless_contained(style: str, is_covered: bool) -> None:
    """https://drafts.csswg.org/css-contain-2/#contain-property"""
    html = f"<!DOCTYPE html><style>body{{margin:0;background:red;height:20px}}{style}</style><body>"
    _, picture = looked_at(html)
    assert picture.getpixel((5, 5)) == (255, 0, 0)
    assert picture.getpixel((5, 80)) == ((255, 0, 0) if is_covered else (255, 255, 255))
