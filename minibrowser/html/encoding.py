"""From bytes to text: which encoding, and decoding by it.

https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding and
https://encoding.spec.whatwg.org/. Every function is total: any bytes give text.
"""

from __future__ import annotations

import re
from typing import Final

from webencodings.labels import LABELS

PRESCAN_BYTES: Final = 1024
"""How far the standard looks for a `<meta>` with an encoding."""

DEFAULT_ENCODING: Final = "windows-1252"

_NEWER_LABELS: Final[dict[str, str]] = {
    "csunicode": "utf-16le",
    "iso-10646-ucs-2": "utf-16le",
    "koi8-ru": "koi8-u",
    "replacement": "replacement",
    "ucs-2": "utf-16le",
    "unicode": "utf-16le",
    "unicode11utf8": "utf-8",
    "unicode20utf8": "utf-8",
    "unicodefeff": "utf-16le",
    "unicodefffe": "utf-16be",
    "x-unicode20utf8": "utf-8",
}
"""Labels of the standard that webencodings (of 2017) does not know."""

_NAMES: Final[dict[str, str]] = {
    name.lower(): name
    for name in (
        "UTF-8", "IBM866", "ISO-8859-2", "ISO-8859-3", "ISO-8859-4", "ISO-8859-5", "ISO-8859-6", "ISO-8859-7",
        "ISO-8859-8", "ISO-8859-8-I", "ISO-8859-10", "ISO-8859-13", "ISO-8859-14", "ISO-8859-15",
        "ISO-8859-16", "KOI8-R", "KOI8-U", "macintosh", "windows-874", "windows-1250", "windows-1251",
        "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-1257",
        "windows-1258", "x-mac-cyrillic", "GBK", "gb18030", "Big5", "EUC-JP", "ISO-2022-JP", "Shift_JIS",
        "EUC-KR", "replacement", "UTF-16BE", "UTF-16LE", "x-user-defined",
    )
}  # fmt: skip
"""The names as the standard writes them, by their lower case."""

_BOMS: Final = ((b"\xef\xbb\xbf", "UTF-8"), (b"\xfe\xff", "UTF-16BE"), (b"\xff\xfe", "UTF-16LE"))

