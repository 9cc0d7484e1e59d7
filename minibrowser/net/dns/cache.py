"""The host cache: answers by name for as long as they live. Pure; the clock is handed in."""

from __future__ import annotations

from typing import Final, final

from ...limits import HOST_CACHE_SECONDS, MAX_HOST_CACHE_ENTRIES, NEGATIVE_DNS_SECONDS
from .resolver import Answer


@final
class HostCache:
    """Bounded; the oldest entry goes first."""

    __slots__ = ("_absent", "_entries", "_max_entries")

    def __init__(self, max_entries: int = MAX_HOST_CACHE_ENTRIES) -> None:
        self._entries: dict[str, tuple[Answer, float]] = {}
        self._absent: dict[str, tuple[str, float]] = {}
        self._max_entries: Final = max_entries

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, host: str, now: float) -> Answer | None:
        """The living answer for a name, or None."""
        entry = self._entries.get(host)
        if entry is None:
            return None
        answer, expires = entry
        if expires <= now:
            del self._entries[host]
            return None
        left = expires - now
        return Answer(
            answer.addresses, left, "host cache", f"host cache hit, {left:.0f} s left", answer.canonical
        )

    def put(self, host: str, answer: Answer, now: float) -> None:
        """Remember an answer; one that may not be kept is not."""
        ttl = answer.ttl if answer.ttl >= 0 else HOST_CACHE_SECONDS
        self._entries.pop(host, None)
        if ttl <= 0:
            return
        while len(self._entries) >= self._max_entries:
            del self._entries[next(iter(self._entries))]
        self._entries[host] = (answer, now + ttl)

    def absent(self, host: str, now: float) -> str:
        """What was said about a name that does not exist, "" when nothing is remembered (RFC 2308)."""
        words, expires = self._absent.get(host, ("", 0.0))
        if words and expires <= now:
            del self._absent[host]
            return ""
        return words

    def put_absent(self, host: str, words: str, now: float) -> None:
        """Remember that a name does not exist."""
        self._entries.pop(host, None)
        self._absent.pop(host, None)
        while len(self._absent) >= self._max_entries:
            del self._absent[next(iter(self._absent))]
        self._absent[host] = (words, now + NEGATIVE_DNS_SECONDS)

    def clear(self) -> None:
        """Forget all."""
        self._absent.clear()
        self._entries.clear()
