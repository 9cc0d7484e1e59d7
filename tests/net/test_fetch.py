from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from minibrowser.errors import (
    BlockedError,
    BodyTooLargeError,
    ClosedError,
    ConnectionFailedError,
    ConnectionTimeoutError,
    EmptyResponseError,
    FileAccessError,
    HTTPProtocolError,
    InvalidURLError,
    MinibrowserError,
    UsageError,
)
from minibrowser.net import Headers, NetworkConfig, Request, Session, Timeouts
from minibrowser.trace import Recorder
from tests.net.support import Received, Server, always, answer, get, replies, run, session


def test_a_page_comes_with_its_headers_and_facts() -> None:
    async def main() -> None:
        body = "<p>grün".encode("iso-8859-15")
        reply = answer(body, content_type="text/html; charset=ISO-8859-15", x_twice="1")
        async with Server(always(reply)) as server:
            response = await get(f"{server.origin}/a?b#c", "document")
            assert (response.status, response.status_text, response.http_version) == (200, "OK", "HTTP/1.1")
            assert response.ok
            assert response.body == body
            assert response.url == f"{server.origin}/a?b#c"
            assert (response.mime_type, response.charset) == ("text/html", "ISO-8859-15")
            assert response.headers["X-TWICE"] == "1"
            assert response.remote_address == f"127.0.0.1:{server.port}"
            assert (response.source, response.tls) == ("network", None)
            assert server.requests[0].target == "/a?b"
            timing = response.timing
            assert min(timing.dns, timing.connect, timing.send, timing.wait, timing.receive) >= 0
            assert timing.tls < 0

    run(main())


def test_a_status_that_says_failure_is_an_answer() -> None:
    async def main() -> None:
        async with Server(always(answer(b"gone", "410 Gone"))) as server:
            response = await get(server.origin)
            assert (response.status, response.ok, response.body) == (410, False, b"gone")

    run(main())


def test_what_a_browser_sends_by_itself() -> None:
    async def main() -> None:
        async with Server(always(answer())) as server, session() as own:
            page = f"{server.origin}/page"
            await own.fetch(Request(url=page, destination="document"))
            await own.fetch(
                Request(url=f"{server.origin}/s.css", destination="style", initiator=page, referrer=page)
            )
            document, style = server.requests
            assert document.headers["host"] == f"127.0.0.1:{server.port}"
            assert document.headers["user-agent"].startswith("Mozilla/5.0 ")
            assert "minibrowser/" in document.headers["user-agent"]
            assert document.headers["accept"].startswith("text/html,")
            assert document.headers["accept-encoding"] == "gzip, deflate, br, zstd"
            assert document.headers["accept-language"] == "en-US,en;q=0.9"
            assert document.headers["upgrade-insecure-requests"] == "1"
            assert "referer" not in document.headers
            assert style.headers["accept"] == "text/css,*/*;q=0.1"
            assert style.headers["referer"] == page

    run(main())


def test_extra_headers_replace_ours_and_credentials_stay_at_home() -> None:
    async def main() -> None:
        async with Server(always(answer())) as server, Server(always(answer())) as other:
            config = NetworkConfig(
                extra_headers={"accept-language": "de", "Authorization": "Bearer x"}, user_agent="me/1"
            )
            async with Session(config) as own:
                await own.fetch(Request(url=f"{server.origin}/"))
                await own.fetch(Request(url=f"{other.origin}/", initiator=f"{server.origin}/"))
            first, second = server.requests[0].headers, other.requests[0].headers
            assert (first["accept-language"], first["user-agent"]) == ("de", "me/1")
            assert first["authorization"] == "Bearer x"
            assert "authorization" not in second

    run(main())


def test_a_body_is_sent_with_its_length() -> None:
    async def main() -> None:
        async with Server(always(answer())) as server, session() as own:
            await own.fetch(
                Request(url=server.origin, method="POST", body=b"a=1", headers=Headers([("X-A", "1")]))
            )
            received = server.requests[0]
            assert (received.method, received.body, received.headers["x-a"]) == ("POST", b"a=1", "1")

    run(main())


