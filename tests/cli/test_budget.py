"""What a page may fetch, by options."""

from __future__ import annotations

import asyncio

import pytest

from tests.cli.conftest import Run, Serve
from tests.net.support import Received, answer, replies

PAGE = answer(b"<link rel=stylesheet href=a.css><img src=b.png><p>x", content_type="text/html")


def _errors(rows: object) -> dict[str, str]:
    assert isinstance(rows, list)
    return {row["url"].rpartition("/")[2]: row["error"] for row in rows if row["error"]}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--max-requests", "2"), "more than 2 resources"),
        (("--max-bytes", "60"), "budget of 60 bytes"),
    ],
)
def test_what_is_beyond_the_budget_is_told(
    run: Run, serve: Serve, options: tuple[str, str], words: str
) -> None:
    server = serve(replies({"/": PAGE, "/a.css": answer(b" " * 50, content_type="text/css")}))
    found = _errors(run("dump", "resources", server.origin, *options).json())
    assert words in found["b.png"]


def test_the_page_is_shown_when_its_time_is_over(run: Run, serve: Serve) -> None:
    async def handle(request: Received) -> bytes:
        if request.target == "/b.png":
            await asyncio.Event().wait()
        return PAGE if request.target == "/" else answer(b"", content_type="text/css")

    server = serve(handle)
    outcome = run("dump", "text", server.origin, "--budget", "200ms")
    assert (outcome.status, outcome.out) == (0, "x\n")


@pytest.mark.parametrize("option", ["--max-requests", "--max-bytes"])
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "x", ""])
def test_a_number_that_is_none_is_wrong_usage(run: Run, option: str, value: str) -> None:
    outcome = run("dump", "text", "x.html", f"{option}={value}")
    assert outcome.status == 2
    assert option in outcome.err
