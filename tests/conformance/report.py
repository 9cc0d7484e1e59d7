"""Write docs/wpt.md from the JSON of a run.

python -m tests.conformance wpt --json wpt.json && python -m tests.conformance.report wpt.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "wpt.md"

_HEAD = """\
# Web platform tests

How many of the 9,273 CSS reftests without scripts pass (web-platform-tests, June 2021; each was checked with Chromium
156). A test passes when its picture equals that of its reference, both ours, and has ink where Chromium's has.

    python -m tests.conformance wpt --json wpt.json
    python -m tests.conformance.report wpt.json

Known failures are listed by name in `tests/conformance/expectations/`; a run with `--expectations check` fails for any
difference.

"""


def report(areas: dict[str, dict[str, int]]) -> str:
    """The page."""
    passed = sum(score["passed"] for score in areas.values())
    total = sum(score["total"] for score in areas.values())
    lines = ["| area | passed | of | % |", "|---|---:|---:|---:|", _row("**all**", passed, total)]
    for name, score in sorted(areas.items(), key=lambda item: (-item[1]["total"], item[0])):
        lines.append(_row(name, score["passed"], score["total"]))
    return _HEAD + "\n".join(lines) + "\n"


def _row(name: str, passed: int, total: int) -> str:
    return f"| {name} | {passed} | {total} | {100 * passed / total:.1f} |"


def main(arguments: list[str]) -> int:
    """Write the page from the JSON file named by the only argument."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    run = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    PAGE.write_text(report(run["areas"]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
