"""The page that stands where a document could not be loaded: what happened, in plain words, and what to try. Pure.

In: an error of ours and the address. Out: HTML that needs nothing from anywhere. The codes are Chromium's, which people
look up (chrome://network-errors).
"""

from __future__ import annotations

import errno
from html import escape
from typing import Final, final

from .. import errors
from ..errors import InvalidURLError, MinibrowserError
from ..url import URL


@final
class Explanation:
    """What is told about an error. `{host}` and `{url}` stand for the address.

    Attributes:
        title: the headline. summary: one sentence. hints: what to try.
        code: Chromium's name for it.
    """

    __slots__ = ("code", "hints", "summary", "title")

    def __init__(self, code: str, title: str, summary: str, *hints: str) -> None:
        self.code: Final = code
        self.title: Final = title
        self.summary: Final = summary
        self.hints: Final = hints


_UNREACHABLE: Final = "This site can’t be reached"
_NOT_PRIVATE: Final = "Your connection is not private"
_NOT_WORKING: Final = "This page isn’t working"
_BLOCKED: Final = "This page has been blocked"
_CONNECTION: Final = "Checking the connection"
_PROXY: Final = "Checking the proxy and the firewall"
_CLOCK: Final = "Checking the date and time of this machine"
_TRUST: Final = "Naming the authority with --ca, where you trust it"

