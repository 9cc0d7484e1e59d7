"""`hyphens: auto`: https://drafts.csswg.org/css-text-3/#hyphenation

The only importer of pyphen (its dictionaries are those of LibreOffice; Chromium's on Linux come from the
same TeX patterns). Words are hyphenated only in a language that is known and has patterns.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pyphen

MIN_WORD: Final = 5
"""Letters; `hyphenate-limit-chars: auto` is 5 2 2."""
MIN_BEFORE: Final = 2
MIN_AFTER: Final = 2


@lru_cache(maxsize=16)
def _dictionary(language: str) -> pyphen.Pyphen | None:
    name = pyphen.language_fallback(language.replace("-", "_"))
    return None if name is None else pyphen.Pyphen(lang=name, left=MIN_BEFORE, right=MIN_AFTER)


def has_patterns(language: str) -> bool:
    """Whether words of this language can be hyphenated."""
    return bool(language) and _dictionary(language) is not None


@lru_cache(maxsize=4096)
def hyphenation_points(word: str, language: str) -> tuple[int, ...]:
    """Offsets inside one word before which a hyphen and a line break may come."""
    if len(word) < MIN_WORD or not language:
        return ()
    dictionary = _dictionary(language)
    if dictionary is None:
        return ()
    return tuple(
        int(position)
        for position in dictionary.positions(word.lower() if len(word.lower()) == len(word) else word)
        if MIN_BEFORE <= position <= len(word) - MIN_AFTER
    )