def test_a_header_that_cannot_be_written_is_the_callers_mistake() -> None:
    async def main() -> None:
        async with Server(always(answer())) as server, session() as own:
            for name, value in (("X", "a\r\nY: b"), ("bad name", "x"), ("X", "€")):
                with pytest.raises(UsageError, match="cannot be written"):
                    await own.fetch(Request(url=server.origin, headers=Headers([(name, value)])))
            assert server.requests == []
            assert (await own.fetch(Request(url=server.origin))).status == 200

    run(main())


def test_what_is_no_ascii_at_the_end_of_a_header_is_no_blank() -> None:
    async def main() -> None:
        async with Server(always(answer())) as server, session() as own:
            for word in ("voilà", "Å"):  # in UTF-8 they end in 0xA0 and 0x85, which are blanks to Python
                value = word.encode().decode("latin-1")
                await own.fetch(Request(url=server.origin, headers=Headers([("X", value)])))
                # What the test's server reads is stripped by Python as well, so it is looked at from the left.
                assert server.requests[-1].raw.find(b"X: " + word.encode() + b"\r\n") >= 0

    run(main())


def test_a_length_that_is_not_the_bodys_is_the_callers_mistake() -> None:
    async def main() -> None:
        async with Server(always(answer())) as server, session() as own:
            for length in ("3", "9"):
                request = Request(
                    url=server.origin,
                    method="POST",
                    headers=Headers([("Content-Length", length)]),
                    body=b"words",
                )
                with pytest.raises(UsageError, match="cannot be written"):
                    await own.fetch(request)
            assert (await own.fetch(Request(url=server.origin))).status == 200

    run(main())


def test_cookies_of_a_session_come_back() -> None:
    async def main() -> None:
        routes = {
            "/in": answer(status="302 Found", location="/page", set_cookie="session=42; HttpOnly"),
            "/page": answer(),
        }
        async with Server(replies(routes)) as server, session() as own:
            await own.fetch(Request(url=f"{server.origin}/in"))
            await own.fetch(Request(url=f"{server.origin}/page", credentials="omit"))
            assert [r.headers.get("cookie") for r in server.requests] == [None, "session=42", None]
            assert [cookie.name for cookie in own.cookies.cookies()] == ["session"]

    run(main())


def test_connections_are_reused_and_the_trace_says_so() -> None:
    async def main() -> None:
        recorder = Recorder()
        async with Server(always(answer(b"x"))) as server, session(recorder) as own:
            for _ in range(3):
                await own.fetch(Request(url=server.origin))
            assert server.connections == 1
        reasons = [span.reason for span in recorder.spans if span.kind == "connect"]
        assert reasons[1:] == ["connection 1 reused"] * 2
        assert [exchange.connection for exchange in recorder.exchanges] == ["1", "1", "1"]
        kinds = [span.kind for span in recorder.spans if span.parent is recorder.spans[0]]
        assert kinds == ["cache", "dns", "connect", "send", "wait", "receive", "cache"]

    run(main())


def test_a_connection_that_the_server_ends_is_not_reused() -> None:
    async def main() -> None:
        async with Server(always(answer(b"x", connection="close"))) as server, session() as own:
            for _ in range(3):
                await own.fetch(Request(url=server.origin))
            assert server.connections == 3

    run(main())


def test_no_more_than_six_connections_to_a_host() -> None:
    async def main() -> None:
        waiting = 0
        all_busy = asyncio.Event()

        async def handle(request: Received) -> bytes:
            nonlocal waiting
            waiting += 1
            if waiting == 6:
                all_busy.set()
            await all_busy.wait()
            return answer(request.target.encode())

        async with Server(handle) as server, session() as own:
            requests = [own.fetch(Request(url=f"{server.origin}/{index}")) for index in range(40)]
            responses = await asyncio.gather(*requests)
            assert [response.body for response in responses] == [b"/%d" % index for index in range(40)]
            assert server.most_open == server.connections == 6

    run(main())


