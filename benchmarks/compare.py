"""Time `minibrowser render` against Chromium from a cold start, in alternation, and print the ratio.

    python -m benchmarks.compare [--rounds N] [--chromium PATH] [PAGE ...]

PAGE is a file; by default those in fixtures/. Wall time of the whole process, from start to the written PNG. The
median of each side is compared; a ratio below 1 says that minibrowser is quicker. Pages without scripts, please:
Chromium's --screenshot does not work with scripts off.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def chromium_command(program: str, page: Path, picture: Path, profile: Path) -> list[str]:
    """Chromium's own way to a screenshot."""
    command = [program, "--headless", "--disable-gpu", "--hide-scrollbars", "--window-size=1280,800"]
    command += [
        "--no-first-run",
        f"--user-data-dir={profile}",
        f"--screenshot={picture}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--no-sandbox")
    return [*command, page.as_uri()]


def minibrowser_command(page: Path, picture: Path) -> list[str]:
    """Ours: the installed command where there is one."""
    script = Path(sys.executable).with_name("minibrowser")
    start = [str(script)] if script.exists() else [sys.executable, "-m", "minibrowser"]
    return [*start, "render", str(page), "-o", str(picture), "--quiet", "--no-js"]


def seconds(command: list[str], picture: Path) -> float:
    """Wall time of a process that writes a picture."""
    picture.unlink(missing_ok=True)
    # An installed package has its bytecode; a checkout gets it with the first run, which is not counted.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    elapsed = time.perf_counter() - start
    if done.returncode != 0 or not picture.exists():
        raise SystemExit(f"{command[0]} made no picture:\n{done.stderr[-2000:]}")
    return elapsed


def main(arguments: list[str] | None = None) -> int:
    """Measure and print one row for each page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("pages", nargs="*", type=Path, metavar="PAGE")
    parser.add_argument(
        "--rounds", type=int, default=10, metavar="N", help="measured runs of each (default: 10)"
    )
    parser.add_argument("--chromium", metavar="PATH", help="the program (default: what the search path has)")
    options = parser.parse_args(arguments)
    found = (shutil.which(name) for name in CHROMIUM_NAMES)
    chromium = options.chromium or next((path for path in found if path is not None), None)
    pages: list[Path] = options.pages or sorted(FIXTURES.glob("*.html"))
    print(f"{'page':<24} {'minibrowser':>12} {'chromium':>12} {'ratio':>7}   median of {options.rounds}, ms")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for page in pages:
            ours, theirs = _alternate(page.resolve(), Path(folder), chromium, options.rounds)
            row = f"{page.name:<24} {statistics.median(ours) * 1000:>12.0f}"
            if theirs:
                ratio = statistics.median(ours) / statistics.median(theirs)
                row += f" {statistics.median(theirs) * 1000:>12.0f} {ratio:>7.2f}"
            else:
                row += f" {'not here':>12} {'':>7}"
            print(row, flush=True)
    return 0


def _alternate(
    page: Path, folder: Path, chromium: str | None, rounds: int
) -> tuple[list[float], list[float]]:
    """Both in turn, so that what else the machine does falls on both; the first run of each is not counted."""
    picture, profile = folder / "picture.png", folder / "profile"
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(rounds + 1):
        mine = seconds(minibrowser_command(page, picture), picture)
        other = seconds(chromium_command(chromium, page, picture, profile), picture) if chromium else 0.0
        if number > 0:
            ours.append(mine)
            if chromium:
                theirs.append(other)
    return ours, theirs


if __name__ == "__main__":
    sys.exit(main())
