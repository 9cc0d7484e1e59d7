"""Ends: of pages, navigations and callers, at any moment. Nothing is left, and what comes after works."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from minibrowser.browser import Browser
from minibrowser.errors import ClosedError, NavigationError
from minibrowser.page.executor import InlineExecutor
from minibrowser.page.page import Page
from tests.net.support import run
from tests.page.support import FONT_FACE, Site, engine_tasks, never, page, picture, sheet, visitor

MARKUP = f"""<link rel=stylesheet href=a.css><link rel=preconnect href=/><style>{FONT_FACE}p{{font-family:F}}</style>
<img src=b.png><img src=c.png loading=lazy><iframe src=d.html></iframe><p>x"""
INNER = "<link rel=stylesheet href=g.css><p>y"
ROUTES = {
    "/": page(MARKUP),
    "/a.css": sheet("p{color:red;background:url(e.png)}"),
    "/d.html": page(INNER),
    **{f"/d.html?{i}": page(INNER) for i in range(5)},
    "/f.woff2": picture(),
}


async def _until(is_so: Callable[[], bool]) -> None:
    """Wait for what the other side of a socket does."""
    async with asyncio.timeout(20):
        while not is_so():  # noqa: ASYNC110 - there is nobody to set an event
            await asyncio.sleep(0)


ENDS: dict[str, tuple[Callable[[Page], Awaitable[object]], type[Exception], str]] = {
    "the page is closed": (lambda visit: visit.close(), ClosedError, "closed"),
    "its context is closed": (lambda visit: visit.context.close(), ClosedError, "closed"),
    "its browser is closed": (lambda visit: visit.context.browser.close(), ClosedError, "closed"),
    "another navigation begins": (lambda visit: visit.set_content("<p>z"), NavigationError, "interrupted"),
}


@pytest.mark.parametrize("held", ["/", "/a.css", "/b.png", "/d.html", "/f.woff2", "/g.css"])
@pytest.mark.parametrize("end", list(ENDS))
def test_a_navigation_ends_when(end: str, held: str) -> None:
    act, error, words = ENDS[end]

    async def main() -> None:
        async with Site({**ROUTES, held: never}) as site, visitor() as visit:
            going = asyncio.create_task(visit.goto(site.origin))
            await site.asked(held)
            await act(visit)
            with pytest.raises(error, match=words):
                await going
            await _until(lambda: site.aborted == [held])
            if error is NavigationError:
                assert await visit.text() == "z"

    run(main())


def test_a_caller_that_is_cancelled_leaves_nothing() -> None:
    async def main() -> None:
        async with Site({**ROUTES, "/b.png": never}) as site, visitor() as visit:
            going = asyncio.create_task(visit.goto(site.origin))
            await site.asked("/b.png")
            going.cancel()
            with pytest.raises(asyncio.CancelledError):
                await going
            await _until(lambda: site.aborted == ["/b.png"])
            # Connections that are closed say goodbye for a moment.
            assert {task.get_name().split()[0] for task in engine_tasks()} <= {"close"}

    run(main())


def test_a_navigation_may_be_cancelled_at_any_step() -> None:
    async def main() -> None:
        steps = 0
        async with Site(dict(ROUTES)) as site, Browser(executor=InlineExecutor()) as browser:
            is_done = False
            while not is_done:
                context = await browser.new_context(viewport=(100, 100))
                visit = await context.new_page()
                going = asyncio.create_task(visit.goto(site.origin))
                for _ in range(steps):
                    if going.done():
                        break
                    await asyncio.sleep(0)
                is_done = going.done()
                going.cancel()
                if is_done:
                    assert (await going).status == 200
                else:
                    with pytest.raises(asyncio.CancelledError):
                        await going
                # What comes after works as if nothing had been.
                await visit.set_content("<p>z")
                assert await visit.text() == "z"
                await context.close()
                steps += 1 + steps // 16
                assert engine_tasks() == set()
        assert steps > 30

    run(main())


def test_closing_twice_and_at_once_is_no_error() -> None:
    async def main() -> None:
        async with Site({**ROUTES, "/a.css": never}) as site, visitor() as visit:
            going = asyncio.create_task(visit.goto(site.origin))
            await site.asked("/a.css")
            await asyncio.gather(visit.close(), visit.close(), visit.context.close())
            with pytest.raises(ClosedError):
                await going
            with pytest.raises(ClosedError):
                await visit.goto(site.origin)
            with pytest.raises(ClosedError):
                await visit.reload()

    run(main())


def test_of_two_navigations_the_last_one_counts() -> None:
    async def main() -> None:
        async with Site({**ROUTES, "/b.png": never}) as site, visitor() as visit:
            first = asyncio.create_task(visit.goto(site.origin))
            await site.asked("/b.png")
            await visit.goto(site.origin + "/d.html")
            with pytest.raises(NavigationError, match=r"interrupted by loading http.*d\.html"):
                await first
            assert visit.url.endswith("/d.html")

    run(main())


def test_of_many_navigations_at_once_one_is_left() -> None:
    async def main() -> None:
        async with Site({**ROUTES, "/b.png": never}) as site, visitor() as visit:
            first = asyncio.create_task(visit.goto(site.origin))
            await site.asked("/b.png")
            others = [asyncio.create_task(visit.goto(f"{site.origin}/d.html?{i}")) for i in range(5)]
            ends = await asyncio.gather(first, *others, return_exceptions=True)
            failed = [end for end in ends if isinstance(end, NavigationError)]
            assert len(failed) == 5
            assert await visit.text() == "y"

    run(main())


def test_a_navigation_that_fails_leaves_the_page_as_it_was() -> None:
    async def main() -> None:
        async with Site(dict(ROUTES)) as site, visitor() as visit:
            await visit.goto(site.origin + "/d.html")
            with pytest.raises(NavigationError):
                await visit.goto("http://127.0.0.1:1")
            assert await visit.text() == "y"
            assert visit.url.endswith("/d.html")
            assert [record.error != "" for record in visit.resources()] == [True]

    run(main())
