"""One step of the journey: what, when, how long, why.

Artifact: `Span`. Times are seconds on a monotonic clock, relative to the recorder's start.
"""

from __future__ import annotations


class Span:
    """A step with a start and an end. Open while `end` is negative; closed once.

    Attributes:
        kind: the phase, a short name: "dns", "connect", "tls", "http", "html", "css", "style", "layout", ...
        name: what the step was about: a host, a URL, a sheet.
        start, end: seconds since the recorder's start; end is -1.0 while the span is open.
        reason: why it went that way ("host cache hit, 41 s left"); "" when there is nothing to say.
        counters: what was counted: {"bytes": 12034, "boxes": 512}.
        details: facts as text: {"cipher": "TLS_AES_128_GCM_SHA256"}.
        error: "" or the one-line error that ended the step.
    """

    __slots__ = ("counters", "details", "end", "error", "kind", "name", "parent", "reason", "start")

    def __init__(self, kind: str, name: str, start: float, parent: Span | None) -> None:
        self.kind = kind
        self.name = name
        self.start = start
        self.end = -1.0
        self.parent = parent
        self.reason = ""
        self.error = ""
        self.counters: dict[str, int] = {}
        self.details: dict[str, str] = {}

    @property
    def duration(self) -> float:
        """Seconds; 0.0 while the span is open."""
        return max(0.0, self.end - self.start)

    def count(self, name: str, amount: int = 1) -> None:
        """Add to a counter."""
        self.counters[name] = self.counters.get(name, 0) + amount

    def detail(self, name: str, value: str) -> None:
        """Note a fact."""
        self.details[name] = value

    def because(self, reason: str) -> None:
        """Say why this step went the way it did."""
        self.reason = reason

    def __repr__(self) -> str:
        return f"<Span {self.kind} {self.name!r} {self.duration * 1000:.1f} ms>"
