"""Everything at once: good and broken servers, cancellations, one small pool. Nothing may be left behind."""

from __future__ import annotations

import asyncio
import random

import pytest

from minibrowser.errors import MinibrowserError
from minibrowser.net import NetworkConfig, Request, Session, Timeouts
from minibrowser.net.pool_plan import SlotState
from minibrowser.trace import Recorder
from tests.net.support import Received, Server, answer, run

BEHAVIOURS = ("good", "good", "good", "redirect", "die", "garbage", "silent", "half", "close", "loop")


async def neighbour(request: Received) -> bytes | None:
    kind = request.target.split("/")[1]
    if kind == "good":
        await asyncio.sleep(0)
        return answer(b"x" * 20_000)
    if kind == "redirect":
        return answer(status="302 Found", location="/good")
    if kind == "die":
        return None
    if kind == "garbage":
        return b"\x00\x01garbage\r\n\r\n"
    if kind == "silent":
        await asyncio.Event().wait()
    if kind == "half":
        return b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nhalf"
    if kind == "loop":
        return answer(status="302 Found", location="/loop")
    return answer(b"bye", connection="close")


@pytest.mark.parametrize("seed", range(4))
def test_a_storm_leaves_nothing_behind(seed: int) -> None:
    async def main() -> None:
        dice = random.Random(seed)
        config = NetworkConfig(
            timeouts=Timeouts(connect=5.0, idle=0.1, total=5.0), max_connections=8, max_connections_per_host=3
        )
        recorder = Recorder()
        outcomes: list[str] = []
        async with (
            Server(neighbour) as one,
            Server(neighbour) as two,
            Server(neighbour) as three,
            Session(config, recorder) as own,
        ):

            async def visit(origin: str, kind: str) -> None:
                try:
                    response = await own.fetch(Request(url=f"{origin}/{kind}"))
                except MinibrowserError as error:
                    outcomes.append(f"{kind}: {type(error).__name__}")
                else:
                    outcomes.append(f"{kind}: {len(response.body)}")

            tasks = []
            for _ in range(150):
                origin = dice.choice((one, two, three)).origin
                tasks.append(asyncio.create_task(visit(origin, dice.choice(BEHAVIOURS))))
                if dice.random() < 0.2:
                    dice.choice(tasks).cancel()
                if dice.random() < 0.3:
                    await asyncio.sleep(0)
            results = await asyncio.gather(*tasks, return_exceptions=True)
            assert [r for r in results if r is not None and not isinstance(r, asyncio.CancelledError)] == []
            silent = {outcome for outcome in outcomes if outcome.startswith("silent")}
            assert silent == {"silent: ConnectionTimeoutError"}
            # On a busy machine others may be too slow for the short limit as well.
            assert {outcome for outcome in outcomes if not outcome.endswith("ConnectionTimeoutError")} == {
                "good: 20000", "redirect: 20000", "close: 3", "die: EmptyResponseError",
                "garbage: HTTPProtocolError", "half: HTTPProtocolError", "loop: TooManyRedirectsError",
            }  # fmt: skip
            assert own._http is not None
            slots = own._http.pool.slots
            assert all(slot.state is SlotState.IDLE for slot in slots)
            assert len(slots) <= 8
        assert all(span.end >= 0 for span in recorder.spans)
        assert all(exchange.status or exchange.error for exchange in recorder.exchanges)

    run(main())
