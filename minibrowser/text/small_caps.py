"""Small capitals for fonts that have none: capitals at 70% of the size.

https://drafts.csswg.org/css-fonts-4/#font-variant-caps-prop; the factor and what is scaled are Blink's.
"""

from __future__ import annotations

from typing import Final, final

from .transform import uppercase

SMALL_CAPS_SCALE: Final = 0.7


@final
class CasePiece:
    """A stretch of a text: text[start:end], shown as `shown`, small or not.

    origins[i] is the offset into the text of the character that gave shown[i] (a letter may become two).
    """

    __slots__ = ("end", "is_small", "origins", "shown", "start")

    def __init__(self, start: int, end: int, shown: str, origins: list[int], is_small: bool) -> None:
        self.start: Final = start
        self.end: Final = end
        self.shown: Final = shown
        self.origins: Final = origins
        self.is_small: Final = is_small


def case_pieces(text: str, is_all: bool, language: str) -> list[CasePiece]:
    """Stretches that become small capitals, and those that stay. `is_all`: all-small-caps, everything is small."""
    pieces: list[CasePiece] = []
    start = 0
    length = len(text)
    while start < length:
        small = is_all or _changes(text[start])
        end = start + 1
        while end < length and (is_all or _continues(text[end], small)):
            end += 1
        shown: list[str] = []
        origins: list[int] = []
        for at in range(start, end):
            character = uppercase(text[at], language) if small else text[at]
            shown.append(character)
            for _ in character:
                origins.append(at)
        pieces.append(CasePiece(start, end, "".join(shown), origins, small))
        start = end
    return pieces


def _changes(character: str) -> bool:
    return character.upper() != character


def _continues(character: str, is_small: bool) -> bool:
    """Marks stay with the letter before them."""
    return 0x300 <= ord(character) < 0x370 or _changes(character) == is_small
