"""What real pages showed of painting: fixed boxes in stacking contexts, dotted lines, positioned parts of tables."""

from __future__ import annotations

import asyncio
import io

import pytest
from PIL import Image

from minibrowser.browser import Browser

STYLE = """<!DOCTYPE html><style>
body { margin: 0 }
div { width: 40px; height: 40px }
.fixed { position: fixed; left: 0; top: 0; background: lime }
</style>"""


def pixels(markup: str, *places: tuple[int, int]) -> list[tuple[int, ...]]:
    """The colours of a page at some places."""

    async def shoot() -> bytes:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(100, 80))
            await page.set_content(STYLE + markup)
            return await page.screenshot()

    with Image.open(io.BytesIO(asyncio.run(shoot()))) as picture:
        flat = picture.convert("RGB")
        return [flat.getpixel(place) for place in places]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # A sidebar with a z-index: its fixed contents are over its background.
        (
            "<div style='position:relative;z-index:1;background:red'><div class=fixed></div></div>",
            (0, 255, 0),
        ),
        (
            "<div style='display:flex'><div style='z-index:1;background:red'><div class=fixed></div></div>",
            (0, 255, 0),
        ),
        # ... and under what is over the sidebar.
        (
            "<div style='position:relative;z-index:1'><div class=fixed style='z-index:9'></div></div>"
            "<div style='position:absolute;z-index:2;left:0;top:0;background:blue'></div>",
            (0, 0, 255),
        ),
        # Opacity is of all that is in the context.
        ("<div style='position:relative;opacity:0'><div class=fixed></div></div>", (255, 255, 255)),
        # Clips of boxes that do not contain it are not.
        (
            "<div style='position:relative;z-index:1;overflow:hidden;height:5px'><div class=fixed></div></div>",
            (0, 255, 0),
        ),
    ],
)
def test_a_fixed_box_paints_with_its_stacking_context(content: str, expected: tuple[int, ...]) -> None:
    assert pixels(content, (10, 10)) == [expected]


def test_fine_dotted_lines_have_a_whole_dot_at_both_ends() -> None:
    lines = "".join(
        f"<p style='margin:0 0 1px;width:{width}px;border-top:1px dotted'></p>" for width in (8, 9)
    )
    dots = ["".join("#" if sum(pixels_of) == 0 else "." for pixels_of in row) for row in rows_of(lines)]
    assert dots == ["##.#.#.#.", "#.#.#.#.#"]


def rows_of(lines: str) -> list[list[tuple[int, ...]]]:
    """Nine pixels of two lines."""
    found = pixels(lines, *((x, y) for y in (0, 2) for x in range(9)))
    return [found[:9], found[9:]]


@pytest.mark.parametrize("place", ["tr", "td"])
def test_positioned_parts_of_tables_leave_collapsed_borders_in_sight(place: str) -> None:
    style = (
        f"<style>table{{border-collapse:collapse}} td{{border:4px solid red;width:20px;height:20px}} {place}"
    )
    style += "{position:relative;background:lime}</style>"
    found = pixels(style + "<table><tr><td></td></tr></table>", (10, 3), (10, 5), (3, 10))
    assert found == [(255, 0, 0), (0, 255, 0), (255, 0, 0)]
