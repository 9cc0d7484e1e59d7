"""Hostile pages and pictures, from markup to pixels: a placeholder or a cap, no exception, bounded memory."""

from __future__ import annotations

import asyncio
import base64
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from minibrowser import Browser
from tests.image.test_decode import bomb

PROJECT = Path(__file__).parents[2]
MEMORY = 400

SOLID = base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
    + b"<g>" * 400
    + b'<rect width="40" height="40"/>'
    + b"</g>" * 400
    + b"</svg>"
).decode()


def picture(html: str) -> Image.Image:
    async def run() -> Image.Image:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(200, 150))
            await page.set_content(html)
            return await page.image()

    return asyncio.run(run())


@pytest.mark.parametrize("name", ["PNG", "JPEG", "GIF", "BMP"])
def test_a_bomb_shows_the_placeholder_of_a_broken_picture(name: str) -> None:
    url = f"data:image/{name.lower()};base64,{base64.b64encode(bomb(name)).decode()}"
    shown = picture(f"<img src='{url}' alt='what it was' width=100 height=80>")
    broken = picture("<img src='data:image/png;base64,AAAA' alt='what it was' width=100 height=80>")
    assert shown.tobytes() == broken.tobytes()
    assert len(shown.getcolors(4096) or []) > 2


def test_an_svg_that_would_overflow_the_renderers_stack_is_left_out() -> None:
    url = f"data:image/svg+xml;base64,{SOLID}"
    html = (
        f"<body style='margin:0;background:lime'><div style='width:40px;height:40px;background:url({url})'>"
    )
    assert picture(html).getcolors() == [(200 * 150, (0, 255, 0))]


def test_ten_thousand_nested_opacity_layers_are_painted() -> None:
    html = "<style>div{opacity:.999;background:#00f;min-height:3px}</style>" + "<div>" * 10_000 + "x"
    image = picture(html)
    assert image.size == (200, 150)
    pixel = image.getpixel((100, 20))
    assert isinstance(pixel, tuple)
    assert pixel[2] > 200


MANY = """
import asyncio, base64, io, sys
from benchmarks.tall_page import peak_kilobytes
from PIL import Image
from minibrowser import Browser
out = io.BytesIO()
Image.new("RGB", (4000, 4000), (1, 2, 3)).save(out, "PNG")
url = "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
html = "".join(f"<img src='{url}#{i}' width=4000 height=20>" for i in range(int(sys.argv[1])))
async def run():
    async with Browser(timeout=0) as browser:
        page = await browser.new_page()
        await page.set_content(html)
        await page.screenshot(full_page=True)
asyncio.run(run())
print(peak_kilobytes() / 1024)
"""


def test_many_large_pictures_take_bounded_memory() -> None:
    # Each is 64 MB when decoded: together 1.3 GB.
    result = subprocess.run(
        [sys.executable, "-c", MANY, "20"], capture_output=True, cwd=PROJECT, check=True, timeout=300
    )
    assert float(result.stdout) < MEMORY + 100
