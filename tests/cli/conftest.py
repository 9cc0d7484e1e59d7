"""A loopback server beside the command line under test, and a way to call it."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from minibrowser.cli.main import main
from minibrowser.sync_api import EventLoopThread
from tests.net.support import Handler, Server

PAGE = "<!DOCTYPE html><title>Small</title><body style='margin: 0'><p id=a style='margin: 10px'>Hello</p>"


@dataclass(frozen=True)
class Outcome:
    """What a command line left behind."""

    status: int
    out: str
    err: str

    def json(self) -> object:
        return json.loads(self.out)


Run = Callable[..., Outcome]
Serve = Callable[..., Server]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Call the command line in this process."""

    def call(*arguments: str | Path) -> Outcome:
        status = main([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        return Outcome(status, captured.out, captured.err)

    return call


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start a server on a thread of its own; it ends with the test."""
    servers: list[Server] = []
    with EventLoopThread() as thread:

        def start(handler: Handler, context: ssl.SSLContext | None = None) -> Server:
            server = thread.call(Server(handler, context).__aenter__())
            servers.append(server)
            return server

        yield start
        for server in servers:
            thread.call(server.__aexit__(None, None, None))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A small page as a file."""
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    return file
