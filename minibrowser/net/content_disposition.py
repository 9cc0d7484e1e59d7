"""`Content-Disposition`: is an answer to be shown or saved, and under which name (RFC 6266, RFC 8187). Pure."""

from __future__ import annotations

import contextlib
import re
from typing import Final, final
from urllib.parse import unquote_to_bytes

from ..errors import InvalidURLError
from ..url import URL

_TOKEN: Final = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_TYPE: Final = re.compile(rf"[ \t]*({_TOKEN})[ \t]*(?=;|\Z)")
_PARAMETER: Final = re.compile(rf';[ \t]*({_TOKEN})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^;]*))', re.DOTALL)
_EXTENDED: Final = re.compile(
    r"(utf-8|iso-8859-1)'[^']*'((?:%[0-9A-Fa-f]{2}|[!#$&+\-.^_`|~0-9A-Za-z])*)\Z", re.IGNORECASE
)
_UNSAFE: Final = re.compile('[\x00-\x1f\x7f-\x9f/\\\\:*?"<>|\u202a-\u202e\u2066-\u2069\u200e\u200f]+')
"""What file systems forbid, and what makes a name read as another one."""
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?\Z", re.IGNORECASE)
MAX_NAME_BYTES: Final = 200
"""Bytes of a file name in UTF-8: file systems take 255, and who saves it may add to it."""


@final
class ContentDisposition:
    """`kind`: "inline", "attachment", or another word in lower case, all of which mean attachment. `filename`: as
    stated, made safe; "" for none."""

    __slots__ = ("filename", "kind")

    def __init__(self, kind: str, filename: str) -> None:
        self.kind: Final = kind
        self.filename: Final = filename

    @property
    def is_attachment(self) -> bool:
        """RFC 6266 section 4.2: words that nobody knows are like `attachment`."""
        return self.kind not in ("", "inline")

    def __repr__(self) -> str:
        return f"<ContentDisposition {self.kind} {self.filename!r}>"


def parse_content_disposition(value: str) -> ContentDisposition:
    """What a header says; a malformed one says nothing ("" and "")."""
    kind = _TYPE.match(value)
    if kind is None:
        # Servers that forget the type mean the name: `filename="a.pdf"`. Browsers show such answers.
        return ContentDisposition("", _name(_parameters(";" + value)))
    return ContentDisposition(kind[1].lower(), _name(_parameters(value[kind.end() :])))


def suggested_name(disposition: ContentDisposition, url: str, extension: str = "") -> str:
    """The name to save an answer under: the one stated, else the last part of the URL's path, else "download".
    `extension` (".pdf") is added where the name has none."""
    name = disposition.filename
    if not name:
        try:
            parsed = URL(url)
        except InvalidURLError:
            parsed = None
        if parsed is not None and parsed.scheme not in ("data", "about", "blob"):
            last = parsed.path.rpartition("/")[2]
            name = safe_name(unquote_to_bytes(last).decode("utf-8", "replace"))
    name = name or "download"
    return name if "." in name or not extension else name + extension


def safe_name(name: str) -> str:
    """A name that stays in the folder it is written to and looks like what it is, "" where nothing is left
    (RFC 6266 section 4.3)."""
    name = name.replace("\\", "/").rpartition("/")[2]
    name = _UNSAFE.sub("_", name).strip(" ").strip(".").strip(" ")
    if _RESERVED.match(name):
        name = "_" + name
    stem, dot, suffix = name.rpartition(".")
    if dot and len(suffix) <= 10:
        ending = dot + suffix
        return _cut(stem, MAX_NAME_BYTES - len(ending.encode("utf-8", "replace"))) + ending
    return _cut(name, MAX_NAME_BYTES)


def _cut(text: str, size: int) -> str:
    """As much of a text as has so many bytes in UTF-8."""
    return text.encode("utf-8", "replace")[:size].decode("utf-8", "ignore")


def _parameters(text: str) -> dict[str, str]:
    """The first parameter of each name, in lower case; quoted strings are unquoted."""
    found: dict[str, str] = {}
    for match in _PARAMETER.finditer(text):
        quoted, plain = match[2], match[3]
        value = re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL) if quoted is not None else plain.strip(" \t")
        found.setdefault(match[1].lower(), value)
    return found


def _name(parameters: dict[str, str]) -> str:
    """`filename*` before `filename` (RFC 6266 section 4.3)."""
    extended = _EXTENDED.match(parameters.get("filename*", ""))
    if extended is not None:
        raw = unquote_to_bytes(extended[2])
        try:
            name = safe_name(raw.decode(extended[1]))
        except UnicodeDecodeError:
            name = ""
        if name:
            return name
    plain = parameters.get("filename", "")
    # As Chromium: bytes are UTF-8 where they can be, and percent signs may hide some.
    with contextlib.suppress(UnicodeError):
        plain = plain.encode("latin-1").decode("utf-8")
    if re.search(r"%[0-9A-Fa-f]{2}", plain):
        with contextlib.suppress(UnicodeDecodeError):
            plain = unquote_to_bytes(plain).decode("utf-8")
    return safe_name(plain)