def test_urgent_requests_go_first_when_all_connections_are_busy() -> None:
    async def main() -> None:
        arrived, gate = asyncio.Event(), asyncio.Event()

        async def handle(request: Received) -> bytes:
            if request.target == "/first":
                arrived.set()
                await gate.wait()
            return answer()

        config = NetworkConfig(max_connections_per_host=1)
        async with Server(handle) as server, Session(config) as own:

            async def fetch(path: str, destination: str) -> None:
                await own.fetch(Request(url=server.origin + path, destination=destination))

            async with asyncio.TaskGroup() as group:
                group.create_task(fetch("/first", ""))
                await arrived.wait()
                for path, destination in (("/image", "image"), ("/script", "script"), ("/style", "style")):
                    group.create_task(fetch(path, destination))
                for _ in range(5):  # until they stand in the queue
                    await asyncio.sleep(0)
                gate.set()
            assert [r.target for r in server.requests] == ["/first", "/style", "/script", "/image"]

    run(main())


def test_a_style_sheet_overtakes_pictures_whose_connections_are_being_opened() -> None:
    async def main() -> None:
        recorder = Recorder()
        async with Server(always(answer())) as server, session(recorder) as own:
            pictures = [Request(url=f"{server.origin}/{n}", destination="image") for n in range(20)]
            fetches = [asyncio.create_task(own.fetch(request)) for request in pictures]
            await asyncio.sleep(0)  # they are ahead of the sheet: the pool has opened its six places for them
            await own.fetch(Request(url=f"{server.origin}/sheet", destination="style"))
            assert server.requests[0].target == "/sheet"
            await asyncio.gather(*fetches)
            assert server.connections == 6
        reasons = {span.reason for span in recorder.spans}
        assert "a more urgent request took the new connection" in reasons

    run(main())


async def _dies_when_reused(request: Received) -> bytes | None:
    return None if request.number > 1 else answer(b"%d" % request.connection)


def test_a_request_on_a_dead_connection_is_sent_again_once() -> None:
    async def main() -> None:
        recorder = Recorder()
        async with Server(_dies_when_reused) as server, session(recorder) as own:
            assert (await own.fetch(Request(url=server.origin))).body == b"1"
            assert (await own.fetch(Request(url=server.origin))).body == b"2"
            assert server.connections == 2
        assert [span.reason for span in recorder.spans if span.kind == "retry"] == [
            f"connection 1 was dead: 127.0.0.1:{server.port} closed the connection without an answer"
        ]

    run(main())


