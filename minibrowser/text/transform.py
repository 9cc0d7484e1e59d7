"""`text-transform`: https://drafts.csswg.org/css-text-3/#text-transform-property

Full case mappings of Unicode (Python's own), with the languages whose rules differ.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from .enums import CaseTransform

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

MATH_SYMBOLS: Final = "\u0131\u0237\u03f4\u2207\u2202\u03f5\u03d1\u03f0\u03d5\u03f1\u03d6"
MATH_ITALICS: Final = (
    "\U0001d6a4\U0001d6a5\U0001d6f3\U0001d6fb\U0001d715\U0001d716"
    "\U0001d717\U0001d718\U0001d719\U0001d71a\U0001d71b"
)

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
    return math_italic(text)


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
    if primary_language(language) == "lt":
        text = _dotted_lithuanian(text)
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


def math_italic(text: str) -> str:
    """`text-transform: math-auto`: a single letter becomes a mathematical italic one.

    https://w3c.github.io/mathml-core/#new-text-transform-values
    """
    if len(text) != 1:
        return text
    code = ord(text)
    if text == "h":
        return "\u210e"
    if 0x41 <= code <= 0x5A:
        return chr(0x1D434 + code - 0x41)
    if 0x61 <= code <= 0x7A:
        return chr(0x1D44E + code - 0x61)
    if 0x391 <= code <= 0x3A9 and code != 0x3A2:
        return chr(0x1D6E2 + code - 0x391)
    if 0x3B1 <= code <= 0x3C9:
        return chr(0x1D6FC + code - 0x3B1)
    at = MATH_SYMBOLS.find(text)
    return text if at < 0 else MATH_ITALICS[at]


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


def _dotted_lithuanian(text: str) -> str:
    """Lithuanian keeps the dot of i, j and į under further accents (SpecialCasing.txt)."""
    for composed, parts in (("\xcc", "I\u0300"), ("\xcd", "I\u0301"), ("\u0128", "I\u0303")):
        text = text.replace(composed, parts)
    return re.sub("([IJ\u012e])(?=[\u0300-\u0314\u033d-\u0344])", "\\1\u0307", text)


def _without_tonos(match: re.Match[str]) -> str:
    return GREEK_TONOS.sub("", match.group())
