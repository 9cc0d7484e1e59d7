"""DNS messages in wire format (RFC 1035). dnspython is imported here and nowhere else in `net`.

Names are text in small letters without the last dot; the root is "".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, final

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

from ...errors import NameNotResolvedError
from ...limits import DNS_UDP_PAYLOAD

_POINTERS: Final = frozenset({"CNAME", "NS", "DNAME"})
"""Kinds whose value is a name."""


class MessageError(ValueError):
    """Bytes that are no DNS message."""


@final
class Record:
    """One resource record of class IN. Immutable.

    Attributes:
        name: the owner; kind: "A", "CNAME", ...; ttl in seconds.
        value: the data as in a zone file; names in it as everywhere here.
        minimum: the last field of an SOA, 0 for the rest.
    """

    __slots__ = ("kind", "minimum", "name", "ttl", "value")

    def __init__(self, name: str, kind: str, ttl: int, value: str, minimum: int = 0) -> None:
        self.name: Final = name
        self.kind: Final = kind
        self.ttl: Final = ttl
        self.value: Final = value
        self.minimum: Final = minimum

    @property
    def negative_ttl(self) -> float:
        """Of an SOA: for how long "no" is true (RFC 2308 section 5)."""
        return float(min(self.ttl, self.minimum))

    def __repr__(self) -> str:
        return f"<Record {self.name or '.'} {self.ttl} {self.kind} {self.value}>"


@final
class Message:
    """An answer. Immutable.

    Attributes:
        number: the query's id.
        question: name and kind; ("", "") where there is none.
        rcode: "NOERROR", "NXDOMAIN", "SERVFAIL", "REFUSED", "FORMERR", ...
        authoritative, truncated: the flags AA and TC.
        answer, authority, additional: the sections.
    """

    __slots__ = (
        "additional", "answer", "authoritative", "authority", "number", "question", "rcode", "truncated",
    )  # fmt: skip

    def __init__(
        self,
        number: int,
        question: tuple[str, str],
        rcode: str,
        flags: tuple[bool, bool],
        sections: tuple[tuple[Record, ...], tuple[Record, ...], tuple[Record, ...]],
    ) -> None:
        """`flags`: authoritative, truncated; `sections`: answer, authority, additional."""
        self.number: Final = number
        self.question: Final = question
        self.rcode: Final = rcode
        self.authoritative, self.truncated = flags
        self.answer, self.authority, self.additional = sections

    @property
    def soa(self) -> Record | None:
        """The record that stands by a "no", None where none came along."""
        return next((record for record in self.authority if record.kind == "SOA"), None)


def build_query(
    name: str, kind: str, number: int, *, recursion: bool, payload: int = DNS_UDP_PAYLOAD
) -> bytes:
    """A query. `payload`: bytes of an answer over UDP that we take (EDNS, RFC 6891), 0 for plain DNS. Raises
    `NameNotResolvedError` for what is no host name."""
    try:
        query = dns.message.make_query(
            dns.name.from_text(name or "."),
            kind,
            use_edns=0 if payload else False,
            payload=payload,
            id=number,
        )
    except dns.exception.DNSException as error:
        raise NameNotResolvedError(f"not a host name: {name}") from error
    query.flags = dns.flags.RD if recursion else dns.flags.Flag(0)
    return query.to_wire()


def parse_message(data: bytes) -> Message:
    """An answer. Raises `MessageError` for anything else."""
    try:
        message = dns.message.from_wire(data, ignore_trailing=True, raise_on_truncation=False)
    except (dns.exception.DNSException, ValueError) as error:
        raise MessageError(str(error) or type(error).__name__) from error
    if not message.flags & dns.flags.QR:
        raise MessageError("a query, not an answer")
    question = ("", "")
    if message.question:
        asked = message.question[0]
        question = (_text(asked.name), dns.rdatatype.to_text(asked.rdtype))
    return Message(
        message.id,
        question,
        dns.rcode.to_text(message.rcode()),
        (bool(message.flags & dns.flags.AA), bool(message.flags & dns.flags.TC)),
        (_records(message.answer), _records(message.authority), _records(message.additional)),
    )


def parse_question(data: bytes) -> tuple[str, str]:
    """What a query asks: name and kind. Raises `MessageError` for what is none."""
    query = _query(data)
    return _text(query.question[0].name), dns.rdatatype.to_text(query.question[0].rdtype)


def build_answer(
    query: bytes, rcode: str, answer: Sequence[Record], authority: Sequence[Record], max_size: int
) -> bytes:
    """A recursive server's answer to a query, cut where it does not fit. Raises `MessageError`."""
    response = dns.message.make_response(_query(query), recursion_available=True)
    response.set_rcode(dns.rcode.from_text(rcode))
    for section, records in ((response.answer, answer), (response.authority, authority)):
        for record in records:
            name = dns.name.from_text(record.name or ".")
            value = record.value if record.kind not in _POINTERS else record.value + "."
            section.append(dns.rrset.from_text(name, record.ttl, "IN", record.kind, value))
    return response.to_wire(max_size=max_size, prefer_truncation=True)


def _query(data: bytes) -> dns.message.Message:
    try:
        query = dns.message.from_wire(data)
    except (dns.exception.DNSException, ValueError) as error:
        raise MessageError(str(error) or type(error).__name__) from error
    if query.flags & dns.flags.QR or len(query.question) != 1:
        raise MessageError("not a query")
    return query


def _records(section: Sequence[dns.rrset.RRset]) -> tuple[Record, ...]:
    records: list[Record] = []
    for rrset in section:
        if rrset.rdclass != dns.rdataclass.IN:
            continue
        name, kind = _text(rrset.name), dns.rdatatype.to_text(rrset.rdtype)
        for data in rrset:
            if kind in _POINTERS:
                records.append(Record(name, kind, rrset.ttl, _text(data.target)))
            elif rrset.rdtype == dns.rdatatype.SOA:
                records.append(Record(name, kind, rrset.ttl, data.to_text(), int(data.minimum)))
            else:
                records.append(Record(name, kind, rrset.ttl, data.to_text()))
    return tuple(records)


def _text(name: dns.name.Name) -> str:
    text = name.to_text(omit_final_dot=True).lower()
    return "" if text == "." else text
