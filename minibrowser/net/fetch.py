"""The session: one door for everything that is fetched (https://fetch.spec.whatwg.org/#scheme-fetch).

HTTP machinery (h11, sockets, resolvers, cookies) is imported with the first http(s) URL, so that a local file
costs none of it.
"""

from __future__ import annotations

from collections.abc import Coroutine, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, final

from ..errors import BlockedError, ClosedError, InvalidURLError, UsageError
from ..trace import NO_TRACE, Recorder
from ..url import URL, parsed
from .config import CookieFields, NetworkConfig
from .data_url import parse_data_url
from .fetch_policy import before_hop, local_refusal
from .file_fetch import read_file
from .headers import Headers
from .mime_sniff import computed_mime_type
from .mime_type import parse_mime_type
from .request import Request
from .response import Response
from .running import RunningFetches
from .streaming import BodyObserver, BodyStream, Watch

if TYPE_CHECKING:
    from .cookies import CookieJar
    from .http_fetch import HTTPFetcher


@final
class Session:
    """Cookies, connections and the host cache of one browsing context. Close it when done; `async with` does."""

    def __init__(self, config: NetworkConfig | None = None, recorder: Recorder = NO_TRACE) -> None:
        self.config: Final = NetworkConfig() if config is None else config
        self.recorder = recorder
        self._http: HTTPFetcher | None = None
        self._running: Final = RunningFetches(self.config.timeouts.total)
        self._closed = False

    async def __aenter__(self) -> Session:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def cookies(self) -> CookieJar:
        """The jar."""
        return self._fetcher().cookies

    async def fetch(
        self, request: Request, recorder: Recorder | None = None, observer: BodyObserver | None = None
    ) -> Response:
        """Fetch a request. Raises `NetworkError`, `FileAccessError`, `InvalidURLError` and their kin; an HTTP
        status that says failure is an answer like any other. `observer` is told of the answer while it comes in."""
        return await self._fetch(request, recorder, observer)

    async def preconnect(
        self, url: str, recorder: Recorder | None = None, *, only_name: bool = False, initiator: str = ""
    ) -> None:
        """Have a connection open, or only a name looked up, for a host that the initiator's page will ask. Raises
        `NetworkError`."""
        target = URL(url)
        if target.is_http:
            log = self.recorder if recorder is None else recorder
            await self._fetcher().preconnect(target, log, only_name=only_name, initiator=initiator)

    def stream(self, request: Request, recorder: Recorder | None = None) -> BodyStream:
        """A response whose body is read as it comes, for `async with`. It is not kept in the cache."""

        def start(observer: BodyObserver) -> Coroutine[object, object, Response]:
            return self._fetch(request, recorder, observer, endless=True)

        return BodyStream(start, request.url, self.config.timeouts.total)

    async def _fetch(
        self,
        request: Request,
        recorder: Recorder | None,
        observer: BodyObserver | None,
        *,
        endless: bool = False,
    ) -> Response:
        if self._closed:
            raise ClosedError("the session is closed")
        log = self.recorder if recorder is None else recorder
        url = parsed(request.url)
        with log.span("fetch", url.shown() if log.enabled else "", request.destination) as span:
            if url.is_http:
                fetcher = self._fetcher()
                with self._running.run(request.url, endless=endless):
                    response = await fetcher.fetch(request, log, observer)
            else:
                response = self._fetch_local(request, url, log)
                if observer is not None:
                    response = Watch(observer, [response.url]).whole(response)
            span.count("bytes", len(response.body))
            span.detail("status", str(response.status))
            span.detail("type", response.mime_type)
            return response

    def cookie_fields(self, urls: Sequence[str] = ()) -> list[CookieFields]:
        """The cookies in Playwright's words, those of the URLs where some are given."""
        from .cookie_formats import to_fields  # noqa: PLC0415 - with cookies

        now = self.config.clock()
        return [to_fields(cookie) for cookie in self.cookies.living([URL(url) for url in urls], now)]

    def add_cookies(self, cookies: Sequence[Mapping[str, object]]) -> None:
        """Put cookies in, in Playwright's words. Raises `UsageError`; then none is put in."""
        from .cookie_formats import from_fields  # noqa: PLC0415 - with cookies

        now = self.config.clock()
        made = [from_fields(fields, now) for fields in cookies]
        for cookie in made:
            self.cookies.add(cookie, now)

    def save_storage_state(self, path: str) -> None:
        """Write the cookies as a Playwright storage state. Raises `UsageError`."""
        from .atomic_file import write_atomically  # noqa: PLC0415 - as above
        from .cookie_formats import format_storage_state  # noqa: PLC0415 - with cookies

        state = format_storage_state(self.cookies.living((), self.config.clock()))
        try:
            write_atomically(Path(path), state.encode())
        except OSError as error:
            raise UsageError(f"cannot write the storage state {path}: {error.strerror or error}") from error

    async def settle(self) -> None:
        """Wait for what goes on behind the fetches: revalidations, and writes to the cache folder."""
        if self._http is not None:
            await self._http.cache.settle()

    async def close(self) -> None:
        """Close all connections; fetches that run are cancelled. Closing twice is fine."""
        self._closed = True
        await self._running.close()
        if self._http is not None:
            fetcher, self._http = self._http, None
            await fetcher.close()

    def _fetch_local(self, request: Request, url: URL, recorder: Recorder) -> Response:
        """data:, file: and about:blank."""
        before_hop(request)
        refusal = local_refusal(request, url)
        if refusal is None and url.scheme == "file" and self.config.block_local_files:
            refusal = BlockedError(f"local files are out of bounds: {url}", url.href)
        if refusal is not None:
            raise refusal
        if url.scheme == "data":
            kind, body = parse_data_url(url.href)
            return _local_response(request, url, body, str(kind), "data")
        if url.scheme == "file":
            record = recorder.begin_exchange("GET", url.href)
            record.source = "file"
            record.destination = request.destination
            try:
                body, stated = read_file(url, self.config.max_body_bytes)
            except Exception as error:
                record.error = str(error)
                raise
            response = _local_response(request, url, body, stated, "file")
            record.status = response.status
            record.status_text = "OK"
            record.mime_type = response.mime_type
            record.decoded_size = len(body)
            record.body = body if recorder.keep_bodies else None
            return response
        if url.scheme == "about" and url.path == "blank":
            return _local_response(request, url, b"", "text/html;charset=utf-8", "about")
        raise InvalidURLError(f"the scheme {url.scheme}: is not supported: {url.shown()}")

    def _fetcher(self) -> HTTPFetcher:
        if self._closed:
            raise ClosedError("the session is closed")
        if self._http is None:
            from .http_fetch import HTTPFetcher  # noqa: PLC0415 - see the module's docstring

            self._http = HTTPFetcher(self.config)
        return self._http


def _local_response(request: Request, url: URL, body: bytes, stated: str, source: str) -> Response:
    kind = parse_mime_type(stated)
    return Response(
        url=url.href,
        url_list=(url.href,),
        status=200,
        status_text="OK",
        headers=Headers([("Content-Type", stated)] if stated else []),
        body=body,
        mime_type=computed_mime_type(body, stated, destination=request.destination),
        charset=kind.charset if kind is not None else None,
        source=source,
    )
