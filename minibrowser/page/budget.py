"""What a page may spend on its resources. Beyond it nothing more is fetched, and the page shows what it has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from .. import limits
from ..errors import BodyTooLargeError, UsageError
from ..net import BodyObserver, Response


@final
class Budget:
    """The limits that a caller sets, 0 for the engine's own.

    Attributes:
        requests: fetches of one page, its document and frames among them; data: URLs are none.
        size: bytes of their decoded bodies.
        milliseconds: from the navigation's start, for all but the document. 0 for none.
    """

    def __init__(self, requests: int = 0, size: int = 0, milliseconds: float = 0.0) -> None:
        for name, value in (("max_requests", requests), ("max_bytes", size), ("budget", milliseconds)):
            if value < 0:
                raise UsageError(f"{name} must not be negative: {value:g}")
        self.requests: Final = min(requests or limits.MAX_PAGE_REQUESTS, limits.MAX_PAGE_REQUESTS)
        self.size: Final = min(size or limits.MAX_PAGE_BYTES, limits.MAX_PAGE_BYTES)
        self.milliseconds: Final = milliseconds


@final
class Spending:
    """What a page has spent of its budget. `clock` gives seconds."""

    def __init__(self, budget: Budget, clock: Callable[[], float]) -> None:
        self.budget: Final = budget
        self._clock: Final = clock
        self.requests = 0
        self.size = 0
        self.deadline: float | None = None
        self._is_stopped = False
        self.restart()

    def restart(self) -> None:
        """The time begins anew."""
        self._is_stopped = False
        milliseconds = self.budget.milliseconds
        self.deadline = self._clock() + milliseconds / 1000 if milliseconds else None

    def stop(self) -> None:
        """The time is over now."""
        self.deadline = self._clock()
        self._is_stopped = True

    def refusal(self) -> str:
        """Why nothing more is fetched, "" where there is something left."""
        if self.deadline is not None and self._clock() >= self.deadline:
            return self.out_of_time()
        if self.requests >= self.budget.requests:
            return f"the page asks for more than {self.budget.requests} resources"
        if self.size >= self.budget.size:
            return self.out_of_bytes()
        return ""

    def out_of_time(self) -> str:
        """The words for it."""
        if self._is_stopped:
            return "the navigation does not wait for it"
        return f"the page's budget of {self.budget.milliseconds:g} ms is spent"

    def out_of_bytes(self) -> str:
        """The words for it."""
        return f"the page's budget of {self.budget.size} bytes is spent"


@final
class SpendingObserver(BodyObserver):
    """Counts a body while it comes in, and ends the fetch that passes the budget."""

    def __init__(self, spending: Spending, url: str) -> None:
        self._spending: Final = spending
        self._url: Final = url
        self.size = 0

    def begin(self, response: Response) -> None:
        """The head costs nothing."""

    def data(self, chunk: bytes) -> None:
        """The next piece. Raises BodyTooLargeError."""
        self.size += len(chunk)
        self._spending.size += len(chunk)
        if self._spending.size > self._spending.budget.size:
            raise BodyTooLargeError(f"{self._url[:200]}: {self._spending.out_of_bytes()}", self._url)
