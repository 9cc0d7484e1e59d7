"""How near to Chromium: `python -m tests.fidelity [--golden ZIP] [--json FILE] [--check | --update]`.

Scores, in-process and with two workers, the pages whose picture and boxes Chromium recorded into a zip file: 0 to
100 for each page, half of it the share of Chromium's boxes that ours has within 1 px, half the structural similarity
of the pictures. A page without a picture scores 0. `--check` compares with the checked-in floor, which only rises:
`--update` writes a higher one.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import os
import sys
import zipfile
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import fmean
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.budget import BudgetExceeded, time_budget
from tests.workers import Pool, receive

CORPUS = Path(__file__).resolve().parents[1].parent / "shared" / "corpus"
FLOOR = Path(__file__).parent / "fidelity_floor.json"
PAGE_SECONDS = 30.0
WINDOW = 8
"""Side of the square, in px, over which similarity is measured."""

TOLERANCE = 1.0
"""CSS px by which each of x, y, width and height of a box may be off."""

MARGIN = 0.05
"""Points of the mean score by which a run may lie below the floor: rounding on other machines."""

Plane = NDArray[np.float64]


@dataclass(frozen=True)
class PageScore:
    """What came of one page. `similarity` is -1 and `error` is not "" where there is no picture."""

    name: str
    score: float
    boxes: int = 0
    matched: int = 0
    similarity: float = -1.0
    error: str = ""
    seconds: float = 0.0


# --- Measures ------------------------------------------------------------------------------------------


def _window_means(plane: Plane) -> Plane:
    """The mean of every 8 x 8 window, through sums over all rectangles from the top left corner."""
    sums = np.zeros((plane.shape[0] + 1, plane.shape[1] + 1))
    np.cumsum(np.cumsum(plane, axis=0), axis=1, out=sums[1:, 1:])
    n = WINDOW
    total: Plane = sums[n:, n:] - sums[:-n, n:] - sums[n:, :-n] + sums[:-n, :-n]
    return total / (n * n)


def similarity(theirs: Image.Image, ours: Image.Image) -> float:
    """Mean SSIM of the luminance over the windows where there is something to see; 1 for two empty pictures.

    Where only one of two pictures of different size has something, that part counts as 0.
    https://en.wikipedia.org/wiki/Structural_similarity_index_measure
    """
    width, height = min(theirs.width, ours.width), min(theirs.height, ours.height)
    if min(width, height) < WINDOW:
        return 0.0
    box = (0, 0, width, height)
    x: Plane = np.asarray(theirs.crop(box).convert("L"), np.float64)
    y: Plane = np.asarray(ours.crop(box).convert("L"), np.float64)
    mean_x, mean_y = _window_means(x), _window_means(y)
    # Rounding may leave a flat window a variance just off zero.
    variance = np.maximum(
        _window_means(x * x) - mean_x * mean_x + _window_means(y * y) - mean_y * mean_y, 0.0
    )
    covariance = _window_means(x * y) - mean_x * mean_y
    c1, c2 = (255 * 0.01) ** 2, (255 * 0.03) ** 2
    brightness = (2 * mean_x * mean_y + c1) / (mean_x * mean_x + mean_y * mean_y + c1)
    structure = (2 * covariance + c2) / (variance + c2)
    visible = (variance > 1) | (np.abs(mean_x - mean_y) > 1)
    value = float(np.mean((brightness * structure)[visible])) if visible.any() else 1.0
    canvas = max(theirs.width, ours.width) * max(theirs.height, ours.height)
    return value * width * height / canvas


def matching_boxes(theirs: list[dict[str, object]], ours: list[dict[str, object]]) -> int:
    """How many of Chromium's boxes we have: same path and tag, each number within the tolerance."""
    found = {box["path"]: box for box in ours}
    count = 0
    for box in theirs:
        mine = found.get(box["path"])
        if mine is None or str(mine["tag"]).lower() != str(box["tag"]).lower():
            continue
        if all(
            abs(_number(mine[key]) - _number(box[key])) <= TOLERANCE for key in ("x", "y", "width", "height")
        ):
            count += 1
    return count


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else math.nan


def score(boxes: int, matched: int, similar: float) -> float:
    """0 to 100."""
    return 50 * matched / max(1, boxes) + 50 * max(0.0, similar)


# --- The run -------------------------------------------------------------------------------------------


def recorded_pages(golden: Path) -> list[str]:
    """The names of the pages in a recording, which are their paths in the corpus."""
    with zipfile.ZipFile(golden) as archive:
        return sorted(name.removesuffix(".json") for name in archive.namelist() if name.endswith(".json"))


def work(pipe: Connection, golden: Path, root: Path) -> None:
    """What a worker does: names of pages in, scores out."""
    from tests.engine import Engine  # noqa: PLC0415 - the parent needs no engine

    engine = Engine(root)
    with zipfile.ZipFile(golden) as archive:
        while (group := receive(pipe)) is not None:
            for name in group:
                pipe.send(_score_page(engine, archive, str(name)))
    engine.close()


