"""`python -m tests.page.record_sites [NAME ...]`: Chromium's boxes of fixtures/sites/*.html, beside them as JSON.

Small pages as real sites have them. Each file holds the client rectangle of every element that has one, by its
path (see minibrowser/layout/boxes_dump.py), at 800 by 600. Needs Chromium; the tests do not.
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
from typing import Final

from tests.layout.record import SCRIPT

FOLDER: Final = Path(__file__).parent.parent.parent / "fixtures" / "sites"
WIDTH: Final = 800
HEIGHT: Final = 600
FRAME: Final = 87
"""How much higher Chromium's window is than what it shows, CSS px."""


def record(page: Path) -> dict[str, list[object]]:
    """The boxes of one page: tag, x, y, width, height by path."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "page.html")
        copy.write_text(page.read_text(encoding="utf-8") + SCRIPT, encoding="utf-8")
        command = [
            shutil.which("chromium") or "chromium",
            *"--headless --no-sandbox --disable-gpu --hide-scrollbars --virtual-time-budget=2000".split(),
            f"--window-size={WIDTH},{HEIGHT + FRAME}",
            "--dump-dom",
            copy.as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    found = re.search(r'<pre id="boxes">(.*?)</pre>', done.stdout, re.DOTALL)
    if found is None:
        raise SystemExit(f"{page.name}: Chromium told nothing")
    boxes: dict[str, list[object]] = json.loads(html.unescape(found.group(1)))
    return boxes


def main() -> None:
    """Record the pages named, or all."""
    names = sys.argv[1:]
    for page in sorted(FOLDER.glob("*.html")):
        if names and page.stem not in names:
            continue
        boxes = record(page)
        lines = []
        drawings = [path for path, box in boxes.items() if box[0] == "svg"]
        for path, (tag, *numbers) in boxes.items():
            if any(path.startswith(svg + "/") for svg in drawings):
                continue  # ours are of the CSS boxes
            rounded = [round(number, 3) for number in numbers if isinstance(number, (int, float))]
            lines.append(f"{json.dumps(path)}:{json.dumps([tag, *rounded], separators=(',', ':'))}")
        page.with_suffix(".json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
        print(page.stem, len(boxes))


if __name__ == "__main__":
    main()
