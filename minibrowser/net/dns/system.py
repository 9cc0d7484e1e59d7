"""The system's resolver (getaddrinfo): hosts file, search domains and whatever else the machine is set up for."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from typing import Final, final

from ...errors import ConnectionTimeoutError, NameNotResolvedError
from ...limits import SILENT_SERVERS_SECONDS
from ...trace import NO_TRACE, Recorder
from .resolver import Answer, LookupFailedError, NameAbsentError, Resolver

_ABSENT: Final = frozenset(
    getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)
)


@final
class SystemResolver(Resolver):
    """Asks getaddrinfo in a thread of its own.

    A daemon thread and not the loop's executor: the call cannot be cancelled, and an exiting program must not
    wait for a name server that is silent.
    """

    async def resolve(self, host: str) -> Answer:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[tuple[str, ...]] = loop.create_future()

        def deliver(addresses: tuple[str, ...], error: OSError | UnicodeError | None) -> None:
            if future.done():
                return
            if error is None:
                future.set_result(addresses)
            else:
                future.set_exception(error)

        def ask() -> None:
            addresses: tuple[str, ...] = ()
            failure: OSError | UnicodeError | None = None
            try:
                found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
                addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
            except (OSError, UnicodeError) as error:
                failure = error
            if not loop.is_closed():
                try:
                    loop.call_soon_threadsafe(deliver, addresses, failure)
                except RuntimeError:  # the loop closed in between: nobody waits any more
                    return

        threading.Thread(target=ask, name=f"getaddrinfo {host}", daemon=True).start()
        try:
            addresses = await future
        except OSError as error:
            words = f"no address for host {host}: {error.strerror or error}"
            if isinstance(error, socket.gaierror) and error.errno in _ABSENT:
                raise NameAbsentError(words) from error
            raise LookupFailedError(words) from error
        except UnicodeError as error:
            raise NameNotResolvedError(f"not a host name: {host}") from error
        return Answer(addresses, -1.0, "system", "asked the system")


@final
class LazyResolver(Resolver):
    """Makes a resolver when the first name is asked for: literal addresses and names in the caches need none, and its
    libraries take their time to load."""

    def __init__(self, make: Callable[[], Resolver]) -> None:
        self._make: Final = make
        self._made: Resolver | None = None

    async def resolve(self, host: str) -> Answer:
        return await self.resolve_traced(host, NO_TRACE)

    async def resolve_traced(self, host: str, recorder: Recorder) -> Answer:
        if self._made is None:
            self._made = self._make()
        return await self._made.resolve_traced(host, recorder)

    async def close(self) -> None:
        if self._made is not None:
            await self._made.close()


@final
class FallbackResolver(Resolver):
    """Asks `first`, and `second` where that cannot say or where the name is none of its business.

    "No such name" is an answer, but for names of one label: they are of the local network, of which the system may know
    more. After a silence `first` is left alone for a while: each name would wait as long again.

    Mutable: `_rests_until`, on the clock.
    """

    def __init__(
        self,
        first: Resolver,
        second: Resolver,
        skips_first: Callable[[str], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._first: Final = first
        self._second: Final = second
        self._skips_first: Final = skips_first
        self._clock: Final = clock
        self._rests_until = float("-inf")

    async def resolve(self, host: str) -> Answer:
        return await self.resolve_traced(host, NO_TRACE)

    async def resolve_traced(self, host: str, recorder: Recorder) -> Answer:
        if self._skips_first(host) or self._clock() < self._rests_until:
            return await self._second.resolve_traced(host, recorder)
        try:
            return await self._first.resolve_traced(host, recorder)
        except (NameAbsentError, LookupFailedError, ConnectionTimeoutError) as error:
            if isinstance(error, NameAbsentError) and "." in host.removesuffix("."):
                raise
            if isinstance(error, ConnectionTimeoutError):
                self._rests_until = self._clock() + SILENT_SERVERS_SECONDS
            recorder.event("dns", host, f"{error}; the system is asked instead")
            return await self._second.resolve_traced(host, recorder)

    async def close(self) -> None:
        await self._first.close()
        await self._second.close()
