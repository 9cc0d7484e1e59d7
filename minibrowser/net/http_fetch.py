"""HTTP fetch: redirects, cookies, headers, HSTS, the cache; `http_network` carries each exchange
(https://fetch.spec.whatwg.org/#http-fetch). Request in, Response out.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final, final
from urllib.parse import unquote_to_bytes

from ..errors import (
    ConnectionFailedError,
    ConnectionTimeoutError,
    EmptyResponseError,
    HTTPProtocolError,
    NavigationError,
    NetworkError,
    TLSProtocolError,
    TLSVersionError,
)
from ..trace import Exchange, Recorder
from ..url import URL, is_loopback_host
from .config import NetworkConfig
from .cookies import CookieContext, CookieJar
from .headers import Headers, accept, accept_encoding
from .hsts import KnownHosts
from .http_cache import HTTPCache
from .http_network import Answer, HTTPNetwork
from .mime_sniff import computed_mime_type
from .mime_type import extract_mime_type
from .redirect import REDIRECT_STATUSES, redirect_location, redirected_request
from .referrer import origin_header, referrer_header
from .request import Request
from .response import Response
from .streaming import BodyObserver, Watch

if TYPE_CHECKING:
    from .cookie_store import CookieFile


@final
class HTTPFetcher:
    """The network half of a session."""

    def __init__(self, config: NetworkConfig) -> None:
        self._config: Final = config
        self.cookies: Final = CookieJar(_is_public_suffix)
        self.hsts: Final = KnownHosts()
        self._hsts_loaded = False
        self._cookie_file: Final = _load_cookies(config, self.cookies)
        self.cache: Final = HTTPCache(config.cache_dir, config.clock, _same_site)
        self._network: Final = HTTPNetwork(config)
        self.pool: Final = self._network.pool
        self.resolver: Final = self._network.resolver

    async def fetch(
        self, request: Request, recorder: Recorder, observer: BodyObserver | None = None
    ) -> Response:
        """Fetch an http(s) URL, following redirects as the request says. The observer is told of the last answer."""
        chain = [request.url]
        watch = None if observer is None else Watch(observer, chain)
        first_origin = URL(request.initiator or request.url).origin
        if self._config.cache_dir is not None and not self._hsts_loaded:
            self._hsts_loaded = True
            self._note_hsts(self.hsts.load(self._config.cache_dir, self._config.clock()), recorder)
        while True:
            url = URL(request.url)
            upgraded = self.hsts.upgraded(url, self._config.clock())
            if upgraded is not None:
                url, reason = upgraded
                recorder.event("redirect", url.href, reason)
                request = replace(request, url=url.href)
                chain.append(url.href)
            try:
                response = await self._exchange(request, url, first_origin, recorder, watch)
            except (ConnectionFailedError, ConnectionTimeoutError, TLSProtocolError) as error:
                plain = self._without_tls(request, url, error)
                if plain is None:
                    raise
                recorder.event("redirect", plain.href, f"https first, but {error}")
                request = replace(request, url=plain.href, http_fallback=False)
                chain[-1] = plain.href
                first_origin = URL(request.initiator or request.url).origin
                continue
            target = (
                redirect_location(url, response.headers) if response.status in REDIRECT_STATUSES else None
            )
            if target is None or request.redirect == "manual":
                response = replace(response, url_list=tuple(chain))
                return response if watch is None else watch.whole(response)
            if request.redirect == "error":
                raise HTTPProtocolError(f"{url}: a redirect to {target}, which is not wanted here", url.href)
            request = redirected_request(request, response.status, target, chain)
            recorder.event("redirect", target.href, f"{response.status} {response.status_text}".rstrip())
            chain.append(target.href)

    def _without_tls(self, request: Request, url: URL, error: NetworkError) -> URL | None:
        """The http URL to be tried where https was only our guess and nothing speaks it there; a certificate that is
        wrong is an answer, and so is HSTS."""
        if not request.http_fallback or url.scheme != "https" or request.url != url.href:
            return None
        if isinstance(error, EmptyResponseError | TLSVersionError):
            return None
        plain = URL("http" + url.href[len("https") :])
        return None if self.hsts.upgraded(plain, self._config.clock()) is not None else plain

    async def close(self) -> None:
        """Close connections, lookups and what the caller's resolver holds."""
        await self.cache.close()
        await self._network.close()
        if self._config.cache_dir is not None:
            # What cannot be saved is a loss of speed and safety for the next run, not a failure of this one.
            with contextlib.suppress(OSError):
                self.hsts.save(self._config.cache_dir, self._config.clock())
        if self._cookie_file is not None:
            self._cookie_file.save(self.cookies)

    async def _exchange(
        self, request: Request, url: URL, first_origin: str, recorder: Recorder, watch: Watch | None
    ) -> Response:
        """One request and its answer, noted for HAR, whatever comes of it."""
        record = recorder.begin_exchange(request.method, url.without_fragment().href)
        record.destination = request.destination
        try:
            headers = self._headers(request, url, first_origin, recorder)
            if "Range" in headers:
                headers.set("Accept-Encoding", "identity")  # a part of a coded body cannot be decoded

            # What renews a stale response behind the fetch (another record) is not what was asked for.
            def observed(sent: Exchange, status: int) -> Watch | None:
                return watch if sent is record and _is_final(status) else None

            async def send(headers: Headers, record: Exchange) -> Response:
                def on_head(answer: Answer) -> BodyObserver | None:
                    self._store_cookies(request, url, answer.head.headers, recorder)
                    if answer.tls is not None and answer.tls.verified:
                        values = answer.head.headers.get_all("strict-transport-security")
                        self._note_hsts(self.hsts.note(values, url, self._config.clock()), recorder)
                    told = observed(record, answer.head.status)
                    return None if told is None else told.begin(_response(request, url, answer, record))

                answer = await self._network.exchange(request, url, headers, record, recorder, on_head)
                told = observed(record, answer.head.status)
                response = _response(request, url, answer, record)
                return replace(response, streamed=told is not None and told.observer.takes_body)

            record.request_headers = headers.items()
            mode = request.cache or self._config.cache
            return await self.cache.fetch(replace(request, cache=mode), headers, record, recorder, send)
        except NavigationError as error:
            record.error = str(error)
            if not error.url:
                error.url = url.href
            raise
        except asyncio.CancelledError:
            record.error = "cancelled"
            raise

    def _headers(self, request: Request, url: URL, first_origin: str, recorder: Recorder) -> Headers:
        cookie = ""
        if self.cookies.reach(url) and _sends_credentials(request, url):
            cookie, held = self.cookies.header_for(url, self._config.clock(), _cookie_context(request, url))
            for reason in held:
                recorder.event("cookie", url.host, reason)
        return build_headers(request, url, self._config, cookie, first_origin)

    def _store_cookies(self, request: Request, url: URL, headers: Headers, recorder: Recorder) -> None:
        values = headers.get_all("set-cookie")
        if not values or not _sends_credentials(request, url):
            return
        context = _cookie_context(request, url)
        for value in values:
            reason = self.cookies.store(value, url, self._config.clock(), context)
            if reason:
                name = value.partition("=")[0][:60]
                recorder.event("cookie", url.host, f"cookie {name} not stored: {reason}")

    @staticmethod
    def _note_hsts(words: str, recorder: Recorder) -> None:
        if words:
            recorder.event("hsts", words)


