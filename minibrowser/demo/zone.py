"""An authoritative DNS server on loopback: real wire format over UDP, one zone. dnspython is imported here."""

from __future__ import annotations

import asyncio
from typing import Final, final

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.node
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import dns.zone

_MAX_ALIASES: Final = 8
"""Links of a CNAME chain that are followed inside the zone."""


@final
class DNSServer(asyncio.DatagramProtocol):
    """Answers from one zone.

    Attributes:
        queries: what was asked, as "A shop.example", in order.
    """

    def __init__(self, zone_text: str, origin: str) -> None:
        """`zone_text` in master-file format; `origin` such as "shop.example"."""
        self._zone: Final = dns.zone.from_text(zone_text, origin=origin, relativize=False)
        self._transport: asyncio.DatagramTransport | None = None
        self.queries: list[str] = []

    async def start(self) -> int:
        """Listen on a free port of 127.0.0.1; returns the port."""
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", 0))
        self._transport = transport
        return int(transport.get_extra_info("sockname")[1])

    def stop(self) -> None:
        """Close the socket."""
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        answer = self.answer(data)
        if answer is not None and self._transport is not None:
            self._transport.sendto(answer, addr)

    def answer(self, data: bytes) -> bytes | None:
        """The answer to a query in wire format; None where it is not one."""
        try:
            query = dns.message.from_wire(data)
        except (dns.exception.DNSException, ValueError):
            return None
        if query.flags & dns.flags.QR or len(query.question) != 1:
            return None
        response = dns.message.make_response(query)
        response.flags |= dns.flags.AA
        question = query.question[0]
        self.queries.append(
            f"{dns.rdatatype.to_text(question.rdtype)} {question.name.to_text(omit_final_dot=True)}"
        )
        self._fill(response, question.name, question.rdtype)
        return response.to_wire(max_size=1232)

    def _fill(
        self, response: dns.message.Message, name: dns.name.Name, kind: dns.rdatatype.RdataType
    ) -> None:
        """RFC 1034 section 4.3.2, for one zone without delegations."""
        origin = self._zone.origin
        if origin is None or not name.is_subdomain(origin):
            response.set_rcode(dns.rcode.REFUSED)
            return
        for _ in range(_MAX_ALIASES):
            node: dns.node.Node | None = self._zone.get_node(name)
            if node is None:
                if not response.answer:
                    response.set_rcode(dns.rcode.NXDOMAIN)
                break
            found = node.get_rdataset(dns.rdataclass.IN, kind)
            if found is not None:
                response.answer.append(_rrset(name, found))
                return
            alias = node.get_rdataset(dns.rdataclass.IN, dns.rdatatype.CNAME)
            if alias is None:
                break
            response.answer.append(_rrset(name, alias))
            name = alias[0].target
            if not name.is_subdomain(origin):
                return
        authority = self._zone.find_rdataset(origin, dns.rdatatype.SOA)
        response.authority.append(_rrset(origin, authority))


def _rrset(name: dns.name.Name, rdataset: dns.rdataset.Rdataset) -> dns.rrset.RRset:
    return dns.rrset.from_rdata_list(name, rdataset.ttl, list(rdataset))
