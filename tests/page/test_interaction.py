"""What a user does with a page, and the way back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from minibrowser.dom import Element
from minibrowser.errors import NavigationError, UsageError
from minibrowser.page.page import Page
from tests.net.support import Received, answer, run
from tests.page.support import Route, Send, Site, errors, page, visitor

FORM = """<!doctype html><form action=/s method={method} {more}>
<input name=q value=old><input name=p type=password><input type=hidden name=h value="&lt;é&gt;">
<input name=n type=number disabled value=1><fieldset disabled><input name=f value=1></fieldset>
<input type=checkbox name=c><label><input type=checkbox name=c value=two checked> two</label>
<input type=radio name=r value=a checked><input type=radio name=r value=b id=b><label for=b id=l>b</label>
<select name=o><option>one<option value=2>two<option value=3 disabled>three</select>
<select name=m multiple><option selected>x<option>y<option selected>z</select>
<textarea name=t>
some
text</textarea><button name=b value=1>go</button><button name=b value=2 id=second>also</button>
<input type=reset id=reset><input type=image name=i id=image src=i.png><input name=""></form><input name=out form=x>
"""


async def _sent(site: Site) -> str:
    """What the form sent, by GET."""
    return site.targets[-1].partition("?")[2]


def _form(method: str = "get", more: str = "") -> bytes:
    return page(FORM.format(method=method, more=more))


def test_a_form_sends_what_is_written_in_it() -> None:
    async def main() -> None:
        async with Site({"/": _form()}) as site, visitor() as visit:
            await visit.goto(site.origin)
            await visit.click("#second")
            whole = "q=old&p=&h=%3C%C3%A9%3E&c=two&r=a&o=one&m=x&m=z&t=some%0D%0Atext"
            assert await _sent(site) == f"{whole}&b=2"
            assert site.header(site.targets[-1], "referer") == site.origin + "/"
            await visit.go_back()
            await visit.fill("[name=q]", "new words")
            await visit.fill("[name=p]", "secret")
            await visit.fill("textarea", "a\r\nb")
            await visit.check("[name=c]")
            await visit.uncheck("[value=two]")
            await visit.click("#l")
            assert await visit.select_option("[name=o]", "two") == ["2"]
            assert await visit.select_option("[name=m]", ["y", "z"]) == ["y", "z"]
            await visit.press("[name=q]", "Enter")
            assert await _sent(site) == (
                "q=new+words&p=secret&h=%3C%C3%A9%3E&c=on&r=b&o=2&m=y&m=z&t=a%0D%0Ab&b=1"
            )

    run(main())


def test_a_form_is_posted_once_and_not_again_on_the_way_back() -> None:
    async def main() -> None:
        async def redirect(request: Received, send: Send) -> None:
            await send(answer(b"", "303 See Other", location="/done.html", connection="close"))

        routes: dict[str, bytes | Route] = {
            "/": page("<form method=post action=/in><input name=a><button>x</button></form>"),
            "/in": redirect,
            "/done.html": page("<title>done</title><form method=post action=/here><button>y</button></form>"),
            "/here": page("<title>here</title>"),
        }
        async with Site(routes) as site, visitor() as visit:
            await visit.goto(site.origin)
            await visit.fill("input", "1 & 2")
            await visit.click("button")
            post = site.requests[1]
            assert (post.method, post.body) == ("POST", b"a=1+%26+2")
            assert post.headers["content-type"] == "application/x-www-form-urlencoded"
            assert post.headers["origin"] == site.origin
            assert await visit.title() == "done"
            await visit.click("button")
            assert await visit.title() == "here"
            await visit.goto(site.origin + "/end.css")
            with pytest.raises(NavigationError, match="not asked for again"):
                await visit.go_back()
            assert site.counts["/here"] == 1
            assert visit.url.endswith("/end.css")

    run(main())


def test_files_are_sent_in_parts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("content")

    async def main() -> None:
        form = (
            "<form method=post enctype=multipart/form-data><input type=file name=f>"
            "<input type=submit name=s value=x>"
        )
        async with Site({"/": page(form)}) as site, visitor() as visit:
            await visit.goto(site.origin)
            await visit.set_input_files("[type=file]", tmp_path / "a.txt")
            await visit.click("[type=submit]")
            body = site.requests[-1].body
            assert b'name="f"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\ncontent\r\n' in body
            assert b'name="s"\r\n\r\nx\r\n' in body

    run(main())


@pytest.mark.parametrize(
    ("markup", "sent"),
    [
        ("<form action=/s><input name=a required><button>x", False),
        ("<form action=/s novalidate><input name=a required><button>x", True),
        ("<form action=/s><input name=a required><button formnovalidate>x", True),
        ("<form action=/s><input name=a type=email value=x><button>x", False),
        ("<form action=/s method=dialog><button>x", False),
        ("<form action=javascript:1><button>x", False),
        ("<form action=/x><button formaction=/s>x", True),
        ("<form action=/s id=f></form><button form=f>x", True),
        ("<form action=/s><button type=button>x", False),
        (
            "<form action=/s><label><span>y</span><input type=submit hidden></label><button type=reset>x",
            False,
        ),
        ("<button>x", False),
    ],
)
def test_a_form_is_sent_only_when_it_may(markup: str, sent: bool) -> None:
    async def main() -> None:
        async with Site({"/": page(markup)}) as site, visitor() as visit:
            await visit.goto(site.origin)
            await visit.click("button")
            assert [target.startswith("/s") for target in site.targets] == [False] + [True] * sent

    run(main())


def test_a_policy_says_where_forms_may_go() -> None:
    async def main() -> None:
        document = page("<form action=/s><button>x", content_security_policy="form-action 'none'")
        async with Site({"/": document}) as site, visitor() as visit:
            await visit.goto(site.origin)
            await visit.click("button")
            assert site.targets == ["/"]
            assert any("form-action" in words for words in errors(visit).values())

    run(main())


def test_a_label_clicks_its_control_and_a_reset_gives_all_back() -> None:
    async def main() -> None:
        async with Site({"/": _form()}) as site, visitor() as visit:
            await visit.goto(site.origin)
            before = await visit.content()
            await visit.fill("[name=q]", "x")
            await visit.fill("textarea", "y")
            await visit.click("label")  # unticks
            await visit.select_option("[name=o]", "2")
            await visit.click("#b")
            assert await visit.content() != before
            await visit.click("#reset")
            assert await visit.content() == before
            await visit.click("#image")
            assert (await _sent(site)).endswith("t=some%0D%0Atext&i.x=0&i.y=0")

    run(main())


def test_what_has_changed_is_seen() -> None:
    async def main() -> None:
        async with visitor() as visit:
            await visit.set_content(
                "<style>input:checked{width:55px}</style><input type=checkbox>"
                "<details><summary>s</summary>more</details>"
            )

            async def width() -> object:
                return next(box["width"] for box in await visit.boxes() if box["tag"] == "input")

            assert (await width(), await visit.text()) == (13, "s")
            await visit.check("input")
            await visit.click("summary")
            assert (await width(), "more" in await visit.text()) == (55, True)
            await visit.click("input")
            await visit.click("summary")
            assert (await width(), await visit.text()) == (13, "s")

    run(main())


def test_pictures_that_a_change_brings_are_fetched() -> None:
    async def main() -> None:
        markup = "<style>input:checked{background:url(on.png)}</style><input type=checkbox>"
        async with Site({"/": page(markup)}) as site, visitor() as visit:
            await visit.goto(site.origin)
            await visit.screenshot()
            assert site.targets == ["/"]
            await visit.check("input")
            await visit.screenshot()
            assert site.targets == ["/", "/on.png"]

    run(main())


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda visit: visit.click("#none"), "no element matches"),
        (lambda visit: visit.click("[["), "not a selector"),
        (lambda visit: visit.click("[name=n]"), "disabled"),
        (lambda visit: visit.fill("[name=n]", "1"), "disabled"),
        (lambda visit: visit.fill("[name=f]", "1"), "disabled"),
        (lambda visit: visit.fill("button", "1"), "no field"),
        (lambda visit: visit.fill("[name=c]", "1"), "no field"),
        (lambda visit: visit.check("[name=q]"), "neither a checkbox"),
        (lambda visit: visit.uncheck("#b"), "choosing another"),
        (lambda visit: visit.select_option("[name=o]", "4"), "no option"),
        (lambda visit: visit.select_option("[name=o]", "3"), "disabled"),
        (lambda visit: visit.select_option("[name=o]", ["one", "2"]), "one option"),
        (lambda visit: visit.select_option("[name=q]", "4"), "no <select>"),
        (lambda visit: visit.set_input_files("[name=q]", "x"), "no field for files"),
        (lambda visit: visit.press("[name=q]", "a"), "does anything"),
        (lambda visit: visit.press("[name=out]", "Enter"), "in no form"),
    ],
)
def test_what_cannot_be_done_is_told(act: Callable[[Page], Awaitable[object]], words: str) -> None:
    async def main() -> None:
        async with visitor() as visit:
            await visit.set_content(FORM.format(method="get", more=""))
            with pytest.raises(UsageError, match=words):
                await act(visit)

    run(main())


# --- Links and history ----------------------------------------------------------------------------

LINKS = """<title>{title}</title><a href=/b.html id=b><b>b</b></a> <a href=/c.html rel=noreferrer id=c>c</a>
<a href=#here id=here>h</a><a href=javascript:x id=j>j</a><a href=/d download id=d>d</a><a id=none>n</a>"""


