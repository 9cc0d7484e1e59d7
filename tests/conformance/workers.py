"""Worker processes that outlive what they render: a page that hangs or crashes costs one test, not the run."""

from __future__ import annotations

import multiprocessing
import sys
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic

from tests.budget import time_budget

from .results import Verdict
from .wpt import HEIGHT, PAGE_SECONDS, WIDTH, Reftest, Scorer

HARD_SECONDS = 4 * PAGE_SECONDS
"""A worker that says nothing for so long is beyond its own alarm clock (a loop inside C code), and is killed."""


def work(pipe: Connection, root: Path, pictures: Path | None) -> None:
    """What a worker does: groups of tests in, verdicts out, until the pipe is closed."""
    from tests.engine import Engine  # noqa: PLC0415 - the parent needs no engine

    engine = Engine(root)

    def render(path: str) -> object:
        with time_budget(PAGE_SECONDS):
            return engine.picture(engine.load(path, WIDTH, HEIGHT))

    scorer = Scorer(render, pictures)  # type: ignore[arg-type] # PIL is not imported here
    try:
        while True:
            group: list[Reftest] = pipe.recv()
            for test in group:
                pipe.send(scorer.score(test))
    except EOFError:
        engine.close()


class _Worker:
    """A process, its pipe, and what it has still to do."""

    def __init__(self, root: Path, pictures: Path | None) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=work, args=(theirs, root, pictures), daemon=True)
        self.process.start()
        theirs.close()
        self.todo: list[Reftest] = []
        self.heard = monotonic()

    def give(self, group: list[Reftest]) -> None:
        self.todo = list(group)
        self.heard = monotonic()
        self.pipe.send(group)

    def stop(self) -> None:
        self.pipe.close()
        self.process.join(2)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class Pool:
    """Some workers that share a list of groups."""

    def __init__(self, root: Path, jobs: int, pictures: Path | None = None) -> None:
        self._root = root
        self._jobs = jobs
        self._pictures = pictures

    def run(self, groups: list[list[Reftest]]) -> list[Verdict]:
        """All verdicts, in the order in which they came."""
        waiting = list(reversed(groups))
        total = sum(map(len, groups))
        verdicts: list[Verdict] = []
        workers = [_Worker(self._root, self._pictures) for _ in range(min(self._jobs, len(groups)))]
        shown = monotonic()
        try:
            while len(verdicts) < total:
                for worker in workers:
                    if not worker.todo and waiting:
                        worker.give(waiting.pop())
                ready = wait([worker.pipe for worker in workers if worker.todo], timeout=1.0)
                for index, worker in enumerate(workers):
                    if worker.pipe in ready:
                        try:
                            verdict: Verdict = worker.pipe.recv()
                        except (EOFError, ConnectionResetError):
                            workers[index] = self._bury(worker, verdicts, "crash")
                            continue
                        verdicts.append(verdict)
                        worker.todo.pop(0)
                        worker.heard = monotonic()
                    elif worker.todo and monotonic() - worker.heard > HARD_SECONDS:
                        workers[index] = self._bury(worker, verdicts, "timeout")
                if sys.stderr.isatty() and monotonic() - shown > 1:
                    shown = monotonic()
                    passed = sum(verdict.passed for verdict in verdicts)
                    print(
                        f"\r{len(verdicts)} of {total}, {passed} passed ", end="", file=sys.stderr, flush=True
                    )
        finally:
            for worker in workers:
                worker.stop()
        return verdicts

    def _bury(self, worker: _Worker, verdicts: list[Verdict], reason: str) -> _Worker:
        """Replace a worker that is gone or hangs; the test it was at has failed, the others go on."""
        test = worker.todo.pop(0)
        rest = worker.todo
        worker.process.kill()
        worker.stop()
        details = f"{test.path}: exit code {worker.process.exitcode}"
        verdicts.append(Verdict(test.area, test.path, False, reason, details))
        successor = _Worker(self._root, self._pictures)
        if rest:
            successor.give(rest)
        return successor
