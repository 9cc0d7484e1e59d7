"""From the bytes of a style sheet to its text, https://drafts.csswg.org/css-syntax-3/#input-byte-stream."""

from __future__ import annotations

from .syntax import decode_bytes


def decode_sheet(data: bytes, charset: str | None = None, document_encoding: str | None = None) -> str:
    """Decode: byte order mark, the protocol's charset, `@charset`, the document's encoding, UTF-8.

    Total: what is malformed becomes U+FFFD, unknown labels are skipped.
    """
    return decode_bytes(data, charset or "", document_encoding or "")
