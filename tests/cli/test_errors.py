"""What can go wrong with a target: one line with name and place, status 1, no traceback."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path

import pytest

from fixtures.certificates import Certificates
from tests.cli.conftest import Outcome, Run, Serve
from tests.net.support import Received, always, answer


def told(outcome: Outcome, *words: str) -> None:
    """One line on standard error that holds all these words; status 1; nothing on standard output."""
    assert outcome.err.count("\n") == 1, outcome.err
    assert outcome.err.startswith("minibrowser: ")
    for word in words:
        assert word in outcome.err
    assert "Traceback" not in outcome.err
    assert "internal error" not in outcome.err
    assert (outcome.status, outcome.out) == (1, "")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


def test_an_unknown_host_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    outcome = run("dump", "dom", "no-such-host.example", "--dns", "system")
    told(outcome, "no-such-host.example", "Name or service not known")


def test_a_refused_connection_is_told_with_its_address(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    told(run("dump", "dom", f"http://127.0.0.1:{port}/"), f"127.0.0.1 port {port}", "refused")


def test_a_silent_server_runs_into_the_time_limit(run: Run, serve: Serve) -> None:
    async def silent(request: Received) -> None:
        await asyncio.Event().wait()

    server = serve(silent)
    told(run("dump", "dom", server.origin, "--timeout", "200ms"), "timed out after 200 ms", server.origin)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ({}, "not trusted"),
        ({"days": (-9, -1)}, "expired"),
        ({"days": (1, 9)}, "not valid yet"),
        ({"hosts": ("other.example",)}, "for another host"),
    ],
)
def test_a_tls_failure_names_the_check(
    run: Run,
    serve: Serve,
    certificates: Certificates,
    tmp_path: Path,
    kind: dict[str, tuple[int, int]],
    words: str,
) -> None:
    server = serve(always(answer(b"never seen")), certificates.server(**kind))  # type: ignore[arg-type]
    arguments = ["dump", "dom", f"https://localhost:{server.port}/"]
    if kind:
        authority = tmp_path / "ca.pem"
        authority.write_text(certificates.ca_pem)
        arguments += ["--ca", str(authority)]
    told(run(*arguments), "localhost", words)


def test_certificates_are_not_asked_for_where_the_user_says_so(
    run: Run, serve: Serve, certificates: Certificates
) -> None:
    server = serve(always(answer(b"<p>fine", content_type="text/html")), certificates.server())
    outcome = run("dump", "text", f"https://localhost:{server.port}/", "--insecure")
    assert (outcome.status, outcome.out) == (0, "fine\n")
    assert "warning: --insecure: certificates are not checked" in outcome.err


def test_a_body_beyond_the_limit_is_told(run: Run, serve: Serve) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999999999999\r\n\r\n<p>"
    server = serve(always(head))
    told(run("dump", "dom", server.origin), server.origin, "too large")


def test_an_answer_that_is_not_http_is_told(run: Run, serve: Serve) -> None:
    server = serve(always(b"SSH-2.0-OpenSSH_9.7\r\n"))
    told(run("dump", "dom", server.origin), f"127.0.0.1:{server.port}", "not HTTP")


def test_a_redirect_loop_is_told(run: Run, serve: Serve) -> None:
    server = serve(always(answer(b"", "302 Found", location="/")))
    told(run("dump", "dom", server.origin), "redirect")


def test_a_document_that_can_only_be_downloaded_is_told(run: Run, serve: Serve) -> None:
    server = serve(always(answer(b"PK\x03\x04", content_type="application/zip")))
    told(run("dump", "dom", server.origin), "application/zip")


def test_text_documents_are_shown_as_browsers_do(run: Run, serve: Serve) -> None:
    server = serve(always(answer(b"a <b> c\n  d", content_type="text/plain")))
    outcome = run("dump", "dom", server.origin)
    assert "<pre" in outcome.out
    assert "a &lt;b&gt; c\n  d" in outcome.out


def test_image_documents_are_shown_as_browsers_do(run: Run, serve: Serve) -> None:
    pixel = (
        b"GIF89a\x01\x00\x01\x00\x80\x01\x00\xff\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x01\x00,"
        b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
    )
    server = serve(always(answer(pixel, content_type="image/gif")))
    out = run("dump", "dom", server.origin).out
    assert "<img " in out
    assert f'src="{server.origin}/"' in out


def test_an_error_status_is_a_page_like_any_other(run: Run, serve: Serve) -> None:
    server = serve(always(answer(b"<p>gone", "404 Not Found", content_type="text/html")))
    outcome = run("dump", "text", server.origin)
    assert (outcome.status, outcome.out) == (0, "gone\n")


def test_a_missing_file_is_told(run: Run, tmp_path: Path) -> None:
    missing = tmp_path / "missing.html"
    told(run("dump", "dom", missing), str(missing))


def test_a_folder_is_told(run: Run, tmp_path: Path) -> None:
    told(run("dump", "dom", f"{tmp_path}/"), str(tmp_path))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_told(run: Run, page: Path) -> None:
    page.chmod(0)
    told(run("dump", "dom", page), str(page), "Permission denied")


def test_a_name_that_is_no_host_and_no_file_is_told(run: Run) -> None:
    told(run("dump", "dom", "nowhere.html"), "nowhere.html")


def test_an_output_that_cannot_be_written_is_told(run: Run, page: Path) -> None:
    told(run("render", page, "-o", page / "out.png"), str(page / "out.png"), "cannot write")


def test_a_bad_trust_file_is_told(run: Run, serve: Serve, certificates: Certificates, page: Path) -> None:
    server = serve(always(answer(b"never seen")), certificates.server())
    for file in (page, page.with_name("missing.pem")):
        outcome = run("dump", "dom", f"https://localhost:{server.port}/", "--ca", file)
        assert outcome.status == 2
        assert str(file) in outcome.err


def test_a_programming_error_is_one_line_too(run: Run, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise TypeError("no such thing")

    monkeypatch.setattr("minibrowser.cli.session.make_browser", broken)
    told_line = run("dump", "dom", page).err
    assert told_line == "minibrowser: internal error: TypeError: no such thing (--debug shows more)\n"


def test_an_interrupt_is_status_130(run: Run, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("minibrowser.cli.session.make_browser", interrupted)
    outcome = run("dump", "dom", page)
    assert (outcome.status, outcome.out, outcome.err) == (130, "", "")
