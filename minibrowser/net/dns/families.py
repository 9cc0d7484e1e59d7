"""A and AAAA side by side, and what their two answers mean together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, final

from ...errors import ConnectionTimeoutError, NameNotResolvedError
from ...limits import LATE_FAMILY_SECONDS, RESOLUTION_DELAY
from .resolver import LookupFailedError, NameAbsentError


@final
class Records:
    """The answer to one question. Immutable.

    Attributes:
        addresses: of one family; none with `ttl` is a refusal that is true so long (negative: unknown).
        canonical: the name at the end of the aliases, "" where there are none.
        exists: False where the name itself does not exist (NXDOMAIN).
    """

    __slots__ = ("addresses", "canonical", "exists", "ttl")

    def __init__(
        self, addresses: tuple[str, ...], ttl: float, canonical: str = "", exists: bool = True
    ) -> None:
        self.addresses: Final = addresses
        self.ttl: Final = ttl
        self.canonical: Final = canonical
        self.exists: Final = exists


Ask = Callable[[str], Awaitable[Records]]
"""The question for one kind of record, "A" or "AAAA". Raises `LookupFailedError` and `ConnectionTimeoutError`."""


async def ask_both(host: str, ask: Ask) -> Records:
    """Ask for both families at once; IPv6 addresses come first, to be sorted later.

    The resolution delay of RFC 8305 section 3: once there are IPv4 addresses, those of IPv6 have 50 ms to come.
    Raises `NameAbsentError`, and what the questions raise when both fail.
    """
    four: asyncio.Future[Records] = asyncio.ensure_future(ask("A"))
    six: asyncio.Future[Records] = asyncio.ensure_future(ask("AAAA"))
    try:
        await asyncio.wait((four,))
        settled = not four.cancelled() and four.exception() is None and four.result().addresses
        await asyncio.wait((six,), timeout=RESOLUTION_DELAY if settled else None)
        return _together(host, _outcome(four), _outcome(six) if six.done() else None)
    finally:
        unfinished = [question for question in (four, six) if not question.done()]
        for question in unfinished:
            question.cancel()
        if unfinished:
            await asyncio.wait(unfinished)
        for question in (four, six):
            if not question.cancelled():
                question.exception()  # seen


def _outcome(question: asyncio.Future[Records]) -> Records | Exception:
    error = question.exception()
    if error is None:
        return question.result()
    if not isinstance(error, NameNotResolvedError | ConnectionTimeoutError):
        raise error
    return error


def _together(host: str, four: Records | Exception, six: Records | Exception | None) -> Records:
    """Pure. `six` is None where it came too late."""
    found = [records for records in (six, four) if isinstance(records, Records) and records.addresses]
    if found:
        addresses = tuple(dict.fromkeys(address for records in found for address in records.addresses))
        ttl = min(records.ttl for records in found)
        if not isinstance(six, Records):
            # The other half is missing for a reason that will pass.
            ttl = min(ttl, LATE_FAMILY_SECONDS)
        canonical = next((records.canonical for records in found if records.canonical), "")
        return Records(addresses, ttl, canonical)
    answers = [records for records in (four, six) if isinstance(records, Records)]
    errors = [error for error in (four, six) if isinstance(error, Exception)]
    gone = next((records for records in answers if not records.exists), None)
    if gone is not None:
        raise NameAbsentError(f"no address for host {host}: no such name", gone.ttl)
    if answers and not errors:
        ttl = min(records.ttl for records in answers)
        raise NameAbsentError(f"no address for host {host}: the name has none", ttl)
    if answers:
        raise LookupFailedError(f"no address for host {host}: {errors[0]}") from errors[0]
    raise errors[0]
