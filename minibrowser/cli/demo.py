"""`minibrowser demo`: the whole journey on this machine alone."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import Final

from ..errors import UsageError
from ..trace import Recorder
from . import session
from .command import Command
from .progress import Progress
from .runner import run as run_loop
from .trace import tell

_DETAILS: Final = """\
A tiny internet is started on loopback, inside this process: a DNS zone, a certificate authority, and a shop
behind https. The page takes the same way as any other: nothing is mocked.
"""


def _add_options(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("-o", "--output", default="demo.png", metavar="OUT", help="the picture to write (default: demo.png)")
    add("--full-page", action="store_true", help="the whole page instead of the viewport")
    add("--json", action="store_true", help="the spans as JSON instead of a waterfall")
    session.add_view_options(parser)
    parser.set_defaults(timeout=None, parser="turbohtml")


def _run(options: Namespace) -> int:
    from ..page.page import picture_format  # noqa: PLC0415 - the engine, when it is needed

    if options.output == "-":
        raise UsageError("the demo prints its journey on standard output: give -o FILE")
    picture_format(options.output, None)
    with Progress.wanted(options.quiet) as progress:
        recorder = Recorder(listener=progress.step if progress.shown else None)
        size = run_loop(_travel(options, recorder))
    tell(recorder, options.json)
    print(f"{options.output}: {size[0]} x {size[1]} px", file=sys.stderr if options.json else sys.stdout)
    return 0


async def _travel(options: Namespace, recorder: Recorder) -> tuple[int, int]:
    from ..demo import DemoInternet  # noqa: PLC0415 - an extra

    async with (
        DemoInternet() as internet,
        session.make_browser(options, recorder, internet.config()) as browser,
    ):
        page = await session.new_page(browser, options)
        await page.goto(internet.url)
        await page.screenshot(options.output, full_page=options.full_page)
        return await page.picture_size(full_page=options.full_page)


COMMAND: Final = Command(
    "demo", "Take the whole journey on this machine alone.", _add_options, _run, _DETAILS
)
