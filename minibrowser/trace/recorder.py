"""The only opener of spans. It costs next to nothing when nobody listens: `NO_TRACE` hands out one shared
span that forgets what it is told."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Final

from .exchange import Exchange
from .span import Span

_current: ContextVar[Span | None] = ContextVar("minibrowser_current_span", default=None)


class _ForgetfulSpan(Span):
    """What a silent recorder hands out: it keeps nothing, so that it can be shared."""

    __slots__ = ()

    def count(self, name: str, amount: int = 1) -> None:
        pass

    def detail(self, name: str, value: str) -> None:
        pass

    def because(self, reason: str) -> None:
        pass


class Recorder:
    """Collects spans in order of their start.

    The parent of a span is the innermost one open in the same asyncio task or its ancestors.
    `listener`, where given, is called with each span as it closes (progress display). `exchanges` is
    what a HAR file is written from; bodies are kept in it only when `keep_bodies` is set.
    """

    def __init__(
        self,
        enabled: bool = True,
        clock: Callable[[], float] = time.monotonic,
        listener: Callable[[Span], None] | None = None,
        keep_bodies: bool = False,
    ) -> None:
        self.enabled: Final = enabled
        self.keep_bodies: Final = keep_bodies
        self.spans: list[Span] = []
        self.exchanges: list[Exchange] = []
        self.wall_start: Final = time.time()
        self._clock: Final = clock
        self._listener = listener
        self._start: Final = clock()
        self._forgetful: Final = _ForgetfulSpan("", "", 0.0, None)
        self._silence: Final = nullcontext(self._forgetful)

    def now(self) -> float:
        """Seconds since the recorder's start."""
        return self._clock() - self._start

    def span(self, kind: str, name: str = "", reason: str = "") -> AbstractContextManager[Span]:
        """Open a span for a step; it closes with the block, and an exception is noted as its error."""
        # OPTIMIZATION: a silent recorder is asked a dozen times for each fetch; a generator costs ten times this.
        return self._open(kind, name, reason) if self.enabled else self._silence

    @contextmanager
    def _open(self, kind: str, name: str, reason: str) -> Iterator[Span]:
        span = Span(kind, name, self.now(), _current.get())
        span.reason = reason
        self.spans.append(span)
        token = _current.set(span)
        try:
            yield span
        except BaseException as error:
            span.error = str(error) or type(error).__name__
            raise
        finally:
            _current.reset(token)
            span.end = self.now()
            if self._listener is not None:
                self._listener(span)

    def event(self, kind: str, name: str = "", reason: str = "") -> Span:
        """Note a step that takes no time, such as a decision or a cache hit."""
        if not self.enabled:
            return self._forgetful
        span = Span(kind, name, self.now(), _current.get())
        span.reason = reason
        span.end = span.start
        self.spans.append(span)
        if self._listener is not None:
            self._listener(span)
        return span

    def begin_exchange(self, method: str, url: str) -> Exchange:
        """A record for a request that starts now; it is kept when somebody listens."""
        exchange = Exchange(method, url, self.now())
        if self.enabled:
            self.exchanges.append(exchange)
        return exchange


NO_TRACE: Final = Recorder(enabled=False)
