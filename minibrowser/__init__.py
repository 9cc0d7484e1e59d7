"""minibrowser: a URL becomes a PNG, with no browser binary, system library or subprocess.

    import minibrowser
    minibrowser.screenshot("https://example.com", "page.png")

    async with minibrowser.Browser() as browser:
        page = await browser.new_page()
        await page.goto("https://example.com")
        png = await page.screenshot()

`minibrowser.sync_api` has the same classes without await. Names are loaded when they are first used: importing
this package alone costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ._version import __version__

if TYPE_CHECKING:
    from .browser import Browser, BrowserContext
    from .errors import (
        BlockedError,
        BodyTooLargeError,
        ClosedError,
        ConnectionFailedError,
        ConnectionTimeoutError,
        ContentDecodingError,
        DependencyError,
        DownloadError,
        FileAccessError,
        FontError,
        HTTPProtocolError,
        ImageError,
        InvalidURLError,
        MinibrowserError,
        NameNotResolvedError,
        NavigationError,
        NetworkError,
        NoContentError,
        NotActionableError,
        PrivateAddressError,
        TimeoutExceeded,
        TLSError,
        TooManyRedirectsError,
        UnsupportedContentError,
        UsageError,
    )
    from .net import NetworkConfig, Response, Timeouts
    from .page.page import Page
    from .shortcuts import screenshot, screenshot_async
    from .trace import Recorder, Span

__all__ = [
    "BlockedError",
    "BodyTooLargeError",
    "Browser",
    "BrowserContext",
    "ClosedError",
    "ConnectionFailedError",
    "ConnectionTimeoutError",
    "ContentDecodingError",
    "DependencyError",
    "DownloadError",
    "FileAccessError",
    "FontError",
    "HTTPProtocolError",
    "ImageError",
    "InvalidURLError",
    "MinibrowserError",
    "NameNotResolvedError",
    "NavigationError",
    "NetworkConfig",
    "NetworkError",
    "NoContentError",
    "NotActionableError",
    "Page",
    "PrivateAddressError",
    "Recorder",
    "Response",
    "Span",
    "TLSError",
    "TimeoutExceeded",
    "Timeouts",
    "TooManyRedirectsError",
    "UnsupportedContentError",
    "UsageError",
    "__version__",
    "screenshot",
    "screenshot_async",
]

_HOMES = {
    "Browser": "browser",
    "BrowserContext": "browser",
    "NetworkConfig": "net",
    "Page": "page.page",
    "Recorder": "trace",
    "Response": "net",
    "Span": "trace",
    "Timeouts": "net",
    "screenshot": "shortcuts",
    "screenshot_async": "shortcuts",
}
"""The module of each public name; the rest are errors."""


def __getattr__(name: str) -> object:
    """Load a public name from its module (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f".{_HOMES.get(name, 'errors')}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
