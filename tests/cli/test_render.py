"""`minibrowser render`."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import PAGE, Run, Serve
from tests.net.support import answer, replies


@pytest.mark.parametrize(
    ("name", "format_"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.webp", "WEBP"), ("a.avif", "AVIF")]
)
def test_the_suffix_chooses_the_type(run: Run, page: Path, tmp_path: Path, name: str, format_: str) -> None:
    out = tmp_path / name
    outcome = run("render", page, "-o", out)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "")
    with Image.open(out) as picture:
        assert (picture.format, picture.size) == (format_, (1280, 800))


def test_width_height_and_scale_make_the_picture(run: Run, page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    assert run("render", page, "-o", out, "--width", "300", "--height", "200", "--scale", "2").status == 0
    with Image.open(out) as picture:
        assert picture.size == (600, 400)


def test_full_page_and_clip_choose_the_part(run: Run, tmp_path: Path) -> None:
    page, out = tmp_path / "tall.html", tmp_path / "out.png"
    page.write_text(
        "<!DOCTYPE html><body style='margin: 0'><div style='height: 1500px; background: #00f'></div>"
    )
    assert run("render", page, "-o", out, "--width", "100", "--full-page").status == 0
    with Image.open(out) as picture:
        assert picture.size == (100, 1500)
        assert picture.convert("RGB").getpixel((50, 1499)) == (0, 0, 255)
    assert run("render", page, "-o", out, "--clip", "10,1490,30,10").status == 0
    with Image.open(out) as picture:
        assert picture.size == (30, 10)


def test_omit_background_leaves_it_transparent(run: Run, page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    assert run("render", page, "-o", out, "--omit-background").status == 0
    with Image.open(out) as picture:
        assert picture.convert("RGBA").getpixel((700, 700)) == (0, 0, 0, 0)


def test_json_tells_the_facts(run: Run, serve: Serve, tmp_path: Path) -> None:
    server = serve(replies({"/a": answer(PAGE.encode(), content_type="text/html")}))
    out = tmp_path / "out.png"
    facts = run("render", f"{server.origin}/a", "-o", out, "--width", "320", "--json").json()
    assert isinstance(facts, dict)
    assert facts.pop("seconds") > 0
    assert facts == {
        "target": f"{server.origin}/a",
        "url": f"{server.origin}/a",
        "status": 200,
        "title": "Small",
        "output": str(out),
        "type": "png",
        "width": 320,
        "height": 800,
        "bytes": out.stat().st_size,
    }


def test_headers_and_user_agent_are_sent(run: Run, serve: Serve, tmp_path: Path) -> None:
    server = serve(replies({"/": answer(b"<p>x", content_type="text/html")}))
    out = tmp_path / "out.png"
    arguments = ["--header", "X-One: 1", "--header", "Accept-Language: de", "--user-agent", "Probe/1"]
    assert run("render", server.origin, "-o", out, *arguments).status == 0
    headers = server.requests[0].headers
    assert (headers["x-one"], headers["accept-language"], headers["user-agent"]) == ("1", "de", "Probe/1")


def test_har_and_trace_are_written(run: Run, serve: Serve, tmp_path: Path) -> None:
    server = serve(replies({"/": answer(b"<p>x", content_type="text/html")}))
    har, trace = tmp_path / "out.har", tmp_path / "out.json"
    assert run("render", server.origin, "-o", tmp_path / "o.png", "--har", har, "--trace", trace).status == 0
    entries = json.loads(har.read_text())["log"]["entries"]
    assert [entry["request"]["url"] for entry in entries] == [f"{server.origin}/"]
    names = {event.get("cat") or event["name"] for event in json.loads(trace.read_text())["traceEvents"]}
    assert {"layout", "paint"} <= {part for name in names for part in name.replace(",", " ").split()}


def test_a_failed_journey_still_writes_its_har(run: Run, serve: Serve, tmp_path: Path) -> None:
    server = serve(replies({"/": b"nonsense\r\n\r\n"}))
    har = tmp_path / "out.har"
    assert run("render", server.origin, "-o", tmp_path / "o.png", "--har", har).status == 1
    assert len(json.loads(har.read_text())["log"]["entries"]) == 1


def test_the_other_parser_gives_the_same_picture(run: Run, page: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.png", tmp_path / "two.png"
    assert run("render", page, "-o", one, "--parser", "turbohtml").status == 0
    assert run("render", page, "-o", two, "--parser", "html5lib").status == 0
    assert one.read_bytes() == two.read_bytes()


def test_dark_pages_are_dark_when_asked(run: Run, tmp_path: Path) -> None:
    page, out = tmp_path / "dark.html", tmp_path / "out.png"
    page.write_text("<style>@media (prefers-color-scheme: dark) { html { background: #123456 } }</style>")
    assert run("render", page, "-o", out, "--color-scheme", "dark").status == 0
    with Image.open(BytesIO(out.read_bytes())) as picture:
        assert picture.convert("RGB").getpixel((5, 5)) == (0x12, 0x34, 0x56)
