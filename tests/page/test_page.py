"""A page from text to boxes, pictures and words, through the public surface."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image

from minibrowser.browser import Browser
from minibrowser.errors import ClosedError, FileAccessError, TimeoutExceeded, UsageError
from minibrowser.page.page import Page

T = TypeVar("T")

SQUARE_SVG = (
    "data:image/svg+xml;base64,"
    + base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"></svg>').decode()
)


def with_page(work: Callable[[Page], Awaitable[T]], **options: object) -> T:
    """Do something with a new page."""

    async def run() -> T:
        async with Browser() as browser:
            return await work(await browser.new_page(viewport=(800, 600)))

    return asyncio.run(run())


def boxes_of(html: str, tag: str) -> list[tuple[object, ...]]:
    """x, y, width and height of each element of a name."""

    async def work(page: Page) -> list[dict[str, object]]:
        await page.set_content(html)
        return await page.boxes()

    return [(box["x"], box["y"], box["width"], box["height"]) for box in with_page(work) if box["tag"] == tag]


def test_a_picture_with_only_a_ratio_is_as_wide_as_what_is_available() -> None:
    image = f"<img src='{SQUARE_SVG}'>"
    html = (
        "<!DOCTYPE html><body style='margin:0'>"
        f"<div style='width:500px'>{image}</div>"
        f"<div style='width:500px;display:flex'>{image}</div>"
        f"<div style='width:500px;display:grid'>{image}</div>"
        f"<div style='width:500px'><img style='float:left' src='{SQUARE_SVG}'></div>"
    )
    # As Chromium has them.
    assert [box[2:] for box in boxes_of(html, "img")] == [(500.0, 500.0)] * 4


def test_a_picture_with_only_a_ratio_adds_nothing_to_intrinsic_sizes() -> None:
    html = f"<!DOCTYPE html><body style='margin:0'><div style='float:left'><img src='{SQUARE_SVG}'></div>"
    assert boxes_of(html, "img")[0][2:] == (0.0, 0.0)


def test_a_frame_shows_a_document_of_its_own_size() -> None:
    inner = "<style>body{margin:0;background:lime}@media (max-width:150px){body{background:blue}}</style>"

    async def work(page: Page) -> Image.Image:
        await page.set_content(
            "<!DOCTYPE html><body style='margin:0'>"
            f'<iframe style="border:0;width:100px;height:50px;display:block" srcdoc="{inner}"></iframe>'
            f'<iframe style="border:0;width:200px;height:50px;display:block" srcdoc="{inner}"></iframe>'
        )
        return await page.image()

    image = with_page(work).convert("RGB")
    assert image.getpixel((50, 25)) == (0, 0, 255)
    assert image.getpixel((50, 75)) == (0, 255, 0)
    assert image.getpixel((150, 25)) == (255, 255, 255)


def test_text_is_what_is_rendered() -> None:
    async def work(page: Page) -> str:
        await page.set_content(
            "<p>one  <b>two</b><br>three<p hidden>no<ul><li>four<li>five</ul><script>x</script>"
        )
        return await page.text()

    assert with_page(work) == "one two\nthree\n\nfour\nfive"


def test_a_suffix_chooses_the_format_and_the_bytes_are_returned(tmp_path: Path) -> None:
    async def work(page: Page) -> bytes:
        await page.set_content("<p>x")
        return await page.screenshot(tmp_path / "new" / "page.webp")

    data = with_page(work)
    assert data == (tmp_path / "new" / "page.webp").read_bytes()
    assert data[:4] == b"RIFF"


def test_a_full_page_is_as_high_as_its_content() -> None:
    async def work(page: Page) -> tuple[tuple[int, int], tuple[int, int]]:
        await page.set_content("<!DOCTYPE html><body style='margin:0'><div style='height:1500px'>")
        return (await page.image()).size, (await page.image(full_page=True)).size

    assert with_page(work) == ((800, 600), (800, 1500))


def test_a_clip_is_a_part_of_the_page() -> None:
    async def work(page: Page) -> Image.Image:
        await page.set_content(
            "<!DOCTYPE html><body style='margin:0'><div style='height:50px;background:red'></div>"
        )
        return await page.image(clip={"x": 10, "y": 40, "width": 30, "height": 20})

    image = with_page(work).convert("RGB")
    assert image.size == (30, 20)
    assert image.getpixel((0, 9)) == (255, 0, 0)
    assert image.getpixel((0, 10)) == (255, 255, 255)


def test_a_page_without_background_may_stay_transparent() -> None:
    async def work(page: Page) -> Image.Image:
        await page.set_content("<p>x")
        return await page.image(omit_background=True)

    assert with_page(work).getpixel((700, 500)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"type": "bmp"}, "unknown picture type"),
        ({"path": "x.tiff"}, "unknown picture type"),
        ({"quality": 50}, "quality is for"),
        ({"type": "jpeg", "quality": 101}, "from 0 to 100"),
        ({"type": "jpeg", "omit_background": True}, "no transparency"),
        ({"clip": {"x": 0}}, "clip needs"),
        ({"clip": {"x": 0, "y": 0, "width": 0, "height": 5}}, "above 0"),
        ({"clip": {"x": 9000, "y": 0, "width": 5, "height": 5}}, "outside the page"),
        ({"timeout": -1}, "must not be negative"),
    ],
)
def test_arguments_that_make_no_sense_are_told(options: dict[str, object], words: str) -> None:
    async def work(page: Page) -> None:
        await page.set_content("<p>x")
        await page.screenshot(**options)  # type: ignore[arg-type]

    with pytest.raises(UsageError, match=words):
        with_page(work)


def test_a_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    async def work(page: Page) -> None:
        await page.set_content("<p>x")
        await page.screenshot(tmp_path / "file" / "page.png")

    with pytest.raises(FileAccessError, match="cannot write"):
        with_page(work)


def test_a_page_without_a_document_has_no_picture() -> None:
    with pytest.raises(UsageError, match="shows nothing yet"):
        with_page(lambda page: page.screenshot())


def test_a_closed_page_says_so() -> None:
    async def work(page: Page) -> None:
        await page.close()
        await page.set_content("<p>x")

    with pytest.raises(ClosedError):
        with_page(work)


def test_work_that_takes_longer_than_its_limit_is_given_up() -> None:
    async def work(page: Page) -> None:
        await page.set_content("<p>" + "word " * 50_000)
        await page.screenshot(timeout=0.001)

    with pytest.raises(TimeoutExceeded, match=r"0\.001 ms"):
        with_page(work)


def test_pages_of_one_browser_render_one_after_the_other() -> None:
    async def run() -> list[bytes]:
        async with Browser() as browser:
            pages = [await browser.new_page(viewport=(100, 100)) for _ in range(5)]
            await asyncio.gather(*(page.set_content(f"<p>{number}") for number, page in enumerate(pages)))
            return list(await asyncio.gather(*(page.screenshot() for page in pages)))

    assert len(set(asyncio.run(run()))) == 5
