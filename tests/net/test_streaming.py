from __future__ import annotations

import asyncio
import gzip

import pytest

from minibrowser.demo.listener import Listener
from minibrowser.errors import ClosedError, ConnectionTimeoutError, HTTPProtocolError
from minibrowser.limits import STREAM_BUFFER_BYTES
from minibrowser.net import BodyObserver, NetworkConfig, Request, Response, Session, Timeouts
from tests.net.support import Received, Server, always, answer, replies, run, session


class Notes(BodyObserver):
    def __init__(self) -> None:
        self.begun: list[Response] = []
        self.pieces: list[bytes] = []
        self.first = asyncio.Event()

    def begin(self, response: Response) -> None:
        assert self.pieces == []
        self.begun.append(response)

    def data(self, chunk: bytes) -> None:
        assert chunk
        assert self.begun
        self.pieces.append(chunk)
        self.first.set()


class Drip(Listener):
    """A server whose body comes in pieces, each when the test says so."""

    def __init__(self, head: bytes) -> None:
        super().__init__()
        self.head = head
        self.more: asyncio.Queue[bytes] = asyncio.Queue()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(self.head)
        while data := await self.more.get():
            writer.write(data)


def test_an_observer_sees_each_piece_before_the_body_ends() -> None:
    async def main() -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html;charset=utf-8\r\nContent-Length: 10\r\n\r\n"
        async with Drip(head) as server, session() as own:
            notes = Notes()
            fetch = asyncio.create_task(own.fetch(Request(url=server.url), observer=notes))
            server.more.put_nowait(b"<p>12")
            await notes.first.wait()
            assert notes.pieces == [b"<p>12"]
            assert not fetch.done()
            (begun,) = notes.begun
            assert (begun.status, begun.body, begun.mime_type, begun.charset) == (
                200,
                b"",
                "text/html",
                "utf-8",
            )
            server.more.put_nowait(b"34567")
            response = await fetch
            server.more.put_nowait(b"")
            assert response.body == b"<p>1234567"
            assert b"".join(notes.pieces) == response.body

    run(main())


def test_pieces_are_decoded_as_they_come() -> None:
    async def main() -> None:
        coded = gzip.compress(b"first" * 100, 0)
        head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"
        async with Drip(head) as server, session() as own:
            notes = Notes()
            fetch = asyncio.create_task(own.fetch(Request(url=server.url), observer=notes))
            server.more.put_nowait(coded[:100])
            await notes.first.wait()
            assert b"".join(notes.pieces).startswith(b"firstfirst")
            server.more.put_nowait(coded[100:])
            server.more.put_nowait(b"")
            assert (await fetch).body == b"".join(notes.pieces) == b"first" * 100

    run(main())


def test_an_observer_is_told_of_the_last_answer_only() -> None:
    async def main() -> None:
        routes = {"/a": answer(b"moved", "302 Found", location="/b"), "/b": answer(b"here")}
        async with Server(replies(routes)) as server, session() as own:
            notes = Notes()
            response = await own.fetch(Request(url=f"{server.origin}/a"), observer=notes)
            assert [begun.url for begun in notes.begun] == [f"{server.origin}/b"]
            assert (
                notes.begun[0].url_list == response.url_list == (f"{server.origin}/a", f"{server.origin}/b")
            )
            assert notes.pieces == [b"here"]

    run(main())


def test_an_answer_that_is_no_success_is_told_too() -> None:
    async def main() -> None:
        routes = {"/503": answer(b"busy", "503 Busy"), "/204": answer(status="204 No Content")}
        async with Server(replies(routes)) as server, session() as own:
            for path, status, body in (
                ("404", 404, b"no such path"),
                ("503", 503, b"busy"),
                ("204", 204, b""),
            ):
                notes = Notes()
                await own.fetch(Request(url=f"{server.origin}/{path}"), observer=notes)
                assert [begun.status for begun in notes.begun] == [status]
                assert b"".join(notes.pieces) == body

    run(main())


def test_from_a_cache_and_from_a_data_url_it_is_one_piece() -> None:
    async def main() -> None:
        async with Server(always(answer(b"kept", cache_control="max-age=60", etag='"1"'))) as server:
            async with session() as own:
                await own.fetch(Request(url=server.origin))
                for url, source in ((server.origin, "cache"), ("data:,kept", "data")):
                    notes = Notes()
                    response = await own.fetch(Request(url=url), observer=notes)
                    assert response.source == notes.begun[0].source == source
                    assert (notes.pieces, response.body) == ([b"kept"], b"kept")
            assert len(server.requests) == 1

    run(main())


