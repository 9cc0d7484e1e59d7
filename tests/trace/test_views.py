"""The views are compared with golden texts: a recorder with a scripted clock makes them exact."""

from __future__ import annotations

import contextlib
import json

from minibrowser.trace import NO_TRACE, Recorder, Span
from minibrowser.trace.chrome import chrome_trace, chrome_trace_text
from minibrowser.trace.har import har, har_text
from minibrowser.trace.waterfall import waterfall


class Clock:
    """Time that passes when told to; `pass_ms` in milliseconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def pass_ms(self, milliseconds: float) -> None:
        self.now += milliseconds / 1000


def journey() -> Recorder:
    """A page with a redirect, a style sheet and a picture that fails."""
    clock = Clock()
    recorder = Recorder(clock=clock, keep_bodies=True)
    recorder.wall_start = 1_800_000_000.0  # type: ignore[misc]
    with recorder.span("navigate", "http://shop.example/") as page:
        page.detail("title", "Shop")
        clock.pass_ms(10)
        with recorder.span("fetch", "http://shop.example/", "document") as span:
            exchange = recorder.begin_exchange("GET", "http://shop.example/?q=a%20b&q=")
            exchange.destination = "document"
            exchange.request_headers = [("Host", "shop.example"), ("Cookie", "a=1; b=2")]
            exchange.request_head_size = 120
            with recorder.span("dns", "shop.example") as dns:
                clock.pass_ms(20)
                dns.because("asked 127.0.0.1:53, kept 60 s")
            exchange.timing.blocked = 0.0
            exchange.timing.dns = 0.020
            with recorder.span("connect", "shop.example:443"):
                clock.pass_ms(5)
            exchange.timing.connect = 0.005
            with recorder.span("tls", "shop.example", "TLSv1.3"):
                clock.pass_ms(15)
            exchange.timing.tls = 0.015
            clock.pass_ms(30)
            exchange.timing.send, exchange.timing.wait, exchange.timing.receive = 0.001, 0.025, 0.004
            exchange.http_version, exchange.status, exchange.status_text = "HTTP/1.1", 200, "OK"
            exchange.response_headers = [
                ("Content-Type", "text/html"),
                ("Set-Cookie", "s=1; Path=/; HttpOnly; Secure; SameSite=Lax"),
            ]
            exchange.head_size, exchange.body_size, exchange.decoded_size = 90, 40, 100
            exchange.mime_type, exchange.server_address, exchange.connection = (
                "text/html",
                "203.0.113.10",
                "1",
            )
            exchange.body = b"<p>text"
            span.count("bytes", 100)
        with recorder.span("html", "http://shop.example/"):
            clock.pass_ms(0)
        recorder.event("connect", "shop.example", "connection 1 reused")
        failed = recorder.begin_exchange("POST", "http://shop.example/p.png")
        failed.request_headers = [("Content-Type", "text/plain")]
        failed.request_body = b"word"
        failed.body = b"\xff"
        failed.error = "gone"
        with contextlib.suppress(OSError), recorder.span("fetch", "http://shop.example/\x07.png"):
            clock.pass_ms(20)
            raise OSError("gone")
    return recorder


WATERFALL = """\
navigate http://shop.example/        ##################   100.0 ms
  fetch http://shop.example/          #############        70.0 ms document
    dns shop.example                  ####                 20.0 ms asked 127.0.0.1:53, kept 60 s
    connect shop.example:443              #                 5.0 ms
    tls shop.example                       ###             15.0 ms TLSv1.3
  html http://shop.example/                        *
  connect shop.example                             *               connection 1 reused
  fetch http://shop.example/?.png                  ####    20.0 ms failed: gone
