"""The suite wpt: reftests of the Web Platform Tests, rendered in-process by two workers.

A test passes when its picture equals that of one of its `match` references and differs from those of all its
`mismatch` references, and has ink wherever Chromium's has. A page that raises or overruns its time fails.
"""

from __future__ import annotations

import json
import re
import traceback
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from tests.budget import BudgetExceeded, time_budget
from tests.workers import Pool, receive

from .pixels import compare, ink, parse_fuzzy
from .results import Verdict

if TYPE_CHECKING:
    from PIL import Image

SUITE = "wpt"
WIDTH, HEIGHT = 800, 600
PAGE_SECONDS = 20.0
"""Processor time; a page that takes longer is a failure."""

HARD_SECONDS = 4 * PAGE_SECONDS
"""A worker that says nothing for so long is beyond its own alarm clock (a loop inside C code)."""

CACHED_PICTURES = 48
"""References whose pictures a worker keeps (1.4 MB each): tests with the same one come in a row."""

Renderer = Callable[[str], "Image.Image"]


@dataclass(frozen=True)
class Reftest:
    """One entry of tests.json. `references` are pairs of whether it must match, and the path."""

    path: str
    area: str
    references: tuple[tuple[bool, str], ...]
    fuzzy: tuple[str, ...]
    ink: int


@dataclass(frozen=True)
class Selection:
    """Which tests to run: of one area, every n-th of each area, those whose path holds a text."""

    area: str | None = None
    sample: int = 1
    only: str | None = None


def read_tests(root: Path) -> list[Reftest]:
    """All tests of the suite, in the order of the list."""
    entries: list[dict[str, Any]] = json.loads((root / "tests.json").read_text(encoding="utf-8"))
    return [
        Reftest(
            entry["test"],
            entry["area"],
            tuple((ref["rel"] == "match", ref["path"]) for ref in entry["refs"]),
            tuple(entry.get("fuzzy", ())),
            entry["ink"],
        )
        for entry in entries
    ]


def select(tests: list[Reftest], selection: Selection) -> list[Reftest]:
    """The tests of a selection."""
    areas: dict[str, list[Reftest]] = {}
    for test in tests:
        if selection.area in (None, test.area) and (selection.only is None or selection.only in test.path):
            areas.setdefault(test.area, []).append(test)
    return [test for group in areas.values() for test in group[:: selection.sample]]


def group_by_reference(tests: list[Reftest]) -> list[list[Reftest]]:
    """Tests with the same first reference together, so that one worker renders it once."""
    groups: dict[str, list[Reftest]] = {}
    for test in tests:
        groups.setdefault(test.references[0][1], []).append(test)
    return list(groups.values())


class Scorer:
    """Scores tests with a renderer, and keeps the pictures of references."""

    def __init__(self, render: Renderer, pictures: Path | None = None) -> None:
        self._render = render
        self._pictures = pictures
        self._kept: OrderedDict[str, Image.Image] = OrderedDict()

    def _reference(self, path: str) -> Image.Image:
        image = self._kept.get(path)
        if image is None:
            image = self._render(path)
            self._kept[path] = image
            if len(self._kept) > CACHED_PICTURES:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(path)
        return image

    def score(self, test: Reftest) -> Verdict:
        """The verdict on one test."""
        start = monotonic()
        passed, reason, details = self._judge(test)
        return Verdict(test.area, test.path, passed, reason, details, round(monotonic() - start, 3))

    def _judge(self, test: Reftest) -> tuple[bool, str, str]:
        page = test.path
        try:
            image = self._render(page)
            amount = ink(image)
            if test.ink > 0 and amount == 0:
                return False, "no ink", ""
            wanted, found, details = False, False, ""
            for is_match, page in test.references:
                reference = self._reference(page)
                difference = compare(image, reference)
                equal = difference.within(parse_fuzzy(list(test.fuzzy), page))
                if is_match:
                    wanted = True
                    found = found or equal
                elif equal:
                    self._save(test, image, reference)
                    return False, "equals mismatch", page
                if is_match and not equal:
                    details = f"{difference.pixels} pixels differ, by {difference.difference} at most"
                    self._save(test, image, reference)
            if wanted and not found:
                return False, "pixels", details
            return True, "", "" if near_ink(amount, test.ink) else f"ink {amount} against {test.ink}"
        except BudgetExceeded:
            return False, "timeout", f"{page}: more than {PAGE_SECONDS:g} s"
        except Exception as error:  # noqa: BLE001 - any exception of the engine is a finding, and is listed
            return False, "exception", f"{page}: {describe(error)}"

    def _save(self, test: Reftest, image: Image.Image, reference: Image.Image) -> None:
        """Write test and reference side by side, for a person to look at."""
        if self._pictures is None:
            return
        from PIL import Image as PILImage  # noqa: PLC0415 - only when asked for

        side = PILImage.new("RGB", (2 * WIDTH + 10, HEIGHT), "gray")
        side.paste(image, (0, 0))
        side.paste(reference, (WIDTH + 10, 0))
        path = self._pictures / test.area / (re.sub(r"[^\w.-]+", "_", test.path)[-120:] + ".png")
        path.parent.mkdir(parents=True, exist_ok=True)
        side.save(path)