def test_what_a_304_confirms_is_told_from_the_cache() -> None:
    async def main() -> None:
        async def handle(request: Received) -> bytes:
            if "if-none-match" in request.headers:
                return answer(status="304 Not Modified", etag='"1"')
            return answer(b"kept", cache_control="no-cache", etag='"1"')

        async with Server(handle) as server, session() as own:
            await own.fetch(Request(url=server.origin))
            notes = Notes()
            assert (await own.fetch(Request(url=server.origin), observer=notes)).source == "revalidated"
            assert [begun.status for begun in notes.begun] == [200]
            assert notes.pieces == [b"kept"]

    run(main())


def test_a_renewal_behind_a_stale_response_is_not_told() -> None:
    async def main() -> None:
        bodies = iter([b"old", b"new"])

        async def handle(request: Received) -> bytes:
            return answer(next(bodies), cache_control="max-age=0, stale-while-revalidate=60")

        async with Server(handle) as server, session() as own:
            await own.fetch(Request(url=server.origin))
            notes = Notes()
            await own.fetch(Request(url=server.origin), observer=notes)
            await own.settle()
            assert len(server.requests) == 2
            assert notes.pieces == [b"old"]

    run(main())


def test_a_stream_gives_head_and_pieces() -> None:
    async def main() -> None:
        async with (
            Server(always(answer(b"x" * 300_000, cache_control="max-age=60"))) as server,
            session() as own,
        ):
            for _ in range(2):  # what was streamed is not kept
                async with own.stream(Request(url=server.origin)) as stream:
                    assert (stream.response.status, stream.response.body) == (200, b"")
                    pieces = [chunk async for chunk in stream.chunks()]
                assert len(pieces) > 1
                assert b"".join(pieces) == b"x" * 300_000
            assert len(server.requests) == 2
            assert server.connections == 1

    run(main())


def test_a_stream_of_something_local_and_of_an_error_status() -> None:
    async def main() -> None:
        async with Server(always(answer(b"busy", "500 Busy"))) as server, session() as own:
            async with own.stream(Request(url="data:,words")) as stream:
                assert await stream.read() == b"words"
            async with own.stream(Request(url=server.origin)) as stream:
                assert stream.response.status == 500
                assert await stream.read() == b"busy"

    run(main())


class Hose(Listener):
    """A server that sends as much as the peer takes, and counts it."""

    sent = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.transport.set_write_buffer_limits(high=0)
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()
            self.sent += 65536


async def settled(server: Hose) -> int:
    """What was sent when nothing more goes out."""
    before, same = -1, 0
    while same < 50:
        same = same + 1 if server.sent == before else 0
        before = server.sent
        await asyncio.sleep(0.002)
    return before


def test_a_slow_reader_stops_the_sender() -> None:
    async def main() -> None:
        async with Hose() as server, session() as own:
            async with own.stream(Request(url=server.url)) as stream:
                stopped = await settled(server)
                assert stopped < 16_000_000  # the system's own buffers take some megabytes on loopback
                taken = 0
                async for chunk in stream.chunks():
                    taken += len(chunk)
                    if taken > 20_000_000:
                        break
                assert stream._held <= STREAM_BUFFER_BYTES + 65536 * 4
                assert await settled(server) < taken + 16_000_000
            assert own._http is not None
            assert own._http.pool.slots == []  # the rest was not waited for

    run(main())


def test_a_reader_that_leaves_early_ends_the_exchange() -> None:
    async def main() -> None:
        async with Hose() as server, session() as own:
            async with own.stream(Request(url=server.url)) as stream:
                pass
            with pytest.raises(ClosedError, match="was left"):
                await stream.read()

    run(main())


def test_a_body_that_breaks_is_raised_to_the_reader() -> None:
    async def main() -> None:
        async with (
            Server(
                always(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\nhalf")
            ) as server,
            session() as own,
            own.stream(Request(url=server.origin)) as stream,
        ):
            with pytest.raises(HTTPProtocolError):
                await stream.read()

    run(main())


def test_a_silent_server_and_a_closed_session_end_a_stream() -> None:
    async def main() -> None:
        async with Drip(b"") as server:
            async with Session(NetworkConfig(timeouts=Timeouts(total=0.05))) as own:
                with pytest.raises(ConnectionTimeoutError, match="no answer within"):
                    async with own.stream(Request(url=server.url)):
                        pass
            server.more.put_nowait(b"")
            own = session()
            with pytest.raises(ClosedError, match="enter"):
                _ = own.stream(Request(url=server.url)).response
            server.head = b"HTTP/1.1 200 OK\r\n\r\n"
            async with own.stream(Request(url=server.url)) as stream:
                await own.close()
                with pytest.raises(ClosedError, match="closed during"):
                    await stream.read()
            server.more.put_nowait(b"")

    run(main())
