from __future__ import annotations

from minibrowser.trace import Recorder, Span
from minibrowser.trace.brief import brief


class Clock:
    """Each look at it is a second later."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


def told(recorder: Recorder) -> list[str]:
    depths: dict[int, int] = {}
    lines = []
    for span in brief(recorder.spans):
        depth = depths[id(span)] = 0 if span.parent is None else depths[id(span.parent)] + 1
        lines.append(
            "  " * depth + f"{span.kind} {span.name}".rstrip() + (f": {span.reason}" if span.reason else "")
        )
    return lines


def exchange(recorder: Recorder, name: str, destination: str, status: str = "200 OK") -> None:
    with recorder.span("fetch", name, destination):
        recorder.event("cache", name, "not stored yet")
        with recorder.span("dns", "a.example", "asked"):
            recorder.event("ask", "ns")
        with recorder.span("connect", "a.example"):
            pass
        with recorder.span("send", "/"):
            pass
        with recorder.span("wait", "a.example", status), recorder.span("receive", "/"):
            recorder.event("hsts", "a.example")


def test_of_a_document_the_steps_are_told_that_differ_from_journey_to_journey() -> None:
    recorder = Recorder(clock=Clock())
    exchange(recorder, "/", "document")
    assert told(recorder) == [
        "fetch /: document",
        "  dns a.example: asked",
        "    ask ns",
        "  connect a.example",
        "  wait a.example: 200 OK",
        "    hsts a.example",
    ]


def test_a_part_of_a_document_is_a_line_with_its_end_and_what_is_no_routine() -> None:
    recorder = Recorder(clock=Clock())
    exchange(recorder, "/a.css", "style")
    assert told(recorder) == ["fetch /a.css: style; 200 OK", "  hsts a.example"]


def test_what_repeats_itself_is_counted_over_its_whole_time() -> None:
    recorder = Recorder(clock=Clock())
    for number in range(6):
        with recorder.span("image", f"{number}.png"):
            pass
    spans = brief(recorder.spans)
    assert [f"{span.kind} {span.name}" for span in spans] == ["image 0.png", "image 1.png", "image 4 more"]
    assert (spans[2].start, spans[2].end) == (recorder.spans[2].start, recorder.spans[5].end)


def test_what_failed_is_told_with_all_that_is_in_it() -> None:
    recorder = Recorder(clock=Clock())
    try:
        with recorder.span("fetch", "/a.png", "image"):
            for _ in range(4):
                with recorder.span("connect", "a.example"), recorder.span("send"):
                    pass
            raise OSError("refused")
    except OSError:
        pass
    spans = brief(recorder.spans)
    assert [span.kind for span in spans] == ["fetch", *["connect"] * 4]
    assert spans[0].error == "refused"


def test_the_spans_themselves_stay_as_they_are() -> None:
    recorder = Recorder(clock=Clock())
    exchange(recorder, "/a.css", "style")
    before = [(span.kind, span.reason, span.parent) for span in recorder.spans]
    copies = brief(recorder.spans)
    assert [(span.kind, span.reason, span.parent) for span in recorder.spans] == before
    assert not {id(span) for span in copies} & {id(span) for span in recorder.spans}
    assert all(isinstance(span, Span) for span in copies)
