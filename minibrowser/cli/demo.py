"""`minibrowser demo`: the whole journey on this machine alone."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import UsageError
from ..trace import Recorder
from . import output, session, values
from .command import Command
from .progress import Progress
from .runner import run as run_loop
from .trace import span_facts, tell

if TYPE_CHECKING:
    from ..browser import Browser, BrowserContext
    from ..demo import DemoInternet

_DETAILS: Final = """\
A small internet is started on loopback, inside this process: name servers from the root down, a certificate
authority, a caching edge, a load balancer, two application servers and a shop. The pages take the same way as any
other: nothing is mocked.

--serve keeps it running and tells how other programs get in.
"""
_FIRST: Final = "1. The first visit: nothing is known yet"
_AGAIN: Final = "2. The same page again: only what may have changed is asked for"
_OTHER: Final = "3. Another visitor: the edge has kept what is public"
_CART: Final = "4. Into the cart: a form, a redirect, a cookie"


def _add_options(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("-o", "--output", default="demo.png", metavar="OUT", help="the picture to write (default: demo.png)")
    add("--full-page", action="store_true", help="the whole page instead of the viewport")
    add("--full", action="store_true", help="every step of the journey, also those that repeat themselves")
    add("--json", action="store_true", help="the spans as JSON instead of waterfalls")
    add("--serve", action="store_true", help="keep the internet running for other programs")
    add("--port", type=values.port, default=0, metavar="N", help="of --serve's proxy (default: a free one)")
    session.add_view_options(parser)
    parser.set_defaults(timeout=None, parser="turbohtml")


def _run(options: Namespace) -> int:
    if options.serve:
        run_loop(_serve(options.port))
        return 0
    if options.port:
        raise UsageError("--port is for --serve only")
    from ..page.page import picture_format  # noqa: PLC0415 - the engine, when it is needed

    if options.output == "-":
        raise UsageError("the demo prints its journey on standard output: give -o FILE")
    picture_format(options.output, None)
    with Progress.wanted(options.quiet) as progress:
        journey = _Journey(progress)
        size = run_loop(_travel(options, journey))
    journey.tell(as_json=options.json, in_short=not options.full)
    print(f"{options.output}: {size[0]} x {size[1]} px", file=sys.stderr if options.json else sys.stdout)
    return 0


class _Journey:
    """The chapters of the journey, each with what its recorder heard."""

    def __init__(self, progress: Progress) -> None:
        self._progress: Final = progress
        self._chapters: list[tuple[str, Recorder]] = []

    def chapter(self, title: str) -> Recorder:
        """Begin a chapter."""
        recorder = Recorder(listener=self._progress.step if self._progress.shown else None)
        self._chapters.append((title, recorder))
        return recorder

    def tell(self, *, as_json: bool, in_short: bool) -> None:
        """Print them."""
        if as_json:
            output.print_json(
                [
                    {"chapter": title, "spans": [span_facts(recorder, span) for span in recorder.spans]}
                    for title, recorder in self._chapters
                ]
            )
            return
        for title, recorder in self._chapters:
            output.print_text(f"{title}\n{'-' * len(title)}")
            tell(recorder, as_json=False, in_short=in_short)
            print()


async def _travel(options: Namespace, journey: _Journey) -> tuple[int, int]:
    from ..demo import DemoInternet  # noqa: PLC0415 - an extra

    first = journey.chapter(_FIRST)
    async with (
        DemoInternet() as internet,
        session.make_browser(options, first, internet.config("iterative")) as browser,
    ):
        page = await session.new_page(browser, options)
        await page.goto(internet.url)
        await page.screenshot(options.output, full_page=options.full_page)
        size = await page.picture_size(full_page=options.full_page)
        async with await page.context.new_page(recorder=journey.chapter(_AGAIN)) as again:
            await again.goto(page.url)
        await _another_visitor(browser, journey.chapter(_OTHER))
        await _into_the_cart(page.context, page.url, journey.chapter(_CART))
        return size


async def _another_visitor(browser: Browser, recorder: Recorder) -> None:
    """Somebody with an empty cache: a few resources are enough to see where they come from."""
    from ..net import Request  # noqa: PLC0415 - the engine, when it is needed

    cdn = "https://cdn.shop.example"
    async with await browser.new_context() as context:
        for path, destination in (("/css/shop.css", "style"), ("/img/hero.jpg", "image")):
            request = Request(url=cdn + path, destination=destination, initiator="https://shop.example/")
            await context.session.fetch(request, recorder=recorder)


async def _into_the_cart(context: BrowserContext, url: str, recorder: Recorder) -> None:
    """What the button of a product does."""
    from ..net import Headers, Request  # noqa: PLC0415 - as above

    request = Request(
        url="https://shop.example/cart",
        method="POST",
        headers=Headers([("Content-Type", "application/x-www-form-urlencoded")]),
        body=b"slug=whistle-kettle",
        destination="document",
        initiator=url,
        referrer=url,
    )
    await context.session.fetch(request, recorder=recorder)


async def _serve(port: int) -> None:
    from ..demo import DemoInternet  # noqa: PLC0415 - an extra

    async with DemoInternet() as internet:
        proxy = await internet.open_proxy(port)
        with tempfile.TemporaryDirectory(prefix="minibrowser-demo-") as folder:
            authority = Path(folder) / "ca.pem"
            authority.write_text(internet.ca_pem, encoding="ascii")
            output.print_text(_way_in(internet, proxy.port, str(authority)))
            sys.stdout.flush()
            await _until_told_to_stop()


def _way_in(internet: DemoInternet, port: int, authority: str) -> str:
    host, _, dns_port = internet.names.recursor.rpartition(":")
    proxy = f"http://127.0.0.1:{port}"
    return f"""\
The demo's internet runs until Ctrl-C. The ways in:

  minibrowser trace {internet.url} --proxy {proxy} --ca {authority}
  curl --location --proxy {proxy} --cacert {authority} {internet.url}
  chromium --proxy-server={proxy} --ignore-certificate-errors {internet.url}
  dig @{host} -p {dns_port} www.shop.example
"""


async def _until_told_to_stop() -> None:
    """Wait for SIGTERM; Ctrl-C cancels the wait."""
    stop = asyncio.Event()
    with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers on the loop
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()


COMMAND: Final = Command(
    "demo", "Take the whole journey on this machine alone.", _add_options, _run, _DETAILS
)
