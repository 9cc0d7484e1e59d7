"""The public surface: names, the synchronous twin, one-call screenshots."""

from __future__ import annotations

import asyncio
import inspect
import threading
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

import minibrowser
from minibrowser import browser as async_api, errors, sync_api
from minibrowser.page import page as async_page

RED = "<!DOCTYPE html><title>Red</title><body style='margin: 0; background: #f00'><p>x"


def first_pixel(data: bytes) -> object:
    with Image.open(BytesIO(data)) as picture:
        return picture.convert("RGB").getpixel((1, 1))


def test_every_public_name_can_be_had() -> None:
    assert {name for name in minibrowser.__all__ if not hasattr(minibrowser, name)} == set()
    assert set(minibrowser.__all__) <= set(dir(minibrowser))


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Browsers'"):
        minibrowser.Browsers  # noqa: B018


def test_every_error_is_of_the_family() -> None:
    for name, value in vars(errors).items():
        if inspect.isclass(value):
            assert issubclass(value, errors.MinibrowserError), name
            assert value.__doc__, name


@pytest.mark.parametrize(
    ("asynchronous", "synchronous"),
    [
        (async_api.Browser, sync_api.Browser),
        (async_api.BrowserContext, sync_api.BrowserContext),
        (async_page.Page, sync_api.Page),
    ],
)
def test_the_synchronous_surface_is_the_same(asynchronous: type, synchronous: type) -> None:
    internal = {"forget", "in_render_thread", "session", "fonts", "contexts", "document", "executor"}
    for name, member in vars(asynchronous).items():
        if name.startswith("_") or name in internal:
            continue
        twin = vars(synchronous).get(name)
        assert twin is not None, f"{synchronous.__name__}.{name} is missing"
        if inspect.isfunction(member):
            theirs, ours = inspect.signature(member), inspect.signature(twin)
            assert list(theirs.parameters) == list(ours.parameters), name
            for key, parameter in theirs.parameters.items():
                assert parameter.default == ours.parameters[key].default, (name, key)


def test_pages_are_made_and_shown_without_await() -> None:
    with sync_api.Browser() as browser, browser.new_page(viewport=(60, 40)) as page:
        page.set_content(RED)
        assert page.title() == "Red"
        assert page.viewport_size == {"width": 60, "height": 40}
        assert first_pixel(page.screenshot()) == (255, 0, 0)
        assert page.image().size == (60, 40)
        assert [box["tag"] for box in page.boxes()] == ["html", "body", "p"]
        assert page.text() == "x"
    assert browser.is_closed
    assert page.is_closed


def test_errors_come_through_with_their_class(tmp_path: Path) -> None:
    with sync_api.Browser() as browser:
        page = browser.new_page()
        with pytest.raises(minibrowser.FileAccessError, match=r"missing\.html"):
            page.goto(str(tmp_path / "missing.html"))
        page.close()
        with pytest.raises(minibrowser.ClosedError):
            page.screenshot()
    with pytest.raises(minibrowser.ClosedError):
        browser.new_page()
    with pytest.raises(minibrowser.UsageError, match="unknown parser"):
        sync_api.Browser(parser="lynx")


def test_closing_twice_is_no_error() -> None:
    browser = sync_api.Browser()
    context = browser.new_context()
    page = context.new_page()
    assert context.pages == [page]
    for closable in (page, page, context, context, browser, browser, context, page):
        closable.close()
    assert context.pages == []


def test_the_synchronous_surface_works_inside_a_running_loop() -> None:
    async def cell() -> bytes:
        return minibrowser.screenshot(RED, width=20, height=20)

    assert first_pixel(asyncio.run(cell())) == (255, 0, 0)


def test_waiting_for_oneself_is_refused() -> None:
    thread = sync_api.EventLoopThread()

    async def nothing() -> None:
        return None

    async def inner() -> None:
        thread.call(nothing())

    with thread, pytest.raises(minibrowser.UsageError, match="own thread"):
        thread.call(inner())


def test_a_call_that_waits_when_the_thread_is_closed_is_told_so() -> None:
    thread = sync_api.EventLoopThread()
    begun = threading.Event()
    errors: list[str] = []

    async def endless() -> None:
        begun.set()
        await asyncio.Event().wait()

    def wait() -> None:
        try:
            thread.call(endless())
        except minibrowser.ClosedError as error:
            errors.append(str(error))

    waiting = threading.Thread(target=wait)
    waiting.start()
    begun.wait()
    thread.close()
    waiting.join(10)
    assert errors == ["the browser was closed during a call"]
    with pytest.raises(minibrowser.ClosedError):
        thread.call(endless())


def test_one_call_takes_html_bytes_files_and_addresses(tmp_path: Path) -> None:
    file = tmp_path / "red page.html"
    file.write_text(RED)
    out = tmp_path / "out.webp"
    for target in (RED, f"\n {RED}", RED.encode(), file, str(file), file.as_uri()):
        assert first_pixel(minibrowser.screenshot(target, width=20, height=20)) == (255, 0, 0), target
    data = minibrowser.screenshot(file, out, width=30, height=20, scale=2)
    assert out.read_bytes() == data
    with Image.open(out) as picture:
        assert (picture.format, picture.size) == ("WEBP", (60, 40))


def test_one_call_can_be_awaited() -> None:
    assert first_pixel(asyncio.run(minibrowser.screenshot_async(RED, width=20, height=20))) == (255, 0, 0)


def test_several_pages_render_side_by_side() -> None:
    async def main() -> list[object]:
        async with minibrowser.Browser() as browser:
            pages = [await browser.new_page(viewport=(20, 20)) for _ in range(5)]
            for index, page in enumerate(pages):
                await page.set_content(RED.replace("#f00", f"rgb({index}, 0, 0)"))
            return [
                first_pixel(data) for data in await asyncio.gather(*(page.screenshot() for page in pages))
            ]

    assert asyncio.run(main()) == [(index, 0, 0) for index in range(5)]


@pytest.mark.parametrize("kind", [async_api.Browser, async_api.BrowserContext, async_page.Page])
def test_every_public_member_is_in_the_documentation(kind: type) -> None:
    text = (Path(__file__).resolve().parents[1] / "docs" / "api.md").read_text(encoding="utf-8")
    internal = {"forget", "in_render_thread", "session", "fonts", "executor", "settings"}
    members = {name for name in vars(kind) if not name.startswith("_")} - internal
    assert {name for name in members if f"`{name}" not in text} == set()
