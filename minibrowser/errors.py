"""The family of errors. Every error that leaves this package is a `MinibrowserError`.

A message is one line that names what failed and where, fit for printing to a user as it is. Errors of
third-party libraries are mapped to these by the one module of ours that imports the library; the
original stays reachable as `__cause__`.
"""

from __future__ import annotations


class MinibrowserError(Exception):
    """Root of the family."""


class UsageError(MinibrowserError, ValueError):
    """The caller asked for something that makes no sense: a bad option, a bad clip, an unknown format."""


class NotActionableError(UsageError):
    """An element cannot be pointed at: it is not shown, or something else lies over it. The message names what."""


class ClosedError(MinibrowserError):
    """The page, context or browser has been closed."""


class TimeoutExceeded(MinibrowserError, TimeoutError):  # noqa: N818 - reads as what happened
    """An operation took longer than its limit."""


class InvalidURLError(UsageError):
    """A URL or file name cannot be parsed, or its scheme is not supported."""


class NavigationError(MinibrowserError):
    """A document could not be loaded. `url` is the address that failed."""

    def __init__(self, message: str, url: str = "") -> None:
        super().__init__(message)
        self.url = url


class FileAccessError(NavigationError):
    """A local file is missing, unreadable or a directory."""


class NetworkError(NavigationError):
    """The network said no. Subclasses tell which step."""


class NameNotResolvedError(NetworkError):
    """No address for a host name."""


class ConnectionFailedError(NetworkError):
    """TCP: refused, reset, unreachable."""


class EmptyResponseError(ConnectionFailedError):
    """The connection ended before a single byte of an answer."""


class RequestRefusedError(ConnectionFailedError):
    """The server says that it has not begun to work on the request: it may be sent again, whatever it asks for."""


class ConnectionTimeoutError(NetworkError, TimeoutError):
    """TCP, TLS or the server's answer took longer than its limit."""


class ProxyError(NetworkError):
    """The proxy refuses, or does not speak as one."""


class TLSError(NetworkError):
    """The TLS handshake failed; the message names the check."""


class CertificateExpiredError(TLSError):
    """The certificate's last day has passed."""


class CertificateNotYetValidError(TLSError):
    """The certificate's first day has not come."""


class CertificateHostMismatchError(TLSError):
    """The certificate is for another host."""


class CertificateSelfSignedError(TLSError):
    """The certificate is signed by itself."""


class CertificateAuthorityError(TLSError):
    """The certificate's issuer is not trusted."""


class CertificateRevokedError(TLSError):
    """The certificate has been revoked."""


class CertificateWeakError(TLSError):
    """A key or a signature digest in the chain is too weak."""


class CertificatePurposeError(TLSError):
    """The certificate is not meant for servers, or an issuer is not meant to issue."""


class CertificateInvalidError(TLSError):
    """The chain breaks another rule: a name constraint, its length, a malformed field."""


class ClientCertificateError(TLSError):
    """The server asks for a client certificate, or refuses the one it got."""


class TLSProtocolError(TLSError):
    """No common protocol version or cipher, or not TLS at all."""


class TLSVersionError(TLSProtocolError):
    """The server speaks only protocol versions that are too old."""


class HTTPProtocolError(NetworkError):
    """The server's answer is not HTTP, or ended too early."""


class TooManyRedirectsError(NetworkError):
    """A redirect loop, or more redirects than the limit."""


class BodyTooLargeError(NetworkError):
    """A body is larger than its limit, compressed or not."""


class ContentDecodingError(NetworkError):
    """A content coding (gzip, deflate, br, zstd) is broken or unknown."""


class BlockedError(NetworkError):
    """A rule forbids this load: a web page asks for a local file. Subclasses tell which rule."""


class MixedContentError(BlockedError):
    """A page from https asks for something over http."""


class ContentSecurityPolicyError(BlockedError):
    """The document's Content-Security-Policy does not allow this load."""


class CrossOriginError(BlockedError):
    """The server does not share its answer with the origin that asks (CORS)."""


class FrameRefusedError(BlockedError):
    """The document does not want to be shown in this frame (X-Frame-Options, frame-ancestors)."""


class ContentTypeError(BlockedError):
    """The answer's type is not what it was asked for, and must not be guessed (nosniff)."""


class IntegrityError(BlockedError):
    """The body does not have the digest that the page states."""


class UnsafePortError(BlockedError):
    """The port belongs to another protocol, which an HTTP request could confuse."""


class PrivateAddressError(BlockedError):
    """The address belongs to this machine or to a private network, and such are out of bounds."""


class CacheMissError(NetworkError):
    """The answer may only come from the cache, which has none."""


class UnsupportedContentError(NavigationError):
    """The document is of a type that cannot be shown."""


class DownloadError(UnsupportedContentError):
    """The answer is meant to be saved, not shown. `filename` is the name that it asks for."""

    def __init__(self, message: str, url: str = "", filename: str = "") -> None:
        super().__init__(message, url)
        self.filename = filename


class NoContentError(NavigationError):
    """The answer says that the document on show shall stay (204, 205), and there is none."""


class ImageError(MinibrowserError):
    """A picture cannot be decoded or encoded."""


class FontError(MinibrowserError):
    """A font cannot be used."""


class DependencyError(MinibrowserError):
    """An optional package is needed; the message names the command that installs it."""
