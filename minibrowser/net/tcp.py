"""TCP connections: a race over the addresses of a name (RFC 8305, Happy Eyeballs)."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from typing import Final, final

from ..errors import ConnectionFailedError, ConnectionTimeoutError
from ..limits import HAPPY_EYEBALLS_DELAY, MAX_ADDRESSES
from ..trace import Recorder

_CONNECTED: Final = "connected"

Dial = Callable[[str, int], tuple[str, int]]


def order_addresses(addresses: tuple[str, ...]) -> list[str]:
    """The order of attempts: the families take turns, the first answer's family first (RFC 8305 section 4). Pure."""
    if not addresses:
        return []
    first_is_six = ":" in addresses[0]
    first = [address for address in addresses if (":" in address) == first_is_six]
    second = [address for address in addresses if (":" in address) != first_is_six]
    ordered: list[str] = []
    for index in range(max(len(first), len(second))):
        ordered += first[index : index + 1] + second[index : index + 1]
    return ordered[:MAX_ADDRESSES]


@final
class _Attempt:
    """One address that was tried. Mutable: `outcome`, "" while it is not known."""

    __slots__ = ("address", "outcome", "started")

    def __init__(self, address: str, started: float) -> None:
        """`started`: seconds after the race began."""
        self.address: Final = address
        self.started: Final = started
        self.outcome = ""

    @property
    def failure(self) -> str:
        """What went wrong, "" for nothing."""
        return f"{self.address}: {self.outcome}" if self.outcome not in ("", _CONNECTED) else ""

    @property
    def told(self) -> str:
        """For the trace."""
        return f"{self.address} at {self.started * 1000:.0f} ms: {self.outcome or 'given up'}"


@final
class TCPConnector:
    """Connects to the first address that answers."""

    def __init__(self, dial: Dial | None = None, delay: float = HAPPY_EYEBALLS_DELAY) -> None:
        """`dial` maps the address and port asked for to those connected; `delay` in seconds between attempts."""
        self._dial: Final = dial
        self._delay: Final = delay

    async def connect(
        self, host: str, addresses: tuple[str, ...], port: int, seconds: float, recorder: Recorder
    ) -> tuple[socket.socket, str]:
        """A connected socket and the address it reached ("192.0.2.1:443").

        Raises `ConnectionFailedError` and `ConnectionTimeoutError`.
        """
        ordered = order_addresses(addresses)
        attempts: list[_Attempt] = []
        with recorder.span("connect", f"{host}:{port}") as span:
            try:
                async with asyncio.timeout(seconds):
                    sock, address = await self._race(ordered, port, attempts)
            except TimeoutError as error:
                raise ConnectionTimeoutError(
                    f"no connection to {_named(host, ordered)} port {port} within {seconds:.3g} s"
                ) from error
            except OSError as error:
                words = os_error_words(error)
                raise ConnectionFailedError(
                    f"no connection to {_named(host, ordered)} port {port}: {words}"
                ) from error
            finally:
                span.detail("attempts", "; ".join(attempt.told for attempt in attempts))
            failures = "; ".join(attempt.failure for attempt in attempts if attempt.failure)
            span.because(f"{address} answered first" + (f", after {failures}" if failures else ""))
            span.detail("address", address)
            return sock, address

    async def _race(
        self, addresses: list[str], port: int, attempts: list[_Attempt]
    ) -> tuple[socket.socket, str]:
        """Start an attempt when the one before failed or took longer than the delay; the first that connects wins.
        `attempts` is filled in."""
        last_error: OSError = OSError("no address")
        running: dict[asyncio.Task[socket.socket], _Attempt] = {}
        clock = asyncio.get_running_loop().time
        begun = clock()
        waiting = list(addresses)
        winner: asyncio.Task[socket.socket] | None = None
        try:
            while winner is None and (waiting or running):
                if waiting:
                    attempt = _Attempt(waiting.pop(0), clock() - begun)
                    attempts.append(attempt)
                    connecting = self._attempt(attempt.address, port)
                    running[asyncio.create_task(connecting, name=f"connect {attempt.address}")] = attempt
                done, _ = await asyncio.wait(
                    running, timeout=self._delay if waiting else None, return_when=asyncio.FIRST_COMPLETED
                )
                for task in done:
                    error = task.exception()
                    if error is None and winner is None:
                        winner = task
                    elif isinstance(error, OSError):
                        running.pop(task).outcome = os_error_words(error)
                        last_error = error
                    elif error is not None:
                        raise error
            if winner is None:
                raise last_error
            running[winner].outcome = _CONNECTED
            return winner.result(), _joined(running[winner].address, port)
        finally:
            # Nothing is awaited here: a cancellation in between would lose the winner's socket.
            for task in running:
                if task is not winner:
                    task.add_done_callback(_close_unwanted)
                    task.cancel()

    async def _attempt(self, address: str, port: int) -> socket.socket:
        if self._dial is not None:
            address, port = self._dial(address, port)
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            # An address with a scope ("fe80::1%eth0") is resolved here, without a lookup.
            await asyncio.get_running_loop().sock_connect(sock, (address, port))
        except BaseException:
            sock.close()
            raise
        return sock


def _close_unwanted(attempt: asyncio.Task[socket.socket]) -> None:
    """An attempt that is not needed may have succeeded all the same."""
    if not attempt.cancelled() and attempt.exception() is None:
        attempt.result().close()


def os_error_words(error: OSError) -> str:
    """What the system says, without the address that asyncio puts in the place of it."""
    if error.errno is not None and error.errno > 0:
        return os.strerror(error.errno)
    return error.strerror or str(error) or type(error).__name__


def _joined(address: str, port: int) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def _named(host: str, addresses: list[str]) -> str:
    shown = ", ".join(addresses[:3]) + (", ..." if len(addresses) > 3 else "")
    return host if [host.strip("[]")] == addresses else f"{host} ({shown})"
