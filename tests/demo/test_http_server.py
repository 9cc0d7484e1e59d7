"""The server at the wire, and the client that talks to the server behind."""

from __future__ import annotations

import asyncio

import pytest

from minibrowser.demo.http_client import Upstream, UpstreamError
from minibrowser.demo.http_server import HTTPServer
from minibrowser.demo.messages import ServerRequest, ServerResponse
from minibrowser.net import Headers
from tests.net.support import Received, Server, answer, run


async def echo(request: ServerRequest) -> ServerResponse:
    return ServerResponse(200, (("X-Target", request.target),), request.body or b"nothing")


def talk(*pieces: bytes) -> bytes:
    """Send bytes to a server and read until it closes."""

    async def main() -> bytes:
        server = HTTPServer(echo, "echo")
        reader, writer = await asyncio.open_connection("127.0.0.1", await server.start())
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        writer.write_eof()
        received = await reader.read()
        writer.close()
        await writer.wait_closed()
        await server.stop()
        return received

    return run(main())


def test_requests_follow_each_other_on_one_connection() -> None:
    got = talk(
        b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n" * 2
        + b"POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
    )
    assert got.count(b"HTTP/1.1 200 OK") == 3
    assert got.endswith(b"\r\n\r\nabc")


def test_head_has_the_headers_and_no_body() -> None:
    got = talk(b"HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n")
    assert b"Content-Length: 7" in got
    assert got.endswith(b"\r\n\r\n")


def test_a_client_that_waits_is_told_to_go_on() -> None:
    async def main() -> None:
        server = HTTPServer(echo, "echo")
        reader, writer = await asyncio.open_connection("127.0.0.1", await server.start())
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(b"abc")
        writer.write_eof()
        assert (await reader.read()).endswith(b"abc")
        writer.close()
        await server.stop()

    run(main())


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 70_000, b"431"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n" + b"x" * 2_000_000, b"413"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"400"),
    ],
)
def test_a_broken_request_is_told_so_and_the_connection_ends(sent: bytes, status: bytes) -> None:
    assert talk(sent).startswith(b"HTTP/1.1 " + status)


def test_a_kept_connection_that_died_costs_a_safe_request_nothing() -> None:
    async def main() -> None:
        async def once(request: Received) -> bytes | None:
            return answer(b"hello") if request.number == 1 else None

        async with Server(once) as server:
            upstream = Upstream(server.port)
            headers = Headers([("Host", "x")])
            for _ in range(3):
                response = await upstream.exchange(ServerRequest("GET", "/", headers), headers)
                assert response.body == b"hello"
            form = Headers([("Host", "x"), ("Content-Length", "1")])
            with pytest.raises(UpstreamError):
                await upstream.exchange(ServerRequest("POST", "/", form, b"x"), form)
            upstream.close()

    run(main())


def test_a_server_that_is_not_there_or_silent_is_an_upstream_error() -> None:
    async def main() -> None:
        async def silent(request: Received) -> bytes | None:
            await asyncio.Event().wait()
            return None

        headers = Headers([("Host", "x")])
        request = ServerRequest("GET", "/", headers)
        async with Server(silent) as server:
            with pytest.raises(UpstreamError, match="no answer"):
                await Upstream(server.port, 0.05).exchange(request, headers)
        with pytest.raises(UpstreamError, match="no connection"):
            await Upstream(server.port).exchange(request, headers)

    run(main())
