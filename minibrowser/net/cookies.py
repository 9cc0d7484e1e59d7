"""Cookies in memory per RFC 6265bis (draft-ietf-httpbis-rfc6265bis). Pure: no clock of its own, no I/O.

`Set-Cookie` and a URL in; the `Cookie` header and the reasons why cookies stayed at home out. Times are seconds
since the epoch, handed in by the caller.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from typing import Final, final

from ..limits import (
    LAX_UNSAFE_SECONDS,
    MAX_COOKIE_AGE,
    MAX_COOKIE_ATTRIBUTE_BYTES,
    MAX_COOKIE_BYTES,
    MAX_COOKIES,
    MAX_COOKIES_PER_DOMAIN,
    MAX_PARTITION_COOKIE_BYTES,
)
from ..url import URL, is_ip_address, is_loopback_host
from .http_date import MONTHS

_CONTROL: Final = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
_DELIMITERS: Final = re.compile("[\x09\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+")
_TIME: Final = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\D.*)?\Z", re.ASCII | re.DOTALL)
_DAY: Final = re.compile(r"(\d{1,2})(?:\D.*)?\Z", re.ASCII | re.DOTALL)
_YEAR: Final = re.compile(r"(\d{2,4})(?:\D.*)?\Z", re.ASCII | re.DOTALL)
NEVER: Final = float("inf")
"""Expiry of a session cookie."""


@final
class Cookie:
    """A cookie as stored. `domain` has no leading dot; `expires` is `NEVER` for a session cookie. `partition` is the
    top-level site ("https://shop.example") of a partitioned cookie, "" for any other."""

    __slots__ = (
        "created", "domain", "expires", "host_only", "http_only", "last_access", "name", "partition", "path",
        "same_site", "secure", "value",
    )  # fmt: skip

    def __init__(self, name: str, value: str, domain: str, path: str, created: float) -> None:
        self.name = name
        self.value = value
        self.domain = domain
        self.path = path
        self.created = created
        self.last_access = created
        self.expires = NEVER
        self.host_only = True
        self.secure = False
        self.http_only = False
        self.same_site = "default"
        self.partition = ""

    @property
    def key(self) -> tuple[str, str, str, bool, str]:
        """What makes two cookies the same one."""
        return (self.name, self.domain, self.path, self.host_only, self.partition)

    def __repr__(self) -> str:
        return f"<Cookie {self.name}={self.value} {self.domain}{self.path}>"


@final
class CookieContext:
    """Where a request stands towards the cookies of its URL.

    Attributes:
        same_site: whether it is same-site (section 5.2).
        top_level_safe: a cross-site top-level navigation with a safe method, to which Lax cookies go along.
        top_level: the document at the top, whose site partitioned cookies belong to; None for the URL itself.
        top_level_unsafe: a cross-site top-level navigation with another method: a form that is posted.
    """

    __slots__ = ("same_site", "top_level", "top_level_safe", "top_level_unsafe")

    def __init__(
        self,
        same_site: bool = True,
        top_level_safe: bool = True,
        top_level: URL | None = None,
        *,
        top_level_unsafe: bool = False,
    ) -> None:
        self.same_site: Final = same_site
        self.top_level_safe: Final = top_level_safe
        self.top_level: Final = top_level
        self.top_level_unsafe: Final = top_level_unsafe


@final
class CookieJar:
    """The cookies of one session, bounded in number."""

    __slots__ = ("_cookies", "_is_public_suffix")

    def __init__(self, is_public_suffix: Callable[[str], bool]) -> None:
        self._cookies: dict[tuple[str, str, str, bool, str], Cookie] = {}
        self._is_public_suffix: Final = is_public_suffix

    def __len__(self) -> int:
        return len(self._cookies)

    def cookies(self) -> list[Cookie]:
        """All of them, in order of creation."""
        return sorted(self._cookies.values(), key=lambda cookie: cookie.created)

    def living(self, urls: Iterable[URL], now: float) -> list[Cookie]:
        """Those that have not expired, in order of creation; where URLs are given, those that reach one of them."""
        wanted = list(urls)
        return [
            cookie
            for cookie in self.cookies()
            if cookie.expires > now and (not wanted or any(_reaches(cookie, url) for url in wanted))
        ]

    def clear(self) -> None:
        """Forget all."""
        self._cookies.clear()

    def store(self, header: str, url: URL, now: float, context: CookieContext | None = None) -> str:
        """Take in one `Set-Cookie` header (section 5.7). Returns "" or why the cookie was rejected."""
        cookie, reason = parse_set_cookie(header, url, now, self._is_public_suffix)
        if cookie is None:
            return reason
        if context is not None and not context.same_site and not context.top_level_safe:
            # Top-level navigations store whatever they bring, POSTs too (section 5.7 step 18).
            if not context.top_level_unsafe and cookie.same_site in ("strict", "lax", "default"):
                return f"SameSite={cookie.same_site.title()} from a cross-site answer"
        if cookie.partition:  # a mark so far; the site is known here
            cookie.partition = self._partition(url, context)
        if not cookie.secure and url.scheme != "https" and self._shadows_secure(cookie):
            return "a secure cookie of the same name exists"
        old = self._cookies.pop(cookie.key, None)
        if old is not None:
            cookie.created = old.created
        if cookie.expires > now:
            self._cookies[cookie.key] = cookie
            self._evict(cookie, now)
        return ""

    def add(self, cookie: Cookie, now: float) -> None:
        """Put a finished cookie in, as a caller with a saved state does; one that has expired takes its like out."""
        cookie.expires = (
            cookie.expires if cookie.expires == NEVER else min(cookie.expires, now + MAX_COOKIE_AGE)
        )
        self._cookies.pop(cookie.key, None)
        if cookie.expires > now:
            self._cookies[cookie.key] = cookie
            self._evict(cookie, now)

    def _partition(self, url: URL, context: CookieContext | None) -> str:
        """The site of the top-level document, as a key. A frame of a site in another one in a page of the site itself
        has a partition of its own, as in Chromium (the "cross-site ancestor" of its keys)."""
        top = url if context is None or context.top_level is None else context.top_level
        site = site_of(top, self._is_public_suffix)
        if context is None or context.same_site or context.top_level_safe or context.top_level_unsafe:
            return site
        return f"{site} nested" if site == site_of(url, self._is_public_suffix) else site

    def reach(self, url: URL) -> bool:
        """Whether a cookie is there for the URL, sent or not: to know the site of a request costs more."""
        return any(_reaches(cookie, url) for cookie in self._cookies.values())

    def header_for(self, url: URL, now: float, context: CookieContext | None = None) -> tuple[str, list[str]]:
        """The `Cookie` header's value, "" for none, and why matching cookies were held back (section 5.8.3)."""
        chosen: list[Cookie] = []
        held: list[str] = []
        site = CookieContext() if context is None else context
        for cookie in self._cookies.values():
            if cookie.expires <= now or not _reaches(cookie, url):
                continue
            if cookie.partition and cookie.partition != self._partition(url, context):
                held.append(f"cookie {cookie.name} not sent: Partitioned, for {cookie.partition}")
                continue
            reason = _held_back(cookie, url, site, now)
            if reason:
                held.append(f"cookie {cookie.name} not sent: {reason}")
            else:
                chosen.append(cookie)
        chosen.sort(key=lambda cookie: (-len(cookie.path), cookie.created))
        for cookie in chosen:
            cookie.last_access = now
        return "; ".join(f"{c.name}={c.value}" if c.name else c.value for c in chosen), held

    def _shadows_secure(self, cookie: Cookie) -> bool:
        """Section 5.7 step 13: an insecure origin may not overlay a secure cookie."""
        return any(
            other.secure
            and other.name == cookie.name
            and (domain_matches(other.domain, cookie.domain) or domain_matches(cookie.domain, other.domain))
            and path_matches(cookie.path, other.path)
            for other in self._cookies.values()
        )

    def _evict(self, newcomer: Cookie, now: float) -> None:
        """Section 5.7, last step: expired ones first, then the least recently used, insecure before secure. A
        partition is counted by itself, so that what others embed cannot push out what a site has of its own."""
        same = [
            cookie
            for cookie in self._cookies.values()
            if cookie.domain == newcomer.domain and cookie.partition == newcomer.partition
        ]
        if len(same) > MAX_COOKIES_PER_DOMAIN:
            self._drop(same, len(same) - MAX_COOKIES_PER_DOMAIN, now)
        if newcomer.partition:
            left = [cookie for cookie in self._in_order(same, now) if cookie.key in self._cookies]
            excess = sum(_size(cookie) for cookie in left) - MAX_PARTITION_COOKIE_BYTES
            for cookie in left:
                if excess <= 0:
                    break
                del self._cookies[cookie.key]
                excess -= _size(cookie)
        if len(self._cookies) > MAX_COOKIES:
            self._drop(self._cookies.values(), len(self._cookies) - MAX_COOKIES, now)

    def _drop(self, cookies: Iterable[Cookie], count: int, now: float) -> None:
        for cookie in self._in_order(cookies, now)[:count]:
            del self._cookies[cookie.key]

    @staticmethod
    def _in_order(cookies: Iterable[Cookie], now: float) -> list[Cookie]:
        """Those that go first, first."""
        return sorted(cookies, key=lambda c: (c.expires > now, c.secure, c.last_access, c.created))


