from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("cryptography")

from fixtures.certificates import Certificates
from minibrowser.errors import (
    CertificateAuthorityError,
    CertificateExpiredError,
    CertificateHostMismatchError,
    CertificateInvalidError,
    CertificateNotYetValidError,
    CertificatePurposeError,
    CertificateSelfSignedError,
    CertificateWeakError,
    ClientCertificateError,
    ConnectionTimeoutError,
    NetworkError,
    TLSError,
    TLSProtocolError,
    TLSVersionError,
    UsageError,
)
from minibrowser.net import NetworkConfig, Request, Session, Timeouts
from minibrowser.net.tls import build_context
from minibrowser.trace import Recorder
from tests.net.support import Server, always, answer, get, run


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


async def visit(certificates: Certificates, context: ssl.SSLContext, host: str = "localhost") -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(
        lambda loop, context: None
    )  # the server side complains about failed handshakes
    async with Server(always(answer(b"secret")), context) as server:
        await get(f"https://{host}:{server.port}/", config=NetworkConfig(ca_data=certificates.ca_pem))


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (Certificates.expired, CertificateExpiredError, "has expired"),
        (Certificates.not_yet_valid, CertificateNotYetValidError, "not valid yet"),
        (Certificates.wrong_host, CertificateHostMismatchError, "for another host"),
        (Certificates.self_signed, CertificateSelfSignedError, "signed by itself"),
        (
            Certificates.unknown_authority,
            CertificateAuthorityError,
            "issuer of its certificate is not trusted",
        ),
        (Certificates.unknown_authority_with_root, CertificateAuthorityError, "a root that is not trusted"),
        (Certificates.not_for_servers, CertificatePurposeError, "not meant for servers"),
        (Certificates.issued_by_no_authority, CertificatePurposeError, "no certificate authority"),
        (Certificates.outside_of_the_constraints, CertificateInvalidError, "outside of what the issuer"),
        (Certificates.weak_key, CertificateWeakError, "too weak"),
    ],
)
def test_each_broken_neighbour_has_its_own_error(
    certificates: Certificates,
    make: Callable[[Certificates], ssl.SSLContext],
    error: type[TLSError],
    words: str,
) -> None:
    with pytest.raises(error, match=f"^localhost: the TLS handshake failed: .*{words}") as caught:
        run(visit(certificates, make(certificates)))
    assert type(caught.value) is error
    assert caught.value.url.startswith("https://localhost:")


def test_a_certificate_for_a_name_is_not_one_for_an_address(certificates: Certificates) -> None:
    with pytest.raises(CertificateHostMismatchError, match="another address"):
        run(visit(certificates, certificates.server(), "127.0.0.1"))


@contextmanager
def blocking_server(context: ssl.SSLContext) -> Iterator[int]:
    """One handshake with blocking sockets: unlike asyncio's servers these send the alert that tells why it failed."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            accepted, _ = listener.accept()
            with accepted, accepted.dup() as raw:
                with contextlib.suppress(OSError):
                    context.wrap_socket(accepted, server_side=True).close()
                while raw.recv(
                    4096
                ):  # unread bytes would turn the end into a reset, which swallows the alert
                    pass

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (Certificates.old_protocol, TLSVersionError, r"below TLS 1\.2"),
        (Certificates.no_common_cipher, TLSProtocolError, "no common cipher"),
        (Certificates.wants_a_client_certificate, ClientCertificateError, "wants a client certificate"),
    ],
)
def test_what_the_server_complains_of_is_told_apart(
    certificates: Certificates,
    make: Callable[[Certificates], ssl.SSLContext],
    error: type[TLSError],
    words: str,
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # about the old protocol
        context = make(certificates)

    async def main() -> None:
        with blocking_server(context) as port:
            await get(f"https://localhost:{port}/", config=NetworkConfig(ca_data=certificates.ca_pem))

    with pytest.raises(error, match=words) as caught:
        run(main())
    assert type(caught.value) is error


def test_a_server_that_does_not_speak_tls_is_told_apart() -> None:
    async def main() -> None:
        async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            writer.close()

        server = await asyncio.start_server(greet, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            with pytest.raises(TLSProtocolError, match="does not speak TLS"):
                await get(f"https://127.0.0.1:{port}/")

    run(main())


def test_a_server_that_hangs_up_in_the_handshake() -> None:
    async def main() -> None:
        async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(1)
            writer.close()

        server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            with pytest.raises(NetworkError, match="TLS handshake failed"):
                await get(f"https://127.0.0.1:{port}/")

    run(main())


def test_a_handshake_that_never_ends_runs_into_the_connect_limit() -> None:
    async def main() -> None:
        gone = asyncio.Event()

        async def be_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()
            writer.close()
            gone.set()

        server = await asyncio.start_server(be_silent, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            config = NetworkConfig(timeouts=Timeouts(connect=0.3))
            with pytest.raises(ConnectionTimeoutError, match="TLS handshake took longer"):
                await get(f"https://127.0.0.1:{port}/", config=config)
            await gone.wait()

    run(main())


def test_a_good_server_gives_its_facts(certificates: Certificates) -> None:
    async def main() -> None:
        recorder = Recorder()
        config = NetworkConfig(ca_data=certificates.ca_pem)
        async with Server(always(answer(b"secret")), certificates.server()) as server:
            async with Session(config, recorder) as own:
                response = await own.fetch(Request(url=f"https://localhost:{server.port}/"))
                again = await own.fetch(Request(url=f"https://localhost:{server.port}/"))
            assert server.connections == 1
        assert (response.body, again.body) == (b"secret", b"secret")
        assert response.tls is not None
        assert (response.tls.version, response.tls.verified) == ("TLSv1.3", True)
        assert (response.tls.subject, response.tls.issuer) == ("localhost", "Test Root")
        assert response.timing.tls > 0
        assert again.timing.tls < 0
        span = next(span for span in recorder.spans if span.kind == "tls")
        assert span.reason.startswith("TLSv1.3, TLS_")

    run(main())


def test_insecure_goes_through_and_says_so(certificates: Certificates) -> None:
    async def main() -> None:
        recorder = Recorder()
        context = certificates.self_signed()
        async with (
            Server(always(answer(b"secret")), context) as server,
            Session(NetworkConfig(insecure=True), recorder) as own,
        ):
            response = await own.fetch(Request(url=f"https://127.0.0.1:{server.port}/"))
        assert response.tls is not None
        assert not response.tls.verified
        assert "NOT VERIFIED" in next(span.reason for span in recorder.spans if span.kind == "tls")

    run(main())


def test_authorities_come_from_files_too(certificates: Certificates, tmp_path: Path) -> None:
    good = tmp_path / "ca.pem"
    good.write_text(certificates.ca_pem)

    async def main() -> None:
        async with Server(always(answer(b"ok")), certificates.server()) as server:
            config = NetworkConfig(ca_files=(str(good),))
            assert (await get(f"https://localhost:{server.port}/", config=config)).body == b"ok"

    run(main())


def test_authorities_that_cannot_be_used_are_the_callers_mistake(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pem"
    bad.write_text("nothing")
    for config in (
        NetworkConfig(ca_files=(str(bad),)),
        NetworkConfig(ca_files=(str(tmp_path / "missing.pem"),)),
        NetworkConfig(ca_data="nothing"),
    ):
        with pytest.raises(UsageError, match="certificate"):
            build_context(config)
