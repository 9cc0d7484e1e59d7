"""TLS: the trust store, and a class and words of its own for every way to fail. certifi is imported here."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Mapping
from typing import Final

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
from ..url import URL
from .config import NetworkConfig
from .response import TLSInfo
from .tcp import Streams, open_streams, os_error_words

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


def build_context(config: NetworkConfig) -> ssl.SSLContext:
    """The context for all connections of a session: TLS 1.2 and 1.3, certifi's roots and the caller's own.

    Raises `UsageError` for a trust file that cannot be used.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
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


async def open_tls(
    sock: socket.socket, context: ssl.SSLContext, url: URL, seconds: float
) -> tuple[Streams, TLSInfo]:
    """Shake hands over a connected socket, which is closed when that fails. Raises the errors of
    `map_tls_error` and `ConnectionTimeoutError`."""
    host = url.host.strip("[]").removesuffix(".")
    try:
        async with asyncio.timeout(seconds):
            # The loop's own time limit has no words for people: ours comes first.
            streams = await open_streams(sock, context, host, handshake_timeout=seconds + 1.0)
    except TimeoutError as error:
        sock.close()
        raise ConnectionTimeoutError(
            f"{host}: the TLS handshake took longer than {seconds:.3g} s", url.href
        ) from error
    except (OSError, ValueError) as error:
        sock.close()
        raise map_tls_error(error, host, url.href) from error
    except BaseException:
        sock.close()
        raise
    engine = streams[1].get_extra_info("ssl_object")
    return streams, tls_info(engine, context.verify_mode is not ssl.CERT_NONE)


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


def tls_info(engine: ssl.SSLObject | ssl.SSLSocket, verified: bool) -> TLSInfo:
    """The facts of a finished handshake."""
    cipher = engine.cipher()
    certificate = engine.getpeercert() or {}
    return TLSInfo(
        version=engine.version() or "",
        cipher=cipher[0] if cipher else "",
        alpn=engine.selected_alpn_protocol() or "",
        subject=_common_name(certificate.get("subject")),
        issuer=_common_name(certificate.get("issuer")),
        expires=str(certificate.get("notAfter", "")),
        verified=verified,
    )


def _common_name(name: object) -> str:
    """The common name, or else the organization, out of ssl's nested tuples."""
    found = {}
    if isinstance(name, tuple):
        for part in name:
            for key, value in part:
                found[key] = str(value)
    return found.get("commonName") or found.get("organizationName") or ""
