"""Forms as request bodies: urlencoded, multipart/form-data, text/plain. Pure.

https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-algorithm
"""

from __future__ import annotations

import codecs
import re
import secrets
from collections.abc import Sequence
from typing import Final, final

from ..errors import InvalidURLError, UsageError
from ..url import URL
from .headers import Headers
from .request import Request

URLENCODED: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
TEXT_PLAIN: Final = "text/plain"

_CODECS: Final = {
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "iso-8859-8-i": "iso-8859-8",
    "shift-jis": "cp932",
    "windows-874": "cp874",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-user-defined": "ascii",
}
"""Python's names for encodings of the web (https://encoding.spec.whatwg.org/#names-and-labels) that it has under
another, or as a part of a larger one. Of x-user-defined a page can type ASCII alone."""
_NEWLINE: Final = re.compile(r"\r\n|\r|\n")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_UNESCAPED: Final = frozenset(b"*-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
"""https://url.spec.whatwg.org/#application-x-www-form-urlencoded-percent-encode-set, the other way round."""


@final
class FormFile:
    """A file of a form. `mime_type` "" is told as application/octet-stream. Immutable."""

    __slots__ = ("data", "mime_type", "name")

    def __init__(self, name: str, data: bytes, mime_type: str = "") -> None:
        self.name: Final = name
        self.data: Final = data
        self.mime_type: Final = mime_type

    def __repr__(self) -> str:
        return f"<FormFile {self.name} {len(self.data)} bytes>"


Entry = tuple[str, str | FormFile]
"""https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-entry"""


def encode_urlencoded(entries: Sequence[Entry], encoding: str = "utf-8") -> bytes:
    """https://url.spec.whatwg.org/#concept-urlencoded-serializer, of the entries as name-value pairs: files are their
    names. Characters that the encoding lacks become `&#NNN;`."""
    pairs = []
    for name, value in entries:
        text = value.name if isinstance(value, FormFile) else value
        pairs.append(_escape(_crlf(name), encoding) + b"=" + _escape(_crlf(text), encoding))
    return b"&".join(pairs)


def encode_multipart(entries: Sequence[Entry], boundary: str, encoding: str = "utf-8") -> bytes:
    """https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart/form-data-encoding-algorithm"""
    mark = boundary.encode("ascii")
    parts: list[bytes] = []
    for name, value in entries:
        head = b'--%s\r\nContent-Disposition: form-data; name="%s"' % (mark, _quoted(_crlf(name), encoding))
        if isinstance(value, FormFile):
            kind = value.mime_type or "application/octet-stream"
            head += b'; filename="%s"\r\nContent-Type: %s' % (
                _quoted(value.name, encoding),
                _encode(_NEWLINE.sub(" ", kind), encoding),
            )
            body = value.data
        else:
            body = _encode(_crlf(value), encoding)
        parts.append(head + b"\r\n\r\n" + body + b"\r\n")
    return b"".join(parts) + b"--%s--\r\n" % mark


def encode_text_plain(entries: Sequence[Entry], encoding: str = "utf-8") -> bytes:
    """https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#text/plain-encoding-algorithm: for
    people, not for programs."""
    lines = [
        f"{_crlf(name)}={_crlf(value.name if isinstance(value, FormFile) else value)}\r\n"
        for name, value in entries
    ]
    return _encode("".join(lines), encoding)


def pick_boundary(entries: Sequence[Entry]) -> str:
    """A boundary that no part holds: 128 bits of chance, drawn again should it occur."""
    texts = [
        value.data if isinstance(value, FormFile) else value.encode("utf-8", "replace")
        for _, value in entries
    ]
    while True:
        boundary = f"----minibrowserFormBoundary{secrets.token_hex(16)}"
        if not any(boundary.encode("ascii") in text for text in texts):
            return boundary


def form_body(
    entries: Sequence[Entry], enctype: str = URLENCODED, encoding: str = "utf-8", boundary: str = ""
) -> tuple[bytes, str]:
    """The body of a POST and its `Content-Type`. An `enctype` that nobody knows is urlencoded
    (https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#attr-fs-enctype)."""
    encoding = codec_of(encoding)
    kind = enctype.strip().lower()
    if kind == MULTIPART:
        boundary = boundary or pick_boundary(entries)
        return encode_multipart(entries, boundary, encoding), f"{MULTIPART}; boundary={boundary}"
    if kind == TEXT_PLAIN:
        return encode_text_plain(entries, encoding), TEXT_PLAIN
    return encode_urlencoded(entries, encoding), URLENCODED


def form_request(
    action: str,
    entries: Sequence[Entry],
    *,
    method: str = "GET",
    enctype: str = URLENCODED,
    encoding: str = "utf-8",
    initiator: str = "",
) -> Request:
    """The navigation that submitting a form makes
    (https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-algorithm step 24).

    GET puts the entries in the place of the query, POST into the body. Raises `InvalidURLError` for an action that
    forms cannot be sent to, `UsageError` for an encoding that nobody knows.
    """
    url = URL(action)
    if not url.is_http:
        raise InvalidURLError(f"forms are sent to http and https, not to {url.scheme}:")
    if method.upper() == "POST":
        body, kind = form_body(entries, enctype, encoding)
        headers = Headers([("Content-Type", kind)])
        return Request(
            url=url.href, method="POST", headers=headers, body=body, destination="document",
            initiator=initiator, referrer=initiator,
        )  # fmt: skip
    query = encode_urlencoded(entries, codec_of(encoding)).decode("ascii")
    head, mark, fragment = url.href.partition("#")
    href = f"{head.partition('?')[0]}?{query}{mark}{fragment}"
    return Request(url=href, destination="document", initiator=initiator, referrer=initiator)


def codec_of(encoding: str) -> str:
    """What Python calls the encoding that a form in `encoding` is sent in: UTF-16 never is
    (https://encoding.spec.whatwg.org/#get-an-output-encoding). Raises `UsageError` for one that nobody knows."""
    name = encoding.lower().replace("_", "-")
    if name.startswith("utf-16") or name in ("replacement", ""):
        return "utf-8"
    try:
        return codecs.lookup(_CODECS.get(name, name)).name
    except LookupError as error:
        raise UsageError(f"a form cannot be sent in the encoding {encoding!r}: it is not known") from error


def _crlf(text: str) -> str:
    return _NEWLINE.sub("\r\n", text)


def _encode(text: str, encoding: str) -> bytes:
    return _SURROGATES.sub("\ufffd", text).encode(encoding, "xmlcharrefreplace")


def _escape(text: str, encoding: str) -> bytes:
    """https://url.spec.whatwg.org/#string-percent-encode-after-encoding, with a plus for a space."""
    return b"".join(
        bytes((byte,)) if byte in _UNESCAPED else b"+" if byte == 0x20 else b"%%%02X" % byte
        for byte in _encode(text, encoding)
    )


def _quoted(text: str, encoding: str) -> bytes:
    """https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#escape-a-multipart-form-data-name"""
    data = _encode(text, encoding)
    return data.replace(b"\n", b"%0A").replace(b"\r", b"%0D").replace(b'"', b"%22")
