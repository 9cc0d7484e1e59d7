"""What people want to read of a certificate: subject, issuer, last moment. Pure: DER bytes in, words out.

OpenSSL has checked the certificate, or was told not to; nothing here decides on trust. ssl's own reader works on
the server's certificate only, and only when it was verified.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, final

_COMMON_NAME: Final = bytes.fromhex("550403")
_ORGANIZATION: Final = bytes.fromhex("55040a")
_SEQUENCE, _UTC_TIME, _BMP_STRING = 0x30, 0x17, 0x1E


@final
class Certificate:
    """`subject` and `issuer` are common names, or organizations where there is none; `expires` is written as
    OpenSSL does ("Nov 22 07:43:40 2026 GMT"). "" where unknown."""

    __slots__ = ("expires", "issuer", "subject")

    def __init__(self, subject: str = "", issuer: str = "", expires: str = "") -> None:
        self.subject: Final = subject
        self.issuer: Final = issuer
        self.expires: Final = expires

    def __repr__(self) -> str:
        return f"<Certificate {self.subject!r} by {self.issuer!r} until {self.expires}>"


NO_CERTIFICATE: Final = Certificate()


def read_certificate(data: bytes) -> Certificate:
    """The words of a certificate (RFC 5280 section 4.1). Total: of what cannot be read nothing is told."""
    try:
        ((_, certificate),) = _elements(data)
        tbs = _elements(_elements(certificate)[0][1])
        fields = tbs[1:] if tbs[0][0] == 0xA0 else tbs  # the version may be missing
        # serialNumber, signature, issuer, validity, subject
        issuer, validity, subject = fields[2][1], _elements(fields[3][1]), fields[4][1]
        return Certificate(_name(subject), _name(issuer), _time(*validity[1]))
    except (IndexError, ValueError):
        return NO_CERTIFICATE


def _elements(data: bytes) -> list[tuple[int, bytes]]:
    """The tags and contents of DER elements that follow each other. Raises `ValueError` and `IndexError`."""
    found = []
    position = 0
    while position < len(data):
        tag, length = data[position], data[position + 1]
        position += 2
        if length >= 0x80:
            size = length & 0x7F
            length = int.from_bytes(data[position : position + size], "big")
            position += size
        if position + length > len(data):
            raise ValueError("an element is cut short")
        found.append((tag, data[position : position + length]))
        position += length
    return found


def _name(data: bytes) -> str:
    found: dict[bytes, str] = {}
    for _, relative in _elements(data):
        for tag, attribute in _elements(relative):
            if tag == _SEQUENCE:
                (_, kind), (coding, value) = _elements(attribute)
                found[kind] = value.decode("utf-16-be" if coding == _BMP_STRING else "utf-8", "replace")
    return found.get(_COMMON_NAME) or found.get(_ORGANIZATION) or ""


def _time(tag: int, value: bytes) -> str:
    text = value.decode("ascii")
    if tag == _UTC_TIME:  # RFC 5280 section 4.1.2.5.1: two digits, 1950 to 2049
        text = ("19" if text[:2] >= "50" else "20") + text
    moment = datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{months[moment.month - 1]} {moment.day:2} {moment:%H:%M:%S %Y} GMT"
