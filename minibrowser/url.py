"""WHATWG URLs: parsing, resolving, and the fix-up of what people type.

`URL` is an immutable value; everything that crosses a stage's border is its `href`. ada-url is the parser
(https://url.spec.whatwg.org/); it is imported here and nowhere else.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import Final, final
from urllib.parse import quote, unquote_to_bytes

import ada_url

from .errors import InvalidURLError

DEFAULT_PORTS: Final = {"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21}
"""https://url.spec.whatwg.org/#default-port"""

_ATTRIBUTES: Final = (
    "href",
    "protocol",
    "username",
    "password",
    "hostname",
    "port",
    "pathname",
    "search",
    "hash",
    "origin",
)
_SHORT: Final = 2_000
"""Characters of a URL that is worth remembering; data: URLs may be megabytes."""
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PORT: Final = re.compile(r":([0-9]{1,5})(?=[/?#]|$)")
_SCHEMES_WITHOUT_SLASHES: Final = frozenset(
    {"about", "blob", "chrome", "data", "file", "http", "https", "javascript", "mailto", "tel", "view-source"}
)
"""Schemes that people type and that are no host names before a port."""
_FILE_SUFFIXES: Final = (
    ".html", ".htm", ".xhtml", ".xht", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".txt", ".xml",
)  # fmt: skip
"""Endings that are no top-level domains: a missing `page.html` is a missing file, not an unknown host."""


@final
class URL:
    """A parsed URL.

    Attributes:
        href: the whole, serialized.
        scheme: lower case, without the colon.
        username, password: percent-encoded, "" where absent.
        host: a domain in ASCII, an IPv4 address or an IPv6 address in brackets; "" where there is none.
        port: the explicit port, or None where absent or the scheme's default.
        path: percent-encoded.
        query, fragment: without their mark, "" where absent.
        origin: the serialized origin, "null" where it is opaque.
    """

    __slots__ = (
        "fragment",
        "host",
        "href",
        "origin",
        "password",
        "path",
        "port",
        "query",
        "scheme",
        "username",
    )

    def __init__(self, text: str, base: str | None = None) -> None:
        """Parse; see `URL.parse`."""
        try:
            absolute = _scalar(text) if base is None else ada_url.join_url(_scalar(base), _scalar(text))
            # OPTIMIZATION: a fetch looks at the same few URLs at every step; parsing one takes 10 µs.
            parts = _parts(absolute) if len(absolute) <= _SHORT else _parts.__wrapped__(absolute)
        except ValueError as error:
            raise InvalidURLError(f"not a URL: {_shown(text)}") from error
        self.href: Final[str] = parts[0]
        self.scheme: Final[str] = parts[1]
        self.username: Final[str] = parts[2]
        self.password: Final[str] = parts[3]
        self.host: Final[str] = parts[4]
        self.port: Final[int | None] = int(parts[5]) if parts[5] else None
        self.path: Final[str] = parts[6]
        self.query: Final[str] = parts[7]
        self.fragment: Final[str] = parts[8]
        self.origin: Final[str] = parts[9]

    @classmethod
    def parse(cls, text: str, base: URL | str | None = None) -> URL:
        """The URL that `text` stands for, relative to `base` where given. Raises `InvalidURLError`."""
        return cls(text, base.href if isinstance(base, URL) else base)

    @property
    def effective_port(self) -> int:
        """The port to connect to; 0 for schemes without one."""
        return self.port if self.port is not None else DEFAULT_PORTS.get(self.scheme, 0)

    @property
    def host_port(self) -> str:
        """What stands in a `Host` header: the host, and the port where it is not the scheme's default."""
        return self.host if self.port is None else f"{self.host}:{self.port}"

    @property
    def target(self) -> str:
        """The request target in origin form: path and query."""
        href = self.href.partition("#")[0]
        mark = href.find("?")
        return self.path if mark < 0 else self.path + href[mark:]

    @property
    def is_http(self) -> bool:
        """Whether the scheme is an HTTP(S) scheme (https://fetch.spec.whatwg.org/#http-scheme)."""
        return self.scheme in ("http", "https")

    def without_fragment(self) -> URL:
        """The same URL without its fragment."""
        head, mark, _ = self.href.partition("#")
        return URL(head) if mark else self

    def without_credentials(self) -> URL:
        """The same URL without user name and password."""
        if not self.username and not self.password:
            return self
        scheme, _, rest = self.href.partition("//")
        authority_end = min((i for i in (rest.find(c) for c in "/?#") if i >= 0), default=len(rest))
        authority = rest[:authority_end].rpartition("@")[2]
        return URL(f"{scheme}//{authority}{rest[authority_end:]}")

    def with_fragment(self, fragment: str) -> URL:
        """The same URL with another fragment (already percent-encoded)."""
        return URL(f"{self.href.partition('#')[0]}#{fragment}")

    def file_path(self) -> str:
        """The local path of a `file:` URL. Raises `InvalidURLError` for other schemes and for other hosts."""
        if self.scheme != "file" or self.host not in ("", "localhost"):
            raise InvalidURLError(f"not a local file: {_shown(self.href)}")
        path = os.fsdecode(unquote_to_bytes(self.path))
        if "\0" in path:
            raise InvalidURLError(f"a file name cannot hold a zero byte: {_shown(self.href)}")
        if os.name == "nt":
            path = path.removeprefix("/").replace("/", "\\")
        return path

    @classmethod
    def from_path(cls, path: str, cwd: str = ".") -> URL:
        """The `file:` URL of a local path."""
        absolute = os.path.abspath(os.path.join(cwd, os.path.expanduser(path)))
        if path.endswith(("/", os.sep)) and not absolute.endswith(os.sep):
            absolute += os.sep
        if os.name == "nt":
            absolute = "/" + absolute.replace("\\", "/")
        return cls("file://" + quote(os.fsencode(absolute), safe="/:@!$&'()*+,;=-._~"))

    def shown(self, most: int = 200) -> str:
        """For messages and the trace: without credentials, and not a page long."""
        text = self.without_credentials().href
        return text if len(text) <= most else text[: most - 1] + "…"

    def __str__(self) -> str:
        return self.href

    def __repr__(self) -> str:
        return f"URL({self.href!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, URL) and self.href == other.href

    def __hash__(self) -> int:
        return hash(self.href)


