"""Browser and BrowserContext: the lifetimes of sessions, fonts and pages. Names are Playwright's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, Unpack, final

from .errors import ClosedError, UsageError
from .page.budget import Budget
from .page.executor import RenderExecutor, RenderThread
from .page.options import ContextOptions, ContextSettings, check_names
from .page.page import Page, Viewport
from .text.font_context import FontContext
from .trace import NO_TRACE, Recorder

if TYPE_CHECKING:
    from .net import CookieFields, NetworkConfig, Session

DEFAULT_TIMEOUT: Final = 30_000.0
"""Milliseconds for a navigation or a picture, as in Playwright."""


@final
class BrowserContext:
    """A session of its own: cookies, connections and caches, shared by its pages."""

    def __init__(
        self,
        browser: Browser,
        config: NetworkConfig | None,
        settings: ContextSettings,
        viewport: Viewport,
        recorder: Recorder,
    ) -> None:
        self.browser: Final = browser
        self.settings: Final = settings
        self._config = config
        self._viewport = viewport
        self._recorder = recorder
        self._session: Session | None = None
        self._pages: list[Page] = []
        self._closed = False

    async def __aenter__(self) -> BrowserContext:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def session(self) -> Session:
        """The network session, made when first needed."""
        if self._closed:
            raise ClosedError("the context is closed")
        if self._session is None:
            from .net import NetworkConfig, Session  # noqa: PLC0415 - text given as such needs no network

            self._session = Session(self._config or NetworkConfig(), self._recorder)
        return self._session

    @property
    def pages(self) -> list[Page]:
        """The open pages."""
        return list(self._pages)

    async def new_page(self, *, recorder: Recorder | None = None) -> Page:
        """An empty page in this context's viewport."""
        if self._closed:
            raise ClosedError("the context is closed")
        page = Page(self, self._viewport, recorder or self._recorder)
        self._pages.append(page)
        return page

    def forget(self, page: Page) -> None:
        """A page has been closed."""
        if page in self._pages:
            self._pages.remove(page)

    async def cookies(self, urls: str | Sequence[str] = ()) -> list[CookieFields]:
        """The cookies, those of the URLs where some are given, in Playwright's words."""
        return self.session.cookie_fields([urls] if isinstance(urls, str) else urls)

    async def add_cookies(self, cookies: Sequence[Mapping[str, object]]) -> None:
        """Put cookies in: name and value, with `url` or with `domain` and `path`."""
        self.session.add_cookies(cookies)

    async def clear_cookies(self) -> None:
        """Forget all cookies."""
        self.session.cookies.clear()

    async def storage_state(self, path: str | None = None) -> dict[str, list[CookieFields]]:
        """Cookies as Playwright saves them; also written to `path` where one is given."""
        state: dict[str, list[CookieFields]] = {"cookies": self.session.cookie_fields(), "origins": []}
        if path is not None:
            self.session.save_storage_state(path)
        return state

    async def close(self) -> None:
        """Close all pages and connections. Closing twice is no error."""
        if self._closed:
            return
        for page in self.pages:
            await page.close()
        self._closed = True
        self.browser.forget(self)
        if self._session is not None:
            await self._session.close()


@final
class Browser:
    """The engine: fonts and defaults that all contexts share. Use it in `async with`.

    Args:
        network: everything about the network; a context may have another, and its own `user_agent`,
            `extra_http_headers` and `http_credentials` in front of it.
        timeout: milliseconds for a navigation or a picture, 0 for none.
        parser: "turbohtml" or "html5lib".
        recorder: listens to every step; nobody does by default.
        fonts: where fonts come from; "system" (the default) takes the machine's, with those installed with pip behind
            them, "bundled" these alone, so that every machine draws the same.
        executor: where style, layout and paint are worked out; by default a thread beside the event loop.
    """

    def __init__(
        self,
        *,
        network: NetworkConfig | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        parser: str = "turbohtml",
        recorder: Recorder | None = None,
        fonts: FontContext | str = "system",
        executor: RenderExecutor | None = None,
    ) -> None:
        self._network = network
        self._timeout = timeout
        self._parser = parser
        self._recorder = recorder or NO_TRACE
        if isinstance(fonts, str) and fonts not in ("system", "bundled"):
            raise UsageError(f"fonts must be 'system' or 'bundled', not {fonts!r}")
        self._font_choice = fonts if isinstance(fonts, str) else ""
        self._fonts = None if isinstance(fonts, str) else fonts
        self._contexts: list[BrowserContext] = []
        self.executor: Final[RenderExecutor] = executor or RenderThread()
        self._closed = False
        # A wrong default is told at once, not at the first page.
        ContextSettings(timeout=timeout, color_scheme="light", parser=parser)

    async def __aenter__(self) -> Browser:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def fonts(self) -> FontContext:
        """The fonts of the session, found when first needed."""
        if self._fonts is None:
            from .page.system_fonts import bundled_fonts, system_fonts  # noqa: PLC0415 - it may ask fontconfig

            is_bundled = self._font_choice == "bundled"
            self._fonts = FontContext(bundled_fonts() if is_bundled else system_fonts())
        return self._fonts

    @property
    def contexts(self) -> list[BrowserContext]:
        """The open contexts."""
        return list(self._contexts)

    async def new_context(self, **options: Unpack[ContextOptions]) -> BrowserContext:
        """A session of its own; see `ContextOptions`."""
        if self._closed:
            raise ClosedError("the browser is closed")
        check_names(options, ContextOptions.__annotations__, "new_context")
        timeout = options.get("timeout")
        settings = ContextSettings(
            timeout=self._timeout if timeout is None else timeout,
            color_scheme=options.get("color_scheme", "light"),
            parser=self._parser,
            budget=Budget(
                options.get("max_requests", 0), options.get("max_bytes", 0), options.get("budget", 0.0)
            ),
        )
        config = options.get("network") or self._network
        user_agent, extra = options.get("user_agent"), options.get("extra_http_headers")
        credentials = options.get("http_credentials")
        if user_agent is not None or extra or credentials:
            from dataclasses import replace  # noqa: PLC0415 - as above

            from .net import NetworkConfig  # noqa: PLC0415 - as above

            config = config or NetworkConfig()
            headers = {**config.extra_headers, **(extra or {})}
            config = replace(
                config,
                user_agent=user_agent or config.user_agent,
                extra_headers=headers,
                http_credentials=credentials or config.http_credentials,
            )
        width, height = options.get("viewport", (1280, 800))
        size = Viewport(width, height, options.get("device_scale_factor", 1.0))
        context = BrowserContext(self, config, settings, size, self._recorder)
        self._contexts.append(context)
        return context

    async def new_page(self, **options: Unpack[ContextOptions]) -> Page:
        """A page in a context of its own; `browser.close` closes both."""
        context = await self.new_context(**options)
        return await context.new_page()

    def forget(self, context: BrowserContext) -> None:
        """A context has been closed."""
        if context in self._contexts:
            self._contexts.remove(context)

    async def close(self) -> None:
        """Close every context. Closing twice is no error."""
        self._closed = True
        for context in self.contexts:
            await context.close()
        self.executor.close()
        if self._fonts is not None:
            self._fonts.source.close()
