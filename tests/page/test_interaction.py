"""The pointer and the focus, as styles see them."""

from __future__ import annotations

import asyncio

import pytest

from minibrowser.browser import Browser
from minibrowser.errors import UsageError

HTML = (
    "<!doctype html><style>a { color: blue } a:hover { color: red } input:focus { color: lime }</style>"
    "<a href=x>x</a><input><p>y</p>"
)


def color(styles: list[dict[str, object]]) -> object:
    values = styles[0]["styles"]
    assert isinstance(values, dict)
    return values["color"]


def test_pointer_and_focus_change_what_is_shown() -> None:
    asyncio.run(_pointer_and_focus())


async def _pointer_and_focus() -> None:
    async with Browser() as browser:
        page = await browser.new_page()
        await page.set_content(HTML)
        assert color(await page.styles("a")) == "rgb(0, 0, 255)"
        before = await page.screenshot()
        await page.hover("a")
        assert color(await page.styles("a")) == "rgb(255, 0, 0)"
        assert await page.screenshot() != before
        await page.focus("input")
        assert color(await page.styles("input")) == "rgb(0, 255, 0)"


def test_what_cannot_have_the_focus_says_so() -> None:
    asyncio.run(_no_focus())


async def _no_focus() -> None:
    async with Browser() as browser:
        page = await browser.new_page()
        await page.set_content(HTML)
        with pytest.raises(UsageError, match="cannot have the focus"):
            await page.focus("p")
        with pytest.raises(UsageError, match="no element"):
            await page.hover("b")
