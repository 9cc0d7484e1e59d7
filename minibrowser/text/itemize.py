"""Cut a text into segments that HarfBuzz can shape in one call: one font, one script, one orientation.

Scripts: https://www.unicode.org/reports/tr24/#Common. Fonts: https://drafts.csswg.org/css-fonts-4/#cluster-matching.
Direction is not decided here: a text item has one already.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final, final

from .enums import EmojiPresentation, FontOrientation
from .font import Font
from .font_context import FontList, is_invisible
from .harfbuzz import script_of
from .orientation import is_upright

COMMON: Final = "Zyyy"
INHERITED: Final = "Zinh"
LATIN: Final = "Latn"

ZERO_WIDTH_JOINER: Final = 0x200D
TEXT_SELECTOR: Final = 0xFE0E
EMOJI_SELECTOR: Final = 0xFE0F


@final
class RunSegment:
    """text[start:end] in one font and one script (a four-letter ISO 15924 tag). `is_upright`: on a vertical line."""

    __slots__ = ("end", "font", "is_upright", "script", "start")

    def __init__(self, start: int, end: int, font: Font, script: str, is_upright: bool = False) -> None:
        self.start: Final = start
        self.end: Final = end
        self.font: Final = font
        self.script: Final = script
        self.is_upright: Final = is_upright

    def __repr__(self) -> str:
        return f"<RunSegment {self.start}..{self.end} {self.script} {self.font}>"


@lru_cache(maxsize=4096)
def extends_cluster(codepoint: int) -> bool:
    """Whether a character belongs to the one before it: marks, joiners, variation selectors, emoji modifiers."""
    if codepoint < 0x300:
        return False
    if codepoint in (ZERO_WIDTH_JOINER, 0x200C) or 0x1F3FB <= codepoint <= 0x1F3FF:
        return True
    if 0xE0020 <= codepoint <= 0xE007F:
        return True
    return unicodedata.category(chr(codepoint)) in ("Mn", "Me", "Mc")


def is_emoji_by_default(codepoint: int) -> bool:
    """Whether a character is shown as an emoji without a selector: https://www.unicode.org/reports/tr51/#Presentation_Style

    By blocks: the planes of pictographs, and East Asian wide symbols of the Basic Multilingual Plane, which
    are just those with Emoji_Presentation there.
    """
    if codepoint < 0x231A:
        return False
    if 0x1F300 <= codepoint <= 0x1FAFF or 0x1F1E6 <= codepoint <= 0x1F1FF or codepoint in (0x1F004, 0x1F0CF):
        return unicodedata.east_asian_width(chr(codepoint)) == "W" or 0x1F1E6 <= codepoint <= 0x1F1FF
    if 0x231A <= codepoint <= 0x2B55:
        return (
            unicodedata.category(chr(codepoint)) == "So"
            and unicodedata.east_asian_width(chr(codepoint)) == "W"
        )
    return 0x1F18E <= codepoint <= 0x1F251 and unicodedata.east_asian_width(chr(codepoint)) == "W"


def presentation_at(text: str, at: int) -> EmojiPresentation:
    """How the character at an offset asks to be shown, by its selector or by itself."""
    if at + 1 < len(text):
        following = ord(text[at + 1])
        if following == EMOJI_SELECTOR:
            return EmojiPresentation.EMOJI
        if following == TEXT_SELECTOR:
            return EmojiPresentation.TEXT
    return EmojiPresentation.EMOJI if is_emoji_by_default(ord(text[at])) else EmojiPresentation.NORMAL


def scripts_of(text: str) -> list[str]:
    """The script of each character; common and inherited ones take that of the text before (else after) them."""
    scripts = [script_of(ord(character)) for character in text]
    current = ""
    for i, script in enumerate(scripts):
        if script != COMMON and script != INHERITED:
            if not current:
                for earlier in range(i):
                    scripts[earlier] = script
            current = script
        elif current:
            scripts[i] = current
    if not current:
        return [LATIN if script == INHERITED else COMMON for script in scripts]
    return scripts


def fonts_of(text: str, fonts: FontList) -> list[Font]:
    """The font of each character. All characters of a cluster get one font, the first that shows them all.

    https://drafts.csswg.org/css-fonts-4/#cluster-matching
    """
    result: list[Font] = []
    font = fonts.primary
    start = 0
    length = len(text)
    while start < length:
        end = cluster_end(text, start)
        codepoint = ord(text[start])
        if is_invisible(codepoint):
            # Controls need no glyph; those inside a word stay with it.
            if not result:
                font = fonts.primary
        elif presentation_at(text, start) == EmojiPresentation.EMOJI:
            font = fonts.color_font_for_character(codepoint)
        elif end - start == 1:
            font = fonts.font_for_character(codepoint)
        else:
            font = fonts.font_for_cluster(text[start:end])
        for _ in range(start, end):
            result.append(font)
        start = end
    return result


def cluster_end(text: str, start: int) -> int:
    """Where the cluster that begins at `start` ends: marks, joiners and what they join belong to it."""
    end = start + 1
    while end < len(text):
        codepoint = ord(text[end])
        if codepoint < 0x300:
            break
        if not extends_cluster(codepoint) and text[end - 1] != "\u200d":
            break
        end += 1
    return end


def itemize(text: str, fonts: FontList) -> list[RunSegment]:
    """The segments of a text, in logical order; empty for an empty text."""
    if not text:
        return []
    orientation = fonts.description.orientation
    if fonts.is_simple(text):
        # OPTIMIZATION: ASCII is Latin and common characters, and nearly always in the primary font.
        return [RunSegment(0, len(text), fonts.primary, LATIN, orientation == FontOrientation.UPRIGHT)]
    scripts = scripts_of(text)
    chosen = fonts_of(text, fonts)
    upright = (
        upright_flags(text, orientation) if orientation != FontOrientation.ALONG else bytearray(len(text))
    )
    segments: list[RunSegment] = []
    start = 0
    for i in range(1, len(text) + 1):
        if (
            i == len(text)
            or scripts[i] != scripts[start]
            or chosen[i] is not chosen[start]
            or upright[i] != upright[start]
        ):
            segments.append(RunSegment(start, i, chosen[start], scripts[start], upright[start] == 1))
            start = i
    return segments


def upright_flags(text: str, orientation: FontOrientation) -> bytearray:
    """1 for each character that stands upright; marks go with what they stand on."""
    if orientation == FontOrientation.UPRIGHT:
        return bytearray(b"\x01") * len(text)
    flags = bytearray(len(text))
    current = 0
    for i, character in enumerate(text):
        codepoint = ord(character)
        if i == 0 or not extends_cluster(codepoint):
            current = 1 if is_upright(codepoint) else 0
        flags[i] = current
    return flags
