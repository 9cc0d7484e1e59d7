"""Small pages as real sites have them: the boxes of all elements are where Chromium has them, within one pixel."""

from __future__ import annotations

import asyncio
import json
from typing import Final

import pytest

from minibrowser.browser import Browser
from tests.layout.test_cases import has_fonts
from tests.page.record_sites import FOLDER, HEIGHT, WIDTH

PAGES: Final = sorted(file.stem for file in FOLDER.glob("*.html"))
TOLERANCE: Final = 1.0
"""CSS px."""


async def boxes_of(name: str) -> dict[str, list[float]]:
    async with Browser() as browser:
        page = await browser.new_page(viewport=(WIDTH, HEIGHT))
        await page.goto((FOLDER / f"{name}.html").as_uri())
        return {
            str(box["path"]): [float(str(box[key])) for key in ("x", "y", "width", "height")]
            for box in await page.boxes()
        }


def test_there_are_thirty_pages_and_each_has_its_record() -> None:
    assert len(PAGES) >= 30
    assert sorted(file.stem for file in FOLDER.glob("*.json")) == PAGES


@pytest.mark.skipif(not has_fonts(), reason="the recordings were made with the Liberation fonts")
@pytest.mark.parametrize("name", PAGES)
def test_the_boxes_of_a_site_are_chromiums(name: str) -> None:
    expected = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    found = asyncio.run(boxes_of(name))
    wrong: list[str] = []
    for path, (tag, *numbers) in expected.items():
        mine = found.get(path)
        if mine is None:
            wrong.append(f"{path} {tag}: no box")
        elif any(abs(a - b) > TOLERANCE for a, b in zip(mine, numbers, strict=True)):
            wrong.append(f"{path} {tag}: {[round(number, 3) for number in mine]}, Chromium {numbers}")
    wrong += [f"{path}: no box in Chromium" for path in found if path not in expected]
    assert not wrong, "\n".join(wrong)