def near_ink(ours: int, theirs: int) -> bool:
    """Whether the ink is about as much as Chromium's: within a fifth, or a few pixels."""
    return abs(ours - theirs) <= max(50, 0.2 * theirs)


def suspicion(verdicts: list[Verdict]) -> str:
    """How many passes have other ink than Chromium: test and reference may be wrong in the same way."""
    passed = [verdict for verdict in verdicts if verdict.passed]
    odd = [verdict for verdict in passed if verdict.details.startswith("ink ")]
    names = ", ".join(verdict.name for verdict in odd[:5])
    return f"passes with much more or less ink than Chromium: {len(odd)} of {len(passed)}" + (
        f" ({names})" if odd else ""
    )


def describe(error: Exception) -> str:
    """Where an exception came from and what it says: "layout/flex.py:12 in f: ValueError: ..."."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "minibrowser" in frame.filename]
    text = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"[:300]
    if not frames:
        return text
    last = frames[-1]
    name = last.filename.rpartition("minibrowser/")[2]
    return f"{name}:{last.lineno} in {last.name}: {text}"


def exception_report(verdicts: list[Verdict]) -> list[str]:
    """The exceptions and timeouts, grouped by where they came from, the most frequent first."""
    places: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.reason in ("exception", "timeout", "crash"):
            what = verdict.details.partition(": ")[2]
            # Numbers in messages would split one cause into many.
            places.setdefault(f"{verdict.reason} {re.sub(r'0x[0-9a-f]+|[0-9.]{3,}', 'N', what)}", []).append(
                verdict
            )
    lines = [f"exceptions, timeouts and crashes: {sum(map(len, places.values()))}"]
    for what, cases in sorted(places.items(), key=lambda item: -len(item[1])):
        lines.append(f"{len(cases):5}  {what}  [{cases[0].name}]")
    return lines


def work(pipe: Connection, root: Path, pictures: Path | None) -> None:
    """What a worker does."""
    from tests.engine import Engine  # noqa: PLC0415 - the parent needs no engine

    engine = Engine(root)

    def render(path: str) -> Image.Image:
        with time_budget(PAGE_SECONDS):
            return engine.picture(engine.load(path, WIDTH, HEIGHT))

    scorer = Scorer(render, pictures)
    while (group := receive(pipe)) is not None:
        for test in group:
            assert isinstance(test, Reftest)
            pipe.send(scorer.score(test))
    engine.close()


def _lost(test: Reftest, reason: str) -> Verdict:
    return Verdict(test.area, test.path, False, reason, f"{test.path}: its worker is gone")


def run(root: Path, selection: Selection, jobs: int, pictures: Path | None = None) -> list[Verdict]:
    """Score a selection with that many worker processes."""
    tests = select(read_tests(root), selection)
    groups = group_by_reference(tests)
    # The greatest groups first: no worker is left alone with one at the end.
    groups.sort(key=len, reverse=True)
    pool: Pool[Reftest, Verdict] = Pool(work, (root, pictures), jobs, HARD_SECONDS, _lost)
    order = {test.path: index for index, test in enumerate(tests)}
    return sorted(pool.run(groups), key=lambda verdict: order[verdict.name])