@lru_cache(maxsize=1024)
def _parts(absolute: str) -> tuple[str, ...]:
    """Href, scheme, user name, password, host, port, path, query, fragment and origin. Raises ValueError."""
    parts = ada_url.parse_url(absolute, _ATTRIBUTES)
    return (
        parts["href"],
        parts["protocol"][:-1],
        parts["username"],
        parts["password"],
        parts["hostname"],
        parts["port"],
        parts["pathname"],
        parts["search"][1:],
        parts["hash"][1:],
        parts["origin"],
    )


def resolve(base: str, reference: str) -> str | None:
    """`reference` as an absolute URL, or None where it is not a URL (https://url.spec.whatwg.org/#api)."""
    try:
        return ada_url.join_url(_scalar(base), _scalar(reference))
    except ValueError:
        return None


def parsed(text: str) -> URL:
    """As `URL(text)`, for the few URLs that a fetch looks at at every step: an object is made once."""
    return _parsed(text) if len(text) <= _SHORT else URL(text)


@lru_cache(maxsize=512)
def _parsed(text: str) -> URL:
    return URL(text)


@lru_cache(maxsize=512)
def is_loopback_host(host: str) -> bool:
    """Whether a URL's host means this machine: `localhost`, `*.localhost`, 127.0.0.0/8 or `[::1]`."""
    name = host.lower().removesuffix(".")
    if name == "localhost" or name.endswith(".localhost") or name == "[::1]":
        return True
    parts = name.split(".")
    return len(parts) == 4 and parts[0] == "127" and all(part.isdecimal() for part in parts)


def is_ip_address(host: str) -> bool:
    """Whether a URL's host is an IPv4 or IPv6 address and no name; the parser has put it into its usual form."""
    if host.startswith("["):
        return True
    parts = host.split(".")
    return len(parts) == 4 and all(part.isascii() and part.isdecimal() for part in parts)


def fix_up(text: str, cwd: str = ".") -> URL:
    """The URL meant by what a person typed: a URL, a host without a scheme, or a local file.

    An existing file wins over a host of the same name. Hosts are reached over https; this machine, and a port
    80 spelled out, over http. Raises `InvalidURLError`.
    """
    text = text.strip()
    if not text:
        raise InvalidURLError("an empty address")
    scheme = _SCHEME.match(text)
    if scheme is not None and len(scheme[1]) > 1:
        rest = text[scheme.end() :]
        if scheme[1].lower() == "about":
            return URL(text.lower())
        if rest.startswith("//") or scheme[1].lower() in _SCHEMES_WITHOUT_SLASHES:
            return URL(text)
    if _is_path(text, cwd):
        return URL.from_path(text, cwd)
    try:
        url = URL("https://" + text.removeprefix("//"))
    except InvalidURLError:
        raise InvalidURLError(f"neither a URL, a host name nor an existing file: {_shown(text)}") from None
    port = _PORT.search(text.removeprefix("//"))
    if is_loopback_host(url.host) or (port is not None and int(port[1]) == 80):
        return URL("http://" + text.removeprefix("//"))
    return url


def _is_path(text: str, cwd: str) -> bool:
    """Whether the text that a person typed means a local file rather than a host."""
    if "\0" in text:
        return False
    if text.startswith(("./", "../", "~")) or (text.startswith("/") and not text.startswith("//")):
        return True
    if text in (".", "..") or (os.name == "nt" and (text[1:2] == ":" or "\\" in text)):
        return True
    try:
        if os.path.isfile(os.path.join(cwd, text)):
            return True
    except (OSError, ValueError):
        return False
    if not text.lower().endswith(_FILE_SUFFIXES):
        return False
    first, slash, _ = text.partition("/")
    return not slash or ("." not in first and ":" not in first and first.lower() != "localhost")


def _scalar(text: str) -> str:
    """Lone surrogates become U+FFFD, as in the conversion to a scalar value string."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def _shown(text: str) -> str:
    """The text, short enough and without control characters, for a message."""
    text = "".join(c if c.isprintable() else "\ufffd" for c in text)
    return text if len(text) <= 200 else text[:199] + "…"
