"""Damaged HTTP/2: whatever bytes come, nothing but our own errors comes out of it."""

from __future__ import annotations

import asyncio

import h2.config
import h2.connection
import h2.events
from hypothesis import given, settings, strategies as st

from minibrowser.errors import NetworkError
from minibrowser.net import Headers
from minibrowser.net.conversation import RequestHead
from minibrowser.net.http2 import HTTP2Connection
from minibrowser.net.wire import Wire


class Paper(asyncio.Transport):
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += bytes(data)

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True

    abort = close

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


def good_answer(written: bytes) -> bytes:
    """What a server says to the request that was written."""
    server = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    server.initiate_connection()
    for event in server.receive_data(written):
        if isinstance(event, h2.events.RequestReceived):
            server.send_headers(event.stream_id, [(":status", "103"), ("link", "</a.css>")])
            server.send_headers(
                event.stream_id, [(":status", "200"), ("content-length", "5"), ("x", "y" * 50)]
            )
            server.send_data(event.stream_id, b"words", end_stream=False)
            server.send_headers(event.stream_id, [("x-trailer", "1")], end_stream=True)
            server.ping(b"12345678")
    return server.data_to_send()


async def outcome(damage: list[tuple[int, int, bytes]], piece: int) -> bytes | NetworkError:
    """The body, or what is wrong, after damage was done to a good answer: (place, bytes to cut, bytes to put in)."""
    loop = asyncio.get_running_loop()
    wire, paper = Wire(loop), Paper()
    wire.connection_made(paper)
    connection = HTTP2Connection(wire, "shop.example", "192.0.2.1:443", None, 5.0)
    changes = 0

    def changed() -> None:
        nonlocal changes
        changes += 1

    connection.watch(changed)
    conversation = connection.begin()
    request = RequestHead("GET", "/", Headers([("Accept", "*/*")]), scheme="https", authority="shop.example")
    await conversation.send_request(request, None)
    data = good_answer(paper.written)
    for place, cut, put in damage:
        at = place % (len(data) + 1)
        data = data[:at] + put + data[at + cut :]
    for start in range(0, len(data), piece):
        if not paper.closed:
            wire.data_received(data[start : start + piece])
    if not paper.closed:
        wire.eof_received()
    wire.connection_lost(None)
    try:
        head = await conversation.receive_head()
        assert head.status >= 200
        body = b""
        while (chunk := await conversation.receive_data()) is not None:
            body += chunk
        return body
    except NetworkError as error:
        return error
    finally:
        assert conversation.finish()
        assert connection.capacity() == 0
        assert connection.is_stale()
        assert changes
        connection.close()


def test_an_undamaged_answer_is_read() -> None:
    for piece in (1, 7, 1000):
        assert asyncio.run(outcome([], piece)) == b"words"


@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 20), st.binary(max_size=20)), min_size=1, max_size=4
    ),
    st.sampled_from([1, 9, 50, 1000]),
)
@settings(max_examples=400)
def test_a_damaged_answer_gives_a_body_or_an_error_of_ours(
    damage: list[tuple[int, int, bytes]], piece: int
) -> None:
    result = asyncio.run(outcome(damage, piece))
    assert isinstance(result, bytes | NetworkError)


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_nonsense_gives_an_error_of_ours(junk: bytes) -> None:
    result = asyncio.run(outcome([(0, 10_000, junk)], 1000))
    assert isinstance(result, NetworkError)