_SPACES: Final = b"\t\n\f\r "
_LETTERS: Final = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_HEAD_TAGS: Final = frozenset(
    (
        b"html",
        b"head",
        b"meta",
        b"title",
        b"base",
        b"link",
        b"style",
        b"script",
        b"noscript",
        b"template",
        b"object",
    )
)
_XML_ENCODING: Final = re.compile(rb"""<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_META_CHARSET: Final = re.compile(rb"charset", re.IGNORECASE)


def encoding_from_label(label: str) -> str:
    """The name of the encoding that a label stands for, "" for none.

    https://encoding.spec.whatwg.org/#concept-encoding-get
    """
    label = label.strip("\t\n\f\r ").lower()
    name = LABELS.get(label) or _NEWER_LABELS.get(label, "")
    return _NAMES.get(name, "")


def sniff_bom(data: bytes) -> tuple[str, int]:
    """The encoding by the byte order mark and the mark's length; "" and 0 where there is none.

    https://encoding.spec.whatwg.org/#bom-sniff
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, len(mark)
    return "", 0


def determine_html_encoding(data: bytes, transport_charset: str | None, trust_utf8: bool) -> str:
    """The encoding of an HTML document.

    `trust_utf8`: whether bytes that are valid UTF-8, not all ASCII and not declared are taken as that. Chromium does
    so for local files only, lest web sites rely on it.
    """
    # Step 1: a byte order mark.
    encoding, _ = sniff_bom(data)
    if encoding:
        return encoding
    # Step 4: the transport layer.
    if transport_charset:
        encoding = encoding_from_label(transport_charset)
        if encoding:
            return encoding
    # Step 5: prescan the start.
    encoding = prescan(data)
    if encoding:
        return encoding
    # Step 8: the content.
    if trust_utf8 and not data.isascii() and is_utf8(data):
        return "UTF-8"
    # Step 9.
    return DEFAULT_ENCODING


def determine_xml_encoding(data: bytes, transport_charset: str | None) -> str:
    """The encoding of an XML document, https://www.w3.org/TR/xml/#sec-guessing."""
    encoding, _ = sniff_bom(data)
    if encoding:
        return encoding
    if transport_charset:
        encoding = encoding_from_label(transport_charset)
        if encoding:
            return encoding
    if data.startswith(b"<\0?\0"):
        return "UTF-16LE"
    if data.startswith(b"\0<\0?"):
        return "UTF-16BE"
    declared = _XML_ENCODING.match(data, 0, PRESCAN_BYTES)
    if declared is not None:
        return _not_utf16(encoding_from_label(declared.group(1).decode("ascii")))
    return "UTF-8"


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are well-formed UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def decode(data: bytes, encoding: str) -> str:
    """Decode with a byte order mark removed; what is malformed becomes U+FFFD.

    `encoding` is a name as `encoding_from_label` gives it. A byte order mark outranks it, as in the standard's
    decode (https://encoding.spec.whatwg.org/#decode).
    """
    marked, length = sniff_bom(data)
    if marked:
        encoding = marked
        data = data[length:]
    if encoding == "UTF-8":
        return data.decode("utf-8", "replace")
    if encoding == "UTF-16LE":
        return data.decode("utf-16-le", "replace")
    if encoding == "UTF-16BE":
        return data.decode("utf-16-be", "replace")
    if encoding == "ISO-2022-JP" or encoding == "replacement" or not data.isascii():
        return _decode_legacy(data, encoding)
    return data.decode("ascii")


def _decode_legacy(data: bytes, encoding: str) -> str:
    # OPTIMIZATION: turbohtml takes 38 ms to import; a run that parses with html5lib may need none of it.
    from .turbohtml_adapter import decode as decode_by_whatwg_tables  # noqa: PLC0415

    return decode_by_whatwg_tables(data, encoding.lower())


def _not_utf16(encoding: str) -> str:
    # A declaration that could be read as ASCII cannot stand in UTF-16.
    return "UTF-8" if encoding in ("UTF-16BE", "UTF-16LE") else encoding


# --- Prescan ---------------------------------------------------------------------------------------


def prescan(data: bytes) -> str:
    """The encoding that a `<meta>` near the start declares, "" for none.

    https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding
    Like Chromium, it goes on behind the first 1024 bytes as long as the head lasts.
    """
    # Step 2: UTF-16 XML declarations.
    if data.startswith(b"<\0?\0x\0"):
        return "UTF-16LE"
    if data.startswith(b"\0<\0?\0x"):
        return "UTF-16BE"
    position = 0
    end = len(data)
    # Step 3, loop.
    while True:
        position = data.find(b"<", position)
        if position < 0:
            return ""
        if data.startswith(b"<!--", position):
            # The two dashes may be those that open the comment: `<!-->`.
            closed = data.find(b"-->", position + 2)
            if closed < 0:
                return ""
            position = closed + 3
            continue
        start = position + 1
        closing = data[start : start + 1] == b"/"
        if closing:
            start += 1
        if start < end and data[start] in _LETTERS:
            stop = start
            while stop < end and data[stop] not in _SPACES and data[stop] not in b"/>":
                stop += 1
            name = data[start:stop].lower()
            if position >= PRESCAN_BYTES and name not in _HEAD_TAGS:
                return ""
            if name == b"meta" and not closing and stop < end and data[stop] != 0x3E:
                encoding, position = _meta(data, stop)
                if encoding:
                    return encoding
                continue
            position = stop
            more = True
            while more:
                attribute, _, position = _attribute(data, position)
                more = attribute != b""
            continue
        if data[position + 1 : position + 2] in (b"!", b"/", b"?"):
            closed = data.find(b">", position + 1)
            if closed < 0:
                return ""
            position = closed
            continue
        position += 1


def _meta(data: bytes, position: int) -> tuple[str, int]:
    """Step "a sequence of bytes starting with `<meta`": its encoding or "", and where to go on."""
    seen: set[bytes] = set()
    got_pragma = False
    need_pragma: bool | None = None
    charset = ""
    while True:
        name, value, position = _attribute(data, position)
        if not name:
            break
        if name in seen:
            continue
        seen.add(name)
        if name == b"http-equiv":
            got_pragma = value == b"content-type"
        elif name == b"content":
            if not charset:
                charset = extract_from_meta(value)
                if charset:
                    need_pragma = True
        elif name == b"charset":
            charset = encoding_from_label(value.decode("latin-1"))
            need_pragma = False
    if position >= len(data):
        # The tag never ends.
        return "", position
    # Steps "processing": 11 to 16.
    if need_pragma is None or (need_pragma and not got_pragma):
        return "", position
    if charset in ("UTF-16BE", "UTF-16LE"):
        return "UTF-8", position
    if charset == "x-user-defined":
        return "windows-1252", position
    return charset, position


def extract_from_meta(content: bytes) -> str:
    """The encoding in the `content` of a `<meta>`, "" for none.

    https://html.spec.whatwg.org/multipage/urls-and-fetching.html#extracting-character-encodings-from-meta-elements
    """
    position = 0
    end = len(content)
    # Steps 2 to 4.
    while True:
        found = _META_CHARSET.search(content, position)
        if found is None:
            return ""
        position = found.end()
        while position < end and content[position] in _SPACES:
            position += 1
        if content[position : position + 1] == b"=":
            position += 1
            break
    # Step 5.
    while position < end and content[position] in _SPACES:
        position += 1
    # Step 6.
    quote = content[position : position + 1]
    if quote in (b'"', b"'"):
        closed = content.find(quote, position + 1)
        if closed < 0:
            return ""
        label = content[position + 1 : closed]
    else:
        stop = position
        while stop < end and content[stop] not in _SPACES and content[stop] != 0x3B:
            stop += 1
        label = content[position:stop]
    return encoding_from_label(label.decode("latin-1"))


def _attribute(data: bytes, position: int) -> tuple[bytes, bytes, int]:
    """One attribute in lower case: name ("" at the end of the tag or of the data), value, and where to go on.

    https://html.spec.whatwg.org/multipage/parsing.html#concept-get-attributes-when-sniffing
    """
    end = len(data)
    # Step 1.
    while position < end and (data[position] in _SPACES or data[position] == 0x2F):
        position += 1
    # Step 2.
    if position >= end or data[position] == 0x3E:
        return b"", b"", position
    # Steps 3 to 5: the name.
    start = position
    while position < end:
        byte = data[position]
        if byte == 0x3D and position > start:
            break
        if byte in _SPACES or byte == 0x2F or byte == 0x3E:
            break
        position += 1
    if position >= end:
        return b"", b"", end
    name = data[start:position].lower()
    # Steps 6 and 7: spaces.
    while position < end and data[position] in _SPACES:
        position += 1
    # Step 8.
    if position >= end:
        return b"", b"", end
    if data[position] != 0x3D:
        return name, b"", position
    # Steps 9 and 10: the value.
    position += 1
    while position < end and data[position] in _SPACES:
        position += 1
    if position >= end:
        return b"", b"", end
    quote = data[position : position + 1]
    if quote in (b'"', b"'"):
        closed = data.find(quote, position + 1)
        if closed < 0:
            return b"", b"", end
        return name, data[position + 1 : closed].lower(), closed + 1
    # Step 11.
    start = position
    while position < end and data[position] not in _SPACES and data[position] != 0x3E:
        position += 1
    if position >= end:
        return b"", b"", end
    return name, data[start:position].lower(), position
