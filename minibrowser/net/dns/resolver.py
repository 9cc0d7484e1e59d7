"""The interface of every layer, and its answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final, final


@final
class Answer:
    """The addresses of a name.

    Attributes:
        addresses: IP addresses as text, in the order of the answer, IPv6 and IPv4 mixed.
        ttl: seconds for which the answer may be kept, negative where unknown.
        source: the layer that knew: "literal", "localhost", "host cache", "system", "dns".
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


class Resolver(ABC):
    """One layer."""

    @abstractmethod
    async def resolve(self, host: str) -> Answer:
        """The addresses of a host name. Raises `NameNotResolvedError` and `ConnectionTimeoutError`."""

    async def close(self) -> None:
        """Give back what the layer holds. The default holds nothing."""
        return
