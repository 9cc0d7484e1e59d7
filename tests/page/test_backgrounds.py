"""Backgrounds that scroll, stand still or are turned, in pixels."""

from __future__ import annotations

import asyncio
import base64
import io

import pytest
from PIL import Image

from minibrowser.browser import Browser

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def shot(html: str) -> Image.Image:
    """A page of 100 x 100 px."""

    async def shoot() -> bytes:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(100, 100))
            await page.set_content(f"<!DOCTYPE html><style>body {{ margin: 0 }}</style>{html}")
            return await page.screenshot()

    with Image.open(io.BytesIO(asyncio.run(shoot()))) as image:
        return image.convert("RGB")


def test_a_local_background_is_as_large_as_what_scrolls() -> None:
    style = "height:50px;overflow:hidden;border:5px solid transparent;background:linear-gradient(red 50%,blue 50%) "
    content = "<div style='height:200px'></div>"
    scrolling = shot(f"<div style='{style} scroll'>{content}</div>")
    local = shot(f"<div style='{style} local'>{content}</div>")
    assert [scrolling.getpixel((50, y)) for y in (10, 45)] == [RED, BLUE]
    assert [local.getpixel((50, y)) for y in (10, 45)] == [RED, RED]
    # Behind the border, there is nothing of what scrolls.
    assert local.getpixel((50, 2)) == WHITE


@pytest.mark.parametrize(
    ("style", "color"),
    [("", RED), ("transform:translate(0)", BLUE), ("will-change:transform", BLUE), ("opacity:0.99", RED)],
)
def test_a_fixed_background_stands_in_the_window_unless_a_transform_moves_it(
    style: str, color: tuple[int, int, int]
) -> None:
    background = "background:linear-gradient(red 50%,blue 50%) fixed"
    image = shot(f"<div style='height:20px'></div><div style='height:28px;{background};{style}'></div>")
    pixel = image.getpixel((50, 40))
    assert isinstance(pixel, tuple)
    assert max(abs(a - b) for a, b in zip(pixel, color, strict=True)) < 5


@pytest.mark.parametrize(("value", "size"), [("from-image", (10.0, 20.0)), ("none", (20.0, 10.0))])
def test_image_orientation_turns_pictures_or_leaves_them(value: str, size: tuple[float, float]) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    file = io.BytesIO()
    Image.new("RGB", (20, 10), RED).save(file, "JPEG", exif=exif)
    url = "data:image/jpeg;base64," + base64.b64encode(file.getvalue()).decode()

    async def measure() -> list[dict[str, object]]:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(100, 100))
            await page.set_content(f"<!DOCTYPE html><img src='{url}' style='image-orientation:{value}'>")
            return await page.boxes()

    box = next(box for box in asyncio.run(measure()) if box["tag"] == "img")
    assert (box["width"], box["height"]) == size
