"""What a page asks for, in which order, and what it goes without."""

from __future__ import annotations

import asyncio

import pytest

from minibrowser.errors import TimeoutExceeded, UsageError
from minibrowser.net import Priority, Request
from minibrowser.page.client import priority_of
from minibrowser.page.scheduler import Job, Load, ResourceScheduler, next_job, rank
from minibrowser.trace import Recorder
from tests.net.support import Received, answer, run
from tests.page.support import (
    FONT_FACE,
    PIXEL,
    Route,
    Send,
    Site,
    errors,
    head,
    layouts,
    never,
    page,
    picture,
    sheet,
    visitor,
)  # fmt: skip

# --- Order ----------------------------------------------------------------------------------------


def _jobs(*priorities: Priority, host: str = "a") -> list[Job]:
    return [Job(host, priority, order) for order, priority in enumerate(priorities)]


def _started(waiting: list[Job], running: list[Job]) -> list[int]:
    """The orders of the jobs that start beside those that run."""
    load = Load()
    for job in running:
        load.add(job)
    queues: dict[str, list[Job]] = {}
    for job in sorted(waiting, key=rank):
        queues.setdefault(job.host, []).append(job)
    started = []
    while (ready := next_job(queues, load)) is not None:
        queues[ready.host].remove(ready)
        load.add(ready)
        started.append(ready.order)
    return started


def test_what_cannot_wait_starts_at_once_and_the_most_urgent_first() -> None:
    waiting = _jobs(Priority.LOW, Priority.HIGH, Priority.HIGHEST, Priority.MEDIUM)
    assert _started(waiting, []) == [2, 1, 3, 0]
    busy = [Job("a", Priority.LOW, 100 + i) for i in range(10)]
    assert _started(waiting, busy) == [2, 1]


def test_pictures_go_out_ten_at_a_time_and_six_to_one_host() -> None:
    many = _jobs(*[Priority.LOW] * 20)
    assert _started(many, []) == [0, 1, 2, 3, 4, 5]
    others = [Job("b", Priority.LOW, 100 + i) for i in range(20)]
    assert len(_started([*many, *others], [])) == 10
    assert len(_started(many, [Job("b", Priority.LOW, i) for i in range(7)])) == 3
    assert _started(many, [Job("a", Priority.LOW, i) for i in range(6)]) == []


def test_while_a_sheet_blocks_the_rendering_one_picture_is_fetched() -> None:
    sheet_job = Job("a", Priority.HIGHEST, 0, is_blocking=True)
    pictures = [Job("a", Priority.LOW, 1 + i) for i in range(5)]
    assert _started([sheet_job, *pictures], []) == [0, 1]
    assert _started(pictures[1:], [sheet_job, pictures[0]]) == []
    assert len(_started(pictures[1:], [pictures[0]])) == 4


def test_nothing_waits_for_a_host_that_multiplexes() -> None:
    async def main() -> None:
        scheduler = ResourceScheduler()
        jobs = [scheduler.job(Request(url="x:", destination="image"), "a") for _ in range(20)]
        tasks = [asyncio.create_task(scheduler.acquire(job)) for job in jobs]
        await asyncio.sleep(0)
        assert sum(task.done() for task in tasks) == 6
        scheduler.note_multiplexed("a")
        await asyncio.gather(*tasks)
        for job in jobs:
            scheduler.release(job)
        many = [scheduler.job(Request(url="x:", destination="image"), "b") for _ in range(7)]
        assert [scheduler.must_wait(job) for job in many] == [False] * 7
        for job in many[:6]:
            await scheduler.acquire(job)
        assert scheduler.must_wait(many[6])

    run(main())


def test_a_job_that_waits_can_be_raised_or_withdrawn() -> None:
    async def main() -> None:
        scheduler = ResourceScheduler()
        running = [scheduler.job(Request(url="x:", destination="image"), "a") for _ in range(6)]
        for job in running:
            await scheduler.acquire(job)
        waiting = [scheduler.job(Request(url="x:", destination="image"), "a") for _ in range(3)]
        assert all(scheduler.must_wait(job) for job in waiting)
        tasks = [asyncio.create_task(scheduler.acquire(job)) for job in waiting]
        await asyncio.sleep(0)
        assert scheduler.raise_priority(waiting[2], Priority.HIGH)
        await asyncio.sleep(0)
        assert [task.done() for task in tasks] == [False, False, True]
        assert not scheduler.raise_priority(waiting[2], Priority.HIGHEST)
        tasks[0].cancel()
        scheduler.release(running[0])
        await asyncio.gather(*tasks, return_exceptions=True)
        assert tasks[0].cancelled()
        # The one that was cancelled as it got its turn has given it on.
        assert tasks[1].done()
        for job in (*running[1:], *waiting[1:]):
            scheduler.release(job)

    run(main())


