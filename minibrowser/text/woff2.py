"""WOFF 2.0 to plain sfnt bytes: https://www.w3.org/TR/WOFF2/

The tables come in one Brotli stream; `glyf`, `loca` and `hmtx` may be transformed, which is undone here.
Every broken file is a FontError; nothing is read outside its bounds.
"""

from __future__ import annotations

import struct
from array import array
from typing import Final, final

import brotli

from ..errors import FontError
from ..limits import MAX_FONT_BYTES

# https://www.w3.org/TR/WOFF2/#table_dir_format, in the order of the tag numbers.
KNOWN_TAGS: Final = (
    b"cmap head hhea hmtx maxp name OS/2 post cvt  fpgm glyf loca prep CFF  VORG EBDT EBLC gasp hdmx kern "
    b"LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG  sbix acnt avar "
    b"bdat bloc bsln cvar fdsc feat fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat "
    b"Gloc Feat Sill "
)
ARBITRARY_TAG: Final = 63
COLLECTION: Final = b"ttcf"

ON_CURVE: Final = 0x01
OVERLAP_SIMPLE: Final = 0x40

# Flags of composite glyphs: https://learn.microsoft.com/typography/opentype/spec/glyf
ARGS_ARE_WORDS: Final = 0x0001
HAVE_SCALE: Final = 0x0008
MORE_COMPONENTS: Final = 0x0020
HAVE_XY_SCALE: Final = 0x0040
HAVE_TWO_BY_TWO: Final = 0x0080
HAVE_INSTRUCTIONS: Final = 0x0100


