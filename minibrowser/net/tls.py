"""TLS: the trust store, and a class and words of its own for every way to fail. certifi is imported here."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Final, final

import certifi

from ..errors import (
    CertificateAuthorityError,
    CertificateExpiredError,
    CertificateHostMismatchError,
    CertificateInvalidError,
    CertificateNotYetValidError,
    CertificatePurposeError,
    CertificateRevokedError,
    CertificateSelfSignedError,
    CertificateWeakError,
    ClientCertificateError,
    ConnectionFailedError,
    ConnectionTimeoutError,
    NetworkError,
    TLSError,
    TLSProtocolError,
    TLSVersionError,
    UsageError,
)
from ..limits import MAX_TLS_SESSIONS
from ..url import URL
from .config import NetworkConfig
from .response import TLSInfo
from .tcp import os_error_words
from .wire import Wire
from .x509 import NO_CERTIFICATE, Certificate, read_certificate

_VERIFY_ERRORS: Final[Mapping[int, tuple[type[TLSError], str]]] = {
    2: (CertificateAuthorityError, "the issuer of its certificate is unknown"),
    7: (CertificateInvalidError, "the signature of its certificate is wrong"),
    9: (CertificateNotYetValidError, "its certificate is not valid yet"),
    10: (CertificateExpiredError, "its certificate has expired"),
    18: (CertificateSelfSignedError, "its certificate is signed by itself"),
    19: (CertificateAuthorityError, "its certificate ends at a root that is not trusted"),
    20: (CertificateAuthorityError, "the issuer of its certificate is not trusted"),
    21: (CertificateAuthorityError, "the issuer of its certificate was not sent and is unknown"),
    22: (CertificateInvalidError, "its certificate chain is too long"),
    23: (CertificateRevokedError, "its certificate has been revoked"),
    24: (CertificatePurposeError, "an issuer of its certificate is no certificate authority"),
    25: (CertificateInvalidError, "its certificate chain is longer than an issuer allows"),
    26: (CertificatePurposeError, "its certificate is not meant for servers"),
    27: (CertificateAuthorityError, "its certificate is not trusted"),
    28: (CertificateAuthorityError, "its certificate is rejected by the trust store"),
    32: (CertificatePurposeError, "an issuer of its certificate may not sign certificates"),
    34: (CertificateInvalidError, "its certificate has an unknown critical extension"),
    47: (CertificateInvalidError, "its name is outside of what the issuer may vouch for"),
    48: (CertificateInvalidError, "its name is excluded from what the issuer may vouch for"),
    62: (CertificateHostMismatchError, "its certificate is for another host"),
    64: (CertificateHostMismatchError, "its certificate is for another address"),
    66: (CertificateWeakError, "the key of its certificate is too weak"),
    67: (CertificateWeakError, "the key of an issuer of its certificate is too weak"),
    68: (CertificateWeakError, "a signature in its certificate chain is too weak"),
    79: (CertificatePurposeError, "an issuer of its certificate is no certificate authority"),
}
"""By X509_V_ERR_* (https://docs.openssl.org/master/man3/X509_STORE_CTX_get_error/);
"no certificate authority" is 24 in OpenSSL 1.1 and 79 in 3."""

_VERSION_REASONS: Final = frozenset(
    {"TLSV1_ALERT_PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", "NO_PROTOCOLS_AVAILABLE", "UNKNOWN_SSL_VERSION",
     "INAPPROPRIATE_FALLBACK", "TLSV1_ALERT_INAPPROPRIATE_FALLBACK", "WRONG_SSL_VERSION", "VERSION_TOO_LOW"}
)  # fmt: skip
_NOT_TLS_REASONS: Final = frozenset(
    {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG"}
)
_CLIENT_REASONS: Final = frozenset(
    {"TLSV13_ALERT_CERTIFICATE_REQUIRED", "SSLV3_ALERT_BAD_CERTIFICATE", "TLSV1_ALERT_UNKNOWN_CA",
     "SSLV3_ALERT_CERTIFICATE_UNKNOWN", "SSLV3_ALERT_NO_CERTIFICATE", "TLSV1_ALERT_ACCESS_DENIED"}
)  # fmt: skip
_CIPHER_REASONS: Final = frozenset(
    {"SSLV3_ALERT_HANDSHAKE_FAILURE", "NO_SHARED_CIPHER", "NO_CIPHERS_AVAILABLE"}
)


_DER: Final = 2
"""_ssl.ENCODING_DER"""


def build_context(config: NetworkConfig, alpn: tuple[str, ...] = ("http/1.1",)) -> ssl.SSLContext:
    """The context for connections of a session: TLS 1.2 and 1.3, certifi's roots and the caller's own, the client's
    certificate where there is one.

    Raises `UsageError` for a file that cannot be used.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_RENEGOTIATION  # as browsers; and writing never waits for reading then
    context.set_alpn_protocols(alpn)
    if config.client_cert is not None:
        _load_client_certificate(context, config.client_cert, config.client_key, config.client_key_password)
    if config.insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    context.load_verify_locations(certifi.where())
    for path in config.ca_files:
        try:
            context.load_verify_locations(cafile=path)
        except OSError as error:  # ssl.SSLError is one
            raise UsageError(
                f"certificate authorities cannot be read from {path}: {error.strerror or error}"
            ) from error
    if config.ca_data:
        try:
            context.load_verify_locations(cadata=config.ca_data)
        except ssl.SSLError as error:
            raise UsageError(f"not PEM certificates: {error.strerror or error}") from error
    return context


def _load_client_certificate(context: ssl.SSLContext, path: str, key: str | None, password: str) -> None:
    """As curl's --cert and --key: PEM files; the key may be in the certificate's."""
    named = path if key is None else f"{path} with the key {key}"
    for file in (path, key):
        if file is not None and not Path(file).is_file():
            raise UsageError(f"no such client certificate or key: {file}")
    try:
        # Without a password OpenSSL would ask for it on the terminal.
        context.load_cert_chain(path, key, lambda: password)
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        words = "the key does not belong to it" if "MISMATCH" in str(error) else str(error)
        if b"ENCRYPTED" in Path(key or path).read_bytes():
            words = (
                "no password was given for its key" if not password else "the password of its key is wrong"
            )
        raise UsageError(f"the client certificate {named} cannot be used: {words}") from error


@final
class TLSSessions:
    """What servers gave us to resume a session with (RFC 8446 section 2.2), by what the connection is for.

    A ticket is used once, so that nobody who watches can tie connections together by it (section C.4); the connection
    that used it brings the next. Bounded; the oldest goes first.

    NOTE: connections are kept, and asked for their session when it is wanted: CPython leaks 7 kB each time it is asked
    (`_ssl` copies the session and forgets the copy), and most sessions are never resumed.
    """

    __slots__ = ("_engines",)

    def __init__(self) -> None:
        self._engines: dict[str, ssl.SSLObject] = {}

    def take(self, key: str) -> ssl.SSLSession | None:
        """The session for a key, where it can be resumed; it is forgotten."""
        engine = self._engines.pop(key, None)
        session = engine.session if engine is not None else None
        return session if session is not None and (session.has_ticket or session.id) else None

    def keep(self, key: str, engine: ssl.SSLObject) -> None:
        """Remember the newest connection."""
        self._engines.pop(key, None)
        self._engines[key] = engine
        if len(self._engines) > MAX_TLS_SESSIONS:
            del self._engines[next(iter(self._engines))]

    def __len__(self) -> int:
        return len(self._engines)


async def open_tls(
    wire: Wire, context: ssl.SSLContext, url: URL, seconds: float, session: ssl.SSLSession | None = None
) -> tuple[TLSInfo, ssl.SSLObject]:
    """Shake hands over a wire, which is aborted when that fails. Raises the errors of `map_tls_error` and
    `ConnectionTimeoutError`."""
    host = url.host.strip("[]").removesuffix(".")
    try:
        engine = await wire.start_tls(context, host, session, seconds)
    except TimeoutError as error:
        wire.abort()
        raise ConnectionTimeoutError(
            f"{host}: the TLS handshake took longer than {seconds:.3g} s", url.href
        ) from error
    except (OSError, ValueError) as error:
        wire.close()
        raise map_tls_error(error, host, url.href) from error
    except BaseException:
        wire.abort()
        raise
    return tls_info(engine, context.verify_mode is not ssl.CERT_NONE), engine


def map_tls_error(error: Exception, host: str, url: str) -> NetworkError:
    """The error of ours for a failed handshake."""
    where = f"{host}: the TLS handshake failed"
    if isinstance(error, ssl.SSLCertVerificationError):
        kind, words = _VERIFY_ERRORS.get(
            error.verify_code,
            (CertificateInvalidError, f"its certificate is invalid: {error.verify_message}"),
        )
        return kind(f"{where}: {words}", url)
    if isinstance(error, ssl.SSLError):
        reason = error.reason or ""
        if reason in _VERSION_REASONS:
            return TLSVersionError(f"{where}: it speaks only protocol versions below TLS 1.2", url)
        if reason in _NOT_TLS_REASONS:
            return TLSProtocolError(f"{where}: the server does not speak TLS on this port", url)
        if reason in _CLIENT_REASONS:
            return ClientCertificateError(f"{where}: the server wants a client certificate", url)
        if reason in _CIPHER_REASONS:
            return TLSProtocolError(f"{where}: no common cipher or curve", url)
        if isinstance(error, ssl.SSLEOFError) or reason == "UNEXPECTED_EOF_WHILE_READING":
            return TLSProtocolError(f"{where}: the server closed the connection in the middle", url)
        return TLSProtocolError(f"{where}: {reason.lower().replace('_', ' ') or error}", url)
    if isinstance(error, OSError):
        words = os_error_words(error) if error.errno or error.args else "the server hung up"
        return ConnectionFailedError(f"{where}: {words}", url)
    return TLSProtocolError(f"{where}: {error}", url)


def tls_info(engine: ssl.SSLObject, verified: bool) -> TLSInfo:
    """The facts of a finished handshake."""
    cipher = engine.cipher()
    chain = certificate_chain(engine, verified)
    leaf = chain[0] if chain else NO_CERTIFICATE
    return TLSInfo(
        version=engine.version() or "",
        cipher=cipher[0] if cipher else "",
        alpn=engine.selected_alpn_protocol() or "",
        subject=leaf.subject,
        issuer=leaf.issuer,
        expires=leaf.expires,
        verified=verified,
        resumed=bool(engine.session_reused),
        chain=tuple(certificate.subject for certificate in chain),
    )


def certificate_chain(engine: ssl.SSLObject, verified: bool) -> list[Certificate]:
    """The server's certificates, its own first: the chain to the root where it was verified, else what was sent.

    AD-HOC: before Python 3.13 the chain is to be had from the object underneath only; without it, and in a resumed
    session, the server's own certificate is all.
    """
    name = "get_verified_chain" if verified else "get_unverified_chain"
    giver = getattr(engine, name, None) or getattr(getattr(engine, "_sslobj", None), name, None)
    found: list[object] = []
    if giver is not None:
        try:
            found = list(giver() or ())
        except (ssl.SSLError, ValueError):
            found = []
    chain = []
    for item in found:
        data = item if isinstance(item, bytes) else item.public_bytes(_DER)  # type: ignore[attr-defined]
        chain.append(read_certificate(data))
    if not chain:
        own = engine.getpeercert(binary_form=True)
        chain = [read_certificate(own)] if own else []
    return chain
