"""Records what Chromium makes of texts: widths, font metrics, line breaks between pairs of characters.

    python -m tests.text.record            # writes tests/text/chromium.json
    python -m tests.text.record --check    # tells whether the file is what this machine's Chromium says

Needs Chromium and the packages fonts-liberation and fonts-dejavu-core of Debian.
"""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

RECORD: Final = Path(__file__).parent / "chromium.json"

TEXTS: Final = (
    "The quick brown fox jumps over the lazy dog",
    "AV To Yo T A Y. W, LT V A",
    "fi ffi fl office",
    "élan naïve Ünïcode",
    "été — “quoted” … ‘x’",
    "Ελληνικά κείμενο",
    "Привет мир",
    "שלום עולם",
    "مرحبا بالعالم",
    "e\u0301a\u0308o\u0302",
    "a\u00a0b c",
    "soft\u00adhy\u00adphen",
    "x\u200by\u200dz\ufeff",
    "日本語",
    "→ ← ✓ ✗ ★ ☃ ♥",
    "😀👍🏽",
    "1/2 ½ ²³",
    "a\tb",
    "©®™•·",
    "≤≥≠∞∑",
    "नमस्ते",
    "─│┌█",
    "\u2003em\u2002en\u2009thin",
    "ﬁ ﬂ",
    "①②③",
)
FAMILIES: Final = (
    "Liberation Sans",
    "Liberation Serif",
    "DejaVu Sans",
    "monospace",
    "sans-serif",
    "DejaVu Serif",
    "Liberation Sans Narrow",
)
STYLES: Final = (
    "",
    "font-weight:bold",
    "font-style:italic",
    "font-weight:bold;font-style:italic",
    "letter-spacing:1.5px",
    "letter-spacing:-0.3px;word-spacing:4px",
    "font-kerning:none",
    "font-size:13px",
    "font-size:13.33px",
    "font-size:15px",
    "font-size:24.5px",
    "font-size:40.7px",
    "font-weight:600;font-size:11px",
)
GENERIC: Final = ("monospace", "sans-serif")

METRIC_FAMILIES: Final = (
    "Liberation Sans",
    "Liberation Serif",
    "Liberation Mono",
    "DejaVu Sans",
    "DejaVu Serif",
    "DejaVu Sans Mono",
)
METRIC_SIZES: Final = (
    1,
    2,
    3,
    4,
    6,
    8,
    9,
    10,
    11,
    12,
    13,
    14,
    15,
    16,
    17,
    18,
    20,
    24,
    24.5,
    28,
    30,
    32,
    48,
    64,
    100.3,
)

PAIR_CHARACTERS: Final = "".join(chr(code) for code in range(0x21, 0x100) if code < 0x7F or code >= 0xA0)
"""Printable Latin-1 without the space."""

FAMILY_NAMES: Final = tuple(
    (
        "serif,sans-serif,monospace,system-ui,cursive,fantasy,ui-monospace,Arial,Helvetica,Georgia,Verdana,Courier,"
        "Times,Consolas,Roboto,Foo,Arimo,Tinos,Cousine,'sans-serif','serif','monospace',sans,-apple-system,"
        "'Helvetica Neue','Courier New','Times New Roman','Segoe UI','Liberation Sans Narrow'"
    ).split(",")
)


PAGE: Final = """<!doctype html><meta charset=utf-8><html lang=en><body style="margin:0"><pre id=o></pre><script>
const IN = %s, out = {widths: [], metrics: [], pairs: {}, families: {}};
function measure(text, css) {
  const e = document.createElement("span");
  e.style.cssText = "position:absolute;white-space:nowrap;font:16px serif;" + css;
  e.textContent = text;
  document.body.appendChild(e);
  const box = e.getBoundingClientRect();
  e.remove();
  return box;
}
for (const text of IN.texts) for (const family of IN.families) for (const style of IN.styles)
  out.widths.push(measure(text, "font-family:" + family + ";" + style).width);
for (const family of IN.metric_families) for (const size of IN.metric_sizes) {
  const d = document.createElement("div");
  d.style.cssText = "position:absolute;font:" + size + "px " + family;
  d.innerHTML = "<span>x</span>" + ["10ex", "10ch", "10cap"].map(
    w => '<div style="width:' + w + '"></div>').join("");
  document.body.appendChild(d);
  const span = d.children[0].getBoundingClientRect();
  const rest = [1, 2, 3].map(i => d.children[i].getBoundingClientRect().width / 10);
  out.metrics.push([span.height, d.getBoundingClientRect().height].concat(rest));
  d.remove();
}
for (const [name, css] of [["normal", ""], ["break_all", "word-break:break-all"]]) {
  const host = document.createElement("div");
  host.style.cssText = "position:absolute;width:0;font:10px/10px 'Liberation Sans';" + css;
  document.body.appendChild(host);
  out.pairs[name] = [];
  for (const a of IN.pair_characters) {
    const cells = [...IN.pair_characters].map(b => {
      const d = document.createElement("div");
      d.textContent = a + b;
      host.appendChild(d);
      return d;
    });
    out.pairs[name].push([...IN.pair_characters].filter((b, i) => cells[i].offsetHeight > 10).join(""));
    host.textContent = "";
  }
}
const known = {};
for (const family of ["Liberation Sans", "Liberation Serif", "Liberation Mono", "DejaVu Sans", "DejaVu Serif",
                      "DejaVu Sans Mono", "Liberation Sans Narrow"])
  known[measure("The quick 1lI brown Wfox.@", "font-family:'" + family + "'").width] = family;
for (const name of IN.family_names)
  out.families[name] = known[measure("The quick 1lI brown Wfox.@", "font-family:" + name).width] || "";
document.getElementById("o").textContent = JSON.stringify(out);
</script>"""


def quoted(family: str) -> str:
    """A family as it is written in CSS."""
    return family if family in GENERIC else f"'{family}'"


def record() -> dict[str, object]:
    """Ask Chromium."""
    browser = shutil.which("chromium")
    if browser is None:
        raise SystemExit("chromium is not installed")
    questions = {
        "texts": TEXTS,
        "families": [quoted(family) for family in FAMILIES],
        "styles": STYLES,
        "metric_families": [quoted(family) for family in METRIC_FAMILIES],
        "metric_sizes": METRIC_SIZES,
        "pair_characters": PAIR_CHARACTERS,
        "family_names": FAMILY_NAMES,
    }
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(PAGE % json.dumps(questions), encoding="utf-8")
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.as_uri()]
        dump = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    answers: dict[str, object] = json.loads(html.unescape(dump.split('<pre id="o">')[1].split("</pre>")[0]))
    return answers


def main() -> int:
    """0 where the file is written, or is right."""
    text = json.dumps(record(), ensure_ascii=True, separators=(",", ":")) + "\n"
    if "--check" in sys.argv[1:]:
        return 0 if RECORD.read_text(encoding="utf-8") == text else 1
    RECORD.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
