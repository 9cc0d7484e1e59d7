"""Hit testing against what Chromium's elementFromPoint and elementsFromPoint said on a grid of points."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest

from minibrowser import Browser
from minibrowser.geometry import Rect
from minibrowser.page.dumps import element_path
from minibrowser.page.figures import FIGURES, element_figures
from minibrowser.page.hit import PageHits
from minibrowser.page.page import Page

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "hit"
T = TypeVar("T")


@cache
def recording() -> Any:
    """For each page the different answers [topmost, all], and which of them the points had, row by row, as pairs of an
    answer's index and how many points in a row have it; and figures of elements."""
    return json.loads((FIXTURES / "answers.json").read_text(encoding="utf-8"))


def on_page(html: str | Path, work: Callable[[Page], T], width: int = 400, height: int = 300) -> T:
    """Do work on a laid out page."""

    async def run() -> T:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(width, height))
            if isinstance(html, Path):
                await page.goto(str(html))
            else:
                await page.set_content(html)
            return work(page)

    return asyncio.run(run())


def hits_of(page: Page) -> PageHits:
    rendering = page._laid_out().rendering
    assert rendering.root_fragment is not None
    size = rendering.viewport
    return PageHits(rendering, rendering.root_fragment, Rect(0.0, 0.0, size.width, size.height))


def shown(element: Any) -> Any:
    """What is inside of an <svg> is the <svg>, here as in the recording."""
    return None if element is None else element_path(element)


@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.glob("*.html")))
def test_points_hit_what_they_hit_in_chromium(name: str) -> None:
    data = recording()
    page = data["pages"][name]
    runs = page["runs"]
    wanted = [index for at in range(0, len(runs), 2) for index in [runs[at]] * runs[at + 1]]

    def work(shown_page: Page) -> list[tuple[object, ...]]:
        hits = hits_of(shown_page)
        wrong: list[tuple[object, ...]] = []
        points = [
            (x, y)
            for y in range(data["first"], data["height"], data["step"])
            for x in range(data["first"], data["width"], data["step"])
        ]
        for (x, y), index in zip(points, wanted, strict=True):
            top, everything = page["answers"][index]
            found = shown(hits.element_at(x, y)), [shown(one) for one in hits.elements_at(x, y)]
            if found != (top, everything):
                wrong.append((x, y, top, everything, *found))
        return wrong

    wrong = on_page(FIXTURES / name, work, data["width"], data["height"])
    assert len(wrong) <= 0.005 * len(wanted), wrong[:5]


def test_a_point_looks_at_a_small_part_of_a_long_page() -> None:
    rows = "".join(f"<div><b>{n}</b> <i>x</i></div>" for n in range(2000))

    def work(page: Page) -> tuple[str | None, int, int]:
        hits = hits_of(page)
        assert page.document.root is not None
        found = hits.element_at(10, 790)
        return (found.local_name if found else None), hits.tester.looked_at, hits.tester.item_count

    name, looked_at, count = on_page(f"<!doctype html>{rows}", work, 400, 40_000 // 2)
    assert name == "b"
    assert count > 2000
    assert looked_at < 0.05 * count


def test_the_worst_case_is_linear() -> None:
    piled = "<p style='position:absolute;inset:0;margin:0'></p>" * 500

    def work(page: Page) -> tuple[int, int, int]:
        hits = hits_of(page)
        return len(hits.elements_at(50, 50)), hits.tester.looked_at, hits.tester.item_count

    found, looked_at, count = on_page(f"<!doctype html>{piled}", work)
    assert found == 501  # the body has no height
    assert looked_at < 3 * count


def test_outside_of_the_viewport_nothing_is_hit() -> None:
    def work(page: Page) -> list[object]:
        hits = hits_of(page)
        return [
            hits.element_at(*point) for point in ((-1, 5), (5, -1), (400, 5), (5, 300), (float("nan"), 5))
        ]

    assert on_page("<!doctype html><p>x</p>", work) == [None] * 5


def test_a_box_moved_into_sight_by_a_transform_is_hit_and_painted() -> None:
    html = (
        "<!doctype html><body style='margin:0'><p style='position:absolute;top:9000px;left:0;margin:0;width:50px;"
        "height:50px;background:red;transform:translateY(-9000px)'></p>"
    )

    async def run() -> tuple[object, object]:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(100, 100))
            await page.set_content(html)
            picture = await page.image()
            found = hits_of(page).element_at(20, 20)
            return (found.local_name if found else None), picture.getpixel((20, 20))

    assert asyncio.run(run()) == ("p", (255, 0, 0))


def test_text_of_controls_and_of_generated_content_is_of_its_element() -> None:
    html = (
        "<!doctype html><style>body{margin:0;font:20px/20px Arial}q::before{content:'before';display:block}"
        "input{display:block;border:0;padding:0;height:20px}</style><input value=text><q>x</q>"
    )

    def work(page: Page) -> list[str]:
        hits = hits_of(page)
        return [found.local_name for y in (10, 30) if (found := hits.element_at(5, y)) is not None]

    assert on_page(html, work) == ["input", "q"]


@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.glob("*.html")))
def test_figures_of_elements_are_chromiums(name: str) -> None:
    data = recording()

    def work(page: Page) -> tuple[int, list[object]]:
        rendering = page._laid_out().rendering
        by_path = {element_path(one): one for one in page.document.descendant_elements()}
        count, wrong = 0, list[object]()
        for path, wanted, parent in data["pages"][name]["figures"]:
            found = element_figures(rendering, by_path[path])
            assert found is not None
            for key, value in zip(FIGURES, wanted, strict=True):
                count += 1
                if found[0][key] != value:
                    wrong.append((path, key, value, found[0][key]))
            if shown(found[1]) != parent:
                wrong.append((path, "offset parent", parent, shown(found[1])))
        return count, wrong

    count, wrong = on_page(FIXTURES / name, work, data["width"], data["height"])
    assert len(wrong) <= 0.02 * count, wrong
