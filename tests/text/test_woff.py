"""Web font containers."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from minibrowser.errors import FontError
from minibrowser.text.font import Font, FontFace
from minibrowser.text.sfnt import table_directory
from minibrowser.text.woff import build_sfnt, sfnt_from_bytes

DATA = Path(__file__).parent / "data"
PLAIN = (DATA / "arimo-few.ttf").read_bytes()
WOFF = (DATA / "arimo-few.woff").read_bytes()
WOFF2 = (DATA / "arimo-few.woff2").read_bytes()


def outlines(data: bytes) -> list[tuple[int, int, int, int, float]]:
    """Each glyph's box and advance."""
    font = Font(1, FontFace(1, data, 0), 1000.0)
    found: list[tuple[int, int, int, int, float]] = []
    for glyph in range(font.face.harfbuzz.glyph_count):
        box = font.harfbuzz.font.get_glyph_extents(glyph)
        found.append((box.x_bearing, box.y_bearing, box.width, box.height, font.harfbuzz.advance_of(glyph)))
    return found


@pytest.mark.parametrize("packed", [PLAIN, WOFF, WOFF2], ids=["ttf", "woff", "woff2"])
def test_every_container_gives_the_same_glyphs(packed: bytes) -> None:
    data = sfnt_from_bytes(packed)
    assert outlines(data) == outlines(PLAIN)
    face = FontFace(1, data, 0)
    assert face.has_glyph(ord("é"))
    assert not face.has_glyph(ord("z"))
    assert (face.ascent, face.descent, face.units_per_em) == (1854, 434, 2048)


def test_untransformed_tables_of_a_woff_are_byte_for_byte_those_of_the_font() -> None:
    data = sfnt_from_bytes(WOFF)
    for tag, (offset, length) in table_directory(PLAIN, 0).items():
        at, size = table_directory(data, 0)[tag]
        if tag != b"head":
            assert data[at : at + size] == PLAIN[offset : offset + length], tag


def test_a_built_sfnt_has_its_tables_aligned_and_sorted() -> None:
    data = build_sfnt(b"\0\1\0\0", [(b"zzzz", b"abc"), (b"aaaa", b"12345")])
    tables = table_directory(data, 0)
    assert list(tables) == [b"aaaa", b"zzzz"]
    for tag, body in ((b"zzzz", b"abc"), (b"aaaa", b"12345")):
        offset, length = tables[tag]
        assert offset % 4 == 0
        assert data[offset : offset + length] == body


def test_a_woff_table_that_claims_more_than_it_holds_is_refused() -> None:
    body = zlib.compress(b"x" * 100)
    entry = struct.pack(">4sIIII", b"test", 64, len(body), 1 << 31, 0)
    head = struct.pack(">4s4sIHH", b"wOFF", b"\0\1\0\0", 64 + len(body), 1, 0) + b"\0" * 28
    with pytest.raises(FontError):
        sfnt_from_bytes(head + entry + body)


@pytest.mark.parametrize("data", [b"", b"wOFF", b"wOF2", b"wOF2" + b"\0" * 60, b"<html>", b"OTTO"])
def test_what_is_no_font_is_a_font_error(data: bytes) -> None:
    with pytest.raises(FontError):
        FontFace(1, sfnt_from_bytes(data), 0)


@given(st.data())
def test_broken_fonts_are_font_errors_and_nothing_else(data: st.DataObject) -> None:
    packed = bytearray(data.draw(st.sampled_from([WOFF, WOFF2, PLAIN])))
    for _ in range(data.draw(st.integers(1, 8))):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(packed)))
    for broken in (bytes(packed), bytes(packed[:cut])):
        try:
            face = FontFace(1, sfnt_from_bytes(broken), 0)
        except FontError:
            continue
        font = Font(1, face, 16.0)
        assert font.ascent == font.ascent
        assert font.x_height >= 0 or font.x_height < 0
