"""A server for measurements, in a process of its own: answers each GET with a body of the size in its path, keeps
connections alive, and does nothing else. `python -m benchmarks.loopback_server` prints its port and ends with its
standard input."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_HEAD: Final = (
    "HTTP/1.1 200 OK\r\nServer: loopback\r\nDate: Sun, 22 Nov 2026 00:00:00 GMT\r\nContent-Type: {kind}\r\n"
    'Cache-Control: {cache}\r\nETag: "1"\r\nVary: Accept-Encoding\r\nContent-Length: {size}\r\n\r\n'
)


class _Answers(asyncio.Protocol):
    """`/2000` is 2,000 bytes that nobody may keep, `/2000/kept` may be kept for an hour; what follows is ignored."""

    def __init__(self) -> None:
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *heads, self._rest = (self._rest + data).split(b"\r\n\r\n")
        for head in heads:
            self._transport.write(_answer(head.split(b" ", 2)[1]))


def _answer(path: bytes) -> bytes:
    answer = _ANSWERS.get(path)
    if answer is None:
        parts = path.decode().strip("/").split("/")
        size = int(parts[0]) if parts[0].isdecimal() else 0
        cache = "max-age=3600" if "kept" in parts else "no-store"
        head = _HEAD.format(kind="text/plain", cache=cache, size=size)
        answer = _ANSWERS[path] = head.encode() + b"x" * size
    return answer


_ANSWERS: Final[dict[bytes, bytes]] = {}


@contextmanager
def loopback_server() -> Iterator[str]:
    """A running server's origin."""
    command = [sys.executable, "-m", "benchmarks.loopback_server"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.stdin.close()


async def _main() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Answers, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.buffer.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(_main())
