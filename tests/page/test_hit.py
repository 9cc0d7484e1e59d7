"""Hit testing against what Chromium's elementFromPoint and elementsFromPoint said on a grid of points."""

from __future__ import annotations

import asyncio
import json
import random
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


WILD = (
    "transform:scale(1e9)", "transform:scale(0)", "transform:matrix3d(1,0,0,.1,0,1,0,.1,0,0,1,1,0,0,0,0)",
    "width:1e30px",
    "transform:rotateY(90deg)", "perspective:1px", "transform-style:preserve-3d", "transform:translateZ(1e6px)",
    "position:fixed;inset:-1e9px", "clip-path:polygon(0 0,1e9px 0,0 1e9px)", "clip-path:circle(0)",
    "border-radius:1e9px", "overflow:hidden", "overflow:clip", "contain:strict", "float:left;margin:-1e8px",
    "position:absolute;z-index:2147483647",
    "opacity:0", "backface-visibility:hidden;transform:rotateX(180deg)", "columns:9", "writing-mode:vertical-lr",
    "transform:matrix(nan,0,0,1,0,0)", "transform:skew(89.9999deg)", "display:contents", "position:sticky;top:-1e9px",
    "clip:rect(9px,1px,1px,9px);position:absolute", "zoom:1e9", "scale:-1", "rotate:x 1e9deg", "pointer-events:none",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_points_of_hostile_pages_hit_something_of_the_page(seed: int) -> None:
    chance = random.Random(seed)

    def inside(depth: int) -> str:
        style = ";".join(chance.sample(WILD, chance.randint(0, 3)))
        tag = chance.choice(("div", "span", "b", "td", "p"))
        content = "".join(inside(depth - 1) for _ in range(chance.randint(1, 3))) if depth else "text"
        return f"<{tag} style='{style}'>{content}</{tag}>"

    def work(page: Page) -> list[str]:
        hits = hits_of(page)
        known = set(page.document.descendant_elements())
        wrong = []
        for x in range(0, 400, 23):
            for y in range(0, 300, 23):
                every = hits.elements_at(x, y)
                if hits.element_at(x, y) not in known or not every or not known.issuperset(every):
                    wrong.append(f"{x}, {y}")
        return wrong

    assert on_page(f"<!doctype html>{inside(4)}", work) == []


def test_the_deepest_pages_are_hit_to_their_bottom() -> None:
    depth = 500
    nested = "<div style='position:relative;z-index:0'>" * depth + "<i>x</i>"

    def work(page: Page) -> tuple[str, int]:
        hits = hits_of(page)
        found = hits.element_at(10, 15)
        return (found.local_name if found else ""), len(hits.elements_at(10, 15))

    name, count = on_page(f"<!doctype html>{nested}", work)
    assert name == "i"
    assert count > depth
