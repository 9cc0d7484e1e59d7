from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import pytest

pytest.importorskip("cryptography")

from h2.errors import ErrorCodes
from h2.settings import SettingCodes

from fixtures.certificates import Certificates
from minibrowser.errors import (
    ConnectionTimeoutError,
    EmptyResponseError,
    HTTPProtocolError,
    RequestRefusedError,
    UsageError,
)
from minibrowser.limits import HTTP2_PING_SECONDS, HTTP2_STREAM_WINDOW, MAX_REFUSALS
from minibrowser.net import Headers, NetworkConfig, Request, Session, Timeouts
from minibrowser.net.conversation import RequestHead
from minibrowser.net.http2_fields import priority_field, request_fields
from minibrowser.net.request import Priority
from minibrowser.trace import Recorder
from tests.net.h2_server import Exchange, H2Server
from tests.net.support import Server, always, answer, run
from tests.net.virtual_time import VirtualLoop, now, run_virtual

T = TypeVar("T")


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


class InlineLoop(VirtualLoop):
    """Virtual time does not wait for threads, and the trust store is read in one: here it is read at once."""

    def run_in_executor(self, executor: object, func: Callable[..., T], *args: object) -> asyncio.Future[T]:
        future: asyncio.Future[T] = self.create_future()
        future.set_result(func(*args))
        return future


def session(certificates: Certificates, recorder: Recorder | None = None, idle: float = 5.0) -> Session:
    config = NetworkConfig(
        ca_data=certificates.ca_pem, cache="no-store", timeouts=Timeouts(connect=5.0, idle=idle, total=20.0)
    )
    return Session(config, recorder or Recorder(enabled=False))


async def echo(exchange: Exchange) -> None:
    await exchange.answer(exchange.path.encode())


def test_a_page_comes_over_http2_and_the_trace_says_so(certificates: Certificates) -> None:
    async def main() -> None:
        recorder = Recorder()
        async with H2Server(echo, certificates.server()) as server, session(certificates, recorder) as own:
            for path in ("/a?b", "/c"):
                response = await own.fetch(Request(url=server.origin + path, destination="document"))
                assert (response.status, response.body) == (200, path.encode())
                assert (response.http_version, response.ok) == ("HTTP/2", True)
                assert response.tls is not None
                assert response.tls.alpn == "h2"
            assert len(server.begun) == 1
        reasons = [span.reason for span in recorder.spans if span.kind == "send"]
        assert reasons == ["h2, stream 1 of connection 1", "h2, stream 3 of connection 1"]
        assert [exchange.http_version for exchange in recorder.exchanges] == ["HTTP/2"] * 2

    run(main())


def test_what_goes_out(certificates: Certificates) -> None:
    async def main() -> None:
        async with H2Server(echo, certificates.server()) as server, session(certificates) as own:
            own.add_cookies([{"name": n, "value": "1", "url": server.origin} for n in ("a", "b")])
            await own.fetch(Request(url=f"{server.origin}/x", destination="document"))
            await own.fetch(Request(url=f"{server.origin}/s", destination="style", credentials="omit"))
            document, style = server.exchanges
            assert document.fields[:4] == [
                (":method", "GET"), (":authority", f"localhost:{server.port}"), (":scheme", "https"), (":path", "/x"),
            ]  # fmt: skip
            names = [name for name, _ in document.fields]
            assert not {"host", "connection", "transfer-encoding"} & set(names)
            assert names.count("cookie") == 2
            assert document.headers["priority"] == "u=0, i"
            assert style.headers["priority"] == "u=0"
            assert all(name == name.lower() for name in names)

    run(main())


