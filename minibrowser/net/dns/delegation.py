"""What an authoritative server's answer means for a walk from the root. Pure: messages in, verdicts out."""

from __future__ import annotations

from enum import IntEnum
from typing import Final, final

from ...limits import MAX_DELEGATIONS, MAX_DNS_TTL
from .records import Chain, follow_aliases, is_below
from .wire import Message, Record

_INFINITY: Final = float("inf")


class Kind(IntEnum):
    """Verdicts."""

    ANSWER = 0
    ALIAS = 1
    """The records end in an alias whose target is asked for elsewhere."""
    REFERRAL = 2
    NO_RECORD = 3
    NO_NAME = 4
    LAME = 5
    """Not a server for this zone, or one that fails: the next one, please."""


@final
class Delegation:
    """A zone and who serves it. Immutable but for `addresses`, which grow as servers without glue are looked up.

    Attributes:
        zone: its name; "" is the root.
        servers: names of its servers, in the order in which they are asked.
        addresses: by server, what glue or a lookup told.
        expires: on the resolver's clock.
    """

    __slots__ = ("addresses", "expires", "servers", "zone")

    def __init__(
        self, zone: str, servers: tuple[str, ...], addresses: dict[str, tuple[str, ...]], expires: float
    ) -> None:
        self.zone: Final = zone
        self.servers: Final = servers
        self.addresses: Final = addresses
        self.expires: Final = expires

    def __repr__(self) -> str:
        return f"<Delegation {self.zone or '.'} to {' '.join(self.servers)}>"


@final
class Verdict:
    """What an answer means. Immutable.

    Attributes:
        kind: see `Kind`; words: for the trace.
        chain: the records that were followed, for ANSWER, ALIAS and the refusals.
        soa: of a refusal, None where it came without.
        delegation: for REFERRAL.
    """

    __slots__ = ("chain", "delegation", "kind", "soa", "words")

    def __init__(
        self,
        kind: Kind,
        words: str,
        chain: Chain | None = None,
        soa: Record | None = None,
        delegation: Delegation | None = None,
    ) -> None:
        self.kind: Final = kind
        self.words: Final = words
        self.chain: Final = chain
        self.soa: Final = soa
        self.delegation: Final = delegation


def judge(message: Message, zone: str, name: str, kind: str, now: float) -> Verdict:
    """What a server of `zone` said about `name` (RFC 1034 section 5.3.3 step 4).

    Only what lies in the bailiwick counts: a server of `zone` may speak about names at or below it and nothing else,
    whatever stands in its message (RFC 5452 section 6).
    """
    if message.rcode not in ("NOERROR", "NXDOMAIN"):
        return Verdict(Kind.LAME, f"answers {message.rcode}")
    chain = follow_aliases((record for record in message.answer if is_below(record.name, zone)), name, kind)
    if chain.loops:
        return Verdict(Kind.LAME, f"aliases of {name} go in a circle")
    if chain.addresses:
        alias = f", alias of {chain.canonical}" if chain.canonical else ""
        return Verdict(Kind.ANSWER, f"{_listed(chain.addresses)}, kept {chain.ttl:.0f} s{alias}", chain)
    end = chain.canonical or name
    soa = _refusal(message, zone)
    if chain.records and (soa is None or not message.authoritative):
        return Verdict(Kind.ALIAS, f"alias of {end}, kept {chain.ttl:.0f} s", chain)
    if message.rcode == "NXDOMAIN":
        return Verdict(Kind.NO_NAME, f"no such name: {end}{_kept(soa)}", chain, soa)
    delegation = _referral(message, zone, end, now)
    if delegation is not None:
        glue = sum(1 for server in delegation.servers if delegation.addresses.get(server))
        told = f"with the addresses of {glue}" if glue else "without addresses"
        words = f"referral to {delegation.zone}: {_listed(delegation.servers)}, {told}"
        return Verdict(Kind.REFERRAL, words, chain, delegation=delegation)
    if not message.authoritative:
        return Verdict(Kind.LAME, "is not a server for the zone and knows no better one")
    return Verdict(Kind.NO_RECORD, f"no {kind} record{_kept(soa)}", chain, soa)


def _refusal(message: Message, zone: str) -> Record | None:
    """The SOA that stands by a "no": of a zone that the server may speak about."""
    soa = message.soa
    return soa if soa is not None and is_below(soa.name, zone) else None


def _referral(message: Message, zone: str, name: str, now: float) -> Delegation | None:
    """The zone further down that the authority section names: strictly below the one asked and on the way to the name,
    else walks could go in circles or astray."""
    found = [
        record
        for record in message.authority
        if record.kind == "NS"
        and record.name != zone
        and is_below(record.name, zone)
        and is_below(name, record.name)
    ]
    if not found:
        return None
    child = max((record.name for record in found), key=len)
    named = [record for record in found if record.name == child]
    # Servers give them in any order; ours is chosen by who asks.
    servers = tuple(sorted({record.value for record in named}))
    addresses: dict[str, tuple[str, ...]] = {}
    # Glue: addresses of servers inside the zone that was asked; for others it has no say.
    for record in message.additional:
        if record.kind in ("A", "AAAA") and record.name in servers and is_below(record.name, zone):
            # IPv4 first: a name server is reached by it everywhere.
            known = addresses.get(record.name, ())
            addresses[record.name] = (record.value, *known) if record.kind == "A" else (*known, record.value)
    ttl = min(*(float(record.ttl) for record in named), MAX_DNS_TTL)
    return Delegation(child, servers, addresses, now + ttl)


def next_question(zone: str, name: str, known: str) -> str:
    """QNAME minimisation (RFC 9156): a server of `zone` is asked for one label more than `known`, what is known to lie
    inside its zone already."""
    base = known if is_below(known, zone) and len(known) > len(zone) else zone
    if base == name:
        return name
    rest = name[: len(name) - len(base)].rstrip(".") if base else name
    label = rest.rpartition(".")[2]
    return f"{label}.{base}" if base else label


@final
class DelegationCache:
    """NS sets and glue by zone, bounded: what was learned first goes first."""

    def __init__(self, max_entries: int = MAX_DELEGATIONS) -> None:
        self._zones: dict[str, Delegation] = {}
        self._max_entries: Final = max_entries

    def __len__(self) -> int:
        return len(self._zones)

    def put(self, delegation: Delegation) -> None:
        """Remember a zone."""
        self._zones.pop(delegation.zone, None)
        while len(self._zones) >= self._max_entries:
            del self._zones[next(iter(self._zones))]
        self._zones[delegation.zone] = delegation

    def drop(self, zone: str) -> None:
        """Forget a zone: none of its servers helps."""
        self._zones.pop(zone, None)

    def closest(self, name: str, now: float) -> Delegation | None:
        """The deepest living zone around a name, None where only the root is left."""
        while name:
            found = self._zones.get(name)
            if found is not None and found.expires > now:
                return found
            if found is not None:
                del self._zones[name]
            name = name.partition(".")[2]
        return None


def root_delegation(servers: tuple[tuple[str, tuple[str, ...]], ...]) -> Delegation:
    """The root zone, by names and addresses of its servers."""
    return Delegation("", tuple(name for name, _ in servers), dict(servers), _INFINITY)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")


def _kept(soa: Record | None) -> str:
    return (
        f", kept {soa.negative_ttl:.0f} s (SOA minimum of {soa.name or 'the root'})"
        if soa is not None
        else ""
    )
