"""The suite taffy: layout cases of the Rust library of that name, with the numbers that Chrome gave.

Each case becomes a small page; the boxes of its elements are compared with the numbers. `scroll_width` and the like
are not compared.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from xml.etree import ElementTree

from tests.budget import BudgetExceeded, time_budget
from tests.workers import Pool, receive

from .results import Verdict
from .wpt import describe

SUITE = "taffy"
CASE_SECONDS = 10.0
TOLERANCE = 0.5
BATCH = 50

_PAGE = """<!DOCTYPE html><meta charset=utf-8>
<style>
@font-face {{ font-family: Ahem; src: url(/fonts/Ahem.ttf) }}
html, body {{ margin: 0; padding: 0 }}
#viewport {{ display: flex; align-items: start; justify-content: start; width: {width}; height: {height};
  direction: {direction} }}
#viewport div {{ display: flex; box-sizing: border-box; position: relative; border: 0 solid; margin: 0; padding: 0;
  font: 10px/1 Ahem }}
</style>
<body><div id=viewport>{tree}</div></body>
"""

_NAMES = {f"border-{side}": f"border-{side}-width" for side in ("top", "right", "bottom", "left")}
"""Attributes that are not the property of the same name: the shorthand would reset the style."""

_NOT_STYLE = frozenset(("scrollbar-width",))


@dataclass(frozen=True)
class Node:
    """A rectangle by its place in the parent's border box, and what is in it."""

    x: float
    y: float
    width: float
    height: float
    children: tuple[Node, ...]


@dataclass(frozen=True)
class Case:
    """A test: its page, and the numbers of the elements in it."""

    area: str
    name: str
    page: str
    expected: Node
    rounded: bool
    scrollbar: float
    """What a scrollbar takes, CSS px; 0 where they are overlaid."""


def _markup(element: ElementTree.Element) -> str:
    style = ";".join(
        f"{_NAMES.get(name, name)}:{value}"
        for name, value in element.attrib.items()
        if name not in _NOT_STYLE
    )
    inner = html.escape((element.text or "").strip()) if element.tag == "text" else ""
    inner += "".join(_markup(child) for child in element)
    return f'<div style="{html.escape(style)}">{inner}</div>'


def _node(element: ElementTree.Element) -> Node:
    x, y, width, height = (float(element.get(name, "nan")) for name in ("x", "y", "width", "height"))
    return Node(x, y, width, height, tuple(_node(child) for child in element))


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of a file; its name is their area."""
    for test in ElementTree.parse(path).getroot():
        viewport, tree, expected = test.find("viewport"), test.find("input"), test.find("expectations")
        assert viewport is not None
        assert tree is not None
        assert expected is not None
        page = _PAGE.format(
            width=viewport.get("width"),
            height=viewport.get("height"),
            direction=tree[0].get("direction", "ltr"),
            tree="".join(map(_markup, tree)),
        )
        yield Case(
            path.stem,
            test.get("name", ""),
            page,
            _node(expected[0]),
            test.get("use-rounding") == "true",
            max(float(element.get("scrollbar-width", "0")) for element in tree.iter()),
        )


# --- Scoring -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rect:
    """A rectangle on the page."""

    x: float
    y: float
    right: float
    bottom: float


def rects_by_path(boxes: list[dict[str, object]]) -> dict[str, Rect]:
    """The output of `dump boxes` by path."""
    found: dict[str, Rect] = {}
    for box in boxes:
        x, y, width, height = (_number(box[name]) for name in ("x", "y", "width", "height"))
        found[str(box["path"])] = Rect(x, y, x + width, y + height)
    return found


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else math.nan


def _rounded(rect: Rect) -> Rect:
    # As Math.round() does: halves go up.
    x, y, right, bottom = (math.floor(value + 0.5) for value in (rect.x, rect.y, rect.right, rect.bottom))
    return Rect(x, y, right, bottom)


def first_difference(case: Case, rects: dict[str, Rect]) -> str:
    """The first node, in tree order, whose numbers are others; "" when all are as expected."""
    origin = Rect(0.0, 0.0, 0.0, 0.0)
    # The root of the case is the first child of the container in the body, which is html's second child.
    stack: list[tuple[Node, str, Rect]] = [(case.expected, "1/0/0", origin)]
    while stack:
        node, path, parent = stack.pop()
        rect = rects.get(path)
        if rect is not None and case.rounded:
            rect = _rounded(rect)
        if rect is None:
            # Without a box (`display: none`) everything is 0.
            rect, numbers = parent, (0.0, 0.0, 0.0, 0.0)
        else:
            numbers = (rect.x - parent.x, rect.y - parent.y, rect.right - rect.x, rect.bottom - rect.y)
        wanted = (node.x, node.y, node.width, node.height)
        # Written so that a NaN on either side is a difference.
        if not all(abs(a - b) <= TOLERANCE for a, b in zip(numbers, wanted, strict=True)):
            return f"{path.removeprefix('1/0/')}: {_show(numbers)} in place of {_show(wanted)}"
        stack.extend(
            (child, f"{path}/{index}", rect) for index, child in reversed([*enumerate(node.children)])
        )
    return ""


def _show(numbers: tuple[float, ...]) -> str:
    return " ".join(f"{number:g}" for number in numbers)


def work(pipe: Connection, fonts_root: Path) -> None:
    """What a worker does: cases in, verdicts out."""
    from tests.engine import Engine  # noqa: PLC0415 - the parent needs no engine

    engine = Engine(fonts_root)
    while (group := receive(pipe)) is not None:
        for case in group:
            assert isinstance(case, Case)
            start = monotonic()
            reason = details = ""
            try:
                with time_budget(CASE_SECONDS):
                    page = engine.load_bytes(case.page.encode("utf-8"), "text/html", "case.html", 1000, 1000)
                    details = first_difference(case, rects_by_path(engine.boxes(page, case.scrollbar)))
                    reason = "numbers" if details else ""
            except BudgetExceeded:
                reason, details = "timeout", f"{case.name}: more than {CASE_SECONDS:g} s"
            except Exception as error:  # noqa: BLE001 - any exception of the engine is a finding, and is listed
                reason, details = "exception", f"{case.name}: {describe(error)}"
            seconds = round(monotonic() - start, 3)
            pipe.send(Verdict(case.area, case.name, not reason, reason, details, seconds))
    engine.close()


def _lost(case: Case, reason: str) -> Verdict:
    return Verdict(case.area, case.name, False, reason, f"{case.name}: its worker is gone")


def run(
    root: Path, fonts_root: Path, area: str | None, sample: int, only: str | None, jobs: int
) -> list[Verdict]:
    """Score the cases of the XML files in `root`; `fonts_root` is wpt's folder, for the font Ahem."""
    cases: list[Case] = []
    for path in sorted(root.glob("*.xml")):
        if area in (None, path.stem):
            cases += [case for case in read_cases(path) if only is None or only in case.name][::sample]
    groups = [cases[first : first + BATCH] for first in range(0, len(cases), BATCH)]
    pool: Pool[Case, Verdict] = Pool(work, (fonts_root,), jobs, 4 * CASE_SECONDS, _lost)
    order = {(case.area, case.name): index for index, case in enumerate(cases)}
    return sorted(pool.run(groups), key=lambda verdict: order[verdict.area, verdict.name])
