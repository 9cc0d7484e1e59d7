"""Cookies as others write them: Netscape's cookies.txt and Playwright's storage state. Pure.

A cookie's name and value are bytes, which we hold as text of one character for each (as all headers). Netscape's file
has the bytes; for Playwright they are UTF-8, where what is none becomes lone surrogates and back (PEP 383).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Final

from ..errors import InvalidURLError, UsageError
from ..limits import MAX_COOKIE_BYTES
from ..url import URL
from .config import CookieFields
from .cookies import NEVER, Cookie, default_path

_SAME_SITE: Final = {"strict": "Strict", "lax": "Lax", "none": "None", "default": "Lax"}
_NETSCAPE_HEAD: Final = "# Netscape HTTP Cookie File\n"
_HTTP_ONLY: Final = "#HttpOnly_"
_SECONDS: Final = re.compile(r"-?[0-9]{1,15}")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f]")
_NO_TIME: Final = 1e15
"""Seconds since the epoch that no clock will show."""


def to_fields(cookie: Cookie) -> CookieFields:
    """A cookie as Playwright's `cookies()` gives it; `expires` is -1 for a session cookie."""
    fields: CookieFields = {
        "name": _decoded(cookie.name),
        "value": _decoded(cookie.value),
        "domain": cookie.domain if cookie.host_only else "." + cookie.domain,
        "path": cookie.path,
        "expires": -1 if cookie.expires == NEVER else cookie.expires,
        "httpOnly": cookie.http_only,
        "secure": cookie.secure,
        "sameSite": _SAME_SITE[cookie.same_site],
    }
    if cookie.partition:
        fields["partitionKey"] = cookie.partition
    return fields


def from_fields(fields: Mapping[str, object], now: float) -> Cookie:
    """A cookie from Playwright's words: name and value with `url`, or with `domain` and `path`.

    Raises `UsageError` for what is missing, of the wrong kind, or would break out of the `Cookie` header.
    """
    name, value = _piece(fields, "name"), _piece(fields, "value")
    if "=" in name:
        raise UsageError(f"cookie {name[:40]}: an equals sign in its name")
    if len(name) + len(value) > MAX_COOKIE_BYTES:
        raise UsageError(f"cookie {name[:40]}: longer than {MAX_COOKIE_BYTES} bytes")
    if "url" in fields:
        try:
            url = URL(_text(fields, "url"))
        except InvalidURLError as error:
            raise UsageError(f"cookie {name[:40]}: {error}") from error
        cookie = Cookie(name, value, url.host.lower(), default_path(url.path), now)
        cookie.secure = url.scheme == "https"
    else:
        domain = _piece(fields, "domain").lower()
        cookie = Cookie(name, value, domain.removeprefix("."), _piece(fields, "path"), now)
        cookie.host_only = not domain.startswith(".")
    expires = fields.get("expires", -1)
    if isinstance(expires, bool) or not isinstance(expires, int | float) or not expires < _NO_TIME:
        raise UsageError(f"cookie {name[:40]}: expires must be seconds since 1970, or -1")
    cookie.expires = NEVER if expires < 0 else float(expires)
    cookie.secure = _flag(fields, "secure", cookie.secure)
    cookie.http_only = _flag(fields, "httpOnly", cookie.http_only)
    same_site = fields.get("sameSite", "Lax")
    if same_site not in ("Strict", "Lax", "None"):
        raise UsageError(f"cookie {name[:40]}: sameSite must be Strict, Lax or None, not {same_site!r}")
    cookie.same_site = str(same_site).lower()
    if fields.get("partitionKey") is not None:
        cookie.partition = _text(fields, "partitionKey")
    return cookie


def storage_state(cookies: Iterable[Cookie]) -> dict[str, list[CookieFields]]:
    """Playwright's storage state. There is no local storage yet, so `origins` is empty."""
    return {"cookies": [to_fields(cookie) for cookie in cookies], "origins": []}


def format_storage_state(cookies: Iterable[Cookie]) -> str:
    """The storage state as JSON text."""
    return json.dumps(storage_state(cookies), indent=2) + "\n"


