"""`python -m tests.layout.record [NAME ...]`: what Chromium makes of cases/*.html, written beside them as JSON.

Each file holds the client rectangle of every element by its path (see minibrowser/layout/boxes_dump.py), measured
at 1280 by 800 (the window is 87 px higher than what it shows). Needs Chromium; the tests do not.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CASES = Path(__file__).parent / "cases"

SCRIPT = """<script>addEventListener('load', () => {
  const boxes = {};
  const visit = (element, path) => {
    if (element.localName === 'script') return;
    const rect = element.getBoundingClientRect();
    if (element.getClientRects().length)
      boxes[path] = [element.localName, rect.x, rect.y, rect.width, rect.height];
    [...element.children].forEach((child, index) => visit(child, path ? path + '/' + index : '' + index));
  };
  visit(document.documentElement, '');
  document.documentElement.innerHTML = '<pre id=boxes></pre>';
  document.getElementById('boxes').textContent = JSON.stringify(boxes);
});</script>"""


def boxes_in_chromium(markup: str) -> dict[str, list[object]]:
    """Tag, x, y, width and height of each element of a page, by path."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "case.html")
        page.write_text(markup + SCRIPT)
        command = [
            shutil.which("chromium") or "chromium",
            *"--headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1280,887".split(),
            "--virtual-time-budget=2000",
            "--dump-dom",
            page.as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    found = re.search(r'<pre id="boxes">(.*?)</pre>', done.stdout, re.DOTALL)
    if found is None:
        raise SystemExit(f"Chromium told nothing of: {markup[:200]}")
    boxes: dict[str, list[object]] = json.loads(html.unescape(found.group(1)))
    return boxes


def main() -> None:
    """Record the cases named, or all."""
    names = sys.argv[1:]
    for case in sorted(CASES.glob("*.html")):
        if names and case.stem not in names:
            continue
        boxes = boxes_in_chromium(case.read_text())
        lines = [f"{json.dumps(path)}: {json.dumps(box)}" for path, box in boxes.items()]
        case.with_suffix(".json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
        print(case.stem, len(boxes))


if __name__ == "__main__":
    main()