def _score_page(engine: object, archive: zipfile.ZipFile, name: str) -> PageScore:
    from tests.conformance.wpt import describe  # noqa: PLC0415 - likewise
    from tests.engine import Engine  # noqa: PLC0415 - likewise

    assert isinstance(engine, Engine)
    recorded = json.loads(archive.read(name + ".json"))
    boxes: list[dict[str, object]] = recorded["boxes"]
    with Image.open(io.BytesIO(archive.read(name + ".png"))) as picture:
        flat = Image.new("RGBA", picture.size, "white")
        theirs = Image.alpha_composite(flat, picture.convert("RGBA")).convert("RGB")
    view = recorded["view"]
    start = monotonic()
    try:
        with time_budget(PAGE_SECONDS):
            page = engine.load(name, view["width"], view["height"])
            ours = engine.picture(page, view["full_page"])
            mine = engine.boxes(page)
    except BudgetExceeded:
        return PageScore(name, 0.0, len(boxes), error=f"more than {PAGE_SECONDS:g} s")
    except Exception as error:  # noqa: BLE001 - any exception of the engine is a page without a picture
        return PageScore(name, 0.0, len(boxes), error=describe(error))
    seconds = round(monotonic() - start, 3)
    matched, similar = matching_boxes(boxes, mine), similarity(theirs, ours)
    return PageScore(name, score(len(boxes), matched, similar), len(boxes), matched, similar, "", seconds)


def _lost(name: str, reason: str) -> PageScore:
    return PageScore(name, 0.0, error=reason)


def run(golden: Path, root: Path, jobs: int, only: str | None = None) -> list[PageScore]:
    """Score all pages of a recording, or those whose name holds a text."""
    names = [name for name in recorded_pages(golden) if only is None or only in name]
    pool: Pool[str, PageScore] = Pool(work, (golden, root), jobs, 4 * PAGE_SECONDS, _lost)
    return sorted(pool.run([[name] for name in names]), key=lambda page: page.name)


# --- The floor -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    """The figures that the floor is about."""

    mean: float
    pages: int
    without_picture: int


def result_of(pages: list[PageScore]) -> Result:
    """The mean score, and how many pages have no picture."""
    mean = fmean(page.score for page in pages) if pages else 0.0
    return Result(round(mean, 2), len(pages), sum(1 for page in pages if page.error))


def read_floor(path: Path = FLOOR) -> Result:
    """The checked-in floor."""
    return Result(**json.loads(path.read_text(encoding="utf-8")))


def below_floor(result: Result, floor: Result) -> list[str]:
    """What is worse than the floor, a line for each figure."""
    lines: list[str] = []
    if result.pages < floor.pages:
        lines.append(f"{result.pages} pages were scored; the floor is about {floor.pages}")
    if result.mean < floor.mean - MARGIN:
        lines.append(f"the mean score {result.mean:.2f} is below the floor {floor.mean:.2f}")
    if result.without_picture > floor.without_picture:
        lines.append(
            f"{result.without_picture} pages have no picture; the floor allows {floor.without_picture}"
        )
    return lines


def raised(result: Result, floor: Result) -> Result:
    """The new floor: no figure gets worse."""
    return Result(
        max(result.mean, floor.mean),
        max(result.pages, floor.pages),
        min(result.without_picture, floor.without_picture),
    )


def main(arguments: list[str] | None = None) -> int:
    """Run; exit status 1 where `--check` finds the floor undercut, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m tests.fidelity", description=__doc__)
    add = parser.add_argument
    add("--golden", type=Path, default=CORPUS / "golden.zip", metavar="ZIP")
    add("--root", type=Path, metavar="DIR", help="where the pages lie (default: the zip's folder)")
    add("--json", type=Path, metavar="FILE", help="write the score of each page")
    add("--only", metavar="TEXT", help="score the pages whose name holds TEXT")
    add("--worst", type=int, default=10, metavar="N", help="list that many pages with the lowest scores")
    add("--jobs", type=int, default=min(2, os.cpu_count() or 1), metavar="N")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument(
        "--check", action="store_true", help="fail when the score is below the checked-in floor"
    )
    mode.add_argument("--update", action="store_true", help="raise the checked-in floor")
    options = parser.parse_args(arguments)
    if not options.golden.is_file():
        print(f"fidelity: no recording {options.golden}; name one with --golden", file=sys.stderr)
        return 2
    start = monotonic()
    pages = run(options.golden, options.root or options.golden.parent, max(1, options.jobs), options.only)
    if not pages:
        print("fidelity: no page is selected", file=sys.stderr)
        return 2
    result = result_of(pages)
    if options.json is not None:
        data = {"result": asdict(result), "pages": [asdict(page) for page in pages]}
        options.json.write_text(json.dumps(data, indent=1), encoding="utf-8")
    for page in sorted(pages, key=lambda page: page.score)[: options.worst]:
        what = page.error or f"boxes {page.matched} of {page.boxes}, SSIM {page.similarity:.3f}"
        print(f"{page.score:6.1f}  {page.name}: {what}")
    print(f"{len(pages)} pages in {monotonic() - start:.1f} s")
    status = 0
    if options.check:
        found = below_floor(result, read_floor())
        print("\n".join(found), end="\n" if found else "")
        status = 1 if found else 0
    elif options.update:
        new = raised(result, read_floor()) if FLOOR.exists() else result
        FLOOR.write_text(json.dumps(asdict(new), indent=1) + "\n", encoding="utf-8")
    print(
        f"fidelity: mean score {result.mean:.2f} of {result.pages} pages, {result.without_picture} without a picture"
    )
    return status


if __name__ == "__main__":
    sys.exit(main())
