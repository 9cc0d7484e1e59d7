"""One call from an address or a piece of HTML to a picture."""

from __future__ import annotations

import os
from collections.abc import Mapping

from .browser import Browser
from .errors import UsageError
from .sync_api import EventLoopThread

Target = str | bytes | os.PathLike[str]


def screenshot(  # noqa: PLR0913 - one call that says it all; every option has a name and a default
    target: Target,
    path: str | os.PathLike[str] | None = None,
    *,
    width: int = 1280,
    height: int = 800,
    scale: float = 1.0,
    full_page: bool = False,
    clip: dict[str, float] | None = None,
    type: str | None = None,  # noqa: A002 - Playwright's name
    quality: int | None = None,
    omit_background: bool = False,
    color_scheme: str = "light",
    user_agent: str | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> bytes:
    """A picture of a page, encoded; written to `path` as well where one is given.

    Works inside a running event loop too (Jupyter), since the page has a thread of its own; but it blocks until
    the picture is there, so coroutines use `screenshot_async`, which takes the same arguments.

    Args:
        target: an address as people type it (URL, host, file), a path object, or HTML: text that begins with
            `<`, or bytes.
        path: where to write the picture; its suffix chooses the type.
        width, height: the viewport, CSS px.
        scale: device px for one CSS px.
        full_page, clip, type, quality, omit_background: as in `Page.screenshot`.
        color_scheme: "light" or "dark".
        user_agent, headers: for every request.
        timeout: milliseconds for the navigation, and again for the picture; 0 for none.

    Raises:
        MinibrowserError: one of its kin, which tells what failed.
    """
    with EventLoopThread() as thread:
        return thread.call(
            screenshot_async(
                target,
                path,
                width=width,
                height=height,
                scale=scale,
                full_page=full_page,
                clip=clip,
                type=type,
                quality=quality,
                omit_background=omit_background,
                color_scheme=color_scheme,
                user_agent=user_agent,
                headers=headers,
                timeout=timeout,
            )
        )


async def screenshot_async(  # noqa: PLR0913 - as above
    target: Target,
    path: str | os.PathLike[str] | None = None,
    *,
    width: int = 1280,
    height: int = 800,
    scale: float = 1.0,
    full_page: bool = False,
    clip: dict[str, float] | None = None,
    type: str | None = None,  # noqa: A002 - Playwright's name
    quality: int | None = None,
    omit_background: bool = False,
    color_scheme: str = "light",
    user_agent: str | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> bytes:
    """A picture of a page: `screenshot` for coroutines."""
    async with Browser() as browser:
        page = await browser.new_page(
            viewport=(width, height),
            device_scale_factor=scale,
            color_scheme=color_scheme,
            user_agent=user_agent,
            extra_http_headers=headers,
            timeout=timeout,
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
            path, full_page=full_page, clip=clip, type=type, quality=quality, omit_background=omit_background
        )


def file_target(path: os.PathLike[str]) -> str:
    """An address that can mean nothing but this file. Raises UsageError for a path in bytes."""
    text = os.fspath(path)
    if not isinstance(text, str):
        raise UsageError(f"not a path in text: {path!r}")
    return os.path.abspath(text)