def parse_storage_state(text: str, where: str, now: float) -> list[Cookie]:
    """The cookies of a storage state. Raises `UsageError` that names the file."""
    try:
        state = json.loads(text)
    except ValueError as error:
        raise UsageError(f"{where}: not JSON: {error}") from error
    found = state.get("cookies") if isinstance(state, dict) else None
    if not isinstance(found, list) or not all(isinstance(fields, dict) for fields in found):
        raise UsageError(f"{where}: a storage state has a list of cookies")
    try:
        return [from_fields(fields, now) for fields in found]
    except UsageError as error:
        raise UsageError(f"{where}: {error}") from error


def format_netscape(cookies: Iterable[Cookie]) -> bytes:
    """cookies.txt, as curl and wget read it. It has no words for SameSite and partitions: partitioned cookies are
    left out, for elsewhere they would go to every site."""
    lines = [_NETSCAPE_HEAD]
    for cookie in cookies:
        if cookie.partition or _breaks_lines(cookie):
            continue
        fields = (
            ("" if cookie.host_only else ".") + cookie.domain,
            "FALSE" if cookie.host_only else "TRUE",
            cookie.path,
            "TRUE" if cookie.secure else "FALSE",
            "0" if cookie.expires == NEVER else str(int(cookie.expires)),
            cookie.name,
            cookie.value,
        )
        lines.append((_HTTP_ONLY if cookie.http_only else "") + "\t".join(fields) + "\n")
    return "".join(lines).encode("latin-1", "replace")


def parse_netscape(data: bytes, where: str, now: float) -> list[Cookie]:
    """The cookies of a cookies.txt. Raises `UsageError` that names file and line."""
    cookies: list[Cookie] = []
    for number, line in enumerate(data.decode("latin-1").split("\n"), 1):
        http_only = line.startswith(_HTTP_ONLY)
        line = line.removeprefix(_HTTP_ONLY).removesuffix("\r")
        if not line.strip() or (line.startswith("#") and not http_only):
            continue
        fields = line.split("\t")
        if len(fields) == 6:
            fields.append("")  # an empty value at the end of a line is cut off by some writers
        if len(fields) != 7 or not _SECONDS.fullmatch(fields[4]):
            raise UsageError(f"{where}: line {number} is no cookie of a Netscape cookie file")
        domain, below, path, secure, expires, name, value = fields
        cookie = Cookie(name, value, domain.removeprefix(".").lower(), path, now)
        cookie.host_only = below.upper() != "TRUE"
        cookie.secure = secure.upper() == "TRUE"
        cookie.http_only = http_only
        cookie.expires = NEVER if int(expires) == 0 else float(expires)
        cookies.append(cookie)
    return cookies


def _breaks_lines(cookie: Cookie) -> bool:
    texts = (cookie.name, cookie.value, cookie.path, cookie.domain)
    return any(mark in text for text in texts for mark in "\t\n\r")


def _decoded(text: str) -> str:
    return text.encode("latin-1").decode("utf-8", "surrogateescape")


def _piece(fields: Mapping[str, object], name: str) -> str:
    """A text that will stand in a header, one character for each byte."""
    text = _text(fields, name)
    if _CONTROL.search(text) or ";" in text:
        words = "a semicolon" if ";" in text else "a control character"
        raise UsageError(f"a cookie's {name} cannot hold {words}: {text[:40]!r}")
    try:
        return text.encode("utf-8", "surrogateescape").decode("latin-1")
    except UnicodeEncodeError as error:
        raise UsageError(f"a cookie's {name} cannot hold a lone surrogate: {text[:40]!r}") from error


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise UsageError(f"a cookie needs {name}, a text" + ("" if name != "domain" else ", or url"))
    return value


def _flag(fields: Mapping[str, object], name: str, default: bool) -> bool:
    value = fields.get(name, default)
    if not isinstance(value, bool):
        raise UsageError(f"a cookie's {name} is True or False, not {value!r}")
    return value
