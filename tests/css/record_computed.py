"""Records what Chromium computes for 300 elements of real pages, all longhands: names and values, nothing of the pages.

python -m tests.css.record_computed --tabler FOLDER          # writes tests/css/chromium_computed.json
python -m tests.css.record_computed --tabler FOLDER --check  # tells whether it is what this machine's Chromium says

The pages are those of the corpus, `../shared/corpus` beside the project, and of tabler-ui 0.0.34 (npm; FOLDER is its
`dist`), and two of ours (40 elements more, so that there is something to compare where the others are not). They are
shown in frames of 1280 x 800 without scripts. A value that getComputedStyle() resolves against a box is recorded as
computed, from computedStyleMap().
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("chromium_computed.json")
CORPUS: Final = Path(__file__).resolve().parents[3] / "shared" / "corpus"
WIDTH: Final = 1280
HEIGHT: Final = 800
CORPUS_PAGES: Final = 75
PER_CORPUS_PAGE: Final = 2
TABLER_PAGES: Final = (
    "index cards form-elements blog pricing-cards profile store email invoice charts"
).split()
PER_TABLER_PAGE: Final = 15
FIXTURES: Final = Path(__file__).resolve().parents[2] / "fixtures"
OWN_PAGES: Final = ("article", "dashboard")
PER_OWN_PAGE: Final = 20
BATCH: Final = 20
"""Pages shown in one run of the browser."""

OF_BOXES: Final = (
    "width height min-width min-height max-width max-height margin-top margin-right margin-bottom margin-left "
    "padding-top padding-right padding-bottom padding-left top right bottom left transform transform-origin "
    "perspective-origin grid-template-columns grid-template-rows"
).split()
"""Longhands whose resolved value may be the used one."""

Rows = list[tuple[str, dict[str, str]]]
"""For each element: its path (indexes of element children from the root), and its values."""

_SCRIPT: Final = """
const pages = PAGES, boxed = new Set(BOXED), out = {};
const path = e => { const at = [];
  for (; e.parentElement; e = e.parentElement) at.unshift([...e.parentElement.children].indexOf(e));
  return at.join('/') };
const shown = (e, view) => { for (; e; e = e.parentElement)
  if (view.getComputedStyle(e).display === 'none') return false;
  return true };
const show = (name, [address, count]) => new Promise(done => {
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-same-origin';
  frame.style.cssText = 'width:WIDTHpx;height:HEIGHTpx;border:0;position:absolute;left:0;top:0';
  frame.onload = async () => {
    const view = frame.contentWindow, rows = [];
    view.document.body?.offsetHeight;
    await view.document.fonts.ready;
    const all = [...view.document.querySelectorAll('*')].filter(e => shown(e, view));
    const step = all.length / Math.min(count, all.length);
    for (let at = step / 2; at < all.length; at += step) {
      const e = all[Math.floor(at)], s = view.getComputedStyle(e), map = e.computedStyleMap(), values = {};
      for (const p of s) if (!p.startsWith('--'))
        values[p] = boxed.has(p) ? map.getAll(p).map(String).join(', ') : s.getPropertyValue(p);
      rows.push([path(e), values]);
    }
    out[name] = rows; frame.remove(); done();
  };
  frame.src = address;
  document.body.append(frame);
});
(async () => { for (const name in pages) await show(name, pages[name]);
  document.documentElement.textContent = '@@@' + encodeURIComponent(JSON.stringify(out)) + '@@@'; })();
"""


def pages(corpus: Path, tabler: Path | None) -> dict[str, tuple[Path, int]]:
    """By name: the page's file, and how many of its elements are looked at."""
    listed: list[str] = []
    if corpus.is_dir():
        listed = json.loads((corpus / "mdn-pages.json").read_text(encoding="utf-8"))
    chosen = sorted(listed)[:: max(1, len(listed) // CORPUS_PAGES)][:CORPUS_PAGES]
    found = {f"corpus/{name}": (corpus / name, PER_CORPUS_PAGE) for name in chosen}
    for name in OWN_PAGES:
        found[f"fixtures/{name}.html"] = (FIXTURES / f"{name}.html", PER_OWN_PAGE)
    if tabler is not None:
        for name in TABLER_PAGES:
            found[f"tabler/{name}.html"] = (tabler / f"{name}.html", PER_TABLER_PAGE)
    return found


def measured(wanted: dict[str, tuple[Path, int]]) -> dict[str, Rows]:
    """What the Chromium of this machine computes."""
    found: dict[str, Rows] = {}
    names = list(wanted)
    for start in range(0, len(names), BATCH):
        batch = {name: [wanted[name][0].as_uri(), wanted[name][1]] for name in names[start : start + BATCH]}
        script = _SCRIPT.replace("PAGES", json.dumps(batch)).replace("BOXED", json.dumps(OF_BOXES))
        found.update(_run(script.replace("WIDTH", str(WIDTH)).replace("HEIGHT", str(HEIGHT))))
    return found


def _run(script: str) -> dict[str, Rows]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "page.html"
        file.write_text(f"<!doctype html><body><script>{script}</script>", encoding="utf-8")
        done = subprocess.run(
            [
                shutil.which("chromium") or "chromium",
                *"--headless --no-sandbox --disable-gpu --hide-scrollbars --dump-dom --timeout=100000".split(),
                *"--allow-file-access-from-files --disable-web-security --disable-site-isolation-trials".split(),
                f"--user-data-dir={folder}/profile",
                "--window-size=1280,800",
                "--virtual-time-budget=100000",
                file.as_uri(),
            ],
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
    found: dict[str, Rows] = json.loads(urllib.parse.unquote(done.stdout.split("@@@")[1]))
    return found


def without_addresses(text: str) -> str:
    """A value without what only this machine calls its files."""
    if "file:" not in text:
        return text
    return "".join(
        "url(" + '"' + part.partition('"')[0].rpartition("/")[2] + '"' + part.partition('"')[2]
        if index
        else part
        for index, part in enumerate(text.split('url("'))
    )


def as_text(found: dict[str, Rows]) -> str:
    """The record: names, distinct values, and for each element what differs from the element before it."""
    names: dict[str, int] = {}
    values: dict[str, int] = {}
    lines: list[str] = []
    before: dict[int, int] = {}
    for page, rows in found.items():
        for path, styles in rows:
            row = {
                names.setdefault(name, len(names)): values.setdefault(without_addresses(value), len(values))
                for name, value in styles.items()
            }
            change = [
                number for key, value in row.items() if before.get(key) != value for number in (key, value)
            ]
            lines.append(json.dumps([page, path, change], separators=(",", ":")))
            before = row
    head = f'{{"names":{json.dumps(list(names))},\n"values":{json.dumps(list(values))},\n"rows":[\n'
    return head + ",\n".join(lines) + "\n]}\n"


def recorded(file: Path = FILE) -> dict[str, Rows]:
    """The record, read again."""
    data = json.loads(file.read_text(encoding="utf-8"))
    names, values = data["names"], data["values"]
    found: dict[str, Rows] = {}
    row: dict[str, str] = {}
    for page, path, change in data["rows"]:
        row = dict(row)
        for at in range(0, len(change), 2):
            row[names[change[at]]] = values[change[at + 1]]
        found.setdefault(page, []).append((path, row))
    return found


def main(arguments: list[str]) -> int:
    """Write the file, or check it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tabler", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    text = as_text(measured(pages(CORPUS, options.tabler.resolve())))
    if options.check:
        return 0 if FILE.read_text(encoding="utf-8") == text else 1
    FILE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
