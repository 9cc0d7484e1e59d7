"""The shop is rendered again with a cache folder from the first time: by another process in effect, so nothing but the
folder is shared."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("cryptography")
pytest.importorskip("dns")

from minibrowser.browser import Browser
from minibrowser.demo import DemoInternet
from minibrowser.net import NetworkConfig
from minibrowser.page.executor import InlineExecutor
from minibrowser.page.system_fonts import system_fonts
from minibrowser.text.font_context import FontContext
from minibrowser.trace import Recorder
from tests.net.support import run

YEAR = 366 * 86_400.0


class Visit:
    """What a visit asked the edge for, and what came of it."""

    def __init__(self, requests: list[str], recorder: Recorder, picture: bytes) -> None:
        self.requests = requests
        self.picture = picture
        network = [exchange for exchange in recorder.exchanges if exchange.source == "network"]
        self.statuses = {exchange.status for exchange in network}
        self.exchanges = len(recorder.exchanges)
        self.received = sum(max(0, exchange.body_size) for exchange in network)


async def visit(net: DemoInternet, config: NetworkConfig, fonts: FontContext) -> Visit:
    recorder = Recorder()
    before = len(net.secure.requests)
    browser = Browser(network=config, fonts=fonts, executor=InlineExecutor(), recorder=recorder)
    async with browser, await browser.new_context() as context, await context.new_page() as page:
        await page.goto("https://shop.example/")
        picture = await page.screenshot()
        assert [record.error for record in page.resources() if record.error] == []
    return Visit(net.secure.requests[before:], recorder, picture)


@pytest.fixture(scope="module")
def fonts() -> FontContext:
    return FontContext(system_fonts())


def test_what_is_fresh_is_not_asked_for_and_the_rest_only_revalidated(
    tmp_path: Path, fonts: FontContext
) -> None:
    async def main() -> None:
        async with DemoInternet() as net:
            config = replace(net.config(), cache_dir=str(tmp_path))
            first = await visit(net, config, fonts)
            assert len(first.requests) == 15  # page, sheet, font, twelve pictures
            assert first.statuses == {200}
            again = await visit(net, config, fonts)
            assert again.requests == ["GET shop.example/"]
            assert again.statuses <= {304}
            assert again.received == 0
            assert again.picture == first.picture

    run(main())


def test_after_a_year_everything_is_asked_about_and_nothing_sent_again(
    tmp_path: Path, fonts: FontContext
) -> None:
    async def main() -> None:
        async with DemoInternet() as net:
            config = replace(net.config(), cache_dir=str(tmp_path))
            first = await visit(net, config, fonts)
            later = replace(config, clock=lambda: time.time() + 2 * YEAR)
            again = await visit(net, later, fonts)
            assert sorted(again.requests) == sorted(first.requests)
            assert again.statuses <= {304}
            assert again.received == 0
            assert again.picture == first.picture

    run(main())


def test_without_a_folder_everything_is_asked_for_again(fonts: FontContext) -> None:
    async def main() -> None:
        async with DemoInternet() as net:
            first = await visit(net, net.config(), fonts)
            again = await visit(net, net.config(), fonts)
            assert sorted(again.requests) == sorted(first.requests)
            assert again.picture == first.picture

    run(main())
