"""Computed values of real pages against those that Chromium recorded (see record_computed.py), all longhands that both
know. The pages of the corpus are read where they are; those of tabler-ui where MINIBROWSER_TABLER names its `dist`."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Final

import pytest

from minibrowser.browser import Browser
from minibrowser.css.serialize import ALL_LONGHANDS, serialize
from minibrowser.dom import Document, Element
from tests.css.record_computed import CORPUS, HEIGHT, WIDTH, Rows, pages, recorded, without_addresses

AT_LEAST: Final = 0.998
"""The issue asks for 0.98; this is where we stand."""

KNOWN: Final[dict[str, str]] = {
    "background-image": "image-set() is printed as the picture that was chosen, `to right` as 90deg",
    "background-size": "`10px auto` is printed as `10px`",
    "width": "the size of check boxes and sliders is the user-agent sheet's here, the theme's in Chromium",
    "height": "likewise",
    "overflow-clip-margin": "likewise the theme's, of sliders",
    "line-break": "the user-agent sheet's after-white-space of what can be edited is printed as auto",
    "line-height": "the theme's, of check boxes",
    "box-sizing": "likewise",
    "min-width": "calc() is simplified further than Chromium does",
}
"""Differences by longhand, with the reason; docs/style.md says more."""


def element_at(document: Document, path: str) -> Element:
    element = document.root
    assert element is not None
    for index in path.split("/") if path else []:
        element = element.element_children()[int(index)]
    return element


async def compared(file: Path, rows: Rows) -> tuple[int, list[str]]:
    """How many values were compared, and those that differ."""
    count = 0
    differing: list[str] = []
    async with Browser() as browser:
        page = await browser.new_page(viewport=(WIDTH, HEIGHT))
        await page.goto(file.as_uri())
        await page.boxes()
        loaded = page._laid_out()
        assert loaded.rendering.styles is not None
        for path, values in rows:
            style = loaded.rendering.styles.style_of(element_at(loaded.document, path))
            assert style is not None, path
            for name in ALL_LONGHANDS:
                if name in values:
                    count += 1
                    value = without_addresses(serialize(style, name))
                    if value != values[name]:
                        differing.append(f"{file.name} {path}: {name}: {value!r}, Chromium {values[name]!r}")
    return count, differing


def available(kind: str) -> dict[str, tuple[Path, Rows]]:
    """The recorded pages of a kind that are on this machine."""
    tabler = os.environ.get("MINIBROWSER_TABLER")
    files = pages(CORPUS, Path(tabler) if tabler else None)
    return {
        name: (files[name][0], rows)
        for name, rows in recorded().items()
        if name.startswith(kind) and name in files and files[name][0].exists()
    }


@pytest.mark.parametrize("kind", ["fixtures", "corpus", "tabler"])
def test_computed_values_are_chromiums(kind: str) -> None:
    found = available(kind)
    if not found:
        pytest.skip(f"the pages of {kind} are not on this machine")

    async def run() -> list[tuple[int, list[str]]]:
        return [await compared(file, rows) for file, rows in found.values()]

    results = asyncio.run(run())
    count = sum(result[0] for result in results)
    differing = [line for result in results for line in result[1]]
    assert count > 200 * len(found)
    unknown = [line for line in differing if line.split(": ")[1] not in KNOWN]
    assert not unknown
    assert len(differing) <= (1.0 - AT_LEAST) * count, differing


def test_the_record_holds_three_hundred_elements_of_real_pages_and_all_longhands() -> None:
    record = recorded()
    rows = [row for name, rows in record.items() if not name.startswith("fixtures/") for row in rows]
    assert len(rows) >= 300
    known = set(rows[0][1]) & set(ALL_LONGHANDS)
    assert len(known) >= 260
