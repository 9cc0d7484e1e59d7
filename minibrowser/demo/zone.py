"""An authoritative DNS server on loopback: real wire format over UDP and TCP. dnspython is imported here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.node
import dns.rcode
import dns.rdataclass
import dns.rdataset
import dns.rdatatype
import dns.rrset
import dns.zone

from ..limits import DNS_UDP_PAYLOAD
from .dns_listener import DNSListener, Send

_MAX_ALIASES: Final = 8
"""Links of a CNAME chain that are followed inside the zones of one server."""

_PLAIN_PAYLOAD: Final = 512
"""Bytes over UDP for clients without EDNS (RFC 1035 section 4.2.1)."""

_MAX_MESSAGE: Final = 65_535

Twist = Callable[[bytes, bytes, bool], bytes | None]
"""The query, the answer that is due, whether over TCP: the answer that is sent, None for silence."""


@final
class DNSServer:
    """Answers from its zones: data, aliases, delegations with their glue, "no such name" and "no such record" with the
    SOA. What does not fit into a datagram is cut and comes over TCP.

    Attributes:
        queries: what was asked, as "A shop.example", in order; over TCP "A shop.example (tcp)".
        twist: changes the answers, so that a server can be broken on purpose.
    """

    def __init__(self, zone_text: str = "", origin: str = "") -> None:
        """`zone_text` in master-file format; `origin` such as "shop.example". More zones by `serve`."""
        self._zones: list[dns.zone.Zone] = []
        self._listener: Final = DNSListener(self._reply)
        self.queries: list[str] = []
        self.twist: Twist | None = None
        if zone_text:
            self.serve(zone_text, origin)

    def serve(self, zone_text: str, origin: str) -> None:
        """Take on a zone; `origin` "." is the root."""
        zone = dns.zone.from_text(zone_text, origin=origin, relativize=False)
        self._zones.append(zone)
        # The deepest zone around a name answers for it.
        self._zones.sort(key=lambda zone: -len(zone.origin or ()))

    async def start(self, port: int = 0) -> int:
        """Listen on 127.0.0.1; returns the port."""
        return await self._listener.start(port)

    def stop(self) -> None:
        """Close the sockets."""
        self._listener.stop()

    def _reply(self, data: bytes, over_tcp: bool, send: Send) -> None:
        answer = self.answer(data, over_tcp)
        if answer is not None and self.twist is not None:
            answer = self.twist(data, answer, over_tcp)
        if answer is not None:
            send(answer)

    def answer(self, data: bytes, over_tcp: bool = False) -> bytes | None:
        """The answer to a query in wire format; None where it is not one."""
        try:
            query = dns.message.from_wire(data)
        except (dns.exception.DNSException, ValueError):
            return None
        if query.flags & dns.flags.QR or len(query.question) != 1:
            return None
        response = dns.message.make_response(query, our_payload=DNS_UDP_PAYLOAD)
        question = query.question[0]
        self.queries.append(
            f"{dns.rdatatype.to_text(question.rdtype)} {question.name.to_text(omit_final_dot=True).lower()}"
            + (" (tcp)" if over_tcp else "")
        )
        self._fill(response, question.name, question.rdtype)
        size = _MAX_MESSAGE
        if not over_tcp:
            size = min(query.payload, DNS_UDP_PAYLOAD) if query.edns >= 0 else _PLAIN_PAYLOAD
        return response.to_wire(max_size=max(size, _PLAIN_PAYLOAD), prefer_truncation=True)

    def _fill(
        self, response: dns.message.Message, name: dns.name.Name, kind: dns.rdatatype.RdataType
    ) -> None:
        """RFC 1034 section 4.3.2, steps 2 to 4."""
        zone = self._zone_of(name)
        if zone is None:
            response.set_rcode(dns.rcode.REFUSED)
            return
        for _ in range(_MAX_ALIASES):
            cut = _delegation(zone, name)
            if cut is not None:
                _refer(response, zone, cut)
                return
            response.flags |= dns.flags.AA
            node: dns.node.Node | None = zone.get_node(name)
            if node is None and not _has_names_below(zone, name):
                response.set_rcode(dns.rcode.NXDOMAIN)
                break
            found = node.get_rdataset(dns.rdataclass.IN, kind) if node is not None else None
            if found is not None:
                response.answer.append(_rrset(name, found))
                return
            alias = node.get_rdataset(dns.rdataclass.IN, dns.rdatatype.CNAME) if node is not None else None
            if alias is None:
                break
            response.answer.append(_rrset(name, alias))
            name = alias[0].target
            further = self._zone_of(name)
            if further is None:
                return  # the client goes on elsewhere
            zone = further
        origin = _origin(zone)
        response.authority.append(_rrset(origin, zone.find_rdataset(origin, dns.rdatatype.SOA)))

    def _zone_of(self, name: dns.name.Name) -> dns.zone.Zone | None:
        return next((zone for zone in self._zones if name.is_subdomain(_origin(zone))), None)


def _origin(zone: dns.zone.Zone) -> dns.name.Name:
    if zone.origin is None:
        raise ValueError("a zone without an origin")
    return zone.origin


def _delegation(zone: dns.zone.Zone, name: dns.name.Name) -> dns.name.Name | None:
    """The highest cut on the way from the zone's origin down to a name, itself included; None where there is none."""
    origin = _origin(zone)
    for depth in range(len(origin.labels) + 1, len(name.labels) + 1):
        above = name.split(depth)[1]
        if zone.get_rdataset(above, dns.rdatatype.NS) is not None:
            return above
    return None


def _refer(response: dns.message.Message, zone: dns.zone.Zone, cut: dns.name.Name) -> None:
    """The servers of a zone further down, with the addresses that are known here."""
    servers = zone.find_rdataset(cut, dns.rdatatype.NS)
    response.authority.append(_rrset(cut, servers))
    for server in servers:
        for kind in (dns.rdatatype.A, dns.rdatatype.AAAA):
            glue = (
                zone.get_rdataset(server.target, kind) if server.target.is_subdomain(_origin(zone)) else None
            )
            if glue is not None:
                response.additional.append(_rrset(server.target, glue))


def _has_names_below(zone: dns.zone.Zone, name: dns.name.Name) -> bool:
    """An empty name in the middle of the tree exists (RFC 4592 section 2.2.2)."""
    return any(known.is_subdomain(name) for known in zone.nodes)


def _rrset(name: dns.name.Name, rdataset: dns.rdataset.Rdataset) -> dns.rrset.RRset:
    return dns.rrset.from_rdata_list(name, rdataset.ttl, list(rdataset))