def test_many_requests_share_one_connection(certificates: Certificates) -> None:
    async def main() -> None:
        together = asyncio.Event()
        count = 0

        async def handle(exchange: Exchange) -> None:
            nonlocal count
            count += 1
            if count == 50:
                together.set()
            await together.wait()
            await exchange.answer(exchange.path.encode())

        recorder = Recorder()
        async with H2Server(handle, certificates.server()) as server, session(certificates, recorder) as own:
            requests = [own.fetch(Request(url=f"{server.origin}/{n}")) for n in range(50)]
            responses = await asyncio.gather(*requests)
            assert [response.body for response in responses] == [b"/%d" % n for n in range(50)]
            assert len(server.begun) == 1
        reasons = {span.reason for span in recorder.spans if span.kind == "queue"}
        assert reasons == {f"localhost:{server.port}: connection 1 is being opened and may serve all"}

    run(main())


def test_where_http2_is_not_spoken_the_others_open_their_own(certificates: Certificates) -> None:
    async def main() -> None:
        waiting = 0
        all_there = asyncio.Event()

        async def handle(request: object) -> bytes:
            nonlocal waiting
            waiting += 1
            if waiting == 6:
                all_there.set()
            await all_there.wait()
            return answer(b"x")

        async with Server(handle, certificates.server()) as server, session(certificates) as own:
            url = f"https://localhost:{server.port}/"
            responses = await asyncio.gather(*(own.fetch(Request(url=url)) for _ in range(8)))
            assert {response.http_version for response in responses} == {"HTTP/1.1"}
            assert server.connections == 6

    run(main())


def test_no_more_streams_than_the_server_allows(certificates: Certificates) -> None:
    async def main() -> None:
        settings = {SettingCodes.MAX_CONCURRENT_STREAMS: 3}
        async with H2Server(echo, certificates.server(), settings) as server, session(certificates) as own:
            await own.fetch(Request(url=server.origin))  # the limit is known from here on
            await asyncio.gather(*(own.fetch(Request(url=f"{server.origin}/{n}")) for n in range(20)))
            (connection,) = server.begun
            assert connection.most_open <= 3
            assert len(server.exchanges) == 21

    run(main())


def test_a_body_goes_up_as_the_windows_allow(certificates: Certificates) -> None:
    async def main() -> None:
        async def handle(exchange: Exchange) -> None:
            await exchange.ended.wait()
            await exchange.answer(str(len(exchange.body)).encode())

        async def pieces() -> AsyncIterator[bytes]:
            for _ in range(5):
                yield b"x" * 50_000

        async with H2Server(handle, certificates.server()) as server, session(certificates) as own:
            body = b"y" * 300_000  # the first window is 65,535
            response = await own.fetch(Request(url=server.origin, method="POST", body=body))
            assert response.body == b"300000"
            response = await own.fetch(Request(url=server.origin, method="POST", upload=pieces))
            assert response.body == b"250000"
            assert "transfer-encoding" not in server.exchanges[1].headers

    run(main())


def test_a_stream_that_is_answered_before_its_body_is_sent_is_given_back(certificates: Certificates) -> None:
    async def main() -> None:
        async def handle(exchange: Exchange) -> None:
            await exchange.answer(b"enough", "413")

        server = H2Server(handle, certificates.server(), takes_bodies=False)
        async with server, session(certificates) as own:
            for _ in range(3):
                response = await own.fetch(Request(url=server.origin, method="POST", body=b"y" * 300_000))
                assert (response.status, response.body) == (413, b"enough")
            await own.fetch(Request(url=server.origin))
            (connection,) = server.begun
            assert [exchange.reset_code for exchange in server.exchanges] == [ErrorCodes.CANCEL] * 3 + [None]
            assert connection.engine.open_inbound_streams == 0

    run(main())


def test_an_answer_that_is_refused_here_ends_its_stream(certificates: Certificates) -> None:
    async def main() -> None:
        async def handle(exchange: Exchange) -> None:
            exchange.head("2000")
            await exchange.reset_came.wait()

        async with H2Server(handle, certificates.server()) as server, session(certificates) as own:
            with pytest.raises(HTTPProtocolError, match="the status b'2000'"):
                await own.fetch(Request(url=server.origin))
            await asyncio.wait_for(server.exchanges[0].reset_came.wait(), 5)

    run(main())


