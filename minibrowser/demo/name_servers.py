"""The demo's names: a root server, the servers of the top-level domains, those of the zones, and a recursive server in
front of them (over UDP, TCP, and as the inside of a DNS-over-HTTPS server).

Nothing is mocked: each is asked in wire format. Servers have addresses of the documentation ranges (RFC 5737); `ports`
says where on loopback they are, for a dialer.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import errno
from collections.abc import Sequence
from types import TracebackType
from typing import Final, final
from urllib.parse import parse_qs

from ..errors import ConnectionTimeoutError, NameNotResolvedError
from ..limits import DNS_UDP_PAYLOAD
from ..net.dns.delegation import Kind
from ..net.dns.iterative import IterativeResolver
from ..net.dns.wire import MessageError, Record, build_answer, parse_question
from .dns_listener import DNSListener, Send
from .zone import DNSServer

DOH_TYPE: Final = "application/dns-message"

_PORT: Final = 53
_ROOT_SERVER: Final = "a.root-servers.example"
_ROOT_ADDRESS: Final = "198.51.100.1"
_TLD_NETWORK: Final = "198.51.100."
_FIRST_TLD: Final = 10
_TTL: Final = 86_400
_MAX_MESSAGE: Final = 65_535


@final
class ZoneText:
    """A zone that somebody owns. Immutable.

    Attributes:
        origin: "shop.example"; text: master-file format, with SOA and NS.
        servers: names and addresses of its name servers, as the zone above it is told.
    """

    __slots__ = ("origin", "servers", "text")

    def __init__(self, origin: str, text: str, servers: dict[str, str]) -> None:
        self.origin: Final = origin
        self.text: Final = text
        self.servers: Final = dict(servers)


@final
class NameServers:
    """`async with NameServers(zones) as names:` starts all servers. The root and the top-level domains are made up from
    the zones: each zone is delegated by the one around it.

    Attributes, valid inside the block:
        roots: for `NetworkConfig(dns="iterative", root_servers=names.roots, dialer=...)`.
        ports: the loopback port (UDP and TCP) of each server, by address and port as a client of this internet
            sees them: `ports["198.51.100.1", 53]`.
        recursor: "127.0.0.1:53123", for `NetworkConfig(nameservers=(names.recursor,))` or a `ServerResolver`.
        queries: what the authoritative servers were asked, as "ns.shop.example: A shop.example", in order.
        servers: the servers by name, each with its own log and its `twist`.
    """

    def __init__(self, zones: Sequence[ZoneText]) -> None:
        self.roots: Final = (_ROOT_ADDRESS,)
        self.ports: dict[tuple[str, int], int] = {}
        self.recursor = ""
        self.servers: dict[str, DNSServer] = {}
        self._addresses: dict[str, str] = {}
        self._resolver: Final = IterativeResolver(self.roots, self.dial)
        self._listener: Final = DNSListener(self._reply)
        self._tasks: set[asyncio.Task[None]] = set()
        for origin, text, hosts in _hierarchy(zones):
            for name, address in hosts.items():
                self._server(name, address).serve(text, origin or ".")

    @property
    def queries(self) -> list[str]:
        """See the class. In the order of servers, then of time."""
        return [f"{name}: {query}" for name, server in self.servers.items() for query in server.queries]

    async def __aenter__(self) -> NameServers:
        try:
            for name, server in self.servers.items():
                self.ports[self._addresses[name], _PORT] = await server.start()
            self.recursor = f"127.0.0.1:{await self._listener.start()}"
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop()

    def dial(self, address: str, port: int) -> tuple[str, int]:
        """A dialer for the name servers alone. Raises `OSError` for everything else."""
        real = self.ports.get((address, port))
        if real is None:
            raise OSError(errno.ENETUNREACH, "outside of the demo's internet")
        return "127.0.0.1", real

    async def answer(self, query: bytes, max_size: int = _MAX_MESSAGE) -> bytes:
        """What a recursive server says: a query in wire format in, an answer out. It walks from the root each time it
        is asked, with what it knows of zones by then. Raises `MessageError` for what is no query."""
        name, kind = parse_question(query)
        rcode = "SERVFAIL"
        records: tuple[Record, ...] = ()
        authority: tuple[Record, ...] = ()
        try:
            outcome = await self._resolver.query(name, kind)
        except (NameNotResolvedError, ConnectionTimeoutError):
            pass  # SERVFAIL is what a client is told
        else:
            refusal = outcome.refusal
            rcode = "NXDOMAIN" if refusal is not None and refusal.kind is Kind.NO_NAME else "NOERROR"
            records = outcome.records
            if refusal is not None and refusal.soa is not None:
                authority = (refusal.soa,)
        return build_answer(query, rcode, records, authority, max_size)

    async def doh_get(self, query_string: str) -> tuple[int, bytes]:
        """The inside of a DNS-over-HTTPS server (RFC 8484): what stands behind the question mark of a GET in, status
        and body out; the body of 200 is of type `DOH_TYPE`."""
        values = parse_qs(query_string).get("dns", [])
        if len(values) != 1:
            return 400, b""
        try:
            query = base64.urlsafe_b64decode(values[0] + "=" * (-len(values[0]) % 4))
        except (binascii.Error, ValueError):
            return 400, b""
        return await self.doh_post(query)

    async def doh_post(self, body: bytes) -> tuple[int, bytes]:
        """The same for a POST."""
        try:
            return 200, await self.answer(body)
        except MessageError:
            return 400, b""

    def _server(self, name: str, address: str) -> DNSServer:
        known = self.servers.get(name)
        if known is None:
            known = self.servers[name] = DNSServer()
            self._addresses[name] = address
        return known

    def _reply(self, data: bytes, over_tcp: bool, send: Send) -> None:
        task = asyncio.create_task(self._serve(data, over_tcp, send), name="recursive server")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, data: bytes, over_tcp: bool, send: Send) -> None:
        try:
            send(await self.answer(data, _MAX_MESSAGE if over_tcp else DNS_UDP_PAYLOAD))
        except MessageError:
            return  # noise is not answered

    async def _stop(self) -> None:
        self._listener.stop()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        await self._resolver.close()
        for server in self.servers.values():
            server.stop()


def _hierarchy(zones: Sequence[ZoneText]) -> list[tuple[str, str, dict[str, str]]]:
    """Origin, text and servers of all zones, the root and the top-level domains among them, each with the
    delegations of the zones inside of it. Pure."""
    tlds = sorted({zone.origin.rpartition(".")[2] for zone in zones})
    made = [ZoneText(tld, _soa(f"ns.nic.{tld}"), {f"ns.nic.{tld}": f"{_TLD_NETWORK}{_FIRST_TLD + index}"})
            for index, tld in enumerate(tlds)]  # fmt: skip
    root = ZoneText("", _soa(_ROOT_SERVER), {_ROOT_SERVER: _ROOT_ADDRESS})
    everything = [root, *made, *zones]
    texts = {zone.origin: [zone.text.rstrip("\n")] for zone in everything}
    for zone in everything[1:]:
        above = max(
            (
                other.origin
                for other in everything
                if other is not zone and _is_around(other.origin, zone.origin)
            ),
            key=len,
        )
        for name, address in zone.servers.items():
            texts[above].append(f"{zone.origin}. {_TTL} IN NS {name}.")
            if _is_around(above, name) and f"{name}. {_TTL} IN A {address}" not in texts[above]:
                texts[above].append(f"{name}. {_TTL} IN A {address}")
    return [(zone.origin, "\n".join(texts[zone.origin]) + "\n", zone.servers) for zone in everything]


def _soa(server: str) -> str:
    return f"@ {_TTL} IN SOA {server}. hostmaster.{server}. 1 7200 3600 1209600 900\n@ {_TTL} IN NS {server}."


def _is_around(zone: str, name: str) -> bool:
    return zone == "" or name.endswith("." + zone)
