"""`minibrowser dump` and `minibrowser trace`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run, Serve
from tests.net.support import answer, replies


def test_boxes_are_listed_by_path_with_their_rectangles(run: Run, page: Path) -> None:
    boxes = run("dump", "boxes", page, "--width", "320").json()
    assert boxes == [
        {"path": "", "tag": "html", "x": 0, "y": 0, "width": 320, "height": 38},
        {"path": "1", "tag": "body", "x": 0, "y": 10, "width": 320, "height": 18},
        {"path": "1/0", "tag": "p", "x": 10, "y": 10, "width": 300, "height": 18},
    ]


def test_the_dom_is_html_again(run: Run, page: Path) -> None:
    out = run("dump", "dom", page).out
    assert out.startswith("<!DOCTYPE html><html><head><title>Small</title></head><body")
    assert out.endswith("Hello</p></body></html>\n")


def test_the_text_is_what_is_rendered(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>Grüße,\n  Welt<p style='display: none'>hidden<p>last", encoding="utf-8")
    assert run("dump", "text", page).out == "Grüße, Welt\n\nlast\n"


def test_a_point_names_what_it_hits_topmost_first(run: Run, page: Path) -> None:
    found = run("dump", "hit", page, "--width", "320", "--at", "15, 15.5").json()
    assert isinstance(found, list)
    assert [one["path"] for one in found] == ["1/0", "1", ""]
    assert found[0]["text"] == "Hello"
    assert run("dump", "hit", page, "--at=-5,0").json() == []


def test_a_point_is_for_dump_hit_and_needed_there(run: Run, page: Path) -> None:
    for arguments, reason in (
        (("hit", page), "--at X,Y"),
        (("text", page, "--at", "1,1"), "--at X,Y"),
        (("hit", page, "--at", "1;1"), "not a point"),
    ):
        outcome = run("dump", *arguments)
        assert outcome.status == 2
        assert reason in outcome.err


def test_styles_are_given_for_a_selector(run: Run, page: Path) -> None:
    styles = run("dump", "styles", page, "--selector", "#a").json()
    assert isinstance(styles, list)
    assert len(styles) == 1
    assert styles[0]["path"] == "1/0"
    assert "margin-top" in json.dumps(styles[0])


def test_a_selector_that_is_none_is_told(run: Run, page: Path) -> None:
    outcome = run("dump", "styles", page, "--selector", "p[")
    assert outcome.status == 2
    assert "p[" in outcome.err


def test_the_display_list_has_the_text(run: Run, page: Path) -> None:
    assert "Hello" in run("dump", "display-list", page).out


def test_resources_are_listed_in_the_order_of_asking(run: Run, serve: Serve) -> None:
    html = b"<link rel=stylesheet href=/a.css><img src=/missing.png><p>x"
    server = serve(
        replies(
            {"/": answer(html, content_type="text/html"), "/a.css": answer(b"p{}", content_type="text/css")}
        )
    )
    rows = run("dump", "resources", server.origin).json()
    assert isinstance(rows, list)
    assert {(row["url"], row["type"], row["status"], row["bytes"]) for row in rows} == {
        (f"{server.origin}/", "document", 200, len(html)),
        (f"{server.origin}/a.css", "style", 200, 3),
        (f"{server.origin}/missing.png", "image", 404, len(b"no such path")),
    }
    assert rows[0]["type"] == "document"


def test_the_trace_tells_each_step(run: Run, serve: Serve) -> None:
    server = serve(replies({"/": answer(b"<p>x", content_type="text/html")}))
    out = run("trace", server.origin).out
    for step in ("navigate", "html", "style", "layout", "paint", "raster"):
        assert step in out


def test_the_trace_as_json_has_times_and_parents(run: Run, page: Path) -> None:
    spans = run("trace", page, "--json").json()
    assert isinstance(spans, list)
    kinds = [span["kind"] for span in spans]
    assert kinds[0] == "navigate"
    assert {"html", "style", "layout", "paint"} <= set(kinds)
    html = spans[kinds.index("html")]
    assert spans[html["parent"]]["kind"] == "navigate"
    assert html["milliseconds"] > 0


def test_a_trace_that_fails_is_told_to_its_end(run: Run, tmp_path: Path) -> None:
    outcome = run("trace", tmp_path / "missing.html")
    assert outcome.status == 1
    assert "navigate" in outcome.out
    assert outcome.err.count("\n") == 1
