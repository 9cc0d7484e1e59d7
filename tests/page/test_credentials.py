"""Pages behind a password, forms, and sheets with a digest."""

from __future__ import annotations

import base64
import hashlib

import pytest

from minibrowser import Browser
from minibrowser.net.form_data import form_request
from tests.net.support import Received, Server, answer, replies, run

SHEET = b"body { background: lime }"


def test_a_context_knows_its_password_and_its_pages_resources_get_it_at_once() -> None:
    async def main() -> None:
        async def handle(request: Received) -> bytes:
            if "authorization" not in request.headers:
                return answer(b"no", "401 Unauthorized", www_authenticate="Basic realm=x")
            if request.target == "/s.css":
                return answer(SHEET, content_type="text/css")
            return answer(b"<title>In</title><link rel=stylesheet href=s.css>", content_type="text/html")

        async with Server(handle) as server, Browser() as browser:
            credentials = {"username": "ada", "password": "p", "origin": server.origin}
            page = await browser.new_page(http_credentials=credentials)
            await page.goto(server.origin)
            assert await page.title() == "In"
            assert [request.target for request in server.requests] == ["/", "/", "/s.css"]

    run(main())


def test_a_form_is_submitted_and_its_answer_shown() -> None:
    async def main() -> None:
        async def handle(request: Received) -> bytes:
            if request.method == "POST":
                return answer(status="303 See Other", location="/done")
            return answer(b"<title>Done", content_type="text/html", cache_control="no-store")

        async with Server(handle) as server, Browser() as browser:
            page = await browser.new_page()
            request = form_request(f"{server.origin}/buy", [("n", "2")], method="POST")
            response = await page.submit(request)
            assert (response.url, await page.title()) == (f"{server.origin}/done", "Done")
            assert [(got.method, got.body) for got in server.requests] == [("POST", b"n=2"), ("GET", b"")]
            assert "content-type" not in server.requests[1].headers

    run(main())


@pytest.mark.parametrize(("body", "color"), [(SHEET, (0, 255, 0)), (b"other", (255, 255, 255))])
def test_a_sheet_without_its_digest_is_not_used(body: bytes, color: tuple[int, int, int]) -> None:
    digest = base64.b64encode(hashlib.sha384(body).digest()).decode()
    markup = f'<link rel=stylesheet href=s.css integrity="sha384-{digest}"><p>x'

    async def main() -> None:
        routes = {
            "/": answer(markup.encode(), content_type="text/html"),
            "/s.css": answer(SHEET, content_type="text/css"),
        }
        async with Server(replies(routes)) as server, Browser() as browser:
            page = await browser.new_page(viewport=(50, 50))
            await page.goto(server.origin)
            image = await page.image()
            assert image.convert("RGB").getpixel((40, 40)) == color

    run(main())
