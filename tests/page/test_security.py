"""Whose requests they are: referrers, sites, policies, frames."""

from __future__ import annotations

import pytest

from minibrowser.errors import NetworkError
from minibrowser.net import Request, Response
from minibrowser.page.client import FetchClient
from minibrowser.page.page import Page
from minibrowser.page.resources import PageResources, ResourceLoader
from minibrowser.trace import NO_TRACE
from tests.net.support import answer, run
from tests.page.support import FONT_FACE, Site, errors, page, sheet, visitor


async def _pixel(visit: Page, x: int, y: int) -> object:
    image = await visit.image()
    return image.convert("RGB").getpixel((x, y))


def test_requests_name_the_document_or_the_sheet_that_asks() -> None:
    async def main() -> None:
        routes = {
            "/d/": page(
                "<link rel=stylesheet href=/s/a.css><img src=i.png><style>@import '/s/c.css';</style><p>x"
                "<iframe src=f.html></iframe>"
            ),
            "/s/a.css": sheet(f"@import 'b.css'; {FONT_FACE} p{{font-family:F;background:url(bg.png)}}"),
        }
        async with Site(dict(routes)) as site, visitor() as visit:
            await visit.goto(site.origin + "/d/", referer="http://127.0.0.1:1/secret")
            sent = {
                target: site.header(target, "referer").removeprefix(site.origin) for target in site.targets
            }
            assert sent == {
                "/d/": "http://127.0.0.1:1/",
                "/s/a.css": "/d/",
                "/d/i.png": "/d/",
                "/s/c.css": "/d/",
                "/s/b.css": "/s/a.css",
                "/s/bg.png": "/s/a.css",
                "/f.woff2": "/s/a.css",
                "/d/f.html": "/d/",
            }

    run(main())


@pytest.mark.parametrize(
    ("headers", "meta", "attribute", "referrer"),
    [
        ({}, "", "", "/d/"),
        ({"referrer_policy": "no-referrer"}, "", "", ""),
        ({"referrer_policy": "no-referrer"}, "origin", "", "/"),
        ({}, "no-referrer", "", ""),
        ({}, "no-referrer", "unsafe-url", "/d/"),
        ({}, "", "origin", "/"),
    ],
)
def test_a_policy_says_what_a_referrer_tells(
    headers: dict[str, str], meta: str, attribute: str, referrer: str
) -> None:
    async def main() -> None:
        markup = f"<meta name=referrer content='{meta}'><img src=a.png referrerpolicy='{attribute}'>"
        async with Site({"/d/": page(markup, **headers)}) as site, visitor() as visit:
            await visit.goto(site.origin + "/d/")
            assert site.header("/d/a.png", "referer").removeprefix(site.origin) == referrer

    run(main())


