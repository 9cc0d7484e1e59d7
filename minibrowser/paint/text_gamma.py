"""What Skia does to the coverage of text before it blends it (SkMaskGamma): darker text is made a little
thinner and lighter text thicker, as a display with this gamma and contrast wants it.

The constants are those of Chromium's build for Linux; measured against its pictures to one level of 255.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from ..css.values import Color

GAMMA: Final = 1.2
CONTRAST: Final = 0.2
LEVELS: Final = 8
"""Luminance is kept in three bits."""


def luminance_level(color: Color) -> int:
    """Which of the tables a text colour takes: 0 for black to 7 for white."""
    total = (
        0.2126 * (min(255.0, max(0.0, color.red)) / 255.0) ** GAMMA
        + 0.7152 * (min(255.0, max(0.0, color.green)) / 255.0) ** GAMMA
        + 0.0722 * (min(255.0, max(0.0, color.blue)) / 255.0) ** GAMMA
    )
    return min(LEVELS - 1, int(total ** (1 / GAMMA) * 255.0 + 0.5) >> 5)


@lru_cache(maxsize=LEVELS)
def coverage_table(level: int) -> bytes:
    """The 256 corrected coverages of a luminance level."""
    source = (level << 5 | level << 2 | level >> 1) / 255.0
    # Skia's guess at what lies behind: the opposite.
    backdrop = 1.0 - source
    linear_source, linear_backdrop = source**GAMMA, backdrop**GAMMA
    contrast = CONTRAST * linear_backdrop
    table: list[int] = []
    for value in range(256):
        raw = value / 255.0
        share = raw + (1.0 - raw) * contrast * raw
        if abs(source - backdrop) >= 1.0 / 256.0:
            out = (linear_source * share + linear_backdrop * (1.0 - share)) ** (1.0 / GAMMA)
            share = (out - backdrop) / (source - backdrop)
        table.append(min(255, max(0, int(share * 255.0 + 0.5))))
    return bytes(table)
