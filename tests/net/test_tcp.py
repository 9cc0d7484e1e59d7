from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from minibrowser.errors import ConnectionFailedError, ConnectionTimeoutError
from minibrowser.limits import MAX_ADDRESSES
from minibrowser.net.tcp import TCPConnector, order_addresses
from minibrowser.trace import NO_TRACE, Recorder
from tests.net.support import Server, always, run
from tests.net.virtual_time import VirtualLoop, now, run_virtual


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


# --- Happy Eyeballs (RFC 8305) on a virtual clock ---------------------------------------------------

SIX_1, SIX_2, FOUR_1, FOUR_2 = "2001:db8::1", "2001:db8::2", "192.0.2.1", "192.0.2.2"
REFUSED = ConnectionRefusedError(errno.ECONNREFUSED, "refused")
NEVER = 1e6


class Internet(VirtualLoop):
    """Addresses that answer after a while, refuse after a while, or are silent for ever.

    `attempts` has the time and the address of each attempt, `sockets` its socket.
    """

    def __init__(self, answers: dict[str, tuple[float, OSError | None]]) -> None:
        super().__init__()
        self.answers = answers
        self.attempts: list[tuple[float, str]] = []
        self.sockets: dict[str, socket.socket] = {}
        self._places: dict[str, str] = {}
        self.when_cancelled: Callable[[], object] = lambda: None

    def dial(self, address: str, port: int) -> tuple[str, int]:
        # The machine may have no IPv6 at all: the sockets are of IPv4, the addresses stay what they are.
        place = f"127.0.0.{2 + len(self._places)}"
        self._places[place] = address
        return place, port

    async def sock_connect(self, sock: socket.socket, address: object) -> None:
        assert isinstance(address, tuple)
        name = self._places[address[0]]
        self.attempts.append((now(), name))
        self.sockets[name] = sock
        delay, error = self.answers.get(name, (NEVER, None))
        try:
            await asyncio.sleep(delay)
        except asyncio.CancelledError:
            self.when_cancelled()
            raise
        if error is not None:
            raise error

    def race(
        self, *addresses: str, seconds: float = 10.0, recorder: Recorder = NO_TRACE
    ) -> tuple[str, float]:
        """Connect; the address that won and when."""

        async def main() -> tuple[str, float]:
            connector = TCPConnector(self.dial)
            sock, address = await connector.connect("host.example", addresses, 443, seconds, recorder)
            name = address.rpartition(":")[0].strip("[]")
            assert self.sockets[name] is sock
            assert sock.fileno() >= 0
            sock.close()
            return name, now()

        try:
            return run_virtual(main(), self)
        finally:
            assert [name for name, sock in self.sockets.items() if sock.fileno() >= 0] == []


def test_a_silent_address_gets_company_every_250_ms_and_the_families_take_turns() -> None:
    internet = Internet({})
    with pytest.raises(ConnectionTimeoutError, match="within 10 s"):
        internet.race(SIX_1, SIX_2, FOUR_1, FOUR_2)
    assert internet.attempts == [(0.0, SIX_1), (0.25, FOUR_1), (0.5, SIX_2), (0.75, FOUR_2)]


def test_the_family_of_the_first_address_goes_first() -> None:
    internet = Internet({SIX_1: (0.3, None)})
    assert internet.race(FOUR_1, FOUR_2, SIX_1) == (SIX_1, 0.55)
    assert internet.attempts == [(0.0, FOUR_1), (0.25, SIX_1), (0.5, FOUR_2)]


def test_an_address_that_answers_in_time_meets_no_rival() -> None:
    internet = Internet({SIX_1: (0.249, None), FOUR_1: (0.0, None)})
    assert internet.race(SIX_1, FOUR_1) == (SIX_1, 0.249)
    assert internet.attempts == [(0.0, SIX_1)]


def test_a_refusal_starts_the_next_attempt_at_once() -> None:
    internet = Internet({SIX_1: (0.01, REFUSED), FOUR_1: (0.02, None)})
    recorder = Recorder()
    assert internet.race(SIX_1, FOUR_1, SIX_2, recorder=recorder) == (FOUR_1, 0.03)
    assert internet.attempts == [(0.0, SIX_1), (0.01, FOUR_1)]
    assert "2001:db8::1: Connection refused" in recorder.spans[0].reason
    assert recorder.spans[0].details["attempts"] == (
        "2001:db8::1 at 0 ms: Connection refused; 192.0.2.1 at 10 ms: connected"
    )


