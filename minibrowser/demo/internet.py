"""A small internet on loopback: a DNS zone, a private CA, an http and an https server with a shop.

Nothing is mocked: names are asked for over UDP, certificates are checked against the CA, bytes go through
sockets. Addresses are from the documentation ranges (RFC 5737, RFC 3849); `dialer` maps them to loopback ports.
"""

from __future__ import annotations

import errno
from types import TracebackType
from typing import TYPE_CHECKING, Final, final

from ..errors import DependencyError
from ..net import NetworkConfig

if TYPE_CHECKING:
    from ..net.dns import Resolver
    from .origin import Origin
    from .shop import Resource
    from .zone import DNSServer

_SHOP_ADDRESS: Final = "203.0.113.10"
_CDN_ADDRESS: Final = "203.0.113.20"
_ZONE: Final = f"""
@    300 IN SOA ns.shop.example. hostmaster.shop.example. 2026112201 7200 3600 1209600 60
@    300 IN NS  ns
@    300 IN A   {_SHOP_ADDRESS}
www   60 IN CNAME @
cdn   60 IN A   {_CDN_ADDRESS}
ns   300 IN A   203.0.113.53
"""
_URL: Final = "http://www.shop.example/"
_EXTRA_MODULES: Final = ("cryptography", "dns")


@final
class DemoInternet:
    """`async with DemoInternet() as net:` then `Session(net.config())` travels it.

    Attributes, valid inside the block:
        url: where the journey starts: http, so that it takes a redirect to https.
        resolver: our own DNS client, pointed at the zone's server.
        ca_pem: the private CA.
        dialer: maps the zone's addresses to the loopback ports; every other address is unreachable, so that
            nothing leaves the machine.
        dns, plain, secure: the servers, with their logs of queries and requests.
    """

    def __init__(self) -> None:
        self.url: Final = _URL
        self.resolver: Resolver
        self.ca_pem = ""
        self.dns: DNSServer
        self.plain: Origin
        self.secure: Origin
        self._ports: dict[tuple[str, int], int] = {}
        self._site: dict[tuple[str, str], Resource] = {}

    async def __aenter__(self) -> DemoInternet:
        """Start the servers. Raises `DependencyError` when the extra `demo` is not installed."""
        try:
            # These take 150 ms to import and the extra may be missing.
            from .authority import Authority  # noqa: PLC0415
            from .zone import DNSServer  # noqa: PLC0415
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in _EXTRA_MODULES:
                raise
            raise DependencyError(
                f"the demo needs the package {error.name}: pip install 'minibrowser[demo]'"
            ) from error
        from ..net.dns.server import ServerResolver  # noqa: PLC0415 - aiodns takes 50 ms
        from .origin import Origin  # noqa: PLC0415 - as above
        from .shop import CDN_HOST, SHOP_HOST, build_site  # noqa: PLC0415 - Pillow and the pictures

        self._site = build_site()
        authority = Authority("minibrowser demo CA")
        self.ca_pem = authority.pem
        self.dns = DNSServer(_ZONE, SHOP_HOST)
        self.plain = Origin(self._find_plain)
        self.secure = Origin(self._find, authority.server_context((SHOP_HOST, "www." + SHOP_HOST, CDN_HOST)))
        try:
            dns_port = await self.dns.start()
            plain_port = await self.plain.start()
            secure_port = await self.secure.start()
        except BaseException:
            await self._stop()
            raise
        for address in (_SHOP_ADDRESS, _CDN_ADDRESS):
            self._ports[address, 80] = plain_port
            self._ports[address, 443] = secure_port
        self.resolver = ServerResolver((f"127.0.0.1:{dns_port}",))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.resolver.close()
        await self._stop()

    def config(self) -> NetworkConfig:
        """The settings that put a session into this internet."""
        return NetworkConfig(resolver=self.resolver, ca_data=self.ca_pem, dialer=self.dialer)

    def dialer(self, address: str, port: int) -> tuple[str, int]:
        """Where a connection to an address of this internet really goes."""
        real = self._ports.get((address, port))
        if real is None:
            raise OSError(errno.ENETUNREACH, "outside of the demo's internet")
        return "127.0.0.1", real

    def _find(self, host: str, path: str) -> Resource:
        from .shop import SHOP_HOST, moved, not_found  # noqa: PLC0415 - see __aenter__

        if host == "www." + SHOP_HOST:
            return moved(f"https://{SHOP_HOST}{path}")
        return self._site.get((host, path)) or not_found(path)

    def _find_plain(self, host: str, path: str) -> Resource:
        """http answers with the way to https and nothing else."""
        from .shop import SHOP_HOST, moved  # noqa: PLC0415 - see __aenter__

        return moved(f"https://{host.removeprefix('www.') or SHOP_HOST}{path}")

    async def _stop(self) -> None:
        self.dns.stop()
        await self.plain.stop()
        await self.secure.stop()
