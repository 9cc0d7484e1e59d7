"""The few numbers of a TrueType or OpenType font that line layout needs, read straight from its tables.

https://learn.microsoft.com/typography/opentype/spec/otff. Reading is total: a missing or short table
gives zeros, as FreeType does.
"""

from __future__ import annotations

import struct
from typing import Final, final

TTC_TAG: Final = b"ttcf"
USE_TYPO_METRICS: Final = 1 << 7
"""OS/2 fsSelection bit 7."""


def table_directory(data: bytes, index: int) -> dict[bytes, tuple[int, int]]:
    """Tag to (offset, length) for the face at `index`; empty where this is no sfnt file."""
    tables: dict[bytes, tuple[int, int]] = {}
    offset = 0
    if data[:4] == TTC_TAG:
        if len(data) < 12 + 4 * (index + 1):
            return tables
        offset = struct.unpack_from(">I", data, 12 + 4 * index)[0]
    if len(data) < offset + 12:
        return tables
    count: int = struct.unpack_from(">H", data, offset + 4)[0]
    for i in range(count):
        at = offset + 12 + 16 * i
        if at + 16 > len(data):
            break
        start, length = struct.unpack_from(">II", data, at + 8)
        if start <= len(data):
            tables[data[at : at + 4]] = (start, min(length, len(data) - start))
    return tables


@final
class SfntReader:
    """Numbers out of one table, 0 where the table is too short."""

    __slots__ = ("data", "length", "offset")

    def __init__(self, data: bytes, tables: dict[bytes, tuple[int, int]], tag: bytes) -> None:
        offset, length = tables.get(tag, (0, 0))
        self.data: Final = data
        self.offset: Final = offset
        self.length: Final = length

    def u16(self, at: int) -> int:
        """An unsigned 16-bit number."""
        if at + 2 > self.length:
            return 0
        i = self.offset + at
        return self.data[i] << 8 | self.data[i + 1]

    def i16(self, at: int) -> int:
        """A signed 16-bit number."""
        value = self.u16(at)
        return value - 65536 if value >= 32768 else value

    def u32(self, at: int) -> int:
        """An unsigned 32-bit number."""
        return self.u16(at) << 16 | self.u16(at + 2)

    def fixed(self, at: int) -> float:
        """A 16.16 number."""
        value = self.u32(at)
        return (value - (1 << 32) if value >= 1 << 31 else value) / 65536


@final
class VariationAxis:
    """One axis of a variable font, from `fvar`."""

    __slots__ = ("default", "maximum", "minimum", "tag")

    def __init__(self, tag: str, minimum: float, default: float, maximum: float) -> None:
        self.tag: Final = tag
        self.minimum: Final = minimum
        self.default: Final = default
        self.maximum: Final = maximum

    def clamp(self, value: float) -> float:
        """The nearest value that the axis has."""
        return min(max(value, self.minimum), self.maximum)

    def __repr__(self) -> str:
        return f"<VariationAxis {self.tag} {self.minimum:g}..{self.default:g}..{self.maximum:g}>"


def read_axes(data: bytes, tables: dict[bytes, tuple[int, int]]) -> tuple[VariationAxis, ...]:
    """The axes in `fvar` order; empty for a static font."""
    fvar = SfntReader(data, tables, b"fvar")
    if fvar.length < 16:
        return ()
    start, count, size = fvar.u16(4), fvar.u16(8), fvar.u16(10)
    axes: list[VariationAxis] = []
    for i in range(count):
        at = start + i * size
        if size < 20 or at + 20 > fvar.length:
            break
        tag = data[fvar.offset + at : fvar.offset + at + 4].decode("latin-1")
        axes.append(VariationAxis(tag, fvar.fixed(at + 4), fvar.fixed(at + 8), fvar.fixed(at + 12)))
    return tuple(axes)


def read_features(data: bytes, tables: dict[bytes, tuple[int, int]], tag: bytes) -> frozenset[bytes]:
    """The tags of a layout table's feature list: https://learn.microsoft.com/typography/opentype/spec/chapter2"""
    table = SfntReader(data, tables, tag)
    at = table.u16(6)
    found: set[bytes] = set()
    if at:
        for i in range(table.u16(at)):
            place = table.offset + at + 2 + 6 * i
            if at + 8 + 6 * i > table.length:
                break
            found.add(data[place : place + 4])
    return frozenset(found)


@final
class SfntMetrics:
    """Vertical and decoration metrics in font units, chosen as FreeType and Skia choose them.

    ascent is up from the baseline, descent down from it; both are usually positive. x_height and
    cap_height are 0 where the font does not tell. underline_position is the line's middle, negative
    below the baseline (the `post` table's own meaning).
    """

    def __init__(self, data: bytes, index: int) -> None:
        tables = table_directory(data, index)
        head = SfntReader(data, tables, b"head")
        hhea = SfntReader(data, tables, b"hhea")
        os2 = SfntReader(data, tables, b"OS/2")
        post = SfntReader(data, tables, b"post")
        self.tables: Final = tables
        self.units_per_em: Final = head.u16(18) or 1000
        ascent, descent, line_gap = hhea.i16(4), -hhea.i16(6), hhea.i16(8)
        has_os2 = os2.length >= 78
        # FreeType's choice (and so Skia's): typo where the font asks for it, else hhea, else typo, else win.
        if has_os2 and os2.u16(62) & USE_TYPO_METRICS:
            ascent, descent, line_gap = os2.i16(68), -os2.i16(70), os2.i16(72)
        elif ascent == 0 and descent == 0 and has_os2:
            ascent, descent, line_gap = os2.i16(68), -os2.i16(70), os2.i16(72)
            if ascent == 0 and descent == 0:
                ascent, descent, line_gap = os2.u16(74), os2.u16(76), 0
        self.ascent: Final = ascent
        self.descent: Final = descent
        self.line_gap: Final = line_gap
        self.typo_ascent: Final = os2.i16(68) if has_os2 else 0
        self.typo_descent: Final = -os2.i16(70) if has_os2 else 0
        has_heights = has_os2 and os2.u16(0) >= 2
        self.x_height: Final = os2.i16(86) if has_heights else 0
        self.cap_height: Final = os2.i16(88) if has_heights else 0
        self.weight_class: Final = os2.u16(4) if has_os2 else 400
        self.is_italic: Final = bool(os2.u16(62) & 0x201) if has_os2 else bool(head.u16(44) & 2)
        self.is_bold: Final = bool(os2.u16(62) & 0x20) if has_os2 else bool(head.u16(44) & 1)
        self.strikeout_thickness: Final = os2.i16(26) if has_os2 else 0
        self.strikeout_position: Final = os2.i16(28) if has_os2 else 0
        self.underline_position: Final = post.i16(8)
        self.underline_thickness: Final = post.i16(10)
        self.is_color: Final = (
            b"COLR" in tables or b"CBDT" in tables or b"sbix" in tables or b"SVG " in tables
        )
        self.axes: Final = read_axes(data, tables)
