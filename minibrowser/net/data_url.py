"""data: URLs (https://fetch.spec.whatwg.org/#data-url-processor). Pure."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final
from urllib.parse import unquote_to_bytes

from ..errors import InvalidURLError
from ..limits import MAX_DATA_URL_CHARS
from .mime_type import MimeType, parse_mime_type

_BASE64: Final = re.compile(r";\x20*base64\Z", re.IGNORECASE)
_SPACE: Final = re.compile(rb"[\t\n\x0c\r ]+")
_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]")


def parse_data_url(url: str) -> tuple[MimeType, bytes]:
    """The type and the bytes that a data: URL holds. Raises `InvalidURLError`."""
    if len(url) > MAX_DATA_URL_CHARS:
        raise InvalidURLError(f"a data: URL of {len(url)} characters; the limit is {MAX_DATA_URL_CHARS}")
    rest = url.partition("#")[0].partition(":")[2]  # steps 2 and 3
    kind, comma, encoded = rest.partition(",")  # steps 5 to 9
    if not comma:
        raise InvalidURLError(f"a data: URL without a comma: {url[:60]}")
    kind = kind.strip(" ")
    body = unquote_to_bytes(encoded)  # step 10
    mark = _BASE64.search(kind)
    if mark is not None:  # step 11
        decoded = forgiving_base64(body)
        if decoded is None:
            raise InvalidURLError(f"a data: URL with broken base64: {url[:60]}")
        body = decoded
        kind = kind[: mark.start()]
    if kind.startswith(";"):  # step 12
        kind = "text/plain" + kind
    return parse_mime_type(kind) or MimeType("text", "plain", {"charset": "US-ASCII"}), body  # steps 13 to 15


def forgiving_base64(data: bytes) -> bytes | None:
    """https://infra.spec.whatwg.org/#forgiving-base64-decode; None is failure."""
    data = _SPACE.sub(b"", data)
    if len(data) % 4 == 0:
        data = data[:-2] if data.endswith(b"==") else data.removesuffix(b"=")
    if len(data) % 4 == 1 or _NOT_BASE64.search(data):
        return None
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4))
    except binascii.Error:
        return None
