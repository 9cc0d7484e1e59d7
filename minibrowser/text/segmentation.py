"""Boundaries in text by ICU, the library that Chromium uses: lines, graphemes, words.

The only importer of icu4py, and imported only for text that needs it (its data costs 10 ms to load).
All offsets are into the Python string. https://unicode-org.github.io/icu/userguide/boundaryanalysis/
"""

from __future__ import annotations

import re
from typing import Final

from icu4py.breakers import CharacterBreaker, LineBreaker, WordBreaker

SURROGATES: Final = re.compile(r"[\ud800-\udfff]")
ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")


def line_boundaries(text: str, locale: str) -> list[int]:
    """Offsets before which UAX 14 allows a break, the end included; `locale` may carry lb=strict and such."""
    text = SURROGATES.sub("\ufffd", text)
    return _offsets(text, [end for _, end in LineBreaker(text, locale).segments()])


def grapheme_boundaries(text: str) -> list[int]:
    """Ends of extended grapheme clusters: https://www.unicode.org/reports/tr29/#Grapheme_Cluster_Boundaries"""
    text = SURROGATES.sub("\ufffd", text)
    return _offsets(text, [end for _, end in CharacterBreaker(text, "en").segments()])


def word_boundaries(text: str, locale: str) -> list[int]:
    """Ends of words and of what lies between them: https://www.unicode.org/reports/tr29/#Word_Boundaries"""
    text = SURROGATES.sub("\ufffd", text)
    return _offsets(text, [end for _, end in WordBreaker(text, locale).segments()])


def _offsets(text: str, ends: list[int]) -> list[int]:
    """ICU counts UTF-16 code units; Python counts characters."""
    if ASTRAL.search(text) is None:
        return ends
    result: list[int] = []
    units = 0
    at = 0
    for end in ends:
        while units < end and at < len(text):
            units += 2 if text[at] > "\uffff" else 1
            at += 1
        result.append(at)
    return result
