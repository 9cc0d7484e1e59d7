"""A customer in the demo's shop: signs in, searches, buys, signs out, with nothing but clicks and typing."""

from __future__ import annotations

import pytest

from minibrowser.browser import Browser
from tests.net.support import run

pytest.importorskip("cryptography")
pytest.importorskip("dns")


def test_a_customer_signs_in_searches_and_orders() -> None:
    from minibrowser.demo import DemoInternet  # noqa: PLC0415 - needs the extra

    async def main() -> None:
        async with DemoInternet() as net, Browser(network=net.config()) as browser:
            page = await browser.new_page()
            await page.goto(net.url)
            await page.click("a.account")
            await page.fill("#who", "ada@shop.example")
            await page.fill("#word", "a wrong one")
            await page.click("form.form button")
            assert "Sign in" in await page.title()
            await page.fill("#who", "ada@shop.example")
            await page.fill("#word", "difference engine")
            await page.press("#word", "Enter")
            await page.click("a.account")
            assert "You are signed in as ada@shop.example" in await page.text()
            await page.fill("#q", "mug")
            await page.click("form.search button")
            assert page.url == "https://shop.example/search?q=mug"
            found = await page.text()
            await page.click("main form[action='/cart'] button")
            await page.click("a.cart")
            assert "Order and pay" in await page.text()
            await page.click("form[action='/checkout'] button")
            assert "Thank you" in await page.text()
            # The answer to the order has an address of its own: going back asks for nothing twice.
            await page.go_back()
            await page.go_back()
            assert "Thank you" not in await page.text()
            await page.click("a.account")
            await page.click("form[action='/sign-out'] button")
            await page.goto("https://shop.example/account")
            assert "difference engine" in await page.text()
            assert "mug" in found.lower()

    run(main())
