"""Header lists, and the headers that a browser sends on its own (pure functions)."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Final, final

from .._version import __version__
from ..url import URL, is_loopback_host

_PLATFORMS: Final = {"darwin": "Macintosh; Intel Mac OS X 10_15_7", "win32": "Windows NT 10.0; Win64; x64"}

DEFAULT_USER_AGENT: Final = (
    f"Mozilla/5.0 ({_PLATFORMS.get(sys.platform, 'X11; Linux x86_64')}) minibrowser/{__version__}"
)
"""Servers look for Mozilla/5.0; beyond that it says what it is."""

DEFAULT_ACCEPT_LANGUAGE: Final = "en-US,en;q=0.9"

_ACCEPT: Final = {
    "document": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "iframe": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "image": "image/avif,image/webp,image/svg+xml,image/*,*/*;q=0.8",
    "style": "text/css,*/*;q=0.1",
}
"""https://fetch.spec.whatwg.org/#fetching step 12, and the image types that we decode."""


@final
class Headers:
    """A header list (https://fetch.spec.whatwg.org/#concept-header-list): ordered, repeated names allowed,
    names compared without case. Values are text, one character for each byte (ISO 8859-1)."""

    __slots__ = ("_index", "_items")

    def __init__(self, items: Iterable[tuple[str, str]] = ()) -> None:
        self._items: list[tuple[str, str]] = list(items)
        # OPTIMIZATION: an answer's few headers are asked for by twenty names; None until the first asks.
        self._index: dict[str, tuple[str, ...]] | None = None

    def get(self, name: str, default: str | None = None) -> str | None:
        """All values of a name joined with ", " as HTTP allows, or the default."""
        index = self._index
        values = (self._indexed() if index is None else index).get(name.lower())
        if values is None:
            return default
        return values[0] if len(values) == 1 else ", ".join(values)

    def get_all(self, name: str) -> list[str]:
        """The values of a name, in order."""
        index = self._index
        return list((self._indexed() if index is None else index).get(name.lower(), ()))

    def add(self, name: str, value: str) -> None:
        """Append one more header."""
        self._items.append((name, value))
        if self._index is not None:
            key = name.lower()
            self._index[key] = (*self._index.get(key, ()), value)

    def set(self, name: str, value: str) -> None:
        """Replace all headers of a name by one, in the place of the first."""
        key = name.lower()
        if self._index is not None and key not in self._index:
            self.add(name, value)
            return
        self._index = None
        for index, (item, _) in enumerate(self._items):
            if item.lower() == key:
                rest = [pair for pair in self._items[index + 1 :] if pair[0].lower() != key]
                self._items[index:] = [(name, value), *rest]
                return
        self._items.append((name, value))

    def remove(self, name: str) -> None:
        """Drop all headers of a name."""
        key = name.lower()
        self._index = None
        self._items = [pair for pair in self._items if pair[0].lower() != key]

    def items(self) -> list[tuple[str, str]]:
        """A copy of the list."""
        return list(self._items)

    def copy(self) -> Headers:
        """An independent copy."""
        made = Headers(self._items)
        if self._index is not None:
            made._index = dict(self._index)
        return made

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        index = self._index
        return name.lower() in (self._indexed() if index is None else index)

    def has_any(self, names: frozenset[str]) -> bool:
        """Whether there is a header of one of the names, which are in lower case."""
        return not names.isdisjoint(self._indexed() if self._index is None else self._index)

    def __getitem__(self, name: str) -> str:
        value = self.get(name)
        if value is None:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.items())

    def __len__(self) -> int:
        return len(self._items)

    def _indexed(self) -> dict[str, tuple[str, ...]]:
        index: dict[str, tuple[str, ...]] = {name.lower(): (value,) for name, value in self._items}
        if len(index) < len(self._items):
            found: dict[str, list[str]] = {}
            for name, value in self._items:
                found.setdefault(name.lower(), []).append(value)
            self._index = {name: tuple(values) for name, values in found.items()}
        else:
            self._index = index
        return self._index

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Headers) and self._items == other._items

    def __repr__(self) -> str:
        return f"Headers({self._items!r})"


def is_nosniff(headers: Headers) -> bool:
    """https://fetch.spec.whatwg.org/#determine-nosniff"""
    values = headers.get_all("x-content-type-options")
    return bool(values) and values[0].partition(",")[0].strip(" \t").lower() == "nosniff"


def accept(destination: str) -> str:
    """The `Accept` header for a destination (https://fetch.spec.whatwg.org/#concept-request-destination)."""
    return _ACCEPT.get(destination, "*/*")


def accept_encoding(url: URL) -> str:
    """The content codings asked for. As Chromium: br and zstd only where no proxy in between can trip over them."""
    return (
        "gzip, deflate, br, zstd" if url.scheme == "https" or is_loopback_host(url.host) else "gzip, deflate"
    )
