"""`python -m tests.layout.differential`: random snippets, laid out by Chromium and by us; what differs, made small.

    python -m tests.layout.differential --themes block,inline --pages 5 --seed 7 [--quirks] [--most 20]

Each page holds 40 snippets, each in a section of its own. Of those whose boxes differ by more than 1 px everything is
taken away that does not matter to the difference, and the rest is printed with both boxes: ready to become a case of
`tests.layout.record`. Boxes without an area are left out. Needs Chromium.
"""

from __future__ import annotations

import argparse
import sys
from typing import Final, TypeAlias

from .record import boxes_in_chromium
from .snippets import THEMES, Child, Snippets, markup, simpler, size_of
from .support import lay_out

SNIPPETS_A_PAGE: Final = 40
DEPTH: Final = 3
VARIANTS_A_ROUND: Final = 70
ROUNDS: Final = 25
TOLERANCE: Final = 1.0

STYLE: Final = (
    "body{margin:0;font:16px/1.25 'Liberation Sans'}"
    "section{position:relative;width:300px;display:flow-root;margin:0 0 30px 10px;border:1px solid #ccc}"
)

Rect: TypeAlias = tuple[float, float, float, float]
Difference: TypeAlias = tuple[str, Rect, "Rect | None"]
"""The path of an element in its section, Chromium's rectangle, and ours."""


def page_of(snippets: list[list[Child]], is_quirks: bool) -> str:
    """A page with a section for each snippet."""
    sections = "".join(f"<section>{markup(snippet)}</section>\n" for snippet in snippets)
    return f"{'' if is_quirks else '<!DOCTYPE html>'}<style>{STYLE}</style><body>{sections}"


def by_section(boxes: dict[str, Rect]) -> dict[int, dict[str, Rect]]:
    """Rectangles by section and path in it, from the section's corner."""
    found: dict[int, dict[str, Rect]] = {}
    for path, (x, y, width, height) in boxes.items():
        steps = path.split("/")
        if len(steps) < 2 or steps[0] != "1":
            continue
        left, top, _, _ = boxes[f"1/{steps[1]}"]
        found.setdefault(int(steps[1]), {})["/".join(steps[2:])] = (x - left, y - top, width, height)
    return found


def differences(snippets: list[list[Child]], is_quirks: bool) -> list[list[Difference]]:
    """For each snippet where it differs."""
    page = page_of(snippets, is_quirks)
    recorded: dict[str, Rect] = {}
    for path, (_, x, y, width, height) in boxes_in_chromium(page).items():
        recorded[path] = (float(str(x)), float(str(y)), float(str(width)), float(str(height)))
    own: dict[str, Rect] = {}
    for box in lay_out(page).boxes():
        x, y, width, height = (float(str(box[key])) for key in ("x", "y", "width", "height"))
        own[str(box["path"])] = (x, y, width, height)
    theirs, ours = by_section(recorded), by_section(own)
    found: list[list[Difference]] = []
    for number in range(len(snippets)):
        mine = ours.get(number, {})
        wrong: list[Difference] = []
        for path, rect in theirs.get(number, {}).items():
            other = mine.get(path)
            if other is not None and rect[2] * rect[3] == 0.0 and other[2] * other[3] == 0.0:
                continue
            if other is None or max(abs(a - b) for a, b in zip(rect, other, strict=True)) > TOLERANCE:
                wrong.append((path, rect, other))
        found.append(wrong)
    return found


def smallest(
    snippet: list[Child], wrong: list[Difference], is_quirks: bool
) -> tuple[list[Child], list[Difference]]:
    """The snippet without all that does not matter to there being a difference."""
    for _ in range(ROUNDS):
        size = size_of(snippet)
        variants = sorted((one for one in simpler(snippet) if size_of(one) < size), key=size_of)[
            :VARIANTS_A_ROUND
        ]
        for variant, still_wrong in zip(variants, differences(variants, is_quirks), strict=True):
            if still_wrong:
                snippet, wrong = variant, still_wrong
                break
        else:
            break
    return snippet, wrong


def main() -> int:
    """Compare; 1 where anything differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--themes", default=",".join(THEMES), help="comma-separated; all by default")
    parser.add_argument("--pages", type=int, default=2, help="of 40 snippets, for each theme")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quirks", action="store_true")
    parser.add_argument(
        "--most", type=int, default=20, help="how many differences are made small and printed"
    )
    options = parser.parse_args()
    total = 0
    for theme in options.themes.split(","):
        if theme not in THEMES:
            parser.error(f"no theme {theme!r}: there are {', '.join(THEMES)}")
        count = 0
        for number in range(options.pages):
            source = Snippets(theme, f"{theme} {options.seed} {number}")
            snippets = [source.children(DEPTH, at_least=1) for _ in range(SNIPPETS_A_PAGE)]
            for snippet, wrong in zip(snippets, differences(snippets, options.quirks), strict=True):
                if not wrong:
                    continue
                count += 1
                if total + count > options.most:
                    continue
                small, small_wrong = smallest(snippet, wrong, options.quirks)
                print(f"[{theme} {number}] {markup(small)}")
                path, rect, other = small_wrong[0]
                print(f"    at {path or 'section'}: Chromium {rect}, ours {other}", flush=True)
        print(f"{theme}: {count} of {options.pages * SNIPPETS_A_PAGE} snippets differ", flush=True)
        total += count
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
