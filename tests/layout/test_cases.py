"""Each page of cases/ has the boxes that Chromium recorded for it (`python -m tests.layout.record`)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .support import lay_out, session_fonts

CASES = Path(__file__).parent / "cases"
TOLERANCE = 0.1
"""CSS px: Chromium reports positions in 1/64 px, and transforms in single precision."""


def has_fonts() -> bool:
    """Whether the fonts are here that the recordings were made with."""
    record = session_fonts().source.match("Liberation Sans", False, 400.0, 100.0, False)
    return record is not None and "Liberation" in record.family


@pytest.mark.skipif(not has_fonts(), reason="the recordings were made with the Liberation fonts")
@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.html")))
def test_boxes_are_chromiums(name: str) -> None:
    expected = json.loads((CASES / f"{name}.json").read_text())
    found = {str(box["path"]): box for box in lay_out((CASES / f"{name}.html").read_text()).boxes()}
    wrong: list[str] = []
    for path, (tag, *numbers) in expected.items():
        box = found.get(path)
        if box is None:
            wrong.append(f"{path} {tag}: no box")
            continue
        mine = [float(str(box[key])) for key in ("x", "y", "width", "height")]
        if any(abs(a - b) > TOLERANCE for a, b in zip(mine, numbers, strict=True)):
            wrong.append(f"{path} {tag}: {[round(number, 3) for number in mine]}, Chromium {numbers}")
    extra = [
        f"{path} {box['tag']}: no box in Chromium" for path, box in found.items() if path not in expected
    ]
    assert not wrong + extra, "\n".join(wrong + extra)
