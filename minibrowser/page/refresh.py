"""Documents that send their reader on: `<meta http-equiv=refresh>` and the `Refresh` header.

https://html.spec.whatwg.org/multipage/document-lifecycle.html#shared-declarative-refresh-steps
"""

from __future__ import annotations

import re
from typing import Final, final

from ..dom import Document
from ..url import resolve

MAX_REFRESHES: Final = 20
"""As many as redirects: a page that refreshes to itself would never end."""

_TIME: Final = re.compile(r"[ \t\n\f\r]*([0-9]*)([0-9.]*)")
_URL_WORD: Final = re.compile(r"[uU][rR][lL][ \t\n\f\r]*=[ \t\n\f\r]*")


@final
class Refresh:
    """Where to go, and after how many seconds."""

    def __init__(self, seconds: int, url: str) -> None:
        self.seconds: Final = seconds
        self.url: Final = url


def parse_refresh(text: str, document: Document) -> Refresh | None:
    """What a refresh value says; None where it says nothing. Steps are those of the standard."""
    # 3. to 8. The time: digits, then anything that looks like a number
    match = _TIME.match(text)
    if match is None:
        return None
    digits, more = match.group(1), match.group(2)
    if not digits and not more.startswith("."):
        return None
    seconds = int(digits[:9] or "0")
    rest = text[match.end() :]
    # 9., 10. A URL follows a separator
    if not rest.strip():
        return Refresh(seconds, document.url)
    if rest[0] not in ";, \t\n\f\r":
        return None
    rest = rest.strip(" \t\n\f\r")
    if rest[:1] in (";", ","):
        rest = rest[1:].lstrip(" \t\n\f\r")
    if not rest:
        return Refresh(seconds, document.url)
    # 11. "url=" and quotes
    word = _URL_WORD.match(rest)
    if word is not None:
        rest = rest[word.end() :]
    if rest[:1] in ("'", '"'):
        quote = rest[0]
        rest = rest[1:].partition(quote)[0]
    # 12. to 15.
    url = resolve(document.base_url, rest.strip())
    if url is None or url.startswith("javascript:"):
        return None
    return Refresh(seconds, url)


def refresh_of(document: Document, header: str) -> Refresh | None:
    """What a document's header or its first <meta http-equiv=refresh> says."""
    if header:
        found = parse_refresh(header, document)
        if found is not None:
            return found
    for element in document.descendant_elements():
        if element.is_html("meta") and element.get("http-equiv").strip().lower() == "refresh":
            found = parse_refresh(element.get("content"), document)
            if found is not None:
                return found
    return None
