"""The user agent's own sheets, read from the package when they are first asked for."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from .sheet import Origin, StyleSheet


@lru_cache(maxsize=2)
def user_agent_sheets(quirks: bool) -> list[StyleSheet]:
    """`ua.css`, and `ua_quirks.css` after it for documents in quirks mode. Their blocks stay parsed."""
    names = ["ua.css", "ua_quirks.css"] if quirks else ["ua.css"]
    folder = files(__package__ or "minibrowser.css")
    return [
        StyleSheet(
            folder.joinpath(name).read_text(encoding="utf-8"),
            url=f"about:{name}",
            origin=Origin.USER_AGENT,
        )
        for name in names
    ]
