"""`python -m tests.conformance SUITE [--root DIR] [--area AREA] [--json FILE]`"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from . import html5lib, http_cache, http_state, taffy, wpt
from .results import Verdict, differences, summary, update_expectations, write_json

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
"""Where the suites lie when `--root` does not say."""

ROOTS = {
    "html5lib": SHARED / "conformance" / "html5lib-tests",
    "http-cache": SHARED / "conformance" / "http-cache",
    "http-state": SHARED / "conformance" / "http-state",
    "taffy": SHARED / "conformance" / "taffy",
    "wpt": SHARED / "wpt",
}


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    add = parser.add_argument
    add("suite", choices=[*ROOTS], metavar="SUITE", help=", ".join(ROOTS))
    add("--root", type=Path, metavar="DIR", help="the suite's folder (default: ../shared/...)")
    add("--area", metavar="AREA", help="run one area only")
    add("--json", type=Path, metavar="FILE", help="write all verdicts")
    add(
        "--expectations",
        choices=["check", "update"],
        help="compare with the checked-in lists, or rewrite them",
    )
    add("--sample", type=int, default=1, metavar="N", help="taffy, wpt: run every N-th test of each area")
    add("--only", metavar="TEXT", help="http-cache, taffy, wpt: run the tests whose name holds TEXT")
    add(
        "--jobs",
        type=int,
        default=min(2, os.cpu_count() or 1),
        metavar="N",
        help="taffy, wpt: worker processes",
    )
    add("--pictures", type=Path, metavar="DIR", help="wpt: write the pictures of failing tests there")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run a suite; the exit status is 0, 1 where `check` finds a difference, 2 for wrong usage."""
    options = _arguments().parse_args(arguments)
    suite: str = options.suite
    root: Path = options.root if options.root is not None else ROOTS[suite]
    if not root.is_dir():
        print(f"conformance: {suite}: no folder {root}; name one with --root", file=sys.stderr)
        return 2
    start = time.monotonic()
    verdicts: list[Verdict]
    apart: frozenset[str] = frozenset()
    if suite == "html5lib":
        verdicts = html5lib.run(root, options.area)
        apart = html5lib.APART
    elif suite == "http-cache":
        verdicts = http_cache.run(root, options.area, options.only)
        apart = http_cache.APART
    elif suite == "http-state":
        verdicts = http_state.run(root, options.area)
    else:
        sample, jobs = max(1, options.sample), max(1, options.jobs)
        if suite == "taffy":
            verdicts = taffy.run(root, ROOTS["wpt"], options.area, sample, options.only, jobs)
        else:
            selection = wpt.Selection(options.area, sample, options.only)
            verdicts = wpt.run(root, selection, jobs, options.pictures)
            print(wpt.suspicion(verdicts))
        print("\n".join(wpt.exception_report(verdicts)), end="\n\n")
    if not verdicts:
        print(f"conformance: {suite}: no test is selected", file=sys.stderr)
        return 2
    if options.json is not None:
        write_json(options.json, suite, verdicts)
    status = 0
    if options.expectations == "update":
        update_expectations(suite, verdicts)
    elif options.expectations == "check":
        found = differences(suite, verdicts)
        print("\n".join(found), end="\n\n" if found else "")
        status = 1 if found else 0
    print(f"{len(verdicts)} cases in {time.monotonic() - start:.1f} s")
    print("\n".join(summary(suite, verdicts, apart)))
    return status


if __name__ == "__main__":
    sys.exit(main())
