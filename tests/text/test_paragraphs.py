"""Paragraphs of 20 languages break as in Chromium (`python -m tests.text.paragraphs` records)."""

from __future__ import annotations

import json

import pytest

from minibrowser.layout.fragment import Fragment, FragmentKind
from tests.layout.support import lay_out
from tests.layout.test_cases import has_fonts

from .paragraphs import RECORD, SENTENCES, STYLES, page

WANTED = 0.97
TOLERANCE = 0.6
"""CSS px: Chromium rounds each run of glyphs up to 1/64 px, and justified ones a little on."""


def _extent(fragment: Fragment, x: float, found: list[float]) -> None:
    if fragment.kind == FragmentKind.TEXT:
        found += [x, x + fragment.width]
    for link in fragment.children:
        _extent(link.fragment, x + link.x, found)


def _lines(fragment: Fragment, x: float) -> list[tuple[float, float]]:
    lines: list[tuple[float, float]] = []
    for link in fragment.children:
        found: list[float] = []
        _extent(link.fragment, x + link.x, found)
        if found:
            lines.append((min(found), max(found)))
    return lines


def _paragraphs(fragment: Fragment, x: float, found: list[list[tuple[float, float]]]) -> None:
    box = fragment.box
    if box is not None and box.element is not None and box.element.is_html("p"):
        found.append(_lines(fragment, x))
        return
    for link in fragment.children:
        _paragraphs(link.fragment, x + link.x, found)


@pytest.mark.skipif(not has_fonts(), reason="the recording was made with the Liberation fonts")
def test_lines_of_200_paragraphs_are_chromiums() -> None:
    expected = json.loads(RECORD.read_text())
    found: list[list[tuple[float, float]]] = []
    _paragraphs(lay_out(page()).root, 0.0, found)
    assert len(found) == len(expected) == len(SENTENCES) * len(STYLES)
    total = same = 0
    wrong: list[str] = []
    names = [f"{language}: {style}" for language in SENTENCES for style in STYLES]
    for name, ours, theirs in zip(names, found, expected, strict=True):
        total += len(theirs)
        equal = 0
        for line, other in zip(ours, theirs, strict=False):
            equal += abs(line[0] - other[0]) <= TOLERANCE and abs(line[1] - other[1]) <= TOLERANCE
        same += equal
        if equal < len(theirs):
            wrong.append(f"{name}: {equal} of {len(theirs)}: {ours[:3]} {theirs[:3]}")
    assert same >= WANTED * total, f"{same} of {total}\n" + "\n".join(wrong)
