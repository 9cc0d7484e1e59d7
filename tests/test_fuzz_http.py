"""Valid answers with bytes changed, as documents: there is always a page, or an error of our own."""

from __future__ import annotations

import asyncio
import gzip
import random
from collections import Counter

import pytest

from minibrowser.browser import Browser
from minibrowser.errors import MinibrowserError, NetworkError
from minibrowser.net import NetworkConfig, Timeouts
from minibrowser.page.executor import InlineExecutor
from minibrowser.page.system_fonts import system_fonts
from minibrowser.text.font_context import FontContext
from tests.net.support import run

PAGE = b"<!DOCTYPE html><title>Page</title><p>Words and more words.</p>"
CODED = gzip.compress(PAGE, mtime=0)
ANSWERS = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s" % (len(PAGE), PAGE),
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"10\r\n%s\r\n%x;ext=1\r\n%s\r\n0\r\nX-Trailer: 1\r\n\r\n" % (PAGE[:16], len(PAGE) - 16, PAGE[16:]),
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n"
    b"Set-Cookie: a=b; Path=/; Max-Age=60\r\nCache-Control: max-age=60\r\nETag: \"1\"\r\n\r\n%s" % (len(CODED), CODED),
    b"HTTP/1.1 103 Early Hints\r\nLink: </s.css>; rel=preload; as=style\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nRefresh: 9; url=/x\r\n\r\n" + PAGE,
    b"HTTP/1.1 302 Found\r\nLocation: /page?1\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nDate: Sun, 22 Nov 2026 08:00:00 GMT\r\n"
    b"Vary: Accept\r\nServer-Timing: db;dur=1\r\nContent-Length: 4\r\n\r\ngone",
)  # fmt: skip
CASES = 300
TRICKS = (
    b"\x00",
    b"\r\n",
    b"\n",
    b" ",
    b":",
    b"HTTP/1.1 ",
    b"\xff\xfe",
    b"0" * 30,
    b"\r\n\r\n",
    b"chunked, ",
    b";",
    b"-1",
)


def mutated(answer: bytes, dice: random.Random) -> bytes:
    """An answer with one to four changes: bytes replaced, taken out, doubled, or something nasty put in."""
    data = bytearray(answer)
    for _ in range(dice.randint(1, 4)):
        # Heads are where the questions are.
        place = dice.randrange(len(data) if dice.random() < 0.3 else min(len(data), 200))
        kind = dice.randrange(5)
        if kind == 0:
            data[place] = dice.randrange(256)
        elif kind == 1:
            data[place] ^= 1 << dice.randrange(8)
        elif kind == 2:
            del data[place : place + dice.randint(1, 8)]
        elif kind == 3:
            data[place:place] = dice.choice(TRICKS)
        else:
            data[place:place] = data[place : place + dice.randint(1, 40)]
        if not data:
            break
    return bytes(data)


def test_a_changed_answer_gives_a_page_or_an_error_of_ours() -> None:
    async def main() -> Counter[str]:
        outcomes: Counter[str] = Counter()
        words: list[str] = []
        dice = random.Random(2026)
        now = [b""]

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(now[0])
                await writer.drain()
            except (OSError, asyncio.IncompleteReadError):
                pass  # the client went away
            finally:
                writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]

        def dialer(host: str, _: int) -> tuple[str, int]:
            if host != "127.0.0.1":
                raise ConnectionRefusedError("tests have no network")
            return host, port

        config = NetworkConfig(timeouts=Timeouts(connect=20.0, idle=20.0), dialer=dialer)
        browser = Browser(network=config, fonts=FontContext(system_fonts()), executor=InlineExecutor())
        async with server, browser, await browser.new_context(viewport=(100, 100)) as context:
            for case in range(CASES):
                now[0] = mutated(ANSWERS[case % len(ANSWERS)], dice)
                async with await context.new_page() as page:
                    try:
                        await page.goto(f"http://127.0.0.1/page?{case}")
                        await page.text()
                    except MinibrowserError as error:
                        outcomes[type(error).__name__] += 1
                        words.append(str(error))
                    else:
                        outcomes["page"] += 1
        assert all(text and "\n" not in text for text in words)
        return outcomes

    outcomes = run(main())
    assert sum(outcomes.values()) == CASES
    # It is a test of both ways only while both happen.
    assert outcomes["page"] > 50
    assert outcomes["HTTPProtocolError"] > 20


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_answers_are_valid_before_they_are_changed(answer: bytes) -> None:
    async def main() -> None:
        async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            head = await reader.readuntil(b"\r\n\r\n")
            writer.write(ANSWERS[0] if b"?1" in head or b"s.css" in head else answer)
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(say, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        browser = Browser(fonts=FontContext(system_fonts()), executor=InlineExecutor())
        async with server, browser, await browser.new_context() as context, await context.new_page() as page:
            try:
                response = await page.goto(f"http://127.0.0.1:{port}/page")
            except NetworkError as error:
                raise AssertionError(str(error)) from error
            assert response.status in (200, 404)
            assert (await page.text()).strip() in ("Words and more words.", "gone")

    run(main())
