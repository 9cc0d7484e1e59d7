"""Our own questions to DNS servers, through aiodns (c-ares). aiodns is imported here and nowhere else.

c-ares repeats a question that got lost, goes on to the next server, and asks again over TCP where the answer was cut.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Final, final

import aiodns
import aiodns.error
import pycares

from ...errors import ConnectionTimeoutError, NameNotResolvedError
from ...limits import MAX_NEGATIVE_DNS_SECONDS
from .families import Records, ask_both
from .resolver import Answer, LookupFailedError, NameAbsentError, Resolver
from .system_config import DNSSettings, candidates

_NO_SUCH_NAME: Final = frozenset({aiodns.error.ARES_ENOTFOUND})
_NO_RECORD: Final = frozenset({aiodns.error.ARES_ENODATA})
_NOT_A_NAME: Final = frozenset({aiodns.error.ARES_EBADNAME, aiodns.error.ARES_EBADQUERY})
_SOA_QUESTIONS: Final = 3
"""How many levels up the zone of a name is looked for: more are rare, and each is a round trip."""


@final
class ServerResolver(Resolver):
    """Asks for A and AAAA side by side. Addresses come IPv6 first (RFC 6724 has them sorted later)."""

    def __init__(
        self,
        servers: Sequence[str] = (),
        timeout: float = 5.0,
        tries: int = 3,
        settings: DNSSettings | None = None,
    ) -> None:
        """`servers` as "192.0.2.1" or "192.0.2.1:5353"; none means those of the system. `timeout` in seconds for
        one try. `settings` has the domains that are searched."""
        self._servers: Final = tuple(servers)
        self._timeout: Final = timeout
        self._tries: Final = tries
        self._settings: Final = settings or DNSSettings(())
        self._engine: aiodns.DNSResolver | None = None

    async def resolve(self, host: str) -> Answer:
        refusal: NameAbsentError | None = None
        for name in candidates(host, self._settings):
            try:
                records = await ask_both(host, partial(self._ask, name))
            except NameAbsentError as error:
                refusal = refusal or error
                continue
            where = ", ".join(self._servers) or "the configured servers"
            canonical = records.canonical or (name if name != host.removesuffix(".") else "")
            alias = f", alias of {canonical}" if canonical else ""
            words = f"asked {where}, kept {records.ttl:.0f} s{alias}"
            return Answer(records.addresses, records.ttl, "dns", words, canonical)
        words = str(refusal) if refusal is not None else f"no address for host {host}"
        raise NameAbsentError(words, await self._negative_ttl(host.removesuffix("."))) from refusal

    async def close(self) -> None:
        if self._engine is not None:
            engine, self._engine = self._engine, None
            await engine.close()

    def _channel(self) -> aiodns.DNSResolver:
        if self._engine is None:
            self._engine = aiodns.DNSResolver(
                nameservers=self._servers or None,
                loop=asyncio.get_running_loop(),
                timeout=self._timeout,
                tries=self._tries,
            )
        return self._engine

    async def _ask(self, name: str, kind: str) -> Records:
        try:
            result = await self._channel().query_dns(name, kind)
        except aiodns.error.DNSError as error:
            code = int(error.args[0]) if error.args else 0
            if code in _NO_SUCH_NAME or code in _NO_RECORD:
                return Records((), -1.0, exists=code in _NO_RECORD)
            if code in _NOT_A_NAME:
                raise NameNotResolvedError(f"not a host name: {name}") from error
            if code == aiodns.error.ARES_ETIMEOUT:
                raise ConnectionTimeoutError(f"no answer from the name server for host {name}") from error
            words = str(error.args[1]) if len(error.args) > 1 else "no answer"
            raise LookupFailedError(f"no address for host {name}: {words}") from error
        addresses: list[str] = []
        ttl = -1.0
        canonical = ""
        for record in result.answer:
            data = record.data
            if isinstance(data, pycares.ARecordData | pycares.AAAARecordData):
                addresses.append(str(data.addr))
            elif isinstance(data, pycares.CNAMERecordData):
                canonical = str(data.cname)
            else:
                continue
            ttl = float(record.ttl) if ttl < 0 else min(ttl, float(record.ttl))
        return Records(tuple(addresses), ttl if addresses else -1.0, canonical)

    async def _negative_ttl(self, name: str) -> float:
        """For how long "no" is true: min(the SOA's time to live, its MINIMUM) (RFC 2308 section 5). c-ares throws away
        the SOA that came with the refusal, so the zone is asked for it; negative where nobody tells."""
        labels = name.split(".")
        for index in range(min(_SOA_QUESTIONS, len(labels))):
            zone = ".".join(labels[index:])
            try:
                result = await self._channel().query_dns(zone, "SOA")
            except aiodns.error.DNSError:
                continue  # no zone begins here, or nobody says so
            for record in result.answer:
                if isinstance(record.data, pycares.SOARecordData):
                    return min(float(record.ttl), float(record.data.minimum), MAX_NEGATIVE_DNS_SECONDS)
        return -1.0
