"""Options that say how pages are asked for: credentials, forms, strangers' pages, pictures of errors."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from PIL import Image

from tests.net.support import Received, always, answer

from .conftest import PAGE, Run, Serve

HTML = answer(PAGE.encode(), content_type="text/html")


async def guarded(request: Received) -> bytes:
    wanted = "Basic " + base64.b64encode(b"ada:p:ss").decode()
    if request.headers.get("authorization") == wanted:
        return HTML
    return answer(b"no", "401 Unauthorized", www_authenticate="Basic realm=x", content_type="text/plain")


def test_a_user_gets_in(run: Run, serve: Serve) -> None:
    server = serve(guarded)
    assert run("dump", "text", f"{server.origin}/", "--user", "ada:p:ss").out == "Hello\n"
    assert run("dump", "text", f"{server.origin}/").out == "no\n"
    outcome = run("dump", "text", "page.html", "--user", "ada")
    assert (outcome.status, "'ada' is not NAME:PASSWORD" in outcome.err) == (2, True)


def test_languages_are_told(run: Run, serve: Serve) -> None:
    server = serve(always(HTML))
    assert run("dump", "text", server.origin, "--accept-language", "de, en;q=0.5").status == 0
    assert server.requests[0].headers["accept-language"] == "de, en;q=0.5"


def test_data_is_posted_as_curl_does(run: Run, serve: Serve, tmp_path: Path) -> None:
    server = serve(always(HTML))
    (tmp_path / "more").write_bytes(b"b=2\r\n&c=3\n")
    outcome = run("dump", "text", server.origin, "--data", "a=1", "--data", f"@{tmp_path / 'more'}")
    assert outcome.out == "Hello\n"
    request = server.requests[0]
    assert (request.method, request.body) == ("POST", b"a=1&b=2&c=3")
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"


def test_forms_are_posted_with_their_files(run: Run, serve: Serve, tmp_path: Path) -> None:
    server = serve(always(HTML))
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    (tmp_path / "text").write_text("words")
    run("dump", "text", server.origin, "--form", "a=1", "--form", f"f=@{tmp_path / 'a.png'};filename=b.png",
        "--form", f"t=<{tmp_path / 'text'}")  # fmt: skip
    request = server.requests[0]
    assert request.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="a"\r\n\r\n1\r\n' in request.body
    assert b'name="f"; filename="b.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n' in request.body
    assert b'name="t"\r\n\r\nwords\r\n' in request.body


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--data", "a", "--form", "a=1"), "two kinds of body"),
        (("--form", "a"), "is not NAME=VALUE"),
        (("--form", "a=@/no/such/file"), "cannot read /no/such/file"),
        (("--data", "@/no/such/file"), "cannot read /no/such/file"),
        (("--form", "a=@x;colour=red"), "neither type= nor filename="),
    ],
)
def test_bodies_that_make_no_sense_are_told(run: Run, options: tuple[str, ...], words: str) -> None:
    outcome = run("dump", "text", "http://127.0.0.1:1/", *options)
    assert (outcome.status, words in outcome.err) == (2, True)
    assert run("dump", "text", "page.html", "--data", "a").status == 2
    assert run("dump", "text", "-", "--data", "a").status == 2


def test_a_strangers_page_leads_to_no_private_network_and_no_file(
    run: Run, serve: Serve, tmp_path: Path
) -> None:
    server = serve(always(HTML))
    outcome = run("dump", "text", server.origin, "--untrusted")
    assert (outcome.status, outcome.out) == (1, "")
    assert "127.0.0.1 (loopback): private networks are out of bounds" in outcome.err
    assert server.requests == []
    (tmp_path / "page.html").write_text(PAGE)
    outcome = run("dump", "text", tmp_path / "page.html", "--untrusted")
    assert (outcome.status, "local files are out of bounds" in outcome.err) == (1, True)


def test_an_error_can_be_painted_and_is_one_all_the_same(run: Run, tmp_path: Path) -> None:
    picture = tmp_path / "error.png"
    outcome = run("render", "http://127.0.0.1:1/", "-o", picture, "--error-page", "--json")
    assert outcome.status == 1
    assert "port 1 belongs to another protocol" in outcome.err
    facts = outcome.json()
    assert isinstance(facts, dict)
    assert facts["error"] in outcome.err
    assert facts["status"] is None
    assert facts["title"] == "127.0.0.1"
    with Image.open(picture) as image:
        assert image.size == (1280, 800)
        assert len(set(image.convert("RGB").resize((160, 100)).get_flattened_data())) > 10
    picture.unlink()
    assert run("render", "http://127.0.0.1:1/", "-o", picture).status == 1
    assert not picture.exists()


def test_wrong_usage_is_not_painted(run: Run, tmp_path: Path) -> None:
    picture = tmp_path / "error.png"
    assert run("render", "http://[", "-o", picture, "--error-page").status == 2
    assert not picture.exists()
