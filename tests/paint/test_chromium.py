"""Pages with what is newer than the reftest suite, against the pictures that Chromium made of them.

`fixtures/paint/NAME.html` and `NAME.png`: Chromium 156, headless, 400 x 300 px at one device px for one CSS px, scripts
off, with Liberation Sans and DejaVu as the machine's fonts.
"""

from __future__ import annotations

import asyncio
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from minibrowser import Browser
from minibrowser.page.system_fonts import system_fonts

PAGES = sorted((Path(__file__).parents[2] / "fixtures" / "paint").glob("*.html"))
DIFFERENT = 32
"""Levels by which a channel of a pixel must be off to count as different."""
MOST_DIFFERENT = 0.7
"""Percent of a page's pixels."""
MOST_MEAN = 1.5
"""Mean difference of the channel that is farthest off, in levels."""
WIDER = {
    # Chromium's own blur of backdrops mirrors what lies beyond the edge; stripes at 45 degrees show it.
    "backdrop-filter": (1.5, 4.0),
    # shape() in clip-path is not known yet: one box in twelve is not clipped.
    "clip-path-shapes": (3.5, 7.0),
    # Stops beyond sRGB are brought into it before they are mixed, not after.
    "gradient-color-mix": (1.2, 1.8),
    # No font here has sesame, for which Chromium draws a frame and we a dot; the last line stands 1 px lower there.
    "text-emphasis": (2.5, 3.5),
    # Strokes go around FreeType's outlines, not Skia's.
    "text-stroke-shadow": (1.0, 1.5),
}
"""Pages that may be farther off."""


@lru_cache(maxsize=1)
def has_chromiums_fonts() -> bool:
    """Whether text can look as it did on the machine that made the pictures."""
    record = system_fonts("").match("Liberation Sans", False, 400.0, 100.0, False)
    return record is not None and record.family == "Liberation Sans"


def difference(path: Path) -> tuple[float, float]:
    """Percent of pixels that differ, and the mean difference."""

    async def picture() -> Image.Image:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(400, 300))
            await page.goto(str(path))
            return await page.image()

    ours = np.asarray(asyncio.run(picture()), dtype=int)
    theirs = np.asarray(Image.open(path.with_suffix(".png")).convert("RGB"), dtype=int)
    off = np.abs(ours - theirs).max(axis=2)
    return float((off > DIFFERENT).mean() * 100), float(off.mean())


def test_there_are_at_least_twenty_pages() -> None:
    assert len(PAGES) >= 20


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_looks_as_in_chromium(path: Path) -> None:
    if not has_chromiums_fonts():
        pytest.skip("Chromium's fonts are not on this machine")
    different, mean = difference(path)
    most, most_mean = WIDER.get(path.stem, (MOST_DIFFERENT, MOST_MEAN))
    assert different <= most
    assert mean <= most_mean