def _unpack_triplets() -> tuple[tuple[int, int, int, int, int, int, int], ...]:
    """https://www.w3.org/TR/WOFF2/#glyf_table_format, the 128 rows of the point encoding.

    Each row: bytes, bits of x, bits of y, added to x, added to y, sign of x, sign of y.
    """
    rows: list[tuple[int, int, int, int, int, int, int]] = []
    for i in range(10):
        rows.append((1, 0, 8, 0, (i >> 1) * 256, 0, 1 if i & 1 else -1))
    for i in range(10):
        rows.append((1, 8, 0, (i >> 1) * 256, 0, 1 if i & 1 else -1, 0))
    for i in range(64):
        sign_x, sign_y = (1 if i & 1 else -1), (1 if i & 2 else -1)
        rows.append((1, 4, 4, 1 + (i >> 4) * 16, 1 + ((i >> 2) & 3) * 16, sign_x, sign_y))
    for i in range(36):
        sign_x, sign_y = (1 if i & 1 else -1), (1 if i & 2 else -1)
        rows.append((2, 8, 8, 1 + (i // 12) * 256, 1 + ((i % 12) >> 2) * 256, sign_x, sign_y))
    for i in range(4):
        rows.append((3, 12, 12, 0, 0, 1 if i & 1 else -1, 1 if i & 2 else -1))
    for i in range(4):
        rows.append((4, 16, 16, 0, 0, 1 if i & 1 else -1, 1 if i & 2 else -1))
    return tuple(rows)


TRIPLETS: Final = _unpack_triplets()


@final
class Stream:
    """A cursor over bytes. Reading past the end is a FontError."""

    __slots__ = ("at", "data", "end")

    def __init__(self, data: bytes, start: int, length: int) -> None:
        if start < 0 or length < 0 or start + length > len(data):
            raise FontError("WOFF2 stream lies outside its table")
        self.data: Final = data
        self.at = start
        self.end: Final = start + length

    def u8(self) -> int:
        """One byte."""
        at = self.at
        if at >= self.end:
            raise FontError("WOFF2 stream ends too early")
        self.at = at + 1
        return self.data[at]

    def u16(self) -> int:
        """Two bytes."""
        return self.u8() << 8 | self.u8()

    def i16(self) -> int:
        """Two bytes, signed."""
        value = self.u16()
        return value - 65536 if value & 0x8000 else value

    def u32(self) -> int:
        """Four bytes."""
        return self.u16() << 16 | self.u16()

    def take(self, count: int) -> bytes:
        """The next `count` bytes."""
        at = self.at
        if count < 0 or at + count > self.end:
            raise FontError("WOFF2 stream ends too early")
        self.at = at + count
        return self.data[at : at + count]

    def base128(self) -> int:
        """https://www.w3.org/TR/WOFF2/#DataTypes, UIntBase128."""
        value = 0
        for i in range(5):
            byte = self.u8()
            if (i == 0 and byte == 0x80) or value & 0xFE000000:
                raise FontError("WOFF2 number is malformed")
            value = value << 7 | byte & 0x7F
            if not byte & 0x80:
                return value
        raise FontError("WOFF2 number is too long")

    def u255(self) -> int:
        """https://www.w3.org/TR/WOFF2/#DataTypes, 255UInt16."""
        code = self.u8()
        if code == 253:
            return self.u16()
        if code == 255:
            return self.u8() + 253
        if code == 254:
            return self.u8() + 506
        return code


@final
class Table:
    """One entry of the table directory, with its bytes in the decompressed stream."""

    __slots__ = ("body", "is_transformed", "length", "original_length", "tag")

    def __init__(self, tag: bytes, original_length: int, length: int, is_transformed: bool) -> None:
        self.tag: Final = tag
        self.original_length: Final = original_length
        self.length: Final = length
        self.is_transformed: Final = is_transformed
        self.body = b""


def tables_from_woff2(data: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """The sfnt flavour and the tables (tag, bytes) of a WOFF2 file; of a collection, the first font's.

    Raises FontError.
    """
    header = Stream(data, 0, len(data))
    header.take(4)
    flavor = header.take(4)
    header.take(4)
    count = header.u16()
    header.take(6)
    compressed_size = header.u32()
    header.take(24)
    tables = [_directory_entry(header) for _ in range(count)]
    if flavor == COLLECTION:
        flavor, tables_used = _first_of_collection(header, tables)
    else:
        tables_used = tables
    total = sum(table.length for table in tables)
    if total > MAX_FONT_BYTES or sum(table.original_length for table in tables) > MAX_FONT_BYTES:
        raise FontError("WOFF2 font is too large")
    body = decompress(header.take(compressed_size), total)
    at = 0
    for table in tables:
        table.body = body[at : at + table.length]
        at += table.length
    return flavor, _reconstruct(tables_used)


def decompress(data: bytes, size: int) -> bytes:
    """Brotli, never more than `size` bytes. Raises FontError."""
    decoder = brotli.Decompressor()
    parts: list[bytes] = []
    total = 0
    try:
        part: bytes = decoder.process(data, output_buffer_limit=size + 1)
        while True:
            parts.append(part)
            total += len(part)
            if total >= size or decoder.is_finished() or decoder.can_accept_more_data():
                break
            part = decoder.process(b"", output_buffer_limit=size + 1 - total)
    except brotli.error as error:
        raise FontError(f"WOFF2 stream is broken: {error}") from error
    if total != size:
        raise FontError("WOFF2 stream has the wrong length")
    return b"".join(parts)


def _directory_entry(header: Stream) -> Table:
    """https://www.w3.org/TR/WOFF2/#table_dir_format"""
    flags = header.u8()
    number, version = flags & 0x3F, flags >> 6
    tag = header.take(4) if number == ARBITRARY_TAG else KNOWN_TAGS[number * 5 : number * 5 + 4]
    original = header.base128()
    is_transformed = version == 0 if tag in (b"glyf", b"loca") else version != 0
    length = header.base128() if is_transformed else original
    return Table(tag, original, length, is_transformed)


def _first_of_collection(header: Stream, tables: list[Table]) -> tuple[bytes, list[Table]]:
    """https://www.w3.org/TR/WOFF2/#collection_dir_format"""
    header.take(4)
    fonts = header.u255()
    flavor = b""
    chosen: list[Table] = []
    for font in range(fonts):
        count = header.u255()
        own_flavor = header.take(4)
        indexes = [header.u255() for _ in range(count)]
        if font == 0:
            if any(index >= len(tables) for index in indexes):
                raise FontError("WOFF2 collection names a table that is not there")
            flavor = own_flavor
            chosen = [tables[index] for index in indexes]
    return flavor, chosen


def _reconstruct(tables: list[Table]) -> list[tuple[bytes, bytes]]:
    by_tag = {table.tag: table for table in tables}
    result: list[tuple[bytes, bytes]] = []
    x_minima: list[int] = []
    glyf = by_tag.get(b"glyf")
    if glyf is not None and glyf.is_transformed:
        reader = GlyfReader(glyf.body)
        glyphs, loca = reader.rebuild()
        x_minima = reader.x_minima
        glyf.body = glyphs
        found_loca = by_tag.get(b"loca")
        if found_loca is None:
            raise FontError("WOFF2 font has no loca table")
        found_loca.body = loca
        head = by_tag.get(b"head")
        if head is not None and len(head.body) >= 52:
            # The rebuilt loca is always in the long format.
            head.body = head.body[:50] + b"\0\1" + head.body[52:]
    for table in tables:
        body = table.body
        if table.tag == b"hmtx" and table.is_transformed:
            body = _rebuild_hmtx(body, by_tag, x_minima)
        elif table.is_transformed and table.tag not in (b"glyf", b"loca"):
            raise FontError("WOFF2 table has an unknown transform")
        result.append((table.tag, body))
    return result


def _rebuild_hmtx(body: bytes, by_tag: dict[bytes, Table], x_minima: list[int]) -> bytes:
    """https://www.w3.org/TR/WOFF2/#hmtx_table_format: side bearings equal to xMin had been left out."""
    hhea = by_tag.get(b"hhea")
    if hhea is None or len(hhea.body) < 36:
        raise FontError("WOFF2 font has no hhea table")
    metrics = struct.unpack_from(">H", hhea.body, 34)[0]
    stream = Stream(body, 0, len(body))
    flags = stream.u8()
    count = len(x_minima)
    if flags & 0xFC or not flags & 3 or metrics > count or metrics == 0:
        raise FontError("WOFF2 hmtx transform is malformed")
    advances = [stream.u16() for _ in range(metrics)]
    bearings = x_minima[:metrics] if flags & 1 else [stream.i16() for _ in range(metrics)]
    rest = x_minima[metrics:] if flags & 2 else [stream.i16() for _ in range(count - metrics)]
    parts: list[bytes] = [
        struct.pack(">Hh", advance, bearing) for advance, bearing in zip(advances, bearings, strict=True)
    ]
    parts.append(struct.pack(f">{len(rest)}h", *rest))
    return b"".join(parts)


@final
class GlyfReader:
    """The transformed glyf table: https://www.w3.org/TR/WOFF2/#glyf_table_format"""

    def __init__(self, data: bytes) -> None:
        header = Stream(data, 0, len(data))
        header.u16()
        options = header.u16()
        self.count: Final = header.u16()
        header.u16()
        sizes = [header.u32() for _ in range(7)]
        at = header.at
        streams: list[Stream] = []
        for size in sizes:
            streams.append(Stream(data, at, size))
            at += size
        self.contours: Final = streams[0]
        self.points: Final = streams[1]
        self.flags: Final = streams[2]
        self.glyphs: Final = streams[3]
        self.composites: Final = streams[4]
        self.boxes: Final = streams[5]
        self.instructions: Final = streams[6]
        bitmap_size = ((self.count + 31) >> 5) << 2
        self.box_bitmap: Final = self.boxes.take(bitmap_size)
        overlap_size = (self.count + 7) >> 3
        self.overlap_bitmap: Final = Stream(data, at, overlap_size).take(overlap_size) if options & 1 else b""
        self.x_minima: Final[list[int]] = [0] * self.count

    def rebuild(self) -> tuple[bytes, bytes]:
        """The plain glyf and (long) loca tables."""
        parts: list[bytes] = []
        offsets = array("I", [0])
        total = 0
        for glyph in range(self.count):
            contours = self.contours.i16()
            has_box = bool(self.box_bitmap[glyph >> 3] & (0x80 >> (glyph & 7)))
            body = b""
            if contours > 0:
                body = self._simple(glyph, contours, has_box)
            elif contours < 0:
                if not has_box:
                    raise FontError("WOFF2 composite glyph has no bounding box")
                body = self._composite(glyph)
            elif has_box:
                raise FontError("WOFF2 empty glyph has a bounding box")
            padding = -len(body) & 3
            parts.append(body)
            if padding:
                parts.append(b"\0" * padding)
            total += len(body) + padding
            if total > MAX_FONT_BYTES:
                raise FontError("WOFF2 font is too large")
            offsets.append(total)
        return b"".join(parts), struct.pack(f">{len(offsets)}I", *offsets)

    def _simple(self, glyph: int, contours: int, has_box: bool) -> bytes:
        ends: list[int] = []
        total = -1
        for _ in range(contours):
            total += self.points.u255()
            ends.append(total)
        count = total + 1
        if count > 0xFFFF or count < 0:
            raise FontError("WOFF2 glyph has too many points")
        flags = bytearray(count)
        xs: list[int] = []
        ys: list[int] = []
        x = y = 0
        low_x = low_y = high_x = high_y = 0
        # OPTIMIZATION: the streams' bytes are indexed here, not read by call: this loop sees each point of a font.
        data, at, end = self.glyphs.data, self.glyphs.at, self.glyphs.end
        own_flags = self.flags.take(count)
        for i in range(count):
            flag = own_flags[i]
            size, bits_x, bits_y, add_x, add_y, sign_x, sign_y = TRIPLETS[flag & 0x7F]
            if at + size > end:
                raise FontError("WOFF2 stream ends too early")
            value = data[at]
            for k in range(1, size):
                value = value << 8 | data[at + k]
            at += size
            dx = sign_x * ((value >> bits_y) + add_x) if bits_x else 0
            dy = sign_y * ((value & ((1 << bits_y) - 1)) + add_y) if bits_y else 0
            if not flag & 0x80:
                flags[i] = ON_CURVE
            xs.append(dx)
            ys.append(dy)
            x += dx
            y += dy
            if i == 0:
                low_x = high_x = x
                low_y = high_y = y
            else:
                if x < low_x:
                    low_x = x
                elif x > high_x:
                    high_x = x
                if y < low_y:
                    low_y = y
                elif y > high_y:
                    high_y = y
        self.glyphs.at = at
        instructions = self.instructions.take(self.glyphs.u255())
        if has_box:
            low_x, low_y = self.boxes.i16(), self.boxes.i16()
            high_x, high_y = self.boxes.i16(), self.boxes.i16()
        self.x_minima[glyph] = low_x
        if count and self.overlap_bitmap and self.overlap_bitmap[glyph >> 3] & (0x80 >> (glyph & 7)):
            flags[0] |= OVERLAP_SIMPLE
        try:
            return b"".join(
                (
                    struct.pack(">5h", contours, low_x, low_y, high_x, high_y),
                    struct.pack(f">{contours}H", *ends),
                    struct.pack(">H", len(instructions)),
                    instructions,
                    bytes(flags),
                    struct.pack(f">{count}h", *xs),
                    struct.pack(f">{count}h", *ys),
                )
            )
        except struct.error as error:
            raise FontError(f"WOFF2 glyph is out of range: {error}") from error

    def _composite(self, glyph: int) -> bytes:
        start = self.composites.at
        more = True
        has_instructions = False
        while more:
            flags = self.composites.u16()
            more = bool(flags & MORE_COMPONENTS)
            has_instructions = has_instructions or bool(flags & HAVE_INSTRUCTIONS)
            size = 2 + (4 if flags & ARGS_ARE_WORDS else 2)
            if flags & HAVE_SCALE:
                size += 2
            elif flags & HAVE_XY_SCALE:
                size += 4
            elif flags & HAVE_TWO_BY_TWO:
                size += 8
            self.composites.take(size)
        components = self.composites.data[start : self.composites.at]
        box = self.boxes.take(8)
        self.x_minima[glyph] = struct.unpack_from(">h", box)[0]
        body = b"\xff\xff" + box + components
        if has_instructions:
            length = self.glyphs.u255()
            body += struct.pack(">H", length) + self.instructions.take(length)
        return body