def _links(title: str, **headers: str) -> bytes:
    return page(LINKS.format(title=title), **headers)


def test_links_are_followed_with_the_page_as_referrer() -> None:
    async def main() -> None:
        routes = {"/": _links("a"), "/b.html": _links("b"), "/c.html": _links("c")}
        async with Site(dict(routes)) as site, visitor() as visit:
            await visit.goto(site.origin + "/")
            await visit.click("#b b")
            assert (await visit.title(), site.header("/b.html", "referer")) == ("b", site.origin + "/")
            await visit.click("#c")
            assert (await visit.title(), site.header("/c.html", "referer")) == ("c", "")
            for nothing in ("#j", "#d", "#none", "title"):
                await visit.click(nothing)
            await visit.click("#here")
            assert (visit.url, len(site.targets)) == (site.origin + "/c.html#here", 3)

    run(main())


def test_back_and_forward_take_what_the_cache_has_however_old() -> None:
    async def main() -> None:
        stale = {"cache_control": "max-age=0", "etag": '"1"'}
        markup = LINKS + "<img src=i.png>"
        routes = {name: page(markup.format(title=name), **stale) for name in ("/a", "/b.html", "/c.html")}
        async with Site(dict(routes)) as site, visitor() as visit:
            assert await visit.go_back() is None
            assert await visit.reload() is None
            await visit.goto(site.origin + "/a")
            await visit.click("#b")
            await visit.click("#c")
            asked = len(site.targets)
            for step, title in (
                (-1, "/b.html"),
                (-1, "/a"),
                (-1, ""),
                (1, "/b.html"),
                (1, "/c.html"),
                (1, ""),
            ):
                response = await (visit.go_back() if step < 0 else visit.go_forward())
                assert (response is None) == (title == "")
                if response is not None:
                    assert (await visit.title(), response.source) == (title, "cache")
            assert len(site.targets) == asked
            await visit.go_back()
            await visit.goto(site.origin + "/a")
            assert await visit.go_forward() is None  # what was ahead is gone
            await visit.go_back()
            assert await visit.title() == "/b.html"

    run(main())