def test_a_late_refusal_does_not_wait_for_the_others_either() -> None:
    internet = Internet({FOUR_1: (0.05, REFUSED), SIX_2: (0.1, None)})
    assert internet.race(SIX_1, FOUR_1, SIX_2) == (SIX_2, 0.4)
    assert internet.attempts == [(0.0, SIX_1), (0.25, FOUR_1), (0.3, SIX_2)]


def test_the_first_attempt_may_still_win_after_others_have_started() -> None:
    internet = Internet({SIX_1: (0.6, None), FOUR_1: (0.5, None), SIX_2: (0.5, None)})
    assert internet.race(SIX_1, FOUR_1, SIX_2) == (SIX_1, 0.6)
    assert internet.attempts == [(0.0, SIX_1), (0.25, FOUR_1), (0.5, SIX_2)]


def test_of_two_that_connect_at_the_same_moment_one_is_closed() -> None:
    internet = Internet({SIX_1: (0.5, None), FOUR_1: (0.25, None)})
    winner, moment = internet.race(SIX_1, FOUR_1)
    assert (winner in (SIX_1, FOUR_1), moment) == (True, 0.5)
    assert len(internet.sockets) == 2


def test_when_all_refuse_the_failure_comes_with_the_last_refusal() -> None:
    internet = Internet(dict.fromkeys((SIX_1, FOUR_1, SIX_2), (0.1, REFUSED)))
    recorder = Recorder(clock=internet.time)
    with pytest.raises(ConnectionFailedError, match="Connection refused"):
        internet.race(SIX_1, FOUR_1, SIX_2, recorder=recorder)
    assert [moment for moment, _ in internet.attempts] == [0.0, 0.1, 0.2]
    assert round(recorder.spans[0].duration, 6) == 0.3


def test_a_refusal_of_all_started_attempts_does_not_end_the_race() -> None:
    internet = Internet({SIX_1: (0.3, REFUSED), FOUR_1: (0.05, REFUSED), SIX_2: (1.0, None)})
    assert internet.race(SIX_1, FOUR_1, SIX_2) == (SIX_2, 1.3)
    assert internet.attempts == [(0.0, SIX_1), (0.25, FOUR_1), (0.3, SIX_2)]


def test_the_time_limit_is_for_the_whole_race_and_closes_all() -> None:
    internet = Internet({FOUR_2: (5.0, None)})
    recorder = Recorder()
    with pytest.raises(ConnectionTimeoutError, match=r"within 0\.6 s"):
        internet.race(SIX_1, SIX_2, FOUR_1, FOUR_2, seconds=0.6, recorder=recorder)
    assert recorder.spans[0].details["attempts"] == (
        "2001:db8::1 at 0 ms: given up; 192.0.2.1 at 250 ms: given up; 2001:db8::2 at 500 ms: given up"
    )
    assert internet.attempts == [(0.0, SIX_1), (0.25, FOUR_1), (0.5, SIX_2)]
    assert round(internet.time(), 6) == 0.6


def test_who_gives_up_leaves_nothing_open() -> None:
    internet = Internet({})

    async def main() -> None:
        connector = TCPConnector(internet.dial)
        connecting = asyncio.create_task(
            connector.connect("host.example", (SIX_1, FOUR_1), 443, 10.0, NO_TRACE)
        )
        await asyncio.sleep(0.3)
        assert [sock.fileno() >= 0 for sock in internet.sockets.values()] == [True, True]
        connecting.cancel()
        with suppress(asyncio.CancelledError):
            await connecting
        assert now() == 0.3

    run_virtual(main(), internet)
    assert [sock.fileno() >= 0 for sock in internet.sockets.values()] == [False, False]


def test_who_gives_up_at_the_moment_of_victory_leaves_nothing_open() -> None:
    internet = Internet({FOUR_1: (0.1, None)})

    async def main() -> None:
        connector = TCPConnector(internet.dial)
        connecting = asyncio.create_task(
            connector.connect("host.example", (SIX_1, FOUR_1), 443, 10.0, NO_TRACE)
        )
        internet.when_cancelled = (
            connecting.cancel
        )  # the loser hears of it while the winner is on its way home
        try:
            sock, _ = await connecting
        except asyncio.CancelledError:
            return
        sock.close()

    run_virtual(main(), internet)
    assert [sock.fileno() >= 0 for sock in internet.sockets.values()] == [False, False]