def test_a_connection_on_which_something_came_unasked_is_not_reused() -> None:
    async def main() -> None:
        spoke = asyncio.Event()

        async def grumble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer(b"good"))
            await writer.drain()
            await spoke.wait()
            writer.write(answer(b"too late", "408 Request Timeout", connection="close"))
            writer.close()

        server = await asyncio.start_server(grumble, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        async with server, session() as own:
            assert (await own.fetch(Request(url=url))).body == b"good"
            spoke.set()
            assert own._http is not None
            connection = own._http.pool.slots[0].connection
            assert connection is not None
            for _ in range(1000):
                if connection.is_stale():
                    break
                await asyncio.sleep(0)
            again = await own.fetch(Request(url=url))
            assert (again.status, again.body) == (200, b"good")

    run(main())


def test_a_post_is_not_sent_twice() -> None:
    async def main() -> None:
        async with Server(_dies_when_reused) as server, session() as own:
            await own.fetch(Request(url=server.origin))
            with pytest.raises(EmptyResponseError, match="without an answer"):
                await own.fetch(Request(url=server.origin, method="POST", body=b"x"))
            assert [r.method for r in server.requests] == ["GET", "POST"]

    run(main())


def test_a_fresh_connection_that_dies_is_an_error_at_once() -> None:
    async def main() -> None:
        async with Server(always(None)) as server:
            with pytest.raises(EmptyResponseError, match="without an answer"):
                await get(server.origin)
            assert len(server.requests) == 1

    run(main())


def test_a_refused_connection_says_so() -> None:
    async def main() -> None:
        async with Server(always(None)) as server:
            port = server.port
        with pytest.raises(
            ConnectionFailedError, match=f"127.0.0.1 port {port}: Connection refused"
        ) as caught:
            await get(f"http://127.0.0.1:{port}/x")
        assert caught.value.url == f"http://127.0.0.1:{port}/x"

    run(main())


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (b"SSH-2.0-OpenSSH_9\r\n\r\n", "not HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\nshort", "not HTTP"),
        (b"HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "not HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", "not HTTP"),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", "not asked for|not HTTP"),
        (b"220 mail.example ESMTP\r\n", "not HTTP: b'220 mail"),
        (b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-", "in the middle of its answer's head"),
        (b"HTTP/1.1 102 Processing\r\n\r\n" * 50, "informational answers"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 700_000 + b"\r\n\r\n", r"a head of \d+ bytes"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 270_000 + b"\r\n\r\n", r"a head of 270\d+ bytes"),
    ],
    ids=[
        "other protocol",
        "short body",
        "bad chunk",
        "two lengths",
        "upgrade",
        "a mail server",
        "half a head",
        "endless patience",
        "endless header",
        "large head",
    ],
)
def test_an_answer_that_is_not_http_is_told_apart(reply: bytes, words: str) -> None:
    async def main() -> None:
        async with Server(always(reply)) as server:
            with pytest.raises(HTTPProtocolError, match=words):
                await get(server.origin)

    run(main())


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        b"HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nbody",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2;x=y\r\ndy\r\n0\r\nTrailer: 1\r\n\r\n",
        b"HTTP/1.1 200\r\nContent-Length: 4\r\n\r\nbody",
        b"HTTP/1.1 200 OK\nContent-Length: 4\n\nbody",
        b"\r\nHTTP/1.1 200 OK\r\nContent-Length : 4\r\nno header\r\n: x\r\nb(d: x\r\n\r\nbody",
        b"HTTP/1.1 200 OK\r\nX: a\r\n  b\r\nContent-Length: 4\r\n\r\nbody",
    ],
    ids=[
        "1xx first",
        "http/1.0 until close",
        "chunks and a trailer",
        "no reason",
        "bare newlines",
        "sloppy",
        "folded",
    ],
)
def test_the_forms_that_an_answer_may_have(reply: bytes) -> None:
    async def main() -> None:
        async with Server(always(reply)) as server:
            assert (await get(server.origin)).body == b"body"

    run(main())


@pytest.mark.parametrize("coded", [False, True])
def test_a_body_beyond_the_limit_is_not_read_to_its_end(coded: bool) -> None:
    async def main() -> None:
        endless = (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"fff\r\n" + b"x" * 0xFFF + b"\r\n"
        )
        reply = endless if coded else answer(b"x" * 5000)
        async with Server(always(reply)) as server:
            with pytest.raises(BodyTooLargeError, match=r"body is (too large: 5000|larger than 4000) bytes"):
                await get(server.origin, config=NetworkConfig(max_body_bytes=4000))

    run(main())


def test_a_head_answer_and_no_content_have_no_body() -> None:
    async def main() -> None:
        async def handle(request: Received) -> bytes:
            if request.method == "HEAD":
                return b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Encoding: gzip\r\n\r\n"
            return b"HTTP/1.1 204 No Content\r\n\r\n"

        async with Server(handle) as server, session() as own:
            assert (await own.fetch(Request(url=server.origin, method="HEAD"))).body == b""
            assert (await own.fetch(Request(url=server.origin))).status == 204
            assert server.connections == 1

    run(main())


