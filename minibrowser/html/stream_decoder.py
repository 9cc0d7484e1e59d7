"""The text of a document that is still arriving, for the preload scanner. The parser decodes the whole anew.

The encoding is determined as for a whole document, from what has come when enough is there to tell. URLs are mostly
ASCII, so encodings that Python does not know are read as windows-1252.
"""

from __future__ import annotations

import codecs
from typing import Final, final

from .encoding import PRESCAN_BYTES, determine_html_encoding, determine_xml_encoding, sniff_bom

_CODECS: Final = {
    "Big5": "big5hkscs",
    "EUC-KR": "cp949",
    "GBK": "gb18030",
    "ISO-8859-8-I": "iso8859_8",
    "Shift_JIS": "cp932",
    "UTF-16BE": "utf_16_be",
    "UTF-16LE": "utf_16_le",
    "macintosh": "mac_roman",
    "windows-874": "cp874",
    "x-mac-cyrillic": "mac_cyrillic",
}
"""Python's names where they are others."""
_LONGEST_MARK: Final = 3
"""Bytes of UTF-8's byte order mark, which outranks what is stated."""


@final
class StreamDecoder:
    """Bytes in, text out. `transport_charset` is what `Content-Type` says."""

    def __init__(self, transport_charset: str | None, is_xml: bool = False) -> None:
        self._charset: Final = transport_charset
        self._is_xml: Final = is_xml
        self._start = b""
        self._decoder: codecs.IncrementalDecoder | None = None
        self.encoding = ""
        """Its name, "" while it is not known."""

    def feed(self, data: bytes) -> str:
        """The text of the next bytes, "" while the encoding is not known."""
        if self._decoder is not None:
            return self._decoder.decode(data)
        self._start += data
        if len(self._start) < (_LONGEST_MARK if self._charset else PRESCAN_BYTES):
            return ""
        return self._begin()

    def finish(self) -> str:
        """What was held back for the encoding's sake."""
        return self._begin() if self._decoder is None else ""

    def _begin(self) -> str:
        start = self._start
        self._start = b""
        if self._is_xml:
            self.encoding = determine_xml_encoding(start, self._charset)
        else:
            self.encoding = determine_html_encoding(start, self._charset, False)
        try:
            make = codecs.getincrementaldecoder(_CODECS.get(self.encoding, self.encoding))
        except LookupError:
            make = codecs.getincrementaldecoder("cp1252")
        decoder = make("replace")
        self._decoder = decoder
        _, mark = sniff_bom(start)
        return decoder.decode(start[mark:])
