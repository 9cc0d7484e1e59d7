"""Answers that are no pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from minibrowser import Browser
from minibrowser.errors import BlockedError, DownloadError, NoContentError
from minibrowser.url import URL
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


@pytest.mark.parametrize("kind", ["file", "data"])
def test_a_web_page_does_not_refresh_to_what_is_on_the_disk_or_in_itself(tmp_path: Path, kind: str) -> None:
    (tmp_path / "secret.html").write_text("<title>Secret")
    target = URL.from_path(str(tmp_path / "secret.html")).href if kind == "file" else "data:text/html,x"

    async def main() -> None:
        refreshing = f'<meta http-equiv=refresh content="0;url={target}">'.encode()
        routes = {
            "/": answer(refreshing, content_type="text/html"),
            "/header": answer(refresh=f"0;url={target}"),
        }
        async with Server(replies(routes)) as server, Browser() as browser:
            page = await browser.new_page()
            for path in routes:
                with pytest.raises(BlockedError, match=f"{server.origin}/.* may not "):
                    await page.goto(server.origin + path)

    run(main())


def test_a_sandboxed_frame_does_not_read_the_disk(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    picture = URL.from_path(str(tmp_path / "secret.svg")).href

    async def main() -> None:
        routes = {
            "/": answer(b"<iframe sandbox src=/frame>", content_type="text/html"),
            "/frame": answer(f"<img src={picture}>".encode(), content_type="text/html"),
        }
        async with Server(replies(routes)) as server, Browser() as browser:
            page = await browser.new_page()
            await page.goto(server.origin)
            [record] = [record for record in page.resources() if record.url == picture]
            assert record.error == f"a document without an origin may not load the local file {picture}"

    run(main())