def parse_set_cookie(
    header: str, url: URL, now: float, is_public_suffix: Callable[[str], bool]
) -> tuple[Cookie | None, str]:
    """A `Set-Cookie` header as a cookie (sections 5.6 and 5.7), or None and why not."""
    if _CONTROL.search(header):  # section 5.6 step 1
        return None, "a control character"
    pair, *attributes = header.split(";")
    name, equals, value = pair.partition("=")
    if not equals:
        name, value = "", pair
    name, value = name.strip(" \t"), value.strip(" \t")
    if not name and not value:
        return None, "neither name nor value"
    if len(name) + len(value) > MAX_COOKIE_BYTES:
        return None, f"longer than {MAX_COOKIE_BYTES} bytes"
    host = url.host.lower()
    cookie = Cookie(name, value, host, default_path(url.path), now)
    domain = ""
    max_age: float | None = None
    path_given = ""
    for attribute in attributes:
        key, _, text = attribute.partition("=")
        key, text = key.strip(" \t").lower(), text.strip(" \t")
        if len(text) > MAX_COOKIE_ATTRIBUTE_BYTES:
            continue
        if key == "domain":
            domain = text.removeprefix(".").lower()
        elif key == "path":
            path_given = text
            cookie.path = text if text.startswith("/") else default_path(url.path)
        elif key == "expires":
            moment = parse_cookie_date(text)
            if moment is not None:
                cookie.expires = min(moment, now + MAX_COOKIE_AGE)
        elif key == "max-age" and re.fullmatch(r"-?[0-9]+", text):
            max_age = float(max(-1, min(int(text), int(MAX_COOKIE_AGE))))
        elif key == "secure":
            cookie.secure = True
        elif key == "httponly":
            cookie.http_only = True
        elif key == "partitioned":
            cookie.partition = "yes"
        elif key == "samesite":
            cookie.same_site = text.lower() if text.lower() in ("strict", "lax", "none") else "default"
    if max_age is not None:
        cookie.expires = now + max_age if max_age > 0 else 0.0
    reason = _set_domain(cookie, domain, host, is_public_suffix)
    return (None, reason) if reason else _check_prefixes(cookie, url, path_given)


