from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from hypothesis import given, strategies as st

from minibrowser.errors import ConnectionTimeoutError, EmptyResponseError
from minibrowser.limits import EXPECT_CONTINUE_BYTES
from minibrowser.net import Headers, NetworkConfig, Request, Session
from minibrowser.net.http1 import repaired_head
from minibrowser.trace import Recorder
from tests.net.support import Server, always, answer, run, session
from tests.net.virtual_time import now, run_virtual

OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (OK + b"A: 1\r\n\r\n", OK + b"A: 1\r\n\r\n"),
        (b"HTTP/1.1 200 OK\nA: 1\n\n", OK + b"A: 1\r\n\r\n"),
        (b"\r\n\r\n" + OK + b"\r\n", OK + b"\r\n"),
        (OK + b"A : 1\r\nB\t: 2\r\n\r\n", OK + b"A: 1\r\nB: 2\r\n\r\n"),
        (OK + b"no colon\r\n: no name\r\nbad name: x\r\nA:\r\n\r\n", OK + b"A:\r\n\r\n"),
        (OK + b"A: 1\r\n\t2\r\n   3\r\n\r\n", OK + b"A: 1 2 3\r\n\r\n"),
        (OK + b" A: not a continuation\r\nB: 1\r\n\r\n", OK + b"B: 1\r\n\r\n"),
    ],
)
def test_a_sloppy_head_is_read_as_browsers_do(sent: bytes, read: bytes) -> None:
    assert repaired_head(sent) == read


@given(
    st.lists(st.tuples(st.from_regex(r"[A-Za-z-]{1,8}", fullmatch=True), st.text("abc ,;=\xe9", max_size=9)))
)
def test_a_clean_head_stays_as_it_is(headers: list[tuple[str, str]]) -> None:
    head = OK + b"".join(f"{name}: {value}\r\n".encode("latin-1") for name, value in headers) + b"\r\n"
    assert repaired_head(head) == head


@given(st.binary(max_size=80))
def test_repairing_is_total_and_ends_with_an_empty_line(junk: bytes) -> None:
    repaired = repaired_head(OK + junk + b"\r\n\r\n")
    assert repaired.startswith(b"HTTP/1.1 200 OK\r")
    assert repaired.endswith(b"\r\n\r\n")
    assert b"\n" not in repaired.replace(b"\r\n", b"")


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def talking(talk: Talk) -> AsyncIterator[str]:
    """A server whose side of each connection the test writes; gives its URL."""

    tasks: set[asyncio.Task[None] | None] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        tasks.add(task)
        try:
            await talk(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass  # the client has gone away
        finally:
            writer.close()
            tasks.discard(task)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        waiting = [task for task in tasks if task is not None]
        if waiting:
            await asyncio.wait(waiting)


LARGE = b"x" * EXPECT_CONTINUE_BYTES


def test_a_large_body_waits_for_a_word_of_the_server() -> None:
    async def main() -> None:
        heads: list[bytes] = []

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            heads.append(await reader.readuntil(b"\r\n\r\n"))
            await asyncio.sleep(0)
            assert reader._buffer == b""  # type: ignore[attr-defined]  # nothing of the body has come
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            body = await reader.readexactly(len(LARGE))
            writer.write(answer(str(len(body)).encode()))

        async with talking(talk) as url, session() as own:
            response = await own.fetch(Request(url=url, method="POST", body=LARGE))
            assert response.body == str(len(LARGE)).encode()
            assert b"\r\nExpect: 100-continue\r\n" in heads[0]

    run(main())


def test_a_server_that_says_nothing_gets_the_body_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minibrowser.net.http1.CONTINUE_PATIENCE", 0.01)

    async def main() -> None:
        async with Server(always(answer(b"ok"))) as server, session() as own:
            await own.fetch(Request(url=server.origin, method="POST", body=LARGE))
            assert server.requests[0].body == LARGE
            assert server.requests[0].headers["expect"] == "100-continue"
            await own.fetch(Request(url=server.origin, method="POST", body=b"small"))
            assert "expect" not in server.requests[1].headers

    run(main())


def test_an_answer_before_the_body_saves_the_body() -> None:
    async def main() -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer(b"too much", "413 Content Too Large"))
            assert await reader.read() == b""

        async with talking(talk) as url, session() as own:
            response = await own.fetch(Request(url=url, method="POST", body=LARGE))
            assert (response.status, response.body) == (413, b"too much")
            assert own._http is not None
            assert own._http.pool.slots == []  # it waits for a body that does not come

    run(main())


def test_a_server_that_does_not_want_to_be_asked_gets_the_body_at_once() -> None:
    async def main() -> None:
        heads: list[bytes] = []

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            heads.append(await reader.readuntil(b"\r\n\r\n"))
            if b"Expect" in heads[-1]:
                writer.write(answer(b"", "417 Expectation Failed"))
            else:
                await reader.readexactly(len(LARGE))
                writer.write(answer(b"taken"))

        async with talking(talk) as url, session() as own:
            assert (await own.fetch(Request(url=url, method="POST", body=LARGE))).body == b"taken"
            assert len(heads) == 2

    run(main())


