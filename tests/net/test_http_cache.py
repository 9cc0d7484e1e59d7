"""The cache at work, over loopback, with a virtual clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from minibrowser.errors import CacheMissError, UsageError
from minibrowser.net import Headers, NetworkConfig, Request, Response, Session, Timeouts
from minibrowser.trace import Recorder

from .support import Handler, Received, Server, always, answer, run


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def make_session(clock: Callable[[], float], recorder: Recorder | None = None, **settings: str) -> Session:
    timeouts = Timeouts(connect=5.0, idle=5.0, total=10.0)
    config = NetworkConfig(
        clock=clock,
        timeouts=timeouts,
        cache_dir=settings.get("cache_dir"),
        cache=settings.get("cache", "default"),
    )
    return Session(config, recorder or Recorder(enabled=False))


def tagged(body: bytes = b"page", control: str = "max-age=60") -> Handler:
    """A server that answers 304 to those who know the entity tag."""

    async def handle(request: Received) -> bytes:
        if request.headers.get("if-none-match") == '"v1"':
            return answer(b"", "304 Not Modified", cache_control=control, etag='"v1"')
        return answer(body, cache_control=control, etag='"v1"', content_type="text/html;charset=utf-8")

    return handle


def test_a_fresh_response_costs_no_request_and_a_stale_one_a_question() -> None:
    async def main() -> None:
        clock, recorder = Clock(), Recorder()
        async with Server(tagged()) as server, make_session(clock, recorder) as own:
            request = Request(url=f"{server.origin}/", destination="document")
            first = await own.fetch(request)
            clock.now += 19
            second = await own.fetch(request)
            clock.now += 60
            third = await own.fetch(request)
            assert len(server.requests) == 2
            assert [r.source for r in (first, second, third)] == ["network", "cache", "revalidated"]
            assert [r.body for r in (first, second, third)] == [b"page"] * 3
            assert [r.mime_type for r in (first, second, third)] == ["text/html"] * 3
            assert [r.charset for r in (first, second, third)] == ["utf-8"] * 3
            assert (second.headers["age"], third.headers.get("age"), third.status) == ("19", None, 200)
        reasons = [span.reason for span in recorder.spans if span.kind == "cache"]
        assert reasons == [
            "not stored yet", "stored, fresh for 60 s", "fresh for 41 s more", "stale for 19 s",
            "revalidated: 304, fresh for 60 s more",
        ]  # fmt: skip
        assert [exchange.source for exchange in recorder.exchanges] == ["network", "cache", "network"]
        assert [exchange.status for exchange in recorder.exchanges] == [200, 200, 304]

    run(main())


def test_the_trace_says_why_something_is_not_stored() -> None:
    async def main() -> None:
        recorder = Recorder()
        async with (
            Server(always(answer(b"x", cache_control="no-store"))) as server,
            make_session(Clock(), recorder) as own,
        ):
            await own.fetch(Request(url=server.origin))
            await own.fetch(Request(url=server.origin))
            assert len(server.requests) == 2
        assert "not stored: no-store" in [span.reason for span in recorder.spans]

    run(main())


def test_a_folder_outlives_the_session(tmp_path: Path) -> None:
    async def main() -> None:
        clock = Clock()
        async with Server(tagged(b"\x00binary\xff")) as server:
            request = Request(url=f"{server.origin}/")
            async with make_session(clock, cache_dir=str(tmp_path)) as own:
                await own.fetch(request)
            async with make_session(clock, cache_dir=str(tmp_path)) as own:
                again = await own.fetch(request)
                assert (again.source, again.body) == ("cache", b"\x00binary\xff")
                await own.fetch(Request(url=f"{server.origin}/", method="POST", body=b""))
            async with make_session(clock, cache_dir=str(tmp_path)) as own:
                assert (await own.fetch(request)).source == "network"
            assert [r.method for r in server.requests] == ["GET", "POST", "GET"]

    run(main())


def test_a_folder_that_fails_costs_nothing_but_a_line_in_the_trace(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    async def main() -> None:
        recorder = Recorder()
        async with (
            Server(tagged()) as server,
            make_session(Clock(), recorder, cache_dir=str(tmp_path / "file")) as own,
        ):
            assert (await own.fetch(Request(url=server.origin))).body == b"page"
            assert (await own.fetch(Request(url=server.origin))).source == "cache"
        assert any(span.reason.startswith("the cache folder fails: ") for span in recorder.spans)

    run(main())


def gated(reply: bytes) -> tuple[Server, asyncio.Event]:
    """A server that answers when the gate opens."""
    gate = asyncio.Event()

    async def handle(_: Received) -> bytes:
        await gate.wait()
        return reply

    return Server(handle), gate


async def asked_at_once(own: Session, url: str, count: int) -> list[asyncio.Task[Response]]:
    """Requests that are all under way: one waits for the server, the others for it or for the server."""
    tasks = [asyncio.create_task(own.fetch(Request(url=url))) for _ in range(count)]
    for _ in range(200):
        await asyncio.sleep(0)
    return tasks


def test_of_several_requests_for_one_url_one_goes_out() -> None:
    async def main() -> None:
        recorder = Recorder()
        gating, gate = gated(answer(b"picture", cache_control="max-age=60"))
        async with gating as server, make_session(Clock(), recorder) as own:
            tasks = await asked_at_once(own, f"{server.origin}/", 5)
            gate.set()
            responses = await asyncio.gather(*tasks)
            assert [response.body for response in responses] == [b"picture"] * 5
            assert sorted(response.source for response in responses) == ["cache"] * 4 + ["network"]
            assert len(server.requests) == 1
        waits = [span for span in recorder.spans if span.reason == "the same request is under way"]
        assert len(waits) == 4

    run(main())


def test_what_may_not_be_kept_is_asked_for_by_all_at_once_after_the_first() -> None:
    async def main() -> None:
        gating, gate = gated(answer(b"mine", cache_control="no-store"))
        async with gating as server, make_session(Clock()) as own:
            tasks = await asked_at_once(own, f"{server.origin}/", 3)
            gate.set()
            assert {(await task).source for task in tasks} == {"network"}
            assert len(server.requests) == 3

    run(main())


def test_nobody_waits_for_a_body_that_will_not_be_kept() -> None:
    async def main() -> None:
        gate, all_there = asyncio.Event(), asyncio.Event()
        heads: list[bytes] = []

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            heads.append(await reader.readuntil(b"\r\n\r\n"))
            if len(heads) == 3:
                all_there.set()
            writer.write(b"HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 4\r\n\r\nbo")
            await gate.wait()
            writer.write(b"dy")
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server, make_session(Clock()) as own:
            url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
            tasks = [asyncio.create_task(own.fetch(Request(url=url))) for _ in range(3)]
            await all_there.wait()  # and the first body is not whole yet
            gate.set()
            assert [(await task).body for task in tasks] == [b"body"] * 3

    run(main())


def test_when_the_first_is_given_up_the_next_one_goes_out() -> None:
    async def main() -> None:
        gating, gate = gated(answer(b"picture", cache_control="max-age=60"))
        async with gating as server, make_session(Clock()) as own:
            first, *others = await asked_at_once(own, f"{server.origin}/", 3)
            first.cancel()
            await asyncio.wait([first])
            gate.set()
            assert sorted([(await task).source for task in others]) == ["cache", "network"]

    run(main())


def test_sites_do_not_see_each_others_cache() -> None:
    async def main() -> None:
        async with Server(tagged()) as server, make_session(Clock()) as own:
            sources = [
                (await own.fetch(Request(url=f"{server.origin}/", destination="image", initiator=page))).source
                for page in (
                    "https://a.example/", "https://www.a.example/x", "https://b.example/", "https://b.example/",
                    "file:///page.html",
                )
            ]  # fmt: skip
            assert sources == ["network", "cache", "network", "cache", "network"]
            framed = Request(
                url=f"{server.origin}/", initiator="https://frame.example/", top_level="https://b.example/"
            )
            assert (await own.fetch(framed)).source == "cache"

    run(main())


def test_modes_of_a_request_and_of_a_session() -> None:
    async def main() -> None:
        clock = Clock()
        async with Server(tagged()) as server:
            url = f"{server.origin}/"
            async with make_session(clock) as own:
                with pytest.raises(CacheMissError):
                    await own.fetch(Request(url=url, cache="only-if-cached"))
                await own.fetch(Request(url=url))
                modes = ("only-if-cached", "no-cache", "reload", "force-cache", "no-store")
                sources = [(await own.fetch(Request(url=url, cache=mode))).source for mode in modes]
                assert sources == ["cache", "revalidated", "network", "cache", "network"]
                assert server.requests[-1].headers["pragma"] == "no-cache"
            async with make_session(clock, cache="no-store") as own:
                assert [(await own.fetch(Request(url=url))).source for _ in range(2)] == ["network"] * 2
        with pytest.raises(UsageError, match="cache mode"):
            NetworkConfig(cache="sometimes")

    run(main())


def test_stale_while_revalidate_renews_behind_the_back() -> None:
    async def main() -> None:
        clock = Clock()
        async with (
            Server(tagged(control="max-age=10, stale-while-revalidate=60")) as server,
            make_session(clock) as own,
        ):
            await own.fetch(Request(url=server.origin))
            clock.now += 20
            assert (await own.fetch(Request(url=server.origin))).source == "cache"
            await own.settle()
            assert [r.headers.get("if-none-match") for r in server.requests] == [None, '"v1"']
            clock.now += 5
            assert (await own.fetch(Request(url=server.origin))).headers["age"] == "5"

    run(main())


def test_a_session_that_closes_takes_its_revalidations_along() -> None:
    async def main() -> None:
        clock = Clock()
        async with (
            Server(tagged(control="max-age=10, stale-while-revalidate=60")) as server,
            make_session(clock) as own,
        ):
            await own.fetch(Request(url=server.origin))
            clock.now += 20
            await own.fetch(Request(url=server.origin))

    run(main())  # nothing is left: `run` looks


def test_stale_if_error_hides_a_failing_server() -> None:
    async def main() -> None:
        clock = Clock()
        replies: list[bytes | None] = [
            answer(b"good", cache_control="max-age=10, stale-if-error=60"),
            answer(b"bad", "503 Service Unavailable"),
            None,
        ]

        async def handle(request: Received) -> bytes | None:
            return replies[min(len(server.requests), 3) - 1]

        server = Server(handle)
        async with server, make_session(clock) as own:
            await own.fetch(Request(url=server.origin))
            clock.now += 20
            assert (await own.fetch(Request(url=server.origin))).body == b"good"
            assert (await own.fetch(Request(url=server.origin))).body == b"good"
            assert len(server.requests) >= 3

    run(main())


def test_redirects_are_cached_hop_by_hop() -> None:
    async def main() -> None:
        async def handle(request: Received) -> bytes:
            if request.target == "/old":
                return answer(status="301 Moved Permanently", location="/new")
            return answer(b"new", cache_control="max-age=60")

        async with Server(handle) as server, make_session(Clock()) as own:
            for _ in range(2):
                response = await own.fetch(Request(url=f"{server.origin}/old#part"))
                assert response.url_list == (f"{server.origin}/old#part", f"{server.origin}/new#part")
            assert [r.target for r in server.requests] == ["/old", "/new"]

    run(main())


def test_the_requests_own_only_if_cached_gets_a_504() -> None:
    async def main() -> None:
        async with Server(tagged()) as server, make_session(Clock()) as own:
            headers = Headers([("Cache-Control", "only-if-cached")])
            assert (await own.fetch(Request(url=server.origin, headers=headers))).status == 504
            assert server.requests == []

    run(main())
