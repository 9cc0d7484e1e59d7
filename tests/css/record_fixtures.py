"""Records what Chromium makes of the pages in fixtures/style: boxes and computed values, beside each page as JSON.

python -m tests.css.record_fixtures            # writes fixtures/style/*.json
python -m tests.css.record_fixtures --check    # tells which files are not what this machine's Chromium says

The tests only read these files. Pages are shown in frames of 800 x 600, all in one run of the browser.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parents[2] / "fixtures" / "style"
WIDTH: Final = 800
HEIGHT: Final = 600
COLORS: Final = ["color", "background-color", "border-top-color", "outline-color", "text-decoration-color"]
VALUES: Final = (
    "display position float opacity font-size font-weight line-height z-index order visibility direction writing-mode "
    "text-align text-wrap-mode text-wrap-style white-space-collapse overflow-x overflow-y border-top-width "
    "border-top-style border-right-width border-left-style border-top-left-radius border-top-right-radius "
    "border-bottom-left-radius border-bottom-right-radius row-gap column-gap container-type container-name "
    "aspect-ratio content-visibility box-sizing flex-grow flex-wrap outline-style outline-offset "
    "text-decoration-line text-decoration-style text-underline-offset isolation animation-name "
    "animation-play-state animation-delay translate scale"
).split()

_SCRIPT: Final = """
const pages = PAGES, out = {}, canvas = document.createElement('canvas');
canvas.width = canvas.height = 1;
const paint = canvas.getContext('2d', {willReadFrequently: true});
const bytes = color => { paint.clearRect(0, 0, 1, 1); paint.fillStyle = color; paint.fillRect(0, 0, 1, 1);
  return Array.from(paint.getImageData(0, 0, 1, 1).data) };
const show = name => new Promise(done => {
  const frame = document.createElement('iframe');
  frame.style.cssText = 'width:WIDTHpx;height:HEIGHTpx;border:0';
  frame.onload = () => {
    const view = frame.contentWindow, rows = [];
    for (const e of view.document.body.querySelectorAll('*')) {
      const s = view.getComputedStyle(e), r = e.getBoundingClientRect();
      rows.push({box: [r.x, r.y, r.width, r.height].map(n => Math.round(n * 64) / 64),
        colors: COLORS.map(p => bytes(s.getPropertyValue(p))), values: VALUES.map(p => s.getPropertyValue(p))});
    }
    out[name] = rows; frame.remove(); done();
  };
  frame.srcdoc = pages[name];
  document.body.append(frame);
});
(async () => { for (const name in pages) await show(name);
  document.documentElement.textContent = '@@@' + encodeURIComponent(JSON.stringify(out)) + '@@@'; })();
"""


def measured() -> dict[str, list[dict[str, object]]]:
    """For each page, for each element below the body: its box, its colours as bytes, its computed values."""
    pages = {file.stem: file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.html"))}
    script = _SCRIPT.replace("PAGES", json.dumps(pages).replace("</", "<\\/"))
    script = script.replace("COLORS", json.dumps(COLORS)).replace("VALUES", json.dumps(VALUES))
    script = script.replace("WIDTH", str(WIDTH)).replace("HEIGHT", str(HEIGHT))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(f"<!doctype html><body><script>{script}</script>", encoding="utf-8")
        done = subprocess.run(
            [
                shutil.which("chromium") or "chromium",
                "--headless",
                "--no-sandbox",
                "--window-size=1280,800",
                "--virtual-time-budget=60000",
                "--dump-dom",
                file.as_uri(),
            ],
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
    found: dict[str, list[dict[str, object]]] = json.loads(urllib.parse.unquote(done.stdout.split("@@@")[1]))
    return found


def as_text(rows: list[dict[str, object]]) -> str:
    """A page's record, an element a line."""
    return "[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]\n"


def main(arguments: list[str]) -> int:
    """Write the files, or check them."""
    outdated: list[str] = []
    for name, rows in measured().items():
        file = FOLDER / f"{name}.json"
        text = as_text(rows)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            outdated.append(name)
            if "--check" not in arguments:
                file.write_text(text, encoding="utf-8")
    print("\n".join(outdated))
    return 1 if outdated and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
