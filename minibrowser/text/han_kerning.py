"""Full-width punctuation set closer together (https://drafts.csswg.org/css-text-4/#text-spacing-trim-property).

As Blink (HanKerning): where two such characters meet, one gives up its empty half, by the font's own `halt` (`vhal`)
feature. Which characters these are is the specification's; what some of them are is seen from their glyphs.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final, final

from .harfbuzz import HarfBuzzFont


class HanType(IntEnum):
    """https://drafts.csswg.org/css-text-4/#text-spacing-classes ; NARROW: brackets that are not full-width."""

    OTHER = 0
    OPEN = 1
    CLOSE = 2
    MIDDLE = 3
    OPEN_NARROW = 4
    CLOSE_NARROW = 5


OPEN: Final = "\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\u301a\u301d\uff08\uff3b\uff5b\uff5f"
CLOSE: Final = "\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u3019\u301b\u301e\u301f\uff09\uff3d\uff5d\uff60"
DOTS: Final = "\u3001\u3002\uff0c\uff0e"
COLON: Final = "\uff1a"
SEMICOLON: Final = "\uff1b"
MIDDLE: Final = "\xb7\u2027\u3000\u30fb"
OPEN_NARROW: Final = "([{\u201a\u201e\u2045\u2329\u27e8\u2e28\uff62"
CLOSE_NARROW: Final = ")]}\u2046\u232a\uff63"
OPEN_QUOTES: Final = "\u2018\u201c"
CLOSE_QUOTES: Final = "\u2019\u201d"

MAY_OPEN: Final = OPEN + OPEN_QUOTES
"""What may give up its first half for the character before it."""
MAY_CLOSE: Final = CLOSE + CLOSE_QUOTES + DOTS + COLON + SEMICOLON
"""What may give up its second half for the character after it."""
CLOSES_LINES: Final = CLOSE + CLOSE_QUOTES
"""What may give up its second half at the end of a line; full stops and commas do not, in Blink."""
GIVING: Final = frozenset(MAY_OPEN + MAY_CLOSE)
OWN_SPACING: Final = ("halt", "vhal", "palt", "vpal", "chws", "vchw")
"""Features that, asked for by the page, do the same work."""

AFTER: Final = (HanType.OPEN, HanType.OPEN_NARROW, HanType.MIDDLE, HanType.CLOSE)
BEFORE: Final = (HanType.CLOSE, HanType.CLOSE_NARROW, HanType.MIDDLE)


@final
class HanFontData:
    """What a font says of its punctuation, in one language and orientation."""

    __slots__ = ("colon", "dots", "has_wide_quotes", "semicolon")

    def __init__(self, font: HarfBuzzFont, language: str) -> None:
        em = float(font.face.units_per_em)
        self.dots: Final = _common_type(font, DOTS, language, em)
        self.colon: Final = _common_type(font, COLON, language, em)
        self.semicolon: Final = _common_type(font, SEMICOLON, language, em)
        self.has_wide_quotes: Final = all(
            _advance(font, quote, language) >= em for quote in OPEN_QUOTES + CLOSE_QUOTES
        )

    def type_of(self, character: str) -> HanType:
        """The class of a character in this font."""
        if character in OPEN:
            return HanType.OPEN
        if character in CLOSE:
            return HanType.CLOSE
        if character in DOTS:
            return self.dots
        if character in MIDDLE:
            return HanType.MIDDLE
        if character in OPEN_QUOTES:
            return HanType.OPEN if self.has_wide_quotes else HanType.OPEN_NARROW
        if character in CLOSE_QUOTES:
            return HanType.CLOSE if self.has_wide_quotes else HanType.CLOSE_NARROW
        if character == COLON:
            return self.colon
        if character == SEMICOLON:
            return self.semicolon
        if character in OPEN_NARROW:
            return HanType.OPEN_NARROW
        if character in CLOSE_NARROW:
            return HanType.CLOSE_NARROW
        return HanType.OTHER


def trimmed_offsets(text: str, start: int, end: int, data: HanFontData) -> list[int]:
    """The characters of text[start:end] that give up half of their width, in order; its neighbours count."""
    offsets: list[int] = []
    last = data.type_of(text[start - 1]) if start > 0 else HanType.OTHER
    for at in range(start, min(end + 1, len(text))):
        current = data.type_of(text[at])
        if current in BEFORE and last == HanType.CLOSE:
            if at > start:
                offsets.append(at - 1)
        elif current == HanType.OPEN and last in AFTER and at < end:
            offsets.append(at)
        last = current
    return offsets


def _shape(font: HarfBuzzFont, character: str, language: str) -> tuple[int, float]:
    """The glyph of a character and its advance, in font units."""
    glyphs, _, positions = font.shape(character, 0, 1, False, "Hani", language, {})
    return (glyphs[0], float(positions[0][2])) if glyphs else (0, 0.0)


def _advance(font: HarfBuzzFont, character: str, language: str) -> float:
    glyph, advance = _shape(font, character, language)
    return advance if glyph else 0.0


def _common_type(font: HarfBuzzFont, characters: str, language: str, em: float) -> HanType:
    """Where the ink of these characters is: at the start of the em, in its middle; OTHER where they differ."""
    found = HanType.OTHER
    for character in characters:
        glyph, advance = _shape(font, character, language)
        if not glyph or advance < em:
            return HanType.OTHER
        left, right = font.ink_of(glyph)
        if right <= em / 2:
            current = HanType.CLOSE
        elif left >= em / 4 and right <= em * 3 / 4:
            current = HanType.MIDDLE
        else:
            return HanType.OTHER
        if found not in (HanType.OTHER, current):
            return HanType.OTHER
        found = current
    return found
