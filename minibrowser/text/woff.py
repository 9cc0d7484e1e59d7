"""Font files of the web, unpacked to plain sfnt bytes: https://www.w3.org/TR/WOFF/, https://www.w3.org/TR/WOFF2/"""

from __future__ import annotations

import importlib
import struct
import zlib
from typing import Final

from ..errors import FontError
from ..limits import MAX_FONT_BYTES

SFNT_SIGNATURES: Final = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf", b"typ1")


def sfnt_from_bytes(data: bytes) -> bytes:
    """The sfnt file inside a TrueType, OpenType, WOFF or WOFF2 file. Raises FontError."""
    signature = data[:4]
    if signature in SFNT_SIGNATURES:
        return data
    if signature == b"wOFF":
        return sfnt_from_woff(data)
    if signature == b"wOF2":
        # Brotli and the decoder are for the pages that use them.
        woff2 = importlib.import_module("minibrowser.text.woff2")
        flavor, tables = woff2.tables_from_woff2(data)
        return build_sfnt(flavor, tables)
    raise FontError("not a font: unknown signature")


def sfnt_from_woff(data: bytes) -> bytes:
    """WOFF 1: each table may be compressed with zlib. Raises FontError."""
    try:
        flavor, length, count = struct.unpack_from(">4sIH", data, 4)
        if length > len(data):
            raise FontError("WOFF file is cut short")
        tables: list[tuple[bytes, bytes]] = []
        total = 0
        for i in range(count):
            tag, offset, packed, original, _ = struct.unpack_from(">4sIIII", data, 44 + 20 * i)
            if offset + packed > len(data) or packed > original:
                raise FontError("WOFF table lies outside its file")
            total += original
            if total > MAX_FONT_BYTES:
                raise FontError("WOFF font is too large")
            body = data[offset : offset + packed]
            if packed < original:
                unpacker = zlib.decompressobj()
                body = unpacker.decompress(body, original)
                if len(body) != original:
                    raise FontError("WOFF table has the wrong length")
            tables.append((tag, body))
    except (struct.error, zlib.error) as error:
        raise FontError(f"WOFF file is broken: {error}") from error
    return build_sfnt(flavor, tables)


def build_sfnt(flavor: bytes, tables: list[tuple[bytes, bytes]]) -> bytes:
    """An sfnt file of these tables. Checksums are left 0: no reader of ours checks them."""
    count = len(tables)
    power = max(count.bit_length() - 1, 0)
    search = (1 << power) * 16
    parts: list[bytes] = [flavor + struct.pack(">HHHH", count, search, power, max(count * 16 - search, 0))]
    offset = 12 + 16 * count
    bodies: list[bytes] = []
    entries: list[bytes] = []
    for tag, body in tables:
        entries.append(struct.pack(">4sIII", tag, 0, offset, len(body)))
        padding = -len(body) % 4
        bodies.append(body + b"\0" * padding)
        offset += len(body) + padding
    parts.extend(sorted(entries))
    parts.extend(bodies)
    return b"".join(parts)
