"""How much memory and time a full-page picture takes, in a process of its own.

    python -m benchmarks.tall_page --height 100000 --scale 2

prints the picture's size, the seconds, and the peak of the process's memory.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import time
from pathlib import Path

from minibrowser import Browser, Recorder

ROW: int = 100
"""CSS px of one row of the page."""


def tall_page(height: int) -> str:
    """A page of this height: rows with text, links, borders and shadows."""
    rows = "".join(
        f"<div class=row><h2>Row {index}</h2><p>The quick brown fox jumps over the <a href=x>lazy dog</a>, and again "
        f"and again, until the line is at its end. <b>{index * 7919}</b></p></div>"
        for index in range(height // ROW)
    )
    return (
        "<!doctype html><style>body{margin:0}.row{height:92px;margin:8px;padding:8px;box-sizing:border-box;"
        "border:1px solid #ccc;border-radius:6px;box-shadow:0 1px 3px rgba(0,0,0,.3)}"
        f"h2{{font-size:18px;margin:0}}p{{margin:4px 0}}.row:nth-child(7n){{opacity:.8}}</style>{rows}"
    )


def peak_kilobytes() -> int:
    """The most memory that this process has had; Linux hands `ru_maxrss` down from the process that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


async def measure(height: int, scale: float) -> dict[str, float]:
    """Take the picture."""
    start = time.perf_counter()
    recorder = Recorder()
    async with Browser(timeout=0, recorder=recorder) as browser:
        page = await browser.new_page(device_scale_factor=scale)
        await page.set_content(tall_page(height))
        data = await page.screenshot(full_page=True)
        width, rows = await page.picture_size(full_page=True)
        bands = sum(span.counters.get("bands", 0) for span in recorder.spans)
    return {
        "width": width,
        "height": rows,
        "bands": bands,
        "bytes": len(data),
        "seconds": round(time.perf_counter() - start, 2),
        "peak_mb": round(peak_kilobytes() / 1024, 1),
    }


def main() -> None:
    """Print what was measured as JSON."""
    parser = argparse.ArgumentParser(description="Memory and time of a tall full-page picture.")
    parser.add_argument("--height", type=int, default=100_000, help="CSS px")
    parser.add_argument("--scale", type=float, default=1.0)
    options = parser.parse_args()
    print(json.dumps(asyncio.run(measure(options.height, options.scale))))


if __name__ == "__main__":
    main()
