"""How near lines of text come to Chromium's pixels.

    python -m benchmarks.text_pixels

prints, for each family and size of `fixtures/text/lines.html`, the mean absolute error in percent of the ink: the sum
of all differences in brightness divided by the sum of all darkness, in the picture that Chromium 156 made.
"""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from minibrowser import Browser

FOLDER = Path(__file__).parents[1] / "fixtures" / "text"
LINE = re.compile(r'top:(\d+)px;[^"]*" data-family="([^"]+)" data-size="(\d+)"')


async def picture(width: int, height: int) -> Image.Image:
    """Ours."""
    async with Browser() as browser:
        page = await browser.new_page(viewport=(width, height))
        await page.goto(str(FOLDER / "lines.html"))
        return await page.image()


def ink(image: Image.Image) -> NDArray[np.int64]:
    """Darkness of each pixel."""
    return 255 - np.asarray(image.convert("L"), dtype=np.int64)


def errors() -> dict[tuple[str, int], float]:
    """Percent of the ink for each family and size."""
    theirs_image = Image.open(FOLDER / "lines.png")
    theirs, ours = ink(theirs_image), ink(asyncio.run(picture(*theirs_image.size)))
    lines = [
        (int(top), family, int(size))
        for top, family, size in LINE.findall((FOLDER / "lines.html").read_text(encoding="utf-8"))
    ]
    found: dict[tuple[str, int], float] = {}
    for top, family, size in lines:
        rows = slice(max(0, top - 2), top + int(size * 1.4) + 2)
        found[family, size] = float(
            np.abs(ours[rows] - theirs[rows]).sum() * 100.0 / max(1, theirs[rows].sum())
        )
    return found


def main() -> None:
    """Print the table."""
    found = errors()
    for family in dict.fromkeys(name for name, _ in found):
        sizes = {size: error for (name, size), error in found.items() if name == family}
        row = "  ".join(f"{size}: {error:.1f}" for size, error in sizes.items())
        print(f"{family:18} mean {sum(sizes.values()) / len(sizes):.2f} %  {row}")
    print(f"all: mean {sum(found.values()) / len(found):.2f} %, worst {max(found.values()):.2f} %")


if __name__ == "__main__":
    main()
