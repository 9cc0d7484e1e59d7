"""Room for recursion over trees as deep as the parser allows.

Interpreted Python counts its frames and stops at 1000 by default; a document of the deepest kind needs several
frames for each of its levels. Compiled code does not count.
"""

from __future__ import annotations

import sys
from types import TracebackType
from typing import final

from ..limits import MAX_TREE_DEPTH

FRAMES_PER_LEVEL = 24
"""Frames between a box and its child in the deepest algorithm: box in line in block in cell in table, each through
the driver."""


@final
class DeepRecursion:
    """A context that raises the interpreter's frame limit while a tree is walked."""

    def __init__(self) -> None:
        self._before = 0

    def __enter__(self) -> None:
        self._before = sys.getrecursionlimit()
        wanted = 1000 + MAX_TREE_DEPTH * FRAMES_PER_LEVEL
        if self._before < wanted:
            sys.setrecursionlimit(wanted)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if sys.getrecursionlimit() != self._before:
            sys.setrecursionlimit(self._before)
