"""`Cache-Control` (RFC 9111 section 5.2). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import final

from .header_values import parse_delta, split_list


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


def _unquoted(text: str) -> str:
    """A token or the inside of a quoted string; both forms are accepted for every directive."""
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return text[1:-1].replace("\\", "")
    return text
