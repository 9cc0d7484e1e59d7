"""Lines of text against Chromium's pixels."""

from __future__ import annotations

import pytest

from benchmarks.text_pixels import errors
from minibrowser.page.system_fonts import system_fonts

FAMILIES = ("Liberation Sans", "Liberation Serif", "Liberation Mono", "DejaVu Sans")
MOST = 5.0
"""Percent of the ink."""


def test_each_line_from_11_to_48_px_is_within_a_twentieth_of_its_ink() -> None:
    source = system_fonts("")
    for family in FAMILIES:
        record = source.match(family, False, 400.0, 100.0, False)
        if record is None or record.family != family:
            pytest.skip(f"{family} is not on this machine")
    found = errors()
    assert {family for family, _ in found} == set(FAMILIES)
    assert min(size for _, size in found) == 11
    assert max(size for _, size in found) == 48
    assert {line: error for line, error in found.items() if error > MOST} == {}
