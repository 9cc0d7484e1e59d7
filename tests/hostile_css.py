"""Random mutations of real sheets through the whole of CSS: nothing may raise.

python -m tests.hostile_css --mutations 100000 [--seed N]

Each mutation is a fragment of a sheet (ours, the style fixtures, the corpus where it is there) with pieces cut,
doubled, swapped or replaced by what parsers find hard; it is parsed and styles a small document.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import traceback
from pathlib import Path
from typing import Final

from minibrowser.css import StyleContext, StyleSheet, resolve_styles
from minibrowser.css.serialize import serialize
from minibrowser.dom import Document
from minibrowser.html.parser import parse_document

ROOT: Final = Path(__file__).resolve().parents[1]
FRAGMENT: Final = 400
"""Characters of a sheet that a mutation starts from."""
PIECES: Final = (
    "{ } ( ) [ ] ; : , ! @ # . * > + ~ / \\ \" ' <!-- --> /* */ !important var(--a) var(--a, ) env(x) attr(id px) "
    'calc( min( max( clamp( round( rgb( oklch(from color-mix(in url( url(" 1e999 -1e999 1e-999 0/0 NaN infinity % px '
    "em cqw 0 -0 999999999999 & :has( :is( :not( :nth-child( ::before :host @media @layer @container @scope @supports "
    "@keyframes @property @import @font-face inherit revert-layer none auto \0 \uffff \U0001f600 --a:var(--a); --a: "
    "--b:var(--a)var(--a); animation:k display:grid; grid-template-areas:'a' transition: content:counter(x) from to 50%"
    " if(style(--a): attr(id type(<length>) @starting-style @font-feature-values :visited :hover syntax:'<length>+' "
    "transition:all animation-composition:add image-set( revert-layer) else: media( not"
).split(" ")
HTML: Final = (
    "<div id=a class='a b'><p class=b style='--a:1'>x</p><p id=x>y<a href=z>z</a><a href=''>v</a></p>"
    "<ul><li>1</ul><input><table><td>"
)


def sources() -> list[str]:
    """Sheets to begin with."""
    texts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "minibrowser/css").glob("*.css"))]
    pages = [*sorted((ROOT / "fixtures/style").glob("*.html")), *sorted((ROOT / "fixtures").glob("*.html"))]
    pages += sorted((ROOT.parent / "shared/corpus").rglob("*.html"))[:200]
    for file in pages:
        texts += re.findall(
            r"<style[^>]*>(.*?)</style>", file.read_text(encoding="utf-8", errors="replace"), re.DOTALL
        )
    return [text for text in texts if text.strip()]


def mutated(texts: list[str], generator: random.Random) -> str:
    """One hostile sheet."""
    text = generator.choice(texts)
    start = generator.randrange(max(1, len(text) - FRAGMENT))
    text = text[start : start + FRAGMENT]
    for _ in range(generator.randint(1, 6)):
        at, end = sorted(generator.randrange(len(text) + 1) for _ in range(2))
        end = min(end, at + 60)
        kind = generator.randrange(5)
        if kind == 0:
            text = text[:at] + text[end:]
        elif kind == 1:
            text = text[:at] + generator.choice(PIECES) + text[at:]
        elif kind == 2:
            text = text[:end] + text[at:end] + text[end:]
        elif kind == 3:
            text = text[:at] + generator.choice(PIECES) + text[end:]
        else:
            text = text[:at] + chr(generator.randrange(1, 0x250)) + text[at:]
    return text


def style(document: Document, text: str) -> None:
    """The way of a sheet to computed values as text."""
    tree = resolve_styles(document, [StyleSheet(text)], StyleContext(time=0.3))
    for computed in tree.styles.values():
        serialize(computed, "color")


def run(mutations: int, seed: int) -> list[tuple[str, str]]:
    """(sheet, traceback) of those that raised."""
    generator = random.Random(seed)
    texts = sources()
    document = parse_document(HTML, url="about:blank")
    failures: list[tuple[str, str]] = []
    for _ in range(mutations):
        text = mutated(texts, generator)
        try:
            style(document, text)
        except Exception:  # noqa: BLE001 - finding any is the point
            failures.append((text, traceback.format_exc()))
    return failures


def main(arguments: list[str]) -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    failures = run(options.mutations, options.seed)
    for text, trace in failures[:5]:
        print(repr(text), trace, sep="\n")
    seconds = time.perf_counter() - started
    print(f"{options.mutations} mutations, {len(failures)} raised, {seconds:.1f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
