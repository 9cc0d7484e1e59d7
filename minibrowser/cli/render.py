"""`minibrowser render`: a page becomes a picture."""

from __future__ import annotations

import json
import math
import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import FileAccessError, MinibrowserError, UsageError
from . import output, session, values
from .command import Command
from .progress import Progress
from .runner import run as run_loop

if TYPE_CHECKING:
    from ..page.layers import LayerPicture
    from ..page.page import Page
    from ..trace import Recorder

_DETAILS: Final = """\
examples:
  minibrowser render example.com -o page.png
  minibrowser render page.html -o page.webp --width 390 --scale 2 --full-page
  echo '<h1>Hi</h1>' | minibrowser render - -o - > hi.png
"""


def _add_options(parser: ArgumentParser) -> None:
    session.add_page_options(parser)
    group = parser.add_argument_group("picture")
    add = group.add_argument
    add("-o", "--output", required=True, metavar="OUT", help="the file to write, - for standard output")
    add("--full-page", action="store_true", help="the whole page instead of the viewport")
    part = group.add_mutually_exclusive_group()
    part.add_argument(
        "--clip", type=values.clip, metavar="X,Y,W,H", help="only this part of the page, CSS px"
    )
    part.add_argument("--selector", metavar="CSS", help="only the first element that this selector matches")
    add(
        "--type",
        choices=["png", "jpeg", "webp", "avif"],
        help="by default what the suffix of OUT says, or png",
    )
    add("--quality", type=values.quality, metavar="N", help="0 to 100, for jpeg, webp and avif")
    add(
        "--at",
        type=values.milliseconds,
        default=0.0,
        metavar="TIME",
        help="how far animations have come, all of which begin with the page (default: 0)",
    )
    add("--omit-background", action="store_true", help="transparent where the page paints nothing")
    add(
        "--error-page",
        action="store_true",
        help="where the page cannot be loaded, a picture that says why; the exit status is 1 all the same",
    )
    group = parser.add_argument_group("telling")
    add = group.add_argument
    add("--json", action="store_true", help="facts about the picture as JSON on standard output")
    add("--har", metavar="FILE", help="write the exchanges with servers as HAR 1.2")
    add(
        "--layers", metavar="DIR", help="write each stacking layer as a PNG into this folder, with index.json"
    )
    add("--trace", metavar="FILE", help="write the spans for chrome://tracing or Perfetto")


def _run(options: Namespace) -> int:
    from ..page.page import picture_format  # noqa: PLC0415 - the engine, when it is needed

    to_stdout = options.output == "-"
    if to_stdout:
        if options.json:
            raise UsageError("-o - and --json both want standard output")
        output.check_binary_stdout()
    # A picture type that does not exist is told before anything is fetched.
    options.type = picture_format(None if to_stdout else options.output, options.type)
    started = time.perf_counter()
    with Progress.wanted(options.quiet) as progress:
        recorder = session.listening_recorder(progress, bool(options.har or options.trace))
        try:
            facts, failure = run_loop(_render(options, recorder))
        finally:
            session.write_traces(recorder, options.har, options.trace)
    facts["seconds"] = round(time.perf_counter() - started, 6)
    if options.json:
        output.print_json(facts)
    elif progress.shown:
        print(
            f"{options.output}: {facts['width']} x {facts['height']}, {facts['bytes']} bytes, {facts['seconds']:.2f} s",
            file=sys.stderr,
        )
    if failure is not None:
        raise failure
    return 0


def write_layers(folder: Path, layers: list[LayerPicture]) -> None:
    """A PNG for each layer, and index.json with what they are. Raises FileAccessError."""
    index: list[dict[str, object]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for layer in layers:
            layer.image.save(folder / f"{layer.name}.png")
            index.append({"file": f"{layer.name}.png", **layer.facts})
        (folder / "index.json").write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise FileAccessError(f"cannot write layers to {folder}: {error.strerror or error}") from error


async def _element_clip(page: Page, selector: str) -> dict[str, float]:
    """The whole CSS px that an element touches. Raises UsageError where there is none to be seen."""
    box = await page.bounding_box(selector)
    if box is None or not (box["width"] > 0 and box["height"] > 0):
        raise UsageError(f"--selector {selector}: no element with an area matches")
    left, top = math.floor(box["x"]), math.floor(box["y"])
    right, bottom = math.ceil(box["x"] + box["width"]), math.ceil(box["y"] + box["height"])
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


async def _render(
    options: Namespace, recorder: Recorder
) -> tuple[dict[str, object], MinibrowserError | None]:
    """The facts of the picture, and why it shows an error instead of the page."""
    async with session.journey(options, recorder, error_page=options.error_page) as journey:
        page = journey.page
        if options.at:
            await page.set_time(options.at)
        if options.selector is not None:
            options.clip = await _element_clip(page, options.selector)
        data = await page.screenshot(
            None if options.output == "-" else options.output,
            full_page=options.full_page,
            clip=options.clip,
            type=options.type,
            quality=options.quality,
            omit_background=options.omit_background,
        )
        if options.output == "-":
            output.write_stdout(data)
        if options.layers is not None:
            write_layers(Path(options.layers), await page.layers(full_page=options.full_page))
        width, height = await page.picture_size(full_page=options.full_page, clip=options.clip)
        facts: dict[str, object] = {
            "target": options.target,
            "url": page.url,
            "status": journey.response.status if journey.response is not None else None,
            "title": await page.title(),
            "output": options.output,
            "type": options.type,
            "width": width,
            "height": height,
            "bytes": len(data),
        }
        if journey.error is not None:
            facts["error"] = str(journey.error)
        return facts, journey.error


COMMAND: Final = Command("render", "Turn a page into a picture.", _add_options, _run, _DETAILS)
