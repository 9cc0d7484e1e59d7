"""What our side brings to a handshake: a certificate, an earlier session, a goodbye."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

pytest.importorskip("cryptography")

from fixtures.certificates import Certificates
from minibrowser.errors import CertificateSelfSignedError, UsageError
from minibrowser.limits import MAX_TLS_SESSIONS
from minibrowser.net import NetworkConfig, Request, Session
from minibrowser.net.tls import TLSSessions, build_context
from minibrowser.net.wire import TLSLayer
from minibrowser.net.x509 import NO_CERTIFICATE, read_certificate
from minibrowser.trace import Recorder
from tests.net.support import answer, get, run


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


class Handshakes:
    """A server that notes each connection's handshake, and ends the connection after one answer."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.resumed: list[bool] = []
        self.port = 0

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}/"


@asynccontextmanager
async def handshakes(context: ssl.SSLContext) -> AsyncIterator[Handshakes]:
    found = Handshakes()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        engine = writer.get_extra_info("ssl_object")
        found.resumed.append(engine.session_reused)
        subject = (engine.getpeercert() or {}).get("subject", ())
        found.names += [value for part in subject for key, value in part if key == "commonName"]
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer(b"secret", connection="close"))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    found.port = server.sockets[0].getsockname()[1]
    async with server:
        yield found


@pytest.mark.parametrize("password", ["", "sesame"])
def test_a_client_shows_its_certificate(certificates: Certificates, password: str) -> None:
    certificate, key = certificates.client("Ada", password)

    async def main() -> None:
        config = NetworkConfig(
            ca_data=certificates.ca_pem,
            client_cert=str(certificate),
            client_key=str(key),
            client_key_password=password,
        )
        async with handshakes(certificates.wants_a_client_certificate()) as server:
            assert (await get(server.url, config=config)).body == b"secret"
            assert server.names == ["Ada"]

    run(main())


def test_the_key_may_be_in_the_certificates_file(certificates: Certificates, tmp_path: Path) -> None:
    certificate, key = certificates.client("Grace")
    both = tmp_path / "both.pem"
    both.write_bytes(certificate.read_bytes() + key.read_bytes())

    async def main() -> None:
        config = NetworkConfig(ca_data=certificates.ca_pem, client_cert=str(both))
        async with handshakes(certificates.wants_a_client_certificate()) as server:
            await get(server.url, config=config)
            assert server.names == ["Grace"]

    run(main())


def test_a_client_certificate_that_cannot_be_used_is_the_callers_mistake(
    certificates: Certificates, tmp_path: Path
) -> None:
    certificate, key = certificates.client("Ada", "sesame")
    _, other = certificates.client("Eve")
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("words")
    for config, words in (
        (NetworkConfig(client_cert="missing.pem"), r"no such client certificate or key: missing\.pem"),
        (NetworkConfig(client_cert=str(certificate), client_key="missing.key"), "no such client certificate"),
        (NetworkConfig(client_cert=str(nonsense)), "cannot be used"),
        (NetworkConfig(client_cert=str(certificate), client_key=str(other)), "does not belong to it"),
        (NetworkConfig(client_cert=str(certificate), client_key=str(key)), "no password was given"),
        (
            NetworkConfig(client_cert=str(certificate), client_key=str(key), client_key_password="x"),
            "password of its key is wrong",
        ),
    ):
        with pytest.raises(UsageError, match=words):
            build_context(config)
    assert "sesame" not in repr(NetworkConfig(client_key_password="sesame"))


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_the_second_handshake_resumes_the_first(certificates: Certificates, version: ssl.TLSVersion) -> None:
    async def main() -> None:
        recorder = Recorder()
        context = certificates.server()
        context.minimum_version = context.maximum_version = version
        config = NetworkConfig(ca_data=certificates.ca_pem, cache="no-store")
        async with handshakes(context) as server, Session(config, recorder) as own:
            answers = [await own.fetch(Request(url=server.url)) for _ in range(3)]
            assert server.resumed == [False, True, True]
        facts = [response.tls for response in answers]
        assert [info is not None and info.resumed for info in facts] == [False, True, True]
        assert all(info is not None and info.subject == "localhost" for info in facts)
        spans = [span for span in recorder.spans if span.kind == "tls"]
        assert ["resumed" in span.reason for span in spans] == [False, True, True]
        assert spans[0].details["chain"] == "localhost < Test Root"

    run(main())