def test_a_server_that_takes_no_more_of_a_body_runs_into_the_limit(certificates: Certificates) -> None:
    async def main() -> None:
        async def handle(exchange: Exchange) -> None:
            await asyncio.Event().wait()

        server = H2Server(handle, certificates.server(), takes_bodies=False)
        async with server, session(certificates, idle=0.1) as own:
            with pytest.raises(ConnectionTimeoutError, match="takes no bytes"):
                await own.fetch(Request(url=server.origin, method="POST", body=b"y" * 300_000))
            assert len(server.exchanges[0].body) == 65_535

    run(main())


def test_a_slow_reader_stops_its_sender_and_nobody_else(certificates: Certificates) -> None:
    async def main() -> None:
        async def handle(exchange: Exchange) -> None:
            if exchange.path == "/big":
                exchange.head()
                await exchange.data(b"x" * 5_000_000)
            else:
                await exchange.answer(b"small")

        async with H2Server(handle, certificates.server()) as server, session(certificates) as own:
            async with own.stream(Request(url=f"{server.origin}/big")) as stream:
                big = server.exchanges[0]
                for _ in range(3):
                    assert (await own.fetch(Request(url=f"{server.origin}/s"))).body == b"small"
                before = -1
                while big.sent != before:
                    before = big.sent
                    for _ in range(200):
                        await asyncio.sleep(0)
                assert HTTP2_STREAM_WINDOW <= big.sent <= HTTP2_STREAM_WINDOW * 3 // 2
                assert len(await stream.read()) == 5_000_000
            assert len(server.begun) == 1

    run(main())


def test_what_is_left_in_the_middle_is_reset_and_the_connection_lives(certificates: Certificates) -> None:
    async def main() -> None:
        async def handle(exchange: Exchange) -> None:
            exchange.head(ends=exchange.path != "/big")
            if exchange.path == "/big":
                await exchange.data(b"x" * 5_000_000)

        async with H2Server(handle, certificates.server()) as server, session(certificates) as own:
            async with own.stream(Request(url=f"{server.origin}/big")) as stream:
                assert stream.response.status == 200
            assert (await own.fetch(Request(url=server.origin))).status == 200
            await server.exchanges[0].reset_came.wait()
            assert server.exchanges[0].reset_code == ErrorCodes.CANCEL
            assert len(server.begun) == 1

    run(main())


def test_early_hints_trailers_codings_and_no_body(certificates: Certificates) -> None:
    async def main() -> None:
        async def handle(exchange: Exchange) -> None:
            if exchange.path == "/204":
                exchange.head("204", ends=True)
                return
            exchange.connection.engine.send_headers(
                exchange.number, [(":status", "103"), ("link", "</a.css>")]
            )
            exchange.head("200", ("content-encoding", "gzip"), ("set-cookie", "a=1"), ("set-cookie", "b=2"))
            await exchange.data(gzip.compress(b"words"), ends=False)
            exchange.trailers(("server-timing", "db;dur=3"))

        recorder = Recorder()
        async with H2Server(handle, certificates.server()) as server, session(certificates, recorder) as own:
            response = await own.fetch(Request(url=server.origin))
            assert response.body == b"words"
            assert response.headers.get_all("set-cookie") == ["a=1", "b=2"]
            assert sorted(cookie.name for cookie in own.cookies.cookies()) == ["a", "b"]
            assert (await own.fetch(Request(url=f"{server.origin}/204"))).status == 204
        assert [span.reason for span in recorder.spans if span.kind == "informational"] == ["103 </a.css>"]
        (details,) = [span.details for span in recorder.spans if span.kind == "receive" and span.details]
        assert details["trailer server-timing"] == "db;dur=3"

    run(main())


