"""Build the engine with mypyc, run its tests on the result, and print how much faster layout is.

    python -m tests.compiled [--check] [--keep DIR] [--opt-level N] [--no-tests] [--no-benchmark]

Exit status: 0 also where there is no C compiler (it says so), 1 for a failure.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import build

TESTED = ("html", "dom", "css", "text", "layout", "paint", "image", "page")
"""Folders of tests that are run on the compiled package."""

MINIMUM_RATIO = 5.0
"""Interpreted time over compiled time of the layout benchmark, at least."""


def main(arguments: list[str] | None = None) -> int:
    """Build, test, measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.compiled", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="only ask mypyc whether it can compile everything"
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="build there and leave it")
    parser.add_argument("--opt-level", default="1", help="of the C compiler (default: 1, quick to build)")
    parser.add_argument("--no-tests", action="store_true", help="do not run the tests")
    parser.add_argument("--no-benchmark", action="store_true", help="do not measure")
    options = parser.parse_args(arguments)
    if build.compiler() is None or not build.has_headers():
        print("compiled: skipped, this machine has no C compiler or no Python headers")
        return 0
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
        return _run(options.keep.resolve(), options)
    with tempfile.TemporaryDirectory(prefix="minibrowser-compiled-") as folder:
        return _run(Path(folder).resolve(), options)


def _run(scratch: Path, options: argparse.Namespace) -> int:
    started = time.monotonic()
    project = build.copy_project(scratch)
    try:
        if options.check:
            print(f"compiled: mypyc takes all {build.check_project(project)} modules")
            return 0
        count = build.compile_project(project, options.opt_level)
    except build.BuildError as error:
        print(error)
        print("compiled: the build failed")
        return 1
    print(f"compiled: {count} modules built in {time.monotonic() - started:.0f} s", flush=True)
    failures = [] if _is_used(project) else ["the compiled modules are not the ones that are imported"]
    if not options.no_tests and not _tests_pass(project):
        failures.append("tests fail")
    if not options.no_benchmark:
        ratio = _layout_ratio(project)
        print(
            f"compiled: layout {ratio:.1f} times as fast as interpreted (at least {MINIMUM_RATIO:g} wanted)"
        )
        if ratio < MINIMUM_RATIO:
            failures.append(f"layout is only {ratio:.1f} times as fast")
    print("compiled: " + ("; ".join(failures) if failures else "ok"))
    return 1 if failures else 0


def _is_used(project: Path) -> bool:
    script = "import minibrowser.dom.node as m; print(m.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=project,
        env=_environment(project),
        capture_output=True,
        text=True,
        check=True,
    )
    return not done.stdout.strip().endswith(".py")


def _tests_pass(project: Path) -> bool:
    folders = [f"tests/{name}" for name in TESTED if any((project / "tests" / name).glob("test_*.py"))]
    command = [sys.executable, "-m", "pytest", "-m", "not interpreted", "-p", "no:cacheprovider", *folders]
    return subprocess.run(command, cwd=project, env=_environment(project), check=False).returncode == 0


def _layout_ratio(project: Path) -> float:
    """Seconds interpreted over seconds compiled; measured alternately, the best of each."""
    seconds = {build.PROJECT: float("inf"), project: float("inf")}
    for _ in range(3):
        for place in seconds:
            seconds[place] = min(seconds[place], _layout_seconds(place))
    for place, name in ((build.PROJECT, "interpreted"), (project, "compiled")):
        print(f"compiled: layout of 10,000 boxes {name}: {seconds[place] * 1000:.1f} ms")
    return seconds[build.PROJECT] / seconds[project]


def _layout_seconds(place: Path) -> float:
    command = [sys.executable, "-m", "benchmarks.layout_seconds"]
    done = subprocess.run(
        command, cwd=place, env=_environment(place), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"compiled: the layout benchmark failed\n{done.stderr}")
    return float(done.stdout)


def _environment(place: Path) -> dict[str, str]:
    """An environment in which `minibrowser` is the one of that folder."""
    return {**os.environ, "PYTHONPATH": str(place)}


if __name__ == "__main__":
    sys.exit(main())
