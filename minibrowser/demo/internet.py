"""A small internet on loopback: names, a private CA, a caching edge, a load balancer, two application servers.

    browser -> root, top-level and authoritative name servers, or a recursive one (UDP, TCP, https)
            -> edge (TLS, cache) -> load balancer -> app-1, app-2 -> SQLite

Nothing is mocked: names are asked for in wire format, certificates are checked against the CA, bytes go through
sockets. Addresses are from the documentation ranges (RFC 5737); `dialer` maps them to loopback ports.
"""

from __future__ import annotations

import errno
import secrets
from contextlib import AsyncExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Final, final

from ..errors import DependencyError
from ..net import NetworkConfig

if TYPE_CHECKING:
    from .authority import Authority
    from .balancer import LoadBalancer
    from .edge import Edge
    from .http_server import HTTPServer
    from .messages import ServerRequest, ServerResponse
    from .name_servers import NameServers
    from .proxy import DemoProxy
    from .shop import Shop

_SHOP_ADDRESS: Final = "203.0.113.10"
_CDN_ADDRESS: Final = "203.0.113.20"
_DNS_HOST: Final = "dns.example"
_DNS_ADDRESS: Final = "203.0.113.30"
_DNS_PATH: Final = "/dns-query"
_SHOP_ZONE: Final = f"""
@    300 IN SOA ns.shop.example. hostmaster.shop.example. 2026112201 7200 3600 1209600 60
@    300 IN NS  ns
@    300 IN A   {_SHOP_ADDRESS}
www   60 IN CNAME @
cdn   60 IN A   {_CDN_ADDRESS}
ns   300 IN A   203.0.113.53
"""
_DNS_ZONE: Final = f"""
@    300 IN SOA ns.dns.example. hostmaster.dns.example. 2026112201 7200 3600 1209600 60
@    300 IN NS  ns
@    300 IN A   {_DNS_ADDRESS}
ns   300 IN A   203.0.113.54
"""
_URL: Final = "http://www.shop.example/"
_EXTRA_MODULES: Final = ("cryptography", "dns")


