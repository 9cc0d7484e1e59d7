"""Refreshes: what the value says, and that a page without delay is passed by."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from minibrowser.browser import Browser
from minibrowser.dom import Document
from minibrowser.page.refresh import parse_refresh

DOCUMENT = Document("https://example.org/a/b.html")


@pytest.mark.parametrize(
    ("text", "seconds", "url"),
    [
        ("0; url=c.html", 0, "https://example.org/a/c.html"),
        ("5", 5, "https://example.org/a/b.html"),
        ("1.9;URL='/d'x", 1, "https://example.org/d"),
        ("  3, e", 3, "https://example.org/a/e"),
        ('0;url = "f g"', 0, "https://example.org/a/f%20g"),
        (".5;h", 0, "https://example.org/a/h"),
    ],
)
def test_a_value_names_seconds_and_an_address(text: str, seconds: int, url: str) -> None:
    refresh = parse_refresh(text, DOCUMENT)
    assert refresh is not None
    assert (refresh.seconds, refresh.url) == (seconds, url)


@pytest.mark.parametrize("text", ["", "x", "url=c.html", "0x", "0; url=javascript:alert(1)"])
def test_a_wrong_value_is_none(text: str) -> None:
    assert parse_refresh(text, DOCUMENT) is None


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    refresh = parse_refresh(text, DOCUMENT)
    assert refresh is None or refresh.seconds >= 0


def test_a_refresh_without_delay_is_followed_and_one_with_a_delay_is_not(tmp_path: Path) -> None:
    (tmp_path / "first.html").write_text(
        "<meta http-equiv=refresh content='0;url=second.html'><title>1</title>"
    )
    (tmp_path / "second.html").write_text(
        "<meta http-equiv=refresh content='9;url=third.html'><title>2</title>"
    )

    async def run() -> tuple[str, str]:
        async with Browser() as browser:
            page = await browser.new_page()
            await page.goto(str(tmp_path / "first.html"))
            return await page.title(), page.url.rpartition("/")[2]

    assert asyncio.run(run()) == ("2", "second.html")


def test_pages_that_refresh_in_a_circle_come_to_an_end(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<meta http-equiv=refresh content='0;url=b.html'>")
    (tmp_path / "b.html").write_text("<meta http-equiv=refresh content='0;url=a.html'>")

    async def run() -> int:
        async with Browser() as browser:
            page = await browser.new_page()
            await page.goto(str(tmp_path / "a.html"))
            return len(await page.screenshot())

    assert asyncio.run(run()) > 0
