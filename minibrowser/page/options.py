"""What pages of a context have in common, and how callers state it: once, for every door of the library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, TypedDict, final

from ..errors import UsageError
from ..html.parser import PARSERS
from .budget import Budget

if TYPE_CHECKING:
    from ..net import NetworkConfig


class ContextOptions(TypedDict, total=False):
    """The options of `new_context` and `new_page`.

    viewport: width and height in CSS px, 1280 x 800 by default. device_scale_factor: device px for one CSS px.
    color_scheme: "light" or "dark". user_agent, extra_http_headers: for every request, short for fields of `network`.
    http_credentials: {"username", "password", "origin", "send"} for servers that ask, as in Playwright.
    network: everything about the network, in the place of the browser's. timeout: milliseconds for a navigation or a
    picture, 0 for none. max_requests, max_bytes, budget: what a page may fetch, in requests, bytes of bodies and
    milliseconds from the navigation's start; it shows what it has by then. 0 for the engine's own limits.
    """

    viewport: tuple[int, int]
    device_scale_factor: float
    color_scheme: str
    user_agent: str | None
    extra_http_headers: Mapping[str, str] | None
    http_credentials: Mapping[str, str] | None
    network: NetworkConfig | None
    timeout: float | None
    max_requests: int
    max_bytes: int
    budget: float


def check_names(given: Iterable[str], known: Iterable[str], function: str) -> None:
    """Raise TypeError for an option that does not exist, in Python's words."""
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise TypeError(f"{function}() got an unexpected keyword argument {unknown[0]!r}")


@final
class ContextSettings:
    """What the pages of a context have in common.

    Attributes:
        timeout: milliseconds, 0 for none.
        color_scheme: "light" or "dark", for `prefers-color-scheme`.
        parser: "turbohtml" or "html5lib".
        scripting: whether pages believe that scripts run; no script engine is built in yet, so it is False.
        budget: what one page may fetch.
    """

    def __init__(
        self, *, timeout: float, color_scheme: str, parser: str, budget: Budget | None = None
    ) -> None:
        if parser not in PARSERS:
            raise UsageError(f"unknown parser {parser!r}: {' and '.join(PARSERS)} are known")
        if color_scheme not in ("light", "dark"):
            raise UsageError(f"color scheme must be light or dark, not {color_scheme!r}")
        if timeout < 0:
            raise UsageError(f"timeout must not be negative: {timeout:g}")
        self.timeout: Final = timeout
        self.color_scheme: Final = color_scheme
        self.parser: Final = parser
        self.scripting: Final = False
        self.budget: Final = budget or Budget()
