"""What is asked for while the document arrives, and that nothing is asked for twice."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings, strategies as st

from minibrowser.css import MediaContext
from minibrowser.errors import NetworkError
from minibrowser.net import Headers, NetworkConfig, Request, Response
from minibrowser.page.link_header import parse_link_headers
from minibrowser.page.loader import LoadOptions
from minibrowser.page.preloader import Preloader
from minibrowser.page.resources import PageResources, ResourceLoader
from minibrowser.trace import NO_TRACE, Recorder
from tests.net.support import Received, answer, run
from tests.page.support import FONT_FACE, Send, Site, errors, head, page, picture, sheet, visitor

PADDING = "<!-- " + "x" * 1200 + " -->"
"""The encoding is known once a kilobyte is here."""


def test_resources_are_asked_for_before_the_document_has_ended() -> None:
    async def main() -> None:
        async def document(request: Received, send: Send) -> None:
            await send(
                head("text/html") + f"{PADDING}<link rel=stylesheet href=a.css><img src=b.png>".encode()
            )
            await site.asked("/a.css")
            await site.asked("/b.png")
            await send(b"<p>the end")

        async with Site({"/": document}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert site.counts == {"/": 1, "/a.css": 1, "/b.png": 1}
            assert await visit.text() == "the end"

    run(main())


MARKUP = f"""<!doctype html><base href="/x/"><title>t</title>
<link rel=stylesheet href=a.css><link rel=stylesheet href=print.css media=print>
<link rel=preload as=font href=/f.woff2 crossorigin><link rel=preload as=image href=bg.png>
<link rel=preload as=style href=late.css>
<style>@import "i.css"; {FONT_FACE} p {{ font-family: F; background: url(bg.png) }}</style>
<img src="b.png#one"><img src=b.png><img srcset="c1.png 1x, c2.png 2x">
<picture><source media="(width < 10px)" srcset=d1.png><source srcset="d2.png 2x, d3.png"><img src=d4.png></picture>
<img sizes=400px srcset="e1.png 100w, e2.png 500w"><video poster=v.png></video><input type=image src=s.png>
<script src=s.js></script><noscript><img src=n.png></noscript><template><img src=t.png></template>
<p>text"""


def test_nothing_is_asked_for_twice_and_nothing_that_is_not_shown() -> None:
    async def main() -> None:
        routes = {"/": page(MARKUP), "/f.woff2": answer(b"no font", content_type="font/woff2")}
        async with Site(dict(routes)) as site, visitor() as visit:
            await visit.goto(site.origin)
            await visit.screenshot()
            shown = [
                "a.css",
                "i.css",
                "late.css",
                "bg.png",
                "b.png",
                "c1.png",
                "d3.png",
                "e2.png",
                "v.png",
                "s.png",
            ]
            assert site.counts == {"/": 1, "/f.woff2": 1, "/x/n.png": 1} | {f"/x/{name}": 1 for name in shown}

    run(main())


def test_styles_ask_for_pictures_only_where_they_show_them() -> None:
    async def main() -> None:
        markup = (
            "<style>.used{background:url(used.png)}p{background:url(unused.png)}"
            "div{background:url(hidden.png);display:none}q::before{content:url(q.png)}</style>"
            "<a class=used>x</a><div><p>y</div><q>z</q>"
        )
        async with Site({"/": page(markup)}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert site.counts == {"/": 1, "/used.png": 1, "/q.png": 1}

    run(main())


def test_a_font_preloaded_without_crossorigin_is_another_request() -> None:
    async def main() -> None:
        markup = f"<link rel=preload as=font href=/f.woff2><style>{FONT_FACE}p{{font-family:F}}</style><p>x"
        font = answer(b"no font", content_type="font/woff2", cache_control="no-store")
        async with Site({"/": page(markup), "/f.woff2": font}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert site.counts["/f.woff2"] == 2

    run(main())


def test_a_preload_that_nobody_wants_holds_nothing_up() -> None:
    async def main() -> None:
        async def hold(request: Received, send: Send) -> None:
            await asyncio.Event().wait()

        markup = "<link rel=preload as=image href=unused.png><p>x"
        async with Site({"/": page(markup), "/unused.png": hold}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert errors(visit) in ({}, {"unused.png": "cancelled"})

    run(main())


def test_a_policy_in_a_meta_element_goes_for_what_follows() -> None:
    async def main() -> None:
        markup = (
            "<img src=before.png><meta http-equiv=content-security-policy content=\"img-src 'none'; style-src 'none'\">"
            "<img src=after.png><link rel=stylesheet href=after.css><style>p { color: red }</style><p>x"
        )
        async with Site({"/": page(markup)}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert site.counts == {"/": 1, "/before.png": 1}
            refused = errors(visit)
            assert "img-src 'none'" in refused["after.png"]
            assert "style-src 'none'" in refused["after.css"]
            style = (await visit.styles("p"))[0]["styles"]
            assert isinstance(style, dict)
            assert style["color"] == "rgb(0, 0, 0)"

    run(main())


def test_a_base_that_the_policy_forbids_does_not_count() -> None:
    async def main() -> None:
        policy = "base-uri 'none'"
        document = page("<base href=/x/><img src=a.png>", content_security_policy=policy)
        async with Site({"/": document}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert site.counts == {"/": 1, "/a.png": 1}

    run(main())


def test_links_in_the_head_of_the_answer_are_hints() -> None:
    async def main() -> None:
        async def document(request: Received, send: Send) -> None:
            await send(
                head("text/html", "Link: </a.png>; rel=preload; as=image, </x>; rel=preload; as=track")
            )
            await site.asked("/a.png")
            await send(b"<img src=a.png>")

        async with Site({"/": document}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert site.counts == {"/": 1, "/a.png": 1}

    run(main())


def test_early_hints_are_hints() -> None:
    async def main() -> None:
        async def document(request: Received, send: Send) -> None:
            await send(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload; as=style\r\n\r\n")
            await site.asked("/a.css")
            await send(head("text/html", "Content-Security-Policy: img-src 'none'"))
            await send(b"<link rel=stylesheet href=a.css>")

        async with Site({"/": document}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert site.counts == {"/": 1, "/a.css": 1}

    run(main())


def test_a_connection_is_opened_before_it_is_needed() -> None:
    async def main() -> None:
        async with Site({}) as other:

            async def document(request: Received, send: Send) -> None:
                await send(head("text/html") + f"{PADDING}<link rel=preconnect href={other.origin}>".encode())
                await asyncio.wait_for(other.connected.wait(), 20)
                assert other.requests == []
                await send(f"<img src={other.origin}/a.png>".encode())

            async with Site({"/": document}) as site, visitor() as visit:
                await visit.goto(site.origin)
                assert (other.connections, other.targets) == (1, ["/a.png"])

    run(main())


def test_a_name_is_looked_up_before_it_is_needed() -> None:
    async def main() -> None:
        recorder = Recorder()
        network = NetworkConfig(dialer=lambda host, port: ("127.0.0.1", site.port))
        markup = "<link rel=dns-prefetch href=http://names.localhost:99><p>x"
        async with Site({"/": page(markup)}) as site, visitor(recorder, network=network) as visit:
            await visit.goto(site.origin)
            assert site.connections == 1
        names = [span.name for span in recorder.spans if span.kind == "dns"]
        assert "names.localhost" in names

    run(main())


def test_a_sheet_that_has_come_early_still_counts_by_its_media() -> None:
    async def main() -> None:
        markup = (
            "<link rel=stylesheet href=a.css media='(width > 700px)'>"
            "<link rel=stylesheet href=b.css media=print><p>x"
        )
        routes = {"/": page(markup), "/a.css": sheet("p{color:red}"), "/b.css": sheet("p{color:blue}")}
        async with Site(dict(routes)) as site, visitor() as visit:
            await visit.goto(site.origin)
            style = (await visit.styles("p"))[0]["styles"]
            assert isinstance(style, dict)
            assert style["color"] == "rgb(255, 0, 0)"
            assert site.counts == {"/": 1, "/a.css": 1}

    run(main())


def test_text_given_as_such_is_read_ahead_too() -> None:
    async def main() -> None:
        async with Site({"/p.png": picture()}) as site, visitor() as visit:
            await visit.set_content(
                f"<link rel=preload as=image href={site.origin}/p.png><img src={site.origin}/p.png>"
            )
            assert site.counts == {"/p.png": 1}

    run(main())


@pytest.mark.parametrize(
    ("value", "links"),
    [
        ('<a>; rel=preload; as="image"', [{"href": "a", "rel": "preload", "as": "image"}]),
        ("<a>;rel=x,<b>; rel=y", [{"href": "a", "rel": "x"}, {"href": "b", "rel": "y"}]),
        ('<a>; rel="x"; title="a, \\"b\\"; c"; rel=z', [{"href": "a", "rel": "x", "title": 'a, "b"; c'}]),
        (
            "<a>; rel=preload; crossorigin; nopush",
            [{"href": "a", "rel": "preload", "crossorigin": "", "nopush": ""}],
        ),
        ("<a>", []),
        ("<a>; rel=x; anchor=y", []),
        ("a; rel=x", []),
        ('<a>; rel="x', [{"href": "a", "rel": ""}][:0]),
        ("", []),
        (", ,<a> ; rel = x ,", [{"href": "a", "rel": "x"}]),
    ],
)
def test_link_headers_are_read(value: str, links: list[dict[str, str]]) -> None:
    assert parse_link_headers([value]) == links


@pytest.mark.parametrize("part", ["<", "<a>", "<a>;", '<a>; x="', "<a>; rel=x", ",", '"', "<a>; x=\\"])
def test_hostile_link_headers_take_linear_time(part: str) -> None:
    assert len(parse_link_headers([part * 50_000])) <= 100


class _Nowhere(ResourceLoader):
    """Every address leads nowhere."""

    async def fetch(self, request: Request) -> Response:
        raise NetworkError(request.url)


_PIECES = st.lists(
    st.one_of(
        st.binary(max_size=20),
        st.sampled_from(
            (
                b"<link rel=stylesheet href='", b"<link rel=preload as=image href=", b"<img srcset='", b" 2x, ",
                b"'>", b">", b"<base href=", b'<meta http-equiv=content-security-policy content="', b'"',
                b"http://[", b"//x:99999/", b"<meta name=referrer content=", b"<style>@import '", b"';</style>",
                b"<link rel=preconnect href=", b"\xff\xfe", b"<img sizes='(width > 1px) 9vw' src=", b"data:,",
                b"javascript:1", b"\x00", b"<picture><source media='",
            )
        ),
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=150)
@given(
    pieces=_PIECES,
    mime_type=st.sampled_from(("text/html", "", "application/xhtml+xml", "image/svg+xml", "text/plain")),
    charset=st.sampled_from((None, "utf-8", "shift_jis", "utf-16", "nothing")),
    link=st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace").decode("latin-1")),
)
def test_any_document_is_read_ahead(
    pieces: list[bytes], mime_type: str, charset: str | None, link: str
) -> None:
    async def main() -> None:
        resources = PageResources(_Nowhere(), NO_TRACE)
        preloader = Preloader(resources, LoadOptions(MediaContext(800.0, 600.0)), NO_TRACE)
        headers = Headers([("Link", link), ("Link", "<" + link)])
        preloader.early_hints("http://site.example/", headers)
        preloader.begin(
            Response(
                url="http://site.example/",
                url_list=(),
                status=200,
                headers=headers,
                mime_type=mime_type,
                charset=charset,
            )
        )
        for piece in pieces:
            if piece:
                preloader.data(piece)
        assert preloader.finish().url == "http://site.example/"
        await asyncio.sleep(0)
        await resources.close()

    asyncio.run(main())
