"""The marks of `quotes: auto` by language: what Chromium 156 shows, which are CLDR's
(https://drafts.csswg.org/css-content-3/#quotes)."""

from __future__ import annotations

from typing import Final

Quotes = tuple[str, str, str, str]

DEFAULT_QUOTES: Final[Quotes] = ("\u201c", "\u201d", "\u2018", "\u2019")

_TABLE: Final[tuple[tuple[str, str], ...]] = (
    ("\u00ab\u00bb\u2039\u203a", "am az-cyrl fa fr-ch"),
    ("\u201d\u201c\u2019\u2018", "ar ur"),
    ("\u201e\u201c\u201e\u201c", "bg lt"),
    ("\u201e\u201c\u201a\u2018", "bs-cyrl cs de et hr sk sl"),
    ("\u00ab\u00bb\u201c\u201d", "ca el it pt-pt"),
    ("\u201d\u201d\u2019\u2019", "fi he sv"),
    ("\u00ab\u00bb\u00ab\u00bb", "fr"),
    ("\u00ab\u00bb\u201d\u201c", "fr-ca"),
    ("\u201e\u201d\u00bb\u00ab", "hu"),
    ("\u300c\u300d\u300e\u300f", "ja zh-hant"),
    ("\u00ab\u00bb\u2018\u2019", "nb nn no"),
    ("\u2018\u2019\u2018\u2019", "nl ti-er"),
    ("\u201e\u201d\u00ab\u00bb", "pl ro"),
    ("\u00ab\u00bb\u201e\u201c", "ru uk"),
    ("\u201e\u201d\u2019\u2019", "sr"),
)
_QUOTES: Final[dict[str, Quotes]] = {
    language: (marks[0], marks[1], marks[2], marks[3])
    for marks, languages in _TABLE
    for language in languages.split()
}


def quotes_of(language: str) -> Quotes:
    """Open, close, and the same for quotes in quotes; by the longest known beginning of the language tag."""
    tag = language.lower()
    while tag:
        found = _QUOTES.get(tag)
        if found is not None:
            return found
        tag = tag.rpartition("-")[0]
    return DEFAULT_QUOTES
