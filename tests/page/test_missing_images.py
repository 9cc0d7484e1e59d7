"""What stands for images that are not there (https://html.spec.whatwg.org/multipage/rendering.html#images-3)."""

from __future__ import annotations

import asyncio
import io

import pytest
from PIL import Image

from minibrowser.browser import Browser

FRAME = (192, 192, 192)
HILL = (88, 174, 57)


@pytest.mark.parametrize(
    ("image", "has_frame", "has_icon"),
    [
        ("<img style='width:60px;height:40px'>", True, False),
        ("<img style='width:60px'>", False, False),
        ("<img alt='' style='width:60px;height:40px'>", False, False),
        ("<img src='data:image/png,nothing' style='width:60px;height:40px'>", True, True),
        ("<img src='data:image/png,nothing' alt='' style='width:60px;height:40px'>", True, True),
        ("<img src='data:image/png,nothing' style='width:17px;height:40px'>", False, False),
        ("<img src='data:image/png,nothing' style='width:60px'>", False, True),
    ],
)
def test_an_image_without_picture_shows_what_it_lacks(image: str, has_frame: bool, has_icon: bool) -> None:
    async def shoot() -> bytes:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(100, 80))
            await page.set_content(image)
            return await page.screenshot()

    with Image.open(io.BytesIO(asyncio.run(shoot()))) as picture:
        colors = {color for _, color in picture.convert("RGB").getcolors(8000) or []}
    assert (FRAME in colors) is has_frame
    assert (HILL in colors) is has_icon


@pytest.mark.parametrize(
    ("image", "size"),
    [
        ("<img src='data:image/png,nothing' style='width:200px'>", (16.0, 16.0)),
        ("<img src='data:image/png,nothing' width=60 height=40>", (60.0, 40.0)),
        ("<img src='data:image/png,nothing' width=60 height=40 style='height:auto'>", (60.0, 40.0)),
        ("<img src='data:image/png,nothing' alt='' style='height:50px'>", (0.0, 0.0)),
        ("<img src=''>", (0.0, 0.0)),
    ],
)
def test_an_image_without_picture_keeps_its_size_where_it_has_both(
    image: str, size: tuple[float, float]
) -> None:
    async def measure() -> list[dict[str, object]]:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(300, 80))
            await page.set_content("<!DOCTYPE html>" + image)
            return await page.boxes()

    box = next(box for box in asyncio.run(measure()) if box["tag"] == "img")
    assert (box["width"], box["height"]) == size
