"""Hostile styles: `python -m tests.hostile_layout [--cases N] [--seed K]`.

Lays out random trees with random styles and looks at every fragment: no exception, no number that is not finite, no
negative size, edges that fit their box, overflow that holds the box, glyphs as wide as their run, and the same
result when the same boxes are laid out again. Case K can be had again: `--cases 1 --seed K --show`.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from time import process_time

from minibrowser.layout.engine import Driver, layout_root
from minibrowser.layout.fragment import Fragment, FragmentKind
from minibrowser.layout.recursion import DeepRecursion
from tests.budget import BudgetExceeded, time_budget
from tests.layout.support import LaidOut, lay_out

CASE_SECONDS = 5.0
"""A case is stopped then, and is a fault."""
SLOW_SECONDS = 1.0
"""Of processor time: more is told, but is no fault (two layouts and the parsing are in it)."""
PROGRESS_CASES = 1000
MAX_NODES = 40
MAX_DEPTH = 8
SLACK = 1.0 / 16.0
"""CSS px: what sums of lengths in 1/64 px may differ by."""

LENGTHS = (
    "0 1px 7.3px 50px 100px 333px 10000px 1e9px -5px -100px 10% 33.3% 100% 250% -20% 1em 3ex 10vw auto "
    "min-content max-content fit-content stretch calc(100%-10px) calc(10px+5%) fit-content(50px)"
).split()
EDGES = "0 0 1px 3px 10.5px 40px 1000px 1e8px 5% 50% 1em auto -3px -30px -200%".split()
CHOICES: dict[str, tuple[str, ...]] = {
    "display": tuple(
        "block inline inline-block flex inline-flex grid inline-grid table inline-table table-row table-cell "
        "table-row-group table-caption table-column flow-root list-item contents none -webkit-box".split()
    ),
    "position": ("static", "relative", "absolute", "fixed", "sticky"),
    "float": ("none", "left", "right", "inline-start", "inline-end"),
    "clear": ("none", "left", "right", "both"),
    "overflow": ("visible", "hidden", "auto", "scroll", "clip"),
    "direction": ("ltr", "rtl"),
    "writing-mode": ("horizontal-tb", "horizontal-tb", "vertical-rl", "vertical-lr", "sideways-lr"),
    "box-sizing": ("content-box", "border-box"),
    "flex-direction": ("row", "row-reverse", "column", "column-reverse"),
    "flex-wrap": ("nowrap", "wrap", "wrap-reverse", "balance", "wrap-reverse balance"),
    "flex-line-count": ("1", "2", "7"),
    "flex": ("none", "1", "0 1 auto", "2 3 50px", "1 1 0%", "100000 0 1e9px", "0.1", "1 1 content"),
    "order": ("0", "-1", "3"),
    "gap": ("0", "10px", "5% 1em", "1000px"),
    "align-items": ("normal", "center", "end", "baseline", "last baseline", "stretch", "safe end", "self-end"),
    "align-self": ("auto", "center", "end", "baseline", "stretch", "safe center", "start"),
    "justify-content": ("normal", "center", "end", "space-between", "space-evenly", "stretch", "right"),
    "align-content": ("normal", "center", "end", "space-around", "stretch", "safe end", "baseline"),
    "justify-items": ("normal", "center", "end", "stretch", "baseline"),
    "justify-self": ("auto", "center", "end", "stretch", "left"),
    "grid-template-columns": (
        "none",
        "1fr 2fr",
        "repeat(3, minmax(0, 1fr))",
        "repeat(auto-fill, 50px)",
        "repeat(auto-fit, minmax(20px, 1fr))",
        "auto minmax(10px, max-content) 10%",
        "subgrid",
        "[a] 10px [b] fit-content(30%) [a]",
        "1e9px 0.3fr",
    ),
    "grid-template-rows": ("none", "20px 1fr", "repeat(2, auto)", "subgrid", "minmax(10%, 1fr) min-content"),
    "grid-auto-flow": ("row", "column", "dense", "column dense"),
    "grid-column": ("auto", "1", "2 / span 2", "-1", "span 3", "-3 / 5", "a / b"),
    "grid-row": ("auto", "1", "span 2", "3 / -1"),
    "aspect-ratio": ("auto", "1", "1/3", "1000/1", "auto 2/1", "0/1"),
    "column-count": ("auto", "1", "3"),
    "column-width": ("auto", "30px", "0"),
    "column-span": ("none", "all"),
    "column-fill": ("balance", "auto"),
    "white-space": ("normal", "nowrap", "pre", "pre-wrap", "pre-line", "break-spaces"),
    "word-break": ("normal", "break-all", "keep-all"),
    "overflow-wrap": ("normal", "anywhere", "break-word"),
    "text-wrap-style": ("auto", "balance", "pretty"),
    "text-align": ("start", "end", "center", "justify", "right"),
    "text-indent": ("0", "30px", "-50px", "40%"),
    "text-overflow": ("clip", "ellipsis"),
    "-webkit-line-clamp": ("none", "1", "2"),
    "-webkit-box-orient": ("horizontal", "vertical"),
    "vertical-align": ("baseline", "top", "bottom", "middle", "super", "10px", "-50%", "text-top"),
    "line-height": ("normal", "0", "1", "3", "100px", "-1"),
    "font-size": ("16px", "0", "1px", "7.5px", "200px"),
    "letter-spacing": ("normal", "-2px", "10px", "-100px"),
    "word-spacing": ("normal", "20px", "-40px"),
    "border-collapse": ("separate", "collapse"),
    "border-spacing": ("0", "5px 9px"),
    "table-layout": ("auto", "fixed"),
    "caption-side": ("top", "bottom"),
    "contain": ("none", "size", "inline-size", "layout", "paint", "strict"),
    "contain-intrinsic-size": ("none", "30px", "auto 50px 10px"),
    "content-visibility": ("visible", "hidden", "auto"),
    "container-type": ("normal", "inline-size"),
    "transform": ("none", "rotate(30deg)", "scale(0)", "translate(50%, -10px)", "perspective(1px) rotateX(89deg)"),
    "shape-outside": ("none", "circle(40%)", "polygon(0 0, 100% 50%, 0 100%)", "inset(10% round 20px)"),
    "shape-margin": ("0", "10px"),
    "list-style-position": ("inside", "outside"),
    "unicode-bidi": ("normal", "embed", "bidi-override", "isolate", "plaintext"),
    "z-index": ("auto", "3"),
}  # fmt: skip
SIZES = "width height min-width min-height max-width max-height".split()
INSETS = "top right bottom left".split()
EDGE_NAMES = (
    [f"margin-{side}" for side in INSETS]
    + [f"padding-{side}" for side in INSETS]
    + [f"border-{side}-width" for side in INSETS]
)
TAGS = (
    "div div div span span p ul li table tr td th caption col b a img input textarea button select "
    "fieldset br hr"
).split()
TEXTS = (
    "x", "two words", "a longer piece of text that wraps over lines when it can", "שלום עולם", "مرحبا a 1 ב",
    "日本語の文章です。", "ภาษาไทย", "soft\u00adhyphen\u00adation", "tab\tbed\nlines\n\n", " ", "\u200b\u200b",
    "👨\u200d👩\u200d👧 e\u0301", "w" * 200, "\u202eabc\u202c def", "  lead and trail  ",
)  # fmt: skip


def random_page(seed: int) -> str:
    """A document of this seed."""
    source = random.Random(seed)
    budget = [source.randint(2, MAX_NODES)]
    parts = [] if source.random() < 0.2 else ["<!DOCTYPE html>"]
    parts.append(f"<html style='{_style(source)}'><body style='{_style(source)}'>")
    while budget[0] > 0:
        _element(source, budget, 0, parts)
    return "".join(parts)


def _style(source: random.Random) -> str:
    rules: list[str] = []
    for name in source.sample(sorted(CHOICES), source.choice((0, 1, 2, 3, 5, 9))):
        rules.append(f"{name}:{source.choice(CHOICES[name])}")
    for name in source.sample(SIZES, source.choice((0, 0, 1, 2, 3))):
        rules.append(f"{name}:{source.choice(LENGTHS)}")
    for name in source.sample(INSETS, source.choice((0, 0, 0, 1, 2, 4))):
        rules.append(f"{name}:{source.choice(LENGTHS)}")
    for name in source.sample(EDGE_NAMES, source.choice((0, 0, 1, 2, 6))):
        rules.append(f"{name}:{source.choice(EDGES)}")
        if name.startswith("border"):
            rules.append(name.replace("width", "style") + ":solid")
    return ";".join(rules)


def _element(source: random.Random, budget: list[int], depth: int, parts: list[str]) -> None:
    budget[0] -= 1
    tag = source.choice(TAGS)
    extra = source.choice(
        ("", "", " colspan=3", " rowspan=2", " rowspan=0", " lang=ja", " dir=rtl", " size=5")
    )
    parts.append(f"<{tag} style='{_style(source)}'{extra}>")
    if tag in ("img", "input", "br", "hr", "col"):
        return
    for _ in range(source.choice((0, 1, 1, 2, 4))):
        if budget[0] > 0 and depth < MAX_DEPTH and source.random() < 0.7:
            _element(source, budget, depth + 1, parts)
        elif source.random() < 0.8:
            parts.append(source.choice(TEXTS))
    parts.append(f"</{tag}>")


def faults(root: Fragment) -> list[str]:
    """What is wrong with the fragments, at most a few."""
    found: list[str] = []
    stack = [root]
    while stack and len(found) < 5:
        fragment = stack.pop()
        name = fragment.kind.name
        if fragment.box is not None:
            name += f" {fragment.box!r}"
        numbers = (fragment.width, fragment.height, fragment.baseline)
        if not all(math.isfinite(number) for number in numbers):
            found.append(f"{name}: not finite: {numbers}")
            continue
        if fragment.width < 0.0 or fragment.height < 0.0:
            found.append(f"{name}: negative: {fragment.width} x {fragment.height}")
        for edges in (fragment.border, fragment.padding):
            sides = (edges.top, edges.right, edges.bottom, edges.left)
            if not all(math.isfinite(side) and side >= 0.0 for side in sides):
                found.append(f"{name}: edges: {sides}")
        area = fragment.overflow
        if not all(math.isfinite(number) for number in (area.x, area.y, area.width, area.height)):
            found.append(f"{name}: overflow not finite")
        elif fragment.kind == FragmentKind.BOX and (
            area.x > SLACK
            or area.y > SLACK
            or area.right < fragment.width - SLACK
            or area.bottom < fragment.height - SLACK
        ):
            found.append(
                f"{name}: overflow does not hold the box: {area} of {fragment.width} x {fragment.height}"
            )
        run = fragment.run
        if run is not None and not math.isclose(
            run.width, sum(run.advances), rel_tol=1e-6, abs_tol=SLACK * 4
        ):
            found.append(f"{name}: run of {run.width} has advances of {sum(run.advances)}")
        for link in fragment.children:
            if not (math.isfinite(link.x) and math.isfinite(link.y)):
                found.append(f"{name}: child at {link.x}, {link.y}")
            stack.append(link.fragment)
    return found


def differences(first: Fragment, second: Fragment) -> str:
    """Where two layouts of the same boxes differ; "" where they do not."""
    stack = [(first, second)]
    while stack:
        one, other = stack.pop()
        if (one.width, one.height, len(one.children)) != (other.width, other.height, len(other.children)):
            return f"{one.box!r}: {one.width} x {one.height} and {other.width} x {other.height}"
        for link, twin in zip(one.children, other.children, strict=True):
            if (link.x, link.y) != (twin.x, twin.y):
                return f"{link.fragment.box!r}: at {link.x}, {link.y} and {twin.x}, {twin.y}"
            stack.append((link.fragment, twin.fragment))
    return ""


def check(seed: int) -> list[str]:
    """The faults of one case."""
    page: LaidOut = lay_out(random_page(seed), 800.0, 600.0)
    found = faults(page.root)
    with DeepRecursion():
        again = layout_root(
            Driver(page.driver.fonts, page.driver.viewport, page.driver.is_quirks), page.root_box
        )
    difference = differences(page.root, again)
    return [*found, f"not the same again: {difference}"] if difference else found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile_layout", description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="print the page")
    options = parser.parse_args()
    bad = slow = 0
    slowest = (0.0, 0)
    for seed in range(options.seed, options.seed + options.cases):
        if options.show:
            print(random_page(seed))
        start = process_time()
        try:
            with time_budget(CASE_SECONDS):
                found = check(seed)
        except BudgetExceeded:
            found = [f"more than {CASE_SECONDS:g} s"]
        except Exception as error:  # noqa: BLE001 - any exception of the engine is a finding, and is listed
            frame = error.__traceback__
            while frame is not None and frame.tb_next is not None:
                frame = frame.tb_next
            place = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame is not None else ""
            found = [f"{type(error).__name__}: {error} at {place}"]
        took = process_time() - start
        slowest = max(slowest, (took, seed))
        if took > SLOW_SECONDS:
            slow += 1
            print(f"seed {seed}: slow: {took:.2f} s", flush=True)
        if found:
            bad += 1
            print(f"seed {seed}: {'; '.join(found)}", flush=True)
        done = seed - options.seed + 1
        if done % PROGRESS_CASES == 0 or done == options.cases:
            print(
                f"{done} cases, {bad} with faults, {slow} slow; slowest {slowest[0]:.2f} s (seed {slowest[1]})",
                flush=True,
            )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
