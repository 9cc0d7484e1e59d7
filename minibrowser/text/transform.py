"""`text-transform`: https://drafts.csswg.org/css-text-3/#text-transform-property

Full case mappings of Unicode (Python's own), with the languages whose rules differ.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from minibrowser.text.enums import CaseTransform

TURKIC: Final = ("tr", "az", "crh", "tt", "ba")

# Full width: U+FF01..U+FF5E for ASCII, the ideographic space, and the few other narrow forms.
FULL_WIDTH: Final = {
    **{code: code + 0xFEE0 for code in range(0x21, 0x7F)},
    0x20: 0x3000,
    0xA2: 0xFFE0,
    0xA3: 0xFFE1,
    0xAC: 0xFFE2,
    0xAF: 0xFFE3,
    0xA6: 0xFFE4,
    0xA5: 0xFFE5,
    0x20A9: 0xFFE6,
    0x2985: 0xFF5F,
    0x2986: 0xFF60,
}

SMALL_KANA: Final = dict(
    zip(
        "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォヵㇰヶㇱㇲッㇳㇴㇵㇶㇷㇸㇹㇺャュョㇻㇼㇽㇾㇿヮ",
        "あいうえおつやゆよわかけアイウエオカクケシスツトヌハヒフヘホムヤユヨラリルレロワ",
        strict=True,
    )
)

GREEK_MARKED: Final = re.compile("[\u0370-\u03ff\u1f00-\u1fff][\u0300-\u036f]+")
GREEK_TONOS: Final = re.compile("[\u0301\u0300\u0342\u0313\u0314\u0304\u0306\u0343]")
COMBINING_DOT: Final = "\u0307"

_lower: Callable[[str], str] = str.lower


def primary_language(language: str) -> str:
    """The first subtag in lower case."""
    return re.split("[-_]", language, maxsplit=1)[0].lower()


def transform_case(text: str, case: CaseTransform, language: str = "", previous: str = "") -> str:
    """The text in another case. `previous` is the character before it (for capitalize inside a word)."""
    if case == CaseTransform.NONE or not text:
        return text
    if case == CaseTransform.UPPERCASE:
        return uppercase(text, language)
    if case == CaseTransform.LOWERCASE:
        return lowercase(text, language)
    if case == CaseTransform.CAPITALIZE:
        return capitalize(text, previous)
    return text


def uppercase(text: str, language: str = "") -> str:
    """Full mapping (ß becomes SS); Turkic i keeps its dot, Greek drops its accents, Lithuanian its dot."""
    if text.isascii() and not language:
        return text.upper()
    primary = primary_language(language)
    if primary in TURKIC:
        return text.replace("i", "İ").upper()
    if primary == "el":
        return _uppercase_greek(text)
    if primary == "lt":
        return re.sub("([ijįIJĮ])\u0307", r"\1", text).upper()
    if primary == "hy":
        return text.replace("և", "եւ").upper()
    return text.upper()


def lowercase(text: str, language: str = "") -> str:
    """Full mapping with final sigma; Turkic I loses its dot."""
    if primary_language(language) in TURKIC:
        text = text.replace("I" + COMBINING_DOT, "i").replace("İ", "i").replace("I", "ı")
    # NOTE: not text.lower(): mypyc compiles that to a mapping of its own that knows no final sigma.
    return _lower(text)


def capitalize(text: str, previous: str = "") -> str:
    """The first letter of each word in title case; the rest is left alone.

    As Blink does it: by each character's simple mapping (no letter becomes two), the same in all languages.
    """
    result: list[str] = []
    inside = _is_word_character(previous) if previous else False
    for character in text:
        if inside:
            inside = _is_word_character(character) or character in "'\u2019\u00ad\u200d"
            result.append(character)
            continue
        title = character.title()
        inside = _is_word_character(character) or title != character
        result.append(title if len(title) == 1 else character)
    return "".join(result)


def full_width(text: str) -> str:
    """`text-transform: full-width`: characters that have a full-width form take it."""
    return text.translate(FULL_WIDTH)


def full_size_kana(text: str) -> str:
    """`text-transform: full-size-kana`: small kana become large ones."""
    return "".join(SMALL_KANA.get(character, character) for character in text)


def _is_word_character(character: str) -> bool:
    """Letters, marks, digits and connectors such as the underscore."""
    return unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Pc")


def _uppercase_greek(text: str) -> str:
    """Accents go; a diaeresis stays, and appears where the accent had kept two vowels apart (άι: ΑΪ)."""
    decomposed = unicodedata.normalize("NFD", text)
    marked = re.sub("([αεοηΑΕΟΗ])\u0301([ιυΙΥ])(?!\u0308)", "\\1\\2\u0308", decomposed)
    # The disjunctive eta keeps its accent: https://drafts.csswg.org/css-text-3/#text-transform-property
    marked = re.sub("(?<!\\w)([ηΗ])\u0301(?!\\w)", "\\1\ue000", marked)
    bare = GREEK_MARKED.sub(_without_tonos, marked).replace("\u0345", "\u0399").replace("\ue000", "\u0301")
    return unicodedata.normalize("NFC", bare.upper())


def _without_tonos(match: re.Match[str]) -> str:
    return GREEK_TONOS.sub("", match.group())