@final
class DemoInternet:
    """`async with DemoInternet() as net:` then `Session(net.config())` travels it.

    Attributes, valid inside the block:
        url: where the journey starts: http, so that it takes a redirect to https.
        ca_pem: the private CA.
        names: the name servers. plain, secure, balancing, apps: the servers for http, with their logs of requests;
            `plain` and `secure` are the edge's two, `apps` the two application servers.
        edge, balancer, shops: what answers in them.
    """

    def __init__(self) -> None:
        self.url: Final = _URL
        self.ca_pem = ""
        self.names: NameServers
        self.edge: Edge
        self.plain: HTTPServer
        self.secure: HTTPServer
        self.balancer: LoadBalancer
        self.balancing: HTTPServer
        self.shops: list[Shop] = []
        self.apps: list[HTTPServer] = []
        self._ports: dict[tuple[str, int], int] = {}
        self._hosts: dict[tuple[str, int], int] = {}
        self._closing: Final = AsyncExitStack()

    async def __aenter__(self) -> DemoInternet:
        """Start the servers. Raises `DependencyError` when the extra `demo` is not installed."""
        try:
            # These take 150 ms to import and the extra may be missing.
            from .authority import Authority  # noqa: PLC0415
            from .name_servers import NameServers, ZoneText  # noqa: PLC0415
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in _EXTRA_MODULES:
                raise
            raise DependencyError(
                f"the demo needs the package {error.name}: pip install 'minibrowser[demo]'"
            ) from error
        try:
            authority = Authority("minibrowser demo CA")
            self.ca_pem = authority.pem
            self.names = NameServers(
                [
                    ZoneText("shop.example", _SHOP_ZONE, {"ns.shop.example": "203.0.113.53"}),
                    ZoneText("dns.example", _DNS_ZONE, {"ns.dns.example": "203.0.113.54"}),
                ]
            )
            await self._closing.enter_async_context(self.names)
            self._ports.update(self.names.ports)
            await self._start_shop(authority)
        except BaseException:
            await self._closing.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._closing.aclose()

    def config(self, dns: str = "servers") -> NetworkConfig:
        """The settings that put a session into this internet. `dns` says who is asked for names: "servers" is the
        recursive server, "iterative" walks from the root, "doh" asks the recursive server over https."""
        return NetworkConfig(
            dns="iterative" if dns == "iterative" else "auto",
            nameservers=() if dns == "iterative" else (self.names.recursor,),
            root_servers=self.names.roots,
            doh=f"https://{_DNS_HOST}{_DNS_PATH}" if dns == "doh" else "",
            ca_data=self.ca_pem,
            dialer=self.dialer,
        )

    def dialer(self, address: str, port: int) -> tuple[str, int]:
        """Where a connection to an address of this internet really goes. Every other address is unreachable, so that
        nothing leaves the machine."""
        real = self._ports.get((address, port))
        if real is None:
            raise OSError(errno.ENETUNREACH, "outside of the demo's internet")
        return "127.0.0.1", real

    async def open_proxy(self, port: int = 0) -> DemoProxy:
        """A proxy through which other programs travel; it ends with the block."""
        from .proxy import DemoProxy  # noqa: PLC0415 - for those who ask

        proxy = DemoProxy(self._hosts)
        self._closing.push_async_callback(proxy.stop)
        await proxy.start(port)
        return proxy

    async def _start_shop(self, authority: Authority) -> None:
        """From behind: the application servers, the balancer, the edge."""
        # Pillow, h11 and sqlite3, when there is somebody to serve.
        from .balancer import Backend, LoadBalancer  # noqa: PLC0415
        from .database import Database  # noqa: PLC0415
        from .edge import Edge  # noqa: PLC0415
        from .http_client import Upstream  # noqa: PLC0415
        from .http_server import HTTPServer  # noqa: PLC0415
        from .shop import Shop  # noqa: PLC0415
        from .site_files import CDN_HOST, SHOP_HOST, build_files  # noqa: PLC0415

        name, site_files = secrets.token_hex(8), build_files()
        backends = []
        for number in (1, 2):
            database = Database(name)
            self._closing.callback(database.close)
            shop = Shop(f"app-{number}", database, site_files)
            server = await self._closing.enter_async_context(HTTPServer(shop.handle, shop.name))
            self.shops.append(shop)
            self.apps.append(server)
            backends.append(Backend(shop.name, Upstream(server.port)))
        self.balancer = LoadBalancer(backends)
        self._closing.push_async_callback(self.balancer.stop)
        self.balancer.start()
        self.balancing = await self._closing.enter_async_context(HTTPServer(self.balancer.handle, "balancer"))
        www = "www." + SHOP_HOST
        self.edge = Edge(
            Upstream(self.balancing.port),
            frozenset({SHOP_HOST, CDN_HOST}),
            {www: SHOP_HOST},
            {(_DNS_HOST, _DNS_PATH): self._answer_query},
        )
        self._closing.push_async_callback(self.edge.stop)
        self.plain = await self._closing.enter_async_context(HTTPServer(self.edge.handle_plain, "edge, http"))
        context = authority.server_context((SHOP_HOST, www, CDN_HOST, _DNS_HOST))
        secure = HTTPServer(self.edge.handle, "edge, https", context)
        self.secure = await self._closing.enter_async_context(secure)
        for address in (_SHOP_ADDRESS, _CDN_ADDRESS, _DNS_ADDRESS):
            self._ports[address, 80] = self.plain.port
            self._ports[address, 443] = self.secure.port
        for host in (SHOP_HOST, www, CDN_HOST, _DNS_HOST):
            self._hosts[host, 80] = self.plain.port
            self._hosts[host, 443] = self.secure.port

    async def _answer_query(self, request: ServerRequest) -> ServerResponse:
        """DNS over HTTPS (RFC 8484)."""
        from .messages import ServerResponse  # noqa: PLC0415 - as above
        from .name_servers import DOH_TYPE  # noqa: PLC0415 - as above

        if request.method == "POST":
            status, body = await self.names.doh_post(request.body)
        else:
            status, body = await self.names.doh_get(request.query)
        return ServerResponse(status, (("Content-Type", DOH_TYPE), ("Cache-Control", "no-store")), body)
