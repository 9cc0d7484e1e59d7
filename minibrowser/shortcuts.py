"""One call from an address or a piece of HTML to a picture."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TypedDict, Unpack

from .browser import Browser
from .errors import UsageError
from .page.options import check_names
from .sync_api import EventLoopThread

Target = str | bytes | os.PathLike[str]


class ScreenshotOptions(TypedDict, total=False):
    """The options of `screenshot`.

    width, height: the viewport, CSS px. scale: device px for one CSS px. color_scheme: "light" or "dark".
    full_page, clip, type, quality, omit_background: as in `Page.screenshot`. user_agent, headers: for every request.
    timeout: milliseconds for the navigation, and again for the picture; 0 for none. max_requests, max_bytes, budget:
    what the page may fetch, as in `ContextOptions`.
    """

    width: int
    height: int
    scale: float
    full_page: bool
    clip: dict[str, float] | None
    type: str | None
    quality: int | None
    omit_background: bool
    color_scheme: str
    user_agent: str | None
    headers: Mapping[str, str] | None
    timeout: float | None
    max_requests: int
    max_bytes: int
    budget: float


def screenshot(
    target: Target, path: str | os.PathLike[str] | None = None, **options: Unpack[ScreenshotOptions]
) -> bytes:
    """A picture of a page, encoded; written to `path` as well where one is given.

    Works inside a running event loop too (Jupyter), since the page has a thread of its own; but it blocks until
    the picture is there, so coroutines use `screenshot_async`, which takes the same arguments.

    Args:
        target: an address as people type it (URL, host, file), a path object, or HTML: text that begins with
            `<`, or bytes.
        path: where to write the picture; its suffix chooses the type.
        options: see `ScreenshotOptions`.

    Raises:
        MinibrowserError: one of its kin, which tells what failed.
    """
    with EventLoopThread() as thread:
        return thread.call(screenshot_async(target, path, **options))


async def screenshot_async(
    target: Target, path: str | os.PathLike[str] | None = None, **options: Unpack[ScreenshotOptions]
) -> bytes:
    """A picture of a page: `screenshot` for coroutines."""
    check_names(options, ScreenshotOptions.__annotations__, "screenshot")
    async with Browser() as browser:
        page = await browser.new_page(
            viewport=(options.get("width", 1280), options.get("height", 800)),
            device_scale_factor=options.get("scale", 1.0),
            color_scheme=options.get("color_scheme", "light"),
            user_agent=options.get("user_agent"),
            extra_http_headers=options.get("headers"),
            timeout=options.get("timeout"),
            max_requests=options.get("max_requests", 0),
            max_bytes=options.get("max_bytes", 0),
            budget=options.get("budget", 0.0),
        )
        if isinstance(target, bytes):
            await page.set_document_bytes(target)
        elif isinstance(target, os.PathLike):
            await page.goto(file_target(target))
        elif target.lstrip("\ufeff \t\r\n\f").startswith("<"):
            await page.set_content(target)
        else:
            await page.goto(target)
        return await page.screenshot(
            path,
            full_page=options.get("full_page", False),
            clip=options.get("clip"),
            type=options.get("type"),
            quality=options.get("quality"),
            omit_background=options.get("omit_background", False),
        )


def file_target(path: os.PathLike[str]) -> str:
    """An address that can mean nothing but this file. Raises UsageError for a path in bytes."""
    text = os.fspath(path)
    if not isinstance(text, str):
        raise UsageError(f"not a path in text: {path!r}")
    return os.path.abspath(text)
