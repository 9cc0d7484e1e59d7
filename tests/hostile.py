"""Hostile input: `python -m tests.hostile [--mutations N] [--seconds S] [--seed K]`.

Renders every file of html5lib-tests as if it were a page, and N random mutations of the corpus' pages (with their
style sheets mutated too), in-process. No exception, no page beyond its time, no tree deeper than the cap.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic

from tests.budget import BudgetExceeded, time_budget
from tests.mutations import mutate
from tests.workers import Pool, receive

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
PAGE_SECONDS = 20.0
"""Processor time of a page, from bytes to pixels."""

BATCH = 200
"""Tasks between two looks at the clock."""

WIDTH, HEIGHT = 800, 600


@dataclass(frozen=True)
class Task:
    """A file, and the seed of its mutation; as it is for a negative one."""

    path: str
    seed: int

    def __str__(self) -> str:
        return self.path if self.seed < 0 else f"{self.path} --seed {self.seed}"


@dataclass(frozen=True)
class Outcome:
    """What came of a task: `error` is "" when all is well."""

    task: Task
    error: str
    seconds: float


def damaged(root: Path, task: Task) -> bytes:
    """The bytes of a task's page."""
    data = (root / task.path).read_bytes()
    return data if task.seed < 0 else mutate(data, task.seed)


def work(pipe: Connection, root: Path) -> None:
    """What a worker does: tasks in, outcomes out."""
    from minibrowser import limits  # noqa: PLC0415 - likewise
    from tests.conformance.wpt import describe  # noqa: PLC0415 - the parent needs no engine
    from tests.engine import Engine, depth_of  # noqa: PLC0415 - likewise

    engine = Engine(root)
    while (group := receive(pipe)) is not None:
        for task in group:
            assert isinstance(task, Task)
            start = monotonic()
            error = ""
            engine.damage_sheets(task.seed)
            try:
                with time_budget(PAGE_SECONDS):
                    page = engine.load_bytes(damaged(root, task), "text/html", task.path, WIDTH, HEIGHT)
                    engine.picture(page)
                    depth = depth_of(page.document)
                if depth > limits.MAX_TREE_DEPTH + 1:
                    error = f"a tree of depth {depth}"
            except BudgetExceeded:
                error = f"more than {PAGE_SECONDS:g} s"
            except Exception as problem:  # noqa: BLE001 - any exception is what this run looks for
                error = describe(problem)
            pipe.send(Outcome(task, error, round(monotonic() - start, 3)))
    engine.close()


def _lost(task: Task, reason: str) -> Outcome:
    return Outcome(task, reason, 0.0)


def run(root: Path, tasks: list[Task], jobs: int, seconds: float = 0.0) -> list[Outcome]:
    """All outcomes, or those that come within some seconds (0: no limit)."""
    pool: Pool[Task, Outcome] = Pool(work, (root,), jobs, 4 * PAGE_SECONDS, _lost)
    start = monotonic()
    outcomes: list[Outcome] = []
    size = BATCH if seconds else max(1, len(tasks))
    for first in range(0, len(tasks), size):
        if seconds and monotonic() - start > seconds:
            break
        outcomes += pool.run([[task] for task in tasks[first : first + size]])
    return outcomes


def tasks_for(shared: Path, mutations: int, seed: int) -> list[Task]:
    """html5lib-tests' files, then mutations of the corpus' pages in turn."""
    suite = shared / "conformance" / "html5lib-tests"
    files = [path for path in sorted(suite.rglob("*")) if path.is_file()]
    tasks = [Task(path.relative_to(shared).as_posix(), -1) for path in files]
    pages: list[str] = json.loads((shared / "corpus" / "mdn-pages.json").read_text(encoding="utf-8"))
    tasks += [Task(f"corpus/{pages[(seed + i) % len(pages)]}", seed + i) for i in range(mutations)]
    return tasks


def main(arguments: list[str] | None = None) -> int:
    """Run; exit status 1 when any page fails, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    add = parser.add_argument
    add("--shared", type=Path, metavar="DIR", help="holds conformance/ and corpus/ (default: ../shared)")
    add("--mutations", type=int, default=1000, metavar="N")
    add("--seconds", type=float, default=0.0, metavar="S", help="stop after that time (0: run all)")
    add("--seed", type=int, default=0, metavar="K", help="of the first mutation")
    add("--jobs", type=int, default=min(2, os.cpu_count() or 1), metavar="N")
    add("--write", type=Path, metavar="FILE", help="write the mutation of --seed there instead of running")
    options = parser.parse_args(arguments)
    shared: Path = options.shared or SHARED
    if not shared.is_dir():
        print(f"hostile: skipped, there is no folder {shared}; name one with --shared", file=sys.stderr)
        return 0 if options.shared is None else 2
    if options.write is not None:
        task = tasks_for(shared, 1, options.seed)[-1]
        options.write.write_bytes(damaged(shared, task))
        print(f"{task.path}: mutation {task.seed} written to {options.write}")
        return 0
    tasks = tasks_for(shared, options.mutations, options.seed)
    start = monotonic()
    outcomes = run(shared, tasks, max(1, options.jobs), options.seconds)
    causes: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.error:
            causes.setdefault(outcome.error, []).append(outcome)
    for error, cases in sorted(causes.items(), key=lambda item: -len(item[1])):
        print(f"{len(cases):5}  {error}  [{cases[0].task}]")
    slowest = max(outcomes, key=lambda outcome: outcome.seconds)
    print(f"the slowest: {slowest.seconds:.1f} s for {slowest.task}")
    failed = sum(map(len, causes.values()))
    print(f"hostile: {len(outcomes)} of {len(tasks)} inputs in {monotonic() - start:.0f} s, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
