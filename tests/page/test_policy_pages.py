"""Policies on whole pages, request for request what Chromium asks for (see `policy_pages`).

CSP with its sources, redirects, inline styles, nonces, hashes and <meta>; referrer policies; CORS, integrity, nosniff;
frames that refuse; mixed content.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("cryptography")

from minibrowser import Browser, NetworkConfig
from minibrowser.net.dns.resolver import Answer, Resolver
from minibrowser.page.executor import InlineExecutor
from minibrowser.page.system_fonts import system_fonts
from minibrowser.text.font_context import FontContext
from tests.net.support import run
from tests.page.policy_pages import PAGES, RECORD, Asked, Internet


@cache
def recorded() -> dict[str, list[Asked]]:
    found = json.loads(RECORD.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def fonts() -> FontContext:
    return FontContext(system_fonts())


class AnyName(Resolver):
    async def resolve(self, host: str) -> Answer:
        return Answer(("93.184.216.34",), 60.0, "test")


def network(internet: Internet, *, secure: bool) -> NetworkConfig:
    def dial(_: str, port: int) -> tuple[str, int]:
        plain = port == 80 or (port == 8080 and not secure)
        return "127.0.0.1", internet.plain.port if plain else internet.secure.port

    return NetworkConfig(dialer=dial, resolver=AnyName(), insecure=True, http2=False)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_what_chromium_asks_for(name: str, fonts: FontContext, tmp_path: Path) -> None:
    page = PAGES[name]

    async def main() -> list[Asked]:
        async with Internet(tmp_path) as internet:
            config = network(internet, secure=page.url.startswith("https:"))
            async with Browser(network=config, fonts=fonts, executor=InlineExecutor()) as browser:
                visit = await browser.new_page(viewport=(1280, 2000))
                await visit.goto(page.url)
                await visit.screenshot()
            return internet.requests()

    asked = run(main())
    assert asked == recorded()[name]


def test_every_page_was_recorded() -> None:
    assert set(recorded()) == set(PAGES)
