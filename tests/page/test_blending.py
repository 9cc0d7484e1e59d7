"""What blends with what, on whole pages (https://drafts.csswg.org/compositing-1/#mix-blend-mode)."""

from __future__ import annotations

import asyncio
import io

import pytest
from PIL import Image

from minibrowser.browser import Browser

STYLE = "<!DOCTYPE html><style>body{margin:0} div{width:20px;height:20px;mix-blend-mode:difference;background:lime}"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("</style><div></div>", (0, 255, 0)),  # a page without background is clear
        ("html{background:white}</style><div></div>", (255, 0, 255)),
        ("</style><section style='background:red'><div></div></section>", (255, 255, 0)),
        ("</style><section style='isolation:isolate'><div></div></section>", (0, 255, 0)),
        ("</style><section style='opacity:0.99'><div></div></section>", (3, 255, 3)),
    ],
)
def test_an_element_blends_with_its_stacking_context(content: str, expected: tuple[int, ...]) -> None:
    async def shoot() -> bytes:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(100, 80))
            await page.set_content(STYLE + content)
            return await page.screenshot()

    with Image.open(io.BytesIO(asyncio.run(shoot()))) as picture:
        assert picture.convert("RGB").getpixel((10, 10)) == expected