def test_a_silent_server_runs_into_the_idle_limit() -> None:
    async def main() -> None:
        async def handle(request: Received) -> bytes:
            await asyncio.Event().wait()
            return b""

        async with Server(handle) as server, session(idle=0.05) as own:
            with pytest.raises(ConnectionTimeoutError, match=r"sent nothing for 0\.05 s"):
                await own.fetch(Request(url=server.origin))

    run(main())


def test_a_body_that_stops_runs_into_the_idle_limit() -> None:
    async def main() -> None:
        reply = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
        async with Server(always(reply)) as server, session(idle=0.05) as own:
            with pytest.raises(ConnectionTimeoutError, match="sent nothing"):
                await own.fetch(Request(url=server.origin))

    run(main())


def test_a_fetch_as_a_whole_has_a_limit() -> None:
    async def main() -> None:
        async def handle(request: Received) -> bytes:
            await asyncio.Event().wait()
            return b""

        async with Server(handle) as server, session(total=0.05) as own:
            with pytest.raises(ConnectionTimeoutError, match=r"not finished within 0\.05 s"):
                await own.fetch(Request(url=server.origin))
            assert own._http is not None
            assert own._http.pool.slots == []

    run(main())


def test_a_cancelled_fetch_closes_its_connection_and_frees_its_place() -> None:
    async def main() -> None:
        started = asyncio.Event()

        async def handle(request: Received) -> bytes:
            if request.target == "/slow":
                started.set()
                await asyncio.Event().wait()
            return answer(b"ok")

        config = NetworkConfig(max_connections_per_host=1)
        recorder = Recorder()
        async with Server(handle) as server, Session(config, recorder) as own:
            slow = asyncio.create_task(own.fetch(Request(url=f"{server.origin}/slow")))
            await started.wait()
            queued = asyncio.create_task(own.fetch(Request(url=f"{server.origin}/queued")))
            behind = asyncio.create_task(own.fetch(Request(url=f"{server.origin}/behind")))
            await asyncio.sleep(0)
            queued.cancel()
            slow.cancel()
            assert (await behind).body == b"ok"
            results = await asyncio.gather(slow, queued, return_exceptions=True)
            assert all(isinstance(result, asyncio.CancelledError) for result in results)
            assert [r.target for r in server.requests] == ["/slow", "/behind"]
        assert recorder.exchanges[0].error == "cancelled"

    run(main())


def test_closing_a_session_ends_its_fetches() -> None:
    async def main() -> None:
        started = asyncio.Event()

        async def handle(request: Received) -> bytes:
            started.set()
            await asyncio.Event().wait()
            return b""

        async with Server(handle) as server:
            own = session()
            fetch = asyncio.create_task(own.fetch(Request(url=server.origin)))
            await started.wait()
            await own.close()
            with pytest.raises(ClosedError):
                await fetch
            with pytest.raises(ClosedError):
                await own.fetch(Request(url="data:,x"))
            await own.close()

    run(main())


def test_fetches_can_be_recorded_apart() -> None:
    async def main() -> None:
        shared, mine = Recorder(), Recorder()
        async with Server(always(answer())) as server, session(shared) as own:
            await own.fetch(Request(url=server.origin), recorder=mine)
        assert shared.spans == []
        assert mine.spans[0].kind == "fetch"

    run(main())


def test_data_urls_and_about_blank_need_no_network() -> None:
    async def main() -> None:
        response = await get("data:text/html;charset=utf-8,<p>%C3%BC#f", "document")
        assert (response.status, response.body, response.source) == (200, "<p>ü".encode(), "data")
        assert (response.mime_type, response.charset) == ("text/html", "utf-8")
        assert response.url == "data:text/html;charset=utf-8,<p>%C3%BC#f"
        blank = await get("about:blank", "document")
        assert (blank.body, blank.mime_type) == (b"", "text/html")

    run(main())


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "about:config", "javascript:1", "mailto:a@b", "nonsense"]
)
def test_other_schemes_are_not_supported(url: str) -> None:
    with pytest.raises(InvalidURLError):
        run(get(url))


