"""The command as a process of its own: standard input and output, signals, exit status."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import PAGE, Serve
from tests.net.support import Received

COMMAND = [sys.executable, "-m", "minibrowser"]
PROJECT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(PROJECT)}


def start(*arguments: str | Path) -> subprocess.Popen[bytes]:
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_html_on_standard_input_becomes_a_picture_on_standard_output() -> None:
    command = [*COMMAND, "render", "-", "-o", "-", "--width", "200", "--height", "100"]
    done = subprocess.run(command, input=PAGE.encode(), capture_output=True, env=ENVIRONMENT, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    with Image.open(BytesIO(done.stdout)) as picture:
        assert (picture.format, picture.size) == ("PNG", (200, 100))


def test_the_exit_status_tells_failure_from_wrong_usage(tmp_path: Path) -> None:
    for arguments, status in (
        (["dump", "dom", str(tmp_path / "no.html")], 1),
        (["dump", "dom"], 2),
        (["-V"], 0),
    ):
        done = subprocess.run([*COMMAND, *arguments], capture_output=True, env=ENVIRONMENT, check=False)
        assert done.returncode == status
        assert b"Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_noise(tmp_path: Path) -> None:
    page = tmp_path / "long.html"
    page.write_text("<p>" + "word " * 100_000)
    process = start("dump", "dom", page)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(30) == 1
    process.stderr.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_an_interrupt_ends_it_quietly(serve: Serve) -> None:
    arrived: list[subprocess.Popen[bytes]] = []

    async def interrupt(request: Received) -> None:
        arrived[0].send_signal(signal.SIGINT)
        await asyncio.Event().wait()

    server = serve(interrupt)
    process = start("dump", "dom", server.origin)
    arrived.append(process)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_importing_the_package_loads_nothing_of_the_engine() -> None:
    script = (
        "import sys, minibrowser, minibrowser.cli.main\n"
        "heavy = {'asyncio', 'PIL', 'turbohtml', 'ssl', 'h11', 'html5lib', 'uharfbuzz', 'aiodns', 'tinycss2'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=ENVIRONMENT, check=True
    )
    assert done.stdout == "[]\n"


def test_a_local_page_needs_no_network_library(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    script = (
        "import sys\n"
        "from minibrowser.cli.main import main\n"
        f"status = main(['render', {str(page)!r}, '-o', {str(tmp_path / 'o.png')!r}])\n"
        "heavy = {'h11', 'html5lib', 'aiodns', 'pycares', 'certifi', 'rich', 'importlib.metadata', 'icu4py', 'numpy'}\n"
        "print(status, sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=ENVIRONMENT, check=True
    )
    assert done.stdout == "0 []\n"