def test_an_inline_document_is_of_the_one_around_it() -> None:
    async def main() -> None:
        inner = "<base href=/x/><link rel=stylesheet href=a.css><img src=a.png>"
        markup = f'<meta name=referrer content=origin><iframe srcdoc="{inner}"></iframe>'
        policy = "img-src 'none'"
        async with Site({"/": page(markup, content_security_policy=policy)}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert site.targets == ["/", "/x/a.css"]
            assert site.header("/x/a.css", "referer") == site.origin + "/"
            assert policy in errors(visit)["a.png"]

    run(main())


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({"x_frame_options": "DENY"}, "X-Frame-Options: DENY"),
        ({"content_security_policy": "frame-ancestors 'none'"}, "frame-ancestors 'none'"),
        ({"x_frame_options": "SAMEORIGIN"}, ""),
    ],
)
def test_a_document_may_forbid_to_be_framed(headers: dict[str, str], words: str) -> None:
    async def main() -> None:
        markup = "<style>body{margin:0}iframe{border:0;display:block}</style><iframe src=f.html></iframe>"
        frame = page("<body style='background:lime'>", **headers)
        async with Site({"/": page(markup), "/f.html": frame}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert await _pixel(visit, 10, 10) == ((255, 255, 255) if words else (0, 255, 0))
            assert words in errors(visit).get("f.html", "")

    run(main())


def test_a_frame_that_the_policy_forbids_is_not_asked_for() -> None:
    async def main() -> None:
        document = page("<iframe src=f.html></iframe>", content_security_policy="frame-src 'none'")
        async with Site({"/": document}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert site.targets == ["/"]
            assert "frame-src 'none'" in errors(visit)["f.html"]

    run(main())


def test_an_error_page_in_a_frame_is_shown() -> None:
    async def main() -> None:
        markup = "<style>body{margin:0}iframe{border:0;display:block}</style><iframe src=f.html></iframe>"
        frame = answer(b"<body style='background:lime'>", "404 Not Found", content_type="text/html")
        async with Site({"/": page(markup), "/f.html": frame}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert await _pixel(visit, 10, 10) == (0, 255, 0)

    run(main())


def test_a_page_in_itself_ends() -> None:
    async def main() -> None:
        inner = "<iframe src=/></iframe><iframe src=a.html#x></iframe>"
        routes = {"/": page("<iframe src=a.html></iframe>"), "/a.html": page(inner)}
        async with Site(dict(routes)) as site, visitor() as visit:
            await visit.goto(site.origin + "/")
            assert site.targets == ["/", "/a.html"]

    run(main())


def test_a_document_in_a_sandbox_is_of_no_origin() -> None:
    async def main() -> None:
        frame = page(f"<style>{FONT_FACE}p{{font-family:F}}</style><p>x")
        markup = "<iframe src=f.html sandbox></iframe>"
        async with Site({"/": page(markup), "/f.html": frame}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert site.header("/f.woff2", "origin") == "null"
            assert errors(visit)["f.woff2"] != ""

    run(main())


def test_fonts_of_another_origin_need_its_leave() -> None:
    async def main() -> None:
        routes = {"/no.woff2": answer(b"x"), "/yes.woff2": answer(b"x", access_control_allow_origin="*")}
        async with Site(dict(routes)) as other:
            faces = "".join(
                f"@font-face{{font-family:{name};src:url({other.origin}/{name}.woff2)}}"
                for name in ("no", "yes")
            )
            markup = f"<style>{faces}p{{font-family:no}}b{{font-family:yes}}</style><p>x<b>y</b>"
            async with Site({"/": page(markup)}) as site, visitor() as visit:
                await visit.goto(site.origin)
                assert other.header("/no.woff2", "origin") == site.origin
                assert list(errors(visit)) == ["no.woff2"]

    run(main())


def test_a_sheet_of_another_type_is_not_used_where_sniffing_is_forbidden() -> None:
    async def main() -> None:
        css = answer(b"p{color:red}", content_type="text/plain", x_content_type_options="nosniff")
        document = page("<link rel=stylesheet href=a.css><p>x")
        async with Site({"/": document, "/a.css": css}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert "nosniff" in errors(visit)["a.css"]

    run(main())


def test_inline_styles_count_where_the_policy_knows_them() -> None:
    async def main() -> None:
        markup = "<style nonce=abc>p{color:red}</style><style>p{color:blue}</style><p style='width:50px'>x"
        document = page(markup, content_security_policy="style-src 'nonce-abc'")
        async with Site({"/": document}) as site, visitor() as visit:
            await visit.goto(site.origin)
            style = (await visit.styles("p"))[0]["styles"]
            assert isinstance(style, dict)
            assert (style["color"], style["width"]) == ("rgb(255, 0, 0)", "auto")

    run(main())


def test_a_local_page_reads_files_and_a_web_page_does_not() -> None:
    async def main() -> None:
        markup = "<iframe src='file:///etc/hostname' sandbox></iframe><img src='file:///etc/x.png'>"
        async with Site({"/": page(markup)}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert set(errors(visit)) == {"hostname", "x.png"}

    run(main())


def test_documents_in_frames_are_of_the_site_at_the_top() -> None:
    async def main() -> None:
        top = Response(url="https://top.example/", url_list=(), status=200)
        frame = Response(url="https://frame.example/", url_list=(), status=200)
        resources = PageResources(_Nothing(), NO_TRACE)
        client = FetchClient.of_response(resources, NO_TRACE, top)
        inner = client.for_frame(frame, {})
        assert inner is not None
        innermost = inner.for_srcdoc({})
        found = [one.request("https://x.example/a", "image") for one in (client, inner, innermost)]
        assert [(request.top_level, request.initiator, request.referrer) for request in found] == [
            ("", top.url, top.url),
            (top.url, frame.url, frame.url),
            (top.url, frame.url, frame.url),
        ]
        boxed = client.for_srcdoc({"sandbox": ""}).request("https://x.example/a", "font")
        assert not boxed.initiator.startswith("https:")

    run(main())


class _Nothing(ResourceLoader):
    """Nobody to ask."""

    async def fetch(self, request: Request) -> Response:
        raise NetworkError(request.url)
