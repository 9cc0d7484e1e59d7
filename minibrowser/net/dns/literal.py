"""Names that need no lookup: literal addresses, localhost, names that never resolve, what `--resolve` says. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Final, final

from ...errors import UsageError
from ...url import is_ip_address
from .resolver import FOREVER, Answer, LocalLayer, NameAbsentError

_NEVER: Final = ("invalid", "onion")
"""RFC 6761 section 6.4 and RFC 7686 section 2: these are not to be asked for."""


def literal_answer(host: str) -> Answer | None:
    """The answer for an IP address or a name that always means this machine (RFC 6761 section 6.3), or None.

    `host` is what stands in a URL: IPv4 addresses are already in their four-part form, IPv6 in brackets.
    """
    if is_ip_address(host):
        return Answer((host.strip("[]"),), FOREVER, "literal", "literal address")
    name = host.lower().removesuffix(".")
    if name == "localhost" or name.endswith(".localhost"):
        return Answer(("::1", "127.0.0.1"), FOREVER, "localhost", "localhost needs no lookup")
    return None


@final
class LiteralLayer(LocalLayer):
    """Literal addresses and the special names of RFC 6761."""

    def find(self, host: str, port: int) -> Answer | None:
        """See `LocalLayer`. Raises `NameAbsentError` for names that never resolve."""
        answer = literal_answer(host)
        if answer is None and host.lower().removesuffix(".").rpartition(".")[2] in _NEVER:
            raise NameAbsentError(f"no address for host {host}: such names never resolve (RFC 6761)")
        return answer


@final
class Overrides(LocalLayer):
    """What the user says about hosts and ports, as curl's `--resolve HOST:PORT:ADDRESS[,ADDRESS]`; the host `*`
    stands for all."""

    def __init__(self, entries: Iterable[str]) -> None:
        """Raises `UsageError`."""
        self._entries: Final = dict(parse_override(entry) for entry in entries)

    def find(self, host: str, port: int) -> Answer | None:
        """See `LocalLayer`."""
        name = host.lower().removesuffix(".")
        addresses = self._entries.get((name, port)) or self._entries.get(("*", port))
        if addresses is None:
            return None
        return Answer(addresses, FOREVER, "override", f"--resolve names the address of {host}:{port}")


def parse_override(text: str) -> tuple[tuple[str, int], tuple[str, ...]]:
    """`HOST:PORT:ADDRESS[,ADDRESS]` as the host and port, and the addresses. Raises `UsageError`."""
    host, _, rest = text.partition(":")
    number, _, listed = rest.partition(":")
    if not host or not number.isdecimal() or not 0 < int(number) < 65536:
        raise UsageError(f"{text!r} is not HOST:PORT:ADDRESS")
    addresses = []
    for part in listed.split(","):
        address = part.strip().removeprefix("[").removesuffix("]")
        try:
            ipaddress.ip_address(address)
        except ValueError:
            raise UsageError(f"{text!r}: {part.strip()!r} is not an IP address") from None
        addresses.append(address)
    return (host.lower().removesuffix("."), int(number)), tuple(addresses)