def _set_domain(cookie: Cookie, domain: str, host: str, is_public_suffix: Callable[[str], bool]) -> str:
    """Section 5.7 steps 7 to 10. Returns "" or why the cookie is rejected."""
    if not domain:
        return ""
    if not domain.isascii():
        return "a Domain that is not ASCII"
    if domain == host:
        cookie.host_only = is_ip_address(host) or is_public_suffix(domain)
        return ""
    if not domain_matches(host, domain):
        return f"Domain={domain} does not cover {host}"
    if is_public_suffix(domain):
        return f"Domain={domain} is a public suffix"
    cookie.host_only = False
    cookie.domain = domain
    return ""


def _check_prefixes(cookie: Cookie, url: URL, path_given: str) -> tuple[Cookie | None, str]:
    """Section 5.7 steps 12 to 20: Secure, SameSite=None, `__Secure-` and `__Host-`."""
    trustworthy = url.scheme == "https" or is_loopback_host(url.host)
    if cookie.secure and not trustworthy:
        return None, "Secure from an insecure origin"
    if cookie.same_site == "none" and not cookie.secure:
        return None, "SameSite=None without Secure"
    if cookie.partition and not cookie.secure:
        return None, "Partitioned without Secure"
    prefix = cookie.name.lower() if cookie.name else cookie.value.lower()
    if not cookie.name and prefix.startswith(("__secure-", "__host-", "__http-")):
        return None, "a nameless cookie with a reserved prefix"
    if prefix.startswith("__secure-") and not cookie.secure:
        return None, "__Secure- without Secure"
    if prefix.startswith("__host-") and not (cookie.secure and cookie.host_only and path_given == "/"):
        return None, "__Host- needs Secure, Path=/ and no Domain"
    # https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html: as Chromium since 140
    if prefix.startswith(("__http-", "__host-http-")) and not (cookie.secure and cookie.http_only):
        return None, "__Http- and __Host-Http- need Secure and HttpOnly"
    return cookie, ""