_EXPLANATIONS: Final[dict[type[MinibrowserError], Explanation]] = {
    errors.NameNotResolvedError: Explanation(
        "DNS_PROBE_FINISHED_NXDOMAIN", _UNREACHABLE, "{host}’s server IP address could not be found.",
        "Checking for a typing error in {host}", "Checking the DNS settings, or --dns",
    ),
    errors.ConnectionFailedError: Explanation(
        "ERR_CONNECTION_FAILED", _UNREACHABLE, "No connection to {host} could be made.", _CONNECTION, _PROXY
    ),
    errors.EmptyResponseError: Explanation(
        "ERR_EMPTY_RESPONSE", _NOT_WORKING, "{host} didn’t send any data.", "Trying again later"
    ),
    errors.ConnectionTimeoutError: Explanation(
        "ERR_CONNECTION_TIMED_OUT", _UNREACHABLE, "{host} took too long to respond.", _CONNECTION, _PROXY,
        "Giving it more time: --timeout",
    ),
    errors.TimeoutExceeded: Explanation(
        "ERR_TIMED_OUT", _UNREACHABLE, "{host} took too long to respond.", "Giving it more time: --timeout"
    ),
    errors.ProxyError: Explanation(
        "ERR_PROXY_CONNECTION_FAILED", "No internet", "There is something wrong with the proxy server.",
        "Checking the proxy’s address: --proxy, http_proxy, https_proxy",
    ),
    errors.CertificateExpiredError: Explanation(
        "ERR_CERT_DATE_INVALID", _NOT_PRIVATE,
        "{host} could not prove that it is {host}: its certificate has expired.", _CLOCK,
    ),
    errors.CertificateNotYetValidError: Explanation(
        "ERR_CERT_DATE_INVALID", _NOT_PRIVATE,
        "{host} could not prove that it is {host}: its certificate is from the future.", _CLOCK,
    ),
    errors.CertificateHostMismatchError: Explanation(
        "ERR_CERT_COMMON_NAME_INVALID", _NOT_PRIVATE,
        "{host} could not prove that it is {host}: its certificate is for another name.",
        "Checking for a typing error in {host}",
    ),
    errors.CertificateSelfSignedError: Explanation(
        "ERR_CERT_AUTHORITY_INVALID", _NOT_PRIVATE,
        "{host} could not prove that it is {host}: its certificate is signed by itself.", _TRUST,
    ),
    errors.CertificateAuthorityError: Explanation(
        "ERR_CERT_AUTHORITY_INVALID", _NOT_PRIVATE,
        "{host} could not prove that it is {host}: who signed its certificate is not trusted.", _TRUST,
    ),
    errors.CertificateRevokedError: Explanation(
        "ERR_CERT_REVOKED", _NOT_PRIVATE,
        "{host} could not prove that it is {host}: its certificate has been revoked.",
    ),
    errors.CertificateWeakError: Explanation(
        "ERR_CERT_WEAK_SIGNATURE_ALGORITHM", _NOT_PRIVATE,
        "{host} could not prove that it is {host}: its certificate is signed too weakly.",
    ),
    errors.ClientCertificateError: Explanation(
        "ERR_BAD_SSL_CLIENT_AUTH_CERT", _UNREACHABLE,
        "{host} didn’t accept your login certificate, or none was provided.", "Naming one: --cert and --key",
    ),
    errors.TLSVersionError: Explanation(
        "ERR_SSL_VERSION_OR_CIPHER_MISMATCH", "This site can’t provide a secure connection",
        "{host} uses a protocol that is too old.",
    ),
    errors.TLSProtocolError: Explanation(
        "ERR_SSL_PROTOCOL_ERROR", "This site can’t provide a secure connection",
        "{host} sent an invalid response.", "Trying http:// where the server speaks no https",
    ),
    errors.TLSError: Explanation(
        "ERR_CERT_INVALID", _NOT_PRIVATE, "{host} could not prove that it is {host}.",
    ),
    errors.TooManyRedirectsError: Explanation(
        "ERR_TOO_MANY_REDIRECTS", _NOT_WORKING, "{host} redirected you too many times.",
        "Deleting the cookies, where a --cookie-jar is used",
    ),
    errors.ContentDecodingError: Explanation(
        "ERR_CONTENT_DECODING_FAILED", _NOT_WORKING, "What {host} sent could not be unpacked."
    ),
    errors.BodyTooLargeError: Explanation(
        "ERR_FILE_TOO_BIG", _NOT_WORKING, "What {host} sent is too large to be shown."
    ),
    errors.HTTPProtocolError: Explanation(
        "ERR_INVALID_HTTP_RESPONSE", _NOT_WORKING, "{host} sent an invalid response.",
        "Checking that a web server listens there",
    ),
    errors.CacheMissError: Explanation(
        "ERR_CACHE_MISS", _NOT_WORKING, "The page is not in the cache, and nothing else was to be asked."
    ),
    errors.UnsafePortError: Explanation(
        "ERR_UNSAFE_PORT", _UNREACHABLE, "The port of this address belongs to another protocol than http."
    ),
    errors.PrivateAddressError: Explanation(
        "ERR_BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS", _BLOCKED,
        "{host} is on a private network, and such are out of bounds here.",
    ),
    errors.ContentSecurityPolicyError: Explanation(
        "ERR_BLOCKED_BY_CSP", _BLOCKED, "The content security policy does not allow it."
    ),
    errors.FrameRefusedError: Explanation(
        "ERR_BLOCKED_BY_RESPONSE", _BLOCKED, "{host} does not want to be shown in this place."
    ),
    errors.BlockedError: Explanation("ERR_BLOCKED_BY_CLIENT", _BLOCKED, "A rule does not allow this page."),
    errors.FileAccessError: Explanation(
        "ERR_FILE_NOT_FOUND", "Your file couldn’t be accessed", "It may have been moved, edited or deleted.",
        "Checking for a typing error in the name", "Checking who may read the file",
    ),
    errors.DownloadError: Explanation(
        "ERR_ABORTED", "This is a download", "{host} sent a file to be saved, not a page to be shown."
    ),
    errors.NoContentError: Explanation("ERR_ABORTED", _NOT_WORKING, "{host} sent an answer without content."),
    errors.UnsupportedContentError: Explanation(
        "ERR_ABORTED", _NOT_WORKING, "What {host} sent is nothing that can be shown."
    ),
    errors.InvalidURLError: Explanation(
        "ERR_INVALID_URL", _UNREACHABLE, "The address is not valid.", "Checking it for a typing error"
    ),
    errors.MinibrowserError: Explanation("ERR_FAILED", _NOT_WORKING, "The page could not be loaded."),
}  # fmt: skip
"""By class; an error is told as its nearest ancestor here is."""

