"""What the records of an answer say about a name. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, final

from ...limits import MAX_DNS_ALIASES
from .wire import Record


@final
class Chain:
    """The end of a chain of aliases. Immutable.

    Attributes:
        canonical: the name at its end, "" where there are no aliases.
        addresses: that it has; ttl: the shortest on the way, `inf` for no record at all.
        records: all that were followed, in order.
        loops: whether the aliases bite their tail or go on without end.
    """

    __slots__ = ("addresses", "canonical", "loops", "records", "ttl")

    def __init__(self, canonical: str, records: tuple[Record, ...], kind: str, loops: bool) -> None:
        self.canonical: Final = canonical
        self.records: Final = records
        self.addresses: Final = tuple(record.value for record in records if record.kind == kind)
        self.ttl: Final = min((float(record.ttl) for record in records), default=float("inf"))
        self.loops: Final = loops


def follow_aliases(records: Iterable[Record], name: str, kind: str) -> Chain:
    """Go from alias to alias as far as the records tell."""
    by_name: dict[str, list[Record]] = {}
    for record in records:
        if record.kind in (kind, "CNAME"):
            by_name.setdefault(record.name, []).append(record)
    followed: list[Record] = []
    current = name
    seen = {name}
    while True:
        here = by_name.get(current, [])
        found = [record for record in here if record.kind == kind]
        if found or kind == "CNAME":
            return Chain("" if current == name else current, (*followed, *found), kind, loops=False)
        alias = next((record for record in here if record.kind == "CNAME"), None)
        if alias is None:
            return Chain("" if current == name else current, tuple(followed), kind, loops=False)
        followed.append(alias)
        current = alias.value
        if current in seen or len(followed) > MAX_DNS_ALIASES:
            return Chain(current, tuple(followed), kind, loops=True)
        seen.add(current)


def is_below(name: str, zone: str) -> bool:
    """Whether a name is that of a zone or lies in it. Names with escaped characters lie nowhere: none is a host's,
    and a dot inside of a label would fool this."""
    return zone == "" or name == zone or (name.endswith("." + zone) and "\\" not in name)
