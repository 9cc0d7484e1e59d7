"""The user agent's own sheets, read from the package when they are first asked for."""

from __future__ import annotations

import pkgutil
from functools import lru_cache

from .sheet import Origin, StyleSheet


@lru_cache(maxsize=2)
def user_agent_sheets(quirks: bool) -> list[StyleSheet]:
    """`ua.css`, and `ua_quirks.css` after it for documents in quirks mode. Their blocks stay parsed."""
    names = ["ua.css", "ua_quirks.css"] if quirks else ["ua.css"]
    return [StyleSheet(_text(name), url=f"about:{name}", origin=Origin.USER_AGENT) for name in names]


def _text(name: str) -> str:
    # OPTIMIZATION: importlib.resources takes 8 ms to import.
    data = pkgutil.get_data("minibrowser.css", name)
    return "" if data is None else data.decode("utf-8")
