"""Units (https://drafts.csswg.org/css-values-4/#dimensions): the absolute ones as factors, the others as members."""

from __future__ import annotations

import math
from enum import IntEnum
from typing import Final


class Unit(IntEnum):
    """Relative lengths. The viewport variants (small, large, dynamic) are all the viewport here: nothing of it is
    covered by a retractable bar."""

    EM = 0
    REM = 1
    EX = 2
    REX = 3
    CH = 4
    RCH = 5
    CAP = 6
    RCAP = 7
    IC = 8
    RIC = 9
    LH = 10
    RLH = 11
    VW = 12
    VH = 13
    VI = 14
    VB = 15
    VMIN = 16
    VMAX = 17
    CQW = 18
    CQH = 19
    CQI = 20
    CQB = 21
    CQMIN = 22
    CQMAX = 23


ABSOLUTE_LENGTHS: Final[dict[str, float]] = {
    "px": 1.0,
    "cm": 96.0 / 2.54,
    "mm": 9.6 / 2.54,
    "q": 2.4 / 2.54,
    "in": 96.0,
    "pt": 96.0 / 72.0,
    "pc": 16.0,
}

RELATIVE_LENGTHS: Final[dict[str, Unit]] = {
    **{unit.name.lower(): unit for unit in Unit},
    **{prefix + unit.name.lower(): unit for prefix in "sld" for unit in Unit if Unit.VW <= unit <= Unit.VMAX},
}

ANGLES: Final[dict[str, float]] = {"deg": 1.0, "grad": 0.9, "rad": 180.0 / math.pi, "turn": 360.0}
"""To degrees."""

TIMES: Final[dict[str, float]] = {"s": 1.0, "ms": 0.001}
"""To seconds."""

RESOLUTIONS: Final[dict[str, float]] = {"dppx": 1.0, "x": 1.0, "dpi": 1.0 / 96.0, "dpcm": 2.54 / 96.0}
"""To device pixels for each CSS px."""
