"""Worker processes that outlive what they work on: a page that hangs or crashes costs one task, not the run."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

Main = Callable[..., None]
"""A worker's main function. It is given a pipe and some arguments; it receives lists of tasks, sends one result for
each task in order, and ends at EOFError. It must be importable: workers are spawned."""


def _enter(main: Main, pipe: Connection, arguments: tuple[object, ...]) -> None:
    pipe.send("ready")
    main(pipe, *arguments)


class _Worker(Generic[T]):
    """A process, its pipe, and what it has still to do."""

    def __init__(self, main: Main, arguments: tuple[object, ...]) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(
            target=_enter, args=(main, theirs, arguments), daemon=True
        )
        self.process.start()
        theirs.close()
        self.todo: list[T] = []
        self.heard = 0.0
        self._is_ready = False

    def give(self, group: list[T]) -> None:
        """Hand over tasks; waits until the process is up. Raises EOFError when it cannot start."""
        if not self._is_ready:
            self.pipe.recv()
            self._is_ready = True
        self.todo = list(group)
        self.heard = monotonic()
        self.pipe.send(group)

    def stop(self) -> None:
        self.pipe.close()
        self.process.join(2)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class Pool(Generic[T, R]):
    """Some workers that share a list of groups of tasks.

    `lost` makes the result of a task whose worker died ("crash") or said nothing for `patience` seconds
    ("timeout"); the tasks behind it go to a new worker.
    """

    def __init__(
        self,
        main: Main,
        arguments: tuple[object, ...],
        jobs: int,
        patience: float,
        lost: Callable[[T, str], R],
    ) -> None:
        self._main = main
        self._arguments = arguments
        self._jobs = jobs
        self._patience = patience
        self._lost = lost

    def run(self, groups: list[list[T]]) -> list[R]:
        """All results, in the order in which they came."""
        waiting = list(reversed(groups))
        total = sum(map(len, groups))
        results: list[R] = []
        workers = [self._new() for _ in range(min(self._jobs, len(groups)))]
        shown = monotonic()
        try:
            while len(results) < total:
                for worker in workers:
                    if not worker.todo and waiting:
                        worker.give(waiting.pop())
                ready = wait([worker.pipe for worker in workers if worker.todo], timeout=1.0)
                for index, worker in enumerate(workers):
                    if worker.pipe in ready:
                        try:
                            result: R = worker.pipe.recv()
                        except (EOFError, ConnectionResetError):
                            workers[index] = self._replace(worker, results, "crash")
                            continue
                        results.append(result)
                        worker.todo.pop(0)
                        worker.heard = monotonic()
                    elif worker.todo and monotonic() - worker.heard > self._patience:
                        workers[index] = self._replace(worker, results, "timeout")
                if sys.stderr.isatty() and monotonic() - shown > 1:
                    shown = monotonic()
                    print(f"\r{len(results)} of {total} ", end="", file=sys.stderr, flush=True)
        finally:
            for worker in workers:
                worker.stop()
        return results

    def _new(self) -> _Worker[T]:
        return _Worker(self._main, self._arguments)

    def _replace(self, worker: _Worker[T], results: list[R], reason: str) -> _Worker[T]:
        """A new worker for what the old one, which is gone or hangs, had still to do after its present task."""
        results.append(self._lost(worker.todo.pop(0), reason))
        worker.process.kill()
        worker.stop()
        successor = self._new()
        if worker.todo:
            successor.give(worker.todo)
        return successor


def receive(pipe: Connection) -> list[object] | None:
    """For a worker's main function: the next group, None when there are no more."""
    try:
        group: list[object] = pipe.recv()
    except EOFError:
        return None
    return group
