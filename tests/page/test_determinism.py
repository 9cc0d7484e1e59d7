"""The same input and the same fonts give the same pixels, in any process and on any machine.

The hashes are of decoded pixels. They belong to the versions of the libraries that they were made with: FreeType
draws glyphs, HarfBuzz places them, Pillow blurs, scales and mixes, resvg draws SVG, and the font packages hold the
shapes; all come as wheels, so a version is the same code everywhere. After an update of one of them, or a change of
what is painted, look at the pictures and renew the hashes:

    python -m tests.page.test_determinism --renew
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib.metadata
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import freetype
import pytest
from PIL import Image

from minibrowser import Browser

PROJECT = Path(__file__).parents[2]
PAGES = sorted((PROJECT / "fixtures" / "paint").glob("*.html"))
HASHES = PROJECT / "fixtures" / "paint" / "hashes.json"
PACKAGES = (
    "pillow", "freetype-py", "uharfbuzz", "resvg-py", "fontpkg-arimo", "fontpkg-noto-serif", "fontpkg-roboto-mono",
)  # fmt: skip


def versions() -> dict[str, str]:
    """What decides over pixels."""
    found = {name: importlib.metadata.version(name) for name in PACKAGES}
    found["FreeType"] = ".".join(str(part) for part in freetype.version())
    return found


async def pictures() -> dict[str, bytes]:
    """Each page as a PNG, with the bundled fonts alone."""
    found: dict[str, bytes] = {}
    async with Browser(fonts="bundled") as browser:
        for path in PAGES:
            page = await browser.new_page(viewport=(400, 300))
            await page.goto(str(path))
            found[path.stem] = await page.screenshot()
            await page.close()
    return found


def digests() -> dict[str, list[str]]:
    """For each page the hash of its pixels and that of its file."""
    result: dict[str, list[str]] = {}
    for name, data in asyncio.run(pictures()).items():
        image = Image.open(io.BytesIO(data)).convert("RGB")
        head = f"{image.width}x{image.height}:".encode()
        result[name] = [
            hashlib.sha256(head + image.tobytes()).hexdigest()[:32],
            hashlib.sha256(data).hexdigest()[:32],
        ]
    return result


def digests_elsewhere(seed: str, folder: Path) -> dict[str, list[str]]:
    """The same from a process of its own, with other hashes of strings, no caches and another home."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    command = [sys.executable, "-m", "tests.page.test_determinism"]
    result = subprocess.run(
        command, capture_output=True, cwd=PROJECT, env=environment, check=True, timeout=300
    )
    found: dict[str, list[str]] = json.loads(result.stdout)
    return found


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    first, second = digests_elsewhere("1", tmp_path / "a"), digests_elsewhere("2", tmp_path / "b")
    assert len(first) >= 20
    assert {name for name in first if first[name] != second[name]} == set()


def test_pixels_are_those_of_every_other_machine() -> None:
    recorded = json.loads(HASHES.read_text(encoding="utf-8"))
    if recorded["versions"] != versions():
        pytest.skip(
            f"the hashes were made with {recorded['versions']}; renew them when the pictures are right"
        )
    found = digests()
    assert len(found) >= 20
    wrong = {name for name, (pixels, _) in found.items() if recorded["pixels"].get(name) != pixels}
    assert wrong == set()


def main() -> None:
    """Print the hashes, or write them down."""
    found = digests()
    if "--renew" not in sys.argv:
        print(json.dumps(found))
        return
    recorded = {"versions": versions(), "pixels": {name: pixels for name, (pixels, _) in found.items()}}
    HASHES.write_text(json.dumps(recorded, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
