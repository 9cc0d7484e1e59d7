"""How long paint, raster and encoding of a page take when glyphs and masks are warm.

    python -m benchmarks.paint_seconds page.html --rounds 20 --profile

Layout is given. Times are of the processor, so that other work on the machine does not count. It
prints the minimum and the median of each stage in milliseconds; with `--profile` where the time goes.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import pstats
import statistics
import time

from minibrowser import Browser
from minibrowser.geometry import Rect
from minibrowser.page.page import Page
from minibrowser.paint.bitmap import Bitmap
from minibrowser.paint.encode import encode
from minibrowser.paint.pillow_rasterizer import rasterize


def stages(page: Page, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of processor time of each stage in each round."""
    loaded = page._laid_out()
    rendering, images = loaded.rendering, loaded.pictures.images
    area = Rect(0.0, 0.0, rendering.viewport.width, rendering.viewport.height)
    cache = rendering.raster_cache()
    found: dict[str, list[float]] = {"paint": [], "raster": [], "encode": [], "all": []}
    for _ in range(rounds + 1):
        start = time.process_time()
        items = rendering.display_list(images, area)
        painted = time.process_time()
        bitmap: Bitmap = rasterize(items, area, 1.0, False, cache)
        drawn = time.process_time()
        encode(bitmap, "png", None)
        end = time.process_time()
        times = {
            "paint": painted - start,
            "raster": drawn - painted,
            "encode": end - drawn,
            "all": end - start,
        }
        for name, seconds in times.items():
            found[name].append(seconds * 1000)
    # The first round draws the glyphs.
    return {name: values[1:] for name, values in found.items()}


async def measure(target: str, rounds: int, profile: bool) -> None:
    """Load the page, and paint it again and again."""
    async with Browser() as browser:
        page = await browser.new_page()
        await page.goto(target)
        await page.picture_size()
        stages(page, 1)
        profiler = cProfile.Profile()
        if profile:
            profiler.enable()
        found = stages(page, rounds)
        if profile:
            profiler.disable()
    for name, values in found.items():
        print(f"{name:7} min {min(values):6.1f} ms  median {statistics.median(values):6.1f} ms")
    if profile:
        pstats.Stats(profiler).sort_stats("tottime").print_stats(18)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Paint, raster and encoding of a page, warm.")
    parser.add_argument("target", help="a file or an address")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    asyncio.run(measure(options.target, options.rounds, options.profile))


if __name__ == "__main__":
    main()
