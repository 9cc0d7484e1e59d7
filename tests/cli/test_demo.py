"""`minibrowser demo`, as people call it."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

import pytest

pytest.importorskip("cryptography")
pytest.importorskip("dns")

from PIL import Image

from tests.cli.conftest import Run
from tests.cli.test_process import start


def test_the_journey_is_told_in_chapters_with_reasons(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "demo.png"
    done = run("demo", "-o", file, "--quiet")
    assert (done.status, done.err) == (0, "")
    with Image.open(file) as picture:
        assert picture.size == (1280, 800)
    first, again, other, cart = (done.out.split(f"\n{number}. ", 1)[-1] for number in ("", 2, 3, 4))
    assert first.startswith("1. The first visit")
    for words in (
        "referral to example",
        "301 Moved Permanently",
        "TLSv1.3",
        "200 OK; backend: ",
        "preconnect",
    ):
        assert words in first, words
    again = again.split("\n3. ")[0]
    assert "304 Not Modified" in again
    assert "1 requests, 0 bytes received" in again
    assert "fresh for" in again
    assert "edge cache: hit" in other.split("\n4. ")[0]
    assert "303 See Other" in cart
    assert "invalidated by POST" in cart
    assert done.out.endswith("demo.png: 1280 x 800 px\n")


def test_the_journey_is_short_unless_all_of_it_is_asked_for(run: Run, tmp_path: Path) -> None:
    in_short = run("demo", "-o", tmp_path / "demo.png", "--quiet").out.splitlines()
    whole = run("demo", "-o", tmp_path / "demo.png", "--quiet", "--full").out.splitlines()
    assert len(in_short) < 100 < 200 < len(whole)
    assert not any(line.strip().startswith(("send ", "receive ")) for line in in_short)
    assert any(line.strip().startswith("receive ") for line in whole)


def test_the_journey_as_json(run: Run, tmp_path: Path) -> None:
    done = run("demo", "-o", tmp_path / "demo.webp", "--json", "--quiet", "--width", "500", "--height", "300")
    chapters = json.loads(done.out)
    assert [chapter["chapter"][:2] for chapter in chapters] == ["1.", "2.", "3.", "4."]
    kinds = {span["kind"] for span in chapters[0]["spans"]}
    assert {"navigate", "dns", "connect", "tls", "wait", "html", "layout", "raster"} <= kinds
    assert done.err.endswith("demo.webp: 500 x 300 px\n")


def test_wrong_usage_is_told(run: Run) -> None:
    for arguments in (["-o", "-"], ["--port", "8000"], ["--serve", "--port", "70000"], ["-o", "x.bmp"]):
        assert run("demo", *arguments).status == 2


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
@pytest.mark.parametrize(("stop", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_serves_other_programs_until_it_is_told_to_stop(stop: signal.Signals, status: int) -> None:
    process = start("demo", "--serve")
    assert process.stdout is not None
    lines = [process.stdout.readline().decode() for _ in range(6)]
    words = lines[2].split()
    assert words[:2] == ["minibrowser", "trace"]
    authority = words[words.index("--ca") + 1]
    assert Path(authority).read_text().startswith("-----BEGIN CERTIFICATE-----")
    visit = start(*words[1:2], "https://shop.example/makers", *words[3:], "--quiet")
    out, err = visit.communicate(timeout=60)
    assert (visit.returncode, err) == (0, b"")
    assert b"200 OK; backend: " in out
    process.send_signal(stop)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (status, b"")
    assert not Path(authority).exists()


def test_a_port_that_is_taken_is_told(run: Run) -> None:
    process = start("demo", "--serve")
    assert process.stdout is not None
    lines = [process.stdout.readline().decode() for _ in range(3)]
    port = lines[2].partition("--proxy http://127.0.0.1:")[2].split()[0]
    done = run("demo", "--serve", "--port", port)
    assert done.status == 1
    assert "in use" in done.err
    process.terminate()
    process.communicate(timeout=30)
