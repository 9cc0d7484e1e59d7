"""Our own questions to DNS servers, through aiodns (c-ares). aiodns is imported here and nowhere else."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final, final

import aiodns
import aiodns.error
import pycares

from ...errors import ConnectionTimeoutError, NameNotResolvedError, NetworkError
from .resolver import Answer, Resolver

_NOT_FOUND: Final = frozenset(
    {
        aiodns.error.ARES_ENOTFOUND,
        aiodns.error.ARES_ENODATA,
        aiodns.error.ARES_EBADNAME,
        aiodns.error.ARES_EBADQUERY,
    }
)


@final
class ServerResolver(Resolver):
    """Asks for A and AAAA side by side. Addresses come IPv6 first (RFC 6724 has them sorted later)."""

    def __init__(self, servers: Sequence[str] = (), timeout: float = 5.0, tries: int = 3) -> None:
        """`servers` as "192.0.2.1" or "192.0.2.1:5353"; none means those of the system. `timeout` in seconds for
        one try."""
        self._servers: Final = tuple(servers)
        self._timeout: Final = timeout
        self._tries: Final = tries
        self._engine: aiodns.DNSResolver | None = None

    async def resolve(self, host: str) -> Answer:
        if self._engine is None:
            self._engine = aiodns.DNSResolver(
                nameservers=self._servers or None,
                loop=asyncio.get_running_loop(),
                timeout=self._timeout,
                tries=self._tries,
            )
        four, six = await asyncio.gather(
            self._ask(self._engine, host, "A"), self._ask(self._engine, host, "AAAA"), return_exceptions=True
        )
        addresses: list[str] = []
        ttl = -1.0
        canonical = ""
        for answer in (six, four):
            if isinstance(answer, BaseException):
                continue
            for record in answer.answer:
                data = record.data
                if isinstance(data, (pycares.ARecordData, pycares.AAAARecordData)):
                    addresses.append(str(data.addr))
                elif isinstance(data, pycares.CNAMERecordData):
                    canonical = str(data.cname)
                else:
                    continue
                ttl = float(record.ttl) if ttl < 0 else min(ttl, float(record.ttl))
        if not addresses:
            raise self._failure(host, four, six)
        where = ", ".join(self._servers) or "the configured servers"
        alias = f", alias of {canonical}" if canonical else ""
        return Answer(tuple(addresses), ttl, "dns", f"asked {where}, kept {ttl:.0f} s{alias}", canonical)

    async def close(self) -> None:
        if self._engine is not None:
            engine, self._engine = self._engine, None
            await engine.close()

    async def _ask(self, engine: aiodns.DNSResolver, host: str, kind: str) -> pycares.DNSResult:
        return await engine.query_dns(host, kind)

    @staticmethod
    def _failure(host: str, *answers: object) -> NetworkError:
        """What to say when neither question brought an address: a time-out counts only when nobody said no."""
        errors = [answer for answer in answers if isinstance(answer, BaseException)]
        for error in errors:
            if not isinstance(error, aiodns.error.DNSError):
                raise error
        codes = [int(error.args[0]) for error in errors if error.args]
        cause = errors[0] if errors else None
        failure: NetworkError
        if any(code in _NOT_FOUND for code in codes) or len(errors) < len(answers):
            failure = NameNotResolvedError(f"no address for host {host}: no such name or no record")
        elif aiodns.error.ARES_ETIMEOUT in codes:
            failure = ConnectionTimeoutError(f"no answer from the name server for host {host}")
        else:
            words = str(cause.args[1]) if cause is not None and len(cause.args) > 1 else "no record"
            failure = NameNotResolvedError(f"no address for host {host}: {words}")
        failure.__cause__ = cause
        return failure
