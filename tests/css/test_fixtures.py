"""Pages of our own for what is newer than the web platform tests' snapshot, against what Chromium recorded."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Final

import pytest

from minibrowser.browser import Browser
from minibrowser.css.computed_style import ComputedStyle
from minibrowser.css.serialize import serialize, value_of
from minibrowser.css.values import Color
from minibrowser.dom import Element
from minibrowser.layout.boxes_dump import client_rects
from tests.css.record_fixtures import COLORS, FOLDER, HEIGHT, VALUES, WIDTH

PAGES: Final = sorted(file.stem for file in FOLDER.glob("*.html"))
BOX_TOLERANCE: Final = 1 / 16
"""CSS px: sums of fractions that one engine rounds to 1/64 and the other does not."""
FONT_TOLERANCE: Final = 1.0
"""CSS px for pages whose widths are the text's own."""
OF_TEXT: Final = frozenset(("text-wrap", "min-max-content", "display-two-values", "accent-outline"))


def test_there_are_at_least_sixty_pages_and_each_has_its_record() -> None:
    assert len(PAGES) >= 60
    assert sorted(file.stem for file in FOLDER.glob("*.json")) == PAGES


def bytes_of(style: ComputedStyle, name: str) -> list[int]:
    value = value_of(style, name)
    assert isinstance(value, Color)
    if value.is_current:
        value = style.inherited.color
    red, green, blue, alpha = Color(value.red, value.green, value.blue, value.alpha).rgba8()
    return [red, green, blue, alpha] if alpha else [0, 0, 0, 0]


def rounded(text: str) -> str:
    """Numbers to three digits after the point."""
    return re.sub(r"-?\d+\.\d+", lambda match: f"{float(match.group()):.3g}", text)


async def load(name: str) -> tuple[list[tuple[Element, ComputedStyle | None]], dict[Element, list[float]]]:
    async with Browser() as browser:
        page = await browser.new_page(viewport=(WIDTH, HEIGHT))
        await page.goto((FOLDER / f"{name}.html").as_uri())
        await page.boxes()
        loaded = page._laid_out()
        assert loaded.rendering.styles is not None
        assert loaded.rendering.root_fragment is not None
        styles = loaded.rendering.styles
        body = loaded.document.body
        assert body is not None
        rects = client_rects(loaded.rendering.root_fragment)
        boxes = {element: [rect.x, rect.y, rect.width, rect.height] for element, rect in rects.items()}
        return [(element, styles.style_of(element)) for element in body.descendant_elements()], boxes


@pytest.mark.parametrize("name", PAGES)
def test_boxes_and_computed_values_are_chromiums(name: str) -> None:
    rows = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    elements, boxes = asyncio.run(load(name))
    assert len(elements) == len(rows)
    wrong: list[str] = []
    tolerance = FONT_TOLERANCE if name in OF_TEXT else BOX_TOLERANCE
    for index, ((element, style), row) in enumerate(zip(elements, rows, strict=True)):
        where = f"{index} {element.local_name}"
        box = boxes.get(element, [0.0, 0.0, 0.0, 0.0])
        if any(abs(ours - theirs) > tolerance for ours, theirs in zip(box, row["box"], strict=True)):
            wrong.append(f"{where}: box {box}, Chromium {row['box']}")
        if style is None:
            continue
        for color, theirs in zip(COLORS, row["colors"], strict=True):
            ours = bytes_of(style, color)
            if any(abs(one - other) > 1 for one, other in zip(ours, theirs, strict=True)):
                wrong.append(f"{where}: {color} {ours}, Chromium {theirs}")
        for value, theirs in zip(VALUES, row["values"], strict=True):
            own = serialize(style, value)
            if rounded(own) != rounded(theirs):
                wrong.append(f"{where}: {value} {own}, Chromium {theirs}")
    assert not wrong, "\n".join(wrong)