_BY_ERRNO: Final = {
    errno.ECONNREFUSED: ("ERR_CONNECTION_REFUSED", "{host} refused to connect."),
    errno.ECONNRESET: ("ERR_CONNECTION_RESET", "The connection was reset."),
    errno.ECONNABORTED: ("ERR_CONNECTION_ABORTED", "The connection was closed."),
    errno.EPIPE: ("ERR_CONNECTION_CLOSED", "{host} unexpectedly closed the connection."),
    errno.EHOSTUNREACH: ("ERR_ADDRESS_UNREACHABLE", "{host} is unreachable."),
    errno.ENETUNREACH: ("ERR_INTERNET_DISCONNECTED", "No network leads to {host}."),
    errno.EACCES: ("ERR_ACCESS_DENIED", "It may not be read by who runs this program."),
    errno.ENETDOWN: ("ERR_INTERNET_DISCONNECTED", "No network leads to {host}."),
}
"""What the system said, where it says more than the class."""

_STYLE: Final = """
html { color-scheme: light dark; background: #fff; color: #202124; font: 15px/1.6 system-ui, sans-serif }
main { max-width: 600px; margin: 14vh auto 0; padding: 0 24px; color: #5f6368 }
svg { display: block; width: 48px; height: 48px; margin-bottom: 32px }
h1 { font-size: 24px; font-weight: 500; line-height: 1.3; margin: 0 0 16px; color: #202124 }
p, ul { margin: 0 0 16px }
ul { padding-left: 24px }
b { color: #202124; overflow-wrap: anywhere }
code { font: 12px/1.6 monospace; text-transform: uppercase }
small { display: block; font-size: 12px; overflow-wrap: anywhere; border-top: 1px solid #dadce0; padding-top: 16px }
@media (prefers-color-scheme: dark) {
  html { background: #202124; color: #e8eaed }
  main { color: #9aa0a6 }
  h1, b { color: #e8eaed }
  small { border-color: #5f6368 }
}
"""

_SHEET: Final = (
    '<svg viewBox="0 0 48 48" fill="none" stroke="#9aa0a6" stroke-width="3"><path d="M9 3h20l10 10v32H9z"/>'
    '<path d="M29 3v10h10"/><path d="M18 24v3M30 24v3M17 37q7-6 14 0"/></svg>'
)
_TRIANGLE: Final = (
    '<svg viewBox="0 0 48 48" fill="none" stroke="#d93025" stroke-width="3"><path d="M24 5 45 42H3z"/>'
    '<path d="M24 18v12M24 34v4"/></svg>'
)


def explain(error: MinibrowserError) -> Explanation:
    """What is told about an error."""
    found = next(known for kind in type(error).__mro__ if (known := _EXPLANATIONS.get(kind)) is not None)
    cause = error.__cause__
    by_system = _BY_ERRNO.get(cause.errno or 0) if isinstance(cause, OSError) else None
    if by_system is None or isinstance(error, errors.TLSError | errors.ProxyError | TimeoutError):
        return found
    return Explanation(by_system[0], found.title, by_system[1], *found.hints)


def error_page(error: MinibrowserError, url: str) -> str:
    """HTML that tells why an address cannot be shown. Nothing of it comes from the server but words, escaped."""
    told = explain(error)
    host, shown = _names(url)

    def words(text: str) -> str:
        return escape(text).replace("{host}", f"<b>{escape(host)}</b>").replace("{url}", escape(shown))

    hints = "\n".join(f"<li>{words(hint)}" for hint in told.hints)
    picture = _TRIANGLE if isinstance(error, errors.TLSError | errors.BlockedError) else _SHEET
    parts = [
        f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>{escape(host)}</title><style>{_STYLE}</style>",
        f"<main>{picture}<h1>{words(told.title)}</h1>",
        f"<p>{words(told.summary)}</p>",
        f"<p>Try:</p>\n<ul>{hints}</ul>" if hints else "",
        f"<p><code>{told.code}</code></p>",
        f"<small>{escape(str(error))}</small></main></html>",
    ]
    return "\n".join(part for part in parts if part)


def _names(url: str) -> tuple[str, str]:
    """The host, or what stands for it, and the address without its password."""
    try:
        parsed = URL(url)
    except InvalidURLError:
        return url[:200], url[:200]
    if parsed.scheme == "file":
        return parsed.path.rpartition("/")[2] or parsed.path, parsed.href[:200]
    return parsed.host or f"{parsed.scheme}:", parsed.without_credentials().href[:200]
