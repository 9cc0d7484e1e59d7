"""Verdicts, their summary, and the checked-in lists of known failures."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

EXPECTATIONS = Path(__file__).parent / "expectations"


@dataclass(frozen=True)
class Verdict:
    """What came of one case.

    `name` is unique within `area`; `reason` says in a few words why a case failed ("pixels", "timeout", "no ink",
    "exception"); `details` is what a person who looks into it wants (the last line of a traceback).
    """

    area: str
    name: str
    passed: bool
    reason: str = ""
    details: str = ""
    seconds: float = 0.0


@dataclass
class Score:
    """How many of how many."""

    passed: int = 0
    total: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    def add(self, verdict: Verdict) -> None:
        self.total += 1
        if verdict.passed:
            self.passed += 1
        else:
            self.reasons[verdict.reason] = self.reasons.get(verdict.reason, 0) + 1

    def __str__(self) -> str:
        share = 100 * self.passed / self.total if self.total else 0.0
        return f"passed {self.passed} of {self.total} ({share:.1f} %)"


def scores(verdicts: Iterable[Verdict]) -> dict[str, Score]:
    """The score of each area, in order of size."""
    areas: dict[str, Score] = {}
    for verdict in verdicts:
        areas.setdefault(verdict.area, Score()).add(verdict)
    return dict(sorted(areas.items(), key=lambda item: (-item[1].total, item[0])))


def summary(suite: str, verdicts: list[Verdict], apart: frozenset[str] = frozenset()) -> list[str]:
    """The last lines of a run: one for each area, and one for all areas that are not counted apart."""
    lines = [f"{suite} {area}: {score}" for area, score in scores(verdicts).items()]
    total = Score()
    for verdict in verdicts:
        if verdict.area not in apart:
            total.add(verdict)
    lines.append(f"{suite}: {total}")
    return lines


def write_json(path: Path, suite: str, verdicts: list[Verdict]) -> None:
    """All verdicts, for tools."""
    areas = {area: asdict(score) for area, score in scores(verdicts).items()}
    result = {"suite": suite, "areas": areas, "cases": [asdict(verdict) for verdict in verdicts]}
    path.write_text(json.dumps(result, indent=1), encoding="utf-8")


# --- Expectations ------------------------------------------------------------------------------------


def expectations_file(suite: str, area: str, folder: Path = EXPECTATIONS) -> Path:
    """The list of the known failures of an area."""
    return folder / suite / f"{area}.txt"


def read_expectations(suite: str, area: str, folder: Path = EXPECTATIONS) -> set[str]:
    """The names of the cases that are known to fail."""
    path = expectations_file(suite, area, folder)
    if not path.exists():
        return set()
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("# ")}


def update_expectations(suite: str, verdicts: list[Verdict], folder: Path = EXPECTATIONS) -> None:
    """Make the lists say what the verdicts say. Cases that did not run keep their place."""
    areas: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        areas.setdefault(verdict.area, []).append(verdict)
    for area, cases in areas.items():
        known = read_expectations(suite, area, folder) - {case.name for case in cases}
        failing = sorted(known | {case.name for case in cases if not case.passed})
        path = expectations_file(suite, area, folder)
        if failing:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(line + "\n" for line in _listed(path, failing)), encoding="utf-8")
        else:
            path.unlink(missing_ok=True)


def _listed(path: Path, failing: list[str]) -> list[str]:
    """The lines of a list: in order, but where the old one gives reasons (`# ...`), names stay below theirs."""
    old = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    if not any(line.startswith("# ") for line in old):
        return failing
    kept = [line for line in old if line.startswith("# ") or line in failing]
    return [name for name in failing if name not in kept] + kept


def differences(suite: str, verdicts: list[Verdict], folder: Path = EXPECTATIONS) -> list[str]:
    """What the verdicts say other than the lists, one line each."""
    lines: list[str] = []
    known: dict[str, set[str]] = {}
    for verdict in verdicts:
        if verdict.area not in known:
            known[verdict.area] = read_expectations(suite, verdict.area, folder)
        listed = verdict.name in known[verdict.area]
        if verdict.passed and listed:
            lines.append(f"{suite} {verdict.area}: {verdict.name} passes, but is listed as a failure")
        elif not verdict.passed and not listed:
            lines.append(f"{suite} {verdict.area}: {verdict.name} fails ({verdict.reason})")
    return lines
