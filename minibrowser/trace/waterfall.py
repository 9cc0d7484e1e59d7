"""The journey as a waterfall of text: one line for each span, children below their parent. Pure."""

from __future__ import annotations

from typing import Final, final

from .brief import brief
from .recorder import Recorder
from .span import Span

MIN_WIDTH: Final = 60
"""Columns below which the bars say nothing; narrower terminals wrap."""

_LABEL_SHARE: Final = 0.36
_BAR_SHARE: Final = 0.18
_TIME_COLUMNS: Final = 10


@final
class _Style:
    """The characters of a drawing."""

    __slots__ = ("ellipsis", "empty", "event", "full", "halves")

    def __init__(self, full: str, halves: str, empty: str, event: str, ellipsis: str) -> None:
        self.full: Final = full
        self.halves: Final = halves
        self.empty: Final = empty
        self.event: Final = event
        self.ellipsis: Final = ellipsis


_UNICODE: Final = _Style("█", "▏▎▍▌▋▊▉", " ", "◆", "…")
_ASCII: Final = _Style("#", "", " ", "*", "..")


def waterfall(
    recorder: Recorder, width: int = 120, ascii_only: bool = False, *, in_short: bool = False
) -> str:
    """The spans of a recorder as text, at most `width` columns wide, ending in a line of totals.

    `ascii_only` is for terminals and files whose encoding has no block characters; `in_short` leaves out what is in
    every journey and counts what repeats itself.
    """
    style = _ASCII if ascii_only else _UNICODE
    width = max(width, MIN_WIDTH)
    label_width = int(width * _LABEL_SHARE)
    bar_width = int(width * _BAR_SHARE)
    reason_width = max(0, width - label_width - bar_width - _TIME_COLUMNS - 3)
    spans = recorder.spans
    ends = [span.end if span.end >= 0 else span.start for span in spans]
    first = min((span.start for span in spans), default=0.0)
    total = max(max(ends, default=0.0) - first, 1e-9)
    lines: list[str] = []
    for span, depth in _tree(brief(spans) if in_short else spans):
        label = _cut_inside("  " * depth + f"{span.kind} {_plain(span.name, ascii_only)}", label_width, style)
        bar = _bar(span, first, total, bar_width, style)
        words = f"failed: {span.error}" if span.error else span.reason
        reason = _cut(_plain(words, ascii_only), reason_width, style)
        lines.append(f"{label:<{label_width}} {bar} {_milliseconds(span):>{_TIME_COLUMNS}} {reason}".rstrip())
    lines.append(_totals(recorder, total if spans else 0.0))
    return "\n".join(lines) + "\n"


def _tree(spans: list[Span]) -> list[tuple[Span, int]]:
    """The spans with their depth, each parent before its children, siblings in order of their start."""
    children: dict[int, list[Span]] = {}
    known = {id(span) for span in spans}
    roots: list[Span] = []
    for span in spans:
        if span.parent is not None and id(span.parent) in known:
            children.setdefault(id(span.parent), []).append(span)
        else:
            roots.append(span)
    ordered: list[tuple[Span, int]] = []
    todo = [(span, 0) for span in reversed(roots)]
    while todo:
        span, depth = todo.pop()
        ordered.append((span, depth))
        todo += [(child, depth + 1) for child in reversed(children.get(id(span), []))]
    return ordered


def _bar(span: Span, first: float, total: float, width: int, style: _Style) -> str:
    start = (span.start - first) / total * width
    column = min(int(start), width - 1)
    if span.end == span.start:
        drawn = style.event
    else:
        length = min(span.duration / total * width, width - column)
        if not style.halves:
            drawn = style.full * max(1, round(length))
        else:
            whole = int(length)
            part = int((length - whole) * 8)
            drawn = style.full * whole + (style.halves[part - 1] if part else "")
            drawn = drawn or style.halves[0]
    return (style.empty * column + drawn)[:width].ljust(width)


def _milliseconds(span: Span) -> str:
    if span.end < 0:
        return "running"
    if span.end == span.start:
        return ""
    return f"{span.duration * 1000:,.1f} ms"


def _totals(recorder: Recorder, total: float) -> str:
    exchanges = [exchange for exchange in recorder.exchanges if exchange.source == "network"]
    received = sum(max(0, exchange.body_size) for exchange in exchanges)
    failed = sum(1 for exchange in exchanges if exchange.error)
    words = f"{total * 1000:,.1f} ms, {len(exchanges)} requests, {received:,} bytes received"
    return words + (f", {failed} failed" if failed else "")


def _plain(text: str, ascii_only: bool) -> str:
    """On one line and printable: names come from pages."""
    text = "".join(c if c.isprintable() else "?" for c in text)
    return text.encode("ascii", "replace").decode("ascii") if ascii_only else text


def _cut(text: str, width: int, style: _Style) -> str:
    if len(text) <= width:
        return text
    return text[: max(0, width - len(style.ellipsis))] + style.ellipsis[:width]


def _cut_inside(text: str, width: int, style: _Style) -> str:
    """In the middle, because what tells addresses apart is at their end."""
    if len(text) <= width or "/" not in text:
        return _cut(text, width, style)
    tail = (width - len(style.ellipsis)) // 2
    return text[: width - len(style.ellipsis) - tail] + style.ellipsis + text[len(text) - tail :]
