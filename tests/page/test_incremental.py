"""What an interaction changes is laid out again, and nothing else; the picture is the one made from nothing."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

import pytest

from minibrowser import Browser
from minibrowser.dom import Element
from minibrowser.dom.mutation import remove_attribute, set_attribute
from minibrowser.page.page import Page
from minibrowser.page.pipeline import Rendering

CARD = (
    "<div class=col><div class=card><div class=head><h3 class=title>Card {0}</h3></div><div class=body>"
    "<span class=avatar></span><div><div class=lead>Name {0}</div><small>Some text about it</small></div>"
    "<a href=# class='btn b{0}'>Go</a>"
    "</div></div></div>"
)
DASHBOARD = (
    "<!doctype html><style>body{margin:0;font:14px/20px Arial}.page{display:flex}nav{width:200px}"
    "main{flex:1;padding:20px}"
    ".row{display:flex;flex-wrap:wrap;margin:-8px}.col{width:25%;padding:8px;box-sizing:border-box}"
    ".card{border:1px solid #ddd;border-radius:4px}.head{padding:8px;border-bottom:1px solid}"
    ".body{display:flex;padding:8px;gap:8px}.avatar{width:32px;height:32px;border-radius:50%;background:#ccc}"
    ".btn{padding:4px 8px;border:1px solid #888}.btn:hover{background:#eee}.col.on .title{color:red;font-size:2em}"
    "input:focus{outline:2px solid blue}label{display:block}"
    ".f{float:left;width:90px;height:50px;background:#fcc}</style>"
    "<div class=page><nav>" + "".join(f"<a href=x{n}>Item {n}</a><br>" for n in range(20)) + "</nav><main><form>"
    "<label>Search <input id=q></label><label><input type=checkbox id=c> tick</label></form><div class=f></div>"
    "<p>text beside a float</p><div class=row>" + "".join(CARD.format(n) for n in range(70)) + "</div></main></div>"
)  # fmt: skip
"""A page of some 1,000 boxes."""


def laid_out(rendering: Rendering) -> int:
    """How many boxes the last layout has laid out."""
    assert rendering._laid_out is not None
    return rendering._laid_out[1].misses


async def measured(page: Page) -> tuple[int, int]:
    """Boxes laid out and styles resolved since the last picture."""
    await page.screenshot()
    rendering = page._laid_out().rendering
    assert rendering._document_styles is not None
    return laid_out(rendering), rendering._document_styles.resolved


async def as_from_nothing(page: Page) -> bool:
    """Whether the page looks as if nothing had been kept."""
    kept = await page.screenshot(full_page=True)
    rendering = page._laid_out().rendering
    rendering.style()
    rendering.forget_layout()
    return kept == await page.screenshot(full_page=True)


def on_dashboard(work: Callable[[Page], Awaitable[None]]) -> None:
    async def run() -> None:
        async with Browser() as browser:
            page = await browser.new_page()
            await page.set_content(DASHBOARD)
            boxes, elements = await measured(page)
            assert boxes > 700
            assert elements > 700
            await work(page)

    asyncio.run(run())


ACTIONS: dict[str, Callable[[Page], Awaitable[object]]] = {
    "fill": lambda page: page.fill("#q", "some text"),
    "hover": lambda page: page.hover(".b1"),
    "check": lambda page: page.check("#c"),
    "focus": lambda page: page.focus("#q"),
    "click": lambda page: page.click("#c"),
}


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_an_interaction_lays_out_fewer_than_a_twentieth_of_the_boxes(name: str) -> None:
    async def work(page: Page) -> None:
        await ACTIONS[name](page)
        boxes, elements = await measured(page)
        assert 0 < boxes < 0.05 * 1100
        assert elements < 0.05 * 750
        assert await as_from_nothing(page)

    on_dashboard(work)


def test_a_class_that_changes_one_card_lays_out_that_card_and_what_is_around_it() -> None:
    async def work(page: Page) -> None:
        card = next(one for one in page.document.descendant_elements() if one.get("class") == "col")
        page._actor._shown()
        set_attribute(card, "class", "col on")
        page._navigator.has_changed = True
        boxes, elements = await measured(page)
        assert 0 < boxes < 0.1 * 1100
        assert elements < 20
        assert await as_from_nothing(page)

    on_dashboard(work)


def test_nothing_changed_is_nothing_laid_out() -> None:
    async def work(page: Page) -> None:
        page._navigator.has_changed = True
        await page.screenshot()
        rendering = page._laid_out().rendering
        assert laid_out(rendering) == 0
        assert rendering.root_fragment is not None

    on_dashboard(work)


STYLES = (
    "", "color:red", "font-size:2em", "width:50px", "float:left", "position:relative;top:5px",
    "position:absolute;top:9px",
    "display:none", "display:flex", "display:inline-block", "overflow:hidden;height:30px", "columns:2", "clear:both",
    "display:contents", "margin:-5px", "transform:rotate(9deg)", "display:grid", "position:sticky;top:0", "opacity:.5",
    "display:table", "padding-top:9px", "z-index:-1;position:relative", "writing-mode:vertical-rl", "height:50%",
)  # fmt: skip


def random_page(chance: random.Random) -> str:
    def inside(depth: int) -> str:
        parts = []
        for _ in range(chance.randint(1, 5)):
            tag = chance.choice(("div", "p", "span", "b", "ul", "li", "table", "td", "section"))
            style = f" style='{chance.choice(STYLES)}'" if chance.random() < 0.6 else ""
            parts.append(f"<{tag}{style}>{inside(depth - 1) if depth else 'some text'}</{tag}>")
        return "".join(parts)

    return f"<!doctype html><style>div{{border:1px solid}}.x{{background:#cfc}}p:hover{{margin:9px}}</style>{inside(3)}"


@pytest.mark.parametrize("seed", range(25))
def test_random_changes_look_as_if_laid_out_from_nothing(seed: int) -> None:
    chance = random.Random(seed)

    def change(element: Element) -> None:
        match chance.randint(0, 3):
            case 0:
                set_attribute(element, "class", "x")
            case 1:
                remove_attribute(element, chance.choice(("class", "style")))
            case _:
                set_attribute(element, "style", chance.choice(STYLES))

    async def run() -> None:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(300, 200))
            await page.set_content(random_page(chance))
            await page.screenshot()
            for _ in range(5):
                page._actor._shown()
                elements = list(page.document.descendant_elements())[4:]
                for _ in range(chance.randint(1, 2)):
                    change(chance.choice(elements))
                page._navigator.has_changed = True
                kept = await page.display_list(full_page=True)
                boxes = await page.boxes()
                rendering = page._laid_out().rendering
                rendering.style()
                rendering.forget_layout()
                assert boxes == await page.boxes()
                assert kept == await page.display_list(full_page=True)

    asyncio.run(run())


def test_blocks_that_move_down_are_not_laid_out_again() -> None:
    html = (
        "<!doctype html><body><details><summary>more</summary><p>and more</p></details>"
        + "<section><p>a paragraph</p><p>another one</p></section>" * 100
    )

    async def run() -> None:
        async with Browser() as browser:
            page = await browser.new_page()
            await page.set_content(html)
            assert (await measured(page))[0] > 300
            before = await page.boxes()
            await page.click("summary")
            boxes, _ = await measured(page)
            assert boxes < 12
            assert before[-1]["y"] != (await page.boxes())[-1]["y"]
            assert await as_from_nothing(page)

    asyncio.run(run())