def test_streams_above_the_last_of_a_goaway_go_to_a_fresh_connection(certificates: Certificates) -> None:
    async def main() -> None:
        release, waiting = asyncio.Event(), asyncio.Event()

        async def handle(exchange: Exchange) -> None:
            if exchange.connection is not server.begun[0]:
                await exchange.answer(b"new")
            elif exchange.number == 5:
                exchange.connection.goaway(last=3)
            else:
                if exchange.number == 3:
                    waiting.set()
                    await release.wait()
                await exchange.answer(b"old")

        async with H2Server(handle, certificates.server()) as server, session(certificates) as own:
            assert (await own.fetch(Request(url=server.origin))).body == b"old"
            running = asyncio.create_task(own.fetch(Request(url=f"{server.origin}/3")))
            await waiting.wait()
            # A POST too: what the server has not begun is safe to send again.
            above = await own.fetch(Request(url=f"{server.origin}/5", method="POST", body=b"x"))
            assert above.body == b"new"
            release.set()
            assert (await running).body == b"old"
            assert len(server.begun) == 2
            assert (await own.fetch(Request(url=server.origin))).body == b"new"
            assert own._http is not None
            assert [slot.number for slot in own._http.pool.slots] == [2]  # the one that went away is closed

    run(main())


def test_a_refused_stream_is_begun_again_but_not_for_ever(certificates: Certificates) -> None:
    async def main() -> None:
        async def handle(exchange: Exchange) -> None:
            if exchange.path == "/never" or len(server.exchanges) < 3:
                exchange.reset(ErrorCodes.REFUSED_STREAM)
            else:
                await exchange.answer(b"at last")

        async with H2Server(handle, certificates.server()) as server, session(certificates) as own:
            assert (await own.fetch(Request(url=server.origin, method="POST", body=b"x"))).body == b"at last"
            assert len(server.exchanges) == 3
            server.exchanges.clear()
            with pytest.raises(RequestRefusedError, match="refused stream"):
                await own.fetch(Request(url=f"{server.origin}/never"))
            assert len(server.exchanges) == 1 + MAX_REFUSALS
            assert len(server.begun) == 1

    run(main())


def test_a_server_that_wants_http1_for_a_page_gets_it(certificates: Certificates) -> None:
    async def main() -> None:
        async def handle(exchange: Exchange) -> None:
            if exchange.path == "/modern":
                await exchange.answer(b"new manners")
            else:
                exchange.reset(ErrorCodes.HTTP_1_1_REQUIRED)

        offered: list[bool] = []

        class Either(H2Server):
            async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                chosen = writer.get_extra_info("ssl_object").selected_alpn_protocol()
                if chosen == "h2":
                    await super().serve(reader, writer)
                    return
                await reader.readuntil(b"\r\n\r\n")
                offered.append(chosen is None)
                writer.write(answer(b"old manners", connection="close"))

        async with Either(handle, certificates.server()) as server, session(certificates) as own:
            modern = await own.fetch(Request(url=f"{server.origin}/modern"))
            assert (modern.body, modern.http_version) == (b"new manners", "HTTP/2")
            response = await own.fetch(Request(url=server.origin))
            assert (response.body, response.http_version) == (b"old manners", "HTTP/1.1")
            assert offered == [True]

    run(main())


@pytest.mark.parametrize(
    ("code", "words"),
    [(ErrorCodes.INTERNAL_ERROR, "reset stream 1: INTERNAL_ERROR"), (ErrorCodes.CANCEL, "CANCEL")],
)
def test_a_reset_stream_says_why(certificates: Certificates, code: ErrorCodes, words: str) -> None:
    async def main() -> None:
        async def handle(exchange: Exchange) -> None:
            if exchange.path == "/late":
                exchange.head()
            exchange.reset(code)

        async with H2Server(handle, certificates.server()) as server, session(certificates) as own:
            with pytest.raises(HTTPProtocolError, match=words):
                await own.fetch(Request(url=server.origin))
            with pytest.raises(HTTPProtocolError, match=words.replace("1", "3")):
                await own.fetch(Request(url=f"{server.origin}/late"))
            assert len(server.begun) == 1

    run(main())


