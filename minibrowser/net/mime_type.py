"""MIME types: parsing and serializing (https://mimesniff.spec.whatwg.org/#mime-type-representation). Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, final

from .header_values import decode_and_split, quoted_string

_TOKEN: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+\Z")
_QUOTED_TEXT: Final = re.compile("[\t\x20-\x7e\x80-\xff]*\\Z")
_SPACE: Final = "\t\n\r "

_SUFFIXES: Final = {
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "application/xhtml+xml",
    "xht": "application/xhtml+xml",
    "xml": "text/xml",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "json": "application/json",
    "txt": "text/plain",
    "md": "text/plain",
    "csv": "text/csv",
    "svg": "image/svg+xml",
    "png": "image/png",
    "apng": "image/apng",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "ico": "image/x-icon",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "pdf": "application/pdf",
}
"""What a local file's ending says. Our own table: that of the system differs from machine to machine."""

_JAVASCRIPT: Final = frozenset(
    {
        "application/ecmascript", "application/javascript", "application/x-ecmascript", "application/x-javascript",
        "text/ecmascript", "text/javascript", "text/javascript1.0", "text/javascript1.1", "text/javascript1.2",
        "text/javascript1.3", "text/javascript1.4", "text/javascript1.5", "text/jscript", "text/livescript",
        "text/x-ecmascript", "text/x-javascript",
    }
)  # fmt: skip


_SHORT: Final = 100
"""Characters of a type that are worth keeping."""


@final
class MimeType:
    """A type, a subtype (both lower case) and parameters (names lower case)."""

    __slots__ = ("parameters", "subtype", "type")

    def __init__(self, type: str, subtype: str, parameters: dict[str, str] | None = None) -> None:  # noqa: A002
        self.type: Final = type
        self.subtype: Final = subtype
        self.parameters: Final[dict[str, str]] = {} if parameters is None else parameters

    @property
    def essence(self) -> str:
        """https://mimesniff.spec.whatwg.org/#mime-type-essence"""
        return f"{self.type}/{self.subtype}"

    @property
    def charset(self) -> str | None:
        """The `charset` parameter as it stands, or None."""
        return self.parameters.get("charset")

    @property
    def is_xml(self) -> bool:
        """https://mimesniff.spec.whatwg.org/#xml-mime-type"""
        return self.subtype.endswith("+xml") or self.essence in ("text/xml", "application/xml")

    @property
    def is_html(self) -> bool:
        """https://mimesniff.spec.whatwg.org/#html-mime-type"""
        return self.essence == "text/html"

    @property
    def is_image(self) -> bool:
        """https://mimesniff.spec.whatwg.org/#image-mime-type"""
        return self.type == "image"

    def __str__(self) -> str:
        text = self.essence
        for name, value in self.parameters.items():
            if not _TOKEN.match(value):
                value = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
            text += f";{name}={value}"
        return text

    def __repr__(self) -> str:
        return f"MimeType({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MimeType) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


def parse_mime_type(text: str) -> MimeType | None:
    """https://mimesniff.spec.whatwg.org/#parse-a-mime-type; None is failure."""
    # OPTIMIZATION: a page's answers have few types, and each is looked at twice.
    parts = _short_parts(text) if len(text) <= _SHORT else _parts(text)
    return None if parts is None else MimeType(parts[0], parts[1], dict(parts[2]))


@lru_cache(maxsize=256)
def _short_parts(text: str) -> tuple[str, str, dict[str, str]] | None:
    return _parts(text)


def _parts(text: str) -> tuple[str, str, dict[str, str]] | None:
    """Type, subtype, parameters."""
    text = text.strip(_SPACE)  # step 1
    kind, slash, rest = text.partition("/")  # steps 3 to 5
    if not slash or not _TOKEN.match(kind):
        return None
    subtype, semicolon, rest = rest.partition(";")  # steps 7 and 8
    subtype = subtype.rstrip(_SPACE)
    if not _TOKEN.match(subtype):
        return None
    parameters: dict[str, str] = {}
    position, end = 0, len(rest)
    while semicolon and position < end:  # step 11
        while position < end and rest[position] in _SPACE:
            position += 1
        start = position
        while position < end and rest[position] not in ";=":
            position += 1
        name = rest[start:position].lower()
        if position >= end:
            break
        position += 1
        if rest[position - 1] == ";":
            continue
        if position < end and rest[position] == '"':  # step 11.8
            value, position = quoted_string(rest, position)
            while position < end and rest[position] != ";":
                position += 1
        else:  # step 11.9
            start = position
            while position < end and rest[position] != ";":
                position += 1
            value = rest[start:position].rstrip(_SPACE)
            if not value:
                position += 1
                continue
        position += 1
        if name and _TOKEN.match(name) and _QUOTED_TEXT.match(value) and name not in parameters:
            parameters[name] = value
    return kind.lower(), subtype.lower(), parameters


def extract_mime_type(values: list[str]) -> MimeType | None:
    """The MIME type of the `Content-Type` headers (https://fetch.spec.whatwg.org/#concept-header-extract-mime-type)."""
    result: MimeType | None = None
    charset: str | None = None
    essence = ""
    for value in decode_and_split(values):
        parsed = parse_mime_type(value)
        if parsed is None or parsed.essence == "*/*":
            continue
        result = parsed
        if parsed.essence != essence:
            charset = parsed.charset
            essence = parsed.essence
        elif parsed.charset is None and charset is not None:
            parsed.parameters["charset"] = charset
    return result


def is_javascript_type(essence: str) -> bool:
    """https://mimesniff.spec.whatwg.org/#javascript-mime-type"""
    return essence in _JAVASCRIPT


def mime_type_for_file(name: str) -> str:
    """The type that a file's ending says, "" where it says nothing."""
    _, dot, suffix = name.rpartition(".")
    return _SUFFIXES.get(suffix.lower(), "") if dot else ""
