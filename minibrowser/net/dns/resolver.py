"""The interface of every layer, its answer, and the two ways to say no."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final, final

from ...errors import NameNotResolvedError
from ...trace import Recorder

FOREVER: Final = 1e9
"""Seconds that an answer lives which nobody has to ask for again: a literal address, a line of a file."""


@final
class Answer:
    """The addresses of a name. Immutable.

    Attributes:
        addresses: IP addresses as text, in the order in which they are to be tried.
        ttl: seconds for which the answer may be kept, negative where unknown.
        source: the layer that knew: "override", "literal", "localhost", "hosts file", "host cache", "disk cache",
            "system", "dns", "iterative", "doh", "stale".
        canonical: the name at the end of the aliases, "" where there are none.
        reason: for the trace: "host cache hit, 41 s left".
    """

    __slots__ = ("addresses", "canonical", "reason", "source", "ttl")

    def __init__(
        self, addresses: tuple[str, ...], ttl: float, source: str, reason: str = "", canonical: str = ""
    ) -> None:
        self.addresses: Final = addresses
        self.ttl: Final = ttl
        self.source: Final = source
        self.canonical: Final = canonical
        self.reason: Final = reason or source

    def __repr__(self) -> str:
        return f"<Answer {' '.join(self.addresses)} from {self.source}>"

    def retold(self, ttl: float, source: str, reason: str) -> Answer:
        """The same addresses as another layer gives them."""
        return Answer(self.addresses, ttl, source, reason, self.canonical)

    def ordered(self, addresses: tuple[str, ...]) -> Answer:
        """The same answer with its addresses in another order."""
        return Answer(addresses, self.ttl, self.source, self.reason, self.canonical)


@final
class NameAbsentError(NameNotResolvedError):
    """Somebody who knows said that the name does not exist or has no address. `ttl` is the seconds for which that
    is true (RFC 2308), negative where unknown."""

    def __init__(self, message: str, ttl: float = -1.0) -> None:
        super().__init__(message)
        self.ttl: Final = ttl


@final
class LookupFailedError(NameNotResolvedError):
    """Nobody could say whether the name exists: servers refuse, fail or talk nonsense. Not to be remembered."""


class Resolver(ABC):
    """One layer."""

    @abstractmethod
    async def resolve(self, host: str) -> Answer:
        """The addresses of a host name. Raises `NameNotResolvedError` (where it can tell: `NameAbsentError`,
        `LookupFailedError`) and `ConnectionTimeoutError`."""

    async def resolve_traced(self, host: str, recorder: Recorder) -> Answer:
        """The same, telling its steps. The default has none to tell."""
        return await self.resolve(host)

    async def close(self) -> None:
        """Give back what the layer holds. The default holds nothing."""
        return


class LocalLayer(ABC):
    """A layer that knows its answers here and now, without asking anybody."""

    @abstractmethod
    def find(self, host: str, port: int) -> Answer | None:
        """The answer for a host, None where the layer has nothing to say. `port` is 0 where none is known."""
