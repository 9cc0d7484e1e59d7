from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from minibrowser.errors import ConnectionFailedError, ConnectionTimeoutError
from minibrowser.limits import MAX_ADDRESSES
from minibrowser.net.tcp import TCPConnector, order_addresses
from minibrowser.trace import NO_TRACE, Recorder
from tests.net.support import Server, always, run


def test_the_families_take_turns() -> None:
    assert order_addresses(("2001:db8::1", "2001:db8::2", "192.0.2.1", "192.0.2.2")) == [
        "2001:db8::1",
        "192.0.2.1",
        "2001:db8::2",
        "192.0.2.2",
    ]
    assert order_addresses(("192.0.2.1", "2001:db8::1", "192.0.2.2")) == [
        "192.0.2.1",
        "2001:db8::1",
        "192.0.2.2",
    ]
    assert order_addresses(()) == []
    assert len(order_addresses(tuple(f"192.0.2.{n}" for n in range(100)))) == MAX_ADDRESSES


@contextmanager
def full_backlog() -> Iterator[int]:
    """A port whose queue is full, so that further connections hang."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        fillers = [socket.socket() for _ in range(4)]
        try:
            for filler in fillers:
                filler.setblocking(False)
                filler.connect_ex(("127.0.0.1", port))
            yield port
        finally:
            for filler in fillers:
                filler.close()


def test_an_address_that_refuses_gives_way_to_the_next_at_once() -> None:
    async def main() -> None:
        recorder = Recorder()
        async with Server(always(None)) as server:

            def dial(address: str, port: int) -> tuple[str, int]:
                if address == "2001:db8::1":
                    raise OSError(errno.ENETUNREACH, "no way")
                return "127.0.0.1", server.port

            connector = TCPConnector(dial, delay=60.0)
            addresses = ("2001:db8::1", "192.0.2.1")
            sock, address = await connector.connect("host.example", addresses, 80, 5.0, recorder)
            assert address == "192.0.2.1:80"
            assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
            sock.close()
        assert recorder.spans[0].reason == (
            "192.0.2.1:80 answered first, after 2001:db8::1: Network is unreachable"
        )

    run(main())


def test_an_address_that_is_silent_gets_company_after_the_delay() -> None:
    async def main() -> None:
        with full_backlog() as silent:
            async with Server(always(None)) as server:

                def dial(address: str, port: int) -> tuple[str, int]:
                    return "127.0.0.1", silent if address == "192.0.2.1" else server.port

                connector = TCPConnector(dial, delay=0.01)
                addresses = ("192.0.2.1", "192.0.2.2")
                sock, address = await connector.connect("host.example", addresses, 80, 5.0, NO_TRACE)
                assert address == "192.0.2.2:80"
                sock.close()

    run(main())


def test_silence_runs_into_the_time_limit() -> None:
    async def main() -> None:
        with full_backlog() as silent:
            connector = TCPConnector(lambda address, port: ("127.0.0.1", silent))
            with pytest.raises(
                ConnectionTimeoutError, match=r"host\.example \(192\.0\.2\.1\) port 80 within"
            ):
                await connector.connect("host.example", ("192.0.2.1",), 80, 0.05, NO_TRACE)

    run(main())


def test_when_all_fail_the_last_reason_is_told() -> None:
    async def main() -> None:
        async with Server(always(None)) as server:
            port = server.port
        connector = TCPConnector(lambda address, _: ("127.0.0.1", port))
        with pytest.raises(ConnectionFailedError, match="port 443: Connection refused"):
            await connector.connect("host.example", ("192.0.2.1", "192.0.2.2"), 443, 5.0, NO_TRACE)

    run(main())


def test_a_cancelled_attempt_leaves_no_socket() -> None:
    async def main() -> None:
        with full_backlog() as silent:
            connector = TCPConnector(lambda address, port: ("127.0.0.1", silent), delay=0.001)
            addresses = ("192.0.2.1", "192.0.2.2", "192.0.2.3")
            task = asyncio.create_task(connector.connect("host.example", addresses, 80, 5.0, NO_TRACE))
            await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    run(main())
