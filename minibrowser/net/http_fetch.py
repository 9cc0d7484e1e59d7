"""HTTP fetch: redirects, cookies, headers, HSTS, the cache; `http_network` carries each exchange
(https://fetch.spec.whatwg.org/#http-fetch). Request in, Response out.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Final, final

from ..errors import (
    ConnectionFailedError,
    ConnectionTimeoutError,
    CrossOriginError,
    EmptyResponseError,
    HTTPProtocolError,
    NavigationError,
    NetworkError,
    TLSProtocolError,
    TLSVersionError,
)
from ..limits import MAX_AUTH_ATTEMPTS, MAX_PREFLIGHTS
from ..trace import Exchange, Recorder
from ..url import URL, parsed
from .auth import Authenticator, HTTPCredentials
from .config import NetworkConfig
from .cookies import CookieJar
from .cors import (
    Permission,
    PreflightKey,
    covering,
    needs_preflight,
    preflight_headers,
    preflight_refusal,
)
from .fetch_policy import BAD_PORTS, before_hop
from .headers import Headers, is_nosniff
from .hsts import KnownHosts
from .http_cache import HTTPCache
from .http_network import Answer, HTTPNetwork
from .leg import Leg, build_headers, cookie_context
from .mime_sniff import computed_mime_type
from .mime_type import extract_mime_type
from .public_suffix import is_public_suffix, is_same_site
from .redirect import REDIRECT_STATUSES, redirect_location, redirected_request
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
        self.cookies: Final = CookieJar(is_public_suffix)
        self.hsts: Final = KnownHosts()
        self._hsts_loaded = False
        self._cookie_file: Final = _load_cookies(config, self.cookies)
        self.cache: Final = HTTPCache(config.cache_dir, config.clock, is_same_site)
        self._network: Final = HTTPNetwork(config)
        self._authenticator: Final = Authenticator(_credentials(config), lambda: secrets.token_hex(16))
        self._permissions: Final[dict[PreflightKey, Permission]] = {}
        self.pool: Final = self._network.pool
        self.resolver: Final = self._network.resolver

    async def fetch(
        self, request: Request, recorder: Recorder, observer: BodyObserver | None = None
    ) -> Response:
        """Fetch an http(s) URL, following redirects as the request says. The observer is told of the last answer."""
        chain = [request.url]
        hops = [request.url]  # as `chain`, but what upgrades a URL is no redirect
        watch = None if observer is None else Watch(observer, chain)
        first_origin = parsed(request.initiator or request.url).origin
        redirected = crossed = False
        if self._config.cache_dir is not None and not self._hsts_loaded:
            self._hsts_loaded = True
            self._note_hsts(self.hsts.load(self._config.cache_dir, self._config.clock()), recorder)
        while True:
            request = self._upgraded(request, chain, redirected, recorder)
            url = parsed(request.url)
            hops[-1] = request.url
            leg = Leg(request, url, first_origin, hops, crossed)
            crossed = crossed or leg.shared_with != ""
            try:
                if leg.shared_with and needs_preflight(request.method, request.headers):
                    await self._ask_first(leg, recorder)
                response = await self._authenticated(leg, recorder, watch)
            except (ConnectionFailedError, ConnectionTimeoutError, TLSProtocolError) as error:
                plain = self._without_tls(request, url, error)
                if plain is None:
                    raise
                recorder.event("redirect", plain.href, f"https first, but {error}")
                request = replace(request, url=plain.href, http_fallback=False)
                chain[-1] = plain.href
                first_origin = parsed(request.initiator or request.url).origin
                continue
            target = (
                redirect_location(url, response.headers) if response.status in REDIRECT_STATUSES else None
            )
            if target is None or request.redirect == "manual":
                leg.check(response.headers)
                if not response.streamed:
                    leg.check_body(response.body)
                if response.url_list != tuple(chain):
                    response = replace(response, url_list=tuple(chain))
                return response if watch is None else watch.whole(response)
            leg.check_sharing(response.headers)
            if request.redirect == "error":
                raise HTTPProtocolError(f"{url}: a redirect to {target}, which is not wanted here", url.href)
            shared = leg.shared_with != ""
            request = redirected_request(
                request, response.status, target, chain, answered=response.headers, shared=shared
            )
            recorder.event("redirect", target.href, f"{response.status} {response.status_text}".rstrip())
            chain.append(target.href)
            hops.append(target.href)
            redirected = True

    def _upgraded(self, request: Request, chain: list[str], redirected: bool, recorder: Recorder) -> Request:
        """The request after the document's policies and HSTS have had their say; what they change is one more URL of
        the chain. Raises `BlockedError` and its kin."""
        hop = before_hop(request, redirected=redirected)
        if hop.reason:
            recorder.event("redirect", hop.url, hop.reason)
            request = replace(request, url=hop.url)
            chain.append(hop.url)
        upgraded = self.hsts.upgraded(parsed(request.url), self._config.clock())
        if upgraded is not None:
            url, reason = upgraded
            recorder.event("redirect", url.href, reason)
            request = replace(request, url=url.href)
            chain.append(url.href)
        return request

    async def _ask_first(self, leg: Leg, recorder: Recorder) -> None:
        """The CORS preflight (https://fetch.spec.whatwg.org/#cors-preflight-fetch). Raises `CrossOriginError`."""
        request, now = leg.request, self._config.clock()
        with_credentials = request.effective_credentials == "include"
        key = (leg.shared_with, leg.url.without_fragment().href, with_credentials)
        if covering(self._permissions, key, request.method, request.headers, now):
            return
        question = replace(
            request, method="OPTIONS", headers=preflight_headers(request.method, request.headers),
            body=None, upload=None, credentials="omit", redirect="manual", cache="no-store",
        )  # fmt: skip
        asking = Leg(question, leg.url, leg.first_origin, [leg.url.href], crossed=True)
        with recorder.span("preflight", leg.url.host_port, f"{request.method} from {leg.shared_with}"):
            response = await self._exchange(asking, recorder, None)
            refusal = preflight_refusal(leg.shared_with, with_credentials, response.status, response.headers)
            permission = Permission(response.headers, with_credentials, self._config.clock())
            refusal = refusal or permission.refusal(request.method, request.headers)
            if refusal:
                raise CrossOriginError(f"{leg.url.without_credentials()}: {refusal}", leg.url.href)
        self._permissions[key] = permission
        while len(self._permissions) > MAX_PREFLIGHTS:
            del self._permissions[next(iter(self._permissions))]

    async def _authenticated(self, leg: Leg, recorder: Recorder, watch: Watch | None) -> Response:
        """An exchange, and another one with credentials where the server asks for them
        (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch step 14)."""
        request, url = leg.request, leg.url
        body = request.body or b""
        mine = leg.sends_credentials and "Authorization" not in request.headers
        sent = self._authenticator.ahead(request.method, url, body) if mine else ""
        response = await self._exchange(leg, recorder, watch, sent)
        for _ in range(MAX_AUTH_ATTEMPTS):
            if response.status != 401 or not mine or leg.shared_with:
                break
            challenges = response.headers.get_all("www-authenticate")
            sent, words = self._authenticator.answer(request.method, url, challenges, body, sent=sent)
            recorder.event("auth", url.host_port, words)
            if not sent:
                break
            response = await self._exchange(leg, recorder, watch, sent)
        if sent.startswith("Digest "):
            self._authenticator.note(url, response.headers.get_all("authentication-info"))
        return response

    def _without_tls(self, request: Request, url: URL, error: NetworkError) -> URL | None:
        """The http URL to be tried where https was only our guess and nothing speaks it there; a certificate that is
        wrong is an answer, and so is HSTS."""
        if not request.http_fallback or url.scheme != "https" or request.url != url.href:
            return None
        if isinstance(error, EmptyResponseError | TLSVersionError):
            return None
        plain = URL("http" + url.href[len("https") :])
        return None if self.hsts.upgraded(plain, self._config.clock()) is not None else plain

    async def preconnect(
        self, url: URL, recorder: Recorder, *, only_name: bool = False, initiator: str = ""
    ) -> None:
        """Have a connection, or only an address, ready for what will be asked of a host."""
        upgraded = self.hsts.upgraded(url, self._config.clock())
        target = url if upgraded is None else upgraded[0]
        if target.effective_port in BAD_PORTS:
            return
        await self._network.preconnect(target, recorder, only_name=only_name, initiator=initiator)

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
        self, leg: Leg, recorder: Recorder, watch: Watch | None, authorization: str = ""
    ) -> Response:
        """One request and its answer, noted for HAR, whatever comes of it."""
        request, url = leg.request, leg.url
        record = recorder.begin_exchange(request.method, url.without_fragment().href)
        record.destination = request.destination
        try:
            headers = self._headers(leg, authorization, recorder)
            if "Range" in headers:
                headers.set("Accept-Encoding", "identity")  # a part of a coded body cannot be decoded

            # What renews a stale response behind the fetch (another record) is not what was asked for.
            def observed(sent: Exchange, status: int) -> Watch | None:
                return watch if sent is record and _is_final(status) else None

            async def send(headers: Headers, record: Exchange) -> Response:
                def on_head(answer: Answer) -> BodyObserver | None:
                    if answer.head.status == 103:
                        if watch is not None and observed(record, 200) is watch:
                            watch.observer.early_hints(url.href, answer.head.headers)
                        return None
                    self.cache.note_head(request, answer.head.status, answer.head.headers)
                    self._store_cookies(leg, answer.head.headers, recorder)
                    if answer.tls is not None and answer.tls.verified:
                        values = answer.head.headers.get_all("strict-transport-security")
                        self._note_hsts(self.hsts.note(values, url, self._config.clock()), recorder)
                    told = observed(record, answer.head.status)
                    if told is None:
                        return None
                    leg.check(answer.head.headers)
                    return told.begin(_response(request, url, answer, record))

                answer = await self._network.exchange(request, url, headers, record, recorder, on_head)
                told = observed(record, answer.head.status)
                streamed = told is not None and told.observer.takes_body
                return _response(request, url, answer, record, streamed=streamed)

            if recorder.enabled:
                record.request_headers = headers.items()
            mode = request.cache or self._config.cache
            streamed = watch is not None and watch.observer.takes_body
            return await self.cache.fetch(
                request, headers, record, recorder, send, mode=mode, streamed=streamed
            )
        except NavigationError as error:
            record.error = str(error)
            if not error.url:
                error.url = url.href
            raise
        except asyncio.CancelledError:
            record.error = "cancelled"
            raise

    def _headers(self, leg: Leg, authorization: str, recorder: Recorder) -> Headers:
        cookie, url = "", leg.url
        if self.cookies.reach(url) and leg.sends_credentials:
            context = cookie_context(leg.request, url)
            cookie, held = self.cookies.header_for(url, self._config.clock(), context)
            for reason in held:
                recorder.event("cookie", url.host, reason)
        return build_headers(leg, self._config, cookie, authorization)

    def _store_cookies(self, leg: Leg, headers: Headers, recorder: Recorder) -> None:
        values = headers.get_all("set-cookie")
        if not values or not leg.sends_credentials:
            return
        url = leg.url
        context = cookie_context(leg.request, url)
        for value in values:
            reason = self.cookies.store(value, url, self._config.clock(), context)
            if reason:
                name = value.partition("=")[0][:60]
                recorder.event("cookie", url.host, f"cookie {name} not stored: {reason}")

    @staticmethod
    def _note_hsts(words: str, recorder: Recorder) -> None:
        if words:
            recorder.event("hsts", words)