@pytest.mark.parametrize(
    ("destination", "hint", "is_preload", "priority"),
    [
        ("style", "", False, Priority.HIGHEST),
        ("style", "low", False, Priority.HIGH),
        ("font", "", False, Priority.HIGHEST),
        ("font", "", True, Priority.HIGH),
        ("image", "", False, Priority.LOW),
        ("image", "HIGH", False, Priority.HIGH),
        ("image", "low", False, Priority.LOW),
        ("image", "auto", False, Priority.LOW),
        ("script", "", False, Priority.HIGH),
        ("script", "low", False, Priority.LOW),
        ("iframe", "", False, Priority.HIGHEST),
    ],
)
def test_priorities_are_chromiums(destination: str, hint: str, is_preload: bool, priority: Priority) -> None:
    assert priority_of(destination, hint, is_preload=is_preload) is priority


def test_sheets_are_asked_for_before_pictures_that_stand_before_them() -> None:
    async def main() -> None:
        images = "".join(f"<img src={i}.png>" for i in range(20))
        late: list[str] = []

        async def slow(request: Received, send: Send) -> None:
            late.extend(target for target in site.targets if target.endswith(".png"))
            await send(sheet("p{color:red}", connection="close"))

        markup = f"{images}<link rel=stylesheet href=a.css><p>x"
        async with Site({"/": page(markup), "/a.css": slow}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert len(late) <= 6  # those that had started before the sheet was known
            assert len(site.targets) == 22

    run(main())


def test_the_first_pictures_that_are_not_small_go_before_the_others() -> None:
    async def main() -> None:
        small = "".join(f"<img src=s{i}.png width=20 height=20>" for i in range(3))
        more = "".join(f"<img src=m{i}.png>" for i in range(7))
        async with Site({"/": page(small + more + "<img src=m0.png>")}) as site, visitor() as visit:
            await visit.goto(site.origin)
            found = {one.url.rpartition("/")[2]: one.priority for one in visit.resources()}
            assert [name for name, level in found.items() if level is Priority.MEDIUM] == [
                f"m{i}.png" for i in range(5)
            ]

    run(main())


def test_a_picture_with_fetchpriority_overtakes_the_others() -> None:
    async def main() -> None:
        images = "".join(f"<img src={i}.png>" for i in range(30))
        markup = f"{images}<img src=hero.png fetchpriority=high>"
        async with Site({"/": page(markup)}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert site.targets.index("/hero.png") < 12
            record = next(one for one in visit.resources() if one.url.endswith("hero.png"))
            assert record.as_dict()["priority"] == "high"

    run(main())


def test_pictures_in_view_overtake_those_below_once_layout_knows() -> None:
    async def main() -> None:
        below = "".join(f"<img src={i}.png>" for i in range(30))
        recorder = Recorder()

        def raised() -> list[str]:
            return [span.name.rpartition("/")[2] for span in recorder.spans if span.kind == "priority"]

        async def hold(request: Received, send: Send) -> None:
            # All connections are busy until layout has told what is in view.
            while not raised():  # noqa: ASYNC110 - nobody sets an event for it
                await asyncio.sleep(0)
            await send(picture(connection="close"))

        markup = (
            f"<img src=lazy.png loading=lazy><div style='position:absolute;top:3000px'>{below}</div>"
            "<img src=seen.png>"
        )
        routes = {f"/{i}.png": hold for i in range(30)}
        async with Site({"/": page(markup), **routes}) as site, visitor(recorder) as visit:
            await visit.goto(site.origin)
            # Six were on their way, and as many may have gone out as these came in.
            assert {"/lazy.png", "/seen.png"} < set(site.targets[:14])
            assert site.counts == dict.fromkeys(site.targets, 1)
        assert raised() == ["seen.png"]

    run(main())


@pytest.mark.parametrize("attribute", ["href", "xlink:href"])
def test_pictures_in_inline_svg_are_fetched_and_shown(attribute: str) -> None:
    async def main() -> None:
        markup = (
            f"<body style='margin:0'><svg width=20 height=20><image {attribute}=a.png width=20 height=20 /></svg>"
            f"<svg width=20 height=20><image {attribute}=none.gif width=20 height=20 /></svg>"
        )
        async with Site({"/": page(markup)}) as site, visitor() as visit:
            await visit.goto(site.origin)
            image = (await visit.image()).convert("RGB")
            assert image.getpixel((10, 10)) == (255, 0, 0)
            assert image.getpixel((30, 10)) == (255, 255, 255)
            assert site.counts == {"/": 1, "/a.png": 1, "/none.gif": 1}

    run(main())


def test_a_use_shows_elements_of_another_document_of_the_same_origin() -> None:
    async def main() -> None:
        markup = (
            "<body style='margin:0'><svg width=20 height=20 fill=red><use href='icons#a'/></svg>"
            "<svg width=20 height=20><use href='http://elsewhere.test/icons#a'/></svg>"
        )
        icons = (
            b'<svg xmlns="http://www.w3.org/2000/svg"><symbol id="a" viewBox="0 0 9 9">'
            b'<path d="M0 0h9v9h-9z"/></symbol></svg>'
        )
        async with (
            Site({"/": page(markup), "/icons": answer(icons, content_type="image/svg+xml")}) as site,
            visitor() as visit,
        ):
            await visit.goto(site.origin)
            image = (await visit.image()).convert("RGB")
            assert image.getpixel((10, 10)) == (255, 0, 0)
            assert image.getpixel((30, 10)) == (255, 255, 255)
            assert site.counts == {"/": 1, "/icons": 1}

    run(main())


# --- Lazy -----------------------------------------------------------------------------------------

LAZY = """<!doctype html><style>body{margin:0}img{display:block}</style>
<img src=top.png loading=lazy width=10 height=100>
<div style="height:1700px"></div><img src=near.png loading=lazy width=10 height=100>
<div style="height:1700px"></div><img src=far.png loading=lazy width=10 height=100 alt=far>
<iframe src=frame.html loading=lazy width=100 height=50></iframe>
<img src=hidden.png loading=lazy style="display:none"><img src=eager.png loading=eager>"""


def test_lazy_pictures_far_below_the_window_are_not_asked_for() -> None:
    async def main() -> None:
        recorder = Recorder()
        async with Site({"/": page(LAZY)}) as site, visitor(recorder) as visit:
            await visit.goto(site.origin)
            first = {"/": 1, "/top.png": 1, "/near.png": 1, "/eager.png": 1}
            assert site.counts == first
            boxes = [box for box in await visit.boxes() if box["tag"] == "img"]
            assert [box["height"] for box in boxes] == [100, 100, 100, 1]
            await visit.screenshot()
            assert layouts(recorder) == 2  # to know what is near, and with what has come
            await visit.screenshot(clip={"x": 0, "y": 0, "width": 10, "height": 10})
            assert site.counts == first
            await visit.screenshot(full_page=True)
            assert site.counts == first | {"/far.png": 1, "/frame.html": 1}
            await visit.screenshot(full_page=True)
            assert len(site.targets) == 6

    run(main())


def test_what_a_clip_shows_is_loaded() -> None:
    async def main() -> None:
        async with Site({"/": page(LAZY)}) as site, visitor() as visit:
            await visit.goto(site.origin)
            await visit.screenshot(clip={"x": 0, "y": 3600, "width": 10, "height": 20})
            assert site.counts["/far.png"] == 1

    run(main())


# --- Layouts --------------------------------------------------------------------------------------


def _font() -> bytes:
    from minibrowser.page.system_fonts import system_fonts  # noqa: PLC0415 - it may ask fontconfig

    source = system_fonts()
    record = source.match("serif", True, 400.0, 100.0, False)
    assert record is not None
    return source.read(record)


@pytest.mark.parametrize(
    ("markup", "asked", "count"),
    [
        ("<p>x", 0, 1),
        ("<p style='font-family:F'>x", 1, 1),
        ("<p style='font-family:G,F;text-transform:uppercase'>x", 1, 1),
        ("<style>p::before{content:'y';font-family:F}</style><p>x", 1, 1),
        ("<input value=x style='font-family:F'>", 1, 1),
        ("<p style='font-family:F;width:3ch'>x", 1, 1),
        ("<p style='font-family:F'> ", 0, 1),
        ("<p style='font-family:F;display:none'>x", 0, 1),
        ("<video style='font-family:F;display:block'>x</video>", 0, 1),
        ("<style>@counter-style c{symbols:A B}li{font-family:F;list-style:c}</style><ol><li></ol>", 1, 2),
    ],
)
def test_web_fonts_are_known_before_layout(markup: str, asked: int, count: int) -> None:
    async def main() -> None:
        recorder = Recorder()
        routes = {"/": page(f"<style>{FONT_FACE}</style>{markup}"), "/f.woff2": answer(_font())}
        async with Site(dict(routes)) as site, visitor(recorder) as visit:
            await visit.goto(site.origin)
            await visit.screenshot()
            assert (site.counts["/f.woff2"], layouts(recorder)) == (asked, count)

    run(main())


def test_a_face_whose_characters_no_text_has_is_not_asked_for() -> None:
    async def main() -> None:
        faces = "".join(
            f"@font-face{{font-family:F;src:url(/{name}.woff2);unicode-range:{span}}}"
            for name, span in (("latin", "U+0-FF"), ("greek", "U+370-3FF"), ("cyrillic", "U+400-4FF"))
        )
        markup = f"<style>{faces}p{{font-family:F}}</style><p>x &#x416;"
        async with Site({"/": page(markup)}) as site, visitor() as visit:
            await visit.goto(site.origin)
            assert sorted(site.targets) == ["/", "/cyrillic.woff2", "/latin.woff2"]

    run(main())


def test_a_page_with_frames_is_laid_out_once() -> None:
    async def main() -> None:
        recorder = Recorder()
        markup = "<iframe src=a.html></iframe><iframe srcdoc='<p>x'></iframe>"
        async with Site({"/": page(markup), "/a.html": page("<p>y")}) as site, visitor(recorder) as visit:
            await visit.goto(site.origin)
            await visit.screenshot()
            assert layouts(recorder) == 3

    run(main())


# --- Budgets --------------------------------------------------------------------------------------


def test_requests_beyond_the_budget_are_not_made() -> None:
    async def main() -> None:
        markup = "<link rel=stylesheet href=a.css><img src=b.png><img src=c.png width=50 height=50><img src=data:,>"
        async with Site({"/": page(markup)}) as site, visitor(max_requests=3) as visit:
            await visit.goto(site.origin)
            assert site.targets == ["/", "/a.css", "/b.png"]
            assert errors(visit)["c.png"] == "the page asks for more than 3 resources"
            assert [b["width"] for b in await visit.boxes() if b["tag"] == "img"][1] == 50

    run(main())


def test_bytes_beyond_the_budget_are_not_fetched() -> None:
    async def main() -> None:
        async def endless(request: Received, send: Send) -> None:
            await send(head("image/png") + PIXEL)
            while True:
                await send(b"x" * 10_000)

        markup = "<img src=a.png><p>x"
        async with Site({"/": page(markup), "/a.png": endless}) as site, visitor(max_bytes=100_000) as visit:
            await visit.goto(site.origin)
            assert "budget of 100000 bytes" in errors(visit)["a.png"]
            assert await visit.text() == "x"

    run(main())


def test_when_the_time_is_over_the_page_shows_what_it_has() -> None:
    async def main() -> None:
        markup = "<link rel=stylesheet href=a.css><img src=b.png alt=text><p>x"
        routes: dict[str, bytes | Route] = {
            "/": page(markup),
            "/a.css": sheet("p{color:red}"),
            "/b.png": never,
        }
        async with Site(routes) as site, visitor(budget=300) as visit:
            await visit.goto(site.origin)
            assert errors(visit) == {"b.png": "the page's budget of 300 ms is spent"}
            assert await visit.text() == "x"
            assert site.aborted == ["/b.png"]

    run(main())


def test_a_navigation_may_wait_for_style_sheets_alone() -> None:
    async def main() -> None:
        async def late(request: Received, send: Send) -> None:
            await site.asked("/b.png")
            await send(sheet("p{color:red}", connection="close"))

        markup = "<link rel=stylesheet href=a.css><img src=b.png width=50 height=50><iframe src=c.html></iframe><p>x"
        routes: dict[str, bytes | Route] = {
            "/": page(markup),
            "/a.css": late,
            "/b.png": never,
            "/c.html": never,
        }
        async with Site(routes) as site, visitor() as visit:
            await visit.goto(site.origin, wait_until="domcontentloaded")
            assert errors(visit)["b.png"] == "the navigation does not wait for it"
            style = (await visit.styles("p"))[0]["styles"]
            assert isinstance(style, dict)
            assert style["color"] == "rgb(255, 0, 0)"
            assert next(box["width"] for box in await visit.boxes() if box["tag"] == "img") == 50
            with pytest.raises(UsageError, match="wait_until must be one of"):
                await visit.goto(site.origin, wait_until="idle")

    run(main())


def test_a_navigation_that_takes_too_long_fails_and_gives_its_fetches_up() -> None:
    async def main() -> None:
        markup = "<img src=a.png><img src=b.png>"
        routes: dict[str, bytes | Route] = {"/": page(markup), "/a.png": never, "/b.png": never}
        async with Site(routes) as site, visitor() as visit:
            with pytest.raises(TimeoutExceeded, match="300 ms"):
                await visit.goto(site.origin, timeout=300)
            while len(site.aborted) < 2:  # noqa: ASYNC110 - the sockets' end takes a turn of the loop or two
                await asyncio.sleep(0)
            assert sorted(site.aborted) == ["/a.png", "/b.png"]
            assert visit.url == "about:blank"

    run(main())


@pytest.mark.parametrize("option", ["max_requests", "max_bytes", "budget"])
def test_a_negative_budget_is_refused(option: str) -> None:
    async def main() -> None:
        with pytest.raises(UsageError, match=option):
            async with visitor(**{option: -1}):  # type: ignore[arg-type]
                pass

    run(main())


def test_an_unknown_option_is_refused_in_pythons_words() -> None:
    async def main() -> None:
        with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
            async with visitor(colour=1):  # type: ignore[call-arg]
                pass

    run(main())