def test_pages_of_another_site_do_not_resume(certificates: Certificates) -> None:
    async def main() -> None:
        config = NetworkConfig(ca_data=certificates.ca_pem, cache="no-store")
        async with handshakes(certificates.server()) as server, Session(config) as own:
            for page in ("https://a.example/", "https://b.example/", "https://www.a.example/"):
                await own.fetch(Request(url=server.url, destination="image", initiator=page))
            assert server.resumed == [False, False, True]

    run(main())


def test_sessions_are_used_once_and_kept_in_bounds(certificates: Certificates) -> None:
    layer = TLSLayer(build_context(NetworkConfig(ca_data=certificates.ca_pem)), "localhost")
    server = certificates.server()
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    peer = server.wrap_bio(incoming, outgoing, server_side=True)
    for _ in range(4):
        layer.shake()
        incoming.write(layer.encrypt(b""))
        with suppress(ssl.SSLWantReadError):
            peer.do_handshake()
        layer.decrypt(outgoing.read())
    assert layer.done
    sessions = TLSSessions()
    for number in range(MAX_TLS_SESSIONS + 10):
        sessions.keep(str(number), layer.engine)
    assert len(sessions) == MAX_TLS_SESSIONS
    assert sessions.take("0") is None
    assert sessions.take("50") is not None
    assert sessions.take("50") is None


def test_we_say_goodbye_before_we_hang_up(certificates: Certificates) -> None:
    context = certificates.server()
    endings: list[str] = []

    def serve(listener: socket.socket) -> None:
        accepted, _ = listener.accept()
        with context.wrap_socket(accepted, server_side=True, suppress_ragged_eofs=False) as peer:
            peer.recv(65536)
            peer.sendall(answer(b"x"))
            try:
                endings.append("close_notify" if peer.recv(1) == b"" else "more")
            except ssl.SSLEOFError:
                endings.append("cut")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        url = f"https://localhost:{listener.getsockname()[1]}/"
        run(get(url, config=NetworkConfig(ca_data=certificates.ca_pem)))
        thread.join()
    assert endings == ["close_notify"]


def test_insecure_is_loud_once(certificates: Certificates) -> None:
    async def main() -> None:
        recorder = Recorder()
        context = certificates.unknown_authority_with_root()
        config = NetworkConfig(insecure=True, cache="no-store")
        async with handshakes(context) as server, Session(config, recorder) as own:
            for _ in range(2):
                response = await own.fetch(Request(url=server.url))
        assert response.tls is not None
        assert (response.tls.subject, response.tls.issuer) == ("localhost", "Other Root")
        warnings = [span.reason for span in recorder.spans if span.kind == "warning"]
        assert warnings == ["certificates are NOT CHECKED: anybody may be in between"]
        chains = [span.details["chain"] for span in recorder.spans if span.kind == "tls"]
        assert chains[0] == "localhost < Other Root"

    run(main())


def test_a_failed_handshake_leaves_no_session(certificates: Certificates) -> None:
    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(
            lambda loop, context: None
        )  # the server's complaints
        config = NetworkConfig(ca_data=certificates.ca_pem)
        async with handshakes(certificates.self_signed()) as server, Session(config) as own:
            for _ in range(2):
                with pytest.raises(CertificateSelfSignedError):
                    await own.fetch(Request(url=server.url))

    run(main())


def test_a_certificate_is_read_for_people(certificates: Certificates) -> None:
    (data,) = (ssl.PEM_cert_to_DER_cert(certificates.ca_pem),)
    found = read_certificate(data)
    assert (found.subject, found.issuer) == ("Test Root", "Test Root")
    assert ssl.cert_time_to_seconds(found.expires) == certificates.root.not_valid_after_utc.timestamp()
    for cut in range(0, len(data), 7):
        read_certificate(data[:cut])
    assert read_certificate(b"") is NO_CERTIFICATE
    assert read_certificate(b"\x30\x80junk") is NO_CERTIFICATE
