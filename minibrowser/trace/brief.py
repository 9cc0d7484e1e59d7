"""A journey in short: the steps that tell something new, and what repeats itself counted. Pure: spans in, spans out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from .span import Span

_NO_NEWS: Final = frozenset({"queue", "receive", "schedule", "send"})
"""Kinds that are in every journey; what happens inside of them counts for the step around."""
_OF_AN_EXCHANGE: Final = _NO_NEWS | {"ask", "cache", "connect", "dns", "tls", "wait"}
"""Kinds that are told for a document and left out for what it is made of."""
_ALIKE: Final = 2
"""Steps of one kind inside another that are told one by one."""

_Children = Mapping[int, Sequence[Span]]


def brief(spans: Sequence[Span]) -> list[Span]:
    """Copies of the spans that are worth a line, each parent before its children.

    Steps that failed stay, with all that is in them.
    """
    children: dict[int, list[Span]] = {}
    known = {id(span) for span in spans}
    roots: list[Span] = []
    for span in spans:
        if span.parent is not None and id(span.parent) in known:
            children.setdefault(id(span.parent), []).append(span)
        else:
            roots.append(span)
    told: list[Span] = []
    todo: list[tuple[Span, Span | None]] = [(span, None) for span in reversed(_counted(roots))]
    while todo:
        span, parent = todo.pop()
        copy = Span(span.kind, span.name, span.start, parent)
        copy.end, copy.error = span.end, span.error
        copy.reason = _words(span, children)
        told.append(copy)
        inside = list(_news(span, children, _OF_AN_EXCHANGE if _is_part(span) else _NO_NEWS))
        todo += [(child, copy) for child in reversed(inside if span.error else _counted(inside))]
    return told


def _news(span: Span, children: _Children, left_out: frozenset[str]) -> Iterator[Span]:
    """What is told of the steps inside another; for those that are left out, what is inside of them."""
    for child in children.get(id(span), ()):
        if span.error or child.error:
            yield child
        elif child.kind in left_out:
            yield from _news(child, children, left_out)
        elif child.kind != "cache" or child.reason != "not stored yet":
            yield child


def _is_part(span: Span) -> bool:
    """Whether a step brings something that a document is made of, or is made for that."""
    return span.kind == "preconnect" or (
        span.kind == "fetch" and span.reason not in ("", "document", "iframe")
    )


def _words(span: Span, children: _Children) -> str:
    """The reason; for a part of a document also what came of it."""
    if not _is_part(span):
        return span.reason
    inside = children.get(id(span), ())
    ends = [child.reason for child in inside if child.kind == "wait"]
    ends = ends or [child.reason for child in inside if child.kind in ("cache", "tls")]
    return "; ".join(part for part in (span.reason, ends[-1] if ends else "") if part)


def _counted(spans: Sequence[Span]) -> list[Span]:
    """The first steps of each kind, and one in the place of the others."""
    of_kind: dict[str, list[Span]] = {}
    for span in spans:
        of_kind.setdefault(span.kind, []).append(span)
    counted: list[Span] = []
    for span in spans:
        alike = of_kind[span.kind]
        rest = alike[_ALIKE:]
        if len(rest) < 2 or span.error or any(other is span for other in alike[:_ALIKE]):
            counted.append(span)
        elif span is rest[0]:
            together = Span(span.kind, f"{len(rest)} more", min(other.start for other in rest), None)
            together.end = max(other.end for other in rest)
            counted.append(together)
    return counted