def _size(cookie: Cookie) -> int:
    return len(cookie.name) + len(cookie.value)


def site_of(url: URL, is_public_suffix: Callable[[str], bool]) -> str:
    """Scheme and registrable domain (https://html.spec.whatwg.org/#obtain-a-site), the host where there is none."""
    host = url.host.lower()
    if is_ip_address(host) or is_loopback_host(host) or is_public_suffix(host):
        return f"{url.scheme}://{host}"
    labels = host.split(".")
    for start in range(len(labels) - 1, -1, -1):
        domain = ".".join(labels[start:])
        if not is_public_suffix(domain):
            return f"{url.scheme}://{domain}"
    return f"{url.scheme}://{host}"


def _reaches(cookie: Cookie, url: URL) -> bool:
    host = url.host.lower()
    if cookie.host_only:
        if cookie.domain != host:
            return False
    elif not domain_matches(host, cookie.domain):
        return False
    return path_matches(url.path, cookie.path)


def _held_back(cookie: Cookie, url: URL, context: CookieContext, now: float) -> str:
    if cookie.secure and url.scheme != "https" and not is_loopback_host(url.host):
        return "Secure"
    if context.same_site or cookie.same_site == "none":
        return ""
    if cookie.same_site == "strict":
        return "SameSite=Strict"
    if context.top_level_safe:
        return ""
    if (
        context.top_level_unsafe
        and cookie.same_site == "default"
        and now - cookie.created <= LAX_UNSAFE_SECONDS
    ):
        return ""  # "Lax-allowing-unsafe", section 5.6.7.2
    return "SameSite=Lax" if cookie.same_site == "lax" else "SameSite=Lax by default"


def domain_matches(host: str, domain: str) -> bool:
    """Section 5.1.3; both in lower case."""
    return host == domain or (host.endswith("." + domain) and not is_ip_address(host))


def default_path(path: str) -> str:
    """Section 5.1.4."""
    if not path.startswith("/") or path.count("/") == 1:
        return "/"
    return path[: path.rindex("/")]


def path_matches(path: str, cookie_path: str) -> bool:
    """Section 5.1.4."""
    return path == cookie_path or (
        path.startswith(cookie_path) and (cookie_path.endswith("/") or path[len(cookie_path)] == "/")
    )


def parse_cookie_date(text: str) -> float | None:
    """Section 5.1.1, in seconds since the epoch, or None."""
    clock: tuple[int, int, int] | None = None
    day = month = year = -1
    for token in _DELIMITERS.split(text):
        if clock is None and (found := _TIME.match(token)):
            clock = (int(found[1]), int(found[2]), int(found[3]))
        elif day < 0 and (found := _DAY.match(token)):
            day = int(found[1])
        elif month < 0 and token[:3].lower() in MONTHS:
            month = MONTHS.index(token[:3].lower()) + 1
        elif year < 0 and (found := _YEAR.match(token)):
            year = int(found[1])
    if 70 <= year <= 99:
        year += 1900
    elif 0 <= year <= 69:
        year += 2000
    if clock is None or month < 0 or not 1 <= day <= 31 or year < 1601:
        return None
    hour, minute, second = clock
    if hour > 23 or minute > 59 or second > 59 or day > calendar.monthrange(year, month)[1]:
        return None
    return float(calendar.timegm((year, month, day, hour, minute, second)))