def test_a_file_is_read_and_typed_by_its_ending(tmp_path: Path) -> None:
    page = tmp_path / "a b.html"
    page.write_bytes(b"plain words")
    picture = tmp_path / "picture"
    picture.write_bytes(b"GIF89a....")
    response = run(get(page.as_uri(), "document"))
    assert (response.body, response.mime_type, response.source) == (b"plain words", "text/html", "file")
    assert run(get(picture.as_uri(), "document")).mime_type == "image/gif"


def _missing(folder: Path) -> Path:
    return folder / "missing.html"


def _directory(folder: Path) -> Path:
    return folder


def _pipe(folder: Path) -> Path:
    path = folder / "pipe"
    os.mkfifo(path)
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_missing, "no such file: .*missing.html"),
        (_directory, "a directory, not a file"),
        (_pipe, "not a regular file"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    make: Callable[[Path], Path], words: str, tmp_path: Path
) -> None:
    with pytest.raises(FileAccessError, match=words) as caught:
        run(get(make(tmp_path).as_uri()))
    assert caught.value.url.startswith("file:///")


def test_a_file_without_permission_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "secret.html"
    page.write_text("x")

    def refuse(path: str, flags: int) -> int:  # a chmod would not stop root
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("minibrowser.net.file_fetch._open_without_waiting", refuse)
    with pytest.raises(FileAccessError, match=r"no permission to read: .*secret\.html"):
        run(get(page.as_uri()))


def test_a_web_page_may_not_load_a_file_and_a_file_may_not_be_endless(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(b"x" * 100)

    async def main() -> None:
        async with session() as own:
            with pytest.raises(BlockedError, match="may not load the local file"):
                await own.fetch(Request(url=page.as_uri(), initiator="https://example.org/"))
        with pytest.raises(BodyTooLargeError):
            await get(page.as_uri(), config=NetworkConfig(max_body_bytes=50))

    run(main())


@pytest.mark.skipif(not os.path.exists("/proc/self/maps"), reason="needs a file of unstated size")
def test_a_file_that_states_no_size_is_read_no_further_than_the_limit() -> None:
    with pytest.raises(BodyTooLargeError, match="the limit is 50"):
        run(get("file:///proc/self/maps", config=NetworkConfig(max_body_bytes=50)))


def test_bodies_are_kept_for_har_when_asked_for() -> None:
    async def main() -> None:
        keeping, forgetting = Recorder(keep_bodies=True), Recorder()
        async with Server(always(answer(b"body", content_type="text/plain"))) as server, session() as own:
            request = Request(url=server.origin, method="POST", body=b"word")
            await own.fetch(request, keeping)
            await own.fetch(request, forgetting)
        kept, forgotten = keeping.exchanges[0], forgetting.exchanges[0]
        assert (kept.request_body, kept.body) == (b"word", b"body")
        assert (forgotten.request_body, forgotten.body) == (None, None)
        for exchange in (kept, forgotten):
            assert (exchange.status, exchange.mime_type, exchange.body_size) == (200, "text/plain", 4)
            assert exchange.server_address == "127.0.0.1"

    run(main())


def test_an_error_is_noted_in_the_trace() -> None:
    async def main() -> None:
        recorder = Recorder()
        async with Server(always(None)) as server, session(recorder) as own:
            with pytest.raises(MinibrowserError) as caught:
                await own.fetch(Request(url=server.origin))
        assert recorder.exchanges[0].error == str(caught.value)
        assert recorder.spans[0].error == str(caught.value)

    run(main())


def test_an_unused_session_closes() -> None:
    run(Session(NetworkConfig(timeouts=Timeouts(total=1.0))).close())
