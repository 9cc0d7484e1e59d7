"""Pictures of pages: bands of tall ones, scale factors, parts, transparency, types."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image, ImageChops

from minibrowser import Browser, Recorder, UsageError
from minibrowser.page.page import Page

T = TypeVar("T")
PROJECT = Path(__file__).parents[2]
MEMORY = 400.0
"""MB that a process may take for a full-page picture of 100,000 px."""


def with_page(
    html: str, work: Callable[[Page], Awaitable[T]], scale: float = 1.0, recorder: Recorder | None = None
) -> T:
    """Do something with a page of 300 x 200 CSS px."""

    async def run() -> T:
        async with Browser(recorder=recorder) as browser:
            page = await browser.new_page(viewport=(300, 200), device_scale_factor=scale)
            await page.set_content(html)
            return await work(page)

    return asyncio.run(run())


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


# What reaches over a seam between two bands, which lie at 1024, 2048, ... device px.
SEAMS = """<!doctype html><style>body{margin:0;height:35000px;background:linear-gradient(#def,#fed)}
div{position:absolute;left:20px;width:200px;height:120px}</style>
<div style="top:960px;background:#08f;filter:blur(12px)"></div>
<div style="top:2000px;background:#f80;opacity:.5;border-radius:40px">text on a seam<br><br>x<br>y<br>z</div>
<div style="top:3000px;background:#fff8;backdrop-filter:blur(9px)"></div>
<div style="top:3000px;left:60px;width:30px;background:#000"></div>
<div style="top:3010px;background:#fff8;backdrop-filter:blur(9px)"></div>
<div style="top:4040px;box-shadow:0 10px 30px #000;transform:rotate(20deg);background:#8f0"></div>
<div style="top:5060px;filter:drop-shadow(0 60px 5px #00f);background:#f0f"></div>
<div style="top:6100px;background:repeating-conic-gradient(#000 0 10%, #fff 0 20%);mix-blend-mode:multiply"></div>
"""


def test_a_tall_page_is_drawn_in_bands_and_equals_the_picture_in_one_piece() -> None:
    recorder = Recorder()

    async def work(page: Page) -> tuple[bytes, Image.Image]:
        return await page.screenshot(full_page=True), await page.image(full_page=True)

    data, whole = with_page(SEAMS, work, recorder=recorder)
    assert [span.counters["bands"] for span in recorder.spans if "bands" in span.counters] == [35]
    banded = opened(data)
    assert banded.size == whole.size == (300, 35000)
    assert ImageChops.difference(banded, whole).getbbox() is None


def test_a_small_picture_is_drawn_in_one_piece() -> None:
    recorder = Recorder()
    with_page("<p>small", lambda page: page.screenshot(full_page=True), recorder=recorder)
    assert "raster" in [span.kind for span in recorder.spans]
    assert not any("bands" in span.counters for span in recorder.spans)


def test_a_page_of_a_hundred_thousand_pixels_takes_bounded_memory() -> None:
    command = [sys.executable, "-m", "benchmarks.tall_page", "--height", "100000"]
    result = subprocess.run(command, capture_output=True, cwd=PROJECT, check=True, timeout=300)
    facts = json.loads(result.stdout)
    assert facts["height"] >= 100_000
    assert facts["bands"] == -(-facts["height"] // 1024)
    assert facts["peak_mb"] < MEMORY


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0, 3.0])
def test_edges_lie_on_device_pixels_at_every_scale_factor(scale: float) -> None:
    html = "<body style='margin:0'><div style='width:20px;height:10px;background:#f00;border:2px solid #00f'>"
    image = with_page(html, lambda page: page.image(), scale)
    assert image.size == (round(300 * scale), round(200 * scale))
    box = (int(24 * scale), int(14 * scale))
    colors = image.crop((0, 0, *box)).getcolors() or []
    assert {color for _, color in colors} == {(0, 0, 255), (255, 0, 0)}
    assert image.getpixel((box[0], 0)) == (255, 255, 255)
    assert image.getpixel((0, box[1])) == (255, 255, 255)


def test_without_background_what_is_not_painted_is_transparent_in_bands_too() -> None:
    html = "<body style='margin:0;height:33000px'><div style='height:50px;background:#0f08'></div>"
    data = with_page(html, lambda page: page.screenshot(full_page=True, omit_background=True))
    image = opened(data)
    assert image.mode == "RGBA"
    assert image.getpixel((5, 5)) == (0, 255, 0, 136)
    assert image.getpixel((5, 32_999)) == (0, 0, 0, 0)


def test_a_clip_is_a_part_of_the_whole_page() -> None:
    html = "<body style='margin:0;height:1000px'><div style='margin-top:600px;height:9px;background:#00f'>"
    clip = {"x": 10.0, "y": 599.0, "width": 3.0, "height": 11.0}
    image = opened(with_page(html, lambda page: page.screenshot(clip=clip)))
    assert image.size == (3, 11)
    column = [image.getpixel((1, y)) for y in range(11)]
    assert column == [(255, 255, 255), *[(0, 0, 255)] * 9, (255, 255, 255)]


def test_the_bounding_box_of_a_selector_is_a_clip() -> None:
    html = (
        "<!doctype html><body style='margin:0'><p id=gone hidden>x</p>"
        "<p class=one style='margin:0;position:absolute;left:30px;top:500px;width:40px;height:20px;background:lime'>"
    )

    async def work(page: Page) -> tuple[dict[str, float] | None, bytes, dict[str, float] | None]:
        box = await page.bounding_box("p.one")
        return box, await page.screenshot(clip=box), await page.bounding_box("#gone")

    box, data, gone = with_page(html, work)
    assert box == {"x": 30.0, "y": 500.0, "width": 40.0, "height": 20.0}
    assert gone is None
    assert opened(data).getcolors() == [(800, (0, 255, 0))]


def test_a_bad_selector_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="not a selector"):
        with_page("<p>", lambda page: page.bounding_box("p["))


@pytest.mark.parametrize("type_", ["jpeg", "webp", "avif"])
def test_quality_makes_lossy_pictures_smaller(type_: str) -> None:
    html = "<body style='background:conic-gradient(red,lime,blue,red);height:180px'><h1>Quality</h1>"

    async def work(page: Page) -> tuple[bytes, bytes]:
        return await page.screenshot(type=type_, quality=10), await page.screenshot(type=type_, quality=95)

    low, high = with_page(html, work)
    assert len(low) < 0.7 * len(high)
    assert opened(low).format == opened(high).format == type_.upper()
    assert opened(low).size == (300, 200)


def test_a_picture_beyond_what_files_hold_is_a_usage_error() -> None:
    html = "<body style='height:20000000px'>"
    with pytest.raises(UsageError, match="too large"):
        with_page(html, lambda page: page.screenshot(full_page=True))
