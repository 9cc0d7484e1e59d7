"""One line on standard error that tells what is going on, while it is a terminal."""

from __future__ import annotations

import shutil
import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Final, final

from . import output

if TYPE_CHECKING:
    from ..trace import Span

_INTERVAL: Final = 0.05
"""Seconds between two repaints."""
_CLEAR: Final = "\r\x1b[2K"


@final
class Progress:
    """The status line. A context manager; the line is gone when the block ends."""

    def __init__(self, shown: bool) -> None:
        self.shown: Final = shown
        self._last = time.monotonic()
        self._fetched = 0
        self._painted = False

    @classmethod
    def wanted(cls, quiet: bool) -> Progress:
        """A status line unless somebody asked for quiet or nobody is looking."""
        return cls(not quiet and sys.stderr.isatty())

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def clear(self) -> None:
        """Take the line away."""
        if self._painted:
            self._painted = False
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()

    def step(self, span: Span) -> None:
        """A step of the journey has ended: the listener of a recorder."""
        if span.kind == "fetch":
            self._fetched += 1
        now = time.monotonic()
        if not self.shown or now - self._last < _INTERVAL:
            return
        self._last = now
        self._painted = True
        columns = shutil.get_terminal_size().columns
        count = f"{self._fetched} fetched  " if self._fetched else ""
        sys.stderr.write(_CLEAR + output.printable(f"{count}{span.kind} {span.name}")[: columns - 1])
        sys.stderr.flush()