100.0 ms, 2 requests, 40 bytes received, 1 failed
"""


def test_the_waterfall_of_a_journey() -> None:
    assert waterfall(journey(), 100, ascii_only=True) == WATERFALL


def test_the_waterfall_keeps_its_width_and_draws_parts_of_a_column() -> None:
    for width in (60, 80, 97, 200):
        assert max(len(line) for line in waterfall(journey(), width).splitlines()) <= width
    lines = waterfall(journey(), 97).splitlines()
    assert lines[3] == (
        "    connect shop.example:443            ▊                5.0 ms"  # 0.85 of 17 columns
    )
    assert lines[6].endswith("◆               connection 1 reused")
    assert waterfall(journey(), 80).splitlines()[2].endswith("asked 127.0.0.1:53, kept…")


def test_a_narrow_terminal_and_an_empty_trace_are_no_trouble() -> None:
    assert len(waterfall(journey(), 1).splitlines()) == 9
    assert waterfall(Recorder()) == "0.0 ms, 0 requests, 0 bytes received\n"
    assert waterfall(NO_TRACE) == "0.0 ms, 0 requests, 0 bytes received\n"


def test_an_open_span_is_shown_as_running() -> None:
    recorder = Recorder(clock=Clock())
    with recorder.span("fetch", "x"):
        assert "running" in waterfall(recorder, 80, ascii_only=True)


def test_har_of_a_journey() -> None:
    log = json.loads(har_text(journey(), "minibrowser", "1.0"))["log"]
    assert (log["version"], log["creator"]) == ("1.2", {"name": "minibrowser", "version": "1.0"})
    assert log["pages"] == [
        {
            "startedDateTime": "2027-01-15T08:00:00.000Z",
            "id": "page_1",
            "title": "Shop",
            "pageTimings": {"onContentLoad": 80.0, "onLoad": 100.0},
        }
    ]
    first, second = log["entries"]
    assert first == {
        "startedDateTime": "2027-01-15T08:00:00.010Z",
        "time": 70.0,
        "pageref": "page_1",
        "request": {
            "method": "GET",
            "url": "http://shop.example/?q=a%20b&q=",
            "httpVersion": "HTTP/1.1",
            "cookies": [{"name": "a", "value": "1"}, {"name": "b", "value": "2"}],
            "headers": [{"name": "Host", "value": "shop.example"}, {"name": "Cookie", "value": "a=1; b=2"}],
            "queryString": [{"name": "q", "value": "a b"}, {"name": "q", "value": ""}],
            "headersSize": 120,
            "bodySize": 0,
        },
        "response": {
            "status": 200,
            "statusText": "OK",
            "httpVersion": "HTTP/1.1",
            "cookies": [{"name": "s", "value": "1", "path": "/", "httpOnly": True, "secure": True}],
            "headers": [
                {"name": "Content-Type", "value": "text/html"},
                {"name": "Set-Cookie", "value": "s=1; Path=/; HttpOnly; Secure; SameSite=Lax"},
            ],
            "content": {"size": 100, "mimeType": "text/html", "compression": 60, "text": "<p>text"},
            "redirectURL": "",
            "headersSize": 90,
            "bodySize": 40,
        },
        "cache": {},
        "timings": {
            "blocked": 0.0,
            "dns": 20.0,
            "connect": 20.0,
            "ssl": 15.0,
            "send": 1.0,
            "wait": 25.0,
            "receive": 4.0,
        },
        "serverIPAddress": "203.0.113.10",
        "connection": "1",
        "_resourceType": "document",
    }
    assert second["request"]["postData"] == {"mimeType": "text/plain", "params": [], "text": "word"}
    assert second["response"]["content"]["text"] == "/w=="
    assert second["response"]["content"]["encoding"] == "base64"
    assert second["response"]["_error"] == "gone"
    assert second["timings"] == {
        "blocked": -1, "dns": -1, "connect": -1, "ssl": -1, "send": 0, "wait": 0, "receive": 0,
    }  # fmt: skip


def test_har_without_anything_is_valid() -> None:
    assert har(Recorder()) == {
        "log": {
            "version": "1.2",
            "creator": {"name": "minibrowser", "version": ""},
            "pages": [],
            "entries": [],
        }
    }


def test_chrome_trace_of_a_journey() -> None:
    trace = json.loads(chrome_trace_text(journey()))
    events = {event["name"]: event for event in trace["traceEvents"]}
    dns = events["dns shop.example"]
    assert (dns["ph"], dns["ts"], dns["dur"], dns["cat"]) == ("X", 10000.0, 20000.0, "dns")
    assert dns["args"] == {"reason": "asked 127.0.0.1:53, kept 60 s"}
    assert events["connect shop.example"]["ph"] == "i"
    assert events["fetch http://shop.example/\x07.png"]["args"]["error"] == "gone"


def test_spans_side_by_side_get_rows_of_their_own_in_a_chrome_trace() -> None:
    recorder = Recorder(clock=Clock())
    for start, end in ((0.0, 0.010), (0.005, 0.020), (0.012, 0.015)):
        span = Span("fetch", f"{start}", start, None)
        span.end = end
        recorder.spans.append(span)
    events = chrome_trace(recorder)["traceEvents"]
    assert isinstance(events, list)
    assert [event["tid"] for event in events[1:]] == [1, 2, 1]


def test_a_silent_recorder_keeps_nothing() -> None:
    with NO_TRACE.span("fetch", "x") as span:
        span.count("bytes", 5)
        span.because("no reason")
    NO_TRACE.event("cache", "x")
    NO_TRACE.begin_exchange("GET", "http://a.example/")
    assert (NO_TRACE.spans, NO_TRACE.exchanges) == ([], [])
    assert (span.counters, span.reason) == ({}, "")


def test_a_listener_hears_of_each_span_as_it_closes() -> None:
    heard: list[str] = []
    recorder = Recorder(listener=lambda span: heard.append(span.kind))
    with recorder.span("outer"):
        recorder.event("event")
        with recorder.span("inner"):
            pass
    assert heard == ["event", "inner", "outer"]
    assert recorder.spans[2].parent is recorder.spans[0]