def build_headers(
    request: Request, url: URL, config: NetworkConfig, cookie: str, first_origin: str
) -> Headers:
    """The headers as they go out, in the order of browsers. Pure.

    The request's own headers and then the session's extra ones take the place of ours; credentials among the
    extra ones go only to `first_origin`, where the fetch started.
    """
    headers = Headers([("Host", url.host_port), ("Connection", "keep-alive")])
    if request.body is not None or request.method in ("POST", "PUT", "PATCH"):
        headers.add("Content-Length", str(len(request.body or b"")))
    if request.is_navigation:
        headers.add("Upgrade-Insecure-Requests", "1")
    headers.add("User-Agent", config.user_agent)
    headers.add("Accept", accept(request.destination))
    origin = origin_header(request.method, request.effective_mode, request.initiator, url)
    if origin:
        headers.add("Origin", origin)
    referrer = referrer_header(request.referrer, url)
    if referrer:
        headers.add("Referer", referrer)
    headers.add("Accept-Encoding", accept_encoding(url))
    if config.accept_language:
        headers.add("Accept-Language", config.accept_language)
    if cookie:
        headers.add("Cookie", cookie)
    if (url.username or url.password) and request.effective_credentials != "omit":
        pair = unquote_to_bytes(url.username) + b":" + unquote_to_bytes(url.password)
        headers.add("Authorization", "Basic " + base64.b64encode(pair).decode("ascii"))
    own: set[str] = set()
    for name, value in request.headers.items():
        if name.lower() in own:
            headers.add(name, value)
        else:
            headers.set(name, value)
            own.add(name.lower())
    for name, value in config.extra_headers.items():
        if name.lower() in ("authorization", "cookie", "proxy-authorization") and url.origin != first_origin:
            continue
        headers.set(name, value)
    return headers


