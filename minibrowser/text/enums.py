"""The kinds that text works with. css owns its own enums; layout translates."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Direction(IntEnum):
    """https://drafts.csswg.org/css-writing-modes-4/#direction. AUTO is `unicode-bidi: plaintext`."""

    LTR = 0
    RTL = 1
    AUTO = 2


class WordBreak(IntEnum):
    """https://drafts.csswg.org/css-text-3/#word-break-property"""

    NORMAL = 0
    BREAK_ALL = 1
    KEEP_ALL = 2
    BREAK_WORD = 3
    AUTO_PHRASE = 4


class LineBreakStrictness(IntEnum):
    """https://drafts.csswg.org/css-text-3/#line-break-property"""

    AUTO = 0
    LOOSE = 1
    NORMAL = 2
    STRICT = 3
    ANYWHERE = 4


class CaseTransform(IntEnum):
    """https://drafts.csswg.org/css-text-3/#text-transform-property, the case part"""

    NONE = 0
    CAPITALIZE = 1
    UPPERCASE = 2
    LOWERCASE = 3
    MATH_AUTO = 4


class FontOrientation(IntEnum):
    """How glyphs stand on their line: https://drafts.csswg.org/css-writing-modes-4/#text-orientation

    ALONG: turned with the line: horizontal text, sideways text. MIXED and UPRIGHT: of vertical lines.
    """

    ALONG = 0
    MIXED = 1
    UPRIGHT = 2


class EmojiPresentation(IntEnum):
    """How a character asks to be shown: https://www.unicode.org/reports/tr51/#Presentation_Style"""

    NORMAL = 0
    TEXT = 1
    EMOJI = 2


SYNTHESIZE_WEIGHT: Final = 1
"""`font-synthesis-weight: auto`: a bold may be made from a regular face."""
SYNTHESIZE_STYLE: Final = 2
"""`font-synthesis-style: auto`: an oblique may be made from an upright face."""
SYNTHESIZE_SMALL_CAPS: Final = 4
"""`font-synthesis-small-caps: auto`."""
SYNTHESIZE_ALL: Final = 7
