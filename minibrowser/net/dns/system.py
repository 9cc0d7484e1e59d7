"""The system's resolver (getaddrinfo): hosts file, search domains and whatever else the machine is set up for."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import final

from ...errors import NameNotResolvedError
from .resolver import Answer, Resolver


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
            raise NameNotResolvedError(f"no address for host {host}: {error.strerror or error}") from error
        except UnicodeError as error:
            raise NameNotResolvedError(f"not a host name: {host}") from error
        return Answer(addresses, -1.0, "system", "asked the system")