def test_a_connection_that_dies_takes_its_streams_and_the_safe_ones_are_sent_again(
    certificates: Certificates,
) -> None:
    async def main() -> None:
        async def handle(exchange: Exchange) -> None:
            if exchange.connection is server.begun[0] and exchange.path == "/die":
                if len(server.exchanges) == 5:
                    exchange.connection.writer.transport.abort()
                return
            await exchange.answer(b"ok")

        async with H2Server(handle, certificates.server()) as server, session(certificates) as own:
            await own.fetch(Request(url=server.origin))
            gets = [own.fetch(Request(url=f"{server.origin}/die")) for _ in range(3)]
            post = own.fetch(Request(url=f"{server.origin}/die", method="POST", body=b"x"))
            results = await asyncio.gather(*gets, post, return_exceptions=True)
            assert [getattr(result, "body", None) for result in results] == [b"ok", b"ok", b"ok", None]
            assert isinstance(results[3], EmptyResponseError)
            assert len(server.begun) == 2

    run(main())


def test_a_body_that_breaks_off_is_an_error(certificates: Certificates) -> None:
    async def main() -> None:
        async def handle(exchange: Exchange) -> None:
            exchange.head("200", ("content-length", "100"))
            await exchange.data(b"half", ends=False)
            await asyncio.sleep(0)
            exchange.connection.writer.close()

        async with H2Server(handle, certificates.server()) as server, session(certificates) as own:
            with pytest.raises(HTTPProtocolError, match="middle of stream 1"):
                await own.fetch(Request(url=server.origin))
            assert len(server.exchanges) == 1

    run(main())


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n" + b" " * 100, "HTTP/1.1 where HTTP/2"),
        (b"\x00\x00\x04\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00", "not HTTP/2"),
        (b"\x00\x00\x04\x04\x00\x00\x00\x00\x00" * 3, "not HTTP/2"),
        (b"\x00\x00\x00\x04\x00\x00\x00\x00\x00" * 20_000, "frames without end"),
        (b"\x00\x00\x08\x06\x00\x00\x00\x00\x00" * 2 + b"12345678", "not HTTP/2|middle|closed"),
        (b"\x00\x00\x00\x04\x00\x00\x00\x00\x00", "closed the connection"),
        (b"", "closed the connection"),
    ],
    ids=["http/1.1", "window of 0", "bad settings", "flood", "bad ping", "settings and no more", "nothing"],
)
def test_what_is_not_http2_is_told_apart(certificates: Certificates, sent: bytes, words: str) -> None:
    async def main() -> None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(100)
            writer.write(sent)
            writer.close()

        context = certificates.server()
        context.set_alpn_protocols(["h2"])
        server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
        async with server, session(certificates) as own:
            with pytest.raises((HTTPProtocolError, EmptyResponseError), match=words):
                await own.fetch(Request(url=f"https://localhost:{server.sockets[0].getsockname()[1]}/"))

    run(main())


@pytest.mark.parametrize("status", ["1ab", "20", "2000", "", "abc"])
def test_a_status_that_is_none_is_told(certificates: Certificates, status: str) -> None:
    async def main() -> None:
        async def handle(exchange: Exchange) -> None:
            exchange.connection.engine.config.validate_outbound_headers = False
            exchange.head(status)

        async with H2Server(handle, certificates.server()) as server, session(certificates) as own:
            with pytest.raises(HTTPProtocolError, match=r"status|not HTTP/2"):
                await own.fetch(Request(url=server.origin))

    run(main())


def test_a_head_that_is_too_large_is_not_taken(certificates: Certificates) -> None:
    async def main() -> None:
        async def handle(exchange: Exchange) -> None:
            exchange.head("200", *[(f"x-{n}", "y" * 10_000) for n in range(30)])

        async with H2Server(handle, certificates.server()) as server, session(certificates) as own:
            with pytest.raises(HTTPProtocolError, match="not HTTP/2"):
                await own.fetch(Request(url=server.origin))

    run(main())


