"""Ten pages of our own on Bootstrap 5's style sheet, against Chromium's pictures and boxes of them.

Bootstrap itself is not part of this project. With its `bootstrap.min.css` (5.3, MIT licence, npm package `bootstrap`)
at hand, name it:

    MINIBROWSER_BOOTSTRAP=.../dist/css/bootstrap.min.css pytest tests/page/test_bootstrap.py
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from statistics import fmean

import pytest

from tests.fidelity import run

PAGES = Path(__file__).parents[2] / "fixtures" / "bootstrap"
LEAST = 88.0
"""Mean score that the pages must reach; 99 when this was written."""


def test_pages_on_bootstrap_look_as_in_chromium(tmp_path: Path) -> None:
    sheet = os.environ.get("MINIBROWSER_BOOTSTRAP", "")
    if not sheet:
        pytest.skip("MINIBROWSER_BOOTSTRAP does not name a bootstrap.min.css")
    for page in PAGES.glob("*.html"):
        shutil.copy(page, tmp_path)
    shutil.copy(sheet, tmp_path / "bootstrap.min.css")
    scores = {page.name: page.score for page in run(PAGES / "chromium.zip", tmp_path, 2)}
    assert len(scores) == 10
    assert min(scores.values()) > 80, scores
    assert fmean(scores.values()) >= LEAST, scores
