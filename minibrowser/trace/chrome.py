"""Chrome's trace_event format, for chrome://tracing and Perfetto. Pure.

https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
"""

from __future__ import annotations

import json

from .recorder import Recorder
from .span import Span

Json = dict[str, object]


def chrome_trace(recorder: Recorder) -> Json:
    """The spans as complete events ("X") and instants ("i"). Spans that overlap without containing each other,
    as fetches side by side do, go to rows of their own: a row's events must nest."""
    rows: list[list[Span]] = []
    row_of: dict[int, int] = {}
    events: list[Json] = [
        {"ph": "M", "name": "process_name", "pid": 1, "tid": 0, "args": {"name": "minibrowser"}}
    ]
    for span in recorder.spans:
        wanted = row_of.get(id(span.parent), 0) if span.parent is not None else 0
        row = _free_row(rows, span, wanted)
        row_of[id(span)] = row
        args: Json = {**span.details, **span.counters}
        if span.reason:
            args["reason"] = span.reason
        if span.error:
            args["error"] = span.error
        event: Json = {
            "name": f"{span.kind} {span.name}".rstrip(),
            "cat": span.kind,
            "ph": "i" if span.end == span.start else "X",
            "ts": round(span.start * 1e6, 1),
            "pid": 1,
            "tid": row + 1,
            "args": args,
        }
        if span.end == span.start:
            event["s"] = "t"
        else:
            event["dur"] = round(span.duration * 1e6, 1)
        events.append(event)
    return {"traceEvents": events, "displayTimeUnit": "ms"}


def chrome_trace_text(recorder: Recorder) -> str:
    """The trace as a file's text."""
    return json.dumps(chrome_trace(recorder), ensure_ascii=False) + "\n"


def _free_row(rows: list[list[Span]], span: Span, wanted: int) -> int:
    """The first row from `wanted` on where the span nests; `rows` holds the spans still open in each."""
    row = wanted
    while True:
        while row >= len(rows):
            rows.append([])
        stack = rows[row]
        while stack and 0 <= stack[-1].end <= span.start:
            stack.pop()
        if not stack or stack[-1].end < 0 or (0 <= span.end <= stack[-1].end):
            if span.end != span.start:
                stack.append(span)
            return row
        row += 1
