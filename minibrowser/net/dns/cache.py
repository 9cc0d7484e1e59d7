"""The host cache: answers by name for as long as they live. Pure; the clock is handed in."""

from __future__ import annotations

from typing import Final, final

from ...limits import (
    HOST_CACHE_SECONDS,
    MAX_DNS_TTL,
    MAX_HOST_CACHE_ENTRIES,
    MAX_NEGATIVE_DNS_SECONDS,
    MAX_STALE_SECONDS,
    NEGATIVE_DNS_SECONDS,
    STALE_ANSWER_SECONDS,
)
from .resolver import Answer, NameAbsentError


@final
class _Entry:
    """An answer, the moment at which it ends, and when the servers are to be asked again after a failure."""

    __slots__ = ("answer", "ask_again", "expires")

    def __init__(self, answer: Answer, expires: float) -> None:
        self.answer: Final = answer
        self.expires: Final = expires
        self.ask_again = 0.0


@final
class HostCache:
    """Bounded; what was learned first goes first. With `keep_stale`, answers that have ended stay in reach of
    `stale` (RFC 8767).

    Mutable: `_entries`, the answers; `_absent`, the words of a refusal and the moment at which it ends.
    """

    __slots__ = ("_absent", "_entries", "_keep_stale", "_max_entries")

    def __init__(self, max_entries: int = MAX_HOST_CACHE_ENTRIES, keep_stale: bool = False) -> None:
        self._entries: dict[str, _Entry] = {}
        self._absent: dict[str, tuple[str, float]] = {}
        self._max_entries: Final = max_entries
        self._keep_stale: Final = keep_stale

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, host: str, now: float) -> Answer | None:
        """The living answer for a name, or None."""
        entry = self._entries.get(host)
        if entry is None:
            return None
        if entry.expires <= now:
            if not self._keep_stale:
                del self._entries[host]
            return None
        left = entry.expires - now
        return entry.answer.retold(left, "host cache", f"host cache hit, {left:.0f} s left")

    def put(self, host: str, answer: Answer, now: float) -> None:
        """Remember an answer; one that may not be kept is not."""
        self._absent.pop(host, None)
        ttl = min(answer.ttl if answer.ttl >= 0 else HOST_CACHE_SECONDS, MAX_DNS_TTL)
        self._entries.pop(host, None)
        if ttl <= 0:
            return
        while len(self._entries) >= self._max_entries:
            del self._entries[next(iter(self._entries))]
        self._entries[host] = _Entry(answer, now + ttl)

    def absent(self, host: str, now: float) -> NameAbsentError | None:
        """What was said about a name that does not exist or has no address, while that is true (RFC 2308)."""
        words, expires = self._absent.get(host, ("", 0.0))
        if not words:
            return None
        if expires <= now:
            del self._absent[host]
            return None
        left = expires - now
        return NameAbsentError(f"{words} (remembered, {left:.0f} s left)", left)

    def put_absent(self, host: str, words: str, now: float, ttl: float = -1.0) -> None:
        """Remember that a name does not exist or has no address; `ttl` as in `NameAbsentError`."""
        self._entries.pop(host, None)
        self._absent.pop(host, None)
        ttl = min(ttl if ttl >= 0 else NEGATIVE_DNS_SECONDS, MAX_NEGATIVE_DNS_SECONDS)
        if ttl <= 0:
            return
        while len(self._absent) >= self._max_entries:
            del self._absent[next(iter(self._absent))]
        self._absent[host] = (words, now + ttl)

    def stale(self, host: str, now: float) -> Answer | None:
        """An answer that has ended, but not so long ago that it is of no use, to be given where nobody can say
        better (RFC 8767 section 4)."""
        entry = self._entries.get(host)
        if entry is None or not self._keep_stale or entry.expires > now:
            return None
        if entry.expires + MAX_STALE_SECONDS <= now:
            del self._entries[host]
            return None
        words = f"stale answer, ended {now - entry.expires:.0f} s ago: the servers do not answer"
        return entry.answer.retold(STALE_ANSWER_SECONDS, "stale", words)

    def rest(self, host: str, now: float) -> None:
        """The servers failed: leave them alone for a while (RFC 8767 section 5, the failure recheck timer)."""
        entry = self._entries.get(host)
        if entry is not None:
            entry.ask_again = now + STALE_ANSWER_SECONDS

    def resting(self, host: str, now: float) -> bool:
        """Whether the servers failed a moment ago."""
        entry = self._entries.get(host)
        return entry is not None and now < entry.ask_again

    def clear(self) -> None:
        """Forget all."""
        self._absent.clear()
        self._entries.clear()
