"""The controls of media that are not played."""

from __future__ import annotations

import asyncio
import io

import pytest
from PIL import Image

from minibrowser.browser import Browser

EMPTY, PILL, WHITE = (51, 51, 51), (241, 243, 244), (255, 255, 255)


@pytest.mark.parametrize(
    ("markup", "top", "foot"),
    [
        ("<video width=300 height=150></video>", WHITE, WHITE),
        ("<video width=300 height=150 controls></video>", EMPTY, (0, 0, 0)),
        ("<audio controls style='height:150px'></audio>", PILL, PILL),
        ("<audio></audio>", WHITE, WHITE),
    ],
)
def test_media_show_their_controls(
    markup: str, top: tuple[int, int, int], foot: tuple[int, int, int]
) -> None:
    async def shoot() -> bytes:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(300, 150))
            await page.set_content(f"<!DOCTYPE html><style>body {{ margin: 0 }}</style>{markup}")
            return await page.screenshot()

    with Image.open(io.BytesIO(asyncio.run(shoot()))) as image:
        picture = image.convert("RGB")
    assert picture.getpixel((150, 5)) == top
    assert picture.getpixel((150, 148)) == foot
