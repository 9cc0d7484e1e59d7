"""The user agent's own sheets, read from the package when they are first asked for."""

from __future__ import annotations

import pkgutil
from functools import lru_cache

from .sheet import Origin, StyleSheet


@lru_cache(maxsize=4)
def user_agent_sheets(quirks: bool, scripting: bool = False) -> list[StyleSheet]:
    """`ua.css`, `ua_quirks.css` for documents in quirks mode, `ua_scripting.css` where scripts run. Their blocks stay
    parsed."""
    names = ["ua.css"]
    if quirks:
        names.append("ua_quirks.css")
    if scripting:
        names.append("ua_scripting.css")
    return [StyleSheet(_text(name), url=f"about:{name}", origin=Origin.USER_AGENT) for name in names]


def _text(name: str) -> str:
    # OPTIMIZATION: importlib.resources takes 8 ms to import.
    data = pkgutil.get_data("minibrowser.css", name)
    return "" if data is None else data.decode("utf-8")
