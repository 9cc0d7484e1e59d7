"""Where the HTTP cache keeps the responses of a session."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final, final

from ..limits import MAX_CACHE_ENTRY_SHARE, MAX_CACHE_MEMORY_BYTES, MAX_CACHE_VARIANTS
from .cache import StoredResponse


@final
class MemoryStore:
    """The responses of a session, by URL, the least recently used first.

    A URL that is known has all its responses here: they leave together.
    """

    def __init__(self, max_bytes: int = MAX_CACHE_MEMORY_BYTES) -> None:
        self._urls: OrderedDict[str, list[StoredResponse]] = OrderedDict()
        self._max_bytes: Final = max_bytes
        self.total = 0

    def __contains__(self, url: object) -> bool:
        return url in self._urls

    def get(self, url: str) -> list[StoredResponse]:
        """All responses stored for a URL; they count as used now."""
        entries = self._urls.get(url)
        if entries is None:
            return []
        self._urls.move_to_end(url)
        return list(entries)

    def put(self, entry: StoredResponse) -> bool:
        """Store a response in the place of its variant. Returns whether it is kept."""
        self.remove(entry)
        if entry.size > self._max_bytes // MAX_CACHE_ENTRY_SHARE:
            return False
        entries = self._urls.setdefault(entry.url, [])
        entries.append(entry)
        self.total += entry.size
        if len(entries) > MAX_CACHE_VARIANTS:
            self.total -= entries.pop(0).size
        self._urls.move_to_end(entry.url)
        while self.total > self._max_bytes:
            _, gone = self._urls.popitem(last=False)
            self.total -= sum(entry.size for entry in gone)
        return True

    def remove(self, entry: StoredResponse) -> None:
        """Forget one response."""
        entries = self._urls.get(entry.url)
        if entries is None:
            return
        kept = [stored for stored in entries if stored.variant != entry.variant]
        self.total -= sum(stored.size for stored in entries) - sum(stored.size for stored in kept)
        if kept:
            self._urls[entry.url] = kept
        else:
            del self._urls[entry.url]

    def remove_url(self, url: str) -> None:
        """Forget all responses to a URL."""
        self.total -= sum(entry.size for entry in self._urls.pop(url, []))
