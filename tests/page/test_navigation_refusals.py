"""Answers that are no pages."""

from __future__ import annotations

import pytest

from minibrowser import Browser
from minibrowser.errors import DownloadError, NoContentError
from tests.net.support import Server, answer, replies, run

ROUTES = {
    "/page": answer(b"<title>Page</title>", content_type="text/html"),
    "/saved": answer(
        b"<p>x", content_type="text/html", content_disposition='attachment; filename="a b.html"'
    ),
    "/archive.zip": answer(b"PK\x03\x04", content_type="application/zip"),
    "/nothing": answer(status="204 No Content"),
}


def test_a_download_is_told_with_its_name() -> None:
    async def main() -> None:
        async with Server(replies(ROUTES)) as server, Browser() as browser:
            page = await browser.new_page()
            with pytest.raises(
                DownloadError, match=r"/saved: a download, not a page: a b\.html \(text/html\)"
            ) as info:
                await page.goto(f"{server.origin}/saved")
            assert info.value.filename == "a b.html"
            with pytest.raises(DownloadError, match="cannot show a document of type application/zip") as info:
                await page.goto(f"{server.origin}/archive.zip")
            assert info.value.filename == "archive.zip"

    run(main())


def test_an_answer_without_content_leaves_the_page_as_it_was() -> None:
    async def main() -> None:
        async with Server(replies(ROUTES)) as server, Browser() as browser:
            page = await browser.new_page()
            await page.goto(f"{server.origin}/page")
            with pytest.raises(NoContentError, match="/nothing: status 204: the server has nothing to show"):
                await page.goto(f"{server.origin}/nothing")
            assert (await page.title(), page.url) == ("Page", f"{server.origin}/page")

    run(main())
