"""Clicks and the mouse: what a user points at is what is hit there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from minibrowser import Browser
from minibrowser.errors import NotActionableError, UsageError
from minibrowser.page.page import Page
from minibrowser.sync_api import Browser as SyncBrowser

T = TypeVar("T")

BOX = "<!doctype html><style>body{margin:0;font:16px/20px Arial}</style>"


def with_page(html: str, work: Callable[[Page], Awaitable[T]], width: int = 400, height: int = 300) -> T:
    async def run() -> T:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(width, height))
            await page.set_content(html)
            return await work(page)

    return asyncio.run(run())


async def checked(page: Page) -> list[bool]:
    return [
        "checked" in one.attributes for one in page.document.descendant_elements() if one.is_html("input")
    ]


def test_what_lies_over_an_element_intercepts_the_click_and_is_named() -> None:
    html = f"{BOX}<input type=checkbox id=a><div id=veil class='dark glass' style='position:fixed;inset:0'></div>"

    async def work(page: Page) -> tuple[list[bool], list[bool]]:
        with pytest.raises(
            NotActionableError, match='<div id="veil" class="dark glass"> intercepts pointer events'
        ):
            await page.click("#a")
        before = await checked(page)
        await page.click("#a", force=True)
        return before, await checked(page)

    assert with_page(html, work) == ([False], [True])


def test_a_veil_without_pointer_events_lets_the_click_through() -> None:
    html = f"{BOX}<input type=checkbox><div style='position:fixed;inset:0;pointer-events:none'></div>"

    async def work(page: Page) -> list[bool]:
        await page.click("input")
        return await checked(page)

    assert with_page(html, work) == [True]


def test_an_element_far_down_is_scrolled_into_view_past_a_fixed_header() -> None:
    html = (
        f"{BOX}<header style='position:fixed;top:0;left:0;right:0;height:60px'></header>"
        "<div style='height:2000px'></div><input type=checkbox><div style='height:2000px'></div>"
    )

    async def work(page: Page) -> list[bool]:
        await page.click("input")
        return await checked(page)

    assert with_page(html, work) == [True]


def test_an_element_inside_of_a_scroll_container_is_scrolled_into_view() -> None:
    html = (
        f"{BOX}<div style='overflow:auto;height:100px;width:200px'><div style='height:900px;width:900px'></div>"
        "<input type=checkbox style='margin-left:800px'></div>"
        "<p style='position:absolute;top:100px;margin:0;width:400px;height:900px'>below</p>"
    )

    async def work(page: Page) -> list[bool]:
        await page.click("input")
        return await checked(page)

    assert with_page(html, work) == [True]


@pytest.mark.parametrize(
    "style", ["display:none", "visibility:hidden", "width:0;height:0;margin:0;appearance:none;border:0"]
)
def test_what_is_not_shown_cannot_be_clicked(style: str) -> None:
    async def work(page: Page) -> list[bool]:
        with pytest.raises(NotActionableError, match="not visible"):
            await page.click("input")
        await page.click("input", force=True)
        return await checked(page)

    assert with_page(f"{BOX}<input type=checkbox style='{style}'>", work) == [True]


def test_what_is_inside_of_a_button_or_in_a_label_of_the_control_counts_as_it() -> None:
    cover = "position:absolute;left:0;top:0;width:50px;height:50px"
    html = f"{BOX}<label><input type=checkbox><b style='{cover}'></b></label>"

    async def work(page: Page) -> list[bool]:
        await page.click("input")
        return await checked(page)

    assert with_page(html, work) == [True]


def test_a_position_inside_of_the_element_is_clicked() -> None:
    html = (
        f"{BOX}<div id=d style='border:10px solid;width:100px;height:50px;position:relative'>"
        "<label style='position:absolute;left:60px;top:0;width:40px;height:50px'><input type=checkbox></label></div>"
    )

    async def work(page: Page) -> tuple[list[bool], list[bool]]:
        await page.click("#d", position={"x": 5, "y": 5})
        first = await checked(page)
        await page.click("#d", position={"x": 95, "y": 40})
        with pytest.raises(UsageError, match="position needs x and y"):
            await page.click("#d", position={"x": 95})
        return first, await checked(page)

    assert with_page(html, work) == ([False], [True])


def test_the_first_line_of_a_broken_link_is_pointed_at() -> None:
    html = (
        f"{BOX}<style>a:hover{{color:red}}</style><p style='width:100px;margin:0'>some words <a href=x>a link of "
        "more than one line</a> and more</p>"
    )

    async def work(page: Page) -> object:
        await page.hover("a")
        values = (await page.styles("a"))[0]["styles"]
        assert isinstance(values, dict)
        return values["color"]

    assert with_page(html, work) == "rgb(255, 0, 0)"


def test_the_mouse_hovers_presses_and_clicks_by_points() -> None:
    html = (
        f"{BOX}<style>div{{width:50px;height:50px;color:blue}}div:hover{{color:red}}div:active{{color:lime}}</style>"
        "<div id=a></div><div><input type=checkbox style='margin:0;width:20px;height:20px'></div>"
        "<button disabled style='position:absolute;top:100px;left:0;width:50px;height:20px'></button>"
    )

    async def color(page: Page) -> object:
        values = (await page.styles("#a"))[0]["styles"]
        assert isinstance(values, dict)
        return values["color"]

    async def work(page: Page) -> list[object]:
        found: list[object] = [await color(page)]
        await page.mouse.move(20, 20)
        found.append(await color(page))
        await page.mouse.down()
        found.append(await color(page))
        await page.mouse.up()
        await page.mouse.click(10, 60)
        found.append(await color(page))
        found.append(await checked(page))
        await page.mouse.click(10, 110)  # disabled
        await page.mouse.move(-5, 0)
        with pytest.raises(UsageError, match="not down"):
            await page.mouse.up()
        return found

    blue, red, lime = "rgb(0, 0, 255)", "rgb(255, 0, 0)", "rgb(0, 255, 0)"
    assert with_page(html, work) == [blue, red, lime, blue, [True]]


def test_a_click_on_an_area_of_a_map_follows_it(tmp_path: Path) -> None:
    (tmp_path / "there.html").write_text("<title>there</title>", encoding="utf-8")
    picture = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="
    (tmp_path / "map.html").write_text(
        f"{BOX}<img usemap=#m width=100 height=100 src='{picture}'><map name=m>"
        "<area href=there.html shape=circle coords=50,50,20></map>",
        encoding="utf-8",
    )

    async def run() -> list[str]:
        async with Browser() as browser:
            page = await browser.new_page(viewport=(200, 200))
            await page.goto(str(tmp_path / "map.html"))
            await page.mouse.click(5, 5)
            titles = [await page.title()]
            await page.mouse.click(50, 50)
            return [*titles, await page.title()]

    assert asyncio.run(run()) == ["", "there"]


def test_elements_from_point_are_told_as_boxes_are() -> None:
    html = f"{BOX}<div id=a class='b c' style='height:40px'>Some <i>text</i></div>"

    async def work(page: Page) -> tuple[object, ...]:
        found = await page.element_from_point(5, 5)
        return (
            found,
            [one["path"] for one in await page.elements_from_point(5, 5)],
            await page.element_from_point(-1, 5),
        )

    assert with_page(html, work) == (
        {"path": "1/0", "tag": "div", "id": "a", "class": "b c", "text": "Some text",
         "x": 0.0, "y": 0.0, "width": 400.0, "height": 40.0},
        ["1/0", "1", ""],
        None,
    )  # fmt: skip


def test_deep_hits_go_into_frames() -> None:
    html = (
        f"{BOX}<p style='margin:0;height:20px'></p><iframe style='border:10px solid;width:100px;height:100px' "
        "srcdoc=\"<!doctype html><body style='margin:0'><p>x</p><i id=in style='position:absolute;left:30px;top:40px;"
        "width:20px;height:20px'></i>\"></iframe>"
    )

    async def work(page: Page) -> list[object]:
        plain, deep, edge = (
            await page.element_from_point(45, 75),
            await page.element_from_point(45, 75, deep=True),
            await page.element_from_point(5, 75, deep=True),
        )
        assert plain is not None
        assert deep is not None
        assert edge is not None
        return [plain["tag"], deep["tag"], deep["id"], deep["frames"], edge["tag"], "frames" in edge]

    assert with_page(html, work) == ["iframe", "i", "in", ["1/1"], "iframe", False]


def test_metrics_are_those_of_cssom_view() -> None:
    html = (
        f"{BOX}<div id=o style='position:relative;margin:10px;border:5px solid'><div id=a style='overflow:auto;"
        "width:100px;height:50px;padding:7px;border:3px solid;margin:2px'>"
        "<p style='margin:0;width:300px;height:200px'></p></div></div>"
    )

    async def work(page: Page) -> tuple[object, object]:
        return await page.element_metrics("#a"), await page.element_metrics("#none")

    assert with_page(html, work) == (
        {
            "scroll_width": 314, "scroll_height": 214, "client_width": 114, "client_height": 64,
            "client_left": 3, "client_top": 3, "offset_width": 120, "offset_height": 70,
            "offset_left": 2, "offset_top": 2,
        },
        None,
    )  # fmt: skip


def test_the_same_without_await() -> None:
    with SyncBrowser() as browser:
        page = browser.new_page(viewport=(300, 200))
        page.set_content(f"{BOX}<input type=checkbox style='width:20px;height:20px;margin:0'>")
        page.mouse.click(10, 10)
        found = page.element_from_point(10, 10)
        assert found is not None
        assert found["tag"] == "input"
        assert [one["tag"] for one in page.elements_from_point(10, 10)] == ["input", "body", "html"]
        assert page.element_metrics("input") is not None
        with pytest.raises(NotActionableError):
            page.hover("input", position={"x": 500, "y": 0})
