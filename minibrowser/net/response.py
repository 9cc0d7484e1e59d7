"""The response artifact (https://fetch.spec.whatwg.org/#concept-response), with timing and connection facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import final

from ..trace import ExchangeTiming
from .content_disposition import ContentDisposition, parse_content_disposition, suggested_name
from .headers import Headers, is_nosniff
from .mime_type import MimeType, extract_mime_type


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class TLSInfo:
    """Facts of a TLS connection.

    Attributes:
        version: "TLSv1.3" and the like; cipher: its name; alpn: the protocol chosen, "" for none.
        subject, issuer: common names of the certificate, "" where unknown.
        expires: the certificate's last moment as OpenSSL writes it, "" where unknown.
        chain: the subjects from the server's certificate to the root; the first alone in a resumed session.
        resumed: whether the keys come from an earlier connection, so that no certificate was sent.
        verified: False when certificates were not checked (`insecure`).
    """

    version: str
    cipher: str
    alpn: str = ""
    subject: str = ""
    issuer: str = ""
    expires: str = ""
    chain: tuple[str, ...] = ()
    verified: bool = True
    resumed: bool = False


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What came back; the body is whole, without content codings.

    Attributes:
        url: of the answer, after redirects, with the fragment that a document gets.
        url_list: every URL on the way, the last one being `url`.
        status: 200 for schemes without one.
        mime_type: the computed type (https://mimesniff.spec.whatwg.org/#computed-mime-type), essence only.
        charset: what the `Content-Type` header says, or None.
        source: "network", "cache", "revalidated" (the cache, after a 304), "file", "data" or "about".
        streamed: the body went to the observer alone.
        remote_address: "192.0.2.1:443", "" where there is none.
    """

    url: str
    url_list: tuple[str, ...]
    status: int
    status_text: str = ""
    headers: Headers = field(default_factory=Headers)
    body: bytes = field(default=b"", repr=False)
    mime_type: str = ""
    charset: str | None = None
    timing: ExchangeTiming = field(default_factory=ExchangeTiming)
    source: str = "network"
    remote_address: str = ""
    http_version: str = ""
    tls: TLSInfo | None = None
    encoded_size: int = 0
    streamed: bool = False

    @property
    def ok(self) -> bool:
        """https://fetch.spec.whatwg.org/#ok-status"""
        return 200 <= self.status <= 299

    @property
    def redirected(self) -> bool:
        """Whether a redirect led here."""
        return len(self.url_list) > 1

    @property
    def content_type(self) -> MimeType | None:
        """The type that the `Content-Type` header states, or None."""
        return extract_mime_type(self.headers.get_all("content-type"))

    @property
    def is_download(self) -> bool:
        """Whether the answer is meant to be saved and not shown (RFC 6266 section 4.2)."""
        return self._disposition.is_attachment

    @property
    def filename(self) -> str:
        """The name to save the answer under: the one that `Content-Disposition` states, made safe, or the last part of
        the URL's path; "download" where there is neither."""
        return suggested_name(self._disposition, self.url)

    @property
    def _disposition(self) -> ContentDisposition:
        return parse_content_disposition(self.headers.get("content-disposition") or "")

    @property
    def nosniff(self) -> bool:
        """https://fetch.spec.whatwg.org/#determine-nosniff"""
        return is_nosniff(self.headers)
