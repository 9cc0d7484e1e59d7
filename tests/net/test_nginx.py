"""A real server with a real server's habits: nginx, where it is installed."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("cryptography")

from fixtures.certificates import Certificates
from minibrowser.net import NetworkConfig, Request, Response, Session
from minibrowser.trace import Recorder
from tests.net.support import run

PROGRAM = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="nginx is not installed (Debian: nginx-light)")

CONFIG = """
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    types {{ text/html html; text/css css; application/octet-stream bin; }}
    gzip on;
    gzip_types text/css;
    gzip_min_length 100;
    gzip_vary on;
    keepalive_timeout 60s;
    keepalive_requests 50;
    ssl_certificate {certificate};
    ssl_certificate_key {certificate};
    ssl_client_certificate {folder}/ca.pem;
    ssl_verify_client optional;
    ssl_session_cache shared:tests:1m;
    add_header X-Connection $connection always;
    add_header X-Protocol $server_protocol always;
    add_header X-Resumed $ssl_session_reused always;
    add_header X-Client $ssl_client_s_dn always;
    server {{
        listen 127.0.0.1:{port} ssl http2;
        server_name localhost;
        root {folder}/www;
        location /checked/ {{ add_header Cache-Control no-cache; add_header X-Protocol $server_protocol; }}
        location /kept/ {{ expires 1h; }}
        location /moved {{ return 301 /page.html; }}
    }}
}}
"""
STYLE = b"p { color: green }\n" * 500


class Nginx:
    def __init__(self, port: int, certificates: Certificates) -> None:
        self.origin = f"https://localhost:{port}"
        self.certificates = certificates

    def config(self, *, http2: bool = True, cache: str = "default") -> NetworkConfig:
        return NetworkConfig(ca_data=self.certificates.ca_pem, http2=http2, cache=cache, proxy="")


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    assert PROGRAM is not None
    folder = tmp_path_factory.mktemp("nginx")
    certificates = Certificates(folder)
    certificates.server()
    (folder / "ca.pem").write_text(certificates.ca_pem)
    pages = folder / "www"
    for name in ("checked", "kept"):
        (pages / name).mkdir(parents=True)
        (pages / name / "style.css").write_bytes(STYLE)
    (pages / "page.html").write_text("<p>page")
    (pages / "large.bin").write_bytes(bytes(range(256)) * 20_000)
    for path in (folder, *folder.rglob("*")):  # its worker may have another user
        os.chmod(path, 0o755 if path.is_dir() else 0o644)
    with socket.create_server(("127.0.0.1", 0)) as chosen:
        port = chosen.getsockname()[1]
    file = folder / "nginx.conf"
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    file.write_text(CONFIG.format(folder=folder, port=port, certificate=certificates.latest, user=user))
    command = [PROGRAM, "-p", str(folder), "-c", str(file), "-e", str(folder / "error.log")]
    subprocess.run(command, check=True, capture_output=True, timeout=30)  # it listens when this returns
    try:
        yield Nginx(port, certificates)
    finally:
        subprocess.run([*command, "-s", "stop"], check=True, capture_output=True, timeout=30)


def pages(nginx: Nginx, *paths: str, config: NetworkConfig | None = None) -> list[Response]:
    """One after the other, in one session."""

    async def main() -> list[Response]:
        async with Session(config or nginx.config()) as own:
            return [await own.fetch(Request(url=nginx.origin + path)) for path in paths]

    return run(main())


@pytest.mark.parametrize(("http2", "protocol"), [(True, "HTTP/2.0"), (False, "HTTP/1.1")])
def test_one_connection_serves_one_page_after_the_other(nginx: Nginx, http2: bool, protocol: str) -> None:
    config = nginx.config(http2=http2, cache="no-store")
    answers = pages(nginx, "/page.html", "/page.html", "/checked/style.css", config=config)
    assert [answer.status for answer in answers] == [200, 200, 200]
    assert {answer.headers["x-protocol"] for answer in answers} == {protocol}
    assert answers[0].headers["x-connection"] == answers[1].headers["x-connection"]
    assert answers[0].http_version == protocol.removesuffix(".0")


def test_a_coded_body_is_decoded(nginx: Nginx) -> None:
    (answer,) = pages(nginx, "/kept/style.css")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.body == STYLE
    assert 0 < answer.encoded_size < len(STYLE) / 10
    assert answer.mime_type == "text/css"


def test_what_is_fresh_is_not_asked_for_and_what_is_not_is_confirmed(nginx: Nginx) -> None:
    fresh = pages(nginx, "/kept/style.css", "/kept/style.css")
    assert [answer.source for answer in fresh] == ["network", "cache"]
    checked = pages(nginx, "/checked/style.css", "/checked/style.css")
    assert [answer.source for answer in checked] == ["network", "revalidated"]
    assert [answer.status for answer in checked] == [200, 200]
    assert checked[1].body == STYLE
    assert checked[0].headers["etag"].startswith("W/")  # gzip on the way makes a strong tag weak


def test_a_redirect_and_what_is_not_there(nginx: Nginx) -> None:
    moved, missing = pages(nginx, "/moved", "/nothing")
    assert (moved.url, moved.body) == (f"{nginx.origin}/page.html", b"<p>page")
    assert missing.status == 404


@pytest.mark.parametrize("http2", [True, False])
def test_many_at_once_beyond_what_a_connection_may_carry(nginx: Nginx, http2: bool) -> None:
    recorder = Recorder()

    async def main() -> None:
        config = nginx.config(http2=http2, cache="no-store")
        async with Session(config, recorder) as own:
            answers = await asyncio.gather(
                *(own.fetch(Request(url=f"{nginx.origin}/page.html?{number}")) for number in range(180))
            )
        assert {answer.body for answer in answers} == {b"<p>page"}
        connections = {answer.headers["x-connection"] for answer in answers}
        # It ends a connection after 50 requests: GOAWAY, or Connection: close.
        assert len(connections) >= 4
        if http2:
            assert len(connections) <= 6

    run(main())


@pytest.mark.parametrize("http2", [True, False])
def test_a_large_body_comes_whole_and_a_slow_reader_may_take_its_time(nginx: Nginx, http2: bool) -> None:
    async def main() -> None:
        async with Session(nginx.config(http2=http2, cache="no-store")) as own:
            whole = await own.fetch(Request(url=f"{nginx.origin}/large.bin"))
            assert whole.body == bytes(range(256)) * 20_000
            async with own.stream(Request(url=f"{nginx.origin}/large.bin")) as stream:
                size = 0
                async for chunk in stream.chunks():
                    size += len(chunk)
                    await asyncio.sleep(0)
                assert size == len(whole.body)

    run(main())


def test_a_body_that_it_does_not_take_is_answered_all_the_same(nginx: Nginx) -> None:
    async def main() -> None:
        async with Session(nginx.config()) as own:
            for size in (3, 500_000):
                request = Request(url=f"{nginx.origin}/page.html", method="POST", body=b"x" * size)
                assert (await own.fetch(request)).status == 405
            # Its limit is 1 MB: it answers before it has the whole body.
            large = Request(url=f"{nginx.origin}/page.html", method="POST", body=b"x" * 3_000_000)
            assert (await own.fetch(large)).status == 413
            assert (await own.fetch(Request(url=f"{nginx.origin}/page.html"))).status == 200

    run(main())


@pytest.mark.parametrize("http2", [True, False])
def test_sessions_are_resumed(nginx: Nginx, http2: bool) -> None:
    async def main() -> None:
        async with Session(nginx.config(http2=http2, cache="no-store")) as own:
            resumed: dict[str, str] = {}
            for _ in range(60):  # it hangs up after 50
                answer = await own.fetch(Request(url=f"{nginx.origin}/page.html"))
                resumed[answer.headers["x-connection"]] = answer.headers["x-resumed"]
                assert answer.tls is not None
                assert answer.tls.resumed is (answer.headers["x-resumed"] == "r")
            assert list(resumed.values()) == [".", "r"]

    run(main())


def test_it_sees_our_certificate(nginx: Nginx) -> None:
    certificate, key = nginx.certificates.client("Ada")
    config = NetworkConfig(
        ca_data=nginx.certificates.ca_pem, client_cert=str(certificate), client_key=str(key), proxy=""
    )
    (answer,) = pages(nginx, "/page.html", config=config)
    assert answer.headers["x-client"] == "CN=Ada"


def test_the_errors_log_tells_of_no_broken_protocol(nginx: Nginx, tmp_path: Path) -> None:
    pages(nginx, "/page.html")
    log = (nginx.certificates.latest.parent / "error.log").read_text()
    wrong = [line for line in log.splitlines() if "[error]" in line or "[crit]" in line or "[alert]" in line]
    assert [line for line in wrong if "No such file" not in line and "too large body" not in line] == []
