"""What a server tells of its own time (https://www.w3.org/TR/server-timing/), in words. Pure and total."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, final

_METRIC: Final = re.compile(r"\s*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)\s*((?:;(?:[^\",;]|\"(?:[^\"\\]|\\.)*\"?)*)*)")
_PARAMETER: Final = re.compile(r";\s*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)\s*=\s*(\"(?:[^\"\\]|\\.)*\"|[^\s;]*)")
_NAMES: Final = {
    "app": "backend",
    "backend": "backend",
    "db": "database",
    "database": "database",
    "sql": "database",
    "cdn-cache": "edge cache",
    "cache": "edge cache",
    "edge": "edge",
    "origin": "origin",
    "total": "in all",
}
"""Names that servers commonly give, as people call them, in the order in which they are told."""
_MAX_METRICS: Final = 8
_MAX_TEXT: Final = 40
_MAX_VALUE: Final = 4_000
"""Characters of a header that are read."""


@final
class ServerMetric:
    """One metric. `milliseconds` is negative where the server does not say."""

    __slots__ = ("description", "milliseconds", "name")

    def __init__(self, name: str, milliseconds: float, description: str) -> None:
        self.name: Final = name
        self.milliseconds: Final = milliseconds
        self.description: Final = description


def parse_server_timing(values: Iterable[str]) -> list[ServerMetric]:
    """The metrics of `Server-Timing` headers; what cannot be read is left out."""
    found: list[ServerMetric] = []
    for value in values:
        position = 0
        text = value[:_MAX_VALUE]
        while position < len(text) and len(found) < _MAX_METRICS:
            metric = _METRIC.match(text, position)
            if metric is None:
                comma = text.find(",", position)
                position = len(text) if comma < 0 else comma + 1
                continue
            parameters: dict[str, str] = {}
            for name, content in _PARAMETER.findall(metric[2]):
                parameters.setdefault(name.lower(), _unquoted(content))
            found.append(
                ServerMetric(metric[1], _number(parameters.get("dur", "")), parameters.get("desc", ""))
            )
            comma = text.find(",", metric.end())
            position = len(text) if comma < 0 else comma + 1
    return found


def server_timing_words(values: Iterable[str]) -> str:
    """ "backend: 3 ms, database: 1 ms, edge cache: miss"; "" where there is nothing to tell."""
    known = list(_NAMES)
    metrics = sorted(
        parse_server_timing(values),
        key=lambda metric: known.index(metric.name.lower()) if metric.name.lower() in _NAMES else len(known),
    )
    return ", ".join(_words(metric) for metric in metrics)


def _words(metric: ServerMetric) -> str:
    known = _NAMES.get(metric.name.lower())
    description = metric.description[:_MAX_TEXT]
    if known is None:
        name, detail = description or metric.name[:_MAX_TEXT], ""
    else:
        name, detail = known, description.lower() if description.isupper() else description
    time = _time(metric.milliseconds)
    said = " ".join(part for part in (detail, time) if part)
    return f"{name}: {said}" if said else name


def _time(milliseconds: float) -> str:
    if milliseconds < 0:
        return ""
    return "0.1 ms" if 0 < milliseconds < 0.1 else f"{milliseconds:,.1f}".removesuffix(".0") + " ms"


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return -1.0
    return number if 0 <= number < 1e12 else -1.0


def _unquoted(text: str) -> str:
    if text.startswith('"'):
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text
