"""Records what Chromium computes for one of each HTML element without author styles.

python -m tests.css.record            # writes tests/css/chromium_elements.json
python -m tests.css.record --check    # tells whether the file is what this machine's Chromium says
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

FILE: Final = Path(__file__).with_name("chromium_elements.json")

TAGS: Final = (
    "a abbr acronym address article aside b bdi bdo big blockquote br button canvas center cite code data dd del "
    "details dfn dialog dir div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header "
    "hgroup hr i iframe img ins kbd label legend li listing main map mark menu meter nav nobr object ol optgroup "
    "output p picture pre progress q ruby s samp search section select small span strike strong sub summary sup svg "
    "table textarea time tt u ul var video wbr xmp"
).split()
TYPES: Final = (
    "text password search tel url email number range color date time month week datetime-local checkbox radio "
    "submit reset button file image"
).split()
SNIPPETS: Final = [
    *(f"<{tag}>" if tag in ("br", "hr", "img", "wbr") else f"<{tag}></{tag}>" for tag in TAGS),
    *(f"<input type={kind}>" for kind in TYPES),
    "<input type=text disabled>", "<button disabled></button>", "<textarea disabled></textarea>", "<a href=x></a>",
    "<abbr title=x></abbr>", "<dialog open></dialog>", "<details open><summary></summary></details>",
    "<select multiple></select>",
    "<table border=2 cellpadding=4><caption></caption><colgroup><col></colgroup><thead><tr><th></th></tr></thead>"
    "<tbody><tr><td></td></tr></tbody></table>",
    "<ul><li><ul><li><ul></ul></li></ul></li></ul>", "<ol><li><ul></ul></li></ol>", "<pre><code></code></pre>",
    "<ruby><rp></rp><rt></rt></ruby>", "<p hidden></p>", "<p dir=rtl></p>", "<h1><small></small></h1>",
    "<sub><sup></sup></sub>",
    "<center><table><tr><td></td></tr></table></center>", "<div style='display:flex'><span></span></div>",
]  # fmt: skip
PROPERTIES: Final = (
    "display position float appearance box-sizing overflow-x overflow-y visibility cursor color background-color "
    "margin-top margin-bottom padding-top padding-right padding-bottom padding-left border-top-width border-top-style "
    "border-top-color border-left-width border-left-style border-top-left-radius font-size font-weight font-style "
    "line-height text-align text-indent text-decoration-line text-decoration-style white-space-collapse text-wrap-mode "
    "vertical-align list-style-type list-style-position border-collapse -webkit-border-horizontal-spacing direction "
    "unicode-bidi letter-spacing resize object-fit"
).split()


def page() -> str:
    """The document that is measured, without scripts."""
    return "<!doctype html><body>" + "\n".join(SNIPPETS)


def measured() -> list[list[str]]:
    """For each element below the body: its name, then its values in the order of PROPERTIES."""
    script = (
        "<script>addEventListener('load', () => { const out = [];"
        "for (const e of document.body.querySelectorAll('*')) {"
        "if (e.localName === 'script') continue; const s = getComputedStyle(e);"
        f"out.push([e.localName, ...{json.dumps(PROPERTIES)}.map(p => s.getPropertyValue(p))]) }}"
        "document.documentElement.textContent = '@@@' + encodeURIComponent(JSON.stringify(out)) + '@@@' })</script>"
    )
    chromium = shutil.which("chromium") or "chromium"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page() + script, encoding="utf-8")
        done = subprocess.run(
            [chromium, "--headless", "--no-sandbox", "--window-size=1280,800", "--dump-dom", file.as_uri()],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
    rows: list[list[str]] = json.loads(urllib.parse.unquote(done.stdout.split("@@@")[1]))
    return rows


def main(arguments: list[str]) -> int:
    """Write the file, or check it."""
    text = json.dumps(measured(), indent=None, separators=(",", ":")).replace("],[", "],\n[") + "\n"
    if "--check" in arguments:
        return 0 if FILE.read_text(encoding="utf-8") == text else 1
    FILE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