def test_a_body_of_unknown_length_goes_up_in_chunks() -> None:
    async def main() -> None:
        got: list[bytes] = []

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            got.append(await reader.readuntil(b"\r\n\r\n"))
            got.append(await reader.readuntil(b"\r\n0\r\n\r\n"))
            writer.write(answer(b"taken"))

        async def pieces() -> AsyncIterator[bytes]:
            for piece in (b"one", b"", b"three"):
                yield piece

        async with talking(talk) as url, session() as own:
            response = await own.fetch(Request(url=url, method="POST", upload=pieces))
            assert response.body == b"taken"
        assert b"\r\nTransfer-Encoding: chunked\r\n" in got[0]
        assert b"content-length" not in got[0].lower()
        assert got[1] == b"3\r\none\r\n5\r\nthree\r\n0\r\n\r\n"

    run(main())


def test_a_server_that_takes_no_bytes_runs_into_the_idle_limit() -> None:
    async def main() -> None:
        done = asyncio.Event()

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await done.wait()

        async def endless() -> AsyncIterator[bytes]:
            while True:
                yield LARGE

        async with talking(talk) as url, session(idle=0.1) as own:
            with pytest.raises(ConnectionTimeoutError, match="takes no bytes"):
                await own.fetch(Request(url=url, method="POST", upload=endless))
            done.set()

    run(main())


def test_a_server_that_answers_and_hangs_up_in_the_middle_of_a_body_is_heard() -> None:
    async def main() -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer(b"no", "403 Forbidden", connection="close"))
            await writer.drain()
            writer.write_eof()
            while await reader.read(65536):
                pass

        async def pieces() -> AsyncIterator[bytes]:
            for _ in range(50):
                yield b"x" * 100_000

        async with talking(talk) as url, session() as own:
            response = await own.fetch(Request(url=url, method="POST", upload=pieces))
            assert (response.status, response.body) == (403, b"no")

    run(main())


def test_hints_and_trailers_are_told() -> None:
    async def main() -> None:
        recorder = Recorder()
        reply = (
            b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
            b"4\r\nbody\r\n0\r\nX-Sum: 42\r\n\r\n"
        )
        async with Server(always(reply)) as server, session(recorder) as own:
            assert (await own.fetch(Request(url=server.origin))).body == b"body"
        hints = [span.reason for span in recorder.spans if span.kind == "informational"]
        assert hints == ["103 </a.css>; rel=preload"]
        (receive,) = [span for span in recorder.spans if span.kind == "receive"]
        assert receive.details["trailer X-Sum"] == "42"

    run(main())


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_heads_in_small_pieces_are_put_together(size: int) -> None:
    async def main() -> None:
        reply = (
            b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
            b"HTTP/1.1 102 Processing\r\n\r\n"
            b"HTTP/1.1 200 OK\nContent-Length : 4\n\nbody"
        )

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            for _ in range(2):
                await reader.readuntil(b"\r\n\r\n")
                for start in range(0, len(reply), size):
                    writer.write(reply[start : start + size])
                    await asyncio.sleep(0)
            await reader.read()

        async with talking(talk) as url, session() as own:
            for _ in range(2):
                assert (await own.fetch(Request(url=url, cache="no-store"))).body == b"body"

    run(main())


def test_pages_of_different_sites_share_no_connection() -> None:
    async def main() -> None:
        async with Server(always(answer(b"x"))) as server, Session(NetworkConfig(cache="no-store")) as own:

            async def fetch(page: str) -> None:
                await own.fetch(Request(url=server.origin, destination="image", initiator=page))

            for page in ("https://a.example/1", "https://www.a.example/2", "https://a.example/3"):
                await fetch(page)
            assert server.connections == 1
            await fetch("https://b.example/")
            assert server.connections == 2
            frame = Request(
                url=server.origin,
                destination="image",
                initiator="https://c.example/",
                top_level="https://a.example/",
            )
            await own.fetch(frame)
            assert server.connections == 2

    run(main())


def test_an_idle_connection_that_the_server_closes_is_let_go_at_once() -> None:
    async def main() -> None:
        closed = asyncio.Event()

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer(b"x"))
            await closed.wait()

        async with talking(talk) as url, session() as own:
            await own.fetch(Request(url=url))
            assert own._http is not None
            assert len(own._http.pool.slots) == 1
            closed.set()
            for _ in range(1000):
                if not own._http.pool.slots:
                    break
                await asyncio.sleep(0)
            assert own._http.pool.slots == []

    run(main())


def test_idle_connections_close_when_their_time_is_over() -> None:
    ended: list[float] = []

    async def main() -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            for _ in range(2):
                await reader.readuntil(b"\r\n\r\n")
                writer.write(answer(b"x"))
            await reader.read()
            ended.append(now())

        async with talking(talk) as url, Session(NetworkConfig(cache="no-store", keep_alive=60.0)) as own:
            await own.fetch(Request(url=url))
            await asyncio.sleep(59)
            await own.fetch(Request(url=url))
            assert own._http is not None
            assert len(own._http.pool.slots) == 1
            await asyncio.sleep(59)
            assert ended == []
            await asyncio.sleep(2)
            assert own._http.pool.slots == []

    run_virtual(main())
    assert ended[0] == pytest.approx(119, abs=0.1)


def test_a_header_of_the_callers_own_stands() -> None:
    async def main() -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")

        async with talking(talk) as url, session() as own:
            request = Request(
                url=url, method="POST", body=b"x", headers=Headers([("Expect", "100-continue")])
            )
            with pytest.raises(EmptyResponseError):  # it asked, and the server hung up
                await own.fetch(request)

    run(main())