def _response(request: Request, url: URL, answer: Answer, record: Exchange) -> Response:
    head, body = answer.head, answer.body
    stated = head.headers.get_all("content-type")
    kind = extract_mime_type(stated)
    response = Response(
        url=url.href,
        url_list=(url.href,),
        status=head.status,
        status_text=head.status_text,
        headers=head.headers,
        body=body,
        charset=kind.charset if kind is not None else None,
        timing=record.timing,
        remote_address=answer.remote_address,
        http_version=head.http_version,
        tls=answer.tls,
        encoded_size=record.body_size,
    )
    mime_type = computed_mime_type(
        body, stated[-1] if stated else "", nosniff=response.nosniff, destination=request.destination
    )
    record.mime_type = mime_type
    return replace(response, mime_type=mime_type)


def _is_final(status: int) -> bool:
    """Whether an answer is handed on while it comes. Others may be followed, confirm a stored response, be asked
    again with a password, or give way to a stale response; they are handed on whole, where they are the end."""
    return status < 500 and status not in REDIRECT_STATUSES and status not in (304, 401, 407)


def _sends_credentials(request: Request, url: URL) -> bool:
    mode = request.effective_credentials
    if mode == "same-origin" and request.initiator:
        return URL(request.initiator).origin == url.origin
    return mode != "omit"


def _cookie_context(request: Request, url: URL) -> CookieContext:
    """Same-site or not (RFC 6265bis section 5.2). What a person asks for is same-site with everything.

    TODO: a redirect chain through another site makes a request cross-site.
    """
    if not request.initiator:
        return CookieContext()
    source = URL(request.initiator)
    top = url if request.destination == "document" else URL(request.top_level or request.initiator)
    same_site = source.scheme == url.scheme and (source.host == url.host or _site(source) == _site(url))
    safe = request.destination == "document" and request.method in ("GET", "HEAD", "OPTIONS", "TRACE")
    return CookieContext(same_site, safe, top)


def _site(url: URL) -> str:
    if is_loopback_host(url.host):
        return url.host
    from .public_suffix import registrable_domain  # noqa: PLC0415 - the list takes 10 ms to load

    return registrable_domain(url.host) or url.host


def _same_site(one: str, other: str) -> bool:
    """Whether two hosts are of one site; schemes ("data:") and loopback hosts are sites of their own."""
    if ":" in one + other or is_loopback_host(one) or is_loopback_host(other):
        return one == other
    from .public_suffix import registrable_domain  # noqa: PLC0415 - the list takes 10 ms to load

    return one == other or "" != registrable_domain(one) == registrable_domain(other)


def _is_public_suffix(domain: str) -> bool:
    from .public_suffix import is_public_suffix  # noqa: PLC0415 - the list takes 10 ms to load

    return is_public_suffix(domain)


def _load_cookies(config: NetworkConfig, jar: CookieJar) -> CookieFile | None:
    """Fill the jar from the files that the caller names; returns the one to write."""
    if config.cookie_jar is None and config.storage_state is None:
        return None
    from .cookie_store import CookieFile, read_storage_state  # noqa: PLC0415 - for those who save cookies

    file = None
    if config.cookie_jar is not None:
        file = CookieFile(config.cookie_jar)
        file.load(jar, config.clock())
    if config.storage_state is not None:
        for cookie in read_storage_state(config.storage_state, config.clock()):
            jar.add(cookie, config.clock())
    return file
