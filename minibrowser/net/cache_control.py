"""`Cache-Control` (RFC 9111 section 5.2). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, final

_MOST_SECONDS: Final = 2**31
"""RFC 9111 section 1.2.2: larger deltas may be taken for this."""


@final
class CacheControl:
    """The directives of a message. Where one comes twice the first counts (RFC 9111 section 4.2.1)."""

    __slots__ = ("_directives",)

    def __init__(self, values: Iterable[str]) -> None:
        self._directives: dict[str, str | None] = {}
        for value in values:
            for part in split_list(value):
                name, equals, argument = part.partition("=")
                self._directives.setdefault(name.lower(), _unquoted(argument) if equals else None)

    def __contains__(self, name: object) -> bool:
        return name in self._directives

    def __bool__(self) -> bool:
        return bool(self._directives)

    def argument(self, name: str) -> str | None:
        """The argument of a directive, None without one."""
        return self._directives.get(name)

    def seconds(self, name: str) -> float | None:
        """The delta of a directive: None where it is absent, 0 where it is no number."""
        if name not in self._directives:
            return None
        delta = parse_delta(self._directives[name] or "")
        return 0.0 if delta is None else delta

    def fields(self, name: str) -> frozenset[str]:
        """The field names that the qualified form of `no-cache` or `private` lists, in lower case."""
        argument = self._directives.get(name)
        return frozenset(field.lower() for field in split_list(argument or ""))


def split_list(value: str) -> list[str]:
    """The members of a comma-separated list, none of them empty; commas within quotes do not separate
    (RFC 9110 section 5.6.1)."""
    if '"' not in value:
        return [part for part in (part.strip(" \t") for part in value.split(",")) if part]
    parts: list[str] = []
    start = index = 0
    quoted = False
    while index < len(value):
        character = value[index]
        if quoted and character == "\\":
            index += 1
        elif character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            parts.append(value[start:index])
            start = index + 1
        index += 1
    parts.append(value[start:])
    return [part for part in (part.strip(" \t") for part in parts) if part]


def parse_delta(text: str) -> float | None:
    """Delta-seconds (RFC 9111 section 1.2.2), or None."""
    if not (text.isascii() and text.isdecimal()):
        return None
    return float(_MOST_SECONDS if len(text) > 12 else min(int(text), _MOST_SECONDS))


def _unquoted(text: str) -> str:
    """A token or the inside of a quoted string; both forms are accepted for every directive."""
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return text[1:-1].replace("\\", "")
    return text