def test_pings_are_answered_and_a_silent_server_runs_into_the_limit(certificates: Certificates) -> None:
    async def main() -> None:
        async def handle(exchange: Exchange) -> None:
            if exchange.path == "/silent":
                await asyncio.Event().wait()
            exchange.connection.engine.ping(b"12345678")
            exchange.connection.flush()
            await exchange.connection.pinged.wait()
            await exchange.answer(b"pong")

        async with H2Server(handle, certificates.server()) as server, session(certificates, idle=1.0) as own:
            assert (await own.fetch(Request(url=server.origin))).body == b"pong"
            with pytest.raises(ConnectionTimeoutError, match=r"sent nothing for 1 s"):
                await own.fetch(Request(url=f"{server.origin}/silent"))
            assert (await own.fetch(Request(url=server.origin))).body == b"pong"
            assert len(server.begun) == 1

    run(main())


def test_a_connection_that_has_died_unheard_is_replaced(certificates: Certificates) -> None:
    async def main() -> None:
        recorder = Recorder()
        async with H2Server(echo, certificates.server()) as server:
            config = NetworkConfig(ca_data=certificates.ca_pem, cache="no-store")
            async with Session(config, recorder) as own:
                await own.fetch(Request(url=server.origin))
                await asyncio.sleep(30)
                await own.fetch(Request(url=server.origin))  # it was only idle
                assert len(server.begun) == 1
                await asyncio.sleep(30)
                server.begun[0].writer.transport.pause_reading()  # type: ignore[attr-defined]
                started = now()
                assert (await own.fetch(Request(url=f"{server.origin}/again"))).body == b"/again"
                assert now() - started == pytest.approx(HTTP2_PING_SECONDS, abs=0.1)
                assert len(server.begun) == 2
        retries = [span.reason for span in recorder.spans if span.kind == "retry"]
        assert len(retries) == 1
        assert "no sign of life" in retries[0]

    run_virtual(main(), InlineLoop())


def test_http1_can_be_asked_for(certificates: Certificates) -> None:
    async def main() -> None:
        context = certificates.server()
        context.set_alpn_protocols(["h2", "http/1.1"])
        async with Server(always(answer(b"x")), context) as server:
            config = NetworkConfig(ca_data=certificates.ca_pem, http2=False)
            async with Session(config) as own:
                response = await own.fetch(Request(url=f"https://localhost:{server.port}/"))
                assert response.tls is not None
                assert (response.http_version, response.tls.alpn) == ("HTTP/1.1", "http/1.1")

    run(main())


def test_priorities_are_written_as_chromium_does() -> None:
    assert [priority_field(int(p), True) for p in Priority] == ["u=0, i", "u=1, i", "u=2, i", "i", "u=4, i"]
    assert [priority_field(n, False) for n in (0, 3, 7)] == ["u=0", "", "u=7"]


@pytest.mark.parametrize(
    ("name", "value"), [("X", "a\r\nY: b"), ("bad name", "x"), ("X", "€"), ("", "x"), ("X", "a\0b")]
)
def test_a_header_that_cannot_be_written_is_the_callers_mistake(name: str, value: str) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        request_fields(RequestHead("GET", "/", Headers([(name, value)]), authority="a"))


def test_headers_of_one_connection_are_left_out() -> None:
    headers = Headers(
        [("Host", "a"), ("Connection", "keep-alive"), ("Transfer-Encoding", "chunked"), ("Upgrade", "h2c"),
         ("Keep-Alive", "1"), ("Proxy-Connection", "x"), ("TE", "gzip"), ("Te", "trailers"), ("Priority", "u=6")]
    )  # fmt: skip
    fields = request_fields(RequestHead("GET", "/", headers, authority="a", scheme="https"))
    assert fields[4:] == [(b"te", b"trailers"), (b"priority", b"u=6")]
