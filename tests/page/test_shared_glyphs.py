"""Glyphs and masks are a session's: the second page of the same fonts draws none of them anew."""

from __future__ import annotations

import asyncio

from minibrowser import Browser
from minibrowser.limits import MAX_CACHED_RASTER_FACES

HTML = "<!doctype html><body style='font:16px Arial'><b>bold</b> and plain <i>text</i> <p style='border-radius:9px'>x"


def test_the_second_page_finds_the_glyphs_of_the_first() -> None:
    async def run() -> list[tuple[int, int]]:
        counts = []
        async with Browser() as browser:
            for _ in range(2):
                page = await browser.new_page()
                await page.set_content(HTML)
                await page.screenshot()
                glyphs = browser.executor.raster_cache().glyphs
                counts.append((id(glyphs), sum(len(one.bitmaps) for one in glyphs._sets.values())))
                await page.close()
        return counts

    first, second = asyncio.run(run())
    assert first == second
    assert first[1] > 5


def test_the_pictures_of_a_session_are_those_of_pages_alone() -> None:
    async def pictures(alone: bool) -> list[bytes]:
        found = []
        async with Browser() as browser:
            for size in (16, 40, 16):
                page = await browser.new_page(viewport=(300, 200))
                await page.set_content(HTML.replace("16px", f"{size}px"))
                if alone:
                    browser.executor.close()
                found.append(await page.screenshot())
        return found

    assert asyncio.run(pictures(True)) == asyncio.run(pictures(False))


def test_many_fonts_make_room() -> None:
    async def run() -> tuple[bool, int]:
        async with Browser() as browser:
            page = await browser.new_page()
            await page.set_content(HTML)
            await page.screenshot()
            before = browser.executor.raster_cache()
            font = next(iter(before.glyphs._faces))[0]
            for number in range(MAX_CACHED_RASTER_FACES):
                # As if each were another instance of a variable font.
                before.glyphs._faces[(font, (("wght", float(number)),))] = None
            await page.screenshot()
            after = browser.executor.raster_cache()
            return before is not after, after.glyphs.face_count

    replaced, faces = asyncio.run(run())
    assert replaced
    assert 0 < faces < 5