def test_a_reload_asks_the_server_whether_the_document_has_changed() -> None:
    async def main() -> None:
        document = page("<title>t</title><img src=i.png>", cache_control="max-age=1000", etag='"1"')
        fresh = {
            "/": document,
            "/i.png": answer(b"x", content_type="image/png", cache_control="max-age=1000"),
        }
        async with Site(dict(fresh)) as site, visitor() as visit:
            await visit.goto(site.origin)
            response = await visit.reload()
            assert response is not None
            assert site.counts == {"/": 2, "/i.png": 1}
            assert site.header("/", "if-none-match") == '"1"'

    run(main())


def test_text_given_as_such_is_shown_again_by_a_reload() -> None:
    async def main() -> None:
        async with visitor() as visit:
            await visit.set_content("<title>t</title>")
            assert await visit.reload() is None
            assert await visit.title() == "t"

    run(main())


def test_the_focus_goes_where_the_user_is() -> None:
    async def main() -> None:
        async with visitor() as visit:
            await visit.set_content("<style>:focus{width:77px}</style><input name=a><input name=b>")
            await visit.fill("[name=b]", "x")
            focused = visit.document.interaction.focused
            assert isinstance(focused, Element)
            assert focused.get("name") == "b"
            widths = [box["width"] for box in await visit.boxes() if box["tag"] == "input"]
            assert (widths[0] == 77, widths[1]) == (False, 77)

    run(main())
