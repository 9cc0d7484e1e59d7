"""--cert, --key, --http1.1."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("cryptography")

from fixtures.certificates import Certificates
from tests.cli.conftest import Run, Serve
from tests.net.support import always, answer

PAGE = answer(b"<p>fine", content_type="text/html")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def authority(certificates: Certificates, tmp_path: Path) -> str:
    path = tmp_path / "ca.pem"
    path.write_text(certificates.ca_pem)
    return str(path)


def test_a_certificate_of_yours_is_shown_to_servers_that_ask(
    run: Run, serve: Serve, certificates: Certificates, authority: str
) -> None:
    server = serve(always(PAGE), certificates.wants_a_client_certificate())
    target = ("dump", "text", f"https://localhost:{server.port}/", "--ca", authority)
    certificate, key = certificates.client("Ada", "sesame")
    good = run(*target, "--cert", f"{certificate}:sesame", "--key", str(key))
    assert (good.status, good.out) == (0, "fine\n")
    wrong = run(*target, "--cert", f"{certificate}:other", "--key", str(key))
    assert (wrong.status, "password of its key is wrong" in wrong.err) == (2, True)
    alone = run(*target, "--key", str(key))
    assert (alone.status, "--cert FILE" in alone.err) == (2, True)


def test_http2_is_not_offered_where_the_user_says_so(
    run: Run, serve: Serve, certificates: Certificates, authority: str
) -> None:
    context = certificates.server()
    context.set_alpn_protocols(["h2", "http/1.1"])  # it says that it speaks both, and does not
    server = serve(always(PAGE), context)
    target = ("dump", "text", f"https://localhost:{server.port}/", "--ca", authority)
    assert run(*target, "--http1.1").out == "fine\n"
    outcome = run(*target)
    assert outcome.status == 1
