"""`minibrowser dump`: what is inside a page, as text or JSON on standard output."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Final

from ..errors import UsageError
from . import output, session, values
from .command import Command
from .progress import Progress
from .runner import run as run_loop

if TYPE_CHECKING:
    from ..page.page import Page
    from ..trace import Recorder

_KINDS: Final = ("dom", "text", "boxes", "styles", "hit", "display-list", "resources")
_DETAILS: Final = """\
kinds:
  dom           the document as HTML
  text          the text that is rendered
  boxes         JSON: path, tag, x, y, width and height of each element that generates a box
  styles        JSON: the computed style of the elements that --selector matches
  hit           JSON: the elements at the point --at of the viewport, the topmost first
  display-list  what would be painted, a record a line
  resources     JSON: what was fetched, with status, size, source and time
"""


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("kind", choices=_KINDS, metavar="KIND", help=", ".join(_KINDS))
    session.add_page_options(parser)
    parser.add_argument(
        "--selector", metavar="CSS", help="styles: only of the elements that it matches (default: *)"
    )
    parser.add_argument(
        "--why", action="store_true", help="styles: the rule, sheet and line that won for each property"
    )
    parser.add_argument(
        "--at", type=values.point, metavar="X,Y", help="hit: the point, CSS px from the viewport's corner"
    )


def _run(options: Namespace) -> int:
    if (options.at is None) == (options.kind == "hit"):
        raise UsageError("dump hit needs --at X,Y, which is for dump hit only")
    if options.why and options.kind != "styles":
        raise UsageError("--why is for dump styles only")
    if options.selector is not None and options.kind != "styles":
        raise UsageError("--selector is for dump styles only")
    with Progress.wanted(options.quiet) as progress:
        result = run_loop(_dump(options, session.listening_recorder(progress, options.kind == "resources")))
    if isinstance(result, str):
        output.print_text(result)
    else:
        output.print_json(result)
    return 0


async def _dump(options: Namespace, recorder: Recorder) -> object:
    async with session.journey(options, recorder) as journey:
        return await _inside(journey.page, options)


async def _inside(page: Page, options: Namespace) -> object:
    match options.kind:
        case "dom":
            return await page.content()
        case "text":
            return await page.text()
        case "boxes":
            return await page.boxes()
        case "styles":
            return await page.styles(options.selector or "*", why=options.why)
        case "hit":
            return await page.elements_from_point(*options.at)
        case "display-list":
            return await page.display_list()
        case _:
            return [record.as_dict() for record in page.resources()]


COMMAND: Final = Command("dump", "Print what is inside a page.", _add_options, _run, _DETAILS)
