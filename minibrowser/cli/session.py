"""What the commands that load a page have in common: their options, and the page that these ask for."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Unpack, final

from ..errors import MinibrowserError, NavigationError, TimeoutExceeded, UsageError
from ..trace import NO_TRACE, Recorder
from . import forms, output, values
from .progress import Progress

if TYPE_CHECKING:
    from ..browser import Browser
    from ..net import NetworkConfig, Response
    from ..page.options import ContextOptions
    from ..page.page import Page


def add_page_options(parser: ArgumentParser) -> None:
    """The options that say how a page is loaded."""
    parser.add_argument(
        "target", metavar="TARGET", help="a URL, a host, a file, or - for HTML on standard input"
    )
    add_view_options(parser)
    group = parser.add_argument_group("loading")
    add = group.add_argument
    add(
        "--timeout",
        type=values.milliseconds,
        metavar="TIME",
        help="for the whole: 5s, 500ms, 0 for none (default: 30s)",
    )
    add(
        "--budget",
        type=values.milliseconds,
        default=0.0,
        metavar="TIME",
        help="for what the document needs: after that the page shows what it has (default: no limit)",
    )
    add("--max-requests", type=values.count, default=0, metavar="N", help="that a page may make")
    add("--max-bytes", type=values.count, default=0, metavar="N", help="that a page may fetch, decoded")
    add("--no-js", action="store_true", help="without scripts (no script engine is built in yet: always so)")
    add(
        "--parser",
        choices=["turbohtml", "html5lib"],
        default="turbohtml",
        help="the HTML parser (default: turbohtml)",
    )
    add("--base-url", metavar="URL", default="about:blank", help="the address of HTML on standard input")
    group = parser.add_argument_group("network")
    add = group.add_argument
    add("--user-agent", metavar="TEXT", help="the User-Agent header")
    add(
        "--header",
        type=values.header,
        action="append",
        default=[],
        metavar="'NAME: VALUE'",
        help="a request header; may be repeated",
    )
    add("--accept-language", metavar="TEXT", help="the Accept-Language header: de, en;q=0.5")
    add(
        "--user",
        type=values.credentials,
        metavar="NAME:PASSWORD",
        help="for the target's server, where it asks (Basic, Digest)",
    )
    add(
        "--data",
        action="append",
        default=[],
        metavar="TEXT",
        help="POST a form: a=1&b=2, or @FILE; may be repeated",
    )
    add(
        "--form",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="POST a form as multipart/form-data: a=1, a=@FILE;type=image/png; may be repeated",
    )
    add(
        "--untrusted",
        action="store_true",
        help="for pages of strangers: no connections to this machine or to private networks, no local files",
    )
    add("--ca", metavar="FILE", help="a PEM file of authorities to trust as well")
    add("--insecure", action="store_true", help="do not check certificates; says so on standard error")
    add("--cert", metavar="FILE[:PASSWORD]", help="a PEM certificate of yours, for servers that ask for one")
    add("--key", metavar="FILE", help="its private key, where that is in a file of its own")
    add("--http1.1", dest="http1", action="store_true", help="do not offer HTTP/2")
    add("--cache-dir", metavar="DIR", help="keep responses there for the next run")
    add(
        "--proxy",
        metavar="URL",
        help="http://, https://, socks5:// or socks5h://; '' for none (default: as curl)",
    )
    add("--cookie-jar", metavar="FILE", help="cookies from and to there: .txt, .json or SQLite")
    add("--storage-state", metavar="FILE", help="cookies from a Playwright storage state")
    add("--no-cache", action="store_true", help="ask the network for everything, keep nothing")
    _add_name_options(parser)


def _add_name_options(parser: ArgumentParser) -> None:
    """The options that say how host names become addresses."""
    add = parser.add_argument_group("names").add_argument
    add(
        "--dns",
        choices=["auto", "system", "servers", "iterative"],
        default="auto",
        help="who answers: the system, its servers asked by us, or a walk from the root (default: auto)",
    )
    add("--dns-server", action="append", default=[], metavar="ADDRESS", help="a server to ask instead")
    add("--doh", default="", metavar="URL", help="DNS over HTTPS at this address")
    add("--hosts", default="", metavar="FILE", help="a hosts file that comes before the machine's")
    add(
        "--resolve",
        action="append",
        default=[],
        metavar="HOST:PORT:ADDRESS",
        help="an address to be used, as with curl",
    )


def add_view_options(parser: ArgumentParser) -> None:
    """The options of the window, and what is written beside the result."""
    group = parser.add_argument_group("window")
    add = group.add_argument
    add("--width", type=values.pixels, default=1280, metavar="PX", help="of the viewport (default: 1280)")
    add("--height", type=values.pixels, default=800, metavar="PX", help="of the viewport (default: 800)")
    add(
        "--scale",
        type=values.scale,
        default=1.0,
        metavar="N",
        help="device pixels for one CSS px (default: 1)",
    )
    add(
        "--color-scheme", choices=["light", "dark"], default="light", help="what prefers-color-scheme answers"
    )
    add(
        "--fonts",
        choices=["system", "bundled"],
        default="system",
        help="bundled: only those that come along, so that every machine draws the same",
    )
    add = parser.add_argument
    add("--quiet", action="store_true", help="no progress on standard error")


@final
class Journey:
    """A page on show, and how it came there. `response` is None for HTML from standard input; `error` is why the page
    is one that tells of an error, else None."""

    def __init__(self, page: Page, response: Response | None, error: MinibrowserError | None = None) -> None:
        self.page = page
        self.response = response
        self.error = error


def listening_recorder(progress: Progress, needed: bool) -> Recorder:
    """A recorder where somebody wants to know, else the one that forgets."""
    if not needed and not progress.shown:
        return NO_TRACE
    return Recorder(listener=progress.step if progress.shown else None)


@asynccontextmanager
async def journey(
    options: Namespace, recorder: Recorder, *, error_page: bool = False
) -> AsyncIterator[Journey]:
    """Load the target. Raises NavigationError and its kin, TimeoutExceeded, UsageError; with `error_page`, the first
    two are shown as a page."""
    async with make_browser(options, recorder, network_config(options)) as browser:
        page = await new_page(
            browser,
            options,
            max_requests=options.max_requests,
            max_bytes=options.max_bytes,
            budget=options.budget,
        )
        if options.target == "-":
            forms.form_request(options)  # which says that there is nowhere to send one
            await page.set_document_bytes(sys.stdin.buffer.read(), base_url=options.base_url)
            yield Journey(page, None)
        else:
            yield await _visit(page, options, error_page=error_page)


async def _visit(page: Page, options: Namespace, *, error_page: bool) -> Journey:
    request = forms.form_request(options)
    try:
        response = await page.goto(options.target) if request is None else await page.submit(request)
    except (NavigationError, TimeoutExceeded) as error:
        if not error_page:
            raise
        from ..page.error_page import error_page as markup  # noqa: PLC0415 - only where something failed
        from ..url import fix_up  # noqa: PLC0415 - as above

        url = fix_up(options.target, os.getcwd()).href
        await page.set_content(markup(error, url), base_url=url)
        return Journey(page, None, error)
    return Journey(page, response)


def make_browser(options: Namespace, recorder: Recorder, network: NetworkConfig | None) -> Browser:
    """The browser that the options ask for."""
    from ..browser import DEFAULT_TIMEOUT, Browser  # noqa: PLC0415 - the engine, when it is needed

    timeout = DEFAULT_TIMEOUT if options.timeout is None else options.timeout
    return Browser(
        network=network, timeout=timeout, parser=options.parser, recorder=recorder, fonts=options.fonts
    )


async def new_page(browser: Browser, options: Namespace, **more: Unpack[ContextOptions]) -> Page:
    """A page in the window that the options ask for, with more options."""
    more["viewport"] = (options.width, options.height)
    more["device_scale_factor"] = options.scale
    more["color_scheme"] = options.color_scheme
    return await browser.new_page(**more)


def network_config(options: Namespace) -> NetworkConfig | None:
    """Settings of the network, None where nothing is asked for."""
    way = (options.user_agent, options.header, options.ca, options.insecure, options.proxy is not None,
           options.accept_language is not None, options.user, options.untrusted)  # fmt: skip
    tls = (options.cert, options.key, options.http1)
    kept = (options.cache_dir, options.no_cache, options.cookie_jar, options.storage_state)
    names = (options.dns != "auto", options.dns_server, options.doh, options.hosts, options.resolve)
    if not any((*way, *tls, *kept, *names)):
        return None
    if options.ca and not os.access(options.ca, os.R_OK):
        raise UsageError(f"--ca: cannot read {options.ca}")
    if options.key and not options.cert:
        raise UsageError("--key: a certificate belongs to it: --cert FILE")
    if options.insecure:
        print(
            "minibrowser: warning: --insecure: certificates are not checked, anybody may be in between",
            file=sys.stderr,
        )
    from ..net import NetworkConfig  # noqa: PLC0415 - a local file needs no network
    from ..net.headers import DEFAULT_ACCEPT_LANGUAGE, DEFAULT_USER_AGENT  # noqa: PLC0415 - as above

    language = options.accept_language

    cert, password = values.certificate(options.cert) if options.cert else (None, "")
    return NetworkConfig(
        user_agent=options.user_agent or DEFAULT_USER_AGENT,
        accept_language=DEFAULT_ACCEPT_LANGUAGE if language is None else language,
        extra_headers=dict(options.header),
        http_credentials=forms.credentials(options),
        block_private_networks=options.untrusted,
        block_local_files=options.untrusted,
        ca_files=(options.ca,) if options.ca else (),
        insecure=options.insecure,
        client_cert=cert,
        client_key=options.key,
        client_key_password=password,
        http2=not options.http1,
        cache="no-store" if options.no_cache else "default",
        cache_dir=options.cache_dir,
        proxy=options.proxy,
        cookie_jar=options.cookie_jar,
        storage_state=options.storage_state,
        dns=options.dns,
        nameservers=tuple(options.dns_server),
        doh=options.doh,
        hosts_file=options.hosts,
        resolve=tuple(options.resolve),
    )


def write_traces(recorder: Recorder, har: str | None, chrome: str | None) -> None:
    """Write the files that `--har` and `--trace` name."""
    from .._version import __version__  # noqa: PLC0415 - only here

    if har is not None:
        from ..trace.har import har_text  # noqa: PLC0415 - only when asked for

        output.write_text(har, har_text(recorder, version=__version__))
    if chrome is not None:
        from ..trace.chrome import chrome_trace_text  # noqa: PLC0415 - only when asked for

        output.write_text(chrome, chrome_trace_text(recorder))