def _response(
    request: Request, url: URL, answer: Answer, record: Exchange, *, streamed: bool = False
) -> Response:
    head, body = answer.head, answer.body
    stated = head.headers.get_all("content-type")
    kind = extract_mime_type(stated)
    mime_type = computed_mime_type(
        body,
        stated[-1] if stated else "",
        nosniff=is_nosniff(head.headers),
        destination=request.destination,
    )
    record.mime_type = mime_type
    return Response(
        url=url.href,
        url_list=(url.href,),
        status=head.status,
        status_text=head.status_text,
        headers=head.headers,
        body=body,
        mime_type=mime_type,
        charset=kind.charset if kind is not None else None,
        timing=record.timing,
        remote_address=answer.remote_address,
        http_version=head.http_version,
        tls=answer.tls,
        encoded_size=record.body_size,
        streamed=streamed,
    )


def _is_final(status: int) -> bool:
    """Whether an answer is handed on while it comes. Others may be followed, confirm a stored response, be asked
    again with a password, or give way to a stale response; they are handed on whole, where they are the end."""
    return status < 500 and status not in REDIRECT_STATUSES and status not in (304, 401, 407)


def _credentials(config: NetworkConfig) -> tuple[HTTPCredentials, ...]:
    given = config.http_credentials
    if given is None:
        return ()
    return (given if isinstance(given, HTTPCredentials) else HTTPCredentials.from_fields(given),)


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
