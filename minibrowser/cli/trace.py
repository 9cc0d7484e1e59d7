"""`minibrowser trace`: the journey of a page, step by step."""

from __future__ import annotations

import shutil
import sys
from argparse import ArgumentParser, Namespace
from typing import Final

from ..trace import Recorder, Span
from . import output, session
from .command import Command
from .progress import Progress
from .runner import run as run_loop


def _add_options(parser: ArgumentParser) -> None:
    session.add_page_options(parser)
    group = parser.add_argument_group("telling")
    add = group.add_argument
    add("--json", action="store_true", help="the spans as JSON instead of a waterfall")
    add("--chrome", metavar="FILE", help="write the spans for chrome://tracing or Perfetto")
    add("--har", metavar="FILE", help="write the exchanges with servers as HAR 1.2")


def _run(options: Namespace) -> int:
    with Progress.wanted(options.quiet) as progress:
        recorder = Recorder(listener=progress.step if progress.shown else None)
        try:
            run_loop(_travel(options, recorder))
        finally:
            # A journey that fails is worth telling too: the last line says where it ended.
            progress.clear()
            if recorder.spans:
                tell(recorder, options.json)
            session.write_traces(recorder, options.har, options.chrome)
    return 0


async def _travel(options: Namespace, recorder: Recorder) -> None:
    async with session.journey(options, recorder) as journey:
        await journey.page.screenshot()


def tell(recorder: Recorder, as_json: bool, *, in_short: bool = False) -> None:
    """Print the spans, as JSON or as a waterfall as wide as the terminal."""
    if as_json:
        output.print_json([span_facts(recorder, span) for span in recorder.spans])
        return
    from ..trace.waterfall import waterfall  # noqa: PLC0415 - JSON needs no drawing

    encoding = sys.stdout.encoding or "utf-8"
    ascii_only = sys.stdout.isatty() and not encoding.lower().startswith("utf")
    columns = shutil.get_terminal_size((120, 24)).columns
    output.print_text(waterfall(recorder, columns, ascii_only, in_short=in_short))


def span_facts(recorder: Recorder, span: Span) -> dict[str, object]:
    """A span as JSON; times in milliseconds, the parent by its place in the recorder's list."""
    parent = recorder.spans.index(span.parent) if span.parent is not None else None
    return {
        "kind": span.kind,
        "name": span.name,
        "start": round(span.start * 1000, 3),
        "milliseconds": round(span.duration * 1000, 3),
        "parent": parent,
        "reason": span.reason,
        "error": span.error,
        "counters": span.counters,
        "details": span.details,
    }


COMMAND: Final = Command("trace", "Show the journey of a page, step by step.", _add_options, _run)
